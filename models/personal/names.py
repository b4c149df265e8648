"""Which words of a text are somebody's name, as people write them: Mr Smith, john smith, J. Smith, SMITH John, Szymon Kowalczyk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from models.near import cut, stem
from models.personal.given_names import (
    COMMON,
    GIVEN,
    LABELS,
    LOWER_SURNAMES,
    MONTHLY,
    ORGANISATIONS,
    PARTICLES,
    PLAINLY_STREETS,
    ROYAL,
    STREETS,
    SURNAMES,
    TITLES,
    WORDLY,
    WORDLY_SURNAMES,
)

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
JOINED = re.compile(r"[\s*_~]{1,4}")  # with the marks that chat makes bold and italic of
DOTTED = re.compile(r"\.?[\s*_~]{0,4}")
LABELLED = re.compile(r"[\s*_~:]{1,5}")
COMMA = re.compile(r",\s?")
ENDINGS = tuple("ing ed tion sion ment ness ity ly able ible ance ence ive ous ful less ship ise ize ised ical ology".split())
PLACES = STREETS | ORGANISATIONS
FAMILIES = SURNAMES | WORDLY_SURNAMES
BEFORE_PLACES = frozenset("in at near behind outside around along off towards opposite".split())
BEFORE_LETTERS = frozenset("flat unit block class area zone phase wing room plan tier option category type grade section m a b".split())
CALLED_AFTER = frozenset("st saint operation op project".split())  # what follows is a saint's, or no person's


class Word(NamedTuple):
    """A word of a text: as written, folded, where it stands, what stands before it, and in how long a known name."""

    text: str
    key: str
    start: int
    end: int
    gap: str
    known: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return self.text.isupper() and len(self.text) > 1


def names(words: Sequence[Word]) -> list[tuple[int, int]]:
    """(start, end) of each name of a person, of two words or more, among the words of a text."""
    found = []
    for i in range(len(words) - 1):
        j = _family(words, i)
        if _is_name(words, i, j):
            found.append((words[i].start, words[j].end))
    return found


def is_given(word: str) -> bool:
    """Whether a folded word is a given name and no other word of English."""
    return word in GIVEN or word.partition("-")[0] in GIVEN


def is_common(word: str) -> bool:
    """Whether a folded word is a word of plain English, or of the trade's, and not chiefly a name."""
    if is_given(word) or word in SURNAMES:
        return False
    return any(map(_english, word.split("-")))


def _english(word: str) -> bool:
    if word in COMMON or stem(word) in COMMON or word.removesuffix("es") in COMMON:
        return True
    return len(word) > 4 and word.endswith(ENDINGS)


def words_of(text: str, known: frozenset[str] = frozenset()) -> list[Word]:
    """The words of a text of plain letters; `known` holds folded names that are no person's."""
    words, last = [], 0
    for found in WORD.finditer(text):
        gap = text[last : found.start()]
        key = found[0].lower().removesuffix("'s").replace("'", "")
        words.append(Word(found[0], key, found.start(), found.end(), gap, 1 if gap[-1:] in ("@", "#") else 0))
        last = found.end()
    for first, length in _known_runs(words, known):
        words[first : first + length] = [w._replace(known=max(w.known, length)) for w in words[first : first + length]]
    return words


