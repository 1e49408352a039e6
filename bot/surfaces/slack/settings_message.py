"""Settings that changed, below the introduction: from what to what, and by whom."""

from __future__ import annotations

import re

from bot.domain.setting import Change, Setting
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Message
from bot.surfaces.slack.escape import mrkdwn
from bot.usecases.tell_changes import ChangeView
from bot.wording.texts import Texts

WORDS = 300  # characters of what people wrote


def settings_changed(view: ChangeView, texts: Texts) -> Message:
    """A line for each. Who changed it is mentioned: an id that Slack shows as the name they have
    now. That tells only them; a thread calls nobody else."""
    lines = [_line(one, view, texts) for one in view.changes]
    lines.append(texts.say("slack.changes.by", who=_person(view.by, view, texts)))
    said = "\n".join(lines)
    return Message(said, [block_kit.section(block_kit.written(said))])


def _line(change: Change, view: ChangeView, texts: Texts) -> str:
    before, after = (
        _shown(change.setting, it, view, texts) for it in (change.before, change.after)
    )
    what = texts.say(f"slack.changes.{change.setting}")
    if change.setting is Setting.ACCOUNTS and before == after:
        after = texts.say("slack.changes.other_accounts", n=after)
    return texts.say("slack.changes.line", what=what, before=before, after=after)


def _shown(setting: Setting, value: str, view: ChangeView, texts: Texts) -> str:
    match setting:
        case Setting.LANGUAGE:
            return texts.say(f"slack.setup.language_{value or 'agenda'}")
        case Setting.PROCEDURAL:
            return texts.say(f"slack.changes.procedural_{value or 'no'}")
        case Setting.LEVEL if value:
            return texts.say(f"slack.setup.level_{value}")
        case Setting.KEEPER if value:
            return _person(value, view, texts)
        case Setting.KEEPER:
            return texts.say("slack.changes.every_member")
    return mrkdwn(value, WORDS) or texts.say("slack.changes.nothing")


def _person(person_id: str, view: ChangeView, texts: Texts) -> str:
    account = view.accounts.get(person_id, "")
    known = re.fullmatch("[A-Z0-9]+", account)
    return f"<@{account}>" if known else texts.say("slack.changes.somebody")
