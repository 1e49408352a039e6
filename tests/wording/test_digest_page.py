"""The page of figures: whole, safe, and with a table behind each chart."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from hypothesis import given, settings

from bot.domain.release import Released
from bot.domain.view import DigestView, ManagersDigestView
from bot.wording import digest_page, digest_sentences, managers_digest
from bot.wording.plain import printable
from bot.wording.texts import Texts
from tests.wording import figures
from tests.wording.views import WILD

VOID = {"meta"}
DRAWING = {"svg", "g", "path", "line", "text", "tspan", "defs", "clippath", "rect"}


class Read(HTMLParser):
    """What stands in a page: tags, attributes, words outside drawings and style, table rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.tables: list[list[list[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"td", "th"}:
            self.tables[-1][-1][-1] += data
        if not set(self.open) & {"svg", "style"}:
            self.words += data


def read(view: DigestView | ManagersDigestView, texts: Texts) -> Read:
    return Read(digest_page.digest(view, texts))


def test_it_says_what_the_digest_says(nl: Texts) -> None:
    view = figures.managers()
    words = read(view, nl).words

    assert managers_digest.heading(view, nl) in words
    assert managers_digest.headline(view, nl) in words
    assert managers_digest.method(view, nl) in words
    for line in managers_digest.figure_lines(view, nl):
        assert line in words


def test_it_says_what_a_channels_digest_says_with_its_own_word(nl: Texts) -> None:
    view = figures.own()
    words = read(view, nl).words

    assert "Hoe vaak kwam de huurder ter sprake?" in words
    for sentence in digest_sentences.sentences(view, nl):
        assert sentence in words
    assert digest_sentences.footnote(view, nl) in words


def test_behind_each_chart_is_a_table_with_its_numbers(nl: Texts) -> None:
    by_itself, coverage, consequence, levels = read(figures.managers(), nl).tables

    assert by_itself[0] == ["Periode", "Deel", "Toeval meegerekend", "Punten"]
    assert by_itself[-1] == ["nov 2026", "48%", "41–55%", "101 van 210"]
    assert coverage[1] == ["mrt 2026", "55%", "48–61%", "121 van 221"]
    assert consequence[4] == ["jun 2026", "9%", "5–14%", "14 van 160"]
    assert levels[1] == [
        "Vanzelf ter sprake",
        "te klein om te tonen",
        "39% (24/61)",
        "50% (71/141)",
    ]
    assert {len(table) for table in (by_itself, coverage, consequence)} == {10}


def test_over_several_a_chart_and_its_table_begin_where_something_is_shown(nl: Texts) -> None:
    view = figures.managers()
    steps = [replace(step, released=Released()) for step in view.trend[:4]]
    page = digest_page.digest(replace(view, trend=[*steps, *view.trend[4:]]), nl)

    assert 'aria-label="jul 2026 35%, aug' in page
    assert [row[0] for row in Read(page).tables[0]][:3] == ["Periode", "jul 2026", "aug 2026"]
    assert Read(page).tables[0][2] == ["aug 2026", "te klein om te tonen"]


def test_a_measure_begins_by_itself(nl: Texts) -> None:
    view = figures.managers()
    first, *later = view.trend
    hidden = replace(first, released=replace(first.released, coverage=None))
    by_itself, coverage, *_ = read(replace(view, trend=[hidden, *later]), nl).tables

    assert by_itself[1][0] == "mrt 2026"
    assert coverage[1][0] == "apr 2026"


def test_ones_own_chart_begins_where_something_is_known_and_its_table_before(nl: Texts) -> None:
    view = figures.own()
    empty = replace(view.trend[3], period=view.trend[0].period)
    page = digest_page.digest(replace(view, trend=[empty, *view.trend[1:]]), nl)

    assert 'aria-label="week 41 ' in page
    assert Read(page).tables[0][1] == ["week 40", "niets om te tellen"]


def test_what_is_too_small_is_said_and_is_no_number(nl: Texts) -> None:
    for table in read(figures.managers(), nl).tables[:3]:
        assert table[3] == ["mei 2026", "te klein om te tonen"]


def test_of_nothing_there_is_no_chart(nl: Texts) -> None:
    page = read(figures.nothing(), nl)

    assert "svg" not in page.tags
    assert managers_digest.headline(figures.nothing(), nl) in page.words


def test_a_week_without_a_meeting_in_ones_own_channel_is_not_too_small(nl: Texts) -> None:
    page = read(figures.own(), nl)

    assert page.tables[0][4] == ["week 43", "niets om te tellen"]
    assert "te klein" not in page.words


def test_it_is_in_the_language_of_the_texts(en: Texts) -> None:
    page = digest_page.digest(figures.managers(language="en"), en)

    assert '<html lang="en">' in page
    assert "How often customers came up" in Read(page).words


def test_an_arrow_is_only_where_there_is_something_to_compare_with(nl: Texts) -> None:
    assert "48%↑" in read(figures.managers(), nl).words.replace(" ", "")
    assert not {"↑", "↓", "→"} & set(read(figures.nothing(), nl).words)


@cache
def calm_page(texts: Texts) -> Read:
    return read(figures.own(), texts)


@settings(max_examples=12, deadline=None)  # it draws six charts each time
@given(WILD)
def test_no_words_become_part_of_the_page(nl: Texts, words: str) -> None:
    page, calm = read(figures.own(f"x{words}x", f"y{words}y"), nl), calm_page(nl)

    assert page.open == []
    assert page.tags <= calm.tags
    assert page.attributes <= calm.attributes
    assert "".join(printable(f"x{words}x").split()) in "".join(page.words.split())


def test_it_needs_no_script_and_nothing_from_elsewhere(nl: Texts) -> None:
    page = read(figures.managers(), nl)

    assert not page.tags & {"script", "link", "img", "iframe", "object"}
    assert not {name for name in page.attributes if name.startswith("on") or name == "src"}
    assert "url(" not in digest_page.digest(figures.managers(), nl)
