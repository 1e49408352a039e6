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
    HOME = "app_home_opened"


class Action(StrEnum):
    """Buttons and menus. Those about a record have its id behind a colon: "answer:<item id>"."""

    SET_UP = "set_up"
    SETTINGS = "settings"
    PASTE = "paste"
    FIGURES = "figures"  # this week's, or of a period: "figures:2026-W48"
    DETAILS = "details"  # of the figures of a period
    SHARE = "share"  # "share:<period>:<what tells those figures from others>"
    OUTSIDE = "outside"  # "outside:yes": the channel's figures count outside it
    MEETINGS = "meetings"  # of the channel: what is open now
    STOP_SUBSCRIPTION = "stop_subscription"  # of a digest over several channels
    STOP_DIGEST = "stop_digest"  # "stop_digest:<occurrence id>", of the channel it asks about
    KEEP_DIGEST = "keep_digest"

    ANSWER = "answer"  # of an item
    ITEM_MENU = "item_menu"  # of an item; one of Pick
    NOT_APPLICABLE = "not_applicable"  # a button, or a select when many; its value is the item's id
    CLOSE = "close"  # of a meeting: opens the form `closing`
    MEETING_MENU = "meeting_menu"  # of a meeting; one of Pick
    PUT_IN_CHANNEL = "put_in_channel"  # of a meeting whose message is not there
    CHANGE_ITEM = "change_item"  # of an item in the form `items`; one of Pick
    ADD_ITEM = "add_item"  # of a meeting: opens the form `new_item`
    PASTE_AGAIN = "paste_again"  # of a meeting: the form `items` becomes `agenda`

    REASON = "reason"  # "reason:<answer id>:<number>"; its value is the reason in words
    OTHER_REASON = "other_reason"  # of an answer: opens the form `reason`
    UNDO = "undo"  # of an answer

    RETITLE = "retitle"  # of a draft: opens the form `preview_title`
    DRAFT_MENU = "draft_menu"  # of an item of the draft; one of Pick
    ASK_ANYWAY = "ask_anyway"  # of a draft; has the item's id
    CARRY = "carry"  # a box in a preview, of the meeting whose open items it takes along
    CARRY_OVER = "carry_over"  # of a closed meeting: the next preview has that box ticked

    # In a message to one person.
    PASTE_IN = "paste_in"  # "paste_in:<the platform's id of a channel>:<number>"
    NO_NEXT_WEEK = "no_next_week"

    # At home, where nothing says of which channel something is.
    OPEN_AGENDA = "open_agenda"  # a link
    HOME_ANSWER = "home_answer"  # of an item: opens the form `home_answer`
    LANGUAGE = "language"  # a select; its value is a language, or none to follow the channel
    NEXT_WEEK = "next_week"  # a box: to be told what is not prepared
    STORED = "stored"
    HELP = "help"


class Pick(StrEnum):
    """What a menu offers."""

    ADD = "add"  # item: one more answer
    ANSWER = "answer"  # item that is skipped
    READ = "read"  # item: all answers in full
    CHANGE = "change"  # item: change or delete one's own answers
    NOTE = "note"  # item or meeting: opens the form `note`
    CHANGE_AGENDA = "change_agenda"  # meeting: opens the form `items`
    BOTTOM = "bottom"  # meeting: its message is posted anew
    WITHDRAW = "withdraw"  # meeting: opens the form `withdraw`
    UP = "up"  # item
    DOWN = "down"  # item
    SKIP = "skip"  # item
    DISCUSS = "discuss"  # item that is skipped
    REOPEN = "reopen"  # closed meeting
    OTHER_QUESTION = "other_question"  # item, with ":<key>" where it is clear which one goes
    RENAME = "rename"  # item: opens the form `preview_item`, or `item_title` once it is posted
    NO_QUESTION = "no_question"  # item of a draft
    DROP = "drop"  # item of a draft


class Form(StrEnum):
    """Modals, by their callback id."""

    SET_UP = "set_up"
    SETTINGS = "settings"
    SUBSCRIPTION = "subscription"
    AGENDA = "agenda"
    PREVIEW = "preview"
    PREVIEW_TITLE = "preview_title"
    PREVIEW_ITEM = "preview_item"
    PREVIEW_QUESTION = "preview_question"
    ANSWER = "answer"
    CHANGE_ANSWERS = "change_answers"
    REASON = "reason"
    CLOSING = "closing"
    NOTE = "note"
    HOME_ANSWER = "home_answer"
    NEW_ITEM = "new_item"
    ITEM_TITLE = "item_title"
    OTHER_QUESTION = "other_question"
    WITHDRAW = "withdraw"


class Field(StrEnum):
    """Fields of forms: block id and action id alike. Some have an id behind a colon."""

    SECTOR = "sector"
    CUSTOMER = "customer"
    PROMISE = "promise"
    ACCOUNTS = "accounts"  # customers by name
    LANGUAGE = "language"
    LEVEL = "level"
    QUESTIONS = "questions"
    PROCEDURAL = "procedural"
    DIGEST = "digest"  # the day on which it comes, or never
    DIGEST_TIME = "digest_time"
    DIGEST_ZONE = "digest_zone"
    OUTSIDE = "outside"  # a box: figures count outside the channel
    TALK = "talk"  # whether it is counted
    KEEPER = "keeper"  # who may change the settings
    SCOPE = "scope"  # of a digest over several channels: a level, or all that take part
    CHANNELS = "channels"  # or these
    TO = "to"  # who gets it
    EVERY = "every"
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
    QUESTION = "question"


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
