"""What people see in Slack, moment by moment, as docs/slack.md shows it: real use cases, drawn.

`python -m tests.slack_moments` prints the page; `--write` renews it.
"""

from __future__ import annotations

import html
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.config import read_config
from bot.domain.answer import Answer, Certainty
from bot.domain.dates import before, recent, week_of
from bot.domain.observation import Observed
from bot.domain.problem import Problem
from bot.domain.proportion import Proportion
from bot.domain.release import Floors, Released
from bot.domain.schedule import EVERY_MONDAY, Every, Weekly
from bot.domain.setting import Change, Setting
from bot.domain.view import DigestView, ItemView, LedTo, MeetingView, Scope, Step
from bot.readers.agenda import read_agenda
from bot.readers.catalogue import Prompts, read_prompts
from bot.storage import posted_messages
from bot.storage.posted_messages import Posted
from bot.surfaces.slack import views
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.names import Form
from bot.usecases import (
    close_meeting,
    draft_agenda,
    make_digest,
    prepare_meeting,
    run_meeting,
    show_home,
    show_meeting,
)
from bot.usecases.ask_outside import QuestionView
from bot.usecases.quiet_weeks import QuietView
from bot.usecases.remind_next_week import ReminderView, Unprepared
from bot.usecases.subscribe import Subscribed, Wish
from bot.usecases.tell_changes import ChangeView
from bot.usecases.tell_digest import WeekView
from bot.usecases.toolbox import Caller, Toolbox
from bot.wording.texts import Texts
from tests.surfaces.slack.drawing import drawn

WIDTH = 78
PAGE = Path(__file__).parents[1] / "docs" / "slack.md"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ASSUME = Certainty.ASSUME
CALLER = Caller("slack", "T1", "wonen", "U1")
AGENDA = """Teamoverleg wonen, dinsdag 24 november 2026, 10.00 uur
1. Opening
2. Verslag van 10 november
3. Mededelingen
4. Nieuw verhuisformulier (10 min)
5. Servicekosten 2027 (20 min)
6. Telefoon dicht op vrijdag (10 min)
7. Nieuwe opmaak nieuwsbrief (5 min)
8. Rondvraag en sluiting
"""
REGION = "Regio-overleg zuid\n1. Opening\n2. Nieuwe huismeester\n3. Lift in de Dorpsstraat\n"
NEXT = "Teamoverleg wonen, 1 december 2026\n1. Opening\n2. Huurverhoging 2027\n3. Rondvraag"
SHORT = "1. Opening\n2. New moving form (10 min)\n3. Any other business\n"

Shown = Message | Block | str
Moment = tuple[str, str, Shown]


def page() -> str:
    """The whole page: each moment with a sentence about it and what is on the screen then."""
    parts = ["\n".join(_INTRODUCTION)]
    with tempfile.TemporaryDirectory() as folder:
        config = replace(read_config(), database=Path(folder) / "klantvraag.db")
        toolbox = Toolbox(config, read_prompts(), lambda: NOW)
        for title, about, shown in moments(toolbox):
            parts.append(f"## {title}\n\n{about}\n\n```text\n{_drawn(shown)}\n```")
        toolbox.close()
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = (
    "# What people see in Slack",
    "",
    "Made by a test from the messages and forms themselves (`tests/slack_moments.py`). `[…]` is a",
    "button or a field, `[⋯]` a menu, `▾` a list, `(…)` a hint in a field, `|` a quoted line; grey",
    "lines stand further in. A channel chooses Dutch, as here, or English, as in the last one.",
)


