"""Opens the thread that a meeting is recorded in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from commands.meetings.starting import OPENING, opening
from commands.reply import Reply
from models.meetings import OPEN, Meeting
from models.notices import Notice
from models.partnership import Partnership
from scheduler.saying import Skip, afterwards, says


@says(OPENING)
def open_the_thread(notice: Notice, session: Session, _now: datetime) -> Reply | Skip:
    """The message whose replies are read."""
    meeting = session.get_one(Meeting, int(notice.about.split()[1]))
    if meeting.state != OPEN:
        return Skip("the meeting was closed")
    begins = meeting.begins.astimezone(Partnership.here(session).zone)
    return opening(meeting, f"{begins:%-d %B %Y}", session)


@afterwards(OPENING)
def note_the_thread(notice: Notice, session: Session, _now: datetime) -> None:
    """From now on what is written beneath it is recorded."""
    meeting = session.get_one(Meeting, int(notice.about.split()[1]))
    meeting.channel, meeting.thread = notice.conversation, str(notice.stamps[0])
