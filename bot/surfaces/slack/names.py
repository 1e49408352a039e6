"""Every name that Slack sends back to us; manifest, views and listeners take it here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Command(StrEnum):
    """What people type."""

    KLANTVRAAG = "/klantvraag"


class Shortcut(StrEnum):
    """What people choose in the menu of a message."""

    ADD_QUESTIONS = "add_questions"


class Event(StrEnum):
    """What Slack tells by itself."""

    JOINED = "member_joined_channel"
    LEFT = "channel_left"
    LEFT_PRIVATE = "group_left"
    MESSAGE = "message"


class Action(StrEnum):
    """Buttons and menus. Those about a record have its id behind a colon: "answer:<item id>"."""

    SET_UP = "set_up"
    SETTINGS = "settings"
    PASTE = "paste"
    FIGURES = "figures"

    ANSWER = "answer"  # of an item
    ITEM_MENU = "item_menu"  # of an item; one of Pick
    NOT_APPLICABLE = "not_applicable"  # a button, or a select when many; its value is the item's id
    CLOSE = "close"  # of a meeting: opens the form `closing`
    MEETING_MENU = "meeting_menu"  # of a meeting; one of Pick

    REASON = "reason"  # "reason:<answer id>:<number>"; its value is the reason in words
    OTHER_REASON = "other_reason"  # of an answer: opens the form `reason`
    UNDO = "undo"  # of an answer

    RETITLE = "retitle"  # of a draft: opens the form `preview_title`
    DRAFT_MENU = "draft_menu"  # of an item of the draft; one of Pick
    ASK_ANYWAY = "ask_anyway"  # of a draft; has the item's id
    CARRY = "carry"  # a box in a preview, of the meeting whose open items it takes along
    CARRY_OVER = "carry_over"  # of a closed meeting: the next preview has that box ticked


class Pick(StrEnum):
    """What a menu offers."""

    ADD = "add"  # item: one more answer
    READ = "read"  # item: all answers in full
    CHANGE = "change"  # item: change or delete one's own answers
    NOTE = "note"  # item or meeting: opens the form `note`
    CHANGE_AGENDA = "change_agenda"  # meeting: paste it again
    REOPEN = "reopen"  # closed meeting
    OTHER_QUESTION = "other_question"  # item of a draft
    RENAME = "rename"  # item of a draft: opens the form `preview_item`
    NO_QUESTION = "no_question"  # item of a draft
    DROP = "drop"  # item of a draft


class Form(StrEnum):
    """Modals, by their callback id."""

    SET_UP = "set_up"
    SETTINGS = "settings"
    AGENDA = "agenda"
    PREVIEW = "preview"
    PREVIEW_TITLE = "preview_title"
    PREVIEW_ITEM = "preview_item"
    ANSWER = "answer"
    CHANGE_ANSWERS = "change_answers"
    REASON = "reason"
    CLOSING = "closing"
    NOTE = "note"


class Field(StrEnum):
    """Fields of forms: block id and action id alike. Some have an id behind a colon."""

    SECTOR = "sector"
    CUSTOMER = "customer"
    PROMISE = "promise"
    LANGUAGE = "language"
    LEVEL = "level"
    QUESTIONS = "questions"
    PROCEDURAL = "procedural"
    AGENDA = "agenda"
    TITLE = "title"
    DAY = "day"
    TEXT = "text"  # of a question that was asked, or of an answer
    CERTAINTY = "certainty"
    CHANGED = "changed"
    DELETE = "delete"
    ITEM = "item"
    CAME_UP = "came_up"
    NOT_DISCUSSED = "not_discussed"
    TAKE_AWAY = "take_away"


def about(name: Action | Field, record_id: str) -> str:
    """The name with the id of what it is about."""
    return f"{name}:{record_id}"


def pattern(action: Action) -> re.Pattern[str]:
    """What a listener listens for: the action, about whatever record."""
    return re.compile(f"^{re.escape(action)}(:.*)?$")


def record_of(name: str) -> str:
    """The id behind the colon; empty where there is none."""
    return name.partition(":")[2]


def picked(action: Mapping[str, Any]) -> str:
    """What was chosen in a menu or select, or the value of the button that was pressed."""
    return str((action.get("selected_option") or action).get("value") or "")
