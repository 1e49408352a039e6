"""Tables to lines: which column is the subject, the time, the person; rows that continue others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_columns import Column, Row, column_named, columns_of
from bot.readers.agenda_html import ASIDE
from bot.readers.agenda_html import CELL_BREAK as BREAK
from bot.readers.agenda_lines import Line, Mark, read_line, read_lines
from bot.readers.agenda_sections import Role, role_of
from bot.readers.agenda_settle import settle_marks
from bot.readers.agenda_times import find_minutes, leading_slot
from bot.readers.agenda_tree import LABEL_LEVEL
from bot.readers.agenda_words import fact_labels, is_one_of

BELOW = 4  # columns a row's extra lines are indented below it

# "•⇥Wachttijd", "1)⇥Hulp": a mark and one cell are no row
_MARKED = re.compile(r"\s*(?:[•o▪·–*-]|\(?(?:\d+(?:\.\d+)*[a-z]?|[a-z])[.)])\t+[^\t]*$")
_GAPPED = re.compile(r"\S+(?: \S+)*")
_CELL = re.compile(r"(?<!\\)\|")
_FIGURES = re.compile(r"[0-9]{1,3}")
_RULER = re.compile(r"[|\s:=+-]+$")


@dataclass(frozen=True)
class Table:
    """Rows of equal length with what each column holds; `names` are the header's own words."""

    columns: tuple[Column, ...]
    names: Row
    rows: tuple[Row, ...]


def read_all(raw: Sequence[str], vocabulary: Vocabulary) -> list[Line]:
    """Every line of the text, rows of tables among them."""
    lines: list[Line] = []
    for is_table, chunk in _chunks(_tabbed(raw, vocabulary)):
        table = is_table and not all(map(_MARKED.match, chunk))
        lines += _table_lines(chunk, vocabulary) if table else read_lines(chunk, vocabulary)
    return settle_marks(lines)


