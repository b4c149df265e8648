"""Who a chat user is: a person of the partnership, or somebody who is told how to ask to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from commands.frozen import frozen
from commands.joining import asks_to_join, lets_in
from commands.reply import Reply, press
from models.notices import Notice
from models.partnership import Partnership
from models.people import GONE, Joining, Person
from models.store import Store
from scheduler.flagging import coordinators


@dataclass(frozen=True)
class Stranger:
    """A chat user nobody has confirmed, and what they are told."""

    told: Reply


def known_or_stranger(store: Store, partnership_id: int, user: str, client: WebClient, at: datetime) -> Person | Stranger:
    """The person of a chat user. By e-mail address a user is suggested as a person, and the coordinator confirms it.

    The administrator has nobody above to confirm them: their e-mail address in the workspace is enough.
    """
    with store.session(partnership_id) as session:
        known = Person.of_slack(user, session)
        if known and known.reached == GONE:
            known.reached = "chat"  # whoever writes has an account again
    if known:
        return known
    profile = _profile(user, client)
    with store.session(partnership_id) as session:
        person = Person.of_email(profile.email, session) if profile.email else None
    free = person if person and person.slack_user is None else None
    if free and free.administrator and profile.ours:
        return _linked(store, partnership_id, user, free)
    _note(store, partnership_id, user, profile.name or user, free, at)
    with store.session(partnership_id) as session:
        return _met(session)


@dataclass(frozen=True)
class Profile:
    """A user as Slack tells of them, as far as it does; `ours` when it is our own workspace that vouches for the e-mail address."""

    name: str = ""
    email: str = ""
    ours: bool = False


def _profile(user: str, client: WebClient) -> Profile:
    """Calls Slack."""
    try:
        found = client.users_info(user=user)["user"]
        profile = found.get("profile", {})
        name, email = profile.get("real_name") or found.get("name", ""), profile.get("email", "")
        if found.get("deleted") or not email:
            return Profile(name)
        us = client.auth_test()
    except (SlackClientError, KeyError, OSError):
        return Profile()
    enterprise = found.get("enterprise_user", {}).get("enterprise_id")
    return Profile(name, email, found.get("team_id") == us["team_id"] or bool(enterprise and enterprise == us.get("enterprise_id")))


# Each of the two below begins with what it writes: SQLite refuses a transaction that has read, is overtaken, and writes then.


def _linked(store: Store, partnership_id: int, user: str, person: Person) -> Person:
    with store.session(partnership_id) as session:
        session.execute(update(Person).where(Person.id == person.id).values(slack_user=user))
        session.execute(delete(Joining).where(Joining.slack_user == user))
    return person


def _note(store: Store, partnership_id: int, user: str, name: str, suggested: Person | None, at: datetime) -> None:
    """Note that they ask to join. The coordinators are told the first time, and when we first see who they may be."""
    try:
        with store.session(partnership_id) as session:
            joining = Joining(slack_user=user, name=name, person_id=suggested.id if suggested else None, asked_at=at)
            session.add(joining)
            session.flush()
            _tell_the_coordinators(joining, at, session)
        return
    except IntegrityError:  # noted before, maybe on another replica just now
        unplaced = update(Joining).where(Joining.slack_user == user, Joining.person_id.is_(None))
    if suggested is None:
        return
    with store.session(partnership_id) as session:
        placed = session.scalars(unplaced.values(name=name, person_id=suggested.id).returning(Joining)).first()
        if placed:
            _tell_the_coordinators(placed, at, session)


def _tell_the_coordinators(joining: Joining, at: datetime, session: Session) -> None:
    label, line = lets_in(joining)
    asks = press(("Confirm" if joining.person else label, line))
    reply = Reply("Somebody asks to join", asks_to_join(joining), asks)
    for coordinator in coordinators(session):
        about = f"joins {joining.slack_user} as {joining.person_id} {at.isoformat()} {coordinator.id}"
        Notice.tell(coordinator.id, about, at, session, frozen(reply))


def _met(session: Session) -> Stranger:
    """What a stranger is told."""
    partnership = session.scalar(select(Partnership.name).where(Partnership.id == session.info["partnership"]))
    told = (
        f"I don't know you yet. I answer people of {partnership}; the coordinator has been asked to let you in, "
        "and you can ask again once they have. They can find you with /jag people."
    )
    return Stranger(Reply("Not yet", told, refused=True))
