"""YAML that people edit: no aliases, no key twice, and every value knows its file and line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.problem import Mistake, Mistakes
from bot.readers.yaml_slips import MARK, Slip, read_mended
from bot.readers.yaml_values import plain, short

Path_ = tuple[Hashable, ...]
T = TypeVar("T")

MOST_BYTES = 1_000_000  # a prompts or config file is a few dozen kB
MOST_LEVELS = 20
FILE = "(file)"  # the key of a mistake that is the whole file's


@dataclass(frozen=True)
class Place:
    """Where a value stands; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Document:
    """What a file says, and for each path of keys and indexes in it the place.

    `mistakes` are slips of the pen, aliases and keys that stand twice; `validated` tells them with
    all others.
    """

    data: Any
    places: Mapping[Path_, Place]
    mistakes: tuple[Mistake, ...] = ()

    def mistake(self, path: Path_, code: str, **values: str | int) -> Mistake:
        """A mistake at `path`, or at the nearest place above it that the file has."""
        place = next(
            self.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.places
        )
        return Mistake(place.file, place.line, _key(path), code, values, path)

    def without(self, mistakes: Iterable[Mistake]) -> Document:
        """The same with None for each value that is wrong, so that the others can be looked at."""
        wrong = {mistake.path for mistake in mistakes}

        def kept(value: Any, path: Path_) -> Any:
            if path in wrong:
                return None
            if isinstance(value, dict):
                return {key: kept(below, (*path, key)) for key, below in value.items()}
            if isinstance(value, list):
                return [kept(below, (*path, index)) for index, below in enumerate(value)]
            return value

        return replace(self, data=kept(self.data, ()) or {})

    def validated(self, adapter: TypeAdapter[T]) -> T:
        """The data as the type of `adapter`. Raises Mistakes with all that is wrong."""
        found = list(self.mistakes)
        try:
            value = adapter.validate_python(self.data)
        except ValidationError as error:
            told = {mistake.key for mistake in found}
            details = map(self._from_pydantic, error.errors(include_url=False))
            found += [mistake for mistake in details if mistake.key not in told]
        if found:
            raise Mistakes(found)
        return value

    def _from_pydantic(self, detail: ErrorDetails) -> Mistake:
        path = tuple(part for part in detail["loc"] if not _of_pydantic(part))
        code = _CODES.get(detail["type"], detail["type"])
        if code != "unknown_key" and _is_empty(detail["input"]):
            return self.mistake(path, "missing")
        context = {k: v for k, v in detail.get("ctx", {}).items() if isinstance(v, str | int)}
        if code == "one_of":  # pydantic writes 'nl' or 'en', whatever the language
            context["expected"] = ", ".join(re.findall("'([^']*)'", str(context["expected"])))
        return self.mistake(path, code, **{"found": short(detail["input"]), **context})


_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "literal_error": "one_of",
    "string_type": "words",
    "string_too_short": "words",
    "string_too_long": "too_many_words",
    "string_pattern_mismatch": "name",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "list_type": "list",
    "tuple_type": "list",
    "too_short": "list",
    "dict_type": "keys",
    "model_type": "keys",
    "model_attributes_type": "keys",
    "dataclass_type": "keys",
}


def _of_pydantic(part: int | str) -> bool:
    """Whether a part of a place is no key of the file: "[key]", or the tag of a choice."""
    return isinstance(part, str) and part.startswith("[") and part.endswith("]")


