from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, locate, read_config
from bot.domain.customer import QUESTIONS, ChannelSettings
from bot.domain.problem import Mistake, Mistakes, Problem
from bot.domain.release import Floors
from bot.domain.schedule import Weekly
from bot.readers import strict_yaml
from bot.readers.catalogue import Prompts, ours
from bot.readers.config_file import File, Settings, json_schema
from bot.wording.texts import Texts

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "config.example.yaml"
RENEW = "python -m bot.config > config.schema.json"


def configured(content: str | bytes, file: Path = Path("config.yaml")) -> Config:
    """The configuration with this config.yaml, in a folder of this test alone."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_config()


def mistakes(content: str | bytes) -> list[Mistake]:
    with pytest.raises(Mistakes) as caught:
        configured(content)
    return list(caught.value.mistakes)


def one(settings: ChannelSettings) -> dict[str, str]:
    """One customer by language, with the article."""
    return {language: words.one for language, words in settings.customer.items()}


# --- what there is without or with little configuration


def test_without_a_file_everything_has_its_default(prompts: Prompts) -> None:
    config = read_config()
    assert (locate().found, config.database) == (None, Path("klantvraag.db"))
    assert (config.prompts_dir, config.zone.key) == (None, "Europe/Amsterdam")
    settings = config.settings("team", prompts.customers)
    assert one(settings) == {"nl": "de klant", "en": "the customer"}
    assert (settings.language, settings.promise, settings.questions) == (None, {}, QUESTIONS)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# nothing yet\n",
        "database:\nprompts_dir:\ntimezone:\ndefaults:\nchannels:\n",
        'database: ""\ntimezone: ""\n',
        "defaults:\n  language:\n  sector:\n  customer:\n  promise:\n  questions:\n",
        "channels:\n  team:\n",
        "channels:\n  team:\n    questions:\n    customer: ''\n",
    ],
)
def test_what_is_left_empty_is_not_set(content: str, prompts: Prompts) -> None:
    without = read_config()
    config = configured(content)
    assert config.file.model_copy(update={"channels": {}}) == File()
    assert (config.database, config.zone) == (without.database, without.zone)
    customers = prompts.customers
    assert config.settings("team", customers) == without.settings("team", customers)


WEEKLY = [
    ("", Weekly()),
    ("timezone: Europe/London\n", Weekly(zone="Europe/London")),
    ("defaults: {digest: {day: friday}}\n", Weekly(5)),
    ("channels: {wonen: {digest: {time: 9:30}}}\n", Weekly(1, time(9, 30))),
    ("defaults: {digest: {time: '16:00', timezone: UTC}}\n", Weekly(1, time(16), "UTC")),
    ("defaults: {digest: never}\nchannels: {wonen: {digest: {day: tuesday}}}\n", Weekly(2)),
    ("defaults: {digest: {day: friday}}\nchannels: {wonen: {digest: never}}\n", None),
    ("defaults: {digest: never}\nchannels: {wonen: {questions: 1}}\n", None),
    ("defaults: {digest: {}}\n", Weekly()),
]


@pytest.mark.parametrize(("content", "expected"), WEEKLY)
def test_a_channel_gets_its_digest_when_it_is_configured(
    content: str, expected: Weekly | None, prompts: Prompts
) -> None:
    assert configured(content).settings("wonen", prompts.customers).digest == expected


@pytest.mark.parametrize(
    ("digest", "key", "code"),
    [
        ("nooit", "digest", "never_or_moment"),
        ("[monday]", "digest", "never_or_moment"),
        ("{day: maandag}", "digest.day", "one_of"),
        ("{time: 25:00}", "digest.time", "clock"),
        ("{time: 9:5}", "digest.time", "clock"),
        ("{time: 8.30}", "digest.time", "clock"),
        ("{time: [9]}", "digest.time", "clock"),
        ("{time: 9}", "digest.time", "clock"),
        ("{timezone: Amsterdam}", "digest.timezone", "timezone"),
        ("{hour: 9}", "digest.hour", "unknown_key"),
    ],
)
def test_a_moment_that_can_not_be_is_told(digest: str, key: str, code: str) -> None:
    (mistake,) = mistakes(f"defaults: {{digest: {digest}}}\n")
    assert (mistake.key, mistake.code) == (f"defaults.{key}", code)


@pytest.mark.parametrize("file", ["next_week: nooit", "defaults: {digest: nooit}"])
def test_who_writes_no_moment_reads_that_never_and_a_moment_are_possible(
    file: str, nl: Texts, en: Texts
) -> None:
    (mistake,) = mistakes(f"{file}\n")

    said = (
        "‘nooit’ kan hier niet; schrijf never, of een dag en tijd, zoals {day: friday, time: 14:00}"
    )
    assert nl.mistake(mistake).endswith(said)
    assert "write never, or a day and time" in en.mistake(mistake)
    configured("next_week: {day: friday, time: 14:00}\n")  # as it says


def test_floors_are_five_and_can_be_raised() -> None:
    assert read_config().floors == Floors(5, 5)
    assert configured("floors: {people: 10}\n").floors == Floors(10, 5)
    assert configured("floors:\n").floors == Floors(5, 5)


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(Problem) as caught:
        read_config(Path("gone.yaml"))
    assert (caught.value.code, caught.value.values) == ("no_config", {"file": "gone.yaml"})


def test_a_folder_is_no_configuration(nl: Texts) -> None:
    Path("config.yaml").mkdir()
    with pytest.raises(Mistakes) as caught:
        read_config()
    assert nl.mistake(caught.value.mistakes[0]).startswith("config.yaml: kan ik niet lezen")


# --- which of them counts


def test_variables_name_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text("timezone: Europe/Brussels")
    monkeypatch.setenv("KLANTVRAAG_CONFIG", "mine.yaml")
    monkeypatch.setenv("KLANTVRAAG_DATABASE", "elsewhere/k.db")
    config = read_config()
    assert (config.zone.key, config.database) == ("Europe/Brussels", Path("elsewhere/k.db"))


def test_an_option_goes_before_a_variable_before_dotenv_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert configured("database: file.db").database == Path("file.db")
    Path(".env").write_text("KLANTVRAAG_DATABASE=dotenv.db\n")
    assert read_config().database == Path("dotenv.db")
    monkeypatch.setenv("KLANTVRAAG_DATABASE", "variable.db")
    assert read_config().database == Path("variable.db")
    assert read_config(database=Path("option.db")).database == Path("option.db")


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTVRAAG_CONFIG", "")
    monkeypatch.setenv("KLANTVRAAG_DATABASE", "")
    assert read_config().database == Path("klantvraag.db")


def test_a_variable_that_names_no_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANTVRAAG_CONFIG", "gone.yaml")
    with pytest.raises(Problem, match="no_config"):
        read_config()


def test_a_dotenv_file_in_another_encoding_is_told() -> None:
    Path(".env").write_bytes(b"NAME=caf\xe9\n")
    with pytest.raises(Mistakes) as caught:
        read_config()
    assert [(m.file, m.code) for m in caught.value.mistakes] == [(".env", "not_utf8")]


def test_paths_in_the_file_are_relative_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    (folder / "own").mkdir(parents=True)
    (folder / "k.yaml").write_text("database: data/k.db\nprompts_dir: own\n")
    config = read_config(folder / "k.yaml")
    assert (config.database, config.prompts_dir) == (folder / "data/k.db", folder / "own")
    (folder / "k.yaml").write_text("database: /var/k.db\n")
    assert read_config(folder / "k.yaml").database == Path("/var/k.db")


CHANNELS = """
defaults: {language: nl, sector: housing, promise: binnen twee dagen, questions: 3}
channels:
  ict: {language: en, customer: the colleague, questions: 1}
  care: {sector: elderly_care}
  1: {questions: 2}
  on: {promise: meteen}
