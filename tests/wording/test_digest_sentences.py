"""The figures as sentences: no 0% that nobody saw, chance called chance, both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion
from bot.domain.view import DigestView
from bot.wording import digest_sentences
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
        "Bij 14 van de 31 waargenomen punten kwam de huurder vanzelf ter sprake: 45% (marge 29–"
        "62%). De acht weken ervoor was dat 38%; het verschil kan toeval zijn.",
        "Gevraagd: 26 van de 38 punten beantwoord (waarvan 7 met ‘weten we nog niet’), 3 n.v.t.,"
        " 9 open.",
        "Gevolg: bij 4 punten veranderde het besluit.",
        "Waargenomen: 31 van de 38 punten.",
    ]


def test_what_nobody_observed_is_no_nought(nl: Texts, en: Texts) -> None:
    for texts in (nl, en):
        said = " ".join(digest_sentences.sentences(view(0, 0), texts))
        assert "%" not in said
        assert texts.say("digest.not_observed_of", customer="de huurder") in said
    assert "Bij 0 van de 31" in digest_sentences.by_itself(view(0, 31), nl)


@pytest.mark.parametrize(
    ("came_up", "observed", "percent"),
    [(0, 300, "0%"), (1, 300, "1%"), (299, 300, "99%"), (300, 300, "100%")],
)
def test_none_and_all_are_only_said_of_none_and_all(
    came_up: int, observed: int, percent: str
) -> None:
    assert digest_sentences.percent(Proportion(came_up, observed)) == percent


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Proportion(38, 100), "38%; het verschil kan toeval zijn"),
        (Proportion(5, 100), "5%; zo’n verschil is zelden toeval"),
        (Proportion(45, 100), "ook 45%"),
        (None, ""),
    ],
)
def test_a_difference_is_called_what_it_is(nl: Texts, before: Proportion | None, said: str) -> None:
    assert digest_sentences.compared(view(14, 31, before), nl) == said


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
