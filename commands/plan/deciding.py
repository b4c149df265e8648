"""What was asked for, decided: agreed to, and done; or declined."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.following import follow
from commands.plan.handing_on import HandingOn
from commands.plan.kept import look_for_a_person
from commands.plan.proposing import MOOT, drop_requests
from commands.plan.recording import Recording, in_their_words
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, tell, undo_of
from commands.plan.waiting import settles
from commands.reply import Facts, Reply, press
from models.actions import FINISHED, Action
from models.base import Refusal
from models.changes import put_back
from models.drafts import number_in
from models.people import Person
from models.proposals import AGREED, DECLINED, HANDED, WAITING, Proposal


def agree(enquiry: Enquiry, session: Session) -> Reply:
    """Do what was proposed."""
    sight, proposal = _waiting(enquiry, session)
    action = sight.action_of(proposal.action_id)
    _must_make_sense(proposal, action)
    if proposal.verb in HANDED:
        return _handed_on(proposal, action, sight)

    def do() -> None:
        put_back(action, proposal.values)
        if owner := sight.session.get(Person, action.owner_id):
            action.give_to(owner)

    recording = Recording(enquiry, session, in_their_words(enquiry))
    recording.change(action, proposal.verb, do, f"agreed: {proposal.said}")
    if proposal.values.get("due_kind") == "meeting":
        follow(action.group, sight)
    proposal.state = AGREED
    if proposal.verb == "withdrawn":
        drop_requests(action, recording, sight, "it is withdrawn", MOOT)
    return _settled(proposal, AGREED, "agreed", sight)


def _handed_on(proposal: Proposal, action: Action, sight: Sight) -> Reply:
    """Hand it on as it was asked, unless a private group's words are to be said again first."""
    try:
        reply = HandingOn.of(proposal.verb, action, str(proposal.values["asks"]), sight, proposal).reply()
    except Refusal as refusal:
        refusal.asks = (*refusal.asks, ("Decline", f"/action decline {proposal.id}"))
        raise
    if not reply.form:
        _settle(proposal, AGREED, sight)
    return reply


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
    recording = Recording(enquiry, session, in_their_words(enquiry))
    recording.change(proposal.action, "declined", lambda: None, f"declined: {proposal.said}")
    return _settled(proposal, DECLINED, "declined", sight)


def _waiting(enquiry: Enquiry, session: Session) -> tuple[Sight, Proposal]:
    """The proposal of a number; refuses alike what isn't there and what may not be seen or decided."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(enquiry.words, sight)
    number = enquiry.words.strip().split(" ")[0][:12]
    proposal = session.scalar(select(Proposal).where(Proposal.id == number_in(number)).with_for_update(of=Proposal))
    if proposal is None or proposal.action.group_id not in sight.group_ids:
        raise Refusal(f"There is no request {number}. See what waits: /action list asked", ("What waits", "/action list asked"))
    if not settles(proposal, sight):
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


def _settle(proposal: Proposal, state: str, sight: Sight) -> None:
    proposal.state, proposal.settled_by_id, proposal.settled_at = state, sight.person.id, sight.enquiry.at


def _settled(proposal: Proposal, state: str, said: str, sight: Sight) -> Reply:
    _settle(proposal, state, sight)
    action = proposal.action
    title = f"{action.ref}: {said}, {proposal.said}"
    return Reply(
        title,
        Facts(as_facts(action, sight)),
        press(*undo_of(action), ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or title,
        tells=tell([proposal.by, action.owner], title, action, sight, f"What {proposal.by.handle} asked for was {said}."),
    )
