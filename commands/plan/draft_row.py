"""A row that somebody wrote down, with what it means and what must still be asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.actions import Action, Supporter
from models.drafted import Drafted
from models.due import Due
from models.groups import Group
from models.people import Person
from models.priorities import Priority


@dataclass
class Row:
    """A row with what it means, and what must be asked of it: (field, question). `held` is the action it is about already.

    `near` are names that may be meant, as (field, as typed, name), and `offers` what else would mend it, as (label, command line).
    `loaded` says that it stood in a file before: "whole" as it is now, "about" with another date, status or news.
    """

    drafted: Drafted
    group: Group | None = None
    owner: Person | None = None
    supporters: list[Supporter] = field(default_factory=list)
    priority: Priority | None = None
    due: Due | None = None
    held: Action | None = None
    questions: list[tuple[str, str]] = field(default_factory=list)
    near: list[tuple[str, str, str]] = field(default_factory=list)
    offers: list[tuple[str, str]] = field(default_factory=list)
    loaded: str = ""

    @property
    def clear(self) -> bool:
        return not self.questions

    @property
    def as_filed(self) -> bool:
        """Whether words, owner and reference are as its file has them."""
        return self.drafted.marks.split("-")[0] == self.drafted.filed.split("-")[0]

    def asks(self, name: str) -> bool:
        """Whether something is asked of this field."""
        return any(asked == name for asked, _ in self.questions)


def mended(drafted: Drafted, **values: object) -> Drafted:
    """A row with answers in it, and no longer the questions that were answered."""
    kept = tuple((name, question) for name, question in drafted.unclear if name not in values)
    return replace(drafted, unclear=kept, **values)  # type: ignore[arg-type]
