"""What every listener works with: use cases, Slack's Web API, and what may come after the ack."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.domain.problem import Problem
from bot.surfaces.slack import journal, views
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.received import Body, caller_of
from bot.usecases import set_up_channel
from bot.usecases.toolbox import Caller, Repeated, Toolbox
from bot.wording.texts import Texts

TIMEOUT = 10  # seconds
LANGUAGE = "nl"
TOO_LATE = "expired_trigger_id"
OPENED_BEFORE = "exchanged_trigger_id"  # a second delivery: the form is on the screen


@dataclass(frozen=True)
class Desk:
    """`client_for` gives the Web API of a workspace, `bot_user` is who we are there.

    `after` runs what comes after the ack; `wake` tells the sender that something became due.
    `reads_threads`: we are let to read the answers below our messages.
    """

    toolbox: Toolbox
    client_for: Callable[[str], WebClient]
    bot_user: str
    after: Executor
    wake: Callable[[], None]
    reads_threads: bool = False

    def shared(self, caller: Caller) -> Texts:
        """Texts in the language of the channel."""
        return self.texts(set_up_channel.show_channel(self.toolbox, caller).language)

    def private(self, caller: Caller) -> Texts:
        """Texts in the language of the person, else of the channel."""
        return self.texts(set_up_channel.language_of(self.toolbox, caller))

    def texts(self, language: str) -> Texts:
        """Texts in a language."""
        return Texts(language, self.toolbox.prompts.texts[language])

    def later(self, body: Body, work: Callable[[], object]) -> None:
        """Do `work` after the ack; what goes wrong is told to whoever asked."""
        self.after.submit(self._guarded, body, work)

    def tell(self, body: Body, error: Exception) -> None:
        """Tell who asked, in one sentence, what to do."""
        message = views.told(self.sentence(body, error))
        with suppress(Exception):  # nothing is left to tell it with; it stands in the log
            self.whisper(body, message)

    def sentence(self, body: Body, error: Exception) -> str:
        """What went wrong and what to do; what nobody expected stands in the log under an id."""
        problem, log_id = _problem_of(error), ""
        if problem is None:
            log_id = journal.failure("failed", error, delivery=caller_of(body).delivery or "")
        return views.error(problem or Problem("unexpected"), self._surely(body), log_id)

    def whisper(self, body: Body, message: Message, *, replace: bool = False) -> None:
        """Say something to one person; `replace` puts it where they pressed a button."""
        caller = caller_of(body)
        said: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
        if url := body.get("response_url"):
            hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
            hook.send_dict({"response_type": "ephemeral", "replace_original": replace, **said})
        else:
            client = self.client_for(caller.tenant)
            client.chat_postEphemeral(channel=caller.channel, user=caller.person, **said)

    def open_form(self, body: Body, form: Block) -> None:
        """Show a form, on top of the one it was asked for in if there is one."""
        client = self.client_for(caller_of(body).tenant)
        show = client.views_push if body.get("view") else client.views_open
        show(trigger_id=body["trigger_id"], view=form)

    def update_form(self, body: Body, view_id: str, form: Block) -> None:
        """Replace what a form shows."""
        self.client_for(caller_of(body).tenant).views_update(view_id=view_id, view=form)

    def _guarded(self, body: Body, work: Callable[[], object]) -> None:
        try:
            work()
        except Repeated:
            pass  # it was done, and told, the first time
        except Exception as error:  # noqa: BLE001  the last one who can tell anybody
            if _code(error) != OPENED_BEFORE:
                self.tell(body, error)

    def _surely(self, body: Body) -> Texts:
        """Private texts, also when the database is what went wrong."""
        with suppress(Exception):
            return self.private(caller_of(body))
        return self.texts(LANGUAGE)


def _problem_of(error: Exception) -> Problem | None:
    """What Slack or a use case refused, as something with a sentence."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, SlackApiError) and _code(error) == "missing_scope":
        return Problem("missing_scope", scope=str(error.response.get("needed") or "–"))
    if _code(error) in {"not_in_channel", "channel_not_found"}:
        return Problem("not_in_channel")
    if _code(error) == TOO_LATE:
        return Problem("too_late")
    return None


def _code(error: Exception) -> str:
    """What Slack calls it; empty for what Slack did not say."""
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
