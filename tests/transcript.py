"""What `make demo` prints without a keyboard, as the README shows it.

`python -m tests.transcript` prints it; `--write` puts it into the README.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^\$ make demo\n.*?(?=^```$)", re.DOTALL | re.MULTILINE)


def transcript() -> str:
    """The demo as somebody sees it who has just cloned, with the one random path made plain."""
    klantvraag = Path(sys.executable).with_name("klantvraag")
    shown = subprocess.run(
        [str(klantvraag), "demo"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    shown = re.sub(r"\S*/klantvraag-demo-\w+/", "/tmp/klantvraag-demo/", shown)
    shown = re.sub(
        r"^  \S*klantvraag (?=digest|--help)", "  .venv/bin/klantvraag ", shown, flags=re.MULTILINE
    )
    return "".join(f"{row.rstrip()}\n" for row in ["$ make demo", *shown.splitlines()])


if __name__ == "__main__":
    if "--write" in sys.argv:
        README.write_text(BLOCK.sub(lambda _: transcript(), README.read_text("utf-8")), "utf-8")
    else:
        sys.stdout.write(transcript())
