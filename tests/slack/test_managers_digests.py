"""What comes to who subscribed to figures of several channels, and what is checked before."""

from __future__ import annotations

import pytest

from bot.domain.schedule import Came
from tests.slack.conftest import BOTH
from tests.slack.managers import (
    became,
    brings,
    comes,
    digests,
    introduced,
    meets,
    takes_part,
    the_one,
)
from tests.slack.people import Office, Person, Values
from tests.slack.stand_in import Fault
from tests.surfaces.slack.drawing import drawn

TALK_OF_FATIMA = "DUFATIMA"


def everything(message: Values) -> str:
    return f"{message['text']} {message.get('blocks')} {message.get('metadata')}"


# --- what comes


def test_it_says_what_may_be_told_who_gets_it_and_how_to_stop(office: Office, weekly: None) -> None:
    comes(office)

    (message,) = digests(office)
    rates = office.toolbox.prompts.mentions.rates["nl"]
    assert rates
    assert message["text"].splitlines() == [
        "Week 47 (16–22 nov 2026), alle kanalen",
        "Bij 12 van de 24 agendapunten kwam de klant vanzelf ter sprake"
        " (50%, toeval meegerekend 31 tot 69%).",
        "Gevraagd: 18 van de 24 punten beantwoord, 6 open.",
        "Gevolg: bij 6 van de 18 beantwoorde punten veranderde het besluit.",
        "Bijgehouden: 24 van de 24 punten.",
        "Weten we nog niet: 6 punten.",
        "2 kanalen doen mee.",
        "Kanalen samen geteld, nooit per persoon. Over te weinig mensen of overleggen toon ik"
        " niets.",
        "Dit komt elke maandag om 9.00 uur, voor iedereen in dit kanaal. Elk vast lid van dit"
        " kanaal kan het stoppen.",
        "Kies: Stop.",
    ]


def test_nothing_in_it_tells_of_a_channel_a_person_or_a_link(
    office: Office, fatima: Person, both_met: None
) -> None:
    fatima.types("weekoverzicht")
    fatima.fills_in(channels=["C1", "C2"], to="me")
    comes(office)

    (message,) = digests(office, TALK_OF_FATIMA)
    said = everything(message)
    for secret in ("C1", "C2", "wonen", "zorg", "FATIMA", "RUUD", "http", "<#", "<@", "huurder"):
        assert secret not in said
    assert message["text"].startswith("Week 47 (16–22 nov 2026), gekozen kanalen\n")


def test_to_one_person_it_goes_to_that_person_only(office: Office, personal: None) -> None:
    comes(office)

    (message,) = digests(office, TALK_OF_FATIMA)
    assert (
        "Dit komt elke maandag om 9.00 uur, alleen voor jou. Jij kunt het stoppen."
        in message["text"]
    )
    assert digests(office) == []


def test_levels_and_how_it_moved_are_told(office: Office, fatima: Person) -> None:
    introduced(office, "C1", "C2")
    levels = {"C1": "operational", "C2": "tactical", "C3": "operational", "C4": "tactical"}
    meets(office.toolbox, levels, (3, 10, 17))
    fatima.types("weekoverzicht")
    fatima.fills_in()
    comes(office)

    (message,) = digests(office)
    charts = [block for block in message["blocks"] if block["type"] == "data_visualization"]
    assert charts[0]["chart"]["axis_config"]["categories"] == ["week 45", "week 46", "week 47"]
    moved = "Vanzelf ter sprake van week 45 tot en met week 47: 50%, 50%, 50%"
    assert moved in message["text"].splitlines()
    assert "Vanzelf ter sprake, tactisch: 12 van 24 (50%, toeval meegerekend 31 tot 69%)" in drawn(
        message
    ).replace("\n", " ")


def test_where_slack_draws_no_charts_how_it_moved_is_said(office: Office, fatima: Person) -> None:
    introduced(office, "C1", "C2")
    meets(office.toolbox, BOTH, (10, 17))
    office.slack.draws = False
    fatima.types("weekoverzicht")
    fatima.fills_in()
    comes(office)

    (message,) = digests(office)
    assert "van week 46 tot en met week 47: 50%, 50%" in drawn(message).replace("\n", " ")
    assert "data_visualization" not in str(message["blocks"])


