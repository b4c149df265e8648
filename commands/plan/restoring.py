"""The history that a workbook of ours brings along, put back line by line as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.plan.logged import Names
from commands.plan.sight import Sight
from models.actions import Action
from models.changes import Change
from models.drafts import Draft
from models.people import Person


@dataclass(frozen=True)
class Past:
    """Lines of history by the reference they belong to; who is nobody here is remembered as whoever loads."""

    lines: Mapping[str, Sequence[dict[str, Any]]]
    names: Names | None
    person: Callable[[str], Person | None]
    sight: Sight

    @classmethod
    def of(cls, draft: Draft, sight: Sight, person: Callable[[str], Person | None]) -> Past:
        """The history of a draft. `person` finds somebody by their handle."""
        lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in draft.history:
            lines[str(line["ref"]).upper()].append(line)
        return cls(lines, Names.of(sight.session, sight.groups) if lines else None, person, sight)

    def restored(self, action: Action) -> bool:
        """Put back what happened to a new action. Whether anything is known of it."""
        lines = self.lines.get(action.ref)
        if not lines or self.names is None:
            return False
        made = [self._change(action, line, number, self.names) for number, line in enumerate(lines, 1)]
        self.sight.session.flush()
        for change, undone_by in made:
            if 0 < undone_by <= len(made):
                change.undone_by_id = made[undone_by - 1][0].id
        action.changes = len(made)
        said = [change for change, _ in made if change.verb not in ("added", "asked", "undone")]
        latest = [change.at for change in said if change.after.get("latest") == action.latest]
        action.latest_at = max(latest) if action.latest and latest else action.latest_at
        return True

    def _change(self, action: Action, line: dict[str, Any], number: int, names: Names) -> tuple[Change, int]:
        """(a line of history, the number of the line that undid it; 0 for none)."""
        after = names.inward(line["after"])
        said, settled, undone_by = (after.pop(name, "") for name in ("said", "settled", "undone_by"))
        change = Change(
            action=action,
            at=datetime.fromisoformat(line["at"]),
            by=self.person(line["by"]) or self.sight.person,
            for_=self.person(line["for_"]),
            where=line["where"],
            verb=line["verb"],
            words=line["words"],
            said=said or "",
            settled=settled or "",
            before=names.inward(line["before"]),
            after=after,
            number=number,
        )
        self.sight.session.add(change)
        return change, int(undone_by or 0)
