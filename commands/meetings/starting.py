"""Opening a meeting: from then on it is recorded, in a thread of its own where its group has a channel."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.away_then import AWAY, away_then
from commands.meetings.present import Named, mark
from commands.meetings.quorum import authorities_said, quorum_said
from commands.meetings.room import NOTHING, VERY, Room, latest, not_known, opened, room_of, very
from commands.meetings.told import when
from commands.meetings.which import find, group_beginning, the_group
from commands.permissions import YES, allowed
from commands.plan.kept import Doubt
from commands.plan.sight import Sight
from commands.reply import Button, Buttons, Facts, Note, Part, Reply, counted, press
from commands.words import lasting, listed
from models.actions import DONE, Action
from models.agendas import Minutes
from models.base import Refusal
from models.calendar import LATE, Calendar
from models.groups import Group
from models.meetings import APOLOGIES, CANCELLED, CLOSED, OPEN, PLANNED, PRESENT, Meeting
from models.notices import Notice
from models.occurrences import Occurrence
from models.partnership import Partnership

OPENING = "opening"
EARLY = "early"  # what somebody who insists on opening one long before its time is sure of
EARLIEST_THERE = timedelta(hours=1)  # before it begins, that whoever opens it is taken to be there
EARLIEST = timedelta(days=1)  # before a meeting, that it is opened without being asked about
SAID = (
    "action: fit gates @housing-officer due fri #asb",
    "decision: …",
    "present: @a, @b for @c",
    "here",
    "apologies: @a",
    "note: …",
    "item: …",
    "agree 4",
    "agree all done",
    "agree minutes",
    "close the meeting",
)


def start(enquiry: Enquiry, session: Session) -> Reply:
    """`start jag`: open the meeting around its time; another day's where it is named."""
    room = _meant(enquiry, session)
    room.must_keep_minutes("open its meetings")
    room.must_not_be_locked()
    if room.occurrence.state == CANCELLED:
        raise Refusal(
            f"{room.name} was cancelled. First: /meeting restore {room.line}",
            ("Restore it", f"/meeting restore {room.line}"),
            discreet=room.discreetly("was not opened"),
        )
    _doubt_an_early_start(room)
    meeting = room.meeting
    if meeting.state == OPEN:
        return _reply(room, meeting, f"{room.name} is open already", "")
    again, before = meeting.state == CLOSED, opened(room.group, room.calendar, room.sight)
    _open(room, meeting, enquiry)
    reply = _reply(room, meeting, f"{room.name} is open{' again' if again else ''}", _where(room, meeting))
    return reply.but(parts=(*reply.parts, *_never_closed(room.group, before, session)))


def _doubt_an_early_start(room: Room) -> None:
    """Ask about opening a meeting more than a day before it is held, unless somebody insists on it."""
    begins, sight = room.occurrence.begins, room.sight
    if room.occurrence.state != PLANNED or begins - sight.now <= EARLIEST or EARLY in sight.enquiry.sure:
        return
    days = (begins.date() - sight.today).days
    told = f" All of {room.group.channel} would see it." if room.group.channel else ""
    words = f"It is on {when(room.occurrence)}, {counted(days, 'day')} from now.{told} It was not opened yet."
    raise Doubt(EARLY, f"Open {room.name} already?", words, f"Yes, open {begins:%-d %B %Y} now")


def _open(room: Room, meeting: Meeting, enquiry: Enquiry) -> None:
    held, now = room.occurrence, room.sight.now
    meeting.state, meeting.opened_at, meeting.chair = OPEN, enquiry.at, meeting.chair or enquiry.person
    meeting.began_at = meeting.began_at or (enquiry.at if held.on == now.date() else held.begins)
    meeting.ended_at = None if held.on == now.date() else meeting.ended_at
    around = held.begins - EARLIEST_THERE <= now <= held.ends + LATE
    if around and "member" in room.sight.parts_in(room.group.id):
        mark(meeting, PRESENT, Named(enquiry.person), enquiry)
    room.sight.session.flush()
    if room.group.channel and not meeting.thread:
        Notice.to_channel(room.group.channel, OPENING, f"{OPENING} {meeting.id}", enquiry.at, room.sight.session)


def _meant(enquiry: Enquiry, session: Session) -> Room:
    """The meeting that is going on; a day has to be named for any other."""
    sight, words = Sight.of(enquiry, session), lasting(enquiry.words)
    if VERY.match(words):
        return room_of(enquiry, session, "start")
    group, rest = group_beginning(words, sight)
    if NOTHING.sub("", rest).strip():
        found = find(words, sight, "start {meeting}")
        if NOTHING.sub("", found.words):
            raise not_known(found.words)
        return Room(sight, found.group, found.calendar, found.meeting, "")
    group = group or _meeting_now(sight) or the_group(None, sight, "start {group}")
    calendar = Calendar.of(group, session)
    meeting = calendar.at(sight.now)
    if meeting is None:
        raise _not_now(group, calendar, sight)
    return Room(sight, group, calendar, meeting, "")


