"""What must hold within and between prompts files, beyond each value's type.

A value of a wrong type is None here: it was told, and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from bot.domain.customer import MOST_QUESTIONS, THEMES
from bot.domain.language import LANGUAGES
from bot.domain.problem import Mistake
from bot.domain.topic import TOPICS
from bot.readers.strict_yaml import Document, Path_
from bot.readers.yaml_values import short

QUESTION_PLACEHOLDERS = {"customer", "customers", "promise"}
NOT_ALWAYS_KNOWN = {"{customers}", "{promise}"}
PLURAL = {"one", "other"}

# of the texts in `talk`: how many words that must differ by their first letter, and what is typed
# in a meeting in place of an answer
_LETTERS = {
    "certainty_words": 3,
    "yes_no_words": 2,
    "closed_words": 2,
    "move_words": 2,
    "delete_letter": 1,
}
_COMMANDS = (
    "quit_words",
    "not_applicable_words",
    "close_words",
    "help_words",
    "note_words",
    "back_words",
    "other_words",
    "skip_words",
    "add_words",
    "rename_words",
    "place_words",
)


def placeholders(template: str) -> set[str]:
    """The names in a template's braces. Raises ValueError for anything but a plain {name}.

    The error holds what stands in the template: "{name!r}", or a brace on its own.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError("}" if str(error).startswith("Single '}'") else "{") from None
    names = set()
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(_braces(name, spec, conversion))
        names.add(name)
    return names


def _braces(name: str, spec: str | None, conversion: str | None) -> str:
    return f"{{{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}}}"


