"""Given names that stand alone: "Kelly on 07700 …", "Kelly's mum". Those of streets, halls, saints, firms and officers are nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.personal.given_names import KIN, NOT_ALONE, PLAINLY_STREETS, ROYAL, STREETS, TRADES, WORDLY
from models.personal.names import BEFORE_PLACES, CALLED_AFTER, PLACES, Word, in_a_long_place, is_given, next_is

OF_WORK = frozenset("pc pcso ps sgt sergeant insp inspector supt dc ds di dci det detective constable officer cllr councillor".split())
NAMED_SO = CALLED_AFTER | OF_WORK | frozenset("ss storm king queen prince princess duke lord lady sir".split())
AFTER_NAMES = frozenset("law knife knives blade valley".split())  # Clare's Law, Stanley knife
CALLING = frozenset("ring phone call text telephone mobile".split())
MOBILE = ("07", "44", "7")


def alone(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """(start, end) of each given name by itself that is a person's; one that is also a word of English where it can be nothing else."""
    for i, word in enumerate(words):
        if word.known or not (is_given(word.key) or word.key in WORDLY):
            continue
        if _unmistakable(words, i) if word.key in WORDLY else not _called_after(words, i):
            yield word.start, word.end


def _unmistakable(words: Sequence[Word], i: int) -> bool:
    """Harry's mum; ring Mark on 07700 …"""
    word, (before, after) = words[i], _around(words, i)
    if not word.capital:
        return False
    if _possessive(word) and after is not None and after.key in KIN:
        return True
    number = words[i + 2 : i + 3] if after is not None and after.key in ("on", "at") else words[i + 1 : i + 2]
    return before in CALLING and any(each.text.startswith(MOBILE) for each in number)


def _called_after(words: Sequence[Word], i: int) -> bool:
    """Whether what bears the name is no person of a case: Alexandra Road, the George, St Albert's, Clare's Law, Kelly & Sons, PC Lewis."""
    word, (before, after) = words[i], _around(words, i)
    if word.key in NOT_ALONE or before in NAMED_SO or (word.capital and before == "the"):
        return True
    if after is None:
        return word.capital and before in BEFORE_PLACES
    if after.key in AFTER_NAMES or (after.key in PLACES and after.gap in (" & ", " and ")):
        return True
    if not word.capital:
        return next_is(words, i, PLACES if word.key in ROYAL else STREETS | PLAINLY_STREETS)
    if after.key in KIN and _possessive(word):
        return False
    if before in BEFORE_PLACES and not (_possessive(word) and after.gap == " " and not after.capital):
        return True  # outside Claire's, HP1; but at Kelly's house
    firm = after.capital and after.gap == " " and (_possessive(word) or after.key in TRADES)
    return firm or next_is(words, i, PLAINLY_STREETS) or in_a_long_place(words, i)


def _around(words: Sequence[Word], i: int) -> tuple[str, Word | None]:
    return words[i - 1].key if i else "", words[i + 1] if i + 1 < len(words) else None


def _possessive(word: Word) -> bool:
    return word.text.lower().endswith("'s")
