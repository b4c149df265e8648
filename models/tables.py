"""Every table together: for migrations, and for whoever must look through all of them. Nothing else needs them all."""

from __future__ import annotations

from sqlalchemy import Table

from models.actions import Action, Numbering, Supporter
from models.agendas import Agenda, Decision, Item, Minutes
from models.areas import Area, AreaChange, Boundary, PlaceWord
from models.away import Away, Snooze
from models.base import Base, Refusal
from models.changes import Change
from models.drafts import Draft, Kept
from models.groups import Group, Membership
from models.heard import Heard, Shared
from models.held import Batch, Load, MonthCount, Published
from models.measures import Measure
from models.meetings import Attendance, Meeting
from models.notices import Notice, Obligation
from models.once import Turn
from models.partnership import Agency, Partnership
from models.people import Joining, Person
from models.priorities import Priority
from models.proposals import Proposal

__all__ = [
    "Action",
    "Agency",
    "Agenda",
    "Area",
    "AreaChange",
    "Attendance",
    "Away",
    "Base",
    "Batch",
    "Boundary",
    "Change",
    "Decision",
    "Draft",
    "Group",
    "Heard",
    "Item",
    "Joining",
    "Kept",
    "Load",
    "Measure",
    "Meeting",
    "Membership",
    "Minutes",
    "MonthCount",
    "Notice",
    "Numbering",
    "Obligation",
    "Partnership",
    "Person",
    "PlaceWord",
    "Priority",
    "Proposal",
    "Published",
    "Refusal",
    "Shared",
    "Snooze",
    "Supporter",
    "Turn",
]


def every_table() -> list[Table]:
    """Every table, those that others refer to first."""
    return list(Base.metadata.sorted_tables)
