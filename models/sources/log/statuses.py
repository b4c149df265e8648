"""How an action stands, in the many words logs say it with."""

from __future__ import annotations

import re

from models.near import folded

# Red in a log is late or stuck; the lateness shows by itself, from the date.
SAID = {
    "not reported": "not reported|not started|not yet started|outstanding|open|new|pending|to do|todo|c f|carried forward|no|n|grey",
    "on track": "on track|ongoing|on going|in progress|underway|under way|on target|wip|started|active|green|g|partially complete",
    "at risk": "at risk|amber|a|delayed|behind|slipped|slipping|overdue|late|off track",
    "blocked": "blocked|red|r|on hold|stalled|stuck|waiting|awaiting",
    "done": "done|complete|completed|actioned|finished|achieved|discharged|blue|b|yes|y|✓|✔|☑",
    "closed": "closed|archived|signed off",
    "withdrawn": "withdrawn|cancelled|canceled|no longer required|not required|n a|na|removed|superseded|dropped",
}
STATUSES = tuple(SAID)
_PLAIN = {word: status for status, words in SAID.items() for word in words.split("|")}


def is_red(words: str) -> bool:
    """Whether a status is a colour alone, which says that something is wrong and not what."""
    return _bare(words) in ("red", "r")


def status_of(words: str) -> str | None:
    """One of STATUSES, or None for words that are none: "Completed" is "done", "A" is "at risk"."""
    return _PLAIN.get(_bare(words))


def _bare(words: str) -> str:
    return " ".join(re.findall(r"[a-z]+|[✓✔☑]", folded(words)))


def status_and_rest(words: str) -> tuple[str | None, str]:
    """(status, what is said besides): "On track - contractor booked" is ("on track", "contractor booked")."""
    whole = status_of(words)
    if whole or not words:
        return whole, ""
    first, *rest = re.split(r"\s+[-–—]\s+|[:;,.(\n]\s*", words, maxsplit=1)
    status = status_of(first) if rest and first else None
    return (status, rest[0].strip(" )")) if status else (None, words)
