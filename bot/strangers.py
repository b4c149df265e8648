"""Who a chat user is: a person of the partnership, or somebody who is told how to ask to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from commands.joining import asks_to_join, lets_in
from commands.reply import Reply, press
from models.partnership import Partnership
from models.people import Joining, Person
from models.store import Store


@dataclass(frozen=True)
class Stranger:
    """A chat user nobody has confirmed: what they are told, and what the coordinators are."""

    told: Reply
    notice: Reply
    to_tell: tuple[str, ...]


def known_or_stranger(store: Store, partnership_id: int, user: str, client: WebClient, at: datetime) -> Person | Stranger:
    """The person of a chat user. By e-mail address a user is suggested as a person, and the coordinator confirms it.

    The administrator has nobody above to confirm them: their e-mail address in the workspace is enough.
    """
    with store.session(partnership_id) as session:
        known = Person.of_slack(user, session)
    if known:
        return known
    profile = _profile(user, client)
    with store.session(partnership_id) as session:
        person = Person.of_email(profile.email, session) if profile.email else None
    free = person if person and person.slack_user is None else None
    if free and free.administrator and profile.ours:
        return _linked(store, partnership_id, user, free)
    news = _noted(store, partnership_id, user, profile.name or user, free, at)
    with store.session(partnership_id) as session:
        return _met(user, news, session)


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


def _noted(store: Store, partnership_id: int, user: str, name: str, suggested: Person | None, at: datetime) -> bool:
    """Note that they ask to join; whether the coordinators are to know: the first time, and when we first see who they may be."""
    try:
        with store.session(partnership_id) as session:
            session.add(Joining(slack_user=user, name=name, person_id=suggested.id if suggested else None, asked_at=at))
        return True
    except IntegrityError:  # noted before, maybe on another replica just now
        unplaced = update(Joining).where(Joining.slack_user == user, Joining.person_id.is_(None))
    if suggested is None:
        return False
    with store.session(partnership_id) as session:
        placed = session.execute(unplaced.values(name=name, person_id=suggested.id).returning(Joining.id))
        return placed.first() is not None


def _met(user: str, news: bool, session: Session) -> Stranger:
    """What a stranger is told, and the coordinators when there is news."""
    joining = session.scalars(select(Joining).where(Joining.slack_user == user)).one()
    partnership = session.scalar(select(Partnership.name).where(Partnership.id == session.info["partnership"]))
    coordinators = session.scalars(select(Person.slack_user).where(Person.administrator, Person.slack_user.is_not(None)))
    told = (
        f"I don't know you yet. I answer people of {partnership}; the coordinator has been asked to let you in, "
        "and you can ask again once they have. They can find you with /jag people."
    )
    label, line = lets_in(joining)
    asks = press(("Confirm" if joining.person else label, line))
    notice = Reply("Somebody asks to join", asks_to_join(joining), asks)
    return Stranger(Reply("Not yet", told, refused=True), notice, tuple(str(c) for c in coordinators) if news else ())
