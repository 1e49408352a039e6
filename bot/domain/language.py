"""The languages everything is said in, and the one where nothing tells which."""

from __future__ import annotations

LANGUAGES = ("nl", "en")
FALLBACK_LANGUAGE = "nl"
