"""Writing in the minutes, a section at a time, until they are agreed. How they were before is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.meetings.held import Held
from commands.meetings.written import harmless, parts_of, read, text_of, written
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import by_handle
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.reply import Field, Form, Reply, Section, press
from commands.words import cleaned
from models.base import Refusal

SECTION = re.compile(r"^\s*(?:section\s+|item\s+)?(?P<number>\d{1,2})\b[.:)]?\s*(?:~(?P<seen>\d+)\s*)?", re.I)
LONGEST = 2_900  # characters of a section that a form holds


def edit(held: Held, sight: Sight) -> Reply:
    """One section, in a form or after its number; how it was before is kept."""
    room, sections = held.room, held.sections
    room.must_keep_minutes("write in its minutes")
    room.must_not_be_locked()
    found = SECTION.match(room.words)
    number = int(found["number"]) if found else 0
    if not found or not 0 < number <= len(sections):
        numbered = [(f"{n}. {each.heading}"[:70], f"/meeting minutes edit {room.line} {n}") for n, each in enumerate(sections, 1)]
        raise Refusal("Which section shall be changed?", *numbered)
    text = by_handle(cleaned(sight.enquiry.fields.get("text", "") or room.words[found.end() :]), sight.session)
    if not text:
        return _form(held, number, text_of(sections[number - 1]))
    if found["seen"] and (who := _written_meanwhile(held, number, int(found["seen"]))):
        said = f"While you were writing, {who} changed this section. Nothing of yours is saved yet: look again, and send."
        return _form(held, number, text, said)
    return _rewritten(held, sections, number, text, sight)


def _written_meanwhile(held: Held, number: int, seen: int) -> str:
    """Who changed a section since a form with it was opened; empty where nobody did."""
    history = held.minutes.history or []
    if seen >= len(history):
        return ""
    before = read(history[seen]["body"])
    same = number <= len(before) and text_of(before[number - 1]) == text_of(held.sections[number - 1])
    return "" if same or held.minutes.by is None else held.minutes.by.handle


def _form(held: Held, number: int, text: str, said: str = "") -> Reply:
    section, seen = held.sections[number - 1], len(held.minutes.history or [])
    if len(text) > LONGEST:
        raise Refusal(
            f"{section.heading} is {len(text):,} characters, more than a form holds. Give it after its number, in a direct message or the "
            f"terminal: /meeting minutes edit {held.room.line} {number}: …"
        )
    fields = [Field("text", section.heading[:140], text, long=True, hint="a line each; tables keep their | between columns")]
    form = Form("Change the minutes", f"/meeting minutes edit {held.room.line} {number} ~{seen}", fields)
    return Reply(f"{held.title}, {number}. {section.heading}", said, form, summary=held.room.discreetly("has minutes"))


def _rewritten(held: Held, sections: Sequence[Section], number: int, text: str, sight: Sight) -> Reply:
    minutes, room = held.minutes, held.room
    look_for_a_person(as_typed(sight.enquiry) if sight.enquiry.fields else text, sight)
    heading = sections[number - 1].heading
    changed = [*sections[: number - 1], Section(heading, parts_of(harmless(text))), *sections[number:]]
    by = minutes.by.handle if minutes.by else "drawn up"
    minutes.history = [*(minutes.history or []), {"at": minutes.at.isoformat(), "by": by, "body": minutes.body}]
    minutes.body, minutes.at, minutes.by = written(changed), sight.enquiry.at, sight.person
    sight.session.flush()
    title = f"{held.title}, {number}. {heading} is changed"
    asks = [("Show", f"/meeting minutes {room.line}"), ("Earlier versions", f"/meeting minutes versions {room.line}")]
    return Reply(title, *parts_of(harmless(text)), press(*asks), summary=room.discreetly("has minutes") or f"{title}.")
