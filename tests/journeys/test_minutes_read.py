"""A note-taker pipes minutes and a transcript, sees the marks, asks why; a script reads too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect

MINUTES = """\
Teamoverleg wonen, 24 november 2026

Twee huurders belden drie keer over de lekkage.
Het rooster voor december is klaar.
De Haven tekent morgen het contract.
"""

TRANSCRIPT = """\
Klant: Goedemorgen allemaal.
Ruud: Goedemorgen. Het rooster is klaar.
Klant: De begroting ook?
Ruud: Ja, die staat op de schijf.
Klant: Mooi. Een huurder vroeg gisteren nog naar de brief over de lift.
Ruud: Die gaat vrijdag weg.
"""

SETTINGS = """\
channels:
  wonen:
    sector: housing
    accounts: [De Haven]
"""


def piped(text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "mentions", "-", "--channel", "wonen", *words],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )


def test_a_note_taker_looks_where_the_customer_comes_up(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "notulen.txt").write_text(MINUTES, "utf-8")

    # The minutes go in through a pipe, and come out with marks and a summary.
    shown = piped(MINUTES).stdout
    assert "Twee »huurders« belden drie keer" in shown
    assert "»De Haven« tekent morgen" in shown
    assert "Het rooster voor december is klaar." in shown
    assert shown.endswith("De klant komt ter sprake in 2 van de 4 regels, op 2 plekken.\n")

    # Why? In a real terminal the marks stand out, and stay where no colour is wanted.
    environment = {**os.environ, "TERM": "xterm"}
    for extra, marked in (({}, "\x1b[1m»De Haven«\x1b[0m"), ({"NO_COLOR": "1"}, "»De Haven« ")):
        terminal = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "mentions", "notulen.txt", "--channel", "wonen", "--why"],
            cwd=str(tmp_path),
            env=environment | extra,
            encoding="utf-8",
            timeout=60,
            dimensions=(50, 100),
        )
        terminal.expect_exact(marked)
        terminal.expect_exact("‘De Haven’: de naam van een klant")
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == 0

    # In a transcript who speaks is nobody who is spoken of, even when that is called a customer.
    heard = json.loads(piped(TRANSCRIPT, "--json").stdout)
    assert [match["text"] for match in heard["matches"]] == ["huurder"]

    # A script asks line by line, and finds each place in its own line.
    lines = MINUTES.splitlines()
    answers = [json.loads(line) for line in piped(MINUTES, "--lines", "--json").stdout.splitlines()]
    assert [each["line"] for each in answers] == [1, 2, 3, 4, 5]
    assert [each["mentioned"] for each in answers] == [False, False, True, False, True]
    for line, answer in zip(lines, answers, strict=True):
        for match in answer["matches"]:
            assert line[match["start"] : match["end"]] == match["text"]
    assert answers[4]["matches"][0]["rule"] == "account"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml", "notulen.txt"]
