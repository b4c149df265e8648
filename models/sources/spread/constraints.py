"""What a simulated spread must satisfy: the totals, beats and months the assessment prints, and what it says of the others."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.base import Refusal
from models.figures.months import Period, month_from
from models.sources.founding import PAPERS

Printed = Mapping[str, str]  # a row of assessment.csv
YEAR = 12


@dataclass(frozen=True)
class Rule:
    """A measure to be spread: by which shape, under which bounds, over which beats, and which kinds make it up.

    `shape` is twelve numbers for each year, `uneven` where it is only a season's; in its stead `like` names measures whose months it
    follows, `sum` those it is the sum of.
    """

    key: str
    shape: tuple[Sequence[int], Sequence[int]] | None = None
    uneven: bool = False
    like: Sequence[str] = ()
    sum: Sequence[str] = ()
    kinds: Sequence[str] = ()
    bounds: Sequence[Mapping[str, Any]] = ()
    beats: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Beat:
    """A beat that the assessment names: its code, and its totals of both years. `chosen` where it prints not both of them."""

    code: str
    name: str
    totals: tuple[int, int]
    chosen: bool


@dataclass
class Constraints:
    """The printed figures and the rules, together. Totals are pairs: the earlier year, the later."""

    period: Period
    rules: list[Rule]
    printed: Sequence[Printed] = field(repr=False, default_factory=list)

    @cached_property
    def years(self) -> tuple[Period, Period]:
        middle = self.period.first + YEAR
        return Period(self.period.first, middle - 1), Period(middle, self.period.last)

    def totals(self, key: str) -> tuple[int, int]:
        """The borough's totals as printed. Refuses a measure that is not printed for both years."""
        row = next((r for r in self.printed if r["measure"] == key and not r["beat"] and self._both_years(r)), None)
        if row is None or not (row["before"] and row["current"]):
            raise Refusal(f"The assessment prints no totals of {key} for {self.years[0]} and {self.years[1]}: it cannot be spread.")
        return int(row["before"]), int(row["current"])

    def beats(self, rule: Rule | str) -> list[Beat]:
        """The beats that the assessment names for a measure over both years, in its order."""
        key, added = (rule, {}) if isinstance(rule, str) else (rule.key, {b["code"]: b for b in rule.beats})
        named = [r for r in self.printed if r["measure"] == key and r["beat"] and r["first"] != r["last"]]
        return [self._beat(row, added.get(row["beat"], {})) for row in named]

    def _beat(self, row: Printed, added: Mapping[str, Any]) -> Beat:
        before, current = (row[year] or added.get(year) for year in ("before", "current"))
        if before is None or current is None:
            raise Refusal(f"{row['place']} has no total of {row['measure']} in both years: give it in spread.toml.")
        return Beat(row["beat"], row["place"], (int(before), int(current)), not (row["before"] and row["current"]))

    def bounds(self, rule: Rule) -> dict[int, tuple[int, int]]:
        """The least and most of months that are printed or described: one number for those printed."""
        found = {month_from(m): (b["low"], b["high"]) for b in rule.bounds for m in b["months"]}
        for row in self.printed:
            if row["measure"] == rule.key and not row["beat"] and row["first"] and row["first"] == row["last"]:
                for month, count in ((row["first"], row["current"]), (row["before_first"], row["before"])):
                    found |= {month_from(month): (int(count), int(count))} if count else {}
        return found

    def _both_years(self, row: Printed) -> bool:
        before, now = self.years
        said = [row[name] and month_from(row[name]) for name in ("before_first", "before_last", "first", "last")]
        return said == [before.first, before.last, now.first, now.last]


def constraints() -> Constraints:
    """Those of the example, out of its own files."""
    plan = tomllib.loads(PAPERS.joinpath("spread.toml").read_text(encoding="utf-8"))
    printed = list(csv.DictReader(PAPERS.joinpath("assessment.csv").read_text(encoding="utf-8").splitlines()))
    rules = [_rule(each, plan["shapes"]) for each in plan["measures"]]
    return Constraints(Period(month_from(plan["first"]), month_from(plan["last"])), rules, printed)


def _rule(each: Mapping[str, Any], shapes: Mapping[str, Sequence[int]]) -> Rule:
    """A shape given by name is a season's, alike in both years."""
    shape = each.get("shape")
    both = (shapes[shape], shapes[shape]) if isinstance(shape, str) else (shape[0], shape[1]) if shape else None
    return Rule(**{**each, "shape": both, "uneven": isinstance(shape, str)})
