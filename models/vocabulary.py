"""The words of a partnership: its priorities, measures and places, under every name people use for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.areas import Area, AreaChange, PlaceWord
from models.measures import Measure
from models.near import key
from models.partnership import Partnership
from models.priorities import Priority

TYPED = ("ward", "beat", "district", "county", "lsoa")


class Meaning(NamedTuple):
    """What a phrase stands for: the kind of thing (priority, measure, place) and its id."""

    kind: str
    id: int


class Place(NamedTuple):
    """A place as the vocabulary knows it."""

    id: int
    level: str
    code: str
    name: str
    parent_id: int | None
    residents: int | None
    households: int | None
    own: bool

    def people(self, per: str) -> int | None:
        """How many residents or households a rate here is out of."""
        return self.households if per == "households" else self.residents


@dataclass
class Vocabulary:
    """Phrases, under their `key`, and what each may mean; kept until the partnership's revision changes."""

    revision: int
    phrases: dict[str, list[Meaning]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, str] = field(default_factory=dict)
    priorities: dict[int, Priority] = field(default_factory=dict)
    measures: dict[int, Measure] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    taught: set[str] = field(default_factory=set)  # words for places that somebody taught
    longest: int = 1

    @classmethod
    def of(cls, session: Session) -> Vocabulary:
        """The vocabulary of the session's partnership, from `session.info["kept"]` while it is true."""
        mine = session.info["partnership"]
        kept: dict[int, Vocabulary] = session.info.setdefault("kept", {})
        revision = Partnership.here(session).revision
        known = kept.get(mine)
        if known is None or known.revision != revision:
            known = cls(revision)
            known._learn(session)
            kept[mine] = known  # only now: others may read it at once
        return known

    def _learn(self, session: Session) -> None:
        for priority in session.scalars(select(Priority).order_by(Priority.place)):
            self.priorities[priority.id] = priority
            self._add(Meaning("priority", priority.id), priority.key, priority.name, *priority.words)
        for measure in session.scalars(select(Measure).order_by(Measure.place, Measure.id)):
            self.measures[measure.id] = measure
            self._add(Meaning("measure", measure.id), measure.name, *measure.words)
        own_or_district = or_(Area.own, Area.level == "district")
        columns = [getattr(Area, name) for name in Place._fields]
        for row in session.execute(select(*columns).where(Area.level.in_(TYPED), own_or_district).order_by(Area.id)):
            place = Place(*row)
            self.places[place.id] = place
            self._add(Meaning("place", place.id), place.name, place.code)
            if place.level == "county":
                self._add(Meaning("place", place.id), "the county", f"{place.name} county", f"county of {place.name}")
        self._learn_splits(session)
        named = defaultdict(list)
        for place in self.places.values():
            named[key(place.name)].append(place.id)
        for word in session.scalars(select(PlaceWord)):
            for name in word.names:
                for area_id in named[key(name)]:
                    self._add(Meaning("place", area_id), word.word.title())
            self.taught.add(key(word.word).removeprefix("the "))
        for record in (*self.priorities.values(), *self.measures.values()):
            session.expunge(record)  # what is kept outlives the session

    def _learn_splits(self, session: Session) -> None:
        """An LSOA of 2011 that was split is, by its old name or code, all that it became."""
        of_code = {p.code: p.id for p in self.places.values()}
        split = select(AreaChange.old_code, AreaChange.old_name, AreaChange.new_code).where(AreaChange.change == "S")
        for old, name, new in session.execute(split):
            for area_id in (of_code.get(old), of_code.get(new)):
                if area_id:
                    self._add(Meaning("place", area_id), old, name)

    def _add(self, meaning: Meaning, *phrases: str) -> None:
        for phrase in phrases:
            plain = key(phrase).removeprefix("the ")
            if plain and meaning not in self.phrases[plain]:
                self.phrases[plain].append(meaning)
                self.said.setdefault(plain, phrase)
                self.longest = max(self.longest, plain.count(" ") + 1)

    def of_priority(self, priority_id: int) -> list[Measure]:
        """A priority's measures, headline first."""
        return [m for m in self.measures.values() if m.priority_id == priority_id]

    def measure(self, wanted: str) -> Measure | None:
        """The measure of this key."""
        return next((m for m in self.measures.values() if m.key == wanted), None)

    @property
    def district(self) -> Place:
        """The partnership's own district."""
        return next(p for p in self.places.values() if p.level == "district" and p.own)
