"""Everything that Slack gives page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def pages(ask: Callable[..., Any], **values: Any) -> Iterator[Any]:
    """Its answers, one for each page, until there are no more. Raises what `ask` raises."""
    cursor: str | None = ""
    while cursor is not None:
        page = ask(**values, cursor=cursor or None)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
