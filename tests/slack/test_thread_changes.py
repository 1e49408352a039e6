"""Answers in the thread below an agenda that change: in words, in number, or taken away."""

from __future__ import annotations

import pytest

from tests.slack.conftest import below
from tests.slack.people import AGENDA, Office, Person, Values

FORM, COSTS = "2. Nieuw verhuisformulier", "3. Servicekosten 2027"
LIFT, COSTS_NOW = "3. Lift", "4. Servicekosten 2027"


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


def renumbered(fatima: Person) -> None:
    """The agenda with one more item, which pushes the last two down."""
    fatima.pastes_again()
    fatima.fills_in(agenda=AGENDA.replace("3. ", "3. Lift\n4. ").replace("4. Rond", "5. Rond"))
    fatima.fills_in()
    assert "4. Servicekosten 2027" in fatima.office.shown()


def test_an_answer_stays_at_its_item_when_the_agendas_numbers_change(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    said = ruud.says("3: minder gedoe\n2: nieuw formulier", thread=posted)
    renumbered(fatima)
    said = ruud.changes(said, "3: veel minder gedoe\n2: nieuw formulier")
    assert "veel minder gedoe – aanname" in below(office, COSTS_NOW)

    said = ruud.changes(said, "4: veel minder gedoe\n2: nieuw formulier")
    assert "veel minder gedoe – aanname" in below(office, COSTS_NOW)
    said = ruud.changes(said, "4: veel minder gedoe\n3: zonder trap\n2: nieuw formulier")
    assert "zonder trap – aanname" in below(office, LIFT)
    assert "veel minder gedoe – aanname" in below(office, COSTS_NOW)
    assert "nieuw formulier – aanname" in below(office, FORM)


def test_an_answer_that_was_changed_in_a_form_stays_at_its_item_too(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    said = ruud.says("3: minder gedoe", thread=posted)
    ruud.presses("", pick="Wijzig of wis mijn antwoord", of="item_menu")
    ruud.fills_in(text="geen gedoe")
    renumbered(fatima)
    ruud.changes(said, "3: minder gedoe, echt")

    assert "minder gedoe, echt – aanname" in below(office, COSTS_NOW)


def test_an_old_and_a_new_number_of_one_item_lose_nothing(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    said = ruud.says("3: minder gedoe", thread=posted)
    renumbered(fatima)
    ruud.changes(said, "3: minder gedoe\n4: in mei")

    assert "minder gedoe" in " ".join(below(office, COSTS_NOW))
    assert "in mei" in " ".join(below(office, COSTS_NOW))


def test_a_change_that_does_not_say_what_stood_there_leaves_the_answer_at_its_item(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    said = ruud.says("3: minder gedoe", thread=posted)
    renumbered(fatima)
    ruud.changes({name: said[name] for name in said if name != "text"}, "3: veel minder gedoe")

    assert "veel minder gedoe – aanname" in below(office, COSTS_NOW)


def late(thread: str, text: str) -> Values:
    """A message that Slack delivers only after what became of it."""
    stamp = {"ts": "1795000050.000001", "thread_ts": thread}
    return {"type": "message", "user": "URUUD", "text": text, **stamp}


@pytest.mark.parametrize("now", ["2: goed", "laat maar"])
def test_a_message_that_comes_after_its_own_change_changes_nothing(
    office: Office, ruud: Person, posted: str, now: str
) -> None:
    said = late(posted, "2: fout")
    ruud.changes(said, now)
    shown = office.shown()
    office.event(channel="C1", **said)

    assert "fout" not in shown
    assert office.shown() == shown
    assert office.slack.whispers["URUUD"] == []


def test_a_message_that_comes_after_it_was_deleted_is_not_kept(
    office: Office, ruud: Person, posted: str
) -> None:
    said = late(posted, "2: spijt")
    ruud.deletes(said)
    office.event(channel="C1", **said)

    assert "spijt" not in office.shown()
    assert office.slack.reactions == []


def test_how_sure_was_said_in_a_form_stays_when_the_words_change(
    office: Office, fatima: Person, posted: str
) -> None:
    said = fatima.says("2: wie het meldt", thread=posted)
    fatima.presses("", pick="Wijzig of wis mijn antwoord", of="item_menu")
    fatima.fills_in(certainty="dont_know")
    fatima.changes(said, "2: wie dat meldt")

    assert "Weten we nog niet: wie dat meldt" in office.shown()


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
