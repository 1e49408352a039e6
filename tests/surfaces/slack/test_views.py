"""No meeting makes a view exceed Slack's limits, or lets what people wrote do anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answer import Answer, Certainty
from bot.domain.dates import recent
from bot.domain.meeting import State
from bot.domain.problem import Problem
from bot.domain.schedule import EVERY_MONDAY
from bot.domain.view import ClosingView, ItemView, MeetingView
from bot.readers.catalogue import Prompts, read_prompts
from bot.storage.connections import _CODES
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.limits import wrong_message, wrong_view
from bot.surfaces.slack.names import Action, Form, about, record_of
from bot.usecases.quiet_weeks import QuietView
from bot.usecases.tell_digest import WeekView
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn, seen, texts_in
from tests.surfaces.slack.meetings import WILD, closings, items, meetings, plain_meeting
from tests.wording import views as other_views

TEXTS = {language: Texts(language, words) for language, words in read_prompts().texts.items()}
EACH = st.sampled_from([TEXTS["nl"], TEXTS["en"]])
BOT = Path(__file__).parents[3] / "bot"
PERIODS = recent(date(2026, 11, 24))
OUR_MARKS = re.compile(r"(?<!\u200b)[*_~`]|[*_~`](?!\u200b)")


def payload(message: Message) -> Block:
    return {"text": message.text, "blocks": list(message.blocks)}


def harmless(part: Any) -> bool:
    """Whether no text in it, ours or theirs, calls anybody, links or turns text around."""
    for text in texts_in(part):
        words = text["text"]
        if text["type"] == "mrkdwn":
            if not text["verbatim"] or re.search("<|&(?!(?:amp|lt|gt);)", words):
                return False
            if "".join(OUR_MARKS.findall(words)) not in {"", "**", "**__"}:
                return False
            words = words.replace("\u200b", "")
        if re.search(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\x00-\x09\x0b-\x1f]", words):
            return False
    return True


def spoken(message: Message) -> str:
    return seen({"type": "mrkdwn", "text": message.text})


def shown_texts(message: Message) -> Iterator[str]:
    """The lines people read: not what stands on buttons and in lists."""
    for block in message.blocks:
        texts = [block.get("text"), *block.get("elements", [])]
        for text in texts:
            if text and text.get("type") in {"plain_text", "mrkdwn"}:
                yield from (line.removeprefix("| ") for line in seen(text).splitlines())


def action_ids(message: Message) -> list[str]:
    blocks = message.blocks
    parts = [p for b in blocks for p in (b.get("accessory"), *b.get("elements", [])) if p]
    return [part["action_id"] for part in parts if "action_id" in part]


@settings(max_examples=100, deadline=None)
@given(meetings(), EACH)
def test_no_agenda_exceeds_the_limits_or_does_more_than_show(
    meeting: MeetingView, texts: Texts
) -> None:
    for message in views.agenda(meeting, texts):
        assert wrong_message(payload(message)) == []
        assert harmless(message.blocks)
        assert not re.search("<|&(?!(?:amp|lt|gt);)", message.text)


@settings(max_examples=40, deadline=None)
@given(meetings(), EACH)
def test_no_agenda_that_reads_replies_exceeds_the_limits(
    meeting: MeetingView, texts: Texts
) -> None:
    for message in views.agenda(meeting, texts, reads_threads=True):
        assert wrong_message(payload(message)) == []
        assert harmless(message.blocks)


@settings(max_examples=60, deadline=None)
@given(meetings(), EACH)
def test_who_hears_an_agenda_hears_all_of_it(meeting: MeetingView, texts: Texts) -> None:
    control = texts.say("slack.agenda.does_not_fit")
    for message in views.agenda(meeting, texts):
        heard = [line.strip() for line in spoken(message).splitlines()]
        title = heard[0].partition(": ")[2]
        assert {line.strip() for line in shown_texts(message)} - {*heard, title, control} == set()


@settings(max_examples=60, deadline=None)
@given(meetings(), EACH)
def test_no_preview_exceeds_the_limits(meeting: MeetingView, texts: Texts) -> None:
    form = views.preview(meeting, "d" * 32, texts, "about")

    assert wrong_view(form) == []
    assert harmless(form)


@settings(max_examples=60, deadline=None)
@given(meetings(), EACH)
def test_no_form_that_changes_an_agenda_exceeds_the_limits(
    meeting: MeetingView, texts: Texts
) -> None:
    forms = [views.items_form(meeting, texts, "about"), views.new_item_form(meeting, texts)]

    assert [wrong_view(form) for form in forms] == [[], []]
    assert all(map(harmless, forms))


@settings(max_examples=60, deadline=None)
@given(closings(), EACH)
def test_no_closing_exceeds_the_limits(view: ClosingView, texts: Texts) -> None:
    form, message = views.closing_form(view, texts, "about"), views.closing(view, texts)

    assert wrong_view(form) == []
    assert wrong_message(payload(message)) == []
    assert harmless(message.blocks)
    assert harmless(form) or "initial_value" in str(form)
    heard = [line.strip() for line in spoken(message).splitlines()]
    assert {line.strip() for line in shown_texts(message)} - set(heard) == set()


@settings(max_examples=60, deadline=None)
@given(items(7), EACH, WILD)
def test_no_form_about_an_item_exceeds_the_limits(view: ItemView, texts: Texts, word: str) -> None:
    forms = [
        views.answer_form(view, texts, "about"),
        views.reason_form(view, texts),
        views.item_form(view, texts),
        views.rename_form(view, texts),
        *([views.question_form(Form.OTHER_QUESTION, view, texts)] if view.unanswered else []),
        views.note_form(view, "&" * 3_000, texts, "about"),
        views.read_form(view, texts),
        *([views.change_form(view, view.answers, texts)] if view.answers else []),
    ]
    messages = [
        views.not_applicable(view, "a" * 32, word, texts),
        views.reason_noted(view, "a" * 32, word, texts),
        views.undone(view, texts),
    ]

    assert [wrong_view(form) for form in forms] == [[]] * len(forms)
    assert [wrong_message(payload(message)) for message in messages] == [[]] * 3
    assert all(map(harmless, [*forms, *(message.blocks for message in messages)])) or any(
        "initial_value" in str(form) for form in forms
    ), "what stands in a field to be changed stands there as it was typed"


@settings(max_examples=60, deadline=None)
@given(WILD, EACH)
def test_no_word_of_a_channel_exceeds_the_limits(word: str, texts: Texts) -> None:
    names = "\n".join([word] * 200)
    settings_ = views.Settings("housing", word, word, names)
    sectors = {"housing": f"de {word}", "general": "de klant"}
    no_id = f"<!{word}>"
    messages = [
        views.introduction(None, texts),
        views.introduction(word, texts, reads_threads=True, digest=EVERY_MONDAY),
        views.help_(word, texts),
        views.told(views.error(Problem("not_in_channel"), texts)),
        views.figures(other_views.digest(word), PERIODS, texts, "seen", changed=True),
        views.figures(replace(other_views.digest(word), new=True), PERIODS, texts),
        views.figures_are_shared(PERIODS["this_week"], texts),
        views.shared_figures(other_views.digest(word), texts),
        views.week(WeekView(other_views.digest(word), EVERY_MONDAY), texts),
        views.quiet(QuietView("o" * 32, no_id, 3, texts.language), texts),
        views.digest_stopped(no_id, texts),
        views.digest_goes_on(no_id, texts),
    ]

    assert wrong_view(views.set_up_form(settings_, sectors, texts)) == []
    assert wrong_view(views.settings_form(settings_, sectors, texts)) == []
    assert wrong_view(views.agenda_form(texts, "about", word)) == []
    details = views.figures_details(other_views.digest(word), texts)
    assert wrong_view(details) == []
    assert harmless(details)
    drawings = [(m, blocks) for m in messages for blocks in m.drawings]
    wrong = [wrong_message(payload(replace(m, blocks=blocks))) for m, blocks in drawings]
    assert wrong == [[]] * len(wrong)
    assert all(harmless(blocks) for _, blocks in drawings)


def test_a_long_agenda_goes_on_in_its_thread_and_loses_nothing() -> None:
    messages = views.agenda(plain_meeting(60), TEXTS["nl"])

    answered = [
        record_of(name)
        for message in messages
        for name in action_ids(message)
        if name.startswith(Action.ANSWER)
    ]
    assert answered == [f"{n:032}" for n in range(1, 61)], "each item once, in order"
    assert len(messages) <= 4, "about twenty items in a message"
    assert all(wrong_message(payload(message)) == [] for message in messages)
    assert TEXTS["nl"].say("slack.agenda.in_thread") in messages[0].text


def test_only_the_first_message_closes_the_meeting() -> None:
    first, *others = views.agenda(plain_meeting(60), TEXTS["nl"])

    assert about(Action.CLOSE, "m1") in action_ids(first)
    assert not any(name.startswith("close") for other in others for name in action_ids(other))


@pytest.mark.parametrize(("number", "kind"), [(8, "button"), (9, "static_select")])
def test_one_tap_says_not_applicable_and_above_eight_items_a_list(number: int, kind: str) -> None:
    (message,) = views.agenda(plain_meeting(number), TEXTS["nl"])

    parts = [p for b in message.blocks for p in (b.get("accessory"), *b.get("elements", [])) if p]
    taps = [p for p in parts if p.get("action_id", "").startswith(Action.NOT_APPLICABLE)]
    values = [option["value"] for tap in taps for option in tap.get("options", [tap])]
    assert {tap["type"] for tap in taps} == {kind}
    assert values == [f"{n:032}" for n in range(1, number + 1)]


def answered(meeting: MeetingView, *answers: Answer) -> MeetingView:
    first, *rest = meeting.items
    return replace(meeting, items=[replace(first, answers=answers), *rest])


KNOWN = Answer("Ja: één formulier.", Certainty.KNOW, changed_decision=True)


def test_a_button_means_open() -> None:
    (message,) = views.agenda(answered(plain_meeting(2), KNOWN), TEXTS["nl"])

    names = action_ids(message)
    assert about(Action.ITEM_MENU, f"{1:032}") in names
    assert about(Action.ANSWER, f"{1:032}") not in names
    assert about(Action.ANSWER, f"{2:032}") in names
    assert "1 van 2 punten open" in message.text


@pytest.mark.parametrize(
    ("meeting", "green"),
    [
        (plain_meeting(3), about(Action.ANSWER, f"{1:032}")),
        (answered(plain_meeting(3), KNOWN), about(Action.ANSWER, f"{2:032}")),
        (answered(plain_meeting(1), KNOWN), about(Action.CLOSE, "m1")),
        (plain_meeting(3, state=State.CLOSED), None),
    ],
)
def test_green_marks_the_next_step_once(meeting: MeetingView, green: str | None) -> None:
    parts = [
        part
        for message in views.agenda(meeting, TEXTS["nl"])
        for block in message.blocks
        for part in (block.get("accessory"), *block.get("elements", []))
        if part and part.get("style") == "primary"
    ]

    assert [part["action_id"] for part in parts] == ([green] if green else [])


def test_a_closed_meeting_asks_nothing_and_says_what_was_left_open() -> None:
    meeting = answered(plain_meeting(2, state=State.CLOSED), KNOWN)
    (message,) = views.agenda(meeting, TEXTS["nl"])

    assert action_ids(message) == [about(Action.MEETING_MENU, "m1")]
    assert "Open gebleven" in drawn(payload(message))
    assert "1 beantwoord, 1 open" in message.text


def test_what_is_skipped_waits_for_nothing_and_keeps_a_menu() -> None:
    first, second = plain_meeting(2).items
    meeting = replace(plain_meeting(2), items=[replace(first, not_discussed=True), second])
    (message,) = views.agenda(meeting, TEXTS["nl"])

    assert about(Action.ANSWER, first.id or "") not in action_ids(message)
    assert about(Action.ITEM_MENU, first.id or "") in action_ids(message)
    assert about(Action.NOT_APPLICABLE, first.id or "") not in action_ids(message)
    assert drawn(payload(message)).count("Wordt dit makkelijker") == 1
    assert "1 van 2 punten open" in message.text
    closed = views.agenda(replace(meeting, state=State.CLOSED), TEXTS["nl"])[0]
    assert closed.text.count("Overgeslagen") == closed.text.count("Open gebleven") == 1
    assert about(Action.ITEM_MENU, first.id or "") not in action_ids(closed)


def test_two_answers_are_shown_and_the_others_counted() -> None:
    said = [replace(KNOWN, text=f"antwoord {n} " + "x" * 200) for n in range(5)]
    (message,) = views.agenda(answered(plain_meeting(1), *said), TEXTS["nl"])

    shown = drawn(payload(message))
    assert "antwoord 1" in shown
    assert "antwoord 2" not in shown
    assert "en nog 3 antwoorden" in shown
    assert shown.count("… – dat weten we, besluit gewijzigd") == 2


def test_how_to_reply_is_said_with_the_first_open_number_where_replies_are_read() -> None:
    def said(meeting: MeetingView, *, reads: bool = True) -> list[str]:
        (message,) = views.agenda(meeting, TEXTS["nl"], reads_threads=reads)
        assert spoken(message).count("in de draad") == drawn(payload(message)).count("in de draad")
        return re.findall("in de draad, bijvoorbeeld: (.*)", spoken(message))

    first, second = plain_meeting(2).items
    assert said(plain_meeting(2)) == ["‘1: …’."]
    assert said(answered(plain_meeting(2), KNOWN)) == ["‘2: …’."]
    assert said(plain_meeting(2), reads=False) == []
    assert said(plain_meeting(2, state=State.CLOSED)) == []
    assert said(answered(plain_meeting(1), KNOWN)) == []
    odd = replace(first, item=replace(first.item, position="§§"))
    assert said(replace(plain_meeting(2), items=[odd, second])) == ["‘2: …’."]


def menu_of(meeting: MeetingView) -> list[str]:
    """What the first item's ⋯ offers."""
    (message,) = views.agenda(meeting, TEXTS["nl"])
    parts = (block.get("accessory", {}) for block in message.blocks)
    options = (p["options"] for p in parts if p.get("action_id", "").startswith("item_menu"))
    return [option["value"] for option in next(options, [])]


