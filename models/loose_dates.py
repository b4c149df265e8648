"""Days as people say when an action is due, in words that elsewhere may mean something else: "the 1st", "12.12", "w/c 7 Oct".

A meeting is moved by none of them but "the 1st": of a meeting "10.10" is a time, and "w/c 7 Oct" no day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from models.dates import DAY, MONTH, WEEKDAY, WEEKDAYS, YEAR, day_of
from models.figures.days import number_of, year_of

FEASTS = (
    (re.compile(r"\b(?:christmas|x-?mas) eve\b"), "24 dec"),
    (re.compile(r"\b(?:christmas|x-?mas)(?: day)?\b"), "25 dec"),
    (re.compile(r"\bnew year(?:'?s?)? day\b"), "1 jan"),
    (re.compile(r"\bnew year(?:'?s?)?(?: eve)?\b"), "31 dec"),
)
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
A_FEAST = "(?:christmas|x-?mas)(?: eve| day)?|new years?(?: eve| day)?"
DOTTED = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])"  # "1.5" may be metres
ORDINAL = r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"
BARE = re.compile(rf"{DOTTED}|{ORDINAL}|{A_FEAST}")  # hardly a date in the middle of a sentence: "by 1st Avenue", "by Christmas tree"
NUMBERED = re.compile(rf"{DAY}(?:st|nd|rd|th)(?: of (?:the|this) month)?")
A_MONTH = rf"(?:(?:the |this |(?P<next>next ))?month|{MONTH}(?: {YEAR})?)"
PASSED = rf"yesterday|last {WEEKDAY.replace('?P<weekday>', '?:')}"


def loose_day_of(text: str, today: date) -> date | None:
    """The day that a plain text means, all of it; None when it means none. A feast is its day, "w/c" the Monday of that week.

    "the 1st" is the coming one, and a week of a month is due on the Friday that has its number. Refuses as `day_of` does.
    """
    for form, meaning in FORMS:
        if found := form.fullmatch(text):
            return meaning(found, today)
    named = feasts_dated(text)
    return day_of(named, today) if named != text else None


def feasts_dated(text: str) -> str:
    """The text with feasts as days of the year: "until christmas" is "until 25 dec"."""
    for feast, day in FEASTS:
        text = feast.sub(day, text)
    return text


def _last(found: re.Match[str], today: date) -> date:
    """The latest such weekday that has gone by."""
    return today - timedelta(days=(today.weekday() - _weekday(found["weekday"])) % 7 or 7)


def _commencing(found: re.Match[str], today: date) -> date | None:
    """The Monday of the week of a day."""
    day = day_of(found["day"], today)
    return day - timedelta(days=day.weekday()) if day else None


def _dotted(found: re.Match[str], today: date) -> date | None:
    return day_of(found[0].replace(".", "/"), today)


def numbered(text: str) -> int | None:
    """The number of a day that a plain text is, all of it: "10th" is 10, "10th of the month" too."""
    found = NUMBERED.fullmatch(text)
    return int(found["day"]) if found else None


def coming(number: int, since: date) -> date:
    """The first day of this number from a day on, in the first month that has it."""
    return next(day for later in range(3) if (day := _in_month(number, since, later)) and day >= since)


def gone_by(number: int, today: date) -> date:
    """The latest day of this number until today."""
    return next(day for earlier in range(3) if (day := _in_month(number, today, -earlier)) and day <= today)


def _in_month(number: int, day: date, later: int) -> date | None:
    """The day of this number, so many months after another's; None where that month is shorter."""
    month = day.year * 12 + day.month - 1 + later
    year, month = month // 12, month % 12 + 1
    return date(year, month, number) if number <= calendar.monthrange(year, month)[1] else None


def _nth(found: re.Match[str], today: date) -> date:
    """The first, second … or last such weekday of a month; of the coming one, where it has gone by and no year was said."""
    weekday = _weekday(found["weekday"]) if found["weekday"] else 4
    if found["month"]:
        year, month = year_of(found["year"]) if found["year"] else today.year, number_of(found["month"])
        day = _of_month(year, month, weekday, NTH[found["nth"]])
        return day if found["year"] or day >= today else _of_month(year + 1, month, weekday, NTH[found["nth"]])
    months = [today.year * 12 + today.month - 1 + later for later in ((1,) if found["next"] else (0, 1))]
    days = [_of_month(each // 12, each % 12 + 1, weekday, NTH[found["nth"]]) for each in months]
    return next((day for day in days if day >= today), days[-1])


def _of_month(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _weekday(name: str) -> int:
    return next(i for i, full in enumerate(WEEKDAYS) if full.lower().startswith(name[:3]))


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile("yesterday"), lambda _, today: today - timedelta(days=1)),
    (re.compile(rf"last {WEEKDAY}"), _last),
    (re.compile(r"(?:w ?[cb]|(?:week|wk) (?:commencing|beginning|starting)) (?:the )?(?P<day>.+)"), _commencing),
    (re.compile(DOTTED), _dotted),
    (NUMBERED, lambda found, today: coming(int(found["day"]), today)),
    (
        re.compile(
            rf"(?P<nth>{'|'.join(NTH)}) (?:week|wk|{WEEKDAY}) (?:of|in) (?:(?:the |this |(?P<next>next ))?month|{MONTH}(?: {YEAR})?)"
        ),
        _nth,
    ),
)
