"""Answers in the thread below an agenda: said in all ways, noted or refused."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.surfaces.slack import bolt_app
from bot.surfaces.slack.desk import Desk
from bot.usecases import deliver
from bot.usecases.toolbox import Toolbox
from tests.slack import workspace
from tests.slack.conftest import Post, below
from tests.slack.people import AfterAck, Office, Person
from tests.slack.stand_in import Refused, Values
from tests.slack.workspace import ALL


def test_a_reply_is_kept_and_gets_a_reaction(office: Office, fatima: Person, posted: str) -> None:
    said = fatima.says("2: Minder gedoe", thread=posted)

    assert "Minder gedoe – aanname" in office.shown()
    (reaction,) = office.slack.reactions
    assert reaction["timestamp"] == said["ts"]


@pytest.mark.parametrize("reads", [True, False])
def test_how_to_reply_is_said_where_replies_are_read(
    toolbox: Toolbox, post: Post, reads: bool
) -> None:
    post("Servicekosten 2027")
    history = frozenset({"channels:history"} if reads else ())
    desk = Desk(toolbox, lambda _: WebClient(), "UBOT", AfterAck(), lambda: None, history)
    due = deliver.next_delivery(toolbox, "slack")
    assert due is not None
    (message,) = bolt_app.render(desk, due)

    assert ("bijvoorbeeld: ‘1: …’" in message.text) is reads


FORM, COSTS = "2. Nieuw verhuisformulier", "3. Servicekosten 2027"


@pytest.mark.parametrize("wrong", ["9: bestaat niet", "1: de koffie"])
def test_of_several_answers_all_are_kept_or_none(
    office: Office, fatima: Person, posted: str, wrong: str
) -> None:
    fatima.says(f"2: minder gedoe\n{wrong}", thread=posted)
    assert "minder gedoe" not in office.shown()
    said = fatima.says("2: minder gedoe\n3: in mei", thread=posted)
    fatima.changes(said, f"2: anders\n{wrong}")

    assert "minder gedoe" in office.shown()
    assert "in mei" in office.shown()


def test_where_another_said_that_it_does_not_apply_theirs_stands(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.says("3: n.v.t., raakt niemand", thread=posted)
    said = ruud.says("3: n.v.t., is al besloten", thread=posted)
    ruud.deletes(said)

    assert below(office, COSTS)[0] == "N.v.t.: raakt niemand"


def test_a_reason_that_is_said_later_is_added(office: Office, fatima: Person, posted: str) -> None:
    fatima.presses("3", of="not_applicable")
    fatima.says("3: n.v.t. want raakt niemand", thread=posted)

    assert below(office, COSTS)[0] == "N.v.t.: raakt niemand"


@pytest.mark.parametrize("how", ["tapped", "said"])
def test_a_reason_completes_what_another_said_without(
    office: Office, fatima: Person, ruud: Person, posted: str, how: str
) -> None:
    if how == "tapped":
        fatima.presses("3", of="not_applicable")
    else:
        fatima.says("3: n.v.t.", thread=posted)
    noted = len(office.slack.reactions)
    said = ruud.says("3: n.v.t., raakt ze neit", thread=posted)
    assert below(office, COSTS)[0] == "N.v.t.: raakt ze neit"
    assert len(office.slack.reactions) == noted + 1

    ruud.changes(said, "3: n.v.t., raakt ze niet")
    assert below(office, COSTS)[0] == "N.v.t.: raakt ze niet"
    assert office.slack.whispers["URUUD"] == []


@pytest.mark.parametrize("reason", ["", ", is al besloten"])
def test_what_was_noted_already_gets_a_sentence_and_no_reaction(
    office: Office, fatima: Person, ruud: Person, posted: str, reason: str
) -> None:
    fatima.says("3: n.v.t., raakt niemand", thread=posted)
    ruud.says(f"3: n.v.t.{reason}", thread=posted)
    assert below(office, COSTS)[0] == "N.v.t.: raakt niemand"
    assert len(office.slack.reactions) == 1
    assert ruud.heard == "Bij punt 3 was n.v.t. al genoteerd; dat blijft zo staan."

    ruud.says(f"2: minder gedoe\n3: n.v.t.{reason}", thread=posted)
    assert "minder gedoe – aanname" in below(office, FORM)
    assert len(office.slack.reactions) == 2
    assert len(office.slack.whispers["URUUD"]) == 2


def test_times_and_numbers_are_no_answers(office: Office, fatima: Person, posted: str) -> None:
    before = office.shown()
    for text in ("4:30 kan ik niet", "2.30 uur is prima", "10:00 beginnen we toch?"):
        fatima.says(text, thread=posted)

    assert office.shown() == before
    assert office.slack.whispers["UFATIMA"] == []


def test_only_answers_below_an_agenda_of_ours_are_heard(
    office: Office, fatima: Person, posted: str
) -> None:
    before = office.shown()
    fatima.says("2: zomaar in het kanaal")
    fatima.says("2: ergens anders onder", thread="1794000000.000001")
    fatima.says("goed plan", thread=posted)
    fatima.says("2: door een app", thread=posted, bot_id="B2")
    fatima.changes(fatima.says("hm", thread=posted), "hm hm")
    fatima.deletes(fatima.says("2: onder niets van ons", thread="1794000000.000001"))

    assert office.shown() == before
    assert office.slack.reactions == []
    assert office.slack.whispers["UFATIMA"] == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("10: bestaat niet", "Punt 10 staat niet op deze agenda."),
        ("1: koffie staat klaar", "Bij punt 1 staat geen vraag"),
    ],
)
def test_who_answers_what_was_not_asked_is_told(
    office: Office, fatima: Person, posted: str, text: str, sentence: str
) -> None:
    fatima.says(text, thread=posted)

    assert sentence in fatima.heard
    assert office.slack.reactions == []


def test_a_refused_reply_that_comes_again_is_told_once(
    office: Office, fatima: Person, posted: str
) -> None:
    office.deliveries = 4
    fatima.says("1: koffie", thread=posted)
    assert len(office.slack.whispers["UFATIMA"]) == 1

    fatima.changes(fatima.says("2: hallo", thread=posted), "hallo")
    assert len(office.slack.whispers["UFATIMA"]) == 2
    assert "hallo – aanname" in office.shown()


def test_what_is_said_about_a_reply_is_in_the_language_of_the_agenda(
    office: Office, fatima: Person
) -> None:
    fatima.types("Team meeting\n1. Opening\n2. New moving form\n3. Service charges for next year")
    fatima.fills_in()
    thread = str(office.slack.messages("C1")[-1]["ts"])
    fatima.says("1: coffee", thread=thread)
    assert "Item 1 has no question" in fatima.heard
    fatima.says("9: coffee", thread=thread)
    assert "Item 9 is not on this agenda" in fatima.heard

    office.slack.scopes["xoxb-test"] = ALL - {"reactions:write"}
    fatima.says("3: n/a, internal", thread=thread)
    assert fatima.heard == "Noted at item 3."
    Person(office, "URUUD").says("3: n/a", thread=thread)
    assert Person(office, "URUUD").heard.startswith("At item 3 n/a was noted already")


def test_without_the_right_to_react_it_says_so_in_a_sentence(
    office: Office, fatima: Person, posted: str
) -> None:
    office.slack.scopes["xoxb-test"] = ALL - {"reactions:write"}
    fatima.says("2: Minder gedoe", thread=posted)

    assert fatima.heard == "Genoteerd bij punt 2."


@pytest.mark.parametrize("refusal", ["ratelimited", "message_not_found", "internal_error"])
def test_an_answer_whose_reaction_fails_is_still_said_to_be_noted(
    office: Office,
    fatima: Person,
    posted: str,
    refusal: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: Any) -> Values:
        raise Refused(refusal)

    monkeypatch.setitem(workspace._METHODS, "reactions.add", (refuse, "reactions:write"))
    fatima.says("2: Minder gedoe", thread=posted)

    assert "Minder gedoe" in office.shown()
    assert fatima.heard == "Genoteerd bij punt 2."
    assert [record.message for record in caplog.records] == ["not acknowledged"]


def test_an_answer_that_can_not_be_acknowledged_in_any_way_is_kept(
    office: Office, fatima: Person, posted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Values:
        raise Refused("internal_error")

    for method in ("reactions.add", "chat.postEphemeral"):
        monkeypatch.setitem(workspace._METHODS, method, (refuse, "chat:write"))
    fatima.says("2: Minder gedoe", thread=posted)

    assert "Minder gedoe" in office.shown()
    assert len(office.slack.called("chat.postEphemeral")) == 1
