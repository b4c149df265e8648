"""The action plan: what partners agreed to do, by whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, validates

from models.base import Base, Moment, Owned
from models.due import Due
from models.groups import Group
from models.partnership import Agency
from models.people import Person
from models.priorities import Priority

NOT_REPORTED, ON_TRACK, AT_RISK, BLOCKED = "not reported", "on track", "at risk", "blocked"
DONE, CLOSED, WITHDRAWN = "done", "closed", "withdrawn"
OPEN = (NOT_REPORTED, ON_TRACK, AT_RISK, BLOCKED)
STATUSES = (*OPEN, DONE, CLOSED, WITHDRAWN)
FINISHED = (CLOSED, WITHDRAWN)
NEVER = date.max  # where an action without a date stands among those with one


class Action(Owned, Base):
    """Something a partner agreed to do. Its reference is the group, the two-digit year raised and a number, and is never reused."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("partnership_id", "ref"),
        # A page of a list is read off one of these: by group or by owner, in the order of what is due first.
        Index("ix_action_by_group", "group_id", "open", "due_sort", "id"),
        Index("ix_action_by_owner", "owner_id", "open", "due_sort", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    ref: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    wording: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"), default=None)
    due_kind: Mapped[str] = mapped_column(default="date")
    due_on: Mapped[date | None] = mapped_column(Date, default=None)
    due_sort: Mapped[date] = mapped_column(Date, default=NEVER)
    status: Mapped[str] = mapped_column(default=NOT_REPORTED)
    open: Mapped[bool] = mapped_column(default=True)  # there is still something to do; follows the status
    latest: Mapped[str] = mapped_column(Text, default="")
    latest_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # The group's meeting at which it was raised, where it was raised at one.
    meeting: Mapped[date | None] = mapped_column(Date, default=None)
    closed_on: Mapped[date | None] = mapped_column(Date, default=None)
    lineage: Mapped[str] = mapped_column(default="")  # "escalated from" or "referred from" its parent
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), default=None)
    changes: Mapped[int] = mapped_column(default=1)  # how often it has been changed: two people who edit at once are told apart by it

    group: Mapped[Group] = relationship(lazy="joined", innerjoin=True)
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id], lazy="joined", innerjoin=True)
    priority: Mapped[Priority | None] = relationship(lazy="joined")
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    parent: Mapped[Action | None] = relationship(remote_side=[id])
    supporters: Mapped[list[Supporter]] = relationship(cascade="all, delete-orphan", order_by="Supporter.id")

    @classmethod
    def raised(cls, group: Group, owner: Person, wording: str, by: Person, at: datetime) -> Action:
        """A new action of which nothing has been said. It is whole before it is flushed, so that one flush writes it and its history."""
        plain = {"status": NOT_REPORTED, "latest": "", "lineage": "", "changes": 1}
        ids = {"group_id": group.id, "owner_id": owner.id, "raised_by_id": by.id}
        return cls(group=group, owner=owner, wording=wording, raised_by=by, raised_at=at, **ids, **plain)

    @validates("status")
    def _follow(self, _: str, status: str) -> str:
        self.open = status in OPEN
        return status

    @property
    def due(self) -> Due:
        """When it is due."""
        return Due(self.due_kind, self.due_on)  # type: ignore[arg-type]  # the column holds what Due may be

    @due.setter
    def due(self, due: Due) -> None:
        self.due_kind, self.due_on, self.due_sort = due.kind, due.on, due.sorts

    def overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.open and self.due_on is not None and self.due_on < today

    def rag(self, today: date) -> str:
        """Red when overdue or blocked, amber at risk, green on track, done or closed, else grey."""
        if self.overdue(today) or self.status == BLOCKED:
            return "red"
        return {AT_RISK: "amber", ON_TRACK: "green", DONE: "green", CLOSED: "green"}.get(self.status, "grey")

    def say(self, words: str, at: datetime) -> None:
        """Words are the latest news, and said now; where there are none, what was said before stands with its day."""
        if words:
            self.latest, self.latest_at = words, at

    def give_to(self, owner: Person) -> None:
        """Make somebody accountable. Nobody supports themselves."""
        self.owner, self.owner_id = owner, owner.id
        if any(each.person_id == owner.id for each in self.supporters):
            self.supporters = [each for each in self.supporters if each.person_id != owner.id]

    def supported_by(self) -> list[str]:
        """Supporters' names: handles of people, names of agencies."""
        return [each.name for each in self.supporters]


class Supporter(Owned, Base):
    """Somebody, or an agency, that helps with an action without being accountable for it."""

    __tablename__ = "supporter"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), default=None)
    person: Mapped[Person | None] = relationship(lazy="joined")
    agency: Mapped[Agency | None] = relationship(lazy="joined")

    @property
    def name(self) -> str:
        """The person's handle, or the agency's name."""
        return self.person.handle if self.person else self.agency.name if self.agency else ""


class Numbering(Owned, Base):
    """The last number given in a group's year. It only ever rises, so that no reference is given twice."""

    __tablename__ = "numbering"

    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


# Each is one statement on both databases, so that two who add at once get two numbers.
_NEXT = text(
    "insert into numbering (partnership_id, group_id, year, last) values (:mine, :group_id, :year, 1) "
    "on conflict (group_id, year) do update set last = numbering.last + 1 returning last"
)
_TAKEN = text(
    "insert into numbering (partnership_id, group_id, year, last) values (:mine, :group_id, :year, :number) "
    "on conflict (group_id, year) do update set last = excluded.last where excluded.last > numbering.last"
)


def next_number(group: Group, year: int, session: Session) -> int:
    """The next number of a group's year, given to nobody else."""
    given = {"mine": session.info["partnership"], "group_id": group.id, "year": year}
    return int(session.connection().execute(_NEXT, given).scalar_one())


def take_number(group: Group, year: int, number: int, session: Session) -> None:
    """A number that comes with a reference from elsewhere: what is given from now on is higher."""
    given = {"mine": session.info["partnership"], "group_id": group.id, "year": year, "number": number}
    session.connection().execute(_TAKEN, given)


def ref_of(group: Group, year: int, number: int) -> str:
    """ "JAG-13-004"."""
    return f"{group.key.upper()}-{year % 100:02d}-{number:03d}"


def people_of(names: Sequence[Person | Agency]) -> list[Supporter]:
    """Supporters made of people and agencies."""
    return [
        Supporter(person=each, person_id=each.id) if isinstance(each, Person) else Supporter(agency=each, agency_id=each.id)
        for each in names
    ]
