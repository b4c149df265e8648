"""Which places a question means, at the level at which a series is held."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.asked import Asked
from commands.reply import counted
from commands.words import listed
from models.areas import CALLED
from models.base import Refusal
from models.held import Batch, MonthCount
from models.series import Series
from models.vocabulary import Place, Vocabulary

ORDER = ("ward", "beat", "lsoa", "district")


def choose(asked: Asked, series: Sequence[Series], session: Session) -> tuple[Series, list[tuple[str, list[Place]]]] | None:
    """The series that holds every place asked about, with the places at its level; None when no series does.

    A county is the sum of its districts. Without a place it is the borough, or the places given where no total of it is held.
    """
    wanted = asked.places or [(asked.vocabulary.district.name, [asked.vocabulary.district])]
    for level in ORDER:
        for one in series:
            if one.level == level and (found := _all_at(level, wanted, asked)) and _given(one, found, asked, session):
                return one, found
    return every_place_given(series, asked, session) if asked.borough else None


def every_place_given(series: Sequence[Series], asked: Asked, session: Session) -> tuple[Series, list[tuple[str, list[Place]]]] | None:
    """All the places of a workbook that gives no total of the borough."""
    one = next((s for level in ORDER for s in series if s.level == level != "district"), None)
    places = places_of(one, asked.vocabulary, session) if one else []
    return (one, [(all_given(places), places)]) if one and places else None


def all_given(places: Sequence[Place]) -> str:
    """ "the 5 wards given": what a sum is of that may not be the whole borough's."""
    return f"the {counted(len(places), CALLED[places[0].level])} given"


def places_of(series: Series, vocabulary: Vocabulary, session: Session) -> list[Place]:
    """The partnership's places that a series counts: all of a street file's level, and those that a workbook gives."""
    own = [p for p in vocabulary.places.values() if p.level == series.level and (p.own or p.level == "district")]
    if series.measure.source == "police.uk":
        return own
    c = MonthCount
    of_series = (c.partnership_id == session.info["partnership"], c.measure_id == series.measure.id, c.level == series.level, Batch.current)
    given = set(session.scalars(select(c.area_id).join(Batch, c.batch_id == Batch.id).where(*of_series).distinct()))
    return [p for p in own if p.id in given]


def _given(series: Series, found: Sequence[tuple[str, list[Place]]], asked: Asked, session: Session) -> bool:
    """Whether a series counts these places. One that a workbook leaves out has no 0 there: it is not known."""
    known = {p.id for p in places_of(series, asked.vocabulary, session)}
    return all(p.id in known for _, places in found for p in places)


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
        line = " ".join(re.sub(rf"(?:\bin )?\b{re.escape(said)}\b", " ", asked.line, flags=re.I).split())
        raise Refusal(
            f"{len(same)} {CALLED[same[0].level]}s are called {twice[0]}: {listed(names)}. Which?",
            *((p.code, f"{line} {p.code}".strip()) for p in same),
        )


def named(chosen: Sequence[tuple[str, Sequence[Place]]]) -> str:
    """ "Grovehill", or "Berkhamsted Castle, Berkhamsted East and Berkhamsted West"; of more than five, the word used for them."""
    places = [p for _, several in chosen for p in several]
    if [said for said, _ in chosen] == [all_given(places)]:
        return chosen[0][0]
    if len(places) < 6:
        return listed([p.name for p in places])
    return f"{listed([said for said, _ in chosen])} ({len(places)} {CALLED[places[0].level]}s together)"
