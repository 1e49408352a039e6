"""Answers as they stand, and every earlier version of each."""

from __future__ import annotations

from bot.domain.answer import Answer, Certainty
from bot.domain.ids import new_id
from bot.storage.database import Row, Session, Value

_COLUMNS = "answers.id, asked_question_id, text, certainty, changed_decision, provisional"


def add(session: Session, item_id: str, answer: Answer, person_id: str, now: str) -> str:
    """Keep a new answer and return its id."""
    answer_id = new_id()
    session.rows(
        "insert into answers (workspace_id, id, item_id, number, asked_question_id, person_id,"
        " text, certainty, not_applicable, changed_decision, provisional, origin, version,"
        " created_at, updated_at)"
        " select :workspace_id, :id, :item_id, coalesce(max(number), 0) + 1, :asked_question_id,"
        " :person_id, :text, :certainty, :not_applicable, :changed, :provisional, 'people', 1,"
        " :now, :now"
        " from answers where workspace_id = :workspace_id and item_id = :item_id",
        id=answer_id,
        item_id=item_id,
        asked_question_id=answer.asked_question_id,
        person_id=person_id,
        now=now,
        **_said(answer),
    )
    _keep_version(session, answer_id, person_id)
    return answer_id


def change(session: Session, answer_id: str, answer: Answer, person_id: str, now: str) -> None:
    """Replace what an answer says; what it said stays in its history."""
    session.rows(
        "update answers set text = :text, certainty = :certainty, not_applicable = :not_applicable,"
        " changed_decision = :changed, provisional = :provisional, version = version + 1,"
        " updated_at = :now"
        " where workspace_id = :workspace_id and id = :id",
        id=answer_id,
        now=now,
        **_said(answer),
    )
    _keep_version(session, answer_id, person_id)


def delete(session: Session, answer_id: str, person_id: str, now: str) -> None:
    """Take an answer away from its item; its history stays."""
    session.rows(
        "update answers set deleted_at = :now, version = version + 1, updated_at = :now"
        " where workspace_id = :workspace_id and id = :id",
        id=answer_id,
        now=now,
    )
    _keep_version(session, answer_id, person_id)


def find(session: Session, answer_id: str) -> tuple[str, Answer] | None:
    """An answer that was not deleted, with the id of its item."""
    row = session.row(
        f"select item_id, {_COLUMNS} from answers"  # noqa: S608
        " where workspace_id = :workspace_id and id = :id and deleted_at is null",
        id=answer_id,
    )
    return (str(row[0]), _answer(row[1:])) if row else None


def of_item(session: Session, item_id: str) -> list[tuple[str, Answer]]:
    """All answers of an item, oldest first: (person id, answer)."""
    rows = session.rows(
        f"select person_id, {_COLUMNS} from answers where workspace_id = :workspace_id"  # noqa: S608
        " and item_id = :item_id and deleted_at is null order by number",
        item_id=item_id,
    )
    return [(str(row[0]), _answer(row[1:])) for row in rows]


def not_applicable_to(session: Session, item_id: str) -> list[tuple[str, str]]:
    """The answers that say "not applicable" to an item, oldest first: (person id, answer id)."""
    rows = session.rows(
        "select person_id, id from answers where workspace_id = :workspace_id"
        " and item_id = :item_id and not_applicable = 1 and deleted_at is null order by number",
        item_id=item_id,
    )
    return [(str(person), str(answer)) for person, answer in rows]


def of_meeting(session: Session, meeting_id: str) -> list[tuple[str, Answer]]:
    """All answers of a meeting, each item's oldest first: (item id, answer).

    The index is named: left to itself SQLite looks through all answers there are.
    """
    rows = session.rows(
        f"select item_id, {_COLUMNS} from items"  # noqa: S608
        " cross join answers indexed by answers_by_item"
        " on answers.workspace_id = items.workspace_id and answers.item_id = items.id"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id"
        " and deleted_at is null order by items.rank, number",
        meeting_id=meeting_id,
    )
    return [(str(row[0]), _answer(row[1:])) for row in rows]


def ever_answered(session: Session, meeting_id: str) -> set[str]:
    """The ids of the items that have an answer, or had one that was deleted."""
    rows = session.rows(
        "select distinct item_id from items"
        " join answers on answers.workspace_id = items.workspace_id and answers.item_id = items.id"
        " where items.workspace_id = :workspace_id and items.meeting_id = :meeting_id",
        meeting_id=meeting_id,
    )
    return {str(row[0]) for row in rows}


def versions(session: Session, answer_id: str) -> list[Answer]:
    """What an answer has said, oldest first; the last is how it stands or stood when deleted."""
    rows = session.rows(
        "select answer_id, null, text, certainty, changed_decision, 0 from answer_versions"
        " where workspace_id = :workspace_id and answer_id = :id order by version",
        id=answer_id,
    )
    return [_answer(row) for row in rows]


def _said(answer: Answer) -> dict[str, Value]:
    return {
        "text": answer.text,
        "certainty": answer.certainty,
        "not_applicable": int(answer.not_applicable),
        "changed": int(answer.changed_decision),
        "provisional": int(answer.provisional),
    }


def _keep_version(session: Session, answer_id: str, person_id: str) -> None:
    session.rows(
        "insert into answer_versions (workspace_id, answer_id, version, person_id, text, certainty,"
        " changed_decision, deleted, at)"
        " select workspace_id, id, version, :person_id, text, certainty, changed_decision,"
        " deleted_at is not null, updated_at from answers"
        " where workspace_id = :workspace_id and id = :id",
        id=answer_id,
        person_id=person_id,
    )


def _answer(row: Row) -> Answer:
    answer_id, asked_question_id, text, certainty, changed, provisional = row
    return Answer(
        text=text,
        certainty=Certainty(certainty) if certainty else None,
        changed_decision=bool(changed),
        asked_question_id=asked_question_id,
        id=answer_id,
        provisional=bool(provisional),
    )
