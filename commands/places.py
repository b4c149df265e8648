"""Which places a question means, at the level at which a series is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from commands.asked import Asked, listed
from models.areas import CALLED
from models.base import Refusal
from models.series import Series
from models.vocabulary import Place

ORDER = ("ward", "beat", "lsoa", "district")


def choose(asked: Asked, series: Sequence[Series]) -> tuple[Series, list[tuple[str, list[Place]]]] | None:
    """The series that holds every place asked about, with the places at its level; None when no series does.

    A county is the sum of its districts. Without a place it is the borough.
    """
    wanted = asked.places or [(asked.vocabulary.district.name, [asked.vocabulary.district])]
    for level in ORDER:
        for one in series:
            if one.level == level and (found := _all_at(level, wanted, asked)):
                return one, found
    return None


def _all_at(level: str, wanted: Sequence[tuple[str, list[Place]]], asked: Asked) -> list[tuple[str, list[Place]]] | None:
    found = []
    for said, candidates in wanted:
        here = [p for p in candidates if p.level == level]
        if not here and level == "district" and any(p.level == "county" for p in candidates):
            here = [p for p in asked.vocabulary.places.values() if p.level == "district"]
        if not here:
            return None
        _one_of_each_name(said, here, asked)
        found.append((said, here))
    return found


def _one_of_each_name(said: str, places: Sequence[Place], asked: Asked) -> None:
    """Two places of one name are two places: which one is asked, never guessed."""
    twice = [name for name, many in Counter(p.name for p in places).items() if many > 1]
    if twice:
        same = [p for p in places if p.name == twice[0]]
        above = {p.id: asked.vocabulary.places.get(p.parent_id or 0) for p in same}
        names = [f"{p.name} ({p.code}{', ' + up.name if (up := above[p.id]) else ''})" for p in same]
        line = asked.line.lower().replace(said.lower(), "").strip()
        raise Refusal(
            f"{len(same)} {CALLED[same[0].level]}s are called {twice[0]}: {listed(names)}. Which?",
            *((p.code, f"{line} {p.code}".strip()) for p in same),
        )


def named(places: Sequence[Place]) -> str:
    """ "Grovehill", or "Berkhamsted Castle, Berkhamsted East and Berkhamsted West"; the county for all of its districts."""
    return listed([p.name for p in places]) if len(places) < 6 else f"all {len(places)} {CALLED[places[0].level]}s together"
