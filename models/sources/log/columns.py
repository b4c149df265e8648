"""Which column of a log is which, by the words coordinators head them with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.near import TAKEN, folded, likenesses
from models.sources.log.tables import Value

# Plainest first: where two headings could be one field, the plainer is taken.
CALLED = {
    "ref": [
        "reference",
        "ref",
        "ref no",
        "reference no",
        "action no",
        "action ref",
        "action number",
        "item no",
        "item",
        "no",
        "number",
        "#",
    ],
    "group": ["group", "meeting group"],
    "wording": [
        *["action", "agreed action", "action agreed", "action required", "action to be taken", "action point", "action item", "task"],
        *["what", "description", "action description", "description of action", "details of action"],
    ],
    "owner": [
        *["owner", "action owner", "lead", "lead officer", "officer", "action by", "by whom", "who", "responsible", "responsible officer"],
        *["person responsible", "responsibility", "assigned to"],
    ],
    "agency": ["agency", "organisation", "lead agency", "partner agency", "responsible agency"],
    "supporters": ["supporters", "support", "supported by", "supporting", "with", "partners"],
    "priority": ["priority", "theme", "area of work"],
    "due": ["due", "due date", "date due", "deadline", "target date", "completion date", "by when", "when", "timescale"],
    "status": ["status", "progress status", "action status", "current status", "rag status", "rag", "r a g", "rag rating", "complete"],
    "latest": [
        *["latest update", "update", "latest", "progress", "progress update", "progress to date", "where are we", "where are we now"],
        *["current position", "position", "current situation", "outcome", "result", "comments", "notes"],
    ],
    "raised_on": ["raised on", "date raised", "raised", "date"],
    "raised_by": ["raised by"],
    "meeting": ["meeting", "meeting date", "date of meeting"],
    "lineage": ["lineage", "from"],
    "closed_on": ["closed on", "date closed", "closed", "completed", "date completed", "completed on"],
}
PLAIN = {word: (name, rank) for name, words in CALLED.items() for rank, word in enumerate(words)}
BESIDE = 50  # the rank of a heading whose parts alone are known
ENOUGH = 2  # headings understood, of which one is the action, make a heading row
FIRST_ROWS = 30
JOINED = {"latest"}  # where two columns are one field, and both are read
ABOUT = {
    "issue",
    "concern",
    "problem",
    "subject",
    "topic",
    "agenda item",
    "decision",
    "recommendation",
}  # beside the action: what it answers
_PARTS = re.compile(r"[/&|,;()\[\]]|\s[-–—]\s|\band\b|\bor\b", re.I)
OWN = ["Reference", "Group", "Action", "Owner", "Agency", "Supporters", "Priority", "Due", "Status", "RAG"]
OWN += ["Latest update", "Raised on", "Raised by", "Meeting", "Lineage", "Closed on"]
DERIVED = {"Agency", "RAG"}  # columns of our own export that are worked out again


@dataclass(frozen=True)
class Columns:
    """{field: column} of one heading row, the headings as found, and what was doubtful about them, in sentences.

    `more` are further columns of a field of which all are read.
    """

    row: int
    headings: list[str]
    places: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    more: dict[int, str] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether it is the heading row of our own export."""
        return set(OWN) <= set(self.headings)

    @property
    def taken(self) -> list[tuple[str, str]]:
        """(heading as found, field) in the order of the file."""
        columns = {column: name for name, column in self.places.items()} | self.more
        return [(self.headings[column], columns[column]) for column in sorted(columns)]

    @property
    def ignored(self) -> list[str]:
        """Headings not taken."""
        used = {*self.places.values(), *self.more}
        left = [heading for column, heading in enumerate(self.headings) if heading and column not in used]
        return [heading for heading in left if not (self.own and heading in DERIVED)]


def find_columns(rows: Sequence[Sequence[Value]]) -> Columns | None:
    """The best heading row among the first: titles and blank rows stand above it."""
    read = [columns_of(row, values) for row, values in enumerate(rows[:FIRST_ROWS])]
    likely = [columns for columns in read if columns is not None]
    return max(likely, key=lambda columns: (len(columns.places), -columns.row), default=None)


