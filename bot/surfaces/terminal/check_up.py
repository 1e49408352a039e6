"""`klantvraag check`: configuration, prompts and database looked over, all mistakes at once."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from bot.config import Located, check_config, locate, slack_access
from bot.domain.problem import Mistakes, Problem
from bot.readers.catalogue import read_prompts
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.program import Clock
from bot.surfaces.terminal.request import COULD_NOT, DONE, our_texts
from bot.usecases.check_database import check_database
from bot.usecases.check_messages import (
    Undelivered,
    hindrance,
    undelivered,
    without_buttons,
)
from bot.usecases.listen import Listening, who_listens
from bot.usecases.make_digest import SHARE
from bot.usecases.set_up_channel import INTRODUCTION
from bot.usecases.tell_changes import SETTINGS_CHANGE

SLACK = "slack"
# What a message without a title is called, by the kind of its record.
CALLED = {
    INTRODUCTION: "slack.job.introduction",
    SHARE: "slack.job.share",
    SETTINGS_CHANGE: "slack.job.settings_change",
}


def check_up(given: Mapping[str, str | None], *, json_: bool, live: bool, clock: Clock) -> int:
    """Look over everything, tell, and return the exit code: 1 when something must be mended.

    With `live` also whether a process hears Slack, from what that process keeps: a connection of
    our own would take events away from it.
    """
    result = _CheckUp(given, clock)
    result.all(live=live)
    if json_:
        found = {"good": result.good, "wrong": result.wrong}
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
        for one in undelivered(path):
            found[one.state].append(one)
        self.wrong += [self._one(_unknown(one), one) for one in found["unknown"]]
        self.wrong += [
            self._one(f"slack.job.never.{hindrance(one.reason)}", one) for one in found["never"]
        ]
        self.wrong += self._together("refused", found["refused"])
        self.good += self._together("ended", found["ended"])
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


def _unknown(one: Undelivered) -> str:
    return "slack.job.unknown" if one.present else "slack.job.unknown_absent"


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
