"""What people filled in: the values of a form's fields as Slack sends them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.surfaces.slack.names import Field, about


def typed(view: Mapping[str, Any], field: Field | str) -> str:
    """The words in a field, or the day or time (ISO) that was picked in it; empty for none."""
    value = _value(view, field)
    picked = value.get("selected_date") or value.get("selected_time")
    return str(value.get("value") or picked or "").strip()


def chosen(view: Mapping[str, Any], field: Field | str) -> str | None:
    """What was chosen in a select or among radio buttons."""
    option = _value(view, field).get("selected_option")
    return str(option["value"]) if option else None


def shown(view: Mapping[str, Any], field: Field) -> str:
    """The words, or the value, that stood in a field before anybody touched it."""
    blocks: list[Mapping[str, Any]] = view.get("blocks") or []
    elements = (block["element"] for block in blocks if block.get("block_id") == field)
    element: Mapping[str, Any] = next(elements, {})
    option = element.get("initial_option") or {}
    return str(option.get("value") or element.get("initial_value") or "").strip()


def ticked(view: Mapping[str, Any], field: Field | str) -> bool:
    """Whether the box is ticked."""
    return bool(_value(view, field).get("selected_options"))


def ticked_anew(view: Mapping[str, Any], field: Field) -> bool | None:
    """Whether the box is ticked, where somebody touched it; None where it is as it stood."""
    elements = (b["element"] for b in view.get("blocks") or [] if b.get("block_id") == field)
    stood = any(element.get("initial_options") for element in elements)
    now = ticked(view, field)
    return None if now is stood else now


def asked(view: Mapping[str, Any], field: Field) -> bool:
    """Whether the form has this field."""
    return any(block.get("block_id") == field for block in view.get("blocks") or [])


def all_chosen(view: Mapping[str, Any], field: Field) -> list[str]:
    """What was chosen in a select of many, or ticked."""
    return [str(option["value"]) for option in _value(view, field).get("selected_options") or []]


def person(view: Mapping[str, Any], field: Field) -> str | None:
    """Who was chosen, by the platform's id."""
    people = _value(view, field).get("selected_users") or []
    return str(people[0]) if people else None


def channels(view: Mapping[str, Any], field: Field) -> list[str]:
    """The channels that were chosen, by the platform's ids."""
    return [str(one) for one in _value(view, field).get("selected_conversations") or []]


def offered(view: Mapping[str, Any], field: Field) -> list[str]:
    """What could be chosen in a field; nothing where the form has none."""
    elements = (b["element"] for b in view.get("blocks") or [] if b.get("block_id") == field)
    element: Mapping[str, Any] = next(elements, {})
    groups = [element, *element.get("option_groups", [])]
    return [str(option["value"]) for group in groups for option in group.get("options", [])]


def ids_of(view: Mapping[str, Any], field: Field) -> list[str]:
    """The ids of the records the form has this field for, in its order."""
    start = about(field, "")
    names = (block.get("block_id", "") for block in view.get("blocks", []))
    return [name.removeprefix(start) for name in names if name.startswith(start)]


def _value(view: Mapping[str, Any], field: Field | str) -> Mapping[str, Any]:
    """By block id and action id, which are the same."""
    fields: Mapping[str, Any] = view.get("state", {}).get("values", {}).get(str(field), {})
    value: Mapping[str, Any] = fields.get(str(field), {})
    return value
