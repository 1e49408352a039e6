"""Who gets figures that come by themselves, as Slack tells right before they are posted."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.surfaces.slack import whereabouts
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.membership import UNSEEN, asking, is_shared, member_of
from bot.surfaces.slack.received import PLATFORM
from bot.surfaces.slack.refusals import code_of
from bot.usecases.delivery import Delivery
from bot.usecases.toolbox import Caller, Untold

GONE = "recipient_gone"  # or never a person, or not to be seen
NOT_OURS = "recipient_not_ours"  # a guest, or of another organisation
SHARED = "channel_shared"  # with another organisation
ABSENT = "not_here"  # in the channel that it is about


def demand(desk: Desk, delivery: Delivery) -> None:
    """Raise Untold where figures may not go there. What stands there, stays.

    To a person: a full member of our organisation. To a channel: one that no other organisation
    shares; that we are in it posting tells. Raises what Slack raises.
    """
    if delivery.parts:
        return
    client = desk.client_for(delivery.job.tenant)
    check = _check_person if delivery.job.recipient_id else _check_channel
    reason = check(client, delivery)
    if reason:
        raise Untold(reason)


def places(desk: Desk, delivery: Delivery) -> frozenset[str]:
    """The channels that the one person it goes to is in now. Raises what Slack raises."""
    there = Caller(PLATFORM, delivery.job.tenant, "", delivery.channel)
    return whereabouts.places_of(desk, there) or frozenset()


def _check_person(client: WebClient, delivery: Delivery) -> str | None:
    try:
        user = client.users_info(user=delivery.channel)["user"]
    except SlackApiError as error:
        if code_of(error) in UNSEEN:
            return GONE
        raise
    member = member_of(user, delivery.job.tenant, asking(client))
    if member.gone:
        return GONE
    return None if member.full else NOT_OURS


def _check_channel(client: WebClient, delivery: Delivery) -> str | None:
    channel = client.conversations_info(channel=delivery.channel)["channel"]
    return SHARED if is_shared(channel) else None
