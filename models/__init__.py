"""The tables, and the rules that live on the record. `models.figures` is left out: tables load without it."""

from models.areas import Area, AreaChange, Boundary, PlaceWord
from models.base import Base, Refusal
from models.groups import Group, Membership
from models.heard import Heard, Shared
from models.held import Batch, Load, MonthCount, Published
from models.measures import Measure
from models.partnership import Agency, Partnership
from models.people import Joining, Person
from models.priorities import Priority

__all__ = [
    "Agency",
    "Area",
    "AreaChange",
    "Base",
    "Batch",
    "Boundary",
    "Group",
    "Heard",
    "Joining",
    "Load",
    "Measure",
    "Membership",
    "MonthCount",
    "Partnership",
    "Person",
    "PlaceWord",
    "Priority",
    "Published",
    "Refusal",
    "Shared",
]
