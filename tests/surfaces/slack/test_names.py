from __future__ import annotations

from bot.surfaces.slack.names import Action, about, pattern, picked, record_of


def test_a_listener_hears_its_own_action_and_no_other() -> None:
    """Bolt searches for a pattern: "reason" is also in "other_reason"."""
    for action in Action:
        names = [name for name in Action if pattern(action).search(about(name, "a1:0"))]
        assert names == [action]
        assert pattern(action).search(action)


def test_an_action_says_what_it_is_about_and_what_was_picked() -> None:
    assert record_of(about(Action.ANSWER, "i1")) == "i1"
    assert record_of(Action.SET_UP) == ""
    assert picked({"type": "button", "value": "i1"}) == "i1"
    assert picked({"type": "overflow", "selected_option": {"value": "add"}}) == "add"
    assert picked({"type": "button"}) == ""
