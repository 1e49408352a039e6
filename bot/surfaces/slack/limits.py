"""What Slack refuses: the limits of Block Kit, which neither Slack's own library checks nor names.

`wrong_message` and `wrong_view` tell where a payload breaks one; empty when it is fine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000  # Slack documents none; about 13,200 is refused (bolt-js#2509)
MESSAGE_TEXT = 4_000  # of chat.update; posting takes ten times as much
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
ACTIONS = 25
OPTIONS = 100
GROUPS = 100
TICKS = 10
OVERFLOW = 5
CHARTS = 2  # in a message
SERIES = 6
POINTS = 20

# The longest text of each field, by the type of what holds it.
_LENGTHS: Mapping[str, Mapping[str, int]] = {
    "section": {"text": 3_000, "block_id": 255},
    "header": {"text": 150, "block_id": 255},
    "context": {"block_id": 255},
    "actions": {"block_id": 255},
    "divider": {"block_id": 255},
    "data_visualization": {"title": 50, "block_id": 255},
    "series": {"name": 20},
    "point": {"label": 20},
    "axis_config": {"x_label": 50, "y_label": 50},
    "input": {"label": 2_000, "hint": 2_000, "block_id": 255},
    "button": {
        "text": 75,
        "value": 2_000,
        "url": 3_000,
        "accessibility_label": 75,
        "action_id": 255,
    },
    "overflow": {"action_id": 255},
    "static_select": {"placeholder": 150, "action_id": 255},
    "multi_static_select": {"placeholder": 150, "action_id": 255},
    "multi_users_select": {"placeholder": 150, "action_id": 255},
    "multi_conversations_select": {"placeholder": 150, "action_id": 255},
    "radio_buttons": {"action_id": 255},
    "checkboxes": {"action_id": 255},
    "plain_text_input": {"placeholder": 150, "initial_value": 3_000, "action_id": 255},
    "datepicker": {"placeholder": 150, "action_id": 255},
    "timepicker": {"placeholder": 150, "action_id": 255},
    "option": {"text": 75, "value": 150, "description": 75},
    "option_group": {"label": 75},
    "confirm": {"title": 100, "text": 300, "confirm": 30, "deny": 30},
    "modal": {
        "title": 24,
        "submit": 24,
        "close": 24,
        "private_metadata": 3_000,
        "callback_id": 255,
        "external_id": 255,
    },
    "home": {"private_metadata": 3_000, "callback_id": 255, "external_id": 255},
}
_COUNTS = {
    "actions": ("elements", ACTIONS),
    "context": ("elements", 10),
    "static_select": ("options", OPTIONS),
    "multi_static_select": ("options", OPTIONS),
    "radio_buttons": ("options", TICKS),
    "checkboxes": ("options", TICKS),
    "overflow": ("options", OVERFLOW),
    "option_group": ("options", OPTIONS),
}
_NEEDED = {
    "section": {"text"},
    "header": {"text"},
    "data_visualization": {"title", "chart"},
    "series": {"name", "data"},
    "point": {"label", "value"},
    "axis_config": {"categories"},
    "input": {"label", "element"},
    "button": {"text", "action_id"},
    "modal": {"title", "blocks", "callback_id"},
    "option": {"text", "value"},
    "plain_text_input": {"action_id"},
    "static_select": {"action_id"},
    "multi_static_select": {"action_id"},
    "multi_users_select": {"action_id"},
    "multi_conversations_select": {"action_id"},
    "datepicker": {"action_id"},
    "timepicker": {"action_id"},
}
_MRKDWN = {("section", "text"), ("context", "elements"), ("confirm", "text")}
CHART = "data_visualization"
_BLOCKS = {"section", "header", "context", "actions", "divider"}
_CHOOSERS = {"static_select", "radio_buttons", "checkboxes", "datepicker", "timepicker"}
_ELEMENTS = {
    "section": {"button", "overflow", "multi_static_select", *_CHOOSERS},
    "actions": {"button", "overflow", *_CHOOSERS},
    "input": {
        "plain_text_input",
        "multi_static_select",
        "multi_users_select",
        "multi_conversations_select",
        *_CHOOSERS,
    },
}
_PARTS = {"accessory": None, "element": None, "elements": None, "confirm": "confirm"}


def size(payload: Any) -> int:
    """How long it is as JSON, in bytes: no shorter than in characters, whichever Slack counts."""
    return len(json.dumps(payload, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def wrong_message(message: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse, or read nothing of, in {"text": …, "blocks": […]}."""
    blocks = message.get("blocks") or []
    wrong = list(_wrong_blocks(blocks, _BLOCKS | {CHART}))
    if (charts := sum(block.get("type") == CHART for block in blocks)) > CHARTS:
        wrong.append(f"blocks: {charts} of {CHARTS} charts")
    if len(blocks) > MESSAGE_BLOCKS:
        wrong.append(f"blocks: {len(blocks)} of {MESSAGE_BLOCKS}")
    if (used := size(blocks)) > MESSAGE_CHARACTERS:
        wrong.append(f"blocks: {used} of {MESSAGE_CHARACTERS} characters")
    if not (text := message.get("text")):
        wrong.append("text: missing, a screen reader reads nothing else")
    elif len(text) > MESSAGE_TEXT:
        wrong.append(f"text: {len(text)} of {MESSAGE_TEXT} characters")
    return wrong


