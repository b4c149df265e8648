"""People of chat who become people of the partnership: confirmed by the coordinator."""

from __future__ import annotations

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.reply import Reply
from models.base import Refusal
from models.people import Joining, Person

CONFIRM = re.compile(r"^@?(\S+)(?:\s+(?:as|is|=)\s+@?(\S+))?$", re.I)


def asks_to_join(joining: Joining) -> str:
    """One line on who asks, for the coordinator."""
    if joining.person:
        return f"{joining.name} ({joining.slack_user}) asks to join; by e-mail address they are {joining.person.handle}."
    how = f"/jag confirm {joining.slack_user} as HANDLE"
    return f"{joining.name} ({joining.slack_user}) asks to join; no person has their e-mail address: {how}"


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
    return Reply("Confirmed", f"{joining.name or joining.slack_user} is {person.handle}, {person.role}, from now on.")
