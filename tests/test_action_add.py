"""Adding an action: what people type, on a phone or out of Word, and what is read back."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from acting import Acting, filled, form, fresh, press, words
from asking import facts, labels, notes, shown, table
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.reply import Reply
from models.people import Person

GATES = "Fit alley gates behind the shops"


@pytest.fixture
def say(example) -> Acting:
    return Acting(example)


class Insisting(Acting):
    """Somebody who adds what is in the plan already."""

    def __call__(self, line: str, *who: Any, **more: Any) -> Reply:
        reply = super().__call__(line, *who, **more)
        anyway = [button.asks for button in reply.asks if button.label == "Add it anyway"]
        return super().__call__(anyway[0], *who, **more | {"fields": {}}) if anyway else reply


@pytest.fixture(scope="module")
def desk(sqlite) -> Acting:
    """Many lines, one after the other, in one partnership, which may say the same."""
    return Insisting(fresh(sqlite).held)


def test_an_action_is_added_read_back_and_told_to_its_owner(say):
    reply = say.answered(f"/action add {GATES} @housing-officer due 12 Dec #asb", where="#jag")
    assert reply.title == "JAG-13-001 is added"
    assert reply.summary == f"JAG-13-001 is added: {GATES}"
    assert facts(reply) == {
        "Action": GATES,
        "Owner": "housing-officer, Housing Officer, Hightown Housing Association",
        "Due": "12 December 2013",
        "Status": "not reported (grey)",
        "Priority": "Anti-Social Behaviour and Criminal Damage",
        "Group": "JAG",
    }
    assert [tell.reply.summary for tell in reply.tells] == ["JAG-13-001 is yours"]
    with say.held.session() as session:
        assert reply.tells[0].person_id == Person.named("housing-officer", session).id
    assert say.history("1") == [
        [
            "coordinator",
            "#jag",
            "added: due 12 December 2013; status not reported; owner housing-officer; priority asb",
            f"add {GATES} @housing-officer due 12 Dec #asb",
        ]
    ]


def test_what_is_saved_reads_the_same_in_the_reply_in_show_and_in_the_list(say):
    reply = say.answered(f"/action add {GATES} @housing-officer with @dens-officer and @Hightown by next jag #asb")
    in_show = say.shown("JAG-13-001")
    for label, value in facts(reply).items():
        assert in_show[label] == value
    assert facts(reply)["Supported by"] == "dens-officer, Hightown Housing Association"
    assert table(say("/action list"))[0][:5] == ["JAG-13-001", GATES, "housing-officer", "next JAG (10 September 2013)", "not reported"]


def test_an_owner_who_is_not_on_chat_has_to_be_told_by_hand(say):
    reply = say.answered("/action add Review CCTV @dens-officer due fri")
    assert "dens-officer is not on chat: tell them yourself." in notes(reply)


def test_who_adds_their_own_action_is_not_told_of_it(say):
    assert say("/action add Fit gates @college due fri", person="college").tells == ()


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("Fit gates @college due 12 Dec", "12 December 2013"),
        ("Fit gates @college 12 Dec", "12 December 2013"),
        ("Fit gates, @college, 12/12/13.", "12 December 2013"),
        ("Fit gates @college 1.11.13", "1 November 2013"),
        ("Fit gates - @college - fri", "6 September 2013"),
        ("Fit gates @college fri 13 sept", "13 September 2013"),
        ("Fit gates @college by fri", "6 September 2013"),
        ("by fri @college fit gates", "6 September 2013"),
        ("by fri fit gates @college", "6 September 2013"),
        ("due end of month fit gates @college", "30 September 2013"),
        ("Fit gates due end of month @college", "30 September 2013"),
        ("Fit gates end of month @college", "30 September 2013"),
        ("Fit gates @college tomorrow", "3 September 2013"),
        ("Fit gates @college in 2 weeks", "16 September 2013"),
        ("Fit gates @college by next jag", "next JAG (10 September 2013)"),
        ("Fit gates @college next jag", "next JAG (10 September 2013)"),
        ("Fit gates by next jag @college", "next JAG (10 September 2013)"),
        ("Fit gates @college before the next JAG", "next JAG (10 September 2013)"),
        ("Fit gates @college deadline next meeting", "next JAG (10 September 2013)"),
        ("Fit gates @college ongoing", "ongoing"),
        ("Fit gates @college on-going", "ongoing"),
        ("Fit gates @college due: Ongoing", "ongoing"),
        ("Fit gates @college Due date: 12 December 2013", "12 December 2013"),
        ("Fit gates owner: @college due: 12 dec", "12 December 2013"),
        ("@college to fit gates by end of month", "30 September 2013"),
        ("@college: fit gates by fri", "6 September 2013"),
        ("For @college: fit gates by fri", "6 September 2013"),
        ("Fit gates (@college) due fri", "6 September 2013"),
        ("Fit gates @college. Due fri.", "6 September 2013"),
        ("Fit gates; @college; fri", "6 September 2013"),
        ("Ask @college to fit gates by fri", "6 September 2013"),
        ("@college should fit gates by fri", "6 September 2013"),
        ("Fit gates by @college by fri", "6 September 2013"),
        ("Fit gates owner: college due fri", "6 September 2013"),
        ("Fit gates @West Herts College due fri", "6 September 2013"),
        ("Fit gates (with @college) fri", "6 September 2013"),
    ],
)
def test_when_it_is_due_and_whose_it_is_may_stand_anywhere(desk, typed, due):
    reply = desk.answered(f"/action add {typed}")
    assert "Action" in facts(reply), reply.parts
    read = facts(reply)
    assert (read["Action"].lower(), read["Owner"].partition(",")[0], read["Due"]) == ("fit gates", "college", due)


def test_the_next_jag_said_while_it_meets_is_the_one_after(desk):
    reply = desk("/action add Fit gates @college by next jag", at=datetime(2013, 9, 10, 9, 30, tzinfo=UTC))  # half past ten in London
    assert facts(reply)["Due"] == "next JAG (8 October 2013)"


@pytest.mark.parametrize(
    ("typed", "wording", "owner", "supporters"),
    [
        ("Fit gates @housing officer due fri", "Fit gates", "housing-officer", ""),
        ("Fit gates with @fire officer behind the shops by fri", "Fit gates behind the shops", "fire-officer", ""),
        ("Fit gates @college with @trading standards by fri", "Fit gates", "college", "Trading Standards"),
        ("@dens-officer and @college to fit gates by fri", "fit gates", "dens-officer", "college"),
        ("Write to @college. Then fit gates by fri", "Write. Then fit gates", "college", ""),
        ("Fit gates due to complaints @college by fri", "Fit gates due to complaints", "college", ""),
        ("Fit gates @college support hightown due fri", "Fit gates", "college", "Hightown Housing Association"),
        ("Fit gates @college supported by DENS and trading standards by fri", "Fit gates", "college", "DENS, Trading Standards"),
        ("Fit gates @college with fire officer behind the shops by fri", "Fit gates behind the shops", "college", "fire-officer"),
        ("Fit gates @college (with trading standards) by fri", "Fit gates", "college", "Trading Standards"),
        ("Fit gates @college with snt by fri", "Fit gates with snt", "college", ""),
        ("Meet with hightown @college by fri", "Meet with hightown", "college", ""),
        ("Cllr Smith to lead @college by fri", "Cllr Smith to lead", "college", ""),
        ("Cllr Smith to lead due fri @college", "Cllr Smith to lead", "college", ""),
        ("@college: find who it is for by fri", "find who it is for", "college", ""),
    ],
)
def test_people_leave_no_joints_behind(desk, typed, wording, owner, supporters):
    read = facts(desk.answered(f"/action add {typed}"))
    assert (read["Action"], read["Owner"].partition(",")[0], read.get("Supported by", "")) == (wording, owner, supporters)


@pytest.mark.parametrize(
    "wording",
    [
        "Meet residents by the bus station",
        "Ask whether they may come",
        "Report on May elections",
        "Ask Mark to march with us",
        "Review CCTV 2013",
        "Patrol on fri evenings",
        "Ongoing patrols of the high street",
        "Report to next JAG on fires",
        "Fit gates before Christmas",
        "Remove 12 bins from 24 High Street",
        "Make #1 of the list safe",
        "Talk to residents re: noise",
        "Note: gates are down",
        "Collect £5,000 for 3-4 lamps (50%)",
        "Check https://example.org/a#asb",
        "Write to someone@example.org",
        '=HYPERLINK("http://example.org","gates")',
        "=1+1",
        "👨‍👩‍👧‍👦 Family visit 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "زيارة المحلات في السوق",
        "לבדוק את השערים",
        "Café Zoë's ½ door",
        "Read <b>this</b> & that",
        "{not} %s a \\n template `code` *bold*",
    ],
)
def test_words_that_only_look_like_something_stay_words(desk, wording):
    reply = desk.answered(f"/action add {wording} @college due 12 Dec")
    assert (facts(reply)["Action"], facts(reply)["Due"]) == (wording, "12 December 2013")
    ref = reply.title.split()[0]
    assert desk.shown(ref)["Action"] == wording
    assert next(row[1] for row in table(desk("/action list all")) if row[0] == ref) == wording


@pytest.mark.parametrize(
    ("typed", "wording"),
    [
        ("“Fit gates” – behind Zoë’s shop… @college due fri", '"Fit gates" - behind Zoë\'s shop…'),
        ("Fit &amp; paint &lt;two&gt; gates @college due fri", "Fit & paint <two> gates"),
        ("<!channel> fit gates <!here|here> @college due fri", "fit gates"),
        ("See <https://example.org/x|the page> @college due fri", "See the page"),
        ("See <https://example.org/x> @college due fri", "See https://example.org/x"),
        ("Fit\u00a0gates\u200b \u202eat last @college due fri", "Fit gates at last"),
    ],
)
def test_what_word_and_slack_made_of_the_words_is_undone(desk, typed, wording):
    assert facts(desk.answered(f"/action add {typed}"))["Action"] == wording


def test_a_channel_link_that_slack_makes_of_a_priority_is_the_priority(say):
    reply = say.answered("/action add Fit gates @college due fri <#C0123ABC|asb>")
    assert (facts(reply)["Action"], facts(reply)["Priority"]) == ("Fit gates", "Anti-Social Behaviour and Criminal Damage")


def test_a_chat_user_is_the_person_confirmed_as_them(say):
    with say.held.session() as session:
        Person.named("college", session).slack_user = "U0COLLEGE"
    assert facts(say.answered("/action add Fit gates <@U0COLLEGE> due fri"))["Owner"].startswith("college,")
    assert facts(say.answered("/action add Paint gates <@U0COLLEGE|karen> due fri"))["Owner"].startswith("college,")


@pytest.mark.parametrize("odd", ["\u0000", "\ud83d", "\u202e", "\u2066", "\x1b[31m", "\U000e0041"])
@pytest.mark.parametrize(
    "line", ["add Fit gates{} @college due fri", "add Fit gates{} @college due 1 Aug", "add • Fit{} @college due fri\n• x @college due fri"]
)
def test_characters_that_cannot_be_seen_break_nothing(desk, line, odd):
    say = desk
    reply = say(f"/action {line.format(odd)}")
    assert reply.title != "Something broke"
    assert say(reply.asks[0].asks).title != "Something broke"
    assert odd not in shown(say("/action show 1"))


def test_lines_within_the_wording_are_kept(say):
    reply = say.answered("/action add Fit gates behind\nthe shops @college due fri")
    assert facts(reply)["Action"] == "Fit gates behind\nthe shops"
    assert reply.summary == "JAG-13-001 is added: Fit gates behind the shops"
    assert say.shown("1")["Action"] == "Fit gates behind\nthe shops"


@pytest.mark.parametrize(
    ("typed", "key"), [("#asb", "Anti-Soc"), ("#burglary", "Dwelling"), ("#house-burglary", "Dwelling"), ("#drugs", "Drug")]
)
def test_a_priority_is_named_by_any_of_its_names(desk, typed, key):
    assert facts(desk.answered(f"/action add Fit gates @college due fri {typed}"))["Priority"].startswith(key)


@pytest.mark.parametrize("named", ["burglary", "Dwelling Burglary", "house burglary", "#burglary"])
def test_a_priority_is_picked_or_named_in_the_form(desk, named):
    reply = desk.answered("/action add", fields={"wording": "Fit gates", "owner": "college", "due": "fri", "priority": named})
    assert facts(reply)["Priority"] == "Dwelling Burglary"


def test_a_priority_misspelt_is_asked_about_with_a_button_that_works(say):
    reply = say("/action add Fit gates @college due fri #burglry")
    assert reply.refused
    assert reply.summary == "I don't know #burglry. Did you mean #burglary?"
    assert facts(say.answered(press(reply, "#burglary")))["Priority"] == "Dwelling Burglary"
    again = say(press(reply, "Leave it out"))
    assert "Priority" not in facts(say.answered(press(again, "Add it anyway")))


@pytest.mark.parametrize(
    ("tags", "kind", "label", "fact"),
    [
        ("#asb #burglary", "priority", "#burglary", "Dwelling Burglary"),
        ("#burglary #asb", "priority", "#burglary", "Dwelling Burglary"),
        ("#jag #csag", "group", "#csag", "CSAG"),
    ],
)
def test_two_tags_of_a_kind_are_asked_about_with_buttons_that_keep_the_rest(desk, tags, kind, label, fact):
    reply = desk(f"/action add Fit gates @college due fri {tags}")
    assert reply.refused
    assert labels(reply) == tags.split()
    saved = facts(desk.answered(press(reply, label)))
    assert (saved["Action"], saved[kind.title()], saved["Due"]) == ("Fit gates", fact, "6 September 2013")


@pytest.mark.parametrize("tags", ["#asb #vandalism", "#burglary #house-burglary"])
def test_two_names_of_one_priority_are_one(desk, tags):
    assert "Priority" in facts(desk.answered(f"/action add Fit gates @college due fri {tags}"))


def test_a_tag_misspelt_beside_another_keeps_the_other_and_the_group(say):
    reply = say("/action add csag: fit gates @college due fri #burglry")
    assert facts(say.answered(press(reply, "Leave it out")))["Group"] == "CSAG"


@pytest.mark.parametrize("again", [f"{GATES} @college due 12 Dec", f"{GATES.upper()}  @college by fri #asb"])
def test_what_is_in_the_plan_already_is_asked_about(say, again):
    say.added(f"{GATES} @college due 12 Dec", person="college")
    reply = say(f"/action add {again}")
    assert (reply.refused, reply.title) == (True, "It is in the plan already")
    assert reply.parts[0] == "JAG-13-001 already says this. Nothing was saved yet."
    assert say.count() == 1
    assert say.answered(press(reply, "Add it anyway")).title == "JAG-13-002 is added"
    assert say("/action add", fields={"wording": GATES, "owner": "college", "due": "fri"}).title == "It is in the plan already"


@pytest.mark.parametrize(
    "other",
    [
        f"{GATES} @housing-officer due 12 Dec",
        f"{GATES} too @college due 12 Dec",
        f"csag: {GATES} @college due 12 Dec",
    ],
)
def test_what_only_looks_like_it_is_added(say, other):
    say.added(f"{GATES} @college due 12 Dec")
    say.added(other)


@pytest.mark.parametrize("since", ["done", "a day"])
def test_what_was_done_or_raised_days_ago_may_be_raised_again(say, since):
    say.added(f"{GATES} @college due 12 Dec")
    say.answered("/action done 1") if since == "done" else say.later(hours=25)
    say.added(f"{GATES} @college due 12 Dec")


@pytest.mark.parametrize(
    ("line", "where", "group"),
    [
        ("Fit gates @college due fri", "terminal", "JAG"),
        ("Fit gates @college due fri", "#jag", "JAG"),
        ("Fit gates @college due fri", "#csag", "CSAG"),
        ("Fit gates @college due fri", "#general", "JAG"),
        ("csag: fit gates @college due fri", "#jag", "CSAG"),
        ("Fit gates @college due fri #csag", "terminal", "CSAG"),
        ("Fit gates @college due fri <#C0CSAG|csag>", "terminal", "CSAG"),
        ("Fit gates @college due fri for #csag", "terminal", "CSAG"),
        ("Fit gates @college due fri for csag", "terminal", "CSAG"),
        ("jag: fit gates @college due fri", "#csag", "JAG"),
        ("Fit gates @college due fri #jag", "#csag", "JAG"),
    ],
)
def test_the_group_is_the_one_said_or_that_of_the_channel(desk, line, where, group):
    read = facts(desk.answered(f"/action add {line}", where=where))
    assert (read["Action"].lower(), read["Group"]) == ("fit gates", group)


def test_next_jag_from_the_csag_is_a_date_and_next_csag_its_own_meeting(desk):
    assert facts(desk.answered("/action add csag: fit gates @college by next csag"))["Due"] == "next CSAG (12 September 2013)"
    assert facts(desk.answered("/action add csag: fit gates @college by next jag"))["Due"] == "10 September 2013"


def test_a_private_group_s_action_is_only_counted_in_notifications(say):
    reply = say.answered("/action add csag: visit case 1234 @college due fri")
    assert (reply.title, reply.summary) == ("CSAG-13-001 is added", "1 CSAG action")
    assert [tell.reply.summary for tell in reply.tells] == ["1 CSAG action"]


def test_a_group_one_does_not_sit_on_is_letter_for_letter_one_that_does_not_exist(say):
    line = "/action add Fit gates @college due fri #{}"
    assert words(say(line.format("csag"), person="town-centre")).replace("csag", "zzzz") == words(
        say(line.format("zzzz"), person="town-centre")
    )
    line = "/action add {}: fit gates @college due fri"
    hidden, nowhere = (words(say(line.format(name), person="town-centre")) for name in ("csag", "zzzz"))
    assert hidden.replace("csag", "zzzz").replace("JAG-13-001", "JAG-13-002") == nowhere


def test_an_owner_who_would_not_see_it_is_refused(say):
    reply = say("/action add Fit gates @town-centre due fri #csag")
    assert (reply.refused, reply.summary) == (True, "Add an action"), "of a private group a notification says nothing"
    assert reply.parts[0] == (
        "town-centre does not sit on CSAG, and would not see it. Choose another owner, or have the coordinator seat them: "
        "/jag seat town-centre on CSAG"
    )
    assert filled(reply).items() >= {"wording": "Fit gates", "due": "6 September 2013", "group": "csag"}.items()
    say.answered(press(reply, "Seat town-centre on CSAG"))
    assert facts(say.answered(form(reply).asks, fields=filled(reply)))["Group"] == "CSAG"


def test_add_alone_asks_for_everything_in_a_form(say):
    reply = say.answered("/action add")
    fields = form(reply).fields
    assert [(field.name, field.optional) for field in fields] == [
        ("wording", False),
        ("owner", False),
        ("due", False),
        ("supporters", True),
        ("priority", True),
        ("group", False),
    ]
    assert ("housing-officer", "housing-officer, Housing Officer") in fields[1].options
    answers = {"wording": GATES, "owner": "housing-officer", "due": "12 Dec", "priority": "asb", "group": "jag"}
    saved = say.answered(form(reply).asks, fields=answers)
    assert saved.summary == f"JAG-13-001 is added: {GATES}"
    assert say.history("1")[0][3] == f"What: {GATES}; Owner: housing-officer; Due: 12 Dec; Priority: asb; Group: jag"


@pytest.mark.parametrize(
    ("line", "missing", "known"),
    [
        ("Fit gates", "who is accountable and when it is due", {"wording": "Fit gates"}),
        ("Fit gates due fri #asb", "who is accountable", {"wording": "Fit gates", "due": "6 September 2013", "priority": "asb"}),
        ("Fit gates @college with @Hightown", "when it is due", {"wording": "Fit gates", "owner": "college", "supporters": "Hightown"}),
        ("@college due fri", "what is to be done", {"owner": "college", "due": "6 September 2013"}),
        ("Fit gates by the bus station @college #csag", "when it is due", {"wording": "Fit gates by the bus station", "group": "csag"}),
        ("csag: fit gates @college", "when it is due", {"wording": "fit gates", "group": "csag"}),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_filled_in(desk, line, missing, known):
    before = desk.count()
    reply = desk.answered(f"/action add {line}")
    assert f"Still to be said: {missing}." in reply.parts
    assert known.items() <= filled(reply).items()
    assert desk.count() == before


def test_a_form_sent_back_with_its_gaps_filled_is_saved_as_it_reads(say):
    asked = say.answered("/action add Fit gates by next csag @college #csag")
    assert asked.title == "CSAG-13-001 is added"
    asked = say.answered("/action add csag: paint gates by next csag")
    saved = say.answered(form(asked).asks, fields=filled(asked) | {"owner": "college"})
    assert (facts(saved)["Group"], facts(saved)["Due"]) == ("CSAG", "next CSAG (12 September 2013)")


@pytest.mark.parametrize(("field", "value"), [("wording", ""), ("owner", ""), ("due", " "), ("due", "31 February"), ("owner", "karen")])
def test_what_is_wrong_in_a_form_is_said_and_nothing_is_saved(desk, field, value):
    before = desk.count()
    desk.refused("/action add", fields={"wording": "Fit gates", "owner": "college", "due": "fri"} | {field: value})
    assert desk.count() == before


def test_an_agency_of_several_people_is_asked_about_with_buttons_that_work(say):
    reply = say("/action add Fit gates @Hightown due fri #asb")
    assert reply.summary == (
        "Which “Hightown”? csag-chair (Chair of CSAG, Hightown Housing Association) or "
        "housing-officer (Housing Officer, Hightown Housing Association)?"
    )
    assert labels(reply) == ["csag-chair", "housing-officer"]
    saved = facts(say.answered(press(reply, "housing-officer")))
    assert (saved["Action"], saved["Owner"].partition(",")[0], saved["Due"]) == ("Fit gates", "housing-officer", "6 September 2013")


def test_two_people_of_one_first_name_are_asked_about_with_buttons_that_work(say):
    say.answered("/jag add karen@a.example as karen-smith, Warden, Hightown Housing Association")
    say.answered("/jag add karen@b.example as karen-jones, Youth worker, DENS")
    for handle in ("karen-smith", "karen-jones"):
        say.answered(f"/jag seat {handle} on JAG")
    reply = say("/action add Fit gates @karen due fri")
    assert reply.summary == ("Which “karen”? karen-jones (Youth worker, DENS) or karen-smith (Warden, Hightown Housing Association)?")
    assert facts(say.answered(press(reply, "karen-jones")))["Owner"] == "karen-jones, Youth worker, DENS"


def test_a_person_in_the_form_who_may_be_several_is_asked_about_without_losing_the_rest(say):
    answers = {"wording": "Fit gates", "owner": "Hightown", "due": "fri", "priority": "asb"}
    reply = say("/action add", fields=answers)
    assert reply.refused
    for button in reply.asks:  # whatever a button does, it must not ask for the words again
        assert facts(say(button.asks)).get("Action") == "Fit gates" or filled(say(button.asks))["wording"] == "Fit gates"


@pytest.mark.parametrize(
    ("typed", "meant"), [("housing-ofcer", "housing-officer"), ("housng", "housing-officer"), ("trading-standrds", "trading-standards")]
)
def test_an_unknown_owner_gets_near_names_and_can_be_added(desk, typed, meant):
    reply = desk(f"/action add Fit gates @{typed} due fri")
    assert reply.summary == f"I know nobody called “{typed}”. Did you mean {meant}?"
    assert labels(reply) == [meant, "Add this person"]
    assert facts(desk.answered(press(reply, meant)))["Owner"].startswith(meant)


OF_THE_POLICE = ["analyst", "burglary-deputy", "burglary-lead", "jag-chair", "vehicle-deputy", "vehicle-lead"]


@pytest.mark.parametrize("name", ["police", "Police", "constabulary"])
def test_the_police_are_the_people_of_the_force(say, name):
    reply = say(f"/action add Check the lights @{name} due fri")
    assert reply.summary.startswith(f"Which “{name}”? analyst (Analyst")
    assert labels(reply) == OF_THE_POLICE
    assert facts(say.answered(press(reply, "jag-chair")))["Owner"] == "jag-chair, Chair of JAG, Hertfordshire Constabulary"
    helped = say.answered(f"/action add Check the lights @college with @{name} due fri")
    assert facts(helped)["Supported by"] == "Hertfordshire Constabulary"
    plainly = say.answered(f"/action add Paint the railings @college with the {name} due fri")
    assert (facts(plainly)["Action"], facts(plainly)["Supported by"]) == ("Paint the railings", "Hertfordshire Constabulary")
    met = say.answered(f"/action add Meet with {name} about lights @college due fri")
    assert facts(met)["Action"] == f"Meet with {name} about lights"


@pytest.mark.parametrize(
    ("name", "button"), [("polly", "Add this person"), ("csag-chair", "Seat csag-chair on JAG"), ("housing-ofcer", "Add this person")]
)
def test_nobody_is_offered_a_button_that_they_would_be_refused(say, name, button):
    say.added("Fit gates @college due fri #asb")
    line = f"/action add Check the lights @{name} due fri"
    assert button in labels(say(line))
    assert button not in labels(say(line, person="road-safety"))
    assert button not in labels(say(f"/action assign 1 @{name}", person="asb-lead"))
    assert button in labels(say(f"/action assign 1 @{name}"))


def test_a_supporter_nobody_knows_is_asked_about_too(say):
    reply = say("/action add Fit gates @college with @housing-ofcer due fri")
    assert "Did you mean housing-officer?" in reply.summary
    assert facts(say.answered(press(reply, "housing-officer")))["Supported by"] == "housing-officer"


@pytest.mark.parametrize("name", ["ALL", "all", "Everyone", "everybody", "TBC"])
def test_all_is_asked_to_name_one(desk, name):
    said = desk.refused(f"/action add Fit gates @{name} due fri")
    assert said == f"“{name}” is nobody in particular. Name one accountable owner; the others can support them."


def test_owner_all_without_an_at_is_no_part_of_the_wording(say):
    reply = say("/action add Fit gates owner: ALL due fri")
    assert reply.refused or filled(reply) | {"owner": ""} == filled(reply) | {"wording": "Fit gates", "owner": ""}


def test_nobody_supports_themselves(say):
    assert "Supported by" not in facts(say.answered("/action add Fit gates @college @college due fri"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("due 31 February", "There is no 31 February. February 2014 ends on the 28th. Give a day that there is, such as 28 February."),
        ("31 February", "There is no 31 February. February 2014 ends on the 28th. Give a day that there is, such as 28 February."),
        ("by 31/4", "There is no 31 April. April 2014 ends on the 30th. Give a day that there is, such as 30 April."),
        ("due 12/25/13", "'12/25/13' is no date: there is no month 25. Write the day first, then the month, as in 25 December."),
        ("thu 13 sept", "13 September 2013 is a Friday, not a Thursday. Give the date that is meant, such as 12 Dec."),
    ],
)
def test_a_day_there_is_not_is_refused(desk, typed, said):
    before = desk.count()
    assert desk.refused(f"/action add Fit gates @college {typed}") == said
    assert desk.count() == before


@pytest.mark.parametrize("typed", ["due 31 February", "due ASAP", "due whenever"])
def test_a_date_that_is_refused_does_not_lose_the_words(desk, typed):
    reply = desk(f"/action add Fit gates behind the shops @college {typed} #asb")
    due = typed.removeprefix("due ")
    known = {"wording": "Fit gates behind the shops", "owner": "college", "due": due, "priority": "asb"}
    assert known.items() <= filled(reply).items(), "Slack keeps no command that was sent"
    assert due in str(reply.parts[0])


@pytest.mark.parametrize(
    ("typed", "due"), [("@college by Dec 12", "Dec 12"), ("Dec 12 @college", "Dec 12"), ("@college due 12 or 13 Dec", "12 or 13 Dec")]
)
def test_a_date_that_is_refused_is_in_its_field(desk, typed, due):
    assert filled(desk(f"/action add Fit gates behind the shops {typed}"))["due"] == due


@pytest.mark.parametrize(
    ("typed", "asked", "lines"),
    [
        (
            "Fit x @fire-officer due 12 dec or next JAG",
            "12 dec or next JAG",
            ["Fit x @fire-officer due 12 dec", "Fit x @fire-officer due next JAG"],
        ),
        ("Fit x @college fri or next JAG", "fri or next JAG", ["Fit x @college due fri", "Fit x @college due next JAG"]),
        ("Fit x @college 12 or 13 dec", "12 dec or 13 dec", ["Fit x @college due 12 dec", "Fit x @college due 13 dec"]),
        ("Fit x by fri / 12 dec @college", "fri or 12 dec", ["Fit x by fri @college", "Fit x due 12 dec @college"]),
        (
            "Fit x due fri @fire-officer #asb by 12 dec",
            "fri or 12 dec",
            ["Fit x due fri @fire-officer #asb", "Fit x @fire-officer #asb by 12 dec"],
        ),
    ],
)
def test_of_two_dates_it_is_asked_which(desk, typed, asked, lines):
    before = desk.count()
    reply = desk(f"/action add {typed}")
    assert reply.parts[0] == f"An action has one due date. Which: {asked}?"
    assert [button.asks for button in reply.asks] == [f"/action add {line}" for line in lines]
    assert desk.count() == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Fit x by 12 dec or sooner @college", "Fit x or sooner"),
        ("Raise the fence by 1.10 metres @college due fri", "Raise the fence by 1.10 metres"),
        ("Extend patrols until 31 Oct @college due fri", "Extend patrols until 31 Oct"),
        ("Light the corner by 1st Avenue @college due fri", "Light the corner by 1st Avenue"),
        ("Fit y @college on the 1st", "Fit y"),
        ("Fit z before christmas @college", "Fit z"),
        ("Visit w/c 7 Oct @college", "Visit"),
    ],
)
def test_words_that_are_no_second_date_stay(desk, typed, words):
    assert facts(desk.answered(f"/action add {typed}"))["Action"] == words


def test_the_day_before_is_in_the_past_and_asked_about(desk):
    assert "1 September 2013 is in the past." in desk("/action add Fit gates @college due yesterday").parts[0]
    assert "30 August 2013 is in the past." in desk("/action add Fit gates @college due last friday").parts[0]


def test_what_is_long_and_no_date_stays_in_the_words(desk):
    reply = desk("/action add Fit gates due whenever the contractor has the time for it @college")
    assert filled(reply)["wording"] == "Fit gates due whenever the contractor has the time for it"


@pytest.mark.parametrize("owner", ["ALL", "all partners", "zzzzzz"])
def test_an_owner_who_is_nobody_does_not_lose_the_words(desk, owner):
    reply = desk(f"/action add Fit gates @{owner} due fri #asb")
    assert reply.refused
    assert filled(reply).items() >= {"wording": "Fit gates", "due": "6 September 2013", "priority": "asb"}.items()


@pytest.mark.parametrize("typed", ["ASAP", "soon", "tbc"])
def test_no_date_at_all_is_asked_for(desk, typed):
    reply = desk(f"/action add Fit gates @college {typed}")
    assert not filled(reply)["due"]


def test_three_thousand_characters_are_taken(say):
    wording = "gates " * 490 + "é" * 60
    assert len(wording) == 3000
    reply = say.answered("/action add", fields={"wording": wording, "owner": "college", "due": "fri"})
    assert facts(reply)["Action"] == wording
    assert say.shown("1")["Action"] == wording


@pytest.mark.parametrize("fields", [True, False])
def test_one_more_is_refused_and_the_words_are_not_lost(say, fields):
    wording = "gates " * 490 + "é" * 61
    answers = {"wording": wording, "owner": "college", "due": "fri"}
    reply = say("/action add", fields=answers) if fields else say(f"/action add {wording} @college due fri")
    assert reply.refused
    assert reply.title != "Something broke"
    assert "3,001" in words(reply) or "3,018" in words(reply)
    assert say.count() == 0
    if not fields:  # what was typed in a form is still in it; a line that was sent is gone, unless it comes back
        assert wording[:2900] in words(reply) or any(wording[:2900] in words(say(button.asks)) for button in reply.asks)


def test_who_no_longer_sits_on_a_group_is_told_nothing_of_it(say):
    say.added("Fit gates @town-centre due fri")
    say.answered("/jag unseat town-centre from JAG")
    assert set(say.told(say.answered("/action assign 1 @college"))) == {"college"}


def test_numbers_run_on_in_a_year_and_begin_again_in_the_next(say):
    assert [say.added("Fit gates @college due fri"), say.added("csag: x @college due fri"), say.added("Two @college due fri")] == [
        "JAG-13-001",
        "CSAG-13-001",
        "JAG-13-002",
    ]
    say.later(days=130)
    assert say.added("Fit gates @college due fri") == "JAG-14-001"
    assert say.shown("1", person="town-centre")["Raised"].startswith("10 January 2014")
    assert say.shown("JAG-13-001")["Raised"].startswith("2 September 2013")


def test_the_year_is_the_partnership_s_own_at_midnight(say):
    say.now = say.now.replace(month=12, day=31, hour=23, minute=58)
    assert say.added("Fit gates @college due 12 Jan") == "JAG-13-001"
    assert say.added("Paint gates @college due 12 Jan") == "JAG-14-001"


def test_a_number_is_never_given_again_after_an_undo(say):
    assert say.added("Fit gates @college due fri") == "JAG-13-001"
    assert say.says("/action undo") == "Undone: JAG-13-001 is withdrawn, and its reference stays"
    assert say.added("Paint gates @college due fri") == "JAG-13-002"
    assert say.shown("JAG-13-001")["Status"].startswith("withdrawn")


def test_what_is_raised_at_a_meeting_knows_the_meeting(say):
    say.now = say.now.replace(day=10, hour=10)  # 11:00 in London, an hour into the JAG
    say.added("Fit gates @college due 12 Dec")
    assert say.shown("1")["Raised"] == "10 September 2013 by coordinator, at JAG of 10 September 2013"


@pytest.mark.parametrize("person", ["college", "asb-lead", "jag-chair", "town-centre", "neighbourhood-watch", "analyst"])
def test_every_member_may_add_to_a_group_of_theirs(desk, person):
    assert desk.added("Fit gates @college due fri", person=person).startswith("JAG-13-")


def test_two_who_add_at_once_get_two_numbers(say):
    def add(person: str) -> list[str]:
        return [say.added(f"Gate {number} of {person} @college due fri", person=person) for number in range(8)]

    with ThreadPoolExecutor(2) as both:
        refs = [ref for refs in both.map(add, ("college", "housing-officer")) for ref in refs]
    assert sorted(refs) == [f"JAG-13-{number:03d}" for number in range(1, 17)]
    assert Counter(say.listed("all")) == Counter(refs)


TYPED = """Fit gates
@college|@housing-officer.|@|@@college|@ALL|<@U123>|<#C1|asb>|<#C1>|<!channel>|#asb|#csag|#burglry|#|due|by|due:|fri|12 Dec
31 February|99/99/99|next jag|next csag|next raog|ongoing|end of month|2013|may|csag:|jag|group|for|with|and|1|4|jag-13-001|=HYPERLINK("x")
👨‍👩‍👧‍👦|زيارة|“|–|&amp;|&lt;|%s|{0}|\\|'|\t|1. |no change|done|yes 1|mend 1|undo|all|John Smith dob 1/2/1990|AL1 1AA|07700 900123
99999999999999999999|keep 99999999999|draft 1 1|0|-|:|²"""
FRAGMENTS = st.sampled_from([*re.split(r"[|\n]", TYPED), "\u202e", "\u0000", "\ud83d", "\n", "\n• ", "\n- two"])
LINES = st.lists(FRAGMENTS | st.text(max_size=12), max_size=9).flatmap(lambda parts: st.sampled_from((" ".join(parts), "".join(parts))))


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(("/action add ", "/action ", "/action update ", "/action 1 ", "/action due 1 ", "/action assign 1 ")))
def test_nothing_that_is_typed_breaks_it(desk, typed, before):
    reply = desk(before + typed)
    assert reply.title != "Something broke", repr(before + typed)
    for button in reply.asks:
        assert button.asks.startswith("/")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(GATES.split() + "paint lamps 3 visits & residents' letter re: noise (two) £5".split()),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_of_the_wording_is_lost(desk, said):
    reply = desk(f"/action add {' '.join(said)} @college due 12 Dec")
    assert Counter(facts(reply)["Action"].split()) == Counter(said)
