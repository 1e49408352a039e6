"""`klantvraag mentions` as a note-taker or a script meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pexpect import EOF, spawn
from pexpect.popen_spawn import PopenSpawn

from bot.app import PROGRAM
from bot.surfaces.terminal import actions, mention_actions
from bot.surfaces.terminal.command_line import klantvraag

CALLED = "De klant belde drie keer over de lekkage."
NOBODY = "Het rooster voor december is klaar."
FRENCH = "Les chats sont dans la cuisine avec les autres et ils ne sont pas contents."
KLANTVRAAG = [sys.executable, "-m", "bot"]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not add that reading takes a while."""
    monkeypatch.setattr(actions, "PATIENCE", 60)


def run(*words: str | Path, typed: str | bytes = "") -> Result:
    """`mentions` with these words; without a file among them it reads what is typed."""
    result = CliRunner().invoke(
        klantvraag, ["mentions", *map(str, words)], input=typed, obj=PROGRAM
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*words: str | Path, typed: str | bytes = "") -> str:
    """The one sentence on stderr of a command that could not."""
    result = run(*words, typed=typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    return result.stderr.strip()


def objects(*words: str | Path, typed: str | bytes) -> list[dict[str, object]]:
    shown = run("-", "--lines", "--json", *words, typed=typed).stdout
    return [json.loads(line) for line in shown.splitlines()]


def test_a_text_is_shown_with_marks_and_a_summary() -> None:
    result = run("-", typed=f"{CALLED}\n\n{NOBODY}\n")

    assert result.stdout == (
        f"De »klant« belde drie keer over de lekkage.\n\n{NOBODY}\n\n"
        "De klant komt ter sprake in 1 van de 2 regels, op één plek.\n"
    )
    assert (result.exit_code, result.stderr) == (0, "")


def test_why_tells_the_rule_below_the_line() -> None:
    shown = run("-", "--why", "--lines", typed=f"{NOBODY}\n{CALLED}\n").stdout

    assert f"    1  {NOBODY}\n    2  De »klant« belde" in shown
    assert "lekkage.\n       ‘klant’: een woord voor klanten\n" in shown


def test_a_text_in_english_is_answered_in_english() -> None:
    shown = run("-", "--why", typed="The customer called us about the leak.\n").stdout

    assert shown == (
        "The »customer« called us about the leak.\n    ‘customer’: a word for customers\n\n"
        "The customer comes up, in one place.\n"
    )


def test_each_line_is_an_object_numbered_from_one() -> None:
    heard = objects(typed=f"{NOBODY}\n\n{CALLED}\n{FRENCH}")

    nobody: dict[str, object] = {"mentioned": False, "matches": []}
    assert heard == [
        {"line": 1, **nobody},
        {"line": 2, **nobody},
        {
            "line": 3,
            "mentioned": True,
            "matches": [{"start": 3, "end": 8, "text": "klant", "rule": "customer_word"}],
        },
        {"line": 4, "mentioned": None, "matches": []},
    ]


def test_a_text_is_one_object_with_its_language() -> None:
    heard = json.loads(run("-", "--json", typed=f"{NOBODY}\n{CALLED}\n").stdout)

    (match,) = heard["matches"]
    assert (heard["language"], heard["mentioned"], match["text"]) == ("nl", True, "klant")
    assert f"{NOBODY}\n{CALLED}"[match["start"] : match["end"]] == "klant"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_lines_are_the_same_however_a_file_was_saved(encoding: str, ends: str) -> None:
    lines = ["Eén klant belde drie keer over de lekkage.", "", NOBODY, CALLED]

    heard = objects(typed=ends.join(lines).encode(encoding))

    assert [each["line"] for each in heard] == [1, 2, 3, 4]
    assert [each["mentioned"] for each in heard] == [True, False, False, True]
    assert heard[0]["matches"] == [{"start": 4, "end": 9, "text": "klant", "rule": "customer_word"}]


def test_lines_of_two_encodings_in_one_file() -> None:
    heard = run(
        "-", "--lines", typed=f"Café: {CALLED}\n".encode() + "Café dicht.\n".encode("cp1252")
    )

    assert "    1  Café: De »klant« belde" in heard.stdout
    assert "    2  Café dicht.\n" in heard.stdout


def test_who_saved_a_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "oud.txt").write_bytes(f"Café. {CALLED}".encode("cp1252"))

    assert run("oud.txt").stderr.startswith("oud.txt is bewaard als cp1252; ")


