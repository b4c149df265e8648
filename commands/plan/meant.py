"""Whether words without a command are about the action plan. Looked at before anything else of a line, so it is all patterns."""

from __future__ import annotations

import re

from commands.plan.refs import NO_GROUP
from models.sources.log.lines import is_list

STATUS = (
    r"(?:done|complete\w*|finished|sorted|on ?track|at ?risk|blocked|stuck|delayed|no (?:change|update)|as before|unchanged"
    r"|same(?= as before|\W*$))"
)
SAYS = rf"(?:(?:all |now |still |is |are |it's )*{STATUS}\b|[✅✔☑])"
NUMBER = r"(?:actions? )?#?\d{1,3}(?!\w|[.:/]\d|,\d{3})"
GROUP = rf"(?!(?:{NO_GROUP})\b)[a-z]{{2,12}}"
REF = rf"{GROUP}[-–/]?\d\d[-–/]\d{{1,4}}(?=\s*(?:[):.,]|$|\n|{SAYS}))|{GROUP}-\d\d-\d{{1,4}}\b|{GROUP} \d\d[- ]\d{{1,4}}(?=\s*:|\s+{SAYS})"
ROW = rf"{NUMBER}(?:(?:\s*(?:,|and|&|\+|-|–|to)\s*|\s+){NUMBER})*"  # 1, 2 and 5
VERB = r"(?:done|completed?|assign|reassign|close|reopen|withdraw|due|update|agree|decline)"
REST = (
    r"(?:(?:all )?(?:the |my )?(?:rest|others)|(?:all|everything)(?: else| others| mine| (?:of )?them| (?:my |the )?actions)?)"
    r"(?:\s*[:,-])?\s+"
)
# "3 done, 5 waiting on highways", "JAG-13-004 fitted", "rest no change", "from @who: …", "undo", "add … @who", "action: …"
SURE = re.compile(
    rf"^\W*(?:{ROW}(?:[).]?\s*$|\s*:|\s+~\s|[).]?\s*(?:[-–]\s*)?{SAYS}|\s+(?:for|from)\s+@\w)|{NUMBER}\s*(?:,\s*\d|(?:and|&)\s*\d)|{REF}|{REST}{SAYS}"
    rf"|{VERB}[\s:]+(?:{NUMBER}|{REF})|show (?:(?:{NUMBER})\W*(?:please\W*|page \d+)?$|{REF})|undo\b"
    r"|(?:update )?(?:from|for|on behalf of) @[\w.-]+\s*(?:[:,-]|#?\d)|(?:please )?(?:add|new)\b.*@\w"
    r"|(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b|actions?\s*:)",
    re.I | re.S,
)
# "4 gates fitted", or "10 worst wards"
PERHAPS = re.compile(rf"^\W*{NUMBER}[).]?\s+(?!%|(?:month|week|day|year|hour|minute)s?\b|of\b)\w", re.I)
BULLETS = re.compile(r"^\s*(?:[•▪◦*–-]|\d+[.)])\s|\t", re.M)
LISTS = re.compile(
    r"\b(?:my|our|overdue|open|late|blocked) actions?\b|\baction (?:plan|log)\b|\bwhat(?:'s| is|s)? overdue\b"
    r"|\b(?:what|which|show|list|see|how many|whose)\b(?!.*\bhelp\b).*\bactions\b"
    r"|\bactions\b.*\b(?:overdue|open|late|blocked|at risk|done|closed)\b",
    re.I,
)
# "no change", "gates are done"; "is burglary on track?" asks
NEWS_ALONE = re.compile(
    rf"^(?!.*\?|\W*(?:is|are|has|have|did|does|do|what|which|how|who|when|where)\b)(?:.*\b(?:is|are|been|now|all)\s+)?{STATUS}\W*$", re.I
)
MENTIONS = re.compile(r"\bactions\b|\bhelp\b.*\baction\b", re.I)
ADDS = re.compile(r"^\W*(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b[\s:,-]*|^\W*actions?\s*:\s*", re.I)
LINE = re.compile(rf"^\W*(?:{REF}|{NUMBER})[).:,-]?\s*{SAYS}|^\W*{REST}{SAYS}", re.I)  # a line of news, among others
NEWS = re.compile(rf"^\W*(?=(?:from|for|on behalf of)\s+@|{REST}{SAYS})", re.I)


def surely(text: str) -> bool:
    """Whether they are."""
    return bool(SURE.match(text) or LISTS.search(text) or (BULLETS.search(text) and is_list(text)))


def perhaps(text: str) -> bool:
    """Whether they may be: a number comes first, and what follows may still ask for figures."""
    return bool(PERHAPS.match(text) or NEWS_ALONE.match(text))


def mentions(text: str) -> bool:
    """Whether words that are nothing else speak of actions, which no figure counts: they are told what can be asked."""
    return bool(MENTIONS.search(text))


def said(text: str) -> str:
    """The words as they would follow /action."""
    return NEWS.sub("update ", ADDS.sub("add ", text, count=1), count=1)
