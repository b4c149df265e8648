"""Who a chat user is: a person of the partnership, or somebody who is told how to ask to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.joining import asks_to_join
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
        known = session.scalar(select(Person).where(Person.slack_user == user))
    if known:
        return known
    name, email = _profile(user, client)
    with store.session(partnership_id) as session:
        person = Person.of_email(email, session) if email else None
        if person and person.administrator and person.slack_user is None:
            person.slack_user = user
            return person
        return _met(user, name, person, at, session)


def _profile(user: str, client: WebClient) -> tuple[str, str]:
    """(name, e-mail address) in the workspace; empty where Slack does not tell. Calls Slack."""
    try:
        found = client.users_info(user=user)["user"]
    except (SlackClientError, KeyError, OSError):
        return user, ""
    profile = found.get("profile", {})
    return profile.get("real_name") or found.get("name") or user, "" if found.get("deleted") else profile.get("email", "")


def _met(user: str, name: str, person: Person | None, at: datetime, session: Session) -> Stranger:
    """Note that they ask to join, and tell the coordinators the first time."""
    joining = session.scalar(select(Joining).where(Joining.slack_user == user))
    first = joining is None
    if joining is None:
        joining = Joining(slack_user=user, name=name, asked_at=at)
        session.add(joining)
    joining.person = person if person and person.slack_user is None else None
    partnership = session.scalar(select(Partnership.name).where(Partnership.id == session.info["partnership"]))
    coordinators = session.scalars(select(Person.slack_user).where(Person.administrator, Person.slack_user.is_not(None)))
    told = (
        f"I don't know you yet. I answer people of {partnership}; the coordinator has been asked to let you in, "
        "and you can ask again once they have. They can find you with /jag people."
    )
    ask = f"/jag confirm {user} as {joining.person.handle}" if joining.person else ""
    notice = Reply("Somebody asks to join", asks_to_join(joining), press(("Confirm", ask)) if ask else None)
    return Stranger(Reply("Not yet", told, refused=True), notice, tuple(str(c) for c in coordinators) if first else ())
