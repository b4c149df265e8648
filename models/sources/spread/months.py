"""The simulated spread itself: counts of every measure by month, and by month and beat."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from models.base import Refusal
from models.sources.spread.constraints import YEAR, Constraints, Rule
from models.sources.spread.fitting import Table, apportion, fit

OTHERS = "other"  # the code of the beats that the assessment doesn't name, together
UNEVEN, MOST_UNEVEN = 10, 95  # percent a month may lean either way, beside what chance does to its number
CHANCE = 30_000  # (100 √3)²: leans as wide as chance makes a count of one


@dataclass(frozen=True)
class Spread:
    """A measure's counts in the months of both years: the borough's, and those of each beat by its code.

    `chosen` names the beats whose own totals are not all printed.
    """

    key: str
    borough: list[int]
    beats: dict[str, list[int]]
    chosen: tuple[str, ...] = ()


def spread(given: Constraints) -> dict[str, Spread]:
    """Every measure of the rules, each kind after its whole. Refuses rules that cannot be met, naming the measure."""
    found: dict[str, Spread] = {}
    for rule in given.rules:
        try:
            months = _months(rule, given, found)
            found[rule.key] = _over_beats(rule, months, given)
            for key, kind in _kinds(rule, months, given).items():
                found[key] = _over_beats(Rule(key), kind, given)
        except Refusal as refusal:
            raise Refusal(f"The simulated spread of {rule.key}: {refusal}") from refusal
    return found


def _months(rule: Rule, given: Constraints, found: dict[str, Spread]) -> list[int]:
    """The borough's months: the sum of others, or the years' totals shared out by shape within the bounds."""
    totals = given.totals(rule.key)
    added = [sum(months) for months in zip(*(found[key].borough for key in rule.sum or rule.like), strict=True)]
    if rule.sum:
        if _by_year(added) != list(totals):
            raise Refusal(f"its parts add up to {_by_year(added)}, and {list(totals)} is printed.")
        return added
    shape = rule.shape or (added[:YEAR], added[YEAR:])
    bounds, months = given.bounds(rule), list[int]()
    for year, total, weights in zip(given.years, totals, shape, strict=True):
        if rule.uneven:
            weights = [weight * _leaning(f"{rule.key}/{month}", total // YEAR) for weight, month in zip(weights, year.months, strict=True)]
        limits = [bounds.get(month, (0, total)) for month in year.months]
        months += apportion(total, weights, [low for low, _ in limits], [high for _, high in limits])
    return months


def _kinds(rule: Rule, months: Sequence[int], given: Constraints) -> dict[str, list[int]]:
    """Each kind's months, which with what is of no kind add up to the whole's: a part is never more than the whole."""
    if not rule.kinds:
        return {}
    totals = [given.totals(key) for key in rule.kinds]
    years = [_split(rule.key, months, [pair[i] for pair in totals], i) for i in (0, 1)]
    return {key: [*(row[j] for row in years[0]), *(row[j] for row in years[1])] for j, key in enumerate(rule.kinds)}


def _over_beats(rule: Rule, months: list[int], given: Constraints) -> Spread:
    """A measure's months over the beats named and all others together."""
    beats = given.beats(rule)
    if not beats:
        return Spread(rule.key, months, {})
    years = [_split(rule.key, months, [beat.totals[i] for beat in beats], i) for i in (0, 1)]
    codes = [*(beat.code for beat in beats), OTHERS]
    counts = {code: [row[j] for year in years for row in year] for j, code in enumerate(codes)}
    return Spread(rule.key, months, counts, tuple(beat.name for beat in beats if beat.chosen))


def _split(key: str, months: Sequence[int], totals: Sequence[int], year: int) -> Table:
    """A year's months over parts with these totals and what is left: a row a month, the last column the rest."""
    rows = months[year * YEAR : (year + 1) * YEAR]
    if (rest := sum(rows) - sum(totals)) < 0:
        raise Refusal(f"its parts have {sum(totals)} together, more than its {sum(rows)}.")
    columns, whole = [*totals, rest], sum(rows) or 1
    seeds = [
        [column * _leaning(f"{key}/{year}/{i}/{j}", row * column // whole) for j, column in enumerate(columns)]
        for i, row in enumerate(rows)
    ]
    return fit(rows, columns, seeds)


def _leaning(cell: str, expected: int) -> int:
    """100, more or less, for one cell: real months are uneven, the smaller the more. The same on every machine and every day."""
    by = min(UNEVEN + isqrt(CHANCE // max(expected, 1)), MOST_UNEVEN)
    return 100 - by + zlib.crc32(cell.encode()) % (2 * by + 1)


def _by_year(months: Sequence[int]) -> list[int]:
    return [sum(months[:YEAR]), sum(months[YEAR:])]
