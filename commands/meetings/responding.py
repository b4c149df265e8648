"""Who has answered for the meeting to come, as it stands; and asking the silent once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.room import NOTHING, not_known
from commands.meetings.told import discreetly
from commands.meetings.which import Found, find, group_beginning, the_group
from commands.plan.asking_news import enter, why
from commands.plan.mentions import PERSON
from commands.plan.sight import Sight
from commands.reply import Note, Reply, Table, counted, press
from commands.words import lasting, listed
from models.addressed import Asked
from models.asking_again import nudge as ask_again
from models.base import Refusal
from models.dates import said
from models.envelopes import has_had, put_off_until
from models.groups import Group
from models.people import Person
from models.responses import Board, Line, board
from models.silence import last_asked
from models.standing_in import Circle

PRESSED = 8  # owners with a button of their own


def responses(enquiry: Enquiry, session: Session) -> Reply:
    """`responses jag`: answered, waiting, away, and how many of all; with a press to nudge."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    named, rest = group_beginning(words, sight)
    wanted = find(words, sight, "responses {meeting}") if NOTHING.sub("", rest) else None
    if wanted and NOTHING.sub("", wanted.words):
        raise not_known(wanted.words)
    group = wanted.group if wanted else the_group(named or _only_one_that_asks(sight), sight, "responses {group}")
    found = _board(group, sight)
    if wanted and (found is None or found.asked.meeting.id != wanted.meeting.meeting_id):
        return _not_asked_for(wanted, found, sight)
    if found is None:
        return _nobody_asked(group)
    meets = f"{group.name}, {said(_day(found.asked.meeting.begins, sight))}"
    share = f", {(found.answered * 200 + found.total) // (found.total * 2)}%" if found.total else ""
    rate = f"{found.answered} of {counted(found.total, 'action')} answered{share}"
    circle = Circle.of(group, session)
    return Reply(
        f"Responses for {meets}",
        f"{rate}. Asked on {said(_day(found.asked.since, sight))}.",
        Table(["Owner", "Answered", "Waiting", "How it stands"], [_row(line, circle, sight) for line in found.lines])
        if found.lines
        else None,
        press(*_asks(found, group, sight)),
        Note("Answers that came after the meeting began are late.") if any(line.late for line in found.lines) else None,
        summary=f"{counted(found.answered, f'{group.name} answer')}." if group.private else f"{meets}: {rate}.",
    )


