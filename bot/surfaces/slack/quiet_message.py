"""After weeks without a meeting: is a channel's digest to go on? For one person."""

from __future__ import annotations

import re

from bot.domain.problem import Problem
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.escape import mrkdwn
from bot.surfaces.slack.names import Action, about
from bot.usecases.quiet_weeks import QuietView
from bot.wording.texts import Texts

NAME = 80  # characters
_REFUSED = {"not_a_member": "only_members", "kept_by_another": "only_one"}


def quiet(view: QuietView, texts: Texts) -> Message:
    """Asks whether to stop; nothing happens where nobody answers."""
    ask = texts.say("slack.quiet.ask", channel=_channel(view.channel), n=view.weeks)
    on = texts.say("slack.quiet.otherwise")
    stop, keep = texts.say("slack.quiet.stop"), texts.say("slack.quiet.keep")
    row = [
        block_kit.button(stop, about(Action.STOP_DIGEST, view.id)),
        block_kit.button(keep, about(Action.KEEP_DIGEST, view.id)),
    ]
    choices = texts.say("slack.help.choices", choices=f"{stop}, {keep}")
    section = block_kit.section(block_kit.written(ask))
    blocks = [section, block_kit.actions(row), block_kit.context(on)]
    return Message("\n".join([ask, choices, on]), blocks)


def digest_stopped(channel: str, texts: Texts) -> Message:
    """In the place of the question."""
    return _said(texts.say("slack.quiet.stopped", channel=_channel(channel)))


def digest_goes_on(channel: str, texts: Texts) -> Message:
    """In the place of the question."""
    return _said(texts.say("slack.quiet.kept", channel=_channel(channel)))


def digest_left(channel: str, texts: Texts) -> Message:
    """In the place of the question: people sent us away there."""
    return _said(texts.say("slack.quiet.left", channel=_channel(channel)))


def quiet_gone(texts: Texts) -> Message:
    """In the place of a question that is not kept any more."""
    return _said(texts.say("slack.quiet.gone"))


def refuses_stop(problem: Problem) -> bool:
    """Whether it says who may change the settings of a channel."""
    return problem.code in _REFUSED


def stop_refused(problem: Problem, channel: str, texts: Texts) -> Message:
    """Who may stop it instead, in a talk where "this channel" would be none."""
    name = mrkdwn(str(problem.values.get("name", "")), NAME)
    key = f"slack.quiet.{_REFUSED[problem.code]}"
    return _said(texts.say(key, channel=_channel(channel), name=name))


def _said(words: str) -> Message:
    return Message(words, [block_kit.section(block_kit.written(words))])


def _channel(platform_id: str) -> str:
    """Slack shows it as the name it has now, to who may know that."""
    return f"<#{platform_id}>" if re.fullmatch("[A-Z0-9]+", platform_id) else ""
