"""What to try in the demo, as the terminal says it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action
from models.people import Person

ANSWERS = "housing-officer"  # who has several actions to give news of


def to_try(moves: bool, session: Session) -> Iterator[tuple[str, str]]:
    """(what, where and why) of each; what moves the clock only where it `moves`."""
    yield "/hotspots asb", "in #jag, then press Share here"
    yield "/priority burglary", "a card for a lead or a chair"
    yield "/action add", "fill in the form; press Undo"
    if ref := _theirs(session):
        yield f"{ref} at risk: gates reordered, rest no change", f"to jagbot itself, as {ANSWERS}: many at once"
    yield "Home", "of jagbot, under Apps: what is mine, with an answer to choose for each"
    yield "Act as …", "anybody: csag-chair sees #csag, vehicle-lead does not"
    if moves:
        yield "To the next event", "moves the demo's date: owners are asked, agendas drafted and posted; +1 day and +1 week too"
    yield "/meeting plan until christmas", "as coordinator: everything that will be sent"
    yield "/agenda jag", "the next agenda as it stands"


def _theirs(session: Session) -> str | None:
    """The oldest action that the officer still has to do."""
    theirs = select(Action.ref).join(Person, Person.id == Action.owner_id).where(Person.handle == ANSWERS, Action.open)
    return session.scalar(theirs.order_by(Action.raised_at, Action.id).limit(1))
