"""A digest as one table for spreadsheets: a row is one measure of one period.

UTF-8 without a mark at its beginning, as RFC 4180 has it: the words are ours and ASCII, and a mark
would be part of the first column's name for most programs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from bot.domain.dates import Period
from bot.domain.proportion import Proportion
from bot.domain.release import Released
from bot.domain.view import DigestView, ManagersDigestView
from bot.wording.digest_outline import outline, proportions
from bot.wording.plain import printable

COLUMNS = (
    *("period", "first", "last", "scope", "level", "measure"),
    *("count", "of", "share", "low", "high", "too_small"),
)
_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n")  # begin a formula in a spreadsheet


def digest(view: DigestView | ManagersDigestView) -> str:
    """The trend, the last period being this one, and this period by level.

    Shares are between 0 and 1, with their 95 % interval, empty of nothing. Where `too_small` is
    "yes" they are withheld, counts and all.
    """
    shown, table = outline(view), StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    scope = inert(shown.scope)
    for step in shown.trend:
        writer.writerows(_rows(step.period, scope, shown.level or "", step.released))
    for level, released in shown.levels.items():
        writer.writerows(_rows(shown.period, scope, level, released))
    return table.getvalue()


def inert(words: str) -> str:
    """Words that no spreadsheet takes for a formula, on one line."""
    one_line = " ".join(printable(words).split())
    return f"'{one_line}" if one_line.startswith(_COMMANDS) else one_line


def _rows(period: Period, scope: str, level: str, released: Released) -> Iterator[list[str]]:
    days = [period.code, period.first.isoformat(), period.last.isoformat()]
    for measure, seen in proportions(released):
        yield [*days, scope, level, measure, *_numbers(seen)]


def _numbers(seen: Proportion | None) -> list[str]:
    if seen is None:
        return ["", "", "", "", "", "yes"]
    shares = (seen.share, *(seen.interval or (None, None)))
    rounded = ["" if share is None else f"{share:.4f}" for share in shares]
    return [str(seen.count), str(seen.of), *rounded, "no"]
