"""An office whose channels met last week, and what comes of it to whoever subscribed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.answer import Certainty
from bot.domain.observation import Observed
from bot.domain.schedule import Came, Occasion
from bot.storage import channel_choices, channels, jobs, occurrences, subscriptions
from bot.storage.occurrences import Occurrence
from bot.storage.subscriptions import Subscription
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office
from tests.slack.stand_in import Values
from tests.slack.workspace import BOT, TEAM
from tests.usecases.organisation import Held, Item, Organisation

OURS = Caller("slack", TEAM, "C1", "UFATIMA")
LAST_WEEK = "2026-W47"
MEETINGS = 3  # of each channel, each of 8 people
ITEMS = (
    Item(Observed.CAME_UP, Certainty.KNOW, changed=True),
    Item(Observed.CAME_UP, Certainty.DONT_KNOW),
    Item(Observed.DID_NOT),
    Item(Observed.DID_NOT, Certainty.ASSUME),
)


def meets(
    toolbox: Toolbox, levels: Mapping[str, str | None], days: Iterable[int] = (17,), people: int = 8
) -> None:
    """Channels of these levels, all of which take part, each with meetings on days of November."""
    organisation = Organisation(toolbox, OURS)
    with toolbox.write(OURS) as session:
        for name, level in levels.items():
            organisation.add_channel(session, name, level)
            for day in days:
                for _ in range(MEETINGS):
                    held = Held(name, date(2026, 11, day), ITEMS, (people,))
                    organisation.hold(session, held)
    for name in levels:
        takes_part(toolbox, name)


def takes_part(toolbox: Toolbox, name: str, *, outside: bool | None = True) -> None:
    """A channel chose that its figures count elsewhere, or that they do not."""
    with toolbox.write(OURS) as session:
        channel_id = channels.find(session, "slack", name) or ""
        before = channel_choices.of_channel(session, channel_id)
        channel_choices.keep(session, channel_id, replace(before, outside=outside))


def the_one(toolbox: Toolbox) -> Subscription:
    """What somebody subscribed to."""
    with toolbox.read(OURS) as session:
        (found,) = subscriptions.active(session)
    return found


def comes(office: Office, period: str = LAST_WEEK, one: Subscription | None = None) -> str:
    """The digest of a period is due and brought, as far as it may be; returns our id of that."""
    one, now = one or the_one(office.toolbox), office.toolbox.now()
    with office.toolbox.write(OURS) as session:
        what = Occurrence(
            Occasion.MANAGERS_DIGEST,
            one.id,
            now,
            period,
            Came.DUE,
            channel_id=one.channel_id,
            recipient_id=one.recipient_id,
        )
        due = occurrences.add(session, what, now)
        assert due is not None
        if one.recipient_id:
            jobs.tell(session, "slack", Occasion.MANAGERS_DIGEST, due, one.recipient_id, now)
        else:
            jobs.refresh(session, "slack", Occasion.MANAGERS_DIGEST, due, now)
    brings(office)
    return due


def brings(office: Office) -> None:
    """Something else happens, after which all that is due is brought."""
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")


def introduced(office: Office, *names: str) -> None:
    """We are taken into channels."""
    for name in names:
        office.slack.invite(name)
        office.event(type="member_joined_channel", channel=name, user=BOT)


def digests(office: Office, channel: str = "C1") -> list[Values]:
    """The digests in a channel."""
    found = office.slack.messages(channel)
    return [it for it in found if it["text"].startswith(("Week ", "Oktober", "October"))]


def became(office: Office, occurrence_id: str) -> tuple[Came, str | None]:
    """What became of it, and why."""
    with office.toolbox.read(OURS) as session:
        one = occurrences.find(session, occurrence_id)
    assert one is not None
    return one.state, one.reason
