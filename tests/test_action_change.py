"""Changing what was agreed, asking for it, agreeing to it, and taking it back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from acting import Acting, C, H, acting, filled, form, plan_of_six, press, words
from asking import facts, labels, table
from sqlalchemy import select

from commands.reply import Document
from models.proposals import Proposal

LEAD, CHAIR, COORDINATOR = "asb-lead", "jag-chair", "coordinator"
NOTHING = (
    "You have changed no action in the last 24 hours that is still to undo. What was done to a meeting is taken back with the Undo button "
    "below what was said of it; or in words: /meeting restore … brings back one that was cancelled, /meeting cancel … takes off one that "
    "was added, /meeting move … puts one back."
)


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


def whole(say: Acting, ref: str) -> dict[str, str]:
    """How an action stands, in every part that a change may touch."""
    return {label: value for label, value in say.shown(ref).items() if label != "Asked for"}


@pytest.mark.parametrize("person", [LEAD, "asb-deputy", CHAIR, "jag-deputy", COORDINATOR])
@pytest.mark.parametrize(
    ("line", "did", "fact"),
    [
        ("assign 4 @fire-officer", "fire-officer is accountable", ("Owner", "fire-officer, Fire Officer, Hertfordshire Fire and Rescue")),
        ("due 4 12 Jan contractor delayed", "due 12 January 2014", ("Due", "12 January 2014")),
        ("withdraw 4 overtaken by the county's scheme", "withdrawn", ("Status", "withdrawn (grey)")),
    ],
)
def test_lead_chair_and_coordinator_change_it_at_once(say, person, line, did, fact):
    reply = say.answered(f"/action {line}", person=person)
    assert reply.title == f"JAG-13-004: {did}"
    assert facts(reply)[fact[0]] == say.shown("4")[fact[0]] == fact[1]
    assert C in say.told(reply), "its owner is told"


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("assign 4 @fire-officer", "fire-officer is accountable"),
        ("due 4 12 Jan contractor delayed", "due 12 January 2014"),
        ("withdraw 4 overtaken", "withdrawn"),
    ],
)
def test_an_owner_asks_and_it_stays_as_it_is_until_it_is_decided(say, line, asks):
    before = whole(say, "4")
    reply = say.answered(f"/action {line}", person=C)
    assert reply.title == f"JAG-13-004: asked, {asks}"
    assert whole(say, "4") == before
    told = say.told(reply)
    assert {LEAD, COORDINATOR} <= set(told)
    assert told[LEAD].title == f"college asks: JAG-13-004 {asks}"
    agreed = say.answered(press(told[LEAD], "Agree"), person=LEAD)
    assert agreed.title == f"JAG-13-004: agreed, {asks}"
    assert whole(say, "4") != before
    assert C in say.told(agreed)


def test_what_is_declined_stays_as_it_is_and_the_owner_is_told(say):
    before = whole(say, "4")
    asked = say.answered("/action due 4 12 Jan", person=C)
    reply = say.answered(press(say.told(asked)[COORDINATOR], "Decline"))
    assert reply.title == "JAG-13-004: declined, due 12 January 2014"
    assert say.told(reply)[C].summary == "JAG-13-004: declined, due 12 January 2014"
    assert whole(say, "4") == before


@pytest.mark.parametrize("line", ["assign 4 @fire-officer", "due 4 12 Jan", "withdraw 4", "reopen 4", "close 4"])
@pytest.mark.parametrize("person", ["analyst", H, "burglary-lead", "town-centre"])
def test_others_change_nothing_and_ask_nothing(say, line, person):
    before = whole(say, "4"), say.history("4")
    say.refused(f"/action {line}", person=person)
    assert (whole(say, "4"), say.history("4")) == before
    assert say.says("/action list asked") == "Nothing waits to be settled."


def test_the_same_press_twice_is_told_that_it_is_settled(say):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered(press(asked[LEAD], "Agree"), person=LEAD)
    before = say.history("4")
    for person, label in ((LEAD, "Agree"), (COORDINATOR, "Decline")):
        assert say.refused(press(asked[person], label), person=person) == (
            "JAG-13-004 due 12 January 2014: agreed by asb-lead already. Nothing was changed."
        )
    assert say.history("4") == before


@pytest.mark.parametrize("person", [C, "analyst", H])
def test_who_asks_does_not_agree_to_it_themselves(say, person):
    line = press(say.told(say.answered("/action due 4 12 Jan", person=C))[LEAD], "Agree")
    say.refused(line, person=person)
    assert say.shown("4")["Due"] == "12 December 2013"


def test_a_request_on_what_one_may_not_see_is_one_that_does_not_exist(say):
    say.added("csag: visit case 12 @college due fri")
    say.answered("/action due CSAG-13-001 12 Jan", person=C)
    hidden, nowhere = (words(say(f"/action agree {number}", person="town-centre")) for number in (1, 9))
    assert hidden == nowhere.replace("9", "1")


def test_a_second_request_takes_the_place_of_the_first(say):
    first = say.told(say.answered("/action due 4 12 Jan", person=C))
    second = say.told(say.answered("/action due 4 31 Jan", person=C))
    assert [row[2] for row in table(say("/action list asked"))] == ["due 31 January 2014"]
    assert "taken back" in say.refused(press(first[LEAD], "Agree"), person=LEAD)
    say.answered(press(second[LEAD], "Agree"), person=LEAD)
    assert say.shown("4")["Due"] == "31 January 2014"


@pytest.mark.parametrize("label", ["Agree", "Decline"])
def test_a_request_on_what_was_closed_meanwhile_opens_nothing(say, label):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered("/action done 4", person=C)
    say.answered("/action close 4", person=CHAIR)
    say(press(asked[LEAD], label), person=LEAD)
    assert say.shown("4")["Status"] == "closed (green)"


@pytest.mark.parametrize(
    ("line", "person", "why"), [("done 4", C, "it is done"), ("4 ✅", C, "it is done"), ("withdraw 4", CHAIR, "it is withdrawn")]
)
def test_a_date_asked_for_is_dropped_with_what_is_over_and_undo_brings_it_back(say, line, person, why):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered(f"/action {line}", person=person)
    assert say.says("/action list asked") == "Nothing waits to be settled."
    assert say.history("4")[-1][2] == f"request dropped, as {why}: due 12 January 2014"
    assert "dropped by" in say.refused(press(asked[LEAD], "Agree"), person=LEAD)
    assert say.shown("4")["Due"] == "12 December 2013"
    say.answered("/action undo 4", person=person)
    assert [row[2] for row in table(say("/action list asked"))] == ["due 12 January 2014"]


def test_a_date_is_not_moved_by_agreeing_what_is_done_by_now(say):
    say.answered("/action due 4 12 Jan", person=C)
    say.answered("/action done 4", person=C)
    with say.held.session() as session:
        request = session.scalars(select(Proposal)).one()
        request.state = "waiting"  # as one was left before requests were dropped
        number = request.id
    said = "JAG-13-004 is done by now, so “due 12 January 2014” cannot be agreed to. Nothing was changed."
    assert say.refused(f"/action agree {number}", person=LEAD) == said
    assert say.shown("4")["Due"] == "12 December 2013"
    say.answered(f"/action decline {number}", person=LEAD)


def test_a_supporter_who_becomes_the_owner_supports_no_more(say):
    say.answered("/action assign 4 @college with @dens-officer and @fire-officer", person=LEAD)
    reply = say.answered("/action assign 4 @fire-officer", person=LEAD)
    assert facts(reply)["Supported by"] == "dens-officer"
    assert say.history("4")[-1][2] == "assigned: owner college → fire-officer; supporters dens-officer, fire-officer → dens-officer"
    assert facts(say.answered("/action undo 4", person=LEAD))["Supported by"] == "dens-officer, fire-officer"
    asked = say.told(say.answered("/action assign 4 @fire-officer", person=C))
    agreed = say.answered(press(asked[LEAD], "Agree"), person=LEAD)
    assert (facts(agreed)["Owner"].partition(",")[0], facts(agreed)["Supported by"]) == ("fire-officer", "dens-officer")


def test_an_owner_asked_for_who_lost_the_action_meanwhile(say):
    asked = say.told(say.answered("/action assign 4 @fire-officer", person=C))
    say.answered("/action assign 4 @analyst")
    say(press(asked[LEAD], "Agree"), person=LEAD)
    assert say.history("4")[-1][0] in (LEAD, COORDINATOR)
    assert say.shown("4")["Owner"].partition(",")[0] in ("fire-officer", "analyst")


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("due 4 12 Jan", "12 January 2014"),
        ("due 4: 12 Jan", "12 January 2014"),
        ("due 4 to 12 Jan", "12 January 2014"),
        ("due 4 by fri", "6 September 2013"),
        ("due 4 end of month, contractor late", "30 September 2013"),
        ("due 4 next jag", "next JAG (10 September 2013)"),
        ("due 4 ongoing", "ongoing"),
        ("due JAG-13-004 31/1/14 because of the frost", "31 January 2014"),
        ("date 4 12 Jan", "12 January 2014"),
    ],
)
def test_a_date_is_set_in_the_words_people_use(say, typed, due):
    assert facts(say.answered(f"/action {typed}", person=LEAD))["Due"] == due


def test_why_a_date_was_changed_is_kept(say):
    say.answered("/action due 4 12 Jan because the contractor is late", person=LEAD)
    assert say.history("4")[-1] == [
        LEAD,
        "terminal",
        "due 12 December 2013 → 12 January 2014",
        "due 4 12 Jan because the contractor is late",
    ]


@pytest.mark.parametrize("typed", ["31 February", "soon", "ASAP", "99/99", "contractor late"])
def test_a_date_that_is_none_is_refused(say, typed):
    say.refused(f"/action due 4 {typed}", person=LEAD)
    assert say.shown("4")["Due"] == "12 December 2013"


def test_a_date_in_the_past_is_asked_about(say):
    reply = say("/action due 4 1 Aug", person=LEAD)
    assert (reply.refused, reply.title) == (True, "1 August 2013 has gone by")
    assert say.shown("4")["Due"] == "12 December 2013"
    assert facts(say.answered(press(reply, "Yes, 1 August 2013"), person=LEAD))["Due"] == "1 August 2013"


@pytest.mark.parametrize("line", ["due 4 12 Dec", "assign 4 @college", "reopen 4"])
def test_what_is_so_already_changes_nothing(say, line):
    before = say.history("4")
    assert "Nothing was changed." in say.refused(f"/action {line}", person=LEAD)
    assert say.history("4") == before


@pytest.mark.parametrize(("verb", "field"), [("assign", "owner"), ("due", "due")])
def test_without_words_a_form_asks_for_them(say, verb, field):
    reply = say.answered(f"/action {verb} 4", person=LEAD)
    assert field in filled(reply)
    value = {"owner": "fire-officer", "due": "12 Jan"}[field]
    saved = say.answered(form(reply).asks, person=LEAD, fields={field: value})
    assert facts(saved)[field.title()].startswith({"owner": "fire-officer", "due": "12 January 2014"}[field])


@pytest.mark.parametrize("verb", ["assign", "due", "reopen", "withdraw", "close", "undo", "agree", "decline", "show"])
@pytest.mark.parametrize("rest", ["", " 99", " x", " JAG-13-099", " 99999999999999999999", " 4 4 4", " @", " \u202e", " -1"])
def test_half_a_line_never_breaks_it(say, verb, rest):
    assert say(f"/action {verb}{rest}", person=LEAD).title != "Something broke"


def test_an_owner_of_several_is_asked_about_with_buttons_that_work(say):
    reply = say("/action assign 4 @Hightown", person=LEAD)
    assert labels(reply) == ["csag-chair", "housing-officer"]
    say.refused(press(reply, "csag-chair"), person=LEAD)  # who does not sit on the JAG
    assert facts(say.answered(press(reply, "housing-officer"), person=LEAD))["Owner"].startswith(H)


@pytest.mark.parametrize(
    "typed", ["fire-officer", "to fire-officer", "to @fire-officer", "@fire-officer.", "@Fire-Officer", ": @fire-officer"]
)
def test_an_owner_is_named_as_people_do(say, typed):
    assert facts(say.answered(f"/action assign 4 {typed}", person=LEAD))["Owner"].startswith("fire-officer")


def test_supporters_come_with_the_new_owner(say):
    reply = say.answered("/action assign 4 @fire-officer with @dens-officer and @Hightown", person=LEAD)
    assert facts(reply)["Supported by"] == "dens-officer, Hightown Housing Association"
    say.answered("/action undo 4", person=LEAD)
    assert "Supported by" not in say.shown("4")


def test_nobody_is_given_what_they_could_not_see(say):
    say.added("csag: visit case 12 @college due fri")
    reply = say("/action assign CSAG-13-001 @town-centre")
    assert reply.refused
    assert "does not sit on CSAG" in words(reply)


def test_the_meeting_closes_what_is_done_and_nothing_else(say):
    assert "is not done yet" in say.refused("/action close 4", person=CHAIR)
    say.answered("/action done 4", person=C)
    assert "its chair or the coordinator closes it" in say.refused("/action close 4", person=LEAD)
    reply = say.answered("/action close 4", person=CHAIR)
    assert (reply.title, facts(reply)["Status"]) == ("JAG-13-004 is closed", "closed (green)")
    assert say.refused("/action close 4", person=CHAIR) == "JAG-13-004 is closed already. Nothing was changed."


def test_several_are_closed_at_once_or_none(say):
    say.answered("/action 1,2 done", person=H)
    say.refused("/action close 1, 4", person=CHAIR)
    assert say.status("1").startswith("done")
    assert say.answered("/action close 1 and 2", person=CHAIR).title == "2 actions closed"


def test_close_all_is_all_that_wait(say):
    say.answered("/action 1,2 done", person=H)
    assert say.answered("/action close all", person=CHAIR).title == "2 actions closed"
    assert say.status("5") == "not reported (grey)"


@pytest.mark.parametrize("over", ["done 4", "withdraw 4"])
def test_what_is_over_is_opened_again(say, over):
    say.answered(f"/action {over}")
    reply = say.answered("/action reopen 4 the gates were broken again", person=LEAD)
    assert facts(reply)["Status"] == "not reported (grey)"
    assert facts(reply)["Latest"] == "the gates were broken again"
    assert "Closed" not in say.shown("4")


@pytest.mark.parametrize("line", ["assign 4 @fire-officer", "due 4 12 Jan", "withdraw 4"])
def test_what_is_over_is_changed_no_more(say, line):
    say.answered("/action withdraw 4")
    assert say.refused(f"/action {line}", person=LEAD) == "JAG-13-004 is withdrawn. To open it again: /action reopen JAG-13-004"


def test_a_withdrawn_reference_stays_and_is_found(say):
    say.answered("/action withdraw 4")
    assert "JAG-13-004" not in say.listed()
    assert say.shown("JAG-13-004")["Status"] == "withdrawn (grey)"


# Undo.

CHANGES = (
    ("4 at risk: contractor delayed", C),
    ("done 4 gates fitted", C),
    ("4 no change", C),
    ("due 4 12 Jan", LEAD),
    ("due 4 next jag", LEAD),
    ("due 4 ongoing", LEAD),
    ("assign 4 @fire-officer with @dens-officer", LEAD),
    ("withdraw 4 overtaken", LEAD),
    ("4 new date 31 Jan: frost", LEAD),
    ("4 karen rang: blocked for @college", COORDINATOR),
)


@pytest.mark.parametrize(("line", "person"), CHANGES)
@pytest.mark.parametrize("how", ["undo", "undo 4", "undo JAG-13-004", "undo all"])
def test_my_latest_change_is_taken_back_and_stays_in_the_history(say, line, person, how):
    before, lines = whole(say, "4"), say.history("4")
    say.answered(f"/action {line}", person=person)
    changed = say.history("4")
    reply = say.answered(f"/action {how}", person=person)
    assert reply.title == "Undone: JAG-13-004 is as it was"
    assert whole(say, "4") == before
    after = say.history("4")
    assert len(after) == len(changed) + 1 > len(lines) + 1
    assert after[len(lines)][2].endswith("(undone)")
    assert [row[3] for row in after[:-1]] == [row[3] for row in changed], "the words stay"


def test_undo_steps_back_one_at_a_time(say):
    say.answered("/action 4 on track: begun", person=C)
    say.answered("/action 4 at risk: rain", person=C)
    say.answered("/action undo 4", person=C)
    assert (say.status("4"), say.shown("4")["Latest"]) == ("on track (green)", "begun")
    say.answered("/action undo 4", person=C)
    assert say.status("4") == "not reported (grey)"
    assert "Latest" not in say.shown("4")
    assert say.refused("/action undo 4", person=C) == "You have changed nothing of JAG-13-004 that is still to undo."
    assert say.refused("/action undo", person=C) == NOTHING
    assert [row[2].partition(":")[0] for row in say.history("4")][-2:] == ["undone", "undone"]


def test_after_24_hours_it_stands(say):
    say.answered("/action 4 at risk", person=C)
    say.later(hours=23, minutes=58)
    say.answered("/action undo 4", person=C)
    say.answered("/action 4 at risk", person=C)
    say.later(hours=24, minutes=1)
    assert "is more than 24 hours old" in say.refused("/action undo 4", person=C)
    assert say.refused("/action undo", person=C) == NOTHING
    assert say.status("4") == "at risk (amber)"


def test_what_somebody_changed_since_is_not_undone(say):
    say.answered("/action 4 at risk", person=C)
    say.answered("/action 4 blocked: no money", person=LEAD)
    assert say.refused("/action undo 4", person=C) == (
        "JAG-13-004 was changed since by asb-lead (update). Nothing was undone; see it with /action show JAG-13-004."
    )
    say.refused("/action undo", person=C)
    assert say.status("4") == "blocked (red: blocked)"
    say.answered("/action undo 4", person=LEAD)
    say.answered("/action undo 4", person=C)
    assert say.status("4") == "not reported (grey)"


def test_nobody_undoes_what_another_did(say):
    say.answered("/action 4 at risk", person=C)
    assert say.refused("/action undo 4", person=LEAD) == "You have changed nothing of JAG-13-004 that is still to undo."
    assert say.refused("/action undo", person=LEAD) == NOTHING


def test_adding_is_undone_as_withdrawing(say):
    reply = say.answered("/action add Sweep the alley @college due fri")
    assert say.says(press(reply, "Undo")) == "Undone: JAG-13-007 is withdrawn, and its reference stays"
    assert say.added("Sweep it after all @college due fri") == "JAG-13-008"


def test_adding_what_has_had_news_since_is_not_undone(say):
    say.added("Sweep the alley @college due fri")
    say.answered("/action 7 on track", person=C)
    assert "was changed since by college" in say.refused("/action undo 7")
    assert say.status("7") == "on track (green)"


def test_a_settlement_is_undone_line_by_line_or_whole(say):
    say.answered("/action 1 done, 2 at risk: rain, 5 blocked", person=H)
    reply = say("/action undo", person=H)
    assert reply.summary == "Your last line settled 3 actions. Undo all of them, or which?"
    say.answered(press(reply, "Undo JAG-13-002"), person=H)
    assert [say.status(number).partition(" (")[0] for number in "125"] == ["done, for JAG to agree", "not reported", "blocked"]
    assert say.says("/action undo all", person=H) == "Undone: 2 actions as before"
    assert [say.status(number) for number in "125"] == ["not reported (grey)"] * 3


def test_a_settlement_of_which_one_was_changed_since_is_undone_but_for_that_one_or_not_at_all(say):
    say.answered("/action 1 done, 2 at risk: rain", person=H)
    say.answered("/action 2 blocked: flood", person=LEAD)
    reply = say("/action undo all", person=H)
    assert "JAG-13-002" in words(reply)
    assert say.status("2").startswith("blocked")
    assert say.status("1").startswith("done" if reply.refused else "not reported")


def test_undo_all_never_reaches_past_the_last_line(say):
    say.answered("/action 1 done, 2 done", person=H)
    say.answered("/action 5 at risk", person=H)
    say.answered("/action undo all", person=H)
    assert [say.status(number).partition(" (")[0] for number in "125"] == ["done, for JAG to agree"] * 2 + ["not reported"]


def test_a_request_is_taken_back_with_the_news_it_came_in(say):
    say.answered("/action 4 waiting on highways wont be til jan", person=C)
    say.answered("/action undo 4", person=C)
    assert say.says("/action list asked") == "Nothing waits to be settled."
    assert whole(say, "4")["Status"] == "not reported (grey)"


def test_a_request_alone_is_taken_back(say):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered("/action undo", person=C)
    assert "taken back" in say.refused(press(asked[LEAD], "Agree"), person=LEAD)
    assert say.shown("4")["Due"] == "12 December 2013"


def test_undoing_the_second_request_leaves_the_first_as_it_was_or_none(say):
    say.answered("/action due 4 12 Jan", person=C)
    say.answered("/action due 4 31 Jan", person=C)
    say.answered("/action undo", person=C)
    assert [row[2] for row in table(say("/action list asked"))] == ["due 12 January 2014"]


def test_agreeing_is_undone_and_the_request_waits_again(say):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered(press(asked[LEAD], "Agree"), person=LEAD)
    assert "was changed since by asb-lead" in say.refused("/action undo 4", person=C)
    say.answered("/action undo", person=LEAD)
    assert say.shown("4")["Due"] == "12 December 2013"
    say.answered(press(asked[COORDINATOR], "Agree"))
    assert say.shown("4")["Due"] == "12 January 2014"


def test_declining_is_undone_and_the_request_waits_again(say):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    say.answered(press(asked[LEAD], "Decline"), person=LEAD)
    say.answered("/action undo", person=LEAD)
    assert [row[2] for row in table(say("/action list asked"))] == ["due 12 January 2014"]


def test_closing_is_undone(say):
    say.answered("/action 1,2 done", person=H)
    reply = say.answered("/action close all", person=CHAIR)
    say.answered(press(reply, "Undo JAG-13-001"), person=CHAIR)
    assert (say.status("1"), say.status("2")) == ("done, for JAG to agree (green)", "closed (green)")
    assert "Closed" not in say.shown("1")


def test_an_old_undo_button_never_undoes_something_else(say):
    first = say.answered("/action 4 on track: begun", person=C)
    say.answered(press(first, "Undo"), person=C)
    say.answered("/action 4 at risk: rain", person=C)
    again = say(press(first, "Undo"), person=C)
    assert say.status("4") == "at risk (amber)", again.title


def test_undo_pressed_twice_undoes_once(say):
    say.answered("/action 4 on track: begun", person=C)
    button = press(say.answered("/action 4 at risk: rain", person=C), "Undo")
    say.answered(button, person=C)
    say(button, person=C)
    assert say.status("4") == "on track (green)"


def test_the_history_keeps_everything_as_it_was_typed(say):
    say.answered("/action 4 at risk: “frost” — 5 days…", person=C, where="#jag")
    say.answered("/action due 4 12 Jan  because   of frost", person=LEAD, where="direct message")
    say.answered("/action update 4 thawing for @college", where="form")
    say.answered("/action undo", where="terminal")
    assert [[row[0], row[1], row[3]] for row in say.history("4")[1:]] == [
        [C, "#jag", "4 at risk: “frost” — 5 days…"],
        [LEAD, "direct message", "due 4 12 Jan  because   of frost"],
        ["coordinator for college", "form", "update 4 thawing for @college"],
        [COORDINATOR, "terminal", "undo"],
    ]


def test_a_button_leaves_no_words_in_the_history_nor_in_the_workbook(say):
    asked = say.told(say.answered("/action due 4 12 Jan contractor delayed", person=C))
    assert table(say("/action list asked"))[0][-1] == "due 4 12 Jan contractor delayed"
    agreed = say.answered(press(asked[LEAD], "Agree"), person=LEAD, typed="")
    say.answered(press(agreed, "Undo"), person=LEAD, typed="")
    say.answered(press(asked[LEAD], "Decline"), person=LEAD, typed="")
    say.answered(press(say("/action show 4", person=C), "On track"), person=C, typed="")
    assert [row[2:] for row in say.history("4")[1:]] == [
        ["asks: due 12 January 2014", "due 4 12 Jan contractor delayed"],
        ["due 12 December 2013 → 12 January 2014 (undone)", ""],
        ["undone: due 12 January 2014 → 12 December 2013", ""],
        ["declined: due 12 January 2014", ""],
        ["update: status not reported → on track", ""],
    ]
    document = next(part for part in say.answered("/action export").parts if isinstance(part, Document))
    sheet = next(each for each in document.sheets if each.title == "History")
    words_of_4 = [row[sheet.headings.index("Words")] for row in sheet.rows if row[0] == "JAG-13-004"]
    assert words_of_4[1:] == ["due 4 12 Jan contractor delayed", "", "", "", ""]


def test_a_button_that_takes_up_typed_words_leaves_them(say):
    refused = say("/action add Paint the railings @colege due fri")
    say.answered(press(refused, "college"), typed="")
    assert say.history("7")[0][-1] == "add Paint the railings @college due fri"


def test_two_who_close_all_at_once_close_each_once(say):
    say.answered("/action 1,2,5 done", person=H)
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda person: say("/action close all", person=person), (CHAIR, COORDINATOR)))
    assert sorted(reply.refused for reply in replies) == [False, True]
    assert all(sum(row[2].startswith("closed") for row in say.history(number)) == 1 for number in "125")


def test_two_who_decide_one_request_at_once_decide_it_once(say):
    asked = say.told(say.answered("/action due 4 12 Jan", person=C))
    with ThreadPoolExecutor(2) as both:
        lines = [(press(asked[LEAD], "Agree"), LEAD), (press(asked[COORDINATOR], "Decline"), COORDINATOR)]
        replies = list(both.map(lambda each: say(each[0], person=each[1]), lines))
    assert [reply.refused for reply in replies].count(True) == 1, [reply.title for reply in replies]
    verbs = [row[2].partition(" ")[0].rstrip(":") for row in say.history("4")]
    assert verbs.count("due") + verbs.count("declined") == 1
    assert say.shown("4")["Due"] == ("12 January 2014" if not replies[0].refused else "12 December 2013")


@pytest.mark.parametrize("how", ["undo", "undo 4", "undo all"])
def test_two_who_undo_one_change_at_once_undo_it_once(say, how):
    say.answered("/action 4 on track: begun", person=C)
    say.answered("/action 4 at risk: rain", person=C)
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda _: say(f"/action {how}", person=C), range(2)))
    undone = sum(row[2].startswith("undone") for row in say.history("4"))
    assert undone == sum(not reply.refused for reply in replies)
    assert say.status("4") == {1: "on track (green)", 2: "not reported (grey)"}[undone]
