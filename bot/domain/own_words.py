"""To know again in a text what we said ourselves, whatever filled its gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from bot.domain.customer import OPENINGS
from bot.domain.mention_text import plain

_GAP = re.compile(r"\{(\w+)\}")
_LEAD = (
    r"[\W\d_]*?(?:(?:(?:[Kk]lant)?[Vv]ra(?:ag|gen)|(?:[Cc]ustomer )?[Qq]uestions?)"
    r"[ \d]*:[\W_]*?)?"
)
_OPENING = re.compile(rf"{_LEAD}[\W\d_]*([^\W\d_]\w*)(?:\W+(\w+))?")
_BEHIND = (
    r"(?:_|[^\w\n(|\t])*+(?:\s*+\([^()]{1,300}\)[^\w\n|\t]*+)?"  # why we asked that
    r"(?:[^\S\t]*+[|\t]|[^\w\n]*+(?=\Z|\n|[A-ZÀ-Þ0-9]))"
)
_SPACE = r"[\s>|]+"  # in a narrow window one line becomes two, in a quotation as well
_NOUN = r"(?!(?:als|dat|die|if|that|when|which|who|whose)\b)[^\s,.?!:;]+"
_ANY = r"[^\n]{1,200}?"
_GAPS = {
    "customers": rf"{_NOUN}(?:\s+{_NOUN}){{0,3}}?",
    "n": r"\d[\d.,]*",
    "promise": r"(?s:.{1,200}?)",
}


_Opening = tuple[str, ...]  # one or two words, in small letters


class OwnWords:
    """The sentences we say in one language.

    `said` are their templates, such as "Is {customer} in?"; a customer is any noun with its
    article, or the one of who is meeting.
    """

    def __init__(self, said: Iterable[str], language: str, customer: str) -> None:
        noun = rf"{OPENINGS[language].pattern}(?:\s+{_NOUN}){{0,6}}?"
        self._gaps = _GAPS | {"customer": rf"(?:{_spaced(customer)}|{noun})"}
        self._templates: dict[_Opening, list[str]] = defaultdict(list)
        self._patterns: dict[_Opening, list[re.Pattern[str]]] = {}
        for template in said:
            for opening in _openings(template.partition("{")[0], 0)[:1]:
                self._templates[opening].append(template)

    def end(self, text: str, start: int) -> int:
        """Where a sentence of ours ends that opens at this place; 0 where none does."""
        patterns = (it for words in _openings(text, start) for it in self._opening_with(words))
        return max((found.end() for it in patterns if (found := it.match(text, start))), default=0)

    def _opening_with(self, words: _Opening) -> list[re.Pattern[str]]:
        """Made when they are first needed: there are many, and most texts have none of ours."""
        if words not in self._patterns and words in self._templates:
            self._patterns[words] = [*map(self._pattern, self._templates[words])]
        return self._patterns.get(words, [])

    def _pattern(self, template: str) -> re.Pattern[str]:
        first, *rest = _GAP.split(template)
        pieces = [f"[{first[0].lower()}{first[0]}]" if first[0].isupper() else re.escape(first[0])]
        pieces.append(_spaced(first[1:]))
        for gap, fixed in zip(rest[::2], rest[1::2], strict=True):
            pieces += [self._gaps.get(gap, _ANY), _spaced(fixed)]
        return re.compile("".join([_LEAD, *pieces, _BEHIND]))


def _spaced(words: str) -> str:
    """Words of ours, of which as much can be read as in the text: no "/klantvraag"."""
    return _SPACE.join(map(re.escape, re.split(r"\s+", plain(words).text)))


def _openings(text: str, start: int) -> list[_Opening]:
    """The two words a text opens with, where it has two, and the first."""
    found = _OPENING.match(text, start)
    words = tuple(word.lower() for word in found.groups() if word) if found else ()
    return [words[:length] for length in range(len(words), 0, -1)]
