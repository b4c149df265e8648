"""What an owner may only propose: put to those who decide, who agree or decline."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from commands.plan.recording import Recording
from commands.plan.sight import Sight
from commands.plan.told import deciders, tell
from commands.reply import Tell
from models.actions import Action
from models.due import Due
from models.people import Person
from models.proposals import DROPPED, HANDED, TAKEN_BACK, WAITING, Proposal

MOOT = ("due", "assigned", "withdrawn", *HANDED)  # what nobody has to settle any more of an action that is finished


def due_values(due: Due) -> dict[str, object]:
    """A due date as a snapshot has it."""
    return {"due_kind": due.kind, "due_on": due.on.isoformat() if due.on else None}


def propose(
    action: Action,
    verb: str,
    values: dict[str, object],
    said: str,
    recording: Recording,
    sight: Sight,
    for_: Person | None = None,
    words: str = "",
) -> list[Tell]:
    """Keep a proposal, which takes the place of one of the same kind that still waits, and tell those who decide."""
    by, at = for_ or sight.person, sight.enquiry.at
    proposal = Proposal(action=action, by=by, at=at, verb=verb, values=values, said=said, words=words or recording.words)
    put_forward(proposal, sight)
    recording.change(action, "asked", lambda: None, f"asks: {said}", for_, words)
    title, now = f"{by.handle} asks: {action.ref} {said}", f"It is {now_said(action)}."
    return tell(deciders(action, sight.session), title, action, sight, now, *decide(proposal))


def put_forward(proposal: Proposal, sight: Sight) -> None:
    """Have it wait, in the place of one of the same kind that does. Any member may ask to hand on: there, only of their own."""
    session, enquiry = sight.session, sight.enquiry
    same = select(Proposal).where(Proposal.action_id == proposal.action.id, Proposal.verb == proposal.verb, Proposal.state == WAITING)
    for earlier in session.scalars(same.where(Proposal.by_id == proposal.by.id) if proposal.verb in HANDED else same):
        earlier.state, earlier.settled_by_id, earlier.settled_at = TAKEN_BACK, enquiry.person.id, enquiry.at
    session.add(proposal)
    session.flush()


def decide(proposal: Proposal) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two buttons of a request."""
    return ("Agree", f"/action agree {proposal.id}"), ("Decline", f"/action decline {proposal.id}")


def drop_requests(action: Action, recording: Recording, sight: Sight, why: str, verbs: Collection[str]) -> None:
    """Let go what still waits to be settled of an action, where it is done or withdrawn; the history says so, and undo brings it back."""
    waiting = select(Proposal).where(Proposal.action_id == action.id, Proposal.verb.in_(verbs), Proposal.state == WAITING)
    for proposal in sight.session.scalars(waiting):
        proposal.state, proposal.settled_by_id, proposal.settled_at = DROPPED, sight.person.id, sight.enquiry.at
        recording.change(action, "declined", lambda: None, f"request dropped, as {why}: {proposal.said}")


def now_said(action: Action) -> str:
    return f"{action.status}, {action.owner.handle}'s, due {action.due.said(action.group.name)} now"


def unsettle(action: Action, at: datetime, sight: Sight) -> None:
    """Put proposals back to how they were before a change of this moment: those made then are taken back, those settled then wait again."""
    for proposal in sight.session.scalars(select(Proposal).where(Proposal.action_id == action.id)):
        if proposal.at == at and proposal.state == WAITING:
            proposal.state, proposal.settled_by_id, proposal.settled_at = TAKEN_BACK, sight.person.id, sight.enquiry.at
        elif proposal.settled_at == at:
            proposal.state, proposal.settled_by_id, proposal.settled_at = WAITING, None, None
