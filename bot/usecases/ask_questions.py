"""Ask questions: choose them for the items of a meeting, swap one, take back what is unwanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.choice import MEMORY, Choice, Subject, choose
from bot.domain.cue import cues_of
from bot.domain.customer import ChannelSettings
from bot.domain.meeting import AgendaItem, Kind
from bot.domain.problem import Problem
from bot.domain.topic import Topic, topics_of
from bot.readers.agenda_words import is_one_of
from bot.readers.catalogue import Prompts
from bot.storage import answers, asked_questions, items
from bot.storage.database import Session
from bot.storage.meetings import Meeting


def withdraw(session: Session, meeting: Meeting) -> None:
    """Take back the questions that are not asked of such an item any more.

    What has an answer keeps its questions.
    """
    answered = answers.ever_answered(session, meeting.id)
    for item_id, item in _on_agenda(session, meeting).items():
        if item.kind is Kind.PROCEDURAL and item_id not in answered:
            asked_questions.withdraw(session, item_id)


def _on_agenda(session: Session, meeting: Meeting) -> dict[str, AgendaItem]:
    agenda = items.of_meeting(session, meeting.id)
    return {item_id: item for item_id, item, removed in agenda if not removed}


def ask(
    session: Session,
    meeting: Meeting,
    prompts: Prompts,
    settings: ChannelSettings,
    today: date,
    now: str,
) -> None:
    """Choose questions for the items that have none yet."""
    asked = asked_questions.of_meeting(session, meeting.id)
    have = {item_id for item_id, _, _ in asked}
    agenda = _on_agenda(session, meeting)
    waiting = {item_id: item for item_id, item in agenda.items() if item_id not in have}
    subjects = [
        subject_of(item, prompts, asked_questions.passed(session, item_id))
        for item_id, item in waiting.items()
    ]
    asked_here = [choice.key for _, _, choice in asked]
    chosen = _chosen(session, meeting, prompts, settings, today, subjects, asked_here)
    for item_id, choices in zip(waiting, chosen, strict=True):
        asked_questions.add(session, item_id, choices, now)


def swap(
    session: Session,
    meeting: Meeting,
    prompts: Prompts,
    settings: ChannelSettings,
    today: date,
    now: str,
    item_id: str,
    key: str,
) -> None:
    """Put the next question that fits to an item, instead of the one with this key.

    No other question moves, and what was turned down does not come back. Raises Problem
    "no_question", "question_answered" or "no_other_question".
    """
    asked = asked_questions.of_meeting(session, meeting.id)
    mine = {choice.key: asked_id for of, asked_id, choice in asked if of == item_id}
    item = _on_agenda(session, meeting).get(item_id)
    if item is None or key not in mine:
        raise Problem("no_question")
    if any(given.asked_question_id == mine[key] for _, given in answers.of_item(session, item_id)):
        raise Problem("question_answered")
    gone = [*asked_questions.passed(session, item_id), *mine]
    subject = subject_of(item, prompts, gone)
    asked_here = [choice.key for _, asked_id, choice in asked if asked_id != mine[key]]
    (chosen,) = _chosen(session, meeting, prompts, settings, today, [subject], asked_here)
    if not chosen or chosen[0].key in gone:
        raise Problem("no_other_question")
    asked_questions.swap(session, mine[key], chosen[0], now)


def _chosen(
    session: Session,
    meeting: Meeting,
    prompts: Prompts,
    settings: ChannelSettings,
    today: date,
    subjects: Sequence[Subject | None],
    asked_here: Sequence[str],
) -> list[tuple[Choice, ...]]:
    language, day = meeting.language, meeting.day or today
    return choose(
        subjects,
        prompts.questions[language],
        prompts.fits,
        settings,
        language,
        asked_questions.past_of(session, meeting.id, day - MEMORY),
        day,
        asked_here=asked_here,
    )


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
