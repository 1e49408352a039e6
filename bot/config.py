"""config.yaml and the environment as one frozen Config; nothing else reads the environment."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import TypeAdapter

from bot.domain.customer import (
    QUESTIONS,
    ChannelSettings,
    CustomerWords,
    in_own_words,
)
from bot.domain.problem import Mistake, Mistakes, Problem
from bot.domain.release import Floors
from bot.domain.schedule import Weekly
from bot.readers import strict_yaml
from bot.readers.catalogue import sector_names
from bot.readers.config_file import File, Settings, json_schema
from bot.readers.config_values import FridayMoment, InBoth, Moment, MomentOrNever
from bot.readers.slack_access import SlackAccess, read_slack_access
from bot.readers.strict_yaml import Document, Place

DEFAULT_FILE = "config.yaml"
DEFAULT_DATABASE = "klantvraag.db"
GENERAL = "general"  # the sector of who names none


@dataclass(frozen=True)
class Config:
    """All that was configured, checked."""

    file: File
    database: Path
    prompts_dir: Path | None
    zone: ZoneInfo

    @property
    def floors(self) -> Floors:
        """What must stand behind a figure that leaves its channel."""
        return Floors(self.file.floors.people, self.file.floors.meetings)

    @property
    def next_week(self) -> Weekly | None:
        """When people are told what is not prepared for next week; None for never."""
        chosen = self.file.next_week
        return chosen.weekly(self.zone.key) if isinstance(chosen, FridayMoment) else None

    def language(self, channel: str) -> Literal["nl", "en"] | None:
        """The language chosen for a channel, None where the agenda decides."""
        mine = self.file.channels.get(channel, Settings())
        return mine.language or self.file.defaults.language

    def serving(self, channel: str, sector: str | None) -> Config:
        """With another sector for a channel, before what is configured; None leaves it."""
        if sector is None:
            return self
        mine = self.file.channels.get(channel, Settings())
        chosen = mine.model_copy(update={"sector": sector, "customer": None})
        channels = {**self.file.channels, channel: chosen}
        return replace(self, file=self.file.model_copy(update={"channels": channels}))

    def settings(
        self,
        channel: str,
        customers: Mapping[str, Mapping[str, CustomerWords]],
        language: str | None = None,
        sector: str | None = None,
    ) -> ChannelSettings:
        """A channel's settings; `language` and `sector` go before what is configured.

        `customers` gives each sector's customer words by language. A sector chosen nearer by goes
        before an own word set further away; an own word has a plural where a sector knows it.
        Words without a language are in the language configured with them, where there is one.
        Raises Problem "unknown_sector".
        """
        mine, general = self.file.channels.get(channel, Settings()), self.file.defaults
        chosen = sector or mine.sector or general.sector or GENERAL
        if chosen not in customers:
            raise Problem("unknown_sector", found=chosen, known=", ".join(sorted(customers)))
        configured = mine.language or general.language
        own = _by_language(mine.customer, configured)
        if not own and not mine.sector:
            own = _by_language(general.customer, general.language)
        promise = _by_language(mine.promise, configured)
        return ChannelSettings(
            language=language or configured,
            customer=in_own_words(customers[chosen], {} if sector else own, customers.values()),
            promise=promise or _by_language(general.promise, general.language),
            questions=mine.questions or general.questions or QUESTIONS,
            theme=mine.theme or general.theme,
            sector=chosen,
            accounts=tuple(dict.fromkeys([*(general.accounts or ()), *(mine.accounts or ())])),
            digest=self._digest(mine.digest or general.digest or Moment()),
        )

    def _digest(self, chosen: MomentOrNever) -> Weekly | None:
        return chosen.weekly(self.zone.key) if isinstance(chosen, Moment) else None


def _by_language(words: str | InBoth | None, language: str | None) -> dict[str, str]:
    """Words by their language; without a known one they are for both."""
    if words is None:
        return {}
    if isinstance(words, InBoth):
        return {"nl": words.nl, "en": words.en}
    return {language: words} if language else {"nl": words, "en": words}


@dataclass(frozen=True)
class Located:
    """The configuration as it lies there, not yet checked, and what it names."""

    document: Document
    found: Path | None
    database: Path
    prompts_dir: Path | None


def locate(path: Path | None = None, database: Path | None = None) -> Located:
    """Find the configuration, the database and the own prompts, right or not.

    `path` and `database` go before the environment's. Raises Problem "no_config", or Mistakes
    when the file can't be read at all.
    """
    environment = _environment(Path(".env"))
    named = path or _path(environment, "KLANTVRAAG_CONFIG")
    where = named or Path(DEFAULT_FILE)
    if named is not None and not named.exists():
        raise Problem("no_config", file=str(named))
    document = strict_yaml.load(where) if where.exists() else _nothing(where)
    data = document.data if isinstance(document.data, dict) else {}
    chosen = database or _path(environment, "KLANTVRAAG_DATABASE")
    return Located(
        document,
        where if where.exists() else None,
        chosen or _beside(where.parent, data.get("database")) or where.parent / DEFAULT_DATABASE,
        _beside(where.parent, data.get("prompts_dir")),
    )


def read_config(path: Path | None = None, database: Path | None = None) -> Config:
    """Read and check the configuration; without a file everything has its default.

    Raises what `locate` raises, or Mistakes with all that is wrong in the file.
    """
    located = locate(path, database)
    return check_config(located)


def check_config(located: Located) -> Config:
    """The configuration that was found. Raises Mistakes with all that is wrong in the file, in
    itself or with what it names."""
    found: list[Mistake] = []
    try:
        file = located.document.validated(TypeAdapter(File))
    except Mistakes as error:
        found += error.mistakes
    found += _wrong_names(located)
    if found:
        raise Mistakes(found)
    return Config(
        file=file,
        database=located.database,
        prompts_dir=located.prompts_dir,
        zone=ZoneInfo(file.timezone),
    )


def _wrong_names(located: Located) -> Iterator[Mistake]:
    """Names of a folder and of sectors that are not there, also in a file with other mistakes."""
    document, own = located.document, located.prompts_dir
    if own and not own.is_dir():
        yield document.mistake(("prompts_dir",), "no_folder", found=str(own))
        own = None
    data = document.data if isinstance(document.data, dict) else {}
    known = sector_names(own)
    channels = data.get("channels")
    places: dict[tuple[str, ...], Any] = {("defaults",): data.get("defaults")}
    if isinstance(channels, dict):
        places |= {("channels", name): settings for name, settings in channels.items()}
    for path, settings in places.items():
        sector = settings.get("sector") if isinstance(settings, dict) else None
        if isinstance(sector, str) and sector.strip() and sector.strip() not in known:
            expected = ", ".join(known)
            yield document.mistake((*path, "sector"), "one_of", expected=expected, found=sector)


def _beside(folder: Path, name: object) -> Path | None:
    """A path in the configuration: relative to it, or from somebody's home (~)."""
    return (
        folder / Path(name.strip()).expanduser() if isinstance(name, str) and name.strip() else None
    )


def slack_access(*, http: bool | None = None) -> SlackAccess:
    """How to reach Slack, from the environment; see `read_slack_access`."""
    return read_slack_access(_environment(Path(".env")), http=http)


def plain_terminal() -> bool:
    """Whether somebody's terminal wants letters only, or can show nothing else."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _environment(file: Path) -> dict[str, str | None]:
    """The environment, over what `file` says."""
    try:
        return {**dotenv_values(file), **os.environ}
    except UnicodeDecodeError:
        raise Mistakes([Mistake(str(file), 0, strict_yaml.FILE, "not_utf8")]) from None
    except OSError as error:
        why = {"why": error.strerror or ""}
        raise Mistakes([Mistake(str(file), 0, strict_yaml.FILE, "unreadable", why)]) from None


def _nothing(where: Path) -> Document:
    return Document({}, {(): Place(str(where), 0)})


def _path(environment: Mapping[str, str | None], name: str) -> Path | None:
    value = environment.get(name)
    return Path(value) if value else None


if __name__ == "__main__":  # python -m bot.config > config.schema.json
    sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
