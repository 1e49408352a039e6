"""Five weeks of autumn in which the bot does by itself what it promised: two teams, a manager, a
crash while posting, a night with an hour too many, and a week in which one team did not meet.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient

from bot.surfaces.clock import Clock
from bot.surfaces.slack.journal import JsonLines
from bot.surfaces.slack.sender import Sender
from bot.usecases import check_messages
from bot.usecases.toolbox import Caller, Toolbox
from tests.conftest import Clock as Time
from tests.slack.office import office_of
from tests.slack.people import Office, Person
from tests.slack.workspace import BOT, TEAM

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WONEN, ZORG = "C1", "C2"
EVERYBODY = ["UFATIMA", "URUUD", "UJOKE", "UANNA", "UBRAM", "UCHRIS", BOT]
STEP = timedelta(hours=1)
NO_AGENDA = "Dit overleg heeft voor volgende week nog geen agenda."
INSIDE = ("Roosters", "Minder wachten", "huurder", "cliënt", "<#", "<@", "FATIMA", "JOKE", "href")
PERSONAL = (*EVERYBODY, "xoxb", "Roosters", "Minder wachten", "Teamoverleg", WONEN, ZORG)


@pytest.fixture
def office(toolbox: Toolbox, clock: Time) -> Iterator[Office]:
    """One is enough: what is told here hardly depends on how Slack reaches us."""
    with office_of(toolbox, clock) as office:
        yield office


@dataclass(frozen=True)
class Story:
    """Who is in it: the chairs of two teams, and their manager."""

    office: Office
    fatima: Person
    joke: Person
    ruud: Person


@pytest.fixture
def story(office: Office) -> Story:
    """It begins on Monday 5 October."""
    office.slack.people = {WONEN: [*EVERYBODY], ZORG: [*EVERYBODY]}
    office.clock.instant = at(10, 5, "10:00")
    chairs = Person(office, "UFATIMA", WONEN), Person(office, "UJOKE", ZORG)
    return Story(office, *chairs, Person(office, "URUUD", WONEN))


def test_five_weeks(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    two_teams_take_the_bot_in(story)
    their_manager_asks_for_both(story)
    the_first_week(story)
    the_second_week_and_a_crash(story)
    the_third_week_and_nothing_prepared(story)
    the_night_with_an_hour_too_many(story)
    the_fourth_week_and_a_holiday(story)
    the_month_is_over(story)
    the_fifth_week(story)
    nothing_is_left(story.office, [JsonLines().format(record) for record in caplog.records])


def two_teams_take_the_bot_in(story: Story) -> None:
    """The night shift wants its week on Sunday night."""
    office = story.office
    for person, customer in ((story.fatima, "de huurder"), (story.joke, "de cliënt")):
        office.slack.invite(person.channel)
        office.event(
            type="member_joined_channel", channel=person.channel, user=BOT, inviter=person.name
        )
        person.presses("Noem jullie klant")
        person.fills_in(customer=customer)
    story.joke.types("instellingen")
    story.joke.fills_in(digest="7", digest_time="02:30")

    assert "Elke maandag om 9.00 uur staan hier de cijfers" in office.shown(WONEN)
    assert "Elke zondag om 2.30 uur staan hier de cijfers" in office.shown(ZORG)


def their_manager_asks_for_both(story: Story) -> None:
    """Once a month, and for nobody else. Each team is asked, and says yes."""
    story.ruud.types("weekoverzicht")
    story.ruud.fills_in(to="me", every="month")
    for person in (story.fatima, story.joke):
        person.presses("Ja, tel mee")


def the_first_week(story: Story) -> None:
    """They meet on Tuesday. On Sunday that week is not over, and the one before it was empty."""
    office = story.office
    meets(story.fatima, at(10, 6, "10:00"))
    meets(story.joke, at(10, 6, "13:00"))
    until(office, at(10, 11, "12:00"))
    assert weeks(office, ZORG) == []

    # On Monday at nine, and no sooner, it is there.
    until(office, at(10, 12, "08:50"))
    assert weeks(office, WONEN) == []
    until(office, at(10, 12, "09:00"))
    assert weeks(office, WONEN) == ["Week 41 (5–11 okt 2026)"]


def the_second_week_and_a_crash(story: Story) -> None:
    """The process dies when Slack has just taken the message. Another one goes on."""
    office = story.office
    meets(story.fatima, at(10, 13, "10:00"))
    meets(story.joke, at(10, 13, "13:00"))
    until(office, at(10, 19, "08:50"))
    assert weeks(office, ZORG) == ["Week 41 (5–11 okt 2026)"]
    with pytest.raises(Killed):
        until(office, at(10, 19, "09:00"), dying(office))
    until(office, at(10, 19, "12:00"))

    assert weeks(office, WONEN)[1:] == ["Week 42 (12–18 okt 2026)"]


def the_third_week_and_nothing_prepared(story: Story) -> None:
    """Three Tuesdays are a rhythm. On Friday there is no agenda for the fourth, so both chairs hear
    that. Fatima knows; once is enough for her."""
    office, chairs = story.office, (story.fatima, story.joke)
    meets(story.fatima, at(10, 20, "10:00"))
    meets(story.joke, at(10, 20, "13:00"))
    until(office, at(10, 23, "13:50"))
    assert [said_to(chair) for chair in chairs] == [[], []]
    until(office, at(10, 23, "14:00"))
    assert [said_to(chair) for chair in chairs] == [[NO_AGENDA], [NO_AGENDA]]

    in_talk(story.fatima).presses("Stuur dit niet meer")


def the_night_with_an_hour_too_many(story: Story) -> None:
    """Half past two comes twice, and the night shift's week once."""
    office = story.office
    until(office, at(10, 25, "02:20"))
    assert len(weeks(office, ZORG)) == 1
    until(office, at(10, 25, "02:30"))
    assert weeks(office, ZORG)[1:] == ["Week 42 (12–18 okt 2026)"]

    # And nine o'clock is an hour later, for who counts in UTC.
    until(office, at(10, 26, "08:50"))
    assert [len(weeks(office, channel)) for channel in (WONEN, ZORG)] == [2, 2]
    until(office, at(10, 26, "09:00"))
    assert weeks(office, WONEN)[2:] == ["Week 43 (19–25 okt 2026)"]


