"""What lies behind a channel's figures, row by row: what only the channel itself sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from bot.domain.digest import AskedOften, Figures
from bot.domain.view import Details, DigestView, Unknown
from bot.wording import digest_sentences
from bot.wording.texts import Texts

MOST_CARRIED = 5  # titles


def detail_rows(view: DigestView, texts: Texts) -> list[tuple[str, str]]:
    """(label, what), in the order people read them; without a label it goes on with the row above.

    Nothing of what the sentences say already.
    """
    figures, amounts = view.figures, {}
    if view.figures.substantive:
        amounts = {
            "before_all": _before(view, texts),
            "asked": digest_sentences.asked(figures, texts),
            "answers": _certainties(figures, texts),
            "most_asked": _asked_often(figures.most_asked, view, texts),
            "least_asked": _asked_often(figures.least_asked, view, texts),
        }
    amounts["talk_counted"] = _talk(view, texts)
    rows = [(texts.say(f"digest.{name}"), amount) for name, amount in amounts.items() if amount]
    return [*rows, *_of_its_own(view.details, texts)]


def from_the_period(view: DigestView, texts: Texts) -> Iterator[str]:
    """One thing that only the channel itself sees, what tells most; or nothing.

    Changed a decision: What will the tenant notice of this? (at ‘Phone closed on Fridays’)
    """
    for label, words in islice(_of_its_own(view.details, texts), 1):
        yield f"{label}: {words}"


def _of_its_own(details: Details, texts: Texts) -> Iterator[tuple[str, str]]:
    if led := details.led_to:
        said = texts.say("digest.at_item", question=led.wording, item=led.item)
        yield texts.say("digest.led_to"), said
    unknowns = [_unknown(unknown, texts) for unknown in details.unknowns]
    yield from _labelled("unknowns", unknowns, details.more_unknowns, texts)
    shown = details.carried[:MOST_CARRIED]
    yield from _labelled("carried", shown, len(details.carried) - len(shown), texts)


def _labelled(name: str, each: Iterable[str], more: int, texts: Texts) -> Iterator[tuple[str, str]]:
    """The label once, a row for each, and how many there are besides."""
    label = texts.say(f"digest.{name}")
    for words in each:
        yield label, words
        label = ""
    if more:
        yield label, texts.say("digest.more", n=more)


def _unknown(unknown: Unknown, texts: Texts) -> str:
    """Phone closed on Fridays (24 Nov): What will the tenant notice of this?"""
    item = f"{unknown.item} ({texts.short_date(unknown.day)})"
    return f"{item}: {unknown.wording}" if unknown.wording else item


def _certainties(figures: Figures, texts: Texts) -> str:
    """How sure the answers are, however many there are to an item."""
    sure = {name: getattr(figures, name) for name in ("know", "assume", "dont_know")}
    return texts.say("digest.certainties", **sure) if any(sure.values()) else ""


def _before(view: DigestView, texts: Texts) -> str:
    """38 of 100 (38%, margin 29–48%). → The difference may be chance. Or nothing."""
    if not view.before:
        return ""
    seen, then = view.figures.by_itself, view.before
    sign, said = digest_sentences.arrow(seen, then), digest_sentences.verdict(seen, then, texts)
    return f"{digest_sentences.counted(then, texts)}. {sign} {said}"


def _talk(view: DigestView, texts: Texts) -> str:
    """12 of 80 (15%, margin 9–24%); today does not count yet. Or nothing."""
    talk = view.figures.talk
    if not talk.of:
        return ""
    counted = digest_sentences.counted(talk, texts)
    return texts.say("digest.talk_so_far", counted=counted) if view.so_far else counted


def _asked_often(asked: AskedOften | None, view: DigestView, texts: Texts) -> str:
    if asked is None:
        return ""
    times = texts.say("times", n=asked.times) if asked.times else texts.say("digest.never")
    others = texts.say("digest.others", n=asked.others) if asked.others else ""
    return f"{view.wordings.get(asked.key, asked.key)} ({', '.join(filter(None, [times, others]))})"
