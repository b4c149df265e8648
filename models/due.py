"""When an action is due, from the words people type: "12 Dec", "by next jag", "end of month", "ongoing"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten
from typing import Literal

from models.base import Refusal
from models.dates import COUNT, WEEKDAY, day_of, plain, respelt, said
from models.loose_dates import BARE, PASSED, loose_day_of
from models.near import key

LONGEST = 7  # words in "due by the end of next month"
LEAD = re.compile(r"(?P<said>(?:(?:due|date|deadline|is|by|on|before|until|till?|for|at|in|within)\b[ :,-]*)*)(?:the )?")
FIRM = re.compile(r"\b(?:due|deadline)\b")
ANCHOR = re.compile(r"\b(?:due|deadline|by|on|before|until|till?|in|within)\b")  # "for" and "at" introduce too much else
MEETING = re.compile(r"(?P<next>next )?(?P<whole>(?P<name>.*?)(?: ?\b(?:meeting|mtg))?)")
ONGOING = ("ongoing", "continuous", "rolling", "standing")
VAGUE = re.compile(r"asap|(?:as )?soon(?: as possible)?|tb[acd]|to be (?:agreed|confirmed|decided)|urgent(?:ly)?|immediate(?:ly)?|now")
WEAK = re.compile(  # dates by themselves, and ordinary words or first names among others
    rf"jan|mar|march|april|may|june|august|mon|wed|sat|sun|continuous|rolling|standing|{COUNT}|\d\d?/\d\d?|{PASSED}|{BARE.pattern}"
)
# A weekday with more said of which one it is, that is not understood: "fri after next". It is no date with words behind it.
WEEKDAY_LAST = re.compile(rf"\b{WEEKDAY}$")
MORE_OF_IT = re.compile(r"(?:of |the )*(?:(?:week|wk|fortnight)s?\b|after next\b|(?:next|this|following) (?:week|wk|month|fortnight)\b)")
Meets = Mapping[str, date | None]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Due:
    """When something is due: a date, the next meeting of its group, or ongoing (reviewed at each meeting).

    `on` of a meeting is its date where that is known. Words are read against `today` and `meets`: the date of each group's next
    meeting (None when not known) by `key` of the group's names, "" being the action's own group. `own` are the keys of that group's
    own names; the next meeting of another group is simply its date.
    """

    kind: Literal["date", "meeting", "ongoing"]
    on: date | None = None

    @classmethod
    def read(cls, words: str, today: date, meets: Meets, own: frozenset[str] = NOBODY) -> Due:
        """What all the words mean, introduced by "due", "by" and the like or not. Refuses what is no date, and what it cannot read whole.

        A weekday alone is the coming one, never today; "next fri" is next week's, and a week is due on its Friday. A month is due on
        its last day. Without a year it is the coming date, or the one gone by within 92 days.
        """
        text = plain(words)
        if due := _either(text, today, meets, own):
            return due
        wanted = _wanted(own)
        if not text:
            raise Refusal(f"It is not said when it is due. {wanted}")
        typed = shorten(" ".join(words.split()), 60, placeholder=" …")
        if VAGUE.fullmatch(_cut(text)[1]):
            raise Refusal(f"{bare_date(typed)!r} is no date. Give one, such as 12 Dec, or {_next(own)}.")
        raise Refusal(f"I cannot read {typed!r} as when something is due. {wanted}")

    @classmethod
    def beginning(cls, words: str, today: date, meets: Meets, own: frozenset[str] = NOBODY) -> tuple[Due, str] | None:
        """The longest beginning, of up to seven words, that says when, and the words after it. Refuses a date that does not exist.

        What often means something else ("may", "sat", "JAG", "2 weeks", and all that is misspelt) is read only where a date is plain:
        with a number, at the end, before punctuation, or after "due", "by", "until", "in" and the like.
        """
        ends = [word.end() for word in re.finditer(r"\S+", words)][:LONGEST]
        for end in reversed(ends):
            text, after = plain(words[:end]), words[end:].strip()
            ended = not after or not words[end - 1].isalnum() or not after[0].isalnum()
            read = _either if ended or _introduced(text) else _strong
            if due := read(text, today, meets, own):
                if words[end - 1].isalnum() and WEEKDAY_LAST.search(text) and MORE_OF_IT.match(plain(after)):
                    raise Refusal(f"I cannot read {shorten(words, 60, placeholder=' …')!r} as when something is due. {_wanted(own)}")
                return due, after.lstrip(" ,;:.-–—")
        return None

    def is_past(self, today: date) -> bool:
        """Whether its day has gone by; today's has not."""
        return self.on is not None and self.on < today

    def a_year_on(self) -> Due:
        """The same day of the next year; 28 February for the 29th."""
        from dateutil.relativedelta import relativedelta

        return replace(self, on=self.on + relativedelta(years=1)) if self.on else self

    def said(self, group: str = "") -> str:
        """ "12 December 2013", "next JAG (10 September 2013)", "next JAG" or "ongoing": `read` reads it again."""
        day = said(self.on) if self.on else ""
        if self.kind == "meeting":
            return f"next {group or 'meeting'}" + (f" ({day})" if day else "")
        return day or "ongoing"

    @property
    def sorts(self) -> date:
        """What to sort by: ongoing, and a meeting whose date is not known, come last."""
        return self.on or date.max


