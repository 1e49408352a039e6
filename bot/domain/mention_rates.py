"""How often the recogniser of customers is right, as measured on sentences that people labelled."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from bot.domain.proportion import Proportion

OF = 10  # people think in tens


@dataclass(frozen=True)
class Rates:
    """`precision`: of the sentences in which it heard customers, those that are about them.

    `recall`: of the sentences about customers, those in which it heard them.
    """

    precision: Proportion
    recall: Proportion

    @property
    def right(self) -> int:
        """Of ten sentences in which it hears customers, about how many are about them."""
        return _of_ten(self.precision)

    @property
    def missed(self) -> int:
        """Of ten sentences about customers, about how many it does not hear."""
        return OF - _of_ten(self.recall)


def _of_ten(good: Proportion) -> int:
    """Rounded to our disadvantage; never all ten, for somewhere it is wrong."""
    return min(floor(OF * (good.share or 0)), OF - 1)
