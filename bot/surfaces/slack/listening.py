"""How a listener listens: what is kept is kept before the ack, what is slow comes after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.received import Body
from bot.usecases.toolbox import Repeated

Answer = Mapping[str, Any] | None  # what the ack says to Slack
Listener = Callable[..., None]


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


def submitted(desk: Desk, work: Callable[[Body], Answer]) -> Listener:
    """For forms: `work` gives what becomes of the form, None closes it; what went wrong stands
    under the first field, and what was typed stays."""

    def listener(ack: Callable[..., object], body: Body) -> None:
        try:
            ack(**(work(body) or {}))
        except Repeated:
            ack(response_action="clear")
        except Exception as error:  # noqa: BLE001  told and logged by the desk
            _refuse(ack, desk, body, error)

    return listener


def hearing(work: Callable[[Body], object]) -> Listener:
    """For events: what can't be kept is not acknowledged, so that Slack delivers it again."""

    def listener(ack: Callable[..., object], body: Body) -> None:
        with suppress(Repeated):
            work(body)
        ack()

    return listener


def _refuse(ack: Callable[..., object], desk: Desk, body: Body, error: Exception) -> None:
    fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    if fields:
        ack(response_action="errors", errors={fields[0]: desk.sentence(body, error)})
    else:
        ack()
        _tell(desk, body, error)


def _tell(desk: Desk, body: Body, error: Exception) -> None:
    desk.after.submit(desk.tell, body, error)
