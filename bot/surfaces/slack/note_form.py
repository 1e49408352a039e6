"""A note at an item: one's own, to change, or one more at an item that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.agenda_pieces import TITLE
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.filled_in import chosen, typed
from bot.surfaces.slack.names import Field, Form
from bot.wording.texts import Texts


def note_form(view: ItemView, own: str, texts: Texts, about: str = "") -> Block:
    """One's own note at an item; left empty it goes. Brings back `note_of`."""
    line = block_kit.text_input(Field.TEXT, value=own, multiline=True)
    hint = texts.say("slack.note.shown")
    blocks = [
        block_kit.section(block_kit.plain(f"{view.item.position}. {view.item.title}", TITLE)),
        block_kit.field(texts.say("slack.note.own"), line, hint=hint, optional=True),
    ]
    return _form(blocks, texts, about)


def new_note_form(meeting: MeetingView, texts: Texts, about: str = "") -> Block:
    """A note at an item that is chosen. Brings back `note_of`."""
    options = [(it.id or "", f"{it.item.position}. {it.item.title}") for it in meeting.substantive]
    choose = texts.say("slack.agenda.choose_item")
    item = block_kit.select(Field.ITEM, choose, options[: limits.OPTIONS])
    line = block_kit.text_input(Field.TEXT, multiline=True)
    hint = texts.say("slack.note.shown")
    blocks = [
        block_kit.field(texts.say("slack.note.item"), item),
        block_kit.field(texts.say("slack.note.own"), line, hint=hint),
    ]
    return _form(blocks, texts, about)


def note_of(view: Mapping[str, Any]) -> tuple[str, str]:
    """(the item that was chosen, empty where the form is about one; the words)."""
    return chosen(view, Field.ITEM) or "", typed(view, Field.TEXT)


def _form(blocks: Sequence[Block], texts: Texts, about: str) -> Block:
    return block_kit.modal(
        Form.NOTE,
        texts.say("slack.agenda.note"),
        blocks,
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.setup.cancel"),
    )
