"""Which item each number in a message means, also where the agenda's numbers changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.domain.answer import Answer
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.problem import Problem
from bot.domain.reply import Reply

Agenda = Sequence[tuple[str, AgendaItem, bool]]  # (id, item, whether it was removed), in order


def items_meant(
    replies: Sequence[Reply],
    earlier: Sequence[Reply],
    standing: Mapping[str, Answer],
    agenda: Agenda,
) -> dict[str, str]:
    """The item of each reply: {position: item id}.

    `earlier` is how the message read before it was changed, `standing` what is kept of that, by
    item: a number that was there already means the item it meant then. Raises Problem
    "not_on_agenda" or "not_asked".
    """
    meant = _meant_before(earlier, standing, agenda)
    return {
        reply.position: meant.get(reply.position) or _asked(reply.position, agenda)
        for reply in replies
    }


def _meant_before(
    earlier: Sequence[Reply], standing: Mapping[str, Answer], agenda: Agenda
) -> dict[str, str]:
    """The same words show which; else the place on the agenda does, else the order."""

    def same_words(reply: Reply, item_id: str) -> bool:
        answer = standing[item_id]
        said = (reply.given.text, reply.given.not_applicable)
        return said == (answer.text, answer.not_applicable)

    def same_place(reply: Reply, item_id: str) -> bool:
        return item_id in _numbered(reply.position, agenda)

    left = [item_id for item_id, _, _ in agenda if item_id in standing]
    meant: dict[str, str] = {}
    tests: list[Callable[[Reply, str], bool]] = [same_words, same_place, lambda *_: True]
    for fits in tests:
        for reply in earlier:
            fitting = [item_id for item_id in left if fits(reply, item_id)]
            if fitting and reply.position not in meant:
                meant[reply.position] = fitting[0]
                left.remove(fitting[0])
    return meant


def _asked(position: str, agenda: Agenda) -> str:
    """The item with this number that has a question."""
    numbered = _numbered(position, agenda)
    asked = [item_id for item_id, kind in numbered.items() if kind is Kind.SUBSTANTIVE]
    if not asked:
        raise Problem("not_asked" if numbered else "not_on_agenda", position=position)
    return asked[0]


def _numbered(position: str, agenda: Agenda) -> dict[str, Kind]:
    return {
        item_id: item.kind
        for item_id, item, removed in agenda
        if item.position.casefold() == position and not removed
    }
