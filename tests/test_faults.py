"""Delivery, while everything goes wrong: no message is lost, and none comes twice. Real processes, a real database, real HTTP.

`make faults` runs ten times as many.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from databases import Databases, Postgres, Restarting, restarting_postgres
from deliverer import Deliverers, deliverers
from faulty import LOOKS, PATIENCE, STEPS, Lane, Often, Post, Verdict, lanes, side_by_side
from slack_server import Workspace, workspace
from tools import missing

from bot.workspace.faults import Fault, Faults

RUNS = int(os.environ.get("FAULT_RUNS", "200"))  # at random moments, on each database half of them
LANES = 16


@pytest.fixture(scope="module")
def processes() -> Iterator[Deliverers]:
    with deliverers() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        yield made


@pytest.fixture
def post(slack: Workspace) -> Post:
    return Post(slack)


@pytest.fixture
def some(databases: Databases, slack: Workspace, post: Post, processes: Deliverers) -> Iterator[list[Lane]]:
    with lanes(databases, slack, post, processes, LANES) as made:
        yield made


def killed_at(step: str, times: int) -> tuple[dict[str, Any], ...]:
    """A process that is killed at a step; for the steps of whoever takes over, after one that was killed before."""
    first = ({"at": ("sent", 2, "kill")},) if step in LOOKS else ()
    return (*first, {"at": (step, times, "kill")})


def test_killed_at_every_step_of_a_delivery_nothing_is_lost_and_nothing_comes_twice(some):
    plans = [killed_at(step, times) for step in (*STEPS, *LOOKS) for times in (1, 3)]
    verdict = side_by_side(some, [lambda lane, plan=plan: lane.cut_short(*plan) for plan in plans])
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


def test_killed_at_random_moments_nothing_is_lost_and_nothing_comes_twice(some):
    chance = random.Random(5)
    moments = [[{"dies_in": chance.uniform(0.005, 0.25)} for _ in range(chance.choice((1, 1, 2)))] for _ in range(RUNS // 2)]
    verdict = side_by_side(some, [lambda lane, at=at: lane.cut_short(*at) for at in moments])
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


def test_messages_that_are_changed_in_their_place_end_as_they_were_changed_last_and_become_no_second(some):
    chance = random.Random(7)
    changing = ("claimed", "sending", "sent", "marking", "marked")
    plans = [{"at": (step, 1, "kill")} for step in changing] + [{"dies_in": chance.uniform(0.005, 0.25)} for _ in range(7)]

    def changed(lane: Lane, how: dict[str, Any]) -> Verdict:
        keys = lane.put(6)
        lane.finish(lane.start())
        changes = lane.put_changes(keys)
        process = lane.start(**how)
        if not lane.ended(process):
            lane.deliverers.signal(process, "kill")
        lane.post.quiet()  # a lease is longer than any request is under way, also where the machine is busy
        lane.finish(lane.start())
        stale, of = lane.changed(keys)
        return Verdict(stale, sum(lane.post.parts[key].total() for key in changes), of)

    verdict = side_by_side(some, [partial(changed, how=plan) for plan in plans])
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


# The harness sees what it is there to see


@pytest.mark.parametrize(
    ("wrong", "step", "seen"), [("send, then mark", "sent", "twice"), ("mark, then send", "marked", "lost")], ids=["send-mark", "mark-send"]
)
def test_a_delivery_that_is_wrong_is_found_out(sqlite, slack, post, processes, wrong, step, seen):
    with lanes(sqlite, slack, post, processes, 4, planted=wrong) as made:
        verdict = side_by_side(made, [lambda lane: lane.cut_short({"at": (step, 2, "kill")})] * 4)
    assert getattr(verdict, seen) > 0, verdict


def test_one_that_does_not_look_at_the_clock_before_it_sends_is_found_out(sqlite, slack, post, processes):
    with lanes(sqlite, slack, post, processes, 2, planted="late") as made:
        verdict = side_by_side(made, [lambda lane: stopped(lane, at=("sending", 1, "stop"), whole=True)] * 2)
    assert verdict.twice > 0, verdict


# Slack


def test_while_half_of_all_calls_are_refused_for_their_rate_none_is_made_before_its_time(databases, slack, post, processes):
    slack.real.faults = Often(0.5, *(Fault("429", status=429, headers={"Retry-After": wait}) for wait in ("1", "1.5")))
    with lanes(databases, slack, post, processes, 3) as made:
        verdict = side_by_side(made, [lambda lane: lane.cut_short({"dies_in": 1.5}, many=10)] * 3)
    assert (verdict.lost, verdict.twice) == (0, 0), verdict
    assert sum(fault is not None for _, _, _, fault in post.asked) > 12
    for (method, where), calls in by_method_and_place(post).items():
        for (at, fault), (following, _) in pairwise(calls):
            wait = float(fault.headers["Retry-After"]) if fault else 0
            assert following - at >= wait - 0.01, f"{method} {where} was called again after {following - at:.2f} s, not {wait}"


def by_method_and_place(post: Post) -> dict[tuple[str, str], list[tuple[float, Fault | None]]]:
    """When each method was called for each place; the lanes share the methods that are for none."""
    found: dict[tuple[str, str], list[tuple[float, Fault | None]]] = defaultdict(list)
    for at, method, where, fault in post.asked:
        if method == "chat.postMessage":
            found[method, where].append((at, fault))
    return found


def test_a_channel_that_is_full_holds_up_no_other(databases, slack, post, processes):
    slack.real.limits.on = True  # one message a second for a channel, after the first five
    with lanes(databases, slack, post, processes, 1) as [lane]:
        keys = lane.put(40, kind="reminder")
        began = time.monotonic()
        lane.finish(lane.start())
        assert lane.verdict(keys) == Verdict(0, 0, 40)
        rows = lane.rows(keys)
    last = {into: max(post.at[row.key] for row in rows if bool(row.channel) == into) - began for into in (True, False)}
    assert last[True] > 4
    assert last[False] < 4


def test_errors_dropped_connections_late_answers_and_none_lose_nothing_and_double_nothing(databases, slack, post, processes):
    slack.real.faults = Often(
        0.3,
        Fault("500", status=500, body="internal_error"),
        Fault("drop before"),
        Fault("drop after"),
        Fault("time-out", seconds=1.5),
        Fault("slow", seconds=1.5),  # done after the bot has given up waiting
        Fault("disconnect"),
    )
    with lanes(databases, slack, post, processes, 4) as made:
        verdict = side_by_side(made, [lambda lane: lane.cut_short(many=12)] * 4)
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


# Several at once, and one that sleeps


def stopped(lane: Lane, at: tuple[str, int, str] | None = None, after: float = 0.0, whole: bool = False) -> Verdict:
    """Two replicas, one of which is stopped for longer than its lease, and then goes on; where `whole`, once the other has done it all."""
    keys = lane.put(12)
    sleeper = lane.start(at=at or ("", 0, "stop"))
    if after:
        time.sleep(after)
        lane.deliverers.signal(sleeper, "stop")
    asleep = time.monotonic() + PATIENCE  # on a busy machine it comes late to where it stops
    while not lane.deliverers.stopped(sleeper) and lane.undone() and time.monotonic() < asleep:
        time.sleep(0.02)
    other, until = lane.start(), time.monotonic() + 10.0
    while time.monotonic() < until or (whole and lane.undone() and time.monotonic() < until + PATIENCE):
        time.sleep(0.1)
    while lane.deliverers.signal(sleeper, "resume") and lane.undone():
        assert time.monotonic() < until + 60, lane.left()
        time.sleep(0.5)
    time.sleep(0.5)
    lane.finish(other, sleeper)
    return lane.verdict(keys)


def test_one_that_is_stopped_past_its_lease_and_resumed_sends_nothing_again(some):
    chance = random.Random(6)
    at = [partial(stopped, at=(step, times, "stop")) for step in ("claimed", "sending", "kept", "sent") for times in (1, 3)]
    verdict = side_by_side(some, at + [partial(stopped, after=chance.uniform(0.01, 0.2)) for _ in range(8)])
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


def test_two_and_three_replicas_share_the_work_and_no_message(some):
    def shared(lane: Lane, replicas: int) -> Verdict:
        keys = lane.put(30)
        started = [lane.start() for _ in range(replicas)]
        lane.deliverers.signal(started[0], "kill")
        lane.finish(*started, lane.start())
        return lane.verdict(keys)

    verdict = side_by_side(some[:4], [partial(shared, replicas=replicas) for replicas in (2, 3, 3, 2)])
    assert (verdict.lost, verdict.twice) == (0, 0), verdict


# The database


def test_a_database_that_is_restarted_hard_loses_nothing_and_doubles_nothing(slack, post, processes):
    try:
        with restarting_postgres() as postgres:
            assert restarted(postgres, slack, post, processes) == (0, 0)
    except LookupError as why:
        missing(f"PostgreSQL: {why}")


def restarted(postgres: Restarting, slack: Workspace, post: Post, processes: Deliverers) -> tuple[int, int]:
    slack.real.faults = Often(1.0, Fault("slow", seconds=0.25))
    databases = Postgres(postgres.url)
    with lanes(databases, slack, post, processes, 1) as [lane]:
        keys = lane.put(150)
        started = [lane.start(), lane.start()]
        for _ in range(5):
            time.sleep(0.8)
            postgres.fail()
            postgres.start()
        lane.finish(*started)
        verdict = lane.verdict(keys)
    return verdict.lost, verdict.twice


# Time


def test_a_clock_that_jumps_an_hour_back_and_forth_loses_nothing_and_doubles_nothing(databases, slack, post, processes, tmp_path):
    slack.real.faults = Often(1.0, Fault("slow", seconds=0.1))
    ahead = tmp_path / "ahead"
    ahead.write_text("0")
    with lanes(databases, slack, post, processes, 1, ahead=str(ahead)) as [lane]:
        keys = lane.put(60)
        started = [lane.start(), lane.start()]
        for jump in (3600, 0, -3600, 3600, -3600, 0):
            time.sleep(0.2)
            ahead.write_text(str(jump))
        lane.deliverers.signal(started[0], "kill")
        lane.finish(*started, lane.start())
        assert lane.verdict(keys).lost == lane.verdict(keys).twice == 0


def test_after_an_outage_of_three_days_what_still_makes_sense_is_sent_once(databases, slack, post, processes, tmp_path):
    slack.real.faults = Often(1.0, Fault("drop before"), Fault("500", status=500))
    ahead = tmp_path / "ahead"
    ahead.write_text("0")
    with lanes(databases, slack, post, processes, 1, ahead=str(ahead)) as [lane]:
        told, reminded = lane.put(12), lane.put(8, kind="reminder")
        process = lane.start()
        time.sleep(1.5)
        ahead.write_text(str(3 * 24 * 3600))
        time.sleep(0.5)
        slack.real.faults = Faults()
        lane.finish(process)
        assert lane.verdict(told).lost == lane.verdict(told).twice == 0
        assert {(row.state, row.error) for row in lane.rows(reminded)} == {("skipped", "its meeting had begun")}
        assert not any(post.parts[key] for key in reminded)
