"""The tables the first version made; later ones are in `schema`. Never edited, only migrated."""

from __future__ import annotations

FIRST_TABLES = """
create table workspaces (
  workspace_id text primary key,
  platform text not null,
  tenant text not null,
  created_at text not null,
  unique (platform, tenant)
) strict, without rowid;

create table people (
  workspace_id text not null references workspaces,
  id text not null,
  platform text,
  platform_id text,
  name text,
  language text check (language in ('nl', 'en')),
  created_at text not null,
  erased_at text,
  primary key (workspace_id, id),
  unique (workspace_id, platform, platform_id)
) strict, without rowid;

create table channels (
  workspace_id text not null references workspaces,
  id text not null,
  platform text not null,
  platform_id text not null,
  name text,
  language text check (language in ('nl', 'en')),
  customer_nl text not null,
  customer_en text not null,
  questions integer not null check (questions between 1 and 3),
  settings_person_id text,
  created_at text not null,
  primary key (workspace_id, id),
  unique (workspace_id, platform, platform_id),
  foreign key (workspace_id, settings_person_id) references people
) strict, without rowid;

create table promises (
  workspace_id text not null references workspaces,
  channel_id text not null,
  language text not null check (language in ('nl', 'en')),
  version integer not null,
  text text not null,
  since text not null,
  primary key (workspace_id, channel_id, language, version),
  foreign key (workspace_id, channel_id) references channels
) strict, without rowid;

create table series (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  key text not null,
  created_at text not null,
  primary key (workspace_id, id),
  unique (workspace_id, channel_id, key),
  foreign key (workspace_id, channel_id) references channels
) strict, without rowid;

create table meetings (
  workspace_id text not null references workspaces,
  id text not null,
  channel_id text not null,
  series_id text not null,
  title text,
  title_key text not null,
  day text,
  time text,
  place text,
  language text not null check (language in ('nl', 'en')),
  customer text not null,
  state text not null check (state in ('prepared', 'open', 'closed')),
  counts_on integer not null check (counts_on between 1 and 3652059),
  prepared_at text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, series_id) references series
) strict, without rowid;

create index meetings_by_title on meetings (workspace_id, channel_id, title_key, day);
create index meetings_by_day on meetings (workspace_id, channel_id, counts_on);
create index meetings_by_series on meetings (workspace_id, series_id);

create table meeting_states (
  workspace_id text not null references workspaces,
  meeting_id text not null,
  number integer not null,
  state text not null check (state in ('prepared', 'open', 'closed')),
  person_id text,
  at text not null,
  primary key (workspace_id, meeting_id, number),
  foreign key (workspace_id, meeting_id) references meetings,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

create table items (
  workspace_id text not null references workspaces,
  id text not null,
  meeting_id text not null,
  rank integer not null,
  position text not null,
  title text not null,
  kind text not null check (kind in ('procedural', 'substantive')),
  presenter text,
  minutes integer,
  topics text not null check (json_valid(topics) and json_type(topics) = 'array'),
  detail text,
  sub_items text not null check (json_valid(sub_items) and json_type(sub_items) = 'array'),
  origin text not null check (origin in ('people', 'bot')),
  removed_at text,
  primary key (workspace_id, id),
  foreign key (workspace_id, meeting_id) references meetings
) strict, without rowid;

create index items_by_meeting on items (workspace_id, meeting_id, rank);

create table asked_questions (
  workspace_id text not null references workspaces,
  id text not null,
  item_id text not null,
  rank integer not null,
  question_key text not null,
  text text not null,
  reason_code text not null,
  reason_values text not null
    check (json_valid(reason_values) and json_type(reason_values) = 'object'),
  origin text not null check (origin in ('people', 'bot')),
  asked_at text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, item_id) references items
) strict, without rowid;

create index asked_questions_by_item on asked_questions (workspace_id, item_id, rank);

create table answers (
  workspace_id text not null references workspaces,
  id text not null,
  item_id text not null,
  number integer not null,
  asked_question_id text,
  person_id text not null,
  text text not null,
  certainty text check (certainty in ('know', 'assume', 'dont_know')),
  not_applicable integer not null check (not_applicable in (0, 1)),
  changed_decision integer not null check (changed_decision in (0, 1)),
  origin text not null check (origin in ('people', 'bot')),
  version integer not null,
  created_at text not null,
  updated_at text not null,
  deleted_at text,
  primary key (workspace_id, id),
  foreign key (workspace_id, item_id) references items,
  foreign key (workspace_id, asked_question_id) references asked_questions,
  foreign key (workspace_id, person_id) references people,
  check ((certainty is null) = not_applicable),
  check (not_applicable or text <> '')
) strict, without rowid;

create unique index answers_by_item on answers (workspace_id, item_id, number);

create table answer_versions (
  workspace_id text not null references workspaces,
  answer_id text not null,
  version integer not null,
  person_id text not null,
  text text not null,
  certainty text,
  changed_decision integer not null,
  deleted integer not null,
  at text not null,
  primary key (workspace_id, answer_id, version),
  foreign key (workspace_id, answer_id) references answers,
  foreign key (workspace_id, person_id) references people
) strict, without rowid;

create table posted_messages (
  workspace_id text not null references workspaces,
  record_kind text not null,
  record_id text not null,
  surface text not null,
  reference text not null,
  version integer not null,
  posted_at text not null,
  primary key (workspace_id, record_kind, record_id, surface)
) strict, without rowid
"""
