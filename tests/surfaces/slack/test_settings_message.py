"""Settings that changed: whoever wrote what, it names who changed them and calls nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.setting import Change, Setting
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.limits import wrong_message
from bot.surfaces.slack.names import Action
from bot.usecases.tell_changes import ChangeView
from bot.wording.texts import Texts
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
        Change(Setting.DIGEST, "1 09:00 Europe/Amsterdam", "5 16:30 Europe/Amsterdam"),
        Change(Setting.DIGEST, "1 09:00 Europe/Amsterdam", "1 09:00 Europe/London"),
        Change(Setting.DIGEST, "", "7 00:05 UTC"),
        Change(Setting.OUTSIDE, "yes", ""),
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
        "Weekoverzicht: elke maandag om 9.00 uur → elke vrijdag om 16.30 uur",
        "Weekoverzicht: elke maandag om 9.00 uur (Europe/Amsterdam) → elke maandag om 9.00 uur"
        " (Europe/London)",
        "Weekoverzicht: nooit → elke zondag om 0.05 uur",
        "Cijfers tellen mee in overzichten van meer kanalen: ja → nee",
        "Wie dit mag wijzigen: elk vast lid van dit kanaal → <@U2>",
        "Gewijzigd door <@U1>",
    ]


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_that_talk_is_counted_comes_with_the_way_to_switch_it_off(texts: Texts) -> None:
    def told(after: str) -> Message:
        talk = Change(Setting.TALK, "" if after else "yes", after)
        return views.settings_changed(replace(VIEW, changes=[talk]), texts)

    on, off = told("yes"), told("")
    label = texts.say("slack.intro.settings")

    assert wrong_message(payload(on)) == []
    (button,) = on.blocks[-1]["elements"]
    assert (button["action_id"], button["text"]["text"]) == (Action.SETTINGS, label)
    assert on.text.endswith(texts.say("slack.help.choices", choices=label))
    assert [block["type"] for block in off.blocks] == ["section"]
    assert label not in off.text


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
