"""Cancelling a meeting, and holding it after all. It stays in every calendar, which says that it is cancelled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import doubt_a_past_time, look_over, must_be_free, read_back, standing, written
from commands.meetings.moving import to_come, usually
from commands.meetings.times import BECAUSE
from commands.meetings.told import as_facts, when
from commands.meetings.which import Found, find, must_arrange, must_be_alone
from commands.plan.following import give_back
from commands.plan.sight import Sight
from commands.reply import Field, Form, Note, Reply
from commands.words import lasting
from models.base import Refusal
from models.meetings import CANCELLED, CLOSED, OPEN, PLANNED


def cancel(enquiry: Enquiry, session: Session) -> Reply:
    """`cancel jag 10 Dec because …`: it is not held."""
    sight = Sight.of(enquiry, session)
    look_over(sight)
    words = lasting(enquiry.words)
    if not words.strip() and not enquiry.fields:
        return _form(sight)
    named = lasting(enquiry.fields.get("meeting", ""))
    found = find(f"{named} {words}".strip(), sight, "cancel {meeting}")
    must_arrange(found.group, sight)
    must_be_alone(found, sight, "cancel")
    _may_be_cancelled(found)
    doubt_a_past_time(found.meeting.ends, sight, "Was it not held?")
    row = found.calendar.row(found.meeting, session)
    row.state = CANCELLED
    row.reason = lasting(enquiry.fields.get("reason", "")) or BECAUSE.sub("", f" {found.words}", count=1).strip(" ,;.-")
    follows = written(row, sight, found.meeting.on)
    now = standing(found.group, row, sight)
    title = f"{now.group.name} on {when(now.meeting)} is cancelled"
    after = now.calendar.begins_next(max(now.meeting.begins, sight.now))
    facts = [("Because", row.reason), ("Next", when(after) if after else "no date is known")]
    return read_back(title, now, facts, "cancelled", follows, asks=[("Undo", f"/meeting restore {now.line}")])


def restore(enquiry: Enquiry, session: Session) -> Reply:
    """`restore jag 10 Dec`: it is held after all."""
    sight = Sight.of(enquiry, session)
    found = find(lasting(enquiry.words), sight, "restore {meeting}", cancelled=True)
    must_arrange(found.group, sight)
    meeting = found.meeting
    if not meeting.cancelled:
        moved = not meeting.added and usually(found) != meeting.begins.replace(tzinfo=None)
        back = [("Put it back", f"/meeting move {found.line} back")] if moved else []
        said = f"{found.group.name} on {when(meeting)} is {'moved, and ' if moved else ''}not cancelled. Nothing was changed."
        raise Refusal(said, *back, ("Show it", f"/meeting show {found.line}"))
    must_be_free(found.group, found.calendar, meeting.begins, meeting.minutes, meeting)
    row = found.calendar.row(meeting, session)
    row.state, row.reason = PLANNED, ""
    follows = written(row, sight) or (give_back(found.group, sight, meeting.on) if meeting.ends <= sight.now else None)
    now = standing(found.group, row, sight)
    title = f"{now.group.name} on {when(now.meeting)} is held after all"
    return read_back(title, now, as_facts(now), "restored", follows, asks=[("Undo", f"/meeting cancel {now.line}")])


def _may_be_cancelled(found: Found) -> None:
    group, meeting = found.group, found.meeting
    if meeting.cancelled:
        raise Refusal(
            f"{group.name} on {when(meeting)} is cancelled already. Nothing was changed.", ("Restore", f"/meeting restore {found.line}")
        )
    if meeting.state in (OPEN, CLOSED):
        raise Refusal(
            f"{group.name} on {when(meeting)} has been opened, and is not cancelled any more.", ("Show it", f"/meeting show {found.line}")
        )


def _form(sight: Sight) -> Reply:
    fields = [Field("meeting", "Which meeting", options=to_come(sight)), Field("reason", "Why", optional=True)]
    form = Form("Cancel a meeting", "/meeting cancel", fields, "Cancel the meeting")
    return Reply(
        "Cancel a meeting", form, Note("In one line: /meeting cancel jag 10 Dec because the chair is away"), summary="Cancel a meeting"
    )
