"""Every view as complete plain text: the terminal's output, and what a screen reader gets."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from bot.domain.answer import Answer, Certainty
from bot.domain.choice import Choice, Reason
from bot.domain.meeting import AgendaItem, State, SubItem
from bot.domain.reply import unknown_of
from bot.domain.view import DigestView, ItemView, MeetingView
from bot.wording import digest_rows, digest_sentences
from bot.wording.texts import Texts

WIDTH = 80
MOST_OF_A_LABEL = 24
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # categories of characters nobody sees


class Role(Enum):
    """What a line is, for surfaces that can show the difference."""

    HEADING = auto()
    ITEM = auto()
    QUESTION = auto()
    ANSWER = auto()
    NOTE = auto()
    TEXT = auto()
    COMMAND = auto()


@dataclass(frozen=True)
class Line:
    """A line of any length; `indent` in spaces, `hang` how much further its next rows start."""

    text: str
    role: Role = Role.TEXT
    indent: int = 0
    hang: int = 0

    def rows(self, width: int = WIDTH) -> list[str]:
        """The line, wrapped; a command is not, so that it can be copied."""
        if self.role is Role.COMMAND:
            return [" " * self.indent + printable(self.text)]
        first = " " * self.indent
        return textwrap.wrap(
            printable(self.text),
            width,
            initial_indent=first,
            subsequent_indent=first + " " * self.hang,
            break_on_hyphens=False,
        ) or [""]


BLANK = Line("")


def printable(words: str) -> str:
    """Without what can command a terminal or turn text around: controls, bidi, zero width."""
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) not in UNSEEN)


def meeting(view: MeetingView, texts: Texts) -> list[Line]:
    """An agenda with its questions and, where there are, its answers."""
    lines = [*head(view, texts), BLANK]
    for before, it in zip([None, *view.items], view.items, strict=False):
        lines += [*session(before, it), *item(it, texts)]
    return lines


def head(view: MeetingView, texts: Texts) -> list[Line]:
    """Title, when and where, whose customer, how many items get a question."""
    lines = [Line(view.title or texts.say("untitled"), Role.HEADING)]
    facts = [
        texts.day(view.day) if view.day else "",
        texts.clock(view.time) if view.time else "",
        view.place or "",
        texts.say("agenda.customer", customer=view.customer),
    ]
    lines.append(Line(" · ".join(fact for fact in facts if fact), Role.NOTE))
    lines.append(Line(", ".join(_counts(view, texts)), Role.NOTE))
    if not view.substantive:
        lines.append(Line(texts.say("agenda.no_substantive"), Role.NOTE))
    return lines


def session(before: ItemView | None, view: ItemView) -> Iterator[Line]:
    """The heading of the session that begins with this item, if one does."""
    if view.item.session and (before is None or before.item.session != view.item.session):
        if before and not (before.questions or before.answers):
            yield BLANK
        yield Line(view.item.session, Role.HEADING)


def item(view: ItemView, texts: Texts) -> Iterator[Line]:
    """An item's line, its sub-items, questions and answers."""
    yield from item_head(view, texts)
    yield from item_answers(view, texts)
    yield from _questions(view, texts)
    if view.questions or view.answers or view.notes:
        yield BLANK


def question(choice: Choice, texts: Texts) -> list[Line]:
    """What will the tenant notice of this? / (not asked before)"""
    return [Line(choice.text, Role.QUESTION, 4, 2), _why(choice.reason, texts)]


def _questions(view: ItemView, texts: Texts) -> Iterator[Line]:
    """The questions without an answer; a reason that is the same for several comes once."""
    choices = [asked.choice for asked in view.unanswered]
    for why, same in groupby(choices, key=lambda choice: choice.reason):
        yield from (Line(choice.text, Role.QUESTION, 4, 2) for choice in same)
        yield _why(why, texts)


def _why(why: Reason, texts: Texts) -> Line:
    return Line(f"({reason(why, texts)})", Role.NOTE, 4)


def item_head(view: ItemView, texts: Texts) -> Iterator[Line]:
    """4.  10:15 · New moving form · Jan · 10 min, and its sub-items."""
    label = "–" if view.removed else f"{view.item.position}."  # another has its number by now
    title = " · ".join(filter(None, [_title(view.item, texts), carried(view, texts)]))
    yield Line(f"{label:<3} {title}", Role.ITEM, hang=4)
    for sub in view.item.sub_items:
        yield Line(f"{sub.position}. {_title(sub, texts)}", Role.TEXT, 4, 4)
        yield from _deeper(sub, texts, 8)
    if view.removed:
        yield Line(texts.say("agenda.removed"), Role.NOTE, 4)
    if view.skipped:
        yield Line(texts.say("agenda.skipped"), Role.NOTE, 4)


