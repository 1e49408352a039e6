"""Block Kit as plain text: what people see, for the documents and for tests."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 74
Payload = Mapping[str, Any]


def drawn(payload: Payload) -> str:
    """A message or a modal; buttons in brackets, ⋯ is a menu, ▾ a list, | a quote, ( ) a hint."""
    rows = [row for block in payload["blocks"] for row in _block(block)]
    if payload.get("type") != "modal":
        return "\n".join(rows)
    buttons = [payload[key]["text"] for key in ("close", "submit") if key in payload]
    foot = " ".join(f"[{label}]" for label in buttons)
    return "\n".join([payload["title"]["text"], "", *rows, "", foot])


def _block(block: Payload) -> Iterator[str]:
    kind = block["type"]
    if kind == "header":
        yield block["text"]["text"]
    elif kind == "section":
        yield from _section(block)
    elif kind == "context":
        yield from (f"  {row}" for part in block["elements"] for row in seen(part).splitlines())
    elif kind == "actions":
        yield " ".join(_element(part) for part in block["elements"])
    elif kind == "data_visualization":
        yield from _chart(block)
    elif kind == "divider":
        yield "─" * 20
    else:
        yield from _input(block)


def _chart(block: Payload) -> Iterator[str]:
    """Its numbers with a bar for each; in Slack it is a line."""
    chart = block["chart"]
    yield f"{block['title']}, {chart['axis_config']['y_label']}"
    for series in chart["series"]:
        for point in series["data"]:
            yield f"  {point['label']:<10}{'▇' * round(point['value'] / 4)} {point['value']}"


def _section(block: Payload) -> Iterator[str]:
    lines = seen(block["text"]).splitlines()
    beside = _element(block["accessory"]) if "accessory" in block else ""
    if beside and len(lines[0]) + len(beside) < WIDTH:
        lines[0] = f"{lines[0]:<{WIDTH - len(beside)}}{beside}"
    elif beside:
        lines.append(f"{beside:>{WIDTH}}")
    yield from lines


def _input(block: Payload) -> Iterator[str]:
    element = block["element"]
    yield block["label"]["text"]
    yield f"  {_element(element)}"
    if "hint" in block:
        yield f"  {block['hint']['text']}"


def _element(part: Payload) -> str:
    kind = part["type"]
    if kind == "button":
        return f"[{part['text']['text']}]"
    if kind == "overflow":
        return "[⋯]"
    if kind in {"multi_static_select", "multi_users_select", "multi_conversations_select"}:
        before = [option["text"]["text"] for option in part.get("initial_options", [])]
        before += part.get("initial_users", [])
        return f"[{', '.join(before) or part['placeholder']['text']} ▾]"
    if kind == "static_select":
        label = part.get("initial_option", {}).get("text") or part["placeholder"]
        return f"[{label['text']} ▾]"
    if kind in {"radio_buttons", "checkboxes"}:
        chosen = [part.get("initial_option"), *part.get("initial_options", [])]
        marks = ("●", "○") if kind == "radio_buttons" else ("☑", "☐")
        return "  ".join(
            f"{marks[option not in chosen]} {option['text']['text']}" for option in part["options"]
        )
    placeholder = f"({part['placeholder']['text']})" if "placeholder" in part else ""
    picked = part.get("initial_date") or part.get("initial_time")
    value = part.get("initial_value") or picked or placeholder
    return "\n  ".join(f"[{value}]".splitlines())


def seen(text: Payload) -> str:
    """A text as Slack shows it: marks and entities gone, a quote behind a bar."""
    words: str = text["text"]
    if text["type"] == "mrkdwn":
        words = re.sub(r"(?<!\u200b)[*_]|[*_](?!\u200b)", "", words)
        words = re.sub(r"^> ", "| ", words, flags=re.MULTILINE)
        words = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", words)
        words = html.unescape(words).replace("\u200b", "")
    return words


def texts_in(part: Any) -> Iterator[Payload]:
    """Every text object anywhere in a payload."""
    if isinstance(part, Mapping):
        if part.get("type") in {"plain_text", "mrkdwn"}:
            yield part
        for inside in part.values():
            yield from texts_in(inside)
    elif isinstance(part, list | tuple):
        for inside in part:
            yield from texts_in(inside)
