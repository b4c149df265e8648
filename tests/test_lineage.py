"""Handing an action on: escalated to RAOG, referred to another group; both keep where it comes from, as far as the reader may see."""

import pytest
from acting import Acting, acting, filled, form, plan_of_six, press, words
from asking import facts, labels, table

from commands.reply import Document, Reply

CHAIR, STRATEGY, CSAG_CHAIR, H = "jag-chair", "strategy-chair", "csag-chair", "housing-officer"


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


def of_csag(say: Acting) -> str:
    return say.added("Canterbury Close: offer mediation @housing-officer due 12 Dec #csag", person=CSAG_CHAIR)


def test_an_escalated_action_goes_on_in_the_other_group_and_both_say_so(say):
    reply = say.answered("/action escalate 4 to raog because it needs money", person=CHAIR)
    assert reply.title == "JAG-13-004 is escalated to RAOG as RAOG-13-001"
    child = say.shown("RAOG-13-001", person=CHAIR)
    assert child["Action"] == "Clear graffiti"
    assert child["Lineage"] == "escalated from JAG-13-004"
    assert child["Due"] == "next RAOG (4 September 2013)"
    assert child["Priority"] == "Anti-Social Behaviour and Criminal Damage"
    assert say.shown("JAG-13-004", person=CHAIR)["Goes on as"] == "RAOG-13-001"
    assert say.history("JAG-13-004", person=CHAIR)[-1] == [CHAIR, "terminal", "escalated to RAOG-13-001", ""]
    added = say.history("RAOG-13-001", person=CHAIR)[0]
    assert added[2].endswith("escalated from JAG-13-004")
    assert added[3] == "it needs money"


def test_its_owner_keeps_it_where_they_sit_there_and_the_chair_holds_it_otherwise(say):
    held = say.answered("/action escalate 4 to raog", person=CHAIR)
    assert facts(held)["Owner"].startswith("strategy-chair, ")
    assert "strategy-chair holds it as chair of RAOG" in str(held.as_json())
    fire = say.added("Check sprinklers @fire-officer due 12 Dec")
    assert facts(say.answered(f"/action escalate {fire} to raog"))["Owner"].startswith("fire-officer, ")
    named = say.answered("/action escalate JAG-13-001 to raog @offenders-lead because of reoffending", person=CHAIR)
    assert facts(named)["Owner"].startswith("offenders-lead, ")


def test_an_owner_who_does_not_sit_there_is_refused_by_name(say):
    assert "college does not sit on RAOG" in say.refused("/action escalate 4 to raog @college", person=CHAIR)


def test_who_may_not_see_the_other_group_reads_that_it_was_escalated_and_not_where_to(say):
    say.answered("/action escalate 4 to raog because it needs money", person=CHAIR)
    shown = say.answered("/action show JAG-13-004", person="college")
    assert "raog" not in str(shown.as_json()).lower()
    assert say.history("JAG-13-004", person="college")[-1] == [CHAIR, "terminal", "escalated", ""]
    assert "There is no action RAOG-13-001" in say.refused("/action show RAOG-13-001", person="college")


def test_who_is_told_of_it_reads_no_more_than_they_may(say):
    told = say.told(say.answered("/action escalate 4 to raog because it needs money", person=CHAIR))
    assert told["college"].title == "JAG-13-004 is escalated"
    assert "raog" not in str(told["college"].as_json()).lower()
    assert "money" not in str(told["college"].as_json())
    assert told[STRATEGY].title == "RAOG-13-001 is yours"
    assert told[STRATEGY].summary == "1 RAOG action"


def test_a_private_group_s_words_are_said_again_before_others_read_them(say):
    ref = of_csag(say)
    asked = say.answered(f"/action refer {ref} to jag because the lights are out", person=CSAG_CHAIR)
    assert asked.summary == "1 CSAG action"
    assert filled(asked) == {"wording": "", "because": "the lights are out"}
    sent = {"wording": "Mend the lights behind the shops", "because": "the lights are out"}
    done = say.answered(form(asked).asks, person=CSAG_CHAIR, fields=sent)
    assert done.title == f"{ref} is referred to JAG", "csag-chair does not sit on the JAG, and reads no reference of its"
    assert "JAG-13" not in str(done.as_json())
    child = say.answered("/action show JAG-13-007", person=CHAIR)
    assert child.title == "JAG-13-007: Mend the lights behind the shops"
    assert "csag" not in str(child.as_json()).lower()
    assert "Canterbury" not in str(child.as_json())
    assert say.shown("JAG-13-007", person=H)["Lineage"] == f"referred from {ref}"


