"""Quiet weeks: after three without a meeting, whoever set a channel up is asked once whether its
digest is to go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.dates import Period, Span, before, parse_period
from bot.domain.schedule import Came, Occasion
from bot.domain.setting import changes
from bot.storage import channel_choices, channels, figures, jobs, occurrences, people
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.usecases import choose, entrust_settings, tell_changes
from bot.usecases.entrust_settings import Right
from bot.usecases.set_up_channel import INTRODUCTION, LEFT, settings_of, view_of_channel
from bot.usecases.settle_occurrence import LATE, occurrence_of
from bot.usecases.tell_digest import OFF
from bot.usecases.toolbox import Caller, Toolbox, Untold

WEEKS = 3
MET = "met"  # why nobody is asked: there was a meeting after all
_SEEN = 3 * WEEKS  # a week comes more than once where its moment was changed


@dataclass(frozen=True)
class QuietView:
    """A channel, by the platform's id, in which no meeting took place for so many weeks.

    `id` is the occurrence's, `language` that of who is asked.
    """

    id: str
    channel: str
    weeks: int
    language: str


def quiet_host(session: Session, channel_id: str) -> str | None:
    """Our id of who is to be asked about a channel whose newest digest was just kept, if anybody.

    Nobody is where one of its last three weeks had a meeting, where none ever took place, as there
    is nothing to stop yet, or where somebody was asked and there was no meeting since.
    """
    weeks = _told_of(session, channel_id)
    if not weeks or _met(session, channel_id, weeks[0].first, weeks[-1].last):
        return None
    if not _met(session, channel_id, date.min, date.max):
        return None
    asked = _last_asked(session, channel_id)
    if asked and not _met(session, channel_id, asked.last + timedelta(days=1), date.max):
        return None
    host = channel_choices.of_channel(session, channel_id).host_id
    return host if host and people.account(session, host) else None


def view_of_quiet(toolbox: Toolbox, job: Job) -> QuietView:
    """What somebody is asked. Raises LookupError without the occurrence, and Untold where there is
    nothing to ask any more."""
    with toolbox.database.read(job.workspace_id) as session:
        occurrence = occurrence_of(session, job.record_id)
        kept = channels.by_id(session, occurrence.target)
        channel = view_of_channel(session, toolbox, occurrence.target)
        account = people.account(session, job.recipient_id or "")
        if kept is None or not channel.present:
            raise Untold(LEFT, nothing=True)
        if channel.settings.digest is None:
            raise Untold(OFF, nothing=True)
        first, *_ = _weeks_to(parse_period(Span.WEEK, occurrence.period))
        if _met(session, kept.id, first.first, date.max):
            raise Untold(MET, nothing=True)
    language = (account and account[1]) or channel.language
    return QuietView(job.record_id, kept.platform_id, WEEKS, language)


def channel_asked_about(toolbox: Toolbox, caller: Caller, occurrence_id: str) -> str:
    """The platform's id of the channel that somebody was asked about. Raises LookupError."""
    with toolbox.read(caller) as session:
        kept = channels.by_id(session, occurrence_of(session, occurrence_id).target)
    if kept is None:
        raise LookupError(occurrence_id)
    return kept.platform_id


def stop(toolbox: Toolbox, caller: Caller, right: Right) -> None:
    """No more digests in the caller's channel; it is told there who chose that.

    Raises Problem "settings_changed" as `entrust_settings`.
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        before = settings_of(session, toolbox, caller)
        changed = changes(before, replace(before, digest=None))
        choose.keep(session, channel_id, changed, now)
        changed += entrust_settings.keep(session, caller, channel_id, right, now)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        jobs.changed(session, INTRODUCTION, channel_id, now)
        tell_changes.tell(
            session, caller.platform, channel_id, changed, person_id, now, first=False
        )


def _told_of(session: Session, channel_id: str) -> list[Period]:
    """The last three weeks of a channel's digests; none where not each of them had its turn."""
    seen = occurrences.latest(session, Occasion.DIGEST, channel_id, _SEEN)
    if not seen:
        return []
    weeks = _weeks_to(parse_period(Span.WEEK, seen[0].period))
    return weeks if {week.code for week in weeks} <= {one.period for one in seen} else []


def _weeks_to(last: Period) -> list[Period]:
    return [*before(last, WEEKS - 1), last]


def _last_asked(session: Session, channel_id: str) -> Period | None:
    """The week after which somebody was asked the last time."""
    asked = occurrences.latest(session, Occasion.QUIET, channel_id, _SEEN)
    reached = (one for one in asked if one.state is not Came.NOTHING and one.reason != LATE)
    return next((parse_period(Span.WEEK, one.period) for one in reached), None)


def _met(session: Session, channel_id: str, first: date, last: date) -> bool:
    took_place, _ = figures.meetings(session, channel_id, first, last)
    return took_place > 0
