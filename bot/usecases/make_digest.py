"""Make the digest of a period: one channel's figures, seen from inside it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.dates import Period
from bot.domain.digest import count
from bot.domain.question import word
from bot.domain.view import DigestView
from bot.storage import channels, figures, meetings
from bot.usecases.toolbox import Caller, Toolbox


def wherever_it_meets(toolbox: Toolbox, caller: Caller) -> Caller:
    """The caller, in the workspace of any platform that has a channel of this name.

    Only for who holds the database itself: from within a workspace no other is to be seen.
    """
    with toolbox.read(caller) as session:
        if channels.find(session, caller.platform, caller.channel):
            return caller
    for workspace_id, platform, tenant in toolbox.database.workspaces():
        with toolbox.database.read(workspace_id) as session:
            if channels.find(session, platform, caller.channel):
                return replace(caller, platform=platform, tenant=tenant)
    return caller


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
        counted = figures.items(session, channel_id, period.first, period.last)
        active = meetings.channels_of_period(session, period.first, period.last)
        customer = channels.customer(session, channel_id, language)
    if customer:
        settings = replace(settings, customer={language: CustomerWords(customer)})
    return DigestView(
        channel=caller.channel,
        period=period,
        language=language,
        figures=count(took_place, prepared, counted, [question.key for question in catalogue]),
        wordings={question.key: word(question, settings, language, 0) for question in catalogue},
        other_channels=[channel for channel in active if channel != caller.channel],
    )
