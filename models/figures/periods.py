"""Reading a period from words: "Mar-May 2025", "last 3 months", "since March", "… vs the same months of 2023"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.base import Refusal
from models.figures.days import MONTH, SHORT_YEAR, YEAR, YEAR_AFTER, number_of, refuse_days, year_of
from models.figures.months import Period, month, month_of, named

TO = r"\s*(?:-|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}


@dataclass(frozen=True)
class Held:
    """What a period is read against: the first and last months held, now, and when the JAG last met."""

    first: int
    last: int
    now: datetime
    last_jag: Callable[[], datetime | None]


Resolve = Callable[[Held], Period]


@dataclass(frozen=True)
class Asked:
    """A period as asked, and what it was asked to be compared with; either may be None."""

    period: Resolve | None
    against: Callable[[Period, Held], Period] | None
    rest: str
    months_asked: str = ""


def read(text: str) -> Asked:
    """Take the words of a period out of a lower-case text. Refuses days, and months and dates that are none."""
    text = re.sub(r"\bmay (?=(?:i|we|you)\b)", "", text)  # which asks, and is no month
    text, against = _against(text)
    period, rest, said = _one(text)
    return Asked(period, against, rest, said)


VERSUS = re.compile(
    r"\b(?:vs?\.?|versus|against|compared? (?:to|with))\s+(?:the\s+)?|\bon (?=(?:the )?(?:last|previous|prior) year|(?:the )?year before)"
)
SAME = re.compile(
    r"(?:the )?(?:same (?:months?|period|time)\s*(?:of|in)?\s*(?:the )?)?(?:"
    + YEAR.format("year")
    + r"\b(?![/-]\d)|(?:last|previous|prior) year\b|year before\b)"
)


JUST_BEFORE = re.compile(
    r"(?:the )?(?:previous|preceding|prior|ones?)(?! year)(?: (?P<n>\d{1,3}|" + "|".join(NUMBER_WORDS) + r")\b)?"
    r"(?: (?P<unit>months?|quarters?)\b| period\b)?(?: before\b)?|(?:the )?(?P<one>month|quarter)s? before\b"
)


def _against(text: str) -> tuple[str, Callable[[Period, Held], Period] | None]:
    """Cut off "vs 2024", "vs the same months of 2023", "compared with last year", "vs March 2024"."""
    if not (versus := VERSUS.search(text)):
        return text, None
    before, after = text[: versus.start()], text[versus.end() :]
    if found := SAME.match(after):
        year = int(found["year"]) if found["year"] else None
        return f"{before} {after[found.end() :]}", lambda period, _: period.back(12 if year is None else (period.first // 12 - year) * 12)
    if found := JUST_BEFORE.match(after):
        length = _length(found)
        return f"{before} {after[found.end() :]}", lambda period, _: Period(period.first - (length or len(period)), period.first - 1)
    other, left, said = _one(after)
    if other is None or not after.startswith(said):
        return text, None  # two things compared, not two periods
    return f"{before} {left}", lambda _, held: other(held)


def _length(found: re.Match[str]) -> int | None:
    """How many months "the previous 6 months" or "the quarter before" names; None where it names no number."""
    named = found["unit"] or found["one"] or ""
    unit = 3 if named.startswith("quarter") else 1
    if not found["n"]:
        return unit if named else None
    return (NUMBER_WORDS.get(found["n"]) or int(found["n"])) * unit


def _one(text: str) -> tuple[Resolve | None, str, str]:
    refuse_days(text)
    for pattern, make in GRAMMAR:
        if found := pattern.search(text):
            return make(found), f"{text[: found.start()]} {text[found.end() :]}", found[0].strip()
    return None, text, ""


def _whole_year(year: int, held: Held) -> Period:
    """A calendar year, cut at the last month held where the year is still coming in."""
    period = Period(month(year, 1), month(year, 12))
    return Period(period.first, held.last) if period.first <= held.last < period.last else period


def _latest(number: int, held: Held) -> int:
    """The latest month of this number that is held."""
    back = (held.last % 12 - (number - 1)) % 12
    return held.last - back


def _range(found: re.Match[str]) -> Resolve:
    start, end = number_of(found["m1"]), number_of(found["m2"])
    first_year, last_year = found["y1"], found["y2"]

    def resolve(held: Held) -> Period:
        last = month(year_of(last_year), end) if last_year else _latest(end, held)
        if first_year:
            first = month(year_of(first_year), start)
            last = last if last_year else first + (end - start) % 12
        else:
            first = last - (end - start) % 12
        if first > last:
            raise Refusal(f"{named(first)} comes after {named(last)}. Expected the earlier month first.")
        return Period(first, last)

    return resolve


def _lone(found: re.Match[str]) -> Resolve:
    number, year = number_of(found["m"]), found["y"]
    if year:
        return lambda _: Period(month(year_of(year), number), month(year_of(year), number))
    return lambda held: Period(_latest(number, held), _latest(number, held))


def _iso(found: re.Match[str]) -> Resolve:
    year, number = int(found["y"]), int(found["n"])
    if not 1 <= number <= 12:
        raise Refusal(f"{found[0].strip()!r} is no month. Expected a year and month such as 2025-03.")
    return lambda _: Period(month(year, number), month(year, number))


def _iso_range(found: re.Match[str]) -> Resolve:
    ends = [(int(found["y1"]), int(found["n1"])), (int(found["y2"]), int(found["n2"]))]
    if not all(1 <= number <= 12 for _, number in ends):
        raise Refusal(f"{found[0].strip()!r} has a month that isn't one. Expected such as 2025-01..2025-12.")
    first, last = (month(*end) for end in ends)
    if first > last:
        raise Refusal(f"{named(first)} comes after {named(last)}. Expected the earlier month first.")
    return lambda _: Period(first, last)


def _financial(found: re.Match[str]) -> Resolve:
    year, next_year = year_of(found["y"]), found["n"]
    if next_year and int(next_year) % 100 != (year + 1) % 100:
        raise Refusal(f"{found[0].strip()!r} is no financial year. Expected such as financial year {year}/{(year + 1) % 100:02d}.")
    return lambda _: Period(month(year, 4), month(year + 1, 3))


def _relative_financial(found: re.Match[str]) -> Resolve:
    def resolve(held: Held) -> Period:
        start = held.last - (held.last % 12 - 3) % 12
        return Period(start, held.last) if found["which"] == "this" else Period(start - 12, start - 1)

    return resolve


def _since(found: re.Match[str]) -> Resolve:
    number, year = number_of(found["m"]), found["y"]

    def resolve(held: Held) -> Period:
        first = month(year_of(year), number) if year else _latest(number, held)
        if first > held.last:
            raise Refusal(f"{named(first)} is not held yet: the last month held is {named(held.last)}.")
        return Period(first, held.last)

    return resolve


def _since_year(found: re.Match[str]) -> Resolve:
    year = int(found["y"])
    return lambda held: Period(month(year, 1), max(held.last, month(year, 1)))


def _since_jag(_: re.Match[str]) -> Resolve:
    def resolve(held: Held) -> Period:
        met = held.last_jag()
        if met is None:
            raise Refusal("I don't know when the JAG last met: its calendar is not set. Ask for last month, or since March.")
        first = month_of(met)
        if first > held.last:
            day = f"{met.day} {named(first)}"
            raise Refusal(
                f"No whole month has come in since the last JAG ({day}): the last held is {named(held.last)}. Ask for last month."
            )
        return Period(first, held.last)

    return resolve


def _last_months(found: re.Match[str]) -> Resolve:
    how_many = int(found["n"]) if found["n"].isdigit() else NUMBER_WORDS[found["n"]]
    if how_many < 1:
        raise Refusal("Expected one month or more, such as last 3 months.")
    length = how_many * (12 if found["unit"].startswith("year") else 3 if found["unit"].startswith("quarter") else 1)
    return lambda held: Period(held.last - length + 1, held.last)


def _ending(found: re.Match[str]) -> Resolve:
    """ "12 months to March 2025"."""
    how_many, last = int(found["n"]) if found["n"].isdigit() else NUMBER_WORDS[found["n"]], _lone(found)
    return lambda held: Period(last(held).last - max(how_many, 1) + 1, last(held).last)


def _named_quarter(found: re.Match[str]) -> Resolve:
    """ "Q1 2025": of the calendar year."""
    year, quarter = year_of(found["y"]), int(found["q"])
    return lambda _: Period(month(year, quarter * 3 - 2), month(year, quarter * 3))


def _quarter(held: Held) -> Period:
    """The last whole calendar quarter held."""
    last = held.last - (held.last + 1) % 3
    return Period(last - 2, last)


def _years(found: re.Match[str]) -> Resolve:
    first, last = int(found["y1"]), int(found["y2"])
    if first > last:
        raise Refusal(f"{first} comes after {last}. Expected the earlier year first.")
    return lambda held: Period(month(first, 1), _whole_year(last, held).last)


def _year(found: re.Match[str]) -> Resolve:
    return lambda held: _whole_year(int(found["y"]), held)


def _fixed(resolve: Resolve) -> Callable[[re.Match[str]], Resolve]:
    return lambda _: resolve


def _now_year(back: int) -> Resolve:
    """This year is January to the last month held, of the year that month is in."""
    return lambda held: _whole_year(held.last // 12 - back, held)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:in |for |during |over )?(?:the )?{text}")


GRAMMAR: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Resolve]]] = [
    (
        _pattern(r"(?:(?:financial|fiscal|fin) year|fy)\s*" + SHORT_YEAR.format("y") + r"(?:\s*[/-]\s*(?P<n>\d{4}|\d\d))?\b"),
        _financial,
    ),
    (_pattern(r"(?P<which>this|last) (?:financial|fiscal) year\b"), _relative_financial),
    (_pattern(YEAR.format("y") + r"/(?P<n>\d\d(?:\d\d)?)\b"), _financial),
    (
        _pattern(r"(?P<y1>(?:19|20)\d\d)-(?P<n1>\d\d?)\s*(?:\.\.|to|-)\s*(?P<y2>(?:19|20)\d\d)-(?P<n2>\d\d?)\b"),
        _iso_range,
    ),
    (_pattern(r"(?P<y>(?:19|20)\d\d)-(?P<n>\d\d?)\b(?!\d)"), _iso),
    (_pattern(r"(?P<n>\d\d?)[/.-](?P<y>(?:19|20)\d\d)\b"), _iso),
    (re.compile(r"\bsince (?:the )?(?:last |previous )?jag(?: meeting)?\b"), _since_jag),
    (_pattern(r"q(?P<q>[1-4])[\s,/-]*" + SHORT_YEAR.format("y") + r"\b"), _named_quarter),
    (
        _pattern(
            r"(?P<n>\d{1,3}|"
            + "|".join(NUMBER_WORDS)
            + r") months? (?:to|ending|ended|up to) "
            + MONTH.format("m")
            + YEAR_AFTER.format("y")
        ),
        _ending,
    ),
    (
        re.compile(r"\b(?:since|from) " + MONTH.format("m") + YEAR_AFTER.format("y") + r"(?!\s*(?:-|to\b))"),
        _since,
    ),
    (re.compile(r"\b(?:since|from) " + YEAR.format("y") + r"\b(?!\s*(?:-|to\b))"), _since_year),
    (
        re.compile(
            r"\b(?:in |for |during |from |between )?"
            + MONTH.format("m1")
            + YEAR_AFTER.format("y1")
            + r"(?:"
            + TO
            + r"|\s+and\s+)"
            + MONTH.format("m2")
            + YEAR_AFTER.format("y2")
        ),
        _range,
    ),
    (_pattern(MONTH.format("m") + r"[\s,/-]*" + SHORT_YEAR.format("y") + r"\b"), _lone),
    (
        _pattern(
            r"(?:last|past|latest|previous|recent) (?P<n>\d{1,4}|"
            + "|".join(NUMBER_WORDS)
            + r")\s*(?P<unit>months?|years?|quarters?|mths?)\b"
        ),
        _last_months,
    ),
    (
        _pattern(r"(?:rolling|last|past) (?:12|twelve)(?: months?)?\b"),
        _fixed(lambda held: Period(held.last - 11, held.last)),
    ),
    (_pattern(r"(?:last|latest|most recent|previous|past) month\b"), _fixed(lambda held: Period(held.last, held.last))),
    (_pattern(r"(?:last|latest|previous) quarter\b"), _fixed(_quarter)),
    (_pattern(r"(?:this year|year to date|ytd|so far this year)\b"), _fixed(_now_year(0))),
    (_pattern(r"(?:last|previous) year\b"), _fixed(_now_year(1))),
    (_pattern(YEAR.format("y1") + TO + YEAR.format("y2") + r"\b"), _years),
    (_pattern(YEAR.format("y") + r"\b"), _year),
    (re.compile(r"\b(?:in|for|during)\s+" + MONTH.format("m") + r"\b(?P<y>)"), _lone),
    (re.compile(r"(?<!\w)" + MONTH.format("m") + r"\b(?P<y>)"), _lone),
]
