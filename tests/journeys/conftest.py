"""An office with people in it, for the journeys in Slack: over HTTP, and through Socket Mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.usecases.toolbox import Toolbox
from tests.conftest import Clock
from tests.slack.conftest import fatima, ruud
from tests.slack.office import office_of
from tests.slack.people import Office

__all__ = ["fatima", "office", "ruud"]


@pytest.fixture(params=["signed requests", "socket mode"])
def office(request, toolbox: Toolbox, clock: Clock) -> Iterator[Office]:
    with office_of(toolbox, clock) as office:
        office.signed = request.param == "signed requests"
        yield office