def moments(toolbox: Toolbox) -> Iterator[Moment]:
    """(title, what happens, what is shown), in the order people meet them."""
    texts = _texts(toolbox.prompts, "nl")
    yield from _setting_up(toolbox.prompts, texts)
    yield from _drafting(toolbox, texts)
    meeting = _prepared(toolbox, AGENDA, "nl")
    yield (
        "The agenda",
        "In the channel. A button means open.",
        _only(views.agenda(meeting, texts, reads_threads=True)),
    )
    yield from _found_again(toolbox, meeting, texts)
    yield from _changing(meeting, texts)
    yield from _answering(toolbox, meeting, texts)
    yield from _when_lost(toolbox, texts)
    yield _forgotten(toolbox, texts)
    yield _not_used(toolbox, texts)
    yield from _next_week(texts)
    yield from _subscribing(texts)
    yield from _at_home(toolbox, texts)
    english = _prepared(toolbox, SHORT, "en")
    yield (
        "In English",
        "The same agenda message in a channel that chose English.",
        _only(views.agenda(english, _texts(toolbox.prompts, "en"), reads_threads=True)),
    )


def _setting_up(prompts: Prompts, texts: Texts) -> Iterator[Moment]:
    sectors = {name: words["nl"].one for name, words in prompts.customers.items()}
    settings = views.Settings("general")
    yield (
        "Added to a channel",
        "Posted once. Where it may not read answers below its agendas, the last line is: "
        f"{texts.say('slack.intro.reads_nothing')}",
        views.introduction(None, texts, reads_threads=True, digest=EVERY_MONDAY),
    )
    yield (
        "Set up",
        "One question; it can be saved as it stands.",
        views.set_up_form(settings, sectors, texts),
    )
    yield (
        "Set up, afterwards",
        "The introduction changes.",
        views.introduction("de huurder", texts, reads_threads=True, digest=EVERY_MONDAY),
    )
    yield (
        "Settings",
        "Everything else, all with a default.",
        views.settings_form(replace(settings, sector="housing", talk=False), sectors, texts),
    )
    changed = [
        Change(Setting.CUSTOMER, "de klant", "de huurder"),
        Change(Setting.ACCOUNTS, "", "12"),
        Change(Setting.QUESTIONS, "2", "1"),
        Change(Setting.DIGEST, EVERY_MONDAY.code, Weekly(5, time(16, 30)).code),
        Change(Setting.KEEPER, "", "p1"),
    ]
    yield (
        "Settings, changed",
        "In the thread of the introduction; Slack shows the ids as names. Where people deleted the"
        " introduction it stands in the channel itself.",
        views.settings_changed(ChangeView("nl", changed, "p1", {"p1": "U1"}), texts),
    )
    yield from _counting_talk(texts)
    named = views.error(Problem("kept_by_another", name="Fatima"), texts)
    yield "Settings, refused", "Where the channel named somebody.", views.told(named)
    yield from _figures_outside(texts)


def _counting_talk(texts: Texts) -> Iterator[Moment]:
    on = [Change(Setting.TALK, "", "yes")]
    yield (
        "Talk, counted",
        "Where somebody ticked that: a message of its own, before anything is counted. The"
        " introduction then ends with: " + texts.say("slack.intro.reads_talk"),
        views.settings_changed(ChangeView("nl", on, "p1", {"p1": "U1"}), texts),
    )


def _figures_outside(texts: Texts) -> Iterator[Moment]:
    asked = QuestionView("nl", None, None, Floors(), askers=2, often=frozenset({Every.WEEK}))
    yield (
        "Figures outside the channel",
        "Asked once, where somebody wants a digest that this channel could be in, and never in a"
        " private channel. The same can be chosen in the settings.",
        views.outside_question(asked, texts),
    )
    yield (
        "Figures outside the channel, chosen",
        "The same message, where one person is named who may change it.",
        views.outside_question(replace(asked, outside=True, keeper="U1"), texts),
    )
    yield (
        "Figures outside the channel, taken back",
        "Or a no at once.",
        views.outside_question(replace(asked, outside=False), texts),
    )


