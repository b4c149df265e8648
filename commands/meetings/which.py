"""Which meeting is meant: "jag 10 Dec", "the next csag", "10 Dec", or nothing but the group whose channel it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commands.meetings.times import MONTH, TIMES, clock, day_beginning
from commands.permissions import YES, allowed
from commands.plan.sight import Sight
from commands.words import listed
from models.base import Refusal
from models.calendar import Calendar
from models.dates import plain
from models.figures.days import MONTH as A_MONTH
from models.groups import Group
from models.loose_dates import gone_by, numbered
from models.occurrences import Occurrence

LONGEST = 6  # words of a group's name, with what introduces it
FILLERS = re.compile(
    rf"^(?:\s*(?:in(?= +(?:the )?{A_MONTH.format('month')}\b)|the|our|an?|extra|additional|special|another|of|for|on|from|at|coming"
    r"|meetings?|mtg|group|next(?= +(?:meeting|mtg))|['’]s)"
    r"(?![\w/-])[\s,]*)+",
    re.I,
)
NEXT = re.compile(r"^\s*next\b[\s,]*", re.I)
AWAY = re.compile(r"^\s*(?:(?:to|until|by)\b|\w+ (?:day|week|fortnight)s? (?:later|earlier|back|forward)\b)", re.I)  # where it is moved
GOES_ON = re.compile(r"^\W*(?:to|until|because|due to|at|in|by|as|with|owing)\b|^\W*$", re.I)
LAST = re.compile(r"^\s*(?:the |our )?(?:last|latest|previous)\b", re.I)
UNREAD = re.compile(  # what would say which meeting, and is not read
    r"^\W*(?:(?:on|in|of|after|this|next)\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|week|month|next|that)\b|the week after\b)", re.I
)
AND = re.compile(r"^\W*(?:(?:and|plus|as well as)\b|[&+])\s*", re.I)
FAR = timedelta(days=400)


@dataclass(frozen=True)
class Found:
    """A meeting of a group, and the words that follow those which name it. `named` is whether it was named at all."""

    group: Group
    calendar: Calendar
    meeting: Occurrence
    words: str = ""

    @property
    def line(self) -> str:
        """The words that mean this meeting and no other."""
        return line_of(self.group, self.meeting)


def line_of(group: Group, meeting: Occurrence) -> str:
    """ "jag 10 Dec 2013 10:00"."""
    return f"{group.key} {meeting.begins:%-d %b %Y %H:%M}"


def group_beginning(words: str, sight: Sight) -> tuple[Group | None, str]:
    """The group of those that are seen which begins the words, and what follows it; no group and the words where none does."""
    start = FILLERS.match(words)
    text = words[start.end() :] if start else words
    for said in dict.fromkeys((text, NEXT.sub("", text))):
        for end in reversed([word.end() for word in re.finditer(r"\S+", said)][:LONGEST]):
            if group := sight.group_named(said[:end].strip(" ,;:.?!#'’")):
                return group, said[end:].lstrip(" ,;:.")
    return None, text


def the_group(group: Group | None, sight: Sight, verb: str = "") -> Group:
    """The group that was named; else the channel's, or the only one of mine. Asks which where there are several."""
    if group:
        return group
    mine = [each for each in sight.groups if sight.seats[each.id]] or list(sight.groups)
    here = [each for each in mine if each.channel and each.channel == sight.enquiry.where]
    for only in (here, mine):
        if len(only) == 1:
            return only[0]
    if not mine:
        raise Refusal("You sit on no group that meets. Ask the coordinator for a seat.")
    asks = [(each.name, f"/meeting {verb.replace('{group}', each.key)}") for each in mine] if "{group}" in verb else []
    raise Refusal(f"Which group? {listed([each.name for each in mine], 'or')}?", *asks, field="group")


def named_group(words: str, sight: Sight, verb: str, example: str) -> tuple[Group, str]:
    """The group that words begin with, and what follows; where there are words, it must be named: they are about a whole group."""
    found, rest = group_beginning(words, sight)
    if found is None and rest.strip(" ?.!"):
        names = listed([group.name for group in sight.groups], "or") or "none that I can tell you"
        raise Refusal(f"Begin with the group ({names}), such as: {example}", field="group")
    return the_group(found, sight, f"{verb} {{group}}"), rest


def must_be_alone(found: Found, sight: Sight, verb: str) -> None:
    """Refuse words that go on with another group: "cancel jag and csag" is about two meetings."""
    others = AND.match(found.words)
    other = group_beginning(found.words[others.end() :], sight)[0] if others else None
    if other is not None and other.id != found.group.id:
        asks = [(f"{verb.capitalize()} {each.name}'s", f"/meeting {verb} {each.key}") for each in (found.group, other)]
        raise Refusal(f"One meeting at a time: {found.group.name}'s, or {other.name}'s? Nothing was changed.", *asks)


def must_arrange(group: Group, sight: Sight) -> None:
    """Refuse who may not change when the group meets."""
    if allowed("arrange meetings", sight.parts_in(group.id)) != YES:
        raise Refusal(f"The chair, the deputy chair and the coordinator of {group.name} arrange its meetings. Ask one of them.")


