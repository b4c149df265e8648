"""Changing an action, and writing down what was changed, by whom, for whom, from where, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from commands import Enquiry
from models.actions import Action
from models.changes import Change, differing, snapshot
from models.people import Person


@dataclass
class Recording:
    """The changes of one enquiry; each is a line of its action's history, and they know that they belong together."""

    enquiry: Enquiry
    session: Session
    words: str  # as typed, whole
    settled: str = ""
    made: list[Change] = field(default_factory=list)

    def change(self, action: Action, verb: str, does: Callable[[], None], said: str = "", for_: Person | None = None) -> Change:
        """Do something to an action, and keep how it was before. What touches nothing but says something is kept as well."""
        before = snapshot(action)
        does()
        was, became = differing(before, snapshot(action))
        action.changes += 1
        return self._write(action, Change(verb=verb, said=said, for_=for_, before=was, after=became))

    def added(self, action: Action, for_: Person | None = None) -> Change:
        """A new action's first line."""
        return self._write(action, Change(verb="added", said=action.wording, for_=for_, after=snapshot(action)))

    def _write(self, action: Action, change: Change) -> Change:
        change.action, change.by, change.at = action, self.enquiry.person, self.enquiry.at
        change.where, change.words, change.settled = self.enquiry.where, self.words, self.settled
        self.session.add(change)
        self.made.append(change)
        return change