def referred(say: Acting, wording: str = "Mend the lights behind the shops", **more: str) -> Reply:
    """What is answered when csag-chair refers CSAG-13-001 to the JAG in these words."""
    asked = say.answered("/action refer CSAG-13-001 to jag @jag-chair because of the lights", person=CSAG_CHAIR)
    return say(form(asked).asks, person=CSAG_CHAIR, fields={"wording": wording, "because": "the lights are out"} | more)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "Canterbury Close: offer mediation",
        "canterbury close - offer mediations",
        "We will at Canterbury Close offer mediation",
        "See CSAG-13-001",
    ],
)
def test_a_private_group_s_own_words_are_refused(say, wording):
    of_csag(say)
    reply = referred(say, wording)
    assert reply.refused
    assert "JAG" in reply.parts[0]
    assert "There is no action JAG-13-007" in say.refused("/action show JAG-13-007", person=CHAIR)


def test_a_private_case_s_number_is_refused_in_the_words_and_in_the_reason(say):
    say.added("Case 4711: offer mediation @housing-officer due 12 Dec #csag", person=CSAG_CHAIR)
    assert "a number which stands in CSAG's words" in referred(say, "Lights, see 4711").parts[0]
    assert "a number which stands in CSAG's words" in referred(say, because="it is case 4711").parts[0]


def test_nobody_who_does_not_see_a_private_group_reads_who_sent_it_from_there(say):
    of_csag(say)
    reply = referred(say)
    assert not reply.refused
    told = say.told(reply)
    assert told[CHAIR].title == "JAG-13-007 is yours"
    assert told["coordinator"].title == "JAG-13-007 is raised in your name"
    say.answered("/action JAG-13-007 on track: asked the county", person=CHAIR)
    lines = ("show JAG-13-007", "list all", "find lights", "find county", "export jag")
    read = [say.answered(f"/action {line}", person=CHAIR) for line in lines]
    [exported] = [part for part in read[-1].parts if isinstance(part, Document)]
    shown = "".join(map(words, (*read, told[CHAIR]))).lower()
    assert "mend the lights" in str(exported.sheets).lower()
    assert "csag" not in str(exported.sheets).lower()
    assert "jag-13-007" in shown
    assert "csag" not in shown
    assert say.shown("JAG-13-007", person=CHAIR)["Raised"] == "2 September 2013 by coordinator"
    assert say.history("JAG-13-007", person=CHAIR)[0][:2] == ["coordinator", "form"]


def test_it_is_not_the_coordinator_s_to_undo_and_who_sent_it_takes_it_back_unseen(say):
    of_csag(say)
    reply = referred(say)
    assert "nothing of JAG-13-007" in say.refused("/action undo JAG-13-007")
    say.answered(press(reply, "Undo"), person=CSAG_CHAIR)
    assert say.status("JAG-13-007") == "withdrawn (grey)"
    assert [line[:2] for line in say.history("JAG-13-007", person=CHAIR)] == [["coordinator", "form"]] * 2


def test_why_something_goes_to_a_private_group_is_for_that_group_alone(say):
    ref = say.added("Talk to the parents @town-centre due 12 Dec #asb")
    reply = say.answered(f"/action escalate {ref} to csag because one family is behind it", person="asb-lead")
    told = say.told(reply)
    assert told["town-centre"].title == f"{ref} is escalated"
    assert "family" not in words(told["town-centre"])
    read = [say(f"/action {line}", person="town-centre") for line in (f"show {ref}", "find family", "export jag")]
    assert "csag" not in "".join(map(words, read)).lower()
    assert "behind it" not in "".join(str(each.as_json()) for each in read)
    assert "one family is behind it" in str(say.answered("/action show CSAG-13-001", person=CSAG_CHAIR).as_json())