def carried(view: ItemView, texts: Texts) -> str:
    """Of 17 Nov: the meeting it was taken along from; empty for an item that is new."""
    if view.carried_on is None:
        return ""
    return texts.say("agenda.carried", day=texts.short_date(view.carried_on))


def item_answers(view: ItemView, texts: Texts) -> Iterator[Line]:
    """Each answered question with its answers, those to the item as a whole, then its notes."""
    for asked, given in _by_question(view):
        if asked:
            yield Line(asked, Role.QUESTION, 4, 2)
        yield from (Line(answer(one, texts), Role.ANSWER, 4, 2) for one in given)
    for words in view.notes:
        yield from note(words, texts)


def note(words: str, texts: Texts) -> Iterator[Line]:
    """Note: call the residents first, as people wrote it, line by line."""
    noted = texts.say("slack.agenda.noted", words=words)
    yield from (Line(row, Role.ANSWER, 4, 2) for row in noted.splitlines())


def numbered_answers(view: ItemView, texts: Texts) -> Iterator[Line]:
    """The same with a number before each answer, as `in_order` has them."""
    number = 0
    for asked, given in _by_question(view):
        if asked:
            yield Line(asked, Role.QUESTION, 4, 2)
        for one in given:
            number += 1
            yield Line(f"{number} {answer(one, texts)}", Role.ANSWER, 4, 4)


def in_order(view: ItemView) -> list[Answer]:
    """An item's answers in the order they are shown."""
    return [one for _, given in _by_question(view) for one in given]


def _by_question(view: ItemView) -> list[tuple[str, list[Answer]]]:
    """(question, its answers), the answers to the item as a whole last, without a question."""
    asked = {question.id: question.choice.text for question in view.questions if question.id}
    groups: dict[str | None, list[Answer]] = {key: [] for key in (*asked, None)}
    for given in view.answers:
        groups[given.asked_question_id if given.asked_question_id in asked else None].append(given)
    return [(asked.get(key or "", ""), given) for key, given in groups.items() if given]


def answer(given: Answer, texts: Texts) -> str:
    """| Yes: one form instead of three. – assumed, changed our decision"""
    if given.certainty is None:
        why = given.text or texts.say("answers.reason_later")
        return f"| {texts.say('answers.not_applicable')}: {why}"
    if given.certainty is Certainty.DONT_KNOW:
        label = texts.say("answers.dont_know")
        what = not_known(given.text, texts)
        said = f"| {label[0].upper()}{label[1:]}{f': {what}' if what else ''}"
        certainty = []
    else:
        said, certainty = f"| {given.text}", [texts.say(f"answers.{given.certainty}")]
    if given.changed_decision:
        certainty.append(texts.say("answers.changed_decision"))
    return f"{said} – {', '.join(certainty)}" if certainty else said


def not_known(text: str, texts: Texts) -> str:
    """What is not known; empty where an answer says no more than that they don't know."""
    dont_know, about = (
        [word.strip() for word in texts.say(f"slack.reply.{key}_words").split(",")]
        for key in ("dont_know", "about")
    )
    what = unknown_of(text, dont_know, about)
    return text if what is None else what


def reason(why: Reason, texts: Texts) -> str:
    """Chosen because: price increase; not asked for 6 weeks."""
    values = dict(why.values)
    theme, word = values.pop("theme", None), values.pop("word", None)
    parts = [texts.say("reasons.theme", theme=texts.say(f"themes.{theme}"))] if theme else []
    parts += [str(word)] if word else []
    number = next(iter(values.values()), 0)
    parts.append(texts.say(f"reasons.{why.code}", **{"n": number, **values}))
    return texts.say("reasons.chosen", why="; ".join(parts))


def digest(view: DigestView, texts: Texts) -> list[Line]:
    """The figures of a period, for people: in a few sentences, and what lies behind them."""
    lines = [Line(digest_heading(view, texts), Role.HEADING)]
    lines += [Line(sentence) for sentence in digest_text(view, texts)]
    if view.figures.meetings:
        rows = digest_rows.detail_rows(view, texts)
        lines += _details(rows, texts) if rows else []
        lines += [BLANK, Line(digest_sentences.footnote(view, texts), Role.NOTE)]
    return lines


