"""The database's tables, as migrations; applied ones are never edited, only followed by new ones.

Every table is STRICT and carries workspace_id first in its key. Instants are UTC in ISO 8601, days
and clock times local. The name and platform id of whoever works with us stand in `people` and
nowhere else.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from bot.storage.first_tables import FIRST_TABLES
from bot.storage.later_tables import (
    CARRIED_ITEMS,
    CHANGING_MEETINGS,
    CLOSING_MEETINGS,
    CUSTOMER_ACCOUNTS,
    JOBS_IN_DOUBT,
    SHARES_AND_SETTINGS_CHANGES,
    SHARES_OF_EVERY_PERIOD,
    SOURCES_OF_AGENDAS,
    WORK_IN_CHANNELS,
)
from bot.storage.release_tables import FIGURES_RELEASED
from bot.storage.schedule_tables import EVERY_WEEK
from bot.storage.statistics import tell_sizes

migrations = Migrations("klantvraag")

APPLICATION_ID = 0x6B6C7672  # "klvr": tells our file from any other SQLite file


@migrations()
def first_tables(db: Database) -> None:
    """Workspaces to answers: all of the main job."""
    _run(db, FIRST_TABLES)
    db.execute(f"pragma application_id = {APPLICATION_ID}")


@migrations()
def sessions_and_times(db: Database) -> None:
    """The session an item stands in and the time it starts, where the agenda tells."""
    db.execute("alter table items add column session text")
    db.execute(
        "alter table items add column starts_at text check (starts_at glob '[0-2][0-9]:[0-5][0-9]')"
    )


@migrations()
def times_of_day(db: Database) -> None:
    """An item starts at a time that is on the clock: "29:00" passed before."""
    db.execute(
        "alter table items add column starts_on_the_clock text check (starts_on_the_clock"
        " glob '[01][0-9]:[0-5][0-9]' or starts_on_the_clock glob '2[0-3]:[0-5][0-9]')"
    )
    db.execute("update items set starts_on_the_clock = starts_at where starts_at < '24'")
    db.execute("alter table items drop column starts_at")
    db.execute("alter table items rename column starts_on_the_clock to starts_at")


@migrations()
def provisional_answers(db: Database) -> None:
    """Whether it must still be asked how sure an answer is."""
    db.execute(
        "alter table answers add column provisional integer not null default 0"
        " check (provisional in (0, 1))"
    )


@migrations()
def work_in_channels(db: Database) -> None:
    """What a platform needs: messages due, deliveries seen, drafts, who hears, channel settings."""
    _run(db, WORK_IN_CHANNELS)


@migrations()
def messages_by_place(db: Database) -> None:
    """A message is found by where it stands, as every message in a thread asks for it."""
    db.execute(
        "create index posted_messages_by_reference"
        " on posted_messages (workspace_id, surface, reference)"
    )


@migrations()
def jobs_in_doubt(db: Database) -> None:
    """A job knows since when something may have been posted, in which channel, and who asked.

    A channel knows when it may have its next message, a message whether it is without its buttons.
    """
    _run(db, JOBS_IN_DOUBT)


@migrations()
def closing_meetings(db: Database) -> None:
    """What people noted and observed at items, and how each meeting was closed."""
    _run(db, CLOSING_MEETINGS)


@migrations()
def answers_that_do_not_apply(db: Database) -> None:
    """An answer asks for these of its item, among the many that say something."""
    db.conn.execute(
        "create index answers_not_applicable on answers (workspace_id, item_id, number)"
        " where not_applicable = 1 and deleted_at is null"
    )


@migrations()
def sources_of_agendas(db: Database) -> None:
    """The message an agenda was read from, to follow it when it is edited."""
    _run(db, SOURCES_OF_AGENDAS)


@migrations()
def carried_items(db: Database) -> None:
    """Which item an item goes on with, and who wants a meeting's open items taken along.

    Meetings that are not closed, and closings at which nobody was counted, are found without a look
    at all the others.
    """
    _run(db, CARRIED_ITEMS)


@migrations()
def shares_and_settings_changes(db: Database) -> None:
    """Figures that were posted for everybody, and what of a channel's settings was changed by whom.

    `settings_person_id` told who chose last; from now on it is who alone may change them.
    """
    _run(db, SHARES_AND_SETTINGS_CHANGES)


@migrations()
def changing_meetings(db: Database) -> None:
    """A meeting may be withdrawn and its message move; a question that was turned down is kept."""
    _run(db, CHANGING_MEETINGS)


@migrations()
def large_workspaces(db: Database) -> None:
    """SQLite is told that nearly all rows are of one workspace.

    What its checks of foreign keys ask of the answers has an index, and what Home asks of them.
    """
    db.execute(
        "create index answers_by_question on answers (workspace_id, asked_question_id)"
        " where asked_question_id is not null"
    )
    db.execute(
        "create index answers_not_known on answers (workspace_id, item_id, number)"
        " where certainty = 'dont_know' and deleted_at is null"
    )
    tell_sizes(db)


@migrations()
def customer_accounts(db: Database) -> None:
    """Customers by name, as a channel lists them: what has such a name is about a customer."""
    _run(db, CUSTOMER_ACCOUNTS)
    tell_sizes(db)


@migrations()
def figures_released(db: Database) -> None:
    """What figures left their channels, and what was counted in the weeks behind them."""
    _run(db, FIGURES_RELEASED)
    tell_sizes(db)


@migrations()
def shares_of_every_period(db: Database) -> None:
    """Figures of a quarter or year can be shared too, and how they moved is shared with them."""
    _run(db, SHARES_OF_EVERY_PERIOD)
    tell_sizes(db)


@migrations()
def every_week(db: Database) -> None:
    """What comes by itself: when it did, who wants it, what channels said about it.

    A message may also go to one person, and a whole workspace may have to wait for its next one.
    """
    _run(db, EVERY_WEEK)
    tell_sizes(db)


@migrations()
def restores(db: Database) -> None:
    """When a backup took the place of a file in which more was kept, and until when it goes."""
    db.execute("alter table workspaces add column restored_at text")
    db.execute("alter table workspaces add column kept_until text")


def _run(db: Database, statements: str) -> None:
    """Run statements that have a semicolon between them; none of ours holds one."""
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)
