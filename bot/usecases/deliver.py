"""Deliver: hand out what has to be shown on a surface, and keep what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.problem import Problem
from bot.domain.schedule import Occasion
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
from bot.usecases import settle_occurrence, tell_managers
from bot.usecases.delivery import Asker, Busy, Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.set_up_channel import INTRODUCTION, LEFT
from bot.usecases.show_due import View, view_of_due
from bot.usecases.show_meeting import CLOSING, MEETING
from bot.usecases.tell_changes import SETTINGS_CHANGE
from bot.usecases.tell_managers import PAGE
from bot.usecases.toolbox import Toolbox, Untold

LEASE = 60.0  # seconds a sender has
MARGIN = 15.0  # what must be left of them before a request, which takes 10 s at most
PACE = 1.0  # between two messages in a channel
LONGEST_BACK_OFF = 300.0
DELETED = "deleted"  # by people, who want it away
REMEMBERED = 24 * 3600.0  # platforms come back with a delivery for an hour at most
LONG_GONE = 30 * REMEMBERED


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
        try:
            return _load(toolbox, job)
        except Untold as untold:
            not_told(toolbox, job, untold, uncertain=job.uncertain)
        except Exception:  # a mistake of ours: nothing was sent, and it waits longer each time
            with toolbox.database.write(job.workspace_id) as session:
                _put_off(session, toolbox, job, Later(job.uncertain))
            raise
    return None


def not_told(toolbox: Toolbox, job: Job, untold: Untold, *, uncertain: bool) -> None:
    """There is nothing to tell any more, or it may not be told.

    `uncertain`: an earlier try may have told it, and nobody can look any more.
    """
    reason, now = untold.reason, toolbox.now()
    # What became of it says its occurrence; but a job that ended wakes when we are back.
    kept_elsewhere = settle_occurrence.came_by_itself(job) and reason != LEFT
    with toolbox.database.write(job.workspace_id) as session:
        if (untold.nothing or kept_elsewhere) and not uncertain:
            ours = claims.delivered(session, job, now, reason)
        else:
            ours = claims.ended(session, job, reason, now, uncertain=uncertain)
        if ours and not uncertain:
            settle_occurrence.untold(session, job, untold)


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
        settle_occurrence.told(session, job)
        if part == 1 and 1 not in delivery.parts:
            tell_managers.follow(session, job, delivery.view, shown, toolbox.now())
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
                if ours and absent:
                    settle_occurrence.untold(session, job, Untold(reason))
                return delivery.asker if ours and absent else None
            case Unknown(reason):
                claims.unknown(session, job, reason, now)
            case Busy(seconds, everywhere, uncertain):
                free_at, tries = toolbox.now(min(seconds, LONGEST_BACK_OFF)), job.attempts
                if everywhere:
                    channels.hold_all(session, free_at)
                elif job.channel_id:
                    channels.hold(session, job.channel_id, free_at)
                claims.again(session, job, free_at, now, attempts=tries, uncertain=uncertain)
            case Later():
                _put_off(session, toolbox, job, outcome)
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


def wait_no_longer(toolbox: Toolbox, surface: str) -> None:
    """Go on where the clock was put back: nothing has to wait for a time it went beyond before."""
    for workspace_id, platform, _ in toolbox.database.workspaces():
        if platform == surface:
            with toolbox.database.write(workspace_id) as session:
                claims.shorten(session, surface, toolbox.now(LONGEST_BACK_OFF), toolbox.now())


def tidy(toolbox: Toolbox) -> None:
    """Forget deliveries nobody brings any more, drafts nobody posts, processes that are gone."""
    for workspace_id, _, _ in toolbox.database.workspaces():
        with toolbox.database.write(workspace_id) as session:
            deliveries.forget_before(session, toolbox.now(-REMEMBERED))
            listeners.forget_before(session, toolbox.now(-LONG_GONE))
            drafts.forget_before(session, toolbox.now(-LONG_GONE))


def _load(toolbox: Toolbox, job: Job) -> Delivery:
    """What to show. Raises Untold where we left the channel, or nothing is to be told."""
    with toolbox.database.read(job.workspace_id) as session:
        where = _where(session, job)
        parts = posted_messages.parts(session, job.kind, job.record_id, job.surface)
        asker = people.account(session, job.person_id) if job.person_id else None
        thread = _thread(session, job)
    view = _view(toolbox, job, stands=bool(parts))
    language = asker[1] if asker else None
    if not isinstance(view, Untold):
        language = language or view.language
    who = Asker(asker[0], language) if asker and language else None
    return Delivery(job, where, view, parts, who, thread, job.kind == SETTINGS_CHANGE)


def _view(toolbox: Toolbox, job: Job, *, stands: bool) -> View:
    """The record as it is now; why not, where that has to be looked for. Raises Untold else."""
    try:
        if not stands:
            settle_occurrence.refuse_old(toolbox, job)
        return view_of_due(toolbox, job)
    except Untold as untold:
        if stands or not job.uncertain:
            raise
        return untold


def _where(session: Session, job: Job) -> str:
    """The channel or the person it goes to, by the platform's id."""
    if job.recipient_id:
        account = people.account(session, job.recipient_id)
        where = account[0] if account else None
    else:
        where = posted_messages.place(session, job.record_id)
    if where is None:
        raise Untold(LEFT)
    return where


def _thread(session: Session, job: Job) -> str | None:
    """The message it stands below."""
    if job.kind == CLOSING:
        above = posted_messages.parts(session, MEETING, job.record_id, job.surface).get(1)
        return above.reference if above and not above.leaving else None
    if job.kind == PAGE:
        digest = Occasion.MANAGERS_DIGEST
        return posted_messages.reference(session, digest, job.record_id, job.surface)
    channel_id = job.channel_id or ""
    if job.kind == SETTINGS_CHANGE and stands(session, job.surface, INTRODUCTION, channel_id):
        return posted_messages.reference(session, INTRODUCTION, channel_id, job.surface)
    return None


def _go_on(session: Session, toolbox: Toolbox, job: Job, *, more: bool) -> None:
    now = toolbox.now()
    if more:
        claims.again(session, job, toolbox.now(PACE), now, attempts=0, uncertain=False)
    else:
        claims.delivered(session, job, now)


def _put_off(session: Session, toolbox: Toolbox, job: Job, later: Later) -> None:
    """Try again after a while, the longer the more often it was tried."""
    tries = job.attempts + 1
    due_at, doubt = toolbox.now(_back_off(tries)), later.uncertain
    claims.again(
        session, job, due_at, toolbox.now(), attempts=tries, uncertain=doubt, reason=later.reason
    )


def _back_off(attempts: int) -> float:
    """1, 2, 4 … seconds, five minutes at most."""
    return min(2.0 ** min(attempts - 1, 20), LONGEST_BACK_OFF)
