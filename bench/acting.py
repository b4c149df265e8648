"""The action plan: adding to it, whole and durably, beside echoes; and the first page of a list of it, however long it is."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text

from bench.databases import NOW, Databases, Held
from bench.hotspots import asking
from bench.measured import Measured, side_by_side, timed
from bench.servers import echo, ours
from bench.workspace import PATIENCE, Asker, Workspace
from models.actions import AT_RISK, BLOCKED, CLOSED, DONE, NOT_REPORTED, OPEN, WITHDRAWN, Action, ref_of
from models.changes import Change
from models.due import Due
from models.groups import Group, Membership
from models.heard import Heard
from models.priorities import Priority

# Numbered, for the same again within a day is asked about; with its year, as for three months of the year a bare 12 Dec has just gone by.
ADD = f"/action add Fit alley gate {{}} behind the shops @housing-officer due 12 Dec {date.today().year + 1} #asb"
TIMES, WARM = 200, 20
FEW, MANY = 200, 20_000
STATUSES = {"on track": 31, NOT_REPORTED: 22, AT_RISK: 14, BLOCKED: 8, DONE: 3, CLOSED: 19, WITHDRAWN: 3}  # in a hundred: 75 are open
DEEDS = "Fit alley gates|Review CCTV|Deliver crime prevention packs|Hold a street surgery|Visit off licences|Clear the graffiti|Patrol"
PLACES = "behind the shops|at the bus station|on the Grove Hill estate|in Gadebridge Park|along the High Street|by the youth centre"
NEWS = "contractor delayed until the new year|waiting on highways|two visits made and a third agreed|letter sent to all residents"
KINDS = ["date"] * 8 + ["meeting", "ongoing"]
AT_A_TIME = 5_000  # rows in one statement


def measure(databases: Databases) -> list[Measured]:
    """`/action add` over HTTP beside both echoes, and `/action list` over twenty thousand actions beside two hundred."""
    return [*_added(databases), _listed(databases)]


def _added(databases: Databases) -> list[Measured]:
    held = databases.founded()
    with Workspace() as workspace, ours(held, workspace) as (_, port), echo("hops", workspace) as hops, echo("defaults", workspace) as bare:
        adder, hopping, acking = (Asker(each, workspace, ADD) for each in (port, hops, bare))
        answered, acked = _settling(held, adder.answered), _settling(held, adder.acknowledged_and_answered)
        disk = partial(_written_through, databases.scratch() / "written")
        clocks = (answered, hopping.answered, acked, acking.acknowledged, disk)
        whole, two_hops, ack, default_ack, write = side_by_side(*clocks, times=TIMES, warm=WARM)
        _all_kept(held, 2 * (TIMES + WARM))
    note = f"of it {{}} to a disk that takes {write * 1e3:.1f} ms for one"
    return [
        Measured(
            "/action add, request to answer ÷ an echo with the same two hops", whole, two_hops, 5, note=note.format("two writes through")
        ),
        Measured("/action add, acknowledging ÷ an echo on Bolt's defaults", ack, default_ack, 0.4, note=note.format("one write through")),
    ]


def _written_through(path: Path) -> float:
    """Seconds that the disk takes for a write that is to last, which no echo does."""
    with path.open("ab", buffering=0) as file:
        file.write(bytes(12_000))
        return timed(lambda: os.fsync(file.fileno()))


def _settling(held: Held, clock: Callable[[], float]) -> Callable[[], float]:
    """The clock, returning only once its line is forgotten: what we still do after an answer is not to slow the echo that comes next."""

    def settled() -> float:
        took, until = clock(), time.monotonic() + PATIENCE
        while _left_over(held):
            assert time.monotonic() < until, "a line was answered and never forgotten"
            time.sleep(0.001)
        return took

    return settled


def _left_over(held: Held) -> int:
    with held.store.session() as session:
        return session.scalar(select(func.count()).where(Heard.line.is_not(None) | Heard.reply.is_not(None))) or 0


def _all_kept(held: Held, sent: int) -> None:
    """Every add made one action with one line of history, and no two the same; as durably as the store is shipped."""
    with held.store.session(held.partnership.id) as session:
        assert session.scalar(text("pragma synchronous")) == 2, "the store does not write through"
        counts = (Action.id, Action.ref.distinct(), Change.id)
        kept = tuple(session.scalar(select(func.count(column))) for column in counts)
    assert kept == (sent,) * 3, f"{sent} sent; actions, references, lines of history: {kept}"


def _listed(databases: Databases) -> Measured:
    few, many = (_planned(databases, actions) for actions in (FEW, MANY))
    line = "/action list"
    of_few, of_many = side_by_side(asking(few, line), asking(many, line), times=60, warm=5)
    return Measured(f"/action list, first page: {MANY:,} actions ÷ {FEW:,}, three quarters open", of_many, of_few, 3)


def _planned(databases: Databases, actions: int) -> Held:
    """A store with so many actions over all groups, each owned by one who sits on its group, and with its history."""
    held = databases.founded()
    with held.store.session(held.partnership.id, writing=True) as session:
        seats = session.execute(select(Group, Membership.person_id).join(Membership.group).order_by(Membership.id)).all()
        groups = {group: [person for of, person in seats if of is group] for group, _ in seats}
        plan = _plan(actions, groups, list(session.scalars(select(Priority.id))), held)
        for start in range(0, actions, AT_A_TIME):
            rows = [next(plan) for _ in range(start, min(start + AT_A_TIME, actions))]
            session.execute(insert(Action), rows)
            session.execute(insert(Change), [each for row in rows for each in _history(row)])
    return held


def _plan(actions: int, groups: dict[Group, list[int]], priorities: list[int], held: Held) -> Iterator[dict[str, Any]]:
    """Actions as rows. The first group has more than the others, as the JAG does."""
    chance, names = random.Random(actions), list(groups)
    for number in range(1, actions + 1):
        group = chance.choices(names, [6, *[2] * (len(names) - 1)])[0]
        raised = NOW - timedelta(days=chance.randrange(1, 700))
        status = chance.choices(list(STATUSES), list(STATUSES.values()))[0]
        due = _due(chance.choice(KINDS), raised.date() + timedelta(days=chance.randrange(14, 900)))
        yield {
            "id": number, "partnership_id": held.partnership.id, "group_id": group.id, "year": raised.year % 100, "number": number,
            "ref": ref_of(group, raised.year, number), "wording": f"{_one(DEEDS, chance)} {_one(PLACES, chance)}, {_one(PLACES, chance)}",
            "owner_id": chance.choice(groups[group]), "priority_id": chance.choice([None, *priorities]),
            "due_kind": due.kind, "due_on": due.on, "due_sort": due.sorts, "status": status, "open": status in OPEN,
            "latest": "" if status == NOT_REPORTED else _one(NEWS, chance), "latest_at": None if status == NOT_REPORTED else raised,
            "raised_at": raised, "raised_by_id": held.person.id, "lineage": "", "changes": 1 if status == NOT_REPORTED else 2,
        }  # fmt: skip


def _history(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of an action's history: that it was added, and the news of it."""
    line = {"partnership_id": row["partnership_id"], "action_id": row["id"], "at": row["raised_at"], "by_id": row["raised_by_id"]}
    added = {**line, "verb": "added", "words": f"add {row['wording']}", "said": row["wording"], "where": "#jag"}
    news = {**line, "verb": "update", "words": f"{row['ref']} {row['latest']}", "said": row["latest"], "where": "#jag"}
    return [added, news] if row["latest"] else [added]


def _due(kind: str, on: date) -> Due:
    return Due("ongoing") if kind == "ongoing" else Due("meeting" if kind == "meeting" else "date", on)


def _one(of: str, chance: random.Random) -> str:
    return chance.choice(of.split("|"))
