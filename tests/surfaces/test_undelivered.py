"""`klantvraag check` tells what is not delivered, and `klantvraag deliver` posts it once more."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.domain.customer import ChannelSettings
from bot.domain.dates import week_of
from bot.domain.schedule import Came, Occasion
from bot.storage import channels, claims, jobs, occurrences, people
from bot.storage.occurrences import Occurrence
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import deliver, prepare_meeting, set_up_channel
from bot.usecases.choose import OPT_IN
from bot.usecases.delivery import Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.remind_next_week import ReminderView
from bot.usecases.show_meeting import MEETING
from bot.usecases.tell_managers import PAGE
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda

Attempt = Callable[..., Delivery]
CALLER = Caller("slack", "T1", "C1", "U1")


def run(*words: str) -> Result:
    return CliRunner().invoke(klantvraag, words, obj=PROGRAM)


@pytest.fixture
def attempt(toolbox: Toolbox, settings: ChannelSettings) -> Attempt:
    """Has a meeting's message end like this, once it was posted or before; each in a channel."""
    numbers = count(1)

    def attempt(title: str | None, outcome: Outcome, *, after_posting: bool = False) -> Delivery:
        caller = Caller("slack", "T1", f"C{next(numbers)}", "U1")
        with toolbox.write(caller) as session:
            read = agenda("Verhuisformulier", title=title)
            view = prepare_meeting.keep(session, toolbox, caller, read, settings)
            deliver.show(session, "slack", MEETING, view.id or "", toolbox.now())
        return fail(toolbox, outcome, after_posting=after_posting)

    return attempt


def fail(toolbox: Toolbox, outcome: Outcome, *, after_posting: bool = False) -> Delivery:
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    if after_posting:
        deliver.posted(toolbox, delivery, 1, "C1/1.1", 7, more=True)
        toolbox.clock.later(seconds=1)  # type: ignore[attr-defined]
        delivery = deliver.next_delivery(toolbox, "slack")
        assert delivery is not None
    deliver.failed(toolbox, delivery, outcome)
    return delivery


def test_what_only_a_person_can_tell_is_wrong_until_it_is_posted_again(attempt: Attempt) -> None:
    key = attempt("Wonen", Unknown("missing_scope")).job.key

    told = run("check")
    assert told.exit_code == 1
    assert "‘Wonen’ in kanaal C1" in told.stderr
    assert f"klantvraag deliver {key}" in told.stderr

    assert run("deliver", key).exit_code == 0
    assert run("check").exit_code == 0


def test_a_meeting_without_a_title_and_an_introduction_are_told_apart(
    attempt: Attempt, toolbox: Toolbox
) -> None:
    attempt(None, Unknown("missing_scope"))
    set_up_channel.greet(toolbox, Caller("slack", "T1", "C9", "U1"))
    fail(toolbox, Unknown("missing_scope"))

    told = run("check").stderr
    assert "‘Overleg zonder titel’ in kanaal C1" in told
    assert "‘de introductie’ in kanaal C9" in told


def test_to_a_channel_we_left_we_have_to_be_invited_first(
    attempt: Attempt, toolbox: Toolbox
) -> None:
    attempt("Wonen", Unknown("missing_scope"))
    assert "‘Wonen’ in kanaal C1. Kijk daar" in run("check").stderr
    set_up_channel.left(toolbox, CALLER)

    told = run("check").stderr
    assert "‘Wonen’ in kanaal C1, en ik zit daar niet meer" in told
    assert "/invite @klantvraag" in told


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Unknown("missing_scope"), "Misschien niet verstuurd: ‘het bericht over volgende week’"),
        (Ended("messages_tab_disabled"), "want de app mag niemand apart schrijven. Zet in Slack"),
        (Ended("cannot_dm_bot"), "aan één persoon, want Slack neemt het niet aan (cannot_dm_bot)"),
    ],
)
def test_what_went_to_one_person_names_no_channel_and_nobody(
    toolbox: Toolbox, outcome: Outcome, told: str
) -> None:
    with toolbox.write(CALLER) as session:
        now = toolbox.now()
        whom = people.ensure(session, "slack", "UFATIMA", now)
        due = Occurrence(Occasion.NEXT_WEEK, whom, now, "2026-W47", Came.DUE, recipient_id=whom)
        occurrence_id = occurrences.add(session, due, now) or ""
        jobs.tell(session, "slack", Occasion.NEXT_WEEK, occurrence_id, whom, now)
    job = claims.claim(toolbox.database, "slack", now, toolbox.now(60), now)
    assert job is not None
    view = ReminderView("nl", week_of(toolbox.today()), [])
    deliver.failed(toolbox, Delivery(job, "UFATIMA", view, {}), outcome)

    said = run("check").stderr
    assert told in said
    assert "kanaal" not in said
    assert "UFATIMA" not in said


