"""The tables of figures that left their channels; never edited, only migrated."""

from __future__ import annotations

FIGURES_RELEASED = """
create table channel_sets (
  workspace_id text not null references workspaces,
  id text not null,
  primary key (workspace_id, id)
) strict, without rowid;

create table channels_in_sets (
  workspace_id text not null references workspaces,
  set_id text not null,
  channel_id text not null,
  primary key (workspace_id, set_id, channel_id),
  foreign key (workspace_id, set_id) references channel_sets,
  foreign key (workspace_id, channel_id) references channels
) strict, without rowid;

create index channels_in_sets_by_channel on channels_in_sets (workspace_id, channel_id);

create table releases (
  workspace_id text not null references workspaces,
  measure text not null
    check (measure in ('by_itself', 'coverage', 'consequence', 'observation')),
  last_week integer not null check (last_week between 1 and 3652059 and last_week % 7 = 1),
  first_week integer not null check (first_week between 1 and last_week and first_week % 7 = 1),
  left_out text not null check (json_valid(left_out) and json_type(left_out) = 'array'),
  set_id text not null,
  at text not null,
  primary key (workspace_id, measure, last_week, first_week, left_out, set_id),
  foreign key (workspace_id, set_id) references channel_sets
) strict, without rowid;

create index releases_by_set on releases (workspace_id, set_id);

create table released_cells (
  workspace_id text not null references workspaces,
  channel_id text not null,
  week integer not null check (week between 1 and 3652059 and week % 7 = 1),
  substantive_people integer not null check (substantive_people >= 0),
  observed_people integer not null check (observed_people between 0 and substantive_people),
  answered_people integer not null check (answered_people between 0 and substantive_people),
  substantive_meetings integer not null check (substantive_meetings between 0 and substantive),
  observed_meetings integer not null check (observed_meetings between 0 and observed),
  answered_meetings integer not null check (answered_meetings between 0 and answered),
  substantive integer not null check (substantive >= 0),
  observed integer not null check (observed between 0 and substantive),
  came_up integer not null check (came_up between 0 and observed),
  answered integer not null check (answered between 0 and substantive),
  unknown integer not null check (unknown between 0 and answered),
  not_applicable integer not null check (not_applicable between 0 and substantive - answered),
  changed_decisions integer not null check (changed_decisions between 0 and answered),
  asked text not null check (json_valid(asked) and json_type(asked) = 'object'),
  heard text not null check (json_valid(heard) and json_type(heard) = 'object'),
  at text not null,
  primary key (workspace_id, channel_id, week),
  foreign key (workspace_id, channel_id) references channels,
  check ((substantive_meetings = 0) = (substantive = 0)),
  check ((observed_meetings = 0) = (observed = 0)),
  check ((answered_meetings = 0) = (answered = 0)),
  check (max(observed_meetings, answered_meetings) <= substantive_meetings)
) strict, without rowid
"""
