"""Two senders, killed over and over while people prepare and answer and digests come due: what
comes of the messages?

`make kills` runs it long, with and without the right to look into the channel's history.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.answer import Answer, Certainty
from bot.domain.schedule import ZONE, Came, Occasion, Weekly
from bot.domain.view import MeetingView
from bot.storage import (
    channel_choices,
    channels,
    jobs,
    occurrences,
    people,
    posted_messages,
)
from bot.storage.channel_choices import Choices
from bot.storage.database import Session
from bot.storage.jobs import JobState
from bot.storage.occurrences import Occurrence
from bot.usecases import deliver, prepare_meeting, run_meeting
from bot.usecases.show_meeting import MEETING, show
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.slack.conftest import ITEMS_OF_A_PART, TOKEN, message
from tests.slack.sending import toolbox_on, week
from tests.slack.stand_in import ALL_SCOPES, Fault, StandIn

ROOT = Path(__file__).parents[2]
SENDERS = 2
CHANNELS = 80
DIGESTS = 40  # channels that get a digest while there is killing,
MINUTES = (1, 2)  # in one of the first minutes
TITLES = [f"Punt {n}" for n in range(1, 6)]  # two messages
HERE = Caller("slack", "T1", "C0", "U1")
KILLING = [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.KILLED_ANSWERED]
PATIENCE = 60.0
LOOKING = {"channels:history", "im:history"}


@dataclass
class Figures:
    """What came of a run. `lost`: messages that are not there or do not show what they should.

    `unknown`: meetings that wait for a person, whose messages are not called lost. `unscheduled`:
    messages nobody asked for.
    """

    kills: int = 0
    meetings: int = 0
    messages: int = 0
    digests: int = 0
    doubled: int = 0
    lost: int = 0
    unknown: int = 0
    unscheduled: int = 0
    cut_off: int = 0
    seconds: float = 0


@dataclass
class Run:
    """One run on a database of its own."""

    toolbox: Toolbox
    slack: StandIn
    senders: subprocess.Popen[str]
    chance: random.Random
    alive: list[int] = field(default_factory=list)
    meetings: list[tuple[Caller, MeetingView]] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)

    def __post_init__(self) -> None:
        for number in range(DIGESTS):
            self._meet(f"D{number}", MINUTES[number % len(MINUTES)])

    def until(self, kills: int) -> None:
        """Kill so often, with people at work all the while; then let it come to rest."""
        while self.figures.kills < kills:
            self._keep_alive()
            for _ in range(self.chance.randrange(1, 6)):
                self._somebody_does_something()
            self._kill_one()
        self.slack.faults.clear()
        self._come_to_rest()

    def count(self) -> Figures:
        """Compare what stands in the channels with what should."""
        figures, wanted = self.figures, dict(self._wanted())
        standing = list(self._standing())
        times = Counter(key for key, _ in standing)
        figures.meetings = len(self.meetings)
        figures.messages = len(standing)
        figures.digests = sum(one.state is Came.TOLD for _, one in self._digests())
        figures.doubled = sum(count - 1 for count in times.values())
        figures.unscheduled = len(times.keys() - wanted.keys())
        unknown = set(self._jobs(JobState.UNKNOWN))
        missing = {key for key, _ in wanted.items() - set(standing)}
        figures.lost = len({key for key in missing if _record(key) not in map(_record, unknown)})
        figures.unknown = len(unknown)
        figures.cut_off = self.slack.refused_cut_off
        return figures

    def _keep_alive(self) -> None:
        self.alive = [pid for pid in self.alive if _lives(pid)]
        while len(self.alive) < SENDERS:
            assert self.senders.stdin is not None
            assert self.senders.stdout is not None
            print("go", file=self.senders.stdin, flush=True)
            self.alive.append(int(self.senders.stdout.readline()))

    def _kill_one(self) -> None:
        """At any moment, or in the middle of a request."""
        before = list(self.alive)
        if self.chance.random() < 0.5:
            self.slack.faults.append(self.chance.choice(KILLING))
            _until(lambda: not all(map(_lives, before)), 0.5)
        else:
            threading.Event().wait(self.chance.uniform(0, 0.06))
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(self.alive), signal.SIGKILL)
            _until(lambda: not all(map(_lives, before)), 0.5)
        self.figures.kills += sum(not _lives(pid) for pid in before)

    def _somebody_does_something(self) -> None:
        if len(self.meetings) < CHANNELS or self.chance.random() < 0.2:
            self._post()
            return
        caller, meeting = self.chance.choice(self.meetings)
        item = self.chance.choice(meeting.items)
        given = Answer(f"antwoord {self.chance.random()}", Certainty.KNOW)
        run_meeting.answer(self.toolbox, caller, item.id or "", given)

    def _post(self) -> None:
        number = len(self.meetings)
        caller = Caller("slack", "T1", f"C{number % CHANNELS}", f"U{number % 7}")
        self.slack.invite(caller.channel)
        settings = self.toolbox.config.settings(caller.channel, self.toolbox.prompts.customers)
        read = agenda(*TITLES, title=f"Overleg {number}")
        with self.toolbox.write(caller) as session:
            view = prepare_meeting.keep(session, self.toolbox, caller, read, settings)
            self._ask_for(session, caller, number, view.id or "")
        self.meetings.append((caller, view))

    def _ask_for(self, session: Session, caller: Caller, number: int, meeting_id: str) -> None:
        """Most stand in their channel; each fourth goes to one person alone."""
        now = self.toolbox.now()
        if number % 4:
            deliver.show(session, "slack", MEETING, meeting_id, now)
        else:
            whom = people.ensure(session, "slack", caller.person, now)
            jobs.tell(session, "slack", MEETING, meeting_id, whom, now)

    def _meet(self, channel: str, minute: int) -> None:
        """A channel met last week, and gets that week's digest in so many minutes."""
        caller = Caller("slack", "T1", channel, "U1")
        self.slack.invite(channel)
        settings = self.toolbox.config.settings(channel, self.toolbox.prompts.customers)
        with self.toolbox.write(caller) as session:
            read = agenda("Lift", title="Overleg", day=date(2026, 11, 19))
            view = prepare_meeting.keep(session, self.toolbox, caller, read, settings)
            channel_id = channels.find(session, "slack", channel) or ""
            at = self.toolbox.clock().astimezone(ZoneInfo(ZONE)) + timedelta(minutes=minute)
            moment = Weekly(at.isoweekday(), at.time().replace(second=0, microsecond=0))
            channel_choices.keep(session, channel_id, Choices(digest=moment.code))
        given = Answer("minder gedoe", Certainty.KNOW)
        run_meeting.answer(self.toolbox, caller, view.items[0].id or "", given)

    def _come_to_rest(self) -> None:
        def quiet() -> bool:
            self._keep_alive()
            waiting = self._jobs(JobState.DUE) or self._jobs(JobState.SENDING)
            return not waiting and len(list(self._digests())) == DIGESTS

        assert _until(quiet, PATIENCE, nap=0.1), "jobs are still waiting"

    def _digests(self) -> Iterator[tuple[str, Occurrence]]:
        """(channel, what came by itself there)."""
        with self.toolbox.read(HERE) as session:
            for number in range(DIGESTS):
                target = channels.find(session, "slack", f"D{number}") or ""
                for one in occurrences.latest(session, Occasion.DIGEST, target, 9):
                    yield f"D{number}", one

    def _jobs(self, state: JobState) -> list[str]:
        with self.toolbox.read(HERE) as session:
            return [job.key for job in jobs.of_state(session, state)]

    def _wanted(self) -> Iterator[tuple[str, str]]:
        """(key, text) of every message that should be there."""
        for caller, meeting in self.meetings:
            view = show(self.toolbox, caller, meeting.id or "")
            for part, start in enumerate(range(0, len(view.items), ITEMS_OF_A_PART), 1):
                kind = posted_messages.kind_of(MEETING, part)
                key = jobs.key_of(kind, meeting.id or "")
                yield key, message(view.items[start : start + ITEMS_OF_A_PART]).text
        for channel, one in self._digests():
            yield jobs.key_of(one.occasion, one.id), week(channel, "2026-W47")

    def _standing(self) -> Iterator[tuple[str, str]]:
        for channel in self.slack.channels.values():
            for found in channel.messages.values():
                yield found["metadata"]["event_payload"]["key"], found["text"]


