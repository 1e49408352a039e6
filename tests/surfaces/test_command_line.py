"""The commands as a person or a script meets them: output, exit codes, one sentence if not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import PROGRAM
from bot.surfaces.terminal import actions
from bot.surfaces.terminal.command_line import klantvraag

AGENDA = """\
# Agenda teamoverleg wonen

Dinsdag 24 november 2026, 10:00 uur
Locatie: De Brug

1. Opening
2. Nieuw verhuisformulier – Fatima – 15 min
   a. brief
   b. website
3. Rondvraag
"""


@pytest.fixture
def agenda(tmp_path: Path) -> Path:
    path = tmp_path / "agenda.md"
    path.write_text(AGENDA, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not add that reading takes a while."""
    monkeypatch.setattr(actions, "PATIENCE", 60)


def run(*words: str | Path, typed: str | bytes | None = None) -> Result:
    """Run a command; what is not a sentence on stderr would be an exception here."""
    result = CliRunner().invoke(klantvraag, [str(w) for w in words], input=typed, obj=PROGRAM)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*words: str | Path, typed: str | bytes | None = None) -> str:
    """The one sentence on stderr of a command that could not."""
    result = run(*words, typed=typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


def test_agenda_as_json_has_this_shape(agenda: Path) -> None:
    read = json.loads(run("agenda", agenda, "--sector", "housing", "--json").stdout)

    item = read["items"][1]
    questions = item.pop("questions")
    assert {key: value for key, value in read.items() if key != "items"} == {
        "title": "Teamoverleg wonen",
        "starts_at": "2026-11-24T10:00",
        "time": "10:00",
        "place": "De Brug",
        "language": "nl",
        "other": [],
    }
    nothing: dict[str, object] = {
        "presenter": None,
        "minutes": None,
        "detail": None,
        "sub_items": [],
        "starts_at": None,
    }
    assert item == {
        "position": "2",
        "title": "Nieuw verhuisformulier",
        "session": None,
        "starts_at": None,
        "presenter": "Fatima",
        "minutes": 15,
        "kind": "substantive",
        "topics": ["process"],
        "detail": None,
        "sub_items": [
            {"position": "2a", "title": "brief", **nothing},
            {"position": "2b", "title": "website", **nothing},
        ],
    }
    assert questions == [
        {
            "key": "ease",
            "text": "Wordt het hierdoor makkelijker voor de huurder?",
            "reason": "gekozen omdat: verhuisformulier; nog niet eerder gesteld",
        },
        {
            "key": "experience",
            "text": "Hoe zal de huurder dit ervaren?",
            "reason": "gekozen omdat: verhuisformulier; nog niet eerder gesteld",
        },
    ]
    assert [item["kind"] for item in read["items"]] == ["procedural", "substantive", "procedural"]


def test_sessions_and_times_are_shown_and_in_json(tmp_path: Path) -> None:
    file = tmp_path / "heidag.txt"
    file.write_text(
        "Heidag\n\nOchtend\n- 10:15 Huur\n- 11:00 Zorg\n  - 11:10 cijfers\n\n"
        "Middag\n- 13:00 Balie\n",
        "utf-8",
    )
    shown = run("agenda", file, "--language", "en").stdout
    rent, care, _ = json.loads(run("agenda", file, "--json").stdout)["items"]

    assert re.search(r"^Ochtend\n1\.  10:15 · Huur$", shown, re.MULTILINE)
    assert re.search(r"\n\nMiddag\n3\.  13:00 · Balie\n", shown)
    assert shown.count("Ochtend") == 1
    assert (rent["session"], rent["starts_at"]) == ("Ochtend", "10:15")
    assert care["sub_items"][0]["starts_at"] == "11:10"


def test_agenda_keeps_nothing_and_says_the_same_again(agenda: Path, tmp_path: Path) -> None:
    assert run("agenda", agenda).stdout == run("agenda", agenda).stdout
    assert list(tmp_path.iterdir()) == [agenda]


def test_agenda_reads_standard_input(agenda: Path) -> None:
    assert run("agenda", "-", typed=AGENDA).stdout == run("agenda", agenda).stdout


def test_the_channels_own_words_come_from_the_configuration(agenda: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "defaults:\n  promise: binnen twee dagen antwoord\n"
        "channels:\n  ict:\n    customer: de collega\n    questions: 3\n",
        "utf-8",
    )
    agenda.write_text("1. Wifi in de hal\n2. Wachttijden\n", "utf-8")

    shown = run("agenda", agenda, "--channel", "ict").stdout

    assert "klant: de collega" in shown
    assert "Past dit bij wat we beloven: ‘binnen twee dagen antwoord’?" in shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "agenda.md is leeg; zet de agenda erin, elk punt op een eigen regel."),
        (b" \r\n\t\n", "agenda.md is leeg; zet de agenda erin, elk punt op een eigen regel."),
        (
            b"Hoi allemaal,\n\nTot morgen!\n\nGroet,\nJan\n",
            "In agenda.md lees ik geen agendapunten; zet elk punt op een eigen regel, met een"
            " cijfer of streepje ervoor.",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "agenda.md is geen gewone tekst, misschien Word of pdf; bewaar het als tekst"
            " (.txt) en probeer het opnieuw.",
        ),
        (
            b"1. Huur\n" * 1_250_000,
            "agenda.md is langer dan 1000 kB, zo lang is geen agenda; geef alleen het deel met de"
            " agenda.",
        ),
    ],
    ids=["empty", "blank", "greeting", "binary", "10 MB"],
)
@pytest.mark.parametrize("command", ["agenda", "meeting"])
def test_a_file_without_an_agenda_says_what_to_do_and_keeps_nothing(
    agenda: Path, tmp_path: Path, command: str, content: bytes, sentence: str
) -> None:
    agenda.write_bytes(content)

    assert refused(command, "agenda.md") == sentence
    assert list(tmp_path.iterdir()) == [agenda]


