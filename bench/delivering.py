"""Delivery: six thousand prompts at twenty at a time, and a tick with nothing due beside one indexed query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import insert, select

from bench.databases import NOW, Databases, Held
from bench.measured import Measured, side_by_side, timed
from bench.servers import ending, says, started
from bot.sending import Sending
from commands.reply import Button, Choice, Reply, press
from models.groups import Group
from models.meetings import Meeting
from models.notices import GATHERED, SENT, SKIPPED, WAITING, Notice, Obligation
from models.partnership import Partnership
from models.people import Person
from models.store import Store
from scheduler import saying
from scheduler.delivery import AT_A_TIME, Delivery
from scheduler.tick import Tick

PROMPTS, ANSWER = 6_000, 0.05  # how many, and the seconds in which Slack answers each
PARTNERSHIPS, YEARS, TOLD = 300, 5, 20  # with a meeting a month, and so many people asked and reminded for each
STEPS = ("ask", "remind-7", "remind-5", "draft", "agenda", "morning", "minutes")
STATUSES = ("On track", "At risk", "Blocked", "Done", "No change")
AT_ONCE = 5_000  # rows in one statement


def measure(databases: Databases) -> list[Measured]:
    """All prompts delivered, beside the time that Slack takes for them; and an idle tick beside a query."""
    return [_prompts(databases), _tick(databases)]


@saying.says("bench")
def prompt(notice: Notice, _session: Any, _now: datetime) -> Reply:
    """What an owner is asked: three actions, with a choice for each."""
    asked = [Choice(f"JAG-26-00{n}", [Button(each, f"/action update JAG-26-00{n} {each}") for each in STATUSES]) for n in (1, 2, 3)]
    return Reply(f"3 actions to update, {notice.id}", *asked, press(("No change for all", "/action update rest no change")))


def _prompts(databases: Databases) -> Measured:
    held = databases.founded()
    with held.store.session(held.partnership.id, writing=True) as session:
        session.execute(insert(Person), [_person(number, held) for number in range(PROMPTS)])
        people = session.scalars(select(Person.id).where(Person.handle.startswith("told-")).order_by(Person.id)).all()
        session.execute(insert(Notice), [_notice(number, person, held) for number, person in enumerate(people)])
    with ending(started(["-m", "bench.patient", str(ANSWER)])) as slack:
        client = WebClient("xoxb-bench", f"http://127.0.0.1:{says(slack, r'[0-9]+')[0]}/api/")
        delivery = Delivery(held.store, held.partnership.id, Sending(client), lambda: NOW)
        took = timed(delivery.deliver)
    with held.store.session(held.partnership.id) as session:
        left = session.scalars(select(Notice.id).where(Notice.state != SENT)).all()
    assert not left, f"{len(left)} of {PROMPTS} were not sent"
    name = f"{PROMPTS:,} prompts, {AT_A_TIME} at a time ÷ the {ANSWER * 1e3:.0f} ms that Slack takes for each"
    return Measured(name, took, PROMPTS * ANSWER / AT_A_TIME, 1.3, "s", note=f"{PROMPTS / took:,.0f} a second")


def _person(number: int, held: Held) -> dict[str, Any]:
    handle = f"told-{number}"
    return {"partnership_id": held.partnership.id, "handle": handle, "role": "owner", "email": f"{handle}@x", "slack_user": f"U{number}"}


def _notice(number: int, person: int, held: Held) -> dict[str, Any]:
    what = {"person_id": person, "kind": "bench", "about": f"bench {number}", "state": WAITING}
    return {"partnership_id": held.partnership.id, "due_at": NOW, "next_at": NOW, **what}


def _tick(databases: Databases) -> Measured:
    held = databases.founded()
    _years_of(held.store)
    sender: Any = None  # there is nothing to send
    tick = Tick(held.store, held.partnership.id, lambda: NOW, Delivery(held.store, held.partnership.id, sender, lambda: NOW))
    ours, query = side_by_side(lambda: timed(tick), lambda: timed(partial(_query, held)), times=200, warm=20)
    name = f"a tick with nothing due, {PARTNERSHIPS} partnerships and {YEARS} years of meetings held ÷ one indexed query"
    return Measured(name, ours, query, 5)


def _query(held: Held) -> None:
    """What is due, by its index."""
    due = select(Notice.id).where(Notice.partnership_id == held.partnership.id, Notice.state == WAITING, Notice.next_at <= NOW)
    with held.store.session(held.partnership.id) as session:
        session.execute(due).all()


def _years_of(store: Store) -> None:
    """Partnerships beside the one that is there, and what all of them met for, were asked and told; and what is to come."""
    with store.session(writing=True) as session:
        names = ({"key": f"p{n}", "name": f"Partnership {n}", "district": "D", "force": "f"} for n in range(PARTNERSHIPS - 1))
        session.execute(insert(Partnership), list(names))
        whose = session.scalars(select(Partnership.id).order_by(Partnership.id)).all()
        session.execute(insert(Group), [{"partnership_id": each, "key": "bench", "name": "Bench"} for each in whose])
        groups = session.execute(select(Group.partnership_id, Group.id).where(Group.key == "bench")).all()
        for table, rows in ((Meeting, _meetings(groups)), (Notice, _notices(groups)), (Obligation, _obligations(groups))):
            for some in _cut(rows):
                session.execute(insert(table), some)


def _cut(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _met(groups: Any) -> Iterator[tuple[int, int, int, datetime]]:
    """(number, partnership, group, when) of each meeting: the last of a partnership are still to come."""
    months = YEARS * 12
    for place, (partnership, group) in enumerate(groups):
        for month in range(months):
            yield 1_000_000 + place * months + month, partnership, group, NOW + timedelta(days=30 * (month - months + 4) + 3)


def _meetings(groups: Any) -> Iterator[dict[str, Any]]:
    for number, partnership, group, at in _met(groups):
        yield {"id": number, "partnership_id": partnership, "group_id": group, "slot": at.replace(tzinfo=None), "begins": at}


def _notices(groups: Any) -> Iterator[dict[str, Any]]:
    for number, partnership, _, at in _met(groups):
        if at < NOW:
            for told in range(TOLD):
                about = {"kind": "ask", "about": f"bench {number} {told}", "state": SENT}
                yield {"partnership_id": partnership, "due_at": at, "next_at": at, **about}


def _obligations(groups: Any) -> Iterator[dict[str, Any]]:
    for number, partnership, _, at in _met(groups):
        whole = {"partnership_id": partnership, "meeting_id": number, "due_at": at}
        for step in STEPS:
            yield {**whole, "step": step, "person_key": 0, "state": SKIPPED if at < NOW else "due"}
        for person in range(1, TOLD + 1 if at < NOW else 1):
            yield {**whole, "step": "ask", "person_key": person, "state": GATHERED}
