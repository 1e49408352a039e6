"""Which question of an item is to be another one: in its menu, or asked where that has no room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.view import ItemView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.agenda_pieces import TITLE
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.filled_in import chosen
from bot.surfaces.slack.names import Field, Form, Pick
from bot.wording.texts import Texts


def swap_picks(view: ItemView, texts: Texts, room: int) -> dict[str, str]:
    """What a menu with room for so many entries offers: each question nobody answered.

    The label by "other_question:<key>"; by "other_question" alone where it has to be asked which.
    """
    asked = [f"{Pick.OTHER_QUESTION}:{one.choice.key}" for one in view.unanswered]
    if len(asked) in (0, 1):
        return {value: texts.say("slack.preview.other_question") for value in asked}
    if len(asked) > room:
        return {str(Pick.OTHER_QUESTION): texts.say("slack.preview.other_question")}
    places = zip(asked, ("other_first", "other_second"), strict=False)
    return {value: texts.say(f"slack.preview.{place}") for value, place in places}


def question_form(form: Form, view: ItemView, texts: Texts, about: str = "") -> Block:
    """The questions nobody answered, one to choose. Brings back `question_of`."""
    options = [(asked.choice.key, asked.choice.text) for asked in view.unanswered]
    choice = block_kit.radio(Field.QUESTION, options, options[0][0])
    return block_kit.modal(
        form,
        texts.say("slack.preview.other_question"),
        [
            block_kit.section(block_kit.plain(f"{view.item.position}. {view.item.title}", TITLE)),
            block_kit.field(texts.say("slack.preview.which_question"), choice),
        ],
        about=about,
        submit=texts.say("slack.preview.swap"),
        close=texts.say("slack.preview.back"),
    )


def question_of(view: Mapping[str, Any]) -> str:
    """The key of the question that was chosen."""
    return chosen(view, Field.QUESTION) or ""
