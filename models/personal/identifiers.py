"""What in a text tells which person is meant: dates of birth, addresses, postcodes, and the numbers that services know people by.

Every pattern is bounded, so that reading a text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from models.personal.given_names import STREETS, SURNAMES, TITLES
from models.personal.names import is_common, is_given

BIRTH, ADDRESS, POSTCODE, TELEPHONE = "a date of birth", "an address", "a postcode", "a telephone number"
NHS, CRIME, CUSTODY, EMAIL = "an NHS number", "a crime number", "a custody number", "an e-mail address"
KINDS = (BIRTH, ADDRESS, POSTCODE, TELEPHONE, NHS, CRIME, CUSTODY, EMAIL)


class Mark(NamedTuple):
    """An identifier: its kind, where it stands, and whether it speaks of one person without a name."""

    kind: str
    start: int
    end: int
    alone: bool = False


def marks(text: str) -> list[Mark]:
    """The identifiers of a text of plain letters (`personal.plain`), in order; where two overlap, the surer one."""
    text = ADDRESS_OF_PAGE.sub(_blank, text)
    taken = bytearray(len(text))
    found = []
    for reader in (_births, _emails, _customs, _health, _crimes, _telephones, _postcodes, _addresses):
        for mark in reader(text):
            if not any(taken[mark.start : mark.end]):
                taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
                found.append(mark)
    return sorted(found, key=lambda mark: mark.start)


def _read(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


ADDRESS_OF_PAGE = _read(r"(?:https?://|www\.)[^\s|>]+")

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
NTH = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"""(?:{NTH}[\s./,-]{{1,3}}(?:of\s)?(?:\d{{1,2}}|{MONTH})[\s./,'-]{{1,3}}\d{{2,4}}|{NTH}{MONTH}\d{{2,4}}
    |{MONTH}\s{NTH},?\s\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{8}}|\d{{6}}|\d{{1,2}}[./-]\d{{1,2}}|(?:19|20)\d\d)(?!\d)"""
BORN = _read(rf"(?<![^\W_])(?:d\.?\s?o\.?\s?b|date\sof\sbirth|birth\s?da(?:te|y)|(born))(?![a-z])\D{{0,20}}?({DATE})")
BORN_AFTER = _read(rf"(?<!\d){DATE}[\s(,-]{{0,3}}(?:d\.?o\.?b|date\sof\sbirth)(?![a-z])")

# Straight after a name, a date of so long ago can hardly be when something is due.
LONG_AGO = _read(rf"[\s,;:(*-]{{0,4}}{NTH}[\s./-]{{1,2}}(?:\d{{1,2}}|{MONTH})[\s./-]{{1,2}}(?:19[2-9]\d|200[0-7]|[3-9]\d|0[0-7])(?!\d)")


def _births(text: str) -> Iterator[Mark]:
    for found in BORN.finditer(text):
        year_alone = len(found[2]) == 4 and found[2].isdigit()
        yield Mark(BIRTH, *found.span(), alone=not (found[1] and year_alone))  # a club, too, was born in 2013
    for found in BORN_AFTER.finditer(text):
        yield Mark(BIRTH, *found.span(), alone=True)


def born_straight_after(text: str, end: int) -> Mark | None:
    """A date of birth not said to be one, straight after a name that ends here."""
    found = LONG_AGO.match(text, end)
    return Mark(BIRTH, *found.span()) if found else None


MAIL = _read(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
AT_WORK = (".gov.uk", ".police.uk", ".nhs.uk", ".nhs.net", ".ac.uk", ".sch.uk", ".gov", ".cjsm.net")


def mail_and_pages(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of e-mail addresses, of whatever kind, and of addresses of pages."""
    for pattern in (MAIL, ADDRESS_OF_PAGE):
        for found in pattern.finditer(text):
            yield found.span()


def _emails(text: str) -> Iterator[Mark]:
    """Addresses of persons: not those of a workplace, nor of a role."""
    for found in MAIL.finditer(text):
        parts = [part for part in re.split(r"[\W\d_]+", found[1].lower()) if part]
        if f".{found[2].lower()}".endswith(AT_WORK) or all(map(is_common, parts)):
            continue
        named = any(is_given(part) for part in parts) or any(part in SURNAMES for part in parts)
        yield Mark(EMAIL, *found.span(), alone=named and len(parts) > 1)


CODE = r"[a-z]{0,4}[-/]?\d[\w/-]{2,19}"
NUMBER = r"(?:ref(?:erence)?|nos?|num(?:ber)?|id|log|report)"
THEN = rf"[\s.:\#-]{{0,4}}(?:{NUMBER}\b[\s.:\#]{{0,4}}){{0,2}}(?:is\s)?{CODE}"
HELD = _read(rf"\b(?:custody\s(?:record|{NUMBER})|cr\s?(?:no|number))\b{THEN}")
REPORTED = _read(
    rf"\b(?:(?:crime|incident|occurrence|investigation|police|athena|niche)\s{NUMBER}\b|crn|cad|urn){THEN}"
    r"|(?<![\w/-])(?:\d{2}/\d{4,6}/\d{2}|[a-z]\d{1,2}/\d{2}/\d{2,6})(?![\w/-])"
)


def _customs(text: str) -> Iterator[Mark]:
    for found in HELD.finditer(text):
        yield Mark(CUSTODY, *found.span(), alone=True)


