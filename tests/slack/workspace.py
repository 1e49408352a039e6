"""The rest of a Slack workspace: forms, whispers, reactions, who is where; strict about scopes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

from bot.surfaces.slack.limits import wrong_view
from tests.slack.stand_in import Refused, StandIn, Values

BOT = "UBOT"
TEAM = "T000000001"  # as in emulate
APP_TOKEN = "xapp-test"
ADDRESS = "https://wonen.slack.com/"
ALL = frozenset(
    {
        "commands",
        "chat:write",
        "channels:read",
        "groups:read",
        "users:read",
        "channels:history",
        "reactions:write",
        "files:write",
        "im:write",
        "im:history",
    }
)
OF_A_VIEW = {"type", "callback_id", "title", "submit", "close", "blocks", "private_metadata"}
OF_A_HOME = {"type", "callback_id", "blocks", "private_metadata"}


class Workspace(StandIn):
    """`forms` are the open ones of each person, the last on top."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        super().__init__(now)
        self.scopes = {"xoxb-test": ALL, APP_TOKEN: frozenset({"connections:write"})}
        self.guests: set[str] = set()
        self.small_guests: set[str] = set()  # of one channel only
        self.deactivated: set[str] = set()
        self.unseen: set[str] = set()  # people Slack shows us nothing of
        self.bots = {"UROBOT"}
        everybody = ["UFATIMA", "URUUD", "UJOKE", BOT, "UROBOT"]
        self.people = {"C1": [*everybody], "C2": [*everybody]}
        self.names = {"C1": "wonen", "C2": "zorg"}
        self.private: set[str] = set()  # channels
        self.shared: set[str] = set()  # channels, with another organisation
        self.archived: set[str] = set()
        self.files: dict[str, Values] = {}  # by id, with what is in them once that is there
        self.takes_files = True  # else nobody answers where they are to be sent
        self.homes: dict[str, str] = {}  # the workspace of who is from another one
        self.tabs: dict[str, Values] = {}  # what each person sees in the app's Home
        self.enterprise = ""  # the organisation the workspace is of, where it is of one
        self.enterprises: dict[str, str] = {}  # that of a person
        self.forms: dict[str, list[Values]] = defaultdict(list)
        self.whispers: dict[str, list[Values]] = defaultdict(list)
        self.reactions: list[Values] = []
        self.triggers: dict[str, str] = {}  # of a person, to be used once
        self.hooks: dict[str, str] = {}  # response urls, by their path
        self.hooks_used_up = False
        self.meanwhile: dict[str, Callable[[], object]] = {}  # done while a call is on its way
        self.socket_url = ""
        self._ids = count(1)

    def trigger(self, person: str) -> str:
        name = f"trigger.{next(self._ids)}"
        self.triggers[name] = person
        return name

    def hook(self, person: str) -> str:
        path = f"/hook/{next(self._ids)}"
        self.hooks[path] = person
        return self.url.removesuffix("/api/") + path

    def answer(self, method: str, token: str, values: Values) -> Values:
        self.meanwhile.pop(method, lambda: None)()
        if method in self.hooks and self.hooks_used_up:
            raise Refused("used_url")
        if method in self.hooks:
            self.calls.append(("response_url", values))
            self.refuse_wrong(values)
            self.whispers[self.hooks[method]].append(values)
            return {"ok": True}
        do, scope = _METHODS.get(method, (None, ""))
        if do is None:
            return super().answer(method, token, values)
        with self._lock:
            self.calls.append((method, values))
            if token not in self.scopes:
                raise Refused("invalid_auth")
            if scope and scope not in self.scopes[token]:
                raise Refused("missing_scope", needed=scope)
            return {"ok": True, **do(self, values)}

    def show(self, person: str, view: Values, *, root: bool = False) -> Values:
        """A form on the person's screen; refused where Slack would refuse it."""
        _refuse_wrong(view)
        stack = self.forms[person]
        if root:
            stack.clear()
        if len(stack) == 3:
            raise Refused("push_limit_reached")
        below = stack[-1]["id"] if stack else None
        shown = {**view, "id": f"V{next(self._ids)}", "previous_view_id": below}
        stack.append(shown | {"hash": f"hash.{next(self._ids)}"})
        return {"view": stack[-1]}

    def replace(self, view_id: str, view: Values, seen: str | None = None) -> Values:
        _refuse_wrong(view)
        for stack in self.forms.values():
            for place, old in enumerate(stack):
                if old["id"] == view_id:
                    if seen not in (None, old["hash"]):
                        raise Refused("hash_conflict")
                    kept = {key: old[key] for key in ("id", "previous_view_id")}
                    stack[place] = {**view, **kept, "hash": f"hash.{next(self._ids)}"}
                    return {"view": stack[place]}
        raise Refused("not_found")

    def refuse_person(self, person: str) -> None:
        """Refuse to talk with bots, with who is gone and with who never was."""
        if person in self.bots or person == BOT:
            raise Refused("cannot_dm_bot")
        if person in self.deactivated:
            raise Refused("user_disabled")
        if not any(person in there for there in self.people.values()):
            raise Refused("channel_not_found")

    def respond(self, method: str, token: str, content_type: str, body: bytes) -> Values:
        if method.startswith("/upload/"):
            self.files[method.removeprefix("/upload/")]["content"] = body
            return {"ok": True}
        return super().respond(method, token, content_type, body)

    def _ask_upload(self, values: Values) -> Values:
        """Where a file of this name and length is to be sent."""
        file = f"F{next(self._ids)}"
        self.files[file] = {"name": values["filename"], "length": int(values["length"])}
        where = self.url.removesuffix("/api/") if self.takes_files else "http://127.0.0.1:9"
        url = f"{where}/upload/{file}"
        return {"upload_url": url, "file_id": file}

    def _complete_upload(self, values: Values) -> Values:
        """Files that were sent are put in a thread, as a message of ours."""
        channel, files = self._joined(values | {"channel": values["channel_id"]}), []
        if values["thread_ts"] not in channel.messages:
            raise Refused("thread_not_found")
        for given in json.loads(values["files"]):
            file = self.files[given["id"]]
            if len(file.get("content", b"")) != file["length"]:
                raise Refused("file_update_failed")
            files.append({**given, "name": file["name"]})
        thread, ts = values["thread_ts"], f"{int(self._now())}.{next(self._numbers):06d}"
        message = {"type": "message", "ts": ts, "text": "", "files": files, "thread_ts": thread}
        channel.messages[ts] = message
        return {"files": files}

    def _auth(self, _: Values) -> Values:
        ours = {"team_id": TEAM, "team": "Wonen", "user_id": BOT, "bot_id": "B1", "url": ADDRESS}
        return ours | ({"enterprise_id": self.enterprise} if self.enterprise else {})

    def _used(self, values: Values) -> str:
        person = self.triggers.pop(values["trigger_id"], None)
        if person is None:
            raise Refused("exchanged_trigger_id")
        return person

    def _open(self, values: Values) -> Values:
        return self.show(self._used(values), values["view"], root=True)

    def _push(self, values: Values) -> Values:
        return self.show(self._used(values), values["view"])

    def _change(self, values: Values) -> Values:
        return self.replace(values["view_id"], values["view"], values.get("hash"))

    def _publish(self, values: Values) -> Values:
        person, view = values["user_id"], values["view"]
        wrong = wrong_view(view) or sorted(set(view) - OF_A_HOME)
        if wrong or view["type"] != "home":
            raise Refused("invalid_arguments", response_metadata={"messages": wrong})
        if values.get("hash") not in (None, self.tabs.get(person, {}).get("hash")):
            raise Refused("hash_conflict")
        kept = {"id": f"V{person}", "hash": f"hash.{next(self._ids)}"}
        self.tabs[person] = {**view, **kept}
        return {"view": self.tabs[person]}

    def _whisper(self, values: Values) -> Values:
        if values["channel"] not in self.members:
            raise Refused("not_in_channel")
        self.refuse_wrong(values)
        self.whispers[values["user"]].append(values)
        return {"message_ts": "1.1"}

    def _permalink(self, values: Values) -> Values:
        ts = self._found(values | {"ts": values["message_ts"]})["ts"]
        where = f"{values['channel']}/p{ts.replace('.', '')}"
        return {"permalink": f"https://wonen.slack.com/archives/{where}"}

    def _info(self, values: Values) -> Values:
        channel = values["channel"]
        there = channel in self.members
        found = {"id": channel, "name": self.names[channel], "is_member": there}
        shared = {"is_private": channel in self.private, "is_ext_shared": channel in self.shared}
        return {"channel": found | shared}

    def _user(self, values: Values) -> Values:
        person = values["user"]
        if person in self.unseen:
            raise Refused("user_not_found")
        home = self.homes.get(person, TEAM)
        handle = person.removeprefix("U").lower()
        user = {
            "id": person,
            "name": handle,
            "team_id": home,
            "deleted": person in self.deactivated,
            "is_bot": person in self.bots,
            "profile": {"display_name": handle.capitalize()},
        }
        if person not in self.deactivated:  # of who is gone Slack leaves these out
            small = person in self.small_guests
            user |= {
                "is_restricted": small or person in self.guests,
                "is_ultra_restricted": small,
                "real_name": handle.capitalize(),
            }
        if person in self.enterprises:
            user["enterprise_user"] = {"enterprise_id": self.enterprises[person]}
        return {"user": user}

    def _members(self, values: Values) -> Values:
        """Two on a page, whatever was asked for."""
        start, there = int(values.get("cursor") or 0), self.people[values["channel"]]
        following = str(start + 2) if len(there) > start + 2 else ""
        more = {"response_metadata": {"next_cursor": following}}
        return {"members": there[start : start + 2], **more}

    def _conversations(self, values: Values) -> Values:
        """Of a person: public channels, and private ones that we are in; twenty on a page."""
        there = [
            {"id": channel, "is_private": channel in self.private}
            for channel, people in self.people.items()
            if values["user"] in people
            if channel in self.members or channel not in self.private
            if not (values["exclude_archived"] == "1" and channel in self.archived)
        ]
        assert values["types"] == "public_channel,private_channel"
        start, most = int(values.get("cursor") or 0), min(20, int(values["limit"]))
        following = str(start + most) if len(there) > start + most else ""
        more = {"response_metadata": {"next_cursor": following}}
        return {"channels": there[start : start + most], **more}

    def _users(self, values: Values) -> Values:
        """Everybody of this workspace, fifty on a page, whatever was asked for."""
        if not 0 < int(values.get("limit") or 0) < 1_000:
            raise Refused("limit_required")
        everybody = sorted({each for there in self.people.values() for each in there})
        home = [each for each in everybody if self.homes.get(each, TEAM) == TEAM]
        start = int(values.get("cursor") or 0)
        page = [{"id": each, "is_bot": each in self.bots} for each in home[start : start + 50]]
        following = str(start + 50) if len(home) > start + 50 else ""
        return {"members": page, "response_metadata": {"next_cursor": following}}

    def _react(self, values: Values) -> Values:
        if values in self.reactions:
            raise Refused("already_reacted")
        self.reactions.append(values)
        return {}

    def _connect(self, _: Values) -> Values:
        return {"url": self.socket_url}


def _refuse_wrong(view: Values) -> None:
    wrong = wrong_view(view) or sorted(set(view) - OF_A_VIEW)
    if wrong:
        raise Refused("invalid_arguments", response_metadata={"messages": wrong})


_METHODS: dict[str, tuple[Callable[[Any, Values], Values], str]] = {
    "auth.test": (Workspace._auth, ""),
    "views.open": (Workspace._open, ""),
    "views.push": (Workspace._push, ""),
    "views.update": (Workspace._change, ""),
    "views.publish": (Workspace._publish, ""),
    "chat.postEphemeral": (Workspace._whisper, "chat:write"),
    "chat.getPermalink": (Workspace._permalink, ""),
    "conversations.info": (Workspace._info, "channels:read"),
    "conversations.members": (Workspace._members, "channels:read"),
    "users.conversations": (Workspace._conversations, "groups:read"),
    "users.info": (Workspace._user, "users:read"),
    "users.list": (Workspace._users, "users:read"),
    "files.getUploadURLExternal": (Workspace._ask_upload, "files:write"),
    "files.completeUploadExternal": (Workspace._complete_upload, "files:write"),
    "reactions.add": (Workspace._react, "reactions:write"),
    "apps.connections.open": (Workspace._connect, "connections:write"),
}