def the_fourth_week_and_a_holiday(story: Story) -> None:
    """Wonen does not meet. Only Joke hears that there is no agenda, and Monday tells of nothing."""
    office = story.office
    meets(story.joke, at(10, 27, "13:00"))
    until(office, at(10, 30, "14:00"))
    assert [len(said_to(chair)) for chair in (story.fatima, story.joke)] == [1, 2]
    until(office, at(11, 2, "08:50"))
    assert weeks(office, ZORG)[2:] == ["Week 43 (19–25 okt 2026)"]
    assert said_to(story.ruud) == []
    until(office, at(11, 2, "12:00"))

    assert len(weeks(office, WONEN)) == 3


def the_month_is_over(story: Story) -> None:
    """That same Monday their manager gets both teams together, and a page with it; whoever else
    reads them learns nothing of either team."""
    month, page = story.office.slack.messages("DURUUD")
    assert month["text"].splitlines()[:3] == [
        "Oktober 2026 (28 sep–1 nov), alle kanalen",
        "Bij 7 van de 14 agendapunten kwam de klant vanzelf ter sprake"
        " (50%, toeval meegerekend 27 tot 73%).",
        "Gevraagd: 7 van de 14 punten beantwoord, 7 open.",
    ]
    assert "alleen voor jou. Jij kunt het stoppen." in month["text"]
    (file,) = page["files"]
    content = story.office.slack.files[file["id"]]["content"].decode()
    told = f"{month['text']} {month['blocks']} {content}"
    assert [word for word in INSIDE if word in told] == []


