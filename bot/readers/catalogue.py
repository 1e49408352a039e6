"""The prompts folder, checked and read: questions, texts, customer words, words for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    create_model,
)
from pydantic_core import PydanticCustomError

from bot.domain.choice import ALSO, BEST, WELL, Fits
from bot.domain.customer import CustomerWords, has_article, names_one, plural
from bot.domain.language import LANGUAGES
from bot.domain.problem import Mistake, Mistakes
from bot.domain.question import Question
from bot.domain.topic import Topic
from bot.domain.vocabulary import TellingWords, Vocabulary
from bot.readers import mention_prompts, prompt_checks, strict_yaml
from bot.readers.mention_prompts import MentionPrompts
from bot.readers.strict_yaml import Document

Text = str | Mapping[str, str]  # a sentence, or one for each plural: {"one": …, "other": …}
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _bare(words: str) -> str:
    if has_article(words):
        raise PydanticCustomError("bare", "an article")
    return words


def one_customer(words: str) -> str:
    """Words for one customer. Raises an error for pydantic when they lack their article."""
    if not names_one(words):
        raise PydanticCustomError("article", "no article")
    return words


Bare = Annotated[Words, AfterValidator(_bare)]


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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Question(_Strict):
    wordings: Annotated[list[Words], Field(min_length=1)]
    words: list[Words] | None = None


class _Suiting(_Strict):
    well: Annotated[list[Name], Field(min_length=1)]
    also: list[Name] = []


class _Fits(_Strict):
    topics: dict[Name, _Suiting]
    themes: dict[Name, Annotated[list[Name], Field(min_length=1)]]


class _Customer(_Strict):
    customer: Annotated[Words, AfterValidator(one_customer)]
    customers: Bare | None = None
    synonyms: list[Bare] | None = None
    false_friends: list[Words] | None = None


class _Sector(_Strict):
    called: list[Words] | None = None
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
_FITS = TypeAdapter(_Fits)
_SECTOR = TypeAdapter(_Sector)
_TEXTS = TypeAdapter(dict[str, Any])
_LIKE_YAML = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)  # Notepad adds .txt
_READ = [field.name for field in fields(Vocabulary) if field.name not in ("topics", "cues")]
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
    fits = folder.fits(questions)
    (customers, sectors), vocabulary = folder.customers(), folder.vocabulary(questions)
    mentions = folder.mentions()
    if folder.mistakes or vocabulary is None or mentions is None:
        raise Mistakes(folder.mistakes)
    return Prompts(
        {
            language: tuple(
                Question(key, tuple(map(_one_line, entry["wordings"])))
                for key, entry in doc.data.items()
            )
            for language, doc in questions.items()
        },
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


def _one_line(words: str) -> str:
    return " ".join(words.split())


class _Folder:
    """Our folder with the own one over it; collects what is wrong in `mistakes`."""

    def __init__(self, own: Path | None) -> None:
        self.folders = [ours()] if own is None else [ours(), own]
        self.mistakes: list[Mistake] = []
        self.unread: set[str] = set()  # names of files that can't be read
        if own is not None:
            self._look_round(own)

    def questions(self) -> dict[str, Document]:
        documents, _ = self._languages("questions", _QUESTIONS)
        for document in documents.values():
            self.mistakes += prompt_checks.wrong_wordings(document)
        if self._all_read("questions"):
            self.mistakes += prompt_checks.unequal_keys(documents, depth=1)
        return documents

    def fits(self, questions: Mapping[str, Document]) -> Fits:
        document, valid = self._one("questions/fits.yaml", _FITS)
        if self._all_read("questions"):  # else not every key would be known
            self.mistakes += prompt_checks.wrong_fits(document, questions)
        if self.mistakes or not valid:
            return Fits({}, {})
        return _fits(document.data, next(iter(questions.values())).data)

    def texts(self) -> dict[str, Document]:
        documents, _ = self._languages("texts", _TEXTS)
        for language, document in documents.items():
            mine = strict_yaml.load(ours() / f"texts/{language}.yaml")
            wrong = list(prompt_checks.wrong_texts(document, mine))
            documents[language] = document.without(wrong)
            self.mistakes += [*wrong, *prompt_checks.wrong_letters(documents[language])]
        if self._all_read("texts"):
            self.mistakes += prompt_checks.unequal_keys(documents)
            self.mistakes += prompt_checks.unequal_placeholders(documents)
        return documents

    def customers(self) -> tuple[dict[str, dict[str, CustomerWords]], dict[str, str]]:
        """Each sector's words by language, and the sectors by what else they are called.

        A plural left out comes from a sector that has it.
        """
        customers: dict[str, dict[str, CustomerWords]] = {}
        sectors: dict[str, str] = {}
        for name in sector_names(self.folders[-1]):
            document, valid = self._one(f"customers/{name}.yaml", _SECTOR)
            self.mistakes += prompt_checks.wrong_customers(document)
            if valid:
                customers[name] = {lang: _customer_words(document, lang) for lang in LANGUAGES}
                sectors |= {word.lower(): name for word in document.data.get("called") or ()}
        known = {lang: [words[lang] for words in customers.values()] for lang in LANGUAGES}
        return {
            name: {
                lang: replace(said, many=said.many or plural(said.one, known[lang]))
                for lang, said in words.items()
            }
            for name, words in customers.items()
        }, sectors

    def mentions(self) -> MentionPrompts | None:
        words, valid = self._languages("mentions", mention_prompts.WORDS)
        weights, sound = self._one("mentions/weights.yaml", mention_prompts.WEIGHTS)
        small, whole = self._one("mentions/languages.yaml", mention_prompts.LANGUAGES)
        rates, counted = self._one("mentions/rates.yaml", mention_prompts.RATES)
        if not (valid and sound and whole and counted):
            return None
        return mention_prompts.read(
            {language: document.data for language, document in words.items()},
            weights.data,
            small.data,
            rates.data,
        )

    def vocabulary(self, questions: Mapping[str, Document]) -> Vocabulary | None:
        documents, valid = self._languages("reading", _READING)
        told, sound = self._languages("topics", _TOPICS)
        if self.mistakes or not (valid and sound):
            return None
        topics = {language: _topic_words(doc.data) for language, doc in told.items()}
        cues = {lang: _cues(doc.data, topics[lang].plain) for lang, doc in questions.items()}
        return _both_languages(documents, {"topics": topics, "cues": cues})

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
                documents.append(strict_yaml.load(path))
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


def _fits(data: Mapping[str, Any], questions: Mapping[str, Any]) -> Fits:
    """Fits by topic; an organisation's own question that no topic names suits them all."""
    named = {
        topic: {
            **dict.fromkeys(suiting["well"], WELL),
            suiting["well"][0]: BEST,
            **dict.fromkeys(suiting.get("also") or (), ALSO),
        }
        for topic, suiting in data["topics"].items()
    }
    listed = {key for suiting in named.values() for key in suiting}
    own = dict.fromkeys((key for key in questions if key not in listed), ALSO)
    themes = {theme: frozenset(keys) for theme, keys in data["themes"].items()}
    return Fits({topic: {**suiting, **own} for topic, suiting in named.items()}, themes)


