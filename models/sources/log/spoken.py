"""What people write for when: a date with its day first, "next mtg", "ongoing", "ASAP". Only where it stands; models.due reads it."""

from __future__ import annotations

import re

from models.loose_dates import A_FEAST, DOTTED, ORDINAL

MOST_LONG = 80  # characters at the end of a text in which it may say when
_NUMBERS = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?!24/7)\d{1,2}/\d{1,2}|\d{4}-\d{2}-\d{2}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]?{_MONTH}\.?(?:[ -]'?(?:\d{{4}}|\d{{2}}))?"
_MEETING = r"(?:next|the next|following) (?:mtg|meeting|week|month|quarter|jag|csag|raog|rag|forum|(?-i:[A-Z]{2,6}))(?: (?:mtg|meeting))?"
_END = rf"(?:the )?end (?:of )?(?:the )?(?:week|month|quarter|year|{_MONTH})"
_NEVER = r"on-?going|a\.?s\.?a\.?p\.?|tb[cad]|to be confirmed|each meeting|every meeting"
SURE = re.compile(rf"(?:{_NUMBERS}|(?:(?:w/c|w/e|{_WEEKDAY}),? )?{_DAY}|{_MEETING}|{_END}|{_NEVER})", re.I)
_MAYBE = (
    rf"{_MONTH}(?: '?(?:\d{{4}}|\d{{2}}))?|(?:early|mid|late|end)[ -]{_MONTH}|(?:next |this )?{_WEEKDAY}|today|tomorrow|immediate(?:ly)?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|{DOTTED}|(?:the )?{ORDINAL}|{A_FEAST}"
)
WHOLE = re.compile(rf"(?:(?:by|due|before|for) )?(?P<when>{SURE.pattern}|{_MAYBE})", re.I)  # alone in a column or in brackets
_LABEL = r"(?:\b(?:due|deadline|by when|target(?: date)?|when|date)\s*[:–-]\s*(?:by )?|\b(?:due by|due on|due|by|before|no later than)\s+)"
LABELLED = re.compile(rf"[ ,;:.–-]*{_LABEL}(?P<when>{SURE.pattern}|{_MAYBE})[ .;,]*$", re.I)
TRAILING = re.compile(rf"(?P<before>(?:^|[\s,;:.–—-]))(?P<when>{SURE.pattern})[ .;,]*$", re.I)
_DAYS = rf"(?:next |this )?{_WEEKDAY}|today|tomorrow"
TRAILING_DAY = re.compile(rf"(?P<before>(?:^|[\s,;:.–—-]))(?P<when>{SURE.pattern}|{_DAYS})[ .;,]*$", re.I)
# A date after one of these belongs to the sentence; after one of the first it also says when.
_BELONGS = re.compile(r"\b(?:on|at|to|for|until|till)$|\b(?:from|since|of|between|and|after|during|in|the|last|this|dated)$", re.I)
_SAYS_WHEN = re.compile(r"\b(?:on|at|to|for|until|till)$", re.I)


def whole(text: str) -> str:
    """When, if the text is about nothing else: "by 1.11.13" is "1.11.13"; else ""."""
    found = WHOLE.fullmatch(text.strip(" .;,")) if len(text) <= MOST_LONG else None
    return found["when"] if found else ""


def trailing(text: str, days: bool = False) -> tuple[str, str]:
    """(text without when, when) of a text that ends in it. "Report to next JAG" keeps its words; a bare "fri" is read with `days`."""
    head, tail = text[:-MOST_LONG], text[-MOST_LONG:]
    labelled = LABELLED.search(tail)
    if labelled and (head + tail[: labelled.start()]).strip():
        return (head + tail[: labelled.start()]).rstrip(), labelled["when"]
    found = (TRAILING_DAY if days else TRAILING).search(tail)
    before = (head + tail[: found.start("when")]).rstrip() if found else ""
    if not found or not before:
        return text, ""
    if _BELONGS.search(before[-MOST_LONG:]):
        return text, found["when"] if says_when(before[-MOST_LONG:], found["when"]) else ""
    return before.rstrip(" ,;:–—-"), found["when"]


def says_when(before: str, when: str) -> bool:
    """Whether a date that its sentence keeps is when the action is due: "on 12 Dec" is, "from May to 31.8.13" is not."""
    return bool(_SAYS_WHEN.search(before)) and not (before.endswith(" to") and re.search(r"\d", when))