LONG = replace(KNOWN, text="x" * 141)


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [([KNOWN], False), ([KNOWN, KNOWN], False), ([KNOWN] * 3, True), ([LONG], True)],
)
@pytest.mark.parametrize("state", State)
def test_what_is_cut_or_hidden_can_be_read_also_after_closing(
    answers: list[Answer], hidden: bool, state: State
) -> None:
    menu = menu_of(answered(plain_meeting(1, state=state), *answers))

    change = [] if state is State.CLOSED else ["add", "change", "note"]
    assert menu == [*change, *(["read"] if hidden else [])]


def test_all_answers_are_read_to_their_end() -> None:
    item = plain_meeting(1).items[0]
    to_second = replace(KNOWN, asked_question_id=item.questions[1].id)
    long = "begin\n" + "woord " * 1_500 + "EINDE"
    given = [replace(KNOWN, text=long), *(replace(to_second, text=f"nr {n}") for n in range(9))]
    shown = drawn(views.read_form(replace(item, answers=given), TEXTS["nl"]))

    assert long.replace("\n", "") in shown.replace("\n", "")
    rows = shown.splitlines()
    assert rows[3:5] == [item.questions[0].choice.text, item.questions[1].choice.text]
    assert [row for row in rows if row.startswith("nr")] == [
        f"nr {n} – dat weten we, besluit gewijzigd" for n in range(9)
    ]


