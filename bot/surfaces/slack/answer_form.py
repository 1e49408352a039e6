"""Forms to answer an item, to change answers of one's own, to say why none applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from bot.domain.answer import Answer, Certainty, Change
from bot.domain.view import ItemView, QuestionView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.agenda_pieces import TITLE, said
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import shortened
from bot.surfaces.slack.filled_in import chosen, ids_of, ticked, typed
from bot.surfaces.slack.names import Field, Form
from bot.surfaces.slack.names import about as named
from bot.wording import plain
from bot.wording.texts import Texts

EARLIER = 10  # answers shown above the fields
LONGEST = 3_000  # characters that a field takes; a message in a thread can have more
BEGINNING = 300  # characters shown of an answer that is longer
OWN = 9  # of one's own to change at once; so that the form stays within its 250 kB


def answer_form(view: ItemView, texts: Texts, about: str = "") -> Block:
    """A field for each question, then how sure and whether it changes the decision.

    Brings back `answers_of`. An item without questions has one field.
    """
    blocks = [
        block_kit.section(block_kit.plain(view.item.title, TITLE)),
        *_earlier(view, texts),
        *_questions(view, texts),
        _certainty(Field.CERTAINTY, Certainty.ASSUME, texts),
        _changed(Field.CHANGED, texts),
    ]
    return _form(Form.ANSWER, "slack.answer.title", blocks, view, texts, about)


def answers_of(view: Mapping[str, Any]) -> list[Answer]:
    """An answer for each field that has words."""
    certainty = Certainty(chosen(view, Field.CERTAINTY) or Certainty.ASSUME)
    words = {asked: typed(view, named(Field.TEXT, asked)) for asked in ids_of(view, Field.TEXT)}
    changed = ticked(view, Field.CHANGED)
    return [
        Answer(text, certainty, changed, asked_question_id=asked or None)
        for asked, text in words.items()
        if text
    ]


def change_form(view: ItemView, mine: Sequence[Answer], texts: Texts, about: str = "") -> Block:
    """One's own answers (oldest first) to an item, to change or delete, the newest on top.

    Brings back `changes_of`.
    """
    blocks = [block_kit.section(block_kit.plain(view.item.title, TITLE))]
    for given in list(reversed(mine))[:OWN]:
        blocks += [{"type": "divider"}, *_own(given, view, texts)]
    if len(mine) > OWN:
        blocks.append(block_kit.context(texts.say("slack.answer.older", n=len(mine) - OWN)))
    return _form(Form.CHANGE_ANSWERS, "slack.answer.title", blocks, view, texts, about)


def changes_of(view: Mapping[str, Any]) -> list[tuple[str, Change | None]]:
    """(answer id, what becomes of it; None when it is to be deleted)."""
    return [(answer_id, _change(view, answer_id)) for answer_id in ids_of(view, Field.DELETE)]


def reason_form(view: ItemView, texts: Texts, about: str = "") -> Block:
    """Why a question does not apply. Brings back `reason_of`."""
    field = block_kit.text_input(Field.TEXT, texts.say("slack.answer.few_words"))
    blocks = [
        block_kit.section(block_kit.plain(view.item.title, TITLE)),
        block_kit.field(texts.say("slack.answer.na_why"), field),
    ]
    return _form(Form.REASON, "slack.answer.na_title", blocks, view, texts, about)


def reason_of(view: Mapping[str, Any]) -> str:
    """The reason in words."""
    return typed(view, Field.TEXT)


def _questions(view: ItemView, texts: Texts) -> Iterator[Block]:
    """A single one gets room and needs words; a reason that several share comes once."""
    asked = view.questions
    if len(asked) <= 1:
        label = asked[0].choice.text if asked else texts.say("slack.answer.label")
        name = named(Field.TEXT, (asked[0].id or "") if asked else "")
        words = texts.say("slack.answer.few_words")
        yield block_kit.field(label, block_kit.text_input(name, words, multiline=True))
    else:
        yield from (_field(one, texts, first=one is asked[0]) for one in asked)
    for reason, _ in groupby(asked, key=lambda one: one.choice.reason):
        yield block_kit.context(_sentence(plain.reason(reason, texts)))


def _field(asked: QuestionView, texts: Texts, *, first: bool) -> Block:
    words = texts.say("slack.answer.few_words") if first else ""
    field = block_kit.text_input(named(Field.TEXT, asked.id or ""), words)
    return block_kit.field(asked.choice.text, field, optional=True)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _earlier(view: ItemView, texts: Texts) -> Iterator[Block]:
    given = plain.in_order(view)
    if given:
        words = texts.say("slack.answer.earlier")
        lines = [f"> {said(one, texts, most=900)}" for one in given[:EARLIER]]
        yield block_kit.context(words)
        yield from (block_kit.section(block_kit.written(line)) for line in lines)
    if len(given) > EARLIER:
        more = texts.say("slack.agenda.more_answers", n=len(given) - EARLIER)
        yield block_kit.context(more)


def _own(given: Answer, view: ItemView, texts: Texts) -> Iterator[Block]:
    answer_id = given.id or ""
    questions = {asked.id: asked.choice.text for asked in view.questions}
    if given.certainty is None:
        label = texts.say("slack.answer.na_reason")
    else:
        label = questions.get(given.asked_question_id) or texts.say("slack.answer.label")
    yield from _own_words(given, label, texts)
    if given.certainty is not None:
        yield _certainty(named(Field.CERTAINTY, answer_id), given.certainty, texts)
        yield _changed(named(Field.CHANGED, answer_id), texts, ticked=given.changed_decision)
    delete = block_kit.tick(named(Field.DELETE, answer_id), texts.say("slack.answer.delete_this"))
    yield block_kit.field(texts.say("slack.answer.delete"), delete, optional=True)


def _own_words(given: Answer, label: str, texts: Texts) -> Iterator[Block]:
    """A field; what is too long for one is never cut, so it is changed where it was said."""
    if len(given.text) > LONGEST:
        yield block_kit.section(block_kit.plain(label, LONGEST))
        yield block_kit.section(block_kit.plain(given.text, BEGINNING))
        yield block_kit.context(texts.say("slack.answer.too_long"))
    else:
        name = named(Field.TEXT, given.id or "")
        field = block_kit.text_input(name, value=given.text, multiline=True)
        yield block_kit.field(label, field, optional=given.certainty is None)


def _change(view: Mapping[str, Any], answer_id: str) -> Change | None:
    if ticked(view, named(Field.DELETE, answer_id)):
        return None
    certainty = chosen(view, named(Field.CERTAINTY, answer_id))
    return Change(
        _new_words(view, named(Field.TEXT, answer_id)),
        Certainty(certainty) if certainty else None,
        ticked(view, named(Field.CHANGED, answer_id)),
    )


def _new_words(view: Mapping[str, Any], name: str) -> str | None:
    """None where they were left as they stood: by now they may say something else."""
    shown = [block["element"] for block in view["blocks"] if block.get("block_id") == name]
    words = typed(view, name)
    if not shown or words == str(shown[0].get("initial_value") or "").strip():
        return None
    return words


def _certainty(name: str, now: Certainty, texts: Texts) -> Block:
    options = [(each.value, texts.say(f"slack.answer.{each}")) for each in Certainty]
    return block_kit.field(
        texts.say("slack.answer.how_sure"), block_kit.radio(name, options, now.value)
    )


def _changed(name: str, texts: Texts, *, ticked: bool = False) -> Block:
    box = block_kit.tick(name, texts.say("slack.answer.changes"), ticked=ticked)
    return block_kit.field(texts.say("slack.answer.decision"), box, optional=True)


def _form(
    form: Form, title: str, blocks: Sequence[Block], view: ItemView, texts: Texts, about: str
) -> Block:
    return block_kit.modal(
        form,
        texts.say(title, position=shortened(view.item.position, 6)),
        blocks,
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.setup.cancel"),
    )