def _key(path: Path_) -> str:
    return ".".join(str(part) for part in path) or FILE


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def load(path: Path) -> Document:
    """Read one YAML file. Raises Mistakes when it can't be read at all."""
    name = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refused(name, 0, "unreadable", why=error.strerror or "") from None
    if len(raw) > MOST_BYTES:
        raise _refused(name, 0, "too_long", most=MOST_BYTES // 1000)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _refused(name, line, "not_utf8") from None
    try:
        return _document(name, text)
    except yaml.reader.ReaderError as error:  # a control character: no text
        line = text[: error.position].count("\n") + 1
        raise _refused(name, line, "not_utf8") from None


def _refused(file: str, line: int, code: str, **values: str | int) -> Mistakes:
    return Mistakes([Mistake(file, line, FILE, code, values)])


def merge(ours: Document, theirs: Document) -> Document:
    """`theirs` over `ours`, key by key: mappings grow together, everything else is replaced.

    A value left empty in `theirs` changes nothing.
    """
    places = dict(ours.places)

    def over(old: Any, new: Any, path: Path_) -> Any:
        if new is None and old is not None:
            return old
        if isinstance(old, dict) and isinstance(new, dict):
            return old | {
                key: over(old.get(key), value, (*path, key)) for key, value in new.items()
            }
        for stale in [known for known in places if known[: len(path)] == path]:
            del places[stale]
        places.update({p: place for p, place in theirs.places.items() if p[: len(path)] == path})
        return new

    merged = over(ours.data, theirs.data, ())
    return Document(merged, places, ours.mistakes + theirs.mistakes)


# libyaml's parser where PyYAML was built with it: ten times faster on our prompts
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
_TAGS = re.compile("tag:yaml.org,2002:(str|null|bool|int|float|timestamp|map|seq|merge|value)")


def _document(name: str, text: str) -> Document:
    """What a text says. Raises Mistakes when some of it can't be read."""

    def parse(text: str) -> tuple[Iterator[int], yaml.Node | None]:
        return _aliases(name, text), yaml.compose(text, Loader=_Loader)

    read, slips = read_mended(text, parse)
    if read is None:
        raise Mistakes([_told(name, slip) for slip in slips])
    aliases, node = read
    reader = _Reader(name, aliases, {slip.line: slip for slip in slips})
    data = None if node is None else reader.value(node, ())
    tabs = [_told(name, slip) for slip in slips if slip.code == "tab"]
    return Document({} if data is None else data, reader.places, (*tabs, *reader.mistakes))


def _told(file: str, slip: Slip) -> Mistake:
    value = {"why" if slip.code == "not_yaml" else "found": short(slip.found)}
    return Mistake(file, slip.line, FILE, slip.code, value)


def _aliases(name: str, text: str) -> Iterator[int]:
    """The line of each alias, in order. Refuses deep nesting first: it crashes the composer."""
    depth, lines = 0, []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            lines.append(_line(event))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_LEVELS:
            why = text.splitlines()[_line(event) - 1]
            raise _refused(name, _line(event), "not_yaml", why=short(why))
    return iter(lines)


class _Reader:
    """Makes values of nodes, and notes where each stands and which can't be used."""

    def __init__(self, file: str, aliases: Iterator[int], slips: Mapping[int, Slip]) -> None:
        """`slips` by their line; those that are marked in the text are told with their key."""
        self.file, self.aliases, self.slips = file, aliases, slips
        self.places: dict[Path_, Place] = {(): Place(file, 1)}
        self.mistakes: list[Mistake] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path_) -> Any:
        """What a node says; None for an alias, so that no file can grow by them."""
        if id(node) in self._seen:
            self._wrong(next(self.aliases), path, "alias", "*")
            return None
        self._seen.add(id(node))
        self.places.setdefault(path, Place(self.file, _line(node)))
        if not _TAGS.fullmatch(node.tag):
            self._wrong(_line(node), path, "first_character", "!")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        slip = self.slips.get(_line(node)) if MARK in node.value else None
        if slip:
            return self._wrong(_line(node), path, slip.code, slip.found)
        return _typed(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = self._name(key_node, path)
            below = path if key is None else (*path, key)
            if key in found:
                self._wrong(_line(key_node), below, "twice", str(key))
            self.places.setdefault(below, Place(self.file, _line(key_node)))
            value = self.value(child, below)
            if key is not None:
                found.setdefault(key, value)
        return found

    def _name(self, node: yaml.Node, path: Path_) -> str | None:
        """A key, a word as typed: also 1, on and <<. None, and a mistake, when it is no word."""
        alias = id(node) in self._seen
        self.value(node, path)
        if isinstance(node, yaml.ScalarNode) and not alias:
            return None if MARK in node.value else str(node.value)
        if not alias:
            first = "[" if isinstance(node, yaml.SequenceNode) else "{"
            self._wrong(_line(node), path, "first_character", first)
        return None

    def _wrong(self, line: int, path: Path_, code: str, found: str) -> None:
        values = {"found": short(found)}
        self.mistakes.append(Mistake(self.file, line, _key(path), code, values, path))


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 0


def _typed(node: yaml.Node) -> Any:
    bare = isinstance(node, yaml.ScalarNode) and not node.style and node.tag != _STRING
    return plain(node.value) if bare else node.value
