"""`klantvraag check`: configuration, prompts and database looked over, all mistakes at once."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.config import Located, check_config, locate, slack_access
from bot.domain.problem import Mistakes, Problem
from bot.domain.schedule import ZONE
from bot.readers.catalogue import read_prompts
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.program import Clock
from bot.surfaces.terminal.request import COULD_NOT, DONE, our_texts
from bot.surfaces.terminal.schedules_told import CALLED, SchedulesTold
from bot.usecases.check_database import check_database
from bot.usecases.check_messages import (
    Undelivered,
    hindrance,
    undelivered,
    without_buttons,
)
from bot.usecases.check_schedules import (
    ByItself,
    Standing,
    is_lately,
    is_no_news,
    skipped,
    under_way,
)
from bot.usecases.listen import Listening, who_listens
from bot.usecases.settle_occurrence import LATE
from bot.usecases.tell_managers import PAGE

SLACK = "slack"
NO_TAB = "messages_tab_disabled"  # Slack's word for an app that may not write to one person


def check_up(given: Mapping[str, str | None], *, json_: bool, live: bool, clock: Clock) -> int:
    """Look over everything, tell, and return the exit code: 1 when something must be mended.

    With `live` also whether a process hears Slack, from what that process keeps: a connection of
    our own would take events away from it.
    """
    result = _CheckUp(given, clock)
    result.all(live=live)
    if json_:
        by_itself = [asdict(one) for one in result.by_itself]
        found = {"good": result.good, "wrong": result.wrong, "by_itself": by_itself}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(result)
    return COULD_NOT if result.wrong else DONE


def _tell(result: _CheckUp) -> None:
    console = Console()
    for sentence in result.good:
        console.say(sentence)
    for sentence in result.wrong:
        fail(sentence)
    if result.wrong:
        fail(result.texts.say("check.wrong", n=len(result.wrong)))
    else:
        console.say(result.texts.say("check.waits" if result.waits else "check.good"))


class _CheckUp:
    """Sentences on what is good and on what to mend, collected step by step."""

    def __init__(self, given: Mapping[str, str | None], clock: Clock) -> None:
        self.clock = clock
        self.language = given["language"]
        self.texts = our_texts(self.language)
        self.config_file, self.database = (_path(given[name]) for name in ("config", "database"))
        self.good: list[str] = []
        self.wrong: list[str] = []
        self.by_itself: list[ByItself] = []
        self.zone = ZoneInfo(ZONE)
        self.waits = False  # something is not in Slack yet, and nobody has to mend anything

    def all(self, *, live: bool) -> None:
        """Every step, whatever an earlier one found."""
        located: Located | None = None
        with self._noting():
            located = locate(self.config_file, self.database)
        if located is None:
            return
        with self._noting():
            self._configuration(located)
        with self._noting():
            self._prompts(located.prompts_dir)
        with self._noting():
            self._database(located.database)
        with self._noting():
            self._messages(located.database)
        with self._noting():
            self._by_itself(located.database, live=live)
        if live:
            with self._noting():
                self._live(located.database)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except Problem as problem:
            self.wrong.append(self.texts.problem(problem))
        except Mistakes as error:
            self.wrong += [self.texts.mistake(mistake) for mistake in error.mistakes]

    def _note(self, key: str, **values: str | int) -> None:
        self.good.append(self.texts.say(f"check.{key}", **values))

    def _configuration(self, located: Located) -> None:
        config = check_config(located)
        self.zone = config.zone
        if self.language is None and config.file.defaults.language:
            self.texts = our_texts(config.file.defaults.language)
        if located.found:
            self._note("config", file=str(located.found))
        else:
            self._note("config_none")

    def _prompts(self, own: Path | None) -> None:
        if own and not own.is_dir():
            return  # told with the configuration
        prompts = read_prompts(own)
        questions, sectors = len(prompts.questions["nl"]), len(prompts.customers)
        self._note("prompts", questions=questions, sectors=sectors)
        if own:
            self._note("prompts_dir", folder=str(own))

    def _database(self, path: Path) -> None:
        if path.is_file() and sys.stderr and sys.stderr.isatty():  # a large one takes a while
            click.echo(self.texts.say("check.reading", file=str(path)), err=True)
        found = check_database(path)
        if found.bytes is None:
            self._note("database_none", file=str(path))
        else:
            self._note("database", file=str(path), size=max(1, found.bytes // 1000))
        self._note("sqlite", version=found.sqlite)

    def _messages(self, path: Path) -> None:
        """What is not delivered: what a person has to mend is wrong, the rest is good to know."""
        if not path.is_file():
            return
        found: dict[str, list[Undelivered]] = defaultdict(list)
        now = self.clock()
        for one in undelivered(path):
            over = one.reason == LATE or is_no_news(one.kind, one.since, now)
            if one.state != "never" or not over:
                found[one.state].append(one)
            elif one.kind == PAGE and is_lately(one.since, now):
                found["no_page"].append(one)
        self.wrong += [self._one(_unknown(one), one) for one in found["unknown"]]
        self.wrong += [self._one(_never(one), one) for one in found["never"]]
        self.wrong += self._together("refused", found["refused"])
        self.good += self._together("ended", found["ended"])
        self.good += self._together("no_page", found["no_page"])
        self.good += self._together("waiting", found["waiting"])
        self.waits = bool(found["waiting"])
        plain = without_buttons(path)
        if plain:
            self.good.append(self.texts.say("slack.job.plain", n=len(plain)))

    def _one(self, key: str, one: Undelivered) -> str:
        """What became of one message, and what to do."""
        what = one.title or self.texts.say(CALLED.get(one.kind, "untitled"))
        values = {"what": what, "channel": one.channel, "reason": one.reason or ""}
        return self.texts.say(key, **values, message=one.key)

    def _together(self, key: str, these: Sequence[Undelivered]) -> Iterator[str]:
        """What became of several messages alike."""
        if these:
            reasons = ", ".join(sorted({one.reason for one in these if one.reason}))
            yield self.texts.say(f"slack.job.{key}", n=len(these), reasons=reasons)

    def _by_itself(self, path: Path, *, live: bool) -> None:
        """What came by itself and was not told, and with `live` what is on its way."""
        if not path.is_file():
            return
        now, told = self.clock(), SchedulesTold(self.texts, self.zone)
        missing = skipped(path, now)
        moving = under_way(path, now) if live else []
        self.by_itself += [*missing, *moving]
        self.good += told.together(missing)
        for one in moving:
            (self.wrong if one.standing is Standing.LATE else self.good).append(told.one(one))

    def _live(self, path: Path) -> None:
        signs = who_listens(path, SLACK, self.clock()) if path.is_file() else []
        served = {sign.workspace for sign in signs if sign.alive and sign.hearing}
        for sign in signs:
            self._one_live(sign, served=sign.workspace in served)
        if not signs:
            self.wrong.append(self.texts.say("check.nobody_listens"))
            slack_access()  # what is missing is told too

    def _one_live(self, sign: Listening, *, served: bool) -> None:
        """A process; one that is gone is no harm where another hears."""
        minutes = max(1, sign.seconds // 60)
        if sign.alive and sign.hearing:
            self._note("hears", process=sign.process, n=sign.seconds)
        elif sign.alive:
            self.wrong.append(self.texts.say("check.deaf", process=sign.process))
        elif served:
            self._note("gone", process=sign.process, n=minutes)
        else:
            self.wrong.append(self.texts.say("check.silent", process=sign.process, n=minutes))


def _never(one: Undelivered) -> str:
    if one.channel:
        return f"slack.job.never.{hindrance(one.reason)}"
    return f"slack.job.never_person.{'no_tab' if one.reason == NO_TAB else 'other'}"


def _unknown(one: Undelivered) -> str:
    if not one.channel:
        return "slack.job.unknown_person"
    return "slack.job.unknown" if one.present else "slack.job.unknown_absent"


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
