"""No record makes Home exceed Slack's limits, or lets what people wrote do anything there."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.home import HomeView, NotKnownYet, OpenMeeting, StoredView
from bot.domain.meeting import State
from bot.readers.catalogue import read_prompts
from bot.storage.personal_records import KINDS
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_view
from bot.usecases.show_home import MOST
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn
from tests.surfaces.slack.meetings import WILD, meetings
from tests.surfaces.slack.test_views import harmless

TEXTS = {language: Texts(language, words) for language, words in read_prompts().texts.items()}
EACH = st.sampled_from([TEXTS["nl"], TEXTS["en"]])
BASE = "https://wonen.slack.com/"
PLACE = "C0123ABCD"
REFERENCES = st.sampled_from([None, f"{PLACE}/1795000000.000001"])


@st.composite
def homes(draw: st.DrawFn) -> HomeView:
    """As many meetings and items as a Home shows, or fewer, and any number besides."""
    meeting, words, title = draw(meetings()), draw(WILD), draw(WILD)
    open_ones = [
        OpenMeeting(meeting, PLACE, draw(REFERENCES), draw(st.booleans()))
        for _ in range(draw(st.sampled_from([0, 1, MOST])))
    ]
    state = draw(st.sampled_from(list(State)))
    not_known = [
        NotKnownYet(f"i{n:031}", title, words, PLACE, draw(REFERENCES), state)
        for n in range(draw(st.sampled_from([0, 1, MOST])))
    ]
    chosen, more = draw(st.sampled_from([None, "nl", "en"])), draw(st.integers(0, 2_000))
    return HomeView(
        chosen,
        chosen or "nl",
        draw(st.integers(0, 2)),
        in_order(open_ones),
        len(open_ones) + more,
        not_known,
        len(not_known) + more,
        draw(st.sampled_from([None, True, False])),
    )


def in_order(open_ones: list[OpenMeeting]) -> list[OpenMeeting]:
    """Today's first, each with an id of its own."""
    apart = [
        replace(one, meeting=replace(one.meeting, id=f"m{n:031}"))
        for n, one in enumerate(open_ones)
    ]
    return sorted(apart, key=lambda one: not one.today)


@settings(max_examples=80, deadline=None)
@given(homes(), EACH, WILD)
def test_no_home_exceeds_the_limits_or_does_more_than_show(
    view: HomeView, texts: Texts, said: str
) -> None:
    home = views.home(view, texts, BASE, "a" * 3_000, said)
    without_channels = json.loads(json.dumps(home).replace(f"<#{PLACE}>", ""))

    assert wrong_view(home) == []
    assert harmless(without_channels)
    for address in re.findall(r'"url": "([^"]*)"', json.dumps(home)):
        assert address == f"{BASE}archives/{PLACE}/p1795000000000001"


def test_home_says_how_much_it_leaves_out() -> None:
    home = views.home(HomeView("nl", "nl", 1, [], 3, [], 1), TEXTS["nl"], BASE)

    assert "En nog 3 overleggen." in drawn(home)
    assert "En nog 1 punt." in drawn(home)


def test_home_says_how_to_go_on_where_nothing_is_open() -> None:
    home = drawn(views.home(HomeView(None, "nl", 1, [], 0, [], 0), TEXTS["nl"], BASE))

    assert home.startswith("Er staat geen overleg open in jouw kanalen. Typ /klantvraag")
    assert "/invite" not in home


@pytest.mark.parametrize("told", [True, False])
def test_home_has_a_box_for_the_word_about_next_week(told: bool) -> None:
    home = views.home(HomeView("nl", "nl", 1, [], 0, [], 0, told), TEXTS["nl"], BASE)

    assert f"{'☑' if told else '☐'} {TEXTS['nl'].say('slack.home.next_week')}" in drawn(home)


def test_home_has_no_such_box_where_nobody_is_told() -> None:
    home = views.home(HomeView("nl", "nl", 1, [], 0, [], 0, None), TEXTS["nl"], BASE)

    assert TEXTS["nl"].say("slack.home.next_week") not in drawn(home)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("n", [0, 1, 12])
def test_what_is_kept_says_what_there_is_and_no_more(language: str, n: int) -> None:
    texts = TEXTS[language]
    view = StoredView(bool(n), n > 1, None, n > 1, dict.fromkeys(KINDS, n))
    form = views.stored_form(view, texts)

    assert wrong_view(form) == []
    for kind in KINDS:
        said = texts.say(f"slack.stored.{kind}", n=n)
        assert (said in drawn(form)) == bool(n), said
    assert (texts.say("slack.stored.nothing") in drawn(form)) == (n == 0)
    assert (texts.say("slack.stored.account_and_name") in drawn(form)) == (n > 1)
    assert (texts.say("slack.stored.no_next_week") in drawn(form)) == (n > 1)


@pytest.mark.parametrize("language", TEXTS)
def test_help_is_within_the_limits(language: str) -> None:
    form = views.help_form(TEXTS[language])

    assert wrong_view(form) == []
    assert "/klantvraag" in drawn(form)
