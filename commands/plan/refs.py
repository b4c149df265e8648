"""References of actions in what people type: JAG-13-004, jag 13 4, #4, 4."""

from __future__ import annotations

import re
from dataclasses import dataclass

REF = re.compile(r"(?:action\s+)?#?\b(?:([a-z]{2,12})[-–\s/]?(\d\d)[-–\s/](\d{1,4})|(\d{1,4}))\b(?![/:%]|\.\d)", re.I)


@dataclass(frozen=True)
class Ref:
    """A reference as typed: with its group and two-digit year, or a number alone."""

    typed: str
    number: int
    group: str = ""
    year: int = 0

    @property
    def whole(self) -> str:
        """ "JAG-13-004"; a number alone stays one."""
        return f"{self.group}-{self.year:02d}-{self.number:03d}" if self.group else str(self.number)

    @classmethod
    def at_start(cls, words: str) -> tuple[Ref, str] | None:
        """The reference that begins the words, and what follows it; None when none does."""
        found = REF.match(words.lstrip())
        if not found:
            return None
        return cls._of(found), words.lstrip()[found.end() :]

    @classmethod
    def _of(cls, found: re.Match[str]) -> Ref:
        group, year, number, bare = found.groups()
        typed = found[0].strip()
        return cls(typed, int(bare)) if bare else cls(typed, int(number), group.upper(), int(year))
