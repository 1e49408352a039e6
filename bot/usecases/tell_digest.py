"""Tell a channel its week: the figures of the last one that is over, as they are when brought."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.dates import Span, parse_period
from bot.domain.schedule import Weekly
from bot.domain.view import DigestView
from bot.storage import channels
from bot.storage.claims import Job
from bot.usecases.make_digest import make_digest
from bot.usecases.set_up_channel import view_of_channel
from bot.usecases.settle_occurrence import occurrence_of
from bot.usecases.toolbox import Caller, Toolbox, Untold

OFF = "off"  # why it was not told: the channel does not want it any more
NO_MEETING = "no_meeting"


@dataclass(frozen=True)
class WeekView:
    """A channel's week in figures, and the `moment` when the next ones come."""

    figures: DigestView
    moment: Weekly

    @property
    def language(self) -> str:
        """The language of what everybody in the channel reads."""
        return self.figures.language


def view_of_week(toolbox: Toolbox, job: Job) -> WeekView:
    """The week of an occurrence. Raises LookupError without it, and Untold where the channel does
    not want it any more or no meeting took place."""
    with toolbox.database.read(job.workspace_id) as session:
        occurrence = occurrence_of(session, job.record_id)
        kept = channels.by_id(session, occurrence.target)
        if kept is None:
            raise LookupError(job.record_id)
        channel = view_of_channel(session, toolbox, kept.id)
    if channel.settings.digest is None:
        raise Untold(OFF, nothing=True)
    everybody = Caller(job.surface, job.tenant, kept.platform_id, person="")
    week = parse_period(Span.WEEK, occurrence.period)
    figures = make_digest(toolbox, everybody, week, channel.settings, channel.language)
    if not figures.figures.meetings:
        raise Untold(NO_MEETING, nothing=True)
    # in the channel's zone the week is over, also where ours lags behind
    return WeekView(replace(figures, so_far=False), channel.settings.digest)
