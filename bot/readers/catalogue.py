"""The prompts folder, checked and read: questions, texts, customer words, words for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, create_model

from bot.domain.problem import Mistake, Mistakes
from bot.domain.question import Question
from bot.domain.topic import Topic
from bot.domain.vocabulary import TopicWords, Vocabulary
from bot.readers import prompt_checks, strict_yaml
from bot.readers.strict_yaml import Document

LANGUAGES = ("nl", "en")

Text = str | Mapping[str, str]  # a sentence, or one for each plural: {"one": …, "other": …}
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


@dataclass(frozen=True)
class Prompts:
    """Everything the bot says and knows; the outer key is the language, in `customers` the sector.

    `texts` has dotted keys: "problems.empty_file".
    """

    questions: Mapping[str, tuple[Question, ...]]
    texts: Mapping[str, Mapping[str, Text]]
    customers: Mapping[str, Mapping[str, str]]
    vocabulary: Vocabulary


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Question(_Strict):
    wordings: Annotated[list[Words], Field(min_length=1)]


class _Customer(_Strict):
    customer: Words


class _Sector(_Strict):
    nl: _Customer
    en: _Customer


class _TopicWords(_Strict):
    words: Annotated[list[Words], Field(min_length=1)]
    general: list[Words]


# the fields of Vocabulary that map words to numbers, with the lowest and the highest
_NUMBERS = {"months": (1, 12), "durations": (1, 1440), "half_days": (0, 12)}


def _words_type(field: str) -> Any:
    if field not in _NUMBERS:
        return list[Words]
    lowest, highest = _NUMBERS[field]
    return dict[Words, Annotated[int, Field(ge=lowest, le=highest)]]


_QUESTIONS = TypeAdapter(dict[Name, _Question])
_SECTOR = TypeAdapter(_Sector)
_TEXTS = TypeAdapter(dict[str, Any])
_LIKE_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # Notepad adds .txt
_READ = [field.name for field in fields(Vocabulary) if field.name != "topics"]
_READING = TypeAdapter(
    create_model("_Reading", __base__=_Strict, **{name: _words_type(name) for name in _READ})
)
_TOLD = [str(topic) for topic in Topic if topic is not Topic.OTHER]  # needs no words
_TOPIC_FIELDS: dict[str, Any] = dict.fromkeys(_TOLD, _TopicWords) | {"plain_words": list[Words]}
_TOPICS = TypeAdapter(create_model("_Topics", __base__=_Strict, **_TOPIC_FIELDS))


def ours() -> Path:
    """The folder with the prompts that come with klantvraag."""
    return Path(str(resources.files("prompts")))


def sector_names(own: Path | None = None) -> list[str]:
    """The sectors that ours and an organisation's own folder have words for."""
    folders = [ours()] if own is None else [ours(), own]
    return sorted({path.stem for folder in folders for path in folder.glob("customers/*.yaml")})


def read_prompts(own: Path | None = None) -> Prompts:
    """Read our prompts, with an organisation's own folder over them.

    Raises Mistakes with all that is wrong in any file.
    """
    folder = _Folder(own)
    questions, texts = folder.questions(), folder.texts()
    customers, vocabulary = folder.customers(), folder.vocabulary()
    if folder.mistakes or vocabulary is None:
        raise Mistakes(folder.mistakes)
    return Prompts(
        {
            language: tuple(
                Question(key, tuple(map(_one_line, entry["wordings"])))
                for key, entry in doc.data.items()
            )
            for language, doc in questions.items()
        },
        {
            language: {
                ".".join(map(str, path)): text for path, text in prompt_checks.leaves(doc.data)
            }
            for language, doc in texts.items()
        },
        customers,
        vocabulary,
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())


