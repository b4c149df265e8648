"""How often a group meets: an RFC 5545 rule in local wall time, read from words and said in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from models.base import Refusal
from models.dates import WEEKDAYS
from models.figures.days import MONTH, number_of
from models.figures.months import NAMES
from models.near import folded

if TYPE_CHECKING:
    from models.groups import Group

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
ORDINALS |= dict.fromkeys(("second to last", "second last", "last but one", "penultimate"), -2)
ORDINALS |= dict.fromkeys(("second to last", "second last", "last but one", "penultimate"), -2)
SAID = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}
EXAMPLES = (
    "second tuesday 10:00; every other thursday 14:00; first wednesday of march, june, september and december 09:30; last working day 10:00"
)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST"}
WITHIN = timedelta(days=366 * 12)  # a rule that does not occur in so long never does, or as good as never
WORKING = "MO,TU,WE,TH,FR"

DAY = r"(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
ORDINAL = rf"(?P<nth>{'|'.join(ORDINALS)})"
NUMBER = r"(?P<every>other|second|third|fourth|2nd|3rd|4th|two|three|four|2|3|4)"
OFTEN = {"other": 2, "second": 2, "two": 2, "2nd": 2, "third": 3, "three": 3, "3rd": 3, "fourth": 4, "four": 4, "4th": 4}
MONTHS = rf"(?P<months>{MONTH.format('one')}(?:(?:,| and|, and| &)? ?{MONTH.format('two')})*)"
OF = rf"(?: (?:of|in) (?:{MONTHS}|(?:the|each|every|a|(?:every|each) {NUMBER}) (?:month|quarter)s?))?"
FORMS = (
    (re.compile(rf"(?:the )?{ORDINAL} {DAY}{OF}"), "nth"),
    (re.compile(rf"(?:the )?last (?:working|week) ?day{OF}"), "working"),
    (re.compile(rf"(?:the )?last day{OF}"), "end"),
    (re.compile(rf"(?:the )?(?P<date>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?{OF}"), "date"),
    (re.compile(rf"(?:fortnightly|biweekly|every fortnight)(?: on)? (?:a )?{DAY}"), "fortnightly"),
    (re.compile(rf"{DAY},? (?:fortnightly|biweekly|every fortnight)"), "fortnightly"),
    (re.compile(rf"{DAY},? every {NUMBER} weeks?"), "often"),
    (re.compile(rf"(?:every |each )?{NUMBER} {DAY}"), "often"),
    (re.compile(rf"every {NUMBER} weeks?(?: on)? {DAY}"), "often"),
    (re.compile(rf"(?:weekly(?: on)?|every|each|on)? ?{DAY}(?: (?:of )?(?:every|each) week)?"), "weekly"),
)
DAYLESS = re.compile(rf"fortnightly|biweekly|weekly|every (?:fortnight|week|{NUMBER} weeks?)")
SCALE = re.compile(r"^(?:(?P<monthly>monthly|every month)|(?P<quarterly>quarterly|every quarter))(?: on)?(?: the)? ")


@dataclass(frozen=True)
class Cadence:
    """A rule without DTSTART, and its first meeting in local wall time."""

    rule: str
    starts: datetime

    @classmethod
    def of(cls, group: Group) -> Cadence:
        """A group's, which has one."""
        assert group.starts is not None
        return cls(group.cadence, group.starts)

    @classmethod
    def read(cls, words: str, at: time, since: date) -> Cadence:
        """From words, or an RFC 5545 rule; its first meeting is the first on or after `since`. Refuses what never occurs."""
        text = " ".join(folded(words).replace(",", ", ").split()).strip(" .,;:")
        rule = _of_rfc(words) if "freq=" in text else _of_words(text)
        _must_have_its_day(rule)
        found = cls(rule, datetime.combine(since, at))
        first = found._first()
        if first is None:
            raise Refusal(
                f"That never happens: {rule} has no day in the next twelve years. Say it in words, such as: {EXAMPLES}", field="rule"
            )
        return cls(rule, first)

    @property
    def said(self) -> str:
        """ "second Tuesday of the month at 10:00"; the rule itself where there are no words for it."""
        return f"{_in_words(parts_of(self.rule)) or self.rule} at {self.starts:%H:%M}"

    @property
    def fifth(self) -> str:
        """ "fifth Friday", where it meets by a fifth day that most months do not have; else empty."""
        parts = parts_of(self.rule)
        if parts["FREQ"] not in ("MONTHLY", "YEARLY") or (parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts):
            return ""
        days = parts.get("BYDAY", "").split(",")
        alone = parts.get("BYSETPOS", "") if len(days) == 1 else ""
        rare = [day[-2:] for day in days if (day[:-2] or alone).lstrip("+-") == "5"]
        return f"fifth {WEEKDAYS[CODES.index(rare[0])]}" if rare else ""

    def _first(self) -> datetime | None:
        from dateutil.rrule import rrulestr

        every = re.sub(r";INTERVAL=\d+|INTERVAL=\d+;", "", self.rule)  # "every other Thursday" begins with the coming one
        bounded = every if "UNTIL=" in every or "COUNT=" in every else f"{every};UNTIL={self.starts + WITHIN:%Y%m%dT%H%M%S}"
        try:
            return next(iter(rrulestr(bounded, dtstart=self.starts)), None)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Refusal(f"{self.rule} is no rule I can follow. Say it in words, such as: {EXAMPLES}", field="rule") from None


