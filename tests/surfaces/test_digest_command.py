"""`klantvraag digest`: a channel's own figures, those of several, and every way to have them."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.domain.answer import Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.observation import Observed
from bot.domain.proportion import Proportion
from bot.storage import channels
from bot.surfaces.terminal.command_line import klantvraag
from bot.usecases.toolbox import Caller, Toolbox
from tests.usecases.organisation import CUSTOMER, NOW, Held, Item, Organisation

# three channels on two levels that met each week of 2025-11 and the month before, long ago
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST, WEEKS = date(2025, 9, 29), 9
SEEN = [Observed.CAME_UP, Observed.DID_NOT, Observed.DID_NOT]


@pytest.fixture
def database(toolbox: Toolbox, caller: Caller) -> Path:
    """With channels "wonen" and "zorg" at work, "raad" above them, and "klein" of two people."""
    organisation = Organisation(toolbox, caller)
    with toolbox.write(caller) as session:
        for name, level in LEVELS.items():
            organisation.add_channel(session, name, level)
            for week in range(WEEKS):
                day = FIRST + timedelta(days=7 * week + 1)
                people = 2 if name == "klein" else 9
                organisation.hold(session, Held(name, day, ITEMS, (people,)))
    return toolbox.config.database


LEVELS = {"wonen": "operational", "zorg": "operational", "raad": "strategic", "klein": "tactical"}
ITEMS = tuple(Item(seen, Certainty.KNOW, changed=seen is Observed.CAME_UP) for seen in SEEN)


def run(database: Path, *words: str) -> Result:
    typed = ["digest", *words, "--database", str(database)]
    result = CliRunner().invoke(klantvraag, typed, obj=PROGRAM)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def figures(database: Path, *words: str) -> dict[str, object]:
    shown: dict[str, object] = json.loads(run(database, *words, "--json").stdout)
    return shown


def refused(database: Path, *words: str) -> str:
    result = run(database, *words)
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr.strip()


def test_all_channels_together_as_json(database: Path) -> None:
    shown = figures(database, "--all", "--month", "2025-11")

    assert shown["scope"] == {"level": None, "channels": []}
    assert shown["period"] == "2025-11"
    assert (shown["first"], shown["last"]) == ("2025-11-03", "2025-11-30")
    low, high = Proportion(16, 48).interval or (0, 0)
    counts = {"count": 16, "of": 48, "share": 0.3333}
    assert shown["by_itself"] == counts | {"low": round(low, 4), "high": round(high, 4)}
    assert shown["coverage"] == {
        "substantive": 48,
        "answered": 48,
        "unknown": 0,
        "not_applicable": 0,
    }
    assert shown["levels"]["operational"]["by_itself"]["of"] == 24  # type: ignore[index]
    assert shown["levels"]["tactical"]["by_itself"] is None  # type: ignore[index]
    assert [step["period"] for step in shown["trend"]][-2:] == ["2025-10", "2025-11"]  # type: ignore[attr-defined]


def test_chosen_channels_are_called_as_people_call_them(
    database: Path, toolbox: Toolbox, caller: Caller
) -> None:
    with toolbox.write(caller) as session:
        channels.keep_name(session, "terminal", "wonen", "huisvesting")

    shown = figures(database, "--channels", "#huisvesting, zorg", "--quarter", "2025-Q4")

    assert shown["scope"] == {"level": None, "channels": ["#huisvesting", "zorg"]}
    assert shown["by_itself"]["of"] == 2 * 3 * WEEKS  # type: ignore[index]


def test_a_level_in_words_and_as_markdown(database: Path) -> None:
    words = ["--level", "operational", "--month", "2025-11"]

    told, table = run(database, *words).stdout, run(database, *words, "--markdown").stdout

    assert told.startswith("November 2025 (3–30 nov), niveau operationeel\n")
    assert "Bij 8 van de 24 agendapunten kwam de klant vanzelf ter sprake" in told
    assert table.startswith("# November 2025 (3–30 nov), niveau operationeel\n")


def test_as_csv_nothing_of_few_people_is_told(database: Path) -> None:
    printed = run(database, "--level", "tactical", "--year", "2025", "--csv").stdout
    rows = list(csv.DictReader(StringIO(printed)))

    assert {row["scope"] for row in rows} == {"tactical"}
    assert {(row["count"], row["of"], row["too_small"]) for row in rows} == {("", "", "yes")}


def test_ones_own_channel_as_csv_has_everything(database: Path) -> None:
    printed = run(database, "--channel", "klein", "--month", "2025-11", "--csv").stdout
    last = list(csv.DictReader(StringIO(printed)))[-6]

    assert (last["scope"], last["measure"]) == ("klein", "by_itself")
    assert (last["count"], last["of"], last["too_small"]) == ("4", "12", "no")


@pytest.mark.parametrize("words", [["--all"], ["--channel", "wonen"]], ids=["all", "own"])
def test_a_page_is_written_and_told_where(database: Path, tmp_path: Path, words: list[str]) -> None:
    page = tmp_path / "cijfers.html"

    told = run(database, *words, "--month", "2025-11", "--html", str(page)).stdout

    assert str(page) in " ".join(told.split()).replace(" ", "")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert "33%" in page.read_text("utf-8")


def test_a_page_that_can_not_be_written_is_a_sentence(database: Path, tmp_path: Path) -> None:
    page = tmp_path / "nergens" / "cijfers.html"

    assert refused(database, "--all", "--html", str(page)).startswith(f"Ik kan {page} niet schr")


def test_nothing_but_a_page_is_written_over(database: Path) -> None:
    before = database.read_bytes()

    assert run(database, "--all", "--html", str(database)).exit_code == 2
    assert database.read_bytes() == before


def test_a_channel_nobody_knows_is_named(database: Path) -> None:
    said = refused(database, "--channels", "wonen,elders", "--month", "2025-11")

    assert said.startswith("Ik ken geen kanaal elders")
    assert "noem alleen kanalen uit één werkruimte" in " ".join(said.split())
    assert refused(database, "--channels", ",").startswith("Ik ken geen kanaal")


@pytest.mark.parametrize(("span", "typed"), [("quarter", "Q3"), ("year", "26"), ("year", "9999")])
def test_a_period_that_does_not_exist_is_a_sentence(database: Path, span: str, typed: str) -> None:
    assert refused(database, f"--{span}", typed).startswith(f"‘{typed}’ is geen bestaand")


def test_of_two_workspaces_with_meetings_one_is_to_be_meant(
    database: Path, toolbox: Toolbox
) -> None:
    slack = Caller("slack", "T1", "C1", "U1")
    organisation = Organisation(toolbox, slack)
    with toolbox.write(slack) as session:
        channels.ensure(session, "slack", "C1", ChannelSettings("nl", CUSTOMER), NOW)
        organisation.channels["C1"] = channels.find(session, "slack", "C1") or ""
        organisation.choose(session, "C1", outside=True)
        organisation.hold(session, Held("C1", FIRST, ITEMS, (9,)))

    assert refused(database, "--all").startswith("Er zijn overleggen in meer dan één werkruimte")
    named = figures(database, "--channels", "C1", "--month", "2025-11")
    assert named["scope"] == {"level": None, "channels": ["C1"]}
    assert named["by_itself"] is None


def test_a_slack_channel_is_in_no_sum_until_it_chose_so(toolbox: Toolbox) -> None:
    """Those who hold the database see it from inside; its figures with others are not theirs."""
    slack = Caller("slack", "T1", "C1", "U1")
    organisation = Organisation(toolbox, slack)
    with toolbox.write(slack) as session:
        for name in ("C1", "C2"):
            organisation.add_channel(session, name, "tactical")
            channels.keep_name(session, "slack", name, f"kanaal-{name}")
            organisation.choose(session, name, outside=False)
            for week in range(WEEKS):
                day = FIRST + timedelta(days=7 * week + 1)
                organisation.hold(session, Held(name, day, ITEMS, (9,)))
    database, autumn = toolbox.config.database, ["--quarter", "2025-Q4"]

    for words in (["--all"], ["--level", "tactical"]):
        assert refused(database, *words, *autumn).startswith("Hier koos nog geen kanaal om mee")
    assert run(database, "--channel", "C1", *autumn).exit_code == 0

    with toolbox.write(slack) as session:
        organisation.choose(session, "C1", outside=True)
    assert figures(database, "--all", *autumn)["by_itself"] is not None
    said = refused(database, "--channels", "kanaal-C1,kanaal-C2", *autumn)
    assert said.startswith("De cijfers van kanaal-C2 blijven in hun eigen kanaal:")
    assert "te klein" in run(database, "--level", "strategic", *autumn).stdout


@pytest.mark.parametrize("scope", [["--all"], ["--level", "strategic"], ["--channels", "wonen"]])
def test_without_a_period_several_channels_have_the_last_week_that_is_over(
    database: Path, scope: list[str]
) -> None:
    own, together = figures(database, "--channel", "wonen"), figures(database, *scope)
    monday = date.fromisoformat(str(own["first"]))

    assert monday <= datetime.now(AMSTERDAM).date() <= date.fromisoformat(str(own["last"]))
    assert together["last"] == together["until"] == (monday - timedelta(days=1)).isoformat()
    assert "te klein om te tonen" in run(database, *scope).stdout


@pytest.mark.parametrize("words", [["--day", "2025-11-04"], ["--range", "2025-11-04..2025-11-20"]])
def test_parts_of_weeks_are_for_ones_own_channel(database: Path, words: list[str]) -> None:
    assert run(database, "--channel", "wonen", *words).exit_code == 0
    assert refused(database, "--all", *words) != ""


@pytest.mark.parametrize(
    "words",
    [
        ["--all", "--level", "tactical"],
        ["--all", "--channels", "wonen"],
        ["--all", "--channel", "wonen"],
        ["--level", "hoog"],
        ["--year", "2025", "--quarter", "2025-Q4"],
        ["--csv", "--json"],
        ["--csv", "--html", "x.html"],
        ["--html", "x.pdf"],
    ],
)
def test_wrong_usage_exits_with_2(database: Path, words: list[str]) -> None:
    assert run(database, *words).exit_code == 2


def test_a_channel_that_meets_nowhere_yet(toolbox: Toolbox) -> None:
    told = run(toolbox.config.database, "--all", "--month", "2025-11").stdout

    assert "Dit is te klein om te tonen" in told