def test_what_is_too_much_to_read_is_counted() -> None:
    item = replace(plain_meeting(1).items[0], answers=[replace(KNOWN, text="🙂" * 30_000)] * 4)
    form = views.read_form(item, TEXTS["nl"])

    assert wrong_view(form) == []
    assert TEXTS["nl"].say("slack.answer.not_shown", n=3) in str(form)


def test_every_question_stays_and_has_its_answers_below_it() -> None:
    meeting = plain_meeting(1)
    first, second = meeting.items[0].questions
    to = {n: q.id for n, q in enumerate([first, second])}
    given = [
        replace(KNOWN, text="algemeen"),
        replace(KNOWN, text="bij twee", asked_question_id=to[1]),
    ]
    texts = TEXTS["nl"]

    def lines(*answers: Answer) -> list[str]:
        (message,) = views.agenda(answered(meeting, *answers), texts)
        rows = drawn(payload(message)).splitlines()
        start = rows.index(first.choice.text)
        return [row.removeprefix("| ").partition(" –")[0] for row in rows[start : start + 4]]

    both = [first.choice.text, second.choice.text]
    assert lines(given[0])[:3] == [*both, "algemeen"]
    assert lines(given[1])[:3] == [*both, "bij twee"]
    assert lines(*given) == [*both, "bij twee", "algemeen"]
    more = [replace(KNOWN, text="bij een", asked_question_id=to[0])] * 3
    assert lines(*more, *given)[:4] == [both[0], "bij een", both[1], "bij twee"]