def _details(rows: Sequence[tuple[str, str]], texts: Texts) -> Iterator[Line]:
    yield from (BLANK, Line(texts.say("digest.details"), Role.HEADING))
    for label, amount in rows:
        text = f"{label:<{MOST_OF_A_LABEL}}{amount}"
        yield Line(text, indent=2, hang=MOST_OF_A_LABEL)


def digest_heading(view: DigestView, texts: Texts) -> str:
    """Week 48 (23–29 November 2026), channel housing"""
    period = texts.period(view.period)
    return capital(texts.say("digest.heading", period=period, channel=view.channel))


def digest_text(view: DigestView, texts: Texts) -> list[str]:
    """All that is said in sentences: the figures, how they moved, and what they rest on."""
    none = texts.say("digest.not_observed")
    moved = digest_sentences.trend(view.trend, none, texts)
    said = digest_sentences.sentences(view, texts)
    return [
        *said,
        *([moved] if moved and digest_sentences.has_trend(view.trend) else []),
        *digest_base(view, texts),
    ]


def capital(words: str) -> str:
    """With a capital at the beginning."""
    return f"{words[:1].upper()}{words[1:]}"


def digest_base(view: DigestView, texts: Texts) -> list[str]:
    """What the figures rest on, or that there is nothing; and where else to look."""
    figures, sentences = view.figures, []
    if figures.meetings:
        key = "digest.base_one" if figures.substantive == 1 else "digest.base"
        sentences.append(
            texts.say(
                key,
                meetings=texts.say("meetings", n=figures.meetings),
                items=texts.say("points", n=figures.items),
                substantive=figures.substantive,
            )
        )
    else:
        sentences.append(texts.say("digest.nothing_yet" if view.so_far else "digest.nothing"))
    if figures.prepared:
        sentences.append(texts.say("digest.prepared", n=figures.prepared))
    if view.other_channels and not figures.meetings:
        sentences.append(
            texts.say("digest.other_channels", channels=", ".join(view.other_channels))
        )
    return sentences


def closing(view: MeetingView, texts: Texts) -> str:
    """Closed. 2 answered, 1 we don't know yet, 1 n/a, 1 open."""
    told = standings(view, texts)
    if not told:
        return texts.say("talk.closed")
    told = f"{told[:1].upper()}{told[1:]}"
    return f"{texts.say('talk.closed')} {told}{'' if told.endswith('.') else '.'}"


def standings(view: MeetingView, texts: Texts) -> str:
    """2 answered, 1 we don't know yet, 1 n/a, 1 open"""
    found = [it.standing.value for it in view.substantive]
    parts = [
        texts.say(f"talk.closed_{standing}", n=found.count(standing))
        for standing in ("answered", "dont_know", "not_applicable", "open")
        if standing in found
    ]
    return ", ".join(parts)


def _counts(view: MeetingView, texts: Texts) -> list[str]:
    here = sum(not it.removed for it in view.items)
    counts = [texts.say("points", n=here)]
    if view.state is None or not any(it.answers for it in view.items):
        counts.append(texts.say("agenda.with_question", n=len(view.substantive)))
    else:
        of, still = len(view.substantive), len(view.open_items)
        none = texts.say("slack.agenda.none_open")
        counts.append(texts.say("agenda.still_open", open=still, of=of) if still else none)
    if view.state in (State.OPEN, State.CLOSED):
        counts.append(texts.say(f"agenda.state_{view.state.value}"))
    return counts


def _title(it: AgendaItem | SubItem, texts: Texts) -> str:
    clock = texts.clock(it.starts_at) if it.starts_at else ""
    minutes = texts.say("minutes", n=it.minutes) if it.minutes else ""
    return " · ".join(filter(None, [clock, it.title, it.presenter, minutes]))


def _deeper(sub: SubItem, texts: Texts, indent: int) -> Iterator[Line]:
    """What stands below a sub-item: with a dash, for "3aa." is what nobody says."""
    for below in sub.sub_items:
        yield Line(f"– {_title(below, texts)}", Role.TEXT, indent, 2)
        yield from _deeper(below, texts, indent + 2)
