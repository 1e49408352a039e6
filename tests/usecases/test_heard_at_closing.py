"""What the closing form begins with: the customer as heard in what people wrote themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.config import Config
from bot.domain.answer import Answer
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import AgendaItem, Kind, SubItem
from bot.domain.observation import Observed
from bot.domain.view import MeetingView
from bot.readers.catalogue import Prompts
from bot.readers.config_file import File, Settings
from bot.usecases import (
    close_meeting,
    prepare_meeting,
    run_meeting,
    set_up_channel,
    take_notes,
)
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda
from tests.conftest import Clock

CAME_UP = Observed.CAME_UP
COMPLAINT = "Veel huurders klagen over de lift."


def ids(meeting: MeetingView) -> list[str]:
    return [it.id or "" for it in meeting.substantive]


def heard(toolbox: Toolbox, caller: Caller, *titles: str) -> list[str]:
    """The titles at which the form suggests that the customer came up."""
    settings = set_up_channel.channel_settings(toolbox, caller)
    meeting = prepare_meeting.prepare(toolbox, caller, agenda(*titles), settings)
    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    return [it.item.title for it in shown.meeting.items if shown.observed.get(it.id or "")]


@pytest.mark.parametrize("then", ["de medewerker", "de huurder"])
def test_the_word_the_meeting_was_held_with_counts_as_well(
    toolbox: Toolbox, caller: Caller, then: str
) -> None:
    for sector, own_word in (("general", then), ("housing", "")):
        set_up_channel.set_up(toolbox, caller, sector=sector, own_word=own_word)
        if own_word:
            settings = set_up_channel.channel_settings(toolbox, caller)
            read = agenda("De medewerkers wachten op hun laptop", "De huurders wachten op de lift")
            meeting = prepare_meeting.prepare(toolbox, caller, read, settings)

    laptop, lift = ids(meeting)
    heard = {laptop, lift} if then == "de medewerker" else {lift}
    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.observed == dict.fromkeys(heard, CAME_UP)


def test_what_the_form_begins_with_is_heard_in_all_that_people_wrote(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    items = (
        AgendaItem("1", "Klachten over de lift", Kind.SUBSTANTIVE),
        AgendaItem("2", "Begroting", Kind.SUBSTANTIVE, detail="De huurders wachten op antwoord."),
        AgendaItem("3", "Begroting 2027", Kind.SUBSTANTIVE, sub_items=(SubItem("3a", COMPLAINT),)),
        AgendaItem("4", "Jaarplanning", Kind.SUBSTANTIVE),
        AgendaItem("5", "Kopieermachine", Kind.SUBSTANTIVE),
    )
    read = replace(agenda(), items=items)
    meeting = prepare_meeting.prepare(toolbox, caller, read, settings)
    *heard, planning, _ = ids(meeting)
    take_notes.add_to_note(toolbox, caller, planning, f"Even gebeld. {COMPLAINT}")

    shown = close_meeting.closing(toolbox, caller, meeting.id or "")
    assert shown.observed == dict.fromkeys([*heard, planning], CAME_UP)


def test_what_we_ask_and_what_is_answered_suggests_nothing(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    read = agenda("Begroting", "Jaarplanning")
    meeting = prepare_meeting.prepare(toolbox, caller, read, settings)
    budget, _ = meeting.substantive
    question = budget.questions[0].choice.text
    assert "huurder" in question, "or it would not be heard anyway"
    for item_id in ids(meeting):
        take_notes.add_to_note(toolbox, caller, item_id, f"{question}\nOp tafel gelegd.")
    run_meeting.answer(toolbox, caller, budget.id or "", Answer(COMPLAINT, None))

    assert close_meeting.closing(toolbox, caller, meeting.id or "").observed == {}


@pytest.mark.parametrize(
    ("own_word", "named", "not_named"),
    [
        ("de collega", "Een collega vraagt om een laptop", "Begroting"),
        ("de collega", "Laptops voor nieuwe collega's", "Een huis voor de notulen"),
        ("de deelnemende gemeente", "Brief aan de deelnemende gemeenten", "Brief aan de gemeente"),
        ("een xylofonist", "Xylofonisten klagen over de zaal", "Zaal voor de xylofoon"),
        ("de verhuurder", "Afspraken met verhuurders", "Verhuur van zalen"),
    ],
)
def test_the_channels_own_word_is_heard_whoever_that_is_elsewhere(
    toolbox: Toolbox, caller: Caller, own_word: str, named: str, not_named: str
) -> None:
    set_up_channel.set_up(toolbox, caller, sector="general", own_word=own_word)

    assert heard(toolbox, caller, named, not_named) == [named]


def test_a_customer_is_heard_by_name_configured_or_listed_here(
    config: Config, prompts: Prompts, clock: Clock, caller: Caller
) -> None:
    file = File(defaults=Settings(accounts=["Woonzorg Noord"]))
    toolbox = Toolbox(replace(config, file=file), prompts, clock)
    before = set_up_channel.channel_settings(toolbox, caller)
    listed = set_up_channel.listing(toolbox, caller, before, "Van Dijk\nDe Haven")
    set_up_channel.change_settings(toolbox, caller, listed)
    view = set_up_channel.show_channel(toolbox, caller)
    assert view.settings.accounts == ("Woonzorg Noord", "Van Dijk", "De Haven")
    assert view.accounts == ("Van Dijk", "De Haven"), "what is configured stays so"

    titles = ("Offerte Van Dijk", "Bezoek aan Woonzorg Noord", "Kopieermachine")
    assert heard(toolbox, caller, *titles) == ["Offerte Van Dijk", "Bezoek aan Woonzorg Noord"]
    set_up_channel.set_up(toolbox, caller, sector="housing", own_word="")
    assert set_up_channel.show_channel(toolbox, caller).accounts == view.accounts
    none = set_up_channel.listing(toolbox, caller, view.settings, "")
    set_up_channel.change_settings(toolbox, caller, none)
    assert set_up_channel.channel_settings(toolbox, caller).accounts == ("Woonzorg Noord",)
    assert heard(toolbox, caller, *titles) == ["Bezoek aan Woonzorg Noord"]
    toolbox.close()
