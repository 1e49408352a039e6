"""`klantvraag slack` and `klantvraag manifest`: the Slack app as seen from a terminal."""

from __future__ import annotations

import json
import os
import signal
import sys
from threading import Event

import click

from bot.domain.problem import Problem
from bot.surfaces.terminal.console import Console, fail
from bot.surfaces.terminal.program import Draw, Work
from bot.surfaces.terminal.request import DONE, Request, our_texts

MISCONFIGURED = 78  # as BSD's sysexits has it: starting again does not help, a person has to
FOR_A_PERSON = {
    "no_slack_token",
    "other_slack_token",
    "no_signing_secret",
    "bad_slack_url",
    "slack_refused",
    "app_token_scope",
    "bot_scopes",
}


def slack(request: Request, work: Work, http: str | None) -> int:
    """Work in Slack until SIGTERM or Ctrl-C; then finish what is under way."""
    stop, texts = Event(), request.texts()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())

    def started(workspace: str) -> None:
        Console().say(texts.say("slack.reply.started", workspace=workspace))
        sys.stdout.flush()

    try:
        in_time = work(request.toolbox, stop, started, http)
    except Problem as problem:
        if problem.code not in FOR_A_PERSON:
            raise
        fail(texts.problem(problem))
        return MISCONFIGURED
    if not in_time:
        os._exit(DONE)  # threads that wait for the network may not keep us; all is stored
    return DONE


def print_manifest(draw: Draw, language: str | None, http: str | None) -> int:
    """Print the manifest as JSON."""
    click.echo(json.dumps(draw(our_texts(language), http), ensure_ascii=False, indent=2))
    return DONE
