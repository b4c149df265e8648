"""Days, weeks and dates, which no month can answer: refused in words. And months and years as people write them."""

from __future__ import annotations

import calendar
import re

from models.base import Refusal
from models.figures.months import NAMES

MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?P<{0}>(?:19|20)\d\d)"
SHORT_YEAR = r"'?(?P<{0}>(?:19|20)\d\d|\d\d)"
YEAR_AFTER = r"(?:[\s,/-]*" + SHORT_YEAR + r"\b|\b)"  # "mar 2025", "mar25", "mar-25", or the month alone
EXAMPLES = "2025, Mar 2025, Mar-May 2025, last 3 months, this year, since March, financial year 2024/25"


def number_of(name: str) -> int:
    """1 to 12 of a month's name, whole or cut."""
    return next(i for i, full in enumerate(NAMES, 1) if full.lower().startswith(name[:3]))


def year_of(text: str) -> int:
    """2025 of "2025" or "25"."""
    return int(text) if len(text) == 4 else 2000 + int(text)


# Named groups begin with d, m or y: a name is given once in a pattern.
DAY = re.compile(
    "|".join(
        (
            r"\b(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + MONTH.format("m1") + r"\b(?:[\s,]*" + YEAR.format("y1") + r"\b)?",
            r"\b" + MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)\b(?:[\s,]*" + YEAR.format("y2") + r"\b)?",
            r"\b" + MONTH.format("m3") + r"\s+(?P<d3>\d{1,2})[\s,]+" + YEAR.format("y3") + r"\b",
            r"\b" + YEAR.format("y4") + r"-(?P<m4>\d{1,2})-(?P<d4>\d{1,2})\b",
            r"\b(?P<d5>\d{1,2})[/.](?P<m5>\d{1,2})[/.](?P<y5>\d{4}|\d\d)\b",
        )
    )
)
DAYS = re.compile(
    r"\b(today|yesterday|tonight|last night|(?:this|last|past) (?:week|weekend|fortnight)"
    r"|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|last \d+ (?:days|weeks)|by (?:day|hour|week)|weekends?|per day"
    r"|daily|weekly|hourly|time of day)\b"
)


def refuse_days(text: str) -> None:
    if found := DAY.search(text):
        refusal, instead = _no_day(found)
        line = f"{text[: found.start()]} {instead} {text[found.end() :]}"
        raise Refusal(refusal, *([(instead, " ".join(line.split()))] if instead else []))
    if found := DAYS.search(text):
        raise Refusal(
            f"I hold whole months, so I cannot answer {found[0]!r}. The constabulary's analyst holds days and hours. "
            f"The nearest I have is a month: last month, or {EXAMPLES}.",
            ("Last month", " ".join(f"{text[: found.start()]} last month {text[found.end() :]}".split())),
        )


def _no_day(found: re.Match[str]) -> tuple[str, str]:
    """What to say to a day: that there is none such, or that only months are held; and the month to ask for instead."""
    given = {name: text for name, text in found.groupdict().items() if text}
    part = {kind: next((text for name, text in given.items() if name.startswith(kind)), "") for kind in "dmy"}
    day, year = int(part["d"]), part["y"]
    number = int(part["m"]) if part["m"].isdigit() else number_of(part["m"])
    if not 1 <= number <= 12:
        return f"{found[0]!r} is no date: there is no month {number}. I hold whole months, such as {EXAMPLES}.", ""
    where = f"{NAMES[number - 1]} {year_of(year)}" if year else NAMES[number - 1]
    if not 1 <= day <= calendar.monthrange(year_of(year) if year else 2024, number)[1]:
        return f"There is no {day} {where}. I hold whole months: ask for {where}, or one of {EXAMPLES}.", where
    return f"I hold whole months, not days: police.uk gives no day. Ask for {where}; the constabulary's analyst holds the days.", where
