"""Meetings as Slack may have to show them: of any length, with any words in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty
from bot.domain.choice import Choice, Reason
from bot.domain.meeting import AgendaItem, Kind, State
from bot.domain.observation import Closing, Observed
from bot.domain.view import ClosingView, ItemView, MeetingView, QuestionView
from tests.wording.views import CONTROLS

BAD = [
    "<!channel>",
    "<!here|x>",
    "<@U123>",
    "<#C123>",
    "<https://x.nl|bank>",
    "<!date^1|{date}|x>",
    "https://x.nl",
    "*bold*",
    "_i_",
    "~s~",
    "`c`",
    "```",
    "> q",
    "&amp;",
    "&",
    ":tada:",
    "\u202e",
    "👩‍👩‍👧",
    "وزير",
    "會議",
    "x" * 300,
    "🙂" * 200,
    "&" * 900,
    '"' * 400,
    "{x}",
]
WILD = st.lists(st.one_of(st.sampled_from([*BAD, *CONTROLS]), st.text(max_size=8)), max_size=6).map(
    "".join
)
REASONS = st.sampled_from([Reason("never_asked"), Reason("weeks_ago", {"weeks": 6})])


@st.composite
def items(draw: st.DrawFn, number: int) -> ItemView:
    """An item, procedural or with questions, its answers beside and off the agenda or not."""
    name = f"i{number:031}"
    kind = draw(st.sampled_from([Kind.SUBSTANTIVE, Kind.SUBSTANTIVE, Kind.PROCEDURAL]))
    asked = [
        QuestionView(Choice(f"q{n}", draw(WILD), draw(REASONS)), f"{name}q{n}")
        for n in range(draw(st.integers(0, 3)) if kind is Kind.SUBSTANTIVE else 0)
    ]
    ids = [None, "gone", *(one.id for one in asked)]
    answers = [
        Answer(
            draw(WILD),
            draw(st.sampled_from([*Certainty, None])),
            draw(st.booleans()),
            draw(st.sampled_from(ids)),
            f"{name}a{n}",
        )
        for n in range(draw(st.sampled_from([0, 0, 1, 5])))
    ]
    item = AgendaItem(
        draw(st.sampled_from([str(number), f"{number}.1a", "§" * 20])),
        draw(WILD),
        kind,
        minutes=draw(st.sampled_from([None, 10])),
        session=draw(st.sampled_from([None, None, "Ochtend", "<!here> *x*" * 40])),
        starts_at=draw(st.sampled_from([None, time(10, 15)])),
    )
    notes = draw(st.lists(WILD.filter(str.strip), max_size=2))
    removed, left_out = bool(answers) and draw(st.booleans()), draw(st.booleans())
    return ItemView(item, asked, answers, name, removed, notes, not_discussed=left_out)


@st.composite
def meetings(draw: st.DrawFn) -> MeetingView:
    """Few items drawn, repeated until there are as many as a long agenda has."""
    drawn = [draw(items(number)) for number in range(draw(st.integers(0, 5)))]
    times = draw(st.sampled_from([1, 1, 4, 12]))
    return MeetingView(
        title=draw(st.none() | WILD),
        day=draw(st.sampled_from([None, date(2026, 11, 24)])),
        time=draw(st.sampled_from([None, time(10, 0)])),
        place=draw(st.none() | WILD),
        language="nl",
        customer=draw(WILD),
        items=[_again(view, n) for n in range(times) for view in drawn],
        id="m" * 32,
        state=draw(st.sampled_from(list(State))),
        other=draw(st.lists(WILD, max_size=5)),
    )


@st.composite
def closings(draw: st.DrawFn) -> ClosingView:
    """A meeting, closed in any way or never."""
    meeting = draw(meetings())
    seen = st.none() | st.sampled_from(list(Observed))
    observed = {it.id or "": draw(seen) for it in meeting.items[:6]}
    how = st.builds(Closing, WILD, st.none() | st.integers(0, 900), st.booleans())
    kept = {item_id: each for item_id, each in observed.items() if each}
    taken = [it.id or "" for it in meeting.items[: draw(st.integers(0, 2))]]
    return ClosingView(meeting, kept, draw(st.none() | how), taken, draw(st.booleans()))


def _again(view: ItemView, number: int) -> ItemView:
    return replace(view, id=f"{view.id}-{number}")


def plain_meeting(number: int, *, state: State = State.PREPARED) -> MeetingView:
    """An everyday agenda of `number` items with two questions each."""
    asked = ("Wordt dit makkelijker voor de huurder?", "Wat merkt de huurder hiervan?")
    shown = [
        ItemView(
            AgendaItem(str(n), f"Onderwerp nummer {n} van vandaag", Kind.SUBSTANTIVE, minutes=10),
            [
                QuestionView(Choice("ease", text, Reason("never_asked")), f"i{n}q{text[:4]}")
                for text in asked
            ],
            id=f"{n:032}",
        )
        for n in range(1, number + 1)
    ]
    return MeetingView(
        "Teamoverleg wonen",
        date(2026, 11, 24),
        time(10, 0),
        None,
        "nl",
        "de huurder",
        shown,
        "m1",
        state,
    )
