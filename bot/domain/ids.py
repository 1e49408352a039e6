"""Ids of our own making: opaque, so that nothing can be read from or guessed by them."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Return 96 random bits as 24 hexadecimal digits."""
    return secrets.token_hex(12)
