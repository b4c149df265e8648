"""Who is missing once the last reminder has gone out, on the pages of those whom that concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from commands.plan.sight import Sight
from commands.reply import Heading, Part, counted, press
from commands.words import listed
from models.addressed import Asked
from models.cycle import REMIND
from models.dates import said
from models.groups import Group
from models.meetings import Meeting
from models.notices import DUE, Obligation
from models.responses import board
from models.silence import last_asked

NAMED = 6  # owners


def not_heard(sight: Sight) -> list[Part | None]:
    """Who has not answered for the next meeting of a group: for its chair and coordinator, and for leads of what is of their priority."""
    found = [line for group in _mine(sight) for line in _of(group, sight)]
    if not found:
        return []
    return [Heading("Not heard from yet"), *(text for text, _ in found), press(*(button for _, button in found))]


def _mine(sight: Sight) -> Sequence[Group]:
    running = [group for group in sight.groups if group.cycle_since]
    return [group for group in running if sight.leads or sight.parts_in(group.id) & {"chair", "coordinator"}]


def _of(group: Group, sight: Sight) -> list[tuple[str, tuple[str, str]]]:
    """(the line, its button); nothing where nobody is missing, or may still be reminded."""
    now, session = sight.enquiry.at, sight.session
    asked = last_asked(group.id, now, session)
    if asked is None or asked.meeting.begins <= now or _still_to_remind(asked.meeting, now, sight):
        return []
    everything = bool(sight.parts_in(group.id) & {"chair", "coordinator"})
    waiting = [each for each in board(group, asked, now, session).waiting if everything or each.action.priority_id in sight.leads]
    if not waiting:
        return []
    day = said(asked.meeting.begins.astimezone(sight.now.tzinfo).date())
    return [(f"{group.name}, {day}: {_names(waiting)}.", (f"{group.name} responses", f"/meeting responses {group.key}"))]


def _still_to_remind(meeting: Meeting, now: datetime, sight: Sight) -> bool:
    reminders = (Obligation.meeting_id == meeting.id, Obligation.person_key == 0, Obligation.step.startswith(REMIND))
    left = select(Obligation.id).where(*reminders, Obligation.state == DUE, Obligation.due_at > now)
    return sight.session.scalar(left.limit(1)) is not None


def _names(waiting: Sequence[Asked]) -> str:
    """ "3 actions of housing-officer and fire-officer"."""
    owners = list(dict.fromkeys(each.action.owner.handle for each in waiting))
    shown = [*owners[:NAMED], *([f"{len(owners) - NAMED} others"] if len(owners) > NAMED else [])]
    return f"{counted(len(waiting), 'action')} of {listed(shown)}"
