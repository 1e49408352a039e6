"""The documents say what the code does: commands, options, settings, tree, transcript, reasons."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.app import PROGRAM
from bot.readers.config_file import File, Settings
from bot.surfaces.terminal.command_line import klantvraag
from bot.surfaces.terminal.demo import EXAMPLES, examples
from tests import agenda_kinds, managers_see
from tests.transcript import (
    ABOUT_MENTIONS,
    BLOCK,
    MENTIONS,
    README,
    ROOT,
    mentions,
    transcript,
)

JSON_EXAMPLE = re.compile(r"(?<=### JSON of `agenda`\n\n```json\n)(.*?)(?=\n```)", re.DOTALL)


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text("utf-8")


@pytest.fixture(scope="module")
def about_mentions() -> str:
    return ABOUT_MENTIONS.read_text("utf-8")


def test_the_transcript_in_the_readme_is_what_make_demo_prints(readme: str) -> None:
    shown = BLOCK.search(readme)

    assert shown is not None
    assert shown[0] == transcript(), "renew it: .venv/bin/python -m tests.transcript --write"


def test_what_a_manager_sees_in_the_readme_is_what_comes_on_monday(readme: str) -> None:
    shown = managers_see.SHOWN.search(readme)

    assert shown is not None
    assert shown[0] == managers_see.monday().message, (
        "renew it: .venv/bin/python -m tests.transcript --write"
    )
    assert "te klein om te tonen" in shown[0]


def test_the_mentions_are_what_the_command_shows(about_mentions: str) -> None:
    shown = MENTIONS.search(about_mentions)

    assert shown is not None
    assert shown[0] == mentions(), "renew it: .venv/bin/python -m tests.transcript --write"
    assert shown[0].count("»huurders«") == 2


def test_the_lines_of_json_are_what_mentions_prints(about_mentions: str) -> None:
    piped = "Drie klanten belden over de lekkage.\nHet rooster is klaar.\n"
    words = ["mentions", "-", "--lines", "--json"]

    printed = CliRunner().invoke(klantvraag, words, input=piped, obj=PROGRAM).stdout

    for line in printed.splitlines(keepends=True):
        assert line in about_mentions


def test_a_sector_of_your_own_works(about_mentions: str, tmp_path: Path) -> None:
    for name, text in re.findall(
        r"```yaml\n# (\S+climbing\S*|config\.yaml)\n(.*?)```", about_mentions, re.DOTALL
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    heard = "De klimmers bellen over het abonnement.\nHet klimmerstouw is op.\nDe Haven tekent.\n"
    words = ["mentions", "-", "--channel", "hal"]

    shown = CliRunner().invoke(klantvraag, words, input=heard, obj=PROGRAM).stdout

    assert "De »klimmers« bellen" in shown
    assert "Het klimmerstouw is op." in shown
    assert "»De Haven« tekent." in shown


def test_the_first_screen_says_what_for_whom_and_the_two_commands(readme: str) -> None:
    first_screen = "\n".join(readme.splitlines()[:25])

    for promised in ("customer", "chairs", "managers", "make demo", "make test", "$ make demo"):
        assert promised in first_screen


def test_the_readme_names_every_command_and_option(readme: str) -> None:
    commands = dict(klantvraag.commands)
    options = {
        option
        for command in commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    } | {"--version", "--help"}

    assert set(re.findall(r"^\| `klantvraag (\w+)", readme, re.MULTILINE)) == set(commands)
    assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", readme)) == options


def test_the_readme_names_every_setting(readme: str) -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE))

    assert named == set(File.model_fields)
    for setting in Settings.model_fields:
        assert f"`{setting}`" in readme


def test_the_json_in_the_readme_is_what_agenda_prints(readme: str) -> None:
    shown = JSON_EXAMPLE.search(readme)
    title = "Teamoverleg wonen, 24 november 2026\n\n"
    agenda = title + "1. Nieuw verhuisformulier (15 min)\n   a. de brief\n"
    words = ["agenda", "-", "--sector", "housing", "--json"]

    printed = CliRunner().invoke(klantvraag, words, input=agenda, obj=PROGRAM).stdout

    assert shown is not None
    assert json.loads(shown[0]) == json.loads(printed)


def test_the_page_of_agendas_shows_what_is_read() -> None:
    renew = "renew it: .venv/bin/python -m tests.agenda_kinds --write"
    assert agenda_kinds.PAGE.read_text("utf-8") == agenda_kinds.page(), renew


def test_the_prompts_of_your_own_in_the_readme_work(readme: str, tmp_path: Path) -> None:
    name, text = re.findall(r"```yaml\n# our-prompts/(q\S+)\n(.*?)```", readme, re.DOTALL)[0]
    own = tmp_path / "our-prompts" / name
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")
    (tmp_path / "config.yaml").write_text("prompts_dir: our-prompts\n", "utf-8")
    agenda = "1. Opening\n2. Nieuw verhuisformulier\n3. Rondvraag\n"

    shown = CliRunner().invoke(klantvraag, ["agenda", "-"], input=agenda, obj=PROGRAM).stdout

    assert "Hoe is dit voor de klant, op een gewone dinsdag?" in shown


def test_the_documents_link_to_what_is_there() -> None:
    for page in (README, ROOT / "ARCHITECTURE.md", ABOUT_MENTIONS):
        text = page.read_text("utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (page.parent / link).exists(), link
        for path in re.findall(r"`((?:bot|tests|prompts|examples)/[\w/.]+)`", text):
            assert (ROOT / path).exists(), path


def test_the_tree_in_the_architecture_is_the_tree_there_is() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    tree = architecture.split("```")[1]
    drawn = set(re.findall(r"(?:├─|└─) ([\w.]+)", tree))
    there = {
        path.name
        for folder in (ROOT / "bot", ROOT / "bot/surfaces", ROOT / "prompts")
        for path in folder.iterdir()
        if (path.is_dir() or folder.name == "bot") and not path.name.startswith("_")
    }

    assert drawn == there


def test_every_dependency_has_a_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    needed = {re.split(r"[<>=]", line)[0] for line in project["project"]["dependencies"]}
    reasons = dict(re.findall(r"^\| ([\w-]+) \| (.+) \|$", architecture, re.MULTILINE))
    developing = architecture.split("For development: ")[1]

    assert set(reasons) - {"library"} == needed
    for library in project["dependency-groups"]["dev"]:
        assert re.split(r"[<>=]", library)[0] in developing


def test_the_requirements_are_pinned_hashed_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        pinned = re.findall(r"^[\w-]+==\S+", text, re.MULTILINE)

        assert len(pinned) >= 10
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text):
            assert block.startswith("#") or "--hash=sha256:" in block


def test_every_example_has_its_answers_and_reads_as_an_agenda() -> None:
    for name, channel in EXAMPLES.values():
        path = examples() / name
        words = ["agenda", str(path), "--config", str(examples() / "config.yaml")]
        result = CliRunner().invoke(klantvraag, [*words, "--channel", channel], obj=PROGRAM)

        assert result.exit_code == 0
        assert path.with_suffix(".answers.txt").exists()


def test_the_makefile_has_the_targets_the_documents_name(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)\b", readme)) <= targets


def test_env_example_names_the_variables_config_reads() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^((?:KLANTVRAAG|SLACK)_\w+)=", example, re.MULTILINE))
    readers = (ROOT / "bot/config.py", ROOT / "bot/readers/slack_access.py")
    code = "".join(path.read_text("utf-8") for path in readers)
    read = set(re.findall(r'"((?:KLANTVRAAG|SLACK)_\w+)"', code))

    assert named == read


def test_no_document_or_code_names_this_machine() -> None:
    home = f"{Path('/', 'work')}/"
    for folder in (ROOT, *(ROOT / name for name in ("bot", "prompts", "tests", "examples", ".ci"))):
        for path in folder.glob("*") if folder == ROOT else folder.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                assert home not in path.read_text("utf-8", errors="replace"), path