def _customer_words(document: Document, language: str) -> CustomerWords:
    words = document.data[language]
    return CustomerWords(
        _one_line(words["customer"]),
        _one_line(words["customers"]) if _has_its_plural(document, language) else None,
        tuple(map(_one_line, words.get("synonyms") or [])),
        tuple(map(_one_line, words.get("false_friends") or [])),
    )


def _has_its_plural(document: Document, language: str) -> bool:
    """Whether `customers` is of `customer`, and not of one in our file that has been replaced."""
    words, places = document.data[language], document.places
    if not words.get("customers"):
        return False
    file = places[language, "customers"].file
    if file == places[language, "customer"].file:
        return True
    beside = strict_yaml.load(Path(file)).data[language].get("customer")
    return beside in (None, words["customer"])


def _topic_words(data: Mapping[str, Any]) -> TellingWords:
    return TellingWords(
        telling={topic: tuple(data[topic]["words"]) for topic in _TOLD},
        general={topic: tuple(data[topic]["general"]) for topic in _TOLD},
        plain=tuple(data["plain_words"]),
    )


def _cues(questions: Mapping[str, Any], plain: tuple[str, ...]) -> TellingWords:
    asking = {key: tuple(entry.get("words") or ()) for key, entry in questions.items()}
    return TellingWords(telling=asking, general={}, plain=plain)


def _both_languages(
    documents: Mapping[str, Document], telling: Mapping[str, Mapping[str, TellingWords]]
) -> Vocabulary:
    """One vocabulary: an agenda may mix languages; what tells them apart keeps them apart."""
    merged: dict[str, Any] = {**telling}
    for name in _READ:
        parts = [documents[language].data[name] for language in LANGUAGES]
        if name == "common_words":
            merged[name] = dict(zip(LANGUAGES, map(tuple, parts), strict=True))
        elif name in _NUMBERS:
            merged[name] = {word: number for part in parts for word, number in part.items()}
        else:
            merged[name] = tuple(dict.fromkeys(word for part in parts for word in part))
    return Vocabulary(**merged)
