"""A period's figures in words: how often the customer came up, and what came of asking."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.digest import Figures
from bot.domain.proportion import Proportion, may_be_chance
from bot.domain.view import DigestView
from bot.wording.texts import Texts


def sentences(view: DigestView, texts: Texts) -> Iterator[str]:
    """All that is counted of meetings that took place; nothing where no item got a question."""
    figures = view.figures
    if not figures.substantive:
        return
    yield " ".join(filter(None, [by_itself(view, texts), before(view, texts)]))
    yield texts.say("digest.covered", covered=_covered(figures, texts))
    changed = figures.changed_decisions
    yield texts.say("digest.consequence", n=changed) if changed else texts.say("digest.no_change")
    yield _observed(figures, texts)


def by_itself(view: DigestView, texts: Texts) -> str:
    """The tenant came up by itself at 14 of the 31 items observed: 45% (margin 29–62%)."""
    seen = view.figures.by_itself
    if not seen.of:
        return texts.say("digest.not_observed_of", customer=view.customer)
    told = share(seen, texts)
    return texts.say(
        "digest.came_up", n=seen.of, came_up=seen.count, customer=view.customer, share=told
    )


def before(view: DigestView, texts: Texts) -> str:
    """In the eight weeks before it was 38%; the difference may be chance. Or nothing."""
    if not view.before:
        return ""
    return texts.say("digest.before", compared=compared(view, texts))


def compared(view: DigestView, texts: Texts) -> str:
    """38%; the difference may be chance. Or nothing, where there is too little to compare."""
    if not view.before:
        return ""
    now, then = percent(view.figures.by_itself), percent(view.before)
    if now == then:
        return texts.say("digest.the_same", share=then)
    chance = may_be_chance(view.figures.by_itself, view.before)
    return texts.say("digest.by_chance" if chance else "digest.not_by_chance", share=then)


def observed_rows(view: DigestView, texts: Texts) -> dict[str, str]:
    """How often the customer came up by itself; nothing where no item was worth a question."""
    figures = view.figures
    if not figures.substantive:
        return {}
    seen, left_out = figures.by_itself, figures.not_discussed
    counted = texts.say("digest.share", n=seen.count, of=seen.of)
    told = share(seen, texts)
    return {
        "by_itself": f"{counted}, {told}" if seen.of else told,
        "weeks_before": compared(view, texts),
        "observed": texts.say("digest.share", n=seen.of, of=figures.substantive),
        "not_discussed": texts.say("points", n=left_out) if left_out else "",
    }


def asked(figures: Figures, texts: Texts) -> str:
    """6, 2 of them at items n/a: a meeting does not show those any more, so it shows 4."""
    if not figures.asked_in_vain:
        return str(figures.asked)
    return texts.say("digest.asked_in_vain", n=figures.asked, in_vain=figures.asked_in_vain)


def answered(figures: Figures, texts: Texts) -> str:
    """2 of 3, for 1 we don't know yet"""
    of_all = texts.say("digest.share", n=figures.answered, of=figures.substantive)
    if not figures.unknown:
        return of_all
    return texts.say("digest.answered_unknown", n=figures.unknown, share=of_all)


def share(seen: Proportion, texts: Texts) -> str:
    """45% (margin 29–62%); says so where nothing was observed, for that is not 0%."""
    if seen.interval is None:
        return texts.say("digest.not_observed")
    low, high = (round(100 * bound) for bound in seen.interval)
    return texts.say("digest.margin", share=percent(seen), low=low, high=high)


def percent(seen: Proportion) -> str:
    """45%; 0% and 100% only where it is none and all."""
    rounded = round(100 * (seen.share or 0))
    if 0 < seen.count < seen.of:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%"


def footnote(view: DigestView, texts: Texts) -> str:
    """How it is counted and, where figures rest on what we heard, how often we are wrong."""
    said = texts.say("digest.footnote")
    if not view.rates:
        return said
    wrong = {"right": view.rates.right, "missed": view.rates.missed}
    return f"{said} {texts.say('digest.heard', customer=view.customer, **wrong)}"


def _covered(figures: Figures, texts: Texts) -> str:
    """2 of the 3 items answered (1 of them with "we don't know yet"), 1 n/a"""
    said = texts.say("digest.answered_of", n=figures.substantive, answered=figures.answered)
    if figures.unknown:
        said += f" ({texts.say('digest.of_which_unknown', n=figures.unknown)})"
    rest = {"not_applicable": figures.not_applicable, "open": figures.open}
    others = [texts.say(f"talk.closed_{key}", n=number) for key, number in rest.items() if number]
    return ", ".join([said, *others]).removesuffix(".")


def _observed(figures: Figures, texts: Texts) -> str:
    """Observed: 31 of the 38 items; 2 were not discussed."""
    values = {"n": figures.substantive, "observed": figures.observed}
    said = texts.say("digest.observed_of", **values)
    if figures.not_discussed:
        said += f"; {texts.say('digest.left_out', n=figures.not_discussed)}"
    return f"{said}."
