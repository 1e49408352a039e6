"""Posts what is due to Slack: one request for each claim, so that every outcome is kept at once.

Slack can't be asked to post only once. So every message carries our key in its metadata, and after
a try whose outcome nobody saw the channel is searched for it before anything is posted again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPException
from itertools import count
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.surfaces.slack import page_file, posted_before
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.pace import Pace
from bot.surfaces.slack.posted_before import EVENT_TYPE, place
from bot.surfaces.slack.refusals import BAD_BLOCKS, GONE, code_of, meaning, pointers, was_never_sent
from bot.usecases import deliver
from bot.usecases.check_messages import hindrance
from bot.usecases.delivery import Asker, Busy, Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.make_digest import SHARE
from bot.usecases.tell_managers import PageView
from bot.usecases.toolbox import Toolbox, Untold
from bot.wording.texts import Texts

TIMEOUT = 10  # seconds
MOST_TEXT = 4000  # characters of an updated message; of a new one more, but it will be updated

log = logging.getLogger(__name__)

Render = Callable[[Delivery], Sequence[Message]]


def client(token: str, base_url: str) -> WebClient:
    """A client that sends a request once: its own retry would post twice."""
    return WebClient(token, base_url, timeout=TIMEOUT, retry_handlers=[])


@dataclass(frozen=True)
class Step:
    """A part that is not as it should be. Without `message` it is left over and goes.

    Without `reference` it has to be posted, in the thread of `thread` if there is one. Without both
    an earlier try may have posted it, and it is looked for.
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
        self._shut_out: set[str] = set()
        self._pace = Pace(toolbox.clock)

    def post(self, delivery: Delivery) -> None:
        """Bring one message of a record up to date and keep what came of it."""
        request = _Request(self._toolbox, self._client_for(delivery.job.tenant), delivery)
        try:
            outcome = self._bring(request)
        except Untold as untold:
            deliver.not_told(self._toolbox, delivery.job, untold, uncertain=False)
            return
        self._notice(delivery.job.tenant, outcome)
        if outcome:
            if not (isinstance(outcome, Later) and delivery.job.attempts):  # what waits, once
                log.info("not delivered", extra={"key": delivery.job.key, "outcome": repr(outcome)})
            asker = deliver.failed(self._toolbox, delivery, outcome)
            if asker and isinstance(outcome, Ended):
                self._tell(request, asker, outcome.reason)

    def _bring(self, request: _Request) -> Outcome | None:
        """What hindered it. Raises Untold where what Slack says of the people there forbids it."""
        delivery = request.delivery
        try:
            messages = [] if delivery.gone else self._render(delivery)
        except Untold as untold:
            if delivery.parts or not delivery.job.uncertain:
                raise
            messages, delivery = [], replace(delivery, view=untold)
            request = replace(request, delivery=delivery)
        except (SlackApiError, OSError, HTTPException) as error:  # it asked Slack who is there
            return _unasked(error, in_doubt=delivery.job.uncertain)
        if isinstance(delivery.view, PageView):
            return page_file.bring(self._toolbox, request.client, delivery, delivery.view)
        steps = list(steps_of(delivery, messages))
        if steps:
            return self._pace.judged(delivery, _outcome(request, steps))
        deliver.up_to_date(self._toolbox, delivery)
        return None

    def _notice(self, tenant: str, outcome: Outcome | None) -> None:
        """Say once that a workspace shuts us out, not for every message that waits."""
        reason = outcome.reason if isinstance(outcome, Later) else None
        if reason is None:
            self._shut_out.discard(tenant)
        elif tenant not in self._shut_out:
            self._shut_out.add(tenant)
            log.error("shut out", extra={"tenant": tenant, "reason": reason})

    def _tell(self, request: _Request, asker: Asker, reason: str) -> None:
        """Tell who asked, once, that it can't be posted; when that fails too the log has it."""
        texts = Texts(asker.language, self._toolbox.prompts.texts[asker.language])
        why = hindrance(reason)
        shared = request.delivery.job.kind == SHARE
        key = f"slack.job.told_share.{why}" if shared else f"slack.job.told.{why}"
        said = texts.say(key, reason=reason)
        try:
            request.client.chat_postEphemeral(
                channel=request.delivery.channel, user=asker.person, text=said
            )
        except (SlackApiError, OSError, HTTPException):
            log.warning("asker not told", extra={"key": request.delivery.job.key})


def steps_of(delivery: Delivery, messages: Sequence[Message]) -> Iterator[Step]:
    """What has to be done, first what is not there at all.

    So a try that may have posted something can only have posted the first part that is missing.
    """
    parts, first = delivery.parts, delivery.parts.get(1)
    thread = delivery.thread or (first.reference if first else None)
    numbered = dict(enumerate(messages, 1))
    if not messages or any(shown.leaving for shown in parts.values()):
        yield from _removals(delivery, thread)
        parts = {}
    for part, message in numbered.items():
        if part not in parts:
            yield Step(part, message, None, thread)
    for part, shown in parts.items():
        wanted = numbered.get(part)
        if wanted is None or version(wanted) != shown.version:
            yield Step(part, wanted, shown.reference, thread)


