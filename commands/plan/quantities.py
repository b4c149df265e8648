"""Numbers that are no references: 2 weeks, 3 of 5, 12 gates, 6 Sept."""

from __future__ import annotations

import re

AND_MORE = r"(?:\s*(?:,|&|-|–|and|or|to)\s*\d{1,4}\b){0,6}\s*"  # "5, 6 and 7 sept"
MEASURES = (
    r"(?:%|of\b|out of\b|or\s+\d|(?:am|pm|st|nd|rd|th|years?|months?|weeks?|wks?|days?|hours?|hrs?|mins?|minutes?|yrs?)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|may\b(?!\s+(?:be|not|need|slip|have|well|take|go|still|require|miss|run|yet|get|now|want)\b)"
    r"|(?:still\s+|yet\s+)?to\s+(?:go|come|follow)\b|(?:left|remaining|outstanding)(?=\s*(?:$|[,;.!)\n]|to\b)))"
)
THINGS = (
    r"(?:(?:x|k|m|km|more|others?|miles?|metres?|people|times|officers?|pcsos?|units?|gates?|cameras?|visits?|letters?|signs?|lights?|lamps?|"
    r"fences?|bins?|bollards?|patrols?|flats?|houses?|homes?|households?|families|residents?|tenants?|arrests?|locks?|keys?|quotes?|meetings?|"
    r"sessions?|calls?|reports?|incidents?|crimes?|offences?|offenders?|complaints?|volunteers?|leaflets?|posters?|doors?|sites?|cases?|"
    r"alleys?|schools?|pupils?|youths?|young people)\b)"
)
MEASURE = re.compile(AND_MORE + MEASURES, re.I)
QUANTITY = re.compile(AND_MORE + rf"(?:{MEASURES}|{THINGS})", re.I)


def is_a_measure(after: str) -> bool:
    """Whether what follows a number makes it a time, a date or a share, wherever it stands."""
    return bool(MEASURE.match(after))


def is_a_quantity(after: str) -> bool:
    """Whether it makes it a measure or a count of things. In mid-line "3 gates" is no action 3, though a line may begin with it."""
    return bool(QUANTITY.match(after))