def _known_runs(words: list[Word], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(first word, how many) of the known names in the text."""
    longest = _longest(known)
    plain = [" ".join(cut(w.text.lower().replace("'", ""))) for w in words] if known else []
    for i, first in enumerate(plain):
        for length in range(longest.get(first.partition(" ")[0].removesuffix("s"), 0), 0, -1):
            run = " ".join(plain[i : i + length])
            if run in _as_cut(known) or " ".join([*plain[i : i + length - 1], words[min(i + length, len(words)) - 1].key]) in _as_cut(
                known
            ):
                yield i, length
                break


@lru_cache(maxsize=8)
def _as_cut(known: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(cut(name)) for name in known)


@lru_cache(maxsize=8)
def _longest(known: frozenset[str]) -> dict[str, int]:
    """The most words of a known name, by its first word without its s."""
    longest: dict[str, int] = {}
    for name in _as_cut(known):
        first = name.partition(" ")[0].removesuffix("s")
        longest[first] = min(8, max(longest.get(first, 0), name.count(" ") + 1))
    return longest


def _family(words: Sequence[Word], i: int) -> int:
    """The word that would be the surname, past de, van der and the like."""
    j = i + 1
    while words[j].key in PARTICLES and j - i < 3 and j + 1 < len(words) and JOINED.fullmatch(words[j + 1].gap):
        j += 1
    a = words[i]
    return j if is_given(a.key) or (a.key in WORDLY and a.capital) or a.key in TITLES or len(a.text) == 1 else i + 1


def _is_name(words: Sequence[Word], i: int, j: int) -> bool:
    a, b = words[i], words[j]
    before = words[i - 1].key if i else ""
    if not (a.text[0].isalpha() and b.text[0].isalpha()) or max(a.known, b.known) > 1:
        return False
    if before in CALLED_AFTER or a.text.endswith("'s"):  # St John, Jack's Hill
        return False
    if _titled(a, b) or _initialled(a, b, before):
        return not (next_is(words, j, PLAINLY_STREETS) or _organisation_follows(words, j))
    if _is_place(words, j, a):
        return False
    if j > i + 1 and a.capital and b.capital:  # Jan van der Berg
        return True
    return _given_first(a, b) or _given_last(a, b) or (_unheard_of(a, b, before) and not in_a_long_place(words, j))


def _titled(a: Word, b: Word) -> bool:
    if a.key in TITLES and DOTTED.fullmatch(b.gap):
        family = b.key in FAMILIES if b.capital else b.key in SURNAMES
        return family or (len(b.text) == 1 and b.key not in "ai") or not (is_common(b.key) or b.key in PLACES)
    if a.key in LABELS and LABELLED.fullmatch(b.gap):
        return b.key in SURNAMES or (b.capital and not b.known and not is_common(b.key) and b.key not in PLACES)
    return False


def _initialled(a: Word, b: Word, before: str) -> bool:
    if a.key in SURNAMES and a.capital and len(b.text) == 1 and (JOINED.fullmatch(b.gap) or COMMA.fullmatch(b.gap)):
        return b.capital and b.text not in "AI"
    if len(a.text) > 1 or before in BEFORE_LETTERS or b.known or len(b.text) < 2 or not DOTTED.fullmatch(b.gap):
        return False
    if not (a.capital and b.capital) or (a.text in "AI" and "." not in b.gap):
        return b.key in SURNAMES or (b.key in LOWER_SURNAMES and a.key not in "ai")
    return b.key in FAMILIES or not (is_common(b.key) or b.key in PLACES or _acronym(b))


def _given_first(a: Word, b: Word) -> bool:
    if not JOINED.fullmatch(b.gap) or a.known:
        return False
    if not is_given(a.key):
        surnames = SURNAMES if a.key in COMMON else SURNAMES | LOWER_SURNAMES
        return a.key in WORDLY and (b.key in surnames or (a.capital and b.capital and _follows_wordly(a, b)))
    if not b.capital:
        return b.key in SURNAMES or b.key in LOWER_SURNAMES or (len(b.text) > 2 and not b.known and not is_common(b.key))
    if len(b.text) == 1:
        return b.text not in "AI"
    return b.key in FAMILIES or b.key not in COMMON


def _follows_wordly(a: Word, b: Word) -> bool:
    return a.key not in MONTHLY and not b.known and not _acronym(b) and (b.key in WORDLY_SURNAMES or not is_common(b.key))


def _given_last(a: Word, b: Word) -> bool:
    """SMITH John, Smith, John and smith john."""
    comma = COMMA.fullmatch(b.gap)
    if not (comma or JOINED.fullmatch(b.gap)) or a.known or len(a.text) < 2:
        return False
    family = a.key in SURNAMES or (a.shouted and len(a.text) > 2 and not is_common(a.key))
    if is_given(b.key):
        opens = a.capital and (not a.gap or "\n" in a.gap) and not is_given(a.key) and not is_common(a.key)
        return family or bool(comma and opens)
    return family and b.key in WORDLY and b.capital and (comma is not None or (a.shouted and not b.shouted))


def _unheard_of(a: Word, b: Word, before: str) -> bool:
    """Two words that are neither English nor known, and are written as names are."""
    if not JOINED.fullmatch(b.gap) or a.known or b.known or _a_word(a.key) or len(a.text) < 3 or _acronym(a) or a.key in PLACES:
        return False
    if b.key in SURNAMES and (a.capital <= b.capital):
        return True
    if before in BEFORE_PLACES and a.key not in SURNAMES:
        return False
    return a.capital and b.capital and len(b.text) > 1 and not is_common(b.key) and not _acronym(b)


def _a_word(key: str) -> bool:
    return key in WORDLY_SURNAMES or is_common(key)  # Black Honda


def _acronym(word: Word) -> bool:
    return word.shouted and len(word.text) < 5 and word.key not in SURNAMES and not is_given(word.key)


def _is_place(words: Sequence[Word], j: int, a: Word) -> bool:
    """Whether what would be a name is a street's or an organisation's: Alexandra Road, Prince Edward Street, Thomas Coram School."""
    b = words[j]
    if b.key in PLACES and not (b.key in FAMILIES and b.capital and is_given(a.key) and a.key not in ROYAL):
        return True
    if next_is(words, j, PLAINLY_STREETS) or (next_is(words, j, PLACES) and words[j + 1].capital == b.capital):
        return True
    run_on = len(b.text) == 1 and len(words) > j + 1 and words[j + 1].capital and DOTTED.fullmatch(words[j + 1].gap)
    return bool(run_on) or _organisation_follows(words, j)  # John F of John F Kennedy is read with the surname


def _organisation_follows(words: Sequence[Word], j: int) -> bool:
    """Whether a common word, then an organisation's follows: Thomas Coram Middle School."""
    after = words[j + 1 : j + 3]
    return len(after) == 2 and after[0].capital and is_common(after[0].key) and after[0].gap == " " and next_is(words, j + 1, ORGANISATIONS)


def next_is(words: Sequence[Word], j: int, kinds: frozenset[str]) -> bool:
    """Whether the next word is one of these, and no "close to" or "close by"."""
    after = words[j + 1 : j + 3]
    if not after or after[0].key not in kinds or after[0].gap != " ":
        return False
    return len(after) == 1 or after[1].key not in ("to", "by")  # john smith close to tears


def in_a_long_place(words: Sequence[Word], j: int) -> bool:
    """Whether capitals run on from a word to a street or an organisation: Marlowes Riverside Shopping Centre."""
    for _, word in pairwise(words[j : j + 5]):
        if word.gap != " " or not word.capital:
            return False
        if word.key in PLACES:
            return True
    return False
