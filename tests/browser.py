"""A page of figures as people see it: in Chromium, which Debian and others package."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK, PHONE = 900, 360  # pixels wide
HEIGHT = 800


def chromium() -> str | None:
    """Where it is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser without a window; without a sandbox too, as root may not have one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, width: int = DESK, *, dark: bool = False
) -> Iterator[Page]:
    """A page in a window of this width."""
    page = browser.new_page(
        viewport={"width": width, "height": HEIGHT}, color_scheme="dark" if dark else "light"
    )
    page.goto(file.as_uri())
    yield page
    page.close()


def look(page: Page, width: int = DESK, *, dark: bool = False, unfolded: bool = False) -> None:
    """See an opened page in another window or on another screen, every table open or closed."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(media="null", color_scheme="dark" if dark else "light")
    open_them = "open => document.querySelectorAll('details').forEach(each => each.open = open)"
    page.evaluate(open_them, unfolded)


def sheets(page: Page) -> int:
    """On how many sheets of A4 it prints."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
