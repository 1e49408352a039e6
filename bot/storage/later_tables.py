"""What the later versions made or changed, in the order in which they did; never edited."""

from __future__ import annotations

WORK_IN_CHANNELS = """
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

JOBS_IN_DOUBT = """
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

CLOSING_MEETINGS = """
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

SOURCES_OF_AGENDAS = """
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

CARRIED_ITEMS = """
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

SHARES_AND_SETTINGS_CHANGES = """
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

CHANGING_MEETINGS = """
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

CUSTOMER_ACCOUNTS = """
create table customer_accounts (
  workspace_id text not null references workspaces,
  channel_id text not null,
  number integer not null,
  name text not null check (length(name) between 3 and 80),
  primary key (workspace_id, channel_id, number),
  unique (workspace_id, channel_id, name),
  foreign key (workspace_id, channel_id) references channels on delete cascade
) strict, without rowid
"""

SHARES_OF_EVERY_PERIOD = """
alter table shares rename to shares_before;

create table shares (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  span text not null check (span in ('week', 'month', 'quarter', 'year')),
  period text not null,
  language text not null check (language in ('nl', 'en')),
  customer text not null,
  figures text not null check (json_valid(figures) and json_type(figures) = 'object'),
  before text not null check (json_valid(before)),
  trend text not null check (json_valid(trend) and json_type(trend) = 'array'),
  so_far integer not null check (so_far in (0, 1)),
  person_id text not null,
  at text not null,
  primary key (workspace_id, id),
  unique (workspace_id, channel_id, span, period, language, customer, figures, before, trend,
    so_far),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

insert into shares
  select workspace_id, id, channel_id, span, period, language, customer, figures, before, '[]',
    so_far, person_id, at
  from shares_before;

drop table shares_before
"""
