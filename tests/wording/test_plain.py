from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty
from bot.domain.meeting import State
from bot.domain.view import MeetingView
from bot.readers.catalogue import Prompts, read_prompts
from bot.wording import plain
from bot.wording.plain import Line, Role
from bot.wording.texts import Texts
from tests.wording import views
from tests.wording.views import WILD

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


def text(lines: Iterable[Line]) -> str:
    return "\n".join(row for line in lines for row in line.rows())


@pytest.fixture
def texts(prompts: Prompts, language: str) -> Texts:
    return Texts(language, prompts.texts[language])


def one_line(lines: list[Line]) -> str:
    return " ".join(text(lines).split())


def missing(parts: list[str], lines: list[Line]) -> list[str]:
    return [part for part in parts if part not in one_line(lines)]


HEAD = ["title w", "place w", "customer w"]
TITLES = ["first w", "presenter w", "sub w", "helper w", "deep w", "removed w", "opening w"]
QUESTIONS = [f"question{n} w" for n in range(3)]
ANSWERS = ["known w", "assumed w", "unknown w", "needless w", "kept w"]


@LANGUAGES
def test_an_agenda_shows_every_title_and_question(texts: Texts) -> None:
    lines = plain.meeting(views.meeting("w", answered=False), texts)
    assert missing([*HEAD, *TITLES, *QUESTIONS], lines) == []
    assert texts.say("reasons.weeks_ago", n=6) in one_line(lines)
    assert one_line(lines).count(texts.say("reasons.never_asked")) == 1, "the same reason once"


@LANGUAGES
def test_a_meeting_shows_every_question_and_answer(texts: Texts) -> None:
    lines = plain.meeting(views.meeting("w", answered=True, state=State.CLOSED), texts)
    assert missing([*HEAD, *TITLES, *QUESTIONS, *ANSWERS], lines) == []
    labels = ("know", "assume", "changed_decision", "not_applicable", "reason_later")
    assert missing([texts.say(f"answers.{label}") for label in labels], lines) == []
    assert texts.say("agenda.state_closed") in one_line(lines)


@LANGUAGES
def test_a_meeting_without_anything_still_says_what_it_is(texts: Texts) -> None:
    view = MeetingView(None, None, None, None, "nl", "de klant", [])
    said = one_line(plain.meeting(view, texts))
    assert texts.say("untitled") in said
    assert texts.say("agenda.no_substantive") in said


@LANGUAGES
def test_a_meeting_shows_its_day_and_time(texts: Texts) -> None:
    said = one_line(plain.head(views.meeting("w", answered=False), texts))
    assert texts.day(date(2026, 11, 24)) in said
    assert texts.say("clock", time="10.00" if texts.language == "nl" else "10:00") in said


@LANGUAGES
def test_a_digest_shows_every_figure(texts: Texts) -> None:
    lines = plain.digest(views.digest("w"), texts)
    assert [n for n in views.NUMBERS if not re.search(rf"\b{n}\b", one_line(lines))] == []
    assert missing(["channel w", "easy w", "noticed w", texts.say("digest.never")], lines) == []
    day = texts.short_date(date(2026, 11, 24))
    behind = [f"phone{n} w ({day}): asked{n} w" for n in (1, 2, 3)]
    behind += ["led w", "form w", "carried4 w", *(texts.say("digest.more", n=n) for n in (2, 52))]
    assert missing(behind, lines) == []
    assert "carried5" not in one_line(lines)


@LANGUAGES
def test_a_digest_without_meetings_says_so_and_names_other_channels(texts: Texts) -> None:
    lines = plain.digest(views.digest("w", meetings=0), texts)
    assert missing([texts.say("digest.nothing"), "other w", "another"], lines) == []


