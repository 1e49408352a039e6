"""Views as JSON for machines; the shapes are part of the product and tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import time
from typing import Any

from bot.domain.meeting import SubItem
from bot.domain.mention_rates import Rates
from bot.domain.proportion import Proportion, may_be_chance
from bot.domain.view import DigestView, ItemView, MeetingView
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


def digest(view: DigestView) -> dict[str, Any]:
    """The figures of a period; see domain/digest for what each counts."""
    return {
        "channel": view.channel,
        "period": view.period.code,
        "first": view.period.first.isoformat(),
        "last": view.period.last.isoformat(),
        "language": view.language,
        **asdict(view.figures),
        "by_itself": _proportion(view.figures.by_itself),
        "recogniser": view.rates and _recogniser(view.rates),
        "weeks_before": view.before and _compared(view.figures.by_itself, view.before),
        "most_asked": _asked_often(view.figures.most_asked, view),
        "least_asked": _asked_often(view.figures.least_asked, view),
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
