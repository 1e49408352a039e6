"""Make the digest of a period: one channel's figures, seen from inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Period, before
from bot.domain.digest import CountedItem, Figures, count
from bot.domain.mention_rates import Rates
from bot.domain.proportion import comparable, pooled
from bot.domain.question import word
from bot.domain.release import Released, everything
from bot.domain.view import Details, DigestView, Step
from bot.storage import channels, digest_details, figures, meetings, shares, talk_days
from bot.storage.database import Session
from bot.storage.shares import Shared
from bot.usecases import hear_talk
from bot.usecases.toolbox import Caller, Toolbox

STEPS = 8  # periods before, that one is compared with
UNKNOWNS = 3  # questions without an answer that are named
SHARE = "share"  # what figures that were shared are called among records that are shown


def make_digest(
    toolbox: Toolbox, caller: Caller, period: Period, settings: ChannelSettings, language: str
) -> DigestView:
    """The figures of the caller's channel; all zero for a channel never seen.

    Questions are worded as the channel has them; `settings` are for one that was never seen.
    """
    catalogue, steps = toolbox.prompts.questions[language], before(period, STEPS)
    with toolbox.read(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel) or ""
        took_place, prepared = figures.meetings(session, channel_id, period.first, period.last)
        met = took_place or prepared
        ever = met or figures.any_of(session, [channel_id], date.min, date.max)
        earlier = [(it, count(0, 0, _items(session, channel_id, it), ())) for it in steps]
        items = _items(session, channel_id, period)
        details = _details(session, channel_id, period)
        until = min(period.last, hear_talk.over(toolbox, settings))
        messages, naming = talk_days.count(session, channel_id, period.first, until)
        others = (
            [] if took_place else meetings.channels_of_period(session, period.first, period.last)
        )
        customer = channels.customer(session, channel_id, language)
        name = channels.name(session, channel_id) or caller.channel
    if customer:
        settings = replace(settings, customer={language: CustomerWords(customer)})
    totals = count(took_place, prepared, items, [question.key for question in catalogue])
    totals = replace(totals, messages=messages, naming=naming)
    then = pooled(counted.by_itself for _, counted in earlier)
    return DigestView(
        channel=name,
        period=period,
        language=language,
        customer=settings.customer[language].one,
        figures=totals,
        wordings={question.key: word(question, settings, language, 0) for question in catalogue},
        before=then if comparable(totals.by_itself, then) else None,
        trend=[Step(step, everything(it)) for step, it in [*earlier, (period, totals)]],
        details=details,
        rates=rates_of(toolbox, _heard(totals, language)),
        so_far=period.last >= toolbox.today(),
        new=not ever,
        other_channels=[channel for channel in others if channel != name],
    )


def _items(session: Session, channel_id: str, period: Period) -> list[CountedItem]:
    held = figures.held(session, [channel_id], period.first, period.last)
    by_meeting = figures.items(session, held)
    return [item for items in by_meeting.values() for item in items]


def _details(session: Session, channel_id: str, period: Period) -> Details:
    where = (session, channel_id, period.first, period.last)
    unknowns = digest_details.unknowns(*where)
    return Details(
        led_to=digest_details.led_to(*where),
        unknowns=unknowns[:UNKNOWNS],
        more_unknowns=len(unknowns[UNKNOWNS:]),
        carried=digest_details.carried(*where),
    )


def _heard(totals: Figures, language: str) -> Mapping[str, int]:
    """How much was heard by language; of talk that is not kept, so it is the figures' own."""
    return totals.heard or ({language: totals.messages} if totals.messages else {})


def rates_of(toolbox: Toolbox, heard: Mapping[str, int]) -> Rates | None:
    """In the language most was `heard` in; None where the recogniser heard nothing."""
    if not heard:
        return None
    return toolbox.prompts.mentions.rates[max(heard, key=heard.__getitem__)]


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
        trend=_trend(shared),
        rates=rates_of(toolbox, _heard(shared.figures, shared.language)),
        so_far=shared.so_far,
    )


def _trend(shared: Shared) -> list[Step]:
    """The shares that were kept, of the period and those before it."""
    periods = [*before(shared.period, len(shared.trend) - 1), shared.period]
    shares = zip(periods, shared.trend, strict=bool(shared.trend))
    return [Step(period, Released(by_itself)) for period, by_itself in shares]
