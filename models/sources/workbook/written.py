"""Months, years and counts in the ways people write them. Days come first (01/03/2025 is March)."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import datetime

SUPPRESSED = {"*", "**", "***", ":", "..", "c", "x", "[c]", "[x]"}  # the symbols of UK official statistics
EMPTY = {"-", "–", "—"}  # a dash is as often "none" as "not known": it is treated as an empty cell
FIRST_YEAR, LAST_YEAR, LARGEST = 1990, 2099, 2_147_483_647

_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR, _DAY, _CLOCK = r"(?P<year>\d{4}|\d{2})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?:[ t][\d:.]+z?)?"
_MONTHS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-/. ]?(?P<month>\d{2})",
        r"(?P<year>\d{4})[-/. ](?P<month>\d)",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}{_CLOCK}",
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}",
        rf"{_DAY}(?: of)?[-/. ]?{_NAME}[-/., ']*{_YEAR}",
        rf"{_NAME}(?P<gap>[-/.,' ’`]*){_YEAR}",
        rf"(?P<year>\d{{4}})[-/. ]*{_NAME}",
    )
]
_LIKE = re.compile(rf"(?=.{{3,40}}$)(?:\d|m/e|month |{_NAME})", re.I)  # a quick look, as every cell may be asked
_BARE = re.compile(_NAME + r"\.?")
_FINANCIAL = re.compile(r"(?:fy ?)?(\d{4}) ?[-/–] ?(?:\d{2})?(\d{2})")
_PART = re.compile(
    r"\b(?:part|partial|mtd|to date|so far|incomplete|provisional)\b"
    r"|\b(?:to|until|till) (?:the )?\d{1,2}(?:st|nd|rd|th|[/. ]|$|\))"
    r"|\b\d{1,2}(?:st)? ?(?:-|–|to) ?\d{1,2}(?:st|nd|rd|th)? " + _NAME
)


class NotRead(ValueError):
    """Looks like a month or a count and is none. The words say why, to follow the place and the value."""


def month_words(month: int) -> str:
    """24302 is "March 2025"."""
    return f"{month_name[month % 12 + 1]} {month // 12}"


def shown(value: object) -> str:
    """The value as a person would recognise it, cut short."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, datetime) else str(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"


def month_written(value: object) -> int | None:
    """The month as year*12 + month-1, or None for what is not like a month. NotRead for one that cannot be."""
    if isinstance(value, datetime):
        return _whole_month(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if isinstance(value, str) and (not _LIKE.match(value) or (value.isdigit() and len(value) != 6)):
        return None
    text = re.sub(r"^(?:month ending|month of|m/e)\s*:?\s*|[.]$", "", str(value).casefold().strip())
    if (isinstance(value, int) or (len(text) == 6 and text.isdigit())) and not re.fullmatch(r"(?:19|20)\d{4}", text):
        return None
    matched = next((found for pattern in _MONTHS if (found := pattern.fullmatch(text))), None)
    return None if matched is None or (years_written(text) and "month" in matched.groupdict()) else _month_of(matched)


def _month_of(matched: re.Match[str]) -> int:
    parts = matched.groupdict()
    year = int(parts["year"])
    if parts.get("gap") == " " and 30 < year < 90:
        raise NotRead("could be a day or a year; write the year in full, as in March 2025")
    if len(parts["year"]) == 2:
        year += 1900 if year >= FIRST_YEAR % 100 else 2000
    month = name_number(parts["name"]) if parts.get("name") else int(parts["month"])
    return _whole_month(year, month, int(parts["day"]) if parts.get("day") else 1)


def _whole_month(year: int, month: int, day: int) -> int:
    if not 1 <= month <= 12:
        raise NotRead(f"has no month {month}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotRead(f"is not between {FIRST_YEAR} and {LAST_YEAR}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotRead(f"is no date: {month_name[month]} {year} has {last} days")
    if day not in (1, last):
        raise NotRead("is a single day, and I read whole months")
    return year * 12 + month - 1


def name_number(name: str) -> int:
    """ "sept" is 9."""
    return next(number for number in range(1, 13) if month_name[number].casefold()[:3] == name[:3])


def bare_month(value: object) -> int | None:
    """1 to 12 for a month's name with no year."""
    matched = _BARE.fullmatch(value.casefold()) if isinstance(value, str) else None
    return name_number(matched["name"]) if matched else None


def years_written(value: object) -> tuple[int, int] | None:
    """(year of January to March, year of April to December) for "2024" or the financial year "2024/25"."""
    text = str(value).casefold() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    financial = _FINANCIAL.fullmatch(text)
    if financial and int(financial[2]) == (int(financial[1]) + 1) % 100 and int(financial[2]) > 12:
        return int(financial[1]) + 1, int(financial[1])
    return (int(text), int(text)) if re.fullmatch(r"(?:19[9]|20\d)\d", text) else None


def part_month(value: object) -> bool:
    """Whether it says that the month is not whole: "(to 14th)", "part", "MTD", "provisional to 14/03"."""
    return isinstance(value, str) and bool(_PART.search(value.casefold()))


def in_error(value: object) -> bool:
    """Whether a workbook shows an error there: #REF!, #DIV/0!, #N/A."""
    return isinstance(value, str) and bool(re.fullmatch(r"#[A-Z0-9/_]+[!?]?", value))


def excel_serial(value: object) -> bool:
    """Whether it looks like a date from 2000 to 2050 that lost its format: 45717 was 1 March 2025."""
    return bool(re.fullmatch(r"\d{5}", str(value))) and 36526 <= int(str(value)) < 54789


def count_written(value: object) -> tuple[int | None, str]:
    """(count, mark): (312, ""), (None, "<5"), (None, "*") for suppressed, (None, "blank") for empty. Else NotRead."""
    if value is None or value in EMPTY:
        return None, "blank"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise NotRead("is not a number")
    text = re.sub(r"\s", "", str(value)).casefold()
    if text in SUPPRESSED:
        return None, "*"
    return (None, text) if re.fullmatch(r"<[0-9]+", text) else (_whole_number(text), "")


def _whole_number(text: str) -> int:
    if in_error(text.upper()):
        raise NotRead("is an error in the workbook")
    if re.fullmatch(r"[-−(][0-9.,]+\)?", text):
        raise NotRead("is below zero")
    if not re.fullmatch(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?", text):
        raise NotRead("is not a number")
    whole, _, fraction = text.replace(",", "").partition(".")
    if fraction.strip("0"):
        raise NotRead("has a fraction")
    if len(whole) > 10 or int(whole) > LARGEST:
        raise NotRead("is larger than any count I can hold")
    return int(whole)
