"""Where a district stands among the districts of its county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rank:
    """1 = the lowest rate, which is best; ties share a place ("joint 9th")."""

    place: int
    of: int
    joint: bool

    def __str__(self) -> str:
        return f"{'joint ' if self.joint else ''}{ordinal(self.place)} of {self.of}"


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def ranked(rates: Mapping[str, float]) -> dict[str, Rank]:
    """Every name's rank by rate, lowest first. Rates are compared as shown, to 3 decimals."""
    shown = {name: round(rate, 3) for name, rate in rates.items()}
    values = list(shown.values())
    places = {name: 1 + sum(other < rate for other in values) for name, rate in shown.items()}
    return {
        name: Rank(place, len(values), values.count(shown[name]) > 1)
        for name, place in sorted(places.items(), key=lambda item: (item[1], item[0]))
    }


def printed(rank: str) -> str:
    """A printed rank said in words: "7/10" is "7th of 10", "joint 9/10" "joint 9th of 10", "7" "7th"."""
    joint, _, figure = rank.strip().rpartition(" ")
    place, _, of = figure.partition("/")
    if not place.isdigit():
        return rank
    return f"{joint} {ordinal(int(place))}{f' of {of}' if of else ''}".strip()
