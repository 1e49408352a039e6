"""Where customers are named in a text, however ugly it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.mention import Mention, Recogniser, Rule, Weights
from bot.domain.mention_words import Lexicon, MentionWords

WORDS = MentionWords(
    people={
        "customer": ("klant", "eindgebruiker"),
        "resident": ("huurder",),
        "people": ("mensen",),
        "says": ("klacht",),
        "desk": ("balie",),
        "research": ("klantreis",),
        "representative": ("huurdersraad",),
    },
    look_alikes=("verhuurder", "client-server", "klant en kassa"),
    around={"code": ("server",)},
    compounds=("customer", "resident"),
)
NAMED = Weights({"always": 1, "people": -2, "people&near:code": 5}, 1)
ACCOUNTS = (
    "PostNL",
    "Van der Berg & Zn.",
    "Yahoo! Nederland",
    "R/GA",
    "Bakkerij 't Hoekje",
    "user_id",
)


def recogniser(*accounts: str) -> Recogniser:
    """It takes whoever is named for a customer, but for people away from a server."""
    lexicon = Lexicon(WORDS, "nl", own=("lid",))
    return Recogniser(lexicon, NAMED, sector="general", accounts=accounts)


HEARS = recogniser()
WITH_ACCOUNTS = recogniser(*ACCOUNTS)


def named(text: str, hears: Recogniser = HEARS) -> list[str]:
    return [mention.text for mention in hears.mentions(text)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("De klant belt.", Rule.CUSTOMER_WORD),
        ("De klantbeleving telt.", Rule.COMPOUND),
        ("Elk lid krijgt post.", Rule.OWN_WORD),
        ("Een klacht kwam binnen.", Rule.THEIR_WORD),
        ("Het staat op de balie.", Rule.CONTACT),
        ("De klantreis is af.", Rule.RESEARCH),
        ("De huurdersraad is voor.", Rule.REPRESENTATIVE),
        ("De mensen achter de server.", Rule.SERVED_PEOPLE),
    ],
)
def test_the_rule_says_why(text: str, rule: Rule) -> None:
    assert [mention.rule for mention in HEARS.mentions(text)] == [rule]


def test_who_weighs_too_little_is_only_a_candidate() -> None:
    assert named("De mensen lopen buiten.") == []
    assert [it.rule for it in HEARS.candidates("De mensen lopen buiten.")] == [Rule.SERVED_PEOPLE]


def test_a_look_alike_names_nobody() -> None:
    assert named("De verhuurder, een client-server en Klant en Kassa.") == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_counts_wherever_it_stands(account: str) -> None:
    for text in (
        account,
        f"({account}) ja",
        f"Met {account}, ja.",
        f"x\n{account}\ny",
        f"{account}: ja",
    ):
        found = WITH_ACCOUNTS.mentions(text)
        assert [(it.text, it.rule) for it in found] == [(account, Rule.ACCOUNT)]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_an_account_inside_another_word_does_not_count(account: str) -> None:
    assert named(f"x{account}", WITH_ACCOUNTS) == []
    assert account not in named(f"{account}x", WITH_ACCOUNTS)


def test_an_account_in_code_or_an_address_does_not_count() -> None:
    text = "`PostNL` https://x.nl/PostNL a@PostNL.nl <@U1|PostNL>"
    assert named(text, WITH_ACCOUNTS) == []


def test_the_longest_account_counts_once() -> None:
    assert named("Van der Berg & Zn. belde", recogniser("Van der Berg", *ACCOUNTS)) == [
        "Van der Berg & Zn."
    ]
    assert named("De klant Klant BV belde", recogniser("Klant BV")) == ["klant", "Klant BV"]


def test_an_account_is_found_however_it_is_spelled() -> None:
    hears = recogniser("Café Zon", "Bakkerij 't Hoekje", "Van Dam")
    text = "Cafe\u0301 Zon, Bakkerij ’t Hoekje en Van\u00a0Da\u00adm"
    assert named(text, hears) == ["Cafe\u0301 Zon", "Bakkerij ’t Hoekje", "Van\u00a0Da\u00adm"]


def test_an_account_with_what_nobody_sees_in_it_is_found() -> None:
    assert named("Van Dam belde", recogniser("\ufeffVan\u200b Dam")) == ["Van Dam"]
    assert named("\u200bVan Dam\u200b belde", recogniser("Van Dam")) == ["Van Dam"]


def test_words_that_tell_something_are_known() -> None:
    assert HEARS.known("De klant van de verhuurder staat bij de server, denk ik") == 3
    assert HEARS.known("") == 0


def test_speakers_are_not_customers() -> None:
    text = "Klant: de lift is weer eens stuk\nJan: de huurder belt elke dag\nKlant: ja\nJan: nee"
    assert named(text) == ["huurder"]
    assert named("Klant: de huurder belt", HEARS) == ["Klant", "huurder"]
    assert [it.text for it in HEARS.mentions("Klant: de huurder belt", {"klant"})] == ["huurder"]


def test_places_are_those_of_the_original() -> None:
    text = "\ufeff👩‍👧 clie\u0308nt\r\n\tde kla\u00adnt\u200ben\u200b, `klant`"
    (found,) = HEARS.mentions(text)
    assert (found.start, found.end) == (text.index("kla"), text.index("\u200b,"))
    assert found.text == "kla\u00adnt\u200ben"


HIDDEN = ["`klant`", "<@U1|klant>", "https://x.nl/klant", "klant@x.nl", "klant_id", "deKlant"]
UGLY = st.lists(
    st.sampled_from(
        ["klant", " Klanten", " huurder's ", "hu\u00adurder ", "PostNL", " balie ", "e\u0308",
         "\u200b", " ", "\n", "\r\n", "\t", ". ", "? De ", "'", "’", "`", "```", "<", ">", "|",
         "Jan: ", "9", "•"]
        + [f" {it} " for it in HIDDEN]
    )
    | st.text(max_size=4),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(UGLY)
def test_mentions_are_places_in_the_text_in_order(text: str) -> None:
    found, end = WITH_ACCOUNTS.mentions(text), 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


@settings(deadline=None)
@given(st.lists(st.sampled_from([*HIDDEN, "de klant", "huurders", "en", "Ja."]), max_size=12))
def test_nothing_hidden_is_named(pieces: list[str]) -> None:
    text = " ".join(pieces)
    hidden = [found.span() for it in HIDDEN for found in re.finditer(re.escape(it), text)]
    found = HEARS.mentions(text)
    assert not [it for it in found for start, end in hidden if it.start < end and start < it.end]
    assert len(found) == sum(it in ("de klant", "huurders") for it in pieces)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "1 2 3\n4", "0" * 10_000, "\0", "...", "\ud800"])
def test_where_nobody_is_named(text: str) -> None:
    assert named(text) == []


def test_a_line_without_an_end_is_read() -> None:
    text = "De lift is stuk en een klant belt erover maar niemand neemt op " * 5_000
    assert len(HEARS.mentions(text)) == 5_000


def test_a_mention_has_its_place_and_rule() -> None:
    assert HEARS.mentions("De klant.") == [Mention(3, 8, "klant", Rule.CUSTOMER_WORD)]