def test_what_waits_is_not_in_order_yet(attempt: Attempt) -> None:
    attempt("Financiën", Later())

    told = run("check")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1].startswith("Er is niets om te herstellen, maar nog niet")


@pytest.mark.parametrize(
    ("reason", "why", "todo"),
    [
        ("not_in_channel", "want ik zit daar niet", "/invite @klantvraag"),
        ("is_archived", "want dat is gearchiveerd", "klantvraag deliver {key}"),
        ("restricted_action", "want niet iedereen mag daar plaatsen", "klantvraag deliver {key}"),
        ("user_is_bot", "want Slack neemt het niet aan (user_is_bot)", "klantvraag deliver {key}"),
    ],
)
def test_what_was_never_posted_is_wrong_and_says_what_to_do(
    attempt: Attempt, reason: str, why: str, todo: str
) -> None:
    key = attempt("Wonen", Ended(reason)).job.key

    told = run("check")
    assert told.exit_code == 1
    assert f"Niet geplaatst: ‘Wonen’ in kanaal C1, {why}" in told.stderr
    assert todo.format(key=key) in told.stderr
    assert "Alles is in orde" not in told.stdout
    assert "bijgewerkt" not in told.stdout


def test_what_ended_while_it_may_have_been_posted_says_so(attempt: Attempt) -> None:
    attempt("Wonen", Ended("is_archived", uncertain=True))

    assert "Misschien niet geplaatst: ‘Wonen’ in kanaal C1" in run("check").stderr


def test_what_cannot_be_changed_or_comes_later_is_told_and_nothing_is_wrong(
    attempt: Attempt,
) -> None:
    attempt("Wonen", Ended("is_archived"), after_posting=True)
    attempt("Directie", Ended("is_archived"), after_posting=True)
    attempt("Weggehaald", Ended(deliver.DELETED), after_posting=True)
    attempt("Weg", Ended(set_up_channel.LEFT), after_posting=True)
    attempt("Financiën", Later())

    told = json.loads(run("check", "--json", "--language", "en").stdout)

    assert told["wrong"] == []
    ended, waiting = told["good"][-2:]
    assert ended.startswith("2 messages can no longer be kept up to date (is_archived)")
    assert waiting.startswith("1 message could not be posted yet; it is tried again by itself")


def test_a_platform_that_lets_nothing_in_is_wrong_and_told_once(attempt: Attempt) -> None:
    attempt("Wonen", Later(reason="token_revoked"))
    attempt("Directie", Later(reason="token_revoked"))

    told = json.loads(run("check", "--json").stdout)

    (wrong,) = told["wrong"]
    assert wrong.startswith("Slack laat ons er niet in (token_revoked); 2 berichten wachten.")


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


def test_settings_that_changed_are_called_by_what_they_are(
    toolbox: Toolbox, settings: ChannelSettings
) -> None:
    for questions in (2, 1):
        set_up_channel.change_settings(toolbox, CALLER, replace(settings, questions=questions))
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    deliver.up_to_date(toolbox, delivery)
    toolbox.clock.later(seconds=1)  # type: ignore[attr-defined]
    fail(toolbox, Unknown("missing_scope"))

    assert "Misschien niet geplaatst: ‘de gewijzigde instellingen’" in run("check").stderr


@pytest.mark.parametrize("kind", [OPT_IN, PAGE])
def test_what_nobody_asked_for_is_missed_by_nobody_where_we_left(
    toolbox: Toolbox, kind: str
) -> None:
    set_up_channel.greet(toolbox, CALLER)
    with toolbox.write(CALLER) as session:
        channel_id = channels.find(session, "slack", "C1") or ""
        jobs.refresh(session, "slack", kind, channel_id, toolbox.now())
    set_up_channel.left(toolbox, CALLER)
    for _ in range(2):
        assert deliver.next_delivery(toolbox, "slack") is None
        toolbox.clock.later(seconds=2)  # type: ignore[attr-defined]

    assert json.loads(run("check", "--json").stdout)["wrong"] == []
