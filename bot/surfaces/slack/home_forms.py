"""Forms that Home opens and nobody fills in: what is kept about somebody, and help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.home import StoredView
from bot.surfaces.slack import block_kit
from bot.surfaces.slack.block_kit import Block
from bot.surfaces.slack.home_tab import LANGUAGES
from bot.wording.texts import Texts

NAME = "home"  # no Form: it has nothing to send back
_NEVER = ("messages", "talk", "per_person", "online")
_HELP = ("answer", "figures", "digest", "settings", "invite")


def stored_form(view: StoredView, texts: Texts) -> Block:
    """What is kept about one person, as counted now, and what never is."""
    kept = list(_kept(view, texts)) or [texts.say("slack.stored.nothing")]
    never = [texts.say(f"slack.stored.{what}") for what in _NEVER]
    rows = [
        _listed(texts.say("slack.stored.kept"), kept),
        _listed(texts.say("slack.stored.never"), never),
        _listed(texts.say("slack.stored.who"), ()),
        _listed(texts.say("slack.stored.erased"), ()),
    ]
    return _form(texts.say("slack.stored.title"), rows, texts)


def help_form(texts: Texts) -> Block:
    """What to type in a channel, as Home itself is in none."""
    shortcut = texts.say("slack.help.shortcut", shortcut=texts.say("slack.manifest.shortcut"))
    lines = [f"{texts.say('slack.home_help.paste')} {shortcut}"]
    lines += [texts.say(f"slack.home_help.{what}") for what in _HELP]
    return _form(texts.say("slack.home.help"), [_listed(line, ()) for line in lines], texts)


def _kept(view: StoredView, texts: Texts) -> Iterator[str]:
    if view.account:
        yield texts.say(f"slack.stored.{'account_and_name' if view.name else 'account'}")
    if view.chosen:
        yield texts.say("slack.stored.language", language=LANGUAGES[view.chosen])
    if view.no_next_week:
        yield texts.say("slack.stored.no_next_week")
    yield from (texts.say(f"slack.stored.{kind}", n=n) for kind, n in view.counts.items() if n)


def _listed(head: str, lines: Iterable[str]) -> Block:
    """Lines of our own, one below the other."""
    words = "\n".join([head, *(f"• {line}" for line in lines)])
    return block_kit.section({"type": "plain_text", "text": words, "emoji": False})


def _form(title: str, rows: list[Block], texts: Texts) -> Block:
    return block_kit.modal(NAME, title, rows, about="", close=texts.say("slack.answer.done"))
