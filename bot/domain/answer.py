"""What a meeting says to a question: words and how sure it is, or why it does not apply."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum


class Certainty(StrEnum):
    """How sure the meeting is of its answer."""

    KNOW = "know"
    ASSUME = "assume"
    DONT_KNOW = "dont_know"


class Standing(StrEnum):
    """Where an item stands: one answer in words makes it answered, whatever else was said."""

    OPEN = "open"
    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Answer:
    """An answer to an item, and to one of its questions where known.

    `certainty` is None exactly when the answer is "not applicable"; `text` is then the reason,
    empty while it has not been given. `provisional`: nobody was asked yet how sure it is.
    """

    text: str
    certainty: Certainty | None
    changed_decision: bool = False
    asked_question_id: str | None = None
    id: str | None = None
    provisional: bool = False

    @property
    def not_applicable(self) -> bool:
        """Whether this says that the question does not apply."""
        return self.certainty is None


@dataclass(frozen=True)
class Change:
    """What somebody makes of an answer; with `text` None its words stay as they are."""

    text: str | None
    certainty: Certainty | None
    changed_decision: bool = False

    def of(self, answer: Answer) -> Answer:
        """The answer, changed so."""
        return replace(
            answer,
            text=answer.text if self.text is None else self.text,
            certainty=self.certainty,
            changed_decision=self.changed_decision,
            provisional=False,
        )


def standing(answers: Collection[Answer]) -> Standing:
    """Where an item with these answers stands."""
    certainties = {answer.certainty for answer in answers}
    if certainties & {Certainty.KNOW, Certainty.ASSUME}:
        return Standing.ANSWERED
    if Certainty.DONT_KNOW in certainties:
        return Standing.DONT_KNOW
    return Standing.NOT_APPLICABLE if certainties else Standing.OPEN
