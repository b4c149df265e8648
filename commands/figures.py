"""/figures"""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.calling import call, forget
from commands.comparing import compare
from commands.held import what_is_held
from commands.number import one_number
from commands.ranking import rank
from commands.reply import Reply
from commands.trend import trend
from commands.words import plain

VERBS = {
    "trend": trend,
    "trends": trend,
    "compare": compare,
    "comparison": compare,
    "rank": rank,
    "ranks": rank,
    "ranking": rank,
    "call": call,
    "forget": forget,
}
LATE = re.compile(r"\b(?:(trend|compare|rank)(?:s|d|ed|ing)?\b(?! (?:to|with)\b)|(?:month by month|by month|monthly|over time)\b)", re.I)
FIRST = re.compile(r"^\W*(\w+)\W*(.*)$", re.S)


def _writes(words: str) -> bool:
    found = FIRST.match(words)
    return found is not None and found[1].lower() in ("call", "forget")


@command(
    "/figures asb grovehill",
    "/figures",
    "/figures trend burglary",
    "/figures compare asb grovehill highfield",
    "/figures rank vehicle",
    "/figures call berko Berkhamsted Castle, East, West",
    usage="[what] [place] [period] | trend … | compare … | rank … | call word places | forget word",
    writes=_writes,
)
def figures(enquiry: Enquiry, session: Session) -> Reply:
    """One number with its comparison; trends, comparisons and ranks; and what is held.

    On its own: what is held, to which month, from which source. With words: a number in a place, over a period. Trend shows
    the months, compare puts places side by side, rank puts the county's districts in order. Call teaches a word for a place.
    """
    words = plain(enquiry.words)
    if not words:
        return what_is_held(enquiry, session)
    found = FIRST.match(words)
    verb = VERBS.get(found[1].lower()) if found else None
    if verb and found:
        return verb(replace(enquiry, words=found[2]), session)
    if late := LATE.search(words):
        rest = f"{words[: late.start()]} {words[late.end() :]}"
        return VERBS[(late[1] or "trend").lower()](replace(enquiry, words=rest), session)
    return one_number(enquiry, session)