def test_only_lead_chair_and_coordinator_hand_it_on_and_any_member_asks_them(say):
    for person in ("asb-lead", "jag-deputy", "coordinator", "college"):
        assert "To which group?" in say.refused("/action refer 4", person=person)
    for person in ("college", "burglary-lead"):
        reply = say.answered("/action refer 4 to forum because of the grant", person=person)
        assert reply.title == "JAG-13-004: asked, referred to Members Forum"
        assert reply.parts[0] == "The priority's lead, the chair or the coordinator decides; until then it stays as it is."
        assert set(say.told(reply)) == {"asb-lead", "asb-deputy", "coordinator"}
    assert "There is no action FORUM" in say.refused("/action show FORUM-13-001")


def test_what_a_member_asked_for_is_done_by_a_press_and_they_are_told(say):
    asked = say.told(say.answered("/action refer 4 to forum because of the grant", person="burglary-lead"))["asb-lead"]
    assert asked.title == "burglary-lead asks: JAG-13-004 referred to Members Forum"
    assert "In their words: to forum because of the grant." in words(asked)
    done = say.answered(press(asked, "Agree"), person="asb-lead")
    assert done.title == "JAG-13-004 is referred to Members Forum as FORUM-13-001"
    told = say.told(done)
    assert told["burglary-lead"].title == told["college"].title == "JAG-13-004 is referred"
    assert "agreed by asb-lead already" in say.refused(press(asked, "Agree"), person="asb-lead")


def test_a_lead_asks_for_a_group_that_they_do_not_see_and_reads_nothing_of_it(say):
    reply = say.answered("/action escalate 4 to raog because it needs money", person="asb-lead")
    assert reply.title == "JAG-13-004: asked, escalated to raog"
    asked = say.told(reply)
    assert set(asked) == {"coordinator"}
    assert asked["coordinator"].summary == "asb-lead asks: JAG-13-004 escalated"
    done = say.answered(press(asked["coordinator"], "Agree"))
    assert done.title == "JAG-13-004 is escalated to RAOG as RAOG-13-001"
    assert say.history("RAOG-13-001")[0][3] == "it needs money"
    for person in ("asb-lead", "college"):
        shown = say.answered("/action show JAG-13-004", person=person)
        assert "raog" not in words(shown).lower()
        assert "money" not in words(shown)
        assert "raog" not in words(say.told(done)[person]).lower()
    assert [row[2] for row in say.history("JAG-13-004", person="asb-lead")[-2:]] == ["asks: escalated", "escalated"]


def test_a_group_that_may_not_be_seen_is_none(say):
    def answer(name: str) -> str:
        return words(say(f"/action escalate 4 to {name} because it needs money", person="asb-lead")).replace(name, "NAME")

    unseen = answer("raog")
    say.answered("/action undo 4", person="asb-lead")
    absent = answer("nowhere")
    say.answered("/action undo 4", person="asb-lead")
    assert unseen.replace("~2", "~4") == absent
    assert "You see no group called “NAME”: the coordinator decides." in absent
    for person in ("jag-deputy", "asb-deputy", "college"):
        say.answered("/action escalate 4 to raog because it needs money", person="asb-lead")
        waits = say.answered("/action list asked", person=person)
        assert "raog" not in words(waits).lower()
        assert "Nothing waits" in words(waits)


def test_a_group_that_is_nearly_one_that_is_seen_is_asked_about(say):
    reply = say("/action refer 4 to csga because", person="asb-lead")
    assert reply.parts[0] == "To which group? Expected CSAG or Members Forum, such as: /action refer JAG-13-004 to csag because …"
    assert "Expected CSAG, RAOG or Members Forum" in words(say("/action refer 4 to nowhere because"))


def test_whoever_sees_the_group_may_agree_and_who_does_not_may_not(say):
    asked = say.told(say.answered("/action escalate 4 to raog because it needs money", person="asb-lead"))["coordinator"]
    assert say.refused(press(asked, "Agree"), person="jag-deputy") == (
        "JAG-13-004: its priority's lead, the chair or the coordinator decides."
    )
    assert say.answered(press(asked, "Agree"), person=CHAIR).title == "JAG-13-004 is escalated to RAOG as RAOG-13-001"