def _meeting_now(sight: Sight) -> Group | None:
    """The only group of those whose minutes one keeps that is meeting now, or that of the channel."""
    mine = [group for group in sight.groups if allowed("keep minutes", sight.parts_in(group.id)) == YES]
    if any(group.channel and group.channel == sight.enquiry.where for group in mine):
        return None
    meeting = [group for group in mine if Calendar.of(group, sight.session).at(sight.now)]
    return meeting[0] if len(meeting) == 1 else None


def _not_now(group: Group, calendar: Calendar, sight: Sight) -> Refusal:
    """That none is going on; those just before and after it can be opened, if that is meant."""
    near = [("last met", latest(group, calendar, sight)), ("meets next", calendar.next(sight.now))]
    said = [f"{how} on {when(each)}" for how, each in near if each]
    asks = [(f"Open {each.begins:%-d %b}", f"/meeting start {very(group, each.begins)}") for _, each in near if each]
    return Refusal(
        f"{group.name} is not meeting now: it {listed(said)}. Open which?" if said else f"{group.name} has no meeting to open.",
        *asks,
        discreet="Open which meeting?" if group.private else "",
    )


def _never_closed(group: Group, before: Occurrence | None, session: Session) -> list[Part]:
    """That an earlier meeting was never closed, and has no minutes; or was opened again, and its minutes are not finished."""
    if before is None:
        return []
    has_minutes = session.scalar(select(Minutes.id).where(Minutes.meeting_id == before.meeting_id))
    why = "is still open, and its minutes are not finished" if has_minutes else "was never closed, and has no minutes"
    said = Note(f"{group.name} of {before.begins:%-d %B %Y} {why}.")
    return [said, Buttons([Button(f"Close {before.begins:%-d %b}", f"/meeting close {very(group, before.begins)}")])]


def _where(room: Room, meeting: Meeting) -> str:
    if not room.group.channel:
        return "It has no channel: record it with /meeting decision, present, note, and /action add."
    if meeting.thread:
        return f"Its thread in {room.group.channel} is read again."
    return f"I open a thread in {room.group.channel}: what is written there is recorded."


def _reply(room: Room, meeting: Meeting, title: str, said: str) -> Reply:
    facts, summary = Facts(standing(meeting, room.sight.session)), room.discreetly("is open") or f"{title}."
    return Reply(title, said, facts, press(("Close it", f"/meeting close {room.line}")), summary=summary)


def standing(meeting: Meeting, session: Session) -> list[tuple[str, str]]:
    """How a meeting stands as it begins: who sent apologies or is away, its quorum, what waits to be agreed."""
    names = [each.person.handle if each.person else each.guest for each in meeting.attendance if each.kind == APOLOGIES]
    day = meeting.begins.astimezone(Partnership.here(session).zone).date()
    names += [f"{person.handle} ({AWAY})" for person in away_then(meeting.group, day, meeting.attendance, session)]
    done = session.scalar(select(func.count()).select_from(Action).where(Action.group_id == meeting.group_id, Action.status == DONE))
    return [
        ("Apologies", listed(names) or "none so far"),
        ("Quorum", quorum_said(meeting)),
        ("Done, to agree", str(done or "none")),
    ]


def _asked_for(meeting: Meeting) -> str:
    """The quorum in a message that stands all meeting long: who is there is said whenever somebody comes."""
    if not meeting.group.quorum:
        return "none is set"
    return f"{authorities_said(meeting.group.quorum)}; I say who is there as they come"


def opening(meeting: Meeting, begins: str, session: Session) -> Reply:
    """What opens the thread of a meeting; `begins` is its day, in words."""
    name = f"{meeting.group.name}, {begins}"
    return Reply(
        f"{name}: the meeting is open",
        "Write what is to be recorded as a reply to this message, each beginning with one of these words; I answer beneath.",
        "\n".join(f"• {each}" for each in SAID),
        Facts([(label, _asked_for(meeting) if label == "Quorum" else said) for label, said in standing(meeting, session)]),
        Note("Nothing else that is written here is kept. Figures are asked privately, and shared with Share here."),
        summary=f"1 {meeting.group.name} meeting is open." if meeting.group.private else f"{name}: the meeting is open.",
    )
