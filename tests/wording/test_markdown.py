from __future__ import annotations

import re

import pytest
from hypothesis import given

from bot.readers.catalogue import Prompts, read_prompts
from bot.wording import markdown
from bot.wording.texts import Texts
from tests.wording import views
from tests.wording.views import WILD

NL = Texts("nl", read_prompts().texts["nl"])
SPECIAL = "\\`*_[]<>|#~"


def bare(text: str) -> str:
    """The text without what a backslash keeps from meaning anything."""
    return re.sub(rf"\\[{re.escape(SPECIAL)}{{}}&!]", "", text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_digest_is_sentences_and_tables_with_every_figure(
    prompts: Prompts, language: str
) -> None:
    said = markdown.digest(views.digest("w"), Texts(language, prompts.texts[language]))
    assert said.startswith("# Week 48")
    assert [n for n in views.NUMBERS if not re.search(rf"\b{n}\b", said)] == []
    trend, details = [part.splitlines() for part in said.split("\n\n") if part.startswith("|")]
    assert trend[1] == details[1] == "|---|---|"
    assert (len(trend), len(details)) == (6, 18)
    assert "1 " in trend[3]
    assert {"nl": " (50%, toeval", "en": " (50%, marg"}[language] in trend[3]


def test_a_digest_without_meetings_has_no_table() -> None:
    assert "|" not in markdown.digest(views.digest("w", meetings=0), NL)


@given(WILD)
def test_what_somebody_wrote_stays_what_it_is(words: str) -> None:
    """No cell, row, link, tag, heading, list or code of its own."""
    for meetings in (31, 0):
        plainly = markdown.digest(views.digest("w", meetings=meetings), NL).split("\n")
        wildly = markdown.digest(views.digest(words, meetings=meetings), NL).split("\n")
        assert len(plainly) == len(wildly)
        for tame, wild in zip(plainly, wildly, strict=True):
            assert len(wild.splitlines()) <= 1
            for sign in SPECIAL:
                assert bare(wild).count(sign) == bare(tame).count(sign)


@pytest.mark.parametrize(
    "words",
    ["[a](http://x)", "<b>x</b>", "a | b", "# a", "`a`", "*a*", "![a](b)", "\\| a", "\\\\| a"],
)
def test_signs_with_a_meaning_lose_it(words: str) -> None:
    assert not set(bare(markdown.escaped(words))) & set(SPECIAL)


@pytest.mark.parametrize("words", ["a\nb", "a\r\nb", "a\n\n# b", "a\n---", "a\u2028b", "a\tb"])
def test_a_line_stays_one_line(words: str) -> None:
    assert len(markdown.escaped(words).splitlines()) == 1
