"""Raw text to clean lines: entities, tags, comments, fences, quote marks and front matter out."""

from __future__ import annotations

import html
import re
import unicodedata

BREAK = "\v"  # a line break inside a table cell
MAX_FRONT_LINES = 60

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BLOCK_TAGS = (
    (re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE), "\n- "),
    (re.compile(r"<h([1-6])(?:\s[^<>]*)?>", re.IGNORECASE), "\n\n## "),
    (re.compile(r"</(?:h[1-6]|p|div|ul|ol|li|tr|table)>", re.IGNORECASE), "\n"),
    (re.compile(r"<t[dh](?:\s[^<>]*)?>", re.IGNORECASE), " | "),
    (re.compile(r"<tr(?:\s[^<>]*)?>", re.IGNORECASE), "\n"),
)
_FENCE = re.compile(r"\s{0,8}(?:```|~~~)")
_QUOTE = re.compile(r"(?:\s*>)+ ?")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_FRONT_KEY = re.compile(r"([A-Za-z_][\w -]{0,40}):(?:\s+(.*))?$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_SPACES = {ord(c): " " for c in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"}


def clean_lines(text: str) -> tuple[dict[str, str], list[str]]:
    """The front matter ({key: value}, lower-case keys) and the lines below it, unmarked."""
    plain = unicodedata.normalize("NFC", html.unescape(text))
    plain = plain.translate(_INVISIBLE).translate(_SPACES)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    plain = plain.replace("\u2028", "\n").replace("\u2029", "\n").replace(BREAK, "\n")
    front, lines = _front_matter(plain.split("\n"))
    body = _without_tags(_without_comments("\n".join(map(_unquoted, lines))))
    return front, [_clean(line) for line in body.split("\n")]


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None or lines[start].strip() != "---":
        return {}, lines
    for end in range(start + 1, min(len(lines), start + MAX_FRONT_LINES)):
        if lines[end].strip() in ("---", "..."):
            return _front_values(lines, start, end)
    return {}, lines


def _front_values(lines: list[str], start: int, end: int) -> tuple[dict[str, str], list[str]]:
    found = [m for line in lines[start + 1 : end] if (m := _FRONT_KEY.match(line.rstrip()))]
    if not found:
        return {}, lines
    front = {m[1].lower(): (m[2] or "").strip().strip("\"'") for m in found}
    return front, lines[end + 1 :]


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`; an unclosed one loses only its mark."""
    head, *rest = text.split("<!--")
    parts = [head]
    for piece in rest:
        _, closed, after = piece.partition("-->")
        parts.append(after if closed else piece)
    return "".join(parts)


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    for pattern, mark in _BLOCK_TAGS:
        text = pattern.sub(mark, text)
    return "\n".join(map(_line_without_tags, text.split("\n")))


def _line_without_tags(line: str) -> str:
    line = _LINE_BREAK.sub(BREAK if "|" in line else "\n", line)
    return _TAG.sub("", line)


def _unquoted(line: str) -> str:
    """Without the `> ` of a quoted mail, however deep."""
    mark = _QUOTE.match(line)
    return line[mark.end() :] if mark else line


def _clean(line: str) -> str:
    """Indented by spaces, without fences; tabs inside stay, they part cells."""
    if _FENCE.match(line):
        return ""
    body = line.strip()
    indent = line[: len(line) - len(line.lstrip())].expandtabs(4)
    return _KEYCAP.sub(r"\1. ", indent + body)
