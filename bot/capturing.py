"""Hears what is written in a meeting's thread: a message there that is to be recorded becomes the line that records it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from bot.lines import CAPTURED, EDITED, OVERHEARD, Line
from commands.meetings.capturing import lines_of, read
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
            captured = self._captured(line) if line.place.thread and not line.place.direct and line.how in ("ask", OVERHEARD) else []
            yield from captured or ([] if line.how == OVERHEARD else [line])

    def _was_recorded(self, line: Line) -> bool:
        """Whether a message that was changed is one of a meeting's thread, and was or would be something to record."""
        return any(self._captured(replace(line, text=text, key="message:")) for text in line.text.split("\0"))

    def _captured(self, line: Line) -> list[Line]:
        """The lines that record a message, where its thread is a meeting's; raises what keeps the database from being asked."""
        pieces = [(piece, said) for piece in lines_of(line.text) if (said := read(piece))]
        if not pieces or not line.key.startswith("message:"):
            return []
        with self.store.session(self.partnership_id) as session:
            thread = select(Meeting).where(Meeting.channel == line.place.channel, Meeting.thread == line.place.thread)
            meeting = session.scalar(thread.where(Meeting.state.in_((OPEN, CLOSED))).limit(1))
            if meeting is None:
                return []
            room = very(meeting.group, meeting.begins.astimezone(Partnership.here(session).zone))
            channel, closed = meeting.group.channel.lstrip("#"), meeting.state == CLOSED
            return [_recording(line, number, piece, said.line(room, closed), channel) for number, (piece, said) in enumerate(pieces)]


def _recording(line: Line, number: int, piece: str, text: str, channel: str) -> Line:
    """The line that records a piece of a message, and by what a second copy of it is known."""
    key = f"{line.key}:{number + 1}" if number else line.key
    return replace(line, key=key, text=text, typed=piece, how=CAPTURED, channel=channel)
