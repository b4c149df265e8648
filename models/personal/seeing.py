"""Personal data stays out: what in a text may name a person of a case, who belongs in the case management system.

A name, or a given name alone, counts beside something that tells which person it is: a date of birth, an address, a postcode, a
telephone number, an NHS, crime or custody number, an e-mail address. Beside is within 200 characters, about two sentences. A date of
birth, an NHS number, a custody number and an e-mail address made of a name speak of one person by themselves. A reference to a case
counts for nothing: it is what is offered instead.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from models.personal.alone import alone
from models.personal.given_names import SURNAMES
from models.personal.identifiers import KINDS, Mark, born_straight_after, mail_and_pages, marks
from models.personal.names import PLACES, is_common, names, words_of

BESIDE = 200  # characters


@dataclass(frozen=True)
class Seen:
    """What was seen in a text that may name a person of a case; kinds alone, never the words."""

    kinds: tuple[str, ...]
    named: bool = True  # a name stood beside them

    def said(self) -> str:
        """As in "a name beside a date of birth and a postcode"."""
        *others, last = self.kinds
        kinds = f"{', '.join(others)} and {last}" if others else last
        return f"a name beside {kinds}" if self.named else kinds


def names_a_person(text: str, known: frozenset[str] = frozenset()) -> Seen | None:
    """What in a text may name a person of a case, or None.

    `known` holds the folded names (`near.folded`) of the partnership's places, agencies, groups, priorities and people: none is a case's.
    """
    read = plain(text)
    identifiers = marks(read)
    people = _people(read, identifiers, known)
    identifiers += filter(None, (born_straight_after(read, end) for _, end in people))
    beside = {mark for mark in identifiers if _beside(mark, people)}
    alone = [(mark.start, mark.end) for mark in identifiers if mark.alone]
    seen = {mark.kind for mark in identifiers if mark in beside or _beside(mark, alone)}
    return Seen(tuple(kind for kind in KINDS if kind in seen), bool(beside)) if seen else None


SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ′`´‛＇", "'"),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        **dict.fromkeys("“”„«»", '"'),
        "\u200b": " ",
    }
)
GAPS = re.compile(r"\s+")


def plain(text: str) -> str:
    """A text as if typed plainly: no accents, curly quotes, long dashes or hidden marks; one space, or one line's end, between words."""
    if not text.isascii():
        spelt = unicodedata.normalize("NFKD", text.translate(SIGNS))
        text = "".join(c for c in spelt if c.isascii() or unicodedata.category(c) not in ("Mn", "Cf"))
    return GAPS.sub(lambda gap: "\n" if re.search(r"[\n\t\r]", gap[0]) else " ", text)


def _people(text: str, identifiers: list[Mark], known: frozenset[str]) -> list[tuple[int, int]]:
    """(start, end) of names of persons, in order: none within an identifier, an e-mail address or that of a page."""
    if not text:
        return []
    taken = bytearray(len(text))
    for start, end in (*((mark.start, mark.end) for mark in identifiers), *mail_and_pages(text)):
        taken[start:end] = b"\1" * (end - start)
    words = words_of(text, known)
    people = {*names(words), *alone(words), *_families(text, known)}
    return sorted((start, end) for start, end in people if not any(taken[start:end]))


# "the Patel family", and no family centre or day.
NO_HOME = r"(?:and|centre|hub|support|fun|day|worker|court|group|service)s?\b"
FAMILY = re.compile(rf"(?<![^\W_])([^\W\d_]{{3,20}})\s(?:family|household)(?![^\W_])(?!\s{NO_HOME})", re.IGNORECASE)


def _families(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """A surname with "family": one that is known for one, or is written as a name and is no word."""
    for found in FAMILY.finditer(text):
        word = found[1].lower()
        named = word in SURNAMES or (found[1][0].isupper() and not is_common(word) and word not in PLACES)
        if named and not any(word in name.split() for name in known):
            yield found.start(1), found.end(1)


def _beside(mark: Mark, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order, is within two sentences of an identifier."""
    at = bisect_right(spans, (mark.start, mark.end))
    return any(mark.start - end <= BESIDE and start - mark.end <= BESIDE for start, end in spans[max(0, at - 1) : at + 1])
