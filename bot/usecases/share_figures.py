"""Share figures: a channel's figures are posted for everybody in it, as somebody saw them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.domain.dates import Period
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.member import Member
from bot.domain.problem import Problem
from bot.domain.proportion import Proportion
from bot.domain.view import DigestView
from bot.storage import channels, people, shares
from bot.storage.shares import Shared
from bot.usecases.deliver import show
from bot.usecases.make_digest import SHARE, make_digest
from bot.usecases.set_up_channel import channel_settings
from bot.usecases.toolbox import Caller, Toolbox


def seen(view: DigestView) -> str:
    """What tells these figures from any others, in whatever language they are shown."""
    counted = replace(view.figures, most_asked=None, least_asked=None)
    shown = repr((view.period.code, counted, view.before, view.so_far, _trend(view)))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def share(toolbox: Toolbox, caller: Caller, member: Member, period: Period, as_seen: str) -> bool:
    """Have the figures of a period posted; the same ones once, by whomever and however often.

    False: they are no longer what was seen, by `as_seen`, and nothing is posted.
    Raises Problem "only_members_share" or "not_in_channel".
    """
    if not member.full:
        raise Problem("only_members_share")
    settings = channel_settings(toolbox, caller)
    language = settings.language or FALLBACK_LANGUAGE
    view = make_digest(toolbox, caller, period, settings, language)
    if seen(view) != as_seen:
        return False
    now = toolbox.now()
    told = (view.customer, view.figures, view.before, view.so_far, _trend(view))
    shared = Shared(period, language, *told)
    with toolbox.write(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel)
        if channel_id is None:
            raise Problem("not_in_channel")
        person_id = people.ensure(session, caller.platform, caller.person, now)
        share_id = shares.ensure(session, channel_id, shared, person_id, now)
        show(session, caller.platform, SHARE, share_id, now, person_id)
    return True


def _trend(view: DigestView) -> list[Proportion | None]:
    """How often the customer came up by itself in each period."""
    return [step.released.by_itself for step in view.trend]
