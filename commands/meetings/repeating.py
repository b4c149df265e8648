"""A group's cadence: set, with what has been kept as it was, and what was to come put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.changing import look_over
from commands.meetings.setting import facts_of
from commands.meetings.times import CLOCK, LASTS, clock, clock_of, day_beginning, lasting_in
from commands.meetings.told import lasts
from commands.meetings.which import must_arrange, named_group
from commands.plan.following import follow
from commands.plan.kept import Doubt
from commands.plan.sight import Sight
from commands.reply import Facts, Field, Form, Note, Reply, counted, press
from commands.words import lasting, listed
from models.base import Refusal
from models.cadence import EXAMPLES, Cadence
from models.calendar import LASTS as YEARS
from models.calendar import Calendar, rule
from models.groups import Group
from models.laying import lay_down
from models.meetings import CANCELLED, PLANNED, Meeting
from models.occurrences import Occurrence
from models.silence import last_asked

NONE = re.compile(r"\W*(?:none|no cadence|never|as arranged|one by one|ad hoc)\W*", re.I)
FROM = re.compile(r"\b(?:from|starting|beginning|as of|since)\b(?P<day>.*)$", re.I)
COUNTING = re.compile(r"\bcounting from\b(?P<day>.*)$", re.I)  # which week is the first of every second one
AT = re.compile(rf"(?:\bat |@ ?)?(?<![\w:.])(?P<at>{CLOCK})(?![\w:])", re.I)
CHANGED = "the cadence was changed"
WEEKENDS = "Some of these fall on a weekend, and are held then; the last working day of each month never does."
ASKED = "asked"  # what somebody who insists, though owners were asked for a meeting that goes, is sure of
SHOWN = 5


def cadence(enquiry: Enquiry, session: Session) -> Reply:
    """`cadence jag second tuesday 10:00`, or an RFC 5545 rule; `from 1 March` says since when."""
    sight = Sight.of(enquiry, session)
    look_over(sight)
    group, words = named_group(lasting(enquiry.words), sight, "cadence", "/meeting cadence jag second tuesday 10:00")
    must_arrange(group, sight)
    if enquiry.fields:
        said = {name: lasting(value) for name, value in enquiry.fields.items()}
        words = f"{said.get('rule', '')} {said.get('time', '')} {'for ' + said['minutes'] if said.get('minutes') else ''}".strip()
        words += f" from {said['from']}" if said.get("from") else ""
    if not words.strip():
        return _form(group)
    if NONE.fullmatch(words):
        return _changed(group, None, group.minutes, sight.today + timedelta(days=1), sight)
    since, counted_from, words = _since(words, sight)
    minutes, words = _minutes(words, group)
    at, words = _at(words, group)
    return _changed(group, Cadence.read(words, at, counted_from), minutes, since, sight)


def _since(words: str, sight: Sight) -> tuple[date, date, str]:
    """(the day from which it holds, tomorrow where none is said; the day to count weeks and months from; the words left)."""
    tomorrow = sight.today + timedelta(days=1)
    if found := COUNTING.search(words):
        return tomorrow, max(_day(found["day"], sight), sight.today), words[: found.start()].strip(" ,;")
    if found := FROM.search(words):
        since = max(_day(found["day"], sight), sight.today)
        return since, since, words[: found.start()].strip(" ,;")
    return tomorrow, tomorrow, words


def _day(words: str, sight: Sight) -> date:
    begun = day_beginning(words, sight.today, months=True)
    if begun is None or begun[1].strip(" ."):
        raise Refusal(f"I cannot read “{words.strip()[:40]}” as a day to begin from, such as: from 1 March 2014", field="from")
    return begun[0]


def _minutes(words: str, group: Group) -> tuple[int, str]:
    found = LASTS.search(words)
    return (lasting_in(found[0]), f"{words[: found.start()]} {words[found.end() :]}") if found else (group.minutes, words)


def _at(words: str, group: Group) -> tuple[time, str]:
    found = AT.search(words)
    if found:
        return clock(found["at"]), f"{words[: found.start()]} {words[found.end() :]}".strip(" ,;")
    if wrong := re.search(r"(?<![\w=])\d{1,2}[:.]\d\d(?!\w)", words):
        clock_of(wrong[0].replace(".", ":"))
    if group.starts is None:
        raise Refusal(f"At what time does {group.name} meet? Such as: {EXAMPLES}", field="time")
    return group.starts.time(), words


def _changed(group: Group, cadence: Cadence | None, minutes: int, since: date, sight: Sight) -> Reply:
    if cadence:
        _must_be_another(group, cadence, minutes, sight)
        _must_not_meet_itself(group, cadence, minutes)
    _doubt_what_was_asked_for(group, cadence, since, sight)
    undo = _undo(group, sight)
    _keep_what_has_been(group, since, sight)
    group.cadence, group.starts, group.minutes = (cadence.rule, cadence.starts, minutes) if cadence else ("", None, minutes)
    sight.session.flush()
    _restore_what_is_to_come(group, sight)
    gone = _drop_what_was_to_come(group, since, sight)
    lay_down(group, sight.enquiry.at, sight.session)
    follows = follow(group, sight)
    coming = Calendar.of(group, sight.session).between(sight.now, sight.now + timedelta(days=366 * 3))
    said = f"{group.name} meets {_on(cadence)}" if cadence else f"{group.name} has no cadence now"
    return Reply(
        said,
        Facts([("Next", listed([f"{each.begins:%a %-d %b %Y}" for each in coming[:SHOWN]]) or "no date is known"), *facts_of(group)]),
        Note(f"{counted(len(gone), 'meeting')} of the old cadence {'is' if len(gone) == 1 else 'are'} cancelled: {listed(gone)}.")
        if gone
        else None,
        Note(_not_each_month(cadence.fifth, group, coming)) if cadence and cadence.fifth else None,
        Note(WEEKENDS) if cadence and "BYMONTHDAY" in cadence.rule and "BYDAY" not in cadence.rule else None,
        follows,
        press(*undo, (f"{group.name} meetings", f"/meeting list {group.key}")),
        summary=f"{group.name} settings changed." if group.private else f"{said}.",
    )


def _not_each_month(fifth: str, group: Group, coming: Sequence[Occurrence]) -> str:
    fifths = [each for each in coming if each.slot.day > 28] or coming
    dates = listed([f"{each.begins:%-d %B %Y}" for each in fifths[:2]])
    return f"Not in every month: most have no {fifth}, and {group.name} does not meet on it then. Next on {dates}."


def _on(cadence: Cadence) -> str:
    """ "every Thursday at 14:00", "on the second Tuesday of the month at 10:00"."""
    said = cadence.said
    return said if said.startswith("every") else f"by {said}" if said.startswith("FREQ") else f"on the {said}"


def _must_be_another(group: Group, cadence: Cadence, minutes: int, sight: Sight) -> None:
    """Refuse the cadence that the group has."""
    until = cadence.starts + timedelta(days=800)
    slots = rule(cadence.rule, cadence.starts).between(cadence.starts, until, inc=True)
    if minutes == group.minutes and list(Calendar.of(group, sight.session).slots(cadence.starts, until)) == slots:
        raise Refusal(f"{group.name} meets {_on(cadence)} already. Nothing was changed.", field="rule")


def _must_not_meet_itself(group: Group, cadence: Cadence, minutes: int) -> None:
    """Refuse a cadence whose own meetings overlap."""
    slots = rule(cadence.rule, cadence.starts).xafter(cadence.starts, count=400, inc=True)
    before: datetime | None = None
    for slot in slots:
        if before is not None and slot - before < timedelta(minutes=minutes):
            raise Refusal(
                f"{group.name} would meet twice at once on {slot:%-d %B %Y}. Choose another cadence, or a shorter meeting.", field="rule"
            )
        before = slot


def _doubt_what_was_asked_for(group: Group, cadence: Cadence | None, since: date, sight: Sight) -> None:
    """Ask about a cadence that cancels the meeting for which owners have been asked for news, unless somebody insists on it."""
    asked = last_asked(group.id, sight.enquiry.at, sight.session)
    if asked is None or ASKED in sight.enquiry.sure:
        return
    row, begins = asked.meeting, asked.meeting.begins.astimezone(sight.now.tzinfo)
    stays = cadence is not None and row.slot >= cadence.starts and rule(cadence.rule, cadence.starts).between(row.slot, row.slot, inc=True)
    if begins > sight.now and begins.date() >= since and row.state == PLANNED and not row.added and not stays:
        on = f"{group.name} on {begins:%-d %B %Y}"
        words = f"{on} would be cancelled, and its owners have been asked for news already. Nothing was saved yet."
        raise Doubt(ASKED, f"Cancel {on}?", words, "Yes, change the cadence")


def _undo(group: Group, sight: Sight) -> list[tuple[str, str]]:
    if not group.cadence or group.starts is None:
        return [("Undo", f"/meeting cadence {group.key} none")]
    tomorrow = datetime.combine(sight.today + timedelta(days=1), time())
    after = next(iter(Calendar.of(group, sight.session).slots(tomorrow, datetime(sight.today.year + YEARS, 1, 1))), None)
    since = f" counting from {after:%-d %b %Y}" if after else ""
    return [("Undo", f"/meeting cadence {group.key} {group.cadence} {group.starts:%H:%M} for {group.minutes} minutes{since}")]


def _keep_what_has_been(group: Group, since: date, sight: Sight) -> None:
    """Rows for the meetings that the old cadence put before the new one begins: what has been stays as it was."""
    if not group.cadence or group.starts is None:
        return
    calendar = Calendar.of(group, sight.session)
    begins, until = calendar.aware(group.starts - timedelta(days=9)), calendar.aware(datetime.combine(since, time(23, 59)))
    for meeting in calendar.between(begins, until, cancelled=True):
        if meeting.meeting_id is None and (meeting.begins <= sight.now or meeting.on < since):
            row = Meeting(group=group, slot=meeting.slot, begins=meeting.begins, minutes=meeting.minutes, place=meeting.place)
            sight.session.add(row)
    sight.session.flush()


def _restore_what_is_to_come(group: Group, sight: Sight) -> None:
    """Hold meetings again that another cadence had cancelled, where this one has them."""
    calendar = Calendar.of(group, sight.session)
    wanted = select(Meeting).where(Meeting.group_id == group.id, Meeting.begins > sight.now, Meeting.state == CANCELLED)
    for row in sight.session.scalars(wanted.where(Meeting.reason == CHANGED)):
        if row.slot in calendar.slots(row.slot, row.slot):
            row.state, row.reason, row.changed_at = PLANNED, "", sight.enquiry.at
            row.sequence += 1
    sight.session.flush()


def _drop_what_was_to_come(group: Group, since: date, sight: Sight) -> list[str]:
    """Cancel meetings of the old cadence that the new one does not have; returns which."""
    calendar = Calendar.of(group, sight.session)
    wanted = select(Meeting).where(Meeting.group_id == group.id, Meeting.begins > sight.now, ~Meeting.added, Meeting.state == PLANNED)
    gone = []
    for row in sight.session.scalars(wanted.order_by(Meeting.begins)):
        begins = row.begins.astimezone(calendar.zone)
        if begins.date() >= since and row.slot not in calendar.slots(row.slot, row.slot):
            row.state, row.reason, row.changed_at = CANCELLED, CHANGED, sight.enquiry.at
            row.sequence += 1
            gone.append(f"{begins:%-d %B %Y}")
    sight.session.flush()
    return gone


def _form(group: Group) -> Reply:
    title = f"Cadence of {group.name}"
    fields = [
        Field("rule", "How often", hint="second tuesday; every other thursday; last working day; or an RFC 5545 rule"),
        Field("time", "At what time", f"{group.starts:%H:%M}" if group.starts else "", hint="10:00"),
        Field("minutes", "How long", lasts(group.minutes), hint="90 minutes, or 2 hours", optional=True),
        Field("from", "From which day", hint="tomorrow, where nothing is said", optional=True),
    ]
    now = Cadence.of(group).said if group.cadence and group.starts else ""
    form = Form(title, f"/meeting cadence {group.key}", fields)
    return Reply(
        title,
        f"Now: {now}." if now else "",
        form,
        Note(f"Such as: {EXAMPLES}"),
        summary=f"{group.name} settings" if group.private else title,
    )
