"""The figures of several channels that somebody subscribed to: sums, who gets them, how to stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.release import Released
from bot.domain.view import ManagersDigestView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard
from bot.surfaces.slack.figures_message import chart
from bot.surfaces.slack.names import Action, about
from bot.usecases.subscribe import Subscribed, Wish
from bot.usecases.tell_managers import SubscribedDigest
from bot.wording import digest_sentences, managers_digest, moments
from bot.wording.plain import capital
from bot.wording.texts import Texts

SENTENCE = 1_000  # characters; only the wording of a question is not ours
_LAST_LINES = 2  # of the text: when it comes, and what can be chosen


def managers_digest_message(view: SubscribedDigest, texts: Texts) -> Message:
    """The whole of it; nothing in it leads back into a channel, for it may be passed on. All rules
    by which it is counted stand on the page below it."""
    digest = view.digest
    heading, counted = (
        managers_digest.heading(digest, texts),
        texts.say("slack.subscription.counted"),
    )
    said, rest, moved = (list(make(digest, texts)) for make in (_said, _rest, _moved))
    grey, stop = [counted, goes_to(view, texts)], stop_button(view.subscription, texts)
    choices = texts.say("slack.help.choices", choices=stop["text"]["text"])
    above = [block_kit.header(heading), *map(_section, said)]
    below = [*map(_section, rest), *(block_kit.context(words, SENTENCE) for words in grey)]
    below.append(block_kit.actions([stop]))
    text = heard([heading, *said, *moved, *rest, *grey, choices], SENTENCE)
    worded = [*above, *map(_section, moved), *below]
    if not digest_sentences.has_trend(digest.trend):
        return Message(text, worded)
    return Message(text, [*above, chart(digest.trend, texts), *below], otherwise=worded)


def goes_to(view: SubscribedDigest, texts: Texts) -> str:
    """When it comes, who gets it, and who may stop it."""
    moment = moments.comes(view.every, view.moment, texts)
    who = "everybody" if view.everybody else "you"
    said = [texts.say(f"slack.subscription.goes_to_{who}", moment=moment)]
    if view.digest.released == Released():
        said.append(texts.say("slack.subscription.when_enough"))
    return " ".join(said)


def subscribed(one: Subscribed | Wish, texts: Texts) -> str:
    """All channels, every Monday at 9:00, in this channel"""
    place = texts.say("slack.subscription.here" if one.here else "slack.subscription.to_you")
    scope = capital(managers_digest.scope(one.scope, texts))
    moment = moments.comes(one.every, one.moment, texts)
    return texts.say("slack.subscription.one", scope=scope, moment=moment, place=place)


def subscription_made(wish: Wish, asked: int, texts: Texts) -> Message:
    """What will come, to who asked for it, and that so many channels are `asked` to count in it."""
    words = texts.say("slack.subscription.made", one=subscribed(wish, texts))
    if asked:
        words += f" {texts.say('slack.subscription.made_asked')}"
    return Message(heard([words], SENTENCE), [_section(words)])


def subscription_ended(shown: Mapping[str, Any], texts: Texts) -> Message:
    """A digest as it stands in Slack, which comes no more: its figures stay, when it comes and how
    to stop it goes."""
    words = texts.say("slack.subscription.comes_no_more")
    figures = [each for each in shown["blocks"] if each["type"] != "actions"]
    if figures[-1]["type"] == "context":
        figures.pop()
    grey = block_kit.context(words, SENTENCE)
    worded = [each for each in figures if each["type"] != "data_visualization"]
    lines = shown["text"].splitlines()[:-_LAST_LINES]
    text = "\n".join([*lines, heard([words])])
    return Message(text, [*figures, grey], [*worded, grey])


def stop_button(subscription_id: str, texts: Texts) -> Block:
    """Ends one."""
    return block_kit.button(
        texts.say("slack.subscription.stop"), about(Action.STOP_SUBSCRIPTION, subscription_id)
    )


def _said(digest: ManagersDigestView, texts: Texts) -> Iterator[str]:
    yield managers_digest.headline(digest, texts)
    yield from managers_digest.figure_lines(digest, texts)


def _moved(digest: ManagersDigestView, texts: Texts) -> Iterator[str]:
    if digest_sentences.has_trend(digest.trend):
        yield from managers_digest.trend(digest, texts)


def _rest(digest: ManagersDigestView, texts: Texts) -> Iterator[str]:
    levels = managers_digest.level_rows(digest, texts)
    for label, told in levels:
        yield texts.say("slack.subscription.level", level=label, told=told)
    yield from managers_digest.besides(digest, texts)


def _section(words: str) -> Block:
    return block_kit.section(block_kit.plain(words, SENTENCE))