def the_fifth_week(story: Story) -> None:
    """Everybody meets, and all goes on as it did."""
    office = story.office
    meets(story.fatima, at(11, 3, "10:00"))
    meets(story.joke, at(11, 3, "13:00"))
    until(office, at(11, 9, "12:00"))

    assert weeks(office, WONEN) == [
        "Week 41 (5–11 okt 2026)",
        "Week 42 (12–18 okt 2026)",
        "Week 43 (19–25 okt 2026)",
        "Week 45 (2–8 nov 2026)",
    ]
    assert weeks(office, ZORG)[3:] == ["Week 44 (26 okt–1 nov 2026)"]
    assert len(office.slack.messages("DURUUD")) == 2


def nothing_is_left(office: Office, log: list[str]) -> None:
    """Nobody waits for anything. The log has a line for all that came, and names nobody."""
    assert check_messages.undelivered(office.toolbox.config.database) == []
    came = Counter(one["id"] for one in map(json.loads, log) if one["event"] == "came by itself")
    assert set(came.values()) == {1}
    assert came.keys() == settled(office)
    assert [line for line in log if any(word in line for word in PERSONAL)] == []


def at(month: int, day: int, clock: str) -> datetime:
    """A moment of 2026 as the office has it; the first of two."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


class Killed(BaseException):
    """The process is gone; nobody catches this."""


class _Dying(WebClient):
    def chat_postMessage(self, **values: Any) -> Any:  # noqa: N802
        super().chat_postMessage(**values)
        raise Killed


def dying(office: Office) -> Sender:
    """One that is gone as soon as Slack took a message."""
    slack = _Dying("xoxb-test", office.slack.url, retry_handlers=[])
    return Sender(lambda _: slack, office.toolbox, office.sender._render)


def until(office: Office, moment: datetime, sender: Sender | None = None) -> None:
    """A process of its own runs until then."""

    def wait(_: float) -> None:
        if office.clock() >= moment:
            clock.stop(0)
        office.clock.instant = min(moment, office.clock() + STEP)

    clock: Clock = Clock(office.toolbox, (sender or office.sender).post, "slack", wait)
    clock.run()


def meets(chair: Person, moment: datetime) -> None:
    """A meeting of two items; one is answered, and in the other the customer came up by itself."""
    office, day = chair.office, moment.astimezone(AMSTERDAM)
    until(office, moment)
    month = {10: "oktober", 11: "november"}[day.month]
    chair.types(f"Teamoverleg {day.day} {month} 2026\n1. Opening\n2. Roosters\n3. De nieuwe brief")
    chair.fills_in()
    chair.presses("Antwoord")
    chair.fills_in(text="Minder wachten")
    chair.presses("Sluit overleg af")
    chair.fills_in(came_up=["brief"])


def in_talk(person: Person) -> Person:
    """The same person in their talk with us."""
    return Person(person.office, person.name, f"D{person.name}")


def said_to(person: Person) -> list[str]:
    """The first line of each message in somebody's talk with us."""
    talk = person.office.slack.messages(f"D{person.name}")
    return [message["text"].splitlines()[0] for message in talk]


def settled(office: Office) -> set[str]:
    """All that came by itself to somebody; each has an end."""
    with office.toolbox.read(Caller("slack", TEAM, "", "")) as session:
        rows = session.rows(
            "select id, state from occurrences where workspace_id = :workspace_id"
            " and target <> :workspace_id"  # Friday itself, which is nobody's
        )
    assert {state for _, state in rows} == {"told", "nothing"}
    return {str(one) for one, _ in rows}


def weeks(office: Office, channel: str) -> list[str]:
    """What the digests in a channel are about."""
    texts = [str(message["text"]) for message in office.slack.messages(channel)]
    return [text.splitlines()[0] for text in texts if text.startswith("Week ")]
