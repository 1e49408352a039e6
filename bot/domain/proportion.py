"""A number of things out of all that were looked at, and how much chance there is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import NormalDist

ENOUGH = 20  # below so many looked at, a comparison says nothing
_Z = NormalDist().inv_cdf(0.975)  # 95 %, two-sided


@dataclass(frozen=True)
class Proportion:
    """`count` out of `of`; of nothing there is no share, which is not a share of nothing."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval: right for few and for extreme counts, never outside 0 to 1.

        E. B. Wilson (1927), J. Am. Stat. Assoc. 22; without continuity correction.
        """
        if not self.of:
            return None
        share, spread = self.count / self.of, _Z**2 / self.of
        middle = share + spread / 2
        reach = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
        return (low if self.count else 0.0), (high if self.count < self.of else 1.0)


def pooled(parts: Iterable[Proportion]) -> Proportion:
    """Of all things that were looked at together."""
    each = list(parts)
    return Proportion(sum(one.count for one in each), sum(one.of for one in each))


def comparable(one: Proportion, other: Proportion) -> bool:
    """Whether there are enough of both to set them side by side."""
    return min(one.of, other.of) >= ENOUGH


def difference(one: Proportion, other: Proportion) -> tuple[float, float] | None:
    """Newcombe's 95 % interval of how much `one` has more than `other`; None without a share.

    R. G. Newcombe (1998), Statist. Med. 17, 873-890, method 10. It is made of the two Wilson
    intervals that are shown, and unlike looking whether those overlap it does not call real
    differences chance. Items of one meeting are taken for independent, which flatters a little.
    """
    if one.interval is None or other.interval is None:
        return None
    (low, high), (other_low, other_high) = one.interval, other.interval
    share, other_share = one.count / one.of, other.count / other.of
    gap = share - other_share
    return (
        gap - hypot(share - low, other_high - other_share),
        gap + hypot(high - share, other_share - other_low),
    )


def may_be_chance(one: Proportion, other: Proportion) -> bool:
    """Whether the difference between the two can be chance, as far as 95 % says."""
    gap = difference(one, other)
    return gap is None or gap[0] <= 0 <= gap[1]
