"""Who is who: listed for everybody; added, removed and given a priority to lead by the coordinator."""

from __future__ import annotations

import re

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.joining import asks_to_join, lets_in, who_they_may_be
from commands.permissions import may, must
from commands.reply import Cell, Field, Form, Note, Reply, Table, press
from commands.seats import offered
from commands.words import plain
from models.base import Refusal
from models.near import key
from models.partnership import Agency, Partnership
from models.people import GONE, Joining, Person
from models.vocabulary import Vocabulary

EXAMPLE = "/jag add sam@example.org as housing-officer, Housing officer, Hightown"
ADD = re.compile(r"^(?:mailto:)?([^\s@,]+@[^\s@,]+\.[^\s@,]+)\s+(?:as|is)?\s*@?([\w-]+)\s*(?:,\s*([^,]+?)\s*)?(?:,\s*(.+?)\s*)?$", re.I)
LEAD = re.compile(r"^(.+?)\s+(?:is |to |by )?@?([\w-]+)(?:\s*,?\s*deputy\s+@?([\w-]+))?$", re.I)


def people(enquiry: Enquiry, session: Session) -> Reply:
    """Everybody; and, for the coordinator, who asks to join."""
    rows: list[list[Cell]] = [
        [p.handle, p.role, p.agency.name if p.agency else "", _reached(p)] for p in session.scalars(select(Person).order_by(Person.handle))
    ]
    waiting = list(session.scalars(select(Joining).order_by(Joining.asked_at))) if may(enquiry.person, "confirm people", session) else []
    asks = list(dict.fromkeys(lets_in(j) for j in waiting))
    notes = [Note(asks_to_join(j)) for j in waiting]
    table = Table(["Handle", "Role", "Agency", "Reached by"], rows)
    return Reply("People", table, *notes, press(*asks[:5]), summary=f"{len(rows)} people.")


def _reached(person: Person) -> str:
    if person.reached == GONE:
        return "no longer in chat"
    return "chat, confirmed" if person.slack_user else person.reached


def add(enquiry: Enquiry, session: Session) -> Reply:
    """Add somebody: /jag add sam@council.gov.uk as housing-officer, Housing officer, Hightown Housing Association."""
    must(enquiry.person, "confirm people", session)
    words = _filled(enquiry) or plain(enquiry.words)
    found = ADD.match(words)
    if not found and "@" not in words.strip().removeprefix("@"):
        return _ask_who(words, session)
    if not found:
        raise Refusal(f"Expected an e-mail address and a handle, then a role and an agency, such as: {EXAMPLE}")
    email, handle, role, agency = found[1], found[2].lower(), found[3] or found[2].replace("-", " ").capitalize(), found[4]
    person = Person(handle=handle, email=email, role=role, agency=_agency(agency, session) if agency else None)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        raise Refusal(f"There is a {handle} already. Choose another handle.") from None
    where = f", {person.agency.name}" if person.agency else ""
    waiting = who_they_may_be(person, session)
    then = "Is it one of these who ask to join?" if waiting else "They are yours to confirm once they have asked something."
    return Reply(
        f"{handle} is added",
        f"{handle} is {role}{where}, known in chat by {email}. {then}",
        press(*waiting, ("Undo", f"/jag remove {handle}"), *offered(person, enquiry, session), ("People", "/jag people")),
    )


def _filled(enquiry: Enquiry) -> str:
    """A form's answers, as the line that says the same."""
    said = {name: plain(value).replace(",", " ") for name, value in enquiry.fields.items()}
    return f"{said['email']} as {said['handle']}, {said['role']}, {said['agency']}" if said else ""


def _ask_who(words: str, session: Session) -> Reply:
    """Ask for what is missing of somebody new; "dens, DENS outreach worker, DENS" is a handle, a role and an agency."""
    agencies = [(agency.name, agency.name) for agency in session.scalars(select(Agency).order_by(Agency.name))]
    name, role, agency = (*(part.strip() for part in words.split(",", 2)), "", "")[:3]
    handle = re.sub(r"[^\w-]+", "-", name.lstrip("@").lower()).strip("-")
    known = next((called for called, _ in agencies if agency and key(called) == key(agency)), "")
    fields = [
        Field("email", "E-mail address", hint="as in the chat workspace"),
        Field("handle", "Handle", handle, hint="such as housing-officer or sam-jones"),
        Field("role", "Role", role, hint="such as Housing officer"),
        Field("agency", "Agency", known, options=agencies),
    ]
    return Reply("Add a person", Form("Add a person", "/jag add", fields), summary="Add a person")


def _agency(name: str, session: Session) -> Agency:
    """The agency of this name, forgiving case and plural; made when it is new."""
    known = {key(agency.name): agency for agency in session.scalars(select(Agency))}
    return known.get(key(name)) or Agency(name=name, kind="other")


def remove(enquiry: Enquiry, session: Session) -> Reply:
    """Remove somebody who was added by mistake; one who has done anything here stays."""
    must(enquiry.person, "confirm people", session)
    person = Person.named(plain(enquiry.words), session)
    if person.administrator:
        raise Refusal(f"{person.handle} keeps this partnership and cannot be removed.")
    try:
        with session.begin_nested():
            session.delete(person)
    except IntegrityError:
        raise Refusal(f"{person.handle} has a seat, a priority or a share here and cannot be removed.") from None
    back = f"/jag add {person.email} as {person.handle}, {person.role}" + (f", {person.agency.name}" if person.agency else "")
    return Reply(f"{person.handle} is removed", f"{person.handle} is nobody here from now on.", press(("Undo", back)))


def lead(enquiry: Enquiry, session: Session) -> Reply:
    """Name who leads a priority, and their deputy: /jag lead burglary burglary-lead deputy burglary-deputy."""
    must(enquiry.person, "confirm people", session)
    found = LEAD.match(plain(enquiry.words))
    vocabulary = Vocabulary.of(session)
    meanings = vocabulary.phrases.get(key(found[1]), []) if found else []
    chosen = next((vocabulary.priorities[m.id] for m in meanings if m.kind == "priority"), None)
    if not found or chosen is None:
        keys = ", ".join(p.key for p in vocabulary.priorities.values())
        raise Refusal(f"Expected a priority ({keys}) and a handle, such as: /jag lead burglary burglary-lead deputy burglary-deputy")
    leader, deputy = Person.named(found[2], session), Person.named(found[3], session) if found[3] else None
    values = {"lead_id": leader.id, "deputy_id": deputy.id if deputy else chosen.deputy_id}
    session.execute(update(type(chosen)).where(type(chosen).id == chosen.id).values(**values))
    Partnership.raise_revision(session)
    before = session.get(Person, chosen.lead_id) if chosen.lead_id else None
    said = f"{leader.handle} leads {chosen.name}" + (f", with {deputy.handle} as deputy." if deputy else ".")
    asks = [("Undo", f"/jag lead {chosen.key} {before.handle}")] if before and before.id != leader.id else []
    asks += offered(leader, enquiry, session, private=False)
    return Reply("A lead is named", said, press(*asks, ("The card", f"/priority {chosen.key}")))
