"""Cutting what people type into words. It may be misspelt, pasted from Word, or typed on a phone."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from models.base import Refusal

LONGEST = 600  # characters; a question is short, and what is longer was pasted by mistake
CURLY = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "−": "-", "…": " ", "\u00a0": " "})
CHANNEL = re.compile(r"<#[A-Z0-9]+\|([^>]*)>")
USER = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
SPECIAL = re.compile(r"<!([a-z]+)(?:\^[A-Z0-9]+)?(?:\|[^>]*)?>")
LINK = re.compile(r"<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>")


def plain(text: str) -> str:
    """What was typed, without what phones, Word and Slack made of it: `<#C1|asb>` is asb, curly quotes are straight."""
    if len(text) > LONGEST:
        raise Refusal(f"That is {len(text):,} characters. A question fits in {LONGEST}, such as: /hotspots asb in Grovehill 2025")
    text = CHANNEL.sub(r" \1 ", text)
    text = USER.sub(r" @\1 ", text)  # by id: a name in chat is whatever somebody calls themselves
    text = SPECIAL.sub(" ", text)  # <!channel> is nobody's word, and must never be said back
    text = LINK.sub(lambda found: f" {found[2] or found[1]} ", text)
    text = unicodedata.normalize("NFKC", html.unescape(text).translate(CURLY))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""
