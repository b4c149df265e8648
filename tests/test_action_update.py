"""News of actions: one by one, many in one line as typed on a phone, and on somebody's behalf."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from acting import Acting, C, H, acting, filled, form, fresh, plan_of_six, press, words
from asking import facts, labels, notes, shown, table
from sqlalchemy import delete, func, select

from models.changes import Change, put_back
from models.proposals import Proposal

LEAD, CHAIR = "asb-lead", "jag-chair"


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


@pytest.fixture(scope="module")
def desk(sqlite) -> Acting:
    """One partnership, its changes undone after each line."""
    return fresh(sqlite, "plan of six", plan_of_six)


def settled(say: Acting, line: str, person: str = H, **more: Any) -> dict[str, tuple[str, str]]:
    """{number: (status, latest)} of the actions that a line gave news of; they are put back afterwards."""
    with say.held.session() as session:
        last = session.scalar(select(func.max(Change.id)))
    reply = say(f"/action {line}", person=person, **more)
    assert reply.title != "Something broke", line
    with say.held.session() as session:
        made = session.scalars(select(Change).where(Change.id > last).order_by(Change.id.desc())).all()
        changed = {str(each.action.number): (each.action.status, each.action.latest) for each in made}
        for each in made:
            put_back(each.action, each.before)
            session.delete(each)
        session.execute(delete(Proposal))
    return changed


@pytest.mark.parametrize("odd", ["\u0000", "\ud83d", "\u202e", "\x1b[31m"])
@pytest.mark.parametrize("line", ["1 at risk: gates{} late", "1 done, 2 at risk{}", "undo 1{}", "find gates{}"])
def test_characters_that_cannot_be_seen_break_nothing(say, line, odd):
    say.answered("/action 1 on track", person=H)
    assert say(f"/action {line.format(odd)}", person=H).title != "Something broke"
    assert odd not in shown(say("/action show 1"))


def test_one_action_s_news_is_read_back(say):
    reply = say.answered("/action update 4 at risk: contractor delayed", person=C, where="direct message")
    assert reply.summary == "JAG-13-004: at risk"
    assert facts(reply) == {
        "Action": "Clear graffiti",
        "Owner": "college, College Representative, West Herts College",
        "Due": "12 December 2013",
        "Status": "at risk (amber)",
        "Latest": "contractor delayed",
        "Priority": "Anti-Social Behaviour and Criminal Damage",
        "Group": "JAG",
    }
    shown = say.shown("4")
    assert {label: shown[label] for label in facts(reply)} == facts(reply)
    assert next(row for row in table(say("/action list")) if row[0] == "JAG-13-004")[4:7] == [
        "at risk",
        "amber",
        "2 Sep: contractor delayed",
    ]
    assert say.history("4")[1] == [C, "direct message", "update: status not reported → at risk", "update 4 at risk: contractor delayed"]


@pytest.mark.parametrize(
    ("typed", "status", "latest"),
    [
        ("4 at risk: contractor delayed", "at risk", "contractor delayed"),
        ("update 4 at risk: contractor delayed", "at risk", "contractor delayed"),
        ("#4 at risk, contractor delayed", "at risk", "contractor delayed"),
        ("action 4 at risk - contractor delayed", "at risk", "contractor delayed"),
        ("4: at risk, contractor delayed", "at risk", "contractor delayed"),
        ("update 4: at risk: contractor delayed", "at risk", "contractor delayed"),
        ("JAG-13-004: at risk, contractor delayed", "at risk", "contractor delayed"),
        ("4) at risk, contractor delayed", "at risk", "contractor delayed"),
        ("4 – at risk – contractor delayed", "at risk", "contractor delayed"),
        ("jag-13-4 blocked", "blocked", ""),
        ("jag 13 4 on track", "on track", ""),
        ("JAG/13/004 it's on track now", "on track", "now"),
        ("4 done", "done", ""),
        ("4 Done!!", "done", ""),
        ("done 4", "done", ""),
        ("done 4 gates fitted", "done", "gates fitted"),
        ("done 4: gates fitted", "done", "gates fitted"),
        ("4 gates fitted, done", "done", "gates fitted"),
        ("4 not done yet", "not reported", "not done yet"),
        ("4 not yet done", "not reported", "not yet done"),
        ("4 wait until it is done", "not reported", "wait until it is done"),
        ("4 nearly done", "not reported", "nearly done"),
        ("4 half of it is done, lamps next", "not reported", "half of it is done, lamps next"),
        ("4 3 of 5 gates fitted", "not reported", "3 of 5 gates fitted"),
        ("4 green tape is up", "not reported", "green tape is up"),
        ("4 no change", "not reported", ""),
        ("4 as before", "not reported", ""),
        ("4 ✅", "done", ""),
        ("4 gates fitted :white_check_mark:", "done", "gates fitted"),  # as Slack sends it
        ("4 dun", "done", ""),
        ("4 blockd: no lease", "blocked", "no lease"),
        ("4 amber waiting on x", "at risk", "waiting on x"),
        ("4 done by friday", "not reported", "done by friday"),
        ("done 4 by friday", "not reported", "done by friday"),
        ("4 👨‍👩‍👧‍👦 moved in", "not reported", "👨‍👩‍👧‍👦 moved in"),
        ("4 تم التركيب", "not reported", "تم التركيب"),
        ('4 =HYPERLINK("http://x")', "not reported", '=HYPERLINK("http://x")'),
        ("4 “fitted” — it’s in &amp; up <!channel>", "not reported", '"fitted" - it\'s in & up'),
    ],
)
def test_news_of_one_action_is_read_as_people_write_it(desk, typed, status, latest):
    assert settled(desk, typed, person=C) == {"4": (status, latest)}


ONE, TWO, FIVE, SIX = "1256"
DONE, RISK, BLOCKED, TRACK = (("done", ""), ("at risk", ""), ("blocked", ""), ("on track", ""))
SAME = ("not reported", "")


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("1 done, 5 waiting on highways, rest no change", {ONE: DONE, TWO: SAME, FIVE: ("not reported", "waiting on highways"), SIX: SAME}),
        ("1 done 2 done", {ONE: DONE, TWO: DONE}),
        ("1 done. 2 at risk. 5 blocked", {ONE: DONE, TWO: RISK, FIVE: BLOCKED}),
        ("1 done\n2 at risk\n5 blocked", {ONE: DONE, TWO: RISK, FIVE: BLOCKED}),
        ("• 1 done\n• 2 at risk", {ONE: DONE, TWO: RISK}),
        ("1) done, 2) at risk", {ONE: DONE, TWO: RISK}),
        ("1: done, 2: at risk", {ONE: DONE, TWO: RISK}),
        ("1 - done; 2 - at risk", {ONE: DONE, TWO: RISK}),
        ("1,2 & 5 done", {ONE: DONE, TWO: DONE, FIVE: DONE}),
        ("1 and 2 done", {ONE: DONE, TWO: DONE}),
        ("1 2 done", {ONE: DONE, TWO: DONE}),
        ("1+2 done", {ONE: DONE, TWO: DONE}),
        ("done 1,2 and 5", {ONE: DONE, TWO: DONE, FIVE: DONE}),
        ("done 1, 2", {ONE: DONE, TWO: DONE}),
        ("1-2 done", {ONE: DONE, TWO: DONE}),
        ("5–6 on track", {FIVE: TRACK, SIX: TRACK}),
        ("1 to 2 no change", {ONE: SAME, TWO: SAME}),
        ("#1 done, #2 blocked", {ONE: DONE, TWO: BLOCKED}),
        ("JAG-13-001 done, jag 13 2 blocked", {ONE: DONE, TWO: BLOCKED}),
        ("1 done and 2 blocked", {ONE: DONE, TWO: BLOCKED}),
        ("1 done & dusted, 2 blocked", {ONE: ("done", "& dusted"), TWO: BLOCKED}),
        ("rest no change", {ONE: SAME, TWO: SAME, FIVE: SAME, SIX: SAME}),
        ("all no change", {ONE: SAME, TWO: SAME, FIVE: SAME, SIX: SAME}),
        ("the rest are on track", {ONE: TRACK, TWO: TRACK, FIVE: TRACK, SIX: TRACK}),
        ("1 done. rest nc", {ONE: DONE, TWO: SAME, FIVE: SAME, SIX: SAME}),
        ("5 blocked, all others on track", {ONE: TRACK, TWO: TRACK, FIVE: BLOCKED, SIX: TRACK}),
        ("5 blocked, everything else on track", {ONE: TRACK, TWO: TRACK, FIVE: BLOCKED, SIX: TRACK}),
        ("1 at risk: 2 weeks late", {ONE: ("at risk", "2 weeks late")}),
        ("1 at risk, 2 weeks late, 5 days lost", {ONE: ("at risk", "2 weeks late, 5 days lost")}),
        ("1 at risk. 2nd visit failed", {ONE: ("at risk", "2nd visit failed")}),
        ("1 at risk, 5 more gates needed", {ONE: ("at risk", "5 more gates needed")}),
        ("1 met pc 441 on 3rd sept, 2 visits made", {ONE: ("not reported", "met pc 441 on 3rd sept, 2 visits made")}),
        ("1 back on 6 sept, 2 jan at the latest", {ONE: ("not reported", "back on 6 sept, 2 jan at the latest")}),
        ("1 costs 1,250 and 2.5 hours", {ONE: ("not reported", "costs 1,250 and 2.5 hours")}),
        ("1 done, 2 to go", {ONE: ("done", "2 to go")}),
        ("1 on track, 12 gates up, 2 left", {ONE: ("on track", "12 gates up, 2 left")}),
        ("1 on track, at 5 or 6 the van comes", {ONE: ("on track", "at 5 or 6 the van comes")}),
        ("1 on track, 99 done", {ONE: TRACK}),
        ("1 dun, 2 blockd: no key", {ONE: DONE, TWO: ("blocked", "no key")}),
        ("5 12 gates fitted, 2 need a lease", {}),
        ("5 12 gates fitted, 2 need a lease, 1 done, rest no change", {ONE: DONE, SIX: SAME}),
        ("done 5 gates fitted, 2 need a lease", {}),
        ("done 5, rest no change", {ONE: SAME, TWO: SAME, FIVE: DONE, SIX: SAME}),
        ("1 call 07700 900123, 2 done", {ONE: ("not reported", "call 07700 900123"), TWO: DONE}),
        ("3 done, 1 done", {ONE: DONE}),
        ("4 done, 99 done, 1 done", {ONE: DONE}),
    ],
)
def test_many_are_settled_in_one_line(desk, typed, changed):
    assert settled(desk, typed) == changed


@pytest.mark.parametrize(
    "typed", ["all done bar 5", "all done except 5", "all done but not 5", "1 done, all gates up", "1 talked to the others, all happy"]
)
def test_all_but_one_is_never_all(desk, typed):
    assert FIVE not in settled(desk, typed)


@pytest.mark.parametrize("typed", ["no change for all", "no change to any", "everything else no change", "1/2 done", "2 weeks late", "all"])
def test_what_cannot_be_read_changes_nothing_or_what_it_says(desk, typed):
    assert set(settled(desk, typed).values()) <= {SAME}


def test_a_settlement_is_read_back_and_each_line_can_be_undone(say):
    reply = say.answered("/action 1 done, 5 waiting on highways wont be til jan, rest no change", person=H)
    assert reply.summary == "4 actions settled."
    assert table(reply) == [
        ["JAG-13-001", "Fit alley gates", "done, for JAG to agree", "green", ""],
        [
            "JAG-13-005",
            "Mend the bus shelter",
            "update saved; asked for 31 January 2014; at risk, as a later date is asked",
            "amber",
            "waiting on highways wont be til jan",
        ],
        ["JAG-13-002", "Letter to residents", "no change", "grey", ""],
        ["JAG-13-006", "Audit the lighting", "no change", "grey", ""],
    ]
    assert labels(reply) == ["Undo JAG-13-001", "Undo JAG-13-005", "Undo JAG-13-002", "Undo JAG-13-006", "Undo all"]
    assert say.says(press(reply, "Undo JAG-13-005"), person=H) == "Undone: JAG-13-005 is as it was"
    assert (say.status("1"), say.status("5")) == ("done, for JAG to agree (green)", "not reported (grey)")
    assert say.says("/action list asked") == "Nothing waits to be settled."


def test_each_action_of_a_settlement_keeps_what_was_typed_of_it(say):
    say.answered("/action 1 done, 5 waiting on highways, rest no change", person=H)
    typed = [say.history(number)[-1][3] for number in "1256"]
    assert typed == ["1 done", "rest no change", "5 waiting on highways", "rest no change"]


def test_a_line_where_one_is_refused_saves_the_others_and_gives_the_refused_words_back(say):
    reply = say.answered("/action 1 done, 4 paint has come at last, 99 lamps on order, 2 at risk", person=H)
    assert reply.summary.startswith("2 actions settled.")
    said = words(reply)
    assert "JAG-13-004 is college's. Its owner, its priority's lead, the chair or the coordinator gives news of it." in said
    assert "paint has come at last" in said


@pytest.mark.parametrize(
    ("label", "saved"),
    [
        ("All of it is news of 5", {FIVE: ("not reported", "12 gates fitted, 2 need a lease")}),
        ("Action 2, too", {FIVE: ("not reported", "12 gates fitted"), TWO: ("not reported", "need a lease")}),
    ],
)
def test_what_may_be_a_count_or_an_action_is_asked_with_a_button_for_each(desk, label, saved):
    reply = desk("/action update 5 12 gates fitted, 2 need a lease", person=H)
    assert (reply.refused, reply.title) == (True, "Nothing was saved")
    assert "2: another action, or a number in the news of 5?" in words(reply)
    assert settled(desk, press(reply, label).removeprefix("/action ")) == saved


def test_all_of_it_is_in_the_history_as_it_was_typed(say):
    reply = say("/action 5 12 gates fitted, 2 need a lease", person=H)
    say.answered(press(reply, "All of it is news of 5"), person=H)
    assert say.history("5")[-1][3] == "5 12 gates fitted, 2 need a lease"


def test_an_action_that_is_not_there_is_said_and_the_others_go_on(say):
    reply = say.answered("/action 1 blocked, 2 done cctv in, 99 done", person=H)
    assert reply.summary == "2 actions settled. 1 not saved."
    assert "Not saved: “99 done”. There is no action 99. See what there is: /action list" in reply.parts
    assert say.shown("2")["Latest"] == "cctv in"


@pytest.mark.parametrize("typed", ["4 not done", "4 done tmrw", "4 will be done fri"])
def test_what_is_not_done_yet_leaves_the_status_and_asks_for_one(say, typed):
    say.answered("/action 4 on track", person=C)
    reply = say.answered(f"/action {typed}", person=C)
    assert "Not taken as done: it stays on track. How does it stand?" in notes(reply)
    assert facts(reply)["Latest"] == typed.removeprefix("4 ")
    say.answered(press(reply, "At risk"), person=C)
    assert (say.status("4"), say.shown("4")["Latest"]) == ("at risk (amber)", typed.removeprefix("4 "))


@pytest.mark.parametrize("typed", ["4 reopen lights still out", "4 reopened: lights still out", "4 re-open, lights still out"])
def test_reopen_in_the_news_of_what_is_done_is_asked_as_reopening(say, typed):
    say.answered("/action done 4", person=C)
    for line in (typed, f"{typed}, 1 done"):
        reply = say(f"/action {line}")
        assert press(reply, "Reopen") == "/action reopen JAG-13-004 lights still out"
        assert say.status("4").startswith("done")


def test_a_form_that_says_done_and_another_date_is_asked_which(say):
    said = say.refused("/action update JAG-13-001", person=H, fields={"status": "done", "said": "fitted", "due": "31 Jan"})
    assert said == "What is done needs no new date. Leave the date out, or say how it stands."


@pytest.mark.parametrize(
    ("typed", "adds"), [("1 wont be til jan", True), ("1 now due 6 sept", False), ("1 blocked: wont be til jan", False)]
)
def test_that_a_later_date_puts_it_at_risk_is_said(say, typed, adds):
    reply = say.answered(f"/action {typed}", person=H)
    assert reply.title.endswith("; at risk, as a later date is asked") == adds
    assert say.status("1").startswith("at risk") == adds


def test_a_line_that_is_all_refused_is_a_refusal_and_saves_nothing(say):
    reply = say("/action 3 done, 4 done", person=H)
    assert (reply.refused, reply.title) == (True, "Nothing was saved")
    assert [say.status(number) for number in "34"] == ["not reported (grey)"] * 2


def test_the_words_of_a_part_that_was_not_allowed_because_it_is_done_come_back(say):
    say.answered("/action done 2", person=H)
    reply = say("/action 1 on track, 2 blocked by the highways people", person=H)
    assert "by the highways people" in words(reply)


@pytest.mark.parametrize("said", ["funding agreed", "agreed with the college, one more to come", "it was agreed to leave it"])
def test_done_with_words_about_an_agreement_is_done(say, said):
    assert say.answered(f"/action done 1 {said}", person=H).title == "JAG-13-001: done, for JAG to agree"


def test_done_needs_no_words_and_waits_for_the_group(say):
    reply = say.answered("/action done 1", person=H)
    assert (reply.title, facts(reply)["Status"]) == ("JAG-13-001: done, for JAG to agree", "done, for JAG to agree (green)")
    assert "JAG-13-001" in say.listed("done")


def test_done_twice_changes_nothing_the_second_time(say):
    say.answered("/action done 1 gates fitted", person=H)
    before = say.history("1")
    assert say.says("/action done 1", person=H) == "JAG-13-001 is done already; nothing was changed"
    assert say.history("1") == before
    assert say.shown("1")["Latest"] == "gates fitted"


def test_undo_is_offered_only_of_one_s_own_where_nothing_was_changed(say):
    say.answered("/action 1 done")
    again = say.answered("/action 1 complete!!", person=H)
    assert (again.title, labels(again)) == ("JAG-13-001 is done already; nothing was changed", ["Show"])
    own = say.answered("/action 1 complete!!")
    assert say.says(press(own, "Undo")) == "Undone: JAG-13-001 is as it was"


def test_news_of_what_is_done_is_taken_and_it_stays_done(say):
    say.answered("/action done 1", person=H)
    say.answered("/action update 1 the last gate was painted today", person=H)
    assert say.status("1").startswith("done")
    assert say.shown("1")["Latest"] == "the last gate was painted today"


def test_what_is_done_is_at_risk_only_when_opened_again(say):
    say.answered("/action done 1", person=H)
    reply = say("/action 1 at risk: hinges broke", person=H)
    assert reply.summary == "JAG-13-001 is done, for JAG to agree. To open it again: /action reopen JAG-13-001"
    assert press(reply, "Reopen") == "/action reopen JAG-13-001 hinges broke"


@pytest.mark.parametrize("line", ["/action 1 at risk: hinges broke", "/action done 1 hinges broke", "/action update 1 hinges broke"])
def test_what_the_meeting_closed_meanwhile_takes_no_news(say, line):
    say.answered("/action done 1", person=H)
    say.answered("/action close 1")
    reply = say(line, person=H)
    assert reply.refused
    assert reply.summary == "JAG-13-001 was closed on 2 September 2013. To open it again: /action reopen JAG-13-001"
    assert "hinges broke" in words(reply), "the words come back"
    assert say.status("1") == "closed (green)"


def test_what_was_withdrawn_takes_no_news(say):
    say.answered("/action withdraw 1 overtaken")
    assert (
        say.refused("/action 1 done", person=H)
        == "JAG-13-001 was withdrawn on 2 September 2013. To open it again: /action reopen JAG-13-001"
    )


def test_a_reference_that_is_not_there_and_one_that_is_not_seen_are_refused_alike(say):
    say.added("csag: visit case 12 @college due fri")
    nowhere, hidden = (say(f"/action update {ref} done", person="town-centre") for ref in ("CSAG-13-009", "CSAG-13-001"))
    assert words(nowhere).replace("009", "001") == words(hidden)
    assert nowhere.summary == "There is no action CSAG-13-009. See what there is: /action list"


def test_the_words_of_news_for_a_reference_that_is_not_there_come_back(say):
    reply = say("/action update 44 the last gate was painted", person=H)
    assert reply.refused
    assert "the last gate was painted" in words(reply)


def test_a_bare_number_is_of_the_newest_year(say):
    say.later(days=130)
    say.added("Sweep the alley @housing-officer due fri")
    assert say.says("/action 1 on track", person=H) == "JAG-14-001: on track"
    assert say.says("/action JAG-13-001 on track", person=H) == "JAG-13-001: on track"


def test_a_year_and_number_without_the_group_are_an_action(say):
    say.answered("/action 3 done lights mended, 13-004 waiting on highways wont be til jan, rest no change", person="coordinator")
    assert (say.status("JAG-13-003").partition(",")[0], say.shown("JAG-13-004")["Latest"]) == (
        "done",
        "waiting on highways wont be til jan",
    )
    say.later(days=130)
    say.added("Sweep the alley @housing-officer due fri")
    assert say.says("/action 13-001 on track", person=H) == "JAG-13-001: on track"
    assert say.says("13-002 waiting on highways", person=H) == "JAG-13-002: update saved"
    assert say("/action escalate 13-005 to raog", person=CHAIR).title.startswith("JAG-13-005 is escalated")
    assert say("/action 13-099 on track", person=H).summary.startswith("There is no action 13-099.")


@pytest.mark.parametrize("typed", ["1 done, 20-100 leaflets out", "1 waiting, 13-999 is the form they want"])
def test_numbers_that_are_nobodys_year_and_number_stay_words(desk, typed):
    assert list(settled(desk, typed)) == ["1"]


def test_a_year_and_number_of_several_groups_is_asked(say):
    say.added("csag: visit case 12 @housing-officer due fri")
    reply = say("/action 13-001 at risk: no key", person=H)
    assert {say.answered(button.asks, person=H).title for button in reply.asks} == {"JAG-13-001: at risk", "CSAG-13-001: at risk"}


def test_a_bare_number_of_several_groups_is_asked_about_with_buttons_that_work(say):
    say.added("csag: visit case 12 @housing-officer due fri")
    reply = say("/action 1 at risk: no key", person=H)
    assert reply.refused
    asks = [button.asks for button in reply.asks]
    assert len(asks) == 2
    assert "CSAG" not in reply.summary, "a notification says nothing of it"
    answers = {say.answered(line, person=H).title for line in asks}
    assert answers == {"JAG-13-001: at risk", "CSAG-13-001: at risk"}
    assert {say.shown(ref)["Latest"] for ref in ("JAG-13-001", "CSAG-13-001")} == {"no key"}


def test_a_bare_number_of_several_groups_in_a_settlement_does_not_lose_its_words(say):
    say.added("csag: visit case 12 @housing-officer due fri")
    reply = say("/action 1 at risk: no key, 2 done", person=H)
    assert say.status("2").startswith("done")
    assert "no key" in words(reply)
    assert any(say(button.asks, person=H).title == "JAG-13-001: at risk" for button in reply.asks if "JAG-13-001" in button.asks)


def test_done_of_a_bare_number_of_several_groups_is_asked_about_with_buttons_that_mean_done(say):
    say.added("csag: visit case 12 @housing-officer due fri")
    reply = say("/action done 1 all fitted", person=H)
    for button in reply.asks:
        say(button.asks, person=H)
    assert [say.status(ref).partition(",")[0] for ref in ("JAG-13-001", "CSAG-13-001")] == ["done", "done"]


def test_news_without_words_opens_a_form_with_how_it_stands(say):
    say.answered("/action 1 at risk: contractor delayed", person=H)
    reply = say.answered("/action update 1", person=H)
    assert filled(reply) == {"status": "at risk", "said": "", "due": ""}
    saved = say.answered(form(reply).asks, person=H, fields={"status": "blocked", "said": "gate is locked", "due": ""})
    assert (facts(saved)["Status"], facts(saved)["Latest"]) == ("blocked (red: blocked)", "gate is locked")


@pytest.mark.parametrize("status", ["on track", "at risk", "blocked", "done", "no change"])
@pytest.mark.parametrize(
    "said", ["", "2 gates, 5 lamps; 1 done, rest no change", "blocked by 3 cars, done soon", "from @college: it is theirs"]
)
def test_a_form_s_words_are_words_whatever_they_look_like(desk, status, said):
    fields = {"status": status, "said": said, "due": ""}
    assert settled(desk, "update JAG-13-005", fields=fields) == {"5": (status.replace("no change", "not reported"), said)}


def test_a_form_s_new_date_is_asked_for(say):
    reply = say.answered("/action update JAG-13-001", person=H, fields={"status": "at risk", "said": "parts late", "due": "31 Jan"})
    assert reply.title == "JAG-13-001: at risk; asked for 31 January 2014"
    assert say.shown("1")["Latest"] == "parts late"


@pytest.mark.parametrize("typed", ["31 February", "whenever", "99"])
def test_a_form_s_date_that_is_none_is_refused_and_nothing_is_saved(say, typed):
    say.refused("/action update JAG-13-001", person=H, fields={"status": "at risk", "said": "parts late", "due": typed})
    assert say.status("1") == "not reported (grey)"


@pytest.mark.parametrize(
    "line",
    ["/action update", "/action done", "/action update gates fitted", "/action news", "/action done gates fitted", "/action update all"],
)
@pytest.mark.parametrize("person", [H, C, "town-centre"])
def test_news_of_no_action_in_particular_asks_which(desk, line, person):
    reply = desk(line, person=person)
    assert reply.title != "Something broke"
    assert reply.refused or reply.form or "actions" in reply.title.lower()


@pytest.mark.parametrize("typed", ["/action done", "done", "Done!", "finished", "complete"])
def test_done_alone_is_of_the_only_action_that_is_mine_or_asks_which(say, typed):
    assert filled(say(typed, person=C)) == {"status": "done", "said": "", "due": ""}
    reply = say(typed, person=H)
    assert reply.summary == "Which action is that the news of? Begin with its number, such as: /action 4 done"
    assert say.answered(press(reply, "JAG-13-002: Letter to residents"), person=H).title == "JAG-13-002: done, for JAG to agree"


def test_done_with_words_and_no_action_stays_done_when_it_is_pressed(say):
    reply = say("/action done letters sent", person=H)
    assert press(reply, "JAG-13-002: Letter to residents") == "/action update JAG-13-002 done letters sent"


@pytest.mark.parametrize("typed", ["/action update", "/action news"])
def test_news_alone_asks_which_of_mine_has_any(say, typed):
    assert filled(say(typed, person=C))["status"] == "on track"
    reply = say(typed, person=H)
    assert reply.refused
    assert filled(say(press(reply, "JAG-13-002: Letter to residents"), person=H))["status"] == "on track"
    assert press(reply, "All of mine, in one form") == "/action write"


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("1 waiting on highways wont be til jan", "31 January 2014"),
        ("1 won’t be done until 31 Jan", "31 January 2014"),
        ("1 at risk: need until 12 jan", "12 January 2014"),
        ("1 new date 12 jan please", "12 January 2014"),
        ("1 can i have til end of jan pls", "31 January 2014"),
        ("1 moved to 12 jan", "12 January 2014"),
        ("1 needs until the end of march", "31 March 2014"),
        ("1 due 30 nov", "30 November 2013"),
        ("1 due date is now 30 nov", "30 November 2013"),
        ("1 new due date 30 nov", "30 November 2013"),
        ("1 new date: 30 nov", "30 November 2013"),
        ("1 new deadline of 30 jan", "30 January 2014"),
        ("1 extend to 30 nov", "30 November 2013"),
        ("extend 1 to 30 nov", "30 November 2013"),
        ("1 push back to end nov pls", "30 November 2013"),
        ("1 pushed the deadline back to end of jan", "31 January 2014"),
        ("push the date of 1 back to end of jan", "31 January 2014"),
        ("1 now 30 nov", "30 November 2013"),
        ("1 now 30 nov, lamps are late", "30 November 2013"),
        ("1 make it 30 jan", "30 January 2014"),
        ("1 change to 30 jan", "30 January 2014"),
        ("1 at risk, due 30 jan", "30 January 2014"),
        ("1 will be done by 30 Jan", "30 January 2014"),
        ("1 should be complete by end of jan", "31 January 2014"),
        ("1 wont happen before 13.12", "13 December 2013"),
    ],
)
def test_a_new_date_asked_for_by_the_owner_is_a_request_to_lead_and_coordinator(say, typed, due):
    reply = say.answered(f"/action {typed}", person=H)
    assert f"asked for {due}" in reply.title
    assert facts(reply)["Due"] == "12 December 2013"
    told = say.told(reply)
    assert {"asb-lead", "coordinator"} <= set(told)
    assert H not in told
    assert {each.summary for each in told.values()} == {f"housing-officer asks: JAG-13-001 due {due}"}
    say.answered(press(told["asb-lead"], "Agree"), person="asb-lead")
    assert say.shown("1")["Due"] == due


@pytest.mark.parametrize("person", [LEAD, "coordinator", "jag-chair"])
def test_a_new_date_in_the_news_of_who_decides_is_set_at_once(say, person):
    reply = say.answered("/action 1 new date 31 Jan: contractor late", person=person)
    assert facts(reply)["Due"] == "31 January 2014"
    assert say.says("/action list asked") == "Nothing waits to be settled."


@pytest.mark.parametrize(
    "typed",
    [
        "1 meeting on 12 jan to discuss",
        "1 letters went out on 3 sept",
        "1 talked until 12",
        "1 residents asked for jan",
        "1 parts due 30 jan",
        "1 due to the rain of 30 jan",
        "1 now 3 lamps short",
        "1 now 3 dec is too early for them",
        "1 make it safe by 30 jan",
        "1 changed to 5 locks",
        "1 they moved to 12 High Street",
        "1 phase 1 will be done by 30 jan",
        "1 finished on 30 aug",
    ],
)
def test_a_date_in_the_news_is_not_always_a_new_one(desk, typed):
    reply = desk.answered(f"/action {typed}", person=H)
    assert "asked for" not in reply.title
    assert reply.tells == ()


def test_a_day_it_will_be_done_by_that_is_no_later_is_news_with_a_button_to_ask_for_it(say):
    reply = say.answered("/action 1 will be done by 30 Nov", person=H)
    assert (reply.title, reply.tells) == ("JAG-13-001: update saved", ())
    asked = say.answered(press(reply, "New due date: 30 November 2013"), person=H)
    assert asked.title == "JAG-13-001: asked, due 30 November 2013"


def test_in_a_line_of_several_a_new_date_is_asked_for_as_well(say):
    reply = say.answered("2 done, 1 due 30 nov", person=H)
    assert [row[2] for row in table(reply)] == ["done, for JAG to agree", "update saved; asked for 30 November 2013"]


def test_what_others_said_in_quotation_marks_moves_no_date(say):
    reply = say.answered("/action 1 blocked: waiting for the depot – they said “not before Oct”", person=LEAD)
    assert reply.title == "JAG-13-001: blocked"
    assert (facts(reply)["Due"], facts(reply)["Latest"]) == ("12 December 2013", 'waiting for the depot - they said "not before Oct"')
    assert say.answered("/action 1 blocked: not before Oct", person=LEAD).title == "JAG-13-001: blocked; due 31 October 2013"


@pytest.mark.parametrize("line", ["update 1 blocked", "1 no change", "1 done", "withdraw 1"])
def test_words_keep_the_day_they_were_said_on_whatever_is_said_without_any(say, line):
    def latest() -> str:
        return next(row[6] for row in table(say.answered("/action list all")) if row[0] == "JAG-13-001")

    say.answered("/action 1 at risk: key lost")
    say.later(days=3)
    say.answered(f"/action {line}")
    assert latest() == "2 Sep: key lost"
    say.answered("/action undo 1")
    assert latest() == "2 Sep: key lost"
    say.answered("/action 1 key found")
    assert latest() == "5 Sep: key found"
    say.answered("/action undo 1")
    assert latest() == "2 Sep: key lost"


@pytest.mark.parametrize(
    ("typed", "latest"),
    [
        ("update 3 karen rang: gates fitted fri … for @dens-officer", "karen rang: gates fitted fri …"),
        ("3 karen rang: gates fitted fri for @dens-officer", "karen rang: gates fitted fri"),
        ("3 gates fitted fri (from @dens-officer)", "gates fitted fri"),
        ("3 gates fitted fri from @dens-officer.", "gates fitted fri"),
        ("3 from @dens-officer: gates fitted fri", "gates fitted fri"),
        ("update 3 for @dens-officer: gates fitted fri", "gates fitted fri"),
        ("from @dens-officer: 3 gates fitted fri", "gates fitted fri"),
        ("update from @dens-officer: 3 gates fitted fri", "gates fitted fri"),
    ],
)
def test_the_coordinator_enters_an_owner_s_word_and_both_are_kept(say, typed, latest):
    reply = say.answered(f"/action {typed}")
    assert facts(reply)["Latest"] == latest
    assert "dens-officer's word, entered by coordinator." in notes(reply)
    who, where, _, typed_words = say.history("3")[-1]
    assert (who, where) == ("coordinator for dens-officer", "terminal")
    assert typed_words == typed


def test_an_owner_s_word_entered_for_them_counts_as_the_owner_s_answer(say):
    say.answered("/action update 3 at risk: karen rang for @dens-officer")
    with say.held.session() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert (last.speaker.handle, last.by.handle, last.said) == ("dens-officer", "coordinator", "karen rang")


def test_the_same_status_said_for_the_owner_is_still_their_answer(say):
    say.answered("/action 3 on track")
    before = len(say.history("3"))
    say.answered("/action 3 on track for @dens-officer")
    assert len(say.history("3")) == before + 1


def test_a_date_asked_for_on_an_owner_s_behalf_is_the_owner_s_request(say):
    reply = say.answered("/action 3 wont be til jan for @dens-officer")
    assert "asked for 31 January 2014" in reply.title
    assert {tell.reply.title for tell in reply.tells} == {"dens-officer asks: JAG-13-003 due 31 January 2014"}
    assert facts(reply)["Due"] == "12 December 2013"


@pytest.mark.parametrize("person", [LEAD, "jag-chair", H, "analyst"])
def test_only_the_coordinator_enters_somebody_else_s_word(say, person):
    said = say.refused("/action update 3 gates fitted for @dens-officer", person=person)
    assert said == "Only the coordinator enters somebody else's word. Say it as your own, without “for @…”."
    assert "Latest" not in say.shown("3")


def test_nobody_s_word_is_entered_for_an_action_that_is_not_theirs(say):
    assert (
        say.refused("/action 1 gates fitted for @dens-officer") == "JAG-13-001 is housing-officer's, not dens-officer's. Nothing was saved."
    )


def test_the_word_of_somebody_nobody_knows_is_refused_with_near_names(say):
    assert "dens-officer" in say.refused("/action 3 gates fitted for @dens-offcer")


def test_on_behalf_a_whole_line_is_settled_as_theirs(say):
    reply = say.answered("/action from @housing-officer: 1 done, rest no change")
    assert [row[0] for row in table(reply)] == ["JAG-13-001", "JAG-13-002", "JAG-13-005", "JAG-13-006"]
    assert {say.history(number)[-1][0] for number in "1256"} == {"coordinator for housing-officer"}


def test_who_neither_owns_it_nor_decides_gives_no_news(say):
    assert say.refused("/action 4 done", person="analyst") == (
        "JAG-13-004 is college's. Its owner, its priority's lead, the chair or the coordinator gives news of it."
    )


def test_three_thousand_characters_are_taken_and_one_more_is_not(say):
    say.answered("/action update JAG-13-001", person=H, fields={"status": "at risk", "said": "é" * 2980, "due": ""})
    assert say.shown("1")["Latest"] == "é" * 2980
    reply = say("/action update JAG-13-001 " + "word " * 600 + "e", person=H)
    assert reply.refused
    assert any("word " * 500 in words(say(button.asks, person=H)) for button in reply.asks) or "word " * 500 in words(reply)


@pytest.mark.parametrize("field", ["é" * 3000, "line\n" * 599 + "lines"])
def test_what_fits_a_form_s_field_fits(say, field):
    say.answered("/action update JAG-13-001", person=H, fields={"status": "at risk", "said": field, "due": ""})
    assert say.shown("1")["Latest"] == field


def test_an_update_and_a_close_at_once_end_consistent(say):
    say.answered("/action done 1", person=H)
    lines = [("/action close 1", "coordinator"), ("/action update 1 painted as well", H)] * 3
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda each: say(each[0], person=each[1]), lines))
    assert all(reply.title != "Something broke" for reply in replies)
    assert say.status("1") == "closed (green)"
    verbs = [row[2].partition(":")[0] for row in say.history("1")]
    assert verbs.count("closed") == 1
    assert verbs[-1] == "closed", "nothing was said of it once it was closed"
    assert len(verbs) == 2 + sum(not reply.refused for reply in replies)


def test_two_who_give_news_of_one_action_at_once_are_both_in_its_history(say):
    def speak(person: str) -> list[str]:
        return [say.says(f"/action update 1 {person} says {number}", person=person) for number in range(6)]

    with ThreadPoolExecutor(2) as both:
        list(both.map(speak, (H, LEAD)))
    said = [row[3] for row in say.history("1")[1:]]
    assert sorted(said) == sorted(f"update 1 {person} says {number}" for person in (H, LEAD) for number in range(6))
    assert say.shown("1")["Latest"] == said[-1].removeprefix("update 1 ")


def test_a_private_group_s_news_is_only_counted_in_notifications(say):
    say.added("csag: visit case 12 @housing-officer due fri")
    assert say.says("/action CSAG-13-001 done: she let us in", person=H) == "1 CSAG action"
    assert say.says("/action CSAG-13-001 no change, 2 done", person=H) == "1 CSAG action"
