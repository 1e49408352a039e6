"""The question whether figures count outside a channel: what of it is to be seen there."""

from __future__ import annotations

from bot.storage import channel_choices, channels
from bot.storage.channel_choices import Choices
from bot.usecases.choose import OPT_IN
from bot.usecases.toolbox import Caller, Toolbox
from tests.slack.people import Office, Values
from tests.slack.workspace import TEAM

OURS = Caller("slack", TEAM, "C1", "UFATIMA")
QUESTION = "Mogen de cijfers van dit kanaal meetellen in overzichten van meer kanalen"
COUNTS = (
    "De cijfers van dit kanaal tellen mee in overzichten van meer kanalen, voor collega's buiten"
    " dit kanaal."
)
STAYS = "De cijfers van dit kanaal blijven in dit kanaal."
REFUSED = "Alleen vaste leden van dit kanaal wijzigen de instellingen. Vraag het een van hen."


def something_else_happens(office: Office) -> None:
    """So that what is due is sent."""
    office.event(type="member_joined_channel", channel="C1", user="UJOKE")


def questions(office: Office) -> list[Values]:
    """The messages about it that stand by themselves, told from others by their metadata."""
    return [
        message
        for message in office.slack.messages("C1")
        if f":{OPT_IN}:" in message["metadata"]["event_payload"]["key"]
    ]


def question(office: Office) -> list[str]:
    """The one there is, as it is read aloud."""
    (message,) = questions(office)
    lines: list[str] = message["text"].splitlines()
    return lines


def told(office: Office) -> list[str]:
    """What stands below the introduction."""
    return [m["text"] for m in office.slack.messages("C1") if "thread_ts" in m]


def chosen(toolbox: Toolbox, channel: str = "C1") -> Choices:
    with toolbox.read(OURS) as session:
        return channel_choices.of_channel(session, channels.find(session, "slack", channel) or "")
