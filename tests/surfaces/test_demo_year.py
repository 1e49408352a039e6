"""`digest --demo`: a newcomer sees what a manager would, the same every time, and keeps nothing."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM, open_toolbox
from bot.domain.dates import Span, parse_period
from bot.domain.release import Measure, Released
from bot.domain.view import ManagersDigestView, Scope
from bot.readers import example_year
from bot.surfaces.terminal.command_line import klantvraag
from bot.surfaces.terminal.demo import examples
from bot.usecases.make_managers_digest import make_managers_digest
from bot.usecases.make_up_year import looking_back, make_up_year
from bot.usecases.toolbox import Caller, Toolbox

HOLIDAY = "2026-W43"
SECONDS = 10
Digest = Callable[..., ManagersDigestView]


@cache
def demo(*words: str) -> Result:
    """The command, run once for all tests that look at what it shows."""
    return demo_again(*words)


def demo_again(*words: str) -> Result:
    result = CliRunner().invoke(klantvraag, ["digest", "--demo", *words], obj=PROGRAM)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def toolbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toolbox]:
    """The made-up year in English, in a database of these tests."""
    folder = tmp_path_factory.mktemp("year")
    made = looking_back(open_toolbox(examples() / "config.yaml", folder / "klantvraag.db"))
    caller = Caller("terminal", "local", "overleg", "typist")
    make_up_year(made, caller, example_year.read(examples() / "year.yaml", "en"), "en")
    yield made
    made.close()


@pytest.fixture
def digest(toolbox: Toolbox) -> Digest:
    """What managers see of a period and scope of that year."""

    def make(span: Span, typed: str, scope: Scope = Scope()) -> ManagersDigestView:  # noqa: B008
        caller = Caller("terminal", "local", "overleg", "typist")
        return make_managers_digest(toolbox, caller, parse_period(span, typed), scope, "en")

    return make


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_shows_something_of_every_measure_and_its_trend(language: str) -> None:
    shown = json.loads(demo("--language", language, "--json").stdout)

    assert (shown["period"], shown["language"]) == ("2026-W47", language)
    assert all(shown[measure] for measure in Measure)
    assert shown["by_itself"]["of"] >= 20  # enough to compare
    assert shown["before"]
    assert shown["most_asked"]["times"] > 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_week_in_the_holidays_is_too_small_and_so_is_a_level(language: str) -> None:
    shown = json.loads(demo("--language", language, "--json").stdout)
    too_small = [step["period"] for step in shown["trend"] if not step["by_itself"]]

    assert too_small == [HOLIDAY]
    assert shown["levels"]["strategic"] == dict.fromkeys(Measure, None)
    assert shown["levels"]["tactical"]["by_itself"]
    # with both others shown, what is left of the whole would be the strategic level
    assert shown["levels"]["operational"]["by_itself"] is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_weeks_before_a_range_may_be_too_small_to_show(language: str) -> None:
    told = " ".join(
        demo("--language", language, "--range", "2026-11-09..2026-11-22").stdout.split()
    )

    assert {"nl": "De 7 weken ervoor", "en": "The 7 weeks before"}[language] in told


def test_it_is_the_same_every_time_in_seconds_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = demo("--language", "nl").stdout
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    began = time.process_time()
    again = demo_again("--language", "nl").stdout
    took = time.process_time() - began

    assert again == shown
    assert list(tmp_path.iterdir()) == []  # the folder we are in, too: no database of one's own
    assert took < SECONDS


def test_it_says_that_it_is_made_up_and_what_to_try_next() -> None:
    shown = demo("--language", "nl").stdout

    assert shown.startswith("Een verzonnen jaar van een verzonnen verhuurder.")
    assert "Week 47 (16–22 nov 2026), alle kanalen (verzonnen)" in shown
    assert "strategisch     te klein om te tonen" in shown
    assert "digest --demo --channels groenploeg --language nl" in shown


def test_for_machines_the_digest_is_all_there_is() -> None:
    result = demo("--language", "en", "--json")

    assert json.loads(result.stdout)["period"] == "2026-W47"
    assert result.stderr.startswith("A made-up year of a made-up landlord.")


def test_a_page_says_that_it_is_made_up_wherever_it_goes(tmp_path: Path) -> None:
    page = tmp_path / "jaar.html"
    demo_again("--year", "2026", "--html", str(page))

    assert "2026" in page.read_text("utf-8")
    assert "(verzonnen)" in page.read_text("utf-8")


def test_a_database_of_ones_own_is_refused(tmp_path: Path) -> None:
    result = demo_again("--database", str(tmp_path / "klantvraag.db"))

    assert result.exit_code == 2
    assert "--demo, --database" in result.stderr


def test_a_channel_sees_itself_however_small_it_is() -> None:
    shown = demo_again("--channel", "groenploeg", "--month", "2026-10").stdout

    assert "kanaal groenploeg" in shown
    assert "leiding" not in shown
    assert "kwam de huurder vanzelf ter sprake" in shown


def test_a_channel_that_is_too_small_is_never_shown_to_others(digest: Digest) -> None:
    for span, typed in ((Span.WEEK, "2026-W47"), (Span.QUARTER, "2026-Q3"), (Span.YEAR, "2026")):
        view = digest(span, typed, Scope(channels=("garden-crew",)))

        assert view.released == Released()
        assert view.channels is None


@pytest.mark.parametrize("level", ["strategic", "tactical", "operational"])
def test_over_a_year_every_level_shows_every_measure(digest: Digest, level: str) -> None:
    released = digest(Span.YEAR, "2026", Scope(level)).released

    assert all(getattr(released, measure) for measure in Measure)


def test_over_the_year_customers_come_up_more_often_and_more_is_observed(digest: Digest) -> None:
    early, late = (digest(Span.QUARTER, code).released for code in ("2026-Q1", "2026-Q4"))

    for measure in (Measure.BY_ITSELF, Measure.OBSERVATION):
        assert getattr(late, measure).share > getattr(early, measure).share


def test_a_channel_that_starts_halfway_has_nothing_before(digest: Digest) -> None:
    chosen = Scope(channels=("better-letters", "office-leads"))
    alone = Scope(channels=("better-letters",))

    assert digest(Span.QUARTER, "2026-Q3", chosen).released.coverage
    assert digest(Span.QUARTER, "2026-Q1", alone).released == Released()
