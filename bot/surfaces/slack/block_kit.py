"""Block Kit by hand, as dicts: Slack's own models drop the newest blocks and check little."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.surfaces.slack.escape import shortened

Block = dict[str, Any]
MOST_TYPED = 3_000  # characters of a field
CHART_LABEL = 20  # characters


@dataclass(frozen=True)
class Message:
    """What is posted: `text` says all that the blocks show, for who can't see them.

    `otherwise`: the blocks for a Slack that refuses a chart. All are safe as they are: escaped,
    within the limits. Post with `mrkdwn`, no `parse`, no unfurling.
    """

    text: str
    blocks: Sequence[Block]
    otherwise: Sequence[Block] | None = None

    @property
    def drawings(self) -> list[Sequence[Block]]:
        """The blocks to try, one after the other, as long as Slack refuses them."""
        return [self.blocks, *([] if self.otherwise is None else [self.otherwise])]


def plain(words: str, most: int) -> Block:
    """A text in which nothing is formatted, cut at `most` characters."""
    return {"type": "plain_text", "text": shortened(words, most) or "–", "emoji": False}


def written(mrkdwn: str) -> Block:
    """A text of ours with marks; what people wrote in it is escaped already."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def header(words: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain(words, 150)}


def section(text: Block, accessory: Block | None = None) -> Block:
    """A text and at most one element beside it; never folded up."""
    block = {"type": "section", "text": text, "expand": True}
    return block | ({"accessory": accessory} if accessory else {})


def context(words: str, most: int = 2_000) -> Block:
    """A grey line."""
    return {"type": "context", "elements": [plain(words, most)]}


def line_chart(title: str, name: str, points: Mapping[str, int], unit: str) -> Block:
    """How one thing moved: a number for each label. What it shows must be in the text too."""
    labels = [shortened(label, CHART_LABEL) for label in points]
    values = zip(labels, points.values(), strict=True)
    data = [{"label": label, "value": value} for label, value in values]
    return {
        "type": "data_visualization",
        "title": shortened(title, 50),
        "chart": {
            "type": "line",
            "series": [{"name": shortened(name, CHART_LABEL), "data": data}],
            "axis_config": {"categories": labels, "y_label": shortened(unit, 50)},
        },
    }


def actions(elements: Sequence[Block]) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, *, value: str = "", green: bool = False) -> Block:
    """A button; green marks the next step, at most once in a message."""
    return {
        "type": "button",
        "text": plain(label, 75),
        "action_id": action_id,
        **({"value": value} if value else {}),
        **({"style": "primary"} if green else {}),
    }


def link(label: str, action_id: str, url: str) -> Block:
    """A button that opens an address; pressing it is delivered too."""
    return button(label, action_id) | {"url": url}


def spoken(label: str, element: Block) -> Block:
    """The button with what a screen reader says instead of its text."""
    return element | {"accessibility_label": shortened(label, 75)}


def option(label: str, value: str) -> Block:
    """Something to choose."""
    return {"text": plain(label, 75), "value": value}


def overflow(action_id: str, options: Mapping[str, str]) -> Block:
    """The menu ⋯, of labels by value."""
    return {
        "type": "overflow",
        "action_id": action_id,
        "options": [option(label, value) for value, label in options.items()],
    }


def select(
    action_id: str, placeholder: str, options: Iterable[tuple[str, str]], chosen: str | None = None
) -> Block:
    """A list of (value, label) to choose one from."""
    return {
        "type": "static_select",
        "placeholder": plain(placeholder, 150),
        **_choice(action_id, options, chosen),
    }


def multi_select(
    action_id: str, placeholder: str, options: Iterable[tuple[str, str]], chosen: Container[str]
) -> Block:
    """A list of (value, label) to choose any number from."""
    return {
        "type": "multi_static_select",
        "placeholder": plain(placeholder, 150),
        **_choices(action_id, options, chosen),
    }


def grouped_select(
    action_id: str,
    placeholder: str,
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    chosen: Container[str],
) -> Block:
    """The same for more options than a list takes, as (label of a group, its options)."""
    every = [pair for _, options in groups for pair in options]
    select = multi_select(action_id, placeholder, every, chosen)
    shown = iter(select.pop("options"))
    select["option_groups"] = [
        {"label": plain(label, 75), "options": [next(shown) for _ in options]}
        for label, options in groups
    ]
    return select


def ticks(action_id: str, options: Iterable[tuple[str, str]], chosen: Container[str]) -> Block:
    """All of (value, label) in sight, ten at most, any number of them ticked."""
    return {"type": "checkboxes", **_choices(action_id, options, chosen)}


def person(action_id: str, placeholder: str, chosen: str | None = None) -> Block:
    """One person or none. A list of people to choose one from could not be emptied again."""
    return {
        "type": "multi_users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "max_selected_items": 1,
        **({"initial_users": [chosen]} if chosen else {}),
    }


def channels(action_id: str, placeholder: str) -> Block:
    """Any number of the channels that who chooses may see; none that is shared with others."""
    return {
        "type": "multi_conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }


def radio(action_id: str, options: Iterable[tuple[str, str]], chosen: str) -> Block:
    """All of (value, label) in sight, one of them chosen."""
    return {"type": "radio_buttons", **_choice(action_id, options, chosen)}


def tick(action_id: str, label: str, *, ticked: bool = False) -> Block:
    """One box; ticked it has the value "yes"."""
    yes = option(label, "yes")
    return {
        "type": "checkboxes",
        "action_id": action_id,
        "options": [yes],
        **({"initial_options": [yes]} if ticked else {}),
    }


def text_input(
    action_id: str,
    placeholder: str = "",
    value: str = "",
    *,
    multiline: bool = False,
    most: int = MOST_TYPED,
) -> Block:
    """A field to type in; Slack takes 3,000 characters at most."""
    return {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
        **({"placeholder": plain(placeholder, 150)} if placeholder else {}),
        **({"initial_value": value[:most]} if value else {}),
    }


def clock(action_id: str, chosen: time) -> Block:
    """A time of day to choose."""
    return {"type": "timepicker", "action_id": action_id, "initial_time": f"{chosen:%H:%M}"}


def field(label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """A labelled element of a form; its block id is its action id."""
    return {
        "type": "input",
        "block_id": element["action_id"],
        "label": plain(label, 2_000),
        "element": element,
        "optional": optional,
        **({"hint": plain(hint, 2_000)} if hint else {}),
    }


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    about: str,
    close: str,
    submit: str = "",
) -> Block:
    """A form; `about` comes back with it as its private_metadata."""
    return {
        "type": "modal",
        "callback_id": str(callback_id),
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": about,
        **({"submit": plain(submit, 24)} if submit else {}),
    }


def home(blocks: Sequence[Block], about: str = "") -> Block:
    """What one person sees in the app's Home; `about` comes back with what is pressed there."""
    return {"type": "home", "blocks": list(blocks), "private_metadata": about}


def _choice(action_id: str, options: Iterable[tuple[str, str]], chosen: str | None) -> Block:
    known = {value: option(label, value) for value, label in options}
    return {
        "action_id": action_id,
        "options": list(known.values()),
        **({"initial_option": known[chosen]} if chosen in known else {}),
    }


def _choices(action_id: str, options: Iterable[tuple[str, str]], chosen: Container[str]) -> Block:
    known = {value: option(label, value) for value, label in options}
    before = [shown for value, shown in known.items() if value in chosen]
    return {
        "action_id": action_id,
        "options": list(known.values()),
        **({"initial_options": before} if before else {}),
    }