def kill_senders(folder: Path, kills: int, seed: int, *, history: bool) -> Figures:
    """Run, and return what came of it."""
    began = time.time()
    toolbox = toolbox_on(folder / "klantvraag.db", began)
    with (
        closing(toolbox),
        closing(StandIn(lambda: toolbox.clock().timestamp())) as slack,
        _senders(folder / "klantvraag.db", began, slack.url) as senders,
    ):
        slack.scopes[TOKEN] = ALL_SCOPES if history else ALL_SCOPES - LOOKING
        assert toolbox.database
        run = Run(toolbox, slack, senders, random.Random(seed))
        try:
            run.until(kills)
        finally:
            for pid in filter(_lives, run.alive):
                os.kill(pid, signal.SIGKILL)
        run.figures.seconds = round(time.time() - began, 1)
        return run.count()


@contextmanager
def _senders(database: Path, began: float, url: str) -> Iterator[subprocess.Popen[str]]:
    values = json.dumps({"database": str(database), "began": began, "url": url})
    with subprocess.Popen(
        [sys.executable, "-m", "tests.slack.sending", values],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # they tell of every connection that broke
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.communicate()


def _record(key: str) -> str:
    return key.rpartition(":")[2]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _until(condition: object, seconds: float, nap: float = 0.002) -> bool:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        threading.Event().wait(nap)
    return True


def main() -> None:
    """Print the figures of long runs."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for history in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            figures = kill_senders(Path(folder), kills, seed=kills, history=history)
        print("with" if history else "without", "history:", figures)  # noqa: T201


if __name__ == "__main__":
    main()
