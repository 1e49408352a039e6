"""What is no item, fact or session is told too: every word of the text ends up somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meeting import Agenda, AgendaItem, SubItem, title_key
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import read_prompts

VOCABULARY = read_prompts().vocabulary
AGENDAS = Path(__file__).parent.parent / "data" / "agendas"


def read(text: str) -> Agenda:
    return read_agenda(text, VOCABULARY)


def other(text: str) -> tuple[str, ...]:
    return read(text).other


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1. Opening\n2. Huur (Jan, 10 min)", ()),
        ("# Agenda voor het teamoverleg – di 24 november 2026, 10:00\n1. Huur\n2. Zorg", ()),
        ("Overleg\nAanwezig: Jan, Piet\n\n1. Huur\n2. Zorg", ("Aanwezig: Jan, Piet",)),
        ("Overleg\n\n## Agenda\n1. Huur\n2. Zorg", ("Agenda",)),
        ("Datum: 3 mei 2027\nTijd: 10 uur\nLocatie: zaal 2\n\n1. Huur\n2. Zorg", ()),
        ("Datum: 3 mei 2027\nTijd: 10-12 uur\n\n1. Huur\n2. Zorg", ("Tijd: 10-12 uur",)),
        ("Hoi,\n\nAgenda:\n1. Huur\n2. Zorg\n\nGroet,\nAn", ("Hoi,", "Agenda:", "Groet,", "An")),
        ("1. [Huur](https://example.org/x)\n2. Zorg", ("[Huur](https://example.org/x)",)),
        ("1. Huur https://example.org\n2. Zorg", ("https://example.org",)),
        ("# Heidag\n## Ochtend\n- Huur\n## Middag\n- Zorg\n- Post", ()),
        ("Heidag, voorzitter Jan\n24 november 2026\n\n1. Huur\n2. Zorg", ()),
        ("Kun je de wachtrij op de agenda zetten?", ("Kun je de wachtrij op de agenda zetten?",)),
        ("| Tijd | Punt |\n|---|---|\n| 9:00 | Huur |\n| 10:00 | Zorg |", ("Tijd | Punt",)),
        ("```text\nAgenda\n1. Huur\n2. Zorg\n```", ("text", "Agenda")),
        ("---\ntitle: Bestuur\ntags: a, b\n- c\n---\n- Opening\n- Hek", ("tags: a, b", "c")),
        (
            "Agenda:\nHuur\nZorg\nDeelnemen via Teams\nhttps://teams.example.org/x\n",
            ("Agenda:", "Deelnemen via Teams", "https://teams.example.org/x"),
        ),
        (
            "<nav><a>Home</a></nav><h1>Raad</h1><ol><li>Huur <button>Toon</button><li>Zorg</ol>"
            "<footer>Privacy</footer>",
            ("Home", "Toon", "Privacy"),
        ),
    ],
)
def test_what_is_left(text, left):
    assert other(text) == left


def test_a_word_said_twice_is_told_twice():
    assert other("Jan\n\nAgenda:\n1. Huur – Jan\n2. Zorg") == ("Agenda:",)
    assert other("Aanwezig:\n- Jan\n\nAgenda:\n1. Huur – Jan\n2. Zorg") == (
        "Aanwezig:", "Jan", "Agenda:",
    )  # fmt: skip


def test_times_of_columns_are_one():
    text = "| Van | Tot | Wat |\n|---|---|---|\n| 9:00 | 9:30 | Huur |\n| 9:30 | 10:00 | Zorg |"
    assert [item.minutes for item in read(text).items] == [30, 30]
    assert other(text) == ("Van | Tot | Wat",)


# Every word, as often as it was there

QUIET = frozenset(  # may go without a trace beside what they lead up to
    key
    for words in (
        VOCABULARY.title_labels, VOCABULARY.day_labels, VOCABULARY.time_labels,
        VOCABULARY.place_labels, VOCABULARY.title_words, VOCABULARY.articles,
        VOCABULARY.stop_words, VOCABULARY.by_words, VOCABULARY.item_words, VOCABULARY.hour_words,
        VOCABULARY.weekdays, VOCABULARY.months, VOCABULARY.durations, VOCABULARY.until_words,
        VOCABULARY.half_days,
    )
    for word in words
    for key in title_key(word).split()
)  # fmt: skip


def told(agenda: Agenda) -> Iterator[str]:
    """Every text and value of an agenda."""
    yield from (agenda.title or "", agenda.place or "", *agenda.other)
    yield f"{agenda.day or ''} {agenda.time or ''}"
    yield from dict.fromkeys(item.session or "" for item in agenda.items)
    for item in agenda.items:
        yield from told_by(item)


def told_by(item: AgendaItem | SubItem) -> Iterator[str]:
    yield f"{item.title} {item.presenter or ''} {item.detail or ''}"
    yield f"{item.starts_at or ''} {item.minutes or ''} {item.position}"
    if item.starts_at and item.minutes:
        at = timedelta(hours=item.starts_at.hour, minutes=item.starts_at.minute + item.minutes)
        yield str(at)
    for sub in item.sub_items:
        yield from told_by(sub)


def counted(text: str) -> Counter[str]:
    """How often each word stands in a text; figures without noughts in front."""
    return Counter(word.lstrip("0") for word in title_key(text).split())


def missing(words: str, agenda: Agenda) -> set[str]:
    """Words of a text that an agenda tells less often; figures need to be told only once."""
    there, here = counted(words), counted(" ".join(told(agenda)))
    lost = {word for word, times in there.items() if here[word] < (times, 1)[word[:1].isdigit()]}
    return lost - QUIET - {"", "x"}


KNOWN = sorted(
    {
        word
        for name in ("agenda_titles", "group_titles", "session_words", "header_titles", "buttons",
                     "trailer_titles", "label_titles", "outcome_labels", "conference", "greetings",
                     "closings", "core_words", "presenter_words", "columns_subject", "columns_who")
        for word in getattr(VOCABULARY, name)
        if not word.endswith("-")  # the next line would complete it
    }
)  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(KNOWN).map(str.capitalize),
    st.tuples(st.sampled_from(KNOWN), st.sampled_from(["{}:", "{}: kwast", "kwast {}", "{}, An"]))
    .map(lambda pair: pair[1].format(pair[0].capitalize())),
    st.sampled_from(["Kwast", "Huur (Jan, 10 min)", "Zorg – Els Vos", "Wie belt, en waarom?",
                     "https://kwast.nl/p", "[Post](https://kwast.nl)", "jan@kwast.nl",
                     "Zaal Noord", "We hebben het over de balie en daarna over de brief.",
                     "Kwast 3 mei 2027 om 10:00", "Lunch 12:00-13:00", "Op di schreef Jo:"]),
)  # fmt: skip
MARKS = ["", "", "# ", "## ", "- ", "  - ", "1. ", "2. ", "   a. ", "> ", "**", "| ", "| | ",
         "- [ ] ", "10:00 ", "10:15–10:30 ", "\t"]  # fmt: skip


def marked(pair: tuple[str, str]) -> str:
    mark, text = pair
    return mark + text + {"**": "**", "| ": " | Jo |", "| | ": " | Jo |"}.get(mark, "")


def test_a_row_without_a_subject_keeps_its_words():
    rows = ["| Tijd | Onderwerp | Wie |", "|---|---|---|", "| 10:00 | Huur | Jan |"]
    text = "\n".join([*rows, "| | | Piet Bos |", "| 10:30 | | An Smit |", "| 11:00 | Post | Els |"])
    assert missing(text, read(text)) == set()


LINES = st.lists(st.tuples(st.sampled_from(MARKS), TEXT), min_size=1, max_size=10)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n"]))
def test_every_word_of_a_text_ends_up_somewhere(lines, between):
    text = between.join(map(marked, lines))
    assert missing(re.sub(r"(?m)^\s*[12a]\. ", "", text), read(text)) == set()


NEWER = st.one_of(
    TEXT,
    TEXT.map(lambda text: text + ". Er liggen nog twee brieven over op tafel."),
    TEXT.map('{{{{< blok title="{}" >}}}}'.format),
    TEXT.map('{{{{% notice note title="{}" icon="kwast" %}}}}'.format),
    TEXT.map("{{{{< kwast soort={} >}}}}".format),
    st.lists(TEXT, min_size=1, max_size=4).map(
        lambda cells: "<table>" + "".join(f"<tr><td>{c}<br>x</td></tr>" for c in cells) + "</table>"
    ),
    TEXT.map(r"1\. {}".format),
    st.sampled_from(["10:00", "🕙 10:15", "11.30 uur", "12:00 – 12:30"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(NEWER, min_size=1, max_size=10), st.sampled_from(["\n", "\n\n"]))
def test_every_word_ends_up_somewhere_whatever_holds_it(parts, between):
    words = re.sub(r"<[^<>]*>|\{\{[<%]|[>%]\}\}|1\\\.", " ", between.join(parts))
    words = re.sub(r"\b(?:title|soort|icon)=", " ", words)
    assert missing(words, read(between.join(parts))) == set()


TAGS = ["p", "li", "h2", "div", "b", "td", "th", "button", "nav", "span", "dt", "blockquote"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TAGS), TEXT), min_size=1, max_size=10),
    st.sampled_from(["{}", "<ol>{}</ol>", "<table><tr>{}</tr></table>", "<main>{}</main>"]),
)
def test_every_word_of_a_page_ends_up_somewhere(parts, frame):
    body = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)
    page = "<!doctype html>" + frame.format(body)
    assert missing(" ".join(text for _, text in parts), read(page)) == set()


@pytest.mark.parametrize("file", sorted(AGENDAS.glob("*.??*")), ids=lambda file: file.name)
def test_every_word_of_our_own_agendas_ends_up_somewhere(file):
    text = re.sub(r"<br ?/?>", " ", file.read_text("utf8"))
    if file.suffix == ".json" or "<" in text:
        return
    agenda = read(text)
    lost = missing(text, agenda)
    broken_off = {"clienttevredenheids", "onderzoek"}
    assert {w for w in lost if not w[0].isdigit() and len(w) > 1} - broken_off == set()
