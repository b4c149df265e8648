"""From a line to a reply: which command it is, whether the person may ask it, and what is said when it cannot be done."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from commands import Command, Enquiry, all_commands
from commands.permissions import must
from commands.reply import Audience, Note, Reply, press
from commands.words import plain
from models.base import Refusal
from models.near import cut, folded
from models.people import Person

WHERE = re.compile(r"\b(?:hotspots?|where|worst|rising|falling|concentrat\w*|by (?:ward|beat|lsoa|street)|top \d+)\b")
GREETINGS = frozenset({"help", "hi", "hello", "hey", "jag", "jagbot"})


def route(line: str) -> tuple[Command, str]:
    """The command a line asks, and the words after it. A prefix (/csp-hotspots) and /jag before it are let through.

    Plain words without a slash are read for what they ask: where, or how many.
    """
    text = line.strip()
    slashed = text.startswith("/")
    first, _, rest = text.partition(" ")
    name = first.lstrip("/").lower().rpartition("-")[2] if slashed else first.lower()
    commands = all_commands()
    if name == "jag" and (inner := _inner(rest, commands)):
        return inner
    if name in commands and (slashed or name not in ("figures", "priority") or rest):
        return commands[name], rest.strip()
    if slashed:
        raise _unknown(name, rest, commands)
    return _plain_words(text, commands)


def _inner(rest: str, commands: Mapping[str, Command]) -> tuple[Command, str] | None:
    """`/jag hotspots asb` runs any command."""
    first, _, words = rest.strip().partition(" ")
    name = first.lstrip("/").lower()
    return (commands[name], words.strip()) if name in commands and name != "jag" else None


def _unknown(name: str, rest: str, commands: Mapping[str, Command]) -> Refusal:
    near = difflib.get_close_matches(name, commands, n=2, cutoff=0.6)
    said = f"Did you mean {' or '.join('/' + each for each in near)}?" if near else f"I know {', '.join('/' + each for each in commands)}."
    return Refusal(f"There is no /{name}. {said}", *((f"/{each}", f"/{each} {rest}".strip()) for each in near))


def _plain_words(text: str, commands: Mapping[str, Command]) -> tuple[Command, str]:
    folded_text = folded(plain(text))
    words = cut(folded_text)
    if not words or (words[0] in GREETINGS and len(words) <= 2):
        return commands["jag"], ""
    if WHERE.search(folded_text):
        return commands["hotspots"], text
    if len(words) <= 3 and not any(word.isdigit() for word in words) and "many" not in words:
        return commands["priority"], text
    return commands["figures"], text


def answer(line: str, person: Person, at: datetime, session: Session, audience: Audience = "asker", **fields: str) -> Reply:
    """Answer a line for a person; raises the Refusal of whichever rule it breaks, named after the command."""
    asked, words = route(line)
    try:
        must(person, asked.needs, session)
        reply = asked.does(Enquiry(words, person, at, audience, fields), session)
    except Refusal as refusal:
        refusal.command = asked.name
        raise
    return reply if reply.audience == audience else Reply(reply.title, *reply.parts, summary=reply.summary, audience=audience)


def refused(refusal: Refusal) -> Reply:
    """A refusal as a reply: its words verbatim, its mends as buttons, and where there is help."""
    command = refusal.command or "jag"
    asks = [(label, line if line.startswith("/") else f"/{command} {line}".strip()) for label, line in refusal.asks]
    help_ = all_commands()[command]
    return Reply(
        "I need a little more" if asks else "I cannot answer that",
        refusal.words,
        press(*asks),
        Note(f"Example: {help_.examples[0]}") if help_.examples and not asks else None,
        summary=refusal.words,
        refused=True,
    )
