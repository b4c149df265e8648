"""Minutes as they were before: who wrote in them when, and what they said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commands.meetings.room import Room
from commands.meetings.written import read, text_of
from commands.reply import Cell, Heading, Part, Reply, Table, press
from commands.words import listed
from models.agendas import Minutes
from models.base import Refusal


def versions(minutes: Minutes, room: Room) -> Reply:
    """Every version, the first first, and what each changed."""
    held = _all(minutes)
    rows = [_row(number, held, room) for number in range(1, len(held) + 1)]
    shows = [(f"Version {number}", f"/meeting minutes {room.line} version {number}") for number in range(1, len(held))][-5:]
    title = f"Versions of the minutes of {room.name}"
    return Reply(title, Table(["No.", "When", "By", "Changed"], rows), press(*shows), summary=room.discreetly("has minutes") or f"{title}.")


def shown_version(minutes: Minutes, room: Room, number: int) -> Reply:
    """What they said in a version."""
    held = _all(minutes)
    if not 0 < number <= len(held):
        raise Refusal(f"The minutes of {room.name} have {len(held)} versions.", ("Versions", f"/meeting minutes versions {room.line}"))
    parts: list[Part] = []
    for place, section in enumerate(read(held[number - 1]["body"]), 1):
        parts += [Heading(f"{place}. {section.heading}"), *section.parts]
    title = f"Minutes of {room.name}, version {number} of {len(held)}"
    return Reply(
        title, *parts, press(("As they stand", f"/meeting minutes {room.line}")), summary=room.discreetly("has minutes") or f"{title}."
    )


def _all(minutes: Minutes) -> list[dict[str, Any]]:
    by = minutes.by.handle if minutes.by else "drawn up"
    return [*(minutes.history or []), {"at": minutes.at.isoformat(), "by": by, "body": minutes.body}]


def _row(number: int, held: list[dict[str, Any]], room: Room) -> list[Cell]:
    version = held[number - 1]
    at = datetime.fromisoformat(version["at"]).astimezone(room.calendar.zone)
    return [
        number,
        f"{at:%-d %b %Y %H:%M}",
        version["by"],
        _changed(held[number - 2]["body"], version["body"]) if number > 1 else "first draft",
    ]


def _changed(before: str, after: str) -> str:
    was = {section.heading: text_of(section) for section in read(before)}
    return listed([section.heading for section in read(after) if was.get(section.heading) != text_of(section)])
