"""News of one's own action in plain words, with no number: "the underpass is blocked: no power", "fence done", "lights are in"."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.noise import NOISE
from commands.plan.owned import open_of
from commands.plan.replying import ASKS, tells
from commands.plan.sight import Sight
from commands.plan.unnamed import HOW
from models.near import cut, stem

LONGEST = 300  # characters; what is longer was pasted
BESIDE = re.compile(rf"^(?!.*\?|\s*/|\W*{ASKS}\b)\W*\w.*?{HOW.pattern}", re.I | re.S)
SMALL = NOISE | frozenset("with been that they this have there into onto over still just also last next were will next".split())


def may_be_news(text: str) -> bool:
    """Whether words without a command may be that, as far as they alone tell."""
    return len(text) <= LONGEST and (says_how(text) or tells(text))


def says_how(text: str) -> bool:
    """Whether they say of something how it stands."""
    return bool(BESIDE.match(text)) and bool(_words(text))


def of_their_own(enquiry: Enquiry, session: Session) -> bool:
    """Whether they share a word with an open action of the asker's own."""
    said = _words(enquiry.words)
    return bool(said) and any(said & _words(action.wording) for action in open_of(enquiry.person, Sight.of(enquiry, session)))


def _words(text: str) -> set[str]:
    """The words of a text that tell one thing from another, without how it stands."""
    return {stem(word) for word in cut(HOW.sub(" ", text).lower()) if len(word) > 3 and word not in SMALL}