def test_questions_that_do_not_apply_are_not_shown() -> None:
    meeting = answered(plain_meeting(1), Answer("raakt niemand", None))
    (message,) = views.agenda(meeting, TEXTS["nl"])

    assert "Wat merkt de huurder" not in message.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_label_of_ours_is_cut_off(prompts: Prompts, language: str) -> None:
    """Slack gives titles and buttons little room: 24 and 75 characters."""
    texts = TEXTS[language]
    meeting = answered(plain_meeting(3), KNOWN)
    sectors = {name: words[language].one for name, words in prompts.customers.items()}
    left_out = [replace(it, not_discussed=True) for it in plain_meeting(3).items]
    skipped = replace(meeting, items=left_out)
    forms = [
        views.agenda_form(texts),
        views.preview(meeting, "d", texts),
        views.title_form(meeting, texts),
        views.item_form(meeting.items[0], texts),
        views.items_form(meeting, texts),
        views.items_form(skipped, texts),
        views.new_item_form(meeting, texts),
        views.rename_form(meeting.items[0], texts),
        views.question_form(Form.OTHER_QUESTION, meeting.items[1], texts),
        views.withdraw_form(texts),
        views.answer_form(replace(meeting.items[1], item=meeting.items[1].item), texts),
        views.reason_form(meeting.items[0], texts),
        views.read_form(meeting.items[0], texts),
        views.change_form(meeting.items[0], [replace(KNOWN, id="a")], texts),
        views.set_up_form(views.Settings("general"), sectors, texts),
        views.settings_form(views.Settings("general"), sectors, texts),
    ]
    messages = [views.introduction(None, texts), views.help_("lunch", texts)]

    said = [t["text"] for part in [*forms, *(m.blocks for m in messages)] for t in texts_in(part)]
    ours = {texts.say(key) for key in ("slack.preview.ask_anyway", "slack.answer.na_other")}
    assert [words for words in said if words.endswith("…") and words not in ours] == []


