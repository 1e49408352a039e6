"""An agenda changed in its channel: through its form, by several at once, by who may not."""

from __future__ import annotations

import json
import threading
import time

import pytest

from bot.surfaces.slack import membership
from tests.slack.people import AGENDA, Office, Person
from tests.slack.stand_in import Fault

IN_TIME = 3  # seconds, within which Slack wants its ack
LONG = "Jaardag\n" + "\n".join(f"{n}. Onderwerp {n} over {'de lift ' * 6}" for n in range(1, 61))


def shown(person: Person) -> str:
    assert person.form is not None
    return json.dumps(person.form["blocks"], ensure_ascii=False)


def titles(person: Person) -> list[str]:
    """The items in the form, in order."""
    assert person.form is not None
    texts = [b["text"]["text"] for b in person.form["blocks"] if b["type"] == "section"]
    return [text.splitlines()[0].strip("*") for text in texts]


def menu(person: Person, title: str) -> list[str]:
    """What the menu of an item offers."""
    assert person.form is not None
    block = next(b for b in person.form["blocks"] if title in str(b.get("text")))
    return [option["text"]["text"] for option in block["accessory"]["options"]]


def of(person: Person, title: str) -> str:
    """The name of an item's menu."""
    assert person.form is not None
    block = next(b for b in person.form["blocks"] if title in str(b.get("text")))
    return str(block["accessory"]["action_id"])


def place(person: Person, label: str) -> str:
    """The value of the place that is labelled so, where a new item may go."""
    assert person.form is not None
    (element,) = [b["element"] for b in person.form["blocks"] if b["block_id"] == "item"]
    return next(str(o["value"]) for o in element["options"] if label in o["text"]["text"])


def questions(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.endswith("?")]


