"""The history of an action in words: when, who, from where, what it changed, and what was typed. Newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import func, select

from commands.plan.recording import AT_MEETING, HANDED_ON
from commands.plan.rows import shown_of
from commands.plan.sight import Sight
from commands.plan.told import late_said
from commands.reply import Cell, Table
from models.actions import Action
from models.changes import LATE, Change
from models.due import Due
from models.groups import Group
from models.partnership import Agency
from models.people import Person
from models.priorities import Priority

LINES = 30  # on a page
OWN_WORDS = ("asked", "declined")  # changes that touch no column: what was said of them says what they were
THEIRS = ("added", "update", "no change", "done")  # changes of which what was said is somebody's own words
FORM = {  # the fields of the forms, as they stand in words that were kept of one
    "wording": "What",
    "owner": "Owner",
    "due": "Due",
    "supporters": "Supported by",
    "priority": "Priority",
    "group": "Group",
    "status": "Now",
    "said": "News",
}
FIELD = re.compile(rf"^({'|'.join(FORM)}): ", re.M)


class Lasting(Protocol):
    """A change, as a record or as a row of a query."""

    verb: Any
    said: Any
    before: Any
    after: Any
    undone_by_id: Any


@dataclass(frozen=True)
class Named:
    """What the numbers in changes stand for, as far as they may be seen."""

    people: Mapping[int, str]
    priorities: Mapping[int, str]
    agencies: Mapping[int, str]
    actions: Mapping[int, str]


def history(action: Action, page: int, sight: Sight) -> tuple[Table, int, int]:
    """(a page of the lines, which page it is, how many lines there are)."""
    total = sight.session.scalar(select(func.count()).select_from(Change).where(Change.action_id == action.id)) or 0
    page, shown = shown_of(page, total, LINES)
    newest = select(Change).where(Change.action_id == action.id).order_by(Change.id.desc()).limit(LINES).offset((page - 1) * LINES)
    changes = list(sight.session.scalars(newest))
    named, hidden = _named(changes, sight), _hidden_channels(sight)
    title = "History" if total <= LINES else f"History, {shown}"
    rows = [_line(change, named, hidden, sight) for change in changes]
    return Table(["When", "Who", "From where", "What", "Words"], rows, title), page, total


def _line(change: Change, named: Named, hidden: set[str], sight: Sight) -> list[Cell]:
    local = change.at.astimezone(sight.now.tzinfo)
    who = change.by.handle + (f" for {change.for_.handle}" if change.for_ else "")
    where = "a private channel" if change.where in hidden else change.where
    words = as_read(change.words or (change.said if change.verb in THEIRS else ""))
    return [f"{local:%-d %b %Y %H:%M}", who, where, what_changed(change, named, change.action.group.name), words]


def in_words(change: Change, sight: Sight) -> str:
    """What one change did."""
    return what_changed(change, _named([change], sight), change.action.group.name)


def as_read(words: str) -> str:
    """Words as typed; those of a form with what it called its fields, in one line: "Now: at risk; News: contractor delayed"."""
    if not FIELD.match(words):
        return words
    return "; ".join(FIELD.sub(lambda found: f"{FORM[found[1]]}: ", line) for line in words.splitlines())


def what_changed(change: Lasting, named: Named, group: str) -> str:
    """ "assigned: owner fire-officer → analyst", "due 12 December 2013 → 31 January 2014 (undone)"."""
    if change.verb in OWN_WORDS:
        said = change.said or change.verb
    else:
        parts = list(_parts(change, named, group))
        own = parts and parts[0].split(" ")[0] == change.verb
        said = "; ".join(parts) if own else ": ".join(filter(None, (change.verb, "; ".join(parts))))
    return f"{said} (undone)" if change.undone_by_id else said


def _parts(change: Lasting, named: Named, group: str) -> Iterator[str]:
    was, now = change.before, change.after
    if {"due_kind", "due_on"} & {*was, *now}:
        yield _became("due", _due(was, group), _due(now, group), was)
    for column, label, said in (
        ("status", "status", str),
        ("owner_id", "owner", lambda number: named.people.get(number, "")),
        ("supporters", "supporters", lambda pairs: _supporters(pairs, named)),
        ("priority_id", "priority", lambda number: named.priorities.get(number, "none")),
        ("wording", "wording", lambda words: f"“{words}”"),
    ):
        if column in now and not (change.verb == "added" and (column == "wording" or not now[column])):
            yield _became(label, said(was.get(column)) if column in was else "", said(now[column]), was if column in was else {})
    if day := now.get(AT_MEETING):
        yield f"at the meeting of {date.fromisoformat(day):%-d %B %Y}"
    if child := named.actions.get(now.get(HANDED_ON) or 0):
        yield f"{change.verb} to {child}"
    if LATE in now:
        yield late_said(group, date.fromisoformat(now[LATE]))
    parent = named.actions.get(now.get("parent_id") or 0)
    if parent:
        yield f"{now.get('lineage', '')} {parent}".strip()


def _became(label: str, was: str, now: str, before: Mapping[str, Any]) -> str:
    return f"{label} {was} → {now}" if before else f"{label} {now}"


def _due(values: Mapping[str, Any], group: str) -> str:
    """When it was due, from what of it was touched: a kind alone where the day stayed, a day alone where the kind did."""
    on = date.fromisoformat(values["due_on"]) if values.get("due_on") else None
    match values.get("due_kind") or ("date" if on else ""):
        case "ongoing":
            return Due("ongoing").said()
        case "meeting":
            return Due("meeting", on).said(group)
        case "date":
            return Due("date", on).said() if on else "a date"
    return "no date"


def _supporters(pairs: Sequence[Sequence[int | None]] | None, named: Named) -> str:
    names = [named.people.get(person or 0, "") or named.agencies.get(agency or 0, "") for person, agency in pairs or ()]
    return ", ".join(filter(None, names)) or "none"


def _named(changes: Sequence[Change], sight: Sight) -> Named:
    """The names of all that these changes speak of, in as few queries as there are kinds of it. An action that is not seen has none."""
    values = [side for change in changes for side in (change.before, change.after)]
    pairs = [pair for side in values for pair in side.get("supporters") or ()]
    session = sight.session

    def of(column: Any, label: Any, wanted: set[int], *rules: Any) -> dict[int, str]:
        rows = session.execute(select(column, label).where(column.in_(wanted), *rules)) if wanted else ()
        return {row[0]: row[1] for row in rows}

    def numbers(column: str) -> set[int]:
        return {side[column] for side in values if side.get(column)}

    return Named(
        of(Person.id, Person.handle, numbers("owner_id") | {person for person, _ in pairs if person}),
        of(Priority.id, Priority.key, numbers("priority_id")),
        of(Agency.id, Agency.name, {agency for _, agency in pairs if agency}),
        of(Action.id, Action.ref, numbers("parent_id") | numbers(HANDED_ON), Action.group_id.in_(sight.group_ids)),
    )


def _hidden_channels(sight: Sight) -> set[str]:
    """Channels of private groups that are not seen."""
    private = select(Group.channel).where(Group.private, Group.id.not_in(sight.group_ids))
    return {channel for channel in sight.session.scalars(private) if channel}
