"""A line of history as a file can hold it: people by handle, priorities by key, actions by reference, and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.plan.recording import HANDED_ON
from commands.plan.refs import REF
from models.actions import Action
from models.groups import Group
from models.partnership import Agency
from models.people import Person
from models.priorities import Priority

Values = dict[str, Any]
CALLED = {"owner_id": "owner", "priority_id": "priority", "parent_id": "parent"}  # columns that hold an id, and what they are called
COLUMNS = {called: column for column, called in CALLED.items()}
LINEAGE = {"lineage", "parent_id"}
AT = "@"  # before a handle among supporters, so that no agency's name is taken for one


@dataclass(frozen=True)
class Names:
    """What ids of one database are called outside it. `groups` are the keys of the groups that are seen, `refs` their actions."""

    groups: frozenset[str]
    people: Mapping[int, str]
    agencies: Mapping[int, str]
    priorities: Mapping[int, str]
    refs: Mapping[int, str]

    @classmethod
    def of(cls, session: Session, groups: Sequence[Group]) -> Names:
        """Four queries."""
        actions = select(Action.id, Action.ref).where(Action.group_id.in_([group.id for group in groups]))
        queries = (select(Person.id, Person.handle), select(Agency.id, Agency.name), select(Priority.id, Priority.key), actions)
        keys = frozenset(group.key.upper() for group in groups)
        return cls(keys, *(dict(session.execute(query).all()) for query in queries))

    def outward(self, before: Values, after: Values) -> tuple[str, str]:
        """The two (parts of) snapshots of a change, with what is kept beside it, as compact JSON; empty for nothing.

        Neither tells of an action that is not seen, nor that there is anything to tell: a new action's empty lineage is left out too.
        """
        hides = any(values.get("parent_id") is not None and values["parent_id"] not in self.refs for values in (before, after))
        nothing = not before and not after.get("lineage") and after.get("parent_id") is None
        without = (LINEAGE if hides or nothing else set()) | ({HANDED_ON} if after.get(HANDED_ON) not in self.refs else set())
        return self._as_json(before, without), self._as_json(after, without)

    def _as_json(self, values: Values, without: set[str]) -> str:
        plain = {CALLED.get(name, name): self._named(name, value) for name, value in values.items() if name not in without}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) if plain else ""

    def inward(self, text: str) -> Values:
        """What `outward` wrote, with this database's ids. Names that are nobody's here are left out; what is no such JSON is nothing."""
        try:
            plain = json.loads(text or "{}")
        except ValueError:
            return {}
        named = {COLUMNS.get(str(name), str(name)): value for name, value in plain.items()} if isinstance(plain, dict) else {}
        known = {name: value for name, value in named.items() if name not in self._ids or value is None or value in self._ids[name]}
        return {name: self._id(name, value) for name, value in known.items()}

    def lineage(self, said: str, parent_id: int | None) -> str:
        """ "referred from JAG-13-002"; empty where it would tell of an action that may not be seen."""
        whole = f"{said} {self.refs.get(parent_id, '')}".strip() if parent_id else said
        hidden = parent_id is not None and parent_id not in self.refs
        return "" if hidden or any(found[1] and found[1].upper() not in self.groups for found in REF.finditer(whole)) else whole

    def _named(self, name: str, value: Any) -> Any:
        if name == "supporters":
            called = [AT + self.people.get(person, "") if person else self.agencies.get(agency, "") for person, agency in value]
            return [each for each in called if each not in ("", AT)]
        if name == "lineage":
            return self.lineage(value or "", None)
        known = {"owner_id": self.people, "priority_id": self.priorities, "parent_id": self.refs, HANDED_ON: self.refs}.get(name)
        return value if known is None else known.get(value)

    @cached_property
    def _ids(self) -> dict[str, dict[str, int]]:
        known = {
            "owner_id": self.people,
            "priority_id": self.priorities,
            "parent_id": self.refs,
            HANDED_ON: self.refs,
            "people": self.people,
        }
        return {name: {called: number for number, called in names.items()} for name, names in (known | {"agencies": self.agencies}).items()}

    def _id(self, name: str, value: Any) -> Any:
        if name == "supporters":
            return [pair for pair in map(self._supporter, value) if any(pair)]
        return self._ids[name][value] if name in self._ids and value is not None else value

    def _supporter(self, name: str) -> list[int | None]:
        if name.startswith(AT):
            return [self._ids["people"].get(name[1:]), None]
        return [None, self._ids["agencies"].get(name)]