@LANGUAGES
def test_closing_says_where_every_item_stands(texts: Texts) -> None:
    said = plain.closing(views.meeting("w", answered=True), texts)
    assert said == f"{texts.say('talk.closed')} {texts.say('talk.closed_answered', n=1)}."
    said = plain.closing(views.meeting("w", answered=False), texts)
    assert texts.say("talk.closed_open", n=1) in said
    said = plain.closing(replace(views.meeting("w", answered=False), items=[]), texts)
    assert said == texts.say("talk.closed")


@LANGUAGES
def test_closing_begins_a_sentence_whatever_comes_first(texts: Texts) -> None:
    view = views.meeting("w", answered=True)
    unknown = [replace(one, certainty=Certainty.DONT_KNOW) for one in view.items[0].answers]
    said = plain.closing(replace(view, items=[replace(view.items[0], answers=unknown)]), texts)
    first = said.removeprefix(f"{texts.say('talk.closed')} ")[0]
    assert first.isupper(), said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("weten we nog niet: wie het bouwt", "| Weten we nog niet: wie het bouwt"),
        ("Weten we niet, de bouwer misschien", "| Weten we nog niet: de bouwer misschien"),
        ("dat weten we nog niet wie er belt", "| Weten we nog niet: wie er belt"),
        ("geen idee!", "| Weten we nog niet"),
        ("weet ik niet zeker", "| Weten we nog niet: weet ik niet zeker"),
        ("wie er belt", "| Weten we nog niet: wie er belt"),
    ],
)
def test_what_is_not_known_is_said_once(nl: Texts, words: str, shown: str) -> None:
    assert plain.answer(Answer(words, Certainty.DONT_KNOW), nl) == shown


# --- what somebody wrote

SHOWN: list[Callable[[str, Texts], list[Line]]] = [
    lambda words, texts: plain.meeting(views.meeting(words, answered=False), texts),
    lambda words, texts: plain.meeting(views.meeting(words, answered=True), texts),
    lambda words, texts: plain.digest(views.digest(words), texts),
    lambda words, texts: plain.digest(views.digest(words, meetings=0), texts),
    lambda words, _: [Line(f"klantvraag {words}", Role.COMMAND)],
]
NL = Texts("nl", read_prompts().texts["nl"])


@pytest.mark.parametrize("show", SHOWN)
@given(WILD)
def test_no_control_or_bidi_character_comes_through(
    show: Callable[[str, Texts], list[Line]], words: str
) -> None:
    said = text(show(words, NL))
    assert [c for c in said if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cf"}] == []
    assert not any(bad in said for bad in views.BIDI)


@pytest.mark.parametrize("show", SHOWN[:4])
@given(WILD)
def test_what_somebody_wrote_stays_on_its_own_line(
    show: Callable[[str, Texts], list[Line]], words: str
) -> None:
    for line in show(words, NL):
        indents = [len(row) - len(row.lstrip()) for row in line.rows(20)]
        assert all(indent >= line.indent for indent in indents[:-1])
        assert not any("\n" in row for row in line.rows(20))


@given(st.text(min_size=1), st.integers(20, 120))
def test_rows_fit_and_lose_no_letter(words: str, width: int) -> None:
    rows = Line(words, indent=4, hang=2).rows(width)
    assert all(len(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(plain.printable(words).split())


def test_a_command_is_never_cut() -> None:
    command = "klantvraag meeting 'a file with spaces.md' --channel ict --database " + "x" * 200
    assert Line(command, Role.COMMAND, 2).rows(20) == [f"  {command}"]
    assert text([Line(command, Role.COMMAND)]) == command


def test_words_with_a_hyphen_stay_whole() -> None:
    rows = Line("Kies een kanaal met --other-channel of --channel.", indent=2).rows(30)
    assert any("--other-channel" in row for row in rows)


def test_next_rows_of_a_line_hang() -> None:
    rows = Line("one two three four five six", indent=2, hang=3).rows(16)
    assert [len(row) - len(row.lstrip()) for row in rows] == [2, *[5] * (len(rows) - 1)]


def test_an_empty_line_is_a_row() -> None:
    assert text([plain.BLANK, Line("a"), plain.BLANK]) == "\na\n"
