"""What can be done at an item beside answering: a letter typed by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.domain.problem import Problem
from bot.domain.view import ItemView
from bot.surfaces.terminal.talk import INDENT, Talk
from bot.usecases import change_items, take_notes
from bot.wording import plain
from bot.wording.plain import Line, Role


@dataclass(frozen=True)
class Place:
    """Where one is in a meeting; `question` is the key of the one just asked."""

    talk: Talk
    meeting_id: str
    item: ItemView
    question: str | None = None

    @property
    def item_id(self) -> str:
        """The item's id."""
        return self.item.id or ""

    def typed(self, key: str) -> str:
        """Ask with this text, and return what was typed."""
        return self.talk.typed(self.talk.texts.say(key))

    def change(self, change: Callable[..., object], *values: object, **named: object) -> None:
        """Have a use case done, or say why it can't be."""
        try:
            change(self.talk.toolbox, self.talk.caller, *values, **named)
        except Problem as problem:
            self.talk.console.say(self.talk.texts.problem(problem), indent=INDENT)


def listen(place: Place, said: str) -> bool:
    """Do what the letter asks, and whether it was one."""
    for words, do in _ASIDES.items():
        if place.talk.means(said, words):
            do(place)
            return True
    return False


def _help(place: Place) -> None:
    """All that can be typed at an item, on one screen."""
    rows = place.talk.texts.say("talk.help").splitlines()
    place.talk.console.show(Line(row, Role.NOTE, INDENT, 3) for row in rows)


def _note(place: Place) -> None:
    """Add to one's note at an item, or take it away."""
    talk, item_id = place.talk, place.item_id
    own = take_notes.own_note(talk.toolbox, talk.caller, item_id)
    if own:
        talk.console.show(plain.note(own, talk.texts))
    said = place.typed("talk.note_more" if own else "talk.note")
    if own and talk.means(said, "none_words"):
        title = place.item.item.title
        talk.do(partial(take_notes.note, talk.toolbox, talk.caller, item_id, "", title))
        talk.console.say(talk.texts.say("talk.deleted"), indent=INDENT)
    elif said:
        talk.do(partial(take_notes.add_to_note, talk.toolbox, talk.caller, item_id, said))


def _add(place: Place) -> None:
    if line := place.typed("talk.new_item"):
        place.change(change_items.add_item, place.meeting_id, line, after=place.item_id)


def _rename(place: Place) -> None:
    if line := place.typed("talk.new_title"):
        place.change(change_items.rename_item, place.item_id, line)


def _move(place: Place) -> None:
    chosen = place.talk.one_of("talk.move", "talk.move_words")
    if chosen is not None:
        place.change(change_items.move_item, place.item_id, up=chosen == 0)


def _skip(place: Place) -> None:
    place.change(change_items.skip_item, place.item_id)


def _other_question(place: Place) -> None:
    if place.question:
        place.change(change_items.swap_question, place.item_id, place.question)


_ASIDES: dict[str, Callable[[Place], None]] = {
    "help_words": _help,
    "other_words": _other_question,
    "skip_words": _skip,
    "note_words": _note,
    "add_words": _add,
    "rename_words": _rename,
    "place_words": _move,
}
