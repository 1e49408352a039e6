"""Settings that changed: whoever wrote what, it names who changed them and calls nobody else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.setting import Change, Setting
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_message
from bot.usecases.tell_changes import ChangeView
from tests.surfaces.slack.meetings import WILD
from tests.surfaces.slack.test_views import EACH, TEXTS, harmless, payload

VIEW = ChangeView(
    "nl",
    [
        Change(Setting.CUSTOMER, "de klant", "de huurder"),
        Change(Setting.PROMISE, "", "binnen een dag antwoord"),
        Change(Setting.ACCOUNTS, "", "3"),
        Change(Setting.ACCOUNTS, "3", "3"),
        Change(Setting.QUESTIONS, "2", "1"),
        Change(Setting.LANGUAGE, "", "en"),
        Change(Setting.LEVEL, "tactical", ""),
        Change(Setting.PROCEDURAL, "", "yes"),
        Change(Setting.KEEPER, "", "p2"),
    ],
    "p1",
    {"p1": "U1", "p2": "U2"},
)


def test_each_change_is_a_line_from_what_to_what_and_by_whom() -> None:
    assert views.settings_changed(VIEW, TEXTS["nl"]).text.splitlines() == [
        "Jullie klant: de klant → de huurder",
        "Belofte aan de klant: niet ingevuld → binnen een dag antwoord",
        "Namen van klanten: niet ingevuld → 3",
        "Namen van klanten: 3 → 3, met andere namen",
        "Vragen per punt: 2 → 1",
        "Taal waarin ik hier schrijf: Die van de agenda → Engels",
        "Wie hier overlegt: Het middenkader → niet ingevuld",
        "Vragen bij opening en rondvraag: nee → ja",
        "Wie dit mag wijzigen: elk vast lid van dit kanaal → <@U2>",
        "Gewijzigd door <@U1>",
    ]


def test_who_was_erased_is_somebody() -> None:
    said = views.settings_changed(replace(VIEW, accounts={"p2": "U2"}), TEXTS["nl"]).text

    assert said.endswith("Gewijzigd door iemand van wie de naam is gewist")


@settings(max_examples=60, deadline=None)
@given(WILD, WILD, EACH, st.sampled_from(["U1", "<!channel>", ""]))
def test_no_word_in_it_calls_anybody(before: str, after: str, texts, account: str) -> None:
    changes = [Change(Setting.CUSTOMER, before, after), Change(Setting.PROMISE, after, before)]
    view = ChangeView("nl", changes, "p1", {"p1": account} if account else {})
    message = views.settings_changed(view, texts)

    assert wrong_message(payload(message)) == []
    (block,) = message.blocks
    words = block["text"]["text"].replace("<@U1>", "")
    assert harmless({"text": block["text"] | {"text": words}})
    assert words.count("\n") == 2
