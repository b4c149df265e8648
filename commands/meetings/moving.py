"""Moving a meeting: to another day, time or place, or to last longer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.adding import arranged, of_form
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
from commands.meetings.far_off import doubt_an_odd_move
from commands.meetings.times import Put, read
from commands.meetings.told import discreetly, in_a_line, lasts, when
from commands.meetings.which import Found, find, line_of, must_arrange, must_be_alone
from commands.plan.sight import Sight
from commands.reply import Field, Form, Note, Reply
from commands.words import lasting
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.meetings import CLOSED, OPEN
from models.occurrences import Occurrence

EXAMPLE = "/meeting move jag 10 Dec to 12 Dec 14:00 because the chair is away"
SEEN = re.compile(r"\s*~(\d+)\s*$")  # how often it had been changed when a button or form was made
BY = re.compile(
    r"^\W*(?:to |by |on )*(?P<n>an?|one|two|three|\d{1,2}) (?P<unit>day|week|fortnight)s?"
    r"(?: (?P<way>later|earlier|back|forward|on))?(?= because|[,.;]|$)",
    re.I,
)
BACK = re.compile(r"^\W*(?:back\b)?(?: ?to (?:where it was|its (?:usual|old|original|own) (?:day|date|time|slot|place)))?\W*$", re.I)
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}


def move(enquiry: Enquiry, session: Session) -> Reply:
    """`move jag 10 Dec to 12 Dec 14:00 because …`: the same meeting at another time; or a form for what is missing."""
    sight = Sight.of(enquiry, session)
    look_over(sight)
    words = lasting(enquiry.words)
    seen = SEEN.search(words)
    words = SEEN.sub("", words)
    if enquiry.fields.get("meeting"):
        words = f"{enquiry.fields['meeting']} {words}"
    if not words.strip():
        return _which(sight)
    found = find(words, sight, "move {meeting}")
    must_arrange(found.group, sight)
    must_be_alone(found, sight, "move")
    may_change(found, sight)
    meanwhile = seen is not None and int(seen[1]) != found.meeting.sequence
    put = of_form(sight, found.meeting.on) if enquiry.fields else _later(found, sight) or read(found.words, sight.today, found.meeting.on)
    if meanwhile and not enquiry.fields:
        raise Refusal(
            f"{found.group.name} on {when(found.meeting)} has been changed since. Nothing was changed; look at it again.", _show(found)
        )
    if put.nothing or meanwhile:
        changed = "It was changed while you were writing: this is how it stands now." if meanwhile else ""
        return _form(found, put, changed or (f"I cannot read “{put.reason[:60]}” as a day, a time or a place." if put.reason else ""))
    return _moved(found, put, sight, undone=seen is not None and not enquiry.fields)


def may_change(found: Found, sight: Sight) -> None:
    """Refuse what is over, or going on, or cancelled."""
    group, meeting = found.group, found.meeting
    if meeting.cancelled:
        raise Refusal(
            f"{group.name} on {when(meeting)} is cancelled. Restore it first: /meeting restore {found.line}",
            ("Restore", f"/meeting restore {found.line}"),
        )
    if meeting.ends <= sight.now or meeting.state in (OPEN, CLOSED):
        over = "is going on" if meeting.ends > sight.now and meeting.state != CLOSED else "has been"
        raise Refusal(f"{group.name} on {when(meeting)} {over}. Only a meeting to come can be moved.", _show(found))


def usually(found: Found) -> datetime:
    """When the cadence puts a meeting, wherever it was moved; in local wall time."""
    return found.calendar.put(found.meeting.slot) or found.meeting.slot


def to_come(sight: Sight) -> list[tuple[str, str]]:
    """Meetings that a form offers, (line, in words), of the groups whose meetings I arrange."""
    found: list[tuple[Occurrence, Group]] = []
    for group in arranged(sight):
        found += [(each, group) for each in Calendar.of(group, sight.session).between(sight.now, sight.now + timedelta(days=120))]
    return [
        (line_of(group, each), f"{group.name}, {each.begins:%a %-d %b %Y, %H:%M}")
        for each, group in sorted(found, key=lambda each: each[0])
    ][:50]


def _later(found: Found, sight: Sight) -> Put | None:
    """ "by a week", "a week later", "two days earlier"; and "back", to when the cadence puts it."""
    if found.words.strip() and BACK.match(found.words) and not found.meeting.added:
        usual = usually(found)
        return Put(usual.date(), usual.time())
    by = BY.match(found.words)
    if by is None or (not by["way"] and not re.match(r"\W*by\b", found.words, re.I)):
        return None
    days = (NUMBERS.get(by["n"].lower()) or int(by["n"])) * {"day": 1, "week": 7, "fortnight": 14}[by["unit"].lower()]
    earlier = (by["way"] or "").lower() in ("earlier", "forward")
    put = read(found.words[by.end() :], sight.today)
    return Put(found.meeting.on + timedelta(days=-days if earlier else days), put.at, put.minutes, put.place, put.reason)


def _moved(found: Found, put: Put, sight: Sight, undone: bool) -> Reply:
    group, was, calendar = found.group, found.meeting, found.calendar
    wall = wall_time(put.day or was.on, put.at or was.begins.time(), sight)
    begins, minutes, place = calendar.aware(wall), put.minutes or was.minutes, put.place or was.place
    if (begins, minutes, place) == (was.begins, was.minutes, was.place):
        raise Refusal(f"{group.name} is on {in_a_line(was, group)} already. Nothing was changed.", _show(found))
    doubt_a_past_time(begins, sight, "Is that where it is to be moved?", or_later=True)
    must_be_free(group, calendar, begins, minutes, was)
    if not undone:
        doubt_an_odd_move(found, begins, sight)
    row = calendar.row(was, sight.session)
    row.begins, row.minutes, row.place = begins, minutes, "" if place == group.place else place
    row.reason = put.reason
    follows = written(row, sight, was.on)
    now = standing(group, row, sight)
    title = f"{group.name} is moved to {when(now.meeting)}" if begins != was.begins else f"{group.name} on {when(now.meeting)} is changed"
    facts = [
        ("Was", _described(was, group)),
        ("Now", _described(now.meeting, group)),
        ("Because", put.reason),
    ]
    return read_back(title, now, facts, "moved", skipped_by_clocks(begins, wall), follows, asks=[("Undo", _back(now, was))])


def _described(meeting: Occurrence, group: Group) -> str:
    return f"{in_a_line(meeting, group)}, {lasts(meeting.minutes)}"


def _back(now: Found, was: Occurrence) -> str:
    """The line that puts it back, unless it has been changed since."""
    place = f" at {was.place}" if was.place and was.place != now.meeting.place else ""
    minutes = f" for {was.minutes} minutes" if was.minutes != now.meeting.minutes else ""
    return f"/meeting move {now.line} to {was.begins:%-d %b %Y %H:%M}{minutes}{place} ~{now.meeting.sequence}"


def _show(found: Found) -> tuple[str, str]:
    return "Show it", f"/meeting show {found.line}"


def _which(sight: Sight) -> Reply:
    fields = [Field("meeting", "Which meeting", options=to_come(sight)), *_fields(Put())]
    return Reply(
        "Move a meeting", Form("Move a meeting", "/meeting move", fields), Note(f"In one line: {EXAMPLE}"), summary="Move a meeting"
    )


def _form(found: Found, put: Put, said: str) -> Reply:
    group, meeting = found.group, found.meeting
    title = f"Move {group.name}"
    form = Form(title, f"/meeting move {found.line} ~{meeting.sequence}", _fields(put, meeting))
    return Reply(title, said, f"It is on {in_a_line(meeting, group)} now.", form, summary=discreetly(group, "to move") or title)


def _fields(put: Put, now: Occurrence | None = None) -> list[Field]:
    day, at = put.day or (now and now.on), put.at or (now and now.begins.time())
    return [
        Field("day", "To which day", f"{day:%-d %b %Y}" if day else "", hint="12 Dec, or thursday", optional=now is None),
        Field("time", "At what time", f"{at:%H:%M}" if at else "", hint="14:00, or 14:00 to 15:30", optional=now is None),
        Field("place", "Where", put.place or (now.place if now else ""), hint="a room, or the link of a call", optional=True),
        Field("minutes", "How long", lasts(put.minutes or now.minutes) if now else "", hint="90 minutes, or 2 hours", optional=True),
        Field("reason", "Why", put.reason if put.nothing is False else "", optional=True),
    ]
