"""Come due: what comes by itself is queued when its time has come, once whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import LATEST, Came, Occasion, Scheduled, comes, period_of
from bot.readers import timetable
from bot.storage import channel_choices, jobs, occurrences, schedules, subscriptions
from bot.storage.database import Session
from bot.storage.occurrences import Occurrence
from bot.storage.schedules import Known
from bot.usecases import choose
from bot.usecases.quiet_weeks import quiet_host
from bot.usecases.remind_next_week import people_to_remind
from bot.usecases.settle_occurrence import LATE, note
from bot.usecases.toolbox import Toolbox, as_kept

BATCH = 50  # in a transaction, so that who answers meanwhile does not wait for all of them
PASSED = "passed"  # a newer one came due before it was seen
MOST_PASSED = 53
_LONG_AGO = timedelta(weeks=54)


@dataclass(frozen=True)
class _Step:
    """What has to be kept of a schedule that was kept as `before`, if it was.

    `begun` is since when it comes when it does, where that is new.
    """

    scheduled: Scheduled
    before: str | None
    begun: str | None
    came: Sequence[Occurrence]


def come_due(toolbox: Toolbox, surface: str, *, only_in: str | None = None) -> None:
    """Queue what became due on a surface, in all its workspaces or `only_in` that of a tenant.

    The newest only: what was due before that and nobody saw is kept as skipped, as is what is too
    late.
    """
    now = toolbox.clock().astimezone(UTC)
    for workspace_id, _ in toolbox.database.workspaces_on(surface, only_in):
        with toolbox.database.read(workspace_id) as session:
            steps = list(_steps(session, toolbox, surface, now))
        for start in range(0, len(steps), BATCH):
            with toolbox.database.write(workspace_id) as session:
                for step in steps[start : start + BATCH]:
                    _keep(session, surface, step, as_kept(now))


def _channel_digests(session: Session, toolbox: Toolbox, surface: str) -> Iterator[Scheduled]:
    """The week of each channel; none comes where we are not."""
    sectors = toolbox.prompts.customers
    for one in channel_choices.candidates(session):
        if one.platform == surface:
            configured = toolbox.config.settings(one.platform_id, sectors)
            moment = choose.chosen(configured, one.choices).digest if one.present else None
            yield Scheduled(Occasion.DIGEST, one.id, moment, one.created_at, channel_id=one.id)


def _managers_digests(session: Session, _: Toolbox, __: str) -> Iterator[Scheduled]:
    """What somebody, or the configuration, subscribed to."""
    for one in subscriptions.active(session):
        to = one.channel_id, one.recipient_id
        yield Scheduled(Occasion.MANAGERS_DIGEST, one.id, one.moment, one.at, one.every, *to)


def _reminders(session: Session, toolbox: Toolbox, _: str) -> Iterator[Scheduled]:
    """Of next week; whom it concerns is found out when it is due."""
    yield Scheduled(Occasion.NEXT_WEEK, session.workspace_id, toolbox.config.next_week, since="")


_SOURCES: Sequence[Callable[[Session, Toolbox, str], Iterable[Scheduled]]] = (
    _channel_digests,
    _managers_digests,
    _reminders,
)


def _steps(session: Session, toolbox: Toolbox, surface: str, now: datetime) -> Iterator[_Step]:
    known = schedules.known(session, as_kept(now))
    for source in _SOURCES:
        for one in source(session, toolbox, surface):
            step = _step(one, known.get((one.occasion, one.target)), now)
            if step.begun or step.came:
                yield from _for_each(session, toolbox, step)


def _step(one: Scheduled, seen: Known | None, now: datetime) -> _Step:
    """What came of one since it was `seen`; what was off comes from now on.

    At another moment it goes on, as the week in which that was chosen is told too; but nothing is
    missed that nobody wanted then: where it went by more than a day ago, that week is not told.
    What a clock that was ahead kept for later begins now.
    """
    at = as_kept(now)
    before, until = (seen.code, seen.until) if seen else (None, "")
    since = one.since if one.since <= at else ""
    if since > until:
        return _Step(one, before, since, list(_came(one, since, now)))
    if until > at or not (before or one.code == before):
        return _Step(one, before, at, list(_came(one, at, now)))
    came = list(_came(one, until, now))
    if one.code == before:
        return _Step(one, before, None, came)
    due = [each for each in came if each.state is Came.DUE]
    return _Step(one, before, at, [*due, *_passed(one, before, until, now)])


def _passed(one: Scheduled, before: str | None, until: str, now: datetime) -> Iterator[Occurrence]:
    """What nobody saw at the moment `before`, and will not come at this one."""
    if one.moment and before:
        every, moment = comes(before)
        came = _came(replace(one, every=every, moment=moment), until, now)
        yield from (each for each in came if each.reason == PASSED)


def _for_each(session: Session, toolbox: Toolbox, step: _Step) -> Iterator[_Step]:
    """The same for each of those whom it concerns, and at last that they were all told apart."""
    one = step.scheduled
    if one.occasion is Occasion.NEXT_WEEK and one.moment and _is_due(step):
        newest, *passed = step.came
        due = datetime.fromisoformat(newest.due_at).astimezone(ZoneInfo(one.moment.zone))
        for person_id in people_to_remind(session, toolbox, due.date()):
            to = replace(newest, target=person_id, recipient_id=person_id)
            yield _Step(replace(one, target=person_id), None, None, [to])
        step = replace(step, came=[replace(newest, state=Came.TOLD), *passed])
    yield step


def _is_due(step: _Step) -> bool:
    return any(one.state is Came.DUE for one in step.came)


def _came(one: Scheduled, until: str, now: datetime) -> Iterator[Occurrence]:
    """What came due after `until`, the newest first."""
    if one.moment is None:
        return
    newest = timetable.newest(one.moment, one.every, now)
    if as_kept(newest) <= until:
        return
    late = now - newest > LATEST
    yield _occurrence(one, newest, *((Came.SKIPPED, LATE) if late else (Came.DUE, None)))
    after = max(datetime.fromisoformat(until), newest - _LONG_AGO)
    *passed, _ = timetable.between(one.moment, one.every, after, newest)
    for due in passed[-MOST_PASSED:]:
        yield _occurrence(one, due, Came.SKIPPED, PASSED)


def _occurrence(one: Scheduled, due: datetime, state: Came, reason: str | None) -> Occurrence:
    zone = one.moment.zone if one.moment else "UTC"
    period = period_of(one, due.astimezone(ZoneInfo(zone)).date())
    to = one.channel_id, one.recipient_id
    return Occurrence(one.occasion, one.target, as_kept(due), period.code, state, reason, *to)


def _keep(session: Session, surface: str, step: _Step, now: str) -> None:
    """Keep a schedule, and what came of it with the jobs that bring it."""
    one = step.scheduled
    if step.begun and schedules.code(session, one.occasion, one.target) == step.before:
        schedules.begin(session, one.occasion, one.target, one.code, step.begun)
    for came in reversed(step.came):  # the oldest first: who looks back from one finds the others
        occurrence_id = occurrences.add(session, came, now)
        if occurrence_id and came.state is Came.DUE:
            _queue(session, surface, came, occurrence_id, now)
            _ask_host(session, surface, came, now)
        elif occurrence_id and came.state is Came.SKIPPED:
            note(replace(came, id=occurrence_id))


def _ask_host(session: Session, surface: str, digest: Occurrence, now: str) -> None:
    """After quiet weeks, ask whether a channel's digest is to go on."""
    host = quiet_host(session, digest.target) if digest.occasion is Occasion.DIGEST else None
    if host:
        asked = replace(digest, occasion=Occasion.QUIET, channel_id=None, recipient_id=host)
        occurrence_id = occurrences.add(session, asked, now)
        if occurrence_id:
            _queue(session, surface, asked, occurrence_id, now)


def _queue(session: Session, surface: str, one: Occurrence, occurrence_id: str, now: str) -> None:
    jobs.bring(session, surface, one.occasion, occurrence_id, one.recipient_id, now)
    if one.due_at <= schedules.restored_at(session):  # whoever had the file before may have told it
        jobs.doubt(session, one.occasion, occurrence_id, one.due_at)
