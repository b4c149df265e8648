"""A typed line taken apart: what is to be done, whose it is, when, and for which priority."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.near import key
from models.sources.log.spoken import trailing, whole
from models.sources.log.unclear import bare, everybody, no_date

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]\.?$")
_TAG = re.compile(r"(?<![\w#&])#([^\W\d_][\w-]*)")
_HANDLE = re.compile(r"(?<![\w.@])@\w(?:[\w.-]*\w)?")
_HANDLES = re.compile(rf"{_HANDLE.pattern}(?:\s*(?:[,/&+]|and)?\s*{_HANDLE.pattern})*")
_LABEL = re.compile(r"(?:^|[\s,;.–—-])(?:action|action by|owner|lead|by whom|who|responsible|resp)\s*:\s*(?P<who>[^:]{1,60})$", re.I)
_LABEL_ALONE = re.compile(r"(?:^|(?<=[\s,;.–—-]))(?:action|action by|owner|lead|by whom|who|responsible|resp)\s*:\s*$", re.I)
_TASK = re.compile(r"(?:action|task)\s*:\s*(?=\S)", re.I)
_DASH = re.compile(r"\s+[-–—]\s+")
_TO = re.compile(r"(?:the\s+)?(?P<who>\w[\w\s&'-]{1,60}?)\s+(?:to|will|should|must)\s+\w", re.I)
_COLON = re.compile(r"(?P<who>[^\W\d_][\w &'/,-]{1,50}?)\s*:\s+(?=\S)")
_JOINS = {"and", "of", "the", "for", "&"}
MOST_LONG = 100  # characters at either end in which these stand


@dataclass(frozen=True)
class Known:
    """Who there is: whole names, as `models.near.key` has them, and whether words are a name, also as people shorten it."""

    whole: frozenset[str]
    names: Callable[[str], bool]


@dataclass
class Apart:
    """The parts of a line, as words. Each is taken once: what comes after stays in the wording."""

    wording: str
    owner: str = ""
    due: str = ""
    priority: str = ""


def apart(line: str, known: Known | None = None) -> Apart:
    """Take a line apart from its end, then from its front. Every word of it stays somewhere, but for labels like "by" and "Owner:".

    Where it is `known` who there is, brackets at the end are an owner only where they name somebody: "(Queens Sq)" is a place.
    """
    found = Apart(line.strip())
    while found.wording and (_brackets(found, known) or _ends(found) or _when(found) or _labelled(found) or _last(found, known)):
        pass
    while found.wording and (_begins(found) or _first(found, known) or _before_colon(found, known)):
        pass
    _amid(found)
    found.wording = found.wording.strip(" ,;–—-") if re.search(r"\w", found.wording) else line.strip()
    return found


def at_front(wording: str, known: Known | None) -> str:
    """Who is to do it, where a sentence begins with their whole name: "Fire officer to visit the flats"; else ""."""
    begins = _TO.match(wording[:MOST_LONG]) if known else None
    return begins["who"] if known and begins and key(begins["who"]) in known.whole else ""


def in_brackets(line: str, known: Known | None = None) -> bool:
    """Whether a line ends in brackets that say whose it is, or when it is due: "Fit gates (fire officer, 1 Nov)"."""
    inside = _BRACKETS.search(line.strip()[-MOST_LONG:])
    return inside is not None and (any(whole(part) for part in _parts(inside[1])) or _brackets(Apart(line.strip()), known))


def _parts(inside: str) -> list[str]:
    """What stands in brackets, with commas or dashes between."""
    return [part for part in re.split(r"[,;]\s*|\s+[-–—]\s+", inside) if part.strip()]


def like_owner(text: str) -> bool:
    """Whether it may name people or agencies: "SNT", "Housing / Fire and Rescue", "@karen", "ALL"."""
    named = [word for word in re.split(r"[\s/,+]+", text.strip(" .;,“”")) if word]
    if not named or len(named) > 5 or len(text) > 50 or named[0] in _JOINS:
        return False
    return everybody(text) or all(_like_name(word) for word in named)


def _like_name(word: str) -> bool:
    return word[0] == "@" or word in _JOINS or (word[0].isupper() and not re.search(r"\d", word))


def _take(found: Apart, part: str) -> bool:
    """Give a part the place it fits, if that is free."""
    if whole(part) or (no_date(part) and bare(part)):
        return _set(found, "due", whole(part) or part.strip(" .;,"))
    return like_owner(part) and _set(found, "owner", part.strip(" .;,"))


def _set(found: Apart, name: str, said: str) -> bool:
    if getattr(found, name) or not said:
        return False
    setattr(found, name, said)
    return True


def _brackets(found: Apart, known: Known | None) -> bool:
    inside = _BRACKETS.search(found.wording[-MOST_LONG:])
    if not inside:
        return False
    parts = _parts(inside[1])
    tried = Apart("", found.owner, found.due, found.priority)
    if not parts or not all(_take(tried, part) or _names(tried, part, known) for part in parts):
        return False
    if known and len(parts) == 1 and tried.owner != found.owner and not (everybody(parts[0]) or "@" in parts[0] or known.names(parts[0])):
        return False
    cut = len(found.wording) - len(inside[0])
    found.wording, found.owner, found.due = found.wording[:cut].rstrip(), tried.owner, tried.due
    return True


def _names(found: Apart, part: str, known: Known | None) -> bool:
    return known is not None and known.names(part) and _set(found, "owner", part.strip(" .;,"))


def _ends(found: Apart) -> bool:
    """A #priority or @handles at the end."""
    tail = found.wording[-MOST_LONG:].rstrip(" .;,")
    for name, pattern in (("priority", _TAG), ("owner", _HANDLES)):
        last = next((each for each in pattern.finditer(tail) if each.end() == len(tail)), None)
        if last and _set(found, name, last[last.lastindex or 0]):
            before = found.wording[:-MOST_LONG] + tail[: last.start()]
            found.wording = (_LABEL_ALONE.sub("", before) or before).rstrip(" ,;")
            return True
    return False


