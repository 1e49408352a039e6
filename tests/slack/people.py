"""Persons in Slack: they type, press what they see, fill in forms; all through the real app."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest

from bot.domain.problem import Problem
from bot.surfaces.slack.sender import Sender
from bot.usecases import deliver
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.workspace import TEAM, Workspace

SECRET = "signing-secret"
AGENDA = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. Rondvraag"
Values = dict[str, Any]


class AfterAck(Executor):
    """Work that waits until the answer went out."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting.append(lambda: fn(*args, **kwargs))
        return Future()

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@dataclass
class Office:
    """A workspace with the app in it; everything that is due is sent after each thing done."""

    slack: Workspace
    app: App
    toolbox: Toolbox
    sender: Sender
    after: AfterAck
    clock: Clock
    signed: bool = True  # over HTTP; else through Socket Mode
    deliveries: int = 1  # how often Slack delivers everything
    acks: list[Values] = field(default_factory=list)  # of the last thing delivered, each time
    events: Iterator[int] = field(default_factory=lambda: count(1))

    def deliver(self, body: Values, kind: str = "interactive") -> Values:
        """Hand over what Slack sends; returns what the ack said the first time."""
        answers = self.acks = [self._dispatch(body, kind) for _ in range(self.deliveries)]
        self.after.run()
        with suppress(Problem):  # the database is gone; the clock would try again
            while due := deliver.next_delivery(self.toolbox, "slack"):
                self.sender.post(due)
                self.clock.later(seconds=1)
        return answers[0]

    def event(self, **event: Any) -> None:
        """Something that Slack tells by itself."""
        number = next(self.events)
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}"}
        self.deliver({**body, "event": event}, "events")

    def shown(self, channel: str = "C1") -> str:
        """The text of the last message in a channel, its threads left out."""
        own = [m for m in self.slack.messages(channel) if "thread_ts" not in m]
        return str(own[-1]["text"])

    def _dispatch(self, body: Values, kind: str) -> Values:
        request = self._signed(body, kind) if self.signed else self._enveloped(body)
        response = self.app.dispatch(request)
        assert response.status == 200, (response.status, response.body)
        return json.loads(response.body) if response.body else {}

    @staticmethod
    def _enveloped(body: Values) -> BoltRequest:
        return BoltRequest(mode="socket_mode", body=json.loads(json.dumps(body)))

    def _signed(self, body: Values, kind: str) -> BoltRequest:
        content, text = {
            "events": ("application/json", json.dumps(body)),
            "commands": ("application/x-www-form-urlencoded", urlencode(body)),
            "interactive": (
                "application/x-www-form-urlencoded",
                urlencode({"payload": json.dumps(body)}),
            ),
        }[kind]
        return signed_request(text, content)


def signed_request(text: str, content: str, secret: str = SECRET) -> BoltRequest:
    at = str(int(time.time()))
    signature = hmac.new(secret.encode(), f"v0:{at}:{text}".encode(), hashlib.sha256).hexdigest()
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [content],
        "x-slack-request-timestamp": [at],
        "x-slack-signature": [f"v0={signature}"],
    }
    return BoltRequest(body=text, headers=headers)


