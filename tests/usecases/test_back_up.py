"""A backup is made while the meeting goes on, and brings it back as it was then."""

from __future__ import annotations

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import Agenda, AgendaItem, Kind
from bot.usecases.back_up import back_up, restore
from bot.usecases.check_database import check_database
from bot.usecases.prepare_meeting import prepare
from bot.usecases.run_meeting import answer
from bot.usecases.show_meeting import show
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock

AGENDA = Agenda("Wonen", None, None, None, "nl", (AgendaItem("1", "Onderhoud", Kind.SUBSTANTIVE),))


def test_a_meeting_comes_back_as_it_was(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings, clock: Clock
) -> None:
    database = toolbox.config.database
    copy = database.with_name("kopie.db")
    meeting = prepare(toolbox, caller, AGENDA, settings)
    assert meeting.id
    assert meeting.items[0].id
    answer(toolbox, caller, meeting.items[0].id, Answer("voor de back-up", Certainty.KNOW))
    then = show(toolbox, caller, meeting.id)
    back_up(database, copy, lambda *_: None)
    answer(toolbox, caller, meeting.items[0].id, Answer("erna", Certainty.KNOW))
    toolbox.database.close()

    kept = restore(copy, database, clock(), lambda *_: None)

    assert kept == database.with_name("klantvraag.db.before-restore-20261124-090000")
    assert show(toolbox, caller, meeting.id) == then
    assert check_database(kept).bytes == kept.stat().st_size


def test_nothing_to_check_is_no_problem(toolbox: Toolbox) -> None:
    found = check_database(toolbox.config.database.with_name("niets.db"))
    assert found.bytes is None
    assert found.sqlite
