"""Raw text to clean lines: HTML, entities, comments, fences, quote marks and front matter out."""

from __future__ import annotations

import html
import re
import unicodedata

from bot.readers.agenda_html import ASIDE, CELL_BREAK, as_markdown, is_html

MAX_FRONT_LINES = 60
MAX_SHORTCODE = 300  # characters

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img"
    r"|ins|kbd|li|mark|ol|p|picture|pre|s|small|source|span|strong|sub|summary|sup|table|tbody|td"
    r"|th|thead|tr|u|ul|video)"
    r"(?:\s+(?:[\w:-]+\s?=\s?(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+)|open|reversed))*\s*/?>",
    re.IGNORECASE,
)
_TABLE = re.compile(r"<table\b[^<>]*>(?:(?!<table\b).)*?</table>", re.IGNORECASE | re.DOTALL)
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_FENCE = re.compile(r"\s{0,8}(?:```|~~~)[`~\s]*")
_QUOTE = re.compile(r"(?:\s*>)+ ?")
_SHORTCODE = re.compile(r"\s*\{\{[<%]?((?:(?!title=).)*)(?:title=\"([^\"]+)\")?(.*?)[>%]?\}\}\s*$")
_ESCAPE = re.compile(r"\\([.)#+\->!&])")  # "1\\. Welcome"; other escapes mark what is no markup
_ANCHOR = re.compile(r"\s*\{#[\w.:-]+\}$")  # a heading's own address: "Dues {#dues}"
_BOLD_NUMBER = re.compile(r"(\*\*|__)\s?(\(?\d{1,2}(?:\.\d{1,2})*[.):])\s?\1\s*(?=\S)")
_LINK_TARGET = re.compile(
    r" {0,3}\[[^\[\]]{1,60}\]: +<?(?:https?:|mailto:|[\w.]*/)\S+"
)  # "[1]: https://…"
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_FRONT_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACES = {ord(c): " " for c in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"}


def clean_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of front matter, and those below it; ASIDE opens what is beside the text."""
    page = as_markdown(text) if is_html(text) else None
    plain = "\n".join(page) if page is not None else _without_tags(_TABLE.sub(_as_rows, text))
    plain = unicodedata.normalize("NFC", plain).translate(_INVISIBLE).translate(_SPACES)
    front, lines = _front_matter(plain.split("\n"))
    return front, [_clean(_unquoted(line)) for line in lines]


def _as_rows(table: re.Match[str]) -> str:
    """A table in HTML inside Markdown as its rows."""
    rows = as_markdown(table[0])
    return (
        table[0] if rows is None else "\n\n" + "\n".join(rows).replace(CELL_BREAK, "<br>") + "\n\n"
    )


def _front_matter(lines: list[str]) -> tuple[list[str], list[str]]:
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None or lines[start].strip() != "---":
        return [], lines
    for end in range(start + 1, min(len(lines), start + MAX_FRONT_LINES)):
        front = lines[start + 1 : end]
        if lines[end].strip() in ("---", "...") and any(map(_FRONT_KEY.match, front)):
            return front, lines[end + 1 :]
    return [], lines


def _without_tags(text: str) -> str:
    """Text as it is, apart from entities, comments and the few tags that Markdown may hold."""
    plain = html.unescape(text).replace(ASIDE, "").replace(CELL_BREAK, "\n")
    for end in ("\r\n", "\r", "\f", "\u2028", "\u2029"):
        plain = plain.replace(end, "\n")
    return "\n".join(map(_line_without_tags, _without_comments(plain).split("\n")))


def _line_without_tags(line: str) -> str:
    code = len(line) < MAX_SHORTCODE and "{{" in line
    if code and (shortcode := _SHORTCODE.match(line)):  # of site generators and wikis
        around, title = f"{ASIDE}{shortcode[1]}{shortcode[3]}", shortcode[2]
        return f"{around}\n## {title}" if title else around
    line = _LINE_BREAK.sub(CELL_BREAK if "|" in line else "\n", line)
    return _TAG.sub("", line)


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`; an unclosed one loses only its mark."""
    head, *rest = text.split("<!--")
    parts = [head]
    for piece in rest:
        _, closed, after = piece.partition("-->")
        parts.append(after if closed else piece)
    return "".join(parts)


def _unquoted(line: str) -> str:
    """Without the `> ` of a quoted mail, however deep."""
    mark = _QUOTE.match(line)
    return line[mark.end() :] if mark else line


def _clean(line: str) -> str:
    """Indented by spaces, fences beside the text; tabs inside stay, they part cells."""
    if fence := _FENCE.match(line):
        return ASIDE + line[fence.end() :] if line[fence.end() :] else ""
    if _LINK_TARGET.match(line):
        return ASIDE + line
    body = _ANCHOR.sub("", line.strip()).removesuffix("\\")  # Markdown's sign for a line break
    body = _BOLD_NUMBER.sub(r"\2 ", body, count=1) if body[:2] in ("**", "__") else body
    indent = line[: len(line) - len(line.lstrip())].expandtabs(4)
    return _KEYCAP.sub(r"\1. ", indent + _ESCAPE.sub(r"\1", body))
