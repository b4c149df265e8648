"""One meeting, as it stands."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from commands import Enquiry
from commands.meetings.attending import attendance_of
from commands.meetings.quorum import authorities_said
from commands.meetings.room import minutes_of, very
from commands.meetings.told import as_facts, discreetly, lasts, odd_days, when
from commands.meetings.which import Found, find
from commands.permissions import YES, allowed
from commands.plan.sight import Sight
from commands.reply import Facts, Reply, press
from commands.words import lasting
from models.cadence import Cadence
from models.groups import Group, Membership
from models.meetings import CANCELLED, CLOSED, OPEN


def show(enquiry: Enquiry, session: Session) -> Reply:
    """`show jag 10 Dec`: when, where, who chairs it, and who comes; the next one where no day is given."""
    sight = Sight.of(enquiry, session)
    found = find(lasting(enquiry.words), sight, "show {meeting}")
    return shown(found, sight)


def shown(found: Found, sight: Sight) -> Reply:
    """A meeting, with what can be done about it."""
    group, meeting = found.group, found.meeting
    title = f"{group.name}, {when(meeting)}"
    return Reply(
        title,
        Facts(
            [
                *as_facts(found),
                ("Lasts", lasts(meeting.minutes)),
                *attendance_of(meeting.meeting_id, sight.session),
                *_of_group(group, sight),
            ]
        ),
        *odd_days(found),
        press(*_asks(found, sight)),
        summary=discreetly(group, "shown") or f"{title}.",
    )


def _of_group(group: Group, sight: Sight) -> list[tuple[str, str]]:
    seats = select(Membership).where(Membership.group_id == group.id, Membership.seat.in_(("chair", "deputy", "coordinator")))
    people = sight.session.scalars(seats.options(joinedload(Membership.person)).order_by(Membership.id)).all()
    named = {seat: ", ".join(each.person.handle for each in people if each.seat == seat) for seat in ("chair", "deputy", "coordinator")}
    facts = [
        ("Chair", named["chair"]),
        ("Deputy chair", named["deputy"]),
        ("Coordinator", named["coordinator"]),
        ("Quorum", authorities_said(group.quorum) if group.quorum else ""),
        ("Cadence", Cadence.of(group).said if group.cadence and group.starts else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _asks(found: Found, sight: Sight) -> list[tuple[str, str]]:
    group, meeting, line = found.group, found.meeting, found.line
    asks = [(f"{group.name} meetings", f"/meeting list {group.key}")]
    if sight.seats[group.id] and meeting.state not in (CANCELLED, CLOSED) and meeting.ends > sight.now:
        asks = [("I come", f"/meeting attend {line}"), ("Apologies", f"/meeting apologies {line}"), *asks]
    if allowed("arrange meetings", sight.parts_in(group.id)) != YES:
        return [*_recorded(found, sight, keeps=False), *asks]
    if meeting.ends <= sight.now or meeting.state in (OPEN, CLOSED) or _going_on(found, sight):
        return [*_recorded(found, sight, keeps=True), *asks]
    if meeting.cancelled:
        return [("Restore", f"/meeting restore {line}"), *asks]
    return [("Move", f"/meeting move {line}"), ("Cancel", f"/meeting cancel {line}"), *asks]


def _going_on(found: Found, sight: Sight) -> bool:
    """Whether it is this meeting that is going on."""
    now = found.calendar.at(sight.now)
    return now is not None and now.slot == found.meeting.slot


def _recorded(found: Found, sight: Sight, keeps: bool) -> list[tuple[str, str]]:
    """What may be done with a meeting that has begun: opened, closed, or its minutes read. `keeps` is whether they keep its minutes."""
    line = very(found.group, found.meeting.begins)
    if minutes_of(found.meeting, sight.session) is not None:
        return [("Minutes", f"/meeting minutes {line}")]
    if not keeps or found.meeting.cancelled:
        return []
    return [("Close it", f"/meeting close {line}")] if found.meeting.state == OPEN else [("Open it", f"/meeting start {line}")]
