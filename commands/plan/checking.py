"""Rows somebody wrote down, looked at one by one: who and what they mean, and what must still be asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from commands.permissions import YES, allowed
from commands.plan.adding import priority_named
from commands.plan.kept import own_names
from commands.plan.naming import accountable, must_sit_on, supporter
from commands.plan.refs import Ref
from commands.plan.sight import Sight
from commands.plan.when import Meetings
from models.actions import FINISHED, OPEN, Action, Supporter
from models.base import Refusal
from models.drafted import Drafted
from models.due import Due
from models.groups import Group
from models.people import Person
from models.personal import names_a_person
from models.priorities import Priority

NEXT = re.compile(r"^next .+? \((\d{4}-\d\d-\d\d)\)$", re.I)  # as our own export writes the next meeting
FILED = re.compile(r"^\s*[A-Za-z]{2,12}-\d\d-\d{1,4}\s*$")
LAST = re.compile(r"^(.{8,}?)\s+[–—-]\s+@?([\w /.'-]{2,40})$", re.S)
Found = TypeVar("Found")


@dataclass
class Row:
    """A row with what it means, and what must be asked of it: (field, question). `held` is the action it is about already."""

    drafted: Drafted
    group: Group | None = None
    owner: Person | None = None
    supporters: list[Supporter] = field(default_factory=list)
    priority: Priority | None = None
    due: Due | None = None
    held: Action | None = None
    questions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def clear(self) -> bool:
        return not self.questions


@dataclass
class Checking:
    """Looks at rows, asking for each name once. From a file, dates gone by are taken as they stand: a log has overdue actions."""

    sight: Sight
    group_key: str = ""
    from_file: bool = False
    known: dict[tuple[str, str], object] = field(default_factory=dict)

    def rows(self, drafted: list[Drafted]) -> list[Row]:
        """Each row, looked at."""
        held = self._held(drafted)
        return [self._row(each, held.get(each.ref.upper())) for each in drafted]

    def _held(self, drafted: list[Drafted]) -> dict[str, Action]:
        """Actions the rows are about already, among those that are seen, by reference."""
        refs = [each.ref.upper() for each in drafted if FILED.match(each.ref)]
        found: dict[str, Action] = {}
        for start in range(0, len(refs), 500):
            seen = select(Action).where(Action.ref.in_(refs[start : start + 500]), Action.group_id.in_(self.sight.group_ids))
            found |= {action.ref: action for action in self.sight.session.scalars(seen)}
        return found

    def _row(self, drafted: Drafted, held: Action | None) -> Row:
        drafted = drafted if drafted.owner or held or self.from_file else self._owned_at_the_end(drafted)
        row = Row(drafted, held=held)
        row.group = self._asked(row, "group", drafted.group, lambda: self._group(drafted, held))
        if drafted.owner or not held:
            row.owner = self._asked(row, "owner", f"{drafted.owner}@{row.group and row.group.id}", lambda: self._owner(drafted, row.group))
        row.due = self._asked(row, "due", f"{drafted.due}@{row.group and row.group.id}", lambda: self._due(drafted, row.group))
        if drafted.priority:
            row.priority = self._asked(row, "priority", drafted.priority, lambda: self._priority(drafted.priority))
        for name in drafted.supporters:
            if found := self._asked(row, "supporters", name, lambda name=name: self._supporter(name)):  # type: ignore[misc]
                row.supporters.append(Supporter(person=found.person, agency=found.agency))
        self._personal(row)
        asked = {name for name, _ in row.questions}
        row.questions += [(name, question) for name, question in drafted.unclear if name not in asked and self._stands(name, row)]
        return row

    def _owned_at_the_end(self, drafted: Drafted) -> Drafted:
        """ "Fit gates – college": what ends the words after a dash is the owner where it names somebody."""
        found = LAST.match(drafted.wording)
        try:
            owner = accountable(found[2], self.sight.session, lambda name: name) if found else None
        except Refusal:
            owner = None
        return mended(drafted, wording=found[1], owner=owner.handle) if found and owner else drafted

    def _stands(self, name: str, row: Row) -> bool:
        """Whether the reader's own question still has to be asked: a finished action needs no date any more."""
        return not (name == "due" and row.due is not None)

    def _asked(self, row: Row, name: str, words: str, finds: Callable[[], Found]) -> Found | None:
        """What words mean, found once; a refusal is a question about the row."""
        if (name, words) not in self.known:
            try:
                self.known[name, words] = finds()
            except Refusal as refusal:
                self.known[name, words] = refusal
        found = self.known[name, words]
        if isinstance(found, Refusal):
            row.questions.append((name, found.words))
            return None
        return found  # type: ignore[return-value]

    def _group(self, drafted: Drafted, held: Action | None) -> Group:
        if held:
            return held.group
        named = drafted.group or (drafted.ref.partition("-")[0] if FILED.match(drafted.ref) else "") or self.group_key
        group = self.sight.group_named(named) if named else self.sight.default_group()
        if group is None or allowed("add", self.sight.parts_in(group.id)) != YES:
            raise Refusal(f"You add no actions to a group called “{named}”.")
        return group

    def _owner(self, drafted: Drafted, group: Group | None) -> Person:
        if not drafted.owner.strip():
            raise Refusal("Who is accountable?")
        owner = accountable(drafted.owner, self.sight.session, lambda name: name)
        if group:
            must_sit_on(group, owner, self.sight.session)
        return owner

    def _due(self, drafted: Drafted, group: Group | None) -> Due:
        words = drafted.due.strip()
        group = group or self.sight.default_group()
        if found := NEXT.match(words):
            return Due("meeting", date.fromisoformat(found[1]))
        if not words and drafted.status not in ("", *OPEN):
            return Due("ongoing")  # it is over: when it was due need not be known
        if not words:
            raise Refusal("When is it due?")
        due = Due.read(words, self.sight.today, Meetings(group, self.sight), group.names)
        if due.is_past(self.sight.today) and not self.from_file and drafted.status not in FINISHED:
            raise Refusal(f"{due.said()} has gone by. When is it due?")
        return due

    def _priority(self, words: str) -> Priority:
        named = priority_named(words, self.sight.session)
        if named is None:
            raise Refusal(f"I know no priority “{words}”.")
        return named

    def _supporter(self, name: str) -> Supporter:
        return supporter(name, self.sight.session, lambda near: near)

    def _personal(self, row: Row) -> None:
        """What may name a person of a case is not kept unless its writer insists."""
        text = f"{row.drafted.wording}\n{row.drafted.latest}"
        if row.drafted.sure or not names_a_person(text):
            return
        if ("own", "") not in self.known:
            self.known["own", ""] = own_names(self.sight.session)
        seen = names_a_person(text, self.known["own", ""])  # type: ignore[arg-type]
        if seen:
            row.questions.append(("personal", f"I saw {seen.said()}: write a case reference instead."))


def whole_ref(drafted: Drafted) -> Ref | None:
    """The reference a row brings with it, where it is one of ours."""
    begun = Ref.at_start(drafted.ref) if FILED.match(drafted.ref) else None
    return begun[0] if begun else None


def mended(drafted: Drafted, **values: object) -> Drafted:
    """A row with answers in it, and no longer the questions that were answered."""
    kept = tuple((name, question) for name, question in drafted.unclear if name not in values)
    return replace(drafted, unclear=kept, **values)  # type: ignore[arg-type]