@dataclass(frozen=True)
class Person:
    """Somebody who works in a channel."""

    office: Office
    name: str
    channel: str = "C1"

    @property
    def form(self) -> Values | None:
        """The form on top of the screen."""
        stack = self.office.slack.forms[self.name]
        return stack[-1] if stack else None

    @property
    def heard(self) -> str:
        """The last thing that was said to this person only."""
        return str(self.office.slack.whispers[self.name][-1]["text"])

    def types(self, text: str = "", command: str = "/klantvraag") -> None:
        body = {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "channel_id": self.channel,
            "user_id": self.name,
            "trigger_id": self.office.slack.trigger(self.name),
            "response_url": self.office.slack.hook(self.name),
        }
        self.office.deliver(body, "commands")

    def points_at(self, text: str, **message: Any) -> None:
        """Choose the shortcut at a message."""
        pointed = {"type": "message", "text": text, "ts": "1.1", **message}
        self.office.deliver(
            self._body("message_action") | {"callback_id": "add_questions", "message": pointed}
        )

    def says(self, text: str, thread: str | None = None, **more: Any) -> Values:
        """Write a message; returns it."""
        said = {
            "type": "message",
            "user": self.name,
            "text": text,
            "ts": f"{self.office.clock().timestamp():.0f}.{500_000 + next(self.office.events)}",
            **({"thread_ts": thread} if thread else {}),
            **more,
        }
        self.office.event(channel=self.channel, **said)
        return said

    def changes(self, said: Values, text: str, **more: Any) -> Values:
        """Change a message of one's own; returns it as it is then."""
        edited = {"user": self.name, "ts": f"1795000100.{next(self.office.events):06d}"}
        now = said | {"text": text, "edited": edited, **more}
        self._changed("message_changed", message=now, previous_message=said)
        return now

    def deletes(self, said: Values) -> None:
        """Delete a message of one's own."""
        self._changed("message_deleted", previous_message=said, deleted_ts=said["ts"])

    def _changed(self, subtype: str, **more: Any) -> None:
        self.office.event(
            type="message", subtype=subtype, channel=self.channel, hidden=True, **more
        )

    def presses(self, label: str, *, of: str = "", pick: str = "") -> None:
        """Press what is labelled so, or choose `pick` in a menu, in the form, whisper or channel.

        `of` is a part of its action id, where several are labelled alike.
        """
        place, element = self._find(label, of, pick)
        action = {"action_id": element["action_id"], "block_id": "b", "type": element["type"]}
        if pick:
            action["selected_option"] = next(
                option for option in element["options"] if pick in option["text"]["text"]
            )
        elif "value" in element:
            action["value"] = element["value"]
        body = self._body("block_actions") | {"actions": [action]}
        if place is self.form:
            del body["response_url"], body["channel"]
            body["view"] = place
        elif "ts" in place:
            body["container"] = {"channel_id": self.channel, "message_ts": place["ts"]}
            body["message"] = place
        self.office.deliver(body)

    def ticks(self, label: str, *, on: bool = True) -> None:
        """Tick a box in the form, or untick it."""
        form = self.form
        assert form is not None, "no form is open"
        boxes = [e for e in _elements(form) if e["type"] == "checkboxes"]
        box, option = next(
            (e, o) for e in boxes for o in e["options"] if label in o["text"]["text"]
        )
        action = {"action_id": box["action_id"], "block_id": "b", "type": box["type"]}
        body = self._body("block_actions")
        del body["response_url"], body["channel"]
        chosen = {"selected_options": [option] if on else []}
        self.office.deliver(body | {"view": form, "actions": [action | chosen]})

    def pastes_again(self) -> None:
        """Have the agenda in the channel as text, to be changed and pasted."""
        self.presses("", pick="Wijzig de agenda")
        self.presses("Plak de agenda opnieuw")

    def closes(self) -> None:
        """Close the form on top; Slack tells nobody."""
        self.office.slack.forms[self.name].pop()

    def fills_in(self, **values: Any) -> Values:
        """Submit the form on top, with these fields (by the first part of their name)."""
        said = self.office.deliver(self.submission(**values))
        self._follow(said)
        return said

    def submission(self, **values: Any) -> Values:
        """What Slack sends when the form on top is submitted."""
        form = self.form
        assert form is not None, "no form is open"
        state = dict(self._state(form, values))
        body = self._body("view_submission") | {"view": {**form, "state": {"values": state}}}
        del body["response_url"], body["channel"]
        return body

    def _follow(self, said: Values) -> None:
        stack = self.office.slack.forms[self.name]
        match said.get("response_action"):
            case None:
                stack.pop()
            case "clear":
                stack.clear()
            case "update":
                self.office.slack.replace(stack[-1]["id"], said["view"])
            case "push":
                self.office.slack.show(self.name, said["view"])

    def _state(self, form: Values, values: Mapping[str, Any]) -> Iterator[tuple[str, Values]]:
        left = dict(values)
        for block in form["blocks"]:
            boxes = [e for e in block.get("elements", []) if e["type"] == "checkboxes"]
            if block["type"] != "input" and not boxes:
                continue
            element = boxes[0] if boxes else block["element"]
            name = block["block_id"]
            key = name if name in left else name.partition(":")[0]
            given = left.pop(key, None)
            yield name, {element["action_id"]: _filled(element, given)}
        assert not left, f"no field for {left}"

    def _body(self, kind: str) -> Values:
        return {
            "type": kind,
            "team": {"id": TEAM},
            "user": {"id": self.name},
            "channel": {"id": self.channel},
            "trigger_id": self.office.slack.trigger(self.name),
            "response_url": self.office.slack.hook(self.name),
        }

    def _find(self, label: str, of: str, pick: str) -> tuple[Values, Values]:
        slack = self.office.slack
        places = [
            *([self.form] if self.form else []),
            *reversed(slack.whispers[self.name][-1:]),
            *reversed(slack.messages(self.channel)),
        ]
        for place in places:
            for element in _elements(place):
                options = [option["text"]["text"] for option in element.get("options", ())]
                labelled = (element.get("text") or {}).get("text", "")
                if of in element["action_id"] and (
                    any(pick in option for option in options) if pick else labelled == label
                ):
                    return place, element
        raise AssertionError(f"nobody can press {label!r} {of} {pick}")


def _elements(place: Values) -> Iterator[Values]:
    for block in place.get("blocks", []):
        yield from block.get("elements", []) if block["type"] == "actions" else []
        if "accessory" in block:
            yield block["accessory"]


def _filled(element: Values, given: Any) -> Values:
    match kind := element["type"]:
        case "plain_text_input":
            value = given if given is not None else element.get("initial_value")
            filled: Values = {"value": value}
        case "datepicker":
            filled = {"selected_date": given or element.get("initial_date")}
        case "timepicker":
            filled = {"selected_time": given or element["initial_time"]}
        case "multi_users_select":  # "" takes away who was chosen
            before = element.get("initial_users", [])
            filled = {"selected_users": before if given is None else [given] * bool(given)}
        case "multi_conversations_select":
            filled = {"selected_conversations": given or []}
        case "checkboxes" | "multi_static_select":
            filled = {"selected_options": _ticked(element, given)}
        case _:
            filled = {"selected_option": _picked(element, given)}
    return {"type": kind, **filled}


def _picked(element: Values, given: str | None) -> Values | None:
    if given is None:
        return element.get("initial_option")
    options: list[Values] = element["options"]
    return next(o for o in options if given in (o["value"], o["text"]["text"]))


def _ticked(element: Values, given: Any) -> list[Values]:
    """All for True, those with one of these words for a list, else what was ticked before."""
    groups = element.get("option_groups", [element])
    options: list[Values] = [option for group in groups for option in group["options"]]
    if isinstance(given, list):
        return [o for o in options if any(words in o["text"]["text"] for words in given)]
    return options if given else element.get("initial_options", [])
