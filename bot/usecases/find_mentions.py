"""Hear whether the customer comes up: in a text, or in each of its lines by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.customer import ChannelSettings
from bot.domain.language import FALLBACK_LANGUAGE, LANGUAGES
from bot.domain.mention import Mention
from bot.domain.mention_text import who_speak
from bot.domain.mention_words import WORD
from bot.domain.spoken_language import spoken
from bot.readers.catalogue import Prompts
from bot.usecases.toolbox import Toolbox

LONG = 4  # letters by which a sector is heard inside a word: "studentenvereniging"
SURE = 2  # small words ahead, before one text is in another language than those around it
WAIT = 20  # lines at most that wait for one that tells the language
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

    Without `language` it is found out for each text, in doubt that of `sample`, all of what they
    are the lines of, and then that of the settings. Who speak in the sample are known in each line.
    """

    def __init__(
        self, toolbox: Toolbox, settings: ChannelSettings, language: str | None, sample: str = ""
    ) -> None:
        self._prompts, self._recognisers = toolbox.prompts, toolbox.recognisers
        self._settings, self._chosen = settings, language
        self.language, self._sampled = (
            language or settings.language or FALLBACK_LANGUAGE,
            bool(sample),
        )
        self._learn(sample)

    def hear(self, text: str) -> Heard:
        """Where a text names the customer."""
        language = self._chosen or self._spoken(text)
        if language not in LANGUAGES:
            return Heard(text, language, None if text.strip() else ())
        found = self._recognisers.of(self._settings, language).mentions(text, self._speakers)
        return Heard(text, language, found)

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
        language = self._chosen or spoken(sample, self._prompts.mentions.small_words)
        self.language, self._told = language or self.language, language is not None

    def _spoken(self, text: str) -> str:
        return spoken(text, self._prompts.mentions.small_words, SURE) or self.language


def sector_called(typed: str, prompts: Prompts) -> str | None:
    """The sector people mean, by its name or by what else it is called; None for none."""
    called = {name.replace("_", " "): name for name in prompts.customers} | dict(prompts.sectors)
    if typed in prompts.customers:
        return typed
    words = " ".join(WORD.findall(typed.lower()))
    held = [name for name in called if f" {name} " in f" {words} "]
    inside = held or [name for name in called if len(name) > LONG and name in words]
    return called[max(inside, key=len)] if inside else None