def _labelled(found: Apart) -> bool:
    tail = found.wording[-MOST_LONG:]
    label = _LABEL.search(tail)
    before = found.wording[:-MOST_LONG] + tail[: label.start()] if label else ""
    if not label or not before.strip() or not _set(found, "owner", label["who"].strip(" .;,")):
        return False
    found.wording = before.rstrip()
    return True


def _when(found: Apart) -> bool:
    before, when = trailing(found.wording, days="@" in found.owner or bool(_HANDLE.search(found.wording)))  # typed as for /action add
    if not when or not _set(found, "due", when) or before == found.wording:
        return False
    found.wording = before
    return True


def _last(found: Apart, known: Known | None) -> bool:
    """What follows the last dash."""
    tail = found.wording[-MOST_LONG:]
    dash = max(_DASH.finditer(tail), key=lambda each: each.start(), default=None)
    if dash is None or not (_take(found, tail[dash.end() :]) or _names(found, tail[dash.end() :], known)):
        return False
    found.wording = (found.wording[:-MOST_LONG] + tail[: dash.start()]).rstrip()
    return True


def _begins(found: Apart) -> bool:
    """A label, a #priority or @handles at the front."""
    if task := _TASK.match(found.wording):
        found.wording = found.wording[task.end() :]
        return True
    for name, pattern in (("priority", _TAG), ("owner", _HANDLES)):
        first = pattern.match(found.wording)
        if first and _set(found, name, first[first.lastindex or 0]):
            found.wording = found.wording[first.end() :].lstrip(" ,;:–—-").removeprefix("to ")
            return True
    return False


def _first(found: Apart, known: Known | None) -> bool:
    """What stands before the first dash."""
    dash = _DASH.search(found.wording[:MOST_LONG])
    before = found.wording[: dash.start()] if dash else ""
    if dash is None or not (_take(found, before) or _names(found, before, known)):
        return False
    found.wording = found.wording[dash.end() :]
    return True


def _before_colon(found: Apart, known: Known | None) -> bool:
    """Somebody at the front, with a colon: "Youth officer: evaluate the scheme"."""
    begins = _COLON.match(found.wording[:MOST_LONG]) if known else None
    if begins is None or not _names(found, begins["who"], known):
        return False
    found.wording = found.wording[begins.end() :]
    return True


def _amid(found: Apart) -> None:
    """An owner or a priority in the middle of a sentence, which keeps it."""
    if handle := _HANDLES.search(found.wording):
        _set(found, "owner", handle[0])
    if tag := _TAG.search(found.wording):
        _set(found, "priority", tag[1])
