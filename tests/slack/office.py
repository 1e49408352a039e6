"""Has an office built around a toolbox: a workspace, the real app, the real sender."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.surfaces.slack import bolt_app
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.sender import Sender, client
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.people import SECRET, AfterAck, Office
from tests.slack.workspace import ALL, Workspace


@contextmanager
def office_of(toolbox: Toolbox, clock: Clock, scopes: frozenset[str] = ALL) -> Iterator[Office]:
    slack, after = Workspace(lambda: clock().timestamp()), AfterAck()
    slack.channel("C1")
    slack.scopes["xoxb-test"] = scopes
    web = client("xoxb-test", slack.url)
    identity = bolt_app.introduce(web)
    desk = Desk(
        toolbox, lambda _: web, identity.bot_user, after, lambda: None, identity.reads_threads
    )
    app = bolt_app.build(desk, identity, SECRET)
    sender = Sender(lambda _: web, toolbox, lambda due: bolt_app.render(desk, due))
    try:
        yield Office(slack, app, toolbox, sender, after, clock)
    finally:
        slack.close()
