"""Numbers in front of lines: 1. 1) 1.1 1a A. A1 iv. and how they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A number in front: as printed ("3a"), its parts ((3, 1)), and its scheme ("arabic" …)."""

    printed: str
    path: tuple[int, ...]
    scheme: str
    weak: bool = False  # without a sign behind it: "1 Opening"


_NUMBERS = (
    (re.compile(r"\(?(\d{1,2}(?:[.-]\d{1,2}){1,3})[.):]?\s+(?=\S)"), "path"),
    (re.compile(r"\(?(\d{1,2}[a-l])(?:[.):]\s*|\s+)(?=[^\W\d_])"), "lettered"),
    (re.compile(r"\(?([A-Z]\.?\d{1,2})[.):]?\s+(?=\S)"), "section"),
    (re.compile(r"(\d{1,2}\.[a-z])[.)]?\s+(?=\S)"), "lettered"),
    (re.compile(r"[(\[]?(\d{1,3})\s?(?:[.)\]:]+|[.)]?\s?[-–—|])\s+(?=\S)"), "arabic"),
    (re.compile(r"(?!(?:19|20)\d\d\b)(\d{4,40})[.)]\s+(?=\S)"), "arabic"),
    (re.compile(r"(\d{1,2})[.)](?=[^\W\d_]|[\"“‘'*_\[(])"), "arabic"),
    (re.compile(r"\(?([ivx]{1,5}|[IVX]{1,5})[.):]\s+(?=\S)"), "roman"),
    (re.compile(r"([IVX]{1,4})(?:\s{2,}|\t)(?=[A-ZÀ-Ý])|([IVX]{2,4})\s(?=[A-ZÀ-Ý])"), "roman"),
    (re.compile(r"\(?([a-km-zA-Z])[.):]\s+(?=\S)|\(([a-z])\)\s*(?=\S)"), "letter"),
    (re.compile(r"([l|])[.)]\s+(?=\S)"), "misread"),
    (re.compile(r"#?(\d{1,2})[.,]?\s+(?=[^\W\d_]|[\"“‘*(])(?=\S\S)"), "weak"),
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


def read_number(text: str) -> tuple[Number | None, int]:
    """The number the text opens with and where what it numbers begins."""
    for pattern, scheme in _NUMBERS:
        match = pattern.match(text)
        if match:
            printed = next(group for group in match.groups() if group)
            return _number(printed, scheme), match.end()
    return None, 0


def _number(printed: str, scheme: str) -> Number:
    figures = tuple(int(part) for part in re.findall(r"\d+", printed))
    if scheme == "path":
        return Number(printed, figures, scheme)
    if scheme == "lettered":
        return Number(printed.replace(".", ""), (figures[0], _letter(printed[-1])), "path")
    if scheme == "section":
        return Number(printed, (_letter(printed[0]), figures[0]), scheme)
    if scheme in ("roman", "letter"):
        value = _roman(printed.lower()) if scheme == "roman" else _letter(printed)
        return Number(printed, (value,), scheme.capitalize() if printed.isupper() else scheme)
    value = figures[0] if figures else 1  # "l." is a 1 misread
    return Number(str(value), (value,), "arabic", weak=scheme in ("weak", "misread"))


def _letter(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def _roman(text: str) -> int:
    values = [_ROMAN[sign] for sign in text]
    return sum(-v if any(w > v for w in values[i + 1 :]) else v for i, v in enumerate(values))
