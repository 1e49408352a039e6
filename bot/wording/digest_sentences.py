"""A period's figures in words: how often the customer came up, and what came of asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.dates import Span
from bot.domain.digest import Figures
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion, may_be_chance
from bot.domain.release import Coverage
from bot.domain.view import DigestView, Step
from bot.wording.texts import Texts

NONE = "–"
_COMPARED = {Span.DAY: Span.WEEK, Span.RANGE: Span.WEEK}  # with weeks


def sentences(view: DigestView, texts: Texts) -> Iterator[str]:
    """The headline and three lines of asking, consequence and observation, where an item got a
    question; then how often talk named the customer, where that was counted.
    """
    figures = view.figures
    if figures.substantive:
        yield headline(view, texts)
        yield covered(coverage(figures), texts)
        yield consequence(Proportion(figures.changed_decisions, figures.answered), texts)
        seen = Proportion(figures.observed, figures.substantive)
        yield observed(seen, texts, figures.not_discussed)
    if figures.messages:
        yield talk(figures.talk, view.customer, texts)


def headline(view: DigestView, texts: Texts) -> str:
    """How often the customer came up by itself, and how often before where that can be compared."""
    seen = view.figures.by_itself
    told = came_up(seen, view.customer, texts)
    return " ".join([told, *before(seen, view.before, earlier(view.period.span, texts), texts)])


def came_up(seen: Proportion, customer: str, texts: Texts) -> str:
    """The tenant came up by itself at 14 of the 31 items (45%, margin 29–62%)."""
    if not seen.of:
        return texts.say("digest.not_observed_of", customer=customer)
    return texts.say(
        "digest.came_up",
        n=seen.of,
        came_up=seen.count,
        customer=customer,
        share=share(seen, texts),
    )


def before(seen: Proportion, then: Proportion | None, earlier: str, texts: Texts) -> Iterator[str]:
    """The eight weeks before: 38%. The difference may be chance. Or nothing."""
    if then:
        yield texts.say("digest.before", earlier=earlier, share=percent(then))
        yield verdict(seen, then, texts)


def verdict(seen: Proportion, then: Proportion, texts: Texts) -> str:
    """The difference may be chance."""
    if percent(seen) == percent(then):
        return texts.say("digest.the_same")
    return texts.say("digest.by_chance" if may_be_chance(seen, then) else "digest.not_by_chance")


def arrow(seen: Proportion, then: Proportion) -> str:
    """Up or down; level where the difference may be chance. Never without its verdict."""
    if may_be_chance(seen, then) or percent(seen) == percent(then):
        return "→"
    return "↑" if (seen.share or 0) > (then.share or 0) else "↓"


def earlier(span: Span, texts: Texts) -> str:
    """The eight weeks before; what a period is compared with."""
    return texts.say(f"digest.before_{compared_by(span)}")


def compared_by(span: Span) -> Span:
    """The kind of the periods before: of a day or a range those are weeks."""
    return _COMPARED.get(span, span)


def coverage(figures: Figures) -> Coverage:
    """What became of the questions in one channel."""
    return Coverage(figures.substantive, figures.answered, figures.unknown, figures.not_applicable)


def covered(items: Coverage, texts: Texts) -> str:
    """Asked: 2 of the 3 items answered (1 of them with "we don't know yet"), 1 n/a."""
    said = texts.say("digest.answered_of", n=items.substantive, answered=items.answered)
    if items.unknown:
        said += f" ({texts.say('digest.of_which_unknown', n=items.unknown)})"
    left = items.substantive - items.answered - items.not_applicable
    rest = {"not_applicable": items.not_applicable, "open": left}
    others = [texts.say(f"talk.closed_{key}", n=number) for key, number in rest.items() if number]
    return texts.say("digest.covered", covered=", ".join([said, *others]).removesuffix("."))


def consequence(changed: Proportion, texts: Texts) -> str:
    """Consequence: the decision changed at 4 of the 26 items answered."""
    if not changed.of:
        return texts.say("digest.no_answers")
    if not changed.count:
        return texts.say("digest.no_change", n=changed.of)
    return texts.say("digest.consequence", n=changed.of, changed=changed.count)


def observed(seen: Proportion, texts: Texts, not_discussed: int = 0) -> str:
    """Observed: 31 of the 38 items; 2 were not discussed."""
    said = texts.say("digest.observed_of", n=seen.of, observed=seen.count)
    if not_discussed:
        said += f"; {texts.say('digest.left_out', n=not_discussed)}"
    return f"{said}."


def talk(named: Proportion, customer: str, texts: Texts) -> str:
    """Informal: 12 of the 80 messages here named the tenant."""
    if not named.count:
        return texts.say("digest.talk_none", n=named.of, customer=customer)
    return texts.say("digest.talk", n=named.of, named=named.count, customer=customer)


def trend(steps: Sequence[Step], none: str, texts: Texts) -> str:
    """Came up by itself, week 46 to week 48: 39%, –, 45% (–: not observed); `none` says what – is.

    Empty where there is no share to show.
    """
    shown = [step_share(step) for step in steps]
    if set(shown) <= {NONE}:
        return ""
    ends = {"first": steps[0], "last": steps[-1]}
    names = {name: texts.short_period(step.period) for name, step in ends.items()}
    said = texts.say("digest.trend", **names, shares=", ".join(shown))
    return f"{said} ({NONE}: {none})" if NONE in shown else said


def step_share(step: Step) -> str:
    """45%, or a dash where there is none to show."""
    seen = step.released.by_itself
    return percent(seen) if seen and seen.of else NONE


def has_trend(steps: Sequence[Step]) -> bool:
    """Whether there are two shares at least: one by itself shows no movement."""
    return sum(step_share(step) != NONE for step in steps) > 1


def asked(figures: Figures, texts: Texts) -> str:
    """6, 2 of them at items n/a: a meeting does not show those any more, so it shows 4."""
    if not figures.asked_in_vain:
        return str(figures.asked)
    return texts.say("digest.asked_in_vain", n=figures.asked, in_vain=figures.asked_in_vain)


def counted(seen: Proportion, texts: Texts) -> str:
    """14 of 31 (45%, margin 29–62%)"""
    return texts.say("digest.counted", n=seen.count, of=seen.of, share=share(seen, texts))


def share(seen: Proportion, texts: Texts) -> str:
    """45%, margin 29–62%; says so where nothing was observed, for that is not 0%."""
    if seen.interval is None:
        return texts.say("digest.not_observed")
    low, high = (round(100 * bound) for bound in seen.interval)
    return texts.say("digest.margin", share=percent(seen), low=low, high=high)


def percent(seen: Proportion) -> str:
    """45%; 0% and 100% only where it is none and all."""
    return f"{whole_percent(seen)}%"


def whole_percent(seen: Proportion) -> int:
    """The share in hundredths; 0 and 100 only where it is none and all."""
    rounded = round(100 * (seen.share or 0))
    return min(max(rounded, 1), 99) if 0 < seen.count < seen.of else rounded


def footnote(view: DigestView, texts: Texts) -> str:
    """How it is counted and, where figures rest on what we heard, how often we are wrong."""
    talked = bool(view.figures.messages)
    said = texts.say("digest.footnote_talk" if talked else "digest.footnote")
    return " ".join([said, *heard(view.rates, view.customer, texts, talk=talked)])


def heard(rates: Rates | None, customer: str, texts: Texts, *, talk: bool = False) -> Iterator[str]:
    """How often the recogniser is wrong, where it had its say; with `talk`, in messages too."""
    if rates:
        key = "digest.heard_talk" if talk else "digest.heard"
        yield texts.say(key, customer=customer, right=rates.right, missed=rates.missed)
