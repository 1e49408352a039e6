"""The message or file an agenda was read from: how it was read, and what follows when it is edited.

Three agendas meet: the text as it was read, the text as it is, and what people made of it since.
What the text changed changes; what people changed stays as they want it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.domain.meeting import Agenda, AgendaItem, Kind, find_again
from bot.domain.offer import numbered

# What else a line tells of its item, apart from its title and number.
_DETAILS = ("presenter", "minutes", "detail", "sub_items", "session", "starts_at")


@dataclass(frozen=True)
class Facts:
    """What a text says of its meeting; None where it does not say. Day and time are local."""

    title: str | None
    day: date | None
    time: time | None
    place: str | None

    @classmethod
    def of(cls, agenda: Agenda) -> Facts:
        """Those of an agenda."""
        return cls(agenda.title, agenda.day, agenda.time, agenda.place)


@dataclass(frozen=True)
class Line:
    """A line as it was read, and the item it became; empty where people left it out.

    `details` are a few characters that are others where it tells something else of the item.
    """

    title: str
    kind: Kind
    details: str
    item_id: str = ""


@dataclass(frozen=True)
class AgendaSource:
    """A message by where it stands ("C123/1712.0001"), as it was read last.

    `edited` is the platform's stamp of the edit that was read, empty for none; later ones are
    greater. `read_on` is the local day from which days without a year are told. `told`: whoever
    wrote it knows that no agenda is recognised in it any more.
    """

    reference: str
    edited: str
    read_on: date
    facts: Facts
    lines: tuple[Line, ...]
    told: bool = False

    def says(self, read: Agenda) -> bool:
        """Whether it was read so already."""
        now = self.read_again(read, self.edited)
        return (now.facts, _told(now)) == (self.facts, _told(self))

    def became(self, item_ids: Mapping[int, str]) -> AgendaSource:
        """With the items its lines are, by the line's index."""
        lines = (replace(line, item_id=item_ids.get(at, "")) for at, line in enumerate(self.lines))
        return replace(self, lines=tuple(lines))

    def read_again(self, read: Agenda, edited: str) -> AgendaSource:
        """As it reads after an edit; which items its lines are is still to be told."""
        return replace(self, edited=edited, facts=Facts.of(read), lines=_lines(read), told=False)


@dataclass(frozen=True)
class Placed:
    """An item on the agenda; `id` is empty for a new one, `line` the index of its line, if any."""

    item: AgendaItem
    id: str
    line: int | None


Key = str | int  # of an item: its id; of a new one the index of its line


def source_of(reference: str, edited: str, read: Agenda, read_on: date) -> AgendaSource:
    """A message as it was read for the first time."""
    return AgendaSource(reference, edited, read_on, Facts.of(read), _lines(read))


