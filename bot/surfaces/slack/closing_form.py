"""The form that closes a meeting: where the customer came up, what was left out, one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.meeting import State
from bot.domain.observation import Observed
from bot.domain.view import ClosingView, ItemView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import shortened
from bot.surfaces.slack.filled_in import all_chosen, offered, typed
from bot.surfaces.slack.names import Field, Form
from bot.wording.texts import Texts

CUSTOMER = 75  # characters
SENTENCE = 300
LABEL, SHORT = 75, 30  # of an item
FEWER = 200  # items that fit whatever their titles are


def closing_form(view: ClosingView, texts: Texts, about: str = "") -> Block:
    """Shows what was observed already. Brings back `observed_of` and `take_away_of`.

    Of a very long agenda the titles are cut, and the last items have no place where that is not
    enough.
    """
    every = view.meeting.substantive
    for shown, most in ((every, LABEL), (every, SHORT), (every[:FEWER], SHORT)):
        form = _form(view, shown, most, texts, about)
        if limits.size(form) <= limits.VIEW_BYTES:
            break
    return form


def _form(
    view: ClosingView, shown: Sequence[ItemView], most: int, texts: Texts, about: str
) -> Block:
    closed = view.meeting.state is State.CLOSED
    return block_kit.modal(
        Form.CLOSING,
        texts.say("slack.closing.title"),
        list(_fields(view, shown, most, texts)),
        about=about,
        submit=texts.say("slack.setup.save" if closed else "slack.closing.close"),
        close=texts.say("slack.setup.cancel"),
    )


def observed_of(view: Mapping[str, Any]) -> dict[str, Observed]:
    """What was observed, by the id of each item the form showed.

    Not discussed goes first: a tick may have stood there already.
    """
    came_up = set(all_chosen(view, Field.CAME_UP))
    left_out = set(all_chosen(view, Field.NOT_DISCUSSED))
    return {
        item_id: Observed.NOT_DISCUSSED
        if item_id in left_out
        else Observed.CAME_UP
        if item_id in came_up
        else Observed.DID_NOT
        for item_id in offered(view, Field.NOT_DISCUSSED)
    }


def take_away_of(view: Mapping[str, Any]) -> str:
    """The sentence, empty where there is none."""
    return typed(view, Field.TAKE_AWAY)


def _fields(
    view: ClosingView, shown: Sequence[ItemView], most: int, texts: Texts
) -> Iterator[Block]:
    if shown:
        yield _came_up(view, shown, most, texts)
        yield _not_discussed(view, shown, most, texts)
    if left := len(view.meeting.substantive) - len(shown):
        yield block_kit.context(texts.say("slack.closing.more", n=left))
    label = texts.say("slack.closing.take_away", customer=_customer(view))
    words = view.closing.take_away if view.closing else ""
    hint = texts.say("slack.closing.one_sentence")
    line = block_kit.text_input(Field.TAKE_AWAY, hint, words, most=SENTENCE)
    yield block_kit.field(label, line, optional=True)


def _came_up(view: ClosingView, shown: Sequence[ItemView], most: int, texts: Texts) -> Block:
    """All in sight as long as Slack allows."""
    chosen = _ids(view, Observed.CAME_UP)
    if len(shown) <= limits.TICKS:
        element = block_kit.ticks(Field.CAME_UP, _options(shown, most), chosen)
    else:
        nowhere = texts.say("slack.closing.nowhere")
        element = _select(Field.CAME_UP, nowhere, shown, most, chosen, texts)
    label = texts.say("slack.closing.came_up", customer=_customer(view))
    suggested = chosen and (view.closing is None or view.closing.by_clock)
    hint = texts.say("slack.closing.suggested" if suggested else "slack.closing.by_itself")
    return block_kit.field(label, element, hint=hint, optional=True)


def _not_discussed(view: ClosingView, shown: Sequence[ItemView], most: int, texts: Texts) -> Block:
    everything, chosen = texts.say("slack.closing.everything"), _ids(view, Observed.NOT_DISCUSSED)
    element = _select(Field.NOT_DISCUSSED, everything, shown, most, chosen, texts)
    return block_kit.field(texts.say("slack.closing.not_discussed"), element, optional=True)


def _select(
    field: Field,
    empty: str,
    shown: Sequence[ItemView],
    most: int,
    chosen: set[str],
    texts: Texts,
) -> Block:
    """A list; of more than Slack takes in one, in groups of a hundred."""
    if len(shown) <= limits.OPTIONS:
        return block_kit.multi_select(field, empty, _options(shown, most), chosen)
    starts = range(0, len(shown), limits.OPTIONS)
    parts = [shown[start : start + limits.OPTIONS] for start in starts]
    groups = [(_from_to(part, texts), _options(part, most)) for part in parts]
    return block_kit.grouped_select(field, empty, groups, chosen)


def _from_to(part: Sequence[ItemView], texts: Texts) -> str:
    first, last = (shortened(it.item.position, 20) for it in (part[0], part[-1]))
    return texts.say("slack.closing.group", first=first, last=last)


def _options(shown: Sequence[ItemView], most: int) -> list[tuple[str, str]]:
    return [(it.id or "", shortened(f"{it.item.position}. {it.item.title}", most)) for it in shown]


def _ids(view: ClosingView, observed: Observed) -> set[str]:
    return {it.id or "" for it in view.items(observed)}


def _customer(view: ClosingView) -> str:
    return shortened(view.meeting.customer, CUSTOMER)
