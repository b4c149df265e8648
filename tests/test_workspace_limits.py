"""What the workspace counts by its own clock: rate limits, triggers, response URLs; and the faults planned for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.errors import SlackError
from bot.workspace.faults import Fault, Faults
from bot.workspace.limits import Limits
from bot.workspace.replies import Replies
from bot.workspace.screens import Screens

CHAIR, JAG = "UCHAIR", "CJAG"


class Clock:
    """Seconds that are moved on by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def tried(does: Callable[[], str]) -> str:
    """What it gives, or by what name it is refused."""
    try:
        return does()
    except SlackError as refused:
        return refused.code


@given(st.lists(st.tuples(st.floats(0, 20), st.sampled_from("AB")), max_size=150), st.integers(1, 40))
def test_no_minute_has_more_calls_than_the_tier_and_after_the_wait_the_next_goes_through(calls, tier):
    clock = Clock()
    limits, let = Limits(clock), list[float]()
    for pause, channel in calls:
        clock.seconds += pause
        wait = limits.wait("chat.postMessage", tier, channel)
        if wait is not None:
            assert wait >= 1
            clock.seconds += wait
            assert limits.wait("chat.postMessage", tier, channel) is None
        let.append(clock.seconds)
    assert all(sum(at <= each < at + 60 for each in let) <= tier for at in let)


@given(st.lists(st.floats(0, 3), max_size=80))
def test_a_channel_takes_five_messages_at_once_and_then_one_a_second(pauses):
    clock = Clock()
    limits, let = Limits(clock), list[float]()
    for pause in pauses:
        clock.seconds += pause
        if limits.wait("chat.postMessage", 600, JAG) is None:
            let.append(clock.seconds)
    for first, at in enumerate(let):
        for count, later in enumerate(let[first:], 1):
            assert count <= 5 + (later - at) + 1e-6
    assert Limits(clock, on=False).wait("chat.postMessage", 0, JAG) is None


@given(st.lists(st.tuples(st.floats(0, 4), st.booleans()), min_size=1, max_size=6))
def test_a_trigger_is_good_once_and_for_three_seconds(tries):
    clock = Clock()
    screens = Screens(clock)
    key, began, used = screens.trigger(CHAIR), clock.seconds, False
    for seconds, real in tries:
        clock.seconds += seconds
        expected = "exchanged_trigger_id" if used else "expired_trigger_id" if clock.seconds - began > 3 else CHAIR
        said = tried(partial(screens.exchange, key if real else f"{key}x"))
        assert said == (expected if real else "invalid_trigger_id")
        used |= said == CHAIR


@given(st.lists(st.integers(0, 900), max_size=9))
def test_a_response_url_is_good_for_five_uses_in_thirty_minutes(pauses):
    clock = Clock()
    replies = Replies(clock)
    key, began, uses = replies.give(JAG, CHAIR), clock.seconds, 0
    for seconds in pauses:
        clock.seconds += seconds
        good = uses < 5 and clock.seconds - began <= 1800
        expected = CHAIR if good else "expired_url" if clock.seconds - began > 1800 else "used_url"
        assert tried(lambda: replies.take(key).user) == expected
        uses += good


def test_a_fault_is_for_so_many_calls_of_its_method_in_the_order_planned():
    faults = Faults()
    faults.plan("429", "chat.postMessage", times=2)
    faults.plan(Fault("answer", status=200, body='{"ok": false, "error": "fatal_error"}'), "chat.postMessage")
    faults.plan("500", times=None)
    taken = [faults.take("chat.postMessage") for _ in range(4)]
    assert [fault and fault.kind for fault in taken] == ["429", "429", "answer", "500"]
    faults.clear()
    assert faults.take("chat.postMessage") is None
