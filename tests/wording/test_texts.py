from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.dates import Period, Span, parse_period, week_of
from bot.domain.problem import Mistake, Problem
from bot.readers.catalogue import Prompts
from bot.readers.prompt_checks import placeholders
from bot.wording.texts import Texts


@pytest.mark.parametrize(
    ("n", "dutch", "english"),
    [
        (0, "0 punten", "0 items"),
        (1, "1 punt", "1 item"),
        (2, "2 punten", "2 items"),
        (21, "21 punten", "21 items"),
    ],
)
def test_a_plural_follows_its_number(
    nl: Texts, en: Texts, n: int, dutch: str, english: str
) -> None:
    assert nl.say("points", n=n) == dutch
    assert en.say("points", n=n) == english


def test_what_is_filled_in_is_never_read_as_a_placeholder(nl: Texts) -> None:
    assert "{file}{0}%s" in nl.say("problems.no_file", file="{file}{0}%s")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_can_be_said(prompts: Prompts, language: str) -> None:
    texts = Texts(language, prompts.texts[language])
    for key, text in prompts.texts[language].items():
        forms = [text] if isinstance(text, str) else text.values()
        names = set().union(*map(placeholders, forms)) | (
            {"n"} if not isinstance(text, str) else set()
        )
        for n in (0, 1, 2):
            said = texts.say(key, **dict.fromkeys(names, n))
            assert said.strip() == said != ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_problem_is_one_sentence_that_says_what_to_do(prompts: Prompts, language: str) -> None:
    for key, text in prompts.texts[language].items():
        if key.startswith("problems.") and isinstance(text, str):
            assert text.endswith("."), key
            assert ";" in text or "," in text, f"{key}: what happened; what to do"


def test_days_are_written_as_people_do(nl: Texts, en: Texts) -> None:
    assert nl.day(date(2026, 11, 24)) == "dinsdag 24 november 2026"
    assert en.day(date(2026, 3, 1)) == "Sunday 1 March 2026"


@pytest.mark.parametrize(
    ("clock", "dutch", "english"),
    [
        (time(10, 0), "10.00 uur", "10:00"),
        (time(9, 5), "9.05 uur", "9:05"),
        (time(0, 0), "0.00 uur", "0:00"),
        (time(23, 59, 59), "23.59 uur", "23:59"),
    ],
)
def test_times_are_written_as_people_do(
    nl: Texts, en: Texts, clock: time, dutch: str, english: str
) -> None:
    assert (nl.clock(clock), en.clock(clock)) == (dutch, english)


RANGE = Span.RANGE
PERIODS = [
    (week_of(date(2026, 11, 24)), "Week 48", ("23", "29", "nov", "2026")),
    (week_of(date(2026, 12, 2)), "Week 49", ("30", "nov", "6", "dec", "2026")),
    (week_of(date(2027, 1, 1)), "Week 53", ("28", "dec", "2026", "3", "jan", "2027")),
    (week_of(date(2027, 1, 4)), "Week 1", ("4", "10", "jan", "2027")),
    (Period(RANGE, date(2026, 11, 30), date(2027, 2, 1)), "30", ("2026", "1", "feb", "2027")),
    (Period(RANGE, date(2026, 11, 1), date(2026, 11, 30)), "1", ("30", "nov", "2026")),
    (Period(RANGE, date(2026, 11, 24), date(2026, 11, 24)), "24", ("nov", "2026")),
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("period", "start", "parts"), PERIODS)
def test_a_period_names_its_first_and_last_day_once(
    prompts: Prompts, language: str, period: Period, start: str, parts: tuple[str, ...]
) -> None:
    said = Texts(language, prompts.texts[language]).period(period)
    assert said.startswith(start)
    rest = said.removeprefix(start).lower()
    for part in parts:
        assert part in rest, said
        rest = rest.partition(part)[2]
    assert "–" in said or period.first == period.last
    assert said.isprintable()


def test_a_week_over_new_year_is_worded_in_full(nl: Texts, en: Texts) -> None:
    period = parse_period(Span.WEEK, "2026-W53")
    assert nl.period(period) in {
        "Week 53 (28 dec 2026–3 jan 2027)",
        "Week 53 (28 december 2026 – 3 januari 2027)",
        "Week 53 (28 december 2026–3 januari 2027)",
    }
    assert en.period(period).startswith("Week 53 (28 Dec")


def test_a_month_and_a_day_are_worded(nl: Texts, en: Texts) -> None:
    month, day = parse_period(Span.MONTH, "2026-02"), parse_period(Span.DAY, "2026-02-01")
    said = ("februari 2026 (2 feb–1 mrt)", "February 2026 (2 Feb–1 Mar)")
    assert (nl.period(month), en.period(month)) == said
    assert (nl.period(day), en.period(day)) == ("zondag 1 februari 2026", "Sunday 1 February 2026")


def test_a_problem_becomes_its_sentence(nl: Texts) -> None:
    assert "a.txt" in nl.problem(Problem("no_file", file="a.txt"))


def test_a_mistake_begins_with_its_place(nl: Texts) -> None:
    with_line = Mistake("c.yaml", 3, "defaults.language", "one_of", {"found": "x", "expected": "y"})
    assert nl.mistake(with_line).startswith("c.yaml:3: defaults.language: ‘x’")
    without = Mistake("c.yaml", 0, "(file)", "unknown_file")
    assert nl.mistake(without).startswith("c.yaml: dit bestand ken ik niet")


def test_a_mistake_we_have_no_sentence_for_still_shows_what_was_found(nl: Texts) -> None:
    sentence = nl.mistake(Mistake("c.yaml", 3, "a", "never_heard_of", {"found": "this"}))
    assert sentence.endswith("this")


@pytest.mark.parametrize(
    ("span", "code", "dutch", "english", "short"),
    [
        (Span.WEEK, "2026-W53", "Week 53 (28 dec 2026–3 jan 2027)", None, "week 53"),
        (Span.MONTH, "2026-11", "november 2026 (2–29 nov)", None, "nov 2026"),
        (Span.MONTH, "2027-01", "januari 2027 (4–31 jan)", None, "jan 2027"),
        (
            Span.QUARTER,
            "2026-Q4",
            "4e kwartaal 2026 (28 sep 2026–3 jan 2027)",
            "4th quarter 2026 (28 Sept 2026–3 Jan 2027)",
            "K4 2026",
        ),
        (Span.YEAR, "2027", "2027 (4 jan 2027–2 jan 2028)", None, "2027"),
        (Span.DAY, "2026-11-24", "dinsdag 24 november 2026", None, "24 nov"),
        (Span.RANGE, "2026-09-28..2026-11-24", "28 sep–24 nov 2026", None, "28 sep–24 nov"),
    ],
)
def test_periods_say_their_days_and_have_a_short_name(
    nl: Texts, en: Texts, span: Span, code: str, dutch: str, english: str | None, short: str
) -> None:
    period = parse_period(span, code)

    assert nl.period(period) == dutch
    assert english is None or en.period(period) == english
    assert nl.short_period(period) == short
    assert len(en.short_period(period)) <= 20
