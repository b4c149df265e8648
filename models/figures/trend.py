"""A monthly series: its usual range, and a line of it small enough for a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BARS = "▁▂▃▄▅▆▇█"
XMR = 2.66  # Wheeler's constant: 3 / 1.128, so that the limits lie three sigma of the moving range from the mean


@dataclass(frozen=True)
class Usual:
    """An XmR chart's mean and limits. Poisson limits would alarm too often: crime varies more than that."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, months: Sequence[int]) -> Usual | None:
        """The usual range of a series; None for fewer than eight months, of which a range would be a guess."""
        if len(months) < 8:
            return None
        mean = sum(months) / len(months)
        moving = [abs(later - earlier) for earlier, later in pairwise(months)]
        reach = XMR * sum(moving) / len(moving)
        return cls(mean, max(0.0, mean - reach), mean + reach)

    def outside(self, months: Sequence[int]) -> list[int]:
        """The places in the series that lie outside the usual range."""
        return [i for i, count in enumerate(months) if not self.low <= count <= self.high]


def sparkline(months: Sequence[int | None]) -> str:
    """The series in block characters, lowest to highest; a dot where a month is suppressed."""
    known = [count for count in months if count is not None]
    low, spread = min(known, default=0), (max(known, default=0) - min(known, default=0)) or 1
    return "".join("·" if count is None else BARS[(count - low) * 7 // spread] for count in months)
