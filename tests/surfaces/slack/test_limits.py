"""The checker sees each limit: a payload at the limit is fine, one beyond is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.surfaces.slack import block_kit, limits
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.limits import wrong_message, wrong_view


def raw(kind: str, words: str) -> Block:
    return {"type": kind, "text": words}


def section(**more: Any) -> Block:
    return {"type": "section", "text": raw("plain_text", "x"), **more}


def message(*blocks: Block, text: str = "x") -> Block:
    return {"text": text, "blocks": list(blocks)}


def button(number: int = 1, **more: Any) -> Block:
    return {
        "type": "button",
        "text": raw("plain_text", "x"),
        "action_id": f"a{number}",
        **more,
    }


def options(number: int) -> list[Block]:
    return [block_kit.option(str(n), str(n)) for n in range(number)]


def chooser(kind: str, number: int) -> Block:
    return section(accessory={"type": kind, "action_id": "a", "options": options(number)})


def chart(points: int = 2, label: str = "", **more: Any) -> Block:
    shares = {f"{n}{label}": n for n in range(points)}
    drawn = block_kit.line_chart("x", "x", shares, "x")
    series = drawn["chart"]["series"][0] | more.pop("series", {})
    axis = drawn["chart"]["axis_config"] | more.pop("axis_config", {})
    return drawn | {"chart": {"type": "line", "series": [series], "axis_config": axis}} | more


def labelled(label: str) -> Block:
    """A chart of one point, with a label of any length."""
    data = [{"label": label, "value": 1}]
    return chart(1, series={"data": data}, axis_config={"categories": [label]})


MESSAGES: dict[str, tuple[int, Callable[[int], Block]]] = {
    "text": (4_000, lambda n: message(section(), text="x" * n)),
    "blocks": (50, lambda n: message(*[section()] * n)),
    "section": (3_000, lambda n: message(section(text=raw("mrkdwn", "x" * n)))),
    "header": (150, lambda n: message({"type": "header", "text": raw("plain_text", "x" * n)})),
    "block_id": (255, lambda n: message(section(block_id="x" * n))),
    "action_id": (255, lambda n: message(section(accessory=button() | {"action_id": "x" * n}))),
    "button": (75, lambda n: message(section(accessory=button(text=raw("plain_text", "x" * n))))),
    "spoken": (75, lambda n: message(section(accessory=button(accessibility_label="x" * n)))),
    "value": (2_000, lambda n: message(section(accessory=button(value="x" * n)))),
    "url": (3_000, lambda n: message(section(accessory=button(url="x" * n)))),
    "actions": (25, lambda n: message(block_kit.actions([button(k) for k in range(n)]))),
    "context": (
        10,
        lambda n: message({"type": "context", "elements": [raw("mrkdwn", "x")] * n}),
    ),
    "select": (100, lambda n: message(chooser("static_select", n))),
    "overflow": (5, lambda n: message(chooser("overflow", n))),
    "radio": (10, lambda n: message(chooser("radio_buttons", n))),
    "ticks": (10, lambda n: message(chooser("checkboxes", n))),
    "charts": (2, lambda n: message(*[chart()] * n)),
    "points": (20, lambda n: message(chart(n))),
    "label of a point": (20, lambda n: message(labelled("x" * n))),
    "title of a chart": (50, lambda n: message(chart(title="x" * n))),
    "series": (20, lambda n: message(chart(series={"name": "x" * n}))),
    "axis": (50, lambda n: message(chart(axis_config={"y_label": "x" * n}))),
    "select of many": (100, lambda n: message(chooser("multi_static_select", n))),
}


def modal(*blocks: Block, **more: Any) -> Block:
    return block_kit.modal("form", "x", blocks, about="", close="x", submit="x") | more


def text_field(**more: Any) -> Block:
    return block_kit.field("x", block_kit.text_input("f") | more)


def grouped(groups: int = 1, each: int = 1, label: str = "x") -> Block:
    """A list of that many groups with that many options."""
    shown = [(label, [(f"{group}/{n}", "x") for n in range(each)]) for group in range(groups)]
    select = block_kit.grouped_select("a", "x", shown, ())
    for group in select["option_groups"]:
        group["label"]["text"] = label
    return modal(block_kit.field("x", select), submit=raw("plain_text", "x"))


VIEWS: dict[str, tuple[int, Callable[[int], Block]]] = {
    "blocks": (100, lambda n: modal(*[section()] * n)),
    "blocks at home": (100, lambda n: block_kit.home([section()] * n)),
    "groups": (100, lambda n: grouped(groups=n)),
    "options in a group": (100, lambda n: grouped(each=n)),
    "group": (75, lambda n: grouped(label="x" * n)),
    "title": (24, lambda n: modal(section(), title=raw("plain_text", "x" * n))),
    "submit": (24, lambda n: modal(section(), submit=raw("plain_text", "x" * n))),
    "close": (24, lambda n: modal(section(), close=raw("plain_text", "x" * n))),
    "about": (3_000, lambda n: modal(section(), private_metadata="x" * n)),
    "callback_id": (255, lambda n: modal(section(), callback_id="x" * n)),
    "label": (2_000, lambda n: modal(text_field() | {"label": raw("plain_text", "x" * n)})),
    "placeholder": (150, lambda n: modal(text_field(placeholder=raw("plain_text", "x" * n)))),
    "value": (3_000, lambda n: modal(text_field(initial_value="x" * n))),
    "value over its own length": (
        10,
        lambda n: modal(text_field(max_length=10, initial_value="x" * n)),
    ),
}


@pytest.mark.parametrize("what", MESSAGES)
def test_a_message_at_the_limit_is_fine_and_one_beyond_is_not(what: str) -> None:
    most, make = MESSAGES[what]

    assert wrong_message(make(most)) == []
    assert wrong_message(make(most + 1)) != []


@pytest.mark.parametrize("what", VIEWS)
def test_a_form_at_the_limit_is_fine_and_one_beyond_is_not(what: str) -> None:
    most, make = VIEWS[what]

    assert wrong_view(make(most)) == []
    assert wrong_view(make(most + 1)) != []


def test_home_has_no_fields() -> None:
    assert wrong_view(block_kit.home([section()])) == []
    assert wrong_view(block_kit.home([text_field()])) != []


def test_all_blocks_together_have_a_limit() -> None:
    long = [section(text=raw("mrkdwn", "x" * 2_900))] * 5

    assert wrong_message(message(*long[:4])) == []
    assert wrong_message(message(*long)) == [f"blocks: {limits.size(long)} of 12000 characters"]


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "sections"}],
        [{"type": "input", "label": raw("plain_text", "x"), "element": button()}],
        [section(text=raw("plain_text", " "))],
        [section(accessory=button(text=raw("mrkdwn", "x")))],
        [{"type": "header", "text": raw("mrkdwn", "x")}],
        [section(accessory={"type": "plain_text_input", "action_id": "a"})],
        [section(accessory=button()), section(accessory=button())],
        [section(block_id="b"), section(block_id="b")],
        [chooser("static_select", 0)],
        [section(accessory={"type": "button", "text": raw("plain_text", "x")})],
        [{"type": "section"}],
    ],
)
def test_a_message_slack_refuses_is_wrong(blocks: list[Block]) -> None:
    assert wrong_message(message(*blocks)) != []


def test_a_message_needs_words_for_who_can_not_see_it() -> None:
    assert wrong_message(message(section(), text="")) != []


def test_what_is_chosen_must_be_one_of_the_options() -> None:
    select = block_kit.select("a", "x", [("1", "one")], "1")

    assert wrong_message(message(section(accessory=select))) == []
    select["initial_option"] = block_kit.option("two", "2")
    assert wrong_message(message(section(accessory=select))) != []


def test_a_form_with_fields_needs_a_button_to_send_it() -> None:
    form = modal(text_field())
    assert wrong_view(form) == []

    del form["submit"]

    assert wrong_view(form) != []


WRONG_CHARTS = {
    "none": chart(chart={}),
    "no value for a category": chart(axis_config={"categories": ["0", "1", "2"]}),
    "a category twice": labelled("x") | {"chart": chart(2)["chart"] | {"axis_config": {}}},
    "a pie": chart(chart={**chart()["chart"], "type": "pie"}),
    "seven series": chart(chart={**chart()["chart"], "series": chart()["chart"]["series"] * 7}),
    "no series": chart(chart={**chart()["chart"], "series": []}),
    "a point without a value": labelled("x")
    | {"chart": chart(1, series={"data": [{"label": "0"}]})["chart"]},
}


@pytest.mark.parametrize("block", WRONG_CHARTS.values(), ids=WRONG_CHARTS)
def test_a_chart_that_slack_refuses_is_seen(block: Block) -> None:
    assert wrong_message(message(chart())) == []
    assert wrong_message(message(block)) != []


def test_a_form_and_home_hold_no_chart() -> None:
    assert wrong_view(modal(chart())) != []
    assert wrong_view(block_kit.home([section(), chart()])) != []