def _crimes(text: str) -> Iterator[Mark]:
    for found in REPORTED.finditer(text):
        yield Mark(CRIME, *found.span())


TEN_DIGITS = _read(r"(\bNHS\b\D{0,20})?(?<![\w.+])(?<!\d[\s-])([1-9][\s-]?(?:\d[\s-]?){8}\d)(?![\s-]?\d)")
GROUPED = re.compile(r"\d{3}[\s-]\d{3}[\s-]\d{4}")


def _health(text: str) -> Iterator[Mark]:
    for found in TEN_DIGITS.finditer(text):
        if found[1]:
            yield Mark(NHS, *found.span(), alone=True)
        elif checks(found[2]):
            yield Mark(NHS, *found.span(), alone=GROUPED.fullmatch(found[2]) is not None)


def checks(number: str) -> bool:
    """Whether an NHS number's tenth digit is its check digit, modulo 11. Source: NHS Data Dictionary, NHS NUMBER."""
    digits = [int(c) for c in number if c.isdigit()]
    remainder = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return (11 - remainder) % 11 == digits[9]


DAY = _read(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![./-]?\d)")
PHONE = _read(
    r"""(?<![\w£])(?<!\d[./-])(?:
    (?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?\(?[1237](?:[\s.()/-]{0,2}\d){8,9}
    |\(?0[\s.-]?[1237](?:[\s.()/-]{0,2}\d){8,9}
    |\+\d{1,3}(?:[\s.()-]{0,2}\d){7,12}
    |7[1-9]\d\d[\s-]?\d{3}[\s-]?\d{3}
    )(?!\d)
    |\b(?:tel|telephone|phone|mobile|mob|ring|call)\b[\s.:]{0,3}(?:(?:no|number)\b[\s.:]{0,3})?\d[\d\s]{4,12}\d(?!\d)"""
)


def _telephones(text: str) -> Iterator[Mark]:
    for found in PHONE.finditer(DAY.sub(_blank, text)):  # 01.11.2013 10:00 is no telephone number
        yield Mark(TELEPHONE, *found.span())


CODED = _read(r"(?<![^\W_])([a-z]{1,2}\d[a-z\d]?)\s?(\d[abd-hjlnp-uw-z]{2})(?![^\W_])")


def _postcodes(text: str) -> Iterator[Mark]:
    """Whole postcodes; A41 2nd exit is a road."""
    for found in CODED.finditer(text):
        if not (found[2].lower() in ("1st", "2nd", "3rd") and found[1][0].lower() in "abm" and found[1][1].isdigit()):
            yield Mark(POSTCODE, *found.span())


ENDINGS = r"(?:way|gate|croft|mead|dene|bury|field|fields|lands|ridge|marsh|side|wick|hurst|lowes)"
HOUSE = r"(?:19|20)\d\d(?!\d)"
STREET = _read(
    rf"(?<![\w£/:])(?<!\d[.,])(?!{HOUSE})\d{{1,4}}[a-z]?(?:\s?[-/]\s?\d{{1,4}}[a-z]?)?,?\s"
    rf"((?:[a-z][a-z'.-]{{0,24}}\s){{1,3}}?)(?:{'|'.join(sorted(STREETS, key=len, reverse=True))})(?![^\W_])"
)
FLAT = _read(r"\b(?:flat|apartment|apt)\s?(?:\d{1,4}[a-z]?|[a-z])(?![^\W_])")
ONE_WORD = _read(r"(?<![\w£/:])(?<!\d[.,])\d{1,3}[a-z]?(?:\s?-\s?\d{1,3})?,?\s([a-z][a-z'-]{3,24})(?![^\W_])(?<!'s)")
AT_HOME = re.compile(r"(?:,|\(|-|\b(?:at|of|from|lives|living|address|addr|is)\b:?)\s?$", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:pc|pcso|dc|ds|sgt|phase|case|ecins|week|item|priority|ref|op|top|[a-z]{1,5}-)\s?$", re.IGNORECASE)
LINKS = frozenset("in on to of a an and at by for from with per was is were are or this that all near under over into off".split())


def _addresses(text: str) -> Iterator[Mark]:
    for found in FLAT.finditer(text):
        yield Mark(ADDRESS, *found.span())
    for found in STREET.finditer(text):
        if _streets_name(found[1].split()):
            yield Mark(ADDRESS, *found.span())
    for found in ONE_WORD.finditer(text):
        if _street_of_one_word(found[1], text[max(0, found.start() - 12) : found.start()]):
            yield Mark(ADDRESS, *found.span())


def _streets_name(words: list[str]) -> bool:
    """High, St John's, the: not days to, kids near the."""
    first, rest = words[0], [word.lower() for word in words[1:]]
    if LINKS.intersection([*rest, first.lower()]) or "the" in rest or first.lower() in TITLES:
        return False
    counted = first.islower() and len(first) > 3 and first.endswith("s") and is_common(first)  # 3 kids close
    return not counted and not re.fullmatch(MONTH, first.lower())


def _street_of_one_word(word: str, before: str) -> bool:
    """14 Marlowes, and 14 marlowes where it says that this is where somebody lives."""
    plain = word.lower().replace("'", "")
    if NUMBERED.search(before) or is_common(plain) or is_given(plain) or plain in SURNAMES or plain in TITLES:
        return False
    return word.istitle() or word.isupper() or AT_HOME.search(before) is not None or re.search(rf"{ENDINGS}$", plain) is not None