def same_items(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which new title is surely which old one: {index in `new`: index in `old`}."""
    return find_again(old, new, surely=range(len(old)))


def followed(
    source: AgendaSource,
    read: Agenda,
    kept: Sequence[tuple[str, AgendaItem, bool]],
    talked_about: Collection[str],
) -> list[Placed]:
    """The agenda in order, now that its source reads so; empty where that is another text.

    `kept` are all items as (id, item, removed), in order; `talked_about` the ids of those that may
    not come under another subject.
    """
    if not same_items([line.title for line in source.lines], _titles(read)):
        return []
    return taken_over(source, read, kept, talked_about)


def taken_over(
    source: AgendaSource,
    read: Agenda,
    kept: Sequence[tuple[str, AgendaItem, bool]],
    talked_about: Collection[str],
) -> list[Placed]:
    """As `followed`, of a text that is surely the same one, whatever it says now."""
    here = {item_id: item for item_id, item, removed in kept if not removed}
    again = _again(source, read, set(here) - set(talked_about))
    told = {**_lines_kept(source, read, here, again), **_lines_new(source, read, kept, again)}
    text = dict(sorted(told.items(), key=lambda each: each[1].line or 0))
    gone = {line.item_id for at, line in enumerate(source.lines) if at not in again.values()}
    stay = {key: Placed(item, key, None) for key, item in here.items() if key not in gone}
    was = [line.item_id for line in source.lines if line.item_id in text]
    moved = [key for key in stay if key in was] != was
    order = _woven(stay, text) if moved else _woven(text, stay)
    return _numbered([text.get(key) or stay[str(key)] for key in order], read)


def _again(source: AgendaSource, read: Agenda, loose: Collection[str]) -> dict[int, int]:
    """Which line is which old one; an item that is not `loose` is no other by its place alone."""
    fixed = {at for at, line in enumerate(source.lines) if line.item_id not in loose}
    return find_again([line.title for line in source.lines], _titles(read), surely=fixed)


def _lines_kept(
    source: AgendaSource,
    read: Agenda,
    here: Mapping[str, AgendaItem],
    again: Mapping[int, int],
) -> dict[Key, Placed]:
    """The lines that were there before; what people left out since stays out."""
    lines = {at: source.lines[before] for at, before in again.items()}
    return {
        line.item_id: Placed(_brought(here[line.item_id], line, read.items[at]), line.item_id, at)
        for at, line in lines.items()
        if line.item_id in here
    }


def _lines_new(
    source: AgendaSource,
    read: Agenda,
    kept: Sequence[tuple[str, AgendaItem, bool]],
    again: Mapping[int, int],
) -> dict[Key, Placed]:
    """The lines that are new; an item is not new where people added it, or where it came back."""
    lines = {line.item_id for line in source.lines}
    others = [(item_id, item, removed) for item_id, item, removed in kept if item_id not in lines]
    new = [at for at in range(len(read.items)) if at not in again]
    found = same_items([item.title for _, item, _ in others], [read.items[at].title for at in new])
    placed: dict[Key, Placed] = {at: Placed(read.items[at], "", at) for at in new}
    for spot, other in found.items():
        at, (item_id, item, removed) = new[spot], others[other]
        del placed[at]
        placed[item_id] = Placed(read.items[at] if removed else item, item_id, at)
    return placed


def _brought(item: AgendaItem, line: Line, read: AgendaItem) -> AgendaItem:
    """An item with what its line says now; a title or kind that people gave it is theirs."""
    if line.details != _details(read):
        item = replace(item, **{name: getattr(read, name) for name in _DETAILS})
    if line.title == read.title or item.title != line.title:
        return item
    kind = read.kind if item.kind is line.kind else item.kind
    return replace(item, title=read.title, topics=read.topics, kind=kind)


def _woven(order: Iterable[Key], other: Iterable[Key]) -> list[Key]:
    """One order, with what only the other has behind what it stands behind there."""
    woven = list(order)
    before: Key | None = None
    for key in other:
        if key not in woven:
            woven.insert(woven.index(before) + 1 if before is not None else 0, key)
        before = key
    return woven


def _numbered(placed: Sequence[Placed], read: Agenda) -> list[Placed]:
    """With the text's own numbers where they still count up, else counted."""
    lines = [each.line for each in placed if each.line is not None]
    items = numbered([_printed(each, read) for each in placed])
    own = [item.position for item in items if not item.carried_from]
    numbers = [int(position) for position in own if position.isdecimal()]
    counts_up = lines == sorted(lines) and numbers == sorted(numbers)
    if not counts_up or len({item.position for item in items}) < len(items):
        items = tuple(replace(item, position=str(n)) for n, item in enumerate(items, 1))
    return [replace(each, item=item) for each, item in zip(placed, items, strict=True)]


def _printed(placed: Placed, read: Agenda) -> AgendaItem:
    if placed.line is None:
        return placed.item
    return replace(placed.item, position=read.items[placed.line].position)


def _lines(read: Agenda) -> tuple[Line, ...]:
    return tuple(Line(item.title, item.kind, _details(item)) for item in read.items)


def _details(item: AgendaItem) -> str:
    told = repr([getattr(item, name) for name in _DETAILS])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _told(source: AgendaSource) -> list[tuple[str, str]]:
    return [(line.title, line.details) for line in source.lines]


def _titles(read: Agenda) -> list[str]:
    return [item.title for item in read.items]
