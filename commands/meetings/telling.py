"""Telling a group's channel how a meeting stands now."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.frozen import frozen
from commands.meetings.told import as_facts, discreetly, state, when
from commands.meetings.which import find, must_arrange
from commands.plan.sight import Sight
from commands.reply import Facts, Note, Reply, press
from commands.words import lasting
from models.base import Refusal
from models.notices import Notice


def tell(enquiry: Enquiry, session: Session) -> Reply:
    """`tell jag 12 Dec`: its channel is told once how the meeting stands; again only when it has been changed since."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    found = find(words, sight, "tell {meeting}")
    group, meeting = found.group, found.meeting
    must_arrange(group, sight)
    if not group.channel:
        raise Refusal(f"{group.name} has no channel. Tell its members yourself, or copy this to them.")
    row = found.calendar.row(meeting, session)
    how = state(meeting, found.calendar)
    title = f"{group.name} on {when(meeting)} is cancelled" if meeting.cancelled else f"{group.name} meets on {when(meeting)}"
    said = Reply(
        title,
        Facts([(label, value) for label, value in as_facts(found) if label != "Group"]),
        press(("Show", f"/meeting show {found.line}")),
        Note(f"Said by {enquiry.person.handle}."),
        summary=discreetly(group, how.partition(" ")[0].strip(":,")) or f"{title}.",
        audience="here",
    )
    Notice.to_channel(group.channel, "tell", f"meeting {row.id} {row.sequence}", enquiry.at, session, body=frozen(said))
    told = f"{group.channel} is told"
    why = meeting.reason if meeting.cancelled else "" if how == "planned" else how
    return Reply(told, f"{title} ({why})." if why else f"{title}.", summary=discreetly(group, "told") or told)
