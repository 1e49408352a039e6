"""Ask questions: choose them for the items of a meeting, keep them, take back what is unwanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, repeat

from bot.domain.choice import MEMORY, Subject, choose
from bot.domain.cue import cues_of
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.topic import Topic, topics_of
from bot.readers.agenda_words import is_one_of
from bot.readers.catalogue import Prompts
from bot.storage import answers, asked_questions, items
from bot.storage.database import Session
from bot.storage.meetings import Meeting


def withdraw(session: Session, meeting: Meeting, passed: Sequence[Sequence[str]]) -> None:
    """Take back the questions that were turned down, or are not asked of such an item any more.

    What has an answer keeps its questions.
    """
    answered = answers.ever_answered(session, meeting.id)
    asked: dict[str, set[str]] = defaultdict(set)
    for item_id, _, choice in asked_questions.of_meeting(session, meeting.id):
        asked[item_id].add(choice.key)
    for item_id, item, keys in _turned_down(session, meeting, passed):
        unwanted = item.kind is Kind.PROCEDURAL or not asked[item_id].isdisjoint(keys)
        if asked[item_id] and unwanted and item_id not in answered:
            asked_questions.withdraw(session, item_id)


def _turned_down(
    session: Session, meeting: Meeting, passed: Sequence[Sequence[str]]
) -> list[tuple[str, AgendaItem, Sequence[str]]]:
    """The items on the agenda, each with the keys of the questions turned down for it."""
    on_agenda = [
        (item_id, item)
        for item_id, item, removed in items.of_meeting(session, meeting.id)
        if not removed
    ]
    keys = chain(passed, repeat(()))
    return [(item_id, item, each) for (item_id, item), each in zip(on_agenda, keys, strict=False)]


def ask(
    session: Session,
    meeting: Meeting,
    prompts: Prompts,
    settings: ChannelSettings,
    today: date,
    now: str,
    passed: Sequence[Sequence[str]],
) -> None:
    """Choose questions for the items that have none yet; `passed` were turned down for each."""
    language = meeting.language
    asked = asked_questions.of_meeting(session, meeting.id)
    have = {item_id for item_id, _, _ in asked}
    waiting = [each for each in _turned_down(session, meeting, passed) if each[0] not in have]
    day = meeting.day or today
    chosen = choose(
        [subject_of(item, prompts, keys) for _, item, keys in waiting],
        prompts.questions[language],
        prompts.fits,
        settings,
        language,
        asked_questions.past_of(session, meeting.id, day - MEMORY),
        day,
        asked_here=[choice.key for _, _, choice in asked],
    )
    for (item_id, _, _), choices in zip(waiting, chosen, strict=True):
        asked_questions.add(session, item_id, choices, now)


def subject_of(item: AgendaItem, prompts: Prompts, passed: Sequence[str] = ()) -> Subject | None:
    """What the item's questions are chosen for; nothing for a procedural one."""
    if item.kind is Kind.PROCEDURAL:
        return None
    subject = replace(_heard(item.title, item.title, prompts), passed=tuple(passed))
    groups = is_one_of(item.title, prompts.vocabulary.group_titles)  # "Ter besluitvorming"
    if not groups and (subject.cues or Topic.OTHER not in subject.topics):
        return subject
    below = _heard(item.title, _below(item), prompts)
    # the item is kept, and its history counted, under the topic of its title; a word that does
    # not stand in the title would be a strange reason
    topics = {**dict.fromkeys(below.topics, ""), **subject.topics}
    return replace(subject, topics=topics, cues=dict.fromkeys(below.cues, ""))


def _heard(title: str, text: str, prompts: Prompts) -> Subject:
    found = topics_of(text, prompts.vocabulary)
    topics = {str(each.topic): each.word for each in found} or {str(Topic.OTHER): ""}
    return Subject(title, topics, cues_of(text, prompts.vocabulary))


def _below(item: AgendaItem) -> str:
    """What stands below a title: the first line of its detail, and the titles of its points."""
    first_line = (item.detail or "").partition("\n")[0]
    return "; ".join((first_line, *(each.title for each in item.sub_items)))
