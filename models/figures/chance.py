"""Whether a change is more than chance would make.

Crime is not Poisson: reports come in clusters. So where months are held, the Poisson comparison is widened by the
measure's own dispersion at the level compared, and all areas of the level are judged together (Benjamini and Hochberg
1995). A published pair has no months: it is given the E-test of Krishnamoorthy and Thomson (2004), and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UP, DOWN, UNCLEAR, FEW = "clearly up", "clearly down", "no clear change", "too few to say"
CLEAR = 0.05
FEWEST = 20  # both counts together, below which nothing is said


@dataclass(frozen=True)
class Pair:
    """A count and the count it is compared with, over equally long periods."""

    now: int
    before: int


def dispersion(table: Iterable[Sequence[int]]) -> float:
    """How much more areas vary from month to month than chance alone would make them; at least 1.

    Pearson's chi-squared of the areas x months table about independence, over its degrees of freedom. Rows are areas,
    columns months; empty rows and columns are left out. A single row is judged about its own mean.
    """
    rows = [row for row in table if sum(row)]
    columns = [sum(column) for column in zip(*rows, strict=True)]
    total = sum(columns)
    kept = [j for j, column in enumerate(columns) if column]
    if not total or len(kept) < 2:
        return 1.0
    shares = [columns[j] / total for j in kept] if len(rows) > 1 else [1 / len(columns)] * len(columns)
    if len(rows) == 1:
        kept = list(range(len(columns)))
    squared = 0.0
    for row in rows:
        size = sum(row)
        # sum of (x - e)^2 / e is sum of x^2 / e, less the row's own size
        squared += sum(row[j] * row[j] / share for j, share in zip(kept, shares, strict=True)) / size - size
    degrees = max(len(rows) - 1, 1) * (len(kept) - 1)
    return max(1.0, squared / degrees)


def two_sided(pair: Pair, phi: float) -> float:
    """p of so great a change between two counts, widened by the dispersion `phi`."""
    spread = math.sqrt(phi * (1 / (pair.now + 0.5) + 1 / (pair.before + 0.5)))
    z = math.log((pair.now + 0.5) / (pair.before + 0.5)) / spread
    return math.erfc(abs(z) / math.sqrt(2))


def adjusted(chances: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's p for each of several comparisons made together, in the order given."""
    order = sorted(range(len(chances)), key=lambda i: chances[i], reverse=True)
    least, kept = 1.0, [1.0] * len(chances)
    for rank, index in enumerate(order):
        least = min(least, chances[index] * len(chances) / (len(chances) - rank))
        kept[index] = least
    return kept


def verdict(pair: Pair, chance: float) -> str:
    """What may be said aloud of a pair whose p is `chance`."""
    if pair.now + pair.before < FEWEST:
        return FEW
    if chance >= CLEAR or pair.now == pair.before:
        return UNCLEAR
    return UP if pair.now > pair.before else DOWN


@dataclass(frozen=True)
class Judged:
    """A verdict with the numbers behind it: p after adjustment, and the dispersion it was widened by."""

    verdict: str
    chance: float
    phi: float


def judge(pairs: Sequence[Pair], phi: float) -> list[Judged]:
    """The verdict on every area of a level, judged together, in the order given."""
    chances = adjusted([two_sided(pair, phi) for pair in pairs])
    return [Judged(verdict(pair, chance), chance, phi) for pair, chance in zip(pairs, chances, strict=True)]


def e_test(now: int, before: int) -> float:
    """p that two counts over equal periods come of one rate, taking each to be Poisson: no clustering.

    Krishnamoorthy and Thomson's E-test. It imports SciPy (0.8 s), so it is worked out at load and kept.
    """
    from scipy.stats import poisson_means_test

    return float(poisson_means_test(now, 1, before, 1).pvalue) if now + before else 1.0
