"""`klantvraag digest --demo`: what a digest shows, of a made-up year in a database of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.domain.dates import Span
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.made_up_year import weeks
from bot.domain.problem import Problem
from bot.readers import example_year
from bot.surfaces.terminal import digest_actions
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.demo import examples
from bot.surfaces.terminal.program import OpenToolbox
from bot.surfaces.terminal.request import Request, request_with
from bot.usecases.make_up_year import looking_back, make_up_year
from bot.usecases.toolbox import Toolbox
from bot.wording.plain import BLANK, Line, Role


def digest(
    open_toolbox: OpenToolbox,
    given: Mapping[str, str | None],
    period: Mapping[str, str],
    scope: Mapping[str, str],
    way: Mapping[str, Path | bool],
) -> int:
    """Show a digest of the made-up year: of its last week and all channels, unless chosen."""
    digest_actions.refuse_several(given, period, scope, way)
    if given.get("database"):
        raise Problem("choose_one", options="--demo, --database")
    with _made_up(open_toolbox, given) as request:
        chosen = period or {Span.WEEK: weeks()[-1].code}
        whose = scope if scope or given.get("channel") else {"all": "all"}
        texts = request.texts()
        said = [texts.say("demo.year"), *([texts.say("demo.year_leads")] if whose else [])]
        if way.keys() <= {"html"}:
            Console().show([*map(Line, said), BLANK])
        else:
            fail(" ".join(said))  # what goes on to another program is the digest alone
        code = digest_actions.digest(request, chosen, whose, way)
        if not way:
            Console().show([BLANK, *_tries(request, given.get("language"))])
        return code


@contextmanager
def _made_up(open_toolbox: OpenToolbox, given: Mapping[str, str | None]) -> Iterator[Request]:
    """A request on the day after the year; its database is gone afterwards."""
    language = given.get("language") or FALLBACK_LANGUAGE
    config = given.get("config") or str(examples() / "config.yaml")
    year = example_year.read(examples() / "year.yaml", language)
    with tempfile.TemporaryDirectory(prefix="klantvraag-demo-") as folder:
        database = Path(folder) / "klantvraag.db"
        toolbox = _marked(looking_back(open_toolbox(Path(config), database)))
        request = request_with(toolbox, {**given, "language": language, "database": str(database)})
        try:
            make_up_year(request.toolbox, request.caller, year, language)
            yield request
        finally:
            request.toolbox.close()


def _marked(toolbox: Toolbox) -> Toolbox:
    """What managers get says that it is made up, wherever it goes."""
    texts = {
        language: {**each, "digest.managers": each["demo.managers"]}
        for language, each in toolbox.prompts.texts.items()
    }
    return replace(toolbox, prompts=replace(toolbox.prompts, texts=texts))


def _tries(request: Request, language: str | None) -> Iterator[Line]:
    """What to try next, each with its command."""
    texts = request.texts()
    for key, words in {
        "month": ("--month", "2026-10"),
        "level": ("--level", "operational"),
        "page": ("--year", "2026", "--html", texts.say("demo.file")),
        "channel": ("--month", "2026-10", "--channel", texts.say("demo.channel")),
        "small": ("--channels", texts.say("demo.small")),
    }.items():
        chosen = ("--language", language) if language else ()
        yield Line(texts.say(f"demo.year_{key}"))
        yield Line(request.program("digest", "--demo", *words, *chosen), Role.COMMAND, indent=2)