def parts_of(rule: str) -> Mapping[str, str]:
    """A rule's parts by name: {"FREQ": "MONTHLY", "BYDAY": "2TU"}."""
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def is_followed(parts: Mapping[str, str]) -> bool:
    """Whether a rule is one that can be followed: dateutil looks through every day until the year 9999 for one that never occurs."""
    days = [re.fullmatch(r"([+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)", day) for day in parts.get("BYDAY", "MO").split(",")]
    often = parts.get("FREQ", "")
    narrow = often in ("DAILY", "WEEKLY") and (any(day and day[1] for day in days) or bool(parts.keys() & {"BYMONTHDAY", "BYSETPOS"}))
    every = re.fullmatch(r"[1-9]\d?", parts.get("INTERVAL", "1"))
    return often in FREQUENCIES and all(days) and not narrow and every is not None and parts.keys() <= PARTS


def _of_rfc(words: str) -> str:
    rule = "".join(words.upper().split()).removeprefix("RRULE:").strip(";")
    parts = parts_of(rule)
    unknown = [name for name in parts if name not in PARTS]
    if unknown or parts.get("FREQ") not in FREQUENCIES or len(parts) != rule.count(";") + 1:
        what = f"{unknown[0]} is not among them" if unknown else "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"
        raise Refusal(
            f"I follow rules of {', '.join(sorted(PARTS))}; {what}. The time of day comes after the rule: FREQ=… 10:00", field="rule"
        )
    if not re.fullmatch(r"[1-9]\d?", parts.get("INTERVAL", "1")):
        raise Refusal(f"INTERVAL is a number from 1 to 99, not {parts['INTERVAL'][:20]}.", field="rule")
    if not is_followed(parts):
        raise Refusal(f"{rule} is no rule I can follow. Say it in words, such as: {EXAMPLES}", field="rule")
    if "UNTIL" in parts:
        parts = {**parts, "UNTIL": parts["UNTIL"].removesuffix("Z") if "T" in parts["UNTIL"] else f"{parts['UNTIL']}T235959"}
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _of_words(text: str) -> str:
    scale = SCALE.match(text)
    rest = text[scale.end() :] if scale else text
    for form, kind in FORMS:
        if found := form.fullmatch(rest):
            rule = _rule(kind, found.groupdict())
            return f"{rule};INTERVAL=3" if scale and scale["quarterly"] and "MONTHLY" in rule and "BYMONTH=" not in rule else rule
    if DAYLESS.fullmatch(rest):
        raise Refusal(f"On which day of the week? Such as: {rest} on thursday", field="rule")
    raise Refusal(f"I cannot read “{text[:60]}” as how often a group meets. Such as: {EXAMPLES}", field="rule")


