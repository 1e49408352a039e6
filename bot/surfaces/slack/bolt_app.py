"""The Bolt app: who we are, what is listened to, and what becomes of a listener that fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.view import ClosingView, DigestView, MeetingView
from bot.surfaces.slack import (
    answer_listeners,
    carry_over_listeners,
    change_listeners,
    closing_listeners,
    command_listeners,
    draft_listeners,
    figures_listeners,
    find_listeners,
    home_listeners,
    journal,
    meeting_listeners,
    next_week_listeners,
    note_listeners,
    outside_listeners,
    quiet_listeners,
    recipients,
    setup_listeners,
    subscription_listeners,
    thread_listeners,
    views,
)
from bot.surfaces.slack.access import refusal
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.membership import HISTORY
from bot.usecases.ask_outside import QuestionView
from bot.usecases.delivery import Delivery
from bot.usecases.quiet_weeks import QuietView
from bot.usecases.remind_next_week import ReminderView
from bot.usecases.set_up_channel import ChannelView
from bot.usecases.show_due import OneMessage
from bot.usecases.tell_changes import ChangeView
from bot.usecases.tell_digest import WeekView
from bot.usecases.tell_managers import PageView, SubscribedDigest
from bot.usecases.toolbox import Untold
from bot.wording.texts import Texts

LISTENERS = (  # Bolt asks one after another whose a delivery is: what comes most stands first
    answer_listeners,
    note_listeners,
    thread_listeners,
    meeting_listeners,
    change_listeners,
    closing_listeners,
    carry_over_listeners,
    command_listeners,
    draft_listeners,
    find_listeners,
    setup_listeners,
    home_listeners,
    figures_listeners,
    next_week_listeners,
    outside_listeners,
    quiet_listeners,
    subscription_listeners,
)


@dataclass(frozen=True)
class Identity:
    """The bot in the workspace its token opens; `scopes` are what it may do there.

    `url` is the workspace's own ("https://wonen.slack.com/").
    `everywhere`: the token opens all workspaces of an organisation.
    """

    tenant: str
    workspace: str
    bot_user: str
    bot: str
    scopes: frozenset[str]
    url: str
    everywhere: bool = False

    @property
    def only_in(self) -> str | None:
        """The one workspace we can post in, None where it is many."""
        return None if self.everywhere else self.tenant

    @property
    def history(self) -> frozenset[str]:
        """The scopes by which messages reach us."""
        return frozenset(HISTORY.values()) & self.scopes


def introduce(client: WebClient) -> Identity:
    """Ask Slack who we are. Raises Problem as `access.refusal` makes it."""
    try:
        found = client.auth_test()
    except (SlackApiError, OSError) as error:
        raise refusal(error, client.base_url) from None
    return Identity(
        tenant=found["team_id"],
        workspace=found["team"],
        bot_user=found["user_id"],
        bot=found["bot_id"],
        scopes=_scopes(found.headers),
        url=found["url"],
        everywhere=bool(found.get("is_enterprise_install")),
    )


def _scopes(headers: Mapping[str, str]) -> frozenset[str]:
    """What Slack says a token may do; headers have no fixed case."""
    given = {name.casefold(): value for name, value in headers.items()}
    scopes = given.get("x-oauth-scopes", "").split(",")
    return frozenset(scope.strip() for scope in scopes) - {""}


def build(desk: Desk, identity: Identity, signing_secret: str = "") -> App:
    """The app with all its listeners.

    Each listener runs before its answer goes out, so that what was acknowledged is kept. With an
    `authorize` of our own the environment's SLACK_CLIENT_ID does not turn OAuth on.
    """

    def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.tenant,
            bot_user_id=identity.bot_user,
            bot_id=identity.bot,
            bot_token=desk.client_for(identity.tenant).token,
        )

    app = App(
        process_before_response=True,
        token_verification_enabled=False,
        authorize=authorize,
        signing_secret=signing_secret,
    )
    app.error(_failed)
    for listeners in LISTENERS:
        listeners.register(app, desk)
    return app


def render(desk: Desk, delivery: Delivery) -> Sequence[Message]:
    """What a record looks like now, in the language of its channel."""
    view = delivery.view
    if isinstance(view, Untold):
        return []
    texts = desk.texts(view.language)
    if isinstance(view, WeekView | QuietView | SubscribedDigest | PageView):
        recipients.demand(desk, delivery)
    if isinstance(view, PageView):
        return []  # no message but a file, which the sender puts there
    if isinstance(view, MeetingView):
        return views.agenda(view, texts, reads_threads=desk.reads_threads)
    return [_message(desk, delivery, view, texts)]


def _message(desk: Desk, delivery: Delivery, view: OneMessage, texts: Texts) -> Message:
    match view:
        case ClosingView():
            message = views.closing(view, texts)
        case DigestView():
            message = views.shared_figures(view, texts)
        case SubscribedDigest():
            message = views.managers_digest_message(view, texts)
        case WeekView():
            message = views.week(view, texts)
        case QuietView():
            quiet_listeners.refuse_absent(desk, delivery, view)
            message = views.quiet(view, texts)
        case ChangeView():
            message = views.settings_changed(view, texts)
        case QuestionView():
            outside_listeners.refuse_private(desk, delivery)
            message = views.outside_question(view, texts)
        case ReminderView():
            here = next_week_listeners.still_here(desk, delivery, view)
            message = views.next_week(here, texts)
        case ChannelView():
            message = _introduction(desk, view, texts)
    return message


def _introduction(desk: Desk, view: ChannelView, texts: Texts) -> Message:
    settings = view.settings
    customer = settings.customer[view.language].one if view.set_up else None
    return views.introduction(
        customer,
        texts,
        reads_threads=desk.reads_threads,
        talk=settings.talk,
        digest=settings.digest,
    )


def _failed(error: Exception, body: Mapping[str, Any]) -> BoltResponse:
    """Not acknowledged: Slack delivers it again."""
    journal.failure("not heard", error, delivery=str(body.get("event_id") or ""))
    return BoltResponse(status=500, body="")
