"""Headings that no mark shows: lines in bold, and short lines above paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_evidence import reads_like_title
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_tree import LABEL_LEVEL
from bot.readers.agenda_words import is_one_of

MAX_HEADING = 80  # characters
MIN_ABOVE_LISTS = 3  # so many short lines above bullets make them headings
MIN_TOLD = 5  # words; a line with more tells something
MAX_LABEL = 9  # words before the colon of a title
MIN_USUAL = 2  # so many titles that every agenda has make labels its items
MIN_ABOVE_TEXT = 3  # so many short lines above paragraphs make them headings


def with_headings(lines: list[Line], vocabulary: Vocabulary) -> list[Line]:
    """The lines, bold or short ones made headings where the text has no others."""
    if labelled := _labelled(lines, vocabulary):
        return labelled
    lines = _raised(lines, _above_lists(lines, vocabulary))
    labels = [_is_bold_label(line) for line in lines]
    if sum(line.mark is Mark.HEADING for line in lines) - sum(labels) > 1:
        return lines
    bold = [
        place
        for place, line in enumerate(lines)
        if labels[place]
        or (line.strong and _may_head(line) and (any(labels) or not _is_outcome(line, vocabulary)))
    ]
    if len(bold) > 1:
        return _raised(lines, bold)
    return _raised(lines, _above_paragraphs(lines, vocabulary))


def _is_bold_label(line: Line) -> bool:
    """Whether only its words made this line in bold a heading: "**Agenda**"."""
    return line.strong and line.mark is Mark.HEADING and line.level == LABEL_LEVEL


def _may_head(line: Line) -> bool:
    """Whether a line could be a heading: by itself and short."""
    plain = line.mark is Mark.PLAIN or (line.mark is Mark.NUMBER and line.strong)
    return plain and line.gap and len(line.body) <= MAX_HEADING


def _is_outcome(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line only labels what came of an item."""
    return is_one_of(line.body.rstrip(":"), vocabulary.outcome_labels)


def _raised(lines: Sequence[Line], places: Iterable[int]) -> list[Line]:
    chosen = set(places)
    return [
        replace(line, mark=Mark.HEADING, level=LABEL_LEVEL) if place in chosen else line
        for place, line in enumerate(lines)
    ]


def _labelled(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """ "Opening: Jan opent de vergadering." as a heading with text below it, where most are so.

    Labels alone on their lines lead, where there are usual ones among those; [] without.
    """
    if any(line.marked and line.mark is not Mark.BULLET for line in lines):
        return []
    labels = {
        place: label
        for place, line in enumerate(lines)
        if line.mark is Mark.PLAIN and (label := _label(line, vocabulary))
    }
    alone = {place: label for place, label in labels.items() if not label[1]}
    chosen = alone if _are_items(alone, vocabulary) else labels
    if not _are_items(chosen, vocabulary):
        return []
    return [
        part
        for place, line in enumerate(lines)
        for part in (_opened(line, chosen[place]) if place in chosen else [line])
    ]


def _label(line: Line, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What stands before and behind the colon of a line that could be a title with its text."""
    head, colon, text = f"{line.body} ".partition(": ")
    if not colon or not head[:1].isupper() or len(head.split()) > MAX_LABEL:
        return None
    beside = (*vocabulary.outcome_labels, *vocabulary.header_titles)
    known = is_one_of(head, beside) or is_one_of(head.split()[0], vocabulary.header_titles)
    return None if known else (head, text.strip())


def _are_items(labels: Mapping[int, tuple[str, str]], vocabulary: Vocabulary) -> bool:
    """Whether at least three are titles, two of them titles that every agenda has."""
    usual = sum(kind_of(head, vocabulary) is Kind.PROCEDURAL for head, _ in labels.values())
    return len(labels) >= MIN_ABOVE_TEXT and usual >= MIN_USUAL


def _opened(line: Line, label: tuple[str, str]) -> list[Line]:
    """A label as a heading, and the text behind it below it."""
    head, text = label
    heading = replace(line, body=head, mark=Mark.HEADING, level=LABEL_LEVEL)
    if not text:
        return [heading]
    front = line.text[: len(line.text) - len(text)]
    return [replace(heading, text=front), replace(line, body=text, text=text, gap=False)]


def _above_lists(lines: Sequence[Line], vocabulary: Vocabulary) -> list[int]:
    """Short lines with bullets right below them: titles, where there are several."""
    plain = [place for place in range(len(lines) - 1) if lines[place].mark is Mark.PLAIN]
    places = [
        place
        for place in plain
        if lines[place + 1].mark is Mark.BULLET
        and reads_like_title(lines[place], vocabulary)
        and lines[place].body[0].isupper()
        and not lines[place].indent
        and not _is_outcome(lines[place], vocabulary)
    ]
    said = Counter(line.body for line in lines)  # what comes again labels parts of items
    places = [place for place in places if said[lines[place].body] == 1]
    return places if len(places) >= MIN_ABOVE_LISTS else []


def _above_paragraphs(lines: Sequence[Line], vocabulary: Vocabulary) -> list[int]:
    """Short lines with running text right below them, in a text without any marks."""
    places = [place for place in range(len(lines) - 1) if _heads_text(lines, place, vocabulary)]
    usual = sum(kind_of(lines[place].body, vocabulary) is Kind.PROCEDURAL for place in places)
    others = any(line.marked and line.mark is not Mark.BULLET for line in lines)
    return places if usual > others and len(places) >= MIN_ABOVE_TEXT else []


def _heads_text(lines: Sequence[Line], place: int, vocabulary: Vocabulary) -> bool:
    line, below = lines[place], lines[place + 1]
    if not _may_head(line) or _is_outcome(line, vocabulary):
        return False
    if len(line.body.split()) > 8 or line.body[-1:] in ".!,;":
        return False
    titled = line.body[:1].isupper() or line.body[:1].isdigit()
    told = below.body[-1:] in ".!?:" or len(below.body.split()) > MIN_TOLD
    return titled and (below.mark is Mark.BULLET or told)
