"""When each of my groups meets next."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.told import in_a_line, shown_of, state
from commands.meetings.which import group_beginning
from commands.plan.sight import Sight
from commands.reply import Facts, Reply, counted, press
from models.calendar import Calendar
from models.groups import Group
from models.occurrences import Occurrence


def next_(enquiry: Enquiry, session: Session) -> Reply:
    """The next meeting of each of my groups; `next jag` shows that of one."""
    sight = Sight.of(enquiry, session)
    if enquiry.words.strip(" ?.!") and group_beginning(enquiry.words, sight)[0]:
        from commands.meetings.showing import show

        return show(enquiry, session)
    mine = [group for group in sight.groups if sight.seats[group.id]]
    if not mine:
        return Reply("Next meetings", "You sit on no group whose meetings I can tell you. Ask the coordinator for a seat.")
    coming = next_of(mine, sight)
    dates = [(group.name, said_of(group, meeting, sight) if meeting else "no date is known") for group, meeting in coming]
    private = any(group.private for group in mine)
    said = "; ".join(f"{name}: {when}" for name, when in dates)
    return Reply(
        "Next meetings",
        Facts(dates),
        press(
            *shown_of([(group, meeting) for group, meeting in coming if meeting]),
            ("All meetings", "/meeting list"),
            ("Due before the meeting", "/action list due before the meeting"),
        ),
        summary=f"Next meetings of {counted(len(mine), 'group')}." if private else f"{said}.",
    )


def next_of(groups: list[Group], sight: Sight) -> list[tuple[Group, Occurrence | None]]:
    """The next meeting of each group, the soonest first; those without one come last. One query."""
    calendars = Calendar.of_all(groups, sight.now, sight.session)
    found = [(group, calendars[group.id].next(sight.now)) for group in groups]
    coming = sorted(((group, meeting) for group, meeting in found if meeting), key=lambda each: each[1])
    return [*coming, *((group, None) for group, meeting in found if meeting is None)]


def said_of(group: Group, meeting: Occurrence, sight: Sight) -> str:
    """ "Tuesday 10 September 2013 at 10:00, Civic Centre, #jag", and that it was moved or is going on."""
    how = state(meeting, Calendar.of(group, sight.session))
    return in_a_line(meeting, group) + (f" ({how})" if how != "planned" else "")
