"""Hear whether the customer comes up: in a text, or in each of its lines by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.domain.customer import ChannelSettings
from bot.domain.language import FALLBACK_LANGUAGE, LANGUAGES
from bot.domain.mention import Mention, Recogniser
from bot.domain.mention_text import who_speak
from bot.domain.mention_words import WORD
from bot.domain.spoken_language import spoken
from bot.readers.catalogue import Prompts
from bot.usecases.toolbox import Toolbox

LONG = 4  # letters by which a sector is heard inside a word: "studentenvereniging"
SURE = 2  # small words ahead, before one text is in another language than those around it
WAIT = 20  # lines at most that wait for one that tells the language
HARDLY = 10  # times as long as what of a text is in our languages, and the text is in none of them
SAMPLE = 100_000  # characters by which the language of lines is found out


@dataclass(frozen=True)
class Heard:
    """A text and where the customer is named in it.

    `mentions` is None where the text is in a language we do not read; `language` is then which
    one, "other" where that is unknown.
    """

    text: str
    language: str
    mentions: Sequence[Mention] | None


class Listener:
    """Hears the customer in texts of people who meet with these settings.

    Without `language` it is found out for each line, in doubt that of `sample`, all of what they
    are the lines of; where small words do not tell that, the settings do, and then the words for
    customers. Who speak in the sample are known in each line.
    """

    def __init__(
        self, toolbox: Toolbox, settings: ChannelSettings, language: str | None, sample: str = ""
    ) -> None:
        self._prompts, self._recognisers = toolbox.prompts, toolbox.recognisers
        self._settings, self._chosen = settings, language
        self._sampled = bool(sample)
        self._learn(sample)

    def hear(self, text: str) -> Heard:
        """Where a text names the customer, each of its lines in its own language."""
        lines = text.splitlines(keepends=True)
        languages = [self._chosen or self._spoken(line) for line in lines] or [self.language]
        if _is_foreign(lines, languages):
            return Heard(text, max(languages, key=languages.count), None if text.strip() else ())
        starts = [0, *accumulate(map(len, lines))]
        read = sorted({*languages} & {*LANGUAGES})
        found = [
            mention
            for language in read
            for mention in self._recogniser(language).mentions(text, self._speakers)
            if languages[bisect_right(starts, mention.start) - 1] == language
        ]
        language = self.language if self.language in read else read[0]
        return Heard(text, language, sorted(found, key=lambda mention: mention.start))

    def hear_lines(self, lines: Iterable[str]) -> Iterator[Heard]:
        """Where each line by itself names the customer, as soon as it comes.

        Without a sample they are one: in doubt a line is in the language of those so far, and the
        first wait until one tells.
        """
        waiting: list[str] = []
        sample = ""
        for number, line in enumerate(lines, 1):
            waiting.append(line)
            if not self._sampled and len(sample) < SAMPLE:
                sample += f"{line[:SAMPLE]}\n"
                if number <= WAIT or number.bit_count() == 1:  # 64, 128: a line is read twice
                    self._learn(sample)
            if self._told or len(waiting) == WAIT:
                yield from map(self.hear, waiting)
                waiting.clear()
        yield from map(self.hear, waiting)

    def _learn(self, sample: str) -> None:
        """Take from a sample who speak, and the language where that was not chosen."""
        self._speakers = who_speak(sample)
        told = self._chosen or spoken(sample, self._prompts.mentions.small_words)
        self.language = told or self._settings.language or self._known(sample) or FALLBACK_LANGUAGE
        self._told = told is not None

    def _spoken(self, line: str) -> str:
        told = spoken(line, self._prompts.mentions.small_words, SURE)
        return told or self._in_doubt(line)

    def _in_doubt(self, line: str) -> str:
        """That of the lines around, where it is ours or nothing tells that the line is in ours."""
        foreign, configured = self.language not in LANGUAGES, self._settings.language
        if configured:
            return configured if foreign else self.language
        return self._known(line, 1 if foreign else SURE) or self.language

    def _known(self, text: str, ahead: int = 1) -> str | None:
        """The language of whose words for customers, and around them, so many more are there."""
        known = {language: self._recogniser(language).known(text) for language in LANGUAGES}
        least, most = sorted(known, key=known.__getitem__)
        return most if known[most] >= known[least] + ahead else None

    def _recogniser(self, language: str) -> Recogniser:
        return self._recognisers.of(self._settings, language)


def _is_foreign(lines: Sequence[str], languages: Sequence[str]) -> bool:
    """Whether hardly any of a text, or nothing, is in a language we read."""
    lengths = map(len, lines or ("",))
    ours = [length for length, it in zip(lengths, languages, strict=True) if it in LANGUAGES]
    return not ours or HARDLY * sum(ours) < sum(map(len, lines))


def sector_called(typed: str, prompts: Prompts) -> str | None:
    """The sector people mean, by its name or by what else it is called; None for none."""
    called = {name.replace("_", " "): name for name in prompts.customers} | dict(prompts.sectors)
    if typed in prompts.customers:
        return typed
    words = " ".join(WORD.findall(typed.lower()))
    held = [name for name in called if f" {name} " in f" {words} "]
    inside = held or [name for name in called if len(name) > LONG and name in words]
    return called[max(inside, key=len)] if inside else None
