"""Posts what is due to Slack: one request for each claim, so that every outcome is kept at once.

Slack can't be asked to post only once. So every message carries our key in its metadata, and after
a try whose outcome nobody saw the channel is searched for it before anything is posted again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.surfaces.slack.block_kit import Message
from bot.usecases import deliver
from bot.usecases.deliver import Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.toolbox import Toolbox

TIMEOUT = 10  # seconds
PACE = timedelta(seconds=1)  # between two messages in a channel
EVENT_TYPE = "klantvraag"
MOST_TEXT = 4000  # characters of an updated message; of a new one more, but it will be updated
SKEW = timedelta(minutes=10)  # how far Slack's clock may be from ours
PAGE = 200

BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
GONE = {"message_not_found", "thread_not_found"}
HICCUPS = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
NEVER_SENT = (ConnectionRefusedError, socket.gaierror)

log = logging.getLogger(__name__)

Render = Callable[[Delivery], Sequence[Message]]


def client(token: str, base_url: str) -> WebClient:
    """A client that sends a request once: its own retry would post twice."""
    return WebClient(token, base_url, timeout=TIMEOUT, retry_handlers=[])


@dataclass(frozen=True)
class Step:
    """A part that is not as it should be. Without `message` it is left over and goes.

    Without `reference` it has to be posted, in the thread of `thread` if there is one.
    """

    part: int
    message: Message | None
    reference: str | None
    thread: str | None

    @property
    def is_post(self) -> bool:
        """Whether doing it twice makes two messages."""
        return self.reference is None


class Sender:
    """`client_for` gives a workspace's client by its Slack id; `render` the parts of a record."""

    def __init__(
        self, client_for: Callable[[str], WebClient], toolbox: Toolbox, render: Render
    ) -> None:
        self._client_for = client_for
        self._toolbox = toolbox
        self._render = render
        self._free_at: dict[tuple[str, str], datetime] = {}

    def post(self, delivery: Delivery) -> None:
        """Bring one message of a record up to date and keep what came of it."""
        steps = list(steps_of(delivery, self._render(delivery)))
        if not steps:
            deliver.up_to_date(self._toolbox, delivery)
            return
        request = _Request(self._toolbox, self._client_for(delivery.job.tenant), delivery)
        outcome = self._hold(delivery) or _outcome(request, steps)
        if isinstance(outcome, Later) and outcome.seconds:
            self._hold_for(delivery, timedelta(seconds=outcome.seconds))
        if outcome:
            log.info("not delivered", extra={"key": delivery.job.key, "outcome": repr(outcome)})
            deliver.failed(self._toolbox, delivery, outcome)

    def _hold(self, delivery: Delivery) -> Later | None:
        """How long the channel must wait for its next message; nothing when it is free."""
        place, now = (delivery.job.tenant, delivery.channel), self._toolbox.clock()
        wait = (self._free_at.get(place, now) - now).total_seconds()
        if wait > 0:
            return Later(wait)
        self._free_at[place] = now + PACE
        return None

    def _hold_for(self, delivery: Delivery, time: timedelta) -> None:
        self._free_at[delivery.job.tenant, delivery.channel] = self._toolbox.clock() + time


def steps_of(delivery: Delivery, messages: Sequence[Message]) -> Iterator[Step]:
    """What has to be done, first what is not there at all.

    So a try that may have posted something can only have posted the first part that is missing.
    """
    first = delivery.parts.get(1)
    thread = first.reference if first else None
    numbered = dict(enumerate(messages, 1))
    for part, message in numbered.items():
        if part not in delivery.parts:
            yield Step(part, message, None, thread)
    for part, shown in delivery.parts.items():
        wanted = numbered.get(part)
        if wanted is None or version(wanted) != shown.version:
            yield Step(part, wanted, shown.reference, thread)


def version(message: Message) -> int:
    """A number that tells a message from any other; never that of one in doubt."""
    shown = json.dumps([message.text, message.blocks], sort_keys=True).encode()
    return int.from_bytes(hashlib.sha256(shown).digest()[:7]) + 1


class _NotOurs(Exception):
    """The lease ran out: somebody else may be at it."""


