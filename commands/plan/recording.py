"""Changing an action, and writing down what was changed, by whom, for whom, from where, in which words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.words import unlinked, visible
from models.actions import Action
from models.answered import Answers
from models.changes import Change, differing, snapshot
from models.people import Person
from models.written import write

SLASHED = re.compile(r"^\s*/(?:[\w-]*\bjag\s+/?(?:[\w-]*-)?actions?\b|[\w-]+)\s*")
AT_MEETING = "meeting"  # the day of the meeting of its group at which it was done
HANDED_ON = "handed_on"  # in what a change left: the id of the action that another group was given


@dataclass
class Recording:
    """The changes of one enquiry; each is a line of its action's history, and they know that they belong together."""

    enquiry: Enquiry
    session: Session
    words: str  # as typed
    settled: str = ""
    made: list[Change] = field(default_factory=list)
    answers: Answers = field(init=False)

    def __post_init__(self) -> None:
        self.answers = Answers(self.enquiry.at, self.session)

    def change(
        self, action: Action, verb: str, does: Callable[[], None], said: str = "", for_: Person | None = None, words: str = ""
    ) -> Change:
        """Do something to an action, and keep how it was before. What touches nothing but says something is kept as well.

        `words` are as typed of this action, where the line speaks of others too.
        """
        before = snapshot(action)
        does()
        was, became = differing(before, snapshot(action))
        action.changes += 1
        self.answers.came(action)
        return self._write(action, Change(verb=verb, said=said, for_=for_, words=words or self.words, before=was, after=became))

    def added(self, action: Action, for_: Person | None = None) -> Change:
        """A new action's first line."""
        after = snapshot(action) | ({AT_MEETING: action.meeting.isoformat()} if action.meeting else {})
        return self._write(action, Change(verb="added", said=action.wording, for_=for_, words=self.words, after=after))

    def _write(self, action: Action, change: Change) -> Change:
        change.action, change.by, change.at = action, self.enquiry.person, self.enquiry.at
        change.where, change.settled, change.number = self.enquiry.where, self.settled, action.changes
        if action in self.session:
            self.session.add(change)
        else:  # it was written past the unit of work, and so is this
            change.action_id, change.by_id, change.for_id = action.id, change.by.id, change.for_.id if change.for_ else None
            write(change, self.session)
        self.made.append(change)
        return change


def as_typed(enquiry: Enquiry) -> str:
    """The words as typed: the line without its slash command, or a form's answers. What cannot be seen is left out."""
    if not enquiry.fields:
        return visible(unlinked(SLASHED.sub("", enquiry.line) or enquiry.words)).strip()
    return "\n".join(f"{name}: {visible(value)}" for name, value in enquiry.fields.items() if value.strip())


def in_their_words(enquiry: Enquiry, own: str = "") -> str:
    """The words as typed, for the history; none of a button that was pressed, unless it took up words of somebody's `own`."""
    return "" if enquiry.pressed and not enquiry.fields and not own else as_typed(enquiry)
