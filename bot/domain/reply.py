"""Answers given as a message: an item's number, then what the meeting says; one or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.answer import Answer, Certainty

LIST_MARKS = {".", ")"}  # they also number the steps within an answer


@dataclass(frozen=True)
class Words:
    """The words by which a reply is read, of all languages together.

    `item` may stand before the number, `because` before a reason, `whom` begins one ("for us");
    `about` behind `dont_know` says what is not known.
    """

    item: Sequence[str]
    not_applicable: Sequence[str]
    because: Sequence[str]
    whom: Sequence[str]
    dont_know: Sequence[str]
    about: Sequence[str]


@dataclass(frozen=True)
class Reply:
    """`position` is the item's as printed, in lower case."""

    position: str
    given: Answer


@dataclass(frozen=True)
class _Heading:
    """A line that begins an answer: where it stands, and what shows that it does."""

    line: int
    position: str
    mark: str
    named: bool
    text: str


def replies_of(message: str, positions: Iterable[str], words: Words) -> list[Reply]:
    """What a message answers, each item once; empty when it does not begin with a number.

    `positions` are those on the agenda; any other whole number is understood too.
    """
    lines = message.strip().splitlines()
    headings = _answering(list(_headings(lines, _pattern(positions, words))))
    if not headings or headings[0].line > 0:
        return []
    said: dict[str, str] = {}
    ends = [*(heading.line for heading in headings[1:]), len(lines)]
    for heading, end in zip(headings, ends, strict=True):
        text = "\n".join([heading.text, *lines[heading.line + 1 : end]]).strip()
        said[heading.position] = f"{said.get(heading.position, '')}\n{text}".strip()
    return [
        Reply(position, answer_of(text, words)) for position, text in said.items() if _says(text)
    ]


def _says(text: str) -> bool:
    """Whether there is a letter or a digit; a dash or a question mark is no answer."""
    return any(character.isalnum() for character in text)


def can_be_replied_to(position: str) -> bool:
    """Whether an item's position can begin a reply."""
    return bool(re.fullmatch(r"\w+(?:[.\-]\w+)*", position))


def answer_of(text: str, words: Words) -> Answer:
    """Not applicable, not known yet, else assumed."""
    plain = text.replace("’", "'")
    reason = _reason(plain, words)
    if reason is not None:
        return Answer(reason, None)
    unknown = unknown_of(text, words.dont_know, words.about) is not None
    return Answer(text, Certainty.DONT_KNOW if unknown else Certainty.ASSUME)


def unknown_of(text: str, dont_know: Sequence[str], about: Sequence[str]) -> str | None:
    """What is not known, without the words that say so; None where a text begins otherwise."""
    found = re.match(
        rf"(?:{_any(dont_know)})(?!\w)"
        rf"(?=\s*(?:$|[.,;:!?(\n])|\s+[-–—]\s|\s+(?:{_any(about)})\b)",
        text.replace("’", "'"),
        re.IGNORECASE,
    )
    return text[found.end() :].lstrip(" .,;:!?-–—\n") if found else None


def _pattern(positions: Iterable[str], words: Words) -> re.Pattern[str]:
    """A number with its mark: 5: 5. 5) 5 - #5; never 4:30, 2.5, 3-4, 5 :smile: or 10 - 12."""
    named = rf"(?P<named>(?:{_any(words.item)})\.?\s*#?\s*|#\s*)?"
    position = rf"(?P<position>{_any(positions)}|\d{{1,3}}[a-z]?)"
    colon = r":(?![\d:])(?!\S+:\s*$)|\s+:(?=\s)"
    mark = rf"(?P<mark>{colon}|\.?\)(?!\d)|\.(?=\s|$)|\s*[-–—](?=\s))"
    behind = r"(?P<text>(?:\s.*|\S.*)?)"
    return re.compile(rf"\s*(?:[-•*]\s+)?{named}{position}(?:{mark}|(?=\s)){behind}", re.IGNORECASE)


def _headings(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[_Heading]:
    for number, line in enumerate(lines):
        found = pattern.fullmatch(line)
        if found is None:
            continue
        mark, named = (found["mark"] or "").strip(), (found["named"] or "").strip()
        text, position = found["text"].strip(), found["position"].casefold()
        if not mark and named != "#":
            continue
        if mark in {"-", "–", "—"}:
            mark = "-"
            if text[:1].isdigit() and not named:  # from 10 - 12
                continue
        yield _Heading(number, position, mark[-1:], bool(named), text)


def _answering(headings: list[_Heading]) -> list[_Heading]:
    """Those that begin an answer: marked as the first is, or with a word before the number.

    Numbers behind a list's mark that do not count up are steps within the first answer.
    """
    if not headings:
        return []
    first, *others = headings
    like = [first, *(one for one in others if one.mark == first.mark and not one.named)]
    counts = all(_rank(one) < _rank(next_) for one, next_ in pairwise(like))
    if first.mark in LIST_MARKS and not counts:
        like = [first]
    return [one for one in headings if one in like or one.named]


def _rank(heading: _Heading) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", heading.position)], heading.position


def _reason(text: str, words: Words) -> str | None:
    """Why it does not apply, empty where it does not say; None where it applies."""
    found = re.match(rf"(?:{_any(words.not_applicable)})(?!\w)", text, re.IGNORECASE)
    if found is None:
        return None
    rest = text[found.end() :]
    because = rf"(?:{_any(words.because)})\b[\s:,]*"
    whom = rf"(?:{_any(words.whom)})\b"
    apart = re.match(
        rf"(?:\s*[.,;:!(\n])+|\s*(?:\s[-–—]\s|(?={because}|{whom})|$)", rest, re.IGNORECASE
    )
    if apart is None:
        return None
    reason = re.sub(rf"^\s*[-–—]?\s*(?:{because})?", "", rest[apart.end() :], flags=re.IGNORECASE)
    return reason.strip().removesuffix(")") if "(" in apart[0] else reason.strip()


def _any(words: Iterable[str]) -> str:
    """Any of them, the longest first; a full stop at the end may be missing."""
    known = sorted({word.rstrip(".") for word in words} - {""}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in known) or r"(?!)"
