"""The prompts folder, checked and read: questions, texts, customer words, words for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.domain.choice import Fits
from bot.domain.customer import CustomerWords
from bot.domain.language import LANGUAGES
from bot.domain.problem import Mistake, Mistakes
from bot.domain.question import Question
from bot.domain.vocabulary import Vocabulary
from bot.readers import (
    customer_prompts,
    mention_prompts,
    prompt_checks,
    question_prompts,
    strict_yaml,
    vocabulary_prompts,
)
from bot.readers.mention_prompts import MentionPrompts
from bot.readers.strict_yaml import Document

Text = str | Mapping[str, str]  # a sentence, or one for each plural: {"one": …, "other": …}

_TEXTS = TypeAdapter(dict[str, Any])
_LIKE_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # Notepad adds .txt


@dataclass(frozen=True)
class Prompts:
    """Everything the bot says and knows; the outer key is the language, in `customers` the sector.

    `texts` has dotted keys: "problems.empty_file". `sectors` says by which other words people mean
    a sector.
    """

    questions: Mapping[str, tuple[Question, ...]]
    fits: Fits
    texts: Mapping[str, Mapping[str, Text]]
    customers: Mapping[str, Mapping[str, CustomerWords]]
    sectors: Mapping[str, str]
    vocabulary: Vocabulary
    mentions: MentionPrompts


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
    return _read(own) if own else _read_ours()


@cache
def _read_ours() -> Prompts:
    return _read(None)  # once, however often it is asked: they come with us and do not change


def _read(own: Path | None) -> Prompts:
    folder = _Folder(own)
    questions, texts = folder.questions(), folder.texts()
    fits = folder.fits(questions)
    (customers, sectors), vocabulary = folder.customers(), folder.vocabulary(questions)
    mentions = folder.mentions()
    if folder.mistakes or vocabulary is None or mentions is None:
        raise Mistakes(folder.mistakes)
    return Prompts(
        {language: question_prompts.questions(doc.data) for language, doc in questions.items()},
        fits,
        {
            language: {
                ".".join(map(str, path)): text for path, text in prompt_checks.leaves(doc.data)
            }
            for language, doc in texts.items()
        },
        customers,
        sectors,
        vocabulary,
        mentions,
    )


class _Folder:
    """Our folder with the own one over it; collects what is wrong in `mistakes`."""

    def __init__(self, own: Path | None) -> None:
        self.folders = [ours()] if own is None else [ours(), own]
        self.mistakes: list[Mistake] = []
        self.unread: set[str] = set()  # names of files that can't be read
        self._load = cache(strict_yaml.load)
        if own is not None:
            self._look_round(own)

    def questions(self) -> dict[str, Document]:
        documents, _ = self._languages("questions", question_prompts.QUESTIONS)
        for document in documents.values():
            self.mistakes += prompt_checks.wrong_wordings(document)
        if self._all_read("questions"):
            self.mistakes += prompt_checks.unequal_keys(documents, depth=1)
        return documents

    def fits(self, questions: Mapping[str, Document]) -> Fits:
        document, valid = self._one("questions/fits.yaml", question_prompts.FITS)
        if self._all_read("questions"):  # else not every key would be known
            self.mistakes += prompt_checks.wrong_fits(document, questions)
        if self.mistakes or not valid:
            return Fits({}, {})
        return question_prompts.fits(document.data, next(iter(questions.values())).data)

    def texts(self) -> dict[str, Document]:
        documents, _ = self._languages("texts", _TEXTS)
        for language, document in documents.items():
            mine = self._load(ours() / f"texts/{language}.yaml")
            wrong = list(prompt_checks.wrong_texts(document, mine))
            documents[language] = document.without(wrong)
            self.mistakes += [*wrong, *prompt_checks.wrong_letters(documents[language])]
        if self._all_read("texts"):
            self.mistakes += prompt_checks.unequal_keys(documents)
            self.mistakes += prompt_checks.unequal_placeholders(documents)
        return documents

    def customers(self) -> tuple[dict[str, dict[str, CustomerWords]], dict[str, str]]:
        """Each sector's words by language, and the sectors by what else they are called."""
        customers: dict[str, dict[str, CustomerWords]] = {}
        sectors: dict[str, str] = {}
        for name in sector_names(self.folders[-1]):
            document, valid = self._one(f"customers/{name}.yaml", customer_prompts.SECTOR)
            self.mistakes += prompt_checks.wrong_customers(document)
            if valid:
                customers[name] = customer_prompts.customer_words(document)
                sectors |= {word.lower(): name for word in document.data.get("called") or ()}
        return customer_prompts.with_plurals(customers), sectors

    def mentions(self) -> MentionPrompts | None:
        words, valid = self._languages("mentions", mention_prompts.WORDS)
        for document in words.values():
            self.mistakes += mention_prompts.wrong_words(document)
        weights, sound = self._one("mentions/weights.yaml", mention_prompts.WEIGHTS)
        small, whole = self._one("mentions/languages.yaml", mention_prompts.LANGUAGES)
        rates, counted = self._one("mentions/rates.yaml", mention_prompts.RATES)
        if not (valid and sound and whole and counted):
            return None
        return mention_prompts.read(
            _data(words),
            weights.data,
            small.data,
            rates.data,
        )

    def vocabulary(self, questions: Mapping[str, Document]) -> Vocabulary | None:
        reading, valid = self._languages("reading", vocabulary_prompts.READING)
        topics, sound = self._languages("topics", vocabulary_prompts.TOPICS)
        if self.mistakes or not (valid and sound):
            return None
        return vocabulary_prompts.vocabulary(*map(_data, (reading, topics, questions)))

    def _languages(
        self, subject: str, adapter: TypeAdapter[Any]
    ) -> tuple[dict[str, Document], bool]:
        documents, valid = {}, True
        for language in LANGUAGES:
            documents[language], sound = self._one(f"{subject}/{language}.yaml", adapter)
            valid &= sound
        return documents, valid

    def _one(self, name: str, adapter: TypeAdapter[Any]) -> tuple[Document, bool]:
        """The merged file, with None for what is of a wrong type, and whether all was right."""
        documents, sound = [], True
        for path in (folder / name for folder in self.folders if (folder / name).exists()):
            try:
                documents.append(self._load(path))
            except Mistakes as error:
                self.mistakes += error.mistakes
                self.unread.add(name)
        if not documents:
            return Document({}, {(): strict_yaml.Place(name, 0)}), False
        document = documents[0] if len(documents) == 1 else strict_yaml.merge(*documents)
        try:
            document.validated(adapter)
        except Mistakes as error:
            self.mistakes += error.mistakes
            document, sound = document.without(error.mistakes), False
            if not document.data:
                self.unread.add(name)
        return document, sound and name not in self.unread

    def _all_read(self, subject: str) -> bool:
        return self.unread.isdisjoint(f"{subject}/{language}.yaml" for language in LANGUAGES)

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


def _data(documents: Mapping[str, Document]) -> dict[str, Any]:
    return {language: document.data for language, document in documents.items()}
