"""What every change of a meeting looks at before it is made, and what is said of it after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from commands.agendas.posting import revise
from commands.meetings.told import discreetly, odd_days, when
from commands.meetings.which import Found, line_of
from commands.plan.following import follow
from commands.plan.kept import A_YEAR_ON, PAST, Doubt, look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.reply import Facts, Note, Part, Reply, press
from models.agendas import POSTED, Agenda
from models.base import Refusal
from models.calendar import Calendar
from models.due import Due
from models.groups import Group
from models.laying import lay_down
from models.meetings import Meeting
from models.occurrences import Occurrence


def look_over(sight: Sight) -> None:
    """Doubt words that may name a person of a case, before anything of them is kept."""
    look_for_a_person(PERSON.sub("@", as_typed(sight.enquiry)), sight)


def doubt_a_past_time(begins: datetime, sight: Sight, what: str, or_later: bool = False) -> None:
    """Ask about a meeting that would be in the past, unless somebody insists on it; perhaps the next year's day is meant."""
    if begins < sight.now and PAST not in sight.enquiry.sure:
        said, later = f"{begins:%-d %B %Y at %H:%M}", Due("date", begins.date()).a_year_on()
        instead = (f"I meant {later.said()}", A_YEAR_ON) if or_later and not later.is_past(sight.today) else None
        asked = f"{what} Nothing was saved yet."
        raise Doubt(PAST, f"{said} has gone by", f"{said} is in the past. {asked}", f"Yes, {said}", instead=instead)


def wall_time(day: date, at: time, sight: Sight) -> datetime:
    """The local wall time that is meant: of the next year's day, where its writer was asked and means that."""
    if A_YEAR_ON in sight.enquiry.sure and day < sight.today:
        day = Due("date", day).a_year_on().on or day
    return datetime.combine(day, at)


def must_be_free(group: Group, calendar: Calendar, begins: datetime, minutes: int, but: Occurrence | None = None) -> None:
    """Refuse two meetings of one group at once."""
    ends = begins + timedelta(minutes=minutes)
    for other in calendar.between(begins - timedelta(days=1), ends):
        if other.begins < ends and other.ends > begins and (but is None or other.slot != but.slot):
            raise Refusal(
                f"{group.name} meets on {when(other)} until {other.ends:%H:%M} already: two meetings at once are one too many. "
                "Choose another time, or move that one.",
                ("Show it", f"/meeting show {line_of(group, other)}"),
                field="time",
            )


def skipped_by_clocks(begins: datetime, wall: datetime) -> Note | None:
    """That clocks go forward over the time that was said."""
    if begins.replace(tzinfo=None) == wall:
        return None
    return Note(f"Clocks go forward on {wall:%-d %B %Y} and there is no {wall:%H:%M}: it is at {begins:%H:%M}.")


def written(row: Meeting, sight: Sight, was: date | None = None) -> Note | None:
    """Count a change of a meeting, so that calendars elsewhere take it, have its steps due when they are by now, and correct its post.

    What is due at it follows it, from the day it `was` on; returns what is said of that.
    """
    row.sequence += 1
    row.changed_at = sight.enquiry.at
    sight.session.flush()
    lay_down(row.group, sight.enquiry.at, sight.session)
    if agenda := sight.session.scalar(select(Agenda).where(Agenda.meeting_id == row.id, Agenda.state == POSTED)):
        revise(agenda, sight.enquiry.at, sight.session)
    return follow(row.group, sight, was)


def standing(group: Group, row: Meeting, sight: Sight) -> Found:
    """A meeting as it stands now, from its row."""
    calendar = Calendar.of(group, sight.session)
    begins = row.begins.astimezone(calendar.zone)
    around = calendar.between(begins - timedelta(minutes=1), begins, cancelled=True)
    meeting = next(each for each in around if each.meeting_id == row.id)
    return Found(group, calendar, meeting)


def read_back(
    title: str, found: Found, facts: Iterable[tuple[str, str]], did: str, *more: Part | None, asks: Iterable[tuple[str, str]]
) -> Reply:
    """What was done, as it was saved, and what may follow: telling the group's channel, for one."""
    group = found.group
    tells = [(f"Tell {group.channel}", f"/meeting tell {found.line}")] if group.channel else []
    return Reply(
        title,
        Facts([each for each in facts if each[1]]),
        *odd_days(found),
        *more,
        press(*asks, *tells, ("Show", f"/meeting show {found.line}")),
        summary=discreetly(group, did) or f"{title}.",
    )