def _drafting(toolbox: Toolbox, texts: Texts) -> Iterator[Moment]:
    yield "`/klantvraag`", "The agenda is pasted as it is.", views.agenda_form(texts)
    agenda = read_agenda(AGENDA, toolbox.prompts.vocabulary, NOW.date())
    settings = toolbox.config.settings("wonen", toolbox.prompts.customers, sector="housing")
    draft = prepare_meeting.preview(agenda, settings, toolbox.prompts, NOW.date())
    yield (
        "What was read",
        "Title and day come from the text. ⋯ holds another question, another title, no question,"
        " leave out.",
        views.preview(draft, "draft", texts),
    )
    yield (
        "Pasted again",
        "What is in the channel already is brought up to date, and that is said beforehand.",
        views.preview(replace(draft, items=draft.items[3:5]), "draft", texts, updates=True),
    )


def _changing(meeting: MeetingView, texts: Texts) -> Iterator[Moment]:
    *others, news, end = meeting.items
    skipped = replace(meeting, items=[*others, replace(news, not_discussed=True), end])
    yield (
        "Change the agenda",
        "“Wijzig de agenda” in the message's ⋯. Each tap changes the agenda in the channel at once;"
        " ⋯ holds another title, up, down, skip or discuss after all, another question.",
        views.items_form(skipped, texts),
    )
    yield (
        "Another question",
        "Where an item has several, it is asked which.",
        views.question_form(Form.OTHER_QUESTION, others[3], texts),
    )
    yield "A new item", "One line, and where it goes.", views.new_item_form(meeting, texts)
    yield (
        "Withdraw",
        "“Trek in” in the message's ⋯; “Zet hem onderaan” beside it asks nothing.",
        views.withdraw_form(texts),
    )
    yield (
        "A withdrawn agenda, pasted again",
        "It comes back as it was.",
        views.preview(replace(meeting, items=others[3:5]), "draft", texts, returns=True),
    )
    skipped = replace(meeting, items=[replace(others[3], not_discussed=True), others[4]])
    yield (
        "Skipped",
        "An item that will not be discussed waits for nothing.",
        _only(views.agenda(skipped, texts, reads_threads=True)),
    )


def _answering(toolbox: Toolbox, meeting: MeetingView, texts: Texts) -> Iterator[Moment]:
    form, _, phone, news = meeting.substantive
    yield "Answer", "One form for an item.", views.answer_form(form, texts)
    _answer(toolbox, form, Answer("Ja: één formulier in plaats van drie.", ASSUME, True))
    _answer(toolbox, form, Answer("Wie al opzegde, heeft er niets aan.", ASSUME))
    _answer(toolbox, phone, Answer("wie de bewoners bericht", Certainty.DONT_KNOW))
    not_applicable = run_meeting.answer(toolbox, CALLER, news.id or "", Answer("", None))
    yield (
        "Not applicable",
        "One tap on 7; only who tapped sees this.",
        views.not_applicable(news, not_applicable, meeting.customer, texts),
    )
    reason = Answer("raakt de huurder niet", None)
    run_meeting.change_answer(toolbox, CALLER, not_applicable, reason)
    half = show_meeting.show(toolbox, CALLER, meeting.id or "")
    message = _only(views.agenda(half, texts, reads_threads=True))
    yield "Half way", "The same message, changed.", message
    yield "Half way, heard", "What a screen reader says of it, and a notification.", message.text
    answered = half.substantive[0]
    yield (
        "One's own answers",
        "To change or delete.",
        views.change_form(answered, answered.answers[:1], texts),
    )
    yield (
        "All answers",
        "For everybody, also after closing: answers in full.",
        views.read_form(answered, texts),
    )
    yield (
        "Note",
        "From the ⋯ below the agenda; the ⋯ of an item with an answer holds one's own.",
        views.new_note_form(half, texts),
    )
    yield from _closing(toolbox, meeting, texts)
    closed = show_meeting.show(toolbox, CALLER, meeting.id or "")
    yield (
        "Closed",
        "Nothing is asked any more.",
        _only(views.agenda(closed, texts, reads_threads=True)),
    )


