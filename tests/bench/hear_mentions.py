"""How long hearing the customer takes: against `re`, as texts grow, and in texts made to be slow.

The texts are our own labelled sentences (tests/data/mentions), a line each, over and over.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random
from string import ascii_lowercase
from time import process_time
from typing import Any

from pydantic import TypeAdapter

from bot.config import read_config
from bot.domain.language import LANGUAGES
from bot.domain.mention import Recogniser
from bot.domain.mention_words import Lexicon
from bot.readers import mention_prompts, strict_yaml
from bot.readers.catalogue import ours, read_prompts
from bot.usecases.recognise import Recognisers
from tests.bench.ratio import Ratio, measure
from tests.mention_scores import HALVES, half, sentences

MB = 1_000_000  # characters
LONG = 10 * MB
TURNS = 5
SECTOR = "municipality"
PLAIN = ("customer", "client", "user", "resident", "pupil", "patient", "traveller", "visitor")
LOADED = 50  # milliseconds that loading may take
DATA = 5  # megabytes that the files may have
FILES = ours() / "mentions"
ROOT = Path(__file__).parents[2]

PIECES = {  # of texts made to be slow
    "one letter": "a",
    "@": "@",
    "a.b.c.": "a.b.c.",
    "<": "<",
    "<a": "<a",
    "`": "`",
    "` on a line": "` x\n",
    "/a": "/a",
    "a_": "a_",
    "labels": "A: b\n",
    "spaces": " ",
    "full stops": ". ",
    "empty lines": "\n",
    "klantklantklant": "klant",
    "klant klant klant": "klant ",
    "klant, klant? klant:": "klant, klant? klant: ",
    "combining marks": "\u0301",
    "letters with marks": "e\u0301",
    "marks in turns": "\u0301\u0323",
    "unseen in words": "kla\u00adnt ",
    "marks behind a question": "*-",
    "marks before a customer": "-" * 1_400 + " klant\n",
}
OPENINGS = {"marks behind a question": "Wat merkt de inwoner hiervan?"}  # of one of them, ours


def in_long_texts() -> Iterator[Ratio]:
    """10 MB against one alternation of the same words, against 5 MB, and all on one line."""
    for language in LANGUAGES:
        text, hear = _text(language, LONG), _recogniser(language).mentions
        name = f"customers heard, 10 MB / 5 MB, {language}"
        half = _text(language, LONG // 2)
        growth = _measured(name, text, half, most=2.3, turns=2, language=language)
        yield growth
        people = read_prompts().mentions.words[language].people
        for kind, classes, most in (
            ("all words for people", people.values(), 3),
            ("plain words for customers", map(people.__getitem__, PLAIN), None),
        ):
            bare = _milliseconds(partial(_found, _alternation(classes), text))
            name = f"customers heard / one re alternation of {kind}, 10 MB, {language}"
            yield Ratio(name, growth.ours, bare, most=most)
        line = _milliseconds(partial(hear, text.replace("\n", " ")))
        yield Ratio(f"customers heard, 10 MB on one line / in lines, {language}", line, growth.ours)


def in_a_long_line() -> Iterator[Ratio]:
    """1 MB on one line, against a line for each sentence."""
    for language in LANGUAGES:
        text = _text(language, MB)
        name = f"customers heard, 1 MB on one line / in lines, {language}"
        yield _measured(name, text.replace("\n", " "), text, language=language)


def in_slow_texts() -> Iterator[Ratio]:
    """Of texts made to be slow: the slowest, and the one whose time grows most with its length."""
    once = {
        name: _measured(name, _slow(name, MB), _slow(name, MB // 2), turns=1)
        for name in (*PIECES, "different words", "different long words")
    }
    slowest = max(once, key=lambda name: once[name].ours)
    name = f"customers heard, slowest text ({slowest}) / sentences, 1 MB"
    yield _measured(name, _slow(slowest, MB), _text("nl", MB))
    growing = max(once, key=lambda name: once[name].value)
    name = f"customers heard, 1 MB / 0.5 MB of what grows most ({growing})"
    yield _measured(name, _slow(growing, MB), _slow(growing, MB // 2), most=2.3)


def loading() -> Iterator[Ratio]:
    """What it takes before the first text, against what it may: `bare` is the most allowed."""
    for language in LANGUAGES:
        took = min(_milliseconds(partial(_load, language)) for _ in range(TURNS))
        yield Ratio(f"words for customers loaded / at most, {language}", took, LOADED, most=1)
    size = sum(file.stat().st_size for file in FILES.iterdir()) / MB
    yield Ratio("files of words for customers / at most", size, DATA, "MB", most=1)


def memory() -> Iterator[Ratio]:
    """How much more memory 10 MB takes at most, in a process of its own, against those 10 MB."""
    for language in LANGUAGES:
        script = f"from tests.bench import hear_mentions as it; print(it.rise({language!r}))"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
        )
        name = f"customers heard, memory for 10 MB / the text, {language}"
        yield Ratio(name, float(done.stdout), LONG / MB, "MB")


def rise(language: str) -> float:
    """How many megabytes the peak of this process rises while it hears 10 MB."""
    hear, text = _recogniser(language).mentions, _text(language, LONG)
    before = _peak()
    hear(text)
    return _peak() - before


def _peak() -> float:
    """Megabytes, as Linux tells; getrusage would begin with what the parent had."""
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


@cache
def _recogniser(language: str) -> Recogniser:
    prompts = read_prompts()
    settings = read_config().settings("", prompts.customers, None, SECTOR)
    return Recognisers(prompts).of(settings, language)


def _text(language: str, size: int) -> str:
    """So many characters, up to the end of a line."""
    once = "".join(f"{it.text}\n" for name in HALVES for it in sentences(half(language, name)))
    text = once * (size // len(once) + 1)
    return text[: text.rindex("\n", 0, size) + 1]


def _slow(name: str, size: int) -> str:
    if name in PIECES:
        return OPENINGS.get(name, "") + PIECES[name] * (size // len(PIECES[name])) + "x"
    draw, length = Random(1), 50 if "long" in name else 10
    words = ("".join(draw.choices(ascii_lowercase, k=length)) for _ in range(size // (length + 1)))
    return " ".join(words)


def _alternation(classes: Iterable[Iterable[str]]) -> re.Pattern[str]:
    longest_first = sorted({word for words in classes for word in words}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\w*", re.IGNORECASE)


def _found(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _load(language: str) -> Lexicon:
    """As read_prompts does for this folder, and Recognisers for who meets."""
    words = {name: _read(name, mention_prompts.WORDS) for name in LANGUAGES}
    weights = _read("weights", mention_prompts.WEIGHTS)
    languages = _read("languages", mention_prompts.LANGUAGES)
    rates = _read("rates", mention_prompts.RATES)
    prompts = mention_prompts.read(words, weights, languages, rates)
    return Lexicon(prompts.words[language], language)


def _read(name: str, adapter: TypeAdapter[Any]) -> Any:
    document = strict_yaml.load(FILES / f"{name}.yaml")
    document.validated(adapter)
    return document.data


def _measured(
    name: str,
    text: str,
    bare: str,
    most: float | None = None,
    turns: int = TURNS,
    language: str = "nl",
) -> Ratio:
    hear = _recogniser(language).mentions
    return measure(
        name,
        partial(hear, text),
        partial(hear, bare),
        turns=turns,
        most=most,
        pick=min,
        clock=process_time,
    )


def _milliseconds(run: Callable[[], object]) -> float:
    begin = process_time()
    run()
    return (process_time() - begin) * 1000
