"""When a new action is due, found among its other words: behind "due" or "by", or at their end. Of two dates it is asked which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commands.plan.mentions import AT_THE_END, MARK
from commands.plan.sight import Sight
from commands.plan.when import due_beginning, read_due
from models.base import Refusal
from models.due import LONGEST, Due, bare_date
from models.groups import Group
from models.loose_dates import BARE

DUE = re.compile(r"\b(?:due(?: date)?(?!\s+to\b)|deadline|by|before|until|till?)\b[:\s]", re.I)
SAYS_WHEN = re.compile(r"\b(?:due(?: date)?(?!\s+to\b)|deadline|by)\b[:\s]", re.I)  # where it may be no part of the sentence
FIRM = re.compile(r"(?:due|deadline)\b", re.I)
ENDS = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun)|\b(?:ongoing|on-going|tomorrow|today|week|month|meeting|mtg|fortnight)$|^ne?xt\b", re.I
)
UNSAID = re.compile(rf"(?:(?:at|for|in|within)\s+)?(?:{BARE.pattern})", re.I)  # at the end, a date only behind "due", "by" or "on the"
OTHERWISE = re.compile(r"(?:(?:and/or|or|and)\b|[/&])\s*", re.I)
OR = re.compile(r"^(?P<before>.+?)\s+(?P<joint>and/or|or|/)\s*$", re.I | re.S)
ENDING = f" ,;:.-–—/&{MARK}"  # what follows the words for a date, and is none of them
NO_DATE = 4  # words behind "due" that are taken for what was meant as a date, where they are none


@dataclass(frozen=True)
class Dated:
    """A text without its due date, and the date; or else the words that are none, and `why`."""

    text: str
    due: Due | None = None
    typed: str = ""
    why: str = ""


def dated(text: str, line: str, group: Group, sight: Sight) -> Dated:
    """What a text says of when it is due. `line` is all that was typed: where it has two dates, a button has it with each."""
    for found in reversed(list(DUE.finditer(text))):
        before, words = text[: found.start()], text[found.start() :]
        try:
            if begun := due_beginning(words, group, sight):
                _must_be_the_only_one(before, words, begun, line, group, sight)
                return Dated(f"{before} {begun[1]}", begun[0])
            if FIRM.match(words):
                return Dated(before, read_due(words.partition(MARK)[0], group, sight))
        except Refusal as refusal:
            if refusal.asks:
                raise
            left = _left(words, group, sight)
            return Dated(f"{before} {left}", None, bare_date(words.removesuffix(left)) if left != words else "", refusal.words)
    return _at_the_end(text, line, group, sight)


def _must_be_the_only_one(before: str, words: str, begun: tuple[Due, str], line: str, group: Group, sight: Sight) -> None:
    """Ask which of two dates is meant: "due 12 dec or next JAG", "due fri … by 12 dec"."""
    due, after = begun
    said = words[: len(words) - len(after)].rstrip(ENDING)
    if (joint := OTHERWISE.match(after)) and (other := due_beginning(after[joint.end() :], group, sight)):
        second = after[joint.end() : len(after) - len(other[1])].rstrip(ENDING)
        whole = words[: len(words) - len(other[1])].rstrip(ENDING)
        raise _which(said, second, _but(line, whole, said), _but(line, whole, f"due {second}"))
    for found in SAYS_WHEN.finditer(before):
        if (other := due_beginning(before[found.start() :], group, sight)) and other[0] != due:
            first = before[found.start() : len(before) - len(other[1])].rstrip(ENDING)
            raise _which(first, said, _but(line, said, ""), _but(line, first, ""))


def _must_stand_alone(text: str, last: Sequence[str], line: str, group: Group, sight: Sight) -> None:
    """Ask which of two dates is meant at the end: "12 or 13 dec", "fri or next JAG"."""
    ends = OR.search(_without(text, last))
    if ends is None:
        return
    words = ends["before"].split()
    for first in (" ".join(words[-number:]) for number in range(min(3, len(words)), 0, -1)):
        begun = due_beginning(first, group, sight)
        if (begun and not begun[1]) or first.isdecimal():
            second = " ".join(last)
            meant = f"{first} {' '.join(last[1:])}" if first.isdecimal() else first
            whole = f"{first} {ends['joint']} {second}"
            raise _which(meant, second, _but(line, whole, f"due {meant}"), _but(line, whole, f"due {second}"))


def _but(line: str, typed: str, instead: str) -> str:
    """The line with other words in the place of some of it; "" where it does not have them in one piece."""
    changed, count = re.subn(r"\s+".join(map(re.escape, typed.split())), lambda _: instead, line, count=1, flags=re.I)
    return re.sub(" +", " ", changed).strip() if count else ""


def _which(first: str, second: str, with_first: str, with_second: str) -> Refusal:
    asks = [(bare_date(typed), f"/action add {line}") for typed, line in ((first, with_first), (second, with_second)) if line]
    return Refusal(f"An action has one due date. Which: {bare_date(first)} or {bare_date(second)}?", *asks, field="due")


def _left(words: str, group: Group, sight: Sight) -> str:
    """What follows a date that was refused. What may be none at all, and is long, is not lost."""
    for word in list(re.finditer(r"\S+", words))[:LONGEST]:
        try:
            due_beginning(words[: word.end()], group, sight)
        except Refusal:
            return re.sub(r"^ (?:19|20)\d\d\b", "", words[word.end() :])
    said, mark, rest = words.partition(MARK)
    return mark + rest if len(said.split()) <= 1 + NO_DATE else words


def _at_the_end(text: str, line: str, group: Group, sight: Sight) -> Dated:
    """A date, a weekday, the next meeting or "ongoing" that ends the text without a word before it."""
    bare = AT_THE_END.sub("", text)
    words = bare.split()
    for number in range(min(4, len(words) - 1), 0, -1):
        last = words[-number:]
        if not (re.search(r"\w", last[0]) and ENDS.search(" ".join(last))) or UNSAID.fullmatch(" ".join(last)):
            continue
        try:
            if (begun := due_beginning(" ".join(last), group, sight)) and not begun[1].strip(" .,;"):
                _must_stand_alone(bare, last, line, group, sight)
                return Dated(_without(bare, last), begun[0])
        except Refusal as refusal:
            if refusal.asks:
                raise
            return Dated(_without(bare, last), None, bare_date(" ".join(last)), refusal.words)
    return Dated(text)


def _without(text: str, last: Sequence[str]) -> str:
    """The text without the words that end it, and what introduces them."""
    return re.sub(r"(?:\b(?:for|by|from|to)\s+)?" + r"\s+".join(map(re.escape, last)) + r"\s*$", "", text, flags=re.I)
