"""What is different on an agenda that was read again, a sentence for each change."""

from __future__ import annotations

from bot.domain.agenda_change import change_between
from bot.domain.view import ItemView, MeetingView
from bot.wording.texts import Texts


def agenda_changed(before: MeetingView, after: MeetingView, texts: Texts) -> list[str]:
    """New: 4. Garden. / No longer on the agenda: 3. Lift. / ‘Lift’ is now called 3. Lifts."""
    change = change_between(before, after)
    said = [texts.say("changes.new", item=_named(it)) for it in change.new]
    for it in change.gone:
        key = "changes.gone_kept" if it.answers or it.notes else "changes.gone"
        said.append(texts.say(key, item=_named(it)))
    said += [
        texts.say("changes.renamed", item=_named(it), before=title) for it, title in change.renamed
    ]
    return [*said, texts.say("changes.moved")] if change.moved else said


def _named(view: ItemView) -> str:
    return f"{view.item.position}. {view.item.title}"
