"""When and where a meeting is to be, from words: a day, a time, how long, at what place, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from models.base import Refusal
from models.dates import WEEKDAY, day_of, of_its_week, plain, respelt
from models.figures.days import MONTH as A_MONTH
from models.loose_dates import coming, numbered
from models.near import folded

LONGEST = 6  # words in "thursday of the week after next"
CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\b\.?)?|(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b\.?|(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs?|hours)\b"
    r"|noon\b|midday\b)"
)
AT = r"(?:at |from |@ ?)?"
BARE = r"at (?P<bare>1[0-2]|[1-9])(?![\d:.]|\w| (?:[A-Z]|street|road))"  # "at 9"; but "at 9 High Street" is a place
TIMES = re.compile(rf"(?<![\w.:/]){AT}(?P<begins>{CLOCK})(?: ?(?:-|–|to|until|till) ?(?P<ends>{CLOCK}))?(?![\w:]|\.\d)", re.I)
BARELY = re.compile(rf"(?<!\w){BARE}", re.I)
LIKE_A_CLOCK = re.compile(r"(?<![\w.:/])\d{1,2}:\d\d(?![\w:]|\.\d)|(?<![\w.:/])(?<!room )\d{1,2}\.(?:00|15|30|45)$", re.I)  # "25:00"
UNTIL = re.compile(rf"\b(?:until|till|to) (?P<ends>{CLOCK})(?!\w)", re.I)
MINUTES = r"(?:m|mins?|minutes?)"
AMOUNT = r"(?:\d{1,3}(?:\.\d)?|an?|one|two|three|four|half an?)"
LASTS = re.compile(
    rf"\b(?:for|lasts?|lasting) (?:(?P<hours>{AMOUNT}) ?(?:h|hrs?|hours?)\b(?P<half> and a half)?"
    rf"(?:,? (?:and )?(?P<more>\d{{1,2}}) ?{MINUTES}\b)?|(?P<minutes>\d{{1,3}}) ?{MINUTES}\b)",
    re.I,
)
NUMBERS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half a": 0.5, "half an": 0.5}
BECAUSE = re.compile(
    r"[\s,;.(-]*(?:\b(?:because(?: of)?|due to|owing to)\b|\breason\b *:?|\bas (?=the\b|we\b|many\b|most\b)|:(?!\S)|;)\s*", re.I
)
PLACE = re.compile(r"^[\s,;]*(?:(?:at|in|on|via|@)\s+(?:the (?=\S))?)?(?P<place>\S.*)$", re.I | re.S)
PLACED = re.compile(r"^[\s,;]*(?:(?:at|in|on|via)\s+|@ *(?=[A-Z])|(?=https?://))(?P<place>\S.*)$", re.I | re.S)
TO = re.compile(r"^[\s,;:]*(?:(?:on|to|for|from|by|until|till)\s+)?(?:the\s+)?", re.I)
MONTH = re.compile(A_MONTH.format("month") + r"(?: (?:19|20)\d\d)?")
ALL_OF_IT = re.compile(  # what follows a day of which there is but the number: "1st floor" and "21st Century Hall" are none
    r"\s*(?:$|[,;:.(?!-]|(?:at|from|for|to|until|till|because|due|owing|as|in|on|instead|please|and|by|rather|now|@|noon|midday)\b|@|\d)",
    re.I,
)
ALONE = re.compile(rf"(?:this )?{WEEKDAY}")  # a day of the week, and no more
SHORTEST, MOST = 5, 12 * 60  # minutes


@dataclass(frozen=True)
class Put:
    """When and where a meeting is put, as far as it was said, and why."""

    day: date | None = None
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    reason: str = ""

    @property
    def nothing(self) -> bool:
        return self == Put(reason=self.reason)


def read(words: str, today: date, was: date | None = None) -> Put:
    """All that words say of it. What is no day, time, length or place is the reason. `was`: as in `day_beginning`."""
    text, reason = _reason(" ".join(words.split()))
    begun = day_beginning(text, today, was=was)
    day, text = begun if begun else (None, text)
    minutes, text = _lasts(text)
    at, lasts, text = _times(text)
    if day is None and (begun := day_beginning(text, today, was=was)):
        day, text = begun
    if like := LIKE_A_CLOCK.search(text):
        clock_of(like[0].replace(".", ":"))
    placed = PLACED.match(text)
    place = placed["place"].strip(" ,;.") if placed else ""
    left = "" if placed else text.strip(" ,;.-")
    reason = " ".join(each for each in (left, reason) if each)
    return Put(day, at, minutes or lasts, place, reason)


def day_beginning(words: str, today: date, months: bool = False, was: date | None = None) -> tuple[date, str] | None:
    """The day that the longest beginning of the words means, and what follows it. A month alone means its last day, where it may.

    A weekday alone is the coming one; of a meeting that `was` on some day it is that of the same week, and "the 10th" of the same month.
    """
    start = TO.match(words)
    words = words[start.end() :] if start else words
    ends = [word.end() for word in re.finditer(r"\S+", words)][:LONGEST]
    for end in reversed(ends):
        text = plain(words[:end])
        if MONTH.fullmatch(text) and not months:
            continue
        if was and (alone := ALONE.fullmatch(respelt(text))):
            return of_its_week(alone["weekday"], was, today), words[end:].lstrip(" ,;")
        if (number := numbered(text)) and ALL_OF_IT.match(words, end):
            return _of_its_month(number, was, today), words[end:].lstrip(" ,;")
        if text and (day := day_of(text, today) or day_of(respelt(text), today)):
            return day, words[end:].lstrip(" ,;")
    return None


def _of_its_month(number: int, was: date | None, today: date) -> date:
    """The day of this number in the month of a meeting that `was`, or after; the coming one where that is over."""
    day = coming(number, was.replace(day=1)) if was else today
    return day if was and day >= today else coming(number, today)


def day_in(words: str, today: date, was: date | None = None) -> date:
    """The day that all the words mean, of a meeting that `was` on some day as it may be. Refuses what means none."""
    found = day_beginning(words, today, was=was)
    if found is None or found[1].strip(" .,"):
        raise Refusal(f"I cannot read “{words.strip()[:60]}” as a day. Write the day first, such as 12 Dec, or thursday.", field="day")
    return found[0]


def time_in(words: str) -> tuple[time, int | None]:
    """The time of day that all the words mean, and how many minutes they say it lasts. Refuses what means none."""
    text = words.strip()
    at, lasts, left = _times(text)
    if at is None and re.fullmatch(r"1[0-2]|[1-9]", text):
        at, lasts, left = _times(f"at {text}")
    if at is None or left.strip(" .,"):
        raise Refusal(f"I cannot read “{text[:40]}” as a time of day. Write it as 14:00 or 2pm.", field="time")
    return at, lasts


def clock_of(words: str) -> time:
    """A time of twenty-four hours: "9:00", "14:00". Refuses "24:00" and what else no clock shows."""
    hour, _, minute = words.partition(":")
    if int(hour) > 23 or int(minute) > 59:
        raise Refusal(f"There is no {words}: a time of day is from 0:00 to 23:59, such as 12:00.", field="time")
    return time(int(hour), int(minute))


def lasting_in(words: str) -> int:
    """How many minutes all the words mean: "90 minutes", "2 hours", "90". Refuses what means none, or lasts too long."""
    text = re.sub(r"^\s*(?:for|lasts?|lasting)\s+", "", words.strip(), flags=re.I)
    text = f"{text} minutes" if re.fullmatch(r"\d{1,3}", text) else text
    minutes, left = _lasts(f"for {text}")
    if minutes is None or left.strip(" .,"):
        raise Refusal(f"I cannot read “{words.strip()[:40]}” as how long it lasts. Write it as 90 minutes or 2 hours.", field="minutes")
    return minutes


def place_in(words: str) -> str:
    """The place, without the "at" before it."""
    found = PLACE.match(words)
    return found["place"].strip(" ,;") if found else ""


def clock(words: str) -> time:
    """The time that words of a clock mean: "2.30pm", "14:00", "1400hrs", "noon"."""
    text = folded(words).replace(" ", "").replace("a.m", "am").replace("p.m", "pm").rstrip(".")
    if text in ("noon", "midday"):
        return time(12)
    bare = re.fullmatch(r"(\d{2})(\d{2})(?:hrs?|hours)", text)
    found = bare or re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(am|pm)?", text)
    assert found is not None  # it is what CLOCK matched
    hour, minute = int(found[1]), int(found[2] or 0)
    half = "" if bare else found[3]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _times(text: str) -> tuple[time | None, int | None, str]:
    """(when it begins, how many minutes until it ends where that is said, the words left)."""
    if found := TIMES.search(text):
        at = clock(found["begins"])
        left = _without(text, found)
        ends = found["ends"]
        if not ends and (until := UNTIL.search(left)):
            ends, left = until["ends"], _without(left, until)
        return at, _between(at, clock(ends)) if ends else None, left
    if found := BARELY.search(text):
        hour = int(found["bare"])
        return time(hour + 12 if hour < 7 else hour), None, _without(text, found)
    return None, None, text


def _between(begins: time, ends: time) -> int:
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return _bounded(minutes, f"from {begins:%H:%M} to {ends:%H:%M}")


def _lasts(text: str) -> tuple[int | None, str]:
    found = LASTS.search(text)
    if not found:
        return None, text
    if found["minutes"]:
        minutes = int(found["minutes"])
    else:
        said = found["hours"].lower()
        hours = NUMBERS.get(said) or float(said)
        minutes = round((hours + (0.5 if found["half"] else 0)) * 60) + int(found["more"] or 0)
    return _bounded(minutes, found[0]), _without(text, found)


def _bounded(minutes: int, said: str) -> int:
    if not SHORTEST <= minutes <= MOST:
        raise Refusal(f"A meeting lasts between {SHORTEST} minutes and {MOST // 60} hours, not {said}.", field="minutes")
    return minutes


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def _reason(text: str) -> tuple[str, str]:
    found = BECAUSE.search(text)
    return (text[: found.start()], text[found.end() :].strip(" .)")) if found else (text, "")
