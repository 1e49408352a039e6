"""The house stands: imports only go down, every outside library has one home, names are unique."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BOT = Path(__file__).parents[1] / "bot"

# What each place may import from `bot`, beside itself.
MAY_USE = {
    "domain": set(),
    "readers": {"domain"},
    "storage": {"domain"},
    "wording": {"domain"},
    "config": {"domain", "readers"},
    "usecases": {"domain", "readers", "storage", "config"},
    "surfaces": {"domain", "readers", "wording", "usecases", "config"},
    "app": {"domain", "readers", "storage", "wording", "usecases", "surfaces", "config"},
    "__main__": {"app"},
    "__init__": set(),
}

# Where each outside library lives; a heavy one that is loaded elsewhere slows the start.
HOMES = {
    "babel": {"wording/texts.py"},
    "click": {"surfaces/terminal"},
    "cronsim": {"readers/timetable.py"},
    "dotenv": {"config.py"},
    "lxml": {"readers/agenda_html.py"},
    "pydantic": {"config.py", "readers"},
    "pydantic_core": {"config.py", "readers"},
    "slack_bolt": {"surfaces/slack"},
    "slack_sdk": {"surfaces/slack"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "vl_convert": {"wording/charts.py"},
    "waitress": {"surfaces/slack/http.py"},
    "yaml": {"readers/strict_yaml.py", "readers/yaml_slips.py"},
}

LATE = {
    "app.py",
    "readers/agenda_html.py",  # few agendas are HTML, and its parser is large
    "surfaces/terminal/command_line.py",
    "surfaces/terminal/console.py",
    "wording/charts.py",  # few commands draw, and what draws is large
}


def test_imports_only_go_down() -> None:
    wrong = [
        f"{file} may not use bot.{used}"
        for file, used, _ in own_imports()
        if used not in MAY_USE[floor(file)] | {floor(file), "__init__"}
    ]

    assert wrong == []


def test_surfaces_do_not_know_one_another() -> None:
    wrong = [
        f"{file} may not use {name}"
        for file, used, name in own_imports()
        if used == "surfaces" and floor(file) == "surfaces"
        if name.split(".")[2:3] != [file.split("/")[1]]
    ]

    assert wrong == []


def test_every_outside_library_has_one_home() -> None:
    wrong = [
        f"{file} uses {library}, which lives in {sorted(HOMES.get(library, {'no place yet'}))}"
        for file, library in outside_imports()
        if not any(file == home or file.startswith(home + "/") for home in HOMES.get(library, ()))
    ]

    assert wrong == []


def test_the_domain_needs_the_standard_library_only() -> None:
    assert [file for file, _ in outside_imports() if file.startswith("domain/")] == []


def test_only_config_reads_the_environment() -> None:
    readers = [
        file
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    ]

    assert set(readers) <= {"config.py"}


def test_only_storage_speaks_sql() -> None:
    verbs = ("select ", "insert into ", "update ", "delete from ", "pragma ")
    wrong = [
        file
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.startswith(verbs) and not file.startswith("storage/")
    ]

    assert wrong == []


def test_the_domain_and_use_cases_ask_no_clock() -> None:
    wrong = [
        f"{file}:{node.lineno}"
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
        if file != "app.py"
    ]

    assert wrong == []


def test_imports_stand_at_the_top() -> None:
    """Imports in functions hide circles; only where help must come at once are some late."""
    hidden = [
        f"{file}:{node.lineno}"
        for file, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and file not in LATE
    ]

    assert hidden == []


def test_no_two_modules_import_each_other() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for file, _, name in own_imports():
        graph[module(file)].add(name)
    circles = [start for start in list(graph) if start in reachable(graph, graph[start] - {start})]

    assert circles == []


def test_no_two_files_share_a_name() -> None:
    places = defaultdict(list)
    for file, _ in trees():
        places[Path(file).name].append(file)
    shared = {name: files for name, files in places.items() if len(files) > 1}

    assert shared.keys() <= {"__init__.py"}


def test_files_and_functions_stay_small() -> None:
    long_files = [f for f in files() if len(f.read_text("utf-8").splitlines()) > 400]
    long_functions = [
        f"{file}:{node.name}"
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        if (node.end_lineno or 0) - node.lineno >= 60
    ]

    assert (long_files, long_functions) == ([], [])


def files() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(BOT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in files()
    ]


def imports() -> Iterator[tuple[str, str]]:
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((file, f"{node.module}.{alias.name}") for alias in node.names)


def own_imports() -> Iterator[tuple[str, str, str]]:
    """(file, its floor's name, the module or the name in a module that it imports)."""
    for file, name in imports():
        if name == "bot" or name.startswith("bot."):
            used = name.split(".")[1]
            yield file, used if used in MAY_USE else "__init__", existing(name)


def existing(name: str) -> str:
    """The module in a dotted name that may end in something inside it."""
    path = BOT.parent / Path(*name.split("."))
    is_module = path.with_suffix(".py").exists() or path.is_dir()
    return name if is_module else name.rpartition(".")[0]


def outside_imports() -> Iterator[tuple[str, str]]:
    for file, name in imports():
        library = name.split(".")[0]
        if library not in sys.stdlib_module_names | {"bot", "prompts"} or library == "sqlite3":
            yield file, library


def floor(file: str) -> str:
    return Path(file).parts[0].removesuffix(".py")


def module(file: str) -> str:
    return ".".join(["bot", *Path(file).with_suffix("").parts]).removesuffix(".__init__")


def reachable(graph: dict[str, set[str]], start: set[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(graph.get(here, ()))
    return seen
