"""Whatever happens and whoever asks: no figure, and no difference of two, is of few.

A thousand organisations in which channels appear, merge, shrink, change level, and choose to count
outside themselves or no longer to; in which meetings are closed late and corrected, while managers
ask for weeks, months, quarters and years of all channels, a level or some, in any order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from bot.domain.answer import Certainty
from bot.domain.customer import LEVELS
from bot.domain.dates import Period, Span, month_of, parse_period, week_of
from bot.domain.observation import Observed
from bot.domain.view import Scope
from bot.storage.database import Session
from bot.usecases.make_managers_digest import make_managers_digest
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock
from tests.usecases.organisation import Held, Item, Organisation, wrong_with

ORGANISATIONS, BLOCKS = 1000, 20
BEGIN = date(2026, 10, 12)  # a Monday; the weeks after it are in two quarters and two years
WEEKS = 12


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_figure_and_no_difference_of_two_is_of_few(
    toolbox: Toolbox, clock: Clock, block: int
) -> None:
    _do_not_wait_for_the_disk(toolbox)
    shown = 0
    for seed in range(block, ORGANISATIONS, BLOCKS):
        organisation = lived(toolbox, clock, seed)
        assert list(wrong_with(organisation.published)) == [], seed
        shown += len(organisation.published)
    assert shown > 5 * ORGANISATIONS // BLOCKS, "too few figures to tell anything"


def _do_not_wait_for_the_disk(toolbox: Toolbox) -> None:
    toolbox.database.workspace("slack", "T", toolbox.now)  # opens the connection that writes
    writing = toolbox.database._writer._connection
    assert writing
    writing.execute("pragma synchronous = off")


def lived(toolbox: Toolbox, clock: Clock, seed: int) -> Organisation:
    """An organisation after its weeks."""
    life = _Life(toolbox, clock, seed)
    for week in range(WEEKS):
        monday = BEGIN + timedelta(weeks=week)
        clock.instant = datetime.combine(monday + timedelta(days=4), time(9), UTC)
        with toolbox.write(life.caller) as session:
            life.pass_week(session, monday)
        clock.instant += timedelta(days=life.draw.choice([0, 3]))
        for _ in range(life.draw.choice([0, 0, 1, 2])):
            life.ask()
    return life.organisation


class _Life:
    """What happens is drawn by `draw`; `members` of each channel that still meets."""

    def __init__(self, toolbox: Toolbox, clock: Clock, seed: int) -> None:
        self.draw = Random(seed)
        self.clock = clock
        self.caller = Caller("slack", f"T{seed}", "C0", "U0")
        self.toolbox = toolbox
        self.organisation = Organisation(toolbox, self.caller)
        self.members: dict[str, int] = {}
        self.busy = self.draw.choice([0.8, 1.5, 3])

    def pass_week(self, session: Session, monday: date) -> None:
        if not self.members:
            for _ in range(self.draw.randint(2, 5)):
                self._appear(session)
        for changes in (self._appear, self._merge, self._shrink, self._move, self._choose):
            if self.draw.random() < 0.1:
                changes(session)
        for name in self.members:
            for _ in range(round(self.draw.expovariate(1 / self.busy))):
                self._meet(session, name, monday + timedelta(days=self.draw.randrange(5)))
        for happens in (self._close_late, self._correct, self._tell_later):
            if self.draw.random() < 0.4:
                happens(session, monday)

    def _appear(self, session: Session) -> None:
        name = f"C{len(self.organisation.channels)}"
        self.organisation.add_channel(session, name, self._level())
        self.members[name] = self.draw.choice([2, 4, 5, 6, 7, 9])

    def _merge(self, _: Session) -> None:
        if len(self.members) > 1:
            goes, stays = self.draw.sample(sorted(self.members), 2)
            self.members[stays] += self.members.pop(goes)

    def _shrink(self, _: Session) -> None:
        name = self.draw.choice(sorted(self.members))
        self.members[name] = max(1, self.members[name] - self.draw.randint(1, 5))

    def _move(self, session: Session) -> None:
        name = self.draw.choice(sorted(self.members))
        self.organisation.add_channel(session, name, self._level())

    def _choose(self, session: Session) -> None:
        """One that counted outside itself no longer does, or one that stopped does again."""
        name = self.draw.choice(sorted(self.members))
        outside = name not in self.organisation.outside
        self.organisation.choose(session, name, outside=outside)

    def _meet(self, session: Session, name: str, day: date) -> Held:
        counted = (self._counted(name),) if self.draw.random() < 0.85 else ()
        items = [self._item(seen=bool(counted)) for _ in range(self.draw.randint(0, 3))]
        return self.organisation.hold(session, Held(name, day, tuple(items), counted))

    def _close_late(self, session: Session, _: date) -> None:
        waiting = [it for it in self.organisation.meetings.values() if not it.counted]
        if waiting:
            self._close(session, self.draw.choice(waiting))

    def _correct(self, session: Session, _: date) -> None:
        closed = [it for it in self.organisation.meetings.values() if it.counted]
        if closed:
            self._close(session, self.draw.choice(closed))

    def _tell_later(self, session: Session, monday: date) -> None:
        """A meeting of an earlier week is kept only now."""
        name = self.draw.choice(sorted(self.members))
        self._meet(session, name, monday - timedelta(weeks=self.draw.randint(1, 4)))

    def _close(self, session: Session, held: Held) -> None:
        seen = [self.draw.choice(list(Observed)) for _ in held.items]
        self.organisation.close(session, held.id, seen, self._counted(held.channel))

    def _counted(self, name: str) -> int | None:
        return self.members.get(name, 0) if self.draw.random() < 0.95 else None

    def _item(self, *, seen: bool) -> Item:
        observed = self.draw.choice([None, *Observed, *Observed]) if seen else None
        certainty = self.draw.choice([None, *Certainty])
        changed = certainty is not None and self.draw.random() < 0.3
        return Item(observed, certainty, changed)

    def _level(self) -> str | None:
        return self.draw.choice([None, *LEVELS, *LEVELS])

    def ask(self) -> None:
        """A manager makes a digest."""
        view = make_managers_digest(self.toolbox, self.caller, self._period(), self._scope(), "nl")
        self.organisation.read(view)

    def _scope(self) -> Scope:
        some = self.draw.sample(sorted(self.organisation.channels), k=2)
        return self.draw.choice([Scope(), Scope(self._level()), Scope(channels=some)])

    def _period(self) -> Period:
        day = self.clock().date() - timedelta(weeks=self.draw.choice([0, 1, 1, 2, 5]))
        quarter = parse_period(Span.QUARTER, f"{day:%Y}-Q{(day.month + 2) // 3}")
        year = parse_period(Span.YEAR, f"{day:%Y}")
        return self.draw.choice([week_of(day), week_of(day), month_of(day), quarter, year])
