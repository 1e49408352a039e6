"""Settings in Slack: an outsider, a guest and, once somebody is named, other members refused."""

from __future__ import annotations

from tests.slack.people import Office, Person
from tests.slack.workspace import BOT

REFUSED = "Alleen vaste leden van dit kanaal wijzigen de instellingen. Vraag het een van hen."


def test_who_may_change_settings(office: Office) -> None:
    fatima, ruud, joke = (Person(office, name) for name in ("UFATIMA", "URUUD", "UJOKE"))
    slack = office.slack

    # It is added to a channel shared with a supplier, whose Joke presses the first button.
    slack.homes["UJOKE"] = "TSUPPLIER"
    office.event(type="member_joined_channel", channel="C1", user=BOT)
    joke.presses("Noem jullie klant")
    assert (joke.form, joke.heard) == (None, REFUSED)

    # Fatima, a full member, says who the customer is; the introduction shows it.
    fatima.presses("Noem jullie klant")
    fatima.fills_in(sector="de huurder")
    (introduction,) = slack.messages("C1")
    assert "Ik noem jullie klant ‘de huurder’." in introduction["text"]

    # So may Ruud; what he changes stands in the thread of the introduction.
    ruud.presses("Instellingen")
    ruud.fills_in(customer="de bewoner", questions="1")
    _, change = slack.messages("C1")
    assert change["thread_ts"] == introduction["ts"]
    assert change["text"].splitlines() == [
        "Jullie klant: de huurder → de bewoner",
        "Vragen per punt: 2 → 1",
        "Gewijzigd door <@URUUD>",
    ]

    # He lists customers by name: told is how many, for they may be people.
    ruud.presses("Instellingen")
    refused = ruud.fills_in(accounts="Van Dijk\nAB")["errors"]
    assert refused["accounts"].startswith("‘AB’ is te kort")
    ruud.fills_in(accounts=" Van Dijk\n\nDe Haven\nVan Dijk")
    (told,) = slack.messages("C1")[2:]
    assert told["text"] == "Namen van klanten: niet ingevuld → 2\nGewijzigd door <@URUUD>"
    ruud.presses("Instellingen")
    assert "'initial_value': 'Van Dijk\\nDe Haven'" in str(ruud.form)
    ruud.closes()

    # The outsider may not, by button or by command, nor save a form that was open before.
    joke.presses("Instellingen")
    joke.types("instellingen")
    assert (joke.form, joke.heard) == (None, REFUSED)
    slack.homes.clear()
    joke.presses("Instellingen")
    slack.homes["UJOKE"] = "TSUPPLIER"
    assert joke.fills_in(questions="3")["errors"] == {"sector": REFUSED}
    slack.homes.clear()

    # A guest may not either.
    slack.forms["UJOKE"].clear()
    slack.guests.add("UJOKE")
    joke.types("instellingen")
    assert (joke.form, joke.heard) == (None, REFUSED)

    # The channel names Fatima. From then on Ruud is told whom to ask, in what he had open too.
    ruud.types("instellingen")
    fatima.types("instellingen")
    fatima.fills_in(keeper="UFATIMA")
    named = "Alleen Fatima mag hier de instellingen wijzigen. Vraag het aan Fatima."
    assert ruud.fills_in(questions="3")["errors"] == {"sector": named}
    slack.forms["URUUD"].clear()
    ruud.presses("Instellingen")
    assert (ruud.form, ruud.heard) == (None, named)
    assert len(slack.messages("C1")) == 4

    # Fatima leaves: nobody is locked out.
    slack.people["C1"].remove("UFATIMA")
    ruud.presses("Instellingen")
    ruud.fills_in(questions="3")
    assert slack.messages("C1")[-1]["text"].splitlines() == [
        "Vragen per punt: 1 → 3",
        "Wie dit mag wijzigen: <@UFATIMA> → elk vast lid van dit kanaal",
        "Gewijzigd door <@URUUD>",
    ]
