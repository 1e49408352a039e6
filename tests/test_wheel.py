"""The wheel carries all that klantvraag needs: installed, it works as in a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.transcript import ROOT


def test_an_installed_klantvraag_holds_its_demo(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)

    shown = subprocess.run(
        [sys.executable, "-c", "import bot.app; print(bot.__file__); bot.app.main()", "demo"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout

    assert shown.splitlines()[0] == str(installed / "bot" / "__init__.py")
    assert "Hoe zal de huurder dit ervaren?" in shown
    assert "Meenemen: Wie vangt in december de vragen op?" in shown
    assert {path.name for path in installed.iterdir()} == {
        "bot",
        "prompts",
        f"klantvraag-{wheel.name.split('-')[1]}.dist-info",
    }
