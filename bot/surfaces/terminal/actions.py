"""What each command does once its options are read; returns the exit code."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bot.domain.meeting import Agenda
from bot.domain.problem import Problem
from bot.readers.text_file import MOST_BYTES
from bot.surfaces.terminal import as_json
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.request import DONE, Request, read_bytes
from bot.usecases import back_up, prepare_meeting
from bot.usecases.deliver import deliver_again
from bot.wording import plain
from bot.wording.plain import Line, Role
from bot.wording.texts import Texts

PATIENCE = 1.0  # seconds


def agenda(request: Request, file: Path, *, json_: bool) -> int:
    """Show an agenda with its questions; keep nothing."""
    toolbox = request.toolbox
    read = read_agenda(request, file)
    view = prepare_meeting.preview(read, request.settings(), toolbox.prompts, toolbox.today())
    texts = request.texts(view.language)
    if json_:
        print_json(as_json.agenda(view, texts))
    else:
        Console().show(plain.meeting(view, texts))
    return DONE


def deliver(request: Request, key: str) -> int:
    """Have a message posted that may not have been."""
    must_have_database(request)
    deliver_again(request.toolbox, key)
    Console().say(request.texts().say("slack.job.again"))
    return DONE


def backup(request: Request, file: Path) -> int:
    """Copy the database to a new file."""
    texts = request.texts()
    with _progress(texts) as progress:
        back_up.back_up(request.toolbox.config.database, file, progress)
    size = max(1, file.stat().st_size // 1000)
    Console().say(texts.say("backup.made", file=str(file), size=size))
    return DONE


def restore(request: Request, file: Path) -> int:
    """Put a backup in the database's place."""
    texts, console = request.texts(), Console()
    database = request.toolbox.config.database
    with _progress(texts) as progress:
        kept = back_up.restore(file, database, request.toolbox.clock(), progress)
    console.say(texts.say("backup.restored", file=str(database)))
    console.say(texts.say("backup.since"))
    if kept:
        console.say(texts.say("backup.kept"))
        console.show([Line(str(kept), Role.COMMAND, 2)])
    return DONE


def read_agenda(request: Request, file: Path) -> Agenda:
    """The agenda in a file; says so when it isn't in UTF-8, or when reading takes a while."""
    name = request.texts().say("input") if str(file) == "-" else str(file)
    raw = read_bytes(file, name, MOST_BYTES)
    toolbox = request.toolbox
    vocabulary, today = toolbox.prompts.vocabulary, toolbox.today()
    with if_it_takes_long(request.texts().say("notes.reading", file=name)):
        read, encoding = prepare_meeting.read(raw, name, vocabulary, today)
    if encoding != "utf-8":
        texts = request.texts(read.language)
        fail(texts.say("notes.encoding", file=name, encoding=encoding))
    return read


def print_json(value: Mapping[str, Any]) -> None:
    """Print for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def must_have_database(request: Request) -> None:
    """Raises Problem "no_database_yet" rather than making one."""
    database = request.toolbox.config.database
    if not os.path.lexists(database):
        raise Problem("no_database_yet", file=str(database))


@contextmanager
def if_it_takes_long(sentence: str) -> Iterator[None]:
    """Say on stderr that it takes a while, once it does: reading can't tell how far it is."""
    waiting = threading.Timer(PATIENCE, fail, [sentence])
    waiting.daemon = True  # an interruption ends it too
    waiting.start()
    try:
        yield
    finally:
        waiting.cancel()


@contextmanager
def _progress(texts: Texts) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal while pages are copied, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=1, label=texts.say("backup.copying"), file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
