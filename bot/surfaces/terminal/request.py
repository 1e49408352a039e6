"""A command with its common options, and what to carry it out with."""

from __future__ import annotations

import errno
import shlex
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from bot.domain.customer import ChannelSettings
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.problem import Mistakes, Problem
from bot.readers.catalogue import read_prompts
from bot.surfaces.terminal.console import fail
from bot.surfaces.terminal.program import OpenToolbox
from bot.usecases.find_mentions import sector_called
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.texts import Texts

CHANNEL = "overleg"
PATHS = {"config", "database"}
DONE, COULD_NOT, WRONG_USAGE = 0, 1, 2
USAGE = {"choose_one", "file_or_open"}  # problems of who typed options that can't be


@dataclass(frozen=True)
class Request:
    """`given` are the common options as typed, by name; those left out are None.

    `configured` are the channels that the configuration names.
    """

    toolbox: Toolbox
    given: Mapping[str, str | None]
    configured: Collection[str] = ()

    @property
    def channel(self) -> str:
        """The channel meant."""
        return self.given.get("channel") or CHANNEL

    @property
    def caller(self) -> Caller:
        """Whoever types: one person, who writes down what the meeting says."""
        return Caller(platform="terminal", tenant="local", channel=self.channel, person="typist")

    def settings(self) -> ChannelSettings:
        """The channel's settings, the options before the configuration."""
        return self.toolbox.config.settings(
            self.channel,
            self.toolbox.prompts.customers,
            self.given.get("language"),
            self.given.get("sector"),
        )

    def texts(self, language: str | None = None) -> Texts:
        """Texts in the language asked for or configured, else in `language`, else in Dutch."""
        configured = self.toolbox.config.language(self.channel)
        chosen = self.given.get("language") or configured or language or FALLBACK_LANGUAGE
        return Texts(chosen, self.toolbox.prompts.texts[chosen])

    def command(self, *words: str) -> str:
        """A command to type, with the same options."""
        options = [
            part
            for name, value in self.given.items()
            if value
            for part in (f"--{name}", str(short_path(Path(value))) if name in PATHS else value)
        ]
        return self.program(*words, *options)

    @staticmethod
    def program(*words: str) -> str:
        """`klantvraag` with these words, as it can be typed here."""
        name, started = "klantvraag", Path(sys.argv[0])
        if started.stem == name and not shutil.which(name):
            name = str(short_path(started))
        return shlex.join([name, *words])


def request_with(toolbox: Toolbox, given: Mapping[str, str | None]) -> Request:
    """A request of which every use case knows the sector that was meant."""
    channel, typed = given.get("channel") or CHANNEL, given.get("sector")
    sector = (sector_called(typed, toolbox.prompts) if typed else None) or typed
    config = toolbox.config.serving(channel, sector)
    known = toolbox.config.file.channels
    return Request(replace(toolbox, config=config), {**given, "sector": sector}, known)


def run(
    action: Callable[..., int],
    open_toolbox: OpenToolbox,
    given: Mapping[str, str | None],
    values: Mapping[str, object],
) -> int:
    """Carry out an action with a request made of the common options; return the exit code."""

    def with_toolbox() -> int:
        config, database = given.get("config"), given.get("database")
        toolbox = open_toolbox(
            Path(config) if config else None, Path(database) if database else None
        )
        request = request_with(toolbox, given)
        try:
            return attempt(lambda: action(request, **values), request.texts().language)
        finally:
            request.toolbox.close()

    return attempt(with_toolbox, given.get("language"))


def attempt(command: Callable[[], int], language: str | None) -> int:
    """Run `command`; what it could not do becomes one sentence on stderr and exit code 1 or 2."""
    try:
        code = command()
        if sys.stdout:
            sys.stdout.flush()  # what can't be written must be told, not be found out at exit
        return code  # noqa: TRY300
    except Problem as problem:
        fail(our_texts(language).problem(problem))
        return WRONG_USAGE if problem.code in USAGE else COULD_NOT
    except Mistakes as error:
        show_mistakes(error, our_texts(language))
    except KeyboardInterrupt:
        fail(f"\n{our_texts(language).say('talk.stopped')}")
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # who read along has read enough; click ends quietly
        sys.stdout = None  # else Python tries once more at exit
        fail(our_texts(language).say("problems.cannot_show", why=error.strerror or ""))
    return COULD_NOT


def show_mistakes(error: Mistakes, texts: Texts) -> None:
    """Print every mistake on a line of its own, then how many."""
    for mistake in error.mistakes:
        fail(texts.mistake(mistake))
    fail(texts.say("problems.mistakes", n=len(error.mistakes)))


def our_texts(language: str | None) -> Texts:
    """The texts that come with klantvraag: an organisation's own may be what is wrong."""
    chosen = language or FALLBACK_LANGUAGE
    return Texts(chosen, read_prompts().texts[chosen])


def short_path(path: Path) -> Path:
    """The path as seen from the folder we are in, when it is below it."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path


def read_bytes(file: Path, name: str, most: int) -> bytes:
    """At most `most` + 1 bytes of a file, or of standard input for "-". Raises Problem."""
    with opened(file, name) as stream, _told(name):
        return stream.read(most + 1)


def read_lines(stream: BinaryIO, name: str, most: int) -> Iterator[bytes]:
    """Each line as it comes, of at most `most` + 1 bytes. Raises Problem."""
    while True:
        with _told(name):
            line = stream.readline(most + 1)
        if not line:
            return
        yield line


@contextmanager
def opened(file: Path, name: str) -> Iterator[BinaryIO]:
    """A file to read, or standard input for "-". Raises Problem."""
    if str(file) == "-":
        yield sys.stdin.buffer if sys.stdin else BytesIO()
        return
    with _told(name):
        if file.is_dir():
            raise Problem("is_folder", file=name)
        stream = file.open("rb")
    with stream:
        yield stream


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What can't be read is a Problem."""
    try:
        yield
    except FileNotFoundError:
        raise Problem("no_file", file=name) from None
    except OSError as error:
        raise Problem("cannot_read", file=name, why=error.strerror or "") from error
