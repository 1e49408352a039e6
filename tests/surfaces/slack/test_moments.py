from __future__ import annotations

from tests import slack_moments


def test_the_page_shows_what_people_see() -> None:
    renew = "renew it: .venv/bin/python -m tests.slack_moments --write"
    assert slack_moments.PAGE.read_text("utf-8") == slack_moments.page(), renew
