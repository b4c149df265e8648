"""What an owner may only propose: put to those who decide, who agree or decline."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES
from commands.plan.kept import look_for_a_person
from commands.plan.recording import Recording, as_typed
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, deciders, tell, undo_of
from commands.reply import Facts, Reply, Tell, press
from models.actions import FINISHED, Action
from models.base import Refusal
from models.changes import put_back
from models.drafts import number_in
from models.due import Due
from models.people import Person
from models.proposals import AGREED, DECLINED, DROPPED, TAKEN_BACK, WAITING, Proposal

MOOT = ("due", "assigned", "withdrawn")  # what nobody has to settle any more of an action that is finished


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
    session, enquiry = sight.session, sight.enquiry
    waiting = select(Proposal).where(Proposal.action_id == action.id, Proposal.verb == verb, Proposal.state == WAITING)
    for earlier in session.scalars(waiting):
        earlier.state, earlier.settled_by_id, earlier.settled_at = TAKEN_BACK, enquiry.person.id, enquiry.at
    by = for_ or enquiry.person
    proposal = Proposal(action=action, by=by, at=enquiry.at, verb=verb, values=values, said=said, words=words or recording.words)
    session.add(proposal)
    session.flush()
    recording.change(action, "asked", lambda: None, f"asks: {said}", for_, words)
    asks = (("Agree", f"/action agree {proposal.id}"), ("Decline", f"/action decline {proposal.id}"))
    return tell(deciders(action, session), f"{by.handle} asks: {action.ref} {said}", action, sight, f"It is {now_said(action)}.", *asks)


def drop_requests(action: Action, recording: Recording, sight: Sight, why: str, verbs: Collection[str]) -> None:
    """Let go what still waits to be settled of an action, where it is done or withdrawn; the history says so, and undo brings it back."""
    waiting = select(Proposal).where(Proposal.action_id == action.id, Proposal.verb.in_(verbs), Proposal.state == WAITING)
    for proposal in sight.session.scalars(waiting):
        proposal.state, proposal.settled_by_id, proposal.settled_at = DROPPED, sight.person.id, sight.enquiry.at
        recording.change(action, "declined", lambda: None, f"request dropped, as {why}: {proposal.said}")


def now_said(action: Action) -> str:
    return f"{action.status}, {action.owner.handle}'s, due {action.due.said(action.group.name)} now"


def agree(enquiry: Enquiry, session: Session) -> Reply:
    """Do what was proposed."""
    sight, proposal = _waiting(enquiry, session)
    action = sight.action_of(proposal.action_id)
    _must_make_sense(proposal, action)

    def do() -> None:
        put_back(action, proposal.values)
        if owner := sight.session.get(Person, action.owner_id):
            action.give_to(owner)

    recording = Recording(enquiry, session, as_typed(enquiry))
    recording.change(action, proposal.verb, do, f"agreed: {proposal.said}")
    proposal.state = AGREED
    if proposal.verb == "withdrawn":
        drop_requests(action, recording, sight, "it is withdrawn", MOOT)
    return _settled(proposal, AGREED, "agreed", sight)


def _must_make_sense(proposal: Proposal, action: Action) -> None:
    """Refuse what does not fit how the action stands by now: a new date of what is done, reopening what is open."""
    over = {"reopened": action.open, "due": not action.open}.get(proposal.verb, action.status in FINISHED)
    if over:
        raise Refusal(
            f"{action.ref} is {action.status} by now, so “{proposal.said}” cannot be agreed to. Nothing was changed.",
            ("Decline", f"/action decline {proposal.id}"),
            *([] if action.open else [("Reopen", f"/action reopen {action.ref}")]),
            discreet=discreet([action]),
        )


def decline(enquiry: Enquiry, session: Session) -> Reply:
    """Leave it as it is."""
    sight, proposal = _waiting(enquiry, session)
    Recording(enquiry, session, as_typed(enquiry)).change(proposal.action, "declined", lambda: None, f"declined: {proposal.said}")
    return _settled(proposal, DECLINED, "declined", sight)


def _waiting(enquiry: Enquiry, session: Session) -> tuple[Sight, Proposal]:
    """The proposal of a number; refuses alike what isn't there and what may not be seen or decided."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(enquiry.words, sight)
    number = enquiry.words.strip().split(" ")[0][:12]
    proposal = session.scalar(select(Proposal).where(Proposal.id == number_in(number)).with_for_update(of=Proposal))
    if proposal is None or proposal.action.group_id not in sight.group_ids:
        raise Refusal(f"There is no request {number}. See what waits: /action list asked", ("What waits", "/action list asked"))
    if sight.may("change", proposal.action) != YES:
        raise Refusal(
            f"{proposal.action.ref}: its priority's lead, the chair or the coordinator decides.", discreet=discreet([proposal.action])
        )
    if proposal.state != WAITING:
        by = session.get(Person, proposal.settled_by_id) if proposal.settled_by_id else None
        raise Refusal(
            f"{proposal.action.ref} {proposal.said}: {proposal.state}{f' by {by.handle}' if by else ''} already. Nothing was changed.",
            ("Show", f"/action show {proposal.action.ref}"),
            discreet=discreet([proposal.action]),
        )
    return sight, proposal


def _settled(proposal: Proposal, state: str, said: str, sight: Sight) -> Reply:
    proposal.state, proposal.settled_by_id, proposal.settled_at = state, sight.person.id, sight.enquiry.at
    action = proposal.action
    title = f"{action.ref}: {said}, {proposal.said}"
    return Reply(
        title,
        Facts(as_facts(action, sight)),
        press(*undo_of(action), ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or title,
        tells=tell([proposal.by, action.owner], title, action, sight, f"What {proposal.by.handle} asked for was {said}."),
    )


def unsettle(action: Action, at: datetime, sight: Sight) -> None:
    """Put proposals back to how they were before a change of this moment: those made then are taken back, those settled then wait again."""
    for proposal in sight.session.scalars(select(Proposal).where(Proposal.action_id == action.id)):
        if proposal.at == at and proposal.state == WAITING:
            proposal.state, proposal.settled_by_id, proposal.settled_at = TAKEN_BACK, sight.person.id, sight.enquiry.at
        elif proposal.settled_at == at:
            proposal.state, proposal.settled_by_id, proposal.settled_at = WAITING, None, None
