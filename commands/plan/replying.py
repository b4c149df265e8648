"""News typed as an answer to the message that asked for it, with no command and no number: it is of what is awaited."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.meant import NEWS_ALONE, surely
from commands.plan.opening import STATUS
from commands.plan.phrases import SAME
from models.actions import Action
from models.asking_again import asked_of, awaited_of

THANKS = re.compile(r"(?:[\s,.;!-]+(?:(?:many\s+)?thanks|thank\s+you|thankyou|thx|cheers|ta))+\W*$", re.I)
LEADS_IN = re.compile(
    r"^\W*(?:(?:sorry|oops|hi|hello|ok(?:ay)?|yes|well|so|act[ua]{1,3}l+y|in fact|correction|my mistake"
    r"|(?:the )?wrong (?:one|answer|button|press))"
    r"\b[\s,.:;!-]+)+",
    re.I,
)
NOW = re.compile(rf"({STATUS})\s+(?:now|already)\W*$", re.I)
THEY_ARE = r"(?:(?:it|that|they|this|we|i)(?:['’]?(?:s|re|m)|\s+(?:is|are|am))\s+|(?:still|now|just|all)\s+)"
NONE_NEW = r"no\s+(?:changes?|updates?)|nothing\s+(?:new|to\s+report)|nochange"
BEGINS = re.compile(
    rf"^(?!.*\?|\s*/)\W*{THEY_ARE}*(?:(?:a?waiting|chasing|waits)\b|{NONE_NEW}\b|{STATUS}(?=\W*$|\s*[,.;:!-]|\s+(?:as|because|by|due|for|but|until|with|now|already|since|pending)\b))",
    re.I,
)
ASKS = (
    r"(?:what|whats|which|how|who|whose|when|where|why|is|are|was|were|has|have|had|did|does|do|can|could|would|should|will|may|shall|show|list|"
    r"find|give|tell|help|please|pls|need|want|send|get|compare|add|let)"
)
PAST = r"(?!(?:need|relat|bas|motivat|enabl|record|report|organis|aggravat)ed\b)\w{3,}ed"
# Words that tell of something: "spoke to the landlord", "gates ordered"; and not "drug dealing", "gang related", "i want a map".
TELLS = re.compile(
    rf"^(?!.*\?|\s*/|\W*{ASKS}\b|.*\b(?:i|we)(?:['’]?d)?\s+(?:need|want|would like|like|wonder)\b)"
    r"(?=.*\b(?:we|i|they|he|she|it|its|it['’]s|we['’]re|i['’]m|i['’]ve|we['’]ve|is|are|was|were|has|have|had|been|will|won['’]?t|spoke|spoken|met|came"
    rf"|went|sent|told|got|gave|made|put|began|{PAST}(?=\W*$|\s+(?:the|an?|to|by|on|for|with|and|but|in|at|from|last|this|yesterday|today)\b))\b)"
    r"\W*\w+\W+\w",
    re.I | re.S,
)
REST = re.compile(r"\s*[,;.\n]\s*(?:and\s+)?(?:all\s+)?(?:the\s+|my\s+)?(?:rest|others)\b.*$", re.I | re.S)


def answers(text: str) -> bool:
    """Whether words may be such an answer, as far as they alone tell."""
    return bool(BEGINS.match(_bare(text))) and not surely(text)


def tells(text: str) -> bool:
    """Whether words may be such an answer where they are nothing else: no question, no command, no figure."""
    return bool(TELLS.match(_bare(text)) or NEWS_ALONE.match(_bare(text)))


def as_answer(text: str, enquiry: Enquiry, session: Session) -> str:
    """The words of /action that say the same, with references; empty where the asker was asked for nothing.

    They are of what is awaited; where all is answered, of what was asked about, for that can be changed.
    """
    awaited = [each.action for _, asked in awaited_of(enquiry.person, enquiry.at, session) for each in asked]
    of = awaited or asked_of(enquiry.person, enquiry.at, session)
    if not of:
        return ""
    words = _bare(text)
    if awaited and " ".join(words.lower().strip(" .!").split()) in SAME:
        return f"update {', '.join(action.ref for action in awaited)} no change"
    return _of_one(of[0], words) if len(of) == 1 else f"update {words}"


def _bare(text: str) -> str:
    """The words without what leads in to them, or thanks."""
    return NOW.sub(r"\1", LEADS_IN.sub("", THANKS.sub("", text))).strip()


def _of_one(action: Action, words: str) -> str:
    """All that is said is of the one that is awaited, but for what is said of the rest."""
    return f"update {action.ref} {words}" if REST.search(words) else f"update {action.ref} ~ {words}"
