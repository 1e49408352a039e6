"""Ask a channel whether its figures may count outside it; nobody but the channel decides that.

It is asked once, and only where the whole workspace could look: in a private channel it is not
ours to begin about others, there people find it among the settings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.problem import Problem
from bot.domain.release import Floors
from bot.domain.schedule import Every
from bot.domain.setting import Change, Setting
from bot.domain.view import Scope
from bot.storage import channel_choices, channels, jobs, people, posted_messages, subscriptions
from bot.storage.channel_choices import Candidate
from bot.storage.claims import Job
from bot.storage.database import Session
from bot.storage.subscriptions import Subscription
from bot.usecases import choose, entrust_settings, tell_changes
from bot.usecases.choose import OPT_IN
from bot.usecases.entrust_settings import Right
from bot.usecases.set_up_channel import view_of_channel
from bot.usecases.toolbox import Caller, Toolbox, Untold

ALONE = frozenset({"terminal"})  # where nobody else is there to be asked


@dataclass(frozen=True)
class QuestionView:
    """The question to a channel, and what it chose: None while nobody did.

    `keeper` is the account of who alone may choose, None where every full member may. `askers`: how
    many people asked for digests it would be in, which come as `often`; of none where those are
    only configured.
    """

    language: str
    outside: bool | None
    keeper: str | None
    floors: Floors
    askers: int = 0
    often: frozenset[Every] = frozenset()


def in_scope(session: Session, scope: Scope) -> list[Candidate]:
    """The channels of a scope, also those whose figures don't count outside them."""
    return [
        one
        for one in channel_choices.candidates(session)
        if scope.level in (None, one.level)
        and (not scope.channels or one.platform_id in scope.channels)
    ]


def counts(one: Candidate) -> bool:
    """Whether a channel's figures count outside it: it chose so itself, and we are still there."""
    return one.platform in ALONE or (one.present and bool(one.choices.outside))


def refuse_left_out(toolbox: Toolbox, caller: Caller, scope: Scope) -> None:
    """Refuse sums that would leave out channels that were named, or all there are.

    Raises Problem "stays_inside" with their names, or "all_stay_inside".
    """
    with toolbox.read(caller) as session:
        meant = in_scope(session, scope)
    inside = [one.name for one in meant if not counts(one)]
    if inside and scope.channels:
        raise Problem("stays_inside", channels=", ".join(inside))
    if inside and len(inside) == len(meant):
        raise Problem("all_stay_inside")


def ask(session: Session, surface: str, channel_ids: Collection[str], now: str) -> int:
    """Ask these channels, by our ids, as far as they were not asked before and did not choose.

    How many are asked now; what is known to be private is not, nor where we are not. May be called
    as often as one likes.
    """
    asked = [
        one
        for one in channel_choices.candidates(session)
        if one.id in channel_ids and one.platform == surface and _may_be_asked(one)
    ]
    for one in asked:
        choices = replace(one.choices, asked_outside_at=now)
        channel_choices.keep(session, one.id, choices)
        jobs.refresh(session, surface, OPT_IN, one.id, now)
    return len(asked)


def _may_be_asked(one: Candidate) -> bool:
    it = one.choices
    return one.present and not it.private and it.outside is None and it.asked_outside_at is None


def keep_private(toolbox: Toolbox, workspace_id: str, channel_id: str, *, private: bool) -> None:
    """Remember whether a channel is seen by its members only; one that is can't be asked.

    Raises Untold for such a one. It may be asked later, when everybody sees it.
    """
    with toolbox.database.write(workspace_id) as session:
        choose.keep_private(session, channel_id, private=private)
    if private:
        raise Untold("private", nothing=True)


def view_of_question(session: Session, toolbox: Toolbox, job: Job) -> QuestionView:
    """The question as it stands. Raises Untold where it was answered before it was asked.

    Where nobody knows whether it was, it is answered by who saw it: then it has to say so.
    """
    channel_id = job.record_id
    outside = channel_choices.of_channel(session, channel_id).outside
    asked = posted_messages.reference(session, OPT_IN, channel_id, job.surface)
    if outside is not None and not (asked or job.uncertain):
        raise Untold("chosen", nothing=True)
    kept = channels.keeper(session, channel_id)
    keeper = people.account(session, kept) if kept else None
    language = view_of_channel(session, toolbox, channel_id).settings.language
    wanted = _over(session, channel_id)
    return QuestionView(
        language or FALLBACK_LANGUAGE,
        outside,
        keeper[0] if keeper else None,
        toolbox.config.floors,
        askers=len({one.person_id for one in wanted if not one.configured_as}),
        often=frozenset(one.every for one in wanted),
    )


def _over(session: Session, channel_id: str) -> list[Subscription]:
    """What comes now and would have a channel's figures in it."""
    channel = channels.by_id(session, channel_id)
    return [
        one
        for one in subscriptions.active(session)
        if channel and one.level in (None, channel.level)
        if not one.channels or channel_id in one.channels
    ]


def answer(toolbox: Toolbox, caller: Caller, right: Right, *, outside: bool) -> None:
    """Keep what the caller chose for the channel, and have it told there.

    Raises Problem "not_in_channel" for a channel never seen, "settings_changed" as
    `entrust_settings`.
    """
    now = toolbox.now()
    with toolbox.write(caller) as session:
        channel_id = channels.find(session, caller.platform, caller.channel)
        if channel_id is None:
            raise Problem("not_in_channel")
        before = channel_choices.of_channel(session, channel_id)
        person_id = people.ensure(session, caller.platform, caller.person, now)
        changed = entrust_settings.keep(session, caller, channel_id, right, now)
        if bool(before.outside) != outside:
            words = ("yes" if before.outside else "", "yes" if outside else "")
            changed.insert(0, Change(Setting.OUTSIDE, *words))
        channel_choices.keep(session, channel_id, replace(before, outside=outside))
        jobs.changed(session, OPT_IN, channel_id, now)
        tell_changes.tell(
            session, caller.platform, channel_id, changed, person_id, now, first=False
        )
