"""What one person is shown of the channels that were handed in, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.home import HomeView
from bot.domain.observation import Observed
from bot.domain.problem import Problem
from bot.domain.view import MeetingView
from bot.usecases import close_meeting, prepare_meeting, run_meeting, set_up_channel, take_notes
from bot.usecases.show_home import MOST, choose_language, place_of, show_home, show_stored
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda

KNOW, ASSUME, DONT_KNOW = Certainty
TODAY = date(2026, 11, 24)

Hold = Callable[..., MeetingView]


@pytest.fixture
def hold(toolbox: Toolbox, caller: Caller, settings: ChannelSettings) -> Hold:
    """Has a meeting prepared on a day, in the caller's channel or another."""

    def hold(title: str, day: date | None = None, channel: str = caller.channel) -> MeetingView:
        read = replace(agenda("OPENING", "Lift", "Huur", title=title), day=day)
        by = replace(caller, channel=channel)
        return prepare_meeting.prepare(toolbox, by, read, settings)

    return hold


@pytest.fixture
def home(toolbox: Toolbox, caller: Caller) -> Callable[..., HomeView]:
    def home(*places: str) -> HomeView:
        return show_home(toolbox, caller, places or (caller.channel,))

    return home


@pytest.fixture
def say(toolbox: Toolbox, caller: Caller) -> Callable[..., str]:
    def say(meeting: MeetingView, index: int, words: str, certainty: Certainty | None) -> str:
        item_id = meeting.substantive[index].id or ""
        return run_meeting.answer(toolbox, caller, item_id, Answer(words, certainty))

    return say


def titles(view: HomeView) -> list[str | None]:
    return [one.meeting.title for one in view.meetings]


def words(view: HomeView) -> list[str]:
    return [one.words for one in view.not_known]


def test_todays_meetings_come_first_then_the_next_then_the_last(hold: Hold, home) -> None:
    days = {"vorige": 17, "straks": 26, "vandaag": 24, "later": 30, "gisteren": 23}
    for title, day in days.items():
        hold(title, date(2026, 11, day))
    hold("zonder dag")

    assert titles(home())[2:] == ["straks", "later", "gisteren", "vorige"]
    assert set(titles(home())[:2]) == {"vandaag", "zonder dag"}
    assert [one.today for one in home().meetings] == [True, True, False, False, False, False]


def test_only_the_channels_that_were_handed_in(hold: Hold, home, say) -> None:
    for channel in ("wonen", "zorg", "_%"):
        say(hold(channel, TODAY, channel), 0, f"wie van {channel}", DONT_KNOW)

    assert titles(home("zorg")) == ["zorg"]
    assert words(home("zorg")) == ["wie van zorg"]
    assert home("nergens") == replace(home(), channels=0, meetings=[], all_meetings=0,
                                      not_known=[], all_not_known=0)  # fmt: skip
    assert (home("zorg", "wonen", "nergens").channels, home("_%").channels) == (2, 1)


def test_nothing_of_another_workspace(toolbox: Toolbox, caller: Caller, hold: Hold, say) -> None:
    say(hold("wonen", TODAY), 0, "wie", DONT_KNOW)
    view = show_home(toolbox, replace(caller, tenant="elders"), [caller.channel])

    assert (view.channels, view.meetings, view.not_known) == (0, [], [])


def test_what_is_closed_is_over_but_what_nobody_knew_stays(
    toolbox: Toolbox, caller: Caller, hold: Hold, home, say
) -> None:
    meeting = hold("wonen", TODAY)
    say(meeting, 0, "wie", DONT_KNOW)
    assert [one.can_be_answered for one in home().not_known] == [True]
    run_meeting.close_meeting(toolbox, caller, meeting.id or "")

    assert titles(home()) == []
    assert [one.can_be_answered for one in home().not_known] == [False]


