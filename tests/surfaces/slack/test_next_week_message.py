"""The word about next week: within Slack's limits, and heard as it is seen."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.dates import week_of
from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_message
from bot.surfaces.slack.next_week_message import MOST
from bot.usecases.remind_next_week import ReminderView, Unprepared
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn, texts_in

TUESDAY = date(2026, 11, 24)


def reminder(*titles: str | None) -> ReminderView:
    series = [Unprepared("C0123456789", title, TUESDAY, None, "p1") for title in titles]
    return ReminderView("nl", week_of(date(2026, 12, 1)), series)


@pytest.mark.parametrize("words", ["🙂" * 3_000, "&" * 3_000, "<!here> *" * 300, "woord " * 600])
@pytest.mark.parametrize("series", [1, MOST, MOST + 30])
def test_the_worst_titles_fit(words: str, series: int, nl: Texts) -> None:
    assert wrong_message(views.next_week(reminder(*[words] * series), nl).__dict__) == []


def test_what_is_more_is_counted(nl: Texts) -> None:
    shown = drawn(views.next_week(reminder(*["MT"] * (MOST + 1)), nl).__dict__)

    assert shown.count("[Plak een agenda]") == MOST
    assert "En nog 1 overleg." in shown
    assert "En nog" not in drawn(views.next_week(reminder(*["MT"] * MOST), nl).__dict__)


def test_a_title_makes_no_link_and_without_one_it_is_told_too(nl: Texts) -> None:
    message = views.next_week(reminder("<https://x.nl|Klik> <!channel>", None), nl)

    written = [part["text"] for part in texts_in(message.blocks) if part["type"] == "mrkdwn"]
    for words in [*written, message.text]:
        assert "<" not in words.replace("<#C0123456789>", "")
    assert "Overleg zonder titel" in message.text


def test_it_is_said_in_english_too(en: Texts) -> None:
    message = views.next_week(reminder("MT"), en)

    assert message.text.splitlines()[:2] == [
        "This meeting has no agenda yet for next week.",
        "MT: <#C0123456789> · last time Tue 24 Nov",
    ]
