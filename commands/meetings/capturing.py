"""What is written in a meeting's thread: which of it is to be recorded, and the line that it asks. All else is people talking."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from commands.reply import Buttons, Facts, Part, Reply, press
from models.near import slip

BACK = ("Undo", "Take back")  # how buttons begin that take something back
# Words that people talk with, and no misspelling of those below.
ORDINARY = frozenset(
    {"prevent", "presents", "presented", "president", "notice", "auction", "acting", "active", "division", "decisive", "closed", "closes",
     "updated", "updates", "resolve", "revolved"}
)  # fmt: skip

# The words that begin what is recorded, and the verb of each.
WORDS: dict[str, str] = {
    "action": "action", "actions": "action", "decision": "decision", "decisions": "decision", "decided": "decision", "resolved": "decision",
    "agreed": "decision", "apologies": "sorry", "apology": "sorry", "present": "present", "attendance": "present", "attending": "present",
    "attendees": "present", "here": "present", "substitute": "present", "substitutes": "present", "sorry": "sorry", "absent": "absent",
    "note": "note", "notes": "note", "noted": "note",
    "minute": "note", "item": "item", "items": "item", "carry over": "carry", "carried over": "carry",
}  # fmt: skip
COLON = re.compile(r"^\W*(?P<word>[a-z]+(?: over)?)\s*(?::|\s[-–]\s)\s*(?P<rest>\S.*)$", re.I | re.S)
HERE = re.compile(r"^\W*(?:i am |i'?m )?(?:here|present)\W*$", re.I)
PEOPLE = re.compile(r"^\W*(?P<word>apologies|present|absent|substitutes?)\s+(?=(?:(?:from|for|are|is)\s+)?[@<])(?P<rest>.*)$", re.I | re.S)
LATER = re.compile(r"(?:\s*;\s*|\s*\n\s*)(?=(?P<word>[a-z]+(?: over)?)\s*:)", re.I)  # where another line begins within a message
SPOKEN = re.compile(r"(?:i|we|you|he|she|it|they|that|this|the|my|our|there|for|about|but|no)\b", re.I)  # "sorry: I'm late"
REFS = r"(?:actions?\s+)?#?(?:[a-z]{2,12}[- ]\d\d[- ]\d{1,4}|\d{1,4})\b"
AGREE = re.compile(
    rf"^\W*(?:agreed?|close)(?:\s*:)?\s+(?P<what>{REFS}(?:\s*(?:,|and|&)\s*{REFS})*|(?:all\b|everything\b)[\w\s]{{0,24}})(?:\s+(?:is|are)?\s*done)?\W*$",
    re.I,
)
MINUTES = re.compile(
    r"^\W*(?:agreed?|approve)(?:\s*:)?\s+(?:(?:the|last|previous)\s+)*minutes\W*$|^\W*(?:the\s+)?minutes\s+agreed\W*$", re.I
)
NEWS = re.compile(rf"^\W*(?P<verb>update|done)(?:\s*:)?\s+(?P<rest>{REFS}.*)$", re.I | re.S)
BEFORE = ("agree", "agreed", "approve", "update", "close", "apologies", "present", "absent", "substitute", "substitutes")
FIRST = re.compile(r"^\W*([a-z]+)\b", re.I)
OVER = re.compile(r"^\W*(?:close|end)\s+(?:the\s+)?meeting\W*$|^\W*(?:the\s+)?meeting\s+closed\W*$", re.I)


@dataclass(frozen=True)
class Captured:
    """Something to be recorded: the verb, and what is said with it; `meant` is the word that a misspelt one was read as."""

    verb: str
    words: str = ""
    meant: str = ""

    def line(self, room: str, closed: bool = False) -> str:
        """The line it asks; `room` are the words that mean the meeting and no other, "jag 2013-09-10 10.00"; `closed` is whether it is."""
        line = self._line(room)
        return f"/meeting afterwards {room}: {line}" if closed and line.startswith("/action ") else line

    def _line(self, room: str) -> str:
        match self.verb:
            case "action":
                return f"/action add {self.words}"
            case "agree":
                return f"/action close {self.words}"
            case "update" | "done":
                return f"/action {self.verb} {self.words}"
            case "item":
                return f"/agenda add {room.partition(' ')[0]} {self.words}"
            case "approve" | "close":
                return f"/meeting {self.verb} {room}"
        return f"/meeting {self.verb} {room}: {self.words}" if self.words else f"/meeting {self.verb} {room}"


def lines_of(text: str) -> list[str]:
    """What a message says, a piece for each line or clause that begins with one of the words and a colon."""
    begins = [found for found in LATER.finditer(text) if _word(found["word"])[0]]
    ends = [*(found.start() for found in begins), len(text)]
    return [text[start:end] for start, end in zip([0, *(found.end() for found in begins)], ends, strict=True)]


def read(text: str) -> Captured | None:
    """What a piece of a message in a meeting's thread asks to be recorded; None where it is people talking."""
    for reads in READS:
        if found := reads(text):
            return found
    return _mended(text)


