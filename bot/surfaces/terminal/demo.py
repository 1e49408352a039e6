"""`klantvraag demo`: the whole job on an example or on anybody's agenda, in its own database."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.domain.dates import week_of
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.view import MeetingView
from bot.readers.catalogue import ours
from bot.surfaces.terminal import actions, meeting_actions
from bot.surfaces.terminal.console import Console
from bot.surfaces.terminal.program import OpenToolbox
from bot.surfaces.terminal.request import DONE, Request, request_with, short_path
from bot.surfaces.terminal.talk import Talk
from bot.usecases.make_digest import make_digest
from bot.wording import plain
from bot.wording.plain import BLANK, Line, Role
from bot.wording.texts import Texts

EXAMPLES = {"nl": ("teamoverleg-wonen.md", "wonen"), "en": ("housing-team-meeting.md", "housing")}


def examples() -> Path:
    """The folder with examples: in the package when installed, beside it in a checkout."""
    installed = ours() / "examples"
    return installed if installed.is_dir() else ours().parent / "examples"


def demo(open_toolbox: OpenToolbox, file: Path | None, given: Mapping[str, str | None]) -> int:
    """Show the agenda with its questions, take answers, show the figures, say what to try next."""
    database = Path(tempfile.mkdtemp(prefix="klantvraag-demo-")) / "klantvraag.db"
    typed = {**given, "database": str(database)}
    name, channel = EXAMPLES[given.get("language") or FALLBACK_LANGUAGE]
    if file is None:
        typed |= {"channel": channel, "config": str(examples() / "config.yaml")}
    config = typed.get("config")
    request = request_with(open_toolbox(Path(config) if config else None, database), typed)
    try:
        return _play(request, file or short_path(examples() / name), own=file is not None)
    finally:
        request.toolbox.close()


def _play(request: Request, file: Path, *, own: bool) -> int:
    view = meeting_actions.prepare(request, actions.read_agenda(request, file))
    texts, console = request.texts(view.language), _console(file, own=own)
    console.say(texts.say("demo.title_own" if own else "demo.title"), Role.HEADING)
    console.show([BLANK, *plain.meeting(view, texts)])
    console.say()
    console.say(texts.say("demo.answering"), Role.HEADING)
    if not own and not console.typed:
        console.say(texts.say("demo.scripted"))
    done = meeting_actions.hold(
        request, Talk(request.toolbox, request.caller, texts, console), view, [str(file)]
    )
    if done == DONE:
        _figures(request, console, texts, view)
    return done


def _console(file: Path, *, own: bool) -> Console:
    """The keyboard where there is one; else the example's own answers, each line as if typed."""
    console = Console()
    if own or console.typed:
        return console
    return Console(file.with_suffix(".answers.txt").read_text("utf-8").splitlines())


def _figures(request: Request, console: Console, texts: Texts, view: MeetingView) -> None:
    period = week_of(view.day or request.toolbox.today())
    figures = make_digest(
        request.toolbox, request.caller, period, request.settings(), texts.language
    )
    console.show([BLANK, Line(texts.say("demo.figures"), Role.HEADING)])
    console.show([*plain.digest(figures, texts), BLANK])
    console.say(texts.say("demo.database", file=str(request.toolbox.config.database)))
    tries = {
        "next_own": f"make demo AGENDA={texts.say('demo.path')}",
        "next_digest": request.command("digest", "--week", period.code),
        "next_help": request.program("--help"),
    }
    for key, command in tries.items():
        console.say(texts.say(f"demo.{key}"))
        console.show([Line(command, Role.COMMAND, indent=2)])
