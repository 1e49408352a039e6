"""What every listener works with: use cases, Slack's Web API, and what may come after the ack."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.domain.problem import Problem
from bot.surfaces.slack import journal, views
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.received import Body, caller_of, of_form
from bot.usecases import set_up_channel
from bot.usecases.toolbox import Caller, Repeated, Toolbox
from bot.wording.texts import Texts

TIMEOUT = 10  # seconds
LANGUAGE = "nl"


@dataclass(frozen=True)
class Identity:
    """The bot as Slack knows it in one workspace."""

    tenant: str
    bot_user: str
    bot: str


@dataclass(frozen=True)
class Desk:
    """`client_for` gives the Web API of a workspace; `after` runs what may come after the ack;
    `wake` tells the sender that something became due."""

    toolbox: Toolbox
    client_for: Callable[[str], WebClient]
    identity: Identity
    after: Executor
    wake: Callable[[], None]
    reads_threads: bool = False

    def shared(self, caller: Caller) -> Texts:
        """Texts in the language of the channel."""
        return self._texts(set_up_channel.show_channel(self.toolbox, caller).language)

    def private(self, caller: Caller) -> Texts:
        """Texts in the language of the person, else of the channel."""
        return self._texts(set_up_channel.language_of(self.toolbox, caller))

    def later(self, body: Body, work: Callable[[], None]) -> None:
        """Do `work` after the ack; what goes wrong is told to whoever asked."""
        self.after.submit(self.guarded, body, work)

    def guarded(self, body: Body, work: Callable[[], None]) -> None:
        """Do `work` now; what goes wrong is told to whoever asked, what was done before is not
        done again."""
        try:
            work()
        except Repeated:
            pass
        except Exception as error:  # noqa: BLE001  the last one who can tell anybody
            self.tell(body, error)

    def tell(self, body: Body, error: Exception) -> None:
        """Tell who asked, in one sentence, what to do."""
        with suppress(Exception):  # nothing is left to tell it with; it stands in the log
            self.whisper(body, views.told(self.sentence(body, error)))

    def sentence(self, body: Body, error: Exception) -> str:
        """What went wrong and what to do; what nobody expected stands in the log under an id."""
        problem = _problem_of(error)
        log_id = ""
        if problem is None:
            log_id = journal.failure("failed", error, delivery=caller_of(body).delivery or "")
        return views.error(problem or Problem("unexpected"), self._private_or_ours(body), log_id)

    def whisper(self, body: Body, message: Message, *, replace: bool = False) -> None:
        """Say something to one person; `replace` puts it where they pressed a button."""
        caller = caller_of(body)
        what = {"text": message.text, "blocks": list(message.blocks)}
        if url := body.get("response_url"):
            hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
            hook.send_dict({"response_type": "ephemeral", "replace_original": replace, **what})
        else:
            client = self.client_for(caller.tenant)
            client.chat_postEphemeral(channel=caller.channel, user=caller.person, **what)

    def open_form(self, body: Body, form: Block) -> None:
        """Show a form; on top of the one it was asked for in, if there is one."""
        client = self.client_for(caller_of(body).tenant)
        show = client.views_push if body.get("view") else client.views_open
        show(trigger_id=body["trigger_id"], view=form)

    def update_form(self, body: Body, form: Block, *, below: bool = False) -> None:
        """Replace the form something was chosen in, or the one `below` the form that came back."""
        view = body["view"]
        which = {"view_id": view["root_view_id"]} if below else {"view_id": view["id"]}
        if below:
            which = {"view_id": of_form(body)["below"]}
        self.client_for(caller_of(body).tenant).views_update(view=form, **which)

    def _private_or_ours(self, body: Body) -> Texts:
        """Also when the database is what went wrong."""
        try:
            return self.private(caller_of(body))
        except Exception:  # noqa: BLE001
            return self._texts(LANGUAGE)

    def _texts(self, language: str) -> Texts:
        return Texts(language, self.toolbox.prompts.texts[language])


def _problem_of(error: Exception) -> Problem | None:
    """What Slack or a use case refused, as something with a sentence."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, SlackApiError):
        code = error.response.get("error")
        if code == "missing_scope":
            return Problem("missing_scope", scope=str(error.response.get("needed") or "–"))
        if code in {"not_in_channel", "channel_not_found"}:
            return Problem("not_in_channel")
    return None
