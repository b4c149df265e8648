"""The tables, and the rules that live on the record. `models.figures` is left out: tables load without it."""

from models.actions import Action, Numbering, Supporter
from models.areas import Area, AreaChange, Boundary, PlaceWord
from models.base import Base, Refusal
from models.changes import Change
from models.drafts import Draft, Kept
from models.groups import Group, Membership
from models.heard import Heard, Shared
from models.held import Batch, Load, MonthCount, Published
from models.measures import Measure
from models.partnership import Agency, Partnership
from models.people import Joining, Person
from models.priorities import Priority
from models.proposals import Proposal

__all__ = [
    "Action",
    "Agency",
    "Area",
    "AreaChange",
    "Base",
    "Batch",
    "Boundary",
    "Change",
    "Draft",
    "Group",
    "Heard",
    "Joining",
    "Kept",
    "Load",
    "Measure",
    "Membership",
    "MonthCount",
    "Numbering",
    "Partnership",
    "Person",
    "PlaceWord",
    "Priority",
    "Proposal",
    "Published",
    "Refusal",
    "Shared",
    "Supporter",
]
