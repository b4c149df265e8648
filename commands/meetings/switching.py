"""Switching a group's cycle on, having seen what it will send; off; and pausing it."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from commands import Enquiry
from commands.meetings.ahead import AHEAD
from commands.meetings.planning import planned
from commands.meetings.told import discreetly
from commands.meetings.which import group_beginning, line_of, the_group
from commands.plan.sight import Sight
from commands.reply import Button, Buttons, Note, Reply, press
from commands.words import lasting
from models.base import Refusal
from models.calendar import Calendar
from models.cycle import AGENDA, DRAFT
from models.dates import said
from models.groups import Group
from models.laying import PAUSED, SWITCHED_OFF, SWITCHED_ON, lay_down
from models.meetings import Meeting
from models.notices import DUE, SKIPPED, Obligation
from models.occurrences import Occurrence

SEEN = re.compile(r"\b(?:as planned|yes)\b\W*$", re.I)


def on(enquiry: Enquiry, session: Session) -> Reply:
    """`on jag` shows what would be sent and asks; `on jag as planned` switches it on. Steps that are past by then are skipped."""
    sight, group = _of_coordinator(enquiry, session, "on")
    if since := group.cycle_since:
        day = since.astimezone(sight.now.tzinfo).date()
        how = f"paused. To go on: /meeting resume {group.key}" if group.paused_at else f"on since {said(day)}"
        raise Refusal(f"The cycle of {group.name} is {how}.", *([("Resume", f"/meeting resume {group.key}")] if group.paused_at else []))
    if not SEEN.search(enquiry.words):
        switch = Button("Switch it on as planned", f"/meeting on {group.key} as planned")
        last = (sight.now + AHEAD).date()
        shown = planned([group], sight.today, last, sight, "This is what I will send. Nothing has been switched on yet.", Buttons([switch]))
        parts = tuple(part for part in shown.parts if not (isinstance(part, Buttons) and switch not in part.buttons))
        return shown.but(title=f"Switch the cycle of {group.name} on?", parts=parts)
    group.cycle_since, group.paused_at = enquiry.at, None
    lay_down(group, enquiry.at, session)
    title, undrafted = f"The cycle of {group.name} is on", _without_a_draft(group, session)
    of = f"{undrafted.begins:%-d %B %Y}" if undrafted else ""
    left = f" So is the draft of {group.name}'s agenda of {of}: look at it before it goes out." if of else ""
    return Reply(
        title,
        "Owners are asked for news before each meeting, the chair gets the draft, the channel gets the agenda.",
        Note(f"What should have been sent before now is left out.{left}"),
        press(
            *([("That agenda", f"/agenda {line_of(group, undrafted)}")] if undrafted else []),
            ("The plan", f"/meeting plan {group.key}"),
            ("Pause it", f"/meeting pause {group.key}"),
            ("Off", f"/meeting off {group.key}"),
        ),
        summary=title,
    )


def _without_a_draft(group: Group, session: Session) -> Occurrence | None:
    """The meeting whose agenda is still to go out and whose draft should have been sent already; None where there is none."""
    agenda, draft = aliased(Obligation), aliased(Obligation)
    wanted = select(Meeting).join(agenda, agenda.meeting_id == Meeting.id).join(draft, draft.meeting_id == Meeting.id)
    wanted = wanted.where(Meeting.group_id == group.id, agenda.step == AGENDA, agenda.state == DUE, agenda.person_key == 0)
    wanted = wanted.where(draft.step == DRAFT, draft.reason == SWITCHED_ON).order_by(Meeting.begins).limit(1)
    row, calendar = session.scalar(wanted), Calendar.of(group, session)
    day = calendar.on(row.begins.astimezone(calendar.zone).date()) if row else []
    return next((each for each in day if row and each.meeting_id == row.id), None)


def off(enquiry: Enquiry, session: Session) -> Reply:
    """Send nothing more about a group's meetings."""
    _, group = _of_coordinator(enquiry, session, "off")
    _must_be_on(group)
    group.cycle_since = group.paused_at = None
    _skip(group, SWITCHED_OFF, session)
    title = f"The cycle of {group.name} is off"
    return Reply(title, "Nothing more goes out about its meetings.", press(("On again", f"/meeting on {group.key}")), summary=title)


def pause(enquiry: Enquiry, session: Session) -> Reply:
    """Send nothing for a while; what falls due meanwhile is not made up for."""
    _, group = _of_coordinator(enquiry, session, "pause")
    _must_be_on(group)
    group.paused_at = group.paused_at or enquiry.at
    title = f"The cycle of {group.name} is paused"
    said_ = "Nothing goes out until it is resumed. What falls due meanwhile is left out."
    return Reply(title, said_, press(("Resume", f"/meeting resume {group.key}")), summary=title)


def resume(enquiry: Enquiry, session: Session) -> Reply:
    """Go on with what falls due from now on."""
    _, group = _of_coordinator(enquiry, session, "resume")
    _must_be_on(group)
    if group.paused_at is None:
        raise Refusal(f"The cycle of {group.name} is on, and not paused. Nothing was changed.")
    group.paused_at = None
    _skip(group, PAUSED, session, Obligation.due_at <= enquiry.at)
    title = f"The cycle of {group.name} goes on"
    return Reply(title, press(("The plan", f"/meeting plan {group.key}")), summary=title)


def _skip(group: Group, reason: str, session: Session, *narrowed: ColumnElement[bool]) -> None:
    """Leave out what is still due of a group's meetings."""
    wanted = select(Obligation).join(Obligation.meeting).where(Meeting.group_id == group.id, Obligation.state == DUE, *narrowed)
    for obligation in session.scalars(wanted):
        obligation.state, obligation.reason = SKIPPED, reason


def _of_coordinator(enquiry: Enquiry, session: Session, verb: str) -> tuple[Sight, Group]:
    """The group that is named; refuses who is not its coordinator."""
    sight = Sight.of(enquiry, session)
    group = the_group(group_beginning(SEEN.sub("", lasting(enquiry.words)), sight)[0], sight, f"{verb} {{group}}")
    if "coordinator" not in sight.parts_in(group.id):
        raise Refusal(f"The coordinator of {group.name} switches its cycle.", discreet=discreetly(group, "as before"))
    return sight, group


def _must_be_on(group: Group) -> None:
    if group.cycle_since is None:
        raise Refusal(f"The cycle of {group.name} is off. Nothing was changed.", ("Switch it on", f"/meeting on {group.key}"))
