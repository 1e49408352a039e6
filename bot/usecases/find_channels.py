"""Find the channels that are meant, in whichever workspace, for who holds the database itself.

From within a workspace no other is to be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.problem import Problem
from bot.storage import channels
from bot.usecases.toolbox import Caller, Toolbox


def wherever_it_meets(toolbox: Toolbox, caller: Caller, *, chosen: bool) -> Caller:
    """The caller, in the channel of any workspace that has this name or id.

    Where nobody has `chosen` one, and there are no meetings in the caller's, in the only channel
    that has any. Raises Problem "which_channel" where there are several.
    """
    places = sorted(_places(toolbox, caller), key=lambda it: it.caller.platform != caller.platform)
    same = [it for it in places if caller.channel.removeprefix("#") in (it.caller.channel, it.name)]
    meeting = [it for it in places if it.meets]
    if same and (chosen or same[0].meets):
        return same[0].caller
    if chosen or not meeting:
        return caller
    if len(meeting) > 1:
        raise Problem("which_channel", channels=", ".join(it.label for it in meeting))
    return meeting[0].caller


@dataclass(frozen=True)
class _Place:
    """A channel as one would call from it; `meets`: it has meetings."""

    caller: Caller
    name: str | None
    meets: bool

    @property
    def label(self) -> str:
        return f"{self.name} ({self.caller.channel})" if self.name else self.caller.channel


def _places(toolbox: Toolbox, caller: Caller) -> Iterator[_Place]:
    for workspace_id, _, tenant in toolbox.database.workspaces():
        with toolbox.database.read(workspace_id) as session:
            for platform, channel, name, meets in channels.all_of(session):
                there = replace(caller, platform=platform, tenant=tenant, channel=channel)
                yield _Place(there, name, bool(meets))


def in_one_workspace(
    toolbox: Toolbox, caller: Caller, names: Sequence[str]
) -> tuple[Caller, list[str]]:
    """The caller in the workspace with channels of these names or ids, and those as ids.

    Without names: in the one with meetings. Raises Problem "unknown_channels" where none has all
    of them, "several_workspaces".
    """
    wanted = [name.removeprefix("#") for name in names]
    workspaces: dict[Caller, list[_Place]] = defaultdict(list)
    for place in _places(toolbox, caller):
        workspaces[replace(place.caller, channel=caller.channel)].append(place)
    if not wanted:
        meeting = [it for it, places in workspaces.items() if any(each.meets for each in places)]
        return _only(meeting) or caller, []
    found = {it: [_id_of(name, places) for name in wanted] for it, places in workspaces.items()}
    whole = {it: [id_ for id_ in ids if id_] for it, ids in found.items() if None not in ids}
    if not whole:
        raise Problem("unknown_channels", channels=", ".join(_unknown(wanted, found.values())))
    there = caller if caller in whole else _only(list(whole)) or caller
    return there, whole[there]


def _only(callers: Sequence[Caller]) -> Caller | None:
    if len(callers) > 1:
        raise Problem("several_workspaces")
    return next(iter(callers), None)


def _id_of(name: str, places: Sequence[_Place]) -> str | None:
    called = (it.caller.channel for it in places if name in (it.caller.channel, it.name))
    return next(called, None)


def _unknown(wanted: Sequence[str], found: Iterable[Sequence[str | None]]) -> list[str]:
    """Those that are in no workspace; all, where each is in some and they are not in one."""
    known = {name for ids in found for name, id_ in zip(wanted, ids, strict=True) if id_}
    return [name for name in wanted if name not in known] or list(wanted)
