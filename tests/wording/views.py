"""Views for the tests of wording: one with everything in it, and wild words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty
from bot.domain.choice import Choice, Reason
from bot.domain.dates import Period, before, week_of
from bot.domain.digest import AskedOften, Figures
from bot.domain.meeting import AgendaItem, Kind, State, SubItem
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion
from bot.domain.release import Coverage, Released
from bot.domain.view import (
    Details,
    DigestView,
    ItemView,
    LedTo,
    ManagersDigestView,
    MeetingView,
    QuestionView,
    Scope,
    Step,
    Unknown,
)

BIDI = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
CONTROLS = "\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\r\n\t\u2028" + BIDI
SIGNS = "|`*_[]<>#~\\!&-+=(){}:/."
PARTS = [*CONTROLS, *SIGNS, "[a](b)", "<b>", "http://x", "\n# ", "\n---\n", "\x1b[31m", "{x}", "%s"]
# hypothesis mixes single characters too evenly to meet the dangerous ones: draw those by name
WILD = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=8).map("".join)


def meeting(words: str, *, answered: bool, state: State | None = State.OPEN) -> MeetingView:
    """A meeting in which every text somebody wrote holds `words`."""
    return MeetingView(
        title=f"title {words}",
        day=date(2026, 11, 24),
        time=time(10, 0),
        place=f"place {words}",
        language="nl",
        customer=f"customer {words}",
        items=[_item(words, answered=answered), _removed(words), _opening(words)],
        id="m1",
        state=state,
    )


def _item(words: str, *, answered: bool) -> ItemView:
    below = SubItem("a.1", f"deep {words}", minutes=5)
    sub = SubItem("a", f"sub {words}", f"helper {words}", sub_items=(below,))
    item = AgendaItem(
        "1", f"first {words}", Kind.SUBSTANTIVE, f"presenter {words}", 15, sub_items=(sub,)
    )
    reasons = [Reason("weeks_ago", {"weeks": 6}), Reason("never_asked"), Reason("never_asked")]
    questions = [
        QuestionView(Choice(f"q{n}", f"question{n} {words}", reason), f"id{n}")
        for n, reason in enumerate(reasons)
    ]
    return ItemView(item, questions, _answers(words) if answered else (), "i1")


def _answers(words: str) -> list[Answer]:
    return [
        Answer(f"known {words}", Certainty.KNOW, changed_decision=True, asked_question_id="id0"),
        Answer(f"assumed {words}", Certainty.ASSUME, asked_question_id="id1"),
        Answer(f"unknown {words}", Certainty.DONT_KNOW, asked_question_id="id2"),
        Answer(f"needless {words}", None),
        Answer("", None, asked_question_id="gone"),
    ]


def _removed(words: str) -> ItemView:
    item = AgendaItem("2", f"removed {words}", Kind.SUBSTANTIVE)
    return ItemView(item, (), [Answer(f"kept {words}", Certainty.KNOW)], "i2", removed=True)


def _opening(words: str) -> ItemView:
    return ItemView(AgendaItem("3", f"opening {words}", Kind.PROCEDURAL))


NUMBERS = [31, 32, 133, 111, *range(35, 50)]  # of the figures below


def digest(words: str, *, meetings: int = 31) -> DigestView:
    """A digest with a different number for each figure."""
    figures = Figures(
        meetings=meetings,
        prepared=32,
        items=133,
        substantive=111,
        came_up=45,
        observed=46,
        not_discussed=47,
        asked=35,
        asked_in_vain=48,
        answered=36,
        unknown=49,
        not_applicable=37,
        open=38,
        know=39,
        assume=40,
        dont_know=41,
        changed_decisions=42,
        most_asked=AskedOften("ease", 43, 44),
        least_asked=AskedOften("notice", 0, 0),
    )
    wordings = {"ease": f"easy {words}", "notice": f"noticed {words}"}
    others = [f"other {words}", "another"]
    week = week_of(date(2026, 11, 24))
    return DigestView(
        f"channel {words}",
        week,
        "nl",
        f"customer {words}",
        figures,
        wordings,
        before=Proportion(51, 60),
        trend=trend(week, [None, Proportion(1, 2), Proportion(0, 0), figures.by_itself]),
        details=details(words),
        rates=Rates(Proportion(93, 100), Proportion(78, 100)),
        other_channels=others,
    )


def trend(period: Period, shares: Sequence[Proportion | None]) -> list[Step]:
    """These shares, of a period and those before it, the oldest first."""
    periods = [*before(period, len(shares) - 1), period]
    return [Step(one, Released(seen)) for one, seen in zip(periods, shares, strict=True)]


def details(words: str) -> Details:
    """Something of everything that only the channel itself sees."""
    day = date(2026, 11, 24)
    unknowns = [Unknown(f"asked{n} {words}", f"phone{n} {words}", day) for n in (1, 2, 3)]
    carried = [f"carried{n} {words}" for n in range(7)]
    return Details(LedTo(f"led {words}", f"form {words}"), unknowns, 52, carried)


def managers(**changes: Any) -> ManagersDigestView:
    """A week of channels together, in which everything may be shown."""
    seen, week = Proportion(140, 310), week_of(date(2026, 11, 18))
    released = Released(seen, Coverage(380, 260, 70, 30), Proportion(40, 260), Proportion(310, 380))
    shares = (
        [Proportion(n, 100) for n in (39, 41)]
        + [None]
        + [Proportion(n, 100) for n in range(36, 41)]
    )
    view = ManagersDigestView(
        scope=Scope(),
        period=week,
        language="nl",
        until=week.last,
        channels=12,
        released=released,
        before=Proportion(380, 1000),
        trend=trend(week, [*shares, seen]),
        levels={"strategic": Released(), "tactical": released},
        most_asked=("Hoe zal de klant dit ervaren?", 57),
        rates=Rates(Proportion(93, 100), Proportion(78, 100)),
    )
    return replace(view, **changes)
