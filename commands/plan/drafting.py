"""Drafts: a pasted list, or the log of today, shown with what is unclear. Nothing is saved until its writer says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import must
from commands.plan.draft_row import mended
from commands.plan.previewing import checked, preview
from commands.plan.row_form import answered, row_form
from commands.plan.rows import short
from commands.plan.sight import Sight
from commands.plan.whose import who_there_is
from commands.reply import Cell, Reply, Table, counted, press
from commands.words import lasting, listed, unlinked, visible
from models.base import Refusal
from models.drafted import Drafted
from models.drafts import Draft
from models.personal import names_a_person

if TYPE_CHECKING:
    from models.sources.log.reading import Log

MOST = 20_000  # characters of a pasted list
HEADINGS, HEADING = 20, 80  # headings named that are left out, and characters of each
VERB = re.compile(r"^\s*add\b[ \t:]*", re.I)  # before a list it may still stand
NAMED = re.compile(r"^\s*#?(\d+)\s+#?(\d+)\s+(owner|supporters)\s+(\S.*)$", re.I)
ROW = re.compile(r"^\s*#?(\d+)\s*(?:(?:row|line)?\s*#?(\d+))?\s*(drop|insist)?\s*$", re.I)


def from_paste(enquiry: Enquiry, session: Session) -> Reply:
    """A pasted list as drafts."""
    from models.sources.log.pasted import others, pasted

    sight = Sight.of(enquiry, session)
    text = VERB.sub("", visible(unlinked(enquiry.words)))
    if len(text) > MOST:
        said = f"That is {len(text):,} characters; I read lists of up to {MOST:,}. Paste it in parts, or send it as a file."
        raise Refusal(said, discreet=said)
    known = who_there_is(session)
    drafted = pasted(text, known)
    if not drafted:
        raise Refusal("I found no action in that list: only headings. Begin each with a bullet, or a line each.")
    draft = _kept(sight, "pasted", drafted, sight.default_group().key)
    return preview(draft, sight, _left_out(others(text, known)))


def _left_out(lines: Sequence[str]) -> list[str]:
    """What is no action is named. What may name a person is not repeated, not even here."""
    from models.sources.log.rows import LEFT_OUT, named

    if names_a_person("\n".join(lines)):
        return [LEFT_OUT.format("(held back)")]
    said = [short(line.strip(" :,"), HEADING) for line in lines if re.search(r"\w", line)]
    return [LEFT_OUT.format(named(said, HEADINGS))] if said else []


def from_file(path: Path, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """(the preview of a log of actions, its draft's number). Excel, CSV or Word; for the coordinator."""
    from models.sources.log.reading import read_log

    must(enquiry.person, "load actions", session)
    return from_log(path.name, read_log(path, Sight.of(enquiry, session).today), enquiry, session, group)


def from_log(name: str, log: Log, enquiry: Enquiry, session: Session, group: str = "") -> tuple[Reply, int]:
    """As `from_file`, of a log that is read already; `name` is its file's."""
    from models.sources.log.columns import worded

    must(enquiry.person, "load actions", session)
    sight = Sight.of(enquiry, session)
    if group and sight.group_named(group) is None:
        raise Refusal(f"I know no group “{group}”. You are on {listed([each.name for each in sight.groups])}.")
    named = sight.group_named(group) if group else sight.default_group()
    key = named.key if named else ""
    filed = [replace(each, filed=each.marks) for each in log.rows]
    before = _before(sight, name, key)
    draft = _kept(sight, name, _as_mended(filed, before), key, [asdict(past) for past in log.history])
    taken = "; ".join(f"{heading} as {worded(field)}" for heading, field in log.columns if heading.lower() != worded(field).lower())
    said = ["This takes the place of the draft you had of this file; what you had mended of it is kept."] if before else []
    said += [f"Columns: {taken}."] if taken else []
    said += [f"Left out: {listed(list(log.ignored))}."] if log.ignored else []
    return preview(draft, sight, [*said, *log.said]), draft.id


def _kept(sight: Sight, source: str, drafted: Sequence[Drafted], group: str, history: Sequence[object] = ()) -> Draft:
    draft = Draft(person_id=sight.person.id, at=sight.enquiry.at, source=source, group_key=group, history=list(history))
    draft.rows = [replace(each, row=number).as_json() for number, each in enumerate(drafted, 1)]
    sight.session.add(draft)
    sight.session.flush()
    return draft


def _before(sight: Sight, source: str, group: str) -> list[Drafted]:
    """The rows of drafts somebody has of this file already; they are drafts no more."""
    same = select(Draft).where(Draft.person_id == sight.person.id, Draft.source == source, Draft.group_key == group)
    drafts = list(sight.session.scalars(same.order_by(Draft.id).with_for_update()))
    for each in drafts:
        sight.session.delete(each)
    return [row for each in drafts for row in each.drafted]


def _as_mended(rows: Sequence[Drafted], before: Sequence[Drafted]) -> list[Drafted]:
    """Rows of a file with what was mended of them when they stood in it before, just so."""
    there: dict[str, list[Drafted]] = defaultdict(list)
    for each in before:
        there[each.filed].append(each)
    return [there[each.filed].pop(0) if there[each.filed] else each for each in rows]


def draft(enquiry: Enquiry, session: Session) -> Reply:
    """`draft 17`: what waits to be checked. `draft 17 2` mends its second row, `draft 17 2 drop` leaves it out.

    `draft 17 2 owner college` says whose it is.
    """
    if named := NAMED.match(lasting(enquiry.words)):
        enquiry = replace(enquiry, words=f"{named[1]} {named[2]}", fields={named[3].lower(): named[4]})
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
