"""Short messages: who I am, help, what went wrong, a question that does not apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.answer import Standing
from bot.domain.problem import Problem
from bot.domain.schedule import Weekly
from bot.domain.view import ItemView, MeetingView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block, Message
from bot.surfaces.slack.escape import heard, shortened
from bot.surfaces.slack.names import Action, about
from bot.wording import moments
from bot.wording.plain import capital
from bot.wording.texts import Texts

MOST = 150  # characters of what somebody else wrote
SENTENCE = 3_000
WRONG = "wrong"  # the block in a form that says what went wrong
# Of a form, what we send; the rest is Slack's.
_SENT = ("type", "callback_id", "title", "submit", "close", "private_metadata")

# Problems with a sentence of their own here; storage's all say that nothing can be kept now.
_OWN = {
    "not_in_channel",
    "not_a_channel",
    "not_a_member",
    "kept_by_another",
    "no_keeper",
    "unknown_zone",
    "settings_changed",
    "cannot_look",
    "channels_unseen",
    "no_figures_outside",
    "only_members_share",
    "only_members_subscribe",
    "channels_without_us",
    "channel_shared",
    "not_your_digest",
    "no_digest",
    "only_members_close",
    "only_members_reopen",
    "only_members_put",
    "only_members_change",
    "meeting_withdrawn",
    "empty_title",
    "no_agenda",
    "many_items",
    "only_file",
    "empty_file",
    "binary_file",
    "long_file",
    "empty_answer",
    "empty_note",
    "long_note",
    "no_customer",
    "many_customers",
    "other_language",
    "short_account",
    "long_account",
    "many_accounts",
    "last_item",
    "unknown_sector",
    "no_draft",
    "no_meeting",
    "no_item",
    "item_changed",
    "not_on_agenda",
    "not_asked",
    "no_reply",
    "no_question",
    "question_answered",
    "no_other_question",
    "no_answer",
    "no_own_answer",
    "not_your_answer",
    "meeting_closed",
    "not_opened",
    "too_late",
    "missing_scope",
    "left_channel",
}
_STORAGE = {
    "disk_full",
    "disk_failed",
    "busy_database",
    "read_only_database",
    "corrupt_database",
    "database_gone",
    "log_without_database",
    "database_failed",
    "foreign_database",
    "newer_database",
    "no_database_folder",
    "old_sqlite",
}


def introduction(
    customer: str | None,
    texts: Texts,
    *,
    reads_threads: bool = False,
    talk: bool = False,
    digest: Weekly | None = None,
) -> Message:
    """Who I am, once in a channel: asks for its customer, or when known says how to go on; and when
    its digest comes.

    It ends with what I read; `talk`: each message, to count it.
    """
    reads = "talk" if talk else "threads"
    promise = texts.say(f"slack.intro.reads_{reads if reads_threads else 'nothing'}")
    if customer is None:
        words = [texts.say("slack.intro.hello"), texts.say("slack.intro.first")]
        row = [_button("slack.intro.set_up", Action.SET_UP, texts, green=True)]
    else:
        name = shortened(customer, MOST)
        words = [
            texts.say("slack.intro.hello"),
            texts.say("slack.intro.known", customer=name),
        ]
        row = [
            _button("slack.intro.paste", Action.PASTE, texts, green=True),
            _button("slack.intro.settings", Action.SETTINGS, texts),
        ]
    grey = [promise]
    if digest:
        moment = capital(moments.weekly(digest, texts))
        grey.append(texts.say("slack.intro.digest", moment=moment))
    return _message(words, texts, row, grey)


def help_(unknown: str, texts: Texts) -> Message:
    """The things people do most; first the word that was not known, where there is one."""
    found = shortened(unknown, 50)
    words = texts.say("slack.help.unknown", found=found) if found else texts.say("slack.help.known")
    row = [
        _button("slack.intro.paste", Action.PASTE, texts, green=True),
        _button("slack.help.meetings", Action.MEETINGS, texts),
        _button("slack.help.figures", Action.FIGURES, texts),
        _button("slack.intro.settings", Action.SETTINGS, texts),
    ]
    tip = texts.say("slack.help.shortcut", shortcut=texts.say("slack.manifest.shortcut"))
    return _message([words], texts, row, [tip, texts.say("slack.help.digest")])


def expects(problem: Problem) -> bool:
    """Whether there is a sentence that says what to do about it."""
    return problem.code in _OWN | _STORAGE


def error(problem: Problem, texts: Texts) -> str:
    """One sentence that says what to do; plain text."""
    if problem.code in _STORAGE:
        return texts.say("slack.error.cannot_keep")
    return texts.say(f"slack.error.{problem.code}", **problem.values)


def unexpected(log_id: str, texts: Texts) -> str:
    """What nobody expected, with its number in the log."""
    return texts.say("slack.error.unexpected", id=log_id)


def refused(form: Mapping[str, Any], sentence: str) -> Block:
    """A form as it stands on the screen, with what went wrong at its top."""
    wrong = block_kit.section(block_kit.plain(sentence, SENTENCE)) | {"block_id": WRONG}
    rest = [block for block in form["blocks"] if block.get("block_id") != WRONG]
    return {key: form[key] for key in _SENT if form.get(key)} | {"blocks": [wrong, *rest]}


def told(words: str) -> Message:
    """One sentence by itself, such as an error."""
    return Message(heard([words]), [_section(words)])


def not_applicable(
    view: ItemView, answer_id: str, customer: str, texts: Texts, kept: Sequence[str] = ()
) -> Message:
    """Kept that an item's questions do not apply; may I know why?

    `kept`: what the buttons say in the language of the agenda, where that is another.
    """
    words = texts.say("slack.answer.na_noted", item=_item(view))
    ask = texts.say("slack.answer.na_why")
    labels = reasons(customer, texts)
    pairs = enumerate(zip(labels, kept or labels, strict=True))
    row = [_reason(number, label, words, answer_id) for number, (label, words) in pairs]
    other = texts.say("slack.answer.na_other")
    row.append(block_kit.button(other, about(Action.OTHER_REASON, answer_id)))
    row.append(_undo(answer_id, texts))
    return _message([f"{words} {ask}"], texts, row)


def reasons(customer: str, texts: Texts) -> Sequence[str]:
    """Why a question often does not apply, as its button says it."""
    return (
        texts.say("slack.answer.na_untouched", customer=shortened(customer, 50)),
        texts.say("slack.answer.na_unfit"),
    )


def reason_noted(view: ItemView, answer_id: str, reason: str, texts: Texts) -> Message:
    """Kept why; what stands here can still be undone."""
    why = shortened(reason.rstrip(" ."), MOST)
    key = "na_because" if why else "na_noted"
    words = texts.say(f"slack.answer.{key}", item=_item(view), why=why)
    return _message([words], texts, [_undo(answer_id, texts)])


def undone(view: ItemView, texts: Texts) -> Message:
    """It no longer says "not applicable"; open again where nothing else was said."""
    undone = "na_undone" if view.standing is Standing.OPEN else "na_gone"
    return told(texts.say(f"slack.answer.{undone}", item=_item(view)))


def noted_before(view: ItemView, texts: Texts) -> Message:
    """Another person said already that it does not apply; that is theirs to change."""
    return told(texts.say("slack.answer.na_before", item=_item(view)))


def source_lost(meeting: MeetingView, deleted: bool, texts: Texts) -> Message:
    """The message an agenda was read from is gone, or holds no agenda any more."""
    title = shortened(meeting.title or "", MOST) or texts.say("untitled")
    why = texts.say(f"slack.source.{'deleted' if deleted else 'unread'}")
    return told(f"{why} {texts.say('slack.source.stays', title=title)}")


def _message(
    words: Sequence[str], texts: Texts, row: Sequence[Block], grey: Sequence[str] = ()
) -> Message:
    """Sentences, a row of buttons and grey lines; who hears it, hears what can be chosen."""
    labels = ", ".join(button["text"]["text"] for button in row)
    choices = texts.say("slack.help.choices", choices=labels)
    blocks = [*map(_section, words), block_kit.actions(row), *map(block_kit.context, grey)]
    return Message(heard([*words, choices, *grey]), blocks)


def _section(words: str) -> Block:
    return block_kit.section(block_kit.plain(words, SENTENCE))


def _button(key: str, action: Action, texts: Texts, *, green: bool = False) -> Block:
    return block_kit.button(texts.say(key), action, green=green)


def _reason(number: int, label: str, words: str, answer_id: str) -> Block:
    kept = words[0].lower() + words[1:]  # it comes after "n/a:"
    return block_kit.button(label, about(Action.REASON, f"{answer_id}:{number}"), value=kept)


def _undo(answer_id: str, texts: Texts) -> Block:
    return block_kit.button(texts.say("slack.answer.undo"), about(Action.UNDO, answer_id))


def _item(view: ItemView) -> str:
    return shortened(f"{view.item.position}. {view.item.title}", MOST)
