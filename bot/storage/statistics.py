"""What SQLite is told of how many rows there are, as it counts none by itself.

Not knowing that nearly all are of one workspace it takes the workspace for a narrow choice, and
would rather read all of it than use an index; so do its own checks of foreign keys, in which no
query can name one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

LARGE, FEW = 100_000, 10  # rows: of a workspace, and of whatever else an index tells apart


def tell_sizes(db: Database) -> None:
    """The same for every table there is now, however few rows it has."""
    db.execute("analyze workspaces")  # makes the table of statistics
    db.execute("delete from sqlite_stat1")
    for table in db.tables:
        for index in table.indexes:
            name = table.name if index.origin == "pk" else index.name
            known = _rows_for_each(index.columns, unique=bool(index.unique))
            db.execute("insert into sqlite_stat1 values (?, ?, ?)", [table.name, name, known])
    db.execute("analyze sqlite_schema")  # reads it


def _rows_for_each(columns: Sequence[str], *, unique: bool) -> str:
    """Of all rows: how many have the same first column, the same first two, and so on."""
    rows = [LARGE if columns[0] == "workspace_id" else FEW, *[FEW] * (len(columns) - 1)]
    return " ".join(map(str, [LARGE, *rows[:-1], 1 if unique else rows[-1]]))