def _tabbed(raw: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """The lines, those of a table laid out with spaces parted by tabs."""
    lines: list[str] = []
    starts: list[int] = []
    for line in raw:
        names = [] if starts else [m for m in _GAPPED.finditer(line) if "  " in line.strip()]
        known = {column_named(name[0], vocabulary) for name in names}
        if len(known - {None}) > 1:
            starts = [0, *(name.start() for name in names[1:])]
        starts = starts if line.strip() else []
        lines.append("\t".join(_cut(line, starts)) if starts else line)
    return lines


def _cut(line: str, starts: list[int]) -> list[str]:
    """The cells where the columns begin; elsewhere, where two spaces stand."""
    if any(start and line[start - 1 : start].strip() for start in starts):
        return re.split(r" {2,}", line.strip())
    return [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]


def _chunks(raw: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Runs of lines that are a table or are not."""
    held: list[str] = []
    table = False
    for place, line in enumerate(raw):
        after = raw[place + 1] if place + 1 < len(raw) else ""
        cells = _is_row(line, table or _is_row(after, True))
        if cells != table and held:
            yield table, held
            held = []
        table = cells
        held.append(line)
    if held:
        yield table, held


def _is_row(line: str, neighbour: bool) -> bool:
    body = line.strip()
    if not body or body[0] == ASIDE:
        return False
    if body.startswith("|"):
        return body.count("|") > 1 or neighbour
    return neighbour and ("\t" in body or "|" in body)


def _cells(line: str) -> Row:
    body = line.strip()
    if "|" in body:
        body = body.removeprefix("|")
        body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
        return tuple(cell.replace("\\|", "|").strip(" \t") for cell in _CELL.split(body))
    return tuple(cell.strip() for cell in body.split("\t"))


def _table_lines(raw: Sequence[str], vocabulary: Vocabulary) -> list[Line]:
    rows = [_cells(line) for line in raw if not _is_ruler(line)]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    ruled = len(raw) > 1 and _is_ruler(raw[1])
    table = _table(_squared(rows), ruled, vocabulary)
    if table is None:
        return _fact_lines(rows, vocabulary)
    names = " | ".join(filter(None, table.names))
    head = [Line("", Mark.ASIDE, names)] if names else []
    return head + list(_row_lines(table, vocabulary))


def _is_ruler(line: str) -> bool:
    return "|" in line and bool(_RULER.match(line.strip()))


def _squared(rows: list[Row]) -> list[Row]:
    width = max(map(len, rows))
    return [row + ("",) * (width - len(row)) for row in rows]


def _fact_lines(rows: list[Row], vocabulary: Vocabulary) -> list[Line]:
    """A table of facts ("Datum | 4 maart"): each row a label line."""
    texts = [": ".join(filter(None, map(_plain, row))) for row in rows]
    return [
        replace(read_line(text, vocabulary), mark=Mark.PLAIN, gap=True) for text in texts if text
    ]


def _plain(cell: str) -> str:
    return cell.replace(BREAK, " ").replace("*", "").strip(" :")


def _table(rows: list[Row], ruled: bool, vocabulary: Vocabulary) -> Table | None:
    """The table; None when it holds facts, people or actions rather than items."""
    if _states_facts(rows, vocabulary):
        return None
    named = tuple(column_named(cell, vocabulary) for cell in rows[0])
    known = [column for column in named if column is not None]
    if Column.SUBJECT not in known and _lists_others(rows[0], vocabulary):
        return None
    if (
        Column.SUBJECT in known
        or len(known) > 1
        or (ruled and not _holds_item(rows[0], vocabulary))
    ):
        body, names = rows[1:], rows[0]
    else:
        body, names, named = rows, ("",) * len(rows[0]), (None,) * len(rows[0])
    return Table(columns_of(named, body, vocabulary), names, tuple(body)) if body else None


def _states_facts(rows: list[Row], vocabulary: Vocabulary) -> bool:
    """Whether the first cells are labels such as "Datum" and "Locatie"."""
    labels = fact_labels(vocabulary)
    if len([cell for cell in rows[0] if cell]) > 2:
        return False
    first = [next(filter(None, row), "") for row in rows]
    facts = sum(is_one_of(cell, labels) for cell in first)
    return facts * 2 > len(first) or (len(rows) == 1 and facts == 1)


def _lists_others(header: Row, vocabulary: Vocabulary) -> bool:
    return any(is_one_of(cell, vocabulary.columns_other) for cell in header)


def _holds_item(row: Row, vocabulary: Vocabulary) -> bool:
    lines = [read_line(cell, vocabulary) for cell in row if cell]
    return any(line.number or line.slot for line in lines) or any(
        leading_slot(cell, vocabulary) for cell in row
    )


def _row_lines(table: Table, vocabulary: Vocabulary) -> Iterator[Line]:
    continues = False
    for row in table.rows:
        if session := _session(row, vocabulary):
            yield session
            continue
        held = _held(table.columns, row)
        others = list(_others(table, row))
        if row[0] == "".join(row) and kind_of(row[0], vocabulary) is Kind.PROCEDURAL:
            held = {**dict.fromkeys(Column, ""), Column.SUBJECT: row[0]}  # "Pauze" across the row
        empty_front = not row[0] and not held[Column.TIME] and not held[Column.NUMBER]
        if not held[Column.SUBJECT] or (continues and empty_front):
            beside = (Column.NUMBER, Column.TIME, Column.WHO, Column.MINUTES)
            told = [held[Column.SUBJECT], *others, *(held[column] for column in beside)]
            yield from _below(told, vocabulary)
        else:
            yield from _item_lines(held, others, vocabulary)
            continues = True


def _held(columns: Sequence[Column], row: Row) -> dict[Column, str]:
    """What a row says by what its columns hold; of two columns alike both."""
    joins = {Column.TIME: " – ", Column.SUBJECT: BREAK}
    return {
        kind: joins.get(kind, ", ").join(
            cell for column, cell in zip(columns, row, strict=True) if column is kind and cell
        )
        for kind in Column
    }


def _session(row: Row, vocabulary: Vocabulary) -> Line | None:
    """A heading for a row that says nothing but the name of a session or a group."""
    told = [cell for cell in row if cell]
    line = read_line(told[0], vocabulary) if len(told) == 1 and row[0] else Line("")
    if role_of(line, vocabulary) not in (Role.SESSION, Role.GROUP):
        return None
    return replace(line, mark=Mark.HEADING, level=LABEL_LEVEL, indent=0)


def _others(table: Table, row: Row) -> Iterator[str]:
    """Cells of other columns, each with its column's name in front."""
    for column, name, cell in zip(table.columns, table.names, row, strict=True):
        if column is Column.OTHER and cell:
            yield f"{_plain(name)}: {cell}" if _plain(name) else cell


def _item_lines(
    held: dict[Column, str], others: list[str], vocabulary: Vocabulary
) -> Iterator[Line]:
    title, _, rest = held[Column.SUBJECT].strip(BREAK).partition(BREAK)
    number = held[Column.NUMBER].strip(" *_–—-")
    line = read_line(f"{number.rstrip('.)')}. {title}" if number else title, vocabulary)
    slot = leading_slot(held[Column.TIME], vocabulary)
    told = held[Column.MINUTES] if slot or held[Column.MINUTES] else held[Column.TIME]
    minutes = next(find_minutes(told, vocabulary), None)
    length = minutes.minutes if minutes else _bare_minutes(told)
    shown = (number, held[Column.TIME], title, held[Column.WHO], held[Column.MINUTES])
    yield replace(
        line, mark=Mark.ROW, text=" | ".join(filter(None, shown)),
        indent=0, level=0, slot=slot.slot if slot else line.slot,
        presenter=_plain(held[Column.WHO]) or None, minutes=length,
    )  # fmt: skip
    yield from _below([rest, *others], vocabulary)


def _bare_minutes(cell: str) -> int | None:
    figures = cell.strip(" *_")
    return int(figures) if _FIGURES.fullmatch(figures) and 0 < int(figures) <= 480 else None


def _below(cells: Sequence[str], vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines a row has below it."""
    for cell in cells:
        for part in cell.split(BREAK):
            if part.strip():
                line = read_line(part.strip(), vocabulary)
                yield replace(line, indent=BELOW, slot=None)
