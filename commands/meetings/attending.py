"""Who says that they come to a meeting, or sends apologies, and whom they send instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import look_over
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.instead import Told, deputy_of, tell_who_is_not, tell_who_is_sent
from commands.meetings.room import Room
from commands.meetings.told import discreetly, when
from commands.meetings.which import Found, find
from commands.permissions import YES, allowed
from commands.plan.mentions import MARK, PERSON
from commands.plan.naming import accountable
from commands.plan.sight import Sight
from commands.reply import Facts, Reply, press
from commands.words import lasting
from models.base import Refusal
from models.groups import Membership
from models.meetings import APOLOGIES, CLOSED, COMING, PRESENT, Attendance, Meeting
from models.people import Person

INSTEAD = re.compile(
    rf"\b(?:sends?|sending|send|with|by|substituted? by|substitute:?|instead:?|in (?:my|their|her|his) place:?)\W*{MARK}(?P<after>)"
    rf"|{MARK}\s*(?:(?:will |is |are )?(?:instead|in (?:my|their|her|his) place|as (?:my |a )?substitute|comes?|coming|attends?|goes|going"
    r"|stands? in|standing in|deputis\w+)\b|for me\b)",
    re.I,
)
UNMARKED = re.compile(  # somebody who is sent, without the @
    r"(?<![@\w.-])(?P<name>[\w.-]*\w)(?=\s+(?:(?:will|is|are) )?(?:instead|comes?|coming|attends?|goes|going|stands? in|standing in)\b)"
    r"|(?<=\bsend )(?P<sent>[\w.-]*\w)|(?<=\bsending )(?P<sending>[\w.-]*\w)",
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
    found = find(words, sight, _again(verb, people, sent, sight))
    _may_say(found, people, sight)
    row = found.calendar.row(found.meeting, session)
    let_go = _let_go(row, people, sent)
    for person in people:
        _mark(row, kind, person, sight)
    if sent:
        _mark(row, COMING, sent, sight, people[0])
    session.flush()
    told = [tell_who_is_not(each, found, for_, sight) for each, for_ in let_go]
    told += [tell_who_is_sent(sent, found, people[0], sight)] if sent else []
    return _told(kind, found, row, people, sent, told, sight)


def _again(verb: str, people: Sequence[Person], sent: Person | None, sight: Sight) -> str:
    """The line for another meeting: what was said of people stands in it."""
    others = " ".join(f"@{person.handle}" for person in people if person.id != sight.person.id)
    return " ".join(filter(None, (verb, "{meeting}", others, f"@{sent.handle} instead" if sent else "")))


def _people(text: str, sight: Sight, verb: str) -> tuple[str, list[Person], Person | None]:
    """(the words without people, who comes or does not, whom they send)."""
    session = sight.session

    def named(name: str) -> Person:
        return accountable(name, session, lambda near: f"/meeting {verb} {text.replace(name, near)}")

    text = _marked(text, session)
    names = PERSON.findall(text)
    marked = PERSON.sub(f" {MARK} ", text)
    instead = INSTEAD.search(marked)
    at = marked[: instead.end()].count(MARK) - 1 if instead else -1
    sent = named(names.pop(at)) if instead else None
    people = [named(name) for name in names] or [sight.person]
    if sent is None and (deputy := DEPUTY.search(marked)):
        sent = deputy_of(people[0], session)
        marked = f"{marked[: deputy.start()]} {MARK} {marked[deputy.end() :]}"
        instead = INSTEAD.search(marked)
    words = INSTEAD.sub(" ", marked)
    while (shorter := " ".join(JOINTS.sub(" ", words).split()).strip(" ,;:")) != words:
        words = shorter
    return words, people, sent


def _marked(text: str, session: Session) -> str:
    """The text with an @ before the handle of whoever is sent, where it has none."""
    found = {name.lower(): name for each in UNMARKED.finditer(text) if (name := next(filter(None, each.groups()), ""))}
    held = session.scalars(select(Person.handle).where(Person.handle.in_(found))) if found else ()
    for handle in held:
        text = re.sub(rf"(?<![@\w.-]){re.escape(found[handle])}(?![\w-])", f"@{handle}", text, count=1)
    return text


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


def _let_go(row: Meeting, people: Sequence[Person], sent: Person | None) -> list[tuple[Person, Person]]:
    """(who was to come instead of one of these people and is not to any more, of whom)."""
    theirs, but = {person.id for person in people}, sent.id if sent else None
    return [
        (each.person, each.for_) for each in row.attendance if each.person and each.for_ and each.for_id in theirs and each.person_id != but
    ]


def _told(
    kind: str, found: Found, row: Meeting, people: Sequence[Person], sent: Person | None, told: Sequence[Told], sight: Sight
) -> Reply:
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
    return Reply(
        "Coming" if kind == COMING else "Apologies sent",
        said,
        Facts(attendance_of(row.id, sight.session)),
        *(note for _, note in told),
        drafted,
        press((other[0], f"/meeting {other[1]} {found.line}{names}"), ("Show", f"/meeting show {found.line}")),
        summary=discreetly(group, "answered") or said,
        tells=[tell for tells, _ in told for tell in tells],
    )
