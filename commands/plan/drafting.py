"""Drafts: a pasted list, or the log of today, shown with what is unclear. Nothing is saved until its writer says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.plan.adding import HINT, PICKED
from commands.plan.checking import Checking, Row, mended
from commands.plan.kept import BY_HAND
from commands.plan.sight import Sight
from commands.reply import Cell, Field, Form, Note, Part, Reply, Table, counted, press
from commands.words import lasting, listed, unlinked
from models.base import Refusal
from models.drafted import Drafted
from models.drafts import Draft
from models.people import Person
from models.sources.log.pasted import pasted
from models.vocabulary import Vocabulary

SHOWN = 40  # rows of a preview; the rest is counted
MENDED = 8  # unclear rows with a button each
MOST = 20_000  # characters of a pasted list
ROW = re.compile(r"^\s*#?(\d+)\s*(?:(?:row|line)?\s*#?(\d+))?\s*(drop|insist)?\s*$", re.I)


def from_paste(enquiry: Enquiry, session: Session) -> Reply:
    """A pasted list as drafts."""
    sight = Sight.of(enquiry, session)
    text = unlinked(enquiry.words)
    if len(text) > MOST:
        raise Refusal(f"That is {len(text):,} characters; I read lists of up to {MOST:,}. Paste it in parts, or send it as a file.")
    drafted = pasted(text)
    if not drafted:
        raise Refusal("I found no action in that list: only headings. Begin each with a bullet, or a line each.")
    draft = _kept(sight, "pasted", drafted, sight.default_group().key)
    return preview(draft, sight)


def from_file(path: Path, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """(the preview of a log of actions, its draft's number). Excel, CSV or Word; for the coordinator."""
    from models.sources.log import read_log

    must(enquiry.person, "load actions", session)
    sight = Sight.of(enquiry, session)
    if group and sight.group_named(group) is None:
        raise Refusal(f"I know no group “{group}”. You are on {listed([each.name for each in sight.groups])}.")
    log = read_log(path, sight.today)
    named = sight.group_named(group) if group else sight.default_group()
    draft = _kept(sight, path.name, log.rows, named.key if named else "", [asdict(past) for past in log.history])
    taken = "; ".join(f"{heading} as {field}" for heading, field in log.columns if heading.lower() != field)
    said = [f"Columns: {taken}."] if taken else []
    said += [f"Left out: {listed(list(log.ignored))}."] if log.ignored else []
    return preview(draft, sight, [*said, *log.said]), draft.id


def looks_like_a_log(path: Path) -> bool:
    """Whether a file holds actions, rather than figures."""
    from datetime import date

    from models.sources.log import read_log

    try:
        return bool(read_log(path, date.today()).rows)
    except Refusal:
        return False


def _kept(sight: Sight, source: str, drafted: Sequence[Drafted], group: str, history: Sequence[object] = ()) -> Draft:
    draft = Draft(person_id=sight.person.id, at=sight.enquiry.at, source=source, group_key=group, history=list(history))
    draft.rows = [row.as_json() for row in drafted]
    sight.session.add(draft)
    sight.session.flush()
    return draft


def checked(draft: Draft, sight: Sight) -> list[Row]:
    """A draft's rows, looked at afresh."""
    return Checking(sight, draft.group_key, draft.source != "pasted").rows(draft.drafted)


def preview(draft: Draft, sight: Sight, said: Sequence[str] = ()) -> Reply:
    """What would be saved, and what must be asked first."""
    rows = checked(draft, sight)
    clear = [row for row in rows if row.clear]
    asked = [(number, row) for number, row in enumerate(rows, 1) if not row.clear]
    save = [(f"Save {_how_many(clear, rows)}", f"/action keep {draft.id}")] if clear else []
    mends = [(f"Row {number}", f"/action draft {draft.id} {number}") for number, _ in asked[:MENDED]]
    shown = [*rows[:SHOWN], *(row for row in rows[SHOWN:] if not row.clear)][: SHOWN * 2]
    numbers = {id(row): number for number, row in enumerate(rows, 1)}
    table = Table(
        ["Row", "Action", "Owner", "Due", "Priority", "Group", "To be asked"], [_shown(numbers[id(row)], row, draft) for row in shown]
    )
    parts: list[Part | None] = [
        f"{counted(len(rows), 'action')} read, nothing saved yet. {_state(clear, asked)}",
        table,
        Note(f"{len(rows) - len(shown):,} more rows, all clear.") if len(rows) > len(shown) else None,
        *map(Note, said),
        Note(BY_HAND) if any(name == "personal" for _, row in asked for name, _ in row.questions) else None,
        press(*save, *mends, ("Throw away", f"/action discard {draft.id}")),
    ]
    source = "a pasted list" if draft.source == "pasted" else draft.source
    return Reply(f"Drafts from {source}", *parts, summary=f"{counted(len(rows), 'draft')} to check")


def _how_many(clear: Sequence[Row], rows: Sequence[Row]) -> str:
    return (
        ("it" if len(rows) == 1 else f"all {len(rows)}")
        if len(clear) == len(rows)
        else f"the {len(clear)} that {'is' if len(clear) == 1 else 'are'} clear"
    )


def _state(clear: Sequence[Row], asked: Sequence[tuple[int, Row]]) -> str:
    new = sum(row.held is None for row in clear)
    held = len(clear) - new
    said = [f"{new} new"] * bool(new) + [f"{held} held already"] * bool(held) + [f"{len(asked)} to be asked about"] * bool(asked)
    return f"{listed(said)}.".capitalize() if said else ""


def _shown(number: int, row: Row, draft: Draft) -> list[str]:
    """A row as it would be saved. What may name a person is not repeated, not even here."""
    drafted, asked = row.drafted, "; ".join(question for _, question in row.questions)
    group = row.group.name if row.group else draft.group_key
    private = any(name == "personal" for name, _ in row.questions)
    wording = "(held back)" if private else drafted.wording
    due = row.due.said(group) if row.due else drafted.due
    owner = row.owner.handle if row.owner else drafted.owner
    return [str(number), wording, owner, due, row.priority.key if row.priority else drafted.priority, group, asked]


def draft(enquiry: Enquiry, session: Session) -> Reply:
    """`draft 17`: what waits to be checked. `draft 17 2` mends its second row, `draft 17 2 drop` leaves it out."""
    found = ROW.match(lasting(enquiry.words))
    if not found:
        return _waiting(enquiry, session)
    kept, sight = Draft.numbered(found[1], enquiry.person, session), Sight.of(enquiry, session)
    if not found[2]:
        return preview(kept, sight)
    number = int(found[2])
    rows = kept.drafted
    if not 1 <= number <= len(rows):
        raise Refusal(f"Draft {kept.id} has rows 1 to {len(rows)}.", ("Show it", f"/action draft {kept.id}"))
    if (found[3] or "").lower() == "drop":
        kept.rows = [row.as_json() for place, row in enumerate(rows, 1) if place != number]
    elif (found[3] or "").lower() == "insist":
        kept.rows = _with(rows, number, mended(rows[number - 1], sure=True))
    elif enquiry.fields:
        kept.rows = _with(rows, number, _answered(rows[number - 1], enquiry))
    else:
        return _row_form(kept, number, checked(kept, sight)[number - 1], session)
    session.flush()
    return preview(kept, sight) if kept.rows else discard(Sight.of(enquiry, session).enquiry_of(str(kept.id)), session)


def _with(rows: list[Drafted], number: int, row: Drafted) -> list[dict[str, object]]:
    return [(row if place == number else each).as_json() for place, each in enumerate(rows, 1)]


def _answered(row: Drafted, enquiry: Enquiry) -> Drafted:
    """A row with a form's answers in it."""
    said = {name: lasting(value) for name, value in enquiry.fields.items() if name in ("wording", "owner", "due", "priority")}
    supporters = enquiry.fields.get("supporters")
    values: dict[str, object] = dict(said)
    if supporters is not None:
        values["supporters"] = tuple(each.strip() for each in re.split(r"[,;/\n]", lasting(supporters)) if each.strip())
    return mended(row, **values)


def _row_form(kept: Draft, number: int, row: Row, session: Session) -> Reply:
    people = list(session.scalars(select(Person).order_by(Person.handle).limit(PICKED + 1)))
    picked = [(p.handle, f"{p.handle}, {p.role}") for p in people] if len(people) <= PICKED else []
    priorities = [(p.key, p.name) for p in Vocabulary.of(session).priorities.values()]
    drafted = row.drafted
    asked = {name for name, _ in row.questions}
    fields = [
        Field("wording", "What is to be done", drafted.wording, long=True),
        Field("owner", "Who is accountable", row.owner.handle if row.owner and "owner" not in asked else "", picked),
        Field("due", "When is it due", "" if "due" in asked else drafted.due, hint=HINT),
        Field("supporters", "Who supports them", ", ".join(drafted.supporters), hint="people or agencies, with commas", optional=True),
        Field("priority", "Priority", row.priority.key if row.priority else "", priorities, optional=True),
    ]
    insist = [("It is a place, not a person", f"/action draft {kept.id} {number} insist")] if "personal" in asked else []
    return Reply(
        f"Row {number}",
        "; ".join(question for _, question in row.questions) or "Nothing has to be asked; change what you like.",
        Form(f"Row {number}", f"/action draft {kept.id} {number}", fields, "Take it"),
        press(*insist, ("Leave this row out", f"/action draft {kept.id} {number} drop"), ("Back", f"/action draft {kept.id}")),
        summary=f"Row {number} of a draft",
    )


def discard(enquiry: Enquiry, session: Session) -> Reply:
    """Throw a draft away."""
    session.delete(Draft.numbered(lasting(enquiry.words), enquiry.person, session))
    return Reply("Thrown away", "Nothing of it was saved.")


def _waiting(enquiry: Enquiry, session: Session) -> Reply:
    mine = list(session.scalars(select(Draft).where(Draft.person_id == enquiry.person.id).order_by(Draft.id.desc()).limit(20)))
    if not mine:
        return Reply("Drafts", "You have no drafts. Paste a list after /action add, or send me the log as a file.")
    rows: list[list[Cell]] = [[str(each.id), each.source, len(each.rows)] for each in mine]
    buttons = press(*((f"Draft {each.id}", f"/action draft {each.id}") for each in mine[:5]))
    return Reply("Drafts", Table(["Draft", "From", "Rows"], rows), buttons, summary=counted(len(mine), "draft"))
