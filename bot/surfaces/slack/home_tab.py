"""The app's Home: what is open in somebody's channels, their language, the way to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.domain.home import HomeView, NotKnownYet, OpenMeeting
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.agenda_pieces import TITLE
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.escape import mrkdwn
from bot.surfaces.slack.names import Action, about
from bot.wording import plain
from bot.wording.still_open import standing
from bot.wording.texts import Texts

WORDS = 300  # characters of an answer
SENTENCE = 3_000
FOLLOW = "channel"  # the language of each channel
LANGUAGES = {"nl": "Nederlands", "en": "English"}  # each in its own, for who reads no other


def home(view: HomeView, texts: Texts, base: str, about: str = "", said: str = "") -> Block:
    """Somebody's Home; `base` is where the workspace's messages are found, `said` goes on top."""
    blocks = [
        *([_plain(said)] if said else []),
        *(_records(view, texts, base) if view.channels else _nowhere(texts)),
        {"type": "divider"},
        *_foot(view, texts),
    ]
    return block_kit.home(blocks, about)


def home_unseen(sentence: str) -> Block:
    """A Home that shows nothing but why: nobody can tell what this person may see."""
    return block_kit.home([_plain(sentence)])


def home_of_outsider(languages: Sequence[Texts]) -> Block:
    """A Home for people of another organisation, in every language: theirs is not known."""
    return block_kit.home([_plain(texts.say("slack.home.outsider")) for texts in languages])


def language_of(value: str) -> str | None:
    """What was chosen in Home's list of languages; None follows each channel."""
    return value if value in LANGUAGES else None


def _records(view: HomeView, texts: Texts, base: str) -> Iterator[Block]:
    if not view.meetings:
        yield _plain(texts.say("slack.home.nothing"))
    for today, meetings in groupby(view.meetings, key=lambda one: one.today):
        yield block_kit.header(texts.say("slack.home.today" if today else "slack.home.other_days"))
        yield from (_meeting(one, texts, base) for one in meetings)
    if more := view.all_meetings - len(view.meetings):
        yield block_kit.context(texts.say("slack.home.more_meetings", n=more))
    if view.not_known:
        yield block_kit.header(texts.say("slack.home.not_known"))
        yield from (_not_known(one, texts, base) for one in view.not_known)
    if more := view.all_not_known - len(view.not_known):
        yield block_kit.context(texts.say("slack.home.more_not_known", n=more))


def _nowhere(texts: Texts) -> Iterator[Block]:
    yield _plain(texts.say("slack.home.hello"))
    yield _plain(texts.say("slack.home.invite"))


def _meeting(one: OpenMeeting, texts: Texts, base: str) -> Block:
    meeting = one.meeting
    title = mrkdwn(meeting.title or "", TITLE) or texts.say("untitled")
    day = texts.short_day(meeting.day) if meeting.day and not one.today else ""
    clock = texts.clock(meeting.time) if meeting.time else ""
    facts = " · ".join(fact for fact in (day, clock, standing(meeting, texts)) if fact)
    lines = "\n".join(filter(None, [f"*{title}* · <#{one.place}>", facts]))
    name = meeting.title or texts.say("untitled")
    link = _link(one.reference, about(Action.OPEN_AGENDA, meeting.id or ""), name, texts, base)
    return block_kit.section(block_kit.written(lines), link)


def _not_known(one: NotKnownYet, texts: Texts, base: str) -> Block:
    words = plain.not_known(one.words, texts)
    lines = f"*{mrkdwn(one.title, TITLE)}* · <#{one.place}>"
    lines += f"\n> {mrkdwn(words, WORDS)}" if words else ""
    beside: Block | None
    if one.can_be_answered:
        label = texts.say("slack.agenda.answer")
        beside = block_kit.button(label, about(Action.HOME_ANSWER, one.item_id))
        beside = block_kit.spoken(f"{label}: {one.title}", beside)
    else:
        name = about(Action.OPEN_AGENDA, one.item_id)
        beside = _link(one.reference, name, one.title, texts, base)
    return block_kit.section(block_kit.written(lines), beside)


def _link(
    reference: str | None, action_id: str, title: str, texts: Texts, base: str
) -> Block | None:
    """A button to the message; none while that was not posted."""
    if reference is None:
        return None
    label = texts.say("slack.home.open_agenda")
    link = block_kit.link(label, action_id, permalink(base, reference))
    return block_kit.spoken(f"{label}: {title}", link)


def permalink(base: str, reference: str) -> str:
    """The address of a message in the workspace at `base` ("https://wonen.slack.com/").

    As chat.getPermalink gives it, without a request for each.
    """
    channel, _, ts = reference.partition("/")
    return f"{base}archives/{channel}/p{ts.replace('.', '')}"


def _foot(view: HomeView, texts: Texts) -> Iterator[Block]:
    options = [(FOLLOW, texts.say("slack.home.follow")), *LANGUAGES.items()]
    chosen = view.chosen or FOLLOW
    label = texts.say("slack.home.language")
    yield block_kit.section(
        block_kit.plain(label, SENTENCE),
        block_kit.select(Action.LANGUAGE, label, options, chosen),
    )
    if view.next_week is not None:
        label = texts.say("slack.home.next_week")
        yield block_kit.actions([block_kit.tick(Action.NEXT_WEEK, label, ticked=view.next_week)])
    yield block_kit.actions(
        [
            block_kit.button(texts.say("slack.home.stored"), Action.STORED),
            block_kit.button(texts.say("slack.home.help"), Action.HELP),
        ]
    )


def _plain(words: str) -> Block:
    return block_kit.section(block_kit.plain(words, SENTENCE))
