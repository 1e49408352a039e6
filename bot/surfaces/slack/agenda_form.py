"""Forms about an agenda: paste it, look at what was read of it, change that before it is posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.offer import Offer
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.agenda_pieces import QUESTION, TITLE, head_of_item
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.carry_over_pieces import carry_box
from bot.surfaces.slack.escape import mrkdwn, shortened
from bot.surfaces.slack.filled_in import ids_of, typed
from bot.surfaces.slack.names import Action, Field, Form, Pick
from bot.surfaces.slack.names import about as named
from bot.surfaces.slack.question_form import swap_picks
from bot.wording.texts import Texts

ITEMS = 80  # shown at most; a form has a hundred blocks
ROOM = 180_000  # bytes of the form for them
MOST_TITLE = 500  # characters
IN_A_FIELD = 2_500  # characters, of the 3,000 that it takes
BESIDES = 400  # characters of the lines that are no item
LISTED = 2_000  # characters of the items without a question


def agenda_form(texts: Texts, about: str = "", text: str = "") -> Block:
    """Paste the agenda. Brings back `agenda_of`; `text` is what stands there already.

    One that is too long for a field goes on in further ones: half of it would take items away.
    """
    parts = list(_in_fields(text)) or [""]
    tidy, name = texts.say("slack.preview.tidy"), texts.say("slack.manifest.shortcut")
    hint = texts.say("slack.preview.long", shortcut=name) if len(parts) == 1 else ""
    names = [str(Field.AGENDA), *(named(Field.AGENDA, str(n)) for n in range(2, len(parts) + 1))]
    labels = ["slack.preview.paste", *["slack.preview.paste_more"] * (len(parts) - 1)]
    fields = [
        block_kit.field(
            texts.say(label),
            block_kit.text_input(name, tidy, part, multiline=True),
            hint=hint,
            optional=len(parts) > 1,
        )
        for name, label, part in zip(names, labels, parts, strict=True)
    ]
    return block_kit.modal(
        Form.AGENDA,
        texts.say("slack.preview.new"),
        fields,
        about=about,
        submit=texts.say("slack.preview.look"),
        close=texts.say("slack.setup.cancel"),
    )


def agenda_of(view: Mapping[str, Any]) -> str:
    """The pasted text, of all its fields."""
    more = (named(Field.AGENDA, number) for number in ids_of(view, Field.AGENDA))
    return "\n".join(typed(view, name) for name in (Field.AGENDA, *more))


def _in_fields(text: str) -> Iterator[str]:
    """The lines of a text, in parts that fit a field with room to write."""
    part = ""
    for line in text.splitlines(keepends=True):
        if part and len(part) + len(line) > IN_A_FIELD:
            yield part.rstrip()
            part = ""
        part += line
    if part:
        yield part[: block_kit.MOST_TYPED]


def preview(
    draft: MeetingView,
    draft_id: str,
    texts: Texts,
    about: str = "",
    *,
    pushed: bool = True,
    updates: bool = False,
    returns: bool = False,
    goes: Sequence[str] = (),
    offer: Offer | None = None,
    carries: bool = False,
) -> Block:
    """What was read: the items with their question, each to be changed, and those without one.

    An item is named by its `id` and, where it has none, by its index. `pushed` on top of the
    pasted text, so that one can go back to it. `updates` an agenda that is in the channel already,
    or `returns` one that was withdrawn; `goes` are the titles that leave it. `offer` may be taken
    along, and is where it `carries`.
    """
    named_items = [(it.id or str(index), it) for index, it in enumerate(draft.items)]
    asked = [(name, it) for name, it in named_items if it.questions]
    shown = fitting(_item(*pair, texts) for pair in asked[:ITEMS])
    known = "known" if updates else "withdrawn" if returns else ""
    blocks = [*_head(draft, draft_id, texts), *_changes(goes, known, texts), *shown]
    if left := len(asked) - len(shown):
        blocks.append(block_kit.context(texts.say("slack.preview.more", n=left)))
    rest = [(name, it) for name, it in named_items if not it.questions]
    return block_kit.modal(
        Form.PREVIEW,
        texts.say("slack.preview.title"),
        [
            *blocks,
            *_without(rest, draft_id, texts),
            *(carry_box(offer, texts, carries=carries) if offer else []),
            *_besides(draft, texts),
        ],
        about=about,
        submit=texts.say("slack.preview.update" if updates else "slack.preview.post"),
        close=texts.say("slack.preview.back" if pushed else "slack.setup.cancel"),
    )


def item_form(view: ItemView, texts: Texts, about: str = "") -> Block:
    """Another title for an item of the draft. Brings back `title_of`."""
    field = _title_field("slack.preview.item_title", view.item.title, texts)
    return _small_form(Form.PREVIEW_ITEM, "slack.preview.rename", [field], texts, about)


def title_form(draft: MeetingView, texts: Texts, about: str = "") -> Block:
    """Another title and day for the meeting. Brings back `title_of` and `day_of`."""
    day = {
        "type": "datepicker",
        "action_id": str(Field.DAY),
        **({"initial_date": draft.day.isoformat()} if draft.day else {}),
    }
    fields = [
        _title_field("slack.preview.meeting_title", draft.title or "", texts),
        block_kit.field(texts.say("slack.preview.day"), day, optional=True),
    ]
    return _small_form(Form.PREVIEW_TITLE, "slack.preview.change", fields, texts, about)


def title_of(view: Mapping[str, Any]) -> str:
    """The new title."""
    return typed(view, Field.TITLE)


def day_of(view: Mapping[str, Any]) -> date | None:
    """The new day."""
    day = typed(view, Field.DAY)
    return date.fromisoformat(day) if day else None


def _head(draft: MeetingView, draft_id: str, texts: Texts) -> list[Block]:
    facts = [
        shortened(draft.title or "", TITLE) or texts.say("untitled"),
        texts.short_day(draft.day) if draft.day else "",
        texts.clock(draft.time) if draft.time else "",
    ]
    change = block_kit.button(texts.say("slack.preview.change"), named(Action.RETITLE, draft_id))
    with_question = sum(bool(it.questions) for it in draft.items)
    read = texts.say("slack.preview.read", n=len(draft.items))
    counts = f"{read}, {texts.say('agenda.with_question', n=with_question)}"
    title = ", ".join(filter(None, facts))
    return [
        block_kit.section(block_kit.plain(title, 2 * TITLE), change),
        block_kit.context(counts),
    ]


def _item(name: str, view: ItemView, texts: Texts) -> Block:
    questions = [mrkdwn(asked.choice.text, QUESTION) for asked in view.questions]
    picks = (Pick.RENAME, Pick.NO_QUESTION, Pick.DROP)
    menu = {
        **swap_picks(view, texts, limits.OVERFLOW - len(picks)),
        **{pick.value: texts.say(f"slack.preview.{pick}") for pick in picks},
    }
    text = "\n".join([head_of_item(view, texts), *questions])
    return block_kit.section(
        block_kit.written(text), block_kit.overflow(named(Action.DRAFT_MENU, name), menu)
    )


def fitting(items: Iterable[Block]) -> list[Block]:
    """The first ones, as many as there is room for in a form."""
    shown, used = [], 0
    for block in items:
        used += limits.size(block)
        if used > ROOM:
            break
        shown.append(block)
    return shown


def _without(rest: Sequence[tuple[str, ItemView]], draft_id: str, texts: Texts) -> list[Block]:
    if not rest:
        return []
    titles = ", ".join(shortened(it.item.title, TITLE) for _, it in rest)
    words = texts.say("slack.preview.without", items=shortened(titles, LISTED))
    options = [(name, f"{it.item.position}. {it.item.title}") for name, it in rest]
    select = block_kit.select(
        named(Action.ASK_ANYWAY, draft_id),
        texts.say("slack.preview.ask_anyway"),
        options[: limits.OPTIONS],
    )
    return [block_kit.section(block_kit.plain(words, 3_000), select)]


def _changes(goes: Sequence[str], known: str, texts: Texts) -> list[Block]:
    """What happens to the agenda that is there already, or was."""
    lines = [texts.say(f"slack.preview.{known}")] if known else []
    if goes:
        titles = shortened(", ".join(goes), LISTED // 2)
        lines.append(texts.say("slack.preview.goes", items=titles))
    return [block_kit.section(block_kit.plain(line, LISTED)) for line in lines]


def _besides(draft: MeetingView, texts: Texts) -> list[Block]:
    """The lines that are no item, so that one that should be is missed here and not later."""
    lines = [line for line in draft.other if any(map(str.isalpha, line))]
    if not lines:
        return []
    words = shortened(" / ".join(lines), BESIDES)
    return [block_kit.context(texts.say("slack.preview.besides", lines=words))]


def _title_field(label: str, title: str, texts: Texts) -> Block:
    field = block_kit.text_input(Field.TITLE, value=title, most=MOST_TITLE)
    return block_kit.field(texts.say(label), field)


def _small_form(form: Form, title: str, fields: list[Block], texts: Texts, about: str) -> Block:
    return block_kit.modal(
        form,
        texts.say(title),
        fields,
        about=about,
        submit=texts.say("slack.setup.save"),
        close=texts.say("slack.preview.back"),
    )
