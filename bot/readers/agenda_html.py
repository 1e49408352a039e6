"""HTML, of a page, a mail or a fragment of one, to the lines of Markdown the other readers know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count, repeat
from string import ascii_lowercase, ascii_uppercase
from typing import Any

ASIDE = "\x00"  # opens a line of a menu, a button or another thing beside the text
CELL_BREAK = "\v"  # a line break inside a table cell
INDENT = "\u00a0" * 4  # of a list in a list; ordinary spaces do not last in HTML
MOST_SPANNED = 50  # columns or rows of a single cell

# What the pieces of a page tell each other until they are lines.
EDGE, BREAK, GAP = "\r", "\n", "\f"  # a block begins or ends; <br>; a paragraph begins or ends
MARK, MARKED = "\x02", "\x03"  # around a bullet, a number or hashes
BOLD, PLAIN = "\x11", "\x12"
BESIDE, BACK = "\x04", "\x05"
WORD, END_WORD = "\x0e", "\x0f"  # around the list mark that Word puts into the text

_WHOLE_PAGE = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:!doctype html|html[\s>])", re.IGNORECASE)
_PAGE_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAG = re.compile(
    r"<(/?)(p|div|br|li|ul|ol|table|tbody|tr|td|th|h[1-6]|body|section|article|main|blockquote)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?:#{1,6}\s|[-*+•|]|\d{1,3}[.)]\s|```|~~~|\*\*)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)", re.IGNORECASE)
_CLOSE = re.compile(r"margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*level(\d)", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_MARKED = re.compile(f"{WORD}([^{END_WORD}]*){END_WORD}")
_COUNTED = re.compile(r"\(?(?:\d+(?:[.-]\d+)*|[a-zA-Z]|[ivxIVX]+)[.):]+|\d+(?:\.\d+)*")

_SILENT = {
    "head", "script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object",
    "video", "audio", "canvas", "select", "textarea", "datalist",
}  # fmt: skip
_BESIDE = {"nav", "aside", "button", "dialog"}
_BESIDE_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "toolbar"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_APART = {"p", "table", "blockquote", "dl", "pre", "section", "article", "hr", *_HEADINGS}
_BLOCKS = {
    "body", "div", "main", "header", "footer", "nav", "aside", "form", "fieldset", "legend",
    "figure", "figcaption", "details", "summary", "address", "center", "dt", "tr", "td", "th",
    "caption", "li", "dd",
}  # fmt: skip
_FRAME = ("table", "thead", "tbody", "tfoot", "tr", "colgroup")
_CELLS = {"td", "th", "caption", "col"}
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_COUNTS: dict[str, Sequence[str]] = {
    "a": ascii_lowercase, "A": ascii_uppercase,
    "i": _ROMAN, "I": [number.upper() for number in _ROMAN],
}  # fmt: skip

Walk = Callable[..., Any]  # lxml's iterwalk


def is_html(text: str) -> bool:
    """Whether tags make the lines, rather than Markdown or the text's own line breaks."""
    if _WHOLE_PAGE.match(text):
        return True
    depth = tagged = bare = 0
    for line in text.split("\n") if "<" in text else ():
        body = line.strip()
        tags = [] if body.startswith("|") else list(_TAG.finditer(body))
        if tags and (body[0] == "<" or body[-1] == ">"):
            tagged += 1
            depth += sum(-1 if tag[1] else tag[2].lower() != "br" for tag in tags)
        elif depth <= 0 and _MARKDOWN_HEADING.match(body):
            return False  # a table in HTML below it may have most of the lines
        elif body and (depth <= 0 or _MARKDOWN.match(body)):
            bare += 1
    return tagged > bare


def as_markdown(text: str) -> list[str] | None:
    """The lines a reader of the page sees; None where it is nested beyond all reason."""
    from lxml import etree  # noqa: PLC0415 - takes time to load, and few texts are HTML

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    whole = _CONTROL.sub("", _PAGE_END.sub("", text))  # some pages go on behind their end
    root = etree.fromstring(whole.encode("utf-8", "replace"), parser)
    if root is None or any("depth" in error.message for error in parser.error_log):
        return None
    return _lines(_pieces(root, etree.iterwalk))


def _pieces(root: Any, walk: Walk) -> Iterator[str]:
    """The page as words and the signs between them."""
    lists: list[Iterator[str]] = []
    kept = 0
    steps = walk(root, events=("start", "end"))
    for event, element in steps:
        told = element.text if event == "start" else element.tail
        if _is_silent(element) or (element.tag == "table" and _holds_data(element)):
            steps.skip_subtree()
            if event == "start":
                told = ""
                yield from () if _is_silent(element) else _table(element, walk)
        elif event == "start":
            yield from _opening(element, lists)
        else:
            yield from _closing(element, lists)
        if element.tag == "pre":
            kept += 1 if event == "start" else -1
        yield (told or "").replace(" ", "\u00a0") if kept else _SPACE.sub(" ", told or "")


