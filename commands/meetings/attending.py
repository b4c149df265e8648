"""Who says that they come to a meeting, or sends apologies, and whom they send instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import look_over
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.room import Room
from commands.meetings.told import discreetly, when
from commands.meetings.which import Found, find
from commands.permissions import YES, allowed
from commands.plan.mentions import MARK, PERSON
from commands.plan.naming import accountable
from commands.plan.sight import Sight
from commands.reply import Facts, Note, Reply, Tell, press
from commands.words import lasting
from models.base import Refusal
from models.groups import Membership
from models.meetings import APOLOGIES, CLOSED, COMING, PRESENT, Attendance, Meeting
from models.people import Person
from models.priorities import Priority

INSTEAD = re.compile(
    rf"\b(?:sends?|sending|send|with|by|substituted? by|substitute:?|instead:?|in (?:my|their|her|his) place:?)\W*{MARK}(?P<after>)"
    rf"|{MARK}\s*(?:(?:will |is |are )?(?:instead|in (?:my|their|her|his) place|as (?:my |a )?substitute|comes?|coming|attends?|goes|going"
    r"|stands? in|standing in|deputis\w+)\b|for me\b)",
    re.I,
)
DEPUTY = re.compile(r"\b(?:my|their|her|his|the) deputy\b", re.I)
JOINTS = re.compile(rf"{MARK}|^[\W_]+|\b(?:from|for|of|instead|sends?|will|comes?|attends?|goes)\b\W*$", re.I)


def attend(enquiry: Enquiry, session: Session) -> Reply:
    """`attend jag 10 Dec`: I come; the chair and the coordinator say it for others: `attend jag 10 Dec @college`."""
    return _said(COMING, enquiry, session)


def apologies(enquiry: Enquiry, session: Session) -> Reply:
    """`apologies jag 10 Dec, @burglary-deputy instead`: I do not come, and whom I send."""
    return _said(APOLOGIES, enquiry, session)


def attendance_of(meeting_id: int | None, session: Session) -> list[tuple[str, str]]:
    """Who comes and who has sent apologies, as facts; nothing where nobody has said anything."""
    if meeting_id is None:
        return []
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id)).all()
    named = [(label, [_name(each) for each in rows if each.kind == kind]) for label, kind in LABELS]
    return [(label, ", ".join(names)) for label, names in named if names]


LABELS = (("Present", PRESENT), ("Coming", COMING), ("Apologies", APOLOGIES))


def _name(each: Attendance) -> str:
    called = each.person.handle if each.person else each.guest
    return f"{called} for {each.for_.handle}" if each.for_ else called


def _said(kind: str, enquiry: Enquiry, session: Session) -> Reply:
    sight = Sight.of(enquiry, session)
    look_over(sight)
    verb = "attend" if kind == COMING else "apologies"
    words, people, sent = _people(lasting(enquiry.words), sight, verb)
    found = find(words, sight, f"{verb} {{meeting}}")
    _may_say(found, people, sight)
    row = found.calendar.row(found.meeting, session)
    for person in people:
        _mark(row, kind, person, sight)
    if sent:
        _mark(row, COMING, sent, sight, people[0])
    session.flush()
    return _told(kind, found, row, people, sent, sight)


def _people(text: str, sight: Sight, verb: str) -> tuple[str, list[Person], Person | None]:
    """(the words without people, who comes or does not, whom they send)."""
    session = sight.session

    def named(name: str) -> Person:
        return accountable(name, session, lambda near: f"/meeting {verb} {text.replace(name, near)}")

    names = PERSON.findall(text)
    marked = PERSON.sub(f" {MARK} ", text)
    instead = INSTEAD.search(marked)
    at = marked[: instead.end()].count(MARK) - 1 if instead else -1
    sent = named(names.pop(at)) if instead else None
    people = [named(name) for name in names] or [sight.person]
    if sent is None and (deputy := DEPUTY.search(marked)):
        sent = _deputy(people[0], session)
        marked = f"{marked[: deputy.start()]} {MARK} {marked[deputy.end() :]}"
        instead = INSTEAD.search(marked)
    words = INSTEAD.sub(" ", marked)
    while (shorter := " ".join(JOINTS.sub(" ", words).split()).strip(" ,;:")) != words:
        words = shorter
    return words, people, sent


def _deputy(person: Person, session: Session) -> Person:
    """Their own deputy, or that of a priority which they lead."""
    of_priority = select(Person).join(Priority, Priority.deputy_id == Person.id).where(Priority.lead_id == person.id)
    person = session.get(Person, person.id) or person
    deputy = person.deputy or session.scalars(of_priority.order_by(Priority.place)).first()
    if deputy is None:
        raise Refusal(f"{person.handle} has no deputy that I know of. Say who it is, such as: @burglary-deputy instead", field="instead")
    return deputy


def _may_say(found: Found, people: Sequence[Person], sight: Sight) -> None:
    group, meeting = found.group, found.meeting
    if meeting.cancelled:
        raise Refusal(f"{group.name} on {when(meeting)} is cancelled. Nothing was changed.", ("Show it", f"/meeting show {found.line}"))
    if (meeting.ends <= sight.now or meeting.state == CLOSED) and not _recorded(found, people, sight):
        raise Refusal(f"{group.name} on {when(meeting)} has been. Nothing was changed.", ("Show it", f"/meeting show {found.line}"))
    others = [person for person in people if person.id != sight.person.id]
    if others and allowed("say who comes", sight.parts_in(group.id)) != YES:
        raise Refusal(f"The chair, the deputy chair and the coordinator of {group.name} say it for others. Say it of yourself.")
    sits = set(sight.session.scalars(select(Membership.person_id).where(Membership.group_id == group.id)))
    if strangers := [person.handle for person in people if person.id not in sits]:
        raise Refusal(f"{' and '.join(strangers)} {'does' if len(strangers) == 1 else 'do'} not sit on {group.name}.")


def _recorded(found: Found, people: Sequence[Person], sight: Sight) -> bool:
    """Whether all of them were recorded at the meeting: that may be taken back, until its minutes are agreed."""
    row = found.calendar.row(found.meeting, sight.session)
    there = {each.person_id for each in row.attendance if row.opened_at and each.at >= row.opened_at}
    if not there.issuperset(person.id for person in people):
        return False
    _room(found, sight).must_not_be_locked()
    return True


def _room(found: Found, sight: Sight) -> Room:
    return Room(sight, found.group, found.calendar, found.meeting, "")


def _mark(row: Meeting, kind: str, person: Person, sight: Sight, instead_of: Person | None = None) -> None:
    """What somebody has said, in the place of what was said before; who comes after all sends nobody."""
    enquiry = sight.enquiry
    if instead_of is None:
        row.attendance = [each for each in row.attendance if each.for_id != person.id]
    held = next((each for each in row.attendance if each.person_id == person.id), None)
    if held is None:
        held = Attendance(person=person, person_id=person.id, kind=kind, said_by_id=enquiry.person.id, at=enquiry.at)
        row.attendance.append(held)
    held.kind, held.said_by_id, held.at = kind, enquiry.person.id, enquiry.at
    held.for_ = instead_of
    held.for_id = instead_of.id if instead_of else None


def _told(kind: str, found: Found, row: Meeting, people: Sequence[Person], sent: Person | None, sight: Sight) -> Reply:
    group, meeting = found.group, found.meeting
    mine = [person.id for person in people] == [sight.person.id]
    who = "You" if mine else " and ".join(person.handle for person in people)
    does = "come" if mine or len(people) > 1 else "comes"
    sends = "send" if mine or len(people) > 1 else "sends"
    said = (
        f"{who} {does} to {group.name} on {when(meeting)}."
        if kind == COMING
        else f"{who} {sends} apologies for {group.name} on {when(meeting)}."
    )
    said += f" {sent.handle} comes instead." if sent else ""
    names = "" if mine else f" {' '.join('@' + person.handle for person in people)}"
    drafted = brought_up_to_date(_room(found, sight))
    other = ("Send apologies", "apologies") if kind == COMING else ("Come after all", "attend")
    tells, note = _tell(sent, found, people[0], sight) if sent and sent.id != sight.person.id else ([], None)
    return Reply(
        "Coming" if kind == COMING else "Apologies sent",
        said,
        Facts(attendance_of(row.id, sight.session)),
        note,
        drafted,
        press((other[0], f"/meeting {other[1]} {found.line}{names}"), ("Show", f"/meeting show {found.line}")),
        summary=discreetly(group, "answered") or said,
        tells=tells,
    )


def _tell(sent: Person, found: Found, for_: Person, sight: Sight) -> tuple[list[Tell], Note | None]:
    """Tell who is sent, where they may know of the group."""
    group = found.group
    seat = select(Membership.id).where(Membership.group_id == group.id, Membership.person_id == sent.id).limit(1)
    if (group.private and not sent.administrator and sight.session.scalar(seat) is None) or sent.slack_user is None:
        return [], Note(f"Tell {sent.handle} yourself: I do not.")
    title = f"You stand in for {for_.handle} at {group.name}"
    where = f", {found.meeting.place}" if found.meeting.place else ""
    reply = Reply(
        title, f"{when(found.meeting)}{where}.", Note(f"Said by {sight.person.handle}."), summary=discreetly(group, "to come to") or title
    )
    return [Tell(sent.id, reply)], None
