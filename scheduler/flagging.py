"""Telling the coordinator, once, of somebody or some channel that nothing can be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from commands.frozen import frozen
from commands.reply import Note, Reply, counted, press
from models.actions import Action
from models.asking_again import hand_over
from models.groups import Group, Membership
from models.notices import Notice
from models.people import GONE, Person

SHUT, UNTIL = "cannot reach ", " until "  # a flag is about the one, and ends in the other once the way is open again


def flag_gone(notice: Notice, session: Session, now: datetime) -> None:
    """Somebody's account in chat is deactivated: their actions need another owner, or are asked about by telephone."""
    person = notice.person
    if person is None:
        return
    person.reached = GONE
    hand_over(person, now, session)
    theirs = session.scalar(select(func.count()).select_from(Action).where(Action.open, Action.owner_id == person.id)) or 0
    reply = Reply(
        f"{person.handle} is no longer in chat",
        f"Their account is deactivated, so I told them nothing. {counted(theirs, 'open action').capitalize()} of theirs would need another "
        "owner, or somebody who asks them.",
        press(("Their actions", f"/action list {person.handle}")) if theirs else None,
        summary=f"{person.handle} is no longer in chat",
    )
    _tell(coordinators(session), f"gone {person.id}", reply, session, now)


def flag_shut(notice: Notice, why: str, session: Session, now: datetime) -> None:
    """A channel the bot is not let into, or somebody who has not been confirmed: what is for them waits until that is seen to."""
    whom = notice.person.handle if notice.person else notice.channel
    mend = "Find them with /jag people." if notice.person else f"Invite me there with /invite @jagbot in {notice.channel}."
    said = f"Something is waiting for {whom} that I cannot deliver: {why}. {mend} I try again every ten minutes, and nothing is lost."
    reply = Reply(
        f"I cannot reach {whom}", said, press(("How I am", "/jag health")), Note("I say this once."), summary=f"I cannot reach {whom}"
    )
    _tell(_of_channel(notice.channel, session) or coordinators(session), f"{SHUT}{whom}", reply, session, now)


def flag_open(notice: Notice, session: Session) -> None:
    """The way to a channel is open: should it be shut again, that is said again."""
    if not notice.person_id:
        said = (Notice.about.startswith(f"{SHUT}{notice.channel} ", autoescape=True), Notice.about.not_like(f"%{UNTIL}%"))
        over = update(Notice).where(*said).values(about=Notice.about + f"{UNTIL}{notice.id}")
        session.execute(over, execution_options={"synchronize_session": False})


def coordinators(session: Session) -> Sequence[Person]:
    """The administrators of the partnership who are known in chat."""
    return session.scalars(select(Person).where(Person.administrator, Person.slack_user.is_not(None))).all()


def _of_channel(channel: str, session: Session) -> Sequence[Person]:
    """The coordinators of the group whose channel it is, who are known in chat."""
    seated = select(Person).join(Membership, Membership.person_id == Person.id).join(Membership.group)
    return session.scalars(seated.where(Group.channel == channel, Membership.seat == "coordinator", Person.slack_user.is_not(None))).all()


def _tell(people: Sequence[Person], about: str, reply: Reply, session: Session, now: datetime) -> None:
    for person in people:
        Notice.tell(person.id, f"{about} {person.id}", now, session, frozen(reply))
