"""The commands of `klantvraag` and their options.

What a command does is in `actions`, which loads when one runs, so that help comes at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot import __version__
from bot.domain.customer import LEVELS
from bot.surfaces.terminal.options import PATH, address, events_url, options, take_shared
from bot.surfaces.terminal.program import Program


class _InOrder(click.Group):
    """Lists the commands in the order people meet them."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="klantvraag")
def klantvraag() -> None:
    """Put the customer back on the agenda.

    Reads the agenda of a meeting, adds questions from the customer's point of view to every item
    worth asking it of, keeps the answers, and counts what came of it.
    """


@klantvraag.command()
@click.argument("file", type=PATH, required=False)
@options("sector", "language", "config")
def demo(**values: Any) -> None:
    """Show what klantvraag does, on an example or on FILE.

    The whole job, in a database of its own: nothing you have is touched.
    """
    given = take_shared(values)
    demonstration, open_toolbox = _module("demo"), _program().open_toolbox
    _attempt(lambda: demonstration.demo(open_toolbox, values["file"], given), given)


@klantvraag.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@options("channel", "sector", "language", "config", "json")
def agenda(**values: Any) -> None:
    """Show the agenda in FILE with its questions.

    FILE is plain text, Markdown or HTML; - reads what is piped, or pasted and ended with Ctrl-D.
    Nothing is kept. The questions are those of a first meeting; `meeting` also weighs what was
    asked before.
    """
    _run("agenda", values)


@klantvraag.command()
@click.argument("file", type=PATH, required=False)
@click.option(
    "--open", "name", metavar="CODE-OR-TITLE", help="A meeting that `meetings` lists, without FILE."
)
@click.option("--reopen", is_flag=True, help="Open a meeting again that was closed.")
@click.option(
    "--carry-over", "carry", is_flag=True, help="Take along what the last meeting left open."
)
@options("channel", "sector", "language", "config", "database")
def meeting(**values: Any) -> None:
    """Hold the meeting of the agenda in FILE.

    FILE is plain text, Markdown or HTML, as for `agenda`.

    Asks the questions item by item, keeps every answer as it is typed, closes the meeting.

    Stop whenever you like; the same command goes on where you were, or --open, without the file.
    """
    _run("meeting", values, "meeting_actions")


@klantvraag.command()
@options("channel", "language", "config", "database", "json")
def meetings(**values: Any) -> None:
    """List the open meetings of a channel, today's and those to come.

    Each with its day, what waits for an answer, and the code to open it by.
    """
    _run("meetings", values, "find_actions")


@klantvraag.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--lines", is_flag=True, help="Hear each line by itself.")
@click.option("--why", is_flag=True, help="Tell by which rule.")
@options("channel", "sector", "language", "config", "json")
def mentions(**values: Any) -> None:
    """Show where the text in FILE names the customer.

    FILE is plain text; - reads what is piped, or pasted and ended with Ctrl-D. Nothing is kept.
    With --lines each line is shown as soon as it comes, with --json too as one object a line.
    """
    _run("mentions", values, "mention_actions")


