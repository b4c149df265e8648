"""News as people begin it: with a greeting, a verb, a reference run together, an emoji; in the direct message and behind /action."""

from typing import Any

import pytest
from acting import Acting, H, fresh, plan_of_six, press, words
from sqlalchemy import delete, func, select

from commands.routing import writes
from models.changes import Change, put_back
from models.proposals import Proposal

SAME, DONE, BLOCKED, TRACK = ("not reported", ""), ("done", ""), ("blocked", ""), ("on track", "")
DIRECT = {"person": H, "where": "direct message"}


@pytest.fixture(scope="module")
def desk(sqlite) -> Acting:
    """One partnership, its changes undone after each line."""
    return fresh(sqlite, "plan of six", plan_of_six)


def settled(say: Acting, line: str, **more: Any) -> dict[str, tuple[str, str]]:
    """{number: (status, latest)} of the actions that a line gave news of; they are put back afterwards."""
    with say.held.session() as session:
        last = session.scalar(select(func.max(Change.id)))
    say(line, **DIRECT, **more)
    with say.held.session() as session:
        made = session.scalars(select(Change).where(Change.id > last).order_by(Change.id.desc())).all()
        changed = {str(each.action.number): (each.action.status, each.action.latest) for each in made}
        for each in made:
            put_back(each.action, each.before)
            session.delete(each)
        session.execute(delete(Proposal))
    return changed


@pytest.mark.parametrize("command", ["", "/action "])
@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("Morning! 2 on track, 5 at risk - contractor off sick", {"2": TRACK, "5": ("at risk", "contractor off sick")}),
        ("Morning! 13-002 done", {"2": DONE}),
        ("Hi, 2 done, thanks", {"2": DONE}),
        ("Hi team, 2 gates fitted", {"2": ("not reported", "gates fitted")}),
        ("hi jagbot 2 is on track", {"2": TRACK}),
        ("Sorry for the delay! 2 is done", {"2": DONE}),
        ("no, 2 done", {"2": DONE}),
        ("Morning all, all done thanks", dict.fromkeys("1256", DONE)),
        ("hello, rest no change", dict.fromkeys("1256", SAME)),
        ("mark 2 as done", {"2": DONE}),
        ("please mark 2 and 5 as done", {"2": DONE, "5": DONE}),
        ("mark all as done", dict.fromkeys("1256", DONE)),
        ("mark JAG-13-002 complete", {"2": DONE}),
        ("set 2 to blocked, no lease", {"2": ("blocked", "no lease")}),
        ("update 2 to on track", {"2": TRACK}),
        ("no 2 done", {"2": DONE}),
        ("no. 2 done, no 5 blocked", {"2": DONE, "5": BLOCKED}),
        ("JAG1302 done", {"2": DONE}),
        ("jag13002 done, JAG13005 blocked", {"2": DONE, "5": BLOCKED}),
        ("mark JAG1302 as done", {"2": DONE}),
    ],
)
def test_what_is_typed_before_the_number_settles_it_all_the_same(desk, command, typed, changed):
    assert settled(desk, f"{command}{typed}") == changed
    assert writes(f"{command}{typed}"), "so it is stored before it is acknowledged"


@pytest.mark.parametrize("command", ["", "/action "])
@pytest.mark.parametrize(
    ("typed", "changed", "asked"),
    [
        ("2 ✅ 5 ✅ 6 ✔️", {"2": DONE, "5": DONE, "6": DONE}, ""),
        ("2 🟢 5 🔴 6 🟡 sign late", {"2": TRACK, "5": BLOCKED, "6": ("at risk", "sign late")}, ""),
        ("2 ✅ 5 ❌", {"2": DONE}, "How does 5 stand? ❌"),
        ("2 :white_check_mark: 5 :x:", {"2": DONE}, "How does 5 stand? ❌"),
        ("2 gates fitted ✅ 5 ❌", {"2": ("done", "gates fitted")}, "How does 5 stand? ❌"),
        ("2 up 👍 5 👎", {"2": ("not reported", "up 👍")}, "How does 5 stand? 👎"),
        ("2 done, 5 👎🏽", {"2": DONE}, "How does 5 stand? 👎"),
        ("2 👍, 5 👎", {}, "How does 2 stand? 👍"),
        ("2 👍🏽 5 👎🏽", {}, "How does 5 stand? 👎"),
        ("2 :+1::skin-tone-3:", {}, "How does 2 stand? 👍"),
        ("2, 5 ❌", {}, "How do 2 and 5 stand? ❌"),
        ("2 done, rest 👍", {"2": DONE}, "How does the rest stand? 👍"),
        ("5 👎, rest no change", dict.fromkeys("126", SAME), "How does 5 stand? 👎"),
        ("2 ❌ no lease", {"2": ("not reported", "❌ no lease")}, ""),
        ("2 ❌ blocked: no lease", {"2": ("blocked", "no lease")}, ""),
    ],
)
def test_an_emoji_says_how_it_stands_or_is_asked_about_and_swallows_nothing(desk, command, typed, changed, asked):
    reply = desk(f"{command}{typed}", **DIRECT)
    assert asked in words(reply)
    assert ("may mean more than one thing" in words(reply)) == bool(asked)
    for number in changed:
        desk.answered(f"/action undo {number}", **DIRECT)
    assert settled(desk, f"{command}{typed}") == changed


def test_the_buttons_for_an_emoji_say_how_it_stands(desk):
    reply = desk("2 ✅ 5, 6 ❌", **DIRECT)
    assert press(reply, "5 and 6: at risk") == "/action update 5, 6 at risk"
    desk.answered("/action undo 2", **DIRECT)
    assert desk("5 👎", **DIRECT).title == "I need a little more"
    assert settled(desk, press(desk("5 👎", **DIRECT), "5: blocked")) == {"5": BLOCKED}


@pytest.mark.parametrize(
    "typed",
    [
        "hi 10 worst wards for asb",
        "hello, 2 questions for the meeting",
        "Hi, see you on 10 September",
        "thanks 4 that",
        "asb 2013 unchanged",
        "ok 5",
        f"hi{' ,' * 200}",
        "hi, is burglary up?",
        "add Paint JAG1302 done up @housing-officer due fri",
    ],
)
def test_a_greeting_before_what_is_no_news_settles_nothing(desk, typed):
    with desk.held.session() as session:
        before = session.scalar(select(func.count()).select_from(Change).where(Change.verb != "added"))
    desk(typed, **DIRECT)
    with desk.held.session() as session:
        assert session.scalar(select(func.count()).select_from(Change).where(Change.verb != "added")) == before
