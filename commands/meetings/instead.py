"""Who comes to a meeting instead of somebody: whom they mean, and what the one who is sent, or no longer sent, is told."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.meetings.told import discreetly, when
from commands.meetings.which import Found
from commands.plan.sight import Sight
from commands.reply import Note, Reply, Tell
from models.base import Refusal
from models.groups import Membership
from models.people import Person
from models.priorities import Priority

Told = tuple[list[Tell], Note | None]


def deputy_of(person: Person, session: Session) -> Person:
    """Their own deputy, or that of a priority which they lead."""
    of_priority = select(Person).join(Priority, Priority.deputy_id == Person.id).where(Priority.lead_id == person.id)
    person = session.get(Person, person.id) or person
    deputy = person.deputy or session.scalars(of_priority.order_by(Priority.place)).first()
    if deputy is None:
        raise Refusal(f"{person.handle} has no deputy that I know of. Say who it is, such as: @burglary-deputy instead", field="instead")
    return deputy


def tell_who_is_sent(sent: Person, found: Found, for_: Person, sight: Sight) -> Told:
    """Tell who is sent, where they may know of the group; else have whoever sends them do so."""
    return _tell(sent, found, f"You stand in for {for_.handle} at {found.group.name}", "to come to", sight)


def tell_who_is_not(sent: Person, found: Found, for_: Person, sight: Sight) -> Told:
    """Tell whoever was to come instead that they are not to any more, likewise."""
    return _tell(sent, found, f"You no longer stand in for {for_.handle} at {found.group.name}", "not to come to", sight)


def _tell(sent: Person, found: Found, title: str, does: str, sight: Sight) -> Told:
    group = found.group
    if sent.id == sight.person.id:
        return [], None
    seat = select(Membership.id).where(Membership.group_id == group.id, Membership.person_id == sent.id).limit(1)
    if (group.private and not sent.administrator and sight.session.scalar(seat) is None) or sent.slack_user is None:
        return [], Note(f"Tell {sent.handle} yourself: I do not.")
    where = f", {found.meeting.place}" if found.meeting.place else ""
    said_by = Note(f"Said by {sight.person.handle}.")
    return [Tell(sent.id, Reply(title, f"{when(found.meeting)}{where}.", said_by, summary=discreetly(group, does) or title))], None