def _either(text: str, today: date, meets: Meets, own: frozenset[str]) -> Due | None:
    """What a plain text means as it is spelt, or else with its months and days respelt."""
    return _exact(text, today, meets, own) or _exact(respelt(text), today, meets, own)


def _introduced(text: str) -> bool:
    """Whether a date is introduced as one: "by 12 dec", also where it is a bare one by "due"."""
    lead, day = _cut(text)
    return bool(FIRM.search(lead) or (ANCHOR.search(lead) and not BARE.fullmatch(day)))


def _strong(text: str, today: date, meets: Meets, own: frozenset[str]) -> Due | None:
    """What a plain text means that can hardly mean anything else."""
    if WEAK.fullmatch(_cut(text)[1]):
        return None
    known, names = (meets, own) if re.search(r"\bnext\b", text) else ({}, NOBODY)
    return _exact(respelt(text) if re.search(r"\d", text) else text, today, known, names)


def _exact(text: str, today: date, meets: Meets, own: frozenset[str]) -> Due | None:
    text = _cut(text)[1]
    if text in ONGOING:
        return Due("ongoing")
    if day := day_of(text, today) or loose_day_of(text, today):
        return Due("date", day)
    name, _, bracketed = text.partition(" (")
    meeting = _meeting(name, meets, own)
    if not (meeting and bracketed):
        return meeting
    day = day_of(bracketed, today)  # as `said` puts it: a meeting that has since been and gone was due on its own day
    if day is None:
        return None
    return replace(meeting, on=day) if meeting.kind == "meeting" and meeting.on in (None, day) else Due("date", day)


def _meeting(text: str, meets: Meets, own: frozenset[str]) -> Due | None:
    found = MEETING.fullmatch(text)
    if not found:
        return None
    if found["next"] and not found["name"]:
        return Due("meeting", meets.get(""))
    for name in filter(None, (key(found["whole"]), key(found["name"]))):
        if name in own:
            return Due("meeting", meets.get(""))
        if name in meets:
            return _of_another(found["name"], meets[name], own)
    return None


def _of_another(name: str, day: date | None, own: frozenset[str]) -> Due:
    if day:
        return Due("date", day)
    shown = name.upper() if len(name) <= 5 else name.title()
    raise Refusal(f"I do not know when {shown} next meets. Give a date, such as 12 Dec, {_next(own)} or ongoing.")


def _cut(text: str) -> tuple[str, str]:
    """The words that introduce a date, and the date."""
    lead = LEAD.match(text)
    return (lead["said"], text[lead.end() :]) if lead else ("", text)


def bare_date(typed: str) -> str:
    """The words as typed, without those that introduce a date."""
    return re.sub(rf"^{LEAD.pattern}", "", typed.strip(), flags=re.I)


def _wanted(own: frozenset[str]) -> str:
    return f"Give a date with the day first, the group's next meeting, or ongoing: for example 12 Dec, {_next(own)} or ongoing."


def _next(own: frozenset[str]) -> str:
    """ "next JAG", for a group with a name short enough to be its initials."""
    name = min(own, key=lambda name: (len(name), name), default="")
    return f"next {name.upper()}" if 0 < len(name) <= 5 else "next meeting"