def items(count: int) -> str:
    return "".join(f"{n}. Onderwerp {n}\n" for n in range(1, count + 1))


def test_a_list_longer_than_any_agenda_is_refused(agenda: Path) -> None:
    agenda.write_text(items(501), "utf-8")

    assert refused("agenda", "agenda.md") == (
        "In agenda.md lees ik 501 punten, zo lang is geen agenda (hoogstens 500); geef alleen het"
        " deel met de agenda."
    )
    agenda.write_text(items(500), "utf-8")
    assert len(json.loads(run("agenda", agenda, "--json").stdout)["items"]) == 500


def test_reading_that_takes_long_says_so_beside_the_output(
    agenda: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda.write_text(items(300), "utf-8")
    shown = run("agenda", "agenda.md", "--json").stdout
    monkeypatch.setattr(actions, "PATIENCE", 0.001)

    late = run("agenda", "agenda.md", "--json")

    assert late.stdout == shown
    assert late.stderr == "Ik lees agenda.md; een lang stuk duurt even …\n"


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    assert refused("agenda", "weg.md") == "weg.md bestaat niet; kijk of de naam klopt."
    assert refused("agenda", ".") == ". is een map; geef een bestand."
    assert refused("agenda", "-", typed="").startswith("de invoer is leeg")


@pytest.mark.parametrize(("encoding", "named"), [("cp1252", "cp1252"), ("utf-16", "utf-16")])
def test_another_encoding_is_read_and_named(agenda: Path, encoding: str, named: str) -> None:
    agenda.write_bytes("1. Café ‘De Brug’ – coördinatie\n2. Rondvraag\n".encode(encoding))

    result = run("agenda", "agenda.md")

    assert result.exit_code == 0
    assert "1.  Café ‘De Brug’ – coördinatie" in result.stdout
    assert result.stderr == (
        f"agenda.md is bewaard als {named}; kloppen letters als é niet, bewaar het dan als UTF-8.\n"
    )


def test_what_could_command_a_terminal_is_not_printed(agenda: Path) -> None:
    agenda.write_text("1. Huur \x1b[2J\x1b]0;gekaapt\x07 omhoog\u202e\n2. Rondvraag\n", "utf-8")

    result = run("agenda", agenda)

    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--week", "2026-47"], "‘2026-47’ is geen bestaande week; schrijf bijvoorbeeld 2026-W47."),
        (
            ["--day", "gisteren"],
            "‘gisteren’ is geen bestaande dag; schrijf bijvoorbeeld 2026-11-24.",
        ),
        (["--month", "11"], "‘11’ is geen bestaande maand; schrijf bijvoorbeeld 2026-11."),
        (
            ["--range", "2026-11-02..2026-11-01"],
            "‘2026-11-02..2026-11-01’ is geen periode; schrijf bijvoorbeeld 2026-11-01..2026-11-30,"
            " de eerste dag eerst.",
        ),
    ],
)
def test_a_period_that_is_none_says_how_to_write_it(
    agenda: Path, words: list[str], sentence: str
) -> None:
    run("meeting", agenda)

    assert refused("digest", *words) == sentence


