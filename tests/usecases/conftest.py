"""A clock that is looked at, for what comes by itself in a channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.schedule import Weekly
from bot.usecases import set_up_channel
from bot.usecases.come_due import come_due
from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.usecases.coming import CALLER


@pytest.fixture
def look(toolbox: Toolbox, clock: Clock) -> Callable[[str], None]:
    """Looks at the clock at a moment in UTC."""

    def look(at: str) -> None:
        clock.instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
        come_due(toolbox, "slack")

    return look


@pytest.fixture
def choose(toolbox: Toolbox) -> Callable[[Weekly | None], None]:
    """Chooses when C1's digest comes."""

    def choose(digest: Weekly | None) -> None:
        settings = set_up_channel.channel_settings(toolbox, CALLER)
        set_up_channel.change_settings(toolbox, CALLER, replace(settings, digest=digest))

    return choose


@pytest.fixture
def greeted(toolbox: Toolbox) -> None:
    """We came to C1 on Tuesday 24 November 2026, 09:00 UTC."""
    set_up_channel.greet(toolbox, CALLER)
