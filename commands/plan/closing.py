"""Closing what is done: the meeting agrees that it is, one action at a time or all that wait for it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES
from commands.plan.kept import look_for_a_person
from commands.plan.proposing import MOOT, drop_requests
from commands.plan.recording import AT_MEETING, Recording, as_typed, in_their_words
from commands.plan.refs import Ref
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, undo_all, undo_of
from commands.reply import Facts, Reply, counted, press
from commands.words import lasting
from models.actions import CLOSED, DONE, FINISHED, Action
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group


def close(enquiry: Enquiry, session: Session) -> Reply:
    """`close 4`: the meeting agrees that it is done. `close all` closes all that wait for it."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(as_typed(enquiry), sight)
    actions = _to_close(lasting(enquiry.words), sight)
    for action in actions:
        _must_be_closable(action, sight)
    recording = Recording(enquiry, session, in_their_words(enquiry), settled=secrets.token_hex(4) if len(actions) > 1 else "")
    met = {
        group: meeting.on for group in {action.group for action in actions} if (meeting := Calendar.of(group, session).recorded(sight.now))
    }
    for action in actions:
        change = recording.change(action, "closed", lambda action=action: _close(action, met.get(action.group) or sight.today))  # type: ignore[misc]
        if day := met.get(action.group):
            change.after = {**change.after, AT_MEETING: day.isoformat()}
        drop_requests(action, recording, sight, "it is closed", MOOT)
    session.flush()
    if met:
        _have_it_minuted(met, sight)
    if len(actions) == 1:
        title, facts = f"{actions[0].ref} is closed", Facts(as_facts(actions[0], sight))
    else:
        title, facts = f"{counted(len(actions), 'action')} closed", Facts([(action.ref, action.wording) for action in actions])
    whole = [undo_all(recording.settled)] if recording.settled else []
    return Reply(title, facts, press(*undo_of(*actions), *whole), summary=discreet(actions) or title)


def _have_it_minuted(met: Mapping[Group, date], sight: Sight) -> None:
    from commands.meetings.drafted import redrawn

    for group, day in met.items():
        redrawn(group, day, sight)


def _close(action: Action, day: date) -> None:
    action.status, action.closed_on = CLOSED, day


def _to_close(words: str, sight: Sight) -> Sequence[Action]:
    if re.match(r"^(?:all|everything)\b", words, re.I):
        done = select(Action).where(Action.status == DONE, Action.group_id.in_(sight.group_ids)).order_by(Action.id)
        found = [action for action in sight.session.scalars(done.with_for_update(of=Action)) if sight.may("close", action) == YES]
        if not found:
            raise Refusal("No action waits to be closed by you.", ("Open actions", "/action list"))
        return found
    found = []
    while begun := Ref.at_start(re.sub(r"^[\s,;&]*(?:and\b)?", "", words)):
        found.append(sight.action(begun[0], writing=True))
        words = begun[1]
    if not found:
        raise Refusal("Close which action? Such as: /action close 4", ("Done, to agree", "/action list done"))
    return found


def _must_be_closable(action: Action, sight: Sight) -> None:
    private = discreet([action])
    if sight.may("close", action) != YES:
        raise Refusal(f"{action.group.name} agrees that {action.ref} is done: its chair or the coordinator closes it.", discreet=private)
    if action.status in FINISHED:
        raise Refusal(f"{action.ref} is {action.status} already. Nothing was changed.", discreet=private)
    if action.status != DONE:
        raise Refusal(
            f"{action.ref} is not done yet: {action.status}. First /action done {action.ref}, or /action withdraw {action.ref}.",
            ("Done", f"/action done {action.ref}"),
            ("Withdraw", f"/action withdraw {action.ref}"),
            discreet=private,
        )