@pytest.mark.parametrize("lines", [(), ("--lines",), ("--lines", "--json")])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "t.txt is leeg; geef een bestand met tekst."),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "t.txt is geen gewone tekst, misschien Word of pdf; bewaar het als tekst (.txt) en"
            " probeer het opnieuw.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str, lines: tuple[str, ...]
) -> None:
    (tmp_path / "t.txt").write_bytes(content)

    assert refused("t.txt", *lines) == sentence


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_a_file_that_is_not_there_and_a_folder(lines: tuple[str, ...]) -> None:
    assert refused("weg.txt", *lines) == "weg.txt bestaat niet; kijk of de naam klopt."
    assert refused(".", *lines) == ". is een map; geef een bestand."


def test_a_text_that_is_too_long_is_told_how_to_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mention_actions, "MOST_BYTES", 60)
    long = f"{NOBODY}\n{CALLED}\n"

    assert refused("-", typed=long).endswith(
        "lees regel voor regel, met --lines, of geef een korter stuk."
    )
    assert run("-", "--lines", typed=long).exit_code == 0
    assert "één regel langer" in refused("-", "--lines", typed=long.replace("\n", " "))


def test_only_blank_lines_are_empty_for_people_and_lines_for_machines() -> None:
    assert refused("-", typed="\n \n") == "de invoer is leeg; geef een bestand met tekst."
    assert run("-", "--lines", typed="\n \n").exit_code == 1
    assert [each["mentioned"] for each in objects(typed="\n \n")] == [False, False]


def test_another_language_is_said_and_not_guessed() -> None:
    assert refused("-", typed=FRENCH).startswith("Deze tekst is niet in het Nederlands of Engels")

    mixed = run("-", "--lines", typed=f"{CALLED}\n{FRENCH}\n{NOBODY}\n")
    assert f"    2? {FRENCH}\n" in mixed.stdout
    assert "in 1 van de 2 regels" in mixed.stdout
    assert mixed.stderr == (
        "Bij één regel staat ‘?’: die is niet in het Nederlands of Engels, dus die lees ik niet.\n"
    )
    both = run("-", "--lines", "--json", typed=f"{FRENCH}\n{CALLED}\n{FRENCH}\n")
    assert both.stderr.startswith("Bij 2 regels staat ‘null’: die zijn niet")


def test_lines_that_tell_no_language_are_in_that_of_the_others() -> None:
    english = "Customers complain\n\nThe customer called us about the leak in the house.\nTenants\n"

    heard = objects("--sector", "housing", typed=english)

    assert [each["mentioned"] for each in heard] == [True, False, True, True]


