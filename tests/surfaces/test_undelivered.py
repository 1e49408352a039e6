"""`klantvraag check` tells what is not delivered, and `klantvraag deliver` posts it once more."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.domain.customer import ChannelSettings
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import deliver, prepare_meeting
from bot.usecases.deliver import Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda

Attempt = Callable[..., Delivery]


def run(*words: str) -> Result:
    return CliRunner().invoke(klantvraag, words, obj=PROGRAM)


@pytest.fixture
def attempt(toolbox: Toolbox, settings: ChannelSettings) -> Attempt:
    """Has a meeting's message end like this."""

    def attempt(title: str, outcome: Outcome) -> Delivery:
        caller = Caller("slack", "T1", "C1", "U1")
        with toolbox.write(caller) as session:
            read = agenda("Verhuisformulier", title=title)
            view = prepare_meeting.keep(session, toolbox, caller, read, settings)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())
        delivery = deliver.next_delivery(toolbox, "slack")
        assert delivery is not None
        deliver.failed(toolbox, delivery, outcome)
        return delivery

    return attempt


def test_what_only_a_person_can_tell_is_wrong_until_it_is_posted_again(attempt: Attempt) -> None:
    key = attempt("Wonen", Unknown("missing_scope")).job.key

    told = run("check")
    assert told.exit_code == 1
    assert "‘Wonen’ in kanaal C1" in told.stderr
    assert f"klantvraag deliver {key}" in told.stderr

    assert run("deliver", key).exit_code == 0
    assert run("check").exit_code == 0


def test_what_cannot_be_posted_or_comes_later_is_told_and_nothing_is_wrong(
    attempt: Attempt,
) -> None:
    attempt("Wonen", Ended("is_archived"))
    attempt("Directie", Ended("is_archived"))
    attempt("Financiën", Later())
    attempt("Weggehaald", Ended(deliver.DELETED))

    told = json.loads(run("check", "--json", "--language", "en").stdout)

    assert told["wrong"] == []
    ended, waiting = told["good"][-2:]
    assert ended.startswith("2 messages can no longer be kept up to date (is_archived)")
    assert waiting.startswith("1 message could not be posted yet; it follows from Tuesday 24 Nov")


def test_only_what_waits_for_a_person_is_posted_again(attempt: Attempt) -> None:
    key = attempt("Wonen", Later()).job.key

    for wrong in (key, "refresh:meeting:onzin"):
        result = run("deliver", wrong)
        assert result.exit_code == 1
        assert "klantvraag check" in result.stderr


def test_without_a_database_nothing_is_made() -> None:
    result = run("deliver", "refresh:meeting:onzin")

    assert result.exit_code == 1
    assert run("check").exit_code == 0
    assert "bestaat nog niet" in run("check").stdout
