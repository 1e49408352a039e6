"""Pictures of the page of figures, as the README shows it: on a screen, in the dark, on a phone.

`python -m tests.page_pictures` makes them anew in docs/, of the file below a digest in Slack.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import DESK, PHONE, opened, started
from tests.managers_see import monday

DOCS = Path(__file__).parents[1] / "docs"
PAPER = 794  # pixels of A4


def pictures(browser: Browser, page: Path) -> None:
    """One of each."""
    for name, width, dark in (
        ("light", DESK, False),
        ("dark", DESK, True),
        ("phone", PHONE, False),
    ):
        with opened(browser, page, width, dark=dark) as shown:
            shown.screenshot(path=DOCS / f"page-{name}.png", full_page=True)
    with opened(browser, page, PAPER) as shown:
        shown.emulate_media(media="print")
        shown.screenshot(path=DOCS / "page-paper.png", full_page=True)


def main() -> int:
    """Make the page, then its pictures."""
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        page = Path(folder) / "week.html"
        page.write_text(monday().page, "utf-8")
        pictures(browser, page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