def test_an_answer_in_other_words_takes_it_away_until_that_is_deleted(
    toolbox: Toolbox, caller: Caller, hold: Hold, home, say
) -> None:
    meeting = hold("wonen", TODAY)
    say(meeting, 0, "wie", DONT_KNOW)
    say(meeting, 0, "en wanneer", DONT_KNOW)
    say(meeting, 1, "", None)
    assert words(home()) == ["en wanneer"], "once for an item, in the newest words"

    known = say(meeting, 0, "Ruud", ASSUME)
    assert words(home()) == []
    run_meeting.delete_answer(toolbox, caller, known)
    assert words(home()) == ["en wanneer"]


def test_what_left_the_agenda_is_not_asked(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, hold: Hold, home, say
) -> None:
    say(hold("wonen", TODAY), 1, "wie", DONT_KNOW)
    shorter = replace(agenda("OPENING", "Lift", title="wonen"), day=TODAY)
    prepare_meeting.prepare(toolbox, caller, shorter, settings)

    assert words(home()) == []


def test_eight_weeks_back_and_no_further(hold: Hold, home, say) -> None:
    for day in (29, 28):
        say(hold(f"{day} september", date(2026, 9, day)), 0, f"wie op {day}", DONT_KNOW)

    assert titles(home()) == ["29 september"]
    assert words(home()) == ["wie op 29"]


def test_there_are_ten_of_each_and_the_rest_is_counted(hold: Hold, home, say) -> None:
    for number in range(MOST + 3):
        say(hold(f"overleg {number}x", TODAY, f"kanaal {number}"), 0, "wie", DONT_KNOW)
    view = home(*(f"kanaal {number}" for number in range(MOST + 3)))

    assert (len(view.meetings), view.all_meetings) == (MOST, MOST + 3)
    assert (len(view.not_known), view.all_not_known) == (MOST, MOST + 3)


def test_a_channel_we_were_taken_out_of_is_not_shown(
    toolbox: Toolbox, caller: Caller, hold: Hold, home, say
) -> None:
    meeting = hold("wonen", TODAY)
    item_id = meeting.substantive[0].id or ""
    say(meeting, 0, "wie", DONT_KNOW)
    assert place_of(toolbox, caller, item_id) == caller.channel
    set_up_channel.left(toolbox, caller)

    assert (home().channels, titles(home()), words(home())) == (0, [], [])
    with pytest.raises(Problem, match="no_item"):
        place_of(toolbox, caller, item_id)


def test_ones_own_language_goes_before_the_one_all_channels_chose(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, hold: Hold, home
) -> None:
    for channel, language in (("wonen", "en"), ("zorg", "nl")):
        by = replace(caller, channel=channel)
        set_up_channel.change_settings(toolbox, by, replace(settings, language=language))
    hold("zonder keuze", TODAY, "elders")

    assert home("wonen", "elders").language == "en"
    assert home("wonen", "zorg").language == "nl", "they differ, so it is the default"
    choose_language(toolbox, caller, "en")
    assert (home("zorg").chosen, home("zorg").language) == ("en", "en")
    choose_language(toolbox, caller, None)
    assert (home("zorg").chosen, home("zorg").language) == (None, "nl")


def test_what_is_kept_about_somebody_is_counted_with_what_they_deleted(
    toolbox: Toolbox, caller: Caller, hold: Hold, say
) -> None:
    assert not show_stored(toolbox, caller).account
    meeting = hold("wonen", TODAY)
    first = meeting.substantive[0].id or ""
    answer = say(meeting, 0, "wie", DONT_KNOW)
    run_meeting.change_answer(toolbox, caller, answer, Answer("Ruud", KNOW))
    run_meeting.delete_answer(toolbox, caller, answer)
    for note in ("bellen", "morgen bellen"):
        take_notes.note(toolbox, caller, first, note, "Lift")
    observed = {it.id or "": Observed.CAME_UP for it in meeting.substantive}
    close_meeting.close(toolbox, caller, meeting.id or "", observed, "")
    choose_language(toolbox, caller, "en")

    stored = show_stored(toolbox, caller)
    assert (stored.account, stored.name, stored.chosen) == (True, False, "en")
    assert {kind: n for kind, n in stored.counts.items() if n} == {
        "answers": 1,
        "notes": 1,
        "closings": 1,
        "observations": 2,
        "meetings": 1,
    }
    other = show_stored(toolbox, replace(caller, person="een ander"))
    assert not any(other.counts.values())