def test_the_form_mirrors_the_agenda_and_each_item_has_its_menu(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")

    assert titles(fatima) == [line.strip() for line in AGENDA.splitlines()[1:]]
    assert menu(fatima, "1. Opening") == ["Titel wijzigen", "Omlaag"]
    assert menu(fatima, "2. Nieuw") == [
        "Titel wijzigen",
        "Omhoog",
        "Omlaag",
        "Overslaan",
        "Andere vraag",
    ]
    assert menu(fatima, "4. Rondvraag") == ["Titel wijzigen", "Omhoog"]
    assert all(question in shown(fatima) for question in questions(office.shown()))


def test_taps_in_a_row_are_kept_and_the_last_drawing_is_what_is_kept(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    again = lambda: fatima.presses("", pick="Omhoog", of=of(fatima, "Servicekosten"))  # noqa: E731
    office.slack.meanwhile["views.update"] = again
    fatima.presses("", pick="Omhoog", of=of(fatima, "Servicekosten"))

    assert titles(fatima)[0] == "1. Servicekosten 2027"
    assert office.shown().index("Servicekosten") < office.shown().index("verhuisformulier")


def test_a_tap_that_came_twice_moves_an_item_once(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    office.deliveries = 2
    fatima.presses("", pick="Omhoog", of=of(fatima, "Rondvraag"))

    assert titles(fatima)[2] == "3. Rondvraag"


def test_two_who_move_at_once_both_get_their_way(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    for person in (fatima, ruud):
        person.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Omhoog", of=of(fatima, "Rondvraag"))
    ruud.presses("", pick="Omhoog", of=of(ruud, "Rondvraag"))

    assert titles(ruud)[1] == "2. Rondvraag"
    assert [len(titles(person)) for person in (fatima, ruud)] == [4, 4]


def test_an_item_that_is_gone_meanwhile_is_said_in_the_form(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    ruud.pastes_again()
    ruud.fills_in(agenda=AGENDA.replace("2. Nieuw verhuisformulier\n", ""))
    ruud.fills_in()
    fatima.presses("", pick="Omlaag", of=of(fatima, "verhuisformulier"))

    assert "Dit punt staat niet meer op de agenda." in shown(fatima)


@pytest.mark.parametrize("how", ["closed", "withdrawn"])
def test_what_ended_meanwhile_is_said_in_the_form(
    office: Office, fatima: Person, ruud: Person, posted: str, how: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    if how == "closed":
        ruud.presses("Sluit overleg af")
    else:
        ruud.presses("", pick="Trek in")
    ruud.fills_in()
    fatima.presses("", pick="Omlaag", of=of(fatima, "verhuisformulier"))

    said = {"closed": "Dit overleg is afgesloten.", "withdrawn": "Deze agenda is ingetrokken."}
    assert said[how] in shown(fatima)


def test_an_item_is_added_behind_another_and_one_without_words_is_refused(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("Punt erbij")
    said = fatima.fills_in(title="–")
    assert "Schrijf een paar woorden" in next(iter(said["errors"].values()))
    fatima.fills_in(title="Lift <!here> kapot (10 min)", item="Na 2. Nieuw verhuisformulier")
    fatima.presses("Punt erbij")
    fatima.fills_in(title="Tevredenheidsonderzoek")

    assert titles(fatima)[2].startswith("3. Lift &lt;!here&gt; kapot")
    assert titles(fatima)[4:] == ["5. Tevredenheidsonderzoek", "6. Rondvraag"]
    assert "3. Lift &lt;!here&gt; kapot" in office.shown()
    assert "<!here>" not in office.shown()


def test_a_title_is_changed_and_answers_are_said_to_stay(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.says("2: Minder gedoe", thread=posted)
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Titel wijzigen", of=of(fatima, "3. "))
    assert "hint" not in (fatima.form or {})["blocks"][0]
    fatima.closes()
    fatima.presses("", pick="Titel wijzigen", of=of(fatima, "2. "))
    assert "Kies dan ‘Punt erbij’" in shown(fatima)
    fatima.fills_in(title="Verhuizen")

    assert titles(fatima)[1] == "2. Verhuizen"
    assert "Verhuizen" in office.shown()
    assert "Minder gedoe" in office.shown()


def test_a_question_is_swapped_and_which_is_asked_where_there_are_several(
    office: Office, fatima: Person, posted: str
) -> None:
    before = questions(office.shown())
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Andere vraag", of=of(fatima, "2. "))
    assert all(question[:60] in shown(fatima) for question in before[:2])
    fatima.fills_in(question=before[1])

    after = questions(office.shown())
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert after[1] not in before[:2]

    # The one that has an answer stays; the other one is clear without asking.
    fatima.closes()
    fatima.presses("Antwoord")
    fatima.fills_in(text="Minder gedoe")
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Andere vraag", of=of(fatima, "2. "))
    assert questions(office.shown())[0] == before[0]
    assert questions(office.shown())[1] != after[1]


def test_a_skipped_item_waits_for_nothing_and_comes_back(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Overslaan", of=of(fatima, "3. "))
    assert "1 van 2 punten open" in office.shown()
    assert "3. Servicekosten 2027\nOvergeslagen" in office.shown().replace("_", "")
    assert "Overgeslagen" in shown(fatima)
    fatima.presses("", pick="Toch bespreken", of=of(fatima, "3. "))
    assert "2 punten open" in office.shown()
    assert "Overgeslagen" not in shown(fatima)

    fatima.presses("", pick="Overslaan", of=of(fatima, "3. "))
    ruud.says("3: Brief in december", thread=posted)
    assert "Brief in december" in office.shown()
    assert "Overgeslagen" not in office.shown()
    fatima.closes()
    fatima.presses("Sluit overleg af")
    left_out = next(
        b["element"] for b in (fatima.form or {})["blocks"] if b["block_id"] == "not_discussed"
    )
    assert "initial_options" not in left_out


def test_who_is_asked_after_all_answers_in_the_form(
    office: Office, fatima: Person, posted: str
) -> None:
    fatima.presses("", pick="Wijzig de agenda")
    fatima.presses("", pick="Overslaan", of=of(fatima, "2. "))
    fatima.closes()
    fatima.presses("", pick="Antwoord", of="item_menu")
    fatima.fills_in(text="Minder gedoe")

    assert "Minder gedoe" in office.shown()
    assert "Overgeslagen" not in office.shown()


def test_a_long_agenda_is_changed_item_by_item(office: Office, fatima: Person) -> None:
    fatima.points_at(text=LONG)
    fatima.fills_in()
    fatima.presses("", pick="Wijzig de agenda")
    assert len(titles(fatima)) == 60
    fatima.presses("", pick="Omhoog", of=of(fatima, "60. "))
    fatima.presses("Punt erbij")
    fatima.fills_in(title="Kerstborrel", item=place(fatima, "Na 59. Onderwerp 60"))

    assert titles(fatima)[58].startswith("59. Onderwerp 60")
    assert titles(fatima)[59] == "60. Kerstborrel"


def test_what_does_not_fit_a_form_is_counted(office: Office, fatima: Person) -> None:
    lines = "\n".join(f"{n}. Onderwerp {n} over de lift" for n in range(1, 131))
    fatima.points_at(text=f"Jaardag\n{lines}")
    fatima.fills_in()
    fatima.presses("", pick="Wijzig de agenda")

    assert len(titles(fatima)) == 80
    assert "Nog 50 punten passen hier niet." in shown(fatima)


@pytest.mark.parametrize("who", ["a guest", "an outsider", "of another organisation"])
def test_who_is_no_full_member_changes_nothing_and_answers_all_the_same(
    office: Office, fatima: Person, ruud: Person, posted: str, who: str
) -> None:
    before = office.shown()
    if who == "a guest":
        office.slack.guests.add("URUUD")
    else:
        office.slack.homes["URUUD"] = "T9"
    if who == "of another organisation":
        office.slack.enterprise, office.slack.enterprises["URUUD"] = "E1", "E2"
    for pick in ("Wijzig de agenda", "Trek in", "Zet hem onderaan"):
        ruud.presses("", pick=pick)
        assert ruud.form is None
        assert ruud.heard.startswith("Alleen vaste leden van dit kanaal wijzigen een agenda.")
    ruud.types(f"{AGENDA}\n5. Lift kapot")
    assert ruud.form is None
    ruud.types()
    said = ruud.fills_in(agenda=f"{AGENDA}\n5. Lift kapot")
    assert "Alleen vaste leden" in next(iter(said["errors"].values()))
    assert office.shown() == before

    ruud.says("2: Minder gedoe", thread=posted)
    assert "Minder gedoe" in office.shown()


def test_a_guests_own_agenda_does_not_become_one_that_stands_there(
    office: Office, fatima: Person, ruud: Person
) -> None:
    office.slack.guests.add("URUUD")
    ruud.types(f"Beraad\n{AGENDA.partition(chr(10))[2]}\n5. Lift kapot")
    fatima.types(f"Wonen 1 december 2026\n{AGENDA.partition(chr(10))[2]}")
    fatima.fills_in()
    before = office.shown()

    ruud.presses("Wijzig")
    ruud.fills_in(title="Wonen", day="2026-12-01")
    assert ruud.heard.startswith("Alleen vaste leden van dit kanaal wijzigen een agenda.")
    said = ruud.fills_in()
    assert "Alleen vaste leden" in str(said["view"])
    assert office.shown() == before


def test_a_paste_does_not_wait_for_a_slow_slack_longer_than_an_ack_may(
    office: Office, ruud: Person, posted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "EACH", 0.2)
    ruud.types()
    office.slack.held["users.info"] = threading.Event()
    began = time.monotonic()
    said = ruud.fills_in(agenda=f"{AGENDA}\n5. Lift kapot")
    assert time.monotonic() - began < IN_TIME
    office.slack.held.pop("users.info").set()

    assert next(iter(said["errors"].values())).startswith("Slack zegt me nu niet of je dit mag.")


# --- withdrawn, brought back, put at the bottom


def test_a_withdrawn_agenda_goes_with_its_thread_and_comes_back_when_it_is_pasted(
    office: Office, fatima: Person
) -> None:
    fatima.points_at(text=LONG)
    fatima.fills_in()
    before = [message["text"] for message in office.slack.messages("C1")]
    parent = str(office.slack.messages("C1")[1]["ts"])
    assert len(before) > 3
    fatima.says("2: Minder gedoe", thread=parent)
    fatima.presses("", pick="Trek in")
    assert "Jullie antwoorden blijven bewaard." in shown(fatima)
    assert len(office.slack.messages("C1")) == len(before), "nothing goes by looking"
    fatima.fills_in()
    assert len(office.slack.messages("C1")) == 1, "only the introduction stays"

    fatima.says("3: En dit", thread=parent)
    assert (
        fatima.heard == "Deze agenda is ingetrokken. Plak hem opnieuw als hij er weer moet staan."
    )

    fatima.points_at(text=LONG)
    assert "Deze agenda was ingetrokken." in shown(fatima)
    assert (fatima.form or {})["submit"]["text"] == "Plaats"
    fatima.fills_in()
    after = [message["text"] for message in office.slack.messages("C1")]
    assert len(after) == len(before)
    assert "Minder gedoe" in after[1]


def test_an_old_button_of_a_withdrawn_agenda_says_so(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    """Somebody's screen still shows it."""
    message = dict(office.slack.channel("C1").messages[posted])
    fatima.presses("", pick="Trek in")
    fatima.fills_in()
    office.slack.channel("C1").messages[posted] = message
    for label, pick in (("Antwoord", ""), ("Sluit overleg af", ""), ("", "Zet hem onderaan")):
        ruud.presses(label, pick=pick)
        assert ruud.form is None
        assert ruud.heard.startswith("Deze agenda is ingetrokken.")


def test_an_agenda_at_the_bottom_is_the_same_and_both_threads_are_heard(
    office: Office, fatima: Person, ruud: Person, posted: str
) -> None:
    fatima.says("2: Minder gedoe", thread=posted)
    fatima.presses("", pick="Zet hem onderaan")
    (below,) = [str(m["ts"]) for m in office.slack.messages("C1") if "verhuis" in m["text"]]
    assert below != posted
    assert "Minder gedoe" in office.shown()

    said = ruud.says("3: Brief in december", thread=posted)
    ruud.says("3: En een folder", thread=below)
    assert "Brief in december" in office.shown()
    assert "En een folder" in office.shown()
    ruud.changes(said, "3: Brief in januari")
    assert "Brief in januari" in office.shown()
    ruud.deletes(said)
    assert "Brief in januari" not in office.shown()

    fatima.presses("", pick="Zet hem onderaan")
    ruud.says("2: Nog iets", thread=posted)
    ruud.says("3: En nog iets", thread=below)
    assert "Nog iets" in office.shown()
    assert "En nog iets" in office.shown()


def test_a_long_agenda_moves_as_a_whole_and_its_summary_with_it(
    office: Office, fatima: Person
) -> None:
    fatima.points_at(text=LONG)
    fatima.fills_in()
    before = {m["ts"]: m["text"] for m in office.slack.messages("C1")}
    fatima.presses("Sluit overleg af")
    fatima.fills_in(take_away="Bellen")
    fatima.presses("", pick="Open het overleg weer")
    fatima.presses("", pick="Zet hem onderaan")

    after = {m["ts"]: m for m in office.slack.messages("C1")}
    assert len(set(after) & set(before)) == 1, "the introduction"
    assert len(after) == len(before) + 1
    first = next(m["ts"] for m in after.values() if "Jaardag" in m["text"])
    assert {m.get("thread_ts") for m in after.values()} == {None, first}
    fatima.presses("Sluit overleg af")
    fatima.fills_in()
    (summary,) = [m for m in office.slack.messages("C1") if "Bellen" in m["text"]]
    assert summary["thread_ts"] == first


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.BROKEN])
@pytest.mark.parametrize("number", [0, 1])
def test_whatever_fails_on_the_way_there_is_one_agenda_in_the_end(
    office: Office, fatima: Person, posted: str, fault: Fault, number: int
) -> None:
    office.slack.faults.extend([None] * number + [fault])
    fatima.presses("", pick="Zet hem onderaan")
    office.clock.later(minutes=10)
    fatima.types("help")

    agendas = [m["ts"] for m in office.slack.messages("C1") if "verhuis" in m["text"]]
    assert len(agendas) == 1
    assert agendas != [posted]


def test_a_message_that_people_deleted_comes_at_the_bottom_all_the_same(
    office: Office, fatima: Person, posted: str
) -> None:
    message = office.slack.channel("C1").messages.pop(posted)
    office.slack.channel("C1").messages["9.9"] = message  # a screen that shows it still
    fatima.presses("", pick="Zet hem onderaan")

    del office.slack.channel("C1").messages["9.9"]
    assert "verhuis" in office.shown()