def _opening(element: Any, lists: list[Iterator[str]]) -> Iterator[str]:
    tag, style = element.tag, element.get("style", "")
    if _is_beside(element):
        yield BESIDE
    yield _edge(element, lists) if tag != "dd" else ""
    if tag in ("ul", "ol"):
        lists.append(_marks(element))
    elif tag == "li":
        yield _mark(next(lists[-1]) if lists else "- ", max(len(lists), _level(element)))
    elif tag in _HEADINGS:
        yield _mark("#" * int(tag[1]) + " ")
    elif tag == "p" and (level := _WORD_LEVEL.search(style)):
        own = any(_WORD_MARK.search(span.get("style", "")) for span in element.iter("span"))
        yield _mark("" if own else "- ", int(level[1]))
    elif _WORD_MARK.search(style):
        yield WORD
    elif tag == "span" and _stands_apart(element):
        yield " "
    if element.get("type") == "checkbox" or element.get("aria-checked"):
        ticked = element.get("checked") is not None or element.get("aria-checked") == "true"
        yield "[x] " if ticked else "[ ] "
    if _is_bold(element):
        yield BOLD


def _stands_apart(span: Any) -> bool:
    """Whether a figure on one side parts this from the one before: "1", "Opening", "20:00"."""
    before = span.getprevious()
    if before is None or before.tag != "span" or before.tail:
        return False
    first, second = "".join(before.itertext())[-1:], "".join(span.itertext())[:1]
    return first.isalnum() and second.isalnum() and first.isdigit() != second.isdigit()


def _closing(element: Any, lists: list[Iterator[str]]) -> Iterator[str]:
    tag = element.tag
    if _is_bold(element):
        yield PLAIN
    if _WORD_MARK.search(element.get("style", "")):
        yield END_WORD
    if tag in ("ul", "ol") and lists:
        lists.pop()
    if tag == "br":
        yield BREAK
    yield ": " if tag == "dt" else _edge(element, lists)
    if _is_beside(element):
        yield BACK


def _edge(element: Any, lists: list[Iterator[str]]) -> str:
    """What parts an element from what stands around it."""
    tag = element.tag
    if tag in ("ul", "ol"):
        return EDGE if lists else GAP
    if tag == "p" and (
        _CLOSE.search(element.get("style", "")) or "Mso" in element.get("class", "")
    ):
        return EDGE  # as mail programs write plain lines
    if tag == "p" and element.getparent().tag == "li" and element.getprevious() is None:
        return EDGE
    return GAP if tag in _APART else EDGE if tag in _BLOCKS else ""


def _marks(element: Any) -> Iterator[str]:
    """A list's marks: "- ", or "3. ", "c. ", "iii. " counting on."""
    if element.tag == "ul":
        return repeat("- ")
    start = element.get("start", "")
    printed = _COUNTS.get(element.get("type", ""), ())
    if start.isdecimal() and start != "1":  # letters only count from the first on
        return (f"{number}. " for number in count(int(start[:6])))
    return (f"{number}. " for number in chain(printed, count(len(printed) + 1)))


def _mark(sign: str, level: int = 1) -> str:
    return MARK + INDENT * (level - 1) + sign + MARKED


def _level(item: Any) -> int:
    """How deep an item says it is; some editors nest their lists by that alone."""
    told = item.get("aria-level") or item.get("data-aria-level") or ""
    deeper = re.search(r"ql-indent-(\d)", item.get("class", ""))
    return int(deeper[1]) + 1 if deeper else int(told) if told.isdecimal() and len(told) == 1 else 1


def _is_silent(element: Any) -> bool:
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    return element.tag in _SILENT or bool(hidden)


def _is_beside(element: Any) -> bool:
    """Whether this is a menu, a button, the head or the foot of the page."""
    if element.tag in _BESIDE or element.get("role") in _BESIDE_ROLES:
        return True
    if element.get("role") == "button":  # one that unfolds something is its title
        return element.get("aria-expanded") is None
    if element.tag in ("header", "footer"):
        inside = any(True for _ in element.iterancestors("article", "main", "section"))
        return not inside and element.find(".//h1") is None
    return (
        element.tag == "form" and next(element.iter("li", "table", "p", *_HEADINGS), None) is None
    )


def _is_bold(element: Any) -> bool:
    weight = _WEIGHT.search(element.get("style", ""))
    if weight:
        return weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
    return element.tag in ("b", "strong")


def _holds_data(table: Any) -> bool:
    """Whether a table has rows and columns, rather than only laying out a page."""
    if table.find(".//table") is not None or next(table.iter(*_HEADINGS), None) is not None:
        return False
    if not all(map(_only_frames, table.iter(*_FRAME))):
        return False
    rows = [sum(map(_says_something, row.iterchildren("td", "th"))) for row in table.iter("tr")]
    return max(rows, default=0) > 1 and (len(rows) > 1 or next(table.iter("li"), None) is None)


def _only_frames(part: Any) -> bool:
    """Whether a part of a table holds other parts and cells only, no words of its own."""
    words = [part.text, *(child.tail for child in part)]
    tags = {child.tag for child in part}
    return tags <= _CELLS | set(_FRAME) and not any(text and text.strip() for text in words)


