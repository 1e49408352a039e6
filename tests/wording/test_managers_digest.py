"""A managers' digest in words: sums of channels, "too small" where it is, nobody's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.dates import Span, parse_period
from bot.domain.proportion import Proportion
from bot.domain.release import Coverage, Released
from bot.domain.view import ManagersDigestView, Scope
from bot.wording import managers_digest, markdown
from bot.wording.texts import Texts
from tests.wording import views

CASES: dict[str, ManagersDigestView] = {
    "all": views.managers(),
    "level": views.managers(scope=Scope("tactical"), levels={}),
    "chosen": views.managers(scope=Scope(channels=["wonen", "zorg|#x"]), channels=None),
    "nothing": views.managers(
        released=Released(), before=None, trend=views.trend(views.managers().period, [None] * 9)
    ),
    "half": views.managers(released=Released(by_itself=Proportion(3, 9)), most_asked=None),
}


def shown(view: ManagersDigestView, texts: Texts) -> str:
    return "\n".join(line.text for line in managers_digest.lines(view, texts))


def test_a_week_as_a_manager_reads_it(nl: Texts) -> None:
    footnote = shown(views.managers(), nl).splitlines()[-1]

    assert shown(views.managers(), nl).splitlines()[:-2] == [
        "Week 47 (16–22 nov 2026), alle kanalen",
        "Bij 140 van de 310 agendapunten kwam de klant vanzelf ter sprake"
        " (45%, toeval meegerekend 40 tot 51%). De 7"
        " weken ervoor die ik kan tonen: 38%. Zo’n verschil is zelden toeval.",
        "Gevraagd: 260 van de 380 punten beantwoord, 30 n.v.t., 90 open.",
        "Gevolg: bij 40 van de 260 beantwoorde punten veranderde het besluit.",
        "Bijgehouden: 310 van de 380 punten.",
        "Weten we nog niet: 70 punten.",
        "Vanzelf ter sprake van week 39 tot en met week 47: 39%, 41%, –, 36%, 37%, 38%, 39%, 40%,"
        " 45% (–: te klein om te tonen)",
        "Meest gesteld: Hoe zal de klant dit ervaren? (57 keer)",
        "12 kanalen doen mee.",
        "",
        "Per niveau",
        "strategisch     te klein om te tonen",
        "tactisch        140 van 310 (45%, toeval meegerekend 40 tot 51%)",
    ]
    assert footnote.startswith("Kanalen samen geteld, per agendapunt en nooit per persoon;")
    assert "Lees ik de klant in een titel of notitie" in footnote


@pytest.mark.parametrize("case", CASES)
def test_markdown_says_the_same(nl: Texts, en: Texts, case: str) -> None:
    for texts in (nl, en):
        said = managers_digest.as_markdown(CASES[case], texts)
        lines = managers_digest.lines(CASES[case], texts)
        in_a_table = {line.text for line in lines if "week 39" in line.text or line.indent}
        for line in lines:
            assert line.text in in_a_table or markdown.escaped(line.text) in said
        for row in said.splitlines():
            assert row.replace("\\|", "").count("|") in (0, 3)


def test_what_is_too_small_is_said_and_is_no_nought(nl: Texts) -> None:
    said = shown(CASES["half"], nl)

    assert "Bij 3 van de 9 agendapunten kwam de klant" in said
    for what in ("Gevraagd", "Gevolg", "Bijgehouden"):
        assert f"{what}: te klein om te tonen." in said
    assert "Weten we nog niet" not in said
    only = Released(coverage=Coverage(38, 26, 7, 3))
    said = shown(views.managers(released=only), nl)
    assert "Hoe vaak de klant vanzelf ter sprake kwam, is te klein om te tonen." in said
    assert "De acht weken" not in said


def test_where_all_is_known_nothing_is_said_of_that(nl: Texts) -> None:
    for unknown, said in ((0, False), (1, True)):
        view = views.managers(released=Released(coverage=Coverage(38, 26, unknown, 3)))
        assert ("Weten we nog niet" in shown(view, nl)) is said
        assert ("Weten we nog niet" in managers_digest.as_markdown(view, nl)) is said


def test_a_trend_begins_where_something_is_shown_and_keeps_later_gaps(nl: Texts) -> None:
    hidden = [None, None, None, Proportion(2, 5), None, None, Proportion(1, 4), Proportion(3, 4)]
    view = views.managers(trend=views.trend(views.managers().period, [*hidden, None]))
    table = managers_digest.as_markdown(view, nl)

    assert managers_digest.trend(view, nl) == [
        "Vanzelf ter sprake van week 42 tot en met week 47: 40%, –, –, 25%, 75%, –"
        " (–: te klein om te tonen)"
    ]
    assert "| week 42 | 2 van 5" in table
    assert "| week 43 | te klein om te tonen |" in table
    assert "week 41" not in table


def test_nothing_yet_and_too_small_read_the_same(nl: Texts) -> None:
    """What is hidden at the beginning does not tell whether there were meetings."""
    period, shown_then = views.managers().period, [Proportion(2, 5), Proportion(3, 4)]
    long, short = (
        views.managers(trend=views.trend(period, [*hidden, *shown_then]), before=None)
        for hidden in ([None] * 7, [])
    )

    assert shown(long, nl) == shown(short, nl)


def test_one_period_is_no_trend(nl: Texts) -> None:
    week = views.managers().period
    view = views.managers(trend=views.trend(week, [*[None] * 8, Proportion(3, 4)]))

    assert managers_digest.trend(view, nl) == []
    assert "| week 47 |" not in managers_digest.as_markdown(view, nl)


def test_where_all_is_too_small_one_sentence_says_so(nl: Texts) -> None:
    quiet = replace(CASES["nothing"], channels=None, most_asked=None, levels={}, rates=None)
    heading, headline, _, method = shown(quiet, nl).splitlines()

    assert heading == "Week 47 (16–22 nov 2026), alle kanalen"
    assert (
        headline == "Dit is te klein om te tonen, want er zijn te weinig mensen of overleggen bij."
    )
    assert not any(letter.isdigit() for letter in headline + method)


@pytest.mark.parametrize(
    ("until", "heading"),
    [
        (date(2026, 11, 29), "November 2026 (2–29 nov), alle kanalen"),
        (date(2026, 11, 23), "November 2026 (2–29 nov), alle kanalen"),
        (date(2026, 11, 22), "November 2026 (2–29 nov), tot en met 22 nov, alle kanalen"),
        (date(2026, 11, 2), "November 2026 (2–29 nov), tot en met 8 nov, alle kanalen"),
    ],
)
def test_a_month_that_is_not_over_says_how_far_it_is(nl: Texts, until: date, heading: str) -> None:
    month = views.managers(period=parse_period(Span.MONTH, "2026-11"), until=until)

    assert managers_digest.heading(month, nl) == heading


def test_before_a_week_is_over_it_says_when_there_will_be_figures(nl: Texts, en: Texts) -> None:
    month = replace(CASES["nothing"], period=parse_period(Span.MONTH, "2026-11"))
    month = replace(month, until=date(2026, 11, 1))

    assert managers_digest.heading(month, nl) == "November 2026 (2–29 nov), alle kanalen"
    assert managers_digest.headline(month, nl) == (
        "Van deze periode is nog geen hele week voorbij."
        " Na zondag 8 november 2026 staan hier de eerste cijfers."
    )
    assert "after Sunday 8 November 2026" in managers_digest.headline(month, en)


@pytest.mark.parametrize(
    ("span", "code", "words"),
    [
        (Span.WEEK, "2026-W47", "De 7 weken ervoor die ik kan tonen: 38%."),
        (Span.MONTH, "2026-10", "De 7 maanden ervoor die ik kan tonen: 38%."),
        (Span.QUARTER, "2026-Q3", "De 7 kwartalen ervoor die ik kan tonen: 38%."),
        (Span.YEAR, "2025", "De 7 jaren ervoor die ik kan tonen: 38%."),
    ],
)
def test_it_says_with_how_many_periods_it_compares(
    nl: Texts, span: Span, code: str, words: str
) -> None:
    period = parse_period(span, code)
    shares = [step.released.by_itself for step in views.managers().trend]
    view = views.managers(period=period, until=period.last, trend=views.trend(period, shares))

    assert words in managers_digest.headline(view, nl)
    whole = replace(view, trend=[step for step in view.trend if step.released.by_itself])
    assert "De acht" in managers_digest.headline(whole, nl)


def test_whose_figures_they_are_is_in_the_heading(nl: Texts, en: Texts) -> None:
    assert managers_digest.heading(CASES["level"], nl).endswith(", niveau tactisch")
    assert managers_digest.heading(CASES["level"], en).endswith(", tactical level")
    assert managers_digest.heading(CASES["chosen"], nl).endswith(", kanalen wonen, zorg|#x")
