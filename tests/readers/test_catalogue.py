from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from bot.domain.choice import ALSO, BEST, WELL
from bot.domain.customer import THEMES, CustomerWords
from bot.domain.language import LANGUAGES
from bot.domain.problem import Mistakes
from bot.domain.topic import TOPICS
from bot.readers import strict_yaml
from bot.readers.catalogue import Prompts, ours, read_prompts
from bot.readers.config_file import Theme
from bot.wording.texts import Texts

Overlay = Callable[..., Path]

_parse = strict_yaml.load
_parse_once = cache(_parse)


@pytest.fixture(autouse=True)
def _ours_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own files are the same in each test; only what lies over them differs."""
    monkeypatch.setattr(
        strict_yaml,
        "load",
        lambda path: (_parse_once if path.is_relative_to(ours()) else _parse)(path),
    )


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """Makes an organisation's own folder of {"texts/nl": content}."""

    def overlay(files: dict[str, str]) -> Path:
        for name, content in files.items():
            path = tmp_path / "own" / (name if "." in name else f"{name}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path / "own"

    return overlay


def mistakes(own: Path) -> list[tuple[str, int, str, str]]:
    """(file, line, key, code) of all that is wrong in a folder."""
    with pytest.raises(Mistakes) as caught:
        read_prompts(own)
    return [
        (Path(m.file).relative_to(own).as_posix(), m.line, m.key, m.code)
        for m in caught.value.mistakes
    ]


def test_ours_has_no_mistakes_and_is_the_same_in_every_language(prompts: Prompts) -> None:
    assert set(prompts.questions) == set(prompts.texts) == set(LANGUAGES)
    nl, en = (prompts.questions[language] for language in LANGUAGES)
    assert [q.key for q in nl] == [q.key for q in en]
    assert set(prompts.texts["nl"]) == set(prompts.texts["en"])
    assert set(prompts.customers) == {path.stem for path in ours().glob("customers/*.yaml")}


def test_ours_are_read_once(overlay: Overlay) -> None:
    assert read_prompts() is read_prompts()
    assert read_prompts(overlay({"texts/nl": ""})) is not read_prompts()


def test_an_empty_folder_of_ones_own_changes_nothing(overlay: Overlay, prompts: Prompts) -> None:
    own = read_prompts(overlay({"texts/nl": "", "questions/nl": "# later\n"}))
    assert (own.texts, own.questions, own.customers) == (
        prompts.texts,
        prompts.questions,
        prompts.customers,
    )


def test_an_own_folder_changes_one_text_and_leaves_the_others(
    overlay: Overlay, prompts: Prompts
) -> None:
    own = read_prompts(overlay({"texts/nl": "untitled: Vergadering\nagenda:\n  removed:\n"}))
    assert own.texts["nl"]["untitled"] == "Vergadering"
    assert own.texts["nl"] == {**prompts.texts["nl"], "untitled": "Vergadering"}
    assert own.texts["en"] == prompts.texts["en"]


def test_an_own_folder_changes_one_form_of_a_plural(overlay: Overlay) -> None:
    own = read_prompts(overlay({"texts/nl": 'points: {one: "één punt"}\n'}))
    texts = Texts("nl", own.texts["nl"])
    assert texts.say("points", n=1) == "één punt"
    assert texts.say("points", n=2) == "2 punten"


def test_an_own_folder_changes_the_wordings_of_one_question(
    overlay: Overlay, prompts: Prompts
) -> None:
    files = {"questions/nl": "ease:\n  wordings:\n    - ' Scheelt dit {customer} tijd?\n'\n"}
    own = read_prompts(overlay(files))
    before = {q.key: q.wordings for q in prompts.questions["nl"]}
    after = {q.key: q.wordings for q in own.questions["nl"]}
    assert after == before | {"ease": ("Scheelt dit {customer} tijd?",)}
    assert list(after) == list(before)


def test_an_own_folder_adds_a_question_in_both_languages(overlay: Overlay) -> None:
    files = {f"questions/{lang}": "proud:\n  wordings: ['{customer}?']\n" for lang in LANGUAGES}
    own = read_prompts(overlay(files))
    assert [own.questions[language][-1].key for language in LANGUAGES] == ["proud", "proud"]


def test_an_own_folder_has_its_own_words_for_a_question(overlay: Overlay, prompts: Prompts) -> None:
    own = read_prompts(overlay({"questions/nl": "ease:\n  words: [drempelhulp]\n"}))
    ours, theirs = prompts.vocabulary.cues, own.vocabulary.cues
    assert theirs["nl"].telling == {**ours["nl"].telling, "ease": ("drempelhulp",)}
    assert theirs["en"] == ours["en"]
    assert own.questions == prompts.questions


def test_a_question_needs_no_words(overlay: Overlay) -> None:
    question = "safety:\n  wordings: ['Is {customer} veilig?']\n"
    own = read_prompts(overlay({f"questions/{language}": question for language in LANGUAGES}))
    assert own.vocabulary.cues["nl"].telling["safety"] == ()


def test_an_own_question_that_no_topic_names_suits_them_all(overlay: Overlay) -> None:
    question = "safety:\n  wordings: ['Is {customer} veilig?']\n"
    own = read_prompts(overlay({f"questions/{language}": question for language in LANGUAGES}))
    assert all(suiting["safety"] == ALSO for suiting in own.fits.topics.values())


def test_an_own_folder_says_what_suits_a_topic(overlay: Overlay, prompts: Prompts) -> None:
    fits = "topics:\n  price:\n    well: [loyalty, ease, contact]\n    also: []\n"
    own = read_prompts(overlay({"questions/fits": fits}))
    assert own.fits.topics["price"] == {"loyalty": BEST, "ease": WELL, "contact": WELL}
    assert own.fits.topics["people"] == prompts.fits.topics["people"]


def test_every_question_of_ours_suits_some_topic_well_or_also(prompts: Prompts) -> None:
    """Otherwise it would suit them all."""
    suiting = [set(keys) for keys in prompts.fits.topics.values()]
    assert set.union(*suiting) == {question.key for question in prompts.questions["nl"]}
    assert set.intersection(*suiting) == set()
    assert prompts.fits.topics.keys() == set(TOPICS)
    assert prompts.fits.themes.keys() == set(THEMES) == set(get_args(Theme))


@pytest.mark.parametrize(
    ("content", "line", "key", "code"),
    [
        ("topics:\n  prijs:\n    well: [ease]\n", 2, "topics.prijs", "unknown_key"),
        ("topics:\n  price:\n    well: [eas]\n", 3, "topics.price.well", "one_of"),
        ("topics:\n  price:\n    also: [loyalty]\n", 3, "topics.price.also", "twice"),
        (
            "topics:\n  price: {well: [ease], also: []}\n",
            2,
            "topics.price.well",
            "too_few_questions",
        ),
        ("topics:\n  price:\n    best: [ease]\n", 3, "topics.price.best", "unknown_key"),
        ("themes:\n  care: [ease]\n", 2, "themes.care", "unknown_key"),
        ("themes:\n  clarity: [klaar]\n", 2, "themes.clarity", "one_of"),
    ],
)
def test_a_mistake_in_what_fits_is_told_with_its_line(
    overlay: Overlay, content: str, line: int, key: str, code: str
) -> None:
    assert ("questions/fits.yaml", line, key, code) in mistakes(
        overlay({"questions/fits": content})
    )


def test_an_own_folder_adds_a_sector_and_changes_one(overlay: Overlay, prompts: Prompts) -> None:
    theirs = {
        "customers/library": "nl: {customer: de lezer}\n"
        "en: {customer: the  reader, customers: readers, synonyms: [borrower], false_friends: }\n",
        "customers/housing": "nl:\n  customer: de bewoner\n",
    }
    own = read_prompts(overlay(theirs))
    assert own.customers["library"] == {
        "nl": CustomerWords("de lezer"),
        "en": CustomerWords("the reader", "readers", ("borrower",)),
    }
    assert own.customers["housing"]["nl"].one == "de bewoner"
    assert own.customers["housing"]["en"] == prompts.customers["housing"]["en"]


@pytest.mark.parametrize(
    ("content", "one", "many"),
    [
        ("customer: de bewoner", "de bewoner", "bewoners"),  # as in elderly_care
        ("customer: de woongenoot", "de woongenoot", None),
        ("customer: de woongenoot, customers: woongenoten", "de woongenoot", "woongenoten"),
        ("customer: de huurder", "de huurder", "huurders"),
        ("customers: medehuurders", "de huurder", "medehuurders"),
        ("customers: ", "de huurder", "huurders"),
        ("synonyms: [buur]", "de huurder", "huurders"),
    ],
)
def test_a_plural_never_stays_with_another_word(
    overlay: Overlay, content: str, one: str, many: str | None
) -> None:
    own = read_prompts(overlay({"customers/housing": f"nl: {{{content}}}\n"}))
    words = own.customers["housing"]["nl"]
    assert (words.one, words.many) == (one, many)


def test_a_plural_is_found_in_whichever_sector_has_it(overlay: Overlay) -> None:
    own = read_prompts(overlay({"customers/culture": "nl: {customer: De huurder}\n"}))
    assert own.customers["culture"]["nl"].many == "huurders"


def test_own_synonyms_and_false_friends_take_the_place_of_ours(
    overlay: Overlay, prompts: Prompts
) -> None:
    files = {
        "customers/housing": "nl: {synonyms: [buur], false_friends: []}\n",
        "customers/retail": "nl: {synonyms: [verkoper]}\n",
    }
    own = read_prompts(overlay(files)).customers
    assert own["housing"]["nl"] == CustomerWords("de huurder", "huurders", ("buur",))
    ours_ = prompts.customers["retail"]["nl"]
    assert "verkoper" in ours_.false_friends
    assert own["retail"]["nl"] == replace(ours_, synonyms=("verkoper",))


def test_an_own_folder_adds_a_word_to_reading(overlay: Overlay, prompts: Prompts) -> None:
    own = read_prompts(overlay({"reading/nl": "durations: {klokje: 60}\nbuttons: [Wegklikken]\n"}))
    assert own.vocabulary.durations == {**prompts.vocabulary.durations, "klokje": 60}
    assert "Wegklikken" in own.vocabulary.buttons


def test_an_own_folder_has_its_own_words_for_a_topic(overlay: Overlay, prompts: Prompts) -> None:
    own = read_prompts(overlay({"topics/nl": "price:\n  words: [geldboom]\n"}))
    ours, theirs = prompts.vocabulary.topics, own.vocabulary.topics
    assert theirs["nl"].telling["price"] == ("geldboom",)
    assert theirs["nl"].telling["people"] == ours["nl"].telling["people"]
    assert theirs["nl"].general == ours["nl"].general
    assert theirs["en"] == ours["en"]


QUESTION = "ease:\n  wordings:\n    - Goed?\n    - {}\n"


@pytest.mark.parametrize(
    ("file", "content", "line", "key", "code"),
    [
        (
            "topics/nl",
            "price:\n  words: [geld]\nprijs:\n  words: [geld]\n",
            3,
            "prijs",
            "unknown_key",
        ),
        ("topics/nl", "price:\n  word: [geld]\n", 2, "price.word", "unknown_key"),
        ("topics/en", "price:\n  words: money\n", 2, "price.words", "list"),
        ("topics/en", "price:\n  words: []\n", 2, "price.words", "list"),
        ("topics/en", "price:\n  words: [money, 3]\n", 2, "price.words.1", "words"),
        ("topics/en", "other:\n  words: [misc]\n", 1, "other", "unknown_key"),
        ("texts/nl", "untitled: x\nuntitld: x\n", 2, "untitld", "unknown_key"),
        ("texts/nl", "agenda:\n  nothing: x\n", 2, "agenda.nothing", "unknown_key"),
        ("texts/nl", "agenda: words\n", 1, "agenda", "unknown_key"),
        ("texts/nl", "\nnotes:\n  encoding: '{bestand}'\n", 3, "notes.encoding", "placeholder"),
        ("texts/nl", "notes:\n  encoding: '{file}'\n", 2, "notes.encoding", "unequal_placeholders"),
        ("texts/en", "notes:\n  encoding: '{file}'\n", 2, "notes.encoding", "unequal_placeholders"),
        ("texts/nl", "minutes: '{n!r}'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: '{n.real}'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: '{n:>9}'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: '{n} {'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: '{n} }'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: '{}'\n", 1, "minutes", "braces"),
        ("texts/nl", "minutes: 3\n", 1, "minutes", "words"),
        ("texts/nl", "minutes: ''\n", 1, "minutes", "missing"),
        ("texts/nl", "untitled: {one: a}\n", 1, "untitled", "words"),
        ("texts/nl", "untitled: {one: a, other: b}\n", 1, "untitled", "words"),
        ("texts/nl", "- a\n", 1, "(file)", "keys"),
        ("texts/nl", "untitled: a\nuntitled: b\n", 2, "untitled", "twice"),
        ("texts/nl", "untitled: &x a\nminutes: *x\n", 2, "minutes", "alias"),
        ("questions/nl", QUESTION.format("'{klant}?'"), 4, "ease.wordings.1", "placeholder"),
        ("questions/nl", QUESTION.format("'{customer!r}?'"), 4, "ease.wordings.1", "braces"),
        ("questions/nl", QUESTION.format("'{customer.name}?'"), 4, "ease.wordings.1", "braces"),
        ("questions/nl", QUESTION.format("'{customer[0]}?'"), 4, "ease.wordings.1", "braces"),
        ("questions/nl", QUESTION.format("'{customer?'"), 4, "ease.wordings.1", "braces"),
        ("questions/nl", QUESTION.format("''"), 4, "ease.wordings.1", "missing"),
        ("questions/nl", QUESTION.format("3"), 4, "ease.wordings.1", "words"),
        ("questions/nl", "ease:\n  wordings: []\n", 2, "ease.wordings", "list"),
        ("questions/nl", "ease: [\n", 1, "(file)", "not_yaml"),
        ("questions/nl", "ease:\n  wording: [a]\n", 2, "ease.wording", "unknown_key"),
        ("questions/nl", "ease:\n  words: [makkelijk, 3]\n", 2, "ease.words.1", "words"),
        (
            "questions/nl",
            "ease:\n  wordings: ['{promise}?']\n",
            2,
            "ease.wordings",
            "needs_plain_wording",
        ),
        (
            "questions/nl",
            "ease:\n  wordings: ['{promise}?', '{customers}?']\n",
            2,
            "ease.wordings",
            "needs_plain_wording",
        ),
        ("questions/nl", "Trots op:\n  wordings: [a]\n", 1, "Trots op", "name"),
        ("questions/nl", "proud:\n  wordings: [a]\n", 1, "proud", "missing_in"),
        ("questions/en", "proud: {}\n", 1, "proud.wordings", "missing"),
        ("customers/library", "nl: {customer: de b}\n", 1, "en", "missing"),
        ("customers/housing", "nl:\n  customer: bewoner\n", 2, "nl.customer", "article"),
        ("customers/housing", "en:\n  customer: tenant\n", 2, "en.customer", "article"),
        ("customers/housing", "nl:\n  custmer: b\n", 2, "nl.custmer", "unknown_key"),
        ("customers/housing", "nl:\n  customers: 3\n", 2, "nl.customers", "words"),
        ("customers/housing", "nl:\n  customers: ''\n", 2, "nl.customers", "missing"),
        ("customers/housing", "nl:\n  customers: De huurders\n", 2, "nl.customers", "bare"),
        ("customers/housing", "nl:\n  customers: onze huurders\n", 2, "nl.customers", "bare"),
        ("customers/housing", "nl:\n  synonyms: buur\n", 2, "nl.synonyms", "list"),
        ("customers/housing", "nl:\n  synonyms: [de buur]\n", 2, "nl.synonyms.0", "bare"),
        ("customers/housing", "nl:\n  synonyms:\n  - a\n  - 3\n", 4, "nl.synonyms.1", "words"),
        ("customers/housing", "nl:\n  synonyms: [buur, Buur]\n", 2, "nl.synonyms.1", "twice"),
        (
            "customers/housing",
            "nl:\n  synonyms: [buur]\n  false_friends: [buurt, buur]\n",
            3,
            "nl.false_friends.1",
            "twice",
        ),
        ("customers/housing", "nl:\n  false_friends: [3]\n", 2, "nl.false_friends.0", "words"),
        ("reading/nl", "months: {x: 13}\n", 1, "months.x", "at_most"),
        ("reading/nl", "buttons: word\n", 1, "buttons", "list"),
        ("text/nl", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("texts/de", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("texts/nl.yml", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("texts/nl.YAML", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("texts/nl.yaml.txt", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("nl.yaml", "untitled: a\n", 0, "(file)", "unknown_file"),
        ("texts/nl", "untitled: caf\udce9\n", 1, "(file)", "not_utf8"),
    ],
)
def test_a_mistake_is_told_with_the_own_file_line_and_key(
    overlay: Overlay, file: str, content: str, line: int, key: str, code: str
) -> None:
    own = overlay({})
    name = file if "." in file else f"{file}.yaml"
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    (own / name).write_bytes(content.encode(errors="surrogateescape"))
    assert mistakes(own) == [(name, line, key, code)]


def test_what_stands_between_braces_is_told_as_it_was_typed(overlay: Overlay) -> None:
    with pytest.raises(Mistakes) as caught:
        read_prompts(overlay({"texts/nl": "minutes: '{n!r}'\n", "texts/en": "minutes: '{n'\n"}))
    assert {m.values["found"] for m in caught.value.mistakes} == {"{n!r}", "{"}


def test_a_placeholder_may_be_left_out_in_both_languages(overlay: Overlay) -> None:
    files = {f"texts/{language}": "notes:\n  encoding: '{file}?'\n" for language in LANGUAGES}
    assert read_prompts(overlay(files)).texts["nl"]["notes.encoding"] == "{file}?"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        read_prompts(tmp_path / "gone")
    assert [(m.file, m.code) for m in caught.value.mistakes] == [
        (str(tmp_path / "gone"), "no_folder")
    ]


def test_mistakes_in_all_files_are_told_at_once(overlay: Overlay) -> None:
    own = overlay(
        {
            "texts/nl": "untitld: x\nuntitled: 3\n",
            "questions/en": "ease: 3\n",
            "customers/library": "nl: 3\n",
            "reading/nl": "months: [x]\n",
            "nl.yml": "",
        }
    )
    assert {(file, key) for file, _, key, _ in mistakes(own)} == {
        ("nl.yml", "(file)"),
        ("texts/nl.yaml", "untitld"),
        ("texts/nl.yaml", "untitled"),
        ("questions/en.yaml", "ease"),
        ("customers/library.yaml", "nl"),
        ("customers/library.yaml", "en"),
        ("reading/nl.yaml", "months"),
    }


def test_a_mistake_hides_no_other_of_its_file(overlay: Overlay) -> None:
    own = overlay(
        {
            "texts/nl": "minutes: 3\nuntitled: '{naam}'\nclock: '{time'\ntalk:\n"
            "  yes_no_words: ja\nnotes:\n  encoding: '{file}'\n",
            "questions/nl": "ease:\n  wordings:\n    - 3\n    - '{klant}?'\n"
            "notice:\n  wordings: ['{promise}?']\nproud:\n  wordings: 3\n",
            "questions/fits": "topics:\n  price:\n    well: [3, eas]\n  geld:\n    well: [ease]\n",
            "customers/housing": "nl:\n  customer: bewoner\n  synonyms: [buur, 3, buur]\n",
        }
    )
    assert set(mistakes(own)) == {
        ("texts/nl.yaml", 1, "minutes", "words"),
        ("texts/nl.yaml", 2, "untitled", "placeholder"),
        ("texts/nl.yaml", 3, "clock", "braces"),
        ("texts/nl.yaml", 5, "talk.yes_no_words", "letters"),
        ("texts/nl.yaml", 7, "notes.encoding", "unequal_placeholders"),
        ("questions/nl.yaml", 3, "ease.wordings.0", "words"),
        ("questions/nl.yaml", 4, "ease.wordings.1", "placeholder"),
        ("questions/nl.yaml", 6, "notice.wordings", "needs_plain_wording"),
        ("questions/nl.yaml", 7, "proud", "missing_in"),
        ("questions/nl.yaml", 8, "proud.wordings", "list"),
        ("questions/fits.yaml", 3, "topics.price.well", "one_of"),
        ("questions/fits.yaml", 3, "topics.price.well.0", "words"),
        ("questions/fits.yaml", 4, "topics.geld", "unknown_key"),
        ("customers/housing.yaml", 2, "nl.customer", "article"),
        ("customers/housing.yaml", 3, "nl.synonyms.1", "words"),
        ("customers/housing.yaml", 3, "nl.synonyms.2", "twice"),
    }


def test_slips_of_the_pen_hide_nothing_that_can_still_be_read(overlay: Overlay) -> None:
    own = overlay(
        {
            "questions/nl": "ease:\n\twordings:\n\t\t- @home\n\t\t- '{klant}?'\n"
            "notice:\n  wordings: ['{promise}?']\n",
            "texts/nl": "untitled: `a`\nminutes: '{}'\n",
        }
    )
    assert mistakes(own) == [
        ("questions/nl.yaml", 2, "(file)", "tab"),
        ("questions/nl.yaml", 3, "(file)", "tab"),
        ("questions/nl.yaml", 3, "ease.wordings.0", "first_character"),
        ("questions/nl.yaml", 4, "(file)", "tab"),
        ("questions/nl.yaml", 4, "ease.wordings.1", "placeholder"),
        ("questions/nl.yaml", 6, "notice.wordings", "needs_plain_wording"),
        ("texts/nl.yaml", 1, "untitled", "first_character"),
        ("texts/nl.yaml", 2, "minutes", "braces"),
    ]


def test_a_file_that_can_not_be_read_on_says_so_once(
    overlay: Overlay, nl: Texts, en: Texts
) -> None:
    with pytest.raises(Mistakes) as caught:
        read_prompts(overlay({"questions/nl": "proud:\n  wordings: [a]\nease: b: c\nx: 3\n",
                              "questions/en": "proud:\n  wordings: [a]\n"}))  # fmt: skip
    (mistake,) = caught.value.mistakes
    assert mistake.code == "not_yaml"
    assert nl.mistake(mistake).endswith("de rest van dit bestand is nog niet nagekeken")
    assert en.mistake(mistake).endswith("the rest of this file was not looked at")


@pytest.mark.parametrize(
    ("content", "key", "code"),
    [
        ("talk:\n  certainty_words: weten wachten onbekend\n", "talk.certainty_words", "letters"),
        ("talk:\n  yes_no_words: ja\n", "talk.yes_no_words", "letters"),
        ("talk:\n  close_words: q klaar\n", "talk.close_words", "twice"),
    ],
)
def test_what_is_typed_means_one_thing(overlay: Overlay, content: str, key: str, code: str) -> None:
    own = overlay({"texts/nl": content})

    assert mistakes(own) == [("texts/nl.yaml", 2, key, code)]


def test_rates_are_of_some_sentences_and_never_of_more_than_all(overlay: Overlay) -> None:
    rates = "nl:\n  precision: {count: 12, of: 10}\n  recall: {count: -1, of: 0}\n"

    assert mistakes(overlay({"mentions/rates": rates})) == [
        ("mentions/rates.yaml", 2, "nl.precision.count", "at_most"),
        ("mentions/rates.yaml", 3, "nl.recall.of", "at_least"),
        ("mentions/rates.yaml", 3, "nl.recall.count", "at_least"),
    ]
