"""Names, and how near what somebody typed is to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TAKEN = 87  # a likeness, of 100, at which a misspelling is read as the word it is like
OFFERED = 62  # and at which the word is at least offered
LONG, SHORT = 8, 4  # letters of a name that two slips leave recognisable, and of one that hardly any do


def likenesses(typed: str, names: Iterable[str]) -> list[tuple[str, float]]:
    """(name, likeness 0-100) of the names like what was typed, most alike first."""
    from rapidfuzz import fuzz, process  # 15 ms and 3 MB: only when something was misspelt

    found = process.extract(typed, list(names), scorer=fuzz.ratio, score_cutoff=OFFERED, limit=5)
    return [(name, score) for name, score, _ in found]


def nearest(typed: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` names like what was typed, most alike first."""
    return [name for name, _ in likenesses(typed, names)][:most]


def slip(typed: str, names: Iterable[str]) -> str:
    """The name that a word is, but for a slip of the finger or two; empty where it is none, or only begins otherwise.

    Of a name up to four letters only two that changed places are a slip, from five on one letter is, from eight on two are.
    """
    from rapidfuzz.distance import OSA  # only when something was misspelt

    likely = [name for name in names if sorted(typed[:2]) == sorted(name[:2]) or typed[:1] == name[:1]]
    near = [(OSA.distance(typed, name), name) for name in likely]
    return next((name for far, name in sorted(near) if far <= (2 if len(name) >= LONG else 1) and _slipped(typed, name)), "")


def _slipped(typed: str, name: str) -> bool:
    return len(name) > SHORT or sorted(typed) == sorted(name)


def folded(text: str) -> str:
    """Lower case, without accents, with and for &: how names and what is typed are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("&", " and ").replace("'", "")


def cut(text: str) -> list[str]:
    """The words of a folded text, without punctuation."""
    return re.findall(r"[a-z0-9]+", text)


def stem(word: str) -> str:
    """A word without its plural: burglaries and burglary are one."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(stem(word) for word in cut(folded(text)))
