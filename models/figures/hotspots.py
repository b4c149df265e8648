"""Where a measure concentrates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.figures.chance import Judged, Pair, dispersion, judge

Place = TypeVar("Place")


@dataclass(frozen=True)
class Ranked(Generic[Place]):
    """One place: its count, its share of the whole (0 to 1), and, where held, the year before and the verdict.

    `hidden` is how many of its months were suppressed in either period; its counts are then "at least", and it is
    not judged.
    """

    place: Place
    count: int
    share: float | None
    before: int | None
    judged: Judged | None
    hidden: int = 0


def rank_areas(
    now: Mapping[Place, Sequence[int | None]], before: Mapping[Place, Sequence[int | None]] | None, total: int
) -> list[Ranked[Place]]:
    """Places by count, most first. `now` and `before` hold each place's months; None in them was suppressed.

    Every place of the level must be given: they are judged together, whichever are shown.
    """
    places = list(now)
    judged: dict[Place, Judged] = {}
    if before is not None:
        open_ = [place for place in places if None not in (*now[place], *before.get(place, ()))]
        phi = dispersion([[*filled(before.get(place, ()), now[place]), *filled(now[place])] for place in open_])
        pairs = [Pair(sum(filled(now[place])), sum(filled(before.get(place, ())))) for place in open_]
        judged = dict(zip(open_, judge(pairs, phi), strict=True))
    rows = [_row(place, now[place], None if before is None else before.get(place, ()), total, judged.get(place)) for place in places]
    return sorted(rows, key=lambda row: -row.count)


def filled(months: Sequence[int | None], like: Sequence[int | None] = ()) -> list[int]:
    """The months with nothing for what is hidden; as long as `like` when there are none."""
    return [count or 0 for count in months] or [0] * len(like)


def _row(place: Place, now: Sequence[int | None], before: Sequence[int | None] | None, total: int, judged: Judged | None) -> Ranked[Place]:
    count = sum(filled(now))
    hidden = sum(value is None for value in (*now, *(before or ())))
    return Ranked(place, count, count / total if total else None, None if before is None else sum(filled(before)), judged, hidden)
