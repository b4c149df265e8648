"""The meetings of a period, of one group or of all that I see."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.times import MONTH, day_beginning
from commands.meetings.told import discreetly, state
from commands.meetings.which import group_beginning
from commands.plan.sight import Sight
from commands.reply import Note, Reply, Table, counted, press
from commands.words import lasting
from models.base import Refusal
from models.calendar import Calendar
from models.dates import plain
from models.groups import Group
from models.occurrences import Occurrence

FAR = 2099  # the last year that is read as one
MOST = 60  # rows; fortnightly for two years
YEAR = re.compile(r"\b(?:in |of |for )?(?P<year>(?:19|20)\d\d)(?:[/-](?P<to>\d\d|(?:19|20)\d\d))?\b")
PAST = re.compile(r"\b(?:past|previous|earlier|held|last year|so far)\b")
THIS_YEAR = re.compile(r"\b(?:this|next) year\b")
THIS = re.compile(r"\b(?P<which>this|next) (?P<unit>week|month)\b")
AHEAD = re.compile(r"\b(?:next|coming) (?P<n>\d{1,2}|two|three|six|twelve) (?P<unit>month|week|year)s?\b")
NUMBERS = {"two": 2, "three": 3, "six": 6, "twelve": 12}
UNTIL = re.compile(r"\b(?:until|till|to|by|between now and|before)\b(?P<day>.*)$")
NOISE = re.compile(r"\b(?:meetings?|all|coming|upcoming|dates?|of|in|for|the|from|now|please|groups?|my|our|next|private|please)\b|[^\w\s]")


def list_(enquiry: Enquiry, session: Session) -> Reply:
    """`list jag 2014`: a group's meetings of a year, a month, the past year, or until a day; a year ahead where none is said."""
    sight = Sight.of(enquiry, session)
    group, rest = group_beginning(lasting(enquiry.words), sight)
    text = plain(rest)
    first, last, words = window(text, sight.today)
    if group is None and (left := NOISE.sub(" ", words).strip()):
        group = _group_in(left, sight)
    if group and (left := NOISE.sub(" ", words).strip()) and not sight.group_named(left):
        raise _unread(left, sight)
    groups = [group] if group else list(sight.groups)
    return _listed(groups, first, last, sight)


def _group_in(words: str, sight: Sight) -> Group:
    if found := sight.group_named(words):
        return found
    raise _unread(words, sight)


def _unread(words: str, sight: Sight) -> Refusal:
    names = ", ".join(group.name for group in sight.groups) or "none"
    return Refusal(
        f"I cannot read “{words[:60]}” as a group or a period. Your groups: {names}. A period is 2014, Dec 2013, past, next 3 months or "
        "until 25 Dec.",
        ("All meetings", "/meeting list"),
    )


def window(text: str, today: date) -> tuple[date, date, str]:
    """(the first day, the last, the words that are left)."""
    if (found := UNTIL.search(text)) and (until := day_beginning(found["day"].replace("christmas", "25 dec"), today, months=True)):
        return today, until[0], f"{_without(text, found)} {until[1]}".strip()
    if found := YEAR.search(text):
        if month := re.search(rf"\b{MONTH.pattern}", text):
            last = day_beginning(month[0], today, months=True)
            assert last is not None  # a month is one
            return last[0].replace(day=1), last[0], _without(text, month)
        year = int(found["year"])
        return (*_year(year, found["to"]), _without(text, found))
    if found := PAST.search(text):
        return today - timedelta(days=365), today, _without(text, found)
    if found := THIS_YEAR.search(text):
        year = today.year + found[0].startswith("next")
        return date(year, 1, 1), date(year, 12, 31), _without(text, found)
    if found := THIS.search(text):
        return (*_this_or_next(found["unit"], found["which"] == "next", today), _without(text, found))
    if found := AHEAD.search(text):
        n = NUMBERS.get(found["n"]) or int(found["n"])
        return today, today + timedelta(days=n * {"week": 7, "month": 31, "year": 366}[found["unit"]]), _without(text, found)
    if found := re.search(rf"\b{MONTH.pattern}\b", text):
        last = day_beginning(found[0], today, months=True)
        assert last is not None
        return last[0].replace(day=1), last[0], _without(text, found)
    return today, today + timedelta(days=365), text


def _this_or_next(unit: str, next_one: bool, today: date) -> tuple[date, date]:
    """The first and the last day of this week or month, or the next; weeks begin on Monday."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() - 7 * next_one)
        return monday, monday + timedelta(days=6)
    first = today.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    begins = after if next_one else first
    return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year(year: int, to: str | None) -> tuple[date, date]:
    """A calendar year; "2013/14" is a financial one."""
    if to and int(to) % 100 == (year + 1) % 100:
        return date(year, 4, 1), date(year + 1, 3, 31)
    return date(year, 1, 1), date(int(to) if to and len(to) == 4 else year, 12, 31)


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def _listed(groups: list[Group], first: date, last: date, sight: Sight) -> Reply:
    found: list[tuple[Occurrence, Group, Calendar]] = []
    for group in groups:
        calendar = Calendar.of(group, sight.session)
        begins = calendar.aware(datetime.combine(first, time()))
        until = calendar.aware(datetime.combine(last, time.max))
        found += [(each, group, calendar) for each in calendar.between(begins - timedelta(microseconds=1), until, cancelled=True)]
    found.sort(key=lambda each: each[0])
    shown, one = found[:MOST], groups[0] if len(groups) == 1 else None
    rows = [_row(*each, one is None) for each in shown]
    period = f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    title = f"{one.name if one else 'All'} meetings, {period}"
    headings = [*([] if one else ["Group"]), "When", "Where", "State"]
    more = (
        Note(f"{len(shown)} of {len(found)} are shown. Ask for a shorter time, such as: /meeting list {first.year}")
        if len(found) > MOST
        else None
    )
    private = next((group for group in groups if group.private), None)
    held = sum(not each.cancelled for each, _, _ in found)
    summary = (discreetly(one, "listed", held) if one else f"{counted(held, 'meeting')} listed.") if private else f"{title}: {held}."
    return Reply(
        title,
        Table(headings, rows) if rows else "None is held then.",
        more,
        press(*_others(one, first, sight)),
        summary=summary,
    )


def _row(meeting: Occurrence, group: Group, calendar: Calendar, named: bool) -> list[str]:
    cells = [f"{meeting.begins:%a %-d %b %Y, %H:%M}", meeting.place, state(meeting, calendar)]
    return [group.name, *cells] if named else cells


def _others(group: Group | None, first: date, sight: Sight) -> list[tuple[str, str]]:
    words = f"{group.key} " if group else ""
    asks = [("Past", f"/meeting list {words}past")] if first >= sight.today else [("Coming", f"/meeting list {words}".strip())]
    year = max(first, sight.today).year + 1
    asks += [("Next year", f"/meeting list {words}{year}")] if year < FAR else []
    return [*asks, *([("Next one", f"/meeting show {group.key}")] if group else [("Next meetings", "/meeting next")])]
