"""What has all of some words, whatever their case, accents and number: the one way in which texts are searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from commands.plan.rows import short
from commands.plan.sight import Sight
from commands.words import CURLY
from models.near import folded, stem

WORD = re.compile(r"[^\s\-/.,;:!?()\"'\[\]{}<>|\\]+")
BEFORE, AFTER, SNIPPET = 5, 12, 140  # words around what was found, and characters of them all
ROOT = 4  # letters; a shorter word keeps its y


@dataclass(frozen=True)
class Found:
    """Something that has all the words: where it stands, the words around them, and when that was written.

    It is of an action, by its id; or else it says itself what it is `about`, in which state, and what shows it, (label, line).
    `private` is its group's name where that is a private one.
    """

    action_id: int
    ref: str
    where: str
    snippet: str
    open: bool
    at: datetime
    about: str = ""
    status: str = ""
    shows: tuple[str, str] = ("", "")
    private: str = ""


Searches = Callable[[Sequence[str], Sight], Iterable[Found]]


def first_with(terms: Sequence[str], texts: dict[str, str]) -> tuple[str, str] | None:
    """(where, the words there): the text that has all the terms, or, where they are spread over several, the one with the first."""
    plainly = {where: comparable(text) for where, text in texts.items()}
    if not all(any(term in text for text in plainly.values()) for term in terms):
        return None
    most = max(plainly, key=lambda where: sum(term in plainly[where] for term in terms))
    return most, _around(texts[most], terms)


def comparable(text: str) -> str:
    """A text as words are looked for in it: folded, and without plurals."""
    return " ".join(stem(word) for word in WORD.findall(folded(text.translate(CURLY))))


def _around(text: str, terms: Sequence[str]) -> str:
    """The words around the first of the terms."""
    words = text.split()
    at = next((i for i, word in enumerate(words) if any(term in comparable(word) for term in terms)), 0)
    first, last = max(0, at - BEFORE), at + AFTER
    cut = " ".join(words[first:last])
    return short(f"{'…' if first else ''}{cut}{'…' if last < len(words) else ''}", SNIPPET)


class InBytes(GenericFunction[int]):
    """How long a text is in bytes: longer than in characters where it has any beyond ASCII."""

    inherit_cache = True
    name = "octet_length"


@compiles(InBytes, "sqlite")
def _in_bytes(element: InBytes, compiler: Any, **how: Any) -> str:
    return f"length(cast({compiler.process(element.clauses.clauses[0], **how)} as blob))"


def may_have(terms: Sequence[str], columns: Sequence[Any]) -> ColumnElement[bool]:
    """Rows that may have all the terms: no database folds accents as we do, so that texts beyond ASCII are all looked at here."""
    beyond = or_(*(InBytes(column) != func.length(column) for column in columns))
    return or_(beyond, and_(*(or_(*(_has(term, column) for column in columns)) for term in terms)))


def _has(term: str, column: Any) -> ColumnElement[bool]:
    """Whether a text of ASCII has a term, as `folded` would have it; "burglary" is looked for as "burglar", which is in its plural too."""
    bare = func.replace(func.replace(column, "'", ""), "&", " and ", type_=Text)
    root = term[:-1] if len(term) > ROOT and term.endswith("y") else term
    return bare.icontains(root, autoescape=True)