def _page(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    """Refuses any other file, as what is there is written over: a database, say."""
    if value is not None and value.suffix.lower() not in {".html", ".htm"}:
        raise click.BadParameter("use a name that ends with .html")
    return value


@klantvraag.command()
@click.option("--day", help="One day: 2026-11-24.")
@click.option(
    "--week", help="One ISO week: 2026-W47. Default: this one; of several channels, the last one."
)
@click.option("--month", help="The weeks of one month: 2026-11.")
@click.option("--quarter", help="The weeks of one quarter: 2026-Q4.")
@click.option("--year", help="The weeks of one year: 2026.")
@click.option("--range", help="From and to, both included: 2026-11-01..2026-11-30.")
@click.option(
    "--channel", help="Its name or id. Default: overleg, else the only one that has meetings."
)
@click.option("--all", "all_", is_flag=True, help="All channels together, for managers.")
@click.option("--level", type=click.Choice(LEVELS), help="The channels of one level together.")
@click.option("--channels", metavar="NAMES", help="Some channels together: housing,repairs.")
@click.option("--markdown", "markdown_", is_flag=True, help="As Markdown.")
@click.option("--csv", "csv_", is_flag=True, help="As a table for spreadsheets.")
@click.option("--html", type=PATH, metavar="FILE", callback=_page, help="As a page to keep.")
@click.option(
    "--demo", is_flag=True, help="Of a made-up year, kept nowhere; all channels, together."
)
@options("language", "config", "database", "json")
def digest(**values: Any) -> None:
    """Show the figures of a channel, or of several together.

    Over a week, day, month, quarter, year or range; without a choice, this ISO week, and of
    several channels the last week that is over. A month, quarter or year is made of the weeks
    whose Thursday is in it.

    With --all, --level or --channels: sums of whole weeks, and only what says nothing about few
    people or few meetings.
    """
    chosen = {
        "period": _given(values, "day", "week", "month", "quarter", "year", "range"),
        "scope": _given(values, "all_", "level", "channels"),
        "way": _given(values, "json_", "markdown_", "csv_", "html"),
    }
    if not values.pop("demo"):
        _run("digest", values | chosen, "digest_actions")
        return
    given = take_shared(values)
    demonstration, open_toolbox = _module("demo_year"), _program().open_toolbox
    _attempt(lambda: demonstration.digest(open_toolbox, given, **chosen), given)


def _given(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take options out of `values`: those that were given, by name."""
    taken = {name.removesuffix("_"): values.pop(name) for name in names}
    return {name: value for name, value in taken.items() if value not in {None, False}}


@klantvraag.command()
@click.option(
    "--http",
    metavar="HOST:PORT",
    callback=address,
    help="Listen there, for who has a public address. Default: connect to Slack.",
)
@options("language", "config", "database")
def slack(**values: Any) -> None:
    """Work in Slack until stopped.

    Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN in the environment or in .env; with --http, instead of
    the app token, SLACK_SIGNING_SECRET. The log goes to standard error, one JSON object a line.
    """
    _run("slack", values | {"work": _program().slack}, "slack_app")


@klantvraag.command()
@click.option(
    "--http",
    metavar="URL",
    callback=events_url,
    help="Where Slack reaches `klantvraag slack --http`. Default: it connects to Slack.",
)
@options("language")
def manifest(**values: Any) -> None:
    """Print the manifest of the Slack app.

    For "Create an app from a manifest" at api.slack.com/apps.
    """
    given = take_shared(values)
    module, draw = _module("slack_app"), _program().manifest
    _attempt(lambda: module.print_manifest(draw, given["language"], **values), given)


@klantvraag.command()
@click.option(
    "--live",
    is_flag=True,
    help="Also whether `klantvraag slack` runs and hears Slack, and what is on its way.",
)
@options("language", "config", "database", "json")
def check(**values: Any) -> None:
    """Check configuration, prompts and database.

    Shows all mistakes at once, each with its file and line.
    """
    given = take_shared(values)
    checks, clock = _module("check_up"), _program().clock
    _attempt(lambda: checks.check_up(given, clock=clock, **values), given)


@klantvraag.command()
@click.argument("key")
@options("language", "config", "database")
def deliver(**values: Any) -> None:
    """Post a message that may not have arrived.

    KEY is what `check` calls it. Look in the channel first: nobody else can.
    """
    _run("deliver", values)


@klantvraag.command()
@click.argument("file", type=PATH)
@options("language", "config", "database")
def backup(**values: Any) -> None:
    """Copy the database to the new file FILE.

    Also while it is in use; the copy is verified before it gets its name.
    """
    _run("backup", values)


@klantvraag.command()
@click.argument("file", type=PATH)
@options("language", "config", "database")
def restore(**values: Any) -> None:
    """Put the backup FILE in the database's place.

    Refuses a file of a newer version, and keeps the old file beside it.
    """
    _run("restore", values)


def _run(action: str, values: dict[str, Any], module: str = "actions") -> None:
    given = take_shared(values)
    act = getattr(_module(module), action)
    _exit(_module("request").run(act, _program().open_toolbox, given, values))


def _program() -> Program:
    program: Program = click.get_current_context().obj
    return program


def _attempt(command: Callable[[], int], given: dict[str, str | None]) -> None:
    _exit(_module("request").attempt(command, given["language"]))


def _module(name: str) -> Any:
    return importlib.import_module(f"bot.surfaces.terminal.{name}")


def _exit(code: int) -> None:
    click.get_current_context().exit(code)
