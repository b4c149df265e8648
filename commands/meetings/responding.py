"""Who has answered for the meeting to come, as it stands."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.room import NOTHING, not_known
from commands.meetings.told import discreetly
from commands.meetings.which import Found, find, group_beginning, the_group
from commands.plan.asking_news import enter, why
from commands.plan.sight import Sight
from commands.reply import Note, Reply, Table, counted, press
from commands.words import lasting
from models.addressed import Asked
from models.dates import said
from models.groups import Group
from models.responses import Board, Line, board
from models.silence import last_asked
from models.standing_in import Circle

PRESSED = 8  # owners with a button of their own


def responses(enquiry: Enquiry, session: Session) -> Reply:
    """`responses jag`: answered, waiting, away, and how many of all; with a press to nudge."""
    sight = Sight.of(enquiry, session)
    group, wanted = meant(lasting(enquiry.words), sight, "responses {meeting}")
    found = board_of(group, sight)
    if wanted and not gathers(found, wanted):
        return _none_gathered(wanted, found, sight)
    if found is None:
        return _nobody_asked(group)
    meets = f"{group.name}, {said(day_of(found.asked.meeting.begins, sight))}"
    share = f", {(found.answered * 200 + found.total) // (found.total * 2)}%" if found.total else ""
    rate = f"{found.answered} of {counted(found.total, 'action')} answered{share}"
    circle = Circle.of(group, session)
    return Reply(
        f"Responses for {meets}",
        f"{rate}. Asked on {said(day_of(found.asked.since, sight))}.",
        Table(["Owner", "Answered", "Waiting", "How it stands"], [_row(line, circle, sight) for line in found.lines])
        if found.lines
        else None,
        press(*_asks(found, group, sight)),
        Note("Answers that came after the meeting began are late.") if any(line.late for line in found.lines) else None,
        summary=f"{counted(found.answered, f'{group.name} answer')}." if group.private else f"{meets}: {rate}.",
    )


def meant(words: str, sight: Sight, verb: str) -> tuple[Group, Found | None]:
    """(the group that is meant, its meeting where one is named); `verb` asks again, "nudge {meeting}"."""
    named, rest = group_beginning(words, sight)
    wanted = find(words, sight, verb) if NOTHING.sub("", rest) else None
    if wanted and NOTHING.sub("", wanted.words):
        raise not_known(wanted.words)
    return wanted.group if wanted else the_group(named or _only_one_that_asks(sight), sight, verb.replace("{meeting}", "{group}")), wanted


def gathers(found: Board | None, wanted: Found) -> bool:
    """Whether it is this meeting whose answers a board shows."""
    return found is not None and found.asked.meeting.id == wanted.meeting.meeting_id


def _only_one_that_asks(sight: Sight) -> Group | None:
    """The only group of mine that is asking; None where it is none, or several."""
    asking = [group for group in sight.groups if group.cycle_since and sight.seats[group.id]]
    return asking[0] if len(asking) == 1 else None


def board_of(group: Group, sight: Sight) -> Board | None:
    """Who has answered for the meeting that a group was last asked for; None where it never was."""
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


def may_nudge(found: Board, group: Group, sight: Sight) -> list[Asked]:
    """What is awaited, as far as the person may ask for it: the chair and the coordinator all, a lead what is of their priority."""
    if sight.parts_in(group.id) & {"chair", "coordinator"}:
        return found.waiting
    return [each for each in found.waiting if each.action.priority_id in sight.leads]


def _asks(found: Board, group: Group, sight: Sight) -> list[tuple[str, str]]:
    """Nudges, and a press for each word that is to be asked for by telephone."""
    if found.asked.meeting.begins <= sight.enquiry.at:
        return []
    silent = [each for each in may_nudge(found, group, sight) if each.of and each.of.id != sight.person.id]
    handles = list(dict.fromkeys(each.of.handle for each in silent if each.of))
    asks = [(f"Nudge all {len(handles)}", f"/meeting nudge {group.key}")] if len(handles) > 1 else []
    asks += [(f"Nudge {handle}", f"/meeting nudge {group.key} @{handle}") for handle in handles[:PRESSED]]
    if "coordinator" in sight.parts_in(group.id):
        by_hand = [each for each in found.waiting if each.of is None]
        asks += [(f"{each.action.ref}: {each.action.owner.handle}", enter(each)) for each in by_hand[:PRESSED]]
    return asks


def _nobody_asked(group: Group) -> Reply:
    said_ = f"Nobody has been asked for a meeting of {group.name} yet."
    return Reply(f"Responses for {group.name}", said_, press(*plan(group)), summary=said_)


def _none_gathered(wanted: Found, found: Board | None, sight: Sight) -> Reply:
    """That it is another meeting whose answers are gathered, or that none are yet."""
    group, day, said_ = wanted.group, _of(wanted), why_none(wanted, sight)
    last = said(day_of(found.asked.meeting.begins, sight)) if found else ""
    return Reply(
        f"Responses for {day}",
        said_,
        f"Owners were last asked for the meeting of {last}." if last else None,
        press(*([(f"Those for {last}", f"/meeting responses {group.key}")] if last else []), *plan(group)),
        summary=discreetly(group, "looked at") or said_,
    )


def _of(wanted: Found) -> str:
    return f"{wanted.group.name} of {said(wanted.meeting.on)}"


def why_none(wanted: Found, sight: Sight) -> str:
    """Why nothing is gathered for a meeting."""
    over = wanted.meeting.ends <= sight.now
    return f"No answers for {_of(wanted)} are awaited any more." if over else f"Nobody has been asked for {_of(wanted)} yet."


def plan(group: Group) -> list[tuple[str, str]]:
    """Where it stands when owners are asked."""
    return [("The plan", f"/meeting plan {group.key}")]


def day_of(at: datetime, sight: Sight) -> date:
    """The local day of an instant."""
    return at.astimezone(sight.now.tzinfo).date()