@dataclass(frozen=True)
class _Request:
    """One delivery's dealings with Slack."""

    toolbox: Toolbox
    client: WebClient
    delivery: Delivery

    def take(self, step: Step, *, more: bool) -> None:
        """Post, update or remove one part, and keep that it was done."""
        if step.message is None:
            self._call("chat_delete", **_place(step.reference))
            deliver.removed(self.toolbox, self.delivery, [step.part], more=more)
            return
        if step.reference is None:
            reference = self._post(step, step.message)
        else:
            reference = step.reference
            self._show("chat_update", step.message, **_place(reference))
        self.keep(step, reference, more=more)

    def keep(self, step: Step, reference: str, *, more: bool) -> None:
        """Keep that a part stands there and shows what it should."""
        shown = version(step.message) if step.message else 0
        deliver.posted(self.toolbox, self.delivery, step.part, reference, shown, more=more)

    def find(self, step: Step) -> str | None:
        """Where an earlier try posted this part, if it did."""
        method, where = "conversations_history", {"channel": self.delivery.channel}
        if step.thread:
            method, where = "conversations_replies", _place(step.thread)
        since = datetime.fromisoformat(self.delivery.job.since).astimezone(UTC) - SKEW
        cursor: str | None = ""
        while cursor is not None:
            page = getattr(self.client, method)(
                **where,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor or None,
            )
            for message in page["messages"]:
                if self._is_ours(message, step.part):
                    return f"{self.delivery.channel}/{message['ts']}"
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        return None

    def _is_ours(self, message: Mapping[str, Any], part: int) -> bool:
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        return metadata.get("event_type") == EVENT_TYPE and payload.get("key") == self.delivery.key(
            part
        )

    def _post(self, step: Step, message: Message) -> str:
        where = {"channel": self.delivery.channel}
        if step.thread:
            where["thread_ts"] = _place(step.thread)["ts"]
        key = {"key": self.delivery.key(step.part)}
        done = self._show(
            "chat_postMessage",
            message,
            **where,
            metadata={"event_type": EVENT_TYPE, "event_payload": key},
            unfurl_links=False,
            unfurl_media=False,
        )
        return f"{done['channel']}/{done['ts']}"

    def _show(self, method: str, message: Message, **values: Any) -> Any:
        """Send a message; where Slack can't take its blocks, its text, which says the same."""
        text = message.text
        if len(text) > MOST_TEXT:
            text = f"{text[: MOST_TEXT - 1]}…"
        try:
            return self._call(method, text=text, blocks=list(message.blocks), **values)
        except SlackApiError as error:
            if _code(error) not in BAD_BLOCKS:
                raise
            log.error("blocks refused", extra={"key": self.delivery.job.key})  # noqa: TRY400
            return self._call(method, text=text, blocks=[], **values)

    def _call(self, method: str, **values: Any) -> Any:
        if not deliver.still_ours(self.toolbox, self.delivery):
            raise _NotOurs
        return getattr(self.client, method)(**values)


def _outcome(request: _Request, steps: Sequence[Step]) -> Outcome | None:
    """Take the first step; what hinders it, nothing when it was taken."""
    step, more = steps[0], len(steps) > 1
    try:
        if step.is_post and request.delivery.job.uncertain:
            reference = request.find(step)
            if reference:
                deliver.found(request.toolbox, request.delivery, step.part, reference)
                return None
        request.take(step, more=more)
    except SlackApiError as error:
        return _refused(request, step, error, more=more)
    except (OSError, HTTPException) as error:
        return Later(uncertain=step.is_post and not _was_never_sent(error))
    except _NotOurs:
        log.warning("took too long", extra={"key": request.delivery.job.key})
    return None


def _refused(request: _Request, step: Step, error: SlackApiError, *, more: bool) -> Outcome | None:
    """What Slack's answer means; nothing when all is well in spite of it."""
    code, response = _code(error), error.response
    if response.status_code == 429 or code in {"ratelimited", "rate_limited"}:
        return Later(float(response.headers.get("Retry-After") or 1))
    if response.status_code >= 500 or code in HICCUPS or not re.fullmatch("[a-z_]+", code):
        return Later(uncertain=step.is_post)
    if code == "missing_scope" and request.delivery.job.uncertain and step.is_post:
        return Unknown(code)
    if code in GONE and not step.is_post:
        return _gone(request, step, more=more)
    return Ended(code)


def _gone(request: _Request, step: Step, *, more: bool) -> Outcome | None:
    """Somebody deleted the message: that is how they want it, unless they asked for it since."""
    toolbox, delivery = request.toolbox, request.delivery
    if step.message is None:
        deliver.removed(toolbox, delivery, [step.part], more=more)
    elif delivery.parts[step.part].in_doubt:  # without its first message a thread is lost too
        lost = list(delivery.parts) if step.part == 1 else [step.part]
        deliver.removed(toolbox, delivery, lost, more=True)
    elif step.part == 1:
        return Ended(deliver.DELETED)
    else:
        request.keep(step, step.reference or "", more=more)
    return None


def _was_never_sent(error: Exception) -> bool:
    reason = error.reason if isinstance(error, URLError) else error
    return isinstance(reason, NEVER_SENT)


def _code(error: SlackApiError) -> str:
    data = error.response.data
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _place(reference: str | None) -> dict[str, str]:
    """The channel and ts of a message by its reference."""
    channel, _, ts = (reference or "").partition("/")
    return {"channel": channel, "ts": ts}
