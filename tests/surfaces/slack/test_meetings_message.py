"""The list of meetings: within Slack's limits whatever they are called, and heard as it is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.surfaces.slack import views
from bot.surfaces.slack.limits import wrong_message
from bot.surfaces.slack.views import Listed
from bot.usecases.find_meetings import MOST
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import texts_in
from tests.surfaces.slack.meetings import plain_meeting

LINK = f"https://{'lange-naam' * 6}.enterprise.slack.com/archives/C0123456789/p1795000000000001"


@pytest.mark.parametrize("words", ["🙂" * 3_000, "&" * 3_000, "<!here> *" * 300, "woord " * 600])
@pytest.mark.parametrize("absent", [True, False])
def test_ten_of_the_worst_fit(words: str, absent: bool, nl: Texts) -> None:
    meeting = replace(plain_meeting(500), title=words)
    listed = [Listed(replace(meeting, id=f"m{n}"), LINK, absent=absent) for n in range(MOST)]

    assert wrong_message(views.meetings(listed, 1_000, nl).__dict__) == []


def test_what_is_seen_is_heard_and_a_title_makes_no_link(nl: Texts) -> None:
    meeting = replace(plain_meeting(2), title="<https://x.nl|Klik> <!channel>", id="m1")
    message = views.meetings([Listed(meeting, absent=True), Listed(meeting, coming=True)], 0, nl)

    written = [part["text"] for part in texts_in(message.blocks) if part["type"] == "mrkdwn"]
    assert len(written) == 2
    assert not any("<" in words for words in [*written, message.text])
    assert message.text.splitlines()[0] == "Overleg in dit kanaal:"
    assert message.text.splitlines()[1].endswith("de agenda staat niet in het kanaal")
    assert message.text.splitlines()[2].endswith("de agenda komt zo in het kanaal")
    assert message.text.splitlines()[-1] == "Kies: Zet hem in het kanaal, Plak een agenda."


def test_without_a_title_or_a_day_it_is_still_listed(nl: Texts) -> None:
    meeting = replace(plain_meeting(0), title=None, day=None, items=[], id="m1")
    message = views.meetings([Listed(meeting, LINK)], 1, nl)

    assert f"<{LINK}|Overleg zonder titel>" in message.text.splitlines()
    assert "en nog 1 ouder overleg" in message.text
    assert wrong_message(message.__dict__) == []
