"""News that the coordinator enters for an agency named without an @: "for Hightown: gates fitted", "gates fitted, from DENS"."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.permissions import NO
from commands.plan.naming import ARTICLE, force_called
from commands.plan.saying import NOT_THEIR_WORD
from commands.plan.sight import Sight
from models.actions import Action
from models.near import key
from models.partnership import Agency
from models.people import Person

NAME = r"(?P<name>[^\W\d_][\w&'. -]{1,60}?)"
FIRST = re.compile(rf"^\W*(?:from|for|on behalf of)\s+{NAME}\s*(?::|\s[-–]\s)\s*", re.I)
LAST = re.compile(rf"(?:^|(?<=[\s.…,;:(]))(?:for|from|per|via|on behalf of)\s+{NAME}[)\s.!]*$", re.I)


def of_the_owner(words: str, action: Action, sight: Sight) -> tuple[str, Person | None]:
    """(the words, whose word they are): the owner's, where the coordinator says it for the owner's agency; else as they stand."""
    if sight.may("update for somebody", action) == NO or action.owner.id == sight.person.id:
        return words, None
    for pattern in (FIRST, LAST):
        found = pattern.search(words)
        if found and action.owner.agency and _is(found["name"], action.owner.agency, sight.session) and _said_by(found, words):
            return f"{words[: found.start()]}{words[found.end() :]}".strip(" ,;(-–"), action.owner
    return words, None


def left_as_words(words: str, action: Action, sight: Sight) -> str:
    """What to note where words look like somebody else's and were kept as their writer's own; empty where they do not."""
    first, last = FIRST.search(words), LAST.search(words)
    if sight.may("update for somebody", action) == NO:
        others = (first and not _own(first["name"], sight)) or (last and _said_by(last, words) and _of_another(last["name"], sight))
        return "Saved as your own word. Only the coordinator enters somebody else's." if others else ""
    named = first["name"] if first else last["name"] if last and _said_by(last, words) and _agency(last["name"], sight.session) else ""
    return f"Saved as your own word. To enter the owner's: /action update {action.ref} … for @{action.owner.handle}" if named else ""


def _said_by(found: re.Match[str], words: str) -> bool:
    """Whether it is not something awaited from them."""
    return not NOT_THEIR_WORD.search(words[: found.start()])


def _agency(name: str, session: Session) -> bool:
    return any(_is(name, agency, session) for agency in session.scalars(select(Agency)))


def _of_another(name: str, sight: Sight) -> bool:
    """Whether it is an agency's name, and not that of one's own."""
    return _agency(name, sight.session) and not _own(name, sight)


def _own(name: str, sight: Sight) -> bool:
    """Whether it is one's own agency's name."""
    own = sight.person.agency
    return own is not None and _is(name, own, sight.session)


def _is(name: str, agency: Agency, session: Session) -> bool:
    """Whether an agency is called so: whole, by its beginning or end, by its initials; the force is the police."""
    wanted, words = key(ARTICLE.sub("", name)).split(), key(agency.name).split()
    initials = "".join(word[0] for word in words if word not in ("of", "the", "and"))
    if not wanted or wanted in (words[: len(wanted)], words[-len(wanted) :], [initials]):
        return bool(wanted)
    return force_called(name, session) == key(agency.name)