def _closing(toolbox: Toolbox, meeting: MeetingView, texts: Texts) -> Iterator[Moment]:
    meeting_id = meeting.id or ""
    yield (
        "Closing",
        "Any full member, in twenty seconds. Ticked is what names the customer; above ten items"
        " both questions are lists.",
        views.closing_form(close_meeting.closing(toolbox, CALLER, meeting_id), texts),
    )
    form, costs, phone, news = (it.id or "" for it in meeting.substantive)
    observed = {
        form: Observed.CAME_UP,
        costs: Observed.NOT_DISCUSSED,
        phone: Observed.CAME_UP,
        news: Observed.DID_NOT,
    }
    close_meeting.close(toolbox, CALLER, meeting_id, observed, "de bewoners berichten")
    said = close_meeting.closing(toolbox, CALLER, meeting_id)
    yield (
        "Closed, in the thread",
        "The first button opens the form again, with what was said in it; the other has the box"
        " below ticked.",
        views.closing(said, texts),
    )
    yield _carried_over(toolbox, texts)


def _carried_over(toolbox: Toolbox, texts: Texts) -> Moment:
    later = replace(toolbox, clock=lambda: NOW + timedelta(days=7))
    draft = draft_agenda.draft(later, CALLER, NEXT)
    shown = draft_agenda.carry(later, CALLER, draft.id, along=True)
    return (
        "The next preview",
        "What was left open is offered once. Ticked, it comes before what ends the meeting, with"
        " questions of its own.",
        views.preview(shown.meeting, "draft", texts, offer=shown.offer, carries=shown.carries),
    )


def _forgotten(toolbox: Toolbox, texts: Texts) -> Moment:
    left = _prepared(toolbox, AGENDA.replace("24", "23"), "nl")
    run_meeting.open_meeting(toolbox, CALLER, left.id or "")
    late = replace(toolbox, clock=lambda: NOW + timedelta(days=1))
    close_meeting.close_forgotten(late, CALLER.platform)
    return (
        "Forgotten",
        "Some hours after its end an open meeting closes itself, and says so once in its thread.",
        views.closing(close_meeting.closing(toolbox, CALLER, left.id or ""), texts),
    )


def _not_used(toolbox: Toolbox, texts: Texts) -> Moment:
    left = _prepared(toolbox, AGENDA.replace("24 nov", "22 nov"), "nl")
    with toolbox.write(CALLER) as session:
        there = Posted("C1/1.0", 7)
        surface, now = CALLER.platform, toolbox.now()
        posted_messages.keep(session, "meeting", left.id or "", surface, 1, there, now)
    late = replace(toolbox, clock=lambda: NOW + timedelta(days=1))
    close_meeting.close_forgotten(late, CALLER.platform)
    return (
        "Not used",
        "A posted agenda that nobody touched closes itself too, and counts as no meeting.",
        views.closing(close_meeting.closing(toolbox, CALLER, left.id or ""), texts),
    )


def _subscribing(texts: Texts) -> Iterator[Moment]:
    here = Wish(Scope(), here=True, every=Every.WEEK, moment=EVERY_MONDAY, language="nl")
    mine = Subscribed(
        "0", Scope("tactical"), here=False, every=Every.MONTH, moment=Weekly(3, time(16, 30))
    )
    yield (
        "Figures of several channels",
        "`/klantvraag weekoverzicht`, for full members. It can be saved as it stands. What comes"
        " then is in README, under “What a manager sees”.",
        views.subscription_form([mine], "Europe/Amsterdam", texts),
    )
    yield (
        "Figures of several channels, arranged",
        "For who asked for it.",
        views.subscription_made(here, 2, texts),
    )


def _next_week(texts: Texts) -> Iterator[Moment]:
    series = [
        Unprepared("wonen", "Teamoverleg wonen", NOW.date(), "nl", "p1"),
        Unprepared("zuid", "Regio-overleg zuid", NOW.date() - timedelta(days=13), "nl", "p1"),
    ]
    view = ReminderView("nl", week_of(NOW.date() + timedelta(weeks=1)), series)
    yield (
        "Nothing prepared for next week",
        "On Friday, to whoever posted the last agenda of meetings that are to be expected then.",
        views.next_week(view, texts),
    )
    yield (
        "Nothing prepared for next week, not any more",
        "After *Stuur dit niet meer*, in its place.",
        views.next_week_stopped(texts),
    )


