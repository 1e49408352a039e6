"""How a listener listens: what is kept is kept before the ack, what is slow comes after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.domain.problem import Problem
from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.names import Field
from bot.surfaces.slack.received import Body
from bot.usecases.toolbox import Repeated

Answer = Mapping[str, Any] | None  # what the ack says to Slack
Listener = Callable[..., None]
# The field a problem is about; any other stands under the first.
UNDER = {
    **dict.fromkeys(("no_customer", "many_customers", "other_language"), Field.CUSTOMER),
    **dict.fromkeys(("short_account", "long_account", "many_accounts"), Field.ACCOUNTS),
    "no_keeper": Field.KEEPER,
    "channels_without_us": Field.CHANNELS,
    "channel_shared": Field.TO,
    "unknown_zone": Field.DIGEST_ZONE,
}


def acting(desk: Desk, work: Callable[[Body], object]) -> Listener:
    """For commands, buttons and menus: whoever pressed is told what went wrong."""

    def listener(ack: Callable[..., object], body: Body) -> None:
        try:
            work(body)
        except Repeated:
            pass
        except Exception as error:  # noqa: BLE001  told and logged by the desk
            _tell(desk, body, error)
        ack()

    return listener


def submitted(desk: Desk, work: Callable[[Body], Answer], *, repeated: Answer = None) -> Listener:
    """For forms: `work` gives what becomes of the form, None closes it; what went wrong stands
    under its field, or on top of a form that has none, and what was typed stays.

    `repeated` is said to a second delivery: what became of the form the first time.
    """

    def listener(ack: Callable[..., object], body: Body) -> None:
        try:
            ack(**(work(body) or {}))
        except Repeated:
            ack(**(repeated or {}))
        except Exception as error:  # noqa: BLE001  told and logged by the desk
            ack(**_refusal(body["view"], error, desk.sentence(body, error)))

    return listener


def hearing(work: Callable[[Body], object]) -> Listener:
    """For events: what can't be kept is not acknowledged, so that Slack delivers it again."""

    def listener(ack: Callable[..., object], body: Body) -> None:
        with suppress(Repeated):
            work(body)
        ack()

    return listener


def _refusal(view: Body, error: Exception, sentence: str) -> dict[str, Any]:
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if not fields:
        return {"response_action": "update", "view": views.refused(view, sentence)}
    about = UNDER.get(error.code) if isinstance(error, Problem) else None
    field = about if about in fields else fields[0]
    return {"response_action": "errors", "errors": {field: sentence}}


def _tell(desk: Desk, body: Body, error: Exception) -> None:
    desk.after.submit(desk.tell, body, error)
