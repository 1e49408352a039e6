"""Whether figures may count elsewhere is asked once, in no private channel, whatever Slack says."""

from __future__ import annotations

from bot.usecases import check_messages
from bot.usecases.choose import OPT_IN
from bot.usecases.toolbox import Toolbox
from tests.slack.asking import (
    COUNTS,
    chosen,
    question,
    questions,
    something_else_happens,
    told,
)
from tests.slack.people import Office, Person
from tests.slack.stand_in import Fault
from tests.slack.workspace import ALL


def test_it_is_asked_once(office: Office, ask) -> None:
    assert [ask(), ask(), ask()] == [1, 0, 0]

    assert len(questions(office)) == 1


def test_a_private_channel_is_not_asked(office: Office, ask, toolbox: Toolbox) -> None:
    office.slack.private.add("C1")

    assert (ask(), questions(office)) == (1, [])
    assert chosen(toolbox).private is True
    assert (ask(), questions(office)) == (0, [])
    assert check_messages.undelivered(toolbox.config.database) == [], "nobody misses it"


def test_a_channel_known_to_be_private_is_left_alone(
    office: Office, fatima: Person, ask, toolbox: Toolbox
) -> None:
    office.slack.private.add("C1")
    fatima.types("instellingen")
    assert chosen(toolbox).private is True
    looked = len(office.slack.called("conversations.info"))

    assert ask() == 0
    assert len(office.slack.called("conversations.info")) == looked


def test_a_private_channel_says_so_itself(
    office: Office, fatima: Person, ask, toolbox: Toolbox
) -> None:
    office.slack.private.add("C1")
    fatima.presses("Instellingen")
    fatima.fills_in(outside=True)

    assert chosen(toolbox).outside is True
    assert (ask(), questions(office)) == (0, [])
    assert told(office) == [
        "Cijfers tellen mee in overzichten van meer kanalen: nee → ja\nGewijzigd door <@UFATIMA>"
    ]
    fatima.presses("Instellingen")
    fatima.fills_in(outside=[])
    assert chosen(toolbox).outside is False


def test_what_is_chosen_before_it_was_asked_is_not_asked(
    office: Office, fatima: Person, toolbox: Toolbox, ask
) -> None:
    office.slack.faults.append(Fault.LIMITED)  # the question waits
    assert (ask(), questions(office)) == (1, [])
    fatima.presses("Instellingen")
    fatima.fills_in(outside=True)
    office.clock.later(minutes=1)
    something_else_happens(office)

    assert questions(office) == []
    assert check_messages.undelivered(toolbox.config.database) == []


def test_while_slack_does_not_say_whether_it_is_private_it_is_not_asked(
    office: Office, ask, toolbox: Toolbox
) -> None:
    office.slack.meanwhile["conversations.info"] = lambda: office.slack.scopes.update(
        {"xoxb-test": ALL - {"channels:read"}}
    )
    assert (ask(), questions(office)) == (1, [])

    (told,) = check_messages.undelivered(toolbox.config.database)
    assert (told.kind, told.state, told.reason) == (OPT_IN, "refused", "missing_scope")


def test_after_a_lost_answer_it_stands_there_once(office: Office, ask) -> None:
    office.slack.faults.append(Fault.LOST_AFTER)
    ask()
    office.clock.later(minutes=10)
    something_else_happens(office)

    assert len(questions(office)) == 1


def test_who_answers_before_we_know_that_it_stands_there_sees_the_answer(
    office: Office, ruud: Person, ask
) -> None:
    office.slack.faults.append(Fault.LOST_AFTER)
    ask()
    ruud.presses("Ja, tel mee")
    office.clock.later(minutes=10)
    something_else_happens(office)

    assert question(office)[0] == COUNTS


def test_a_question_that_was_deleted_stays_away(
    office: Office, fatima: Person, ask, toolbox: Toolbox
) -> None:
    ask()
    (message,) = questions(office)
    del office.slack.channel("C1").messages[message["ts"]]
    fatima.presses("Instellingen")
    fatima.fills_in(outside=True)

    assert (chosen(toolbox).outside, questions(office)) == (True, [])
    assert told(office) != []
