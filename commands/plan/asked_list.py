"""What a list of actions is asked to show: words in any order, forgivingly read; and the words that ask for it again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from commands.plan.list_words import NOISE, SCOPES, SHORTEST, Meaning, phrases
from commands.plan.rows import page_in
from commands.plan.sight import Sight
from commands.words import listed, plain
from models.base import Refusal
from models.groups import Group
from models.near import TAKEN, folded, key, likenesses
from models.partnership import Agency
from models.people import Person
from models.priorities import Priority
from models.vocabulary import Vocabulary

TOKEN = re.compile(r"[@#][\w.'-]*\w|[^\W_]+")
# Of several meanings of a phrase the first of these is taken. An agency comes before one person in it, but for a person's @.
KINDS: Mapping[str, tuple[str, ...]] = {
    "": ("scope", "group", "priority", "agency", "owner"),
    "@": ("chat", "owner", "agency"),
    "#": ("priority", "group"),
}


@dataclass(frozen=True)
class Wanted:
    """What a list is to show. Values of one kind add to each other; kinds narrow each other."""

    scopes: tuple[str, ...] = ()
    mine: bool = False
    priorities: tuple[Priority, ...] = ()
    owners: tuple[Person, ...] = ()
    agencies: tuple[Agency, ...] = ()
    groups: tuple[Group, ...] = ()
    page: int = 1
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def named(self) -> list[str]:
        """What it is narrowed to, in words: "burglary", "Hightown Housing Association"."""
        people = [owner.handle for owner in self.owners]
        return [*(p.key for p in self.priorities), *people, *(a.name for a in self.agencies), *(g.name for g in self.groups)]

    def words(self, **changes: Any) -> str:
        """The words that ask for it again, with some of it changed."""
        wanted = replace(self, **changes)
        tagged = [*(f"#{p.key}" for p in wanted.priorities), *(f"@{o.handle}" for o in wanted.owners)]
        said = [*wanted.scopes, *(["mine"] if wanted.mine else []), *tagged, *(a.name for a in wanted.agencies)]
        return " ".join([*said, *(g.name for g in wanted.groups), *([f"page {wanted.page}"] if wanted.page > 1 else [])])


def read(words: str, sight: Sight) -> Wanted:
    """Take the words apart. Refuses what it cannot place, with near words of what may be seen."""
    text, page = page_in(folded(plain(words)))
    tokens = TOKEN.findall(text)
    if not tokens:
        return Wanted(page=page)
    reading = Reading(phrases(sight), sight)
    reading.read(tokens)
    return replace(reading.wanted(), page=page)


@dataclass
class Reading:
    """Words on the way to being understood."""

    phrases: Mapping[str, Sequence[Meaning]]
    sight: Sight
    found: list[Meaning] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, tokens: Sequence[str]) -> None:
        """Find the longest phrases known, from left to right; then what the words left over are like."""
        longest = max(phrase.count(" ") for phrase in self.phrases) + 1
        at, unknown = 0, [[""]]
        while at < len(tokens):
            sign = tokens[at][0] if tokens[at][0] in "@#" else ""
            length = 0 if sign else self._known(tokens[at : at + longest])
            if length:
                self._take(key(" ".join(tokens[at : at + length])))
                unknown.append([])
            elif sign:
                self._guess([tokens[at][1:]], sign)
            elif tokens[at] in NOISE:
                unknown.append([])
            else:
                unknown[-1].append(tokens[at])
            at += length or 1
        for stretch in unknown:
            self._guess(list(filter(None, stretch)))

    def _known(self, tokens: Sequence[str]) -> int:
        """How many of the tokens are the longest phrase known."""
        said = next((i for i, token in enumerate(tokens) if token[0] in "@#"), len(tokens))
        lengths = range(said, 0, -1)
        return next((length for length in lengths if self._meanings(key(" ".join(tokens[:length])))), 0)

    def _meanings(self, phrase: str, sign: str = "") -> list[Meaning]:
        meanings = self.phrases.get(phrase, ())
        of_a_kind = ([m for m in meanings if m[0] == kind] for kind in KINDS[sign])
        return next(filter(None, of_a_kind), [])

    def _take(self, phrase: str, sign: str = "") -> None:
        self.found += [meaning for meaning in self._meanings(phrase, sign) if meaning not in self.found]

    def _guess(self, stretch: list[str], sign: str = "") -> None:
        """Read a stretch of words as what it is, or is much like; or ask whether that is what was meant."""
        while stretch:
            for length in range(min(3, len(stretch)), 0, -1):
                typed = " ".join(stretch[:length])
                near = self._alike(typed, sign)
                if near and near[0][1] >= TAKEN:
                    self._take(near[0][0], sign)
                    if near[0][0] != key(typed):
                        self.notes.append(f"I read “{sign}{typed}” as {self._name(near[0][0], sign)}.")
                    stretch = stretch[length:]
                    break
            else:
                raise self._unknown(stretch, sign)

    def _alike(self, typed: str, sign: str) -> list[tuple[str, float]]:
        if self._meanings(key(typed), sign):
            return [(key(typed), 100.0)]
        known = [phrase for phrase in self.phrases if self._meanings(phrase, sign)]
        return likenesses(key(typed), known) if len(typed) >= SHORTEST else []

    def _unknown(self, stretch: Sequence[str], sign: str) -> Refusal:
        """What to say of words nobody here knows. A group that is not seen is such a word."""
        whole = " ".join(stretch)
        near = [self._name(phrase, sign) for typed in (whole, *stretch) for phrase, _ in self._alike(typed, sign)]
        names = list(dict.fromkeys(near))[:3]
        priorities = [p.key for p in Vocabulary.of(self.sight.session).priorities.values()]
        hint = f"Did you mean {listed(names, 'or')}? " if names else ""
        groups = f", a group ({listed([g.name for g in self.sight.groups], 'or')})" if self.sight.groups else ""
        takes = (
            f"A list takes mine, overdue, open, done, closed, withdrawn, all or asked, "
            f"a priority ({listed(priorities, 'or')}), an @owner, an agency{groups}."
        )
        asks = [(name, f"/action list {self._words_with(name)}") for name in names]
        return Refusal(f"I don't know “{sign}{whole}”. {hint}{takes}", *asks, ("Open actions", "/action list"))

    def _words_with(self, name: str) -> str:
        return " ".join([self.wanted().words(), name]).strip()

    def _name(self, phrase: str, sign: str = "") -> str:
        kind, value = self._meanings(phrase, sign)[0]
        match kind:
            case "scope":
                return str(value)
            case "priority":
                return f"#{value.key}"
            case "owner" | "chat":
                return f"@{value.handle}"
        return str(value.name)

    def wanted(self) -> Wanted:
        """What has been found so far."""
        of: dict[str, list[Any]] = defaultdict(list)
        for kind, value in self.found:
            of["owner" if kind == "chat" else kind].append(value)
        scopes = tuple(scope for scope in SCOPES if scope in of["scope"] and scope != "mine")
        return Wanted(
            _narrowest(scopes),
            "mine" in of["scope"],
            tuple(of["priority"]),
            tuple(of["owner"]),
            tuple(of["agency"]),
            tuple(of["group"]),
            notes=tuple(self.notes),
        )


def _narrowest(scopes: tuple[str, ...]) -> tuple[str, ...]:
    """ "all overdue" are the overdue, and "open and blocked" the blocked."""
    narrower = tuple(scope for scope in scopes if scope != "all") or scopes
    part_of_open = {"overdue", "due before the meeting", "blocked", "at risk", "on track", "not reported", "red"} & set(narrower)
    return tuple(scope for scope in narrower if scope != "open") if part_of_open else narrower
