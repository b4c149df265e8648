"""Words that ask for another date than an action has: "wont be til jan", "extend to 30 nov", "due 30 nov"."""

from __future__ import annotations

import re

from commands.plan.phrases import MONTH, WEEKDAY

ITS_DATE = r"(?:due\s+|target\s+|end\s+|completion\s+)?(?:date|deadline)"
MOVED = (
    r"(?:delay(?:ed|ing)?|put(?=.{1,30}\b(?:back|off))|push(?:ed|ing)?|mov(?:e|ed|ing)|slip(?:s|ped|ping)?|extend(?:ed|ing)?|extension"
    rf"|postpon(?:e|ed|ing)|defer(?:red|ring)?|chang(?:e|ed|ing)(?=.{{1,9}}\b{ITS_DATE}))"
    rf"(?:\s+(?:it|this|that|(?:the\s+|its\s+|my\s+)?{ITS_DATE}))?(?:\s+(?:back|out|off|on))?"
)
A_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|ne?xt\s+\w+"
    rf"|{WEEKDAY}|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?|(?:the\s+)?end\s+(?:of\s+)?)?{MONTH}(?:\s+\d{{2,4}})?)"
)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?![\d.])")  # 12.12, which elsewhere may be hours or pounds
LATER = re.compile(
    r"\b(?:(?:won'?t|will not|wont|cannot|can'?t|cant|not)\s+(?:be\s+)?(?:\w+\s+){0,2}?(?:un)?(?:til+|before)"
    r"|(?:needs?|wants?|ask(?:s|ing)?|request(?:s|ing)?|(?:could|can) (?:i|we) have|please)\s+(?:\w+\s+){0,4}?(?:un)?(?:til+|to|for|of|by)"
    rf"|(?:new|revised|later)\s+{ITS_DATE}(?:\s+(?:of|is|now|please|to|will be|wanted|needed))*"
    rf"|{ITS_DATE}\s+(?:is\s+|to\s+)?(?:now|be|moved to|should be)"
    rf"|{MOVED}\s+(?:un)?(?:til+|to)"
    r"|now due|due now)(?:\s+|\s*[:=]\s*)",
    re.I,
)
# First of the news these ask for a date: "due 30 nov" (and "parts due 30 nov" does not), "now 30 nov", "change to 30 nov".
FIRST_LATER = re.compile(
    rf"\W*(?:due(?!\s+to\b)(?:\s+date)?(?:\s+(?:is|on|by))?\s*:?"
    rf"|now(?=\s+{A_DAY}\s*(?:$|[,;:.(\n]|please\b|pls\b|because\b|as\b|-\s))"
    r"|chang(?:e|ed)\s+(?:it\s+)?to|make\s+it)\s+",
    re.I,
)
# When it will be done: another date only where that is later than the one it has.
HOPED = re.compile(
    r"\W*(?:(?:it|this|they|all|now|hopefully|we|hope|expect(?:ed)?|aim(?:ing)?)\s+){0,2}(?:(?:will|it'll|we'll|should|shall|can|to)\s+)?"
    r"(?:be\s+|get\s+)?(?:it\s+)?(?:all\s+)?(?:done|completed?|finish(?:ed)?|ready|in place)\s+(?:(?:by|on|in|before|for|un?til+)\s+)?",
    re.I,
)


def other_day(text: str, past: int) -> tuple[str, str]:
    """(the words of a date that is asked for, those of the day it will be done by); `past` the status that news begins with."""
    if later := LATER.search(text) or FIRST_LATER.match(text, past):
        return _after(text, later), ""
    hoped = HOPED.match(text, past)
    return "", _after(text, hoped) if hoped else ""


def _after(text: str, leads: re.Match[str]) -> str:
    """The words that a day begins, with a stroke where it has a point."""
    day = text[leads.end() :].strip()
    return f"{dotted[1]}/{dotted[2]}{day[dotted.end() :]}" if (dotted := DOTTED.match(day)) else day
