"""The address at which other calendars read when one's groups meet."""

from __future__ import annotations

import re
import secrets

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.sight import Sight
from commands.reply import Facts, Note, Reply, press
from commands.words import listed
from models.base import Refusal
from models.people import Person

NEW = re.compile(r"\b(?:new|renew|change|another|again|reset)\b", re.I)
STOP = re.compile(r"\b(?:stop|end|none|off|delete|remove)\b", re.I)


def calendar(enquiry: Enquiry, session: Session) -> Reply:
    """`calendar`: the address of my own calendar; `calendar new` makes the old address useless, and `calendar stop` both."""
    if enquiry.audience != "asker":
        raise Refusal("The address of your calendar is yours alone: ask me for it in a direct message.")
    person = session.get_one(Person, enquiry.person.id)
    if STOP.search(enquiry.words):
        return _stopped(person)
    served = str(session.info.get("address") or "")
    if not served:
        raise Refusal(
            "I am not reached from outside, so I can give no calendar an address. Whoever runs me sets PUBLIC_URL, and runs me over HTTP; "
            "until then a file can be made with: jagbot export calendar meetings.ics"
        )
    renewed = person.feed is not None and NEW.search(enquiry.words)
    if person.feed is None or renewed:
        person.feed = secrets.token_urlsafe(32)
        session.flush()
    groups = [group.name for group in Sight.of(enquiry, session).groups]
    return Reply(
        "Your calendar",
        "The old address no longer works." if renewed else "",
        Facts([("Address", f"{served}/calendar/{person.feed}.ics"), ("Shows", f"the meetings of {listed(groups) or 'no group'}")]),
        "Give it to your calendar as one to subscribe to: in Outlook “Add calendar, Subscribe from web”, in Google “From URL”.",
        Note("Whoever has the address can read it. If it gets about, ask for a new one."),
        press(("New address", "/meeting calendar new"), ("Stop it", "/meeting calendar stop")),
        summary="The address of your calendar.",
    )


def _stopped(person: Person) -> Reply:
    if person.feed is None:
        raise Refusal("Your calendar has no address. Nothing was changed.", ("Give it one", "/meeting calendar"))
    person.feed = None
    return Reply("Your calendar has no address any more", "What it was no longer works.", press(("Give it a new one", "/meeting calendar")))
