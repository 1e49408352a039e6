"""What stands in a message that somebody points at, as lines: typed, in blocks, forwarded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.surfaces.slack.received import unmentioned, words

Part = Mapping[str, Any]
MENTIONS = {"user", "usergroup", "channel", "broadcast", "team"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def text_of(message: Part) -> str:
    """All that a message says, and what was forwarded with it; empty where it says nothing.

    What an app adds, or Slack shows of a link, is read only where there is nothing else.
    """
    attached: list[Part] = list(message.get("attachments") or [])
    forwarded = [part for part in attached if part.get("is_share")]
    said = [_own(message), *map(_attached, forwarded)]
    return _joined(said) or _joined(map(_attached, attached))


def _own(message: Part) -> str:
    """The fuller of text and blocks: an app's text is often only the notification."""
    typed = words(message.get("text") or "").strip()
    return max(typed, _joined(_lines(message.get("blocks") or [])), key=len)


def _attached(part: Part) -> str:
    inner = [message.get("message") or {} for message in part.get("message_blocks") or []]
    found = _joined(map(_own, inner)) or _own(part)
    return found or words(part.get("fallback") or "").strip()


def _lines(blocks: Iterable[Part]) -> Iterator[str]:
    for block in blocks:
        yield from _READ.get(block.get("type", ""), _nothing)(block)


def _rich(block: Part) -> Iterator[str]:
    """A list goes on counting behind what stands further in; letters are for its second level."""
    for part in block.get("elements") or []:
        if part.get("type") != "rich_text_list":
            yield _run(part)
            continue
        indent = int(part.get("indent") or 0)
        for number, item in enumerate(part.get("elements") or [], int(part.get("offset") or 0)):
            yield f"{'    ' * indent}{_mark(part, number, indent)} {_run(item)}"


def _mark(part: Part, number: int, indent: int) -> str:
    if part.get("style") != "ordered":
        return "•"
    return f"{LETTERS[number % 26]}." if indent % 3 == 1 else f"{number + 1}."


def _run(part: Part) -> str:
    """One piece of rich text, without mentions, as in `words`."""
    return unmentioned("".join(map(_piece, part.get("elements") or []))).strip("\n")


def _piece(element: Part) -> str:
    if element.get("type") in MENTIONS:
        return "<@>"
    return str(element.get("text") or element.get("url") or element.get("fallback") or "")


def _section(block: Part) -> Iterator[str]:
    for text in [block.get("text"), *(block.get("fields") or [])]:
        yield _text(text or {})


def _context(block: Part) -> Iterator[str]:
    yield " ".join(filter(None, map(_text, block.get("elements") or [])))


def _text(text: Part) -> str:
    said = str(text.get("text") or "")
    return words(said) if text.get("type") == "mrkdwn" else said


def _header(block: Part) -> Iterator[str]:
    yield _text(block.get("text") or {})


def _markdown(block: Part) -> Iterator[str]:
    yield str(block.get("text") or "")


def _nothing(_: Part) -> Iterator[str]:
    yield from ()


_READ: Mapping[str, Callable[[Part], Iterator[str]]] = {
    "rich_text": _rich,
    "section": _section,
    "context": _context,
    "header": _header,
    "markdown": _markdown,
}


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part.strip()).strip("\n")