# What only the terminal and the start of a process run into.
ELSEWHERE = {
    "app_token_scope",
    "backup_exists",
    "bad_slack_url",
    "bot_scopes",
    "cannot_write",
    "database_in_use",
    "long_line",
    "no_address",
    "no_database",
    "no_job",
    "no_signing_secret",
    "no_slack",
    "no_slack_token",
    "other_slack_token",
    "several_meetings",
    "slack_hiccup",
    "slack_refused",
    "unknown_meeting",
    "which_channel",
    "several_workspaces",
    "stays_inside",
    "all_stay_inside",
    "unknown_channels",
    "whole_weeks",
}
VALUES: dict[str, str | int] = {
    "found": "Van Dijk",
    "least": 3,
    "name": "Fatima",
    "n": 741,
    "example": "de klant",
    "most": 500,
    "position": "4",
    "scope": "chat:write",
    "title": "Lift",
}


def problems() -> set[str]:
    """The codes of the problems that are raised below, or by, what Slack listens to."""
    floors = ("domain", "readers", "storage", "usecases", "surfaces/slack")
    codes = (
        node.args[0].value
        for floor in floors
        for path in (BOT / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
        if node.func.id == "Problem" and isinstance(node.args[0], ast.Constant)
    )
    return {str(code) for code in codes} | {code for *_, code in _CODES}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_problem_becomes_a_sentence(language: str) -> None:
    texts, found = TEXTS[language], problems()
    assert {code for code in found if not views.expects(Problem(code))} == ELSEWHERE
    said = {code: views.error(Problem(code, **VALUES), texts) for code in found - ELSEWHERE}

    assert {code for code, words in said.items() if not words.endswith(".")} == set()
    assert said["disk_full"] == texts.say("slack.error.cannot_keep")
    assert "741" in said["many_items"]
    assert "4f2a" in views.unexpected("4f2a", texts)
