"""The terminal itself: what is shown, what is asked, with or without somebody at the keyboard."""

from __future__ import annotations

import codecs
import contextlib
import shutil
import sys
from collections.abc import Iterable, Iterator

import click

from bot.config import plain_terminal
from bot.wording.plain import WIDTH, Line, Role, printable

MOST_COLUMNS = 100  # longer rows are hard to read

_STYLES: dict[Role, dict[str, bool]] = {
    Role.HEADING: {"bold": True},
    Role.ITEM: {"bold": True},
    Role.ANSWER: {"italic": True},
    Role.NOTE: {"dim": True},
}


class NoMoreInput(Exception):
    """Nobody answers any more: the input has ended."""


class Console:
    """Shows lines and asks questions; with `script`, its lines are the answers."""

    def __init__(self, script: Iterable[str] | None = None) -> None:
        self.typed = script is None and sys.stdin is not None and sys.stdin.isatty()
        self._script: Iterator[str] | None = None if script is None else iter(script)
        self.plain = plain_terminal()
        _make_safe()

    def show(self, lines: Iterable[Line]) -> None:
        """Print lines, wrapped to the terminal's width; plain when it is none."""
        width, styles = _width(), {} if self.plain else _STYLES
        for line in lines:
            for row in line.rows(width):
                click.echo(click.style(row, **styles[line.role]) if line.role in styles else row)

    def say(self, text: str = "", role: Role = Role.TEXT, indent: int = 0) -> None:
        """Print one text."""
        self.show([Line(text, role, indent)])

    def ask(self, prompt: str = "", indent: int = 0) -> str:
        """Show `prompt`, wait for a line and return it stripped. Raises NoMoreInput."""
        if prompt:
            self.say(prompt, Role.NOTE, indent)
        mark = " " * indent + "> "
        try:
            if self.typed:
                return " ".join(input(mark).split())
            given = next(self._script).strip() if self._script else _line()
        except (EOFError, StopIteration):
            click.echo()
            raise NoMoreInput from None
        click.echo(mark + printable(given))
        return given


def fail(sentence: str) -> None:
    """Print why something could not be done, on stderr."""
    click.echo(printable(sentence), err=True)


def _line() -> str:
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        raise EOFError
    return line.strip()


def _width() -> int:
    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return min(shutil.get_terminal_size().columns, MOST_COLUMNS)


def _make_safe() -> None:
    """Odd bytes on the way in or letters the terminal lacks must not stop a meeting."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, LookupError):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            encoding = "utf-8" if ascii_only else stream.encoding
            stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415  arrow keys while typing; not on Windows

        readline.parse_and_bind("set enable-bracketed-paste on")  # pasted lines are one answer
