"""Make up a year: keep the meetings of made-up channels as if people had held them.

In one transaction, and not by the use cases that people's meetings go through: one by one these
hundreds would take half a minute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache, cached_property, partial

from bot.domain.answer import Answer
from bot.domain.choice import Past, Subject, choose
from bot.domain.customer import ChannelSettings
from bot.domain.ids import new_id
from bot.domain.made_up_year import (
    QUESTIONS,
    TODAY,
    MadeUpChannel,
    MadeUpItem,
    MadeUpMeeting,
    MadeUpYear,
    meetings_of,
)
from bot.domain.meeting import AgendaItem, Kind, State, series_key, title_key
from bot.domain.observation import Closing, Observed, Source
from bot.readers.catalogue import Prompts
from bot.storage import (
    answers,
    asked_questions,
    channels,
    closings,
    items,
    meetings,
    observations,
    people,
)
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases.ask_questions import subject_of
from bot.usecases.toolbox import Caller, Toolbox

REMEMBERED = 40  # questions of earlier meetings that the choice looks at; of all it would be slow
Held = list[tuple[str, MadeUpItem]]  # our ids of items, with what happened there


def looking_back(toolbox: Toolbox) -> Toolbox:
    """The same, on the day after the made-up year."""
    return replace(toolbox, clock=lambda: _noon(TODAY))


def make_up_year(toolbox: Toolbox, caller: Caller, year: MadeUpYear, language: str) -> None:
    """Keep all meetings of a year, in the language that it is in."""
    subject = cache(partial(_subject, toolbox.prompts))  # a year has few titles, time and again
    with toolbox.write(caller) as session:
        person_id = people.ensure(session, caller.platform, caller.person, toolbox.now())
        for channel in year.channels:
            there = replace(caller, channel=channel.name)
            keeper = _Keeper(session, toolbox, there, year, channel, language, person_id, subject)
            past: list[Past] = []
            for meeting in meetings_of(channel, year):
                past += keeper.keep(meeting, past[-REMEMBERED:])


@dataclass(frozen=True)
class _Keeper:
    """Keeps the meetings of a channel; one person answers, observes and closes there."""

    session: Session
    toolbox: Toolbox
    caller: Caller
    year: MadeUpYear
    channel: MadeUpChannel
    language: str
    person_id: str
    subject: Callable[[str], Subject | None]

    def keep(self, made_up: MadeUpMeeting, past: Sequence[Past]) -> list[Past]:
        """A meeting from its agenda to its end; the questions that were asked in it."""
        now = _instant(made_up.day)
        meeting_id = self._prepare(made_up.day, now)
        held = self._place(meeting_id, made_up)
        asked = self._ask(held, made_up.day, past, now)
        self._answer(meeting_id, held, now)
        if made_up.observed or any(item.answers for _, item in held):
            meetings.set_state(self.session, meeting_id, State.OPEN, self.person_id, now)
        if made_up.observed:
            self._observe(held, now)
        by = self.person_id if made_up.observed else None
        closing = Closing(members=self.channel.people, by_clock=by is None)
        closings.add(self.session, meeting_id, closing, by, now)
        meetings.set_state(self.session, meeting_id, State.CLOSED, by, now)
        return asked

    @cached_property
    def _settings(self) -> ChannelSettings:
        config, customers = self.toolbox.config, self.toolbox.prompts.customers
        found = config.settings(self.channel.name, customers, self.language, self.year.sector)
        return replace(found, level=self.channel.level, questions=QUESTIONS)

    @cached_property
    def _ids(self) -> tuple[str, str]:
        """Of the channel, and of the series of its meetings."""
        platform, since = self.caller.platform, _instant(self.channel.first)
        channel_id = channels.ensure(
            self.session, platform, self.channel.name, self._settings, since
        )
        key = series_key(self.year.meeting)
        return channel_id, channels.ensure_series(self.session, channel_id, key, since)

    def _prepare(self, day: date, now: str) -> str:
        channel_id, series_id = self._ids
        meeting = Meeting(
            id=new_id(),
            channel_id=channel_id,
            title=self.year.meeting,
            day=day,
            time=None,
            place=None,
            language=self.language,
            customer=self._settings.customer[self.language].one,
            state=State.PREPARED,
            counts_on=day,
        )
        key = title_key(meeting.title)
        meetings.add(self.session, meeting, series_id, key, self.person_id, now)
        return meeting.id

    def _place(self, meeting_id: str, made_up: MadeUpMeeting) -> Held:
        """The items on the agenda, behind the opening."""
        items.add(self.session, meeting_id, 0, AgendaItem("1", self.year.opening, Kind.PROCEDURAL))
        return [
            (items.add(self.session, meeting_id, rank, _point(rank, item)), item)
            for rank, item in enumerate(made_up.items, 1)
        ]

    def _ask(self, held: Held, day: date, past: Sequence[Past], now: str) -> list[Past]:
        prompts = self.toolbox.prompts
        subjects = [self.subject(item.title) for _, item in held]
        catalogue, settings = prompts.questions[self.language], self._settings
        chosen = choose(subjects, catalogue, prompts.fits, settings, self.language, past, day)
        for (item_id, _), choices in zip(held, chosen, strict=True):
            asked_questions.add(self.session, item_id, choices, now)
        return [
            Past(choice.key, item.title, (), day)
            for (_, item), choices in zip(held, chosen, strict=True)
            for choice in choices
        ]

    def _answer(self, meeting_id: str, held: Held, now: str) -> None:
        asked: dict[str, list[str]] = defaultdict(list)
        for item_id, asked_id, _ in asked_questions.of_meeting(self.session, meeting_id):
            asked[item_id].append(asked_id)
        for item_id, item in held:
            for each in item.answers:
                question_id = asked[item_id][each.question]
                given = Answer(each.text, each.certainty, each.changed_decision, question_id)
                answers.add(self.session, item_id, given, self.person_id, now)

    def _observe(self, held: Held, now: str) -> None:
        """As with the closing form: what titles tell is ticked in it, and people tick more."""
        recogniser = self.toolbox.recognisers.of(self._settings, self.language)
        for item_id, item in held:
            said = {Source.CHAIR: item.observed}
            if item.observed is not Observed.NOT_DISCUSSED and recogniser.mentions(item.title):
                said = dict.fromkeys(Source, Observed.CAME_UP)
            for source, seen in said.items():
                observations.observe(self.session, item_id, source, seen, self.person_id, now)


def _subject(prompts: Prompts, title: str) -> Subject | None:
    return subject_of(AgendaItem("1", title, Kind.SUBSTANTIVE), prompts)


def _point(number: int, item: MadeUpItem) -> AgendaItem:
    """An item on the agenda, behind the opening, which is 1."""
    return AgendaItem(str(number + 1), item.title, Kind.SUBSTANTIVE)


def _instant(day: date) -> str:
    return _noon(day).isoformat(timespec="milliseconds")


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
