"""A day, from the words people type: "Thu 12 Dec", "1.11.13", "next fri", "end of month", "in 2 weeks". The day comes before the month."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from models.base import Refusal
from models.figures.days import MONTH as A_MONTH
from models.figures.days import number_of, year_of
from models.figures.months import NAMES, month_of, named
from models.near import TAKEN, folded, likenesses

JUST_GONE = timedelta(days=92)  # a day without its year, this lately, is the one gone by
WEEKDAYS = tuple(calendar.day_name)
NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
NUMBERS |= {"a": 1, "an": 1}
SPELT = tuple(name.lower() for name in (*NAMES, *WEEKDAYS, "tomorrow") if len(name) > 4)  # shorter ones are like too many words

MONTH = A_MONTH.format("month")
WEEKDAY = r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
ON = rf"(?:{WEEKDAY} (?:the )?)?"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
NEAR, WEEKS = "today|tomorrow|tmrw|tmw", "week|wk|fortnight"
COUNT = rf"(?P<n>[1-9]\d{{0,2}}|{'|'.join(NUMBERS)}) (?P<unit>day|week|wk|fortnight|month|year)s?"


def plain(words: str) -> str:
    """Lower case, with day, month and year apart. A comma stays where it may part two things: "til jan, 5 done" is no 5 January."""
    text = re.sub(r"[‐‒–—−]", "-", re.sub(r"[‘’`´]", "", folded(words)))
    text = re.sub(r"\bnxt\b", "next", re.sub(r"\bon[- ]going\b", "ongoing", text))
    text = re.sub(r"(?<=[a-z])[-/](?=[a-z\d])|(?<=\d)[-/](?=[a-z])|(?<=\d)(?=(?!(?:st|nd|rd|th)\b)[a-z])|(?<=[a-z]{3})(?=\d)", " ", text)
    text = re.sub(rf"\b{WEEKDAY}[.,]", r"\1 ", text)
    text = re.sub(r"(?<=[a-z])[.,] ?(?=(?:19|20)\d\d\b)|(?<=\d), ?(?=(?:19|20)\d\d\b)", " ", text)
    return " ".join(text.split()).strip(' .,;:!?()[]"-')


def respelt(text: str) -> str:
    """A plain text with its misspelt months and days put right."""
    return re.sub(r"[a-z]{5,}", lambda word: _spelt(word[0]), text)


def misspelt(words: str) -> list[str]:
    """The months and days that are misspelt in words, as they are read: "Thursday"."""
    read = [(word, _spelt(word)) for word in dict.fromkeys(re.findall(r"[a-z]{5,}", plain(words)))]
    return [right.capitalize() if right != "tomorrow" else right for word, right in read if right != word]


@lru_cache(1024)
def _spelt(word: str) -> str:
    """The month or day that a word misspells, or the word. A plural is no misspelling: "Fridays" is no Friday."""
    near = [] if word.rstrip("s") in SPELT else likenesses(word, SPELT)
    return near[0][0] if near and near[0][1] >= TAKEN else word


def said(day: date) -> str:
    """ "12 December 2013"."""
    return f"{day.day} {named(month_of(day))}"


def day_of(text: str, today: date) -> date | None:
    """The day that a plain text means, all of it; None when it means none. Refuses a day that does not exist, or may be either of two."""
    for form, meaning in FORMS:
        if found := form.fullmatch(text):
            return meaning(found, today)
    return None


def _dated(found: re.Match[str], today: date) -> date:
    """A day of a month. dateutil's own parser takes 12/25/13 for Christmas, and with the day first 2013-12-01 for 12 January."""
    given = found.groupdict()
    day, year = int(given["day"]), year_of(given["year"]) if given.get("year") else None
    number = int(given["month"]) if given["month"].isdigit() else number_of(given["month"])
    if not 1 <= number <= 12:
        meant = f"{number} {NAMES[day - 1]}" if 1 <= day <= 12 and number <= 31 else "12 Dec"
        raise Refusal(f"{found[0]!r} is no date: there is no month {number}. Write the day first, then the month, as in {meant}.")
    day_meant = _of_month(day, number, year, today)
    weekday = given.get("weekday")
    if weekday and _weekday(weekday) != day_meant.weekday():
        right, wrong = WEEKDAYS[day_meant.weekday()], WEEKDAYS[_weekday(weekday)]
        raise Refusal(f"{said(day_meant)} is a {right}, not a {wrong}. Give the date that is meant, such as 12 Dec.")
    return day_meant


def _of_month(day: int, month: int, year: int | None, today: date) -> date:
    name = NAMES[month - 1]
    in_year = year or _coming(day, month, today)
    last = calendar.monthrange(in_year, month)[1]
    if 1 <= day <= last:
        return date(in_year, month, day)
    ends = f"{name} {in_year} ends on the {last}{'st' if last == 31 else 'th'}"
    raise Refusal(f"There is no {day} {name}{f' {year}' if year else ''}. {ends}. Give a day that there is, such as {last} {name}.")


def _coming(day: int, month: int, today: date) -> int:
    """The year of the coming such day, or of the one just gone."""
    for year in (today.year - 1, today.year):
        last = calendar.monthrange(year, month)[1]
        if date(year, month, max(1, min(day, last))) >= today - JUST_GONE:
            return year
    return today.year + 1


