"""One or many, by the form of a word: "de bewoner" or "de bewoners". In doubt it is one."""

from __future__ import annotations

import re

# Behind these a noun may be one or many; behind "het", "een" or "elke" it is one.
_DUTCH = ("de", "onze", "jullie", "jouw", "uw", "mijn", "deze", "die")
_ENGLISH = ("the", "our", "your", "my")
# Behind these it is many.
_SEVERAL = re.compile(
    r"(?:alle|al|beide|vele?|veel|enkele|sommige|meerdere|verschillende"
    r"|all|both|many|most|few|several|some|these|those)\s"
)
# What follows these says more about the noun before them.
_FURTHER = re.compile(
    r"\s+(?:van|in|met|uit|voor|op|aan|bij|die|dat|zonder|om|tot|tussen|onder|en|of|wie|wiens"
    r"|from|with|for|at|on|who|that|whose|and|or|to|without|near)\s|[,(/]"
)
# Dutch has its plural in -s behind an ending without stress: bewoners, families, adviseurs.
_DUTCH_MANY = re.compile(
    r"(?:en|'s|lui|ici|alumni|kids|jongens"
    r"|(?:e[rlm]|aar|eur|air|o?or|erd|ant|ent|ie|je|ee|te|de|me|ge|che|am|an|on|ub|ip|f)s)$"
)
_DUTCH_ONE = re.compile(
    r"(?:jongen|christen|heiden|deken|keten|haven|wagen"
    r"|pers|koers|vers|beurs|jaars|chinees|wees|fries|[dgk]ans|trans)$"
)
_ENGLISH_MANY = re.compile(
    r"(?:[^aisu]s|people|men|children|alumni"
    r"|staff|personnel|police|clergy|elderly|young|homeless|unemployed|disabled)$"
)
_ENGLISH_ONE = re.compile(
    r"(?:lens|series|species|news|chaos|specimen|regimen|abdomen|works|headquarters)$"
)


def is_many(words: str) -> bool:
    """Whether words with their article, or what stands for one, are about more than one."""
    plain = words.casefold().replace("’", "'").strip()
    if _SEVERAL.match(plain):
        return True
    article, _, rest = plain.partition(" ")
    noun = _noun(rest)
    if article in _DUTCH:
        return bool(_DUTCH_MANY.search(noun)) and not _DUTCH_ONE.search(noun)
    if article in _ENGLISH:
        return bool(_ENGLISH_MANY.search(noun)) and not _ENGLISH_ONE.search(noun)
    return False


def _noun(words: str) -> str:
    """The noun that leads: the last word before anything that only says more about it."""
    head = _FURTHER.split(f" {words} ")[0].split()
    lettered = [word for word in head if any(map(str.isalpha, word))]
    return lettered[-1].strip("'\"‘”.") if lettered else ""