def columns_of(row: int, values: Sequence[Value], loosely: bool = True) -> Columns | None:
    """The columns of a heading row, None for a row of anything else. Misspellings are read unless `loosely` is False."""
    headings = [" ".join(value.split()) if isinstance(value, str) else "" for value in values]
    if sum(plain(heading) is not None for heading in headings) < (1 if loosely else ENOUGH):
        return None  # no need to look for likenesses
    matched = {column: match for column, heading in enumerate(headings) if heading and (match := field_of(heading, loosely))}
    filled = sum(value is not None for value in values)
    columns = settled(row, headings, matched)
    enough = len(columns.places) >= max(ENOUGH, filled / 3) and "wording" in columns.places
    return columns if enough else None


def field_of(heading: str, loosely: bool = True) -> tuple[str, int] | None:
    """(field, rank: the lower the plainer) of a heading; what is only like one ranks last."""
    exact = plain(heading)
    if exact or not loosely or not 4 <= len(heading) <= 40:
        return exact
    like = [name for name, likeness in likenesses(spelt(heading), PLAIN) if likeness >= TAKEN]
    return (PLAIN[like[0]][0], 99) if like else None


def plain(heading: str) -> tuple[str, int] | None:
    """As `field_of`, for a heading spelt as expected, also with more in brackets, or with another: "Lead / Owner (agency)"."""
    bare = re.sub(r"\(.*?\)", " ", heading)
    whole = PLAIN.get(spelt(heading)) or PLAIN.get(spelt(bare)) or PLAIN.get(spelt(bare).removesuffix("s"))
    return whole or in_parts(heading) or in_parts(bare)


def in_parts(heading: str) -> tuple[str, int] | None:
    """The field that all parts of a heading are about: "Owner/Lead". An agency beside an owner is the owner's, an issue the action's."""
    parts = [spelt(part) for part in _PARTS.split(heading) if spelt(part)]
    known = [PLAIN.get(part) or PLAIN.get(part.removesuffix("s")) for part in parts]
    if any(each and each[0] == "wording" for each in known):
        known = [("wording", BESIDE) if part.removesuffix("s") in ABOUT else each for part, each in zip(parts, known, strict=True)]
    names = {each[0] for each in known if each}
    names -= {"agency"} if "owner" in names else set()
    return (names.pop(), BESIDE) if len(parts) > 1 and all(known) and len(names) == 1 else None


def spelt(heading: str) -> str:
    return " ".join(re.findall(r"[a-z]+|#", folded(heading)))


def settled(row: int, headings: list[str], matched: dict[int, tuple[str, int]]) -> Columns:
    """Each field at most once: the plainest heading is taken, and the others are named."""
    columns = Columns(row, headings)
    for column in sorted(matched, key=lambda each: matched[each][1]):
        name = matched[column][0]
        if name not in columns.places:
            columns.places[name] = column
        elif name in JOINED and not columns.own:
            columns.more[column] = name
        elif name == "status" and "rag" not in columns.places and is_colour(headings[column]) and not columns.own:
            columns.places["rag"] = column
            columns.said.append(f"'{headings[columns.places[name]]}' says what is open, '{headings[column]}' how the open ones stand.")
        elif not (columns.own and headings[column] in DERIVED):
            taken = headings[columns.places[name]]
            columns.said.append(f"Both '{taken}' and '{headings[column]}' could be the {worded(name)}: '{taken}' was taken.")
    if columns.more:
        both = [f"'{headings[column]}'" for column in sorted([columns.places["latest"], *columns.more])]
        columns.said.append(f"{', '.join(both[:-1])} and {both[-1]} were read together, as the latest update.")
    if columns.own:
        columns.places.pop("agency", None)
    if "due" not in columns.places and (when := columns.places.get("raised_on")) is not None and spelt(headings[when]) == "date":
        columns.said.append(f"'{headings[when]}' was taken as the date raised. If it is when actions are due, call it 'Due'.")
    return columns


def is_colour(heading: str) -> bool:
    """Whether a column of statuses is one of colours, and may stand beside another that says what is open."""
    return "rag" in spelt(heading).replace("r a g", "rag").split()


def worded(name: str) -> str:
    """A field as people call it."""
    return {"ref": "reference", "wording": "action", "latest": "latest update", "rag": "RAG"}.get(name, name.replace("_", " "))
