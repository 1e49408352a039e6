"""What surfaces show: ids, raw text and numbers, as use cases return them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.domain.answer import Answer, Standing, standing
from bot.domain.choice import Choice
from bot.domain.dates import Period
from bot.domain.digest import Figures
from bot.domain.meeting import AgendaItem, Kind, State, starts_at
from bot.domain.mention_rates import Rates
from bot.domain.observation import Closing, Observed
from bot.domain.proportion import Proportion
from bot.domain.release import Released


@dataclass(frozen=True)
class QuestionView:
    """A question put to an item; `id` is None while nothing is kept."""

    choice: Choice
    id: str | None = None


@dataclass(frozen=True)
class ItemView:
    """An agenda item with its questions and answers; `id` is None while nothing is kept.

    `removed`: no longer on the agenda, kept because it has an answer or a note. `carried_on` is the
    day of the meeting it was taken along from. `not_discussed`: the chair said so.
    """

    item: AgendaItem
    questions: Sequence[QuestionView] = ()
    answers: Sequence[Answer] = ()
    id: str | None = None
    removed: bool = False
    notes: Sequence[str] = ()
    carried_on: date | None = None
    not_discussed: bool = False

    @property
    def substantive(self) -> bool:
        """Whether it is worth a question."""
        return self.item.kind is Kind.SUBSTANTIVE

    @property
    def skipped(self) -> bool:
        """Whether it waits for nothing, as it was, or will be, left out of the meeting."""
        return self.not_discussed and not self.answers

    @property
    def unanswered(self) -> list[QuestionView]:
        """Its questions that wait for words; none once they were said not to apply."""
        if self.removed or self.skipped or self.standing is Standing.NOT_APPLICABLE:
            return []
        answered = {answer.asked_question_id for answer in self.answers}
        return [question for question in self.questions if question.id not in answered]

    @property
    def standing(self) -> Standing:
        """Where the item stands."""
        return standing(self.answers)


@dataclass(frozen=True)
class MeetingView:
    """A meeting or, with `id` and `state` None, the preview of one. Day and time are local.

    `other`: what the agenda says besides; only of a preview. `withdrawn`: out of its channel.
    """

    title: str | None
    day: date | None
    time: time | None
    place: str | None
    language: str
    customer: str
    items: Sequence[ItemView]
    id: str | None = None
    state: State | None = None
    other: Sequence[str] = ()
    withdrawn: bool = False

    @property
    def starts_at(self) -> str | None:
        """ISO date, or date-time where the time is known too."""
        return starts_at(self.day, self.time)

    @property
    def substantive(self) -> list[ItemView]:
        """The items on the agenda that are worth a question."""
        return [item for item in self.items if item.substantive and not item.removed]

    @property
    def open_items(self) -> list[ItemView]:
        """The items that still wait for an answer."""
        waiting = (item for item in self.substantive if not item.skipped)
        return [item for item in waiting if item.standing is Standing.OPEN]


@dataclass(frozen=True)
class ClosingView:
    """How a meeting was closed; `closing` is None while it never was.

    `observed` by item id; an item that is not in it was not observed. `taken` are the ids of the
    items that are on another agenda now; `carries`: somebody wants the others there too. Not
    `held`: nobody ever opened it, so it counts as no meeting.
    """

    meeting: MeetingView
    observed: Mapping[str, Observed]
    closing: Closing | None
    taken: Collection[str] = ()
    carries: bool = False
    held: bool = True

    @property
    def language(self) -> str:
        """The language of the meeting."""
        return self.meeting.language

    @property
    def told(self) -> bool:
        """Whether a person said how it went: the clock was not there."""
        return bool(self.observed) or not (self.closing and self.closing.by_clock)

    def items(self, observed: Observed) -> list[ItemView]:
        """The items on the agenda of which this was observed."""
        return [it for it in self.meeting.substantive if self.observed.get(it.id or "") is observed]

    @property
    def left_open(self) -> list[ItemView]:
        """The items that got no answer, or were not discussed."""
        left_out = self.items(Observed.NOT_DISCUSSED)
        return [
            it for it in self.meeting.substantive if it.standing is Standing.OPEN or it in left_out
        ]

    @property
    def to_carry(self) -> list[ItemView]:
        """The items left open that are on no other agenda."""
        return [it for it in self.left_open if it.id not in self.taken]


@dataclass(frozen=True)
class Step:
    """A period of a trend, with what may be shown of it; in its own channel that is everything."""

    period: Period
    released: Released


@dataclass(frozen=True)
class LedTo:
    """A question whose answer changed a decision: its wording, and at which item that was."""

    wording: str
    item: str


@dataclass(frozen=True)
class Unknown:
    """A question that was answered with "we don't know yet", and nothing since."""

    wording: str
    item: str
    day: date


@dataclass(frozen=True)
class Details:
    """What only its own channel sees below its figures.

    `unknowns`: the newest, `more_unknowns` others there are. `carried`: titles of the items that
    were taken along to a meeting of the period.
    """

    led_to: LedTo | None = None
    unknowns: Sequence[Unknown] = ()
    more_unknowns: int = 0
    carried: Sequence[str] = ()


@dataclass(frozen=True)
class DigestView:
    """A period's figures of one channel; `wordings` gives a question's text by its key.

    `customer` is the channel's word. `before` is how often they came up by itself in the eight
    periods before (weeks, for a day or a range), None where there is too little to compare.
    `trend`: those periods and this one, the oldest first. `rates`: how often the recogniser is
    right, where figures rest on what it heard. `so_far`: the period is not over.
    `new`: no agenda was ever posted in the channel.
    `other_channels` are those with meetings in the period, where this one has none.
    """

    channel: str
    period: Period
    language: str
    customer: str
    figures: Figures
    wordings: Mapping[str, str]
    before: Proportion | None = None
    trend: Sequence[Step] = ()
    details: Details = Details()
    rates: Rates | None = None
    so_far: bool = False
    new: bool = False
    other_channels: Sequence[str] = ()


@dataclass(frozen=True)
class Scope:
    """Whose figures are taken together: of a level, of chosen channels, or (neither) of all.

    `channels` as the platform calls them; `named`: who reads it may know which they are.
    """

    level: str | None = None
    channels: Sequence[str] = ()
    named: bool = True


@dataclass(frozen=True)
class ManagersDigestView:
    """A period's figures of channels taken together: sums that passed the floors, and no names.

    `period` is made of whole ISO weeks, of which the last that is over is the week of `until`;
    `channels` is how many channels there are in the scope, None where even that is too few to
    tell. `before`: over those of the eight periods before that are shown, None where there is too
    little to compare. `levels`: this period by level, where the scope has several.
    `most_asked` is a question's text and how many times it was asked.
    `rates`: how often the recogniser is right, where figures rest on what it heard.
    """

    scope: Scope
    period: Period
    language: str
    until: date
    channels: int | None
    released: Released
    before: Proportion | None = None
    trend: Sequence[Step] = ()
    levels: Mapping[str, Released] = field(default_factory=dict)
    most_asked: tuple[str, int] | None = None
    rates: Rates | None = None