def _removals(delivery: Delivery, thread: str | None) -> Iterator[Step]:
    """All parts go, those in the thread first; also one that may be there without our knowing."""
    if delivery.job.uncertain:
        missing = next(part for part in count(1) if part not in delivery.parts)
        yield Step(missing, None, None, thread)
    for part, shown in sorted(delivery.parts.items(), reverse=True):
        yield Step(part, None, shown.reference, thread)


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
        """Post, update or remove one part, and keep that it was done. Raises Untold where it is
        not to be posted."""
        if isinstance(self.delivery.view, Untold):
            raise self.delivery.view
        if step.message is None:
            if step.reference:
                self._call("chat_delete", **place(step.reference))
            deliver.removed(self.toolbox, self.delivery, [step.part], more=more)
            return
        if step.reference is None:
            reference, plain = self._post(step, step.message)
        else:
            reference = step.reference
            _, plain = self._show("chat_update", step.message, **place(reference))
        self.keep(step, reference, more=more, plain=plain)

    def keep(self, step: Step, reference: str, *, more: bool, plain: bool = False) -> None:
        """Keep that a part stands there and shows, or where `plain` only says, what it should."""
        shown, part = version(step.message) if step.message else 0, step.part
        deliver.posted(self.toolbox, self.delivery, part, reference, shown, more=more, plain=plain)

    def find(self, step: Step) -> str | None:
        """Where an earlier try posted this part, if it did."""
        return posted_before.reference_of(self.client, self.delivery, step.part, step.thread)

    def _post(self, step: Step, message: Message) -> tuple[str, bool]:
        where = {"channel": self.delivery.channel}
        if step.thread:
            where["thread_ts"] = place(step.thread)["ts"]
        key = {"key": self.delivery.key(step.part)}
        done, plain = self._show(
            "chat_postMessage",
            message,
            **where,
            metadata={"event_type": EVENT_TYPE, "event_payload": key},
            unfurl_links=False,
            unfurl_media=False,
        )
        return f"{done['channel']}/{done['ts']}", plain

    def _show(self, method: str, message: Message, **values: Any) -> tuple[Any, bool]:
        """Send a message; where Slack can't take its blocks, even without a chart, its text, which
        says the same.

        (Slack's answer, whether it was the text only.) The next change tries blocks again.
        """
        text = message.text
        if len(text) > MOST_TEXT:
            text = f"{text[: MOST_TEXT - 1]}…"
        for blocks in message.drawings:
            try:
                return self._call(method, text=text, blocks=list(blocks), **values), False
            except SlackApiError as error:
                if code_of(error) not in BAD_BLOCKS:
                    raise
                what = {"key": self.delivery.job.key, "pointers": pointers(error)}
                log.error("blocks refused", extra=what)  # noqa: TRY400  its words may quote people
        return self._call(method, text=text, blocks=[], **values), True

    def _call(self, method: str, **values: Any) -> Any:
        if not deliver.still_ours(self.toolbox, self.delivery):
            raise _NotOurs
        return getattr(self.client, method)(**values)


def _outcome(request: _Request, steps: Sequence[Step]) -> Outcome | None:
    """Take the first step; what hinders it, nothing when it was taken."""
    step, more, in_doubt = steps[0], len(steps) > 1, request.delivery.job.uncertain
    try:
        if step.is_post and in_doubt:
            reference = request.find(step)
            if reference:
                deliver.found(request.toolbox, request.delivery, step.part, reference)
                return None
            in_doubt = False
        request.take(step, more=more)
    except SlackApiError as error:
        if step.is_post and in_doubt and code_of(error) == "missing_scope":
            return Unknown("missing_scope")
        if code_of(error) in GONE and (request.delivery.thread or not step.is_post):
            return _gone(request, step, more=more)
        return meaning(error, posting=step.is_post, in_doubt=in_doubt)
    except (OSError, HTTPException) as error:
        return Later(in_doubt or (step.is_post and not was_never_sent(error)))
    except _NotOurs:
        log.warning("took too long", extra={"key": request.delivery.job.key})
    return None


def _unasked(error: Exception, *, in_doubt: bool) -> Outcome:
    """What it means that Slack did not say who is there: nothing was posted now."""
    if not isinstance(error, SlackApiError):
        return Later(in_doubt)
    outcome = meaning(error, posting=False, in_doubt=in_doubt)
    if isinstance(outcome, Busy):  # for what was asked, not for messages
        return replace(outcome, everywhere=False)
    return outcome


def _gone(request: _Request, step: Step, *, more: bool) -> Outcome | None:
    """Somebody deleted the message: that is how they want it, unless they asked for it since."""
    toolbox, delivery = request.toolbox, request.delivery
    if step.is_post and step.thread and delivery.or_alone:
        return _outcome(request, [replace(step, thread=None)])
    if step.is_post:  # the message it should stand below
        return Ended(deliver.DELETED)
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
