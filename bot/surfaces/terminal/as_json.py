"""Views as JSON for machines; the shapes are part of the product and tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import time
from typing import Any

from bot.domain.dates import Period
from bot.domain.meeting import SubItem
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion, may_be_chance
from bot.domain.release import Released
from bot.domain.view import (
    Details,
    DigestView,
    ItemView,
    ManagersDigestView,
    MeetingView,
    Step,
)
from bot.wording import plain
from bot.wording.texts import Texts


def agenda(view: MeetingView, texts: Texts) -> dict[str, Any]:
    """An agenda with its questions; null where the text does not say."""
    return {
        "title": view.title,
        "starts_at": view.starts_at,
        "time": _clock(view.time),
        "place": view.place,
        "language": view.language,
        "items": [_item(item, texts) for item in view.items],
        "other": list(view.other),
    }


def meetings(listed: Sequence[MeetingView], more: int, channel: str) -> dict[str, Any]:
    """The meetings of a channel; `open` of `substantive` items wait, `more` are not listed."""
    return {"channel": channel, "meetings": [_meeting(view) for view in listed], "more": more}


def _meeting(view: MeetingView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "starts_at": view.starts_at,
        "state": view.state,
        "substantive": len(view.substantive),
        "open": len(view.open_items),
        "withdrawn": view.withdrawn,
    }


def any_digest(view: DigestView | ManagersDigestView) -> dict[str, Any]:
    """The figures of a channel, or of several together."""
    return digest(view) if isinstance(view, DigestView) else managers_digest(view)


def digest(view: DigestView) -> dict[str, Any]:
    """The figures of a period; see domain/digest for what each counts."""
    return {
        "channel": view.channel,
        **_period(view.period),
        "language": view.language,
        **asdict(view.figures),
        "by_itself": _proportion(view.figures.by_itself),
        "recogniser": view.rates and _recogniser(view.rates),
        "before": view.before and _compared(view.figures.by_itself, view.before),
        "trend": [_step(step) for step in view.trend],
        "most_asked": _asked_often(view.figures.most_asked, view),
        "least_asked": _asked_often(view.figures.least_asked, view),
        "details": _details(view.details),
    }


def managers_digest(view: ManagersDigestView) -> dict[str, Any]:
    """The figures of channels together; null is too small to show, never a nought."""
    seen, then = view.released.by_itself, view.before
    text, times = view.most_asked or (None, None)
    return {
        "scope": {"level": view.scope.level, "channels": list(view.scope.channels)},
        **_period(view.period),
        "until": view.until.isoformat(),
        "language": view.language,
        "channels": view.channels,
        **_released(view.released),
        "recogniser": view.rates and _recogniser(view.rates),
        "before": seen and then and _compared(seen, then),
        "trend": [_step(step) for step in view.trend],
        "levels": {level: _released(released) for level, released in view.levels.items()},
        "most_asked": text and {"text": text, "times": times},
    }


def _period(period: Period) -> dict[str, str]:
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {"period": period.code} | days


def _step(step: Step) -> dict[str, Any]:
    return _period(step.period) | _released(step.released)


def _released(released: Released) -> dict[str, Any]:
    """Each measure with its counts and interval; null where it is too small to show."""
    measures = {name: getattr(released, name) for name in ("by_itself", "consequence")}
    counted = {name: seen and asdict(seen) | _proportion(seen) for name, seen in measures.items()}
    covered, seen = released.coverage, released.observation
    return counted | {
        "coverage": covered and asdict(covered),
        "observation": seen and asdict(seen) | _proportion(seen),
    }


def _details(details: Details) -> dict[str, Any]:
    """What only the channel itself sees below its figures."""
    unknowns = [asdict(it) | {"day": it.day.isoformat()} for it in details.unknowns]
    return {
        "led_to": details.led_to and asdict(details.led_to),
        "unknowns": unknowns,
        "more_unknowns": details.more_unknowns,
        "carried": list(details.carried),
    }


def _proportion(seen: Proportion) -> dict[str, Any]:
    """Share and 95 % interval between 0 and 1, rounded; null where nothing was observed."""
    low, high = seen.interval or (None, None)
    shown = {"share": seen.share, "low": low, "high": high}
    return {key: None if value is None else round(value, 4) for key, value in shown.items()}


def _recogniser(rates: Rates) -> dict[str, Any]:
    """How often it is right: of the sentences it was measured on, how many, and the share."""
    measured = {"precision": rates.precision, "recall": rates.recall}
    return {name: asdict(of) | _proportion(of) for name, of in measured.items()}


def _compared(now: Proportion, then: Proportion) -> dict[str, Any]:
    """How often it was before; null where there is too little to compare."""
    counts = {"came_up": then.count, "observed": then.of}
    return counts | _proportion(then) | {"may_be_chance": may_be_chance(now, then)}


def _item(view: ItemView, texts: Texts) -> dict[str, Any]:
    item = view.item
    return {
        "position": item.position,
        "title": item.title,
        "session": item.session,
        "starts_at": _clock(item.starts_at),
        "presenter": item.presenter,
        "minutes": item.minutes,
        "kind": item.kind.value,
        "topics": list(item.topics),
        "detail": item.detail,
        "sub_items": [_sub_item(sub) for sub in item.sub_items],
        "questions": [
            {
                "key": question.choice.key,
                "text": question.choice.text,
                "reason": plain.reason(question.choice.reason, texts),
            }
            for question in view.questions
        ],
    }


def _sub_item(sub: SubItem) -> dict[str, Any]:
    below = [_sub_item(below) for below in sub.sub_items]
    return asdict(sub) | {"starts_at": _clock(sub.starts_at), "sub_items": below}


def _clock(clock: time | None) -> str | None:
    return clock.isoformat("minutes") if clock else None


def _asked_often(asked: Any, view: DigestView) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {
        "key": asked.key,
        "text": view.wordings.get(asked.key),
        "times": asked.times,
        "others": asked.others,
    }
