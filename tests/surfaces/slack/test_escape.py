from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.surfaces.slack.escape import MORE, heard, mrkdwn, shortened
from bot.wording.plain import printable
from tests.surfaces.slack.meetings import WILD


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("R&D", "R&amp;D"),
        ("<!channel> let op", "&lt;!channel&gt; let op"),
        (
            "<@U123> <#C1> <https://x.nl|bank>",
            "&lt;@U123&gt; &lt;#C1&gt; &lt;https://x.nl|bank&gt;",
        ),
        ("twee\nregels\r\nen een tab\t.", "twee regels en een tab ."),
        ("om\u202ekeren\u200b", "omkeren"),
        ("*let op*", "\u200b*\u200blet op\u200b*\u200b"),
        ("> citaat", "\u200b&gt;\u200b citaat"),
        ("a > b", "a &gt; b"),
    ],
)
def test_what_somebody_typed_is_only_shown(typed: str, sent: str) -> None:
    assert mrkdwn(typed, 100) == sent


@pytest.mark.parametrize(("most", "sent"), [(10, "&amp;&amp;"), (9, "&amp;…"), (5, "…"), (1, "…")])
def test_an_entity_is_never_cut_in_two(most: int, sent: str) -> None:
    assert mrkdwn("&&", most) == sent


@given(WILD, st.integers(1, 400))
def test_nothing_in_it_means_anything_to_slack(typed: str, most: int) -> None:
    sent = mrkdwn(typed, most)

    assert len(sent) <= most
    assert not re.search("[<>]", sent)
    assert not re.search("&(?!(?:amp|lt|gt);)", sent)
    assert not re.search(r"(?<!\u200b)[*_~`]", sent)
    assert not re.search(r"[*_~`](?!\u200b)", sent)
    assert not sent.startswith("&gt;")
    assert printable(sent) == sent.replace("\u200b", ""), "no control, bidi or zero width of theirs"


@given(WILD)
def test_no_word_is_lost(typed: str) -> None:
    assert html.unescape(mrkdwn(typed, 100_000)).replace("\u200b", "") == shortened(typed, 100_000)


@given(WILD, st.integers(1, 400))
def test_shortened_says_that_more_was_written(typed: str, most: int) -> None:
    whole, short = shortened(typed, 100_000), shortened(typed, most)

    assert len(short) <= most
    assert short == whole or (short.endswith(MORE) and whole.startswith(short.removesuffix(MORE)))


def test_the_text_for_who_hears_it_mentions_nobody() -> None:
    assert heard(["<!here> & <@U1>", "_x_"]) == (
        "&lt;!here&gt; &amp; &lt;@U1&gt;\n\u200b_\u200bx\u200b_\u200b"
    )
