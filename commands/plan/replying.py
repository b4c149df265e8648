"""News typed as an answer to the message that asked for it, with no command and no number: it is of what is awaited."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.meant import STATUS, surely
from commands.plan.phrases import SAME
from models.actions import Action
from models.asking_again import awaited_of

THANKS = re.compile(r"(?:[\s,.;!-]+(?:(?:many\s+)?thanks|thank\s+you|thankyou|thx|cheers|ta))+\W*$", re.I)
THEY_ARE = r"(?:(?:it|that|they|this|we|i)(?:['’]?(?:s|re|m)|\s+(?:is|are|am))\s+|(?:still|now|just|all)\s+)"
NONE_NEW = r"no\s+(?:changes?|updates?)|nothing\s+(?:new|to\s+report)|nochange"
BEGINS = re.compile(
    rf"^(?!.*\?|\s*/)\W*{THEY_ARE}*(?:(?:a?waiting|chasing|waits)\b|{NONE_NEW}\b|{STATUS}(?=\W*$|\s*[,.;:!-]|\s+(?:as|because|by|due|for|but|until|with)\b))",
    re.I,
)
REST = re.compile(r"\s*[,;.\n]\s*(?:and\s+)?(?:all\s+)?(?:the\s+|my\s+)?(?:rest|others)\b.*$", re.I | re.S)


def answers(text: str) -> bool:
    """Whether words may be such an answer, as far as they alone tell."""
    return bool(BEGINS.match(THANKS.sub("", text))) and not surely(text)


def as_answer(text: str, enquiry: Enquiry, session: Session) -> str:
    """The words of /action that say the same, with references; empty where nothing is awaited of the asker."""
    awaited = [each.action for _, asked in awaited_of(enquiry.person, enquiry.at, session) for each in asked]
    if not awaited:
        return ""
    words = THANKS.sub("", text).strip()
    if " ".join(words.lower().strip(" .!").split()) in SAME:
        return f"update {', '.join(action.ref for action in awaited)} no change"
    return _of_one(awaited[0], words) if len(awaited) == 1 else f"update {words}"


def _of_one(action: Action, words: str) -> str:
    """All that is said is of the one that is awaited, but for what is said of the rest."""
    return f"update {action.ref} {words}" if REST.search(words) else f"update {action.ref} ~ {words}"
