"""Lines the layout broke or glued: lone numbers get their title, runs of items their own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.readers.agenda_html import ASIDE

MIN_TIMES = 2  # so many times on lines of their own belong to the lines below them
MIN_LETTERS = 2  # so many letters below a number make it several
MIN_RUN = 3  # so many numbers in one line make it several items

_FACT = re.compile(r"[\s*_-]{0,4}[^\W\d_][\w ]{1,30}:")
_BETWEEN_FACTS = re.compile(r"\s\|\s|\s(?=\*\*[^*:]{2,30}:)")
_LONE = re.compile(
    r"(?:[-*] )?[*_#]{0,2}\s?\(?(\d{1,2}(?:\.\d{1,2})?(?:\.?[a-z])?)([.):]{0,2})[*_]{0,2}$"
)
_TIME = r"\d{1,2}(?::|[.h](?=[0-5]))[0-5]\d(?: ?(?:uur|[ap]\.?m\.?))?"
_LONE_TIME = re.compile(
    rf"[^\w\s|]{{0,3}}\s?({_TIME}(?:\s?[-–—]\s?{_TIME})?)[\s.:–-]*$", re.IGNORECASE
)
_HOURS = r"(?:[01]\d|2[0-3])"
_MILITARY_RANGE = re.compile(rf"^(\W{{0,3}}{_HOURS})([0-5]\d\s?[-–—]\s?{_HOURS})([0-5]\d\b)")
_MILITARY = re.compile(rf"^(\W{{0,3}}{_HOURS})([0-5]\d)(?=\s+[^\W\d_])")
_LETTERED = re.compile(r"(?<=\s)([a-h])[.)]\s(?=\S)")
_INLINE = re.compile(r"(?:(?<=^)|(?<=\s))\(?(\d{1,2})[.)]\s?(?=[^\W\d_]|[\"“‘'*])")


def unfold(raw: Sequence[str]) -> list[str]:
    """The lines as the author meant them: one item a line, each number before its title."""
    timed = _with_colons(raw)
    joined = _times_joined([part for line in timed for part in _facts_split(line)])
    return [part for line in _numbers_joined(joined) for part in _run_split(line)]


def _with_colons(raw: Sequence[str]) -> list[str]:
    """The lines, "0900-0930" as "09:00-09:30"; beside those "1300" in front is a time as well."""
    ranges = sum(bool(_MILITARY_RANGE.match(line)) for line in raw)
    lines = [_MILITARY_RANGE.sub(r"\1:\2:\3", line) for line in raw]
    return [_MILITARY.sub(r"\1:\2", line) for line in lines] if ranges >= MIN_TIMES else lines


def _times_joined(raw: Sequence[str]) -> list[str]:
    """The lines, times that stand alone put before what follows them."""
    lone = {place: m[1] for place, line in enumerate(raw) if (m := _LONE_TIME.match(line.strip()))}
    if len(lone) < MIN_TIMES:
        return list(raw)
    lines: list[str] = []
    held = None  # where the time stands that waits for its line
    for place, line in enumerate(raw):
        if held is not None and line.strip() and line[0] != ASIDE and place not in lone:
            lines[held:] = [f"{lines[held].strip()} {line.strip()}"]
        else:
            lines.append(lone.get(place, line))
        if line.strip():
            held = len(lines) - 1 if place in lone else None
    return lines


def _facts_split(line: str) -> list[str]:
    """ "Waar: zaal 2 | Wanneer: 3 mei" in two; any other line as it is."""
    parts = _BETWEEN_FACTS.split(line)
    return parts if len(parts) > 1 and all(map(_FACT.match, parts)) else [line]


def _numbers_joined(raw: Sequence[str]) -> Iterator[str]:
    lone = {i: m for i, line in enumerate(raw) if (m := _LONE.match(line.strip()))}
    printed = {m[1] for m in lone.values()}
    held: re.Match[str] | None = None
    for place, line in enumerate(raw):
        if held and (not line.strip() or line[0] == ASIDE):
            yield from [line] if line.strip() else []
            continue
        match = lone.get(place)
        if held:
            yield held[0] if match else _joined(held, line)
            held = None
            if not match:
                continue
        if match and (match[2] or _neighbours(match[1], printed)):
            held = match
        else:
            yield line
    if held:
        yield held[0]


def _joined(held: re.Match[str], line: str) -> str:
    indent = held.string[: len(held.string) - len(held.string.lstrip())]
    return f"{indent}{held[1]}. {line.strip().lstrip('#').strip()}"


def _neighbours(printed: str, all_printed: set[str]) -> bool:
    """Whether a bare figure counts on from another one that stands alone."""
    if not printed.isdecimal():
        return bool(re.match(r"\d+[.a-z]", printed)) and len(all_printed) > 1
    return str(int(printed) - 1) in all_printed or str(int(printed) + 1) in all_printed


def _run_split(line: str) -> list[str]:
    """ "1. Opening 2. Verslag 3. Planning" in three; any other line as it is."""
    starts = _counting_up(line) if line[:1] != ASIDE else []
    leads = bool(starts) and not line[: starts[0]].strip()
    if len(starts) < (2 if leads else MIN_RUN) or "|" in line:
        return [line]
    indent = line[: len(line) - len(line.lstrip())] if leads else ""
    ends = [*starts[1:], len(line)]
    items = [
        indent + part
        for start, end in zip(starts, ends, strict=True)
        for part in _letters_split(line[start:end].strip(" ;,\t"))
    ]
    return items if leads else [line[: starts[0]].rstrip(), *items]


def _letters_split(item: str) -> list[str]:
    """ "3. Zorg a. wachttijd b. vervoer" in three, the lettered ones further in."""
    letters = list(_LETTERED.finditer(item))
    starts = [m.start() for place, m in enumerate(letters) if m[1] == chr(ord("a") + place)]
    if len(starts) < MIN_LETTERS:
        return [item]
    parts = [item[s:e].strip() for s, e in zip(starts, [*starts[1:], len(item)], strict=True)]
    return [item[: starts[0]].rstrip(), *("    " + part for part in parts)]


def _counting_up(line: str) -> list[int]:
    """Where the numbers stand that count on by one from the first one, or from a first 1.

    In a long run one number may be missing, as it often is in text out of a PDF.
    """
    starts: list[int] = []
    expected = None
    for match in _INLINE.finditer(line):
        value = int(match[1])
        if expected is None and (value == 1 or not line[: match.start()].strip()):
            expected = value
        elif expected is None:
            continue
        if value == expected or (value == expected + 1 and len(starts) > 1):
            starts.append(match.start())
            expected = value + 1
    return starts
