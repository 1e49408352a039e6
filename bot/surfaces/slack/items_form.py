"""Forms that change an agenda in its channel: its items one by one, a new one, or all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.offer import closing
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.agenda_form import ITEMS, MOST_TITLE, fitting
from bot.surfaces.slack.agenda_pieces import QUESTION, TITLE, head_of_item
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import mrkdwn
from bot.surfaces.slack.filled_in import chosen, typed
from bot.surfaces.slack.names import Action, Field, Form, Pick
from bot.surfaces.slack.names import about as named
from bot.surfaces.slack.question_form import swap_picks
from bot.wording.texts import Texts

NAME = "items"  # no Form: it has nothing to send back
AT_END = "end"


def items_form(meeting: MeetingView, texts: Texts, about: str = "") -> Block:
    """The items on the agenda in order, each with what can be done to it at once."""
    meeting_id = meeting.id or ""
    row = [
        block_kit.button(texts.say("slack.items.add"), named(Action.ADD_ITEM, meeting_id)),
        block_kit.button(texts.say("slack.items.paste"), named(Action.PASTE_AGAIN, meeting_id)),
    ]
    on_agenda = [it for it in meeting.items if not it.removed]
    pairs = zip([None, *on_agenda], on_agenda[:ITEMS], strict=False)
    shown = fitting(_item(before, it, on_agenda, texts) for before, it in pairs)
    blocks = [block_kit.context(texts.say("slack.items.at_once")), block_kit.actions(row), *shown]
    if left := len(on_agenda) - len(shown):
        blocks.append(block_kit.context(texts.say("slack.items.more", n=left)))
    return block_kit.modal(
        NAME,
        texts.say("slack.agenda.change_agenda"),
        blocks,
        about=about,
        close=texts.say("slack.answer.done"),
    )


def new_item_form(meeting: MeetingView, texts: Texts, about: str = "") -> Block:
    """One line, and where it goes: before what ends the meeting. Brings back `new_item_of`."""
    items = [it for it in meeting.items if not it.removed][-(limits.OPTIONS - 1) :]
    places = [
        (AT_END, texts.say("slack.items.at_end")),
        *((it.id or "", texts.say("slack.items.after", item=_label(it))) for it in items),
    ]
    after = items[: len(items) - closing([it.item for it in items])][-1:]
    place = (after[0].id or AT_END) if after and after[0] is not items[-1] else AT_END
    line = block_kit.text_input(Field.TITLE, most=MOST_TITLE)
    hint = texts.say("slack.items.new_hint")
    where = block_kit.select(Field.ITEM, texts.say("slack.items.where"), places, place)
    fields = [
        block_kit.field(texts.say("slack.items.new"), line, hint=hint),
        block_kit.field(texts.say("slack.items.where"), where),
    ]
    return _form(Form.NEW_ITEM, "slack.items.add", fields, "slack.setup.save", texts, about)


def new_item_of(view: Mapping[str, Any]) -> tuple[str, str | None]:
    """(the line, the id of the item it comes after; None for the end)."""
    place = chosen(view, Field.ITEM)
    return typed(view, Field.TITLE), None if place in (None, AT_END) else place


def rename_form(view: ItemView, texts: Texts, about: str = "") -> Block:
    """Another title for an item in the channel. Brings back `title_of`."""
    line = block_kit.text_input(Field.TITLE, value=view.item.title, most=MOST_TITLE)
    hint = texts.say("slack.items.answers_stay") if view.answers else ""
    field = block_kit.field(texts.say("slack.preview.item_title"), line, hint=hint)
    return _form(Form.ITEM_TITLE, "slack.preview.rename", [field], "slack.setup.save", texts, about)


def withdraw_form(texts: Texts, about: str = "") -> Block:
    """What happens when an agenda is withdrawn, to answers too. Brings back nothing.

    A menu asks for confirmation whatever is chosen in it, so this one has a form.
    """
    words = block_kit.section(block_kit.plain(texts.say("slack.withdraw.what"), 3_000))
    title, submit = "slack.withdraw.title", "slack.agenda.withdraw"
    return _form(Form.WITHDRAW, title, [words], submit, texts, about)


def _item(
    before: ItemView | None, view: ItemView, on_agenda: Sequence[ItemView], texts: Texts
) -> Block:
    begins = before is None or before.item.session != view.item.session
    session = [mrkdwn(view.item.session, TITLE)] if begins and view.item.session else []
    asked = [] if view.skipped else [mrkdwn(it.choice.text, QUESTION) for it in view.questions]
    skipped = [f"_{texts.say('slack.agenda.skipped')}_"] if view.skipped else []
    text = "\n".join([*session, head_of_item(view, texts), *asked, *skipped])
    menu = {pick: texts.say(f"slack.items.{pick}") for pick in _picks(view, on_agenda)}
    menu = {Pick.RENAME: texts.say("slack.preview.rename"), **menu, **swap_picks(view, texts, 1)}
    name = named(Action.CHANGE_ITEM, view.id or "")
    return block_kit.section(block_kit.written(text), block_kit.overflow(name, menu))


def _picks(view: ItemView, on_agenda: Sequence[ItemView]) -> list[str]:
    """Four at most: one more is for its questions."""
    picks = [Pick.UP] if view is not on_agenda[0] else []
    picks += [Pick.DOWN] if view is not on_agenda[-1] else []
    if view.skipped:
        picks.append(Pick.DISCUSS)
    elif view.substantive and not view.answers:
        picks.append(Pick.SKIP)
    return list(picks)


def _label(view: ItemView) -> str:
    return f"{view.item.position}. {view.item.title}"


def _form(
    form: Form, title: str, blocks: Sequence[Block], submit: str, texts: Texts, about: str
) -> Block:
    return block_kit.modal(
        form,
        texts.say(title),
        blocks,
        about=about,
        submit=texts.say(submit),
        close=texts.say("slack.preview.back" if form != Form.WITHDRAW else "slack.setup.cancel"),
    )
