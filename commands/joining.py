"""People of chat who become people of the partnership: seen and confirmed by the coordinator."""

from __future__ import annotations

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import may, must
from commands.reply import Cell, Note, Reply, Table, press
from models.base import Refusal
from models.people import Joining, Person

CONFIRM = re.compile(r"^@?(\S+)(?:\s+(?:as|is|=)\s+@?(\S+))?$", re.I)


def people(enquiry: Enquiry, session: Session) -> Reply:
    """Who is who; and, for the coordinator, who asks to join."""
    rows: list[list[Cell]] = [
        [p.handle, p.role, p.agency.name if p.agency else "", "chat, confirmed" if p.slack_user else p.reached]
        for p in session.scalars(select(Person).order_by(Person.handle))
    ]
    waiting = list(session.scalars(select(Joining).order_by(Joining.asked_at))) if may(enquiry.person, "confirm people", session) else []
    asks = [(f"Confirm {j.name or j.slack_user}", f"/jag confirm {j.slack_user} as {j.person.handle}") for j in waiting if j.person]
    notes = [Note(asks_to_join(j)) for j in waiting]
    return Reply(
        "People", Table(["Handle", "Role", "Agency", "Reached by"], rows), *notes, press(*asks[:5]), summary=f"{len(rows)} people."
    )


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
