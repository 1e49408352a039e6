"""Show what is due: each kind of record as it stands at the moment it is brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.schedule import Occasion
from bot.domain.view import ClosingView, DigestView, MeetingView
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.usecases.ask_outside import QuestionView, view_of_question
from bot.usecases.choose import OPT_IN
from bot.usecases.make_digest import SHARE, view_of_share
from bot.usecases.quiet_weeks import QuietView, view_of_quiet
from bot.usecases.remind_next_week import ReminderView, view_of_reminder
from bot.usecases.set_up_channel import INTRODUCTION, ChannelView, view_of_channel
from bot.usecases.show_meeting import CLOSING, closing_of, view_of
from bot.usecases.tell_changes import SETTINGS_CHANGE, TALK_CHANGE, ChangeView, view_of_change
from bot.usecases.tell_digest import WeekView, view_of_week
from bot.usecases.tell_managers import (
    PAGE,
    PageView,
    SubscribedDigest,
    view_of_managers_digest,
    view_of_page,
)
from bot.usecases.toolbox import Toolbox, Untold

OneMessage = (
    ClosingView
    | ChannelView
    | DigestView
    | ChangeView
    | QuestionView
    | WeekView
    | QuietView
    | ReminderView
    | SubscribedDigest
)
View = MeetingView | OneMessage | PageView | Untold


def view_of_due(toolbox: Toolbox, job: Job) -> View:
    """The record of a job as it stands now. Raises Untold where it is not to be shown."""
    if job.kind in _BY_ITSELF:
        return _BY_ITSELF[job.kind](toolbox, job)
    with toolbox.database.read(job.workspace_id) as session:
        return _view(session, toolbox, job)


# What comes by itself opens its own transactions, as it counts long and keeps what it showed.
_BY_ITSELF: Mapping[str, Callable[[Toolbox, Job], View]] = {
    Occasion.DIGEST: view_of_week,
    Occasion.QUIET: view_of_quiet,
    Occasion.MANAGERS_DIGEST: view_of_managers_digest,
    PAGE: view_of_page,
    Occasion.NEXT_WEEK: view_of_reminder,
}


def _view(session: Session, toolbox: Toolbox, job: Job) -> View:
    if job.kind == INTRODUCTION:
        return view_of_channel(session, toolbox, job.record_id)
    if job.kind == OPT_IN:
        return view_of_question(session, toolbox, job)
    if job.kind == CLOSING:
        return closing_of(session, job.record_id)
    if job.kind == SHARE:
        return view_of_share(session, toolbox, job.record_id)
    if job.kind in {SETTINGS_CHANGE, TALK_CHANGE}:
        language = view_of_channel(session, toolbox, job.channel_id or "").language
        return view_of_change(session, job.record_id, language)
    return view_of(session, job.record_id)
