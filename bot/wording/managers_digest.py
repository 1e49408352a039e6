"""Figures of several channels together, in words: sums only, and nothing that anybody wrote."""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile

from bot.domain.dates import week_of
from bot.domain.release import Released
from bot.domain.view import ManagersDigestView, Scope, Step
from bot.wording import digest_sentences, markdown
from bot.wording.digest_sentences import NONE, step_share
from bot.wording.plain import BLANK, Line, Role, capital
from bot.wording.texts import Texts

LEVEL = 16  # characters of a label


def lines(view: ManagersDigestView, texts: Texts) -> list[Line]:
    """The figures for people: headline, lines, how they moved, by level, how they are counted."""
    said = [Line(heading(view, texts), Role.HEADING), Line(headline(view, texts))]
    said += [Line(line) for line in figure_lines(view, texts)]
    said += [Line(line) for line in [*trend(view, texts), *besides(view, texts)]]
    if rows := level_rows(view, texts):
        said += [BLANK, Line(texts.say("digest.levels"), Role.HEADING)]
        said += [Line(f"{label:<{LEVEL}}{told}", indent=2, hang=LEVEL) for label, told in rows]
    return [*said, BLANK, Line(method(view, texts), Role.NOTE)]


def as_markdown(view: ManagersDigestView, texts: Texts) -> str:
    """The same as Markdown, with the periods and the levels in tables."""
    rows, none = level_rows(view, texts), texts.say("digest.too_small")
    head = (texts.say("digest.levels"), texts.say("digest.by_itself"))
    parts = [
        [f"# {markdown.escaped(heading(view, texts))}"],
        [markdown.escaped(headline(view, texts))],
        markdown.bullets([*figure_lines(view, texts), *besides(view, texts)]),
        markdown.trend(_steps(view), none, texts) if trend(view, texts) else [],
        markdown.table(head, rows) if rows else [],
        [markdown.note(method(view, texts))],
    ]
    return markdown.joined(parts)


def heading(view: ManagersDigestView, texts: Texts) -> str:
    """Week 47 (16–22 Nov 2026), tactical level"""
    period, last = texts.period(view.period), week_of(view.until).last
    if view.period.first < last < view.period.last:
        period = texts.say("digest.until", period=period, day=texts.short_date(last))
    return capital(texts.say("digest.managers", period=period, scope=scope(view.scope, texts)))


def scope(of: Scope, texts: Texts) -> str:
    """Tactical level; channels housing, care; chosen channels; all channels."""
    if of.level:
        level = texts.say(f"digest.level_{of.level}")
        return texts.say("digest.at_level", level=level)
    if of.channels and not of.named:
        return texts.say("digest.some_channels")
    if of.channels:
        return texts.say("digest.chosen", channels=", ".join(of.channels))
    return texts.say("digest.all_channels")


def headline(view: ManagersDigestView, texts: Texts) -> str:
    """How often customers came up by themselves, or why that is not shown."""
    seen, customer = view.released.by_itself, texts.say("digest.everybody")
    if week_of(view.until).last < view.period.first:
        first = texts.day(week_of(view.period.first).last)
        return texts.say("digest.not_over", day=first)
    if view.released == Released():
        return texts.say("digest.all_too_small")
    if seen is None:
        return texts.say("digest.too_small_by_itself", customer=customer)
    told = digest_sentences.came_up(seen, customer, texts)
    then = digest_sentences.before(seen, view.before, _earlier(view, texts), texts)
    return " ".join([told, *then])


def figure_lines(view: ManagersDigestView, texts: Texts) -> list[str]:
    """Of asking, consequence and observation, and what is not known yet.

    What is too small says so, as it is no nought; where everything is the headline has said it.
    """
    released, covered = view.released, view.released.coverage
    if released == Released():
        return []
    changed, seen = released.consequence, released.observation
    told = {
        "coverage": covered and digest_sentences.covered(replace(covered, unknown=0), texts),
        "consequence": changed and digest_sentences.consequence(changed, texts),
        "observation": seen and digest_sentences.observed(seen, texts),
    }
    lines = [said or texts.say(f"digest.too_small_{measure}") for measure, said in told.items()]
    unknown = covered.unknown if covered else 0
    return [*lines, *([texts.say("digest.not_known", n=unknown)] if unknown else [])]


def besides(view: ManagersDigestView, texts: Texts) -> list[str]:
    """What was asked most, and of how many channels this is, where that may be told."""
    said = []
    if view.most_asked:
        question, n = view.most_asked
        times = texts.say("times", n=n)
        said.append(texts.say("digest.asked_most", question=question, times=times))
    if view.channels is not None:
        said.append(texts.say("digest.channels", n=view.channels))
    return said


def level_rows(view: ManagersDigestView, texts: Texts) -> list[tuple[str, str]]:
    """(level, how often customers came up by themselves there), in the order of the view."""
    none = texts.say("digest.too_small")
    return [
        (texts.say(f"digest.level_{level}"), markdown.counted(released.by_itself, none, texts))
        for level, released in view.levels.items()
    ]


def method(view: ManagersDigestView, texts: Texts) -> str:
    """How it is counted, what is not shown, and how often the recogniser is wrong."""
    customer = texts.say("digest.everybody")
    return " ".join(
        [
            texts.say("digest.together"),
            texts.say("digest.floors"),
            *digest_sentences.heard(view.rates, customer, texts),
        ]
    )


def trend(view: ManagersDigestView, texts: Texts) -> list[str]:
    """The periods from the first that is shown on; nothing where there are not two."""
    steps = _steps(view)
    if len(steps) < 2:
        return []
    return [digest_sentences.trend(steps, texts.say("digest.too_small"), texts)]


def _steps(view: ManagersDigestView) -> list[Step]:
    """Without those before the first that is shown: there may have been no meetings yet.

    Whether there were is not told: "too small" and "none" are left out alike.
    """
    return list(dropwhile(lambda step: step_share(step) == NONE, view.trend))


def _earlier(view: ManagersDigestView, texts: Texts) -> str:
    """The eight weeks before; the 5 weeks before that can be shown."""
    shown = [step_share(step) for step in view.trend[:-1]]
    if NONE not in shown:
        return digest_sentences.earlier(view.period.span, texts)
    number = len(shown) - shown.count(NONE)
    return texts.say(f"digest.shown_{digest_sentences.compared_by(view.period.span)}", n=number)
