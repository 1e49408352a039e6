"""Nothing that waits for a person looks through a whole workspace, and no foreign key does."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.answer import Answer, Certainty
from bot.domain.customer import ChannelSettings
from bot.domain.dates import Span, parse_period, week_of
from bot.domain.observation import Observed
from bot.domain.view import Scope
from bot.storage import people, series
from bot.usecases import (
    carry_over,
    change_items,
    close_meeting,
    come_due,
    deliver,
    draft_agenda,
    find_meetings,
    make_digest,
    make_managers_digest,
    prepare_meeting,
    remind_next_week,
    run_meeting,
    show_home,
    withdraw_meeting,
)
from bot.usecases.show_meeting import MEETING
from bot.usecases.toolbox import Caller, Toolbox
from tests.agendas import agenda

TEXT = "Teamoverleg\n1. Opening\n2. Nieuw verhuisformulier\n3. Servicekosten 2027\n4. De lift"
LAST_YEAR = parse_period(Span.YEAR, "2025")
# Few of them in any workspace, or looked up together.
SMALL = re.compile("SEARCH (channels|series|drafts|workspaces|schedules|subscriptions) ")


def test_no_step_reads_a_table_of_the_whole_workspace(
    toolbox: Toolbox, caller: Caller, settings: ChannelSettings
) -> None:
    read = agenda("Opening", "Nieuw verhuisformulier", "Servicekosten 2027", "Huurverhoging")
    asked = _traced(toolbox, caller)
    meeting = prepare_meeting.prepare(toolbox, caller, read, settings)
    with toolbox.write(caller) as session:
        deliver.show(session, caller.platform, MEETING, meeting.id or "", toolbox.now())
    _, first, second, third = (item.id or "" for item in meeting.items)
    run_meeting.answer(toolbox, caller, first, Answer("Minder gedoe", Certainty.KNOW))
    change_items.rename_item(toolbox, caller, second, "De nieuwe website")
    change_items.swap_question(toolbox, caller, third, meeting.items[3].questions[0].choice.key)
    change_items.skip_item(toolbox, caller, third)
    drafted = draft_agenda.draft(toolbox, caller, TEXT, meeting.id)
    draft_agenda.post(toolbox, caller, drafted.id)
    withdraw_meeting.put_at_bottom(toolbox, caller, meeting.id or "")
    close_meeting.close(toolbox, caller, meeting.id or "", {first: Observed.CAME_UP})
    carry_over.choose(toolbox, caller, meeting.id or "")
    find_meetings.find_meetings(toolbox, caller)
    show_home.show_home(toolbox, caller, [caller.channel])
    come_due.come_due(toolbox, caller.platform)
    deliver.next_delivery(toolbox, caller.platform)
    with toolbox.read(caller) as session:
        remind_next_week.people_to_remind(session, toolbox, toolbox.today())
        whom = people.find(session, caller.platform, caller.person)
        assert whom
        series.prepared(session, LAST_YEAR.first, whom)
    make_digest.make_digest(toolbox, caller, week_of(toolbox.today()), settings, "nl")
    _move(toolbox, caller, meeting.id or "", LAST_YEAR.first)
    make_managers_digest.make_managers_digest(toolbox, caller, LAST_YEAR, Scope(), "nl")

    plans = {(step, sql) for sql in asked for step in _plan(toolbox, sql)}
    assert len(plans) > 100
    assert [
        (step, sql)
        for step, sql in sorted(plans)
        if step.endswith("(workspace_id=?)") and not SMALL.match(step)
    ] == []


def _move(toolbox: Toolbox, caller: Caller, meeting_id: str, day: date) -> None:
    sql = "update meetings set counts_on = :day where workspace_id = :workspace_id and id = :id"
    with toolbox.write(caller) as session:
        session.rows(sql, id=meeting_id, day=day.toordinal())


def _traced(toolbox: Toolbox, caller: Caller) -> list[str]:
    """What is asked from now on, of either connection."""
    asked: list[str] = []
    with toolbox.write(caller) as writing, toolbox.read(caller) as reading:
        for session in (writing, reading):
            session._connection.set_trace_callback(asked.append)
    return asked


def _plan(toolbox: Toolbox, sql: str) -> list[str]:
    if not re.match(r"\s*(select|with|insert|update|delete)\b", sql):
        return []
    if sql.startswith("insert into channels"):  # mends broken references, where there are any
        return []
    connection = toolbox.database._connection()
    return [str(row[3]) for row in connection.execute(f"explain query plan {sql}")]