def _says_something(cell: Any) -> bool:
    return any(not text.isspace() for text in cell.itertext())


def _table(table: Any, walk: Walk) -> Iterator[str]:
    rows = list(table.iter("tr"))
    beside: list[str] = []
    yield GAP
    for caption in table.iter("caption"):
        yield from (line + GAP for line in _lines(_pieces(caption, walk)))
    for place, cells in enumerate(_squared(rows, walk, beside)):
        yield f"{EDGE}| {' | '.join(cells)} |"
        if place == 0 and all(cell.tag == "th" for cell in rows[0].iterchildren("td", "th")):
            yield f"{EDGE}|{'---|' * len(cells)}"
    yield from (f"{EDGE}{BESIDE}{words}{BACK}" for words in beside)
    yield GAP


def _squared(rows: Sequence[Any], walk: Walk, beside: list[str]) -> Iterator[list[str]]:
    """The words of every cell; one that spans columns leaves the others empty."""
    spanning: dict[int, tuple[int, str]] = {}  # by column: how many rows more, and what
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _span(cells, spanning)
            lines = [line for line in _lines(_pieces(cell, walk)) if line]
            beside += [line.strip(ASIDE) for line in lines if line.startswith(ASIDE)]
            words = CELL_BREAK.join(line for line in lines if not line.startswith(ASIDE))
            words = words.replace("|", "\\|")
            if (more := _spanned(cell, "rowspan") - 1) > 0:
                spanning[len(cells)] = more, "" if words.strip(".").isdigit() else words
            cells += [words, *[""] * (_spanned(cell, "colspan") - 1)]
        _span(cells, spanning)
        if cells:
            yield cells


def _span(cells: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    """Put what spans rows in its column; a number counts only once."""
    while (column := len(cells)) in spanning:
        more, words = spanning.pop(column)
        cells.append(words)
        if more > 1:
            spanning[column] = more - 1, words


def _spanned(cell: Any, name: str) -> int:
    told = cell.get(name, "")
    return min(int(told[:6]), MOST_SPANNED) if told.isdecimal() else 1


def _lines(pieces: Iterable[str]) -> list[str]:
    text = _WORD_MARKED.sub(_word_mark, "".join(pieces))
    text = re.sub(f"{MARK}[^{MARKED}]*{MARKED}[\r\n\f ]*(?={MARK})", EDGE, text)
    text = re.sub(f"{MARKED}[\r\n\f ]+", MARKED, text)
    lines: list[str] = []
    gap, beside, bold = False, 0, 0
    for part in re.split("([\r\n\f][\r\n\f ]*)", text):
        if part[:1] in ("\r", "\n", "\f"):
            gap = gap or _parts(part)
            continue
        shown, aside, beside = _apart(part, beside)
        line, bold = _starred(shown, bold)
        if aside:
            lines.append(ASIDE + aside)
        if any(map(str.isalnum, line)) or line.startswith("|"):
            lines += ["", line] if gap and lines else [line]
            gap = False
        else:
            gap = gap or bool(line.strip(" "))  # an empty line, or one of dashes
    return lines


def _word_mark(match: re.Match[str]) -> str:
    """Word's number, or one bullet for all of those it has."""
    mark = match[1].replace("\u00a0", " ").strip()
    return f"{mark} " if _COUNTED.fullmatch(mark) else "- "


def _parts(between: str) -> bool:
    """Whether these breaks leave a blank line: a paragraph, two <br> or one by itself."""
    alone = between[0] == EDGE and BREAK in between
    return GAP in between or between.count(BREAK) > 1 or alone


def _apart(part: str, depth: int) -> tuple[str, str, int]:
    """(what is in the text, what is beside it, how deep beside it the part ends)."""
    shown: list[str] = []
    aside: list[str] = []
    for piece in re.split(f"([{BESIDE}{BACK}])", part):
        depth += (piece == BESIDE) - (piece == BACK)
        (aside if depth else shown).append(piece.strip(BESIDE + BACK))
    plain = re.sub(f"[{MARK}{MARKED}{BOLD}{PLAIN}]", "", " ".join(filter(None, aside)))
    return "".join(shown), plain.strip(), depth


def _starred(part: str, depth: int) -> tuple[str, int]:
    """The line with stars around what is bold, except in headings; how deep in bold it ends."""
    mark, _, words = part.rpartition(MARKED)
    told = []
    for piece in re.split(f"([{BOLD}{PLAIN}])", words):
        if piece in (BOLD, PLAIN):
            depth += 1 if piece == BOLD else -1
        elif depth > 0 and piece.strip() and "#" not in mark:
            head, tail = " " * piece[0].isspace(), " " * piece[-1].isspace()
            told.append(f"{head}**{piece.strip()}**{tail}")
        else:
            told.append(piece)
    line = "".join(told).replace("****", "").replace("** **", " ")
    return mark.replace(MARK, "") + line.strip(" "), depth
