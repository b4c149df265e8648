"""A cell's value as words: whole numbers without their .0, dates as ISO dates, days before months."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

from models.sources.log.tables import Value
from models.sources.workbook.written import excel_serial, name_number

_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]+(\d{1,2}|[a-z]{3,9})(?:[-/., ]+(\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
FIRST_SERIAL = date(1899, 12, 30)  # Excel's day 0


def words(value: Value) -> str:
    """As people read the cell, its ends trimmed and runs of blanks as one; line breaks stay."""
    if isinstance(value, str):
        return "\n".join(filter(None, (" ".join(line.split()) for line in value.replace("\u200b", "").replace("\ufeff", "").splitlines())))
    return verbatim(value)


def verbatim(value: Value) -> str:
    """Text exactly as it stands; anything else as `words` has it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def dated(value: Value) -> str:
    """As `words`, for a column of dates: an ISO date for a day with any time, and for a date that lost its format."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if not isinstance(value, bool) and excel_serial(words(value)):
        return (FIRST_SERIAL + timedelta(days=int(words(value)))).isoformat()
    return words(value)


def past_date(typed: str, today: date | None) -> str:
    """The ISO date of a day long gone: "1.11.13", "10 Sept" (the latest such, where today is known); "" for what is no whole date."""
    text = typed.casefold().strip(" .,")
    with suppress(ValueError, StopIteration):
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := _DAY_FIRST.fullmatch(text):
            return _day_first(int(found[1]), found[2], found[3], today).isoformat()
    return ""


def _day_first(day: int, month: str, year: str | None, today: date | None) -> date:
    number = int(month) if month.isdigit() else name_number(month) if _MONTH.fullmatch(month) else 0
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, day)
    if today is None:
        raise ValueError(month)
    this_year = date(today.year, number, day)
    return this_year if this_year <= today else date(today.year - 1, number, day)
