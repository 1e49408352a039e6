"""What can be done at an item beside answering: a letter typed by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.domain.view import ItemView
from bot.surfaces.terminal.talk import INDENT, Talk
from bot.usecases import take_notes
from bot.wording import plain
from bot.wording.plain import Line, Role


def listen(talk: Talk, item: ItemView, said: str) -> bool:
    """Do what the letter asks, and whether it was one."""
    asides: dict[str, Callable[[Talk, ItemView], None]] = {
        "help_words": _help,
        "note_words": _note,
    }
    for words, do in asides.items():
        if talk.means(said, words):
            do(talk, item)
            return True
    return False


def _help(talk: Talk, _: ItemView) -> None:
    """All that can be typed at an item, on one screen."""
    rows = talk.texts.say("talk.help").splitlines()
    talk.console.show(Line(row, Role.NOTE, INDENT, 3) for row in rows)


def _note(talk: Talk, item: ItemView) -> None:
    """Add to one's note at an item, or take it away."""
    item_id = item.id or ""
    own = take_notes.own_note(talk.toolbox, talk.caller, item_id)
    if own:
        talk.console.show(plain.note(own, talk.texts))
    said = talk.typed(talk.texts.say("talk.note_more" if own else "talk.note"))
    if own and talk.means(said, "none_words"):
        talk.do(partial(take_notes.note, talk.toolbox, talk.caller, item_id, "", item.item.title))
        talk.console.say(talk.texts.say("talk.deleted"), indent=INDENT)
    elif said:
        talk.do(partial(take_notes.add_to_note, talk.toolbox, talk.caller, item_id, said))
