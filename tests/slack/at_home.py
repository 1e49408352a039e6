"""Somebody in the app's Home: they open it, read it, press what is there."""

from __future__ import annotations

import html
from dataclasses import dataclass

from tests.slack.people import Person, Values, _elements
from tests.slack.workspace import TEAM
from tests.surfaces.slack.drawing import drawn


@dataclass(frozen=True)
class AtHome:
    """Home belongs to no channel; what is pressed there is delivered without one."""

    person: Person

    @property
    def tab(self) -> Values | None:
        """What is on the screen; None before it was ever drawn."""
        return self.person.office.slack.tabs.get(self.person.name)

    @property
    def shown(self) -> str:
        """What is on the screen, as text."""
        assert self.tab is not None, "Home was never drawn"
        return html.unescape(drawn(self.tab))

    def opens(self, tab: str = "home") -> str:
        """Come to the app, as Slack tells it; returns what is there then."""
        person = self.person
        view = {"view": self.tab} if self.tab else {}
        person.office.event(
            type="app_home_opened",
            user=person.name,
            channel=f"D{person.name}",
            tab=tab,
            event_ts="1795000000.000001",
            **view,
        )
        return self.shown if self.tab else ""

    def presses(self, label: str, *, of: str = "", pick: str = "", view: Values | None = None):
        """Press what is labelled so, or choose `pick`; `view` is an older one, still on the screen.

        `of` is a part of its action id, where several are labelled alike.
        """
        view = view or self.tab
        assert view is not None
        found = [
            element
            for element in _elements(view)
            if of in element["action_id"]
            if (pick and "options" in element) or (element.get("text") or {}).get("text") == label
        ]
        assert found, f"nobody can press {label!r} {of} {pick} at home"
        element = found[0]
        action = {"action_id": element["action_id"], "block_id": "b", "type": element["type"]}
        if pick:
            options = element["options"]
            action["selected_option"] = next(o for o in options if pick in o["text"]["text"])
        self._sends(action, view)

    def ticks(self, label: str, *, on: bool = True) -> None:
        """Tick a box, or untick it."""
        assert self.tab is not None
        boxes = [e for e in _elements(self.tab) if e["type"] == "checkboxes"]
        box = next(e for e in boxes if label in e["options"][0]["text"]["text"])
        action = {"action_id": box["action_id"], "block_id": "b", "type": box["type"]}
        self._sends(action | {"selected_options": box["options"] if on else []}, self.tab)

    def _sends(self, action: Values, view: Values) -> None:
        person = self.person
        person.office.deliver(
            {
                "type": "block_actions",
                "team": {"id": TEAM},
                "user": {"id": person.name, "team_id": TEAM},
                "container": {"type": "view", "view_id": view["id"]},
                "trigger_id": person.office.slack.trigger(person.name),
                "view": view,
                "actions": [action],
            }
        )
