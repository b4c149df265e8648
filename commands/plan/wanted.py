"""An action as it is asked for in a line: @people, #priority or #group, a group before a colon, and when it is due."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from commands.plan.dated import dated
from commands.plan.mentions import marked, supported_by, taken_out, tidied
from commands.plan.sight import Sight
from commands.words import listed
from models.base import Refusal
from models.due import Due
from models.groups import Group
from models.near import key, nearest
from models.priorities import Priority
from models.vocabulary import Vocabulary

HASH = re.compile(r"(?<![\w&#])#([A-Za-z][\w'-]*)")
LAST = re.compile(
    r"(?<!\bnext)(?<!\bnxt)(?<!\bby)(?<!\bdue)(?<!\bbefore)(?<!\buntil)(?<!\bthe)[\s,;(]+(?:for\s+|in\s+)?([A-Za-z]{3,12})\)?[\s.]*$", re.I
)
GROUP = re.compile(r"^\s*(?:for\s+)?([A-Za-z]{3,12})\s*:\s+|\bgroup\s+([A-Za-z]{3,12})\b", re.I)
TAKEN_APART = 4_000  # characters; a longer line is too long anyway


@dataclass(frozen=True)
class Wanted:
    """An action as asked for, its parts still words: what is missing is empty. `why` says what is wrong with its date."""

    wording: str = ""
    owner: str = ""
    supporters: tuple[str, ...] = ()
    priority: str = ""
    group: str = ""
    due: Due | None = None
    due_words: str = ""
    line: str = field(default="", compare=False)
    why: str = ""

    @property
    def missing(self) -> list[tuple[str, str]]:
        """What still has to be said: (field, in words)."""
        have = {"wording": self.wording, "owner": self.owner, "due": self.due or self.due_words}
        asked = (("wording", "what is to be done"), ("owner", "who is accountable"), ("due", "when it is due"))
        return [(name, said) for name, said in asked if not have[name]]

    def mend(self, typed: str, name: str) -> str:
        """The line with a name mended."""
        return f"/action add {self.line.replace(f'@{typed}', f'@{name}', 1)}"


def read_line(line: str, sight: Sight) -> Wanted:
    """Take a line apart; what is left is the action. Refuses a tag nobody knows."""
    if len(line) > TAKEN_APART:
        return Wanted(line, line=line)
    line = marked(line)
    text, group, priority = _tagged(line, sight)
    text, people = taken_out(text, sight.session)
    text, helping = supported_by(text, sight.session)
    found = dated(text, line, group or sight.default_group(), sight)
    owner, helping = people[0] if people else "", list(dict.fromkeys([*people[1:], *helping]))
    key_of = group.key if group else ""
    return Wanted(tidied(found.text), owner, tuple(helping), priority, key_of, found.due, found.typed, line, found.why)


def _tagged(line: str, sight: Sight) -> tuple[str, Group | None, str]:
    """(the line without its tags, the group, the priority's key). A tag nobody knows, or a second of a kind, is asked about."""
    group, priority, whole = None, "", line
    said: dict[str, str] = {}
    if found := GROUP.search(line):
        group = sight.group_named(found[1] or found[2])
        line = line.replace(found[0], " ", 1) if group else line
    if group is None and (found := LAST.search(line)) and (group := sight.group_named(found[1])):
        line = line[: found.start()]  # said at the end: it must not land where more people see it
    for tag in HASH.findall(line):
        if named := priority_named(tag, sight.session):
            kind, other, priority = "priority", priority not in ("", named.key), named.key
        elif seen := sight.group_named(tag):
            kind, other, group = "group", "group" in said and group is not seen, seen
        else:
            raise unknown_tag(tag, whole, sight)
        if other:
            raise _which_tag(kind, said[kind], tag, whole)
        said[kind] = tag
        line = re.sub(rf"(?:\bfor\s+|\bin\s+)?#{re.escape(tag)}\b", " ", line, count=1, flags=re.I)
    return line, group, priority


def priority_named(words: str, session: Session) -> Priority | None:
    """The priority these words mean, by its names or by those of its measures."""
    vocabulary = Vocabulary.of(session)
    for meaning in vocabulary.phrases.get(key(words), ()):
        if meaning.kind == "priority":
            return vocabulary.priorities[meaning.id]
        if meaning.kind == "measure" and (owner := vocabulary.measures[meaning.id].priority_id):
            return vocabulary.priorities[owner]
    return None


def _which_tag(kind: str, first: str, second: str, line: str) -> Refusal:
    """Which of two tags of one kind is meant: a button for each has the line without the other."""

    def without(tag: str) -> str:
        return " ".join(re.sub(rf"#{re.escape(tag)}\b", "", line, flags=re.I).split(" "))

    asks = [(f"#{tag}", f"/action add {without(other)}") for tag, other in ((first, second), (second, first))]
    return Refusal(f"An action has one {kind}. Which: #{first} or #{second}?", *asks, field=kind)


def unknown_tag(tag: str, line: str, sight: Sight) -> Refusal:
    """That nobody knows a tag, with those it may have meant."""
    known = [p.key for p in Vocabulary.of(sight.session).priorities.values()]
    near = nearest(tag.lower(), [*known, *(group.key for group in sight.groups)])
    hint = f"Did you mean {listed([f'#{each}' for each in near], 'or')}?" if near else f"I know {listed([f'#{each}' for each in known])}."
    return Refusal(
        f"I don't know #{tag}. {hint}",
        *((f"#{each}", f"/action add {line.replace(f'#{tag}', f'#{each}', 1)}") for each in near),
        ("Leave it out", f"/action add {line.replace(f'#{tag}', '', 1)}"),
        field="priority",
    )
