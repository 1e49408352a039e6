"""Settings that changed, below the introduction: from what to what, and by whom."""

from __future__ import annotations

import re

from bot.domain.schedule import comes, weekly
from bot.domain.setting import ALL, CHOSEN, Change, Setting
from bot.domain.view import Scope
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.escape import mrkdwn
from bot.surfaces.slack.names import Action
from bot.usecases.tell_changes import ChangeView
from bot.wording import managers_digest, moments
from bot.wording.texts import Texts

WORDS = 300  # characters of what people wrote
_MOMENT = 4  # words of a subscription that say when: week 1 09:00 Europe/Amsterdam


def settings_changed(view: ChangeView, texts: Texts) -> Message:
    """A line for each. Who changed it is mentioned: an id that Slack shows as the name they have
    now. That tells only them; a thread calls nobody else. Where talk is counted from now on it has
    the way to switch that off."""
    lines = [_line(one, view, texts) for one in view.changes]
    lines.append(texts.say("slack.changes.by", who=_person(view.by, view, texts)))
    said = "\n".join(lines)
    blocks = [block_kit.section(block_kit.written(said))]
    if not any(one.setting is Setting.TALK and one.after for one in view.changes):
        return Message(said, blocks)
    label = texts.say("slack.intro.settings")
    choices = texts.say("slack.help.choices", choices=label)
    row = block_kit.actions([block_kit.button(label, Action.SETTINGS)])
    return Message(f"{said}\n{choices}", [*blocks, row])


def _line(change: Change, view: ChangeView, texts: Texts) -> str:
    if change.setting is Setting.TALK:
        return texts.say(f"slack.talk.{'on' if change.after else 'off'}")
    before, after = (_shown(change, it, view, texts) for it in (change.before, change.after))
    what = _what(change, texts)
    if change.setting is Setting.ACCOUNTS and before == after:
        after = texts.say("slack.changes.other_accounts", n=after)
    return texts.say("slack.changes.line", what=what, before=before, after=after)


def _what(change: Change, texts: Texts) -> str:
    """What changed; of a digest over several channels what it is over, where that was kept."""
    over = _over(change.before or change.after)
    if change.setting is Setting.SUBSCRIPTION and over:
        scope = managers_digest.scope(over, texts)
        return texts.say("slack.changes.subscription_over", scope=scope)
    return texts.say(f"slack.changes.{change.setting}")


def _shown(change: Change, value: str, view: ChangeView, texts: Texts) -> str:
    match change.setting:
        case Setting.LANGUAGE:
            said = texts.say(f"slack.setup.language_{value or 'agenda'}")
        case Setting.PROCEDURAL | Setting.OUTSIDE:
            said = texts.say(f"slack.changes.box_{value or 'no'}")
        case Setting.LEVEL if value:
            said = texts.say(f"slack.setup.level_{value}")
        case Setting.DIGEST:
            said = _moment(change, value, texts)
        case Setting.SUBSCRIPTION:
            said = _comes(value, texts)
        case Setting.KEEPER if value:
            said = _person(value, view, texts)
        case Setting.KEEPER:
            said = texts.say("slack.changes.every_member")
        case _:
            said = mrkdwn(value, WORDS) or texts.say("slack.changes.nothing")
    return said


def _moment(change: Change, value: str, texts: Texts) -> str:
    """When a digest comes, in which zone only where that is what changed."""
    if not value:
        return texts.say("moment.never")
    zones = {weekly(code).zone for code in (change.before, change.after) if code}
    return moments.weekly(weekly(value), texts, zone=len(zones) > 1)


def _comes(value: str, texts: Texts) -> str:
    """When a digest over several channels comes, in words."""
    if not value:
        return texts.say("moment.never")
    moment = " ".join(value.split(" ")[:_MOMENT])
    return moments.comes(*comes(moment), texts)


def _over(value: str) -> Scope | None:
    """What a digest is over."""
    over = value.split(" ")[_MOMENT:]
    if not over:
        return None
    return {ALL: Scope(), CHOSEN: Scope(channels=("",), named=False)}.get(over[0], Scope(over[0]))


def _person(person_id: str, view: ChangeView, texts: Texts) -> str:
    account = view.accounts.get(person_id, "")
    known = re.fullmatch("[A-Z0-9]+", account)
    return f"<@{account}>" if known else texts.say("slack.changes.somebody")
