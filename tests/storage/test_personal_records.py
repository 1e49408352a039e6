"""Nothing that names a person is left out of what is told to them."""

from __future__ import annotations

import re
from pathlib import Path

from bot.storage.personal_records import KINDS
from tests.storage.conftest import ask
from tests.storage.test_schema import tables

HAS_VERSIONS = {"answers"}  # each is kept whole in answer_versions, by the same person


def test_every_table_that_names_people_is_counted(template: Path) -> None:
    """A new one needs a line in KINDS, and its words in prompts/texts at slack.stored."""
    naming = {
        table
        for table in tables(template)
        for (column,) in ask(template, f"select name from pragma_table_info('{table}')")
        if re.search(r"(^|_)person_id$", column)
    }
    counted = {table for sql in KINDS.values() for table in re.findall(r"from (\w+)", sql)}
    assert naming - HAS_VERSIONS == counted
