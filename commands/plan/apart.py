"""Whether a number behind a comma is another action, or counts what was spoken of: "5 12 gates fitted, 4 need a lease"."""

from __future__ import annotations

import re

from commands.plan.phrases import leading
from commands.plan.quantities import THINGS

COUNTED = re.compile(rf"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|some|several|both|most|few)\b|\b{THINGS}", re.I)
# What is said of one action, where several things "need", "are" or "have".
OF_ONE = re.compile(r"\s*(?:waiting|awaiting|waits|is|isn'?t|was|wasn'?t|has|hasn'?t|needs|it'?s|won'?t|will|still|not|no|with)\b", re.I)
MARKS = " \t\n:;,.-–—"
WHOLE = re.compile(r"\s*~(?=\s)\s*")  # behind a reference: all that follows is of this action


def is_apart(before: str, after: str) -> bool:
    """Whether what follows a bare number makes it an action of its own, and no count within the news before it.

    It is one where its status follows ("5 blocked"), or where nothing but a status stands before it ("3 done, 5 waiting on
    highways"). Where the news before it has words it is one only if these count nothing and what follows is said of one thing
    ("letter sent, 5 is with legal"). Everything else may be either, and is asked about.
    """
    return stands(after) or not _in_words(before) or (not COUNTED.search(before) and bool(OF_ONE.match(after)))


def stands(after: str) -> bool:
    """Whether what follows a number begins with how an action stands."""
    return leading(after.lstrip(MARKS)) is not None


def _in_words(before: str) -> str:
    """What news says beside a status."""
    text = before.strip(MARKS)
    said = leading(text)
    return text[said[1] :].strip(MARKS) if said else text
