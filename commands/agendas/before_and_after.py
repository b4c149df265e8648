"""What ties a meeting to the ones before and after it: apologies, minutes, what was suggested or left over, and the next date."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from commands.agendas.sitting import Parts, Sitting
from commands.meetings.away_then import AWAY, away_then
from commands.reply import counted
from commands.words import listed
from models.agendas import AGREED, CARRIED, WAITING, Item
from models.meetings import APOLOGIES, Attendance
from models.occurrences import EARLY


def apologies(sitting: Sitting) -> Parts:
    """Who has said so far that they cannot come, and who is away then."""
    query = select(Attendance).where(Attendance.meeting_id == (sitting.occurrence.meeting_id or 0)).order_by(Attendance.id)
    said = sitting.session.scalars(query).all()
    names = [sitting.called(each.person) if each.person else each.guest for each in said if each.kind == APOLOGIES]
    away = away_then(sitting.group, sitting.occurrence.on, said, sitting.session)
    names += [f"{sitting.called(person)} ({AWAY})" for person in away]
    return [f"Apologies so far: {listed(names) if names else 'none'}."]


def minutes(sitting: Sitting) -> Parts:
    """Whether the minutes of the last meeting are there to be agreed."""
    before = sitting.previous
    if before is None:
        return [f"This is the first meeting of {sitting.group.name}: there are no minutes to agree."]
    day = f"{before.on:%-d %B %Y}"
    held = sitting.last_minutes
    if held is None:
        return [f"Minutes of {day}: none are held here; to be brought to the meeting."]
    if held.state == AGREED:
        return [f"Minutes of {day}: agreed{f' on {held.agreed_on:%-d %B %Y}' if held.agreed_on else ''}."]
    return [f"Minutes of {day}: to be agreed."]


def minutes_to_read(sitting: Sitting) -> list[tuple[str, str]]:
    """A button that shows the minutes of the last meeting, where they are there to be agreed."""
    before, held = sitting.previous, sitting.last_minutes
    if before is None or held is None or held.state == AGREED:
        return []
    return [(f"Minutes of {before.on:%-d %B}", f"/meeting minutes {sitting.group.key} {before.on:%-d %B %Y}")]


def items(sitting: Sitting) -> Parts:
    """What members want talked about. Until the chair has looked, how many."""
    return _said([item for item in sitting.items if not item.lineage and not _left_over(item, sitting)], sitting) or ["None so far."]


def carried_over(sitting: Sitting) -> Parts:
    """What was left over from an earlier meeting; nothing where nothing was."""
    return _said([item for item in sitting.items if not item.lineage and _left_over(item, sitting)], sitting)


def next_meeting(sitting: Sitting) -> Parts:
    """When the group meets after this."""
    after = sitting.calendar.begins_next(sitting.occurrence.ends)
    if after is None:
        return [f"No later meeting of {sitting.group.name} is planned."]
    place = f", {after.place}" if after.place else ""
    return [f"{after.begins:%A %-d %B %Y, %H:%M}{place}."]


def _left_over(item: Item, sitting: Sitting) -> bool:
    """Whether it was put off, or came before an earlier meeting that never reached it."""
    before = sitting.previous
    return item.state == CARRIED or (item.state == WAITING and before is not None and item.at < before.begins - EARLY)


def _said(found: Sequence[Item], sitting: Sitting) -> Parts:
    lines = [f"- {item.credited(sitting.called(item.by))}" for item in found if sitting.shows(item)]
    waiting = len(found) - len(lines)
    lines += [f"{counted(waiting, 'more item' if lines else 'item')} to come."] if waiting else []
    return ["\n".join(lines)] if lines else []
