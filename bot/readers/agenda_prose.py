"""Points that running text plainly announces: "We hebben het over X en daarna over Y."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_details import without_markup
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_times import alternatives
from bot.readers.agenda_words import holds_any

PLACE = "…"  # stands for the points in an announcement
MAX_SENTENCE = 600  # characters
MAX_POINT = 120

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“‘'(]?[A-ZÀ-Ý])")
_QUOTED = re.compile(r"[\"“”„‘’'«]([^\"“”„‘’'«»]{3,100})[\"“”’'»]")


def announced_points(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """A line for each point that a sentence announces, in the order of the text; [] for none."""
    points: list[Line] = []
    goes_on = False
    for sentence in _sentences(lines):
        found = _announced(sentence, vocabulary) or (goes_on and _added(sentence, vocabulary))
        goes_on = bool(found)
        points += [Line(part, text=part) for part in _split(found or "", vocabulary)]
    return list({point.body.lower(): point for point in points}.values())


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    for paragraph in _paragraphs(lines):
        for sentence in _SENTENCE_END.split(paragraph):
            if len(sentence) <= MAX_SENTENCE:
                yield sentence.strip()


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        if held and (line.gap or line.mark is not Mark.PLAIN):
            yield " ".join(held)
            held = []
        if line.mark is Mark.PLAIN:
            held.append(line.body)
    if held:
        yield " ".join(held)


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    longest_first = sorted(vocabulary.announcements, key=len, reverse=True)
    return tuple(_pattern(words, vocabulary) for words in longest_first)


def _pattern(announcement: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    """The announcement with room for the points, and for days or small words in between."""
    before, _, after = announcement.partition(PLACE)
    days = rf"(?:\s+(?:{alternatives((*vocabulary.weekdays, *vocabulary.filler_words))})){{0,2}}\s+"
    words = days.join(map(re.escape, before.split()))
    head = rf"(?<!\w){words}(?!\w)\s*" if words else r"^"
    tail = rf"\s(?={re.escape(after.strip())}(?!\w))" if after.strip() else r"$"
    return re.compile(rf"{head}:?\s*(\S.*?){tail}", re.IGNORECASE)


def _announced(sentence: str, vocabulary: Vocabulary) -> str | None:
    """What the first announcement that fits this sentence says; nothing from a question of how."""
    plain = _plain(sentence)
    for pattern in _patterns(vocabulary):
        match = pattern.search(plain)
        if match:
            quoted = _QUOTED.search(match[1])
            return quoted[1] if quoted else match[1]
    before, _, after = plain.partition(": ")
    if holds_any(before, vocabulary.agenda_words) and _joiners(vocabulary).search(after):
        return after
    return None


def _added(sentence: str, vocabulary: Vocabulary) -> str | None:
    """What a sentence adds to the one before: "Daarna over X.", "And, if time allows, about Y."."""
    match = re.search(
        rf"(?<!\w)(?:{alternatives(vocabulary.added_words)})\s+(\S.*)$",
        _plain(sentence),
        re.IGNORECASE,
    )
    return match[1] if match else None


def _plain(sentence: str) -> str:
    return without_markup(sentence).replace("’", "'").rstrip(" .!?;,")


@lru_cache(maxsize=8)
def _joiners(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        rf"[,;]?\s+(?:{alternatives(vocabulary.list_joiners)})\s+|[,;]\s+", re.IGNORECASE
    )


def _split(stretch: str, vocabulary: Vocabulary) -> list[str]:
    """The points in a stretch of text, without the small words in front of each."""
    clause = re.search(rf",? (?:{alternatives(vocabulary.clause_words)}) ", stretch)
    parts = _joiners(vocabulary).split(stretch[: clause.start()] if clause else stretch)
    ands = alternatives(vocabulary.and_words)
    last = re.split(rf"\s+(?:{ands})\s+", parts[-1], flags=re.IGNORECASE)
    determined = len(last) > 1 and all(_has_article(part, vocabulary) for part in last)
    if len(last) == 2 and (len(parts) > 1 or determined):
        parts = [*parts[:-1], *last]
    told = [_announced(part, vocabulary) or part for part in parts]
    bare = [_without_small(part, vocabulary) for part in told]
    return [part for part in bare if part and len(part) <= MAX_POINT]


def _has_article(text: str, vocabulary: Vocabulary) -> bool:
    first = text.split()[:1]
    return bool(first) and first[0].lower() in vocabulary.articles


def _without_small(text: str, vocabulary: Vocabulary) -> str:
    words = text.strip(" .:,;").split()
    while words and words[0].lower() in (*vocabulary.articles, *vocabulary.and_words):
        words = words[1:]
    plain = " ".join(words)
    return plain[:1].upper() + plain[1:]
