"""What every listener works with: use cases, Slack's Web API, and what may come after the ack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.surfaces.slack import journal, views
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.received import Body, caller_of, records_of
from bot.surfaces.slack.refusals import BAD_BLOCKS, code_of
from bot.surfaces.slack.sender import TIMEOUT
from bot.usecases import set_up_channel, show_meeting
from bot.usecases.toolbox import Caller, Repeated, Toolbox
from bot.wording.texts import Texts

TOO_LATE = "expired_trigger_id"
PRESSED = "block_actions"
HOME = "home"  # a view that is no form
# A second delivery, whose form is on the screen; a form that was closed before it was redrawn.
QUIET = {"exchanged_trigger_id", "not_found"}


@dataclass(frozen=True)
class Desk:
    """`client_for` gives the Web API of a workspace, `bot_user` is who we are there.

    `after` runs what comes after the ack; `wake` tells the sender that something became due.
    `history` has the scopes by which messages reach us, in public channels or in private ones.
    `base` is the address of the workspace, below which its messages are found.
    """

    toolbox: Toolbox
    client_for: Callable[[str], WebClient]
    bot_user: str
    after: Executor
    wake: Callable[[], None]
    history: frozenset[str] = frozenset()
    base: str = ""

    @property
    def reads_threads(self) -> bool:
        """Whether answers below our messages reach us, in one kind of channel at least."""
        return bool(self.history)

    def private(self, caller: Caller, about: MeetingView | None = None) -> Texts:
        """Texts in the language of the person, else of the channel, else of what they are about."""
        return self._private(caller, about.language if about else None)

    def about(self, caller: Caller, meeting: MeetingView, texts: Texts) -> MeetingView:
        """A meeting as these texts tell of it: the channel's customer in their language."""
        if texts.language == meeting.language:
            return meeting
        customer = set_up_channel.channel_settings(self.toolbox, caller).customer
        return replace(meeting, customer=customer[texts.language].one)

    def texts(self, language: str) -> Texts:
        """Texts in a language."""
        return Texts(language, self.toolbox.prompts.texts[language])

    def later(self, body: Body, work: Callable[[], object]) -> None:
        """Do `work` after the ack; what goes wrong is told to whoever asked."""
        self.after.submit(self._guarded, body, work)

    def tell(self, body: Body, error: Exception, about: MeetingView | None = None) -> None:
        """Tell who asked, in one sentence, what to do: in the form they pressed something in."""
        sentence = self.sentence(body, error, about)
        try:
            if not self._told_in_form(body, sentence):
                self.whisper(body, views.told(sentence))
        except Exception as untold:  # noqa: BLE001  nothing is left to tell it with
            journal.failure("not told", untold, code=code_of(untold))

    def sentence(self, body: Body, error: Exception, about: MeetingView | None = None) -> str:
        """What went wrong and what to do; what nobody expected stands in the log under an id.

        `about` is needed where the body does not name what it is about, as a reply's.
        """
        problem, texts = _problem_of(error), self._surely(body, about)
        if problem and views.expects(problem):
            return views.error(problem, texts)
        code, delivery = problem.code if problem else code_of(error), caller_of(body).delivery or ""
        log_id = journal.failure("failed", error, delivery=delivery, code=code)
        return views.unexpected(log_id, texts)

    def whisper(self, body: Body, message: Message, *, replace: bool = False) -> None:
        """Say something to one person; `replace` puts it where they pressed a button.

        A response URL serves five times in half an hour, after that it is said in the channel.
        """
        _drawn(message, partial(self._whisper, body, message.text, replace=replace))

    def _whisper(self, body: Body, text: str, blocks: Sequence[Block], *, replace: bool) -> None:
        caller = caller_of(body)
        said: dict[str, Any] = {"text": text, "blocks": list(blocks)}
        how = {"response_type": "ephemeral", "replace_original": replace}
        if not _replied(str(body.get("response_url") or ""), how | said):
            client = self.client_for(caller.tenant)
            client.chat_postEphemeral(channel=caller.channel, user=caller.person, **said)

    def rewrite(self, body: Body, message: Message) -> None:
        """Replace the message, to one person or to all, in which something was pressed."""
        at, client = body["container"], self.client_for(caller_of(body).tenant)
        where = {"channel": at["channel_id"], "ts": at["message_ts"], "text": message.text}
        _drawn(message, lambda blocks: client.chat_update(**where, blocks=list(blocks)))

    def open_form(self, body: Body, form: Block) -> None:
        """Show a form, on top of the one it was asked for in if there is one."""
        client = self.client_for(caller_of(body).tenant)
        below = (body.get("view") or {}).get("type", HOME)
        show = client.views_open if below == HOME else client.views_push
        show(trigger_id=body["trigger_id"], view=form)

    def update_form(self, body: Body, view_id: str, form: Block, seen: str | None = None) -> None:
        """Replace what a form shows; only while it shows what was `seen`, by its hash."""
        client = self.client_for(caller_of(body).tenant)
        client.views_update(view_id=view_id, view=form, hash=seen)

    def publish_home(self, body: Body, home: Block, seen: str | None = None) -> None:
        """Replace what somebody sees at Home; only while it shows what was `seen`, by its hash."""
        caller = caller_of(body)
        client = self.client_for(caller.tenant)
        client.views_publish(user_id=caller.person, view=home, hash=seen)

    def _told_in_form(self, body: Body, sentence: str) -> bool:
        """Whether it stands in the form something was pressed in; not if that changed meanwhile."""
        view = body.get("view")
        if not view or body["type"] != PRESSED:
            return False
        with suppress(SlackApiError):
            refused, seen = views.refused(view, sentence), view.get("hash")
            if view["type"] == HOME:
                self.publish_home(body, refused, seen)
            else:
                self.update_form(body, view["id"], refused, seen)
            return True
        return False

    def _guarded(self, body: Body, work: Callable[[], object]) -> None:
        try:
            work()
        except Repeated:
            pass  # it was done, and told, the first time
        except Exception as error:  # noqa: BLE001  the last one who can tell anybody
            if code_of(error) not in QUIET:
                self.tell(body, error)

    def _surely(self, body: Body, about: MeetingView | None) -> Texts:
        """Private texts, also when the database is what went wrong."""
        caller, records = caller_of(body), records_of(body)
        with suppress(Exception):
            found = about.language if about else None
            found = found or show_meeting.language_of(self.toolbox, caller, records)
            return self._private(caller, found)
        return self.texts(FALLBACK_LANGUAGE)

    def _private(self, caller: Caller, otherwise: str | None) -> Texts:
        return self.texts(set_up_channel.language_of(self.toolbox, caller, otherwise))


def _problem_of(error: Exception) -> Problem | None:
    """What Slack or a use case refused, as something with a sentence."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, SlackApiError) and code_of(error) == "missing_scope":
        needed = error.response.get("needed")
        return Problem("missing_scope", scope=str(needed)) if needed else None
    if code_of(error) in {"not_in_channel", "channel_not_found"}:
        return Problem("not_in_channel")
    if code_of(error) == TOO_LATE:
        return Problem("too_late")
    return None


def _drawn(message: Message, show: Callable[[Sequence[Block]], object]) -> None:
    """Show the first of its drawings that Slack does not refuse."""
    *charted, without = message.drawings
    for blocks in charted:
        try:
            show(blocks)
        except SlackApiError as error:
            if code_of(error) not in BAD_BLOCKS:
                raise
        else:
            return
    show(without)


def _replied(url: str, said: Mapping[str, Any]) -> bool:
    """Whether Slack took an answer to its response URL; it refuses without an exception."""
    if not url:
        return False
    try:
        hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
        reply = hook.send_dict(dict(said))
    except OSError:
        return False
    return reply.status_code == HTTPStatus.OK and '"ok":false' not in reply.body.replace(" ", "")
