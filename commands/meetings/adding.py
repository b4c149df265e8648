"""Adding a meeting that is none of the cadence's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import (
    doubt_a_past_time,
    look_over,
    must_be_free,
    read_back,
    skipped_by_clocks,
    standing,
    wall_time,
    written,
)
from commands.meetings.times import Put, day_in, lasting_in, place_in, read, time_in
from commands.meetings.told import as_facts, lasts, when
from commands.meetings.which import FILLERS, group_beginning, must_arrange, the_group
from commands.permissions import YES, allowed
from commands.plan.sight import Sight
from commands.reply import Field, Form, Note, Reply
from commands.words import lasting, listed
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.meetings import CANCELLED, PLANNED, Meeting

EXAMPLE = "/meeting add jag 17 Dec 10:00 at Civic Centre for 90 minutes"


def add(enquiry: Enquiry, session: Session) -> Reply:
    """`add jag 17 Dec 10:00 at Civic Centre for 90 minutes`: one more meeting; or a form for what is missing."""
    sight = Sight.of(enquiry, session)
    look_over(sight)
    if enquiry.fields:
        named = enquiry.fields.get("group", "")
        group = the_group(sight.group_named(named) if named else None, sight)
        put = of_form(sight)
    else:
        named_group, rest = group_beginning(lasting(enquiry.words), sight)
        put = read(FILLERS.sub("", rest, count=1), sight.today)
        if named_group is None and (put.day is None or put.at is None):
            return _form(arranged(sight)[0], put, sight)
        group = the_group(named_group, sight, f"add {{group}} {rest}")
    must_arrange(group, sight)
    if put.day is None or put.at is None:
        if enquiry.fields:
            raise Refusal(f"It still has to be said {_missing(put)}.", field="time" if put.day else "day")
        return _form(group, put, sight)
    return _added(group, put, sight)


def of_form(sight: Sight, was: date | None = None) -> Put:
    """A form's answers, each a value of its own."""
    said = {name: lasting(value) for name, value in sight.enquiry.fields.items()}
    at, until = time_in(said["time"]) if said.get("time") else (None, None)
    return Put(
        day_in(said["day"], sight.today, was) if said.get("day") else None,
        at,
        lasting_in(said["minutes"]) if said.get("minutes") else until,
        place_in(said.get("place", "")),
        said.get("reason", ""),
    )


def arranged(sight: Sight) -> list[Group]:
    """The groups whose meetings I arrange, the channel's first; refuses where there are none."""
    mine = [group for group in sight.groups if allowed("arrange meetings", sight.parts_in(group.id)) == YES]
    if not mine:
        raise Refusal("The chair, the deputy chair and the coordinator of a group arrange its meetings. Ask one of them.")
    return sorted(mine, key=lambda group: (group.channel != sight.enquiry.where, group.private))


def _missing(put: Put) -> str:
    return listed([said for said, value in (("on which day", put.day), ("at what time", put.at)) if value is None])


def _form(group: Group, put: Put, sight: Sight) -> Reply:
    mine = arranged(sight)
    fields = [
        Field("day", "Which day", f"{put.day:%-d %b %Y}" if put.day else "", hint="17 Dec, or thursday"),
        Field("time", "At what time", f"{put.at:%H:%M}" if put.at else "", hint="10:00, or 10:00 to 11:30"),
        Field("minutes", "How long", lasts(put.minutes or group.minutes), hint="90 minutes, or 2 hours", optional=True),
        Field("place", "Where", put.place or group.place, hint="a room, or the link of a call", optional=True),
        Field("reason", "What for", put.reason, optional=True),
    ]
    if len(mine) > 1:
        fields.insert(0, Field("group", "Group", group.key, [(each.key, each.name) for each in mine]))
    form = Form("Add a meeting", "/meeting add", fields)
    said = "" if put == Put() else f"Still to be said: {_missing(put)}."
    return Reply("Add a meeting", said, form, Note(f"In one line: {EXAMPLE}"), summary="Add a meeting")


def _added(group: Group, put: Put, sight: Sight) -> Reply:
    assert put.day is not None  # it has been looked at
    assert put.at is not None
    calendar = Calendar.of(group, sight.session)
    wall = wall_time(put.day, put.at, sight)
    begins, minutes = calendar.aware(wall), put.minutes or group.minutes
    doubt_a_past_time(begins, sight, f"Is this a meeting that {group.name} has had?", or_later=True)
    must_be_free(group, calendar, begins, minutes)
    row = _row(group, begins, wall, sight)
    row.minutes, row.place, row.reason = minutes, "" if put.place == group.place else put.place, put.reason
    follows = written(row, sight)
    found = standing(group, row, sight)
    title = f"{group.name} meets on {when(found.meeting)}"
    facts = [*as_facts(found), ("Lasts", lasts(minutes)), ("What for", put.reason)]
    undo = ("Undo", f"/meeting cancel {found.line} added by mistake")
    return read_back(title, found, facts, "added", skipped_by_clocks(begins, wall), follows, asks=[undo])


def _row(group: Group, begins: datetime, wall: datetime, sight: Sight) -> Meeting:
    """A new one; or the one that was added for that very time and then cancelled, which calendars elsewhere know."""
    same = select(Meeting).where(Meeting.group_id == group.id, Meeting.begins == begins, Meeting.added, Meeting.state == CANCELLED)
    if held := sight.session.scalars(same.order_by(Meeting.id)).first():
        held.state = PLANNED
        return held
    made = Meeting(group=group, slot=free_slot(group, wall, sight), added=True, begins=begins)
    made.sequence = -1  # so that the first that calendars hear of it is 0
    sight.session.add(made)
    return made


def free_slot(group: Group, wall: datetime, sight: Sight) -> datetime:
    """When it is put; a second later where a meeting that was moved or cancelled has that slot."""
    taken = set(sight.session.scalars(select(Meeting.slot).where(Meeting.group_id == group.id, Meeting.slot >= wall)))
    while wall in taken:
        wall += timedelta(seconds=1)
    return wall
