"""The database's tables, as migrations; applied ones are never edited, only followed by new ones.

Every table is STRICT and carries workspace_id first in its key. Instants are UTC in ISO 8601, days
and clock times local. A person's name and platform id stand in `people` and nowhere else.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from bot.storage.first_tables import FIRST_TABLES
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
    _run(db, _WORK_IN_CHANNELS)


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
    _run(db, _JOBS_IN_DOUBT)


@migrations()
def closing_meetings(db: Database) -> None:
    """What people noted and observed at items, and how each meeting was closed."""
    _run(db, _CLOSING_MEETINGS)


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
    _run(db, _SOURCES_OF_AGENDAS)


@migrations()
def carried_items(db: Database) -> None:
    """Which item an item goes on with, and who wants a meeting's open items taken along.

    Meetings that are not closed, and closings at which nobody was counted, are found without a look
    at all the others.
    """
    _run(db, _CARRIED_ITEMS)


@migrations()
def shares_and_settings_changes(db: Database) -> None:
    """Figures that were posted for everybody, and what of a channel's settings was changed by whom.

    `settings_person_id` told who chose last; from now on it is who alone may change them.
    """
    _run(db, _SHARES_AND_SETTINGS_CHANGES)


@migrations()
def changing_meetings(db: Database) -> None:
    """A meeting may be withdrawn and its message move; a question that was turned down is kept."""
    _run(db, _CHANGING_MEETINGS)


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


def _run(db: Database, statements: str) -> None:
    """Run statements that have a semicolon between them; none of ours holds one."""
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)


_SOURCES_OF_AGENDAS = """
create table agenda_sources (
  workspace_id text not null references workspaces,
  surface text not null,
  reference text not null,
  meeting_id text not null,
  reading text not null check (json_valid(reading) and json_type(reading) = 'object'),
  read_at text not null,
  primary key (workspace_id, surface, reference),
  unique (workspace_id, meeting_id),
  foreign key (workspace_id, meeting_id) references meetings
) strict, without rowid
"""

_CARRIED_ITEMS = """
alter table items add column carried_from text;

create index items_by_origin on items (workspace_id, carried_from) where carried_from is not null;

