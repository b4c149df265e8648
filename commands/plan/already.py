"""What rows of a draft are about that is in the plan already: by their reference, or by the same words and the same owner."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from commands.permissions import YES
from commands.plan.refs import Ref
from commands.plan.sight import Sight
from commands.words import listed
from models.actions import OPEN, WITHDRAWN, Action, Supporter, ref_of
from models.drafted import Drafted
from models.groups import Group

if TYPE_CHECKING:
    from commands.plan.draft_row import Row

AT_ONCE = 500  # references or ids asked for in one query
FILED = re.compile(r"^\s*[A-Za-z]{2,12}-\d\d-\d{1,4}\s*$")


def whole_ref(drafted: Drafted) -> Ref | None:
    """The reference a row brings with it, where it is one of ours."""
    begun = Ref.at_start(drafted.ref) if FILED.match(drafted.ref) else None
    return begun[0] if begun else None


def foreign_ref(row: Row) -> str:
    """The reference a row has that is none of ours: "12/03"."""
    return "" if whole_ref(row.drafted) else row.drafted.ref.strip()


@dataclass
class Already:
    """What is there of the references that rows bring. `hidden` are those of actions that are not seen."""

    sight: Sight
    seen: dict[str, Action] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, drafted: Sequence[Drafted], sight: Sight) -> Already:
        """A query for each five hundred references."""
        found = cls(sight)
        for each in drafted:
            if ref := whole_ref(each):
                found.rows[ref.whole].append(each.row)
        refs = list(found.rows)
        for start in range(0, len(refs), AT_ONCE):
            for action in sight.session.scalars(select(Action).where(Action.ref.in_(refs[start : start + AT_ONCE]))):
                if action.group_id in sight.group_ids:
                    found.seen[action.ref] = action
                else:
                    found.hidden.add(action.ref)
        return found

    def held(self, drafted: Drafted) -> Action | None:
        """The action a row names, among those that are seen."""
        ref = whole_ref(drafted)
        return self.seen.get(ref.whole) if ref else None

    def question(self, drafted: Drafted, group: Group) -> str:
        """What must be asked of a row's reference; "" where it can be taken."""
        ref = whole_ref(drafted)
        if ref is None:
            return ""
        if len(self.rows[ref.whole]) > 1:
            rows = listed([str(row) for row in self.rows[ref.whole]])
            return f"{ref.whole} stands in rows {rows}. Leave all but one out, or take the reference off the others."
        if ref_of(group, ref.year, ref.number) != ref.whole:
            return f"{ref.whole} is no reference of {group.name}. Take it off, and it gets the next one."
        held = self.seen.get(ref.whole)
        if held and self.sight.may("change", held) != YES:
            return f"{ref.whole} is held already, and not yours to change. Give news of it with /action {ref.whole}, or leave this row out."
        return f"The reference {ref.whole} is taken. Take it off, and it gets the next one." if ref.whole in self.hidden else ""


def find_alike(rows: Sequence[Row], sight: Sight) -> None:
    """Find what rows without a reference of ours are about, so that a log loaded twice is not held twice.

    It is the action of the group with the same words and owner, which is open or finished as the row is; what was withdrawn, and so what
    was undone, is a new one. What is held has a due date.
    """
    wanted = [row for row in rows if row.held is None and row.group and row.owner and not whole_ref(row.drafted)]
    found = list(zip(wanted, _ids_alike(wanted, sight, {row.held.id for row in rows if row.held}), strict=True)) if wanted else []
    actions = actions_of([number for _, number in found if number], sight)
    for row, number in found:
        if number:
            row.held = actions[number]
            row.questions = [each for each in row.questions if each[0] != "due"]


def _ids_alike(rows: Sequence[Row], sight: Sight, taken: set[int]) -> list[int]:
    """The id of the action each is about, 0 for none; each action once."""
    columns = select(Action.id, Action.group_id, Action.owner_id, Action.wording, Action.status).order_by(Action.id)
    there: dict[tuple[int, int, str], list[tuple[int, str]]] = defaultdict(list)
    for number, group, owner, wording, status in sight.session.execute(columns.where(Action.group_id.in_(sight.group_ids))):
        if number not in taken:
            there[group, owner, _bare(wording)].append((number, status))
    found = []
    for row in rows:
        assert row.group is not None
        assert row.owner is not None
        like = there.get((row.group.id, row.owner.id, _bare(row.drafted.wording)), [])
        match = next((each for each in like if comes_again(each[1], row.drafted.status)), None)
        if match:
            like.remove(match)
        found.append(match[0] if match else 0)
    return found


def comes_again(status: str, said: str) -> bool:
    """Whether a row may be about an action, as both stand: what is over does not come back open, nor what is withdrawn at all."""
    return said == WITHDRAWN if status == WITHDRAWN else status in OPEN or said not in ("", *OPEN)


def _bare(wording: str) -> str:
    return " ".join(wording.split()).casefold()


def actions_of(ids: Sequence[int], sight: Sight) -> dict[int, Action]:
    """{id: action}, a query for each five hundred."""
    found: dict[int, Action] = {}
    for start in range(0, len(ids), AT_ONCE):
        of_these = select(Action).where(Action.id.in_(ids[start : start + AT_ONCE]))
        found |= {action.id: action for action in sight.session.scalars(of_these)}
    return found


def differences(row: Row) -> dict[str, Any]:
    """{attribute: value} of what a row says otherwise of the action it is about; an empty cell takes nothing away."""
    action, drafted = row.held, row.drafted
    if action is None or row.loaded == "whole":
        return {}
    said: dict[str, Any] = {
        "wording": drafted.wording,
        "latest": drafted.latest,
        "status": drafted.status,
        "closed_on": day(drafted.closed_on),
        "priority_id": row.priority.id if row.priority else None,
        "owner_id": row.owner.id if row.owner else None,
        "due": row.due if drafted.due else None,
    }
    differing = {name: value for name, value in said.items() if value and value != getattr(action, name)}
    if row.supporters and _names(row.supporters) != _names(action.supporters):
        differing["supporters"] = row.supporters
    if row.loaded and row.as_filed:  # what the file says as it did before may have been mended since, here
        return {name: value for name, value in differing.items() if name not in ("wording", "owner_id", "supporters")}
    return differing


def says_something(row: Row) -> bool:
    """Whether the plan would be otherwise for it: it is new, or says something otherwise or besides."""
    return row.held is None or bool(differences(row)) or bool(row.drafted.lineage and not row.held.lineage)


def _names(supporters: Sequence[Supporter]) -> list[str]:
    return sorted(each.name for each in supporters)


def day(text: str) -> date | None:
    """An ISO date; anything else is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
