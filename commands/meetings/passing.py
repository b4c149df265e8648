"""Not now, or not me: asked again tomorrow instead, or somebody else instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.absence import be_away, field_deputy, people_in
from commands.meetings.times import day_in
from commands.plan.naming import options, to_pick
from commands.plan.sight import Sight
from commands.reply import Field, Form, Note, Reply, press
from commands.words import lasting, listed
from models.asking_again import awaited_of, put_off
from models.base import Refusal
from models.dates import said
from models.groups import Group
from models.meetings import Meeting
from models.partnership import Partnership
from models.people import Person
from models.standing_in import Circle


def later(enquiry: Enquiry, session: Session) -> Reply:
    """`later`, `later friday`: ask me again on the next working day, or on that one; at nine, and not before."""
    waiting = awaited_of(enquiry.person, enquiry.at, session)
    if not waiting:
        raise Refusal("Nothing is asked of you at the moment, so there is nothing to remind you of.", ("My actions", "/action list mine"))
    until = put_off(enquiry.person, enquiry.at, session, _day(enquiry, [meeting for meeting, _ in waiting], session))
    soon = [meeting.group.name for meeting, _ in waiting if meeting.begins <= until]
    title = f"I will ask you again on {until:%A %-d %B} at {until:%H:%M}"
    return Reply(
        title,
        Note(f"{listed(soon)} {'meets' if len(soon) == 1 else 'meet'} before then: what you say after that is late.") if soon else None,
        press(("Write now", "/action write"), ("No change for all", "/action update rest no change")),
        summary=f"{title}.",
    )


def _day(enquiry: Enquiry, awaited: Sequence[Meeting], session: Session) -> date | None:
    """The day that is named, which is before the last of the meetings; None where none is, or tomorrow."""
    if not (words := enquiry.words.strip(" .!?")):
        return None
    zone = Partnership.here(session).zone
    day, last = day_in(words, enquiry.at.astimezone(zone).date()), max(awaited, key=lambda meeting: meeting.begins)
    if day >= (held := last.begins.astimezone(zone).date()):
        raise Refusal(
            f"{last.group.name} meets on {said(held)}: I can remind you on a day before that.", ("Remind me tomorrow", "/meeting later")
        )
    return day


def pass_(enquiry: Enquiry, session: Session) -> Reply:
    """`pass`, `pass to @who`: have my deputy asked until the meetings that I am asked for."""
    sight = Sight.of(enquiry, session)
    _, person, deputy = people_in(lasting(enquiry.words), sight)
    waiting = [
        (meeting, asked) for meeting, asked in awaited_of(person, enquiry.at, session) if any(a.action.owner_id == person.id for a in asked)
    ]
    if not waiting:
        raise Refusal("Nothing is asked of you at the moment, so there is nothing to pass on.", ("My actions", "/action list mine"))
    groups = [meeting.group for meeting, _ in waiting]
    deputy = deputy or field_deputy(sight) or _own_deputy(person, groups, sight)
    if deputy is None:
        return _whom(sight)
    _must_see_some(deputy, groups, session)
    if person.deputy_id is None:
        person.deputy_id = deputy.id
    until = max(meeting.begins.astimezone(sight.now.tzinfo).date() for meeting, _ in waiting)
    return be_away(person, sight.today, until, deputy, sight, passed=groups, title=f"Passed to {deputy.handle}")


def _whom(sight: Sight) -> Reply:
    """Ask who the deputy is; it is remembered."""
    field = Field("deputy", "Who answers in your place", options=options(to_pick(sight.session)), hint="remembered for the next time")
    return Reply("Pass to my deputy", Form("Pass to my deputy", "/meeting pass", [field], "Pass"), summary="Who is your deputy?")


def _own_deputy(person: Person, groups: Sequence[Group], sight: Sight) -> Person | None:
    """Their deputy, where they have one who sits on the first of these groups."""
    circle = Circle.of(groups[0], sight.session)
    numbers = [person.deputy_id, *circle.deputies.get(person.id, ())]
    return next((circle.people[number] for number in numbers if number and number in circle.people), None)


def _must_see_some(deputy: Person, groups: Sequence[Group], session: Session) -> None:
    if not any(deputy.id in Circle.of(group, session).people for group in groups):
        names = listed([group.name for group in groups], "or")
        raise Refusal(f"{deputy.handle} does not sit on {names}, and would not see your actions there.", field="deputy")
