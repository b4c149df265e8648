"""Hears what is written in a meeting's thread: a message there that is to be recorded becomes the line that records it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from bot.lines import CAPTURED, EDITED, OVERHEARD, Line
from commands.meetings.capturing import read
from commands.meetings.room import very
from models.meetings import CLOSED, OPEN, Meeting
from models.partnership import Partnership
from models.store import Store


class Capturing:
    """The threads that one partnership's meetings are recorded in. Nothing else that is said in a channel is looked at, or kept."""

    def __init__(self, store: Store, partnership_id: int) -> None:
        self.store, self.partnership_id = store, partnership_id

    def heard(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines, those of a meeting's thread as what they ask to be recorded; what was overheard elsewhere is none."""
        for line in lines:
            if line.how == EDITED:
                yield from [replace(line, text="")] if self._was_recorded(line) else []
                continue
            captured = self._captured(line) if line.place.thread and not line.place.direct and line.how in ("ask", OVERHEARD) else None
            if captured or line.how != OVERHEARD:
                yield captured or line

    def _was_recorded(self, line: Line) -> bool:
        """Whether a message that was changed is one of a meeting's thread, and was or would be something to record."""
        return any(self._captured(replace(line, text=text, key="message:")) for text in line.text.split("\0"))

    def _captured(self, line: Line) -> Line | None:
        """The line that records a message, where its thread is a meeting's; raises what keeps the database from being asked."""
        said = read(line.text)
        if said is None or not line.key.startswith("message:"):
            return None
        with self.store.session(self.partnership_id) as session:
            thread = select(Meeting).where(Meeting.channel == line.place.channel, Meeting.thread == line.place.thread)
            meeting = session.scalar(thread.where(Meeting.state.in_((OPEN, CLOSED))).limit(1))
            if meeting is None:
                return None
            room = very(meeting.group, meeting.begins.astimezone(Partnership.here(session).zone))
            text, channel = said.line(room), meeting.group.channel.lstrip("#")
        return replace(line, text=text, typed=line.text, how=CAPTURED, channel=channel)