def _rule(kind: str, given: Mapping[str, str | None]) -> str:
    code = CODES[_weekday(given["day"])] if given.get("day") else ""
    every = f";INTERVAL={OFTEN.get(given.get('every') or '', 0) or int(given.get('every') or 0)}" if given.get("every") else ""
    months = re.findall(MONTH.format("m"), given.get("months") or "")
    of = f"{every};BYMONTH={','.join(str(number) for number in sorted({number_of(name) for name in months}))}" if months else every
    match kind:
        case "nth":
            return f"FREQ=MONTHLY;BYDAY={ORDINALS[given['nth'] or '']}{code}{of}"
        case "working":
            return f"FREQ=MONTHLY;BYDAY={WORKING};BYSETPOS=-1{of}"
        case "end":
            return f"FREQ=MONTHLY;BYMONTHDAY=-1{of}"
        case "date":
            return f"FREQ=MONTHLY;BYMONTHDAY={int(given['date'] or 0)}{of}"
        case "fortnightly":
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={code}"
    return f"FREQ=WEEKLY{every};BYDAY={code}"


def _weekday(name: str | None) -> int:
    return next(i for i, full in enumerate(WEEKDAYS) if full.lower().startswith((name or "")[:3]))


def _must_have_its_day(rule: str) -> None:
    """Refuse a day of the month that some of its months have not: those would be passed over without a word."""
    parts = parts_of(rule)
    if parts.get("BYDAY", "").startswith("5") and "INTERVAL" in parts and "BYMONTH" not in parts:
        name = WEEKDAYS[CODES.index(parts["BYDAY"][1:3])]
        raise Refusal(
            f"Most months have no fifth {name}: the group would not meet then. Say the first to the fourth, or the last {name}.",
            field="rule",
        )
    days = [int(day) for day in re.findall(r"-?\d+", parts.get("BYMONTHDAY", ""))]
    months = [int(month) for month in re.findall(r"\d+", parts.get("BYMONTH", ""))] or list(range(1, 13))
    longest = {month: 31 if month in (1, 3, 5, 7, 8, 10, 12) else 28 if month == 2 else 30 for month in months}
    for day in (day for day in days if not -28 <= day <= 28 or day == 0):
        without = [NAMES[month - 1] for month in months if longest[month] < abs(day)]
        if without and (len(without) < len(months) or day == 29):
            raise Refusal(
                f"There is no {abs(day)} {without[0]}{_nor(len(without) - 1)}: the group would not meet then. Say “last day of each "
                "month”, or a day up to the 28th, or name the months that have it.",
                field="rule",
            )
        if without or day == 0:
            raise Refusal(f"That never happens: {_those(without)} no day {abs(day)}. Such as: {EXAMPLES}", field="rule")


def _those(months: Sequence[str]) -> str:
    return f"{months[0]} has" if len(months) == 1 else "all its months have"


def _nor(others: int) -> str:
    return f", nor in {others} other month{'s' if others > 1 else ''}" if others else ""


def _in_words(parts: Mapping[str, str]) -> str:
    every = int(parts.get("INTERVAL", "1"))
    extra = set(parts) - {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
    days = [_day_in_words(day) for day in parts.get("BYDAY", "").split(",") if day]
    if extra or any(day is None for day in days):
        return ""
    if parts["FREQ"] == "WEEKLY" and days and not parts.keys() & {"BYMONTH", "BYSETPOS", "BYMONTHDAY"}:
        return f"every {SAID.get(every, str(every)) + ' ' if every > 1 else ''}{' and '.join(day or '' for day in days)}"
    if parts["FREQ"] != "MONTHLY":
        return ""
    what = _of_the_month(parts, [day or "" for day in days])
    return f"{what} of {_months(parts, every)}" if what else ""


def _of_the_month(parts: Mapping[str, str], days: list[str]) -> str:
    if parts.get("BYSETPOS") == "-1" and parts.get("BYDAY") == WORKING:
        return "last weekday"
    if "BYSETPOS" in parts:
        return ""
    if days:
        return " and ".join(days) if "BYMONTHDAY" not in parts and all(re.match(r"-?\d", day) for day in parts["BYDAY"].split(",")) else ""
    number = parts.get("BYMONTHDAY", "")
    return "last day" if number == "-1" else f"day {number}" if number.isdigit() else ""


def _months(parts: Mapping[str, str], every: int) -> str:
    if "BYMONTH" not in parts:
        return "the month" if every == 1 else f"every {SAID.get(every, every)} month"
    names = [NAMES[int(month) - 1] for month in parts["BYMONTH"].split(",")]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _day_in_words(code: str) -> str | None:
    found = re.fullmatch(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", code)
    if not found or (found[1] and int(found[1]) not in SAID):
        return None
    name = WEEKDAYS[CODES.index(found[2])]
    return f"{SAID[int(found[1])]} {name}" if found[1] else name