def test_who_speaks_in_a_file_is_known_in_each_of_its_lines(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(f"Klant: Dag.\nRuud: {NOBODY}\n" * 3, "utf-8")

    shown = run("t.txt", "--lines", "--json").stdout.splitlines()

    assert [json.loads(line)["mentioned"] for line in shown] == [False] * 6


def test_an_unknown_sector_is_said_and_read_as_any() -> None:
    result = run("-", "--sector", "raketbouw", typed=CALLED)

    assert result.exit_code == 0
    assert "»klant«" in result.stdout
    assert result.stderr.startswith("De sector ‘raketbouw’ ken ik niet, dus ik lees voor elke sec")
    assert run("-", "--sector", "woningcorporatie", typed=CALLED).stderr == ""


def test_accounts_and_the_word_of_a_channel_are_heard(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "channels:\n  hal:\n    customer: de klimmer\n    accounts: [De Haven]\n", "utf-8"
    )
    text = "De klimmer belt over het abonnement.\nVolgende week tekent De Haven.\n"

    shown = run("-", "--channel", "hal", "--why", typed=text).stdout

    assert "‘klimmer’: zo heten klanten bij jullie\n" in shown
    assert "‘De Haven’: de naam van een klant\n" in shown
    assert "De klant komt niet" not in shown
    assert "De Haven." in run("-", typed=text).stdout


@pytest.mark.parametrize("sector", [(), ("--sector", "housing")])
def test_a_channel_nobody_configured_is_said_and_read_all_the_same(sector: tuple[str, ...]) -> None:
    assert "geen kanaal, dus ‘hal’" in run("-", "--channel", "hal", *sector, typed=CALLED).stderr
    Path("config.yaml").write_text(
        "channels: {hal: {accounts: [De Haven]}, bestuur: {}}\n", "utf-8"
    )

    misspelt = run("-", "--channel", "hall", *sector, typed=CALLED)

    assert (misspelt.exit_code, "»klant«" in misspelt.stdout) == (0, True)
    assert misspelt.stderr == (
        "Het kanaal ‘hall’ staat niet in de configuratie, dus ik lees zonder de woorden van een"
        " kanaal; kies anders uit bestuur, hal.\n"
    )
    assert run("-", "--channel", "hal", *sector, typed=CALLED).stderr == ""


@pytest.mark.parametrize(
    ("own", "marked"),
    [("»zo«", "[[klant]]"), ("[[zo]] »", "{{klant}}"), ("[zo]", "»klant«")],
)
def test_marks_are_not_taken_for_those_of_the_text(own: str, marked: str) -> None:
    assert (
        f"De {marked} belde {own}" in run("-", typed=f"De klant belde {own} over de brief.").stdout
    )


def test_what_commands_a_terminal_is_heard_through_and_not_shown() -> None:
    shown = run("-", typed="De \x1b[31mklant\x1b[0m belde over de brief.\u202e\n").stdout

    assert shown.startswith("De »klant« belde over de brief.\n")


def test_one_answer_is_json_or_why_and_not_both() -> None:
    both = ("-", "--json", "--why")

    assert run(*both).exit_code == 2
    assert run(*both).stderr == "--json, --why gaan niet samen; kies er één.\n"
    assert run(*both, "--language", "en").stderr == (
        "--json, --why do not go together; choose one.\n"
    )


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (NOBODY, "De klant komt niet ter sprake."),
        (f"{NOBODY}\n{NOBODY}", "De klant komt in geen van de 2 regels ter sprake."),
        (CALLED, "De klant komt ter sprake, op één plek."),
        (
            f"{CALLED}\n{CALLED}",
            "De klant komt ter sprake in 2 van de 2 regels, op 2 plekken.",
        ),
    ],
)
def test_the_summary_counts_lines_and_places(text: str, summary: str) -> None:
    assert run("-", typed=text).stdout.splitlines()[-1] == summary


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028"])
def test_words_of_two_lines_are_never_shown_as_one(end: str) -> None:
    typed = f"De klant belde.{end}Klanten wachten."

    assert "De »klant« belde.\n»Klanten« wachten.\n" in run("-", typed=typed).stdout
    assert "Klanten" in run("-", "--lines", typed=typed).stdout
    assert ".»Klanten«" not in run("-", "--lines", typed=typed).stdout


def test_nothing_stands_between_the_lines_however_long_it_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "PATIENCE", 0)

    assert run("-", "--lines", typed=f"{CALLED}\n" * 200).stderr == ""


def test_who_sends_the_lines_to_a_file_is_told_that_it_takes_long() -> None:
    command = " ".join([*KLANTVRAAG, "mentions - --lines > lijst.txt"])
    listening = spawn("/bin/sh", ["-c", command], timeout=60, encoding="utf-8")

    listening.expect("Ik lees de invoer")
    listening.sendline(CALLED)
    listening.sendeof()
    listening.expect(EOF)
    listening.close()

    assert "»klant«" in Path("lijst.txt").read_text("utf-8")


def test_nothing_is_kept(tmp_path: Path) -> None:
    run("-", typed=CALLED)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [["--lines"], ["--lines", "--json"]])
def test_a_line_is_answered_before_the_next_one_comes(options: list[str]) -> None:
    command = [*KLANTVRAAG, "mentions", "-", *options]
    listening = PopenSpawn(command, timeout=60, encoding="utf-8")

    for number in ("1", "2", "3"):
        listening.sendline(CALLED)
        listening.expect(rf"{number}\b.*klant.*\n")
    listening.sendeof()

    assert listening.wait() == 0
    listening.proc.stdout.close()


def test_who_reads_along_may_stop(tmp_path: Path) -> None:
    (tmp_path / "lang.txt").write_text(f"{CALLED}\n" * 20_000, "utf-8")
    command = " ".join([*KLANTVRAAG, "mentions lang.txt --lines | head -n 1"])

    done = subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", check=True, timeout=60
    )

    assert (done.stdout, done.stderr) == (
        "    1  De »klant« belde drie keer over de lekkage.\n",
        "",
    )


def test_a_name_that_goes_on_on_the_next_line_is_marked_once() -> None:
    Path("config.yaml").write_text("defaults: {accounts: [De Haven]}\n", "utf-8")

    shown = run("-", typed="Bezoek aan De\nHaven over de sleutels.\n").stdout

    assert shown.startswith("Bezoek aan »De«\nHaven over de sleutels.\n\n")
