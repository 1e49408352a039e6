"""The bytes of a text file as text, whatever program wrote them."""

from __future__ import annotations

import codecs
import unicodedata

from bot.domain.problem import Problem

MOST_BYTES = 1_000_000  # the longest minutes we saw are 25 kB
MOST_CONTROLS = 0.01  # share of control characters above which bytes are no text

# documents that may decode as text but hold markup: PDF, RTF
_NO_TEXT = (b"%PDF-", b"{\\rtf")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """Return the text and the encoding it was in: "utf-8", "utf-16" or "cp1252".

    Raises Problem "long_file", "binary_file" or "empty_file"; `file` names it there.
    """
    if len(raw) > MOST_BYTES:
        raise Problem("long_file", file=file, most=MOST_BYTES // 1000)
    if raw.startswith(_NO_TEXT):
        raise Problem("binary_file", file=file)
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_binary(text):
            break
        if not text.strip():
            raise Problem("empty_file", file=file)
        return text, encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    raise Problem("binary_file", file=file)


def _encodings(raw: bytes) -> tuple[str, ...]:
    """The encodings to try, in order; UTF-16 without a BOM has a NUL in nearly every letter."""
    if raw.startswith(_UTF16):
        return ("utf-16",)
    first, second = raw[::2].count(0), raw[1::2].count(0)
    if max(first, second) > len(raw) / 4 and min(first, second) <= max(first, second) / 20:
        return ("utf-16-le",) if second > first else ("utf-16-be",)
    return "utf-8-sig", "cp1252"


def _is_binary(text: str) -> bool:
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f\v" for char in text)
    return "\0" in text or controls > MOST_CONTROLS * len(text)
