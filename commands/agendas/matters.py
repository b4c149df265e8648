"""Matters arising: the group's actions by reference, those done for it to agree, and what came from other groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from commands.agendas.sitting import Parts, Sitting
from commands.plan.rows import short
from commands.reply import Cell, Note, Table, counted
from models.actions import DONE, Action
from models.agendas import Item
from models.changes import Change

WORDING, LATEST = 200, 160  # characters of a cell: the whole is one press away
RAGS = ("red", "amber", "green", "grey")
WITHHELD = "Owners' own words come in once the chair or the coordinator has looked at them; the day of the latest is given."
NONE = "No action is open."


def actions(sitting: Sitting) -> Parts:
    """Open actions by when they are due, then those done for the meeting to agree."""
    found = open_actions(sitting)
    done = done_actions(sitting)
    parts: list[str | Table | Note] = [tally(found, done, sitting)]
    parts += [table(found, sitting, "Open actions")] if found else []
    parts += [table(done, sitting, f"Done, for {sitting.group.name} to agree")] if done else []
    return [*parts, *_withheld([*found, *done], sitting)]


def by_exception(sitting: Sitting) -> Parts:
    """Only red and amber actions, and what moved since the last meeting."""
    found, done = open_actions(sitting), done_actions(sitting)
    shown = [action for action in found if action.rag(sitting.today) in ("red", "amber")]
    rest = len(found) - len(shown)
    parts: list[str | Table | Note] = [tally(found, done, sitting)]
    parts += [table(shown, sitting, "Red and amber")] if shown else ["No action is red or amber."]
    parts += [f"{counted(rest, 'action')} on track or not reported: not listed here."] if rest else []
    parts += [table(done, sitting, f"Done, for {sitting.group.name} to agree")] if done else []
    moved = _moved(sitting)
    parts += [Table(["Ref", "Action", "Was", "Now"], moved, f"Moved since {_since(sitting)}")] if moved else []
    return [*parts, *_withheld([*shown, *done], sitting)]


def in_plain_words(sitting: Sitting) -> Parts:
    """What is to be done, by whom and by when, without colours or abbreviations."""
    found, done = open_actions(sitting), done_actions(sitting)
    rows: list[list[Cell]] = [
        [action.ref, short(action.wording, WORDING), action.owner.role, due(action, sitting), _plainly(action, sitting)]
        for action in (*found, *done)
    ]
    return [Table(["Reference", "What", "Who", "By when", "How it stands"], rows)] if rows else [NONE]


def referrals(sitting: Sitting) -> Parts:
    """Actions that came from other groups and are still open, and items handed on. Of a private group it is not said."""
    came = [action for action in (*open_actions(sitting), *done_actions(sitting)) if action.lineage]
    lines = [f"- {action.ref}, {_from(action, sitting)}: {short(action.wording, WORDING)}" for action in came]
    items = [item for item in sitting.items if item.lineage]
    lines += [f"- {_came(item, sitting)}: {item.words}" for item in items if sitting.shows(item)]
    waiting = sum(not sitting.shows(item) for item in items)
    lines += [f"- {counted(waiting, 'more item' if lines else 'item')} to come."] if waiting else []
    return ["\n".join(lines)] if lines else ["None."]


def open_actions(sitting: Sitting) -> Sequence[Action]:
    """Every open action of the group, what is due first, first."""
    found = select(Action).where(Action.group_id == sitting.group.id, Action.open)
    return list(sitting.session.scalars(found.order_by(Action.due_sort, Action.id)))


def done_actions(sitting: Sitting) -> Sequence[Action]:
    """What waits for the meeting to agree that it is done."""
    found = select(Action).where(Action.group_id == sitting.group.id, Action.status == DONE)
    return list(sitting.session.scalars(found.order_by(Action.id)))


def tally(found: Sequence[Action], done: Sequence[Action], sitting: Sitting) -> str:
    """ "10 open: 2 red, 1 amber, 2 green, 5 grey; 1 done, for JAG to agree." """
    colours = Counter(action.rag(sitting.today) for action in found)
    said = ", ".join(f"{colours[rag]} {rag}" for rag in RAGS if colours[rag])
    open_ = f"{len(found):,} open: {said}" if found else "No action is open"
    return f"{open_}; {len(done):,} done, for {sitting.group.name} to agree." if done else f"{open_}."


def table(shown: Sequence[Action], sitting: Sitting, title: str) -> Table:
    """A row an action: what, whose, by when, its colour and why, the latest."""
    rows: list[list[Cell]] = [
        [action.ref, short(action.wording, WORDING), _owner(action), due(action, sitting), rag(action, sitting), _latest(action, sitting)]
        for action in shown
    ]
    return Table(["Ref", "Action", "Owner", "Due", "RAG", "Latest"], rows, title)


def rag(action: Action, sitting: Sitting) -> str:
    """ "red: overdue, blocked", "amber: at risk", "grey: not reported", "grey: no change (28 Aug)"."""
    return f"{action.rag(sitting.today)}: {'overdue, ' if action.overdue(sitting.today) else ''}{_stands(action, sitting)}"


def _stands(action: Action, sitting: Sitting) -> str:
    """The status; where there is none yet, but no change was reported, that and its day."""
    said = sitting.unchanged.get(action.id)
    return f"no change ({said.astimezone(sitting.now.tzinfo):%-d %b})" if said else action.status


def due(action: Action, sitting: Sitting) -> str:
    """A date in short, "this meeting", or "ongoing"."""
    if action.due_kind == "meeting" and action.due_on in (None, sitting.occurrence.on):
        return "this meeting"
    return f"{action.due_on:%-d %b %Y}" if action.due_on else "ongoing"


def _owner(action: Action) -> str:
    agency = action.owner.agency
    return f"{action.owner.handle}, {agency.name}" if agency else action.owner.handle


def _latest(action: Action, sitting: Sitting) -> str:
    """The latest news with its day; the day alone while nobody has looked at the words."""
    if not action.latest or action.latest_at is None:
        return short(action.latest, LATEST) if sitting.whole else ""
    day = f"{action.latest_at.astimezone(sitting.now.tzinfo):%-d %b}"
    return f"{day}: {short(action.latest, LATEST)}" if sitting.passes(action.latest_at) else day


def _withheld(shown: Sequence[Action], sitting: Sitting) -> list[Note]:
    return [Note(WITHHELD)] if any(action.latest and not sitting.passes(action.latest_at) for action in shown) else []


def _plainly(action: Action, sitting: Sitting) -> str:
    if action.status == DONE:
        return "done, to be agreed"
    return f"{'late, ' if action.overdue(sitting.today) else ''}{_stands(action, sitting)}"


def _from(action: Action, sitting: Sitting) -> str:
    """ "escalated from CSAG-13-004"; "escalated to JAG" where whoever reads it may not see that."""
    parent = action.parent
    if parent is None:
        return action.lineage
    told = parent.group_id == sitting.group.id or not parent.group.private or parent.group_id in sitting.seen
    return f"{action.lineage} {parent.ref}" if told else f"{action.lineage.partition(' ')[0]} to {sitting.group.name}"


def _came(item: Item, sitting: Sitting) -> str:
    """ "Referred from RAOG"; "Referred to JAG" where it comes of a private group, which is not named."""
    said = f"{item.lineage[:1].upper()}{item.lineage[1:]}"
    return said if " from " in said else f"{said} to {sitting.group.name}"


def _since(sitting: Sitting) -> str:
    return f"{sitting.previous.on:%-d %B %Y}" if sitting.previous else "the beginning"


def _moved(sitting: Sitting) -> list[list[Cell]]:
    """(reference, what, status before, status now) of what changed since the last meeting."""
    since = sitting.previous.begins if sitting.previous else datetime.min.replace(tzinfo=UTC)
    changes = select(Change).join(Action, Change.action_id == Action.id).where(Action.group_id == sitting.group.id, Change.at >= since)
    first: dict[int, str] = {}
    now: dict[int, Action] = {}
    for change in sitting.session.scalars(changes.order_by(Change.id)):
        if "status" in change.before:
            first.setdefault(change.action_id, str(change.before["status"]))
            now[change.action_id] = change.action
    moved = [(action, first[number]) for number, action in now.items() if first[number] != action.status]
    return [[action.ref, short(action.wording, WORDING), was, action.status] for action, was in sorted(moved, key=lambda each: each[0].ref)]
