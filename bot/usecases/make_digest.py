"""Make the digest of a period: one channel's figures, seen from inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Period
from bot.domain.digest import Figures, count, unprompted, weeks_before
from bot.domain.mention_rates import Rates
from bot.domain.problem import Problem
from bot.domain.proportion import comparable
from bot.domain.question import word
from bot.domain.view import DigestView
from bot.storage import channels, figures, meetings, shares
from bot.storage.database import Session
from bot.usecases.toolbox import Caller, Toolbox

SHARE = "share"  # what figures that were shared are called among records that are shown


def wherever_it_meets(toolbox: Toolbox, caller: Caller, *, chosen: bool) -> Caller:
    """The caller, in the channel of any workspace that has this name or id.

    Where nobody has `chosen` one, and there are no meetings in the caller's, in the only channel
    that has any. Raises Problem "which_channel" where there are several. Only for who holds the
    database itself: from within a workspace no other is to be seen.
    """
    places = sorted(_places(toolbox, caller), key=lambda it: it.caller.platform != caller.platform)
    same = [it for it in places if caller.channel.removeprefix("#") in (it.caller.channel, it.name)]
    meeting = [it for it in places if it.meets]
    if same and (chosen or same[0].meets):
        return same[0].caller
    if chosen or not meeting:
        return caller
    if len(meeting) > 1:
        raise Problem("which_channel", channels=", ".join(it.label for it in meeting))
    return meeting[0].caller


@dataclass(frozen=True)
class _Place:
    """A channel as one would call from it; `meets`: it has meetings."""

    caller: Caller
    name: str | None
    meets: bool

    @property
    def label(self) -> str:
        return f"{self.name} ({self.caller.channel})" if self.name else self.caller.channel


def _places(toolbox: Toolbox, caller: Caller) -> Iterator[_Place]:
    for workspace_id, _, tenant in toolbox.database.workspaces():
        with toolbox.database.read(workspace_id) as session:
            for platform, channel, name, meets in channels.all_of(session):
                there = replace(caller, platform=platform, tenant=tenant, channel=channel)
                yield _Place(there, name, bool(meets))


def make_digest(
    toolbox: Toolbox, caller: Caller, period: Period, settings: ChannelSettings, language: str
) -> DigestView:
    """The figures of the caller's channel; all zero for a channel never seen.

    Questions are worded as the channel has them; `settings` are for one that was never seen.
    """
    catalogue = toolbox.prompts.questions[language]
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        took_place, prepared = figures.meetings(session, channel_id, period.first, period.last)
        ever = figures.meetings(session, channel_id, date.min, date.max)
        counted = figures.items(session, channel_id, period.first, period.last)
        earlier = figures.observed(session, channel_id, *weeks_before(period.first))
        active = meetings.channels_of_period(session, period.first, period.last)
        customer = channels.customer(session, channel_id, language)
        name = channels.name(session, channel_id) or caller.channel
    if customer:
        settings = replace(settings, customer={language: CustomerWords(customer)})
    totals = count(took_place, prepared, counted, [question.key for question in catalogue])
    before = unprompted(earlier.values())
    return DigestView(
        channel=name,
        period=period,
        language=language,
        customer=settings.customer[language].one,
        figures=totals,
        wordings={question.key: word(question, settings, language, 0) for question in catalogue},
        before=before if comparable(totals.by_itself, before) else None,
        rates=_rates(toolbox, totals),
        so_far=period.last >= toolbox.today(),
        new=not any(ever),
        other_channels=[channel for channel in active if channel != name],
    )


def _rates(toolbox: Toolbox, figures: Figures) -> Rates | None:
    """In the language most was heard in; None where the recogniser heard nothing."""
    if not figures.heard:
        return None
    return toolbox.prompts.mentions.rates[max(figures.heard, key=figures.heard.__getitem__)]


def view_of_share(session: Session, toolbox: Toolbox, share_id: str) -> DigestView:
    """Figures as they were shared, without the questions. Raises LookupError without them."""
    found = shares.find(session, share_id)
    if found is None:
        raise LookupError(share_id)
    channel_id, shared = found
    return DigestView(
        channel=channels.name(session, channel_id) or "",
        period=shared.period,
        language=shared.language,
        customer=shared.customer,
        figures=shared.figures,
        wordings={},
        before=shared.before,
        rates=_rates(toolbox, shared.figures),
        so_far=shared.so_far,
    )
