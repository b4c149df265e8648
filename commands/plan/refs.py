"""References of actions in what people type: JAG-13-004, jag 13 4, 13-004, #4, 4."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Words that stand before two numbers and name no group: "done 10 12", "due 10 12 Jan", "from 10-12", "flats 10-12".
NO_GROUP = (
    "about|add|after|agree|all|and|approx|around|assign|at|before|between|but|by|close|complete|completed|costs?|date|decline|discard|done|draft|"
    "due|escalate|export|find|finished|for|from|give|in|is|keep|list|needs?|new|news|no|of|on|only|open|or|over|reassign|refer|reopen|see|show|since|than|the|"
    "till?|to|undo|until|up|update|view|was|with|withdraw|blocks?|buse?s?|flats?|garages?|gates?|houses?|numbers?|pages?|phases?|plots?|rooms?|"
    "routes?|stages?|units?|years?|fy|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|"
    "october|november|december|mon|tue|tues|wed|thu|thurs|fri|sat|sun"
)
CALLED = re.compile(r"^\(?(?:(?:actions?|items?|no\.|number)\s+)?", re.I)
REF = re.compile(
    rf"{CALLED.pattern[1:]}#?\b(?:"
    rf"(?!(?:{NO_GROUP})\b)([a-z]{{2,12}})[-–\s/]?(\d\d)[-–\s/](\d{{1,4}})\b(?!\.\d)"
    r"|([0-6]\d)-(\d{3})\b(?![-/:]\d|%|\.\d)|(\d{1,4})\b(?!:\d|[/%]|\.\d))",
    re.I,
)
MARK = re.compile(r"\)|[.:](?=\s|$)|:(?!\d)")  # "4) at risk", "4. done", "4: done"


@dataclass(frozen=True)
class Ref:
    """A reference as typed: with its group and two-digit year, with its year, or a number alone."""

    typed: str
    number: int
    group: str = ""
    year: int = 0
    span: bool = False  # "13-17", which may as well be 13 to 17

    @property
    def whole(self) -> str:
        """ "JAG-13-004", "13-004"; a number alone stays one."""
        year = f"{self.year:02d}-{self.number:03d}"
        return f"{self.group}-{year}" if self.group else year if self.dated else str(self.number)

    @property
    def dated(self) -> bool:
        """Whether its year is said."""
        return bool(self.group or self.year)

    @classmethod
    def at_start(cls, words: str) -> tuple[Ref, str] | None:
        """The reference that begins the words, and what follows it and its mark; None when none does."""
        text = words.lstrip()
        found = REF.match(text)
        if not found:
            return None
        mark = MARK.match(text, found.end())
        return cls._of(found), text[mark.end() if mark else found.end() :]

    @classmethod
    def _of(cls, found: re.Match[str]) -> Ref:
        group, year, number, its_year, of_year, bare = found.groups()
        typed = CALLED.sub("", found[0]).strip()
        if bare or of_year:
            return cls(typed, int(bare or of_year), year=int(its_year or 0))
        return cls(typed, int(number), group.upper(), int(year))