def test_a_request_that_cannot_be_done_is_declined_and_says_no_more_than_it_did(say):
    asked = say.told(say.answered("/action escalate 4 to nowhere because it needs money", person="asb-lead"))["coordinator"]
    again = say(press(asked, "Agree"))
    assert "To which group?" in words(again)
    declined = say.answered(press(again, "Decline"))
    assert declined.title == "JAG-13-004: declined, escalated"
    assert say.told(declined)["asb-lead"].title == "JAG-13-004: declined, escalated"


def test_undo_of_what_was_agreed_takes_it_back_and_lets_the_request_wait_again(say):
    asked = say.told(say.answered("/action escalate 4 to raog", person="asb-lead"))["coordinator"]
    done = say.answered(press(asked, "Agree"))
    say.answered(press(done, "Undo"))
    assert say.status("RAOG-13-001") == "withdrawn (grey)"
    assert say.answered(press(asked, "Agree")).title.endswith("as RAOG-13-002")


def test_several_may_ask_and_each_their_own(say):
    one = say.told(say.answered("/action escalate 4 to forum", person="college"))["coordinator"]
    say.answered("/action escalate 4 to raog", person="asb-lead")
    other = say.told(say.answered("/action escalate 4 to raog because it needs money", person="asb-lead"))["coordinator"]
    assert len(table(say.answered("/action list asked"))) == 2
    say.answered(press(one, "Decline"))
    say.answered(press(other, "Agree"))


def test_what_a_member_of_a_private_group_asks_is_said_again_by_who_agrees(say):
    ref = of_csag(say)
    asked = say.told(say.answered(f"/action refer {ref} to jag because the lights are out", person="youth-officer"))["coordinator"]
    assert asked.summary == "1 CSAG action"
    again = say.answered(press(asked, "Agree"))
    assert filled(again) == {"wording": "", "because": "the lights are out"}
    assert form(again).asks == press(asked, "Agree")
    near = {"wording": "Canterbury Close: offer mediation", "because": ""}
    assert "CSAG's words, or nearly" in words(say(form(again).asks, fields=near))
    done = say.answered(form(again).asks, fields={"wording": "Mend the lights", "because": "the lights are out"})
    assert done.title == f"{ref} is referred to JAG as JAG-13-007"
    assert say.answered("/action list asked").summary == "Nothing waits to be settled."


def test_a_request_for_a_group_that_not_all_see_is_not_shown_to_a_channel(say):
    say.answered("/action escalate 4 to raog because it needs money", person="asb-lead")
    say.answered("/action refer 4 to forum because of the grant", person="college")
    for person in ("coordinator", CHAIR, "asb-lead"):
        for line in ("list asked", "show 4"):
            shared = words(say.answered(f"/action {line}", person=person, where="#jag", audience="here"))
            assert "forum because of the grant" in shared or line == "show 4" or person == "asb-lead"
            assert "raog" not in shared
            assert "money" not in shared


def test_a_request_falls_away_once_the_action_is_withdrawn(say):
    say.answered("/action escalate 4 to raog", person="asb-lead")
    say.answered("/action withdraw 4 overtaken", person=CHAIR)
    assert say.says("/action list asked") == "Nothing waits to be settled."


def test_the_group_is_asked_for_with_a_button_each(say):
    reply = say("/action escalate 4 because it needs money", person=CHAIR)
    assert labels(reply) == ["RAOG", "Members Forum"]
    assert press(reply, "RAOG") == "/action escalate JAG-13-004 to raog because it needs money"


def test_undo_takes_it_back_from_both(say):
    reply = say.answered("/action escalate 4 to raog because it needs money", person=CHAIR)
    say.answered(press(reply, "Undo"), person=CHAIR)
    assert say.status("RAOG-13-001") == "withdrawn (grey)"
    assert say.history("JAG-13-004", person=CHAIR)[-2][2] == "escalated to RAOG-13-001 (undone)"
    assert say.answered("/action escalate 4 to raog", person=CHAIR).title.endswith("as RAOG-13-002")


