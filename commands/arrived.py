"""Whether a message arrived of which I do not know: settled by somebody who has looked."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.health import NEEDS, no_such, seen_of, whom
from commands.permissions import must
from commands.plan.sight import Sight
from commands.reply import Note, Reply, press
from models.agendas import APPROVED, DRAFTED, POSTED, Agenda
from models.base import Refusal
from models.cycle import AGENDA
from models.meetings import Meeting
from models.notices import SKIPPED, UNCERTAIN, Notice

HOW_I_AM = ("How I am", "/jag health")
UNDO = re.compile(r"\b(?:undo|not)\b", re.I)
WHICH = "Which message it is I do not know: it is not changed in its place, and nothing is read or said in a thread below it."


def arrived(enquiry: Enquiry, session: Session) -> Reply:
    """Take somebody's word that a message stands where it was to go: /jag arrived 12. `arrived 12 undo` takes that back."""
    must(enquiry.person, NEEDS, session)
    sight = Sight.of(enquiry, session)
    row = seen_of(enquiry.words, sight)
    if row is None or row.state == SKIPPED or not row.error:
        raise no_such(enquiry.words)
    session.refresh(row, with_for_update={"of": Notice})
    if row.state != UNCERTAIN and not row.found:
        raise _known(row)
    if UNDO.search(enquiry.words):
        return _taken_back(row, sight)
    if row.state != UNCERTAIN:
        return Reply("It did arrive", f"Message {row.id}: {row.error}. Nothing was changed.", press(("Undo", _undo(row)), HOW_I_AM))
    row.did_arrive(enquiry.person, enquiry.at)
    _agenda(row, sight, POSTED)
    said = f"Message {row.id}, for {whom(row)}, is marked as sent: {row.error}. It is not tried again."
    return Reply("It did arrive", said, Note(WHICH), press(("Undo", _undo(row)), HOW_I_AM))


def _taken_back(row: Notice, sight: Sight) -> Reply:
    if row.found:
        row.may_not_have(sight.person)
        _agenda(row, sight, "")
    again = press((f"Try {row.id} again", f"/jag retry {row.id}"), HOW_I_AM)
    return Reply("Undone", f"Whether message {row.id}, for {whom(row)}, arrived is uncertain again.", again)


def _undo(row: Notice) -> str:
    return f"/jag arrived {row.id} undo"


def _known(row: Notice) -> Refusal:
    said = f"Message {row.id} is {row.state}: {row.error}. Only what is uncertain is said to have arrived; nothing was changed."
    return Refusal(said, (f"Try {row.id} again", f"/jag retry {row.id}"), HOW_I_AM)


def _agenda(row: Notice, sight: Sight, state: str) -> None:
    """An agenda whose post arrived is posted: it is not put together for its draft any more, nor sent anew."""
    if row.kind != AGENDA or not row.channel:
        return
    meeting = sight.session.get_one(Meeting, int(row.about.split()[1]))
    held = sight.session.scalar(select(Agenda).where(Agenda.meeting_id == meeting.id))
    agenda = held or Agenda(meeting=meeting, texts={})
    sight.session.add(agenda)
    agenda.state = state or (APPROVED if agenda.by_id else DRAFTED)
    agenda.posted_at = sight.enquiry.at if state else None