def nudge(enquiry: Enquiry, session: Session) -> Reply:
    """`nudge jag`, `nudge jag @fire-officer`: ask the silent once more. Nobody gets more than one such message a day."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    group = the_group(group_beginning(PERSON.sub(" ", words), sight)[0], sight, f"nudge {{group}} {' '.join(PERSON.findall(words))}")
    found = _board(group, sight)
    if found is None or found.asked.meeting.begins <= enquiry.at:
        raise Refusal(f"Nobody is asked for a meeting of {group.name} at the moment. Nothing was sent.", *_plan(group))
    handles = {handle.lower().lstrip("@") for handle in PERSON.findall(words)}
    wanted = [
        each
        for each in _may_nudge(found, group, sight)
        if not handles or {each.action.owner.handle, each.of.handle if each.of else ""} & handles
    ]
    people = list({each.of.id: each.of for each in wanted if each.of}.values())
    if not people:
        raise Refusal(
            "Nobody is silent there who can be written to, and whom you may nudge.", ("Responses", f"/meeting responses {group.key}")
        )
    return _nudged(people, found, group, sight)


def _only_one_that_asks(sight: Sight) -> Group | None:
    """The only group of mine that is asking; None where it is none, or several."""
    asking = [group for group in sight.groups if group.cycle_since and sight.seats[group.id]]
    return asking[0] if len(asking) == 1 else None


def _nudged(people: Sequence[Person], found: Board, group: Group, sight: Sight) -> Reply:
    today = [person for person in people if has_had(person, sight.today, sight.session)]
    others = [person for person in people if person not in today]
    times = {person: ask_again(person, found.asked.meeting, sight.enquiry.at, sight.session) for person in others}
    later = [f"{person.handle} on {at:%A} at {at:%H:%M}{_why_later(person, sight)}" for person, at in times.items() if at > sight.now]
    at_once = [person.handle for person, at in times.items() if at <= sight.now]
    sent, to_come = f"{counted(len(at_once), 'nudge')} sent", f"{counted(len(later), 'nudge')} to come"
    title = sent if at_once else to_come if later else "Nobody was nudged"
    return Reply(
        title,
        f"Nudged: {listed(at_once)}." if at_once else None,
        f"Not now: {listed(later)}." if later else None,
        f"Had today's message already: {listed([person.handle for person in today])}. One a day is enough." if today else None,
        press(("Responses", f"/meeting responses {group.key}")),
        summary=title,
        refused=not others,
    )


def _why_later(person: Person, sight: Sight) -> str:
    """Why a nudge waits: ", as they asked", ", in working hours"."""
    until = put_off_until(person, sight.session)
    return ", as they asked to be reminded then" if until and until > sight.enquiry.at else ", in working hours"


def _board(group: Group, sight: Sight) -> Board | None:
    asked = last_asked(group.id, sight.enquiry.at, sight.session)
    return board(group, asked, sight.enquiry.at, sight.session) if asked else None


def _row(line: Line, circle: Circle, sight: Sight) -> list[str | int]:
    return [line.owner.handle, len(line.answered), len(line.waiting), _stands(line, circle, sight)]


def _stands(line: Line, circle: Circle, sight: Sight) -> str:
    """ "answered", "answered, 1 late", "away until 12 September 2013, burglary-deputy is asked", "not on chat: ask yourself", "waiting"."""
    if not line.waiting:
        return "answered" + (f", {len(line.late)} late" if line.late else "")
    first = line.waiting[0]
    away = circle.away(line.owner, sight.today)
    if away and away.passed and first.of:
        return f"passed to {first.of.handle}"
    if away:
        return f"away until {said(away.until)}, {f'{first.of.handle} is asked' if first.of else 'ask yourself'}"
    if first.of is None:
        return f"{why(first)}: ask yourself"
    return "waiting" + (f", {len(line.answered)} answered" if line.answered else "")


def _may_nudge(found: Board, group: Group, sight: Sight) -> list[Asked]:
    """What is awaited, as far as the person may ask for it: the chair and the coordinator all, a lead what is of their priority."""
    if sight.parts_in(group.id) & {"chair", "coordinator"}:
        return found.waiting
    return [each for each in found.waiting if each.action.priority_id in sight.leads]


def _asks(found: Board, group: Group, sight: Sight) -> list[tuple[str, str]]:
    """Nudges, and a press for each word that is to be asked for by telephone."""
    if found.asked.meeting.begins <= sight.enquiry.at:
        return []
    silent = [each for each in _may_nudge(found, group, sight) if each.of and each.of.id != sight.person.id]
    handles = list(dict.fromkeys(each.of.handle for each in silent if each.of))
    asks = [(f"Nudge all {len(handles)}", f"/meeting nudge {group.key}")] if len(handles) > 1 else []
    asks += [(f"Nudge {handle}", f"/meeting nudge {group.key} @{handle}") for handle in handles[:PRESSED]]
    if "coordinator" in sight.parts_in(group.id):
        by_hand = [each for each in found.waiting if each.of is None]
        asks += [(f"{each.action.ref}: {each.action.owner.handle}", enter(each)) for each in by_hand[:PRESSED]]
    return asks


def _nobody_asked(group: Group) -> Reply:
    said_ = f"Nobody has been asked for a meeting of {group.name} yet."
    return Reply(f"Responses for {group.name}", said_, press(*_plan(group)), summary=said_)


def _not_asked_for(wanted: Found, found: Board | None, sight: Sight) -> Reply:
    """That it is another meeting whose answers are gathered, or that none are yet."""
    group, day = wanted.group, f"{wanted.group.name} of {said(wanted.meeting.on)}"
    last = said(_day(found.asked.meeting.begins, sight)) if found else ""
    over = wanted.meeting.ends <= sight.now
    said_ = f"No answers for {day} are awaited any more." if over else f"Nobody has been asked for {day} yet."
    return Reply(
        f"Responses for {day}",
        said_,
        f"Owners were last asked for the meeting of {last}." if last else None,
        press(*([(f"Those for {last}", f"/meeting responses {group.key}")] if last else []), *_plan(group)),
        summary=discreetly(group, "looked at") or said_,
    )


def _plan(group: Group) -> list[tuple[str, str]]:
    return [("The plan", f"/meeting plan {group.key}")]


def _day(at: datetime, sight: Sight) -> date:
    return at.astimezone(sight.now.tzinfo).date()
