"""Which column of a table is the subject, the time, the person: by its name, by what it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_details import is_name
from bot.readers.agenda_times import find_minutes, leading_slot
from bot.readers.agenda_words import is_one_of, names_section

Row = tuple[str, ...]
MAX_LOOKED = 40  # cells of a column that tell what it holds

_NUMBER = re.compile(r"[*_]{0,2}\d{1,3}(?:\.\d{1,2})?[a-z]?[.)]?[*_]{0,2}")


class Column(StrEnum):
    """What the cells of a column hold."""

    NUMBER = "number"
    TIME = "time"
    SUBJECT = "subject"
    WHO = "who"
    MINUTES = "minutes"
    OTHER = "other"


def column_named(cell: str, vocabulary: Vocabulary) -> Column | None:
    """The column a header cell names; None when it names none we know."""
    names = {
        Column.SUBJECT: vocabulary.columns_subject,
        Column.MINUTES: vocabulary.columns_minutes,
        Column.WHO: vocabulary.columns_who,
        Column.TIME: vocabulary.columns_time,
        Column.OTHER: vocabulary.columns_other,
    }
    if cell.strip(" *_") in ("#", "№"):
        return Column.NUMBER
    for column, words in names.items():
        if cell and (is_one_of(cell, words) or names_section(cell, words, vocabulary)):
            return column
    return None


def columns_of(
    named: Sequence[Column | None], rows: Sequence[Row], vocabulary: Vocabulary
) -> tuple[Column, ...]:
    """Every column, the unnamed by what their cells hold; exactly one is the subject."""
    cells = [[row[i] for row in rows if row[i]] for i in range(len(named))]
    named = _fitting(_counted(named, cells, vocabulary), cells, vocabulary)
    columns = [name or _content(cells[i], vocabulary) for i, name in enumerate(named)]
    subjects = [i for i, column in enumerate(columns) if column is Column.SUBJECT]
    if len(subjects) != 1:
        open_places = subjects or [i for i, name in enumerate(named) if name is None]
        chosen = _richest(open_places or list(range(len(named))), cells, named)
        for place in subjects:
            columns[place] = Column.OTHER
        columns[chosen] = Column.SUBJECT
    return tuple(_with_who(columns, named, cells, vocabulary))


def _counted(
    named: Sequence[Column | None], cells: list[list[str]], vocabulary: Vocabulary
) -> Sequence[Column | None]:
    """The names; of several subjects ("Punt", "Onderwerp") one that holds figures is the number."""
    if sum(name is Column.SUBJECT for name in named) < 2:
        return named
    return [
        Column.NUMBER
        if name is Column.SUBJECT and _content(told, vocabulary) is Column.NUMBER
        else name
        for name, told in zip(named, cells, strict=True)
    ]


def _fitting(
    named: Sequence[Column | None], cells: list[list[str]], vocabulary: Vocabulary
) -> Sequence[Column | None]:
    """The names; none where times or numbers stand below the subject: the header is shifted."""
    subject = next((i for i, name in enumerate(named) if name is Column.SUBJECT), None)
    if subject is None or _content(cells[subject], vocabulary) in (Column.SUBJECT, Column.OTHER):
        return named
    return (None,) * len(named)


def _with_who(
    columns: list[Column],
    named: Sequence[Column | None],
    cells: list[list[str]],
    vocabulary: Vocabulary,
) -> Iterator[Column]:
    """An unnamed column of nothing but names holds who."""
    for column, name, told in zip(columns, named, cells, strict=True):
        people = name is None and column is Column.OTHER and told
        names = people and all(is_name(cell, vocabulary) for cell in told[:MAX_LOOKED])
        yield Column.WHO if names and Column.WHO not in columns else column


def _richest(places: list[int], cells: list[list[str]], named: Sequence[Column | None]) -> int:
    """The first named subject, else the column with the most words among the first few."""
    first_named = next((i for i in places if named[i] is Column.SUBJECT), None)
    if first_named is not None:
        return first_named
    return max(places, key=lambda i: (len(set(cells[i])), -i) if cells[i] else (0, -i))


def _content(cells: list[str], vocabulary: Vocabulary) -> Column:
    """What most cells of an unnamed column hold."""
    votes = Counter(_cell_kind(cell, vocabulary) for cell in cells[:MAX_LOOKED])
    return votes.most_common(1)[0][0] if votes else Column.OTHER


def _cell_kind(cell: str, vocabulary: Vocabulary) -> Column:
    slot = leading_slot(cell, vocabulary)
    if slot and not cell[slot.end :].strip(" .*-–"):
        return Column.TIME
    if _NUMBER.fullmatch(cell):
        return Column.NUMBER
    span = next(find_minutes(cell, vocabulary), None)
    if span and not (cell[: span.start] + cell[span.end :]).strip(" .()"):
        return Column.MINUTES
    return Column.SUBJECT
