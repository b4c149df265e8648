"""What to say of words that nobody here knows: what they are like, and what is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.words import listed
from models.base import Refusal
from models.near import TAKEN, folded, key, likenesses
from models.vocabulary import Place, Vocabulary

if TYPE_CHECKING:
    from commands.asked import Asked

ROAD = frozenset("street road lane avenue close drive crescent court terrace gardens".split())
SHORTEST = 4  # letters; a shorter word is like too many others to be guessed
ALIKE = 70  # of 100, from which a word is worth offering


def unknown_words(stretch: list[str], asked: Asked) -> Refusal:
    """What to say of words that are like nothing known, or only somewhat like it."""
    vocabulary = asked.vocabulary
    if ROAD & set(stretch):
        return _a_street(" ".join(stretch), asked)
    for typed in (" ".join(stretch), *stretch):
        near = alike(typed, vocabulary) if len(typed) >= SHORTEST - 1 else []
        names = list(dict.fromkeys(vocabulary.said[phrase] for phrase, _ in near))[:3]
        if names:
            whole = " ".join(stretch)  # all of it is explained: a part left standing would be refused again
            asks = tuple((name, respelt(_without_rivals(name, asked), whole, name)) for name in names)
            return Refusal(f"I don't know “{whole}”. Did you mean {listed(names, 'or')}? {what_is_held(vocabulary)}", *asks)
    return Refusal(f"I don't know “{' '.join(stretch)}”. {what_is_held(vocabulary)}")


def _a_street(typed: str, asked: Asked) -> Refusal:
    """A street is a point and is listed, never asked for: one name is many points."""
    words = f"I don't look up one street, such as “{typed}”: reports are moved to points, and one name is many of them."
    subject = asked.subjects[0].words if asked.subjects else next((p.key for p in asked.vocabulary.priorities.values()), "asb")
    return Refusal(
        f"{words} I list streets by their counts, within a ward or the borough.", ("By street", f"/hotspots {subject} by street")
    )


def _without_rivals(name: str, asked: Asked) -> str:
    """The line without the thing read in it already, where the name is a thing too: one is asked at a time."""
    if all(meaning.kind == "place" for meaning in asked.vocabulary.phrases[key(name)]):
        return asked.line
    read = {word for subject in asked.subjects for word in key(subject.phrase).split()}
    return " ".join(word for word in asked.line.split() if key(word) not in read)


def respelt(line: str, typed: str, name: str) -> str:
    """The line with a misspelling mended."""
    return re.sub(r"\W+".join(map(re.escape, typed.split())), name, folded(line), count=1)


def what_is_held(vocabulary: Vocabulary) -> str:
    """One sentence naming what may be asked about."""
    names = ", ".join(priority.key for priority in vocabulary.priorities.values())
    return f"I hold {names}; and places such as {listed([p.name for p in examples_of_places(vocabulary)], 'or')}."


def examples_of_places(vocabulary: Vocabulary) -> Iterator[Place]:
    """Two places people could ask about."""
    levels = ("ward", "beat", "district")
    yield from sorted(
        (p for p in vocabulary.places.values() if p.own and p.level in levels), key=lambda p: (levels.index(p.level), p.name)
    )[:2]


def alike(typed: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Phrases like what was typed. A short word must be more alike: "farm" is not "fear"."""
    least = ALIKE if len(typed) > SHORTEST else TAKEN - 7
    return [(p, score) for p, score in likenesses(key(typed), vocabulary.phrases) if score >= least and abs(len(p) - len(typed)) < 6]