"""


def test_a_channel_goes_before_the_defaults(prompts: Prompts) -> None:
    config = configured(CHANNELS)
    ict = config.settings("ict", prompts.customers)
    assert (ict.language, ict.questions, ict.promise) == ("en", 1, {"nl": "binnen twee dagen"})
    assert one(ict) == {"nl": "de huurder", "en": "the colleague"}
    assert one(config.settings("care", prompts.customers))["nl"] == "de bewoner"
    other = config.settings("other", prompts.customers)
    assert (one(other)["nl"], other.questions) == ("de huurder", 3)
    assert [config.language(name) for name in ("ict", "other")] == ["en", "nl"]


def test_numbers_and_words_like_on_are_names_of_channels(prompts: Prompts) -> None:
    config = configured(CHANNELS)
    assert config.settings("1", prompts.customers).questions == 2
    assert config.settings("on", prompts.customers).promise == {"nl": "meteen"}


def test_a_sector_chosen_nearer_by_goes_before_an_own_word(prompts: Prompts) -> None:
    config = configured("defaults: {customer: de bewoner}\nchannels: {x: {sector: retail}}\n")
    customers = prompts.customers
    assert one(config.settings("y", customers))["nl"] == "de bewoner"
    assert config.settings("x", customers).customer == customers["retail"]
    assert config.settings("y", customers, sector="software").customer == customers["software"]


def test_an_own_word_has_a_plural_where_a_sector_knows_it(prompts: Prompts) -> None:
    config = configured(
        "defaults: {sector: housing, customer: {nl: De bewoner, en: the dweller}}\n"
        "channels: {own: {customer: {nl: de huurder, en: the tenant}}}\n"
    )
    housing = prompts.customers["housing"]

    settings = config.settings("team", prompts.customers)
    assert {lang: words.many for lang, words in settings.customer.items()} == {
        "nl": "bewoners",
        "en": None,
    }
    assert settings.customer["nl"].synonyms == ("huurder", *housing["nl"].synonyms)
    assert settings.customer["nl"].false_friends == housing["nl"].false_friends
    assert config.settings("own", prompts.customers).customer == housing


def test_an_option_goes_before_a_channels_own_words(prompts: Prompts) -> None:
    config = configured(CHANNELS)
    chosen = config.settings("ict", prompts.customers, language="nl", sector="housing")
    assert (chosen.language, one(chosen)["nl"]) == ("nl", "de huurder")


def test_an_unknown_sector_by_option_names_the_known_ones(prompts: Prompts) -> None:
    with pytest.raises(Problem) as caught:
        read_config().settings("team", prompts.customers, sector="x")
    assert caught.value.code == "unknown_sector"
    assert "housing" in str(caught.value.values["known"])


def test_words_come_on_one_line_and_without_the_space_around_them(prompts: Prompts) -> None:
    config = configured(
        "defaults:\n  promise: |\n    snel\n    antwoord\n  customer: ' de gast '\n"
    )
    settings = config.settings("x", prompts.customers)
    assert one(settings) == {"nl": "de gast", "en": "de gast"}
    assert settings.promise == {"nl": "snel antwoord", "en": "snel antwoord"}


def test_own_words_are_in_the_language_set_beside_them_or_in_both(prompts: Prompts) -> None:
    both = "{customer: {nl: de huurder, en: the tenant}, promise: {nl: snel, en: soon}}"
    text = (
        f"defaults: {{language: nl, customer: de gast, promise: snel}}\nchannels: {{x: {both}}}\n"
    )
    config = configured(text)

    assert config.settings("x", prompts.customers).promise == {"nl": "snel", "en": "soon"}
    assert one(config.settings("x", prompts.customers))["en"] == "the tenant"
    other = config.settings("y", prompts.customers, language="en")
    assert (one(other)["en"], other.promise.get("en")) == ("the customer", None)


@pytest.mark.parametrize(
    ("customer", "key", "code"),
    [
        ("{nl: de huurder}", "defaults.customer.en", "missing"),
        ("{nl: de huurder, en: 3}", "defaults.customer.en", "words"),
        ("3", "defaults.customer", "words"),
        ("[de huurder]", "defaults.customer", "words"),
    ],
)
def test_words_in_one_language_only_are_a_mistake_once(customer: str, key: str, code: str) -> None:
    found = mistakes(f"defaults: {{customer: {customer}}}\n")

    assert [(mistake.key, mistake.code) for mistake in found] == [(key, code)]


@pytest.mark.parametrize(
    "customer", ["bewoner", "Bewoner", "vaste klant", "leden", "tenant", "dezelfde", "de"]
)
def test_a_customer_without_an_article_would_make_wrong_sentences(
    customer: str, nl: Texts, en: Texts
) -> None:
    (mistake,) = mistakes(f"defaults:\n  customer: {customer}\n")
    below = [
        (m.key, m.code)
        for m in mistakes(f"channels: {{x: {{customer: {{nl: {customer}, en: x}}}}}}")
    ]

    assert nl.mistake(mistake) == (
        "config.yaml:2: defaults.customer: hier hoort een lidwoord voor, zoals in ‘de huurder’ of"
        f" ‘the tenant’; gevonden: {customer}"
    )
    assert f"as in ‘the tenant’ or ‘de huurder’; found: {customer}" in en.mistake(mistake)
    assert below == [("channels.x.customer.nl", "article"), ("channels.x.customer.en", "article")]


@pytest.mark.parametrize(
    "customer", ["het lid", "De bewoner", "onze gast", "een reiziger", "’t kind", "iedere ouder",
                 "iemand die huurt", "a member", "an owner", "our guest", "every parent"],
)  # fmt: skip
def test_a_customer_with_its_article_is_taken_as_it_is(customer: str, prompts: Prompts) -> None:
    config = configured(f"defaults: {{customer: {customer}}}\n")

    assert one(config.settings("x", prompts.customers)) == {"nl": customer, "en": customer}


# --- mistakes

WRONG: dict[str, tuple[str | bytes, int, str, str]] = {
    "a typo in a key": ("defaults:\n  languge: nl\n", 2, "defaults.languge", "unknown_key"),
    "a typo in an empty key": ("databse:\n", 1, "databse", "unknown_key"),
    "a language we don't speak": ("defaults:\n  language: fr", 2, "defaults.language", "one_of"),
    "a word yaml 1.1 takes for false": (
        "defaults:\n  language: no",
        2,
        "defaults.language",
        "one_of",
    ),
    "a number between quotes": (
        'defaults:\n  questions: "2"',
        2,
        "defaults.questions",
        "whole_number",
    ),
    "half a question": ("defaults:\n  questions: 1.5", 2, "defaults.questions", "whole_number"),
    "true": ("defaults:\n  questions: true", 2, "defaults.questions", "whole_number"),
    "too many questions": ("defaults:\n  questions: 7", 2, "defaults.questions", "at_most"),
    "too few questions": (
        "channels:\n  x:\n    questions: 0",
        3,
        "channels.x.questions",
        "at_least",
    ),
    "floors that are lowered": ("floors:\n  people: 4\n", 2, "floors.people", "at_least"),
    "no floor": ("floors: {meetings: 0}\n", 1, "floors.meetings", "at_least"),
    "no time zone": ("\ntimezone: Mars/Base", 2, "timezone", "timezone"),
    "a number for words": ("database: 12", 1, "database", "words"),
    "a list for words": ("defaults:\n  customer: [a, b]", 2, "defaults.customer", "words"),
    "a control character": ('database: "a\\0b"', 1, "database", "words"),
    "long words": (
        f"defaults: {{customer: {'x' * 151}}}",
        1,
        "defaults.customer",
        "too_many_words",
    ),
    "a list for settings": ("defaults: [nl]", 1, "defaults", "keys"),
    "a list for channels": ("channels:\n  - ict\n", 1, "channels", "keys"),
    "a word for a channel": ("channels:\n  ict: nl\n", 2, "channels.ict", "keys"),
    "a channel without a name": ("channels:\n  '': {questions: 1}\n", 2, "channels.", "missing"),
    "a list for the file": ("- a\n- b\n", 1, "(file)", "keys"),
    "words for the file": ("hello\n", 1, "(file)", "keys"),
    "a folder that is not there": ("\nprompts_dir: gone", 2, "prompts_dir", "no_folder"),
    "a tab": ("defaults:\n\tlanguage: nl\n", 2, "(file)", "tab"),
    "an alias": ("database: &x a\nprompts_dir: *x\n", 2, "prompts_dir", "alias"),
    "a key that stands twice": ("database: a\n\ndatabase: b\n", 3, "database", "twice"),
    "a colon in words": ("defaults:\n  customer: a: b\n", 2, "(file)", "not_yaml"),
    "a first character": (
        "defaults:\n  promise: @home\n",
        2,
        "defaults.promise",
        "first_character",
    ),
    "a short name": ("defaults:\n  accounts: [AB]\n", 2, "defaults.accounts", "short_account"),
    "a long name": (
        f"channels:\n  x:\n    accounts: [{'a' * 81}]\n",
        3,
        "channels.x.accounts",
        "long_account",
    ),
    "many names": (
        f"defaults:\n  accounts: {[f'klant {n}' for n in range(201)]}\n",
        2,
        "defaults.accounts",
        "many_accounts",
    ),
    "a name for a channel": ("digests:\n  mt:\n    to: '#mt'\n", 3, "digests.mt.to", "slack_place"),
    "a person for a channel": (
        "digests:\n  mt:\n    to: C1\n    channels: [U1]\n",
        4,
        "digests.mt.channels.0",
        "slack_channel",
    ),
    "a level and channels": (
        "digests:\n  mt: {to: C1, level: tactical, channels: [C2]}\n",
        2,
        "digests.mt",
        "level_or_channels",
    ),
    "a digest for nobody": ("digests:\n  mt: {every: week}\n", 2, "digests.mt.to", "missing"),
    "another encoding": (b"defaults:\n  promise: caf\xe9\n", 2, "(file)", "not_utf8"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_mistake_is_told_with_its_file_line_and_key(kind: str, nl: Texts, en: Texts) -> None:
    content, line, key, code = WRONG[kind]
    found = mistakes(content)
    assert [(m.file, m.line, m.key, m.code) for m in found] == [("config.yaml", line, key, code)]
    in_dutch, in_english = nl.mistake(found[0]), en.mistake(found[0])
    named = "" if key == strict_yaml.FILE else f"{key}: "
    assert in_dutch.startswith(f"config.yaml:{line}: {named}")
    assert "(" not in in_dutch.partition(": ")[0]
    assert in_dutch != in_english
    assert not re.search(r"[{}\[\]]|(?i:pydantic|input|\bnone\b|\bor\b)", in_dutch), in_dutch


def test_a_mistake_shows_what_was_typed(nl: Texts) -> None:
    content = (
        'defaults: {questions: "2", language: NL}\nchannels: {a: {questions: true}, b: [1, 2]}'
    )
    shown = [nl.mistake(mistake).partition("; ")[0] for mistake in mistakes(content)]
    found = [mistake.values["found"] for mistake in mistakes(content)]
    assert sorted(map(str, found)) == ['"2"', "1, 2", "NL", "true"]
    assert any("‘NL’ kan hier niet" in sentence for sentence in shown)


def test_a_wrong_choice_names_the_right_ones_without_english_between() -> None:
    (mistake,) = mistakes("defaults: {language: fr}")
    assert mistake.values["expected"] == "nl, en"


def test_all_mistakes_are_told_at_once() -> None:
    content = (
        "databse: x\ntimezone: Mars\ndefaults:\n  language: fr\n  questions: 7\n  questions: 2\n"
        "channels:\n  a:\n    customer: 3\n  b: &b [1]\n  c: *b\n"
    )
    assert [(m.line, m.key, m.code) for m in mistakes(content)] == [
        (1, "databse", "unknown_key"),
        (2, "timezone", "timezone"),
        (4, "defaults.language", "one_of"),
        (6, "defaults.questions", "twice"),
        (9, "channels.a.customer", "words"),
        (10, "channels.b", "keys"),
        (11, "channels.c", "alias"),
    ]


def test_names_of_what_is_not_there_are_told_with_all_other_mistakes() -> None:
    wrong = mistakes(
        "prompts_dir: gone\ndefaults:\n  sector: hosing\n  questions: 7\n"
        "channels:\n  x:\n    sector: retial\n"
    )

    assert [(m.line, m.key, m.code) for m in wrong] == [
        (1, "prompts_dir", "no_folder"),
        (3, "defaults.sector", "one_of"),
        (4, "defaults.questions", "at_most"),
        (7, "channels.x.sector", "one_of"),
    ]
    assert "housing" in str(wrong[1].values["expected"])
    assert configured("defaults: {sector: housing}").file.defaults.sector == "housing"


# --- the example and the schema


def example() -> dict[str, Any]:
    data = strict_yaml.load(EXAMPLE).data
    assert isinstance(data, dict)
    return data


def test_the_example_can_be_used_as_it_is(prompts: Prompts) -> None:
    config = read_config(EXAMPLE)
    assert one(config.settings("ict", prompts.customers))["nl"] == "de collega"


def test_the_example_names_every_key() -> None:
    assert set(example()) == set(File.model_fields)
    assert set(example()["defaults"]) == set(Settings.model_fields)


def test_every_key_of_the_example_has_a_comment_of_its_own() -> None:
    lines = EXAMPLE.read_text().splitlines()
    keys = [*File.model_fields, *(f"  {name}" for name in Settings.model_fields)]
    for key in keys:
        first = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
        assert lines[first - 1].lstrip().startswith("#"), f"{key} has no comment"


def test_the_example_lists_exactly_the_sectors_there_are() -> None:
    comments = re.sub(r"\n\s*#", "", EXAMPLE.read_text())
    listed = re.search(r"in words of your sector: ([^.]*)\.", comments)
    assert listed, "the example says nothing of sectors"
    sectors = sorted(path.stem for path in ours().glob("customers/*.yaml"))
    assert re.split(r", | or ", listed[1]) == sectors


def test_the_schema_is_up_to_date() -> None:
    kept = json.loads((ROOT / "config.schema.json").read_text("utf-8"))
    assert kept == json_schema(), f"renew it: {RENEW}"


def test_the_command_that_renews_the_schema_works() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.config"], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout.decode() == (ROOT / "config.schema.json").read_text("utf-8")


def test_every_key_in_the_schema_is_described() -> None:
    schema = json_schema()
    assert schema["title"]
    for model in (schema, *schema["$defs"].values()):
        assert model["description"]
        for key, value in model["properties"].items():
            assert value.get("description"), f"{key} has no description"


def test_the_example_names_the_schema_that_editors_should_use() -> None:
    first = EXAMPLE.read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=config.schema.json"
    assert (EXAMPLE.parent / "config.schema.json").is_file()


def wrong_by_schema(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """Where a value breaks the part of JSON schema that ours uses."""
    if "$ref" in schema:
        schema = json_schema()["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for choices in ("anyOf", "oneOf"):
        if choices not in schema:
            continue
        tries = [wrong_by_schema(value, choice, path) for choice in schema[choices]]
        return min(tries, key=len)
    types = {"string": str, "integer": int, "object": dict, "array": list, "null": type(None)}
    if not isinstance(value, types[schema["type"]]):
        return [f"{path}: no {schema['type']}"]
    return [*_wrong_value(value, schema, path), *_wrong_below(value, schema, path)]


def _wrong_value(value: Any, schema: dict[str, Any], path: str) -> list[str]:
    size = len(value) if isinstance(value, str) else value
    limits = {"minLength": -1, "maxLength": 1, "minimum": -1, "maximum": 1}
    found = [
        f"{path}: {limit}"
        for limit, sign in limits.items()
        if limit in schema and (size - schema[limit]) * sign > 0
    ]
    return found + [f"{path}: enum" for _ in [0] if value not in schema.get("enum", [value])]


def _wrong_below(value: Any, schema: dict[str, Any], path: str) -> list[str]:
    found = []
    for key, below in value.items() if isinstance(value, dict) else ():
        part = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
        found += wrong_by_schema(below, part, f"{path}/{key}") if part else [f"{path}/{key}: extra"]
    for index, item in enumerate(value if isinstance(value, list) else ()):
        found += wrong_by_schema(item, schema["items"], f"{path}/{index}")
    return found


def test_the_example_is_right_by_the_schema() -> None:
    assert wrong_by_schema(example(), json_schema()) == []


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("defaults:\nchannels:\n  x:\n", []),
        ("channels:\n  1:\n    questions: 3\n", []),
        ("databse: x\n", ["/databse: extra"]),
        ("floors: {people: 4}\n", ["/floors/people: minimum"]),
        ("floors:\n  people: 6\n  meetings:\n", []),
        ("defaults: {language: fr}\n", ["/defaults/language: enum"]),
        ("channels: {x: {questions: 7}}\n", ["/channels/x/questions: maximum"]),
        ("defaults: {questions: '2'}\n", ["/defaults/questions: no integer"]),
        ("defaults: {accounts: [De Haven, Van Dijk BV]}\n", []),
        ("defaults: {accounts: De Haven}\n", ["/defaults/accounts: no array"]),
        ("defaults: {accounts: [7]}\n", ["/defaults/accounts/0: no string"]),
        ("digests: {mt: {to: C1, level: tactical, day: friday}}\n", []),
        ("digests: {mt: {to: C1, every: year}}\n", ["/digests/mt/every: enum"]),
    ],
)
def test_an_editor_says_what_we_say(content: str, wrong: list[str]) -> None:
    Path("config.yaml").write_text(content)
    data = strict_yaml.load(Path("config.yaml")).data
    assert wrong_by_schema(data, json_schema()) == wrong
    if wrong:
        assert mistakes(content)
    else:
        configured(content)
