"""Asking for an action to be handed on: put to those who may, with a press that does it."""

from __future__ import annotations

from collections.abc import Sequence

from commands.plan.proposing import decide, now_said, put_forward
from commands.plan.recording import Recording, in_their_words
from commands.plan.sight import Sight, discreet
from commands.plan.told import coordinators, deciders, not_told, tell, undo_of
from commands.reply import Reply, press
from models.actions import Action
from models.groups import Group
from models.people import Person
from models.proposals import Proposal


def ask_for_it(did: str, action: Action, asks: str, group: Group | None, named: str, sight: Sight) -> Reply:
    """Keep a request; `asks` are the words after the reference, and `named` the group in them, which may be none that the asker sees.

    The history says no more of it than it would once it is done: of a private group, and of one that isn't there, neither which nor why.
    """
    open_ = group is not None and not group.private
    said = f"{did} to {named}" if open_ else did
    proposal = Proposal(
        action=action, by=sight.person, at=sight.enquiry.at, verb=did, said=said, words=in_their_words(sight.enquiry, asks.strip())
    )
    proposal.values = {"asks": asks, "to": named}
    put_forward(proposal, sight)
    Recording(sight.enquiry, sight.session, proposal.words if open_ else "").change(action, "asked", lambda: None, f"asks: {said}")
    people = _who_decide(action, group, sight)
    their = f"In their words: {asks.strip()}. It is {now_said(action)}."
    title = f"{action.ref}: asked, {did} to {named}"
    return Reply(
        title,
        _waits(named, group),
        not_told(people, sight),
        press(*undo_of(action), ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or title,
        tells=tell(people, f"{sight.person.handle} asks: {action.ref} {said}", action, sight, their, *decide(proposal)),
    )


def _waits(named: str, group: Group | None) -> str:
    if group is None:
        return f"You see no group called “{named}”: the coordinator decides. Until then it stays as it is."
    return "The priority's lead, the chair or the coordinator decides; until then it stays as it is."


def _who_decide(action: Action, group: Group | None, sight: Sight) -> Sequence[Person]:
    """The coordinators, and the leads who know of the group."""
    session = sight.session
    if group is not None and not group.private:
        return deciders(action, session)
    know = sight.others_who_see(group.id, deciders(action, session)) if group else []
    return [*know, *coordinators(action, session)]