def _at_home(toolbox: Toolbox, texts: Texts) -> Iterator[Moment]:
    base = "https://wonen.slack.com/"
    nowhere = show_home.show_home(toolbox, CALLER, [])
    yield (
        "Home, before any channel",
        "On top of the app, for one person. It shows the channels that both of us are in.",
        views.home(nowhere, texts, base),
    )
    after = replace(toolbox, clock=lambda: NOW + timedelta(minutes=1))
    meeting = _prepared(after, REGION, "nl")
    after.close()
    where = Posted(f"{CALLER.channel}/1795000000.000001", 1)
    with toolbox.write(CALLER) as session:
        for (each,) in session.rows("select id from meetings where workspace_id = :workspace_id"):
            posted_messages.keep(session, show_meeting.MEETING, each, "slack", 1, where, "")
    unknown = Answer("wie de bewoners helpt met de trap", Certainty.DONT_KNOW)
    _answer(toolbox, meeting.substantive[1], unknown)
    home = show_home.show_home(toolbox, CALLER, [CALLER.channel])
    yield (
        "Home",
        "Drawn each time it is opened. What is not known yet goes back eight weeks; of a meeting"
        " that was closed there is only the way to its agenda.",
        views.home(home, texts, base),
    )
    stored = show_home.show_stored(toolbox, CALLER)
    yield (
        "What is kept about somebody",
        "Counted when it is asked for; what is none is left out.",
        views.stored_form(stored, texts),
    )
    yield "Help at Home", "Home is in no channel, so it says what to type.", views.help_form(texts)


def _found_again(toolbox: Toolbox, meeting: MeetingView, texts: Texts) -> Iterator[Moment]:
    shown = show_meeting.show(toolbox, CALLER, meeting.id or "")
    link = "https://example.slack.com/archives/C1/p1"
    lost = replace(shown, title="Bewonersavond", day=NOW.date() - timedelta(days=5))
    listed = [views.Listed(shown, link), views.Listed(lost, absent=True)]
    yield (
        "What is open",
        "`/klantvraag agenda`: today's, open and coming meetings of the channel; a title leads to"
        " its message, and one that is gone can be put back. Only who asks sees this.",
        views.meetings(listed, 3, texts),
    )
    yield (
        "A source that is lost",
        "An agenda follows the message it was made from; where that holds no agenda any more,"
        " whoever wrote it is told once.",
        views.source_lost(shown, False, texts),
    )


def _when_lost(toolbox: Toolbox, texts: Texts) -> Iterator[Moment]:
    yield "A word it does not know", "`/klantvraag lunch`.", views.help_("lunch", texts)
    yield from _figures(toolbox, texts)
    said = views.error(Problem("not_in_channel"), texts)
    yield "Not in the channel", "One sentence that says what to do.", views.told(said)
    restricted = texts.say("slack.job.told.restricted")
    yield (
        "An agenda that can't be posted",
        "For who posted it, once; here in a channel where not everybody may post.",
        views.told(restricted),
    )


