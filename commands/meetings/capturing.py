"""What is written in a meeting's thread: which of it is to be recorded, and the line that it asks. All else is people talking."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from commands.reply import Buttons, Facts, Part, Reply, press
from models.near import likenesses

LIKE = 88  # of 100: "descision:" is decision, in a thread where people talk
BACK = ("Undo", "Take back")  # how buttons begin that take something back
SHORTEST = 5  # letters of a word that may be misspelt

# The words that begin what is recorded, and the verb of each.
WORDS: dict[str, str] = {
    "action": "action", "actions": "action", "decision": "decision", "decisions": "decision", "decided": "decision", "resolved": "decision",
    "agreed": "decision", "apologies": "sorry", "apology": "sorry", "present": "present", "attendance": "present", "attending": "present",
    "substitute": "present", "substitutes": "present", "absent": "absent", "note": "note", "notes": "note", "noted": "note",
    "minute": "note", "item": "item", "items": "item", "carry over": "carry", "carried over": "carry",
}  # fmt: skip
COLON = re.compile(r"^\W*(?P<word>[a-z]+(?: over)?)\s*(?::|\s[-–]\s)\s*(?P<rest>\S.*)$", re.I | re.S)
HERE = re.compile(r"^\W*(?:i am |i'?m )?(?:here|present)\W*$", re.I)
PEOPLE = re.compile(r"^\W*(?P<word>apologies|present|absent|substitutes?)\s+(?=(?:(?:from|for|are|is)\s+)?[@<])(?P<rest>.*)$", re.I | re.S)
REFS = r"(?:actions?\s+)?#?(?:[a-z]{2,12}[- ]\d\d[- ]\d{1,4}|\d{1,4})\b"
AGREE = re.compile(
    rf"^\W*(?:agreed?|close)(?:\s*:)?\s+(?P<what>{REFS}(?:\s*(?:,|and|&)\s*{REFS})*|(?:all\b|everything\b)[\w\s]{{0,24}})(?:\s+(?:is|are)?\s*done)?\W*$",
    re.I,
)
MINUTES = re.compile(
    r"^\W*(?:agreed?|approve)(?:\s*:)?\s+(?:(?:the|last|previous)\s+)*minutes\W*$|^\W*(?:the\s+)?minutes\s+agreed\W*$", re.I
)
NEWS = re.compile(rf"^\W*(?P<verb>update|done)(?:\s*:)?\s+(?P<rest>{REFS}.*)$", re.I | re.S)
OVER = re.compile(r"^\W*(?:close|end)\s+(?:the\s+)?meeting\W*$|^\W*(?:the\s+)?meeting\s+closed\W*$", re.I)


@dataclass(frozen=True)
class Captured:
    """Something to be recorded: the verb, and what is said with it."""

    verb: str
    words: str = ""

    def line(self, room: str) -> str:
        """The line it asks; `room` are the words that mean the meeting and no other, "jag 2013-09-10 10.00"."""
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


def read(text: str) -> Captured | None:
    """What a message in a meeting's thread asks to be recorded; None where it is people talking."""
    for reads in READS:
        if found := reads(text):
            return found
    return None


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
    word = found["word"].lower()
    verb = WORDS.get(word) or (_like(word) if len(word) >= SHORTEST else "")
    return Captured(verb, found["rest"].strip()) if verb else None


def _like(word: str) -> str:
    return next((WORDS[name] for name, score in likenesses(word, WORDS) if score >= LIKE), "")


def _alone(pattern: re.Pattern[str], verb: str) -> Callable[[str], Captured | None]:
    return lambda text: Captured(verb) if pattern.match(text) else None


READS: tuple[Callable[[str], Captured | None], ...] = (
    _alone(HERE, "present"),
    _alone(MINUTES, "approve"),
    _alone(OVER, "close"),
    _agreed,
    _news,
    _people,
    _introduced,
)


def brief(reply: Reply) -> Reply:
    """What a thread is told of something recorded: in a line or two, and how to take it back."""
    facts = {label: value for part in reply.parts if isinstance(part, Facts) for label, value in part.facts}
    said = [part for part in reply.parts if isinstance(part, str)]
    if "Owner" in facts and "Action" in facts:
        said = [f"{facts['Action']} — {facts['Owner'].partition(',')[0]}, due {facts.get('Due', 'ongoing')}."]
    elif facts:
        said += [f"{label}: {value}" for label, value in facts.items()]
    undo = [button for part in reply.parts if isinstance(part, Buttons) for button in part.buttons if button.label.startswith(BACK)]
    parts: list[Part | None] = [*said, press(*((button.label, button.asks) for button in undo))]
    return reply.but(parts=tuple(part for part in parts if part))
