"""What `klantvraag mentions` does: where the customer comes up, in a text or line by line."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from functools import partial
from io import UnsupportedOperation
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, TextIO

import click

from bot.config import GENERAL
from bot.domain.language import LANGUAGES
from bot.domain.problem import Problem
from bot.readers.text_file import decode, decode_lines
from bot.surfaces.terminal import actions
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.request import DONE, Request, opened, read_bytes, read_lines
from bot.usecases.find_mentions import SAMPLE, Heard, Listener
from bot.wording.mentions_shown import Style, Tally, marked, reasons, summary
from bot.wording.texts import Texts

MOST_BYTES = 50_000_000  # of a text, or of one of its lines
EVERY = 100  # lines, before it is told again how far we are
UNREAD = "?"

Show = Callable[..., None]


def mentions(request: Request, file: Path, *, lines: bool, why: bool, json_: bool) -> int:
    """Show where the text in a file names the customer; keep nothing."""
    if json_ and why:  # the JSON has the rules
        raise Problem("choose_one", options="--json, --why")
    name = request.texts().say("input") if str(file) == "-" else str(file)
    style = str if Console().plain else _emphasis
    hear = _each_line if lines else _whole
    hear(request, file, name, show=None if json_ else partial(_show, style=style, why=why))
    return DONE


def _whole(request: Request, file: Path, name: str, show: Show | None) -> None:
    """The text as one; `show` is None for machines."""
    text, encoding = _text(read_bytes(file, name, MOST_BYTES), name)
    listener = _listener(request, text)
    texts = _texts(request, listener)
    if encoding != "utf-8":
        fail(texts.say("notes.encoding", file=name, encoding=encoding))
    with actions.if_it_takes_long(texts.say("notes.reading", file=name)):
        heard = listener.hear(text)
    if heard.mentions is None:
        raise Problem("other_language_text")
    if not show:
        actions.print_json({"language": heard.language, **_as_json(heard)})
        return
    tally = Tally()
    for each in _by_line(heard):
        tally.add(each.text, each.mentions)
        show(each, texts)
    click.echo(f"\n{summary(tally, texts)}")


def _each_line(request: Request, file: Path, name: str, show: Show | None) -> None:
    """Each line by itself, shown as soon as it was heard; `show` is None for machines."""
    tally = Tally()
    with opened(file, name) as stream, _telling(request, stream, name) as tell:
        listener = _listener(request, _beginning(stream, name))
        lines = decode_lines(read_lines(stream, name, MOST_BYTES), name, MOST_BYTES)
        for number, each in enumerate(listener.hear_lines(lines), 1):
            tally.add(each.text, each.mentions)
            if show:
                show(each, _texts(request, listener), number=number)
            else:
                click.echo(json.dumps({"line": number, **_as_json(each)}, ensure_ascii=False))
            tell(number)
    _sum_up(tally, _texts(request, listener), name, json_=not show)


def _beginning(stream: BinaryIO, name: str) -> str:
    """A sample of a file; what is piped may not be there yet."""
    if not _size(stream):
        return ""
    here = stream.tell()
    head = stream.read(SAMPLE).splitlines(keepends=True)
    stream.seek(here)
    with suppress(Problem):  # which comes again when it is read
        return "\n".join(decode_lines(head, name, MOST_BYTES))
    return ""


def _sum_up(tally: Tally, texts: Texts, name: str, *, json_: bool) -> None:
    """Raises Problem where nothing was read; for machines only where there is no line at all."""
    if not tally.lines or not (json_ or tally.read or tally.unread):
        raise Problem("empty_text", file=name)
    if not (json_ or tally.read):
        raise Problem("other_language_text")
    if tally.unread:
        mark = "null" if json_ else UNREAD
        fail(texts.say("mentions.unread", n=tally.unread, mark=mark))
    if not json_:
        click.echo(f"\n{summary(tally, texts)}")


def _text(raw: bytes, name: str) -> tuple[str, str]:
    """A text and its encoding."""
    if len(raw) > MOST_BYTES:
        raise Problem("long_text", file=name, most=MOST_BYTES // 1_000_000)
    try:
        return decode(raw, name, MOST_BYTES)
    except Problem as problem:
        if problem.code == "empty_file":  # which would ask for an agenda
            raise Problem("empty_text", file=name) from None
        raise


def _listener(request: Request, sample: str) -> Listener:
    """Listens for the channel and sector that were meant; what nobody knows is any, and is said."""
    toolbox, given = request.toolbox, request.given
    customers, sector = toolbox.prompts.customers, given.get("sector")
    _tell_of_unknown_channel(request)
    if sector and sector not in customers:
        known = ", ".join(sorted(customers))
        fail(request.texts().say("mentions.unknown_sector", found=sector, known=known))
        sector = GENERAL
    settings = toolbox.config.settings(request.channel, customers, None, sector)
    return Listener(toolbox, settings, given.get("language"), sample)


def _tell_of_unknown_channel(request: Request) -> None:
    channel, known = request.given.get("channel"), ", ".join(sorted(request.configured))
    if channel and channel not in request.configured:
        what = "unknown_channel" if known else "no_channels"
        fail(request.texts().say(f"mentions.{what}", found=channel, known=known))


def _texts(request: Request, listener: Listener) -> Texts:
    """In the language of what was heard, if that is one of ours."""
    return request.texts(listener.language if listener.language in LANGUAGES else None)


def _as_json(heard: Heard) -> dict[str, Any]:
    """Whether the customer comes up, null where the language is not read, and where."""
    mentioned = None if heard.mentions is None else bool(heard.mentions)
    return {"mentioned": mentioned, "matches": [asdict(it) for it in heard.mentions or ()]}


def _by_line(heard: Heard) -> Iterator[Heard]:
    """A text's lines, each with its own mentions."""
    start, left = 0, list(heard.mentions or ())[::-1]
    for row in heard.text.splitlines(keepends=True):
        (line,), here = row.splitlines(), []
        end = start + len(line)
        while left and left[-1].start < end:
            it = left.pop()
            first, last = it.start - start, min(it.end, end) - start  # a name may go on below
            here.append(replace(it, start=first, end=last, text=line[first:last]))
        yield Heard(line, heard.language, here)
        start += len(row)