def _mended(text: str) -> Captured | None:
    """ "agreee all done": a line without a colon, whose first word is misspelt."""
    first = FIRST.match(text)
    word = first[1].lower() if first else ""
    meant = "" if word in ORDINARY or word in BEFORE else slip(word, BEFORE)
    if not (first and meant):
        return None
    found = next((found for reads in STRICT if (found := reads(meant + text[first.end() :]))), None)
    return replace(found, meant=meant) if found else None


def _news(text: str) -> Captured | None:
    found = NEWS.match(text)
    return Captured(found["verb"].lower(), found["rest"]) if found else None


def _agreed(text: str) -> Captured | None:
    found = AGREE.match(text)
    if found is None:
        return None
    what = found["what"].strip()
    return Captured("agree", "all" if what.lower().startswith(("all", "everything")) else what)


def _people(text: str) -> Captured | None:
    found = PEOPLE.match(text)
    return Captured(WORDS[found["word"].lower()], found["rest"]) if found else None


def _introduced(text: str) -> Captured | None:
    """ "decision: …", also where it is misspelt."""
    found = COLON.match(text)
    if found is None:
        return None
    verb, meant = _word(found["word"])
    if verb in ("sorry", "present") and SPOKEN.match(found["rest"]):
        return None
    return Captured(verb, found["rest"].strip(), meant) if verb else None


def _word(typed: str) -> tuple[str, str]:
    """(the verb of a word before a colon, the word that it was read as where it is misspelt); empty where it is none."""
    word = typed.lower()
    if word in WORDS or word in ORDINARY:
        return WORDS.get(word, ""), ""
    meant = slip(word, WORDS)
    return (WORDS[meant], meant) if meant else ("", "")


def _alone(pattern: re.Pattern[str], verb: str) -> Callable[[str], Captured | None]:
    return lambda text: Captured(verb) if pattern.match(text) else None


STRICT: tuple[Callable[[str], Captured | None], ...] = (
    _alone(MINUTES, "approve"),
    _alone(OVER, "close"),
    _agreed,
    _news,
    _people,
)
READS = (_alone(HERE, "present"), *STRICT, _introduced)


def brief(reply: Reply, typed: str = "") -> Reply:
    """What a thread is told of something recorded: in a line or two, how a misspelt word of it was read, and how to take it back."""
    facts = {label: value for part in reply.parts if isinstance(part, Facts) for label, value in part.facts}
    said = [part for part in reply.parts if isinstance(part, str)]
    if "Owner" in facts and "Action" in facts:
        said = [f"{facts['Action']} — {facts['Owner'].partition(',')[0]}, due {facts.get('Due', 'ongoing')}."]
    elif facts:
        said += [f"{label}: {value}" for label, value in facts.items()]
    undo = [button for part in reply.parts if isinstance(part, Buttons) for button in part.buttons if button.label.startswith(BACK)]
    captured = read(typed)
    mended = f"Read as {captured.meant}." if captured and captured.meant else None
    parts: list[Part | None] = [*said, mended, press(*((button.label, button.asks) for button in undo))]
    return reply.but(parts=tuple(part for part in parts if part))
