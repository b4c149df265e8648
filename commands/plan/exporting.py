"""The action plan as a workbook: which groups and states are asked for, and what to say of private ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.sheets import ACTIONS, HISTORY, PRIVATE, Sheets, called
from commands.plan.sight import Sight
from commands.reply import Document, Facts, Part, Reply, Table, counted, press
from commands.words import listed, plain
from models.actions import DONE, FINISHED, OPEN, STATUSES
from models.base import Refusal
from models.groups import Group

STATES = {"open": OPEN, "done": (DONE,), "closed": FINISHED, "finished": FINISHED}
FILLERS = {"all", "the", "actions", "action", "plan", "log", "of", "for", "only", "everything", "to", "as", "xlsx", "excel", "private"}


def export(enquiry: Enquiry, session: Session) -> Reply:
    """The actions of the groups somebody sees, as a workbook. Words may name groups, and say open, done or closed."""
    plan = Plan.asked(Sight.of(enquiry, session), enquiry.words)
    sheets = Sheets(plan.sight, plan.groups, plan.states)
    actions, tally = sheets.actions()
    history = sheets.history()
    tables = [Table(ACTIONS, actions, "Actions"), Table(HISTORY, history, "History")]
    facts = [(called(group), _tallied(tally[group.id])) for group in plan.groups]
    return Reply(
        "The action plan",
        Document(f"{'-'.join(['action-plan', *plan.keys])}-{plan.sight.today}.xlsx", tables, plan.words),
        *plan.warning(tally),
        Facts(facts),
        summary=f"{counted(len(actions), 'action')}, with {counted(len(history), 'line')} of history.",
    )


def _tallied(statuses: Counter[str]) -> str:
    said = [f"{statuses[status]:,} {status}" for status in STATUSES if statuses[status]]
    return f"{counted(statuses.total(), 'action')}: {', '.join(said)}" if said else "no actions"


@dataclass(frozen=True)
class Plan:
    """What of the plan is exported: actions of these groups, in these states."""

    sight: Sight
    groups: Sequence[Group]
    states: frozenset[str]

    @classmethod
    def asked(cls, sight: Sight, words: str) -> Plan:
        """Read the words; refuses what is neither a state nor a group that is seen."""
        if not sight.groups:
            raise Refusal("You sit on no group that has actions here, so there is nothing to export. Ask the coordinator for a seat.")
        said = plain(words).lower().split()
        states = frozenset(status for word in said for status in STATES.get(word, ()))
        named = " ".join(word for word in said if word not in STATES and word not in FILLERS)
        groups = _groups(named, sight) if named else sight.groups
        return cls(sight, sorted(groups, key=lambda group: (group.private, group.key)), states or frozenset(STATUSES))

    @property
    def keys(self) -> list[str]:
        """The keys of the groups, where they are not all that are seen."""
        return [group.key for group in self.groups] if len(self.groups) < len(self.sight.groups) else []

    @property
    def words(self) -> str:
        """What asks for the same again."""
        states = [name for name, of in STATES.items() if self.states.issuperset(of) and name != "finished"]
        return " ".join([*self.keys, *(states if self.states != frozenset(STATUSES) else [])])

    def warning(self, tally: Mapping[int, Counter[str]]) -> list[Part | None]:
        """That actions of private groups are in it among others', and how to have it without."""
        private = [group.name for group in self.groups if group.private and tally[group.id].total()]
        public = [group for group in self.groups if not group.private]
        if not private or not public:
            return []
        said = (
            f"It has actions of {listed([group.name for group in self.groups])}. Those of {listed(private)} are private: they come last, "
            f"marked “{PRIVATE.strip()}” beside the group, and are not for anybody outside it."
        )
        return [said, press(*((f"Only {group.name}", f"/action export {group.key}") for group in public))]


def _groups(named: str, sight: Sight) -> Sequence[Group]:
    found = [sight.group_named(named)]
    if found == [None]:
        found = [sight.group_named(name) for name in re.split(r"\s*,\s*|\s+and\s+", named)]
    if None in found:
        seen = [group.name for group in sight.groups]
        raise Refusal(
            f"I cannot export {named!r}. Say a group ({listed(seen, 'or')}), open, done or closed; or nothing, for all that you see.",
            ("All of it", "/action export"),
            *((name, f"/action export {name}") for name in seen[:4]),
        )
    return [group for group in found if group]
