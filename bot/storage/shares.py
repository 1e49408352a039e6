"""Figures that were posted for everybody, as they stood when somebody shared them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.domain.dates import Period, Span, parse_period
from bot.domain.digest import Figures
from bot.domain.ids import new_id
from bot.domain.proportion import Proportion
from bot.storage.database import Session


@dataclass(frozen=True)
class Shared:
    """What a share shows; the most and least asked question are not among it.

    `trend`: how often the customer came up by itself in the eight periods before and in this one,
    the oldest first; empty where only this one is shown.
    """

    period: Period
    language: str
    customer: str
    figures: Figures
    before: Proportion | None
    so_far: bool
    trend: Sequence[Proportion | None] = ()


def ensure(session: Session, channel_id: str, shared: Shared, person_id: str, now: str) -> str:
    """The id of the share of these very figures in a channel, made the first time."""
    figures = shared.figures
    values = {
        "channel_id": channel_id,
        "span": shared.period.span.value,
        "period": shared.period.code,
        "language": shared.language,
        "customer": shared.customer,
        "figures": json.dumps(asdict(figures) | {"most_asked": None, "least_asked": None}),
        "before": json.dumps(_pair(shared.before)),
        "trend": json.dumps([_pair(seen) for seen in shared.trend]),
        "so_far": int(shared.so_far),
    }
    row = session.row(
        "insert into shares (workspace_id, id, person_id, at, "  # noqa: S608
        f" {', '.join(values)}) values (:workspace_id, :id, :person_id, :now,"
        f" {', '.join(f':{name}' for name in values)})"
        " on conflict (workspace_id, channel_id, span, period, language, customer, figures, before,"
        " trend, so_far) do update set at = at returning id",
        id=new_id(),
        person_id=person_id,
        now=now,
        **values,
    )
    return str(row[0]) if row else ""


def find(session: Session, share_id: str) -> tuple[str, Shared] | None:
    """(our id of the channel, what is shown) of a share."""
    row = session.row(
        "select channel_id, span, period, language, customer, figures, before, so_far, trend from"
        " shares"
        " where workspace_id = :workspace_id and id = :id",
        id=share_id,
    )
    if row is None:
        return None
    channel_id, span, code, language, customer, figures, before, so_far, trend = row
    period = parse_period(Span(span), code)
    counted = Figures(**json.loads(figures))
    shares = [_proportion(pair) for pair in json.loads(trend)]
    compared = _proportion(json.loads(before))
    return channel_id, Shared(period, language, customer, counted, compared, bool(so_far), shares)


def _pair(seen: Proportion | None) -> list[int] | None:
    return [seen.count, seen.of] if seen else None


def _proportion(pair: list[int] | None) -> Proportion | None:
    return Proportion(*pair) if pair else None
