"""Deliver: hand out what has to be shown on a surface, and keep what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.problem import Problem
from bot.domain.view import ClosingView, DigestView, MeetingView
from bot.storage import (
    channels,
    claims,
    deliveries,
    drafts,
    jobs,
    listeners,
    people,
    posted_messages,
)
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.posted_messages import Posted
from bot.usecases.make_digest import SHARE, view_of_share
from bot.usecases.set_up_channel import INTRODUCTION, LEFT, ChannelView, view_of_channel
from bot.usecases.show_meeting import CLOSING, MEETING, closing_of, view_of
from bot.usecases.tell_changes import SETTINGS_CHANGE, ChangeView, view_of_change
from bot.usecases.toolbox import Toolbox

LEASE = 60.0  # seconds a sender has
MARGIN = 15.0  # what must be left of them before a request, which takes 10 s at most
PACE = 1.0  # between two messages in a channel
LONGEST_BACK_OFF = 300.0
DELETED = "deleted"  # by people, who want it away
REMEMBERED = 24 * 3600.0  # platforms come back with a delivery for an hour at most
LONG_GONE = 30 * REMEMBERED


View = MeetingView | ClosingView | ChannelView | DigestView | ChangeView


@dataclass(frozen=True)
class Asker:
    """Who asked for something, by the platform's id, and the language to tell them in."""

    person: str
    language: str


@dataclass(frozen=True)
class Delivery:
    """A record to show as it stands now, in a channel by its platform's id.

    `parts` are the messages that show it already, by their number from 1. `asker` is to be told
    when it can't be. `thread` is the message it stands below, None for one of its own. With
    `or_alone` it is posted by itself where that message is gone.
    """

    job: Job
    channel: str
    view: View
    parts: Mapping[int, Posted]
    asker: Asker | None = None
    thread: str | None = None
    or_alone: bool = False

    @property
    def gone(self) -> bool:
        """Whether nothing of it is to be seen: withdrawn, or below what is being posted anew."""
        if isinstance(self.view, ClosingView):
            return self.view.meeting.withdrawn or self.thread is None
        return isinstance(self.view, MeetingView) and self.view.withdrawn

    def key(self, part: int) -> str:
        """What a part is recognised by on its platform; says nothing but our id."""
        return jobs.key_of(posted_messages.kind_of(self.job.kind, part), self.job.record_id)


@dataclass(frozen=True)
class Later:
    """Not now, but after a back-off that grows. `uncertain`: something may have been posted.

    `reason` is the platform's word where it lets nothing of ours in until a person mends that.
    """

    uncertain: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Busy:
    """Nothing for so many seconds in this channel, or `everywhere` in this workspace."""

    seconds: float
    everywhere: bool
    uncertain: bool = False


@dataclass(frozen=True)
class Ended:
    """It can't succeed; `reason` is the platform's word."""

    reason: str
    uncertain: bool = False


@dataclass(frozen=True)
class Unknown:
    """It may have been posted and there is no way to look; `reason` is the platform's word."""

    reason: str


Outcome = Later | Busy | Ended | Unknown


def show(
    session: Session,
    surface: str,
    kind: str,
    record_id: str,
    now: str,
    person_id: str | None = None,
) -> None:
    """Have a record posted, as this person asked; anew where somebody deleted its message.

    Raises Problem "not_in_channel" where we left.
    """
    if posted_messages.place(session, record_id) is None:
        raise Problem("not_in_channel")
    posted_messages.doubt(session, kind, record_id, surface)
    jobs.refresh(session, surface, kind, record_id, now, person_id=person_id)


def stands(session: Session, surface: str, kind: str, record_id: str) -> bool:
    """Whether a record's message is in its channel, as far as we know."""
    return stands_at(session, surface, kind, record_id) is not None


def stands_at(session: Session, surface: str, kind: str, record_id: str) -> str | None:
    """Where a record's first message stands; None where we know that it does not."""
    posted = posted_messages.reference(session, kind, record_id, surface)
    job = jobs.find(session, kind, record_id)
    return None if job and job.reason == DELETED else posted


def next_delivery(toolbox: Toolbox, surface: str, *, only_in: str | None = None) -> Delivery | None:
    """What has been due longest, ours until the lease runs out; None when nothing is due.

    From all workspaces in the database, or `only_in` the one of this tenant.
    """
    while job := claims.claim(
        toolbox.database,
        surface,
        toolbox.now(),
        toolbox.now(LEASE),
        toolbox.now(PACE),
        only_in=only_in,
    ):
        with toolbox.database.read(job.workspace_id) as session:
            delivery = _load(session, toolbox, job)
        if delivery:
            return delivery
        with toolbox.database.write(job.workspace_id) as session:
            claims.ended(session, job, LEFT, toolbox.now(), uncertain=job.uncertain)
    return None


def still_ours(toolbox: Toolbox, delivery: Delivery) -> bool:
    """Whether there is time for a request; to be asked right before each."""
    with toolbox.database.read(delivery.job.workspace_id) as session:
        return claims.still_ours(session, delivery.job, toolbox.now(MARGIN))


def posted(
    toolbox: Toolbox,
    delivery: Delivery,
    part: int,
    reference: str,
    version: int,
    *,
    more: bool,
    plain: bool = False,
) -> None:
    """A part stands there and shows this version; with `more` another message has to follow.

    `plain`: its text only, as the platform refused its buttons.
    """
    job, shown = delivery.job, Posted(reference, version, plain)
    with toolbox.database.write(job.workspace_id) as session:
        posted_messages.keep(
            session, job.kind, job.record_id, job.surface, part, shown, toolbox.now()
        )
        if (job.kind, part) == (MEETING, 1) and 1 not in delivery.parts:
            jobs.changed(session, CLOSING, job.record_id, toolbox.now())  # it stands in its thread
        _go_on(session, toolbox, job, more=more)


