"""Meetings from an iCalendar file: what would change is read back, and nothing is kept before somebody says so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.taken import Taken
from commands.meetings.told import lasts
from commands.meetings.which import must_arrange
from commands.permissions import must
from commands.plan.following import follow
from commands.plan.kept import look_for_a_person
from commands.plan.sight import Sight
from commands.reply import Note, Reply, Table, counted, press
from commands.words import listed
from models.base import Refusal
from models.calendar import Calendar
from models.drafts import Kept
from models.groups import Group
from models.laying import lay_down
from models.meetings import CANCELLED, PLANNED, Meeting
from models.near import key
from models.occurrences import Occurrence
from models.partnership import Partnership
from models.sources.ics import Entry, Ics, read_ics

SHOWN, MOST = 25, 500  # meetings read back; meetings loaded at once
NEW, MOVED, CHANGED, GONE = "new", "moved", "changed", "cancelled"
HELD, OLDER, CLASH, NOT_THERE, WHOSE = (
    "held already",
    "older than what is held",
    "at once with another of the group",
    "cancelled, and not held",
    "of no group that I know by their names",
)


@dataclass(frozen=True)
class Change:
    """What a meeting of a file would change: the group, what happens, and the meeting that it happens to, if it is held."""

    group: Group
    calendar: Calendar
    entry: Entry
    what: str
    held: Occurrence | None = None

    @property
    def told(self) -> str:
        was = self.held
        return f"moved from {was.begins:%-d %B %Y at %H:%M}" if self.what == MOVED and was else self.what


def preview(path: Path, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """(what a file would change, the number it is kept under until somebody says so; 0 where it changes nothing)."""
    must(enquiry.person, "load meetings", session)
    sight = Sight.of(enquiry, session)
    of = _group_named(group, sight) if group else None
    ics = read_ics(path, Partnership.here(session).zone, sight.now)
    changes, left_out = _judged(ics.entries, of, sight)
    notes = _notes(ics, left_out)
    if not changes:
        return Reply(f"{path.name}: nothing to load", *notes, summary=f"{path.name}: nothing to load."), 0
    if len(changes) > MOST:
        would = f"{path.name} would change {len(changes):,} meetings, and I load up to {MOST}."
        raise Refusal(f"{would} Give a file with fewer: one group's, or the next year's.")
    fields = {"group": of.key if of else "", "entries": json.dumps([each.entry.as_json() for each in changes])}
    kept = Kept(person_id=enquiry.person.id, at=enquiry.at, line="/meeting load", fields=fields)
    session.add(kept)
    session.flush()
    number = counted(len(changes), "meeting")
    return Reply(
        f"{path.name}: {number} to load",
        _table(changes),
        *([Note(f"{SHOWN} of {len(changes)} are shown.")] if len(changes) > SHOWN else []),
        *notes,
        press(
            (f"Load {'it' if len(changes) == 1 else f'these {len(changes)}'}", f"/meeting yes {kept.id}"),
            ("Let it go", f"/meeting drop {kept.id}"),
        ),
        summary=f"{number} to load. Nothing is kept yet.",
    ), kept.id


def load(enquiry: Enquiry, session: Session) -> Reply:
    """Keep what was read back, as far as it still holds."""
    if "entries" not in enquiry.fields:
        raise Refusal("Drop the .ics file on me in a direct message, or load it at the terminal: jagbot load meetings FILE.ics")
    must(enquiry.person, "load meetings", session)
    sight = Sight.of(enquiry, session)
    of = _group_named(enquiry.fields["group"], sight) if enquiry.fields.get("group") else None
    zone = Partnership.here(session).zone
    entries = [Entry.read(plain, zone) for plain in json.loads(enquiry.fields["entries"])]
    look_for_a_person("\n".join(entry.place for entry in entries), sight)
    changes, _ = _judged(entries, of, sight)
    for change in changes:
        _keep(change, sight)
    session.flush()
    for group in {change.group.id: change.group for change in changes}.values():
        lay_down(group, enquiry.at, session)
        follow(group, sight)
    tally = Counter(change.what for change in changes)
    said = listed([f"{number} {what}" for what, number in tally.items()]) or "nothing is changed any more"
    title = f"{counted(len(changes), 'meeting')} loaded: {said}" if changes else "Nothing was loaded"
    groups = {change.group.key: change.group.name for change in changes}
    return Reply(title, press(*((f"{name} meetings", f"/meeting list {of_key}") for of_key, name in groups.items())), summary=title)


def _group_named(name: str, sight: Sight) -> Group:
    found = sight.group_named(name)
    if found is None:
        raise Refusal(f"I know no group called {name!r}. I know {listed([each.name for each in sight.groups]) or 'none'}.")
    must_arrange(found, sight)
    return found


def _judged(entries: Sequence[Entry], of: Group | None, sight: Sight) -> tuple[list[Change], Counter[str]]:
    """(what would change, how many change nothing by reason)."""
    calendars = {group.id: Calendar.of(group, sight.session) for group in sight.groups}
    held = {number: _held(calendar, entries) for number, calendar in calendars.items()}
    taken = {number: Taken(each for each in found.values() if not each.cancelled) for number, found in held.items()}
    changes: list[Change] = []
    left_out: Counter[str] = Counter()
    for entry in entries:
        group = of or _whose(entry, sight)
        if group is None:
            left_out[WHOSE] += 1
            continue
        must_arrange(group, sight)
        what, occurrence = _what(entry, held[group.id], taken[group.id])
        if what in (NEW, MOVED, CHANGED, GONE):
            taken[group.id].take(entry.begins, _ends(entry))
            changes.append(Change(group, calendars[group.id], entry, what, occurrence))
        else:
            left_out[what] += 1
    return changes, left_out


def _held(calendar: Calendar, entries: Sequence[Entry]) -> Mapping[str, Occurrence]:
    """Meetings held around those of a file, by their names."""
    if not entries:
        return {}
    days = timedelta(days=62)
    around = calendar.between(entries[0].begins - days, entries[-1].begins + days, cancelled=True)
    found = {meeting.uid: meeting for meeting in around}
    for row in calendar.session.scalars(
        select(Meeting).where(Meeting.group_id == calendar.group.id, Meeting.uid.in_([e.uid for e in entries]))
    ):
        begins = row.begins.astimezone(calendar.zone)
        if row.uid not in found:
            found |= {each.uid: each for each in calendar.between(begins - timedelta(minutes=1), begins, cancelled=True)}
    return found


def _whose(entry: Entry, sight: Sight) -> Group | None:
    """The group that a meeting's title names, the longest name first."""
    title = f" {key(entry.summary)} "
    named = [(name, group) for group in sight.groups for name in group.names if f" {name} " in title]
    return max(named, key=lambda each: len(each[0]))[1] if named else None


