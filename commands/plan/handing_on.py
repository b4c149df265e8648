"""Handing an action on to another group: escalated up, or referred. It goes on there as a new action, and keeps where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import YES
from commands.plan.adding import numbered
from commands.plan.handed import Handed
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.naming import accountable, must_sit_on
from commands.plan.other_groups import group_and_why, unseen
from commands.plan.recording import as_typed
from commands.plan.refs import Ref
from commands.plan.requesting import ask_for_it
from commands.plan.said_again import in_whose_name, must_be_said_again
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, not_told, undo_of
from commands.plan.when import read_due
from commands.reply import Facts, Field, Form, Note, Reply, press
from commands.words import lasting
from models.actions import FINISHED, Action
from models.base import Refusal
from models.groups import Group, Membership
from models.people import Person
from models.proposals import Proposal

VERBS = {"escalated": "escalate", "referred": "refer"}


def escalate(enquiry: Enquiry, session: Session) -> Reply:
    """`escalate 4 to raog because …`: a group above takes it up."""
    return _done_or_asked("escalated", enquiry, session)


def refer(enquiry: Enquiry, session: Session) -> Reply:
    """`refer 4 to jag because …`: another group takes it up."""
    return _done_or_asked("referred", enquiry, session)


def _done_or_asked(did: str, enquiry: Enquiry, session: Session) -> Reply:
    """Done by those who may, to a group that they see; asked for by everybody else, and of every other group."""
    sight = Sight.of(enquiry, session)
    begun = Ref.at_start(lasting(enquiry.words))
    if begun is None:
        raise Refusal(f"Which action? Such as: /action {VERBS[did]} 4 because …", ("Open actions", "/action list"))
    action, words = sight.action(begun[0], writing=True), begun[1]
    look_for_a_person(PERSON.sub("@", as_typed(enquiry)), sight)
    must_not_be_over(action)
    unknown = "" if "coordinator" in sight.parts(action) else unseen(PERSON.sub("", words), action.group, sight)
    if unknown:
        return ask_for_it(did, action, words, None, unknown, sight)
    handing = HandingOn.of(did, action, words, sight)
    if sight.may("hand on", action) == YES:
        return handing.reply()
    must_be_new(action, handing.group, sight)
    return ask_for_it(did, action, words, handing.group, handing.group.name, sight)


@dataclass
class HandingOn:
    """An action about to go on in another group: in which, why, in what words, and whose it is there."""

    did: str  # "escalated" or "referred"
    action: Action
    group: Group
    why: str
    owner: str  # as named; empty where nobody is
    sight: Sight
    request: Proposal | None = None  # where it was asked for, and is agreed to now

    @classmethod
    def of(cls, did: str, action: Action, words: str, sight: Sight, request: Proposal | None = None) -> HandingOn:
        """What is said after the reference; refuses a group that is not known."""
        group, why = group_and_why(PERSON.sub("", words), action.group, f"/action {VERBS[did]} {action.ref}", sight)
        named = PERSON.findall(words)
        return cls(did, action, group, sight.enquiry.fields.get("because", "").strip() or why, named[0] if named else "", sight, request)

    @property
    def line(self) -> str:
        return f"/action {VERBS[self.did]} {self.action.ref} to {self.group.key}{f' @{self.owner}' if self.owner else ''}"

    def reply(self) -> Reply:
        """Done; or, where a private group's words would be read by others, a form to say them again in."""
        must_be_new(self.action, self.group, self.sight)
        if self.action.group.private and "wording" not in self.sight.enquiry.fields:
            return self._asked()
        child = self._child(self._wording())
        handed = Handed(self.did, self.action, child, self.why, self.sight, self.request.by if self.request else None)
        parent, tells = handed.recorded(), handed.tells()
        title = f"{self.action.ref} is {self.did} to {self.group.name}{f' as {child.ref}' if self._seen else ''}"
        return Reply(
            title,
            Facts(as_facts(child, self.sight)) if self._seen else None,
            None if self._seen else f"{self.group.name} has it from here; you do not sit there, and do not see what becomes of it.",
            self._held_by_the_chair(child),
            not_told([child.owner], self.sight) if self._seen else None,
            press(*undo_of(parent), ("Show", f"/action show {self.action.ref}")),
            summary=discreet([self.action, child] if self._seen else [self.action]) or title,
            tells=tells,
        )

    @property
    def _seen(self) -> bool:
        return self.group.id in self.sight.group_ids

    def _asked(self) -> Reply:
        name = self.group.name
        title = f"{VERBS[self.did].capitalize()} {self.action.ref} to {name}"
        fields = [
            Field("wording", f"What {name} is to read", long=True),
            Field("because", f"Why it goes there, for {name} to read", self.why, long=True, optional=True),
        ]
        said = f"{self.action.group.name}'s words are for {self.action.group.name} alone. Say what {name} is to read."
        asks = f"/action agree {self.request.id}" if self.request else self.line
        return Reply(title, said, Form(title[:24], asks, fields, "Send"), summary=discreet([self.action]) or title)

    def _wording(self) -> str:
        """What the other group reads: a private group's own words never."""
        of = self.action.group
        if not of.private:
            return self.action.wording
        said = lasting(self.sight.enquiry.fields.get("wording", ""))
        if not said:
            raise Refusal(f"Say what {self.group.name} is to read.", field="wording", discreet="Nothing was sent.")
        for field, words in (("wording", said), ("because", self.why)):
            must_be_said_again(words, self.action.wording, of, self.group, field)
        return said

    def _child(self, wording: str) -> Action:
        sight, session = self.sight, self.sight.session
        owner = self._accountable()
        must_sit_on(self.group, owner, sight)
        raised_by = in_whose_name(self.action.group, self.group, sight)
        child = Action(group=self.group, owner=owner, wording=wording, raised_by=raised_by, raised_at=sight.enquiry.at)
        child.due, child.priority = read_due(f"next {self.group.key}", self.group, sight), self.action.priority
        child.lineage, child.parent, child.parent_id = f"{self.did} from", self.action, self.action.id
        numbered(child, sight)
        session.add(child)
        session.flush()
        return child

    def _accountable(self) -> Person:
        """Who is named; else its owner, where they sit there; else that group's chair, who holds it until somebody else is named."""
        session = self.sight.session
        if self.owner:
            return accountable(self.owner, session, lambda name: self.line.replace(f"@{self.owner}", f"@{name}"))
        seats = select(Membership).where(Membership.group_id == self.group.id)
        if session.scalar(seats.where(Membership.person_id == self.action.owner_id).limit(1)):
            return self.action.owner
        chair = session.scalar(seats.where(Membership.seat == "chair").order_by(Membership.id).limit(1))
        if chair is None:
            raise Refusal(
                f"{self.action.owner.handle} does not sit on {self.group.name}, which has no chair. Name who is accountable there: "
                f"{self.line} @…"
            )
        return chair.person

    def _held_by_the_chair(self, child: Action) -> Note | None:
        if self.owner or not self._seen or child.owner_id == self.action.owner_id:
            return None
        return Note(f"{child.owner.handle} holds it as chair of {self.group.name}. To name somebody else: /action assign {child.ref} @…")


def must_not_be_over(action: Action) -> None:
    """Refuse what is closed or withdrawn."""
    if action.status in FINISHED:
        raise Refusal(
            f"{action.ref} is {action.status}. To open it again: /action reopen {action.ref}",
            ("Reopen", f"/action reopen {action.ref}"),
            discreet=discreet([action]),
        )


def must_be_new(action: Action, group: Group, sight: Sight) -> None:
    """Refuse what went there before, and is still open there."""
    there = select(Action).where(Action.parent_id == action.id, Action.group_id == group.id, Action.status.not_in(FINISHED))
    child = sight.session.scalar(there.order_by(Action.id).limit(1))
    if child is None:
        return
    ref = f" as {child.ref}" if group.id in sight.group_ids else ""
    asks = [("Show", f"/action show {child.ref}")] if ref else []
    raise Refusal(
        f"{action.ref} went to {group.name} on {child.raised_at.astimezone(sight.now.tzinfo):%-d %B %Y} already{ref}. Nothing was changed.",
        *asks,
        discreet=discreet([action]),
    )
