"""YAML that people edit: no aliases, no key twice, and every value knows its file and line."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.problem import Mistake, Mistakes

Path_ = tuple[Hashable, ...]
T = TypeVar("T")

MOST_BYTES = 1_000_000  # a prompts or config file is a few dozen kB
MOST_LEVELS = 20


@dataclass(frozen=True)
class Place:
    """Where a value stands; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Document:
    """What a file says, and for each path of keys and indexes in it the place."""

    data: Any
    places: Mapping[Path_, Place]

    def mistake(self, path: Path_, code: str, **values: str | int) -> Mistake:
        """A mistake at `path`, or at the nearest place above it that the file has."""
        place = next(
            self.places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.places
        )
        key = ".".join(str(part) for part in path) or "(file)"
        return Mistake(place.file, place.line, key, code, values)

    def validated(self, adapter: TypeAdapter[T]) -> T:
        """The data as the type of `adapter`. Raises Mistakes with all that is wrong."""
        try:
            return adapter.validate_python(self.data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise Mistakes([self._from_pydantic(detail) for detail in details]) from None

    def _from_pydantic(self, detail: ErrorDetails) -> Mistake:
        path = tuple(part for part in detail["loc"] if part != "[key]")
        code = _CODES.get(detail["type"], detail["type"])
        context = {k: v for k, v in detail.get("ctx", {}).items() if isinstance(v, str | int)}
        return self.mistake(path, code, found=_short(detail["input"]), **context)


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


def _short(value: object) -> str:
    text = "(empty)" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def load(path: Path) -> Document:
    """Read one YAML file. Raises Mistakes, also for an alias or a key that stands twice."""
    name = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Mistakes(
            [Mistake(name, 0, "(file)", "unreadable", {"why": error.strerror or ""})]
        ) from None
    if len(raw) > MOST_BYTES:
        raise Mistakes([Mistake(name, 0, "(file)", "too_long", {"most": MOST_BYTES // 1000})])
    try:
        return _document(name, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Mistakes([Mistake(name, line, "(file)", "not_utf8")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Mistakes(
            [Mistake(name, line, "(file)", "not_yaml", {"why": error.problem or ""})]
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        why = str(error).splitlines()[0]
        raise Mistakes([Mistake(name, 0, "(file)", "not_yaml", {"why": why})]) from None


def merge(ours: Document, theirs: Document) -> Document:
    """`theirs` over `ours`, key by key: mappings grow together, everything else is replaced."""
    places = dict(ours.places)

    def over(old: Any, new: Any, path: Path_) -> Any:
        if isinstance(old, dict) and isinstance(new, dict):
            return old | {
                key: over(old.get(key), value, (*path, key)) for key, value in new.items()
            }
        for stale in [known for known in places if known[: len(path)] == path]:
            del places[stale]
        places.update({p: place for p, place in theirs.places.items() if p[: len(path)] == path})
        return new

    return Document(over(ours.data, theirs.data, ()), places)


# libyaml's parser where PyYAML was built with it: ten times faster on our prompts
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _document(name: str, text: str) -> Document:
    _refuse_tricks(text)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        places: dict[Path_, Place] = {(): Place(name, 1)}
        if node is None:
            return Document({}, places)
        _walk(loader, node, (), places)
        return Document(loader.construct_document(node), places)
    finally:
        loader.dispose()


def _refuse_tricks(text: str) -> None:
    """Aliases blow a small file up; deep nesting crashes libyaml's composer."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused("an alias (*) is not allowed", event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        if depth > MOST_LEVELS:
            raise _refused(f"nested more than {MOST_LEVELS} levels deep", event.start_mark)


def _walk(loader: Any, node: yaml.Node, path: Path_, places: dict[Path_, Place]) -> None:
    file = places[()].file
    places.setdefault(path, Place(file, node.start_mark.line + 1))
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(loader, child, (*path, index), places)
    elif isinstance(node, yaml.MappingNode):
        for key_node, child in node.value:
            key = loader.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _refused("a key must be a word", key_node.start_mark)
            if (*path, key) in places:
                raise _refused(f"the key {key!r} stands here twice", key_node.start_mark)
            places[(*path, key)] = Place(file, key_node.start_mark.line + 1)
            _walk(loader, child, (*path, key), places)


def _refused(why: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=why, problem_mark=mark)
