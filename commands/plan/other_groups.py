"""Which other group something is handed to, and why, in the words people type."""

from __future__ import annotations

import re

from sqlalchemy import select

from commands.plan.sight import Sight
from commands.words import listed
from models.base import Refusal
from models.groups import Group
from models.near import key, nearest

TO = re.compile(r"^\s*(?:(?:on|up|over|back)\s+)?(?:(?:to|into)\s+)?(?:the\s+)?", re.I)
NAMED = re.compile(
    r"^\s*(?:(?:on|up|over|back)\s+)?(?:to|into)\s+(?:the\s+)?(?P<name>\w\S*(?:\s+\S+){0,5}?)\s*(?:\b(?:because|as|since)\b|[:,;.]|\s[–-]\s|$)",
    re.I,
)
WHY = re.compile(r"^[\s:,;–-]*(?:(?:because|as|since)\b[\s:,]*)?", re.I)
LONGEST = 6  # words of a group's name


def others(group: Group, sight: Sight) -> list[Group]:
    """The groups that something of this one may go to: those that are seen, and those that are no secret."""
    no_secret = sight.session.scalars(select(Group).where(~Group.private))
    known = {each.id: each for each in (*sight.groups, *no_secret) if each.id != group.id}
    return [known[number] for number in sorted(known)]


def is_known(name: str, group: Group, sight: Sight) -> bool:
    """Whether somebody knows of the other group that is called this."""
    return any(key(name) in each.names for each in others(group, sight))


def unseen(words: str, group: Group, sight: Sight) -> str:
    """The name, of "to raog because …", that is no group's which the asker knows, nor nearly; empty where it is, or there is none.

    It may be a private group's, or nobody's: nothing tells them which.
    """
    found = NAMED.match(words)
    name = found["name"] if found else ""
    names = {each for known in (group, *others(group, sight)) for each in known.names}
    return "" if not name or key(name) in names or nearest(key(name), names) else name


def group_and_why(words: str, group: Group, line: str, sight: Sight) -> tuple[Group, str]:
    """(to which group, why), of "to raog because it needs money"; `line` is what is asked before these words, for buttons.

    Refuses the group whose it is, and one that isn't known: alike whether it isn't there or may not be seen.
    """
    said, known = TO.sub("", words, count=1).split(), others(group, sight)
    for count in range(min(LONGEST, len(said)), 0, -1):
        name = key(" ".join(said[:count]))
        if name in group.names:
            raise Refusal(f"It is {group.name}'s already. Nothing was changed.", discreet="It is theirs already." if group.private else "")
        if found := next((each for each in known if name in each.names), None):
            return found, WHY.sub("", " ".join(said[count:]), count=1).strip()
    why = words.strip() if WHY.sub("", words.strip(), count=1) != words.strip() else ""
    names = listed([each.name for each in known], "or")
    raise Refusal(
        f"To which group? Expected {names}, such as: {line} to {known[0].key} because …" if known else "There is no other group here.",
        *((each.name, f"{line} to {each.key} {why}".strip()) for each in known),
        discreet="To which group?",
    )
