"""Rows somebody wrote down, looked at one by one: who and what they mean, and what must still be asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from commands.permissions import YES, allowed, pressable
from commands.plan.already import Already, find_alike, whole_ref
from commands.plan.draft_row import Row, mended
from commands.plan.filed import find_loaded
from commands.plan.kept import own_names
from commands.plan.naming import accountable, must_sit_on, supporter
from commands.plan.sight import Sight
from commands.plan.wanted import priority_named
from commands.plan.when import Meetings
from commands.words import MOST
from models.actions import FINISHED, OPEN, Supporter
from models.base import Refusal
from models.drafted import Drafted
from models.due import Due
from models.groups import Group
from models.people import Person
from models.personal import names_a_person
from models.priorities import Priority

NEXT = re.compile(r"^next .+? \((\d{4}-\d\d-\d\d)\)$", re.I)  # as our own export writes the next meeting
LAST = re.compile(r"^(.{8,}?)\s+[–—-]\s+@?([\w /.'-]{2,40})$", re.S)
Found = TypeVar("Found")


@dataclass
class Checking:
    """Looks at rows, asking for each name once. From a file, dates gone by are taken as they stand: a log has overdue actions."""

    sight: Sight
    group_key: str = ""
    from_file: bool = False
    known: dict[tuple[str, str], object] = field(default_factory=dict)

    def rows(self, drafted: list[Drafted]) -> list[Row]:
        """Each row, looked at."""
        already = Already.of(drafted, self.sight)
        rows = [self._row(each, already) for each in drafted]
        if self.from_file:
            find_loaded(rows, self.sight)
            find_alike(rows, self.sight)
        return rows

    def _row(self, drafted: Drafted, already: Already) -> Row:
        held = already.held(drafted)
        drafted = drafted if drafted.owner or held or self.from_file else self._owned_at_the_end(drafted)
        row = Row(drafted)
        named = self._group_named(drafted)
        row.group = self._asked(row, "group", named, lambda: self._group(named))
        row.held = held = held if row.group and held and row.group.id == held.group_id else None
        of = f"@{row.group.id if row.group else ''}"
        if drafted.owner or not held:
            row.owner = self._asked(row, "owner", f"{drafted.owner}{of}", lambda: self._owner(drafted, row.group))
        row.due = self._asked(row, "due", f"{drafted.due}{of} {drafted.status}", lambda: self._due(drafted, row.group))
        if drafted.priority:
            row.priority = self._asked(row, "priority", drafted.priority, lambda: self._priority(drafted.priority))
        for name in drafted.supporters:
            if found := self._asked(row, "supporters", name, lambda name=name: self._supporter(name), name):  # type: ignore[misc]
                row.supporters.append(_copy(found))
        if row.group and (question := already.question(drafted, row.group)):
            row.questions.append(("ref", question))
        self._too_long(row)
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

    def _asked(self, row: Row, name: str, words: str, finds: Callable[[], Found], typed: str = "") -> Found | None:
        """What words mean, found once; a refusal is a question about the row."""
        if (name, words) not in self.known:
            try:
                self.known[name, words] = finds()
            except Refusal as refusal:
                self.known[name, words] = refusal
        found = self.known[name, words]
        if isinstance(found, Refusal):
            row.questions.append((name, found.words))
            row.near += [(name, typed, near) for _, near in found.asks if not near.startswith("/")]
            row.offers += pressable([each for each in found.asks if each[1].startswith("/")], self.sight.person, self.sight.session)
            return None
        return found  # type: ignore[return-value]

    def _group_named(self, drafted: Drafted) -> str:
        """The group a row goes to, in words: its own, that of its reference, or the whole list's."""
        ref = whole_ref(drafted)
        return drafted.group or (ref.group if ref else "") or self.group_key

    def _group(self, named: str) -> Group:
        group = self.sight.group_named(named) if named else self.sight.default_group()
        if group is None or allowed("add", self.sight.parts_in(group.id)) != YES:
            raise Refusal(f"You add no actions to a group called “{named}”.")
        return group

    def _owner(self, drafted: Drafted, group: Group | None) -> Person:
        if not drafted.owner.strip():
            raise Refusal("Who is accountable?")
        owner = accountable(drafted.owner, self.sight.session, lambda name: name)
        if group:
            must_sit_on(group, owner, self.sight)
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

    def _too_long(self, row: Row) -> None:
        """What does not fit an action is asked about rather than cut."""
        for name, text in (("wording", row.drafted.wording), ("latest", row.drafted.latest)):
            if len(text) > MOST:
                row.questions.append((name, f"That is {len(text):,} characters, and I keep up to {MOST:,}. Shorten it."))

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


def _copy(supporter: Supporter) -> Supporter:
    """One for this row alone, whose ids can be read before it is saved."""
    person, agency = supporter.person, supporter.agency
    return Supporter(person=person, agency=agency, person_id=person.id if person else None, agency_id=agency.id if agency else None)
