"""What changed on an agenda that was read again, as people are told."""

from __future__ import annotations

import pytest

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.usecases import run_meeting
from bot.usecases.prepare_again import known_as, prepare_again
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.agenda_changed import agenda_changed
from bot.wording.texts import Texts
from tests.agendas import agenda

FIRST = ("Liften", "Begroting", "Tuin")


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (FIRST, []),
        ((*FIRST, "Hek"), ["Nieuw: 4. Hek"]),
        (("Liften", "Tuin"), ["Niet meer op de agenda: 2. Begroting"]),
        (
            ("Begroting", "Tuin"),
            ["Niet meer op de agenda: 1. Liften (wat erbij staat, blijft bewaard)"],
        ),
        (
            ("Liften", "Begroting 2027", "Tuin"),
            ["Heet nu anders: 2. Begroting 2027, was ‘Begroting’"],
        ),
        (("Tuin", "Liften", "Begroting"), ["De volgorde is veranderd."]),
        (
            ("Tuin", "Liften", "Hek"),
            ["Nieuw: 3. Hek", "Niet meer op de agenda: 2. Begroting", "De volgorde is veranderd."],
        ),
    ],
)
def test_a_line_for_each_change(
    toolbox: Toolbox,
    caller: Caller,
    settings: ChannelSettings,
    nl: Texts,
    titles: tuple[str, ...],
    told: list[str],
) -> None:
    assert known_as(toolbox, caller, agenda(*FIRST)) is None
    _, first = prepare_again(toolbox, caller, agenda(*FIRST), settings)
    run_meeting.answer(
        toolbox, caller, first.items[0].id or "", Answer("Vier weken", Certainty.KNOW)
    )

    before, after = prepare_again(toolbox, caller, agenda(*titles), settings)

    assert before is not None
    assert before.id == first.id
    assert agenda_changed(before, after, nl) == told


def test_what_comes_back_is_new_again(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, en: Texts
) -> None:
    _, first = prepare_again(toolbox, caller, agenda(*FIRST), settings)
    answer = Answer("Four weeks", Certainty.KNOW)
    run_meeting.answer(toolbox, caller, first.items[0].id or "", answer)
    prepare_again(toolbox, caller, agenda("Begroting", "Tuin"), settings)

    before, after = prepare_again(toolbox, caller, agenda("Begroting", "Tuin", "Liften"), settings)

    assert before is not None
    assert agenda_changed(before, after, en) == ["New: 3. Liften"]
    assert after.items[2].answers
