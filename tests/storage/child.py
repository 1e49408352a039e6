"""Another process on the same file: run as `python -m tests.storage.child ACTION VALUES`."""

from __future__ import annotations

import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from bot.domain.answer import Answer, Certainty
from bot.domain.problem import Problem
from bot.storage import answers, backups, deliveries, items
from bot.storage.database import Database
from tests.storage.conftest import NOW, Home, give, home_of, ignore, texts

NOBODY = 65534


def main() -> None:
    action, values = sys.argv[1], json.loads(sys.argv[2])
    say("ready")
    sys.stdin.readline()
    with _codes():
        globals()[action](*values)


def say(line: object) -> None:
    print(line, flush=True)  # noqa: T201


def open_new(folder: str, times: int) -> None:
    for n in range(times):
        Database(Path(folder) / f"{n}.db").close()
        say("opened")


def hold(path: str) -> None:
    with closing(Database(Path(path))):
        say("opened")
        sys.stdin.readline()


def write(values: dict[str, Any], name: str, times: int) -> None:
    """Say every answer once it is kept; go on for ever when `times` is 0."""
    home = home_of(values)
    with closing(Database(home.path)) as database:
        for n in range(times) if times else count():
            give(database, home, f"{name} {n}")
            say(f"{name} {n}")


def count_up(values: dict[str, Any], times: int) -> None:
    """Read a number and keep the next one, in one transaction each time."""
    home = home_of(values)
    with closing(Database(home.path)) as database:
        for _ in range(times):
            with database.write(home.workspace) as session:
                ((_, item, _),) = items.of_meeting(session, home.meeting)[1:]
                item = replace(item, minutes=(item.minutes or 0) + 1)
                items.change(session, home.empty_item, 1, item)
        say("done")


def take(values: dict[str, Any], events: int, seed: int) -> None:
    """Take deliveries in an order of one's own; each first one has an answer as its effect."""
    home = home_of(values)
    keys = [f"Ev{number}" for number in range(events)]
    random.Random(seed).shuffle(keys)
    with closing(Database(home.path)) as database:
        for key in keys:
            with database.write(home.workspace) as session:
                if deliveries.first(session, key, NOW):
                    answers.add(session, home.item, Answer(key, Certainty.KNOW), home.person, NOW)


def crash(values: dict[str, Any], text: str) -> None:
    """Keep an answer and die, so that it stands in the write-ahead log only."""
    home = home_of(values)
    database = Database(home.path)
    give(database, home, text)
    os.kill(os.getpid(), signal.SIGKILL)


def _write_once(path: Path, home: Home) -> None:
    with closing(Database(path)) as database:
        give(database, home, "mag niet")


def import_late_ones() -> None:
    """What a newer Python imports when first used, while we may still read where it lives."""
    Path("x").absolute().as_uri()
    importlib.import_module("urllib.request")


def without_rights(values: dict[str, Any]) -> None:
    """Try everything as somebody who owns nothing."""
    own_nothing()
    home = home_of(values)
    database, folder = home.path, home.path.parent
    for name, attempt in {
        "write": lambda: _write_once(database, home),
        "new": lambda: Database(folder / "nieuw.db").close(),
        "check": lambda: backups.check(database),
        "backup": lambda: backups.back_up(database, folder / "kopie.db", ignore),
        "restore": lambda: backups.restore(folder / "reserve.db", database, "1", NOW, ignore),
    }.items():
        with _codes(f"{name} "):
            attempt()
            say(f"{name} done")


def own_nothing() -> None:
    import_late_ones()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def write_at_last(values: dict[str, Any]) -> None:
    """Read and write in one process as somebody who owns nothing, at each line."""
    own_nothing()
    home = home_of(values)
    with closing(Database(home.path)) as database:
        say(f"opened, answers: {len(texts(database, home))}")
        for _ in sys.stdin:
            with _codes():
                give(database, home, "eindelijk")
            say(f"answers: {len(texts(database, home))}")


def fill_disk(values: dict[str, Any], room: int) -> None:
    """Answers until no file may grow further, then a few more where there is room again."""
    home = home_of(values)
    with closing(Database(home.path)) as database:
        with _room(room), _codes():
            for n in count():
                give(database, home, f"vol {n} {'x' * 500}")
                say(f"vol {n} {'x' * 500}")
        give(database, home, "weer ruimte")
        say("weer ruimte")


def back_up_on_full_disk(source: str, target: str, room: int) -> None:
    with _room(room):
        backups.back_up(Path(source), Path(target), ignore)


def restore_on_full_disk(source: str, target: str, room: int) -> None:
    with _room(room):
        backups.restore(Path(source), Path(target), "1", NOW, ignore)


def restore_and_die(source: str, places: str) -> None:
    """Restore in copies of the folder "0", each time killed one step later; say how many."""
    first = Path(places) / "0"
    for step in count():
        place = shutil.copytree(first, first.with_name(f"{step + 1}"))
        if _outcome(_restore, source, place, step) == 0:
            break
        say(place.name)


def _restore(source: str, place: Path, step: int) -> None:
    """Restore, killed where the given step is due: anything done with names, or some pages."""
    steps = count()

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def stand_in(*values: Any, **more: Any) -> Any:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*values, **more)

        return stand_in

    for name in ("link", "rename", "replace", "unlink", "fsync"):
        setattr(os, name, counted(getattr(os, name)))
    backups.PAGES_AT_ONCE = 20
    backups.restore(Path(source), place / "klantvraag.db", "1", NOW, counted(ignore))


def _outcome(work: Callable[..., None], *values: str | Path | int) -> int:
    """Do it in a process of its own; 0: it came to its end."""
    child = os.fork()
    if child == 0:
        work(*values)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@contextmanager
def _codes(before: str = "") -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        with suppress(BrokenPipeError):
            say(f"{before}{problem.code}")


@contextmanager
def _room(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes meanwhile."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


if __name__ == "__main__":
    main()