def test_what_the_other_group_has_begun_is_not_taken_back(say):
    reply = say.answered("/action escalate 4 to raog", person=CHAIR)
    say.answered("/action RAOG-13-001 on track: quotes asked for", person=STRATEGY)
    kept = "RAOG-13-001 was taken up by the other group since. Nothing was undone; they can withdraw it."
    assert say(press(reply, "Undo"), person=CHAIR).parts[0] == kept
    assert say.status("RAOG-13-001") == "on track (green)"


def test_it_goes_there_once(say):
    say.answered("/action escalate 4 to raog", person=CHAIR)
    again = say("/action escalate 4 to raog", person=CHAIR)
    assert again.parts[0] == "JAG-13-004 went to RAOG on 2 September 2013 already as RAOG-13-001. Nothing was changed."
    assert say.refused("/action refer 4 to jag", person=CHAIR) == "It is JAG's already. Nothing was changed."


def test_a_finished_action_is_not_handed_on(say):
    say.answered("/action withdraw 4 overtaken", person=CHAIR)
    assert "is withdrawn. To open it again" in say.refused("/action escalate 4 to raog", person=CHAIR)


def test_a_reason_that_may_name_somebody_is_held_back(say):
    reply = say("/action escalate 4 to raog because John Smith of 14 Alma Road", person=CHAIR)
    assert reply.title == "Not saved: it may name somebody"
    assert "There is no action" in say.refused("/action show RAOG-13-001", person=CHAIR)


def test_it_is_taken_back_within_a_day(say):
    reply = say.answered("/action escalate 4 to raog", person=CHAIR)
    say.later(hours=25)
    assert "more than 24 hours old" in say.refused(press(reply, "Undo"), person=CHAIR)


# Agenda items


def suggested(say: Acting, words: str, person: str) -> str:
    """The number of an item that was suggested."""
    return press(say.answered(f"/agenda add {words}", person=person), "Take back").rpartition(" ")[2]


def test_an_agenda_item_is_escalated_and_stands_among_the_other_group_s_referrals(say):
    number = suggested(say, "jag Money for CCTV", CHAIR)
    reply = say.answered(f"/agenda escalate {number} to raog because the county will not pay", person=CHAIR)
    assert reply.title == "Escalated to RAOG"
    agenda = say.shows("/agenda raog", person="strategy-chair")
    assert "Escalated from JAG: Money for CCTV (the county will not pay)" in agenda
    say.answered(press(reply, "Take back"), person=CHAIR)
    assert "Money for CCTV" not in say.shows("/agenda raog", person="strategy-chair")


def test_a_private_group_s_item_is_said_again_and_does_not_say_where_it_came_from(say):
    number = suggested(say, "csag Canterbury Close, number 12", CSAG_CHAIR)
    asked = say.answered(f"/agenda refer {number} to jag", person=CSAG_CHAIR)
    assert asked.summary == "1 CSAG agenda item."
    say.answered(form(asked).asks, person=CSAG_CHAIR, fields={"words": "Lights behind the shops", "because": ""})
    assert filled(asked)["words"] == ""
    same = {"words": "Canterbury Close, number 12", "because": ""}
    assert "CSAG's words, or nearly" in words(say(form(asked).asks, person=CSAG_CHAIR, fields=same))
    agenda = say.shows("/agenda jag", person=CHAIR)
    assert "- Referred to JAG: Lights behind the shops" in agenda
    assert "Canterbury" not in agenda
    assert "csag" not in agenda.lower()


def test_only_those_who_look_at_agendas_hand_items_on(say):
    number = suggested(say, "jag Money for CCTV", "college")
    assert "hand its items on" in say.refused(f"/agenda refer {number} to forum", person="college")
    assert "You have no agenda item" in say.refused(f"/agenda refer {number} to forum", person="burglary-lead")


def test_a_referred_action_does_not_say_in_the_agenda_that_a_private_group_has_it(say):
    ref = of_csag(say)
    asked = say.answered(f"/action refer {ref} to jag", person=CSAG_CHAIR)
    say.answered(form(asked).asks, person=CSAG_CHAIR, fields={"wording": "Mend the lights", "because": ""})
    agenda = say.shows("/agenda jag", person=CHAIR)
    assert "Mend the lights" in agenda
    assert "CSAG" not in agenda
