"""The tables of what comes by itself, and of what channels said about it; never edited.

A channel that was there before has a schedule for never, so that no week of then is missed now; who
changed its settings first, set it up.
"""

from __future__ import annotations

EVERY_WEEK = """
alter table workspaces add column free_at text;

alter table people add column no_next_week integer not null default 0
  check (no_next_week in (0, 1));

create index meeting_states_by_person on meeting_states (workspace_id, person_id)
  where number = 1;

create table channel_choices (
  workspace_id text not null references workspaces,
  channel_id text not null,
  digest text,
  talk integer check (talk in (0, 1)),
  outside integer check (outside in (0, 1)),
  asked_outside_at text,
  private integer check (private in (0, 1)),
  host_person_id text,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, host_person_id) references people
) strict, without rowid;

insert into channel_choices (workspace_id, channel_id, host_person_id)
  select workspace_id, channel_id, person_id from settings_changes as earliest
  where at = (select min(at) from settings_changes as its
    where its.workspace_id = earliest.workspace_id and its.channel_id = earliest.channel_id)
  group by workspace_id, channel_id;

create table talk_days (
  workspace_id text not null references workspaces,
  channel_id text not null,
  day integer not null check (day between 1 and 3652059),
  messages integer not null check (messages >= 0),
  mentions integer not null check (mentions between 0 and messages),
  primary key (workspace_id, channel_id, day),
  foreign key (workspace_id, channel_id) references channels
) strict, without rowid;

create table subscriptions (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text,
  recipient_person_id text,
  level text check (level in ('operational', 'tactical', 'strategic')),
  every text not null check (every in ('week', 'month')),
  moment text not null,
  language text check (language in ('nl', 'en')),
  configured_as text,
  person_id text,
  at text not null,
  stopped_at text,
  stopped_person_id text,
  primary key (workspace_id, id),
  unique (workspace_id, configured_as),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, recipient_person_id) references people,
  foreign key (workspace_id, person_id) references people,
  foreign key (workspace_id, stopped_person_id) references people,
  check ((channel_id is null) <> (recipient_person_id is null)),
  check ((configured_as is null) <> (person_id is null))
) strict, without rowid;

create table subscribed_channels (
  workspace_id text not null references workspaces,
  subscription_id text not null,
  channel_id text not null,
  primary key (workspace_id, subscription_id, channel_id),
  foreign key (workspace_id, subscription_id) references subscriptions,
  foreign key (workspace_id, channel_id) references channels
) strict, without rowid;

create table occurrences (
  workspace_id text not null references workspaces,
  occasion text not null
    check (occasion in ('digest', 'managers_digest', 'quiet', 'next_week')),
  target text not null,
  due_at text not null,
  id text not null,
  period text not null,
  state text not null check (state in ('due', 'told', 'nothing', 'skipped')),
  reason text,
  channel_id text,
  recipient_person_id text,
  at text not null,
  primary key (workspace_id, occasion, target, due_at),
  unique (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, recipient_person_id) references people
) strict, without rowid;

create table schedules (
  workspace_id text not null references workspaces,
  occasion text not null,
  target text not null,
  moment text not null,
  begun_at text not null,
  primary key (workspace_id, occasion, target)
) strict, without rowid;

insert into schedules select workspace_id, 'digest', id, '', created_at from channels;

create unique index occurrences_once on occurrences (workspace_id, occasion, target, period)
  where state in ('due', 'told');

create index occurrences_by_state on occurrences (workspace_id, state, due_at);

alter table jobs rename to jobs_before;

create table jobs (
  workspace_id text not null references workspaces,
  key text not null,
  surface text not null,
  kind text not null,
  record_id text not null,
  patient integer not null default 0 check (patient in (0, 1)),
  channel_id text,
  recipient_person_id text,
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
  foreign key (workspace_id, recipient_person_id) references people,
  foreign key (workspace_id, person_id) references people,
  check (delivered <= wanted),
  check ((channel_id is null) <> (recipient_person_id is null))
) strict, without rowid;

insert into jobs
  select workspace_id, key, surface, kind, record_id, 0, channel_id, null, person_id, state, due_at,
    wanted, delivered, attempts, lease, lease_until, in_doubt_since, reason, updated_at
  from jobs_before;

drop table jobs_before;

create index jobs_by_due on jobs (workspace_id, surface, state, patient, due_at);

create index jobs_never_delivered on jobs (workspace_id, channel_id) where delivered = 0
"""
