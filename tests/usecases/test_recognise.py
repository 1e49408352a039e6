"""What we said ourselves names no customer, however it comes back; what people said does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.config import read_config
from bot.domain.choice import Choice, Reason
from bot.domain.customer import ChannelSettings, CustomerWords
from bot.domain.language import LANGUAGES
from bot.domain.mention import Recogniser, Rule
from bot.readers.catalogue import Prompts
from bot.surfaces.slack.escape import mrkdwn
from bot.usecases import recognise
from bot.usecases.recognise import Recognisers
from bot.wording import plain
from bot.wording.texts import Texts

PROMISE = {
    "nl": "De klant krijgt altijd antwoord. Beloofd? Ja: binnen 2 dagen",
    "en": "The customer always gets an answer. A promise? Yes: in 2 days",
}
UNUSUAL = {
    "nl": [
        CustomerWords("de medewerker van de afdeling Financiën", "medewerkers van Financiën"),
        CustomerWords("ons lid", "leden"),
        CustomerWords("iedere cliënt", "cliënten"),
        CustomerWords("iemand die zorg krijgt, thuis of hier", "mensen"),
    ],
    "en": [
        CustomerWords("a user of our customer portal", "portal users"),
        CustomerWords("everyone who visits us, online or here", "visitors"),
    ],
}
AS_SHOWN: dict[str, Callable[[str], str]] = {
    "by itself": str,
    "bullet": "• {}".format,
    "number": "3. {}".format,
    "quotation": "> {}".format,
    "quoted": "‘{}’".format,
    "bold": "*{}*".format,
    "italic": "_{}_".format,
    "label": "Klantvraag: {}".format,
    "numbered label": "Vraag 2: {}".format,
    "cell": "| {} | open |".format,
    "table": "| 3 | Nieuwe lift | {} | open |".format,
    "tabs": "1\tNieuwe lift\t{}\topen".format,
    "why": "{} (gekozen omdat: thema ‘onze klant kennen’; klacht; nog niet eerder gesteld)".format,
    "after a sentence": "Dat is dan geregeld. {}".format,
    "before a sentence": "{} Daar is nog niets over bekend.".format,
    "slack": lambda said: mrkdwn(said, 300),
    "terminal": lambda said: "\n".join(plain.Line(said, indent=4, hang=2).rows(60)),
    "narrow": lambda said: "\n".join(plain.Line(said, indent=4, hang=2).rows(32)),
    "narrow quotation": lambda said: "\n".join(f"> {row}" for row in plain.Line(said).rows(40)),
}


@pytest.fixture(scope="module")
def recognisers(prompts: Prompts) -> Recognisers:
    return Recognisers(prompts)


@pytest.fixture(scope="module")
def of_sector(prompts: Prompts) -> dict[str, ChannelSettings]:
    config = read_config()
    return {it: config.settings("", prompts.customers, None, it) for it in prompts.customers}


def questions(prompts: Prompts, language: str, customer: CustomerWords) -> Iterator[str]:
    for question in prompts.questions[language]:
        for wording in question.wordings:
            said = wording.format(
                customer=customer.one, customers=customer.many, promise=PROMISE[language]
            )
            yield said[0].upper() + said[1:]


def somebody(recogniser: Recogniser, text: str) -> list[str]:
    """Who may be a customer in a text, whatever they weigh."""
    return [text[it.start : it.end] for it in recogniser.candidates(text)]


def serving(settings: ChannelSettings, language: str, customer: CustomerWords) -> ChannelSettings:
    return replace(settings, customer={**settings.customer, language: customer})


@pytest.mark.parametrize("shown", AS_SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_questions_are_left_out(
    prompts: Prompts,
    recognisers: Recognisers,
    of_sector: dict[str, ChannelSettings],
    language: str,
    shown: str,
) -> None:
    settings = of_sector["general"]
    customers = [settings.customer[language], *UNUSUAL[language]]
    for customer in customers:
        recogniser = recognisers.of(serving(settings, language, customer), language)
        for said in questions(prompts, language, customer):
            text = AS_SHOWN[shown](said)
            assert somebody(recogniser, text) == [], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_questions_about_anybodys_customers_are_left_out(
    prompts: Prompts,
    recognisers: Recognisers,
    of_sector: dict[str, ChannelSettings],
    language: str,
) -> None:
    """A channel may have changed what it calls them, or a text may come from another channel."""
    recogniser = recognisers.of(of_sector["general"], language)
    for settings in of_sector.values():
        several = " ".join(questions(prompts, language, settings.customer[language]))
        assert somebody(recogniser, several) == []


def test_a_question_with_its_reason_is_left_out_as_it_is_shown(
    prompts: Prompts, recognisers: Recognisers, settings: ChannelSettings, nl: Texts
) -> None:
    recogniser = recognisers.of(settings, "nl")
    reason = Reason("never_asked", {"theme": "satisfaction", "word": "klacht"})
    for said in questions(prompts, "nl", settings.customer["nl"]):
        lines = plain.question(Choice("ease", said, reason), nl)
        text = "\n".join(row for line in lines for row in line.rows())
        assert "klant tevreden" in text
        assert somebody(recogniser, text) == []


GAPS = {
    "customer": "de huurder",
    "share": "42% (toeval meegerekend 18 tot 67%)",
    "n": "12",
    "came_up": "5",
}


@pytest.mark.parametrize(
    "key",
    [
        "digest.came_up", "digest.not_observed_of", "slack.closing.came_up",
        "slack.closing.take_away",
        "slack.closing.came_up_at", "slack.closing.came_up_nowhere", "slack.intro.hello",
        "slack.intro.known", "slack.intro.first", "slack.answer.na_untouched",
        "slack.home.hello", "demo.title",
    ],
)  # fmt: skip
def test_what_we_say_about_customers_is_left_out(
    prompts: Prompts, recognisers: Recognisers, settings: ChannelSettings, key: str
) -> None:
    recogniser = recognisers.of(settings, "nl")
    text = prompts.texts["nl"][key]
    for form in [text] if isinstance(text, str) else text.values():
        said = re.sub(r"\{(\w+)\}", lambda gap: GAPS[gap[1]], form)
        assert re.search("klant|huurder", said)
        for shown in (said, f"Zo. {said} Zo.", f"10.00 uur · Zaal 2 · {said}"):
            assert somebody(recogniser, shown) == [], shown


def test_questions_in_a_digest_are_left_out(
    recognisers: Recognisers, settings: ChannelSettings, nl: Texts
) -> None:
    recogniser = recognisers.of(settings, "nl")
    text = f"{nl.say('digest.most_asked'):<24}Wat merkt de huurder hiervan? (3 keer)"
    assert somebody(recogniser, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wat merkt de huurder hiervan in de winter?",
        "Wat merkt Fatima de huurder hiervan, denk je?",
        "Wat merkt de huurder?",
        "Wat merkt de huurder die al jaren wacht hiervan?",
        "Jan vroeg: wat merkt de huurder hiervan, want dat was onduidelijk.",
        "Hoe zal de huurder dit ervaren als de lift stilstaat?",
        "De huurder merkt hier niets van.",
        "‘Wat merkt de huurder hiervan?’ vroeg de zaal.",
        "Klantvraag: de huurder belt te vaak.",
        "Bij punt drie kwam de huurder vanzelf ter sprake.",
        "Klant: de huurder van nummer 12",
        "(Gekozen: de huurder)",
        "Wat merkt de huurder\n\nhiervan? En de huurder?",
    ],
)
def test_what_people_say_counts(
    recognisers: Recognisers, settings: ChannelSettings, text: str
) -> None:
    assert "huurder" in somebody(recognisers.of(settings, "nl"), text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De verzekerde waarde en de verzekerde bedragen."),
        ("en", "Insured values, visitor parking and guest wifi."),
        ("en", "A client/server."),
    ],
)
def test_what_only_looks_like_people_is_left_out(
    recognisers: Recognisers, settings: ChannelSettings, language: str, text: str
) -> None:
    assert somebody(recognisers.of(settings, language), text) == []


def test_what_people_say_beside_it_counts(
    recognisers: Recognisers, settings: ChannelSettings
) -> None:
    text = "Een huurder belt. Wat merkt de huurder hiervan? Veel, zei een huurder."
    found = [it.start for it in recognisers.of(settings, "nl").candidates(text)]
    assert found == [text.index("huurder"), text.rindex("huurder")]


def test_the_customer_above_an_agenda_is_left_out(
    recognisers: Recognisers, settings: ChannelSettings, nl: Texts
) -> None:
    recogniser = recognisers.of(settings, "nl")
    said = nl.say("agenda.customer", customer="de huurder")
    assert somebody(recogniser, f"10.00 uur · Zaal 2 · {said}\n5 punten") == []
    assert somebody(recogniser, f"{said}\n5 punten") == []
    assert somebody(recogniser, f"Met {said}") != []


# --- for who meets


def test_accounts_and_own_words_are_those_of_who_meets(
    recognisers: Recognisers, of_sector: dict[str, ChannelSettings]
) -> None:
    general = of_sector["general"]
    own = serving(general, "nl", CustomerWords("de zwaluw", "zwaluwen"))
    theirs = replace(own, accounts=("Zeeman Textiel",))
    text = "Zeeman Textiel en de zwaluwen."
    assert somebody(recognisers.of(general, "nl"), text) == []
    assert somebody(recognisers.of(own, "nl"), text) == ["zwaluwen"]
    assert somebody(recognisers.of(theirs, "nl"), text) == ["Zeeman Textiel", "zwaluwen"]
    (account, _) = recognisers.of(theirs, "nl").candidates(text)
    assert account.rule is Rule.ACCOUNT


def test_a_word_may_be_a_customer_in_one_sector_only(
    recognisers: Recognisers, of_sector: dict[str, ChannelSettings]
) -> None:
    def called(sector: str) -> str:
        (found,) = recognisers.of(of_sector[sector], "nl").candidates("Elke reiziger wacht.")
        return "".join(it for it in found.signs if it.endswith("&served"))

    assert called("public_transport") == "traveller&served"
    assert called("software") == ""


def test_who_serves_colleagues_hears_those_they_serve_alone(
    recognisers: Recognisers, of_sector: dict[str, ChannelSettings]
) -> None:
    """People speak of colleagues anyway: in the meeting, on leave, of another department."""
    colleagues = CustomerWords("de collega", "collega's")
    own = recognisers.of(serving(of_sector["general"], "nl", colleagues), "nl")
    general = recognisers.of(of_sector["general"], "nl")

    def heard(recogniser: Recogniser, text: str) -> list[str]:
        return [it.text for it in recogniser.mentions(text)]

    served = "Collega's wachten te lang op een nieuwe laptop."
    assert heard(own, served) == ["Collega's"]
    assert "sector:internal_services" in next(own.candidates(served)).signs
    assert heard(general, served) == []
    for beside in ("De collega's van de vergadering zijn er.", "Collega Els is met verlof."):
        assert heard(own, beside) == []


def test_a_recogniser_is_made_once(
    recognisers: Recognisers, of_sector: dict[str, ChannelSettings]
) -> None:
    general, housing = of_sector["general"], of_sector["housing"]
    assert recognisers.of(general, "nl") is recognisers.of(replace(general), "nl")
    assert recognisers.of(general, "nl") is not recognisers.of(general, "en")
    assert recognisers.of(general, "nl") is not recognisers.of(housing, "nl")


def test_recognisers_that_differ_in_accounts_share_their_words(
    prompts: Prompts, of_sector: dict[str, ChannelSettings]
) -> None:
    recognisers, general = Recognisers(prompts), of_sector["general"]

    for account in ("De Haven", "Van Dijk BV"):
        listening = recognisers.of(replace(general, accounts=(account,)), "nl")
        assert [it.text for it in listening.mentions(f"{account} belde.")] == [account]

    assert recognisers._lexicon.cache_info().misses == 1


def test_only_the_latest_recognisers_are_kept(
    recognisers: Recognisers, of_sector: dict[str, ChannelSettings]
) -> None:
    general = of_sector["general"]
    first = recognisers.of(general, "nl")

    for number in range(recognise.MOST_KEPT):
        recognisers.of(replace(general, accounts=(f"Klant {number}",)), "nl")

    assert recognisers.of(general, "nl") is not first
