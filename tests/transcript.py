"""What the documents show: `make demo` without a keyboard, what a manager sees, and `mentions`.

`python -m tests.transcript` prints them; `--write` puts them into README.md and docs/mentions.md.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests import managers_see

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ABOUT_MENTIONS = ROOT / "docs" / "mentions.md"
BLOCK = re.compile(r"^\$ make demo\n.*?(?=^```$)", re.DOTALL | re.MULTILINE)
MENTIONS = re.compile(r"^\$ klantvraag mentions .*?(?=^```$)", re.DOTALL | re.MULTILINE)
LISTEN = "mentions examples/notulen-wonen.txt --sector housing --why"


def transcript() -> str:
    """The demo as somebody sees it who has just cloned, with the one random path made plain.

    The example's week is over one day; the README tells it as if it were.
    """
    shown = _shown("demo").replace(", tot nu toe, kanaal", ", kanaal")
    shown = re.sub(r"\S*/klantvraag-demo-\w+/", "/tmp/klantvraag-demo/", shown)
    shown = re.sub(
        r"^  \S*klantvraag (?=digest|--help)", "  .venv/bin/klantvraag ", shown, flags=re.MULTILINE
    )
    return "".join(f"{row.rstrip()}\n" for row in ["$ make demo", *shown.splitlines()])


def mentions() -> str:
    """Where minutes name the customer, as somebody sees it who asks why."""
    return f"$ klantvraag {LISTEN}\n{_shown(*LISTEN.split())}"


def _shown(*words: str) -> str:
    return subprocess.run(
        [str(Path(sys.executable).with_name("klantvraag")), *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def renew(page: Path, shown: re.Pattern[str], told: str) -> None:
    """Put what is told by now in the place of what a document shows."""
    page.write_text(shown.sub(lambda _: told, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        renew(README, BLOCK, transcript())
        renew(README, managers_see.SHOWN, managers_see.monday().message)
        renew(ABOUT_MENTIONS, MENTIONS, mentions())
    else:
        sys.stdout.write("\n".join([transcript(), managers_see.monday().message, mentions()]))