def find(words: str, sight: Sight, verb: str, cancelled: bool = False) -> Found:
    """The meeting that words begin with: by day, else the next (or last) of its group. `verb` asks again, "cancel {meeting}" as it were.

    Refuses a day on which none is held; where several are, asks which.
    """
    last = bool(LAST.match(words))
    group, rest = group_beginning(LAST.sub("", words), sight)
    if not last and LAST.match(rest):
        last, rest = True, LAST.sub("", rest)
    bare = FILLERS.sub("", rest, count=1)
    begun = day_beginning(bare, sight.today, months=True)
    rest = bare if begun else rest
    if begun is None and group is None:
        group, rest = _group_after(rest, sight)
    if begun is None or AWAY.match(rest):
        rest = NEXT.sub("", rest)
        if UNREAD.match(rest) or (group is None and not GOES_ON.match(rest)):  # which is no reason, and no place
            raise _no_meeting(rest, sight)
        of = the_group(group, sight, verb.replace("{meeting}", "{group}") + f" {rest}".rstrip())
        return _cancelled_of(of, rest, sight) if cancelled else _of_group(of, rest, sight, last)
    day, after = begun
    at, after = _time_beginning(after)
    if group is None:
        group, after = group_beginning(after, sight)
    groups = [group] if group else list(sight.groups)
    named = plain(rest[: len(rest) - len(begun[1])].removeprefix("the "))
    if MONTH.fullmatch(named):
        found = _in_month(groups, day, sight, cancelled)
    else:
        found = _on(groups, day, at, sight, cancelled)
        if not found and (number := numbered(named)):
            found = _on(groups, gone_by(number, sight.today), at, sight, cancelled)
    if len(found) == 1:
        return Found(*found[0], after)
    from commands.meetings.not_then import none_then, which_of

    raise which_of(found, verb, after) if found else none_then(groups, group, day, sight, verb, after)


def named_at_all(words: str, sight: Sight) -> bool:
    """Whether words begin with a group or a day, or with the last or next meeting."""
    group, rest = group_beginning(LAST.sub("", words), sight)
    return bool(group or LAST.match(words) or NEXT.match(rest) or day_beginning(rest, sight.today, months=True))


def _calendar(group: Group, sight: Sight) -> Calendar:
    return Calendar.of(group, sight.session)


def _group_after(words: str, sight: Sight) -> tuple[Group | None, str]:
    """ "next meeting of csag": the group comes behind what was said of it."""
    group, rest = group_beginning(words, sight)
    return (group, rest) if group else (None, words)


def _of_group(group: Group, rest: str, sight: Sight, last: bool) -> Found:
    calendar = _calendar(group, sight)
    meeting = calendar.last(sight.now) if last else calendar.next(sight.now)
    if meeting is None:
        raise Refusal(f"{group.name} has no meeting {'yet' if last else 'to come'}. Add one: /meeting add {group.key} 17 Dec 10:00")
    return Found(group, calendar, meeting, rest)


def _cancelled_of(group: Group, rest: str, sight: Sight) -> Found:
    calendar = _calendar(group, sight)
    around = calendar.between(sight.now - FAR, sight.now + FAR, cancelled=True)
    found = sorted((each for each in around if each.cancelled), key=lambda each: abs(each.begins - sight.now))
    if not found:
        raise Refusal(f"No meeting of {group.name} is cancelled.", (f"{group.name} meetings", f"/meeting list {group.key}"))
    return Found(group, calendar, found[0], rest)


def _time_beginning(words: str) -> tuple[time | None, str]:
    found = TIMES.match(words)
    return (clock(found["begins"]), words[found.end() :].lstrip(" ,;")) if found and not found["ends"] else (None, words)


def _on(groups: Sequence[Group], day: date, at: time | None, sight: Sight, cancelled: bool) -> list[tuple[Group, Calendar, Occurrence]]:
    found = [(each, calendar, one) for each in groups for calendar in (_calendar(each, sight),) for one in calendar.on(day, True)]
    found = [each for each in found if at is None or each[2].begins.time() == at]
    return [each for each in found if each[2].cancelled == cancelled] or found


def _in_month(groups: Sequence[Group], day: date, sight: Sight, cancelled: bool) -> list[tuple[Group, Calendar, Occurrence]]:
    first = datetime.combine(day.replace(day=1), time())
    found = []
    for group in groups:
        calendar = _calendar(group, sight)
        until = calendar.aware(datetime.combine(day, time.max))
        found += [(group, calendar, one) for one in calendar.between(calendar.aware(first), until, cancelled) if one.cancelled == cancelled]
    return found


def _no_meeting(words: str, sight: Sight) -> Refusal:
    groups = listed([group.name for group in sight.groups], "or")
    known = f"a group ({groups}), a day, or both" if groups else "a day"
    return Refusal(f"I cannot tell which meeting “{words.strip()[:60]}” is. Give {known}, such as: 10 Dec", field="meeting")
