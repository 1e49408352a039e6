"""`klantvraag check` tells what came by itself and was not told; with --live what is under way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.storage import channels
from bot.surfaces.slack import recipients
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases import deliver, listen, set_up_channel
from bot.usecases.come_due import come_due
from bot.usecases.delivery import Delivery, Ended, Later, Outcome, Unknown
from bot.usecases.toolbox import Caller, Toolbox, Untold
from tests.conftest import Clock
from tests.usecases.organisation import Held, Item, Organisation

CHANNELS = ("C1", "C2")
HERE = Caller("slack", "T1", "C1", "U1")
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
Run = Callable[..., Result]


@pytest.fixture
def run(toolbox: Toolbox, clock: Clock) -> Run:
    program = replace(PROGRAM, clock=clock)

    def run(*words: str) -> Result:
        listen.beat(toolbox, HERE, "p:1", hearing=True)
        said = ["check", *words, "--database", str(toolbox.config.database)]
        return CliRunner().invoke(klantvraag, said, obj=program)

    return run


@pytest.fixture
def monday(toolbox: Toolbox, clock: Clock) -> None:
    """Two channels met in week 48, and it is Monday 30 November, 9:00 in Amsterdam."""
    organisation = Organisation(toolbox, HERE)
    with toolbox.write(HERE) as session:
        for name in CHANNELS:
            organisation.add_channel(session, name, None)
            day = MONDAY.date() - timedelta(days=4)
            organisation.hold(session, Held(name, day, (Item(),), (6,)))
        session.rows(
            "update channels set created_at = :at where workspace_id = :workspace_id",
            at=toolbox.now(),
        )
    clock.instant = MONDAY


def fails(toolbox: Toolbox, outcome: Outcome) -> Delivery:
    delivery = deliver.next_delivery(toolbox, "slack")
    assert delivery is not None
    deliver.failed(toolbox, delivery, outcome)
    return delivery


def withheld(toolbox: Toolbox, reason: str, channel: str | None = None) -> str:
    """The digest of a channel is due, and may not be told there; returns which."""
    come_due(toolbox, "slack")
    while delivery := deliver.next_delivery(toolbox, "slack"):
        if channel in (None, delivery.channel):
            deliver.not_told(toolbox, delivery.job, Untold(reason), uncertain=False)
            return delivery.channel
        deliver.not_told(toolbox, delivery.job, Untold("met", nothing=True), uncertain=False)
    raise AssertionError("nothing is due there")


def meets_again(toolbox: Toolbox) -> None:
    """Both channels meet in week 49."""
    organisation, day = Organisation(toolbox, HERE), MONDAY.date() + timedelta(days=3)
    with toolbox.write(HERE) as session:
        for name in CHANNELS:
            organisation.channels[name] = channels.find(session, "slack", name) or ""
            organisation.hold(session, Held(name, day, (Item(),), (6,)))


@pytest.mark.usefixtures("monday")
def test_what_is_due_is_on_its_way_and_later_it_is_late(toolbox, run, clock) -> None:
    come_due(toolbox, "slack")
    told = run("--live")
    assert told.exit_code == 0
    assert "Onderweg: het weekoverzicht van ma 30 nov 9.00 uur (in kanaal C1)" in told.stdout
    assert "(in kanaal C2)" in told.stdout
    assert "Onderweg" not in run().stdout

    clock.later(minutes=15, seconds=1)
    told = run("--live", "--language", "en")
    assert told.exit_code == 1
    assert "Late: the weekly digest of Mon 30 Nov 9:00 (in channel C1)" in told.stderr


@pytest.mark.usefixtures("monday")
def test_what_failed_and_what_nobody_knows_are_told_apart(toolbox, run, clock) -> None:
    come_due(toolbox, "slack")
    failed = fails(toolbox, Later()).channel
    unknown = fails(toolbox, Unknown("missing_scope"))

    told = run("--live")
    assert f"Nog niet gelukt: het weekoverzicht van ma 30 nov 9.00 uur (in kanaal {failed})" in (
        told.stdout
    )
    assert "Misschien al geplaatst: het weekoverzicht van ma 30 nov 9.00 uur" in told.stdout
    found = json.loads(run("--live", "--json").stdout)["by_itself"]
    assert {one["standing"]: one["channel"] for one in found} == {
        "failed": failed,
        "unknown": unknown.channel,
    }
    assert found[0] | {"key": "", "channel": "", "standing": "", "reason": ""} == {
        "standing": "",
        "occasion": "digest",
        "channel": "",
        "due_at": "2026-11-30T08:00:00.000+00:00",
        "period": "2026-W48",
        "reason": "",
        "key": "",
    }


@pytest.mark.usefixtures("monday")
def test_what_nobody_saw_in_time_is_told_for_five_weeks(toolbox, run, clock) -> None:
    clock.later(days=16)
    come_due(toolbox, "slack")

    told = run()
    assert told.exit_code == 0
    line = (
        "Overgeslagen, want het was te laat: het weekoverzicht, 6 keer in vijf weken"
        " (in kanaal C1, in kanaal C2), voor het laatst van ma 14 dec 9.00 uur"
    )
    assert line in " ".join(told.stdout.split())
    assert len(json.loads(run("--json").stdout)["by_itself"]) == 6
    clock.later(days=5 * 7)
    assert "Overgeslagen" not in run().stdout


@pytest.mark.usefixtures("monday")
def test_what_waited_too_long_to_be_sent_was_not_seen_in_time_either(toolbox, run, clock) -> None:
    come_due(toolbox, "slack")
    clock.later(days=1, seconds=1)
    assert deliver.next_delivery(toolbox, "slack") is None

    told = run("--live")
    assert told.exit_code == 0
    assert "het weekoverzicht, 2 keer in vijf weken" in told.stdout
    assert "Niet geplaatst" not in told.output


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize(
    ("reason", "why", "then"),
    [
        (
            recipients.SHARED,
            "dat kanaal is ook van een andere organisatie",
            "Het komt weer als dat kanaal alleen van jullie is.",
        ),
        (
            recipients.GONE,
            "dat account is er niet meer",
            "Het komt weer als het account er weer is. Staat het in config.yaml, kies daar dan"
            " iemand anders.",
        ),
        (
            recipients.NOT_OURS,
            "dat is geen vast lid van de organisatie",
            "Het komt weer als die persoon vast lid is.",
        ),
        ("iets", "het kon niet (iets)", "Ik probeer het elke keer opnieuw."),
    ],
)
def test_where_it_may_not_be_told_says_once_why_and_what_to_do(
    toolbox, run, clock, reason: str, why: str, then: str
) -> None:
    place = withheld(toolbox, reason)
    line = f"Niet verstuurd sinds ma 30 nov 9.00 uur, want {why}: het weekoverzicht (in kanaal"
    told = " ".join(run().stdout.split())
    assert f"{line} {place}). {then}" in told

    clock.later(days=7)
    meets_again(toolbox)
    withheld(toolbox, reason, place)
    clock.later(weeks=4, days=6)  # the first is longer ago than five weeks, and it lasts
    told = " ".join(run().stdout.split())
    assert told.count("Niet verstuurd") == 1
    assert line in told
    clock.later(days=2)
    assert "Niet verstuurd" not in run().stdout


@pytest.mark.usefixtures("monday")
def test_what_was_kept_back_is_over_when_it_was_told_again(toolbox, run, clock) -> None:
    """Else it would say that the account is gone, and what to do about it."""
    place = withheld(toolbox, recipients.GONE)
    clock.later(days=7)
    meets_again(toolbox)
    come_due(toolbox, "slack")
    while delivery := deliver.next_delivery(toolbox, "slack"):
        deliver.posted(toolbox, delivery, 1, f"{place}/1.1", 7, more=False)

    assert "Niet verstuurd" not in run().stdout


@pytest.mark.usefixtures("monday")
def test_what_is_kept_back_for_another_reason_is_said_again(toolbox, run, clock) -> None:
    place = withheld(toolbox, recipients.GONE)
    clock.later(days=7)
    meets_again(toolbox)
    withheld(toolbox, recipients.NOT_OURS, place)

    assert run().stdout.count("Niet verstuurd sinds") == 2


@pytest.mark.usefixtures("monday")
def test_what_slack_refused_is_told_once_with_what_to_do(toolbox, run) -> None:
    come_due(toolbox, "slack")
    fails(toolbox, Ended("is_archived"))

    told = run("--live")
    assert "Niet geplaatst: ‘het weekoverzicht’" in told.stderr
    assert "Niet verstuurd" not in told.output


@pytest.mark.usefixtures("monday")
def test_what_slack_refused_is_nothing_to_mend_when_it_is_no_news_any_more(
    toolbox, run, clock
) -> None:
    come_due(toolbox, "slack")
    refused = fails(toolbox, Ended("is_archived")).channel
    told_elsewhere = deliver.next_delivery(toolbox, "slack")
    assert told_elsewhere is not None
    deliver.posted(toolbox, told_elsewhere, 1, "C2/1.1", 7, more=False)
    clock.later(hours=24)
    assert run().exit_code == 1
    clock.later(seconds=1)

    told = run()
    assert told.exit_code == 0
    line = (
        "Niet verstuurd sinds ma 30 nov 9.00 uur, want het kon niet (is_archived): het"
        f" weekoverzicht (in kanaal {refused})"
    )
    assert line in " ".join(told.stdout.split())


@pytest.mark.usefixtures("monday")
def test_a_week_without_meetings_and_a_channel_we_left_are_nobodys_concern(
    toolbox, run, clock
) -> None:
    for channel in CHANNELS:
        set_up_channel.left(toolbox, replace(HERE, channel=channel))
    come_due(toolbox, "slack")
    assert deliver.next_delivery(toolbox, "slack") is None

    for hours in (0, 25):
        clock.later(hours=hours)
        told = json.loads(run("--live", "--json").stdout)
        assert (told["by_itself"], told["wrong"]) == ([], [])
