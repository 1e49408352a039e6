"""Answers in the thread below an agenda: said, changed, moved and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.surfaces.slack import bolt_app
from bot.surfaces.slack.desk import Desk
from bot.usecases import deliver
from bot.usecases.toolbox import Toolbox
from tests.slack import workspace
from tests.slack.conftest import Post
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
    desk = Desk(toolbox, lambda _: WebClient(), "UBOT", AfterAck(), lambda: None, reads)
    due = deliver.next_delivery(toolbox, "slack")
    assert due is not None
    (message,) = bolt_app.render(desk, due)

    assert ("bijvoorbeeld: ‘1: …’" in message.text) is reads


def test_a_reply_that_is_changed_changes_the_answer(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: Minder gedoe", thread=posted)
    fatima.presses("", pick="Wijzig of wis mijn antwoord", of="item_menu")
    fatima.fills_in(certainty="know", changed=True)
    fatima.changes(said, "2: Veel minder gedoe")

    assert "Veel minder gedoe – dat weten we, besluit gewijzigd" in office.shown().splitlines()
    assert office.shown().count("gedoe") == 1


def test_a_reply_that_gets_another_number_moves(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: Brief in december", thread=posted)
    said = fatima.changes(said, "3: Brief in december")

    assert "Brief in december – aanname" in below(office, COSTS)
    assert office.shown().count("Brief in december") == 1
    fatima.changes(said, "3: Brief in januari")
    assert "december" not in office.shown()
    assert len(office.slack.reactions) == 1


def test_a_message_that_becomes_an_answer_is_kept(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.changes(fatima.says("Minder gedoe", thread=posted), "2: Minder gedoe")

    assert "Minder gedoe" in office.shown()
    assert len(office.slack.reactions) == 1


def test_an_answer_that_loses_its_number_stays_and_who_wrote_it_is_told(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: Minder gedoe", thread=posted)
    fatima.changes(said, "Punt 2 minder gedoe")

    assert "Minder gedoe – aanname" in office.shown()
    assert "wat je eerst schreef, blijft staan" in fatima.heard


def test_a_reply_that_is_deleted_takes_its_answer_away(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: Minder gedoe", thread=posted)
    fatima.deletes(said)

    assert "Minder gedoe" not in office.shown()
    assert "2 punten open" in office.shown()


def below(office: Office, title: str) -> list[str]:
    """What is shown below an item, up to the next."""
    lines = office.shown().splitlines()
    rest = lines[lines.index(title) + 1 :]
    return rest[: next((n for n, line in enumerate(rest) if line[:1].isdigit()), len(rest))]


FORM, COSTS = "2. Nieuw verhuisformulier", "3. Servicekosten 2027"


def test_one_message_answers_several_items_and_each_follows_it(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: minder gedoe\n3: weten we nog niet", thread=posted)
    assert "minder gedoe – aanname" in below(office, FORM)
    assert "Weten we nog niet" in below(office, COSTS)

    said = fatima.changes(said, "2: veel minder gedoe\n3: in mei")
    assert "veel minder gedoe – aanname" in below(office, FORM)
    assert "in mei – aanname" in below(office, COSTS)

    said = fatima.changes(said, "3: n.v.t., raakt niemand")
    assert "minder gedoe" not in office.shown()
    assert below(office, COSTS)[0] == "N.v.t.: raakt niemand"

    said = fatima.changes(said, "3: n.v.t.")
    assert below(office, COSTS)[0] == "N.v.t.: reden volgt nog"
    said = fatima.changes(said, "2: een\n3: toch in mei")
    assert "een – aanname" in below(office, FORM)
    assert "toch in mei – aanname" in below(office, COSTS)
    assert "N.v.t.:" not in office.shown()

    fatima.deletes(said)
    assert "2 punten open" in office.shown()
    assert len(office.slack.reactions) == 1


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


def test_how_sure_was_said_in_a_form_stays_when_the_words_change(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: wie het meldt", thread=posted)
    fatima.presses("", pick="Wijzig of wis mijn antwoord", of="item_menu")
    fatima.fills_in(certainty="dont_know")
    fatima.changes(said, "2: wie dat meldt")

    assert "Weten we nog niet: wie dat meldt" in office.shown()


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


def test_times_and_numbers_are_no_answers(office: Office, fatima: Person, posted: str) -> None:
    before = office.shown()
    for text in ("4:30 kan ik niet", "2.30 uur is prima", "10:00 beginnen we toch?"):
        fatima.says(text, thread=posted)

    assert office.shown() == before
    assert office.slack.whispers["UFATIMA"] == []


def test_a_link_that_unfolds_changes_nothing(office: Office, fatima: Person, posted: str) -> None:
    said = fatima.says("2: zie <https://example.nl>", thread=posted)
    fatima.presses("", pick="Wijzig of wis mijn antwoord", of="item_menu")
    fatima.fills_in(text="zie de brief")
    fatima.changes(said, said["text"])

    assert "zie de brief" in office.shown()


def test_a_reply_changed_after_closing_leaves_the_answer_as_it_was(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: op tijd", thread=posted)
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    fatima.changes(said, "2: te laat")
    assert "Dit overleg is afgesloten" in fatima.heard
    fatima.deletes(said)

    assert "op tijd" in office.shown()


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
        ("9: bestaat niet", "staat niet meer op de agenda"),
        ("1: koffie staat klaar", "Bij punt 1 staat geen vraag"),
    ],
)
def test_who_answers_what_was_not_asked_is_told(
    office: Office, fatima: Person, posted: str, text: str, sentence: str
) -> None:
    fatima.says(text, thread=posted)

    assert sentence in fatima.heard
    assert office.slack.reactions == []


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
