"""People of chat who become people of the partnership: confirmed by the coordinator."""

from __future__ import annotations

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.reply import Reply, Tell, press
from models.base import Refusal
from models.partnership import Partnership
from models.people import Joining, Person

CONFIRM = re.compile(r"^@?(\S+)(?:\s+(?:as|is|=)\s+@?(\S+))?$", re.I)


def asks_to_join(joining: Joining) -> str:
    """One line on who asks, for the coordinator."""
    if joining.person:
        return f"{joining.name} ({joining.slack_user}) asks to join; by e-mail address they are {joining.person.handle}."
    who = f"{joining.name} ({joining.slack_user}) asks to join; no person has their e-mail address."
    confirms = f"/jag confirm {joining.slack_user} as HANDLE"
    return f"{who} If they are nobody here yet, add them first: /jag add EMAIL as HANDLE, ROLE, AGENCY. Then let them in: {confirms}"


def lets_in(joining: Joining) -> tuple[str, str]:
    """The button that goes with it: they are confirmed where it is known who they are, and else are added first."""
    if joining.person is None:
        return "Add a person", "/jag add"
    return f"Confirm {joining.name or joining.slack_user}", f"/jag confirm {joining.slack_user} as {joining.person.handle}"


def who_they_may_be(person: Person, session: Session) -> list[tuple[str, str]]:
    """A button for each who asks to join and is nobody yet, to confirm them as somebody who was just added."""
    nobody = session.scalars(select(Joining).where(Joining.person_id.is_(None)).order_by(Joining.asked_at).limit(3))
    return [(f"They are {j.name or j.slack_user}: confirm", f"/jag confirm {j.slack_user} as {person.handle}") for j in nobody]


def confirm(enquiry: Enquiry, session: Session) -> Reply:
    """Make a chat user a person of the partnership."""
    must(enquiry.person, "confirm people", session)
    found = CONFIRM.match(enquiry.words.strip())
    if not found:
        raise Refusal("Expected a chat user and a handle, such as: /jag confirm @sam as housing-officer")
    joining = session.scalar(select(Joining).where((Joining.slack_user == found[1]) | (Joining.name == found[1])))
    if joining is None:
        raise Refusal(f"Nobody called {found[1]} asks to join. See /jag people for who does.", ("People", "/jag people"))
    person = Person.named(found[2], session) if found[2] else joining.person
    if person is None:
        raise Refusal(f"Who is {joining.name}? Say their handle: /jag confirm {joining.slack_user} as HANDLE")
    if person.slack_user and person.slack_user != joining.slack_user:
        raise Refusal(f"{person.handle} is confirmed as another chat user already. Give {joining.name} another handle.")
    person.slack_user = joining.slack_user
    session.execute(delete(Joining).where(Joining.id == joining.id))
    said = f"{joining.name or joining.slack_user} is {person.handle}, {person.role}, from now on. They are told."
    return Reply("Confirmed", said, tells=[Tell(person.id, _welcome(person, session))])


def _welcome(person: Person, session: Session) -> Reply:
    """What somebody is told who has been let in, and what to try."""
    name = session.scalar(select(Partnership.name).where(Partnership.id == session.info["partnership"]))
    words = (
        f"The coordinator has let you in: to me you are {person.handle}, {person.role}, of {name}. Try one of these, or ask in plain words."
    )
    asks = press(("My page", "/jag me"), ("Open actions", "/action list"), ("The priorities", "/priority"), ("What I can do", "/jag"))
    return Reply("You are in", words, asks, summary="You are in. Ask me again.")