def _month_first(found: re.Match[str], today: date) -> date:
    """ "Dec 12", unless its number may be a year: a phone writes 13 December so, and a spreadsheet December 2013."""
    year, month = year_of(f"20{int(found['day']):02d}"), NAMES[number_of(found["month"]) - 1]
    if not (found["year"] or found["th"] or found["weekday"]) and -1 <= year - today.year <= 5:
        raise Refusal(f"{found[0]!r} may be {int(found['day'])} {month} or the end of {month} {year}. Write one of these out.")
    return _dated(found, today)


def _month_end(found: re.Match[str], today: date) -> date:
    month = number_of(found["month"])
    year = year_of(found["year"]) if found["year"] else _coming(31, month, today)
    return date(year, month, calendar.monthrange(year, month)[1])


def _middle(found: re.Match[str], today: date) -> date:
    return _of_month(15, number_of(found["month"]), year_of(found["year"]) if found["year"] else None, today)


def _end_of(found: re.Match[str], today: date) -> date:
    """A week ends on its Friday. At a weekend this week's is over: this week's and next week's are then both the coming one."""
    from dateutil.relativedelta import FR, MO, relativedelta

    n = 1 if found.groupdict().get("next") else 0
    match found["unit"][0]:
        case "w" if n:
            return today + relativedelta(days=1, weekday=MO(1)) + timedelta(days=4)
        case "w":
            return today + relativedelta(weekday=FR(1))
        case "m":
            return today + relativedelta(months=n, day=31)
    return date(today.year + n, 12, 31)


def _of_week(found: re.Match[str], today: date) -> date:
    """ "fri" is the coming one, never today, which would be said; "this fri" may be today; "next fri" is next week's."""
    number = _weekday(found["weekday"])
    if found["which"] == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday()) % 7 or (0 if found["which"] else 7))


def of_its_week(weekday: str, day: date, today: date) -> date:
    """A weekday's day in the week of another day (Monday to Sunday); in the week after it where that is no longer to come."""
    meant = day + timedelta(days=_weekday(weekday) - day.weekday())
    return meant if meant > today or meant == day else meant + timedelta(days=7)


def _later(found: re.Match[str], today: date) -> date:
    from dateutil.relativedelta import relativedelta

    n, unit = NUMBERS.get(found["n"]) or int(found["n"]), found["unit"]
    if days := {"day": 1, "week": 7, "wk": 7, "fortnight": 14}.get(unit):
        return today + timedelta(days=n * days)
    return today + relativedelta(months=n * (12 if unit == "year" else 1))


def _week_after(found: re.Match[str], today: date) -> date:
    """ "fri week", "a week on friday" and "2 weeks on friday": weeks after the coming one; "a week today"."""
    given = found.groupdict()
    weeks = NUMBERS.get(given.get("n") or "a") or int(given["n"])
    days = 14 * weeks if found["unit"] == "fortnight" else 7 * weeks
    if given.get("weekday"):
        days += (_weekday(given["weekday"]) - today.weekday()) % 7 or 7
    elif given["near"] != "today":
        days += 1
    return today + timedelta(days=days)


def _in_week(found: re.Match[str], today: date) -> date:
    """ "fri of next week", "next week fri", "friday this week"."""
    return today + timedelta(days=_weekday(found["weekday"]) - today.weekday() + (7 if found["which"] == "next" else 0))


def _weekday(name: str) -> int:
    return next(i for i, full in enumerate(WEEKDAYS) if full.lower().startswith(name[:3]))


FORMS = tuple(
    (re.compile(form), meaning)
    for form, meaning in (
        (rf"{ON}{DAY}(?:st|nd|rd|th)? (?:of )?{MONTH}(?: {YEAR})?", _dated),
        (rf"{ON}(?P<day>\d\d?)(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){YEAR}", _dated),
        (rf"{ON}(?!24/7)(?P<day>\d\d?)/(?P<month>\d\d?)", _dated),  # 24/7 is how often, and no 24 July
        (r"(?P<year>(?:19|20)\d\d)(?P<mark>[./-])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)", _dated),
        (rf"{ON}{MONTH} {DAY}(?P<th>st|nd|rd|th)?(?: {YEAR})?", _month_first),
        (rf"{MONTH}(?: (?P<year>(?:19|20)\d\d))?", _month_end),
        (rf"end (?:of )?{MONTH}(?: {YEAR})?", _month_end),
        (rf"(?:mid|middle of) {MONTH}(?: {YEAR})?", _middle),
        (rf"(?:(?P<which>this|next) )?{WEEKDAY}", _of_week),
        (rf"(?:{WEEKDAY}|(?P<near>{NEAR})) (?P<unit>{WEEKS})", _week_after),
        (rf"(?:(?P<n>[1-9]|{'|'.join(NUMBERS)}) )?(?P<unit>{WEEKS})s? (?:on |from )?(?:{WEEKDAY}|(?P<near>{NEAR}))", _week_after),
        (rf"{WEEKDAY} (?:of )?(?P<which>this|next) week", _in_week),
        (rf"(?P<which>this|next) week (?:on )?{WEEKDAY}", _in_week),
        (r"(?:end (?:of )?(?:the )?|(?=this |next ))(?:this |(?P<next>next ))?(?P<unit>week|month|year)", _end_of),
        (r"eo(?P<unit>[wmy])", _end_of),
        (r"(?P<unit>month) end", _end_of),
        (rf"{COUNT}(?: time| from (?:now|today))?", _later),
        (r"today|tonight", lambda _, today: today),
        (r"tomorrow|tmrw|tmw|tmo[wz]|tomoz|2 ?(?:moro|morrow|mrw)", lambda _, today: today + timedelta(days=1)),
    )
)
