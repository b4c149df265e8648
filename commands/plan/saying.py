"""What people say of an action: done, at risk, no change, and when it will be. Many are settled in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commands.plan.refs import Ref
from models.actions import AT_RISK, BLOCKED, DONE, ON_TRACK

PHRASES: dict[str, tuple[str, ...]] = {
    DONE: (
        "done",
        "complete",
        "completed",
        "finished",
        "sorted",
        "all done",
        "is done",
        "now done",
        "now complete",
        "job done",
        "discharged",
    ),
    ON_TRACK: ("on track", "ontrack", "on target", "on schedule", "going well", "in hand", "underway", "under way", "in progress", "green"),
    AT_RISK: ("at risk", "atrisk", "slipping", "delayed", "running late", "late", "amber", "behind"),
    BLOCKED: ("blocked", "stuck", "held up", "on hold", "stalled", "red"),
}
SAME = (
    "no change",
    "nochange",
    "no changes",
    "nc",
    "as before",
    "same as before",
    "same",
    "unchanged",
    "nothing to report",
    "no update",
    "nothing new",
)
STATUS = {phrase: status for status, phrases in PHRASES.items() for phrase in phrases}
LEADING = re.compile(
    r"^(?:(?:it|this|that|they|all|now|still|is|are|it's|its|was|been|has been|have been)\s+){0,3}(?P<phrase>"
    + "|".join(sorted(map(re.escape, (*STATUS, *SAME)), key=len, reverse=True)).replace(r"\ ", r"\s+")
    + r")(?![\w'-])(?!\s+(?:some|half|part|parts|most|nothing|bits?|tape|light)\b)\s*[,;:.!\-]*\s*",
    re.I,
)
ALONE = frozenset({"green", "amber", "red", "late", "behind", "same", "nc", "sorted"})  # a status only where nothing goes on with them
NOT_DONE = re.compile(
    r"(?:\bnot|n't|nt|\bnever|\bnearly|\balmost|\bhalf|\bpart(?:ly|ially)?|\bto be|\bbe|\buntil|\bwhen|\bonce|\bgets?)$", re.I
)
TRAILING = re.compile(r"[\s,;:.\-]+(?:now |all )?(done|completed?|finished)[\s.!]*$", re.I)
LATER = re.compile(
    r"\b(?:(?:won'?t|will not|wont|cannot|can'?t|cant|not)\s+(?:be\s+)?(?:\w+\s+){0,2}?(?:un)?(?:til+|before)"
    r"|(?:needs?|wants?|ask(?:s|ing)?|request(?:s|ing)?|(?:could|can) (?:i|we) have|please)\s+(?:\w+\s+){0,4}?(?:un)?(?:til+|to|for|of|by)"
    r"|new date(?:\s+(?:of|is|please))?"
    r"|(?:delayed|put back|moved?|slips?|slipped|slipping|extended?|extension|postponed|deferred)\s+(?:un)?(?:til+|to)"
    r"|now due|due now)\s+",
    re.I,
)
BEHALF = re.compile(
    r"(?:^|[\s.…,;:(])(?:for|from|per|via|on behalf of)\s+@([\w.-]+)\)?[\s.]*$|^(?:from|for)\s+@([\w.-]+)\s*[:,-]?\s+", re.I
)


@dataclass(frozen=True)
class News:
    """What was said of an action: a status or None, the words, whether nothing has changed, and words that ask for another date."""

    said: str
    status: str | None = None
    same: bool = False
    later: str = ""


def read_news(words: str) -> News:
    """Read words on one action. A status is taken only where the words begin, or end, with one."""
    text = words.strip().lstrip(":;,.-–—").strip()
    later = LATER.search(text)
    asked = text[later.end() :] if later else ""
    leading = LEADING.match(text)
    phrase = " ".join(leading["phrase"].lower().split()) if leading else ""
    if leading and not (phrase in ALONE and leading[0].rstrip()[-1].isalnum() and leading.end() < len(text)):
        rest = text[leading.end() :].strip()
        if phrase in SAME:
            return News(rest, same=True, later=asked)
        return News(rest, STATUS[phrase], later=asked)
    found = TRAILING.search(text)
    if found and not NOT_DONE.search(text[: found.start()]):
        return News(text[: found.start()].strip(), DONE, later=asked)
    return News(text, later=asked)


def on_behalf(words: str) -> tuple[str, str]:
    """(the words, whose word it is): "… for @dens-officer" at the end, or "from @dens-officer: …" at the beginning."""
    found = BEHALF.search(words)
    if not found:
        return words, ""
    rest = words[: found.start()] if found[1] else words[found.end() :]
    return rest.strip(), found[1] or found[2]


@dataclass(frozen=True)
class Item:
    """A stretch of a line: the actions it is about (none: all the rest), and what it says of them."""

    refs: tuple[Ref, ...]
    words: str

    @property
    def rest(self) -> bool:
        return not self.refs


REST = re.compile(r"(?:the\s+)?(?:rest|others?|all others?|everything else|all)\b(?=\s*[:,-]?\s*(?:are|is|all)?\s*[a-z])", re.I)
BETWEEN = re.compile(r"(?:^|[,;.\n&+]|\band\b|[•*])[\s•*]*", re.I)
QUANTITY = re.compile(
    r"^\s*(?:%|(?:st|nd|rd|th|am|pm|x|k|m|km|miles?|more|of|out|or|years?|months?|weeks?|days?|hours?|hrs?|mins?|minutes?|people|officers|units?|"
    r"gates?|cameras?|visits?|letters?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|"
    r"september|october|november|december)\b)",
    re.I,
)
THROUGH = re.compile(r"^\s*(?:-|–|to)\s*(\d{1,3})\b(?!\s*[/.:]\d)")
MOST_IN_A_RANGE = 30


def items(line: str, known: Callable[[Ref], bool]) -> list[Item]:
    """A line cut where it turns to another action. `known` says whether a reference is one somebody could mean.

    A number within the words ("2 weeks late", "3 gates") begins nothing. References without words share those that follow.
    """
    starts = list(_starts(line, known))
    stretches: list[Item] = []
    waiting: list[Ref] = []
    for (_, refs, begin), end in zip(starts, [start for start, _, _ in starts[1:]] + [len(line)], strict=True):
        words = re.sub(r"(?:\s+and|[\s,;&+•*])+$", "", line[begin:end], flags=re.I).strip().lstrip(":").strip()
        if refs and not words:
            waiting += refs
            continue
        stretches.append(Item((*waiting, *refs) if refs else (), words))
        waiting = []
    if waiting:
        stretches.append(Item(tuple(waiting), ""))
    return stretches


def _starts(line: str, known: Callable[[Ref], bool]) -> Iterator[tuple[int, list[Ref], int]]:
    """(where a stretch begins, its references, where its words begin)."""
    past = 0
    for found in BETWEEN.finditer(line):
        if found.start() < past:
            continue
        at, text = found.end(), line[found.end() :]
        if rest := REST.match(text):
            past = at + rest.end()
            yield found.start(), [], past
        elif begun := Ref.at_start(text):
            ref, after = begun
            if past and not ref.group and (QUANTITY.match(after) or not known(ref)):
                continue
            refs, after = _through(ref, after)
            past = len(line) - len(after)
            yield found.start(), refs, past


def _through(ref: Ref, after: str) -> tuple[list[Ref], str]:
    """ "3-5 done" is of three actions."""
    found = THROUGH.match(after)
    if not found or ref.group or not 0 < int(found[1]) - ref.number < MOST_IN_A_RANGE:
        return [ref], after
    return [Ref(str(number), number) for number in range(ref.number, int(found[1]) + 1)], after[found.end() :]
