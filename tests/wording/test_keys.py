"""Every text bot/ asks for is in prompts/texts, and every text there is asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.readers.catalogue import Prompts
from bot.readers.strict_yaml import _CODES as MISTAKE_CODES

BOT = Path(__file__).parents[2] / "bot"

# Calls that say a text: what stands before its key, and which argument names it.
SAYING = {
    "say": ("", 0),
    "_note": ("check.", 0),
    "means": ("talk.", 1),
    "Problem": ("problems.", 0),
    "Reason": ("reasons.", 0),
    "Mistake": ("mistakes.", 3),
    "mistake": ("mistakes.", 1),
    "_refused": ("mistakes.", 2),
    "_wrong": ("mistakes.", 2),
    "PydanticCustomError": ("mistakes.", 0),
}


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(BOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in BOT.rglob("*.py")
    }


def said() -> Iterator[tuple[str, str]]:
    """(place, pattern of the key) for each text that is said with a key we can read."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            name = _name(node.func) if isinstance(node, ast.Call) else ""
            prefix, index = SAYING.get(name, ("", 99))
            if isinstance(node, ast.Call) and len(node.args) > index:
                for key in _patterns(node.args[index]):
                    known = MISTAKE_CODES.get(key, key)
                    yield f"{file}:{node.lineno}", re.escape(prefix) + known
    for code in MISTAKE_CODES.values():
        yield "readers/strict_yaml.py", re.escape(f"mistakes.{code}")
    for code in _codes_of_sqlite():
        yield "storage/connections.py", re.escape(f"problems.{code}")


def _codes_of_sqlite() -> set[str]:
    """What storage makes of SQLite's errors: the words with an underscore in its table."""
    tree = trees()["storage/connections.py"]
    tables = [n for n in tree.body if isinstance(n, ast.Assign) and _name(n.targets[0]) == "_CODES"]
    constants = (n for table in tables for n in ast.walk(table) if isinstance(n, ast.Constant))
    words = {str(constant.value) for constant in constants}
    return {word for word in words if re.fullmatch("[a-z]+(_[a-z]+)+", word)}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _patterns(node: ast.expr) -> list[str]:
    """What a literal, an f-string or a choice of both can be, as patterns."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.IfExp):
        return _patterns(node.body) + _patterns(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = (_patterns(v) if isinstance(v, ast.Constant) else [r"\w+"] for v in node.values)
        return ["".join(part for (part,) in parts)]
    return []


def words_in_code() -> set[str]:
    """Every string that stands in the code by itself."""
    return {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def families() -> list[re.Pattern[str]]:
    """The f-strings with one hole: talk.closed_(…)."""
    patterns = {
        pattern
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for pattern in _patterns(node)
    }
    return [re.compile(p.replace(r"\w+", r"(\w+)")) for p in patterns if p.count(r"\w+") == 1]


def test_every_text_that_is_said_exists(prompts: Prompts) -> None:
    keys = prompts.texts["nl"]
    gone = {
        pattern.replace("\\", ""): place
        for place, pattern in said()
        if not any(re.fullmatch(pattern, key) for key in keys)
    }
    assert gone == {}, "add these to prompts/texts in every language"


def test_every_text_is_said_somewhere(prompts: Prompts) -> None:
    words, patterns = words_in_code(), families()

    def used(key: str, deep: int = 2) -> bool:
        matches = (pattern.fullmatch(key) for pattern in patterns)
        holes = [match[1] for match in matches if match and match[1] != key]
        return key in words or (deep > 0 and any(used(hole, deep - 1) for hole in holes))

    assert not used("talk.nothing_like_this")
    assert not used("mistakes.nothing_like_this")
    unused = sorted(key for key in prompts.texts["nl"] if not used(key))
    assert unused == [], "nothing says these any more; take them out of prompts/texts"


def test_the_check_sees_texts_said_in_every_way() -> None:
    patterns = {pattern for _, pattern in said()}
    literal, chosen, family = r"talk\.deleted", r"demo\.title_own", r"talk\.closed_\w+"
    problem, mistake, reason = (
        r"problems\.no_meeting",
        r"mistakes\.no_folder",
        r"reasons\.never_asked",
    )
    sqlite = r"problems\.disk_full"
    assert {literal, chosen, family, problem, mistake, reason, sqlite} <= patterns