def _figures(toolbox: Toolbox, texts: Texts) -> Iterator[Moment]:
    settings = toolbox.config.settings("wonen", toolbox.prompts.customers, sector="housing")
    periods = recent(NOW.date())
    week = periods["this_week"]
    digest = make_digest.make_digest(toolbox, CALLER, week, settings, "nl")
    yield (
        "Figures",
        "`/klantvraag cijfers`, for who asks, in their own channel. Guests read them only.",
        views.figures(digest, periods, texts, "seen"),
    )
    yield (
        "Figures, behind them",
        "“Details”: what led to something, what is not known, what was taken along.",
        views.figures_details(digest, texts),
    )
    yield (
        "Figures, shared",
        "The same, for everybody in the channel; who shared them reads so.",
        views.shared_figures(digest, texts),
    )
    compared = _compared(digest)
    yield (
        "Figures, compared",
        "From twenty observed items on, with the eight weeks before. How it moved is a line in"
        " Slack, here drawn as bars, with the weeks in which it was observed.",
        views.shared_figures(compared, texts),
    )
    message = views.shared_figures(compared, texts)
    yield (
        "Figures, compared, where Slack draws no charts",
        "The same in words; so it is said to who can't see the chart, too.",
        replace(message, blocks=message.drawings[-1]),
    )
    yield from _by_itself(compared, texts)
    yield (
        "Figures, nothing to count",
        "In a channel that never had an agenda.",
        views.figures(replace(digest, new=True), periods, texts),
    )


def _by_itself(digest: DigestView, texts: Texts) -> Iterator[Moment]:
    led = LedTo("Wat merkt de huurder hiervan?", "Telefoon dicht op vrijdag")
    week = replace(digest, details=replace(digest.details, led_to=led))
    yield (
        "The week, by itself",
        "Every week, after one with a meeting. It says one thing that only the channel sees, when"
        " it comes and how to stop it. Where another organisation reads along it does not come.",
        views.week(WeekView(week, EVERY_MONDAY), texts),
    )
    yield (
        "Three quiet weeks",
        "Then nothing comes, and whoever set the channel up is asked in private, once. Slack shows"
        " the id as the name of the channel.",
        views.quiet(QuietView("asked", "C1", 3, "nl"), texts),
    )
    yield (
        "Three quiet weeks, stopped",
        "In the place of the question; the channel reads who changed it.",
        views.digest_stopped("C1", texts),
    )
    yield (
        "Three quiet weeks, left on",
        "In the place of the question.",
        views.digest_goes_on("C1", texts),
    )


def _compared(digest: DigestView) -> DigestView:
    """A week in which there is enough to compare."""
    figures = replace(
        digest.figures,
        meetings=6,
        items=54,
        substantive=38,
        came_up=14,
        observed=31,
        not_discussed=2,
        answered=26,
        unknown=7,
        not_applicable=3,
        open=9,
        changed_decisions=4,
    )
    counts = ((12, 31), (13, 32), None, (10, 28), (9, 25), None, (12, 30), (11, 29), (14, 31))
    shares = [counted and Proportion(*counted) for counted in counts]
    weeks = [*before(digest.period, len(shares) - 1), digest.period]
    return replace(
        digest,
        figures=figures,
        before=Proportion(67, 175),
        trend=[Step(week, Released(seen)) for week, seen in zip(weeks, shares, strict=True)],
        so_far=False,
    )


def _prepared(toolbox: Toolbox, text: str, language: str) -> MeetingView:
    prompts = toolbox.prompts
    settings = toolbox.config.settings("wonen", prompts.customers, language, "housing")
    agenda = read_agenda(text, prompts.vocabulary, NOW.date())
    return prepare_meeting.prepare(toolbox, CALLER, agenda, settings)


def _answer(toolbox: Toolbox, item: ItemView, given: Answer) -> None:
    to_first = replace(given, asked_question_id=item.questions[0].id)
    run_meeting.answer(toolbox, CALLER, item.id or "", to_first)


def _texts(prompts: Prompts, language: str) -> Texts:
    return Texts(language, prompts.texts[language])


def _only(messages: list[Message]) -> Message:
    (message,) = messages
    return message


def _drawn(shown: Shown) -> str:
    if isinstance(shown, str):
        rows = html.unescape(shown).splitlines()
    else:
        rows = drawn({"blocks": shown.blocks} if isinstance(shown, Message) else shown).splitlines()
    return "\n".join(part for row in rows for part in _wrapped(row))


def _wrapped(row: str) -> list[str]:
    indent = " " * (len(row) - len(row.lstrip()))
    return textwrap.wrap(row, WIDTH, subsequent_indent=indent) or [""]


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
