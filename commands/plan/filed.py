"""Rows of a file that were loaded from it before: known by how they stood there, whatever was mended of them then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from commands.plan.already import actions_of, comes_again, whole_ref
from commands.plan.sight import Sight
from models.actions import WITHDRAWN, Action
from models.changes import Change
from models.drafted import Drafted

if TYPE_CHECKING:
    from commands.plan.draft_row import Row

MARKS = ("about", "whole")  # of `Drafted.marks`


@dataclass(frozen=True)
class Loaded:
    """An action that was loaded from a file, and the marks of the row it last was there."""

    id: int
    group_id: int
    status: str
    marks: tuple[str, ...]

    def may_be(self, drafted: Drafted, how: str) -> bool:
        """Whether a row may be about it: what is over comes back as a new one, unless nothing of the row is new."""
        if how == "whole":
            return drafted.marks == drafted.filed and (self.status != WITHDRAWN or drafted.status == WITHDRAWN)
        return comes_again(self.status, drafted.status)


def find_loaded(rows: Sequence[Row], sight: Sight) -> None:
    """Find rows that stood in a file that was loaded, whatever was mended of them then, or of the action since."""
    wanted = [row for row in rows if row.held is None and row.group and row.drafted.filed and not whole_ref(row.drafted)]
    there = _loaded(sight, {row.held.id for row in rows if row.held}) if wanted else []
    found: list[tuple[Row, int]] = []
    for part, how in reversed(list(enumerate(MARKS))):
        found += _matched([row for row in wanted if not row.loaded], there, part, how, {number for _, number in found})
    actions = actions_of([number for _, number in found], sight)
    for row, number in found:
        row.held = actions[number]
        row.questions = [each for each in row.questions if _still_asked(each[0], row)]


def _matched(rows: Sequence[Row], there: Sequence[Loaded], part: int, how: str, taken: set[int]) -> list[tuple[Row, int]]:
    """(row, the id of its action) of rows with a mark of an action's, each action once."""
    by_mark: dict[tuple[int, str], list[Loaded]] = defaultdict(list)
    for each in there:
        if each.id not in taken:
            by_mark[each.group_id, each.marks[part]].append(each)
    found = []
    for row in rows:
        assert row.group is not None
        like = by_mark.get((row.group.id, row.drafted.filed.split("-")[part]), [])
        if match := next((each for each in like if each.may_be(row.drafted, how)), None):
            like.remove(match)
            row.loaded = how
            found.append((row, match.id))
    return found


def _loaded(sight: Sight, taken: set[int]) -> list[Loaded]:
    """What was loaded, the oldest first."""
    query = select(Action.id, Action.group_id, Action.status, Change.after["filed"].as_string()).join(Action, Change.action_id == Action.id)
    loaded = query.where(Action.group_id.in_(sight.group_ids), Change.verb == "loaded", Change.undone_by_id.is_(None))
    rows = sight.session.execute(loaded.order_by(Change.id))
    last = {number: Loaded(number, group, status, tuple(filed.split("-"))) for number, group, status, filed in rows if filed}
    return [each for each in last.values() if each.id not in taken and len(each.marks) == len(MARKS)]


def _still_asked(name: str, row: Row) -> bool:
    """Whether what is unclear of a row that was loaded before still is: not what its action has, nor what stays as it is."""
    assert row.held is not None
    if row.loaded == "whole" or name == "due":
        return False
    if name in ("wording", "owner", "supporters"):
        return not row.as_filed
    return name != "personal" or (row.drafted.latest or row.held.latest) != row.held.latest
