"""`klantvraag slack` and `klantvraag manifest`: the Slack app as seen from a terminal."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

import click

from bot.surfaces.terminal.console import Console
from bot.surfaces.terminal.request import DONE, Request, our_texts
from bot.usecases.toolbox import Toolbox
from bot.wording.texts import Texts


def slack(request: Request, work: Callable[[Toolbox, Event, Callable[[str], None]], bool]) -> int:
    """Work in Slack until SIGTERM or Ctrl-C; then finish what is under way."""
    stop, texts = Event(), request.texts()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())

    def started(workspace: str) -> None:
        Console().say(texts.say("slack.reply.started", workspace=workspace))
        sys.stdout.flush()

    if not work(request.toolbox, stop, started):
        os._exit(DONE)  # threads that wait for the network may not keep us; all is stored
    return DONE


def print_manifest(draw: Callable[[Texts], Mapping[str, Any]], language: str | None) -> int:
    """Print the manifest as JSON."""
    click.echo(json.dumps(draw(our_texts(language)), ensure_ascii=False, indent=2))
    return DONE
