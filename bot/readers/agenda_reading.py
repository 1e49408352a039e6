"""What a node of the text is for: the agenda, a group, a fact of the meeting, a point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from bot.domain.kind import kind_of
from bot.domain.meeting import Kind
from bot.domain.vocabulary import Vocabulary
from bot.readers.agenda_dates import date_pattern
from bot.readers.agenda_evidence import reads_like_title
from bot.readers.agenda_lines import Line, Mark
from bot.readers.agenda_people import lists_people, names_person
from bot.readers.agenda_sections import Role, role_of
from bot.readers.agenda_tree import Node
from bot.readers.agenda_words import is_one_of, starts_with_any

T = TypeVar("T")

MAX_BARE = 60  # characters of a line that is an item in a text without any marks


@dataclass(frozen=True)
class Reading:
    """What the structure is read with; `met`: the text is known to be about a meeting."""

    vocabulary: Vocabulary
    met: bool
    whole: bool
    known: dict[tuple[str, int], Any] = field(default_factory=dict)

    def once(self, what: str, line: Line, find: Callable[[], T]) -> T:
        """What is to be known of a line, found out once; the lines live as long as the reading."""
        key = what, id(line)
        if key not in self.known:
            self.known[key] = find()
        found: T = self.known[key]
        return found

    def said(self, line: Line) -> Role:
        """What a line is for by its own words."""
        return self.once("role", line, partial(role_of, line, self.vocabulary))

    def role(self, node: Node) -> Role:
        """What a node is for; a group without anything to group is a point."""
        role = self.said(node.line)
        if role is Role.AGENDA and node.line.mark is Mark.HEADING:
            return role
        if role in (Role.POINT, Role.SESSION) and self._is_byline(node):
            return Role.HEADER
        if role is Role.AGENDA and node.line.mark is Mark.NUMBER:
            says = is_one_of(node.line.body, self.vocabulary.agenda_titles)
            return role if says else Role.POINT
        if role in (Role.GROUP, Role.SESSION) and node.line.mark is Mark.NUMBER:
            return role if _numbers_below(node) else Role.POINT
        grouping = role in (Role.GROUP, Role.SESSION, Role.AGENDA)
        return Role.POINT if grouping and not node.points else role

    def _is_byline(self, node: Node) -> bool:
        """A heading that says when or that these are the minutes, and heads no list."""
        if node.line.mark is not Mark.HEADING or node.line.number:
            return False
        body = node.line.body
        if is_one_of(body, self.vocabulary.minutes_titles):
            return True
        return not date_pattern(self.vocabulary).sub("", body).strip(" :,.") and not node.points

    def names_person(self, line: Line) -> bool:
        """Whether a line opens with somebody's name."""
        return self.once("person", line, partial(names_person, line.body, self.vocabulary))

    def are_people(self, lines: Sequence[Line]) -> bool:
        """Whether most of the lines name somebody."""
        return lists_people([self.names_person(line) for line in lines])

    def is_usual(self, line: Line) -> bool:
        """Whether a line is what every agenda has."""
        kind = self.once("kind", line, partial(kind_of, line.body, self.vocabulary))
        return kind is Kind.PROCEDURAL

    def is_bare_title(self, line: Line) -> bool:
        """Whether a line can only be a title: short, no sentence, no closing, no date."""
        words = self.vocabulary
        told = line.body[-1:] in ".!?,:;" or starts_with_any(line.body, words.closings)
        short = len(line.body) <= MAX_BARE and "://" not in line.body
        return short and not told and reads_like_title(line, words)


def _numbers_below(node: Node) -> bool:
    """Whether a numbered line has the points numbered below it: "A." any, "2." its "2.1"."""
    number = node.line.number
    below = [child.line.number.printed for child in node.points if child.line.number]
    if number is None or not below:
        return False
    return number.scheme == "Letter" or all("." in printed for printed in below)
