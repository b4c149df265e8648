"""Drafts: a pasted list, or the log of today, shown with what is unclear. Nothing is saved until its writer says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.plan.already import differences
from commands.plan.checking import Checking, Row, mended
from commands.plan.kept import BY_HAND
from commands.plan.row_form import answered, row_form
from commands.plan.rows import WORDING, short
from commands.plan.sight import Sight
from commands.reply import Cell, Note, Part, Reply, Table, counted, press
from commands.words import lasting, listed, unlinked, visible
from models.base import Refusal
from models.drafted import Drafted
from models.drafts import Draft

if TYPE_CHECKING:
    from models.sources.log.reading import Log

SHOWN = 40  # rows of a preview; the rest is counted
MENDED = 8  # unclear rows with a button each
MOST = 20_000  # characters of a pasted list
CALLED = {"latest": "latest update", "priority_id": "priority", "owner_id": "owner", "closed_on": "closed on"}
VERB = re.compile(r"^\s*add\b[ \t:]*", re.I)  # before a list it may still stand
ROW = re.compile(r"^\s*#?(\d+)\s*(?:(?:row|line)?\s*#?(\d+))?\s*(drop|insist)?\s*$", re.I)


def from_paste(enquiry: Enquiry, session: Session) -> Reply:
    """A pasted list as drafts."""
    from models.sources.log.pasted import pasted

    sight = Sight.of(enquiry, session)
    text = VERB.sub("", visible(unlinked(enquiry.words)))
    if len(text) > MOST:
        said = f"That is {len(text):,} characters; I read lists of up to {MOST:,}. Paste it in parts, or send it as a file."
        raise Refusal(said, discreet=said)
    drafted = pasted(text)
    if not drafted:
        raise Refusal("I found no action in that list: only headings. Begin each with a bullet, or a line each.")
    draft = _kept(sight, "pasted", drafted, sight.default_group().key)
    return preview(draft, sight)


def from_file(path: Path, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """(the preview of a log of actions, its draft's number). Excel, CSV or Word; for the coordinator."""
    from models.sources.log.reading import read_log

    must(enquiry.person, "load actions", session)
    return from_log(path.name, read_log(path, Sight.of(enquiry, session).today), enquiry, session, group)


def from_log(name: str, log: Log, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """As `from_file`, of a log that is read already; `name` is its file's."""
    must(enquiry.person, "load actions", session)
    sight = Sight.of(enquiry, session)
    if group and sight.group_named(group) is None:
        raise Refusal(f"I know no group “{group}”. You are on {listed([each.name for each in sight.groups])}.")
    named = sight.group_named(group) if group else sight.default_group()
    draft = _kept(sight, name, log.rows, named.key if named else "", [asdict(past) for past in log.history])
    taken = "; ".join(f"{heading} as {field}" for heading, field in log.columns if heading.lower() != field)
    said = [f"Columns: {taken}."] if taken else []
    said += [f"Left out: {listed(list(log.ignored))}."] if log.ignored else []
    return preview(draft, sight, [*said, *log.said]), draft.id


def _kept(sight: Sight, source: str, drafted: Sequence[Drafted], group: str, history: Sequence[object] = ()) -> Draft:
    draft = Draft(person_id=sight.person.id, at=sight.enquiry.at, source=source, group_key=group, history=list(history))
    draft.rows = [replace(each, row=number).as_json() for number, each in enumerate(drafted, 1)]
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
    asked = [row for row in rows if not row.clear]
    names_somebody = any(row.asks("personal") for row in asked)
    draft.keep_for_as_long_as_it_may(names_somebody)
    save = [(f"Save {_how_many(clear, rows)}", f"/action keep {draft.id}")] if clear else []
    mends = [(f"Row {row.drafted.row}", f"/action draft {draft.id} {row.drafted.row}") for row in asked[:MENDED]]
    shown = [*rows[:SHOWN], *(row for row in rows[SHOWN:] if not row.clear)][: SHOWN * 2]
    table = Table(["Row", "Action", "Owner", "Due", "Priority", "Group", "To be asked"], [_shown(row, draft) for row in shown])
    parts: list[Part | None] = [
        f"{counted(len(rows), 'action')} read, nothing saved yet. {_state(clear, asked)}",
        table,
        Note(f"{len(rows) - len(shown):,} more rows, all clear.") if len(rows) > len(shown) else None,
        *map(Note, said),
        Note(f"What may name somebody is kept for a day only, and the whole list with it. {BY_HAND}") if names_somebody else None,
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


def _state(clear: Sequence[Row], asked: Sequence[Row]) -> str:
    new = sum(row.held is None for row in clear)
    held = len(clear) - new
    said = [f"{new} new"] * bool(new) + [f"{held} held already"] * bool(held) + [f"{len(asked)} to be asked about"] * bool(asked)
    return f"{listed(said)}.".capitalize() if said else ""


def _shown(row: Row, draft: Draft) -> list[str]:
    """A row as it would be saved. What may name a person is not repeated, not even here."""
    drafted = row.drafted
    group = row.group.name if row.group else draft.group_key
    wording = "(held back)" if row.asks("personal") else short(drafted.wording, WORDING)
    due = row.due.said(group) if row.due else drafted.due
    owner = row.owner.handle if row.owner else drafted.owner
    said = "; ".join(question for _, question in row.questions) or _held(row)
    return [str(drafted.row), wording, owner, due, row.priority.key if row.priority else drafted.priority, group, said]


def _held(row: Row) -> str:
    """That an action is held already, and what of it would be changed: "held already as JAG-13-004"."""
    if row.held is None:
        return ""
    changed = [CALLED.get(name, name) for name in differences(row)]
    return f"held already as {row.held.ref}" + (f"; to be brought up to date: {listed(changed)}" if changed else "")


def draft(enquiry: Enquiry, session: Session) -> Reply:
    """`draft 17`: what waits to be checked. `draft 17 2` mends its second row, `draft 17 2 drop` leaves it out."""
    found = ROW.match(lasting(enquiry.words))
    if not found:
        return _waiting(enquiry, session)
    kept, sight = Draft.numbered(found[1], enquiry.person, session), Sight.of(enquiry, session)
    if not found[2]:
        return preview(kept, sight)
    row = _row(int(found[2]), kept)
    if (found[3] or "").lower() == "drop":
        kept.rows = [each.as_json() for each in kept.drafted if each.row != row.row]
    elif (found[3] or "").lower() == "insist":
        kept.rows = _with(kept.drafted, mended(row, sure=True))
    elif enquiry.fields:
        kept.rows = _with(kept.drafted, answered(row, enquiry))
    else:
        return row_form(kept, next(each for each in checked(kept, sight) if each.drafted.row == row.row), session)
    session.flush()
    return preview(kept, sight) if kept.rows else discard(sight.enquiry_of(str(kept.id)), session)


def _row(number: int, kept: Draft) -> Drafted:
    """The row of this number, which it keeps while others go; refuses one that is gone."""
    for row in kept.drafted:
        if row.row == number:
            return row
    said = f"Row {number} of this draft is saved or left out already."
    raise Refusal(said, ("Show it", f"/action draft {kept.id}"), discreet=said)


def _with(rows: list[Drafted], mended: Drafted) -> list[dict[str, object]]:
    return [(mended if each.row == mended.row else each).as_json() for each in rows]


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
