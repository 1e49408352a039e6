"""What YAML without quotes means, and how a value is shown to who typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping


def plain(text: str) -> str | int | float | bool | None:
    """Words without quotes as YAML 1.2 takes them: no, on, 12:30 and 2026-11-24 stay words."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,15}", text):
        return int(text)
    if re.fullmatch(r"[-+]?[0-9]*\.[0-9]{1,15}", text):
        return float(text)
    return text


def short(value: object) -> str:
    """A value as it may have been typed, on one line."""
    if isinstance(value, Mapping):
        text = ", ".join(f"{key}: …" for key in value) or "{}"
    elif isinstance(value, list):
        text = ", ".join(map(short, value)) or "[]"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str) and plain(value) != value:
        text = f'"{value}"'  # a number between quotes is words: show why
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
