"""Cutting what people type into words. It may be misspelt, pasted from Word, or typed on a phone."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from models.base import Refusal

LONGEST = 600  # characters; a question is short, and what is longer was pasted by mistake
CURLY = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "−": "-", "…": " ", "\u00a0": " "})
CURLY_BUT_DOTS = {code: mark for code, mark in CURLY.items() if code != ord("…")}
JOINERS = "\u061c\u200c\u200d\u200e\u200f\ufe0e\ufe0f"
FLAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)")  # England's is a black flag with letters nobody sees
NEWER = range(0x1F000, 0x1FB00)  # where emoji are added, newer ones than this Python knows
MOST = 3_000  # characters of an action or an update: what fits a field of a form
CHANNEL = re.compile(r"<#[A-Z0-9]+\|([^>]*)>")
USER = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
SPECIAL = re.compile(r"<!([a-z]+)(?:\^[A-Z0-9]+)?(?:\|[^>]*)?>")
MARKS = {  # as Slack sends them
    "white_check_mark": "✅", "heavy_check_mark": "✅", "ballot_box_with_check": "✅",
    "x": "❌", "negative_squared_cross_mark": "❎", "heavy_multiplication_x": "✖", "no_entry": "⛔", "no_entry_sign": "🚫",
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "ok_hand": "👌",
    "large_green_circle": "🟢", "large_yellow_circle": "🟡", "large_orange_circle": "🟠", "red_circle": "🔴",
}  # fmt: skip
MARK = re.compile(rf":({'|'.join(map(re.escape, MARKS))}):(?::skin-tone-\d:)?")
LINK = re.compile(r"<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>")


def plain(text: str) -> str:
    """What was typed, without what phones, Word and Slack made of it: `<#C1|asb>` is asb, curly quotes are straight."""
    if len(text) > LONGEST:
        raise Refusal(f"That is {len(text):,} characters. A question fits in {LONGEST}, such as: /hotspots asb in Grovehill 2025")
    text = unicodedata.normalize("NFKC", unlinked(text).translate(CURLY))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def unlinked(text: str) -> str:
    """The text without what Slack made of it: channels by name, people by id, ticks as such, links by what was typed."""
    text = CHANNEL.sub(r" #\1 ", text)
    text = USER.sub(r" @\1 ", text)  # by id: a name in chat is whatever somebody calls themselves
    text = SPECIAL.sub(" ", text)  # <!channel> is nobody's word, and must never be said back
    text = MARK.sub(lambda found: MARKS[found[1]], text)
    text = LINK.sub(lambda found: f" {found[2] or found[1]} ", text)
    return html.unescape(text)


def lasting(text: str, most: int = MOST) -> str:
    """Words to be kept: as typed, lines included, without what Slack made of them and without what cannot be seen."""
    text = cleaned(text)
    if len(text) > most:
        raise Refusal(f"That is {len(text):,} characters, and I keep up to {most:,}. Nothing was saved.", discreet="Too long")
    return text


def cleaned(text: str) -> str:
    """`lasting` words, however many. Curly quotes are straight, and blanks are single."""
    text = visible(unicodedata.normalize("NFC", unlinked(text)).translate(CURLY_BUT_DOTS))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def visible(text: str) -> str:
    """The text without what cannot be seen, or breaks a database or a screen; line breaks and tabs stay.

    What joins emoji, and what says that Arabic or Hebrew runs from the right, stays; what turns the direction of others' text goes.
    """
    parts = FLAG.split("\n".join(text.splitlines()) if not text.isprintable() else text)
    return "".join(part if FLAG.fullmatch(part) else "".join(c if _seen(c) else " " for c in part) for part in parts)


def _seen(c: str) -> bool:
    return c.isprintable() or c in JOINERS or c in "\n\t" or (ord(c) in NEWER and unicodedata.category(c) == "Cn")


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""
