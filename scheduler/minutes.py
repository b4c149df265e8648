"""The working day after a meeting: whoever chaired it, and the coordinator, are reminded of minutes that are not drafted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.meetings.room import very
from commands.reply import Reply, press
from models.agendas import Minutes
from models.cycle import MINUTES
from models.meetings import CANCELLED, OPEN, Meeting
from models.notices import Notice
from models.partnership import Partnership
from scheduler.saying import Skip, says


@says(MINUTES)
def remind_of_minutes(notice: Notice, session: Session, _now: datetime) -> Reply | Skip:
    """That they are still to be drafted, and how."""
    meeting = session.get_one(Meeting, int(notice.about.split()[1]))
    if meeting.state == CANCELLED:
        return Skip("the meeting was cancelled")
    if session.scalar(select(Minutes.id).where(Minutes.meeting_id == meeting.id)):
        return Skip("the minutes are drafted")
    local, group = meeting.begins.astimezone(Partnership.here(session).zone), meeting.group
    title = f"{group.name} of {local:%-d %B %Y} has no minutes yet"
    line = very(group, local)
    if meeting.state == OPEN:
        said, asks = "The meeting was not closed. Closing it drafts the minutes.", [("Close it", f"/meeting close {line}")]
    else:
        said = "It was not opened here. Open it to record who came, what was decided and what is to be done; closing it drafts the minutes."
        asks = [("Open it", f"/meeting start {line}")]
    return Reply(title, said, press(*asks), summary=f"1 {group.name} meeting has no minutes." if group.private else f"{title}.")
