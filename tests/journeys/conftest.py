"""An office with people in it, for the journeys in Slack."""

from __future__ import annotations

from tests.slack.conftest import fatima, office, ruud

__all__ = ["fatima", "office", "ruud"]
