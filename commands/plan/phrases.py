"""The words people have for how an action stands, and where a text begins with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
        "dun",
        "✅",
        "✔",
        "☑",
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
        "🟢",
    ),
    AT_RISK: ("at risk", "atrisk", "slipping", "delayed", "running late", "late", "amber", "behind", "behind schedule", "🟡", "🟠"),
    BLOCKED: ("blocked", "stuck", "held up", "on hold", "stalled", "red", "🔴"),
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
SIGNS = ("👍", "👎", "👌", "❌", "✖", "✗", "✘", "❎", "🚫", "⛔")  # which say something, and not how it stands
STATUS = {phrase: status for status, phrases in PHRASES.items() for phrase in phrases}
# A status only where nothing goes on with them, or what does says why: "amber waiting on x", and not "amber light is out".
TINTS = " \ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # what may stand behind an emoji
ALONE = frozenset({"green", "amber", "red", "late", "behind", "same", "nc", "sorted", "dun"})
WHY = re.compile(r"(?:a?waiting|waits|as|because|due\s+to|since|until|till?|pending|while|now|still)\b", re.I)
ANY = "|".join(sorted(map(re.escape, (*STATUS, *SAME, *SIGNS)), key=len, reverse=True)).replace(r"\ ", r"\s+")
LEADING = re.compile(
    r"(?:(?:it|this|that|they|which|all|now|still|is|are|it's|its|was|been|has been|have been)\s+){0,3}(?P<phrase>"
    + ANY
    + r")(?![\w'-])(?!\s*\?)(?!\s+(?:some|half|part|parts|most|nothing|bits?|tape|light)\b)"
    r"(?P<stop>[\ufe0f\U0001f3fb-\U0001f3ff]*\s*[,;:.!\-]*)\s*",
    re.I,
)
BUT_FOR = re.compile(r"\s*(?:bar|except(?:ing)?|apart from|but for|but not|other than|save for)\b", re.I)  # then it is not done
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
DAY = rf"(?:{WEEKDAY}|tomorrow|tmrw|tmw|tomoz|weekend|christmas|xmas|easter|end|ne?xt|{MONTH}|\d{{1,2}}(?:st|nd|rd|th|[/.-]\d+|\s+{MONTH}))"
# "done tmrw", "done by friday": it is said when it will be, and it is not done now.
LATER_ON = re.compile(
    rf"\s*(?:(?:soon|shortly|asap|tomorrow|tmrw|tmw|tomoz|later(?!\s+than))\b|(?:by|before|until|till?)\s+(?:the\s+)?{DAY}\b"
    r"|in\s+(?:a|an|one|two|three|four|\d+)\s+(?:days?|weeks?|wks?|fortnights?|months?)\b"
    rf"|(?:(?:at\s+)?the\s+)?end\s+of\s+(?:the\s+|this\s+|ne?xt\s+)?(?:day|week|month|year|{MONTH})\b"
    rf"|ne?xt\s+(?:week|month|year|jag|meeting|{WEEKDAY})\b)",
    re.I,
)
ALONE_STANDS = re.compile(r"(?P<words>[a-z]{2,}(?:\s+[a-z]{2,})?)\s*(?:$|[,;:.!]|\s-)[\s,;:.!-]*", re.I)
SHORTEST = 5  # letters; of a shorter word only two that changed places, or one left out within it, are a slip: "doen", "dne"
NO_SLIP = frozenset({"no chance"})


def leading(text: str) -> tuple[str, int] | None:
    """(the phrase in lower case, where what follows it begins), where a text begins with how an action stands."""
    found = LEADING.match(text)
    if not found:
        return misspelt(text)
    phrase = " ".join(found["phrase"].lower().split())
    goes_on = found.end() < len(text) and not found["stop"].strip(TINTS)
    if goes_on and phrase in ALONE and not WHY.match(text, found.end()):
        return None
    if STATUS.get(phrase) == DONE and (BUT_FOR.match(text, found.end()) or (goes_on and LATER_ON.match(text, found.end()))):
        return None
    return phrase, found.end()


def misspelt(text: str) -> tuple[str, int] | None:
    """The same of a phrase that is misspelt: "blockd: no key". Only of one that stands by itself, its letters left out or turned round.

    "locked", "struck" and "installed" are as like a status as that, and are none: they begin otherwise, or have letters it has not.
    """
    found = ALONE_STANDS.match(text)
    typed = " ".join(found["words"].lower().split()) if found else ""
    if found is None or len(typed) < 3 or typed in NO_SLIP:
        return None
    wanted = [each for each in (*STATUS, *SAME) if each not in ALONE and each[0] == typed[0] and set(typed) <= set(each)]
    meant = _nearest(typed, wanted) if wanted else ""
    return (meant, found.end()) if meant else None


def _nearest(typed: str, wanted: Sequence[str]) -> str:
    from models.near import SHORT, TAKEN, likenesses, slip

    near = likenesses(typed, wanted) if len(typed) >= SHORTEST else []
    as_long = [each for each in wanted if abs(len(each) - len(typed)) < 2]  # "finish" is not "finished"
    left_out = [each for each in wanted if len(each) == SHORT == len(typed) + 1 and each[-1] == typed[-1]]
    return near[0][0] if near and near[0][1] >= TAKEN else slip(typed, as_long) or next(iter(left_out), "")
