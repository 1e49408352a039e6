"""Prepare a meeting: read its agenda, choose the questions, keep both, find it again next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.agenda_source import Line
from bot.domain.choice import choose
from bot.domain.customer import ChannelSettings
from bot.domain.ids import new_id
from bot.domain.language import FALLBACK_LANGUAGE
from bot.domain.meeting import (
    Agenda,
    AgendaItem,
    Kind,
    State,
    find_again,
    resembles,
    series_key,
    title_key,
)
from bot.domain.problem import Problem
from bot.domain.view import ItemView, MeetingView, QuestionView
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import Prompts
from bot.readers.text_file import decode
from bot.storage import (
    agenda_sources,
    asked_questions,
    carry_overs,
    channels,
    items,
    jobs,
    meetings,
    people,
)
from bot.storage.database import Session
from bot.storage.meetings import Meeting
from bot.usecases import ask_questions
from bot.usecases.ask_questions import subject_of
from bot.usecases.show_meeting import MEETING, as_view, view_of
from bot.usecases.tell_origins import tell_origins
from bot.usecases.toolbox import Caller, Toolbox

MOST_ITEMS = 500  # a year's list of a council has about a hundred; questions for all take a second


def read(raw: bytes, file: str, vocabulary: Vocabulary, today: date) -> tuple[Agenda, str]:
    """The agenda in a file's bytes, and the encoding they were in.

    A day without a year is the nearest to `today`. Raises Problem "no_agenda", "many_items", or one
    of `decode`; `file` names it there.
    """
    text, encoding = decode(raw, file)
    agenda = read_agenda(text, vocabulary, today)
    if not agenda.items:
        raise Problem("no_agenda", file=file)
    if len(agenda.items) > MOST_ITEMS:
        raise Problem("many_items", file=file, n=len(agenda.items), most=MOST_ITEMS)
    return agenda, encoding


def preview(
    agenda: Agenda, settings: ChannelSettings, prompts: Prompts, today: date
) -> MeetingView:
    """The agenda with its questions, as for a first meeting; keeps nothing."""
    meeting = _new(agenda, settings, today)
    language = meeting.language
    subjects = [subject_of(item, prompts) for item in agenda.items]
    chosen = choose(
        subjects, prompts.questions[language], prompts.fits, settings, language, (), today
    )
    shown = [
        ItemView(item, [QuestionView(choice) for choice in choices])
        for item, choices in zip(agenda.items, chosen, strict=True)
    ]
    return replace(as_view(meeting, shown), other=agenda.other)


def prepare(
    toolbox: Toolbox,
    caller: Caller,
    agenda: Agenda,
    settings: ChannelSettings,
    *,
    reopen: bool = False,
) -> MeetingView:
    """Keep the agenda as a meeting, or bring the meeting it already is up to date.

    Items found again keep their id, questions and answers; a closed meeting stays as it is. With
    `reopen` a closed meeting is found also when it has no day, and is opened again.
    """
    with toolbox.write(caller) as session:
        return keep(session, toolbox, caller, agenda, settings, reopen=reopen)


def keep(
    session: Session,
    toolbox: Toolbox,
    caller: Caller,
    agenda: Agenda,
    settings: ChannelSettings,
    *,
    reopen: bool = False,
    meeting_id: str | None = None,
    same_day: bool = False,
    placed: Sequence[tuple[str, AgendaItem]] = (),
) -> MeetingView:
    """Prepare in a transaction that has begun; shown again where the meeting is shown.

    `meeting_id` tells which meeting it is, whatever its title and day. With `same_day` an agenda
    without a day is never a meeting that was prepared on another day: a team may have one agenda
    for every week. `placed` are the items as (id, item), where it is known which they are.
    """
    now = toolbox.now()
    channel_id = channels.ensure(session, caller.platform, caller.channel, settings, now)
    person_id = people.ensure(session, caller.platform, caller.person, now)
    if meeting_id:
        meeting = meetings.find(session, meeting_id)
    else:
        today = toolbox.today() if same_day else None
        meeting = same(session, channel_id, agenda, closed=reopen, prepared_on=today)
    if meeting is None:
        meeting = replace(_new(agenda, settings, toolbox.today()), channel_id=channel_id)
        _add(session, meeting, person_id, now)
    if meeting.withdrawn:
        meetings.bring_back(session, meeting, person_id, now)
        tell_origins(session, carry_overs.origins(session, meeting.id).values(), now)
    if meeting.state is State.CLOSED and reopen:
        meetings.set_state(session, meeting.id, State.OPEN, person_id, now)
    if meeting.state is not State.CLOSED or reopen:
        told = _changed(meeting, agenda) if meeting_id else _retold(meeting, agenda)
        meetings.change(session, told, title_key(told.title))
        found = placed or _found_again(session, meeting, agenda.items)
        place_items(session, meeting.id, found, now)
        ask_questions.withdraw(session, meeting)
        ask_questions.ask(session, meeting, toolbox.prompts, settings, toolbox.today(), now)
        jobs.changed(session, MEETING, meeting.id, now)
    return view_of(session, meeting.id)


def same(
    session: Session, channel_id: str, agenda: Agenda, *, closed: bool, prepared_on: date | None
) -> Meeting | None:
    """The meeting this agenda already is; with `closed` also one that is.

    The same title and day tell; without a day an item in common has to, unless the meeting that
    is still open has no answers yet; without a title it always has to.
    """
    key = title_key(agenda.title)
    for meeting in meetings.find_same(session, channel_id, key, agenda.day, closed=closed):
        if not agenda.day and prepared_on not in (None, meeting.counts_on):
            continue
        told = key and (agenda.day or not items.talked_about(session, meeting.id))
        if told or _has_item_in_common(session, meeting, agenda):
            return meeting
    return None


def _has_item_in_common(session: Session, meeting: Meeting, agenda: Agenda) -> bool:
    """By its title now, or by the one it had where the agenda was read."""
    source = agenda_sources.of_meeting(session, meeting.id)
    lines = [line.title for line in source.lines if _tells(line)] if source else []
    known = [item.title for _, item, _ in items.of_meeting(session, meeting.id) if _tells(item)]
    new = [item.title for item in agenda.items if _tells(item)]
    return any(find_again(old, new, surely=range(len(old))) for old in (known, lines))


def _tells(item: AgendaItem | Line) -> bool:
    """Every agenda has an opening; only what is substantive tells one from another."""
    return item.kind is Kind.SUBSTANTIVE


def _new(agenda: Agenda, settings: ChannelSettings, today: date) -> Meeting:
    """The meeting an agenda makes, without a channel yet."""
    language = settings.language or agenda.language or FALLBACK_LANGUAGE
    return Meeting(
        id=new_id(),
        channel_id="",
        title=agenda.title,
        day=agenda.day,
        time=agenda.time,
        place=agenda.place,
        language=language,
        customer=settings.customer[language].one,
        state=State.PREPARED,
        counts_on=agenda.day or today,
    )


def _add(session: Session, meeting: Meeting, person_id: str, now: str) -> None:
    series_id = channels.ensure_series(session, meeting.channel_id, series_key(meeting.title), now)
    meetings.add(session, meeting, series_id, title_key(meeting.title), person_id, now)


def _retold(meeting: Meeting, agenda: Agenda) -> Meeting:
    return replace(
        meeting,
        title=agenda.title,
        day=agenda.day or meeting.day,
        counts_on=agenda.day or meeting.counts_on,
        time=agenda.time or meeting.time,
        place=agenda.place or meeting.place,
    )


def _changed(meeting: Meeting, agenda: Agenda) -> Meeting:
    """A meeting whose own agenda was changed: what is left out is gone; its title and place stay,
    which may not be read back as they were."""
    return replace(
        meeting,
        title=agenda.title or meeting.title,
        day=agenda.day,
        counts_on=agenda.day or meeting.counts_on,
        time=agenda.time,
        place=agenda.place or meeting.place,
    )


def _found_again(
    session: Session, meeting: Meeting, new: Sequence[AgendaItem]
) -> list[tuple[str, AgendaItem]]:
    old = items.of_meeting(session, meeting.id)
    kept = items.talked_about(session, meeting.id)
    again = find_again(
        [item.title for _, item, _ in old],
        [item.title for item in new],
        surely={index for index, (item_id, _, gone) in enumerate(old) if gone or item_id in kept},
    )
    known = (old[again[rank]][0] if rank in again else "" for rank in range(len(new)))
    return list(zip(known, new, strict=True))


def place_items(
    session: Session, meeting_id: str, new: Sequence[tuple[str, AgendaItem]], now: str
) -> list[str]:
    """Have these items, as (id, item), on the agenda in this order; their ids, of new ones too.

    An empty id is a new item. The others leave the agenda: marked where people talked about them.
    """
    old = {item_id: item for item_id, item, _ in items.of_meeting(session, meeting_id)}
    origins = carry_overs.origins(session, meeting_id)
    kept, placed = items.talked_about(session, meeting_id), []
    for rank, (item_id, item) in enumerate(new):
        placed.append(item_id or items.add(session, meeting_id, rank, item))
        if item_id:
            before = old[item_id]
            stays = item_id in kept or resembles(before.title, item.title)
            origin = item.carried_from or (before.carried_from if stays else None)
            items.change(session, item_id, rank, replace(item, carried_from=origin))
            if not stays:
                asked_questions.withdraw(session, item_id)  # they were chosen for something else
    for item_id in old.keys() - set(placed):
        if item_id in kept:
            items.mark_removed(session, item_id, now)
        else:
            items.delete(session, item_id)
    changed = origins.items() ^ carry_overs.origins(session, meeting_id).items()
    tell_origins(session, [origin for _, origin in changed], now)
    return placed