def found(toolbox: Toolbox, delivery: Delivery, part: int, reference: str) -> None:
    """An earlier try had posted a part, who knows in which version."""
    posted(toolbox, delivery, part, reference, posted_messages.IN_DOUBT, more=True)


def removed(toolbox: Toolbox, delivery: Delivery, parts: Iterable[int], *, more: bool) -> None:
    """These parts are gone; with `more` another message has to follow."""
    job = delivery.job
    with toolbox.database.write(job.workspace_id) as session:
        for part in parts:
            if part == 1:
                place = job.kind, job.record_id, job.surface
                posted_messages.remember(session, *place, toolbox.now())
            posted_messages.forget(session, job.kind, job.record_id, job.surface, part)
        _go_on(session, toolbox, job, more=more)


def up_to_date(toolbox: Toolbox, delivery: Delivery) -> None:
    """All parts show the record as it stands; nothing had to be sent."""
    with toolbox.database.write(delivery.job.workspace_id) as session:
        claims.delivered(session, delivery.job, toolbox.now())


def failed(toolbox: Toolbox, delivery: Delivery, outcome: Outcome) -> Asker | None:
    """It was not delivered: again later, never, or not without a person.

    Who is to be told now that it is not there, and won't be.
    """
    job, now = delivery.job, toolbox.now()
    with toolbox.database.write(job.workspace_id) as session:
        match outcome:
            case Ended(reason, uncertain):
                ours = claims.ended(session, job, reason, now, uncertain=uncertain)
                absent = not delivery.parts and not uncertain
                return delivery.asker if ours and absent else None
            case Unknown(reason):
                claims.unknown(session, job, reason, now)
            case Busy(seconds, everywhere, uncertain):
                free_at, tries = toolbox.now(seconds), job.attempts
                channels.hold(session, None if everywhere else job.channel_id, free_at)
                claims.again(session, job, free_at, now, attempts=tries, uncertain=uncertain)
            case Later(uncertain, reason):
                tries = job.attempts + 1
                due_at = toolbox.now(_back_off(tries))
                claims.again(
                    session, job, due_at, now, attempts=tries, uncertain=uncertain, reason=reason
                )
    return None


def deliver_again(toolbox: Toolbox, key: str) -> None:
    """Post what is unknown or ended once more, as a person asked. Raises Problem "no_job"."""
    for workspace_id, _, _ in toolbox.database.workspaces():
        with toolbox.database.write(workspace_id) as session:
            job = jobs.send_again(session, key, toolbox.now())
            if job:
                posted_messages.doubt(session, job.kind, job.record_id, job.surface)
                return
    raise Problem("no_job", message=key)


def tidy(toolbox: Toolbox) -> None:
    """Forget deliveries nobody brings any more, drafts nobody posts, processes that are gone."""
    for workspace_id, _, _ in toolbox.database.workspaces():
        with toolbox.database.write(workspace_id) as session:
            deliveries.forget_before(session, toolbox.now(-REMEMBERED))
            listeners.forget_before(session, toolbox.now(-LONG_GONE))
            drafts.forget_before(session, toolbox.now(-LONG_GONE))


def _load(session: Session, toolbox: Toolbox, job: Job) -> Delivery | None:
    """What to show; nothing where we left the channel."""
    channel = posted_messages.place(session, job.record_id)
    if channel is None:
        return None
    parts = posted_messages.parts(session, job.kind, job.record_id, job.surface)
    view = _view(session, toolbox, job)
    asker = people.account(session, job.person_id) if job.person_id else None
    who = Asker(asker[0], asker[1] or view.language) if asker else None
    thread = _thread(session, job)
    return Delivery(job, channel, view, parts, who, thread, job.kind == SETTINGS_CHANGE)


def _thread(session: Session, job: Job) -> str | None:
    """The message it stands below."""
    if job.kind == CLOSING:
        above = posted_messages.parts(session, MEETING, job.record_id, job.surface).get(1)
        return above.reference if above and not above.leaving else None
    if job.kind == SETTINGS_CHANGE and stands(session, job.surface, INTRODUCTION, job.channel_id):
        return posted_messages.reference(session, INTRODUCTION, job.channel_id, job.surface)
    return None


def _view(session: Session, toolbox: Toolbox, job: Job) -> View:
    if job.kind == INTRODUCTION:
        return view_of_channel(session, toolbox, job.record_id)
    if job.kind == CLOSING:
        return closing_of(session, job.record_id)
    if job.kind == SHARE:
        return view_of_share(session, toolbox, job.record_id)
    if job.kind == SETTINGS_CHANGE:
        language = view_of_channel(session, toolbox, job.channel_id).language
        return view_of_change(session, job.record_id, language)
    return view_of(session, job.record_id)


def _go_on(session: Session, toolbox: Toolbox, job: Job, *, more: bool) -> None:
    now = toolbox.now()
    if more:
        claims.again(session, job, toolbox.now(PACE), now, attempts=0, uncertain=False)
    else:
        claims.delivered(session, job, now)


def _back_off(attempts: int) -> float:
    """1, 2, 4 … seconds, five minutes at most."""
    return min(2.0 ** min(attempts - 1, 20), LONGEST_BACK_OFF)
