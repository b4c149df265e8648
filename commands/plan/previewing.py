"""A draft shown: what would be saved of it, how each row was understood, and what must be asked first."""

from __future__ import annotations

from collections.abc import Sequence

from commands.plan.already import differences, foreign_ref, says_something
from commands.plan.checking import Checking
from commands.plan.draft_row import Row
from commands.plan.kept import BY_HAND
from commands.plan.row_form import sentences
from commands.plan.rows import LATEST, WORDING, short
from commands.plan.sight import Sight
from commands.reply import Note, Part, Reply, Table, counted, press
from commands.words import listed
from models.drafts import Draft

SHOWN = 40  # rows of a preview; the rest is counted
MENDED = 8  # unclear rows with a button each
NAMED = 20  # unclear rows named beyond those
CALLED = {
    "wording": "words", "latest": "latest update", "priority_id": "priority", "owner_id": "owner", "closed_on": "closed on"
}  # fmt: skip


def checked(draft: Draft, sight: Sight) -> list[Row]:
    """A draft's rows, looked at afresh."""
    return Checking(sight, draft.group_key, draft.source != "pasted").rows(draft.drafted)


def preview(draft: Draft, sight: Sight, said: Sequence[str] = ()) -> Reply:
    """What would be saved, and what must be asked first. Where there is nothing of either, it is no draft any more."""
    rows = checked(draft, sight)
    clear = [row for row in rows if row.clear]
    asked = [row for row in rows if not row.clear]
    names_somebody = any(row.asks("personal") for row in asked)
    draft.keep_for_as_long_as_it_may(names_somebody)
    if any(map(says_something, clear)):
        save = [(_takes(clear, rows, draft), f"/action keep {draft.id}")]
    elif asked:
        save = []
    else:
        return _as_it_is(rows, draft, sight, said)
    mends = [(f"Row {row.drafted.row}", f"/action draft {draft.id} {row.drafted.row}") for row in asked[:MENDED]]
    shown = [*rows[:SHOWN], *(row for row in rows[SHOWN:] if not row.clear)][: SHOWN * 2]
    parts: list[Part | None] = [
        f"{counted(len(rows), 'action')} read, nothing saved yet. {_state(clear, asked)}",
        _table(shown, draft),
        Note(f"{len(rows) - len(shown):,} more rows, all clear.") if len(rows) > len(shown) else None,
        _unmended(asked[MENDED:], draft),
        *map(Note, said),
        _of_their_own(rows, draft),
        Note(f"What may name somebody is kept for a day only, and the whole list with it. {BY_HAND}") if names_somebody else None,
        press(*save, *mends, ("Throw away", f"/action discard {draft.id}")),
    ]
    return Reply(_titled(draft), *parts, summary=f"{counted(len(rows), 'draft')} to check")


def _as_it_is(rows: Sequence[Row], draft: Draft, sight: Sight, said: Sequence[str]) -> Reply:
    """That all of it is in the plan as it stands."""
    sight.session.delete(draft)
    sight.session.flush()
    told = f"{counted(len(rows), 'action')} read, and all of it is held already, as it is. There is nothing to {_verb(draft).lower()}."
    open_actions = press(("Open actions", "/action list"))
    return Reply(_titled(draft), told, _table(rows[:SHOWN], draft), *map(Note, said), open_actions, summary="Nothing new in it")


def _titled(draft: Draft) -> str:
    return f"Drafts from {'a pasted list' if draft.source == 'pasted' else draft.source}"


def _verb(draft: Draft) -> str:
    return "Save" if draft.source == "pasted" else "Load"


def _takes(clear: Sequence[Row], rows: Sequence[Row], draft: Draft) -> str:
    """What the button says that takes what is clear: "Save all 5", "Load it", "Load the 3 that are clear"."""
    if len(clear) < len(rows):
        return f"{_verb(draft)} the {len(clear)} that {'is' if len(clear) == 1 else 'are'} clear"
    return f"Save all {len(rows)}" if draft.source == "pasted" and len(rows) > 1 else f"{_verb(draft)} it"


def _state(clear: Sequence[Row], asked: Sequence[Row]) -> str:
    new = sum(row.held is None for row in clear)
    held = len(clear) - new
    said = [f"{new} new"] * bool(new) + [f"{held} held already"] * bool(held) + [f"{len(asked)} to be asked about"] * bool(asked)
    return f"{listed(said)}.".capitalize() if said else ""


def _unmended(asked: Sequence[Row], draft: Draft) -> Note | None:
    """How to come to the unclear rows that have no button."""
    if not asked:
        return None
    rows = [str(row.drafted.row) for row in asked]
    named = listed(rows) if len(rows) <= NAMED else f"{', '.join(rows[:NAMED])} and {len(rows) - NAMED:,} more"
    which = f"Row {named} has" if len(rows) == 1 else f"Rows {named} have"
    return Note(f"{which} something to be asked too. Mend those with a button first, or open one: /action draft {draft.id} {rows[0]}")


def _of_their_own(rows: Sequence[Row], draft: Draft) -> Note | None:
    """That the log's own references are kept."""
    refs = [ref for row in rows if row.held is None and (ref := foreign_ref(row))] if draft.source != "pasted" else []
    if not refs:
        return None
    such = ", ".join(refs[:3]) + (" …" if len(refs) > 3 else "")
    return Note(f"References of the log's own ({such}) are kept in the history, and found: /action find {refs[0]}")


def _table(rows: Sequence[Row], draft: Draft) -> Table:
    """A row each. How they stand and the latest update only where any of them says so."""
    extra = {
        "Status": [row.drafted.status for row in rows],
        "Latest": ["(held back)" if row.asks("personal") else short(row.drafted.latest, LATEST) for row in rows],
    }
    extra = {heading: values for heading, values in extra.items() if any(values)}
    lines = [[*_shown(row, draft), *(values[n] for values in extra.values()), sentences(row) or _held(row)] for n, row in enumerate(rows)]
    return Table(["Row", "Action", "Owner", "Due", "Priority", "Group", *extra, "To be asked"], lines)


def _shown(row: Row, draft: Draft) -> list[str]:
    """A row as it would be saved. What may name a person is not repeated, not even here."""
    drafted = row.drafted
    group = row.group.name if row.group else draft.group_key
    wording = "(held back)" if row.asks("personal") else short(drafted.wording, WORDING)
    had = row.held if row.loaded else None  # what was mended of it when it came before
    due = row.due.said(group) if row.due else had.due.said(group) if had else drafted.due
    owner = row.owner.handle if row.owner else had.owner.handle if had else drafted.owner
    return [str(drafted.row), wording, owner, due, row.priority.key if row.priority else drafted.priority, group]


def _held(row: Row) -> str:
    """That an action is held already, and what of it would be changed: "held already as JAG-13-004"."""
    if row.held is None:
        return ""
    changed = [CALLED.get(name, name) for name in differences(row)]
    return f"held already as {row.held.ref}" + (f"; to be brought up to date: {listed(changed)}" if changed else "")
