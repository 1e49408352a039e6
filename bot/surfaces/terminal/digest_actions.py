"""`klantvraag digest`: a channel's own figures, or those of several for who leads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from bot.domain.dates import Period, Span, before, parse_period, week_of
from bot.domain.problem import Problem
from bot.domain.view import DigestView, ManagersDigestView, Scope
from bot.surfaces.terminal import as_json
from bot.surfaces.terminal.actions import must_have_database, print_json
from bot.surfaces.terminal.console import Console
from bot.surfaces.terminal.late import close_late
from bot.surfaces.terminal.request import DONE, Request
from bot.usecases.ask_outside import refuse_left_out
from bot.usecases.find_channels import in_one_workspace, wherever_it_meets
from bot.usecases.make_digest import make_digest
from bot.usecases.make_managers_digest import make_managers_digest
from bot.wording import digest_csv, digest_page, managers_digest, markdown, plain
from bot.wording.plain import Line
from bot.wording.texts import Texts


def digest(
    request: Request,
    period: Mapping[str, str],
    scope: Mapping[str, str],
    way: Mapping[str, Path | bool],
) -> int:
    """Show the figures of a period; `period` is a span and how it was typed, or empty.

    `scope` is all, level or channels and what was typed there; empty for one channel, seen from
    inside it. Of each only one, or Problem "choose_one".
    """
    refuse_several(request.given, period, scope, way)
    must_have_database(request)
    close_late(request)
    chosen = _unless_chosen(request, scope)
    for span, typed in period.items():
        chosen = parse_period(Span(span), typed)
    view = _together(request, chosen, _scope(scope)) if scope else _own(request, chosen)
    return show(view, request.texts(), way)


def _unless_chosen(request: Request, scope: Mapping[str, str]) -> Period:
    """This week; of several channels, that are counted by weeks that are over, the one before."""
    this_week = week_of(request.toolbox.today())
    return before(this_week, 1)[-1] if scope else this_week


def refuse_several(given: Mapping[str, str | None], *choices: Mapping[str, object]) -> None:
    """Raises Problem "choose_one" where a choice has several, or a channel and a scope."""
    _, scope, *_ = choices
    own = ["channel"] if given.get("channel") and scope else []
    for chosen in ([*own, *scope], *choices):
        if len(chosen) > 1:
            raise Problem("choose_one", options=", ".join(f"--{name}" for name in chosen))


def show(
    view: DigestView | ManagersDigestView, texts: Texts, way: Mapping[str, Path | bool]
) -> int:
    """Show a digest for people, or as json, markdown, csv or html: a file to make."""
    if file := way.get("html"):
        _keep_page(view, texts, Path(str(file)))
    elif "csv" in way:
        click.echo(digest_csv.digest(view), nl=False)
    elif "json" in way:
        print_json(as_json.any_digest(view))
    elif "markdown" in way:
        click.echo(_as_markdown(view, texts))
    else:
        Console().show(_lines(view, texts))
    return DONE


def _lines(view: DigestView | ManagersDigestView, texts: Texts) -> list[Line]:
    if isinstance(view, DigestView):
        return plain.digest(view, texts)
    return managers_digest.lines(view, texts)


def _as_markdown(view: DigestView | ManagersDigestView, texts: Texts) -> str:
    if isinstance(view, DigestView):
        return markdown.digest(view, texts)
    return managers_digest.as_markdown(view, texts)


def _scope(chosen: Mapping[str, str]) -> Scope:
    typed = chosen.get("channels", "")
    named = [name.strip() for name in typed.split(",")]
    if "channels" in chosen and not any(named):
        raise Problem("unknown_channels", channels=f"‘{typed}’")
    return Scope(chosen.get("level"), list(dict.fromkeys(filter(None, named))))


def _own(request: Request, period: Period) -> DigestView:
    chosen = bool(request.given.get("channel"))
    caller = wherever_it_meets(request.toolbox, request.caller, chosen=chosen)
    language = request.texts().language
    return make_digest(request.toolbox, caller, period, request.settings(), language)


def _together(request: Request, period: Period, scope: Scope) -> ManagersDigestView:
    """Over channels that are named as people know them, not as the platform does."""
    caller, ids = in_one_workspace(request.toolbox, request.caller, scope.channels)
    meant, language = replace(scope, channels=ids), request.texts().language
    refuse_left_out(request.toolbox, caller, meant)
    view = make_managers_digest(request.toolbox, caller, period, meant, language)
    return replace(view, scope=scope)


def _keep_page(view: DigestView | ManagersDigestView, texts: Texts, file: Path) -> None:
    page = digest_page.digest(view, texts)
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        raise Problem("cannot_write", file=str(file), why=error.strerror or "") from error
    Console().say(texts.say("page.written", file=str(file)))