def test_a_month_is_one_of_whole_weeks(office: Office, fatima: Person) -> None:
    introduced(office, "C1", "C2")
    meets(office.toolbox, BOTH, (1,))
    fatima.types("weekoverzicht")
    fatima.fills_in(every="month", language="en")
    comes(office, "2026-10")

    (message,) = digests(office)
    assert message["text"].startswith("October 2026 (28 Sept–1 Nov), all channels\nAt 12 of the 24")
    assert "after every month, on Monday at 9:00, for everybody in this channel" in message["text"]


# --- checked when it is brought


def test_a_channel_that_changed_its_mind_is_out_of_it(office: Office, weekly: None) -> None:
    meets(office.toolbox, {"C3": "operational"})
    takes_part(office.toolbox, "C2", outside=False)
    comes(office)

    (message,) = digests(office)
    assert "Bij 12 van de 24 agendapunten" in message["text"]


def test_a_channel_we_left_is_out_of_it(office: Office, weekly: None) -> None:
    office.event(type="channel_left", channel="C2")
    comes(office)

    (message,) = digests(office)
    assert "te klein om te tonen" in message["text"]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("guests", "recipient_not_ours"),
        ("outsider", "recipient_not_ours"),
        ("deactivated", "recipient_gone"),
        ("unseen", "recipient_gone"),
    ],
)
def test_who_may_not_see_it_any_more_gets_nothing(
    office: Office, personal: None, what: str, why: str
) -> None:
    if what == "outsider":
        office.slack.homes["UFATIMA"] = "T9"
    else:
        getattr(office.slack, what).add("UFATIMA")

    due = comes(office)

    assert digests(office, TALK_OF_FATIMA) == []
    assert became(office, due) == (Came.SKIPPED, why)


@pytest.mark.parametrize(
    ("what", "why"), [("shared", "channel_shared"), ("members", "not_in_channel")]
)
def test_a_channel_that_may_not_see_it_any_more_gets_nothing(
    office: Office, weekly: None, what: str, why: str
) -> None:
    places = getattr(office.slack, what)
    (places.add if what == "shared" else places.remove)("C1")

    due = comes(office)

    assert digests(office) == []
    assert became(office, due) == (Came.SKIPPED, why)


def test_what_was_stopped_meanwhile_does_not_come(
    office: Office, fatima: Person, weekly: None
) -> None:
    one = the_one(office.toolbox)
    fatima.types("weekoverzicht")
    fatima.presses("Stop")
    due = comes(office, one=one)

    assert digests(office) == []
    assert became(office, due) == (Came.NOTHING, "stopped")


def test_the_first_comes_however_little_it_says_the_next_only_when_there_is_enough(
    office: Office, fatima: Person
) -> None:
    introduced(office, "C1")
    meets(office.toolbox, {"C1": None})
    fatima.types("weekoverzicht")
    fatima.fills_in()
    comes(office)
    office.clock.later(days=7)
    second = comes(office, "2026-W48")

    (message,) = digests(office)
    assert message["text"].splitlines()[1].startswith("Dit is te klein om te tonen,")
    assert "Het volgende komt als er genoeg is om te tonen." in message["text"]
    assert became(office, second) == (Came.NOTHING, "too_small")


def test_where_the_first_was_skipped_the_next_is_the_first(
    office: Office, weekly: None, fatima: Person
) -> None:
    """As it was said that the first always comes."""
    takes_part(office.toolbox, "C1", outside=False)
    takes_part(office.toolbox, "C2", outside=False)
    office.slack.shared.add("C1")
    skipped = comes(office)
    office.slack.shared.clear()
    office.clock.later(days=7)
    comes(office, "2026-W48")

    assert became(office, skipped) == (Came.SKIPPED, "channel_shared")
    assert len(digests(office)) == 1


def test_what_nobody_heard_from_slack_stands_there_once(office: Office, weekly: None) -> None:
    office.slack.faults.append(Fault.LOST_AFTER)
    comes(office)
    office.clock.later(minutes=1)
    brings(office)

    assert len(digests(office)) == 1