def leaves(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every text below `data` with its path; a plural (one, other) is one text."""
    if isinstance(data, Mapping) and data.keys() != PLURAL:
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def wrong_texts(document: Document, ours: Document) -> Iterator[Mistake]:
    """Texts that `ours` has not, that are no words or that hold braces nobody fills."""
    known = dict(leaves(ours.data))
    for path, text in leaves(document.data):
        forms = [text] if not isinstance(text, Mapping) else list(text.values())
        if path not in known:
            yield _unknown(document, path, known)
        elif text is None:
            continue
        elif any(isinstance(form, str) and not form.strip() for form in forms):
            yield document.mistake(path, "missing")
        elif not all(isinstance(form, str) for form in forms):
            yield document.mistake(path, "words", found=short(text))
        elif len(forms) > 1 and not isinstance(known[path], Mapping):
            yield document.mistake(path, "words", found="one: …, other: …")
        else:
            yield from _wrong_braces(document, path, forms, _names(known[path]))


def _unknown(document: Document, path: Path_, known: Mapping[Path_, Any]) -> Mistake:
    """A key that we have not, or keys below a text of ours, where words are expected."""
    if path[:-1] in known:
        return document.mistake(path[:-1], "words", found=f"{path[-1]}: …")
    return document.mistake(path, "unknown_key")


def wrong_letters(document: Document) -> Iterator[Mistake]:
    """Letters typed in a conversation that would mean two things, or none."""
    talk = {key: said for key, said in (document.data.get("talk") or {}).items() if said}
    for key, count in _LETTERS.items():
        if key not in talk:
            continue
        letters = [word[0] for word in talk[key].split()]
        if len(set(letters)) != count or len(letters) != count:
            yield document.mistake(("talk", key), "letters", found=talk[key], count=count)
    taken: set[str] = set()
    for key in _COMMANDS:
        words = set(talk.get(key, "").split())
        for twice in sorted(words & taken):
            yield document.mistake(("talk", key), "twice", found=twice)
        taken |= words


def wrong_wordings(document: Document) -> Iterator[Mistake]:
    """Wordings that can't be filled, and questions without one that can always be filled."""
    for key, entry in document.data.items():
        path = (key, "wordings")
        wordings = (entry or {}).get("wordings") or []
        for index, wording in enumerate(wordings):
            forms = [wording] if wording else []
            yield from _wrong_braces(document, (*path, index), forms, QUESTION_PLACEHOLDERS)
        special = [wording and any(n in wording for n in NOT_ALWAYS_KNOWN) for wording in wordings]
        if special and all(special):
            yield document.mistake(path, "needs_plain_wording")


def wrong_customers(document: Document) -> Iterator[Mistake]:
    """Words that stand twice in a file, or as a word for the customer and as a false friend."""
    for language in LANGUAGES:
        seen: set[tuple[str, str]] = set()
        for path, word in leaves(_lists(document.data.get(language)), (language,)):
            said = document.places[path].file, word.casefold()
            if said in seen:
                yield document.mistake(path, "twice", found=word)
            seen.add(said)


def _lists(words: Mapping[str, Any] | None) -> dict[str, dict[int, str]]:
    """A sector's lists of words, each word by its index."""
    lists = {key: (words or {}).get(key) or [] for key in ("synonyms", "false_friends")}
    return {
        key: {index: word for index, word in enumerate(found) if word}
        for key, found in lists.items()
    }


def wrong_fits(document: Document, questions: Mapping[str, Document]) -> Iterator[Mistake]:
    """Themes that are not there or too many, questions nobody has, topics with too few."""
    known = set.intersection(*(set(each.data) for each in questions.values()))
    for name, wanted in (("topics", TOPICS), ("themes", THEMES)):
        yield from _wrong_names(document, name, wanted)
    for path, keys in leaves(document.data):
        for unknown in (key for key in keys or () if key and key not in known):
            yield document.mistake(path, "one_of", found=unknown, expected=", ".join(sorted(known)))
    for topic, suiting in (document.data.get("topics") or {}).items():
        lists = [(suiting or {}).get(name) for name in ("well", "also")]
        keys = [key for each in lists for key in each or ()]
        if topic not in TOPICS or lists[0] is None or None in keys:
            continue
        for twice in sorted({key for key in keys if keys.count(key) > 1}):
            yield document.mistake(_changed(document, topic), "twice", found=twice)
        if len(set(keys)) < MOST_QUESTIONS:
            path = _changed(document, topic)
            yield document.mistake(path, "too_few_questions", n=MOST_QUESTIONS)


def _changed(document: Document, topic: str) -> Path_:
    """Which list of a topic an organisation's own file gives; ours is right."""
    ours = document.places["topics",].file
    paths: list[Path_] = [("topics", topic, name) for name in ("well", "also")]
    own = (path for path in paths if path in document.places and document.places[path].file != ours)
    return next(own, paths[0])


def _wrong_names(document: Document, name: str, wanted: tuple[str, ...]) -> Iterator[Mistake]:
    found = document.data.get(name)
    if found is None:
        return
    for key in found:
        if key not in wanted:
            yield document.mistake((name, key), "unknown_key")
    for key in wanted:
        if key not in found:
            yield document.mistake((name, key), "missing")


def _wrong_braces(
    document: Document, path: Path_, forms: list[str], allowed: set[str]
) -> Iterator[Mistake]:
    for form in forms:
        try:
            names = placeholders(form)
        except ValueError as error:
            yield document.mistake(path, "braces", found=str(error))
            continue
        for name in sorted(names - allowed):
            yield document.mistake(path, "placeholder", found=f"{{{name}}}")


def unequal_keys(documents: Mapping[str, Document], depth: int | None = None) -> Iterator[Mistake]:
    """Keys that one language has and another has not; `depth` 1 looks at the top level only."""
    keys: dict[str, dict[Path_, bool]] = {
        language: {path[:depth]: text is None and path == path[:depth] for path, text in each}
        for language, each in ((name, leaves(doc.data)) for name, doc in documents.items())
    }  # with whether it was told
    for language, document in documents.items():
        for other in documents:
            for path, told in keys[language].items():
                above = (keys[other].get(path[:n]) for n in range(1, len(path) + 1))
                if not told and path not in keys[other] and not any(above):
                    yield document.mistake(path, "missing_in", language=other)


def unequal_placeholders(documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """Texts without a placeholder that the same text has in another language."""
    names = {
        language: {path: _names(text) for path, text in leaves(document.data) if text is not None}
        for language, document in documents.items()
    }
    for language, mine in names.items():
        for path, has in mine.items():
            wanted = set().union(*(other.get(path, has) for other in names.values()))
            if wanted - has:
                found = ", ".join(sorted(f"{{{name}}}" for name in wanted - has))
                yield documents[language].mistake(path, "unequal_placeholders", found=found)


def _names(text: str | Mapping[str, str]) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    return set().union(*(placeholders(form) for form in forms))
