"""Drafts made actions: the clear ones are saved with their history, the others stay drafts; what is held already is brought up to date."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.adding import numbered
from commands.plan.already import day, differences, foreign_ref, whole_ref
from commands.plan.draft_row import Row
from commands.plan.previewing import checked
from commands.plan.recording import Recording
from commands.plan.refs import Ref
from commands.plan.restoring import Past
from commands.plan.sight import Sight, discreet
from commands.plan.told import not_told, tell, undo_all, undo_of
from commands.reply import Note, Reply, Table, Tell, counted, press
from commands.words import lasting
from models.actions import NOT_REPORTED, Action, ref_of, take_number
from models.base import Refusal
from models.changes import Change
from models.drafts import Draft
from models.people import Person

SHOWN = 20
TOLD = 30  # people told one by one; a whole log loaded is announced by whoever loads it


def keep(enquiry: Enquiry, session: Session) -> Reply:
    """`keep 17`: save what is clear of a draft."""
    draft = Draft.numbered(lasting(enquiry.words), enquiry.person, session)
    sight = Sight.of(enquiry, session)
    rows = checked(draft, sight)
    clear = [row for row in rows if row.clear]
    if not clear:
        said = "What was clear of this draft is saved already. Every row left still has something to be asked. Mend one first."
        raise Refusal(said, ("Show it", f"/action draft {draft.id}"), discreet=said)
    keeping = Keeping(sight, draft)
    new, changed = keeping.all(clear)
    left = [row for row in rows if not row.clear]
    _leave(left, draft, session)
    title = _counted(new, changed, len(clear) - len(new) - len(changed))
    return _read_back(title, new, changed, len(left), keeping)


def _leave(left: Sequence[Row], draft: Draft, session: Session) -> None:
    """Rows that are still to be asked about stay a draft, with their history; without any it is thrown away."""
    refs = {row.drafted.ref.strip().upper() for row in left}
    draft.rows = [row.drafted.as_json() for row in left]
    draft.history = [line for line in draft.history if str(line["ref"]).upper() in refs]
    draft.keep_for_as_long_as_it_may(any(row.asks("personal") for row in left))
    if not left:
        session.delete(draft)
    session.flush()


class Keeping:
    """The rows of one draft on their way into the plan."""

    def __init__(self, sight: Sight, draft: Draft) -> None:
        self.sight, self.session, self.draft = sight, sight.session, draft
        self.pasted = draft.source == "pasted"
        self.settled = secrets.token_hex(4)
        self.recording = Recording(sight.enquiry, sight.session, "" if self.pasted else draft.source, self.settled)

    def all(self, rows: Sequence[Row]) -> tuple[list[Action], list[Action]]:
        """(what is new, what was changed)."""
        new = [(row, self._new(row)) for row in rows if row.held is None]
        changed = [row.held for row in rows if row.held is not None and self._changed(row)]
        self.session.flush()
        self._lineage(rows, dict(zip([id(row) for row, _ in new], [action for _, action in new], strict=True)))
        self._history(new)
        self.session.flush()
        return [action for _, action in new], changed

    def _new(self, row: Row) -> Action:
        drafted, at = row.drafted, self.sight.enquiry.at
        assert row.group is not None
        assert row.owner is not None
        assert row.due is not None
        raised = day(drafted.raised_on)
        action = Action(
            group=row.group,
            owner=row.owner,
            wording=drafted.wording,
            raised_by=self._person(drafted.raised_by) or self.sight.person,
            raised_at=datetime.combine(raised, time(), self.sight.now.tzinfo) if raised else at,
            supporters=row.supporters,
            priority_id=row.priority.id if row.priority else None,
        )
        self._number(action, row)
        action.due, action.latest, action.status = row.due, drafted.latest, drafted.status or NOT_REPORTED
        action.latest_at = at if drafted.latest else None
        action.closed_on = day(drafted.closed_on)
        self.session.add(action)
        return action

    def _number(self, action: Action, row: Row) -> None:
        """The reference it brings with it, or the next one of its group."""
        own = None if self.pasted else whole_ref(row.drafted)
        if own is None:
            numbered(action, self.sight)
        else:
            action.year, action.number, action.ref = own.year, own.number, ref_of(action.group, own.year, own.number)
            take_number(action.group, own.year, own.number, self.session)
        action.meeting = day(row.drafted.meeting) or (None if own else action.meeting)

    def _changed(self, row: Row) -> bool:
        """Bring what is held up to date. Whether anything was different."""
        action, values = row.held, differences(row)
        assert action is not None
        if not values:
            return False
        if "latest" in values:
            values["latest_at"] = self.sight.enquiry.at
        if "owner_id" in values:
            values["owner"] = row.owner

        def do() -> None:
            for name, value in values.items():
                setattr(action, name, value)

        change = self.recording.change(action, "loaded", do, f"from {self.draft.source}")
        self._filed(change, row)
        return True

    def _lineage(self, rows: Sequence[Row], made: dict[int, Action]) -> None:
        """What each came from, once all of them are there."""
        for row in rows:
            kind, _, ref = row.drafted.lineage.rpartition(" ")
            action = made.get(id(row)) or row.held
            begun = Ref.at_start(ref) if ref else None
            if action is None or begun is None or action.lineage:
                continue
            parent = select(Action.id).where(Action.ref == begun[0].whole, Action.group_id.in_(self.sight.group_ids))
            action.lineage, action.parent_id = kind, self.session.scalar(parent)

    def _history(self, new: Sequence[tuple[Row, Action]]) -> None:
        """The history a workbook of ours brings along; for what has none, that it was loaded."""
        past = Past.of(self.draft, self.sight, self._person)
        for row, action in new:
            if not past.restored(action):
                change = self.recording.added(action)
                change.verb = "added" if self.pasted else "loaded"
                self._filed(change, row)

    def _filed(self, change: Change, row: Row) -> None:
        """Write down how the row stood in its file, and the reference it had there: it is known by both when it comes again."""
        if row.drafted.filed:
            change.after = {**change.after, "filed": row.drafted.filed}
        if foreign_ref(row):
            change.words = f"was {row.drafted.ref} in {'the list' if self.pasted else self.draft.source}"

    def _person(self, handle: str) -> Person | None:
        """Somebody by their handle."""
        if not handle:
            return None
        if not hasattr(self, "_people"):
            self._people = {person.handle: person for person in self.session.scalars(select(Person))}
        return self._people.get(handle.strip().lstrip("@").lower())


def _counted(new: Sequence[Action], changed: Sequence[Action], same: int) -> str:
    said = [f"{counted(len(new), 'action')} added"] * bool(new)
    said += [f"{counted(len(changed), 'action')} brought up to date"] * bool(changed)
    said += [f"{same} held already, as they are"] * bool(same)
    return "; ".join(said)


def _read_back(title: str, new: list[Action], changed: list[Action], left: int, keeping: Keeping) -> Reply:
    actions, draft, sight = [*new, *changed], keeping.draft, keeping.sight
    rows = [[a.ref, a.wording, a.owner.handle, a.due.said(a.group.name), a.status] for a in actions[:SHOWN]]
    waiting = f"{counted(left, 'row')} still to be asked about: /action draft {draft.id}" if left else None
    undo = [undo_all(keeping.settled)] if len(actions) > 1 else undo_of(*actions)
    return Reply(
        title,
        Table(["Ref", "Action", "Owner", "Due", "Status"], rows) if rows else None,
        Note(f"{len(actions) - SHOWN:,} more.") if len(actions) > SHOWN else None,
        waiting,
        not_told([action.owner for action in new], sight) if len(new) <= TOLD else None,
        press(*([(f"The {left} left", f"/action draft {draft.id}")] if left else []), *undo, ("Open actions", "/action list")),
        summary=discreet(actions) or title,
        tells=_tells(new, sight) if keeping.pasted else (),
    )


def _tells(new: Sequence[Action], sight: Sight) -> list[Tell]:
    """Each owner of a pasted list is told once, of all that is theirs."""
    tells: list[Tell] = []
    for owner in {action.owner.id: action.owner for action in new}.values():
        theirs = [action for action in new if action.owner.id == owner.id]
        said = f"Due {theirs[0].due.said(theirs[0].group.name)}." if len(theirs) == 1 else f"And {counted(len(theirs) - 1, 'other')}."
        title = f"{', '.join(a.ref for a in theirs[:5])} yours"
        told = tell([owner], title, theirs[0], sight, said, ("My actions", "/action list mine"))
        tells += [Tell(each.person_id, each.reply.but(summary=discreet(theirs) or title)) for each in told]
    return tells[:TOLD]
