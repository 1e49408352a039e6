"""The bytes of a text file as text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.domain.problem import Problem

MOST_BYTES = 1_000_000  # the longest minutes we saw are 25 kB
MOST_CONTROLS = 0.01  # share of control characters above which bytes are no text

# what colours a terminal is text all the same
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[)")

# documents that may decode as text but hold markup: PDF, RTF
_NO_TEXT = (b"%PDF-", b"{\\rtf")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(raw: bytes, file: str, most: int = MOST_BYTES) -> tuple[str, str]:
    """Return the text and the encoding it was in: "utf-8", "utf-16" or "cp1252".

    Raises Problem "long_file", "binary_file" or "empty_file"; `file` names it there.
    """
    if len(raw) > most:
        raise Problem("long_file", file=file, most=most // 1000)
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


def decode_lines(raw: Iterable[bytes], file: str, most: int) -> Iterator[str]:
    """Each line as text as soon as it comes, without its end; `most` bytes is the longest.

    UTF-16 is read whole. Raises Problem "long_line", "long_file" or "binary_file".
    """
    lines = iter(raw)
    first = next(lines, b"")
    if _encodings(first)[0].startswith("utf-16"):
        text, _ = decode(first + b"".join(lines), file, most)
        lines = iter(text.encode().splitlines(keepends=True))
        first = next(lines)
    if first.startswith(_NO_TEXT):
        raise Problem("binary_file", file=file)
    for line in chain([first] if first else [], lines):
        if len(line) > most:
            raise Problem("long_line", file=file, most=most // 1_000_000)
        text = _line(line.removesuffix(b"\n").removesuffix(b"\r"))
        if _is_binary(text, stray=1):
            raise Problem("binary_file", file=file)
        yield text


def _line(raw: bytes) -> str:
    """By itself, as lines from several programs may stand in one file."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _encodings(raw: bytes) -> tuple[str, ...]:
    """The encodings to try, in order; UTF-16 without a BOM has a NUL in nearly every letter."""
    if raw.startswith(_UTF16):
        return ("utf-16",)
    first, second = raw[::2].count(0), raw[1::2].count(0)
    if max(first, second) > len(raw) / 4 and min(first, second) <= max(first, second) / 20:
        return ("utf-16-le",) if second > first else ("utf-16-be",)
    return "utf-8-sig", "cp1252"


def _is_binary(text: str, stray: int = 0) -> bool:
    """Whether it has more control characters than text has; `stray` ones say nothing."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    return "\0" in text or controls > max(stray, MOST_CONTROLS * len(text))
