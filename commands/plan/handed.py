"""An action that went on in another group: what both histories say of it, and who reads of it what they may."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.plan.recording import HANDED_ON, Recording
from commands.plan.sight import Sight
from commands.plan.told import tell
from commands.reply import Tell
from models.actions import Action
from models.changes import Change
from models.people import Person


@dataclass
class Handed:
    """An action, and the new one that another group was given of it: how it was done, why, and who had asked for it, if anybody had."""

    did: str  # "escalated" or "referred"
    action: Action
    child: Action
    why: str
    sight: Sight
    asker: Person | None = None

    def recorded(self) -> Action:
        """A line in the history of each; neither has words that only the other's group may read."""
        enquiry, session, child = self.sight.enquiry, self.sight.session, self.child
        elsewhere(Recording(enquiry, session, self.why or child.wording).added(child), self.action)
        why = "" if child.group.private else self.why  # why it goes to a private group is that group's to read
        change = Recording(enquiry, session, why).change(self.action, self.did, lambda: None, why)
        change.after = {HANDED_ON: child.id}
        session.flush()
        return self.action

    def tells(self) -> list[Tell]:
        """Each owner reads of it what their own group may: nothing of where it comes from, or why it goes, where that is private."""
        child, sight = self.child, self.sight
        came = (
            f"Due {child.due.said(child.group.name)}." if self.action.group.private else f"{self.did.capitalize()} to {child.group.name}."
        )
        theirs = tell([child.owner], f"{child.ref} is yours", child, sight, f"{came} {self._because}".strip(), by=child.raised_by)
        return [*self._here(), *theirs, *self._in_their_name()]

    @property
    def _because(self) -> str:
        return f"Because: {self.why}" if self.why else ""

    def _here(self) -> list[Tell]:
        """Its owner, and whoever asked for it, read that it went."""
        told: list[Tell] = []
        for person in dict.fromkeys(filter(None, (self.action.owner, self.asker))):
            why = self._because if not self.child.group.private or self.sight.others_who_see(self.child.group_id, [person]) else ""
            told += tell([person], f"{self.action.ref} is {self.did}", self.action, self.sight, why)
        return told

    def _in_their_name(self) -> list[Tell]:
        """Whoever an action now stands under knows why, where they may."""
        child = self.child
        whose = [child.raised_by] if self.sight.others_who_see(self.action.group_id, [child.raised_by]) else []
        said = f"{self.action.ref} is {self.did} to {child.group.name}."
        return tell(whose, f"{child.ref} is raised in your name", self.action, self.sight, said)


def handed_on(change: Change, session: Session) -> Action | None:
    """The action that another group was given by a change; None where that is not what it did."""
    if HANDED_ON not in change.after:
        return None
    return session.scalar(select(Action).where(Action.id == change.after[HANDED_ON]).with_for_update(of=Action))


def elsewhere(change: Change, parent: Action) -> Change:
    """A line in the history of what was handed on: in whose name it stands there, and not from which private channel."""
    if parent.group.private:
        change.by, change.where = change.action.raised_by, "form"
    return change