def test_digest_without_a_database_makes_none(tmp_path: Path) -> None:
    assert refused("digest").startswith("klantvraag.db is er nog niet; houd eerst een overleg")
    assert list(tmp_path.iterdir()) == []


def test_digest_of_a_quiet_week_says_so_and_where_to_look(agenda: Path) -> None:
    run("meeting", agenda, "--channel", "wonen")

    week = run("digest", "--week", "2026-W48", "--channel", "overleg").stdout
    heading, *said = week.splitlines()
    assert heading.startswith("Week 48 (23–29 nov 2026)")
    assert said == [
        "In deze periode is er nog geen overleg geweest.",
        "Er waren wel overleggen in: wonen. Kies met --channel.",
    ]


def test_digest_as_markdown_and_json(agenda: Path) -> None:
    run("meeting", agenda, typed="Minder *gedoe* | echt\n\nw\nj\n\n")

    table = run("digest", "--range", "2026-11-01..2026-11-30", "--markdown").stdout
    assert "# 1–30 nov 2026, kanaal overleg" in table
    assert "- Gevraagd: 1 van 1 punt beantwoord." in table
    figures = json.loads(run("digest", "--month", "2026-11", "--json").stdout)
    trend, details = figures.pop("trend"), figures.pop("details")
    assert [step["period"] for step in trend] == [f"2026-{month:02}" for month in range(3, 12)]
    assert trend[-1]["coverage"] == {
        "substantive": 1,
        "answered": 1,
        "unknown": 0,
        "not_applicable": 0,
    }
    assert details.keys() == {"led_to", "unknowns", "more_unknowns", "carried"}
    assert figures == {
        "channel": "overleg",
        "period": "2026-11",
        "first": "2026-11-02",
        "last": "2026-11-29",
        "language": "nl",
        "meetings": 1,
        "prepared": 0,
        "items": 3,
        "substantive": 1,
        "came_up": 0,
        "observed": 0,
        "not_discussed": 0,
        "by_itself": {"share": None, "low": None, "high": None},
        "messages": 0,
        "naming": 0,
        "heard": {},
        "recogniser": None,
        "before": None,
        "asked_in_vain": 0,
        "unknown": 0,
        "asked": 2,
        "answered": 1,
        "not_applicable": 0,
        "open": 0,
        "know": 1,
        "assume": 0,
        "dont_know": 0,
        "changed_decisions": 1,
        "most_asked": {
            "key": "experience",
            "text": "Hoe zal de klant dit ervaren?",
            "times": 1,
            "others": 1,
        },
        "least_asked": {
            "key": "notice",
            "text": "Wat merkt de klant hiervan?",
            "times": 0,
            "others": 15,
        },
    }


def test_check_finds_everything_at_once(tmp_path: Path) -> None:
    (tmp_path / "eigen" / "texts").mkdir(parents=True)
    (tmp_path / "eigen" / "texts" / "nl.yaml").write_text("untitled: '{naam}'\nxyz: a\n", "utf-8")
    (tmp_path / "config.yaml").write_text("prompts_dir: eigen\n", "utf-8")
    (tmp_path / "klantvraag.db").write_text("geen database" * 50, "utf-8")

    result = run("check")

    assert result.exit_code == 1
    wrong = result.stderr.splitlines()
    assert any(line.startswith("eigen/texts/nl.yaml:2: xyz: ") for line in wrong)
    assert any("klantvraag.db is niet van klantvraag, of is" in line for line in wrong)
    assert wrong[-1].endswith("dingen om te herstellen.")


def test_check_goes_on_after_mistakes_in_the_configuration(tmp_path: Path) -> None:
    own = tmp_path / "eigen" / "questions"
    own.mkdir(parents=True)
    (own / "nl.yaml").write_text("ease:\n  wordings: nee\n", "utf-8")
    (tmp_path / "stuk.db").write_text("geen database" * 50, "utf-8")
    (tmp_path / "config.yaml").write_text(
        "timezone: Mars\nprompts_dir: eigen\ndatabase: stuk.db\n"
        "defaults: {questions: 5, sector: woonen}\n",
        "utf-8",
    )

    found = json.loads(run("check", "--json").stdout)

    assert [sentence.split(": ")[0] for sentence in found["wrong"][:4]] == [
        "config.yaml:1",
        "config.yaml:4",
        "config.yaml:4",
        "eigen/questions/nl.yaml:2",
    ]
    assert "stuk.db" in found["wrong"][4]
    assert found["good"] == []


def test_check_of_a_sound_installation(agenda: Path) -> None:
    run("meeting", agenda)

    result = run("check")
    found = json.loads(run("check", "--json").stdout)

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "Alles is in orde."
    assert found["wrong"] == []
    assert len(found["good"]) == 4


