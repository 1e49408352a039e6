"""Has an office built around a toolbox: a workspace, the real app, the real sender."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.surfaces.slack import bolt_app
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.sender import Sender, client
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.people import SECRET, AfterAck, Office
from tests.slack.workspace import ALL, Workspace


@contextmanager
def office_of(toolbox: Toolbox, clock: Clock, scopes: frozenset[str] = ALL) -> Iterator[Office]:
    with closing(Workspace(lambda: clock().timestamp())) as slack:
        slack.channel("C1")
        slack.scopes["xoxb-test"] = scopes
        yield office_in(slack, toolbox, clock)


def office_in(slack: Workspace, toolbox: Toolbox, clock: Clock, token: str = "xoxb-test") -> Office:
    """An office in a workspace that is there already."""
    after = AfterAck()
    web = client(token, slack.url)
    identity = bolt_app.introduce(web)
    desk = Desk(
        toolbox,
        lambda _: web,
        identity.bot_user,
        after,
        lambda: None,
        identity.history,
        identity.url,
    )
    app = bolt_app.build(desk, identity, SECRET)
    sender = Sender(lambda _: web, toolbox, lambda due: bolt_app.render(desk, due))
    return Office(slack, app, toolbox, sender, after, clock)
