"""Subscriptions: what was asked for comes back, until somebody stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.problem import Problem
from bot.domain.schedule import Every, Weekly
from bot.storage import subscriptions
from bot.storage.database import Database
from tests.storage.conftest import NOW, SUBSCRIBED, Home, settle

FRIDAY = Weekly(5, time(16, 30), "Asia/Tokyo")
LATER = "2026-12-01T09:00:00.000+00:00"


def test_it_comes_back_as_it_was_kept(database: Database, home: Home) -> None:
    asked = replace(
        SUBSCRIBED,
        every=Every.WEEK,
        moment=FRIDAY,
        level=None,
        channels=(home.channel,),
        channel_id=home.channel,
        person_id=home.person,
    )
    with database.write(home.workspace) as session:
        added = subscriptions.add(session, asked, LATER)

        assert subscriptions.find(session, added) == replace(asked, at=LATER, id=added)
        assert [it.id for it in subscriptions.active(session)][-1] == added


def test_one_that_was_stopped_is_found_and_active_no_more(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        before = {it.id for it in subscriptions.active(session)}
        subscriptions.stop(session, home.subscription, home.person, LATER)
        subscriptions.stop(session, home.subscription, None, "even later")

        assert {it.id for it in subscriptions.active(session)} == before - {home.subscription}
        found = subscriptions.find(session, home.subscription)
        assert found is not None
        assert found.stopped_at == LATER


def test_one_that_changes_begins_anew(database: Database, home: Home) -> None:
    with database.write(home.workspace) as session:
        (before,) = subscriptions.configured(session)
        subscriptions.stop(session, before.id, home.person, NOW)
        wanted = replace(before, moment=FRIDAY, level=None, channels=(home.channel,))
        subscriptions.change(session, before.id, wanted, LATER)

        assert subscriptions.configured(session) == [replace(wanted, at=LATER)]
        assert before.id in {it.id for it in subscriptions.active(session)}


def test_a_name_is_configured_once_in_a_workspace(database: Database, home: Home) -> None:
    settle(database, "buren")  # has one of the same name
    with database.read(home.workspace) as session:
        (before,) = subscriptions.configured(session)
    with pytest.raises(Problem), database.write(home.workspace) as session:
        subscriptions.add(session, before, LATER)