def wrong_view(view: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a modal, or in a Home without fields."""
    blocks = view.get("blocks") or []
    modal = view.get("type") != "home"
    known = {*_BLOCKS, "input"} if modal else _BLOCKS
    kind = "modal" if modal else "home"
    wrong = [*_wrong_part(view, kind, "view"), *_wrong_blocks(blocks, known)]
    if not 0 < len(blocks) <= VIEW_BLOCKS:
        wrong.append(f"blocks: {len(blocks)} of {VIEW_BLOCKS}")
    if (used := size(view)) > VIEW_BYTES:
        wrong.append(f"view: {used} of {VIEW_BYTES} bytes")
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        wrong.append("view: input without submit")
    return wrong


def _wrong_blocks(blocks: Sequence[Mapping[str, Any]], known: set[str]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        kind = block.get("type", "")
        if kind not in known:
            yield f"{number}: no block {kind!r} here"
        else:
            yield from _wrong_part(block, kind, f"{number} {kind}")
    yield from _twice("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    # Slack wants it unique within a block; over the whole of it nobody mixes two up
    yield from _twice("action_id", list(_action_ids(blocks)))


def _wrong_part(part: Mapping[str, Any], kind: str, place: str) -> Iterator[str]:
    """Of a block, an element, an option, a confirmation or a modal, and of what is inside it."""
    if kind not in _LENGTHS:
        yield f"{place}: unknown"
        return
    yield from (f"{place}: no {key}" for key in sorted(_NEEDED.get(kind, set()) - part.keys()))
    for key, most in _LENGTHS[kind].items():
        yield from _wrong_text(part.get(key), kind, key, most, place)
    yield from _wrong_count(part, kind, place)
    for key, fixed in _PARTS.items():
        inside = part.get(key) or []
        for element in inside if isinstance(inside, list) else [inside]:
            yield from _wrong_inside(element, kind, fixed, f"{place} {key}")
    for option in [*_options(part), *_chosen(part)]:
        yield from _wrong_part(option, "option", f"{place} option")
    for group in part.get("option_groups", []):
        yield from _wrong_part(group, "option_group", f"{place} group")
    yield from _wrong_choice(part, place)
    if kind == CHART:
        yield from _wrong_chart(part.get("chart") or {}, place)
    if len(part.get("initial_users", [])) > part.get("max_selected_items", VIEW_BYTES):
        yield f"{place} initial_users: more than its max_selected_items"
    if len(part.get("initial_value", "")) > part.get("max_length", VIEW_BYTES):
        yield f"{place} initial_value: longer than its max_length"


def _wrong_inside(
    element: Mapping[str, Any], kind: str, fixed: str | None, place: str
) -> Iterator[str]:
    inner = fixed or element.get("type", "")
    if kind == "context":
        yield from _wrong_text(element, kind, "elements", 2_000, place)
    elif fixed is None and inner not in _ELEMENTS.get(kind, set()):
        yield f"{place}: no {inner!r} in {kind}"
    else:
        yield from _wrong_part(element, inner, f"{place} {inner}")


def _wrong_text(value: Any, kind: str, key: str, most: int, place: str) -> Iterator[str]:
    """Of a string, or of a text object; both have at least one character."""
    if value is None:
        return
    if isinstance(value, Mapping):
        if value.get("type") != "plain_text" and (kind, key) not in _MRKDWN:
            yield f"{place} {key}: must be plain_text"
        value = value.get("text", "")
    if not value.strip() and key not in {"private_metadata", "initial_value"}:
        yield f"{place} {key}: empty"
    if len(value) > most:
        yield f"{place} {key}: {len(value)} of {most} characters"


def _wrong_count(part: Mapping[str, Any], kind: str, place: str) -> Iterator[str]:
    key, most = _COUNTS.get(kind, ("", 0))
    if key == "options" and "option_groups" in part:
        key, most = "option_groups", GROUPS
    if key and not 0 < len(part.get(key, [])) <= most:
        yield f"{place} {key}: {len(part.get(key, []))} of {most}"


def _wrong_choice(part: Mapping[str, Any], place: str) -> Iterator[str]:
    """What is chosen already must be one of the options, and each option's value its own."""
    options = _options(part)
    yield from (f"{place}: chosen is no option" for one in _chosen(part) if one not in options)
    yield from _twice(f"{place} value", [option.get("value", "") for option in options])


def _wrong_chart(chart: Mapping[str, Any], place: str) -> Iterator[str]:
    """A line, bars or an area: each series has one value for each category."""
    series, axis = chart.get("series") or [], chart.get("axis_config") or {}
    categories = list(axis.get("categories") or [])
    if chart.get("type") not in {"line", "bar", "area"}:
        yield f"{place}: no chart {chart.get('type')!r} here"
    yield from _wrong_part(axis, "axis_config", f"{place} axis_config")
    for what, each, most in (("series", series, SERIES), ("categories", categories, POINTS)):
        if not 0 < len(each) <= most:
            yield f"{place} {what}: {len(each)} of {most}"
    yield from _twice(f"{place} category", categories)
    for one in series:
        yield from _wrong_part(one, "series", f"{place} series")
        for point in one.get("data") or []:
            yield from _wrong_part(point, "point", f"{place} point")
        if [point.get("label") for point in one.get("data") or []] != categories:
            yield f"{place} series: not one value for each category"


def _options(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    groups = [part, *part.get("option_groups", [])]
    return [option for group in groups for option in group.get("options", [])]


def _chosen(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    one = part.get("initial_option")
    return [*([one] if one else []), *part.get("initial_options", [])]


def _action_ids(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        inside = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        yield from (part["action_id"] for part in inside if part and "action_id" in part)


def _twice(what: str, names: Sequence[str]) -> list[str]:
    return [
        f"{what}: {name!r} {count} times" for name, count in Counter(names).items() if count > 1
    ]
