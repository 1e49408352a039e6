"""Slips of the pen in YAML: named in plain terms, and mended so that the rest can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import yaml

T = TypeVar("T")

MARK = "\U0010ff0f"  # nobody's character: stands where one stood that no value can begin with
MOST_SLIPS = 20  # each is found by reading the whole file again


@dataclass(frozen=True)
class Slip:
    """`code`: "tab", "alias", "first_character", or "not_yaml", below which nothing is read.

    `found` is the character, of "not_yaml" the line. Lines count from 1, columns from 0.
    """

    line: int
    code: str
    found: str
    column: int = 0


def read_mended(text: str, parse: Callable[[str], T]) -> tuple[T | None, list[Slip]]:
    """What `parse` makes of the text once its slips are mended, and the slips, in order found.

    None when the last slip can't be mended. `parse` raises yaml.MarkedYAMLError.
    """
    slips: list[Slip] = []
    while True:
        try:
            return parse(text), slips
        except yaml.MarkedYAMLError as error:
            slip = _slip(text, error)
        if len(slips) == MOST_SLIPS:
            slip = replace(slip, code="not_yaml", found=_line(text, slip.line))
        slips.append(slip)
        if slip.code == "not_yaml":
            return None, slips
        text = _mend(text, slip)


def _slip(text: str, error: yaml.MarkedYAMLError) -> Slip:
    """The slip of the pen behind what the parser says in English; else the line it is about."""
    context, problem = error.context or "", error.problem or ""
    begun = any(part in context for part in ("a quoted scalar", "a flow ", "an alias"))
    mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
    number, at = (mark.line + 1, mark.column) if mark else (1, 0)
    while number > 1 and not _line(text, number).strip():
        number -= 1  # the end of the file is where it was missed, not where it is
    line = _line(text, number)
    channel = re.search(r"[{\[,:]\s+(#)\S", line)  # to YAML the rest is a comment, brace and all
    if channel and "a flow " in context:
        return Slip(number, "first_character", "#", channel.start(1))
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Slip(number, "tab", "tab")
    if "undefined alias" in problem:
        return Slip(number, "alias", "*", at)
    if "an alias" in context or "cannot start any token" in problem:
        return Slip(number, "first_character", line[at : at + 1], at)
    return Slip(number, "not_yaml", line)


def _mend(text: str, slip: Slip) -> str:
    """The text without a slip; each line's mending takes away what was wrong, so it ends."""
    lines = text.splitlines()
    line = lines[slip.line - 1]
    if slip.code == "tab":
        bare = line.lstrip()
        indent = line[: len(line) - len(bare)].replace("\t", " " * _step(lines))
        lines[slip.line - 1] = indent + bare
    else:
        lines[slip.line - 1] = line[: slip.column] + MARK + line[slip.column + 1 :]
    return "\n".join(lines) + "\n"


def _step(lines: list[str]) -> int:
    """By how many spaces the lines of a file go in."""
    indents = (len(line) - len(line.lstrip(" ")) for line in lines)
    return min((indent for indent in indents if indent), default=2)


def _line(text: str, number: int) -> str:
    lines = [*text.splitlines(), ""]
    return lines[min(number, len(lines)) - 1]