create table carry_overs (
  workspace_id text not null references workspaces,
  meeting_id text not null,
  person_id text not null,
  at text not null,
  primary key (workspace_id, meeting_id),
  foreign key (workspace_id, meeting_id) references meetings,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

create index meetings_not_closed on meetings (workspace_id, counts_on) where state <> 'closed';

create index closings_not_counted on closings (workspace_id, at) where members is null
"""

_SHARES_AND_SETTINGS_CHANGES = """
create table shares (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  span text not null check (span in ('week', 'month')),
  period text not null,
  language text not null check (language in ('nl', 'en')),
  customer text not null,
  figures text not null check (json_valid(figures) and json_type(figures) = 'object'),
  before text not null check (json_valid(before)),
  so_far integer not null check (so_far in (0, 1)),
  person_id text not null,
  at text not null,
  primary key (workspace_id, id),
  unique (workspace_id, channel_id, span, period, language, customer, figures, before, so_far),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

create table settings_changes (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  person_id text not null,
  changes text not null check (json_valid(changes) and json_type(changes) = 'array'),
  at text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

update channels set settings_person_id = null
"""

_CHANGING_MEETINGS = """
alter table meetings add column withdrawn_at text;

alter table asked_questions add column passed_at text;

alter table posted_messages add column leaving integer not null default 0 check (leaving in (0, 1));

create table former_messages (
  workspace_id text not null references workspaces,
  surface text not null,
  reference text not null,
  record_kind text not null,
  record_id text not null,
  left_at text not null,
  primary key (workspace_id, surface, reference)
) strict, without rowid
"""

_CLOSING_MEETINGS = """
create table closings (
  workspace_id text not null references workspaces,
  meeting_id text not null,
  number integer not null,
  take_away text not null,
  members integer check (members >= 0),
  closed_by text not null check (closed_by in ('person', 'clock')),
  person_id text,
  at text not null,
  primary key (workspace_id, meeting_id, number),
  foreign key (workspace_id, meeting_id) references meetings,
  foreign key (workspace_id, person_id) references people,
  check ((closed_by = 'clock') = (person_id is null))
) strict, without rowid;

create table observations (
  workspace_id text not null references workspaces,
  item_id text not null,
  source text not null check (source in ('chair', 'text')),
  number integer not null,
  observed text not null check (observed in ('came_up', 'did_not', 'not_discussed')),
  person_id text,
  at text not null,
  primary key (workspace_id, item_id, source, number),
  foreign key (workspace_id, item_id) references items,
  foreign key (workspace_id, person_id) references people,
  check (source <> 'chair' or person_id is not null)
) strict, without rowid;

create table notes (
  workspace_id text not null references workspaces,
  item_id text not null,
  person_id text not null,
  number integer not null,
  text text not null,
  origin text not null check (origin in ('people', 'bot')),
  at text not null,
  primary key (workspace_id, item_id, person_id, number),
  foreign key (workspace_id, item_id) references items,
  foreign key (workspace_id, person_id) references people
) strict, without rowid
"""

_JOBS_IN_DOUBT = """
alter table channels add column free_at text;

alter table posted_messages add column plain integer not null default 0 check (plain in (0, 1));

alter table jobs rename to jobs_before;

create table jobs (
  workspace_id text not null references workspaces,
  key text not null,
  surface text not null,
  kind text not null,
  record_id text not null,
  channel_id text not null,
  person_id text,
  state text not null check (state in ('due', 'sending', 'unknown', 'done', 'ended')),
  due_at text not null,
  wanted integer not null,
  delivered integer not null default 0,
  attempts integer not null default 0,
  lease text,
  lease_until text,
  in_doubt_since text,
  reason text,
  updated_at text not null,
  primary key (workspace_id, key),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, person_id) references people,
  check (delivered <= wanted)
) strict, without rowid;

insert into jobs
  select old.workspace_id, key, surface, kind, record_id, channels.id, null, old.state, due_at,
    wanted, delivered, attempts, lease, lease_until, case old.state when 'unknown' then due_at end,
    reason, updated_at
  from jobs_before as old
  left join meetings on meetings.workspace_id = old.workspace_id and meetings.id = record_id
  join channels on channels.workspace_id = old.workspace_id
    and channels.id = coalesce(meetings.channel_id, record_id);

drop table jobs_before;

create index jobs_by_due on jobs (surface, state, due_at)
"""

_WORK_IN_CHANNELS = """
create table jobs (
  workspace_id text not null references workspaces,
  key text not null,
  surface text not null,
  kind text not null,
  record_id text not null,
  state text not null check (state in ('due', 'sending', 'unknown', 'done', 'ended')),
  due_at text not null,
  wanted integer not null,
  delivered integer not null default 0,
  attempts integer not null default 0,
  lease text,
  lease_until text,
  reason text,
  updated_at text not null,
  primary key (workspace_id, key),
  check (delivered <= wanted)
) strict, without rowid;

create index jobs_by_due on jobs (surface, state, due_at);

create table seen_deliveries (
  workspace_id text not null references workspaces,
  key text not null,
  seen_at text not null,
  primary key (workspace_id, key)
) strict, without rowid;

create index seen_deliveries_by_time on seen_deliveries (seen_at);

create table drafts (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  person_id text not null,
  agenda text not null check (json_valid(agenda) and json_type(agenda) = 'object'),
  version integer not null,
  created_at text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

create table listeners (
  workspace_id text not null references workspaces,
  surface text not null,
  process text not null,
  hears integer not null check (hears in (0, 1)),
  at text not null,
  primary key (workspace_id, surface, process)
) strict, without rowid;

alter table channels add column sector text;

alter table channels add column level text
  check (level in ('operational', 'tactical', 'strategic'));

alter table channels add column asks_procedural integer not null default 0
  check (asks_procedural in (0, 1));

alter table channels add column set_up_at text;

alter table channels add column left_at text
"""