def test_mistakes_in_the_configuration_stop_every_command(agenda: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("defaults:\n  langauge: nl\n  questions: 7\n", "utf-8")

    result = run("agenda", agenda)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "config.yaml:2: defaults.langauge: dit woord ken ik hier niet; kijk of het goed gespeld is",
        "config.yaml:3: defaults.questions: hoogstens 3; gevonden: 7",
        "Er zijn 2 fouten in de instellingen of teksten; herstel die en probeer het opnieuw.",
    ]


def test_errors_come_in_the_language_asked_for_or_configured(tmp_path: Path) -> None:
    assert (
        refused("agenda", "gone.md", "--language", "en")
        == "gone.md does not exist; check its name."
    )
    (tmp_path / "config.yaml").write_text("defaults:\n  language: en\n", "utf-8")
    assert refused("agenda", "gone.md") == "gone.md does not exist; check its name."


@pytest.mark.parametrize(
    "words",
    [
        ["agend"],
        ["agenda"],
        ["agenda", "x.md", "--language", "fr"],
        ["digest", "--week", "2026-W47", "--day", "2026-11-24"],
        ["digest", "--json", "--markdown"],
        ["backup"],
    ],
)
def test_wrong_usage_exits_with_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_an_unknown_sector_names_those_there_are(agenda: Path) -> None:
    sentence = refused("agenda", agenda, "--sector", "raketbouw")

    assert sentence.startswith("De sector ‘raketbouw’ ken ik niet; kies uit associations, cultu")


@pytest.mark.parametrize("called", ["wonen", "woningcorporatie", "Housing association"])
def test_a_sector_may_be_called_as_people_call_it(agenda: Path, called: str) -> None:
    assert "klant: de huurder" in run("agenda", agenda, "--sector", called).stdout


def test_how_sure_is_kept_before_the_next_question_is_answered(agenda: Path) -> None:
    run("meeting", agenda, typed="Minder gedoe\n\nw\n")

    figures = json.loads(run("digest", "--week", "2026-W48", "--json").stdout)
    assert (figures["know"], figures["assume"]) == (1, 0)


def test_check_of_a_database_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("check", "--database", tmp_path / "weg" / "x.db")

    assert result.exit_code == 1
    assert "kijk of het een bestand is, of de map bestaat" in result.stderr


def test_a_look_at_a_meeting_does_not_count(agenda: Path) -> None:
    run("meeting", agenda, typed="q\n")

    figures = json.loads(run("digest", "--week", "2026-W48", "--json").stdout)
    assert (figures["meetings"], figures["prepared"]) == (0, 1)


def test_a_meeting_needs_a_file_because_its_answers_come_through_the_input() -> None:
    assert refused("meeting", "-", typed=AGENDA).startswith(
        "Een overleg heeft het toetsenbord nodig"
    )


def test_a_new_database_is_for_its_owner_only(agenda: Path, tmp_path: Path) -> None:
    run("meeting", agenda)

    assert (tmp_path / "klantvraag.db").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} == {"agenda.md", "klantvraag.db"}


def test_errors_can_not_command_a_terminal_either() -> None:
    said = refused("agenda", "weg\x07\u202e.md")

    assert "weg.md bestaat niet" in said


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">/dev/full"])
@pytest.mark.parametrize("words", ["agenda agenda.md", "meeting agenda.md", "demo", "check"])
def test_closed_streams_and_full_disks_give_no_traceback(
    agenda: Path, words: str, closed: str
) -> None:
    command = f"{sys.executable} -m bot {words} {closed}"

    result = subprocess.run(
        ["bash", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr


def test_a_reader_that_stops_reading_is_no_error(agenda: Path) -> None:
    agenda.write_text("".join(f"{n}. Onderwerp nummer {n}\n" for n in range(1, 500)), "utf-8")
    command = f"{sys.executable} -m bot agenda {agenda} | head -1; exit ${{PIPESTATUS[0]}}"

    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, encoding="utf-8", check=False, timeout=60
    )

    assert "Traceback" not in result.stderr


def test_help_loads_click_and_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['klantvraag', '--help']\n"
        "import bot.app, contextlib\n"
        "with contextlib.suppress(SystemExit): bot.app.main()\n"
        "heavy = {'pydantic', 'yaml', 'sqlite_utils', 'babel', 'slack_bolt', 'dotenv', 'lxml'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )

    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )

    assert (result.returncode, result.stderr) == (0, "")
