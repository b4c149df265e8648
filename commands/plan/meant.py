"""Whether words without a command are about the action plan. Looked at before anything else of a line, so it is all patterns."""

from __future__ import annotations

import re

from models.sources.log.lines import is_list

STATUS = r"(?:done|complete\w*|finished|sorted|on ?track|at ?risk|blocked|stuck|delayed|no (?:change|update)|as before|same|unchanged)"
SAYS = rf"(?:all |now |is |are |it's )*{STATUS}"
NUMBER = r"(?:action )?#?\d{1,3}(?!\w|[.:/]\d)"
REF = r"[a-z]{2,8}[- ]?\d\d-\d{1,4}"
VERB = r"(?:done|completed?|assign|reassign|show|close|reopen|withdraw|due|update|agree|decline)"
# "3 done, 5 waiting on highways", "JAG-13-004 fitted", "rest no change", "undo", "add … @who", "action: …"
SURE = re.compile(
    rf"^\W*(?:{NUMBER}\s*(?:$|:|,\s*\d|(?:and|&)\s*\d|{SAYS}\b)|{REF}\b|(?:the )?(?:all|rest|others)\b.{{0,12}}\b{SAYS}\b"
    rf"|{VERB} (?:{NUMBER}|{REF})|undo\b|(?:please )?(?:add|new)\b.*@\w"
    r"|(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b|actions?\s*:)",
    re.I | re.S,
)
PERHAPS = re.compile(rf"^\W*{NUMBER}\s+(?!%|months?\b|weeks?\b|days?\b|years?\b|of\b)\w", re.I)  # "4 gates fitted", or "10 worst wards"
BULLETS = re.compile(r"^\s*(?:[•▪◦*–-]|\d+[.)])\s|\t", re.M)
LISTS = re.compile(r"\b(?:my|our|overdue|open) actions?\b|\baction (?:plan|log)\b|\bwhat(?:'s| is|s)? overdue\b", re.I)
ADDS = re.compile(r"^\W*(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b[\s:,-]*|^\W*actions?\s*:\s*", re.I)


def surely(text: str) -> bool:
    """Whether they are."""
    return bool(SURE.match(text) or LISTS.search(text) or (BULLETS.search(text) and is_list(text)))


def perhaps(text: str) -> bool:
    """Whether they may be: a number comes first, and what follows may still ask for figures."""
    return bool(PERHAPS.match(text))


def said(text: str) -> str:
    """The words as they would follow /action."""
    return ADDS.sub("add ", text, count=1)