def _what(entry: Entry, held: Mapping[str, Occurrence], taken: Taken) -> tuple[str, Occurrence | None]:
    found = held.get(entry.uid)
    if found is not None:
        return _changed(entry, found), found
    if entry.cancelled:
        return NOT_THERE, None
    if entry.begins in taken.held:
        return HELD, None
    return (CLASH if taken.overlaps(entry.begins, _ends(entry)) else NEW), None


def _ends(entry: Entry) -> datetime:
    return entry.begins + timedelta(minutes=entry.minutes)


def _changed(entry: Entry, held: Occurrence) -> str:
    if entry.cancelled == held.cancelled and (entry.begins, entry.minutes, entry.place or held.place) == (
        held.begins,
        held.minutes,
        held.place,
    ):
        return HELD
    if entry.sequence < held.sequence:
        return OLDER
    if entry.cancelled:
        return HELD if held.cancelled else GONE
    return MOVED if entry.begins != held.begins else CHANGED


def _keep(change: Change, sight: Sight) -> None:
    entry, group = change.entry, change.group
    if change.held is None:
        from commands.meetings.adding import free_slot

        slot = free_slot(group, entry.begins.replace(tzinfo=None), sight)
        row = Meeting(group=group, slot=slot, added=True, begins=entry.begins, uid=entry.uid, sequence=entry.sequence)
        sight.session.add(row)
    else:
        row = change.calendar.row(change.held, sight.session)
        row.sequence = max(row.sequence + 1, entry.sequence)
        row.begins = entry.begins
    row.minutes, row.changed_at, row.reason = entry.minutes, sight.enquiry.at, ""
    row.place = "" if entry.place in ("", group.place) else entry.place
    row.state = CANCELLED if entry.cancelled else PLANNED
    sight.session.flush()


def _table(changes: Sequence[Change]) -> Table:
    rows = [
        [change.group.name, f"{change.entry.begins:%a %-d %b %Y, %H:%M}", lasts(change.entry.minutes), change.entry.place, change.told]
        for change in changes[:SHOWN]
    ]
    return Table(["Group", "When", "Lasts", "Where", "What"], rows)


def _notes(ics: Ics, left_out: Mapping[str, int]) -> Iterator[Note]:
    """What was left out and why, and what was taken otherwise than it stands."""
    reasons = [f"{number:,} {why}" for why, number in (*ics.left_out.items(), *left_out.items()) if number]
    if reasons:
        yield Note(f"Left out: {'; '.join(reasons)}.")
    if ics.zones:
        names = listed([f"“{name}”" for name in sorted(ics.zones)[:5]])
        yield Note(f"I know no time zone {names}: those times are taken as local ones here.")
    if ics.recurring:
        repeat = "repeats" if ics.recurring == 1 else "repeat"
        yield Note(f"{counted(ics.recurring, 'event')} of the file {repeat}: each time is a meeting of its own.")
