"""The page of figures as it is seen, printed, tabbed through and read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bot.domain.view import DigestView, ManagersDigestView, Scope
from bot.readers.catalogue import Prompts
from bot.wording import digest_page
from bot.wording.texts import Texts
from tests import browser as browsing
from tests.browser import DESK, PHONE, look, opened, sheets
from tests.wording import figures

pytestmark = pytest.mark.skipif(browsing.chromium() is None, reason="there is no Chromium here")

LONG = "#zeer-lange-naam-van-een-kanaal-zonder-spaties-" + "x" * 40
VIEWS: dict[str, DigestView | ManagersDigestView] = {
    "managers": figures.managers(),
    "english": figures.managers(language="en"),
    "level": figures.managers(Scope(level="tactical")),
    "nothing": figures.nothing(),
    "sure": replace(figures.managers(), levels={"tactical": figures.released((9, 9, 9, 9, 9))}),
    "own": figures.own(),
    "long": figures.own(LONG, "de " + "zeer" * 20 + "lange klant"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.started() as browser:
        yield browser


@pytest.fixture(params=VIEWS, scope="module")
def file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, prompts: Prompts
) -> Path:
    view = VIEWS[request.param]
    return kept(view, prompts, tmp_path_factory.mktemp("page") / f"{request.param}.html")


@pytest.fixture(scope="module")
def managers(tmp_path_factory: pytest.TempPathFactory, prompts: Prompts) -> Path:
    return kept(VIEWS["managers"], prompts, tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture(scope="module")
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """Opened once, as that takes most of the time; each test says how it looks at it."""
    with opened(browser, file) as page:
        yield page


@pytest.fixture(scope="module")
def of_managers(browser: Browser, managers: Path) -> Iterator[Page]:
    with opened(browser, managers) as page:
        yield page


def kept(view: DigestView | ManagersDigestView, prompts: Prompts, file: Path) -> Path:
    texts = Texts(view.language, prompts.texts[view.language])
    file.write_text(digest_page.digest(view, texts), "utf-8")
    return file


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nobody_is_shut_out(page: Page, dark: bool) -> None:
    look(page, dark=dark, unfolded=True)
    found = Axe().run(page).response["violations"]

    assert [(it["id"], it["nodes"][0]["html"]) for it in found] == []


def test_it_fits_a_phone_without_scrolling_sideways(page: Page) -> None:
    look(page, PHONE, unfolded=True)
    wide = page.evaluate(
        "[...document.querySelectorAll('body *:not(svg *)')].filter(each =>"
        " each.getBoundingClientRect().right > innerWidth + 0.5).map(each => each.outerHTML)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    assert wide == []


def test_no_word_of_a_chart_is_cut_off(page: Page) -> None:
    cut = (
        "[...document.querySelectorAll('svg')].flatMap(svg => {"
        " const box = svg.getBoundingClientRect();"
        " return box.width ? [...svg.querySelectorAll('text')].filter(text => {"
        "  const at = text.getBoundingClientRect();"
        "  return at.left < box.left - 1 || at.right > box.right + 1"
        "   || at.top < box.top - 1 || at.bottom > box.bottom + 1;"
        " }).map(text => text.textContent) : []; })"
    )
    for width in (PHONE, DESK):
        look(page, width)
        assert page.evaluate(cut) == []


def test_it_prints_on_one_sheet(page: Page) -> None:
    look(page, dark=True, unfolded=True)
    assert sheets(page) == 1


def test_it_needs_nothing_else(page: Page, file: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()

    assert asked == [file.as_uri()]


def test_paper_is_white_and_a_dark_screen_is_dark(of_managers: Page) -> None:
    ground = "getComputedStyle(document.querySelector('main')).backgroundColor"
    line = "getComputedStyle(document.querySelector('.wide path[stroke]')).stroke"
    look(of_managers)
    light = of_managers.evaluate(ground), of_managers.evaluate(line)
    look(of_managers, dark=True)
    dark = of_managers.evaluate(ground), of_managers.evaluate(line)
    of_managers.emulate_media(media="print")
    paper = of_managers.evaluate(ground), of_managers.evaluate(line)

    assert light == paper == ("rgb(255, 255, 255)", "rgb(11, 107, 115)")
    assert dark == ("rgb(26, 33, 40)", "rgb(98, 205, 210)")


def test_a_table_opens_by_the_keyboard(browser: Browser, managers: Path) -> None:
    with opened(browser, managers) as page:
        row = page.get_by_role("row", name="nov 2026 48% 41–55% 101 van 210")
        assert row.count() == 0
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert row.is_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_each_chart_is_heard_once_and_in_words(of_managers: Page, width: int) -> None:
    look(of_managers, width)
    heard = [image.get_attribute("aria-label") for image in of_managers.get_by_role("img").all()]

    assert len(heard) == 4
    assert "mei 2026 te klein om te tonen" in str(heard[0])
    assert str(heard[0]).endswith("nov 2026 48%")
    assert heard[3] == "strategisch te klein om te tonen, tactisch 39%, operationeel 50%"