class _Folder:
    """Our folder with the own one over it; collects what is wrong in `mistakes`."""

    def __init__(self, own: Path | None) -> None:
        self.folders = [ours()] if own is None else [ours(), own]
        self.mistakes: list[Mistake] = []
        if own is not None:
            self._look_round(own)

    def questions(self) -> dict[str, Document]:
        documents, valid = self._languages("questions", _QUESTIONS)
        if valid:
            for document in documents.values():
                self.mistakes += prompt_checks.wrong_wordings(document)
            self.mistakes += prompt_checks.unequal_keys(documents, depth=1)
        return documents

    def texts(self) -> dict[str, Document]:
        documents, valid = self._languages("texts", _TEXTS)
        if not valid:
            return documents
        wrong: list[Mistake] = []
        for language, document in documents.items():
            mine = strict_yaml.load(ours() / f"texts/{language}.yaml")
            wrong += prompt_checks.wrong_texts(document, mine)
        wrong = wrong or [
            *(m for document in documents.values() for m in prompt_checks.wrong_letters(document)),
            *prompt_checks.unequal_keys(documents),
            *prompt_checks.unequal_placeholders(documents),
        ]
        self.mistakes += wrong
        return documents

    def customers(self) -> dict[str, dict[str, str]]:
        customers = {}
        for name in sector_names(self.folders[-1]):
            document, valid = self._one(f"customers/{name}.yaml", _SECTOR)
            if valid:
                words = {lang: document.data[lang]["customer"] for lang in LANGUAGES}
                customers[name] = {lang: _one_line(said) for lang, said in words.items()}
        return customers

    def vocabulary(self) -> Vocabulary | None:
        documents, valid = self._languages("reading", _READING)
        told, sound = self._languages("topics", _TOPICS)
        if not (valid and sound):
            return None
        topics = {language: _topic_words(doc.data) for language, doc in told.items()}
        return _both_languages(documents, topics)

    def _languages(
        self, subject: str, adapter: TypeAdapter[Any]
    ) -> tuple[dict[str, Document], bool]:
        documents, valid = {}, True
        for language in LANGUAGES:
            documents[language], sound = self._one(f"{subject}/{language}.yaml", adapter)
            valid &= sound
        return documents, valid

    def _one(self, name: str, adapter: TypeAdapter[Any]) -> tuple[Document, bool]:
        """The merged file, and whether all in it is of the right type."""
        documents = []
        try:
            documents = [strict_yaml.load(f / name) for f in self.folders if (f / name).exists()]
            document = documents[0] if len(documents) == 1 else strict_yaml.merge(*documents)
            document.validated(adapter)
        except Mistakes as error:
            self.mistakes += error.mistakes
            return (documents or [Document({}, {(): strict_yaml.Place(name, 0)})])[0], False
        return document, True

    def _look_round(self, own: Path) -> None:
        """A folder or file with a mistyped name would be passed over without a word."""
        if not own.is_dir():
            self.mistakes.append(
                Mistake(str(own), 0, "prompts_dir", "no_folder", {"found": str(own)})
            )
        known = {path.relative_to(ours()) for path in ours().glob("*/*.yaml")}
        for path in sorted(own.rglob("*")):
            relative = path.relative_to(own)
            sector = relative.parent == Path("customers") and path.suffix == ".yaml"
            if _LIKE_YAML.search(path.name) and relative not in known and not sector:
                self.mistakes.append(Mistake(str(path), 0, strict_yaml.FILE, "unknown_file"))


def _topic_words(data: Mapping[str, Any]) -> TopicWords:
    return TopicWords(
        telling={topic: tuple(data[topic]["words"]) for topic in _TOLD},
        general={topic: tuple(data[topic]["general"]) for topic in _TOLD},
        plain=tuple(data["plain_words"]),
    )


def _both_languages(
    documents: Mapping[str, Document], topics: Mapping[str, TopicWords]
) -> Vocabulary:
    """One vocabulary: an agenda may mix languages; what tells them apart keeps them apart."""
    merged: dict[str, Any] = {"topics": topics}
    for name in _READ:
        parts = [documents[language].data[name] for language in LANGUAGES]
        if name == "common_words":
            merged[name] = dict(zip(LANGUAGES, map(tuple, parts), strict=True))
        elif name in _NUMBERS:
            merged[name] = {word: number for part in parts for word, number in part.items()}
        else:
            merged[name] = tuple(dict.fromkeys(word for part in parts for word in part))
    return Vocabulary(**merged)
