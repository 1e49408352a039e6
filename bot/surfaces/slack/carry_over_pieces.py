"""What was left open and may be taken along: a box in a preview, a button in a summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.offer import Offer
from bot.domain.view import ClosingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import shortened
from bot.surfaces.slack.filled_in import ticked
from bot.surfaces.slack.names import Action, about
from bot.wording.texts import Texts

LISTED = 1_000  # characters of the titles
TITLE = 100


def carry_box(offer: Offer, texts: Texts, *, carries: bool) -> list[Block]:
    """The box, and the titles it is about; its name tells the meeting that left them open."""
    name = about(Action.CARRY, offer.meeting_id)
    label = texts.say("slack.carry.take", n=len(offer.items))
    titles = ", ".join(shortened(item.title, TITLE) for item in offer.items)
    words = texts.say("slack.carry.left", day=texts.short_date(offer.day), items=titles)
    box = block_kit.actions([block_kit.tick(name, label, ticked=carries)])
    return [box | {"block_id": name}, block_kit.context(words, LISTED)]


def carries(view: Mapping[str, Any]) -> bool | None:
    """Whether the box stood ticked when the preview was posted; None where there was none."""
    names = [block.get("block_id", "") for block in view.get("blocks", [])]
    box = next((name for name in names if name.startswith(about(Action.CARRY, ""))), None)
    return ticked(view, box) if box else None


def carry_button(view: ClosingView, texts: Texts) -> list[Block]:
    """To have them ticked in the next preview, while they wait for that and nobody said so."""
    if view.carries or not view.to_carry:
        return []
    label = texts.say("slack.carry.take", n=len(view.to_carry))
    return [block_kit.button(label, about(Action.CARRY_OVER, view.meeting.id or ""))]


def carried(view: ClosingView, texts: Texts) -> list[str]:
    """What goes along, and what went along."""
    lines = []
    if view.carries and view.to_carry:
        lines.append(texts.say("slack.carry.will", n=len(view.to_carry)))
    if view.taken:
        lines.append(texts.say("slack.carry.went", n=len(view.taken)))
    return lines
