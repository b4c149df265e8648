"""The minutes of a meeting, by what is asked of them: to see them, write in them, agree them, have them as a file, as they were before."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.agreeing import agree, reopen
from commands.meetings.held import Held
from commands.meetings.rewriting import edit
from commands.meetings.versions import shown_version, versions
from commands.plan.sight import Sight
from commands.reply import Heading, Note, Paper, Part, Reply, press
from models.agendas import AGREED
from models.partnership import Partnership

DOES = re.compile(r"^\s*(show|edit|change|agree|reopen|file|export|word|document|versions?|history)\b[\s:]*", re.I)
FILES = frozenset({"file", "export", "word", "document"})
VERSION = re.compile(r"\bversion\s+(\d{1,3})\s*$", re.I)
OFFICIAL, SENSITIVE = "OFFICIAL", "OFFICIAL-SENSITIVE"


def minutes(enquiry: Enquiry, session: Session) -> Reply:
    """`minutes jag 10 Sep`: as they stand. `edit jag 4`, `agree`, `reopen`, `minutes file jag`, `minutes versions jag`."""
    found = DOES.match(enquiry.words)
    does, words = (found[1].lower(), enquiry.words[found.end() :]) if found else ("show", enquiry.words)
    sight = Sight.of(enquiry, session)
    match does:
        case "agree":
            return agree(enquiry, words, session)
        case "reopen":
            return reopen(Held.of(words, sight, writing=True))
        case "edit" | "change":
            return edit(Held.of(words, sight, writing=True), sight)
        case _ if does in FILES:
            return _as_file(Held.of(words, sight))
        case "versions" | "version" | "history":
            held = Held.of(words, sight)
            return versions(held.minutes, held.room)
    held = Held.of(words, sight)
    if version := VERSION.search(held.room.words):
        return shown_version(held.minutes, held.room, int(version[1]))
    return shown(held)


def shown(held: Held) -> Reply:
    """The minutes, section by section, and what may be done with them."""
    room, parts = held.room, list[Part]()
    for number, section in enumerate(held.sections, 1):
        parts += [Heading(f"{number}. {section.heading}"), *section.parts]
    return Reply(held.title, Note(held.state), *parts, press(*_asks(held)), summary=room.discreetly("has minutes") or f"{held.title}.")


def _asks(held: Held) -> list[tuple[str, str]]:
    room, line = held.room, held.room.line
    asks = [("As a Word file", f"/meeting minutes file {line}")]
    if held.minutes.history:
        asks.append(("Earlier versions", f"/meeting minutes versions {line}"))
    if held.minutes.state != AGREED and room.may("keep minutes"):
        asks = [(f"Change {n}. {each.heading}"[:70], f"/meeting minutes edit {line} {n}") for n, each in enumerate(held.sections, 1)] + asks
        asks.append(("Agree them", f"/meeting minutes agree {line}"))
    return asks


def _as_file(held: Held) -> Reply:
    """The minutes as a council prints them."""
    paper = paper_of(held)
    return Reply(held.title, paper, Note(held.state), summary=held.room.discreetly("has minutes") or f"{held.title}.")


def paper_of(held: Held) -> Paper:
    """As they are printed."""
    room, occurrence = held.room, held.room.occurrence
    place = [("Where", occurrence.place)] if occurrence.place else []
    at = held.minutes.at.astimezone(room.calendar.zone)
    dated = f"{held.printed}. Text of {at:%-d %B %Y}."
    return Paper(
        f"{room.group.key}-minutes-{occurrence.begins:%Y-%m-%d}",
        room.sight.session.get_one(Partnership, room.sight.session.info["partnership"]).name,
        f"{room.group.in_full}: minutes of {occurrence.begins:%-d %B %Y}",
        [("When", f"{occurrence.begins:%A %-d %B %Y, %H:%M} to {occurrence.ends:%H:%M}"), *place, ("Status", held.printed)],
        held.sections,
        SENSITIVE if room.group.private else OFFICIAL,
        dated,
        "minutes",
        f"{room.group.key} {occurrence.begins:%Y-%m-%d}",
    )
