"""What titles are about: by word, phrase and compound, in both languages."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meeting import title_key
from bot.domain.topic import Found, Topic, topic_names, topics_of
from bot.readers.catalogue import read_prompts
from tests import measured, title_scores
from tests.conftest import ShowScore

VOCABULARY = read_prompts().vocabulary
WANTED = title_scores.titles()


def names(title: str) -> list[str]:
    return list(topic_names(title, VOCABULARY))


@pytest.mark.parametrize("language", WANTED)
def test_most_titles_are_read_right(language: str, show_score: ShowScore) -> None:
    score = title_scores.score(language, WANTED[language], VOCABULARY)
    told = "\n".join(title_scores.report([score]))
    row = show_score(measured.titles(score))

    assert score.kind >= 0.98, told
    assert score.topic >= 0.96, told
    assert score.other <= 0.01, told
    assert measured.is_told(row), measured.RENEW


@pytest.mark.parametrize(
    ("title", "topic", "word"),
    [
        ("Tariefswijziging per 1 mei", "price", "Tariefswijziging"),
        ("Voorstel prijsverhogingen", "price", "prijsverhogingen"),
        ("HUURHARMONISATIE", "price", "HUURHARMONISATIE"),
        ("Huurdersparticipatie", "governance", "Huurdersparticipatie"),
        ("Klachtenrapportage Q2", "complaint", "Klachtenrapportage"),
        ("Schoonmaakcontract", "supplier", "Schoonmaakcontract"),
        ("Websitevernieuwing", "system", "Websitevernieuwing"),
        ("De ov-chipkaart doet het niet", "system", "ov-chipkaart"),
        ("Enquête onder cliënten", "complaint", "Enquête"),
        ("Enque\u0302te onder clie\u0308nten", "complaint", "Enquête"),
        ("Opening hours on Sundays", "premises", "Opening hours"),
        ("New prices for 2027", "price", "prices"),
        ("Pricing", "price", "Pricing"),
        ("Staffing the desk", "people", "Staffing"),
        ("Response times of the helpdesk", "process", "Response times"),
        ("Policies we never look at", "policy", "Policies"),
    ],
)
def test_the_word_that_tells_comes_as_printed(title: str, topic: str, word: str) -> None:
    assert topics_of(title, VOCABULARY)[0] == Found(Topic(topic), word)


def test_several_topics_come_best_first() -> None:
    assert names("Klachtenrapportage") == ["complaint", "figures"]
    assert names("Parkeerbeleid") == ["premises", "policy"]
    assert names("Klachten over de huurverhoging") == ["complaint", "price"]
    assert names("Begroting en contributie") == ["figures", "price"]


def test_in_english_the_last_word_of_a_phrase_leads() -> None:
    assert names("Parking complaints") == ["complaint", "premises"]
    assert names("Complaints about parking") == ["complaint", "premises"]
    assert names("Membership dues")[0] == "price"


def test_a_title_has_three_topics_at_most() -> None:
    title = "Klachten, huur, website, rooster, begroting en statuten"

    assert names(title) == ["complaint", "price", "system"]


@pytest.mark.parametrize(
    "title",
    ["Update", "Voorstel", "Evaluatie", "Terugblik", "Prestatie", "Planten", "Partij", "Planeet",
     "Gesprekspartners gebrainstormd", "Vergeten", "Bespreken", "Proposal", "Restaurant", "2027",
     ""],
)  # fmt: skip
def test_what_tells_nothing_is_other(title: str) -> None:
    assert topics_of(title, VOCABULARY) == (Found(Topic.OTHER, ""),)


def test_a_procedural_title_has_no_topics() -> None:
    assert names("Mededelingen") == []
    assert names("Approval of minutes of 3 May") == []


def test_other_never_comes_with_a_topic() -> None:
    for wanted in WANTED.values():
        for entry in wanted:
            found = names(entry["title"])
            assert found.count("other") == 0 or found == ["other"]
            assert len(set(found)) == len(found) <= 3


@given(st.text(max_size=60))
def test_any_text_is_a_title(title: str) -> None:
    for found in topics_of(title, VOCABULARY):
        assert (found.word == "") == (found.topic is Topic.OTHER)


def test_our_own_titles_name_topics_there_are() -> None:
    known = {str(topic) for topic in Topic}
    for wanted in WANTED.values():
        assert len({entry["title"] for entry in wanted}) == len(wanted)
        for entry in wanted:
            assert known.issuperset(entry["topics"] + entry["also"]), json.dumps(entry)


def test_reading_a_title_is_the_work_of_its_words() -> None:
    topics_of("Huur", VOCABULARY)

    assert steps("huurverlaging " * 28) <= 20 * steps("huurverlaging")


def steps(title: str) -> int:
    """How many functions finding the topics calls."""
    count = 0

    def tally(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    title_key.cache_clear()
    sys.setprofile(tally)
    try:
        topics_of(title, VOCABULARY)
    finally:
        sys.setprofile(None)
    return count
