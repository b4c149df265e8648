"""What an agenda says that it did not say before, item by item: lines, facts and rows. Where figures come from is left out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from commands.agendas.sitting import Parts, Printed
from commands.reply import Facts, Heading, Note, Part, Section, Table


def new_in(after: Sequence[Section], before: Sequence[Section]) -> list[Part]:
    """What is new, below the numbered heading of its item."""
    had = {section.heading: section.parts for section in before}
    found: list[Part] = []
    for number, section in enumerate(after, 1):
        new = _new(section.parts, had.get(section.heading, []))
        found += [Heading(f"{number}. {section.heading}"), *new] if new else []
    return found


def _new(parts: Parts, before: Parts) -> list[Printed]:
    """What is new in an item, each below the heading that it stood below."""
    known = {said for part in before for said in _said(part)}
    found: list[Printed] = []
    heading: Heading | None = None
    for part in parts:
        if isinstance(part, Heading):
            heading = part
        elif new := [said for said in _said(part) if said not in known]:
            found += [each for each in (heading, _only(part, new)) if each]
            heading = None
    return found


def _said(part: Printed) -> Sequence[Hashable]:
    match part:
        case str():
            return part.splitlines()
        case Facts():
            return [tuple(fact) for fact in part.facts]
        case Table():
            return [tuple(row) for row in part.rows]
        case Heading() | Note():
            return []


def _only(part: Printed, new: Sequence[Hashable]) -> Printed:
    """A part with nothing but what is new in it."""
    match part:
        case str():
            return "\n".join(line for line in part.splitlines() if line in new)
        case Facts():
            return Facts([fact for fact in part.facts if tuple(fact) in new])
        case Table():
            return replace(part, rows=[row for row in part.rows if tuple(row) in new])
        case Heading() | Note():
            return part
