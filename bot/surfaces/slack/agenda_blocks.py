"""The agenda in a channel: a message with its items, and further ones in its thread when long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.meeting import State
from bot.domain.reply import can_be_replied_to
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.agenda_pieces import TITLE, Piece, pieces
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard, shortened
from bot.surfaces.slack.names import Action, Pick, about
from bot.wording.still_open import standing
from bot.wording.texts import Texts

BUTTONS = 8  # more of them is a wall; then a list
OPEN_MEETING = (Pick.NOTE, Pick.CHANGE_AGENDA, Pick.BOTTOM, Pick.WITHDRAW)
FACTS = 300  # characters of the grey line
ESCAPED = 5  # times as long is a text that is all &


def agenda(meeting: MeetingView, texts: Texts, *, reads_threads: bool = False) -> list[Message]:
    """The message in the channel, then those in its thread; there is always a first.

    `reads_threads`: answers in the thread are heard, so it says how to give one.
    """
    hint = _how_to_reply(meeting, texts) if reads_threads else []
    head, foot = _head(meeting, texts), [*hint, *_foot(meeting, texts)]
    parts = _packed(list(pieces(meeting, texts)), [*head, *foot], texts)
    return [_message(part, number, parts, (head, foot), texts) for number, part in enumerate(parts)]


def _message(
    part: Sequence[Piece],
    number: int,
    parts: Sequence[Sequence[Piece]],
    around: tuple[Sequence[Piece], Sequence[Piece]],
    texts: Texts,
) -> Message:
    head, foot = around
    not_applicable = _not_applicable([one.open for one in part if one.open], texts)
    if number == 0:
        rest = [_grey(texts.say("slack.agenda.in_thread"))] if len(parts) > 1 else []
        shown = [*head, *part, *rest, *not_applicable, *foot]
    else:
        shown = [_continued(number, len(parts), texts), *part, *not_applicable]
    text = "\n".join(piece.text for piece in shown if piece.text)
    return Message(text, [piece.block for piece in shown])


def _head(meeting: MeetingView, texts: Texts) -> list[Piece]:
    """Title, and in grey: where it stands, when and where, whose customer."""
    title = shortened(meeting.title or "", TITLE) or texts.say("untitled")
    facts = " · ".join(
        fact
        for fact in (
            standing(meeting, texts),
            texts.short_day(meeting.day) if meeting.day else "",
            texts.clock(meeting.time) if meeting.time else "",
            shortened(meeting.place or "", FACTS // 3),
            texts.say("agenda.customer", customer=shortened(meeting.customer, FACTS // 3)),
        )
        if fact
    )
    happened = texts.say(f"slack.agenda.happened_{_state(meeting)}", title=title)
    rows = [
        Piece(block_kit.header(title), heard([happened])),
        Piece(block_kit.context(facts), heard([facts], ESCAPED * FACTS)),
    ]
    if not meeting.substantive:
        rows.append(_grey(texts.say("agenda.no_substantive")))
    return rows


def _state(meeting: MeetingView) -> str:
    """Ready, under way or closed: what a notification begins with."""
    if meeting.state is State.CLOSED:
        return "closed"
    return "answered" if any(it.answers for it in meeting.items) else "ready"


def _foot(meeting: MeetingView, texts: Texts) -> list[Piece]:
    """Close, and what is done less often."""
    if meeting.id is None:
        return []
    closed = meeting.state is State.CLOSED
    picks = (Pick.REOPEN,) if closed else OPEN_MEETING
    menu = {pick.value: texts.say(f"slack.agenda.{pick}") for pick in picks}
    row = [block_kit.overflow(about(Action.MEETING_MENU, meeting.id), menu)]
    if not closed:
        label = texts.say("slack.agenda.close")
        done = bool(meeting.substantive) and not meeting.open_items
        row.insert(0, block_kit.button(label, about(Action.CLOSE, meeting.id), green=done))
    return [Piece(block_kit.actions(row), "")]


def _how_to_reply(meeting: MeetingView, texts: Texts) -> list[Piece]:
    """With the number of the first item that waits for an answer."""
    positions = [it.item.position for it in meeting.open_items]
    first = next(filter(can_be_replied_to, positions), None)
    if first is None or meeting.state is State.CLOSED:
        return []
    return [_grey(texts.say("slack.agenda.reply", position=shortened(first, 10)))]


def _not_applicable(waiting: Sequence[ItemView], texts: Texts) -> list[Piece]:
    """One tap for a question that does not fit: numbers in a row, or a list when they are many."""
    if not waiting:
        return []
    words = texts.say("slack.agenda.does_not_fit")
    spoken = heard([f"{words} {', '.join(it.item.position for it in waiting)}"])
    if len(waiting) > BUTTONS:
        options = [_na_option(it) for it in waiting[: limits.OPTIONS]]
        choose = texts.say("slack.agenda.choose_item")
        # its id keeps it apart from those in the other messages
        name = about(Action.NOT_APPLICABLE, waiting[0].id or "")
        chooser = block_kit.select(name, choose, options)
        return [Piece(block_kit.section(block_kit.plain(words, FACTS), chooser), spoken)]
    row = [_na_button(it, texts) for it in waiting]
    return [Piece(block_kit.context(words), spoken), Piece(block_kit.actions(row), "")]


def _na_button(view: ItemView, texts: Texts) -> Block:
    item_id = view.id or ""
    name = about(Action.NOT_APPLICABLE, item_id)
    button = block_kit.button(view.item.position, name, value=item_id)
    return block_kit.spoken(f"{texts.say('answers.not_applicable')}: {view.item.title}", button)


def _na_option(view: ItemView) -> tuple[str, str]:
    return view.id or "", f"{view.item.position}. {view.item.title}"


def _grey(words: str) -> Piece:
    return Piece(block_kit.context(words), heard([words]))


def _continued(number: int, of: int, texts: Texts) -> Piece:
    return _grey(texts.say("slack.agenda.continued", part=number + 1, of=of))


def _packed(waiting: list[Piece], around: Sequence[Piece], texts: Texts) -> list[list[Piece]]:
    """The pieces in as few messages as Slack's limits allow, in order."""
    reserve = [*around, _continued(99, 100, texts), _grey(texts.say("slack.agenda.in_thread"))]
    row = [_grey(texts.say("slack.agenda.does_not_fit")), _grey("")]
    parts: list[list[Piece]] = [[]]
    used = start = _sum(_cost(piece, texts) for piece in [*reserve, *row])
    for piece in waiting:
        after = _sum([used, _cost(piece, texts)])
        if parts[-1] and not _fits(after):
            parts.append([])
            after = _sum([start, _cost(piece, texts)])
        parts[-1].append(piece)
        used = after
    return parts


Cost = tuple[int, int, int]  # blocks, characters of their JSON, characters of the text


def _cost(piece: Piece, texts: Texts) -> Cost:
    size, text = limits.size(piece.block), len(piece.text) + 1
    if piece.open:
        value, label = _na_option(piece.open)
        size += max(
            limits.size(_na_button(piece.open, texts)), limits.size(block_kit.option(label, value))
        )
        text += len(heard([piece.open.item.position])) + 2
    return 1, size + 4, text


def _sum(costs: Iterable[Cost]) -> Cost:
    blocks, size, text = 0, 0, 0
    for cost in costs:
        blocks, size, text = blocks + cost[0], size + cost[1], text + cost[2]
    return blocks, size, text


def _fits(cost: Cost) -> bool:
    most = (limits.MESSAGE_BLOCKS, limits.MESSAGE_CHARACTERS, limits.MESSAGE_TEXT)
    return all(used <= limit for used, limit in zip(cost, most, strict=True))
