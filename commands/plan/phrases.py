"""The words people have for how an action stands, and where a text begins with them."""

from __future__ import annotations

import re

from models.actions import AT_RISK, BLOCKED, DONE, ON_TRACK

PHRASES: dict[str, tuple[str, ...]] = {
    DONE: (
        "done",
        "complete",
        "completed",
        "finished",
        "sorted",
        "all done",
        "is done",
        "now done",
        "now complete",
        "job done",
        "discharged",
    ),
    ON_TRACK: (
        "on track",
        "ontrack",
        "back on track",
        "on target",
        "on schedule",
        "going well",
        "in hand",
        "underway",
        "under way",
        "in progress",
        "green",
    ),
    AT_RISK: ("at risk", "atrisk", "slipping", "delayed", "running late", "late", "amber", "behind", "behind schedule"),
    BLOCKED: ("blocked", "stuck", "held up", "on hold", "stalled", "red"),
}
SAME = (
    "no change",
    "nochange",
    "no changes",
    "nc",
    "as before",
    "same as before",
    "same",
    "unchanged",
    "nothing to report",
    "no update",
    "nothing new",
)
STATUS = {phrase: status for status, phrases in PHRASES.items() for phrase in phrases}
ALONE = frozenset({"green", "amber", "red", "late", "behind", "same", "nc", "sorted"})  # a status only where nothing goes on with them
ANY = "|".join(sorted(map(re.escape, (*STATUS, *SAME)), key=len, reverse=True)).replace(r"\ ", r"\s+")
LEADING = re.compile(
    r"(?:(?:it|this|that|they|which|all|now|still|is|are|it's|its|was|been|has been|have been)\s+){0,3}(?P<phrase>"
    + ANY
    + r")(?![\w'-])(?!\s*\?)(?!\s+(?:some|half|part|parts|most|nothing|bits?|tape|light)\b)(?P<stop>\s*[,;:.!\-]*)\s*",
    re.I,
)
BUT_FOR = re.compile(r"\s*(?:bar|except(?:ing)?|apart from|but for|but not|other than|save for)\b", re.I)  # then it is not done


def leading(text: str) -> tuple[str, int] | None:
    """(the phrase in lower case, where what follows it begins), where a text begins with how an action stands."""
    found = LEADING.match(text)
    if not found:
        return None
    phrase = " ".join(found["phrase"].lower().split())
    goes_on = found.end() < len(text) and not found["stop"].strip()
    if (goes_on and phrase in ALONE) or (STATUS.get(phrase) == DONE and BUT_FOR.match(text, found.end())):
        return None
    return phrase, found.end()
