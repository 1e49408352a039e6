"""What must hold within and between prompts files, beyond each value's type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from bot.domain.problem import Mistake
from bot.readers.strict_yaml import Document, Path_

QUESTION_PLACEHOLDERS = {"customer", "promise"}
PLURAL = {"one", "other"}


def placeholders(template: str) -> set[str]:
    """The names in a template's braces. Raises ValueError for anything but a plain {name}."""
    names = set()
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}}")
        names.add(name)
    return names


def leaves(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every text below `data` with its path; a plural (one, other) is one text."""
    if isinstance(data, Mapping) and data.keys() != PLURAL:
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def wrong_texts(document: Document, known: set[Path_]) -> Iterator[Mistake]:
    """Texts that are no words, hold braces that can't be filled, or that nobody asks for."""
    for path, text in leaves(document.data):
        forms = [text] if not isinstance(text, Mapping) else list(text.values())
        if path not in known:
            yield document.mistake(path, "unknown_key")
        elif not all(isinstance(form, str) and form.strip() for form in forms):
            yield document.mistake(path, "words", found=str(text)[:40])
        else:
            yield from _wrong_braces(document, path, forms)


def wrong_wordings(document: Document) -> Iterator[Mistake]:
    """Wordings that can't be filled, and questions that can't be asked without a promise."""
    for key, entry in document.data.items():
        path = (key, "wordings")
        for index, wording in enumerate(entry["wordings"]):
            yield from _wrong_braces(document, (*path, index), [wording], QUESTION_PLACEHOLDERS)
        if all("{promise}" in wording for wording in entry["wordings"]):
            yield document.mistake(path, "needs_wording_without_promise")


def _wrong_braces(
    document: Document, path: Path_, forms: list[str], allowed: set[str] | None = None
) -> Iterator[Mistake]:
    for form in forms:
        try:
            names = placeholders(form)
        except ValueError as error:
            yield document.mistake(path, "braces", found=str(error))
            continue
        for name in sorted(names - allowed) if allowed is not None else ():
            yield document.mistake(path, "placeholder", found=f"{{{name}}}")


def unequal_keys(documents: Mapping[str, Document], depth: int | None = None) -> Iterator[Mistake]:
    """Keys that one language has and another has not; `depth` 1 looks at the top level only."""
    keys = {
        language: dict.fromkeys(path[:depth] for path, _ in leaves(document.data))
        for language, document in documents.items()
    }
    for language, document in documents.items():
        for other in documents:
            for path in keys[language]:
                if path not in keys[other]:
                    yield document.mistake(path, "missing_in", language=other)


def unequal_placeholders(documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """Texts that hold other placeholders in one language than in the other."""
    names = {
        language: {path: _names(text) for path, text in leaves(document.data)}
        for language, document in documents.items()
    }
    first, *others = names
    for other in others:
        for path in names[first].keys() & names[other].keys():
            difference = names[first][path] ^ names[other][path]
            if difference:
                found = ", ".join(sorted(f"{{{name}}}" for name in difference))
                yield documents[other].mistake(path, "unequal_placeholders", found=found)


def _names(text: str | Mapping[str, str]) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    return set().union(*(placeholders(form) for form in forms))
