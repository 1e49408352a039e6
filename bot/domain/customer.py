"""The customer a channel serves, in its own words, and what it promises them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.problem import Problem
from bot.domain.schedule import EVERY_MONDAY, Weekly

MOST_QUESTIONS = 3
QUESTIONS = 2
MOST_ACCOUNTS = 200
LONGEST_ACCOUNT = 80  # characters
SHORTEST_ACCOUNT = 3  # letters and digits; "AB" stands in too many texts
SHOWN_OF_ACCOUNT = 20  # characters by which people find one that is too long
_AROUND = " -–•*·,;"  # what people put before or behind a name in a list
_ARTICLES = {"nl": "de|het|een|onze|ons", "en": "the|an?|our"}
_ARTICLE = re.compile(rf"({'|'.join(_ARTICLES.values())})\s+\S", re.IGNORECASE)
_LIKE_ARTICLES = {
    "nl": "['’]t|elke?|iedere?|deze|die|dit|dat|jullie|jouw|uw|mijn",
    "en": "each|every|this|that|your|my",
}
_ALONE = {"nl": "iemand|iedereen", "en": "(?:some|any|every)(?:one|body)"}
_LIKE_AN_ARTICLE = re.compile(
    rf"({'|'.join(_LIKE_ARTICLES.values())})\s+\S|({'|'.join(_ALONE.values())})\b", re.IGNORECASE
)
OPENINGS = {
    language: re.compile(f"(?:{of}|{_LIKE_ARTICLES[language]}|{_ALONE[language]})(?!\\S)")
    for language, of in _ARTICLES.items()
}
LEVELS = ("operational", "tactical", "strategic")
THEMES = ("knowledge", "wishes", "full_answer", "complaints", "satisfaction", "clarity")


def has_article(words: str) -> bool:
    """Whether words open with an article or "our": "our {customers}" would then say it twice."""
    return bool(_ARTICLE.match(words))


def spoken_in(words: str) -> str | None:
    """The language of the article, or what stands for one, that words open with; None without."""
    opening = words.casefold()
    return next((language for language, of in OPENINGS.items() if of.match(opening)), None)


def names_one(words: str) -> bool:
    """Whether words can stand for one customer in a sentence: "bewoner" needs its "de"."""
    return has_article(words) or bool(_LIKE_AN_ARTICLE.match(words))


@dataclass(frozen=True)
class CustomerWords:
    """What the people served are called in one language.

    `one` has its article ("de huurder"), `many` has none ("huurders") and is None where it is not
    known. `synonyms` are other words for them, one person each, without an article;
    `false_friends` are words that hold such a word and mean something else ("verhuurder").
    """

    one: str
    many: str | None = None
    synonyms: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()

    def called(self, one: str, many: str | None) -> CustomerWords:
        """The same people under a word of one's own; the word they had stays a word for them."""
        if _same(one, self.one):
            return replace(self, one=one)
        noun = self.one.split(" ", 1)[-1]
        return replace(self, one=one, many=many, synonyms=(noun, *self.synonyms))


def plural(one: str, known: Iterable[CustomerWords]) -> str | None:
    """The plural of `one` where somebody has that word and its plural. It can't be made up."""
    return next((words.many for words in known if words.many and _same(words.one, one)), None)


def in_own_words(
    sector: Mapping[str, CustomerWords],
    own: Mapping[str, str],
    sectors: Iterable[Mapping[str, CustomerWords]],
) -> dict[str, CustomerWords]:
    """A sector's words by language, under one's own word in the languages `own` has one for.

    It has a plural where one of all `sectors` knows it.
    """
    known = list(sectors)
    return dict(sector) | {
        language: sector[language].called(one, plural(one, [words[language] for words in known]))
        for language, one in own.items()
    }


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def accounts_in(typed: str) -> tuple[str, ...]:
    """Customers by name as people typed them, each on a line of its own; each comes once.

    Raises Problem "short_account", "long_account" or "many_accounts".
    """
    return accounts(typed.splitlines())


def accounts(written: Iterable[str]) -> tuple[str, ...]:
    """Customers by name, without what stands around a name in a list; each comes once.

    Raises Problem "short_account", "long_account" or "many_accounts".
    """
    lines = (" ".join(line.split()).strip(_AROUND) for line in written)
    names = tuple(dict.fromkeys(filter(None, lines)))
    for name in names:
        if sum(map(str.isalnum, name)) < SHORTEST_ACCOUNT:
            raise Problem("short_account", found=name, least=SHORTEST_ACCOUNT)
        if len(name) > LONGEST_ACCOUNT:
            raise Problem("long_account", found=name[:SHOWN_OF_ACCOUNT], most=LONGEST_ACCOUNT)
    if len(names) > MOST_ACCOUNTS:
        raise Problem("many_accounts", n=len(names), most=MOST_ACCOUNTS)
    return names


@dataclass(frozen=True)
class ChannelSettings:
    """How a channel wants its questions.

    `customer` is who it serves, for each language; `promise` what they are promised, in the
    languages it is known in. `language` None follows the agenda's own. `questions` is the number
    per substantive item. `theme` is the trait of the period, one of THEMES; `level` where the
    channel stands, one of LEVELS. With `procedural`, items such as the opening get questions too.
    `sector` is the one the customer's words were taken from; `accounts` are customers by name.
    `digest` is when the channel gets its week, None for never; with `talk` it is counted how often
    messages name the customer, with `outside` its figures count in those of several channels.
    """

    language: str | None
    customer: Mapping[str, CustomerWords]
    promise: Mapping[str, str] = field(default_factory=dict)
    questions: int = QUESTIONS
    theme: str | None = None
    level: str | None = None
    procedural: bool = False
    sector: str | None = None
    accounts: tuple[str, ...] = ()
    digest: Weekly | None = EVERY_MONDAY
    talk: bool = False
    outside: bool = False
