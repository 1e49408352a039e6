"""The meetings of a channel, for one person: each with where it stands and a way to its message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.view import MeetingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard, mrkdwn, shortened
from bot.surfaces.slack.names import Action, about
from bot.wording.still_open import standing
from bot.wording.texts import Texts

TITLE = 100  # characters


@dataclass(frozen=True)
class Listed:
    """A meeting, and the web address of its message; empty where that is not known.

    `coming`: the message is on its way. `absent`: it is not in the channel.
    """

    meeting: MeetingView
    link: str = ""
    coming: bool = False
    absent: bool = False


def meetings(listed: Sequence[Listed], more: int, texts: Texts) -> Message:
    """A few lines for each meeting, and the next agenda; `more` are not shown."""
    paste = texts.say("slack.intro.paste")
    if not listed:
        row = [block_kit.button(paste, Action.PASTE, green=True)]
        return _message([texts.say("slack.meetings.none")], [], row, texts)
    row = [block_kit.button(paste, Action.PASTE)]
    rest = [texts.say("slack.meetings.more", n=more)] if more else []
    return _message([texts.say("slack.meetings.here")], listed, row, texts, rest)


def _message(
    words: Sequence[str],
    listed: Sequence[Listed],
    row: Sequence[Block],
    texts: Texts,
    rest: Sequence[str] = (),
) -> Message:
    put = [texts.say("slack.meetings.put")] if any(each.absent for each in listed) else []
    labels = [*put, *(button["text"]["text"] for button in row)]
    choices = texts.say("slack.help.choices", choices=", ".join(labels))
    blocks = [
        *(block_kit.section(block_kit.plain(line, 3_000)) for line in words),
        *(_section(each, texts) for each in listed),
        *map(block_kit.context, rest),
        block_kit.actions(row),
    ]
    told = [": ".join(_lines(each, texts)) for each in listed]
    return Message("\n".join([heard(words), *told, heard([*rest, choices])]), blocks)


def _section(listed: Listed, texts: Texts) -> Block:
    name, *facts = _lines(listed, texts)
    text = block_kit.written("\n".join([f"*{name}*", *facts]))
    return block_kit.section(text, _put(listed, texts) if listed.absent else None)


def _lines(listed: Listed, texts: Texts) -> list[str]:
    """As mrkdwn: its title, which leads to its message, and what else is known of it."""
    title = mrkdwn(_title(listed, texts), TITLE)
    return [f"<{listed.link}|{title}>" if listed.link else title, *_facts(listed, texts)]


def _put(listed: Listed, texts: Texts) -> Block:
    label, meeting_id = texts.say("slack.meetings.put"), listed.meeting.id or ""
    button = block_kit.button(label, about(Action.PUT_IN_CHANNEL, meeting_id))
    return block_kit.spoken(f"{label}: {_title(listed, texts)}", button)


def _title(listed: Listed, texts: Texts) -> str:
    return shortened(listed.meeting.title or "", TITLE) or texts.say("untitled")


def _facts(listed: Listed, texts: Texts) -> list[str]:
    """On one line its day, how many items wait, and what is the matter with its message."""
    meeting = listed.meeting
    facts = [
        texts.short_day(meeting.day) if meeting.day else "",
        standing(meeting, texts),
        texts.say("slack.meetings.coming") if listed.coming else "",
        texts.say(f"slack.meetings.{'withdrawn' if meeting.withdrawn else 'absent'}")
        if listed.absent
        else "",
    ]
    return [" · ".join(filter(None, facts))] if any(facts) else []
