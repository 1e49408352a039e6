"""Options that several commands share, and values that are looked at before a command runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.domain.language import LANGUAGES

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
ADDRESS = r"(\[[0-9a-fA-F:.]+\]|[\w.*-]+):(?P<port>[1-9][0-9]{0,4})"
EVENTS_URL = r"https://[\w.-]+(:[0-9]+)?(/[\w.~-]+)*/slack/events"

_SHARED = {
    "config": click.option(
        "--config", type=PATH, help="Configuration. Default: config.yaml, if any."
    ),
    "database": click.option(
        "--database", type=PATH, help="SQLite file. Default: as configured, else klantvraag.db."
    ),
    "language": click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        help="Default: as configured, else that of the text, else nl.",
    ),
    "sector": click.option("--sector", help="Whose customers: housing, health_care, …"),
    "channel": click.option("--channel", help="The group that meets. Default: overleg."),
    "json": click.option("--json", "json_", is_flag=True, help="For machines."),
}


def options(*names: str) -> Callable[[Command], Command]:
    """Give a command some of the options that several commands share."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = _SHARED[name](command)
        return command

    return add


def take_shared(values: dict[str, Any]) -> dict[str, str | None]:
    """Take the shared options out of `values`, as they were typed."""
    names = ("channel", "sector", "language", "config", "database")
    taken = {name: values.pop(name, None) for name in names}
    given = {name: None if value is None else str(value) for name, value in taken.items()}
    for name, value in given.items():
        if value is not None and not value.isprintable():
            raise click.BadParameter("use letters that can be shown", param_hint=f"--{name}")
    return given


def address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """HOST:PORT, or None. Raises BadParameter."""
    found = re.fullmatch(ADDRESS, value or "")
    if value is not None and not (found and int(found["port"]) < 65_536):
        raise click.BadParameter("use HOST:PORT, such as 127.0.0.1:3000")
    return value


def events_url(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The URL that Slack sends to, or None. Raises BadParameter."""
    if value is not None and not re.fullmatch(EVENTS_URL, value):
        raise click.BadParameter("use https://…/slack/events")
    return value
