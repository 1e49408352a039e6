"""The figures as sentences: no 0% that nobody saw, chance called chance, both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.dates import Span, parse_period, week_of
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion
from bot.domain.schedule import Weekly
from bot.domain.view import Details, DigestView, LedTo, Unknown
from bot.wording import digest_rows, digest_sentences, moments
from bot.wording.texts import Texts
from tests.wording import views


def view(came_up: int, observed: int, before: Proportion | None = None) -> DigestView:
    shown = views.digest("w")
    figures = replace(
        shown.figures,
        substantive=38,
        came_up=came_up,
        observed=observed,
        not_discussed=0,
        answered=26,
        unknown=7,
        not_applicable=3,
        open=9,
        changed_decisions=4,
    )
    return replace(shown, customer="de huurder", figures=figures, before=before)


def test_a_week_as_it_is_said(nl: Texts) -> None:
    assert list(digest_sentences.sentences(view(14, 31, Proportion(38, 100)), nl)) == [
        "Bij 14 van de 31 agendapunten kwam de huurder vanzelf ter sprake"
        " (45%, toeval meegerekend 29 tot 62%). De"
        " acht weken ervoor: 38%. Het verschil kan toeval zijn.",
        "Gevraagd: 26 van de 38 punten beantwoord (waarvan 7 met ‘weten we nog niet’), 3 n.v.t.,"
        " 9 open.",
        "Gevolg: bij 4 van de 26 beantwoorde punten veranderde het besluit.",
        "Bijgehouden: 31 van de 38 punten.",
    ]


def test_what_nobody_observed_is_no_nought(nl: Texts, en: Texts) -> None:
    for texts in (nl, en):
        said = " ".join(digest_sentences.sentences(view(0, 0), texts))
        assert "%" not in said
        assert texts.say("digest.not_observed_of", customer="de huurder") in said
    assert "Bij 0 van de 31" in digest_sentences.headline(view(0, 31), nl)


@pytest.mark.parametrize(
    ("came_up", "observed", "percent"),
    [(0, 300, "0%"), (1, 300, "1%"), (299, 300, "99%"), (300, 300, "100%")],
)
def test_none_and_all_are_only_said_of_none_and_all(
    came_up: int, observed: int, percent: str
) -> None:
    assert digest_sentences.percent(Proportion(came_up, observed)) == percent


@pytest.mark.parametrize(
    ("before", "said", "arrow"),
    [
        (Proportion(38, 100), "De acht weken ervoor: 38%. Het verschil kan toeval zijn.", "→"),
        (Proportion(5, 100), "De acht weken ervoor: 5%. Zo’n verschil is zelden toeval.", "↑"),
        (Proportion(95, 100), "De acht weken ervoor: 95%. Zo’n verschil is zelden toeval.", "↓"),
        (Proportion(45, 100), "De acht weken ervoor: 45%. Dat is net zo vaak.", "→"),
    ],
)
def test_a_difference_is_called_what_it_is(
    nl: Texts, before: Proportion, said: str, arrow: str
) -> None:
    shown = view(14, 31, before)

    assert digest_sentences.headline(shown, nl).endswith(
        f"(45%, toeval meegerekend 29 tot 62%). {said}"
    )
    assert digest_sentences.arrow(shown.figures.by_itself, before) == arrow
    rows = dict(digest_rows.detail_rows(shown, nl))
    assert rows["In de tijd ervoor"].endswith(f"%). {arrow} {said.split('. ')[1]}")


def test_with_too_little_to_compare_there_is_no_arrow(nl: Texts) -> None:
    shown = view(14, 31)

    assert digest_sentences.headline(shown, nl).endswith("(45%, toeval meegerekend 29 tot 62%).")
    assert not set("↑↓→") & set(str(digest_rows.detail_rows(shown, nl)))


@pytest.mark.parametrize(
    ("span", "code", "dutch", "english"),
    [
        (Span.DAY, "2026-11-24", "De acht weken ervoor", "The eight weeks before"),
        (Span.RANGE, "2026-11-01..2026-11-24", "De acht weken ervoor", "The eight weeks before"),
        (Span.WEEK, "2026-W48", "De acht weken ervoor", "The eight weeks before"),
        (Span.MONTH, "2026-11", "De acht maanden ervoor", "The eight months before"),
        (Span.QUARTER, "2026-Q4", "De acht kwartalen ervoor", "The eight quarters before"),
        (Span.YEAR, "2026", "De acht jaar ervoor", "The eight years before"),
    ],
)
def test_a_period_is_compared_with_eight_of_its_kind(
    nl: Texts, en: Texts, span: Span, code: str, dutch: str, english: str
) -> None:
    shown = replace(view(14, 31, Proportion(38, 100)), period=parse_period(span, code))

    assert f"). {dutch}: 38%. " in digest_sentences.headline(shown, nl)
    assert f"). {english}: 38%. " in digest_sentences.headline(shown, en)


def test_what_came_of_it_is_said_of_what_was_answered(nl: Texts) -> None:
    said = {
        (4, 26): "Gevolg: bij 4 van de 26 beantwoorde punten veranderde het besluit.",
        (1, 1): "Gevolg: bij 1 van 1 beantwoord punt veranderde het besluit.",
        (0, 26): "Gevolg: bij geen van de 26 beantwoorde punten veranderde het besluit.",
        (0, 1): "Gevolg: er is 1 punt beantwoord, en het besluit bleef zoals het was.",
        (0, 0): "Gevolg: nog geen, want er is nog niets beantwoord.",
    }
    for (changed, of), words in said.items():
        assert digest_sentences.consequence(Proportion(changed, of), nl) == words


def test_how_it_moved_is_one_line_with_a_dash_for_what_nobody_observed(nl: Texts) -> None:
    week = week_of(date(2027, 1, 4))
    steps = views.trend(week, [Proportion(2, 5), None, Proportion(0, 0), Proportion(3, 4)])

    assert digest_sentences.trend(steps, "niet bijgehouden", nl) == (
        "Vanzelf ter sprake van week 51 tot en met week 1: 40%, –, –, 75% (–: niet bijgehouden)"
    )
    assert "(" not in digest_sentences.trend([steps[0], steps[3]], "niet bijgehouden", nl)
    assert digest_sentences.trend(steps[1:3], "niet bijgehouden", nl) == ""
    assert not digest_sentences.has_trend(steps[:3])
    assert digest_sentences.has_trend(steps)


def test_without_an_item_worth_a_question_there_is_nothing_to_say(nl: Texts) -> None:
    empty = view(0, 0)
    empty = replace(empty, figures=replace(empty.figures, substantive=0))

    assert list(digest_sentences.sentences(empty, nl)) == []


def test_what_was_left_out_is_said(nl: Texts) -> None:
    shown = view(14, 31)
    for number, words in ((1, "1 is niet besproken."), (2, "2 zijn niet besproken.")):
        some = replace(shown, figures=replace(shown.figures, not_discussed=number))
        assert list(digest_sentences.sentences(some, nl))[-1].endswith(words)


def test_the_footnote_says_how_often_we_read_wrongly(nl: Texts, en: Texts) -> None:
    rates = Rates(Proportion(120, 130), Proportion(120, 150))
    shown = replace(view(14, 31), rates=rates)

    assert digest_sentences.footnote(shown, nl) == (
        "Geteld per agendapunt, nooit per persoon. Lees ik de huurder in een titel of notitie, dan"
        " klopt dat ongeveer 9 van de 10 keer; van elke 10 zinnen over de huurder mis ik er"
        " ongeveer 2."
    )
    assert digest_sentences.footnote(replace(shown, customer="the tenant"), en) == (
        "Counted per agenda item, never per person. When I read of the tenant in a title or note,"
        " I am right about 9 times in 10; of every 10 sentences about the tenant I miss about 2."
    )


def test_where_only_people_said_it_the_footnote_says_no_more(nl: Texts) -> None:
    shown = replace(view(14, 31), rates=None)

    assert digest_sentences.footnote(shown, nl) == "Geteld per agendapunt, nooit per persoon."


def talked(messages: int, naming: int) -> DigestView:
    shown = view(14, 31)
    return replace(shown, figures=replace(shown.figures, messages=messages, naming=naming))


def test_talk_is_the_last_thing_said_where_it_was_counted(nl: Texts, en: Texts) -> None:
    shown = talked(80, 12)
    assert list(digest_sentences.sentences(shown, nl))[4:] == [
        "Informeel: in 12 van de 80 berichten hier werd de huurder genoemd."
    ]
    assert list(digest_sentences.sentences(replace(shown, customer="the tenant"), en))[4:] == [
        "Informal: 12 of the 80 messages here named the tenant."
    ]
    assert len(list(digest_sentences.sentences(talked(0, 0), nl))) == 4


def test_where_talk_named_nobody_it_says_none(nl: Texts, en: Texts) -> None:
    *_, said = digest_sentences.sentences(talked(6, 0), nl)
    *_, in_english = digest_sentences.sentences(talked(6, 0), en)

    assert said == "Informeel: in geen van de 6 berichten hier werd de huurder genoemd."
    assert in_english.startswith("Informal: none of the 6 messages here named ")
    *_, one = digest_sentences.sentences(talked(1, 0), en)
    assert one.startswith("Informal: the one message here did not name ")


def test_talk_is_told_also_where_no_item_got_a_question(nl: Texts) -> None:
    shown = talked(1, 0)
    quiet = replace(shown, figures=replace(shown.figures, substantive=0))

    assert list(digest_sentences.sentences(quiet, nl)) == [
        "Informeel: in het ene bericht hier werd de huurder niet genoemd."
    ]


def test_behind_talk_stand_its_share_and_margin(nl: Texts) -> None:
    shown = talked(80, 12)
    assert dict(digest_rows.detail_rows(shown, nl))["Berichten hier"] == (
        "12 van 80 (15%, toeval meegerekend 9 tot 24%)"
    )
    now = dict(digest_rows.detail_rows(replace(shown, so_far=True), nl))
    assert now["Berichten hier"].endswith("; vandaag telt nog niet mee")
    assert "Berichten hier" not in dict(digest_rows.detail_rows(talked(0, 0), nl))


LED = LedTo("Wat merkt de huurder hiervan?", "Telefoon dicht")
UNKNOWNS = [Unknown(f"Wie belt {n}?", f"Lift {n}", date(2026, 11, 24)) for n in (1, 2)]


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (
            Details(LED, UNKNOWNS, 3, ["De tuin"]),
            ["Veranderde een besluit: Wat merkt de huurder hiervan? (bij ‘Telefoon dicht’)"],
        ),
        (
            Details(None, UNKNOWNS, 3, ["De tuin"]),
            ["Nog uit te zoeken: Lift 1 (24 nov): Wie belt 1?"],
        ),
        (Details(carried=["De tuin", "De lift"]), ["Meegenomen: De tuin"]),
        (Details(), []),
    ],
)
def test_one_thing_from_the_week_is_told_the_one_that_tells_most(
    nl: Texts, details: Details, said: list[str]
) -> None:
    shown = replace(view(14, 31), details=details)

    assert list(digest_rows.from_the_period(shown, nl)) == said


@pytest.mark.parametrize(
    ("moment", "dutch", "english"),
    [
        (Weekly(), "elke maandag om 9.00 uur", "every Monday at 9:00"),
        (Weekly(7, time(0, 5), "UTC"), "elke zondag om 0.05 uur", "every Sunday at 0:05"),
    ],
)
def test_a_moment_as_people_say_it(
    nl: Texts, en: Texts, moment: Weekly, dutch: str, english: str
) -> None:
    assert [moments.weekly(moment, texts) for texts in (nl, en)] == [dutch, english]
    assert moments.weekly(moment, nl, zone=True) == f"{dutch} ({moment.zone})"
