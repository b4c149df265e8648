"""Which words of a pasted list name somebody: people and agencies, and no places."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sqlalchemy.orm import Session

from commands.plan.naming import POLICE, Mend, accountable, all_names, force_called, supporter
from models.base import Refusal
from models.near import key
from models.sources.log.apart import Known
from models.vocabulary import Vocabulary

BETWEEN = re.compile(r"\s*(?:[/;,+|&]|\band\b)\s*", re.I)


def who_there_is(session: Session) -> Known:
    """Every name there is, and how people shorten them. "Hemel" is short for an agency, but a place as well, and so is nobody."""
    whole = all_names(session)
    whole |= {POLICE} if force_called(POLICE, session) in whole else set()

    @cache
    def one(name: str) -> bool:
        if key(name) in whole:
            return True
        if any(meaning.kind == "place" for meaning in Vocabulary.of(session).phrases.get(key(name), ())):
            return False
        return _finds(accountable, name, session) or _finds(supporter, name, session)

    return Known(whole, lambda said: any(one(name) for name in (said, *BETWEEN.split(said)) if name.strip()))


def _finds(finds: Callable[[str, Session, Mend], object], name: str, session: Session) -> bool:
    try:
        finds(name, session, lambda near: near)
    except Refusal:
        return False
    return True
