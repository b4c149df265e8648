"""The time ahead that words name: "december", "next month", "from 1 December until christmas", "for 3 months"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from commands.meetings.listing import NOISE, PAST, YEAR, window
from commands.meetings.times import MONTH, day_beginning
from models.base import Refusal
from models.dates import plain
from models.loose_dates import feasts_dated

AHEAD = timedelta(days=60)  # where no day is named
FOR = re.compile(r"\bfor (?:the )?(?=(?:next )?\w+ (?:week|month|year)s?\b)(?:next )?")
BETWEEN = re.compile(r"\bbetween (.+?) and\b")
REST = re.compile(r"\brest of (?:the |this )?(?=year|month|week)")
FROM = re.compile(r"\b(?:from|starting|beginning|since) (?P<day>.+?)(?= (?:until|till|to|next (?:\d|an?\b|two|three|six|twelve))\b|$)")
BARELY = re.compile(r"^(?P<day>\S.*?)(?= (?:until|till|to) )")  # of "october to december"
NO_DAY = re.compile(r"(?:until|till|to|by|before|for|from)\b|.*\b(?:week|month|year)s?\b")  # a time, or what begins or ends one
WORDS = re.compile(
    r"\b(?:what|will|would|are|do|does|is|you|going to|to be|send|sent|goes|go|out|every(?:one|body|thing)|anything|us|all|me|plan|the)\b"
)


def days_ahead(words: str, today: date) -> tuple[date, date]:
    """The first and the last day that words name; two months from the first where they name no last.

    Refuses words that name none, and a time that is over.
    """
    text = _plainly(words)
    if not NO_DAY.match(text) and (day := _day(text, today)) and not MONTH.fullmatch(text):
        return _not_over(day, day, text, today)
    first, text = _first_day(text, today)
    since, last, left = window(text, first)
    if unread := NOISE.sub(" ", left).strip():
        raise _unread(unread)
    if not text or left == text:
        return first, first + AHEAD
    since, last = _not_over(since, last, text, today)
    return max(first, since), max(last, first)


def _plainly(words: str) -> str:
    text = feasts_dated(plain(words))
    text = REST.sub("this ", BETWEEN.sub(r"from \1 until", text.replace("between now and", "until")))
    return " ".join(FOR.sub("next ", WORDS.sub(" ", text)).split())


def _day(text: str, today: date) -> date | None:
    """The day that all the words mean; of a month its last."""
    found = day_beginning(text, today, months=True)
    return found[0] if found and not found[1].strip(" ,.?") else None


def _first_day(text: str, today: date) -> tuple[date, str]:
    """(the day after "from", today where none is named; the words without it)."""
    found, barely = FROM.search(text), BARELY.match(text)
    if found is None and barely and _day(barely["day"], today):
        found = barely
    if found is None or re.fullmatch(r"(?:now|today)(?: on)?", found["day"]):
        return today, FROM.sub(" ", text)
    day = _day(found["day"], today)
    if day is None:
        raise _unread(found[0])
    first = day.replace(day=1) if MONTH.fullmatch(found["day"]) else day
    return max(first, today), f"{text[: found.start()]} {text[found.end() :]}".strip()


def _not_over(since: date, last: date, text: str, today: date) -> tuple[date, date]:
    """A month that is over is that of next year, unless its year was said; nothing else that is over is ahead."""
    if last >= today and not PAST.search(text):
        return since, last
    month = re.search(rf"\b{MONTH.pattern}", text)
    if month is None or YEAR.search(text) or since == last:
        raise Refusal(
            "That is over. I can show what goes out from today on, such as: /meeting plan jag from 1 December until christmas",
            ("The plan", "/meeting plan"),
        )
    found = day_beginning(f"{month[0]} {last.year + 1}", today, months=True)
    assert found is not None  # a month is one
    return found[0].replace(day=1), found[0]


def _unread(words: str) -> Refusal:
    return Refusal(
        f"I cannot read “{words.strip()[:60]}” as a group or a time. Such as: /meeting plan jag from 1 December until christmas",
        ("The plan", "/meeting plan"),
    )