def _show(
    heard: Heard, texts: Texts, *, style: Style, why: bool, number: int | None = None
) -> None:
    mentions = heard.mentions or ()
    mark = UNREAD if heard.mentions is None else " "
    margin = f"{number:>5}{mark} " if number else ""
    click.echo(margin + marked(heard.text, mentions, style))
    for reason in reasons(mentions, texts) if why else ():
        click.echo(" " * (len(margin) or 4) + reason)


def _emphasis(words: str) -> str:
    return click.style(words, bold=True)


@contextmanager
def _telling(request: Request, stream: BinaryIO, name: str) -> Iterator[Callable[[int], None]]:
    """Tell who waits that lines are being read, where they go to a file that nobody looks at.

    Anywhere else the lines themselves tell, and what is told would stand between them. How far we
    are is known of a file alone.
    """
    if not (_is_terminal(sys.stderr) and _is_file(sys.stdout)):
        yield lambda _: None
    elif size := _size(stream):
        with _percentage(request.texts().say("mentions.reading"), size) as show:
            yield lambda number: None if number % EVERY else show(stream.tell())
    else:
        with actions.if_it_takes_long(request.texts().say("notes.reading", file=name)):
            yield lambda _: None


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _is_file(stream: TextIO | None) -> bool:
    return stream is not None and _regular(stream) is not None


def _size(stream: BinaryIO) -> int:
    """In bytes; 0 where it can't be known."""
    about = _regular(stream)
    return about.st_size if about else 0


def _regular(stream: BinaryIO | TextIO) -> os.stat_result | None:
    """What the system knows of a file; None where a stream is none."""
    with suppress(OSError, UnsupportedOperation):
        about = os.fstat(stream.fileno())
        return about if stat.S_ISREG(about.st_mode) else None
    return None


@contextmanager
def _percentage(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar that appears when it takes long."""
    begun, bar = monotonic(), None
    with ExitStack() as stack:

        def show(done: int) -> None:
            nonlocal bar
            if bar is None and monotonic() - begun > actions.PATIENCE:
                made = click.progressbar(length=length, label=label, file=sys.stderr)
                bar = stack.enter_context(made)
            if bar is not None:
                bar.update(done - bar.pos)

        yield show
