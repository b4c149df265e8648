"""A list pasted into chat: drafts to check, nothing saved unasked."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from acting import Acting, C, H, acting, filled, form, fresh, plan_of_six, press, words
from asking import facts, labels, notes, table
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.reply import Reply

MINUTES = """Actions from JAG 10 Sept:

ASB
• Fit alley gates behind the shops – Housing / SNT – 1.11.13
• Letter to residents of “High Street” @housing-officer by 12 Dec #asb
• Everyone to send
  their figures (ALL) ASAP
BURGLARY
- Property marking in Grovehill\t@college\tOngoing
1) Check the cameras. Action: @fire-officer, next mtg

Thanks,
Karen
"""
CLEAR = "• Fit gates @college due fri\n• Paint gates @housing-officer due ongoing #asb\n• Oil gates @fire-officer by next jag"


def number(preview: Reply) -> str:
    """Its draft's."""
    return press(preview, "Throw away").split()[-1]


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


@pytest.fixture(scope="module")
def desk(sqlite) -> Acting:
    return fresh(sqlite)


def test_a_pasted_list_becomes_drafts_and_saves_nothing(say):
    reply = say.answered(f"/action add {MINUTES}")
    assert (reply.title, reply.summary) == ("Drafts from a pasted list", "5 drafts to check")
    assert reply.parts[0] == "5 actions read, nothing saved yet. 3 new and 2 to be asked about."
    assert [row[1:5] for row in table(reply)] == [
        ["Fit alley gates behind the shops", "housing-officer", "1 November 2013", ""],
        ["Letter to residents of “High Street”", "housing-officer", "12 December 2013", "asb"],
        ["Everyone to send their figures", "ALL", "ASAP", ""],
        ["Property marking in Grovehill", "college", "ongoing", ""],
        ["Check the cameras.", "fire-officer", "next JAG (10 September 2013)", ""],
    ]
    asked = {row[0]: row[6] for row in table(reply) if row[6]}
    assert set(asked) == {"1", "3"}
    assert "which of them is accountable?" in asked["1"]
    assert "Name one accountable owner" in asked["3"]
    assert "'ASAP' is no date." in asked["3"]
    assert labels(reply) == ["Save the 3 that are clear", "Row 1", "Row 3", "Throw away"]
    assert reply.tells == ()
    assert say.count() == 6


def test_what_is_left_out_of_a_list_is_named(say):
    left = "Headings and notes that say nothing of an action were left out: Actions from JAG 10 Sept; ASB; BURGLARY; Thanks; Karen."
    assert notes(say.answered(f"/action add {MINUTES}")) == left
    assert notes(say.answered(f"/action add {CLEAR}")) == ""


def test_what_is_left_out_of_a_list_and_may_name_somebody_is_not_repeated(say):
    reply = say.answered(f"/action add John Smith of Grovehill\nborn 1/2/1990:\n{CLEAR}")
    assert notes(reply) == "Headings and notes that say nothing of an action were left out: (held back)."


def test_lines_above_the_bullets_that_say_whose_and_when_are_saved_with_them(say):
    reply = say.answered(
        "/action add Fit gates (housing officer, 1 Nov)\nVisit flats (fire officer, 3 Nov)\n- Ring the school @college fri"
    )
    assert [row[1:4] for row in table(reply)] == [
        ["Fit gates", H, "1 November 2013"],
        ["Visit flats", "fire-officer", "3 November 2013"],
        ["Ring the school", C, "6 September 2013"],
    ]
    assert len(table(say.answered(press(reply, "Save all 3")))) == 3


@pytest.mark.parametrize("begins", ["/action add ", "/action add\n", "/action ", "/action\n", "/jag action add "])
def test_it_is_pasted_after_add_or_straight_away(say, begins):
    assert say.answered(f"{begins}{MINUTES}").title == "Drafts from a pasted list"


@pytest.mark.parametrize("marks", ["☐☑", "•➢", ["[ ]", "[x]"]])
def test_a_list_said_without_a_command_is_known_by_its_marks(say, marks):
    reply = say.answered("\n".join(f"{mark} Fit gate {mark} (fire officer, 3 Nov)" for mark in marks))
    assert [row[2] for row in table(reply)] == ["fire-officer"] * 2


def test_what_is_clear_is_saved_and_the_rest_stays(say):
    reply = say.answered(press(say.answered(f"/action add {MINUTES}"), "Save the 3 that are clear"))
    assert reply.title == "3 actions added"
    assert [row[0] for row in table(reply)] == ["JAG-13-007", "JAG-13-008", "JAG-13-009"]
    assert f"2 rows still to be asked about: {press(reply, 'The 2 left')}" in reply.parts
    assert set(say.told(reply)) == {H, C, "fire-officer"}
    left = say.answered(press(reply, "The 2 left"))
    assert [row[1] for row in table(left)] == ["Fit alley gates behind the shops", "Everyone to send their figures"]


def test_what_is_saved_reads_as_it_was_shown(say):
    preview = say.answered(f"/action add {CLEAR}")
    shown, saved = table(preview), table(say.answered(press(preview, "Save all 3")))
    assert [row[1:4] for row in shown] == [row[1:4] for row in saved]
    for row in saved:
        read = say.shown(row[0])
        assert [read["Action"], read["Owner"].partition(",")[0], read["Due"]] == row[1:4]
        assert say.history(row[0])[0][0] == "coordinator"


def test_pressing_save_twice_saves_once(say):
    reply = say.answered(f"/action add {CLEAR}")
    assert labels(reply) == ["Save all 3", "Throw away"]
    say.answered(press(reply, "Save all 3"))
    assert say.refused(press(reply, "Save all 3")) == f"You have no draft {number(reply)}. It may be saved already, or thrown away."
    assert say.count() == 9


def test_saving_twice_at_once_saves_once(say):
    save = press(say.answered(f"/action add {CLEAR}"), "Save all 3")
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda _: say(save), range(2)))
    assert sorted(reply.refused for reply in replies) == [False, True]
    assert "saved already" in next(reply.summary for reply in replies if reply.refused)
    assert say.count() == 9


def test_saving_twice_what_leaves_a_rest_saves_once(say):
    reply = say.answered(f"/action add {MINUTES}")
    with ThreadPoolExecutor(2) as both:
        replies = list(both.map(lambda _: say(press(reply, "Save the 3 that are clear")), range(2)))
    said = "What was clear of this draft is saved already. Every row left still has something to be asked. Mend one first."
    assert [reply.summary for reply in replies if reply.refused] == [said]
    assert say.count() == 9


def test_an_unclear_row_is_mended_in_a_form_and_saved_with_the_others(say):
    reply = say.answered(f"/action add {MINUTES}")
    asked = say.answered(press(reply, "Row 1"))
    assert filled(asked) == {
        "wording": "Fit alley gates behind the shops",
        "owner": "",
        "due": "1.11.13",
        "supporters": "SNT",
        "priority": "",
    }
    again = say.answered(form(asked).asks, fields=filled(asked) | {"owner": H, "supporters": "Hightown", "priority": "asb"})
    assert table(again)[0][1:] == ["Fit alley gates behind the shops", H, "1 November 2013", "asb", "JAG", ""]
    saved = say.answered(press(again, "Save the 4 that are clear"))
    assert facts(say.answered(f"/action show {table(saved)[0][0]}"))["Supported by"] == "Hightown Housing Association"


def test_what_is_still_wrong_in_a_row_is_asked_again(say):
    asked = say.answered(press(say.answered(f"/action add {MINUTES}"), "Row 3"))
    again = say.answered(form(asked).asks, fields=filled(asked) | {"owner": "karen", "due": "31 February"})
    assert "I know nobody called “karen”." in table(again)[2][6]
    assert "There is no 31 February." in table(again)[2][6]


@pytest.mark.parametrize(
    ("owner", "asked"),
    [
        ("@Hightown", "csag-chair (Chair of CSAG, Hightown Housing Association) or housing-officer"),
        ("@housng-officer", "Did you mean housing-officer"),
        ("@town-centre", ""),
    ],
)
def test_an_owner_is_looked_up_as_when_typed(say, owner, asked):
    reply = say.answered(f"/action add • Fit gates {owner} due fri\n• Paint gates @college due fri")
    assert asked in table(reply)[0][6]
    assert bool(table(reply)[0][6]) == bool(asked)


@pytest.mark.parametrize(
    ("gate", "due"),
    list(zip("ABCDEFG", ["fri", "12 Dec", "by 12 Dec", "due 12/12/13", "next jag", "ongoing", "end of month"], strict=True)),
)
def test_a_line_of_a_list_is_read_as_the_same_line_alone(desk, gate, due):
    alone = facts(desk.answered(f"/action add Fit gate {gate} @college {due}"))
    listed = table(desk.answered(f"/action add • Fit gate {gate} @college {due}\n• Paint gates @college due fri"))[0]
    assert listed[1:4] == [alone["Action"], "college", alone["Due"]]


def test_near_names_are_buttons_of_a_row_and_come_first_in_its_form(say):
    reply = say.answered("/action add • Fit gates @housng-officer due fri\n• Paint gates @college due fri")
    row = say.answered(press(reply, "Row 1"))
    owner = next(field for field in form(row).fields if field.name == "owner")
    assert owner.options[0][0] == "housing-officer"
    assert {"housing-officer", "Add this person"} <= set(labels(row))
    mended = say.answered(press(row, "housing-officer"))
    assert [table(mended)[0][2], table(mended)[0][6]] == ["housing-officer", ""]


def test_the_police_of_a_pasted_line_are_the_people_of_the_force(say):
    reply = say.answered("/action add • Police to provide figures by fri\n• College to fit gates by fri")
    assert table(reply)[0][6].startswith("Which “Police”?")
    row = say.answered(press(reply, "Row 1"))
    assert [owner for owner in labels(row) if owner in ("analyst", "jag-chair", "Add this person")] == ["analyst", "jag-chair"]
    assert table(say.answered(press(row, "analyst")))[0][2] == "analyst"


def test_a_row_offers_to_add_people_only_to_who_may(say):
    pasted = "/action add • Fit gates @polly due fri\n• Paint gates @college due fri"
    for person, offered in (("coordinator", True), ("road-safety", False)):
        row = say.answered(press(say.answered(pasted, person=person), "Row 1"), person=person)
        assert ("Add this person" in labels(row)) == offered


def test_a_near_name_of_a_supporter_takes_the_place_of_the_one_typed(say):
    reply = say.answered(
        "/action add Action\tOwner\tSupporters\tDue\nFit gates\tcollege\thousng-officer, DENS\tfri\nPatrol\tcollege\t\tfri"
    )
    mended = say.answered(press(say.answered(press(reply, "Row 1")), "housing-officer supports"))
    assert filled(say.answered(f"/action draft {number(mended)} 1"))["supporters"] == "housing-officer, DENS"


def test_brackets_name_an_owner_only_where_they_name_somebody(say):
    reply = say.answered("/action add • Clear leaves (Queens Sq)\n• Sweep (DENS)\n• Mow (Hemel)\n• Fire Officer to visit the flats by fri")
    assert [row[1:3] for row in table(reply)] == [
        ["Clear leaves (Queens Sq)", ""],
        ["Sweep", "dens-officer"],
        ["Mow (Hemel)", ""],
        ["Fire Officer to visit the flats", "fire-officer"],
    ]


def test_owners_at_the_front_of_lines_are_read_also_as_they_are_shortened(say):
    lines = ["Youth officer: evaluate the scheme – 7 Oct", "Housing: paint gates - fri", "Burglary: mark property", "Grovehill: sweep it"]
    assert [row[1:3] for row in table(say.answered("/action add " + "\n".join(lines)))] == [
        ["evaluate the scheme", "youth-officer"],
        ["paint gates", "housing-officer"],
        ["Burglary: mark property", ""],
        ["Grovehill: sweep it", ""],
    ]


def test_more_unclear_rows_than_buttons_are_named(say):
    reply = say.answered("/action add " + "\n".join(f"• Fit gate {gate}" for gate in "ABCDEFGHIJ"))
    assert [label for label in labels(reply) if label.startswith("Row")] == [f"Row {row}" for row in range(1, 9)]
    assert notes(reply) == (
        f"Rows 9 and 10 have something to be asked too. Mend those with a button first, or open one: /action draft {number(reply)} 9"
    )


def test_a_date_gone_by_is_asked_about(say):
    reply = say.answered("/action add • Fit gates @college due 1 Aug\n• Paint gates @college due fri")
    assert table(reply)[0][6] == "1 August 2013 has gone by. When is it due?"


def test_a_row_is_left_out(say):
    reply = say.answered(f"/action add {MINUTES}")
    row = say.answered(press(reply, "Row 3"))
    again = say.answered(press(row, "Leave this row out"))
    assert len(table(again)) == 4
    assert "Everyone to send their figures" not in words(again)


def test_leaving_a_row_out_twice_leaves_one_out(say):
    draft = number(say.answered(f"/action add {CLEAR}"))
    leave = press(say.answered(f"/action draft {draft} 1"), "Leave this row out")
    say.answered(leave)
    assert say.refused(leave) == "Row 1 of this draft is saved or left out already."
    assert [each[:2] for each in table(say.answered(f"/action draft {draft}"))] == [["2", "Paint gates"], ["3", "Oil gates"]]


def test_an_old_row_button_never_opens_another_row(say):
    reply = say.answered(f"/action add {MINUTES}\n• Sweep it all @nobody-known due fri")
    button = press(reply, "Row 3")
    meant = filled(say.answered(button))["wording"]
    say.answered(press(reply, "Save the 3 that are clear"))
    assert filled(say.answered(button))["wording"] == meant
    assert say.refused(button[:-1] + "2") == "Row 2 of this draft is saved or left out already."


def test_a_row_s_form_sent_after_the_others_were_saved_changes_no_other_row(say):
    reply = say.answered(f"/action add {MINUTES}")
    asked = say.answered(press(reply, "Row 3"))
    say.answered(press(reply, "Save the 3 that are clear"))
    left = table(say.answered(form(asked).asks, fields=filled(asked) | {"owner": C, "due": "fri"}))
    assert [row[1:3] for row in left] == [["Fit alley gates behind the shops", H], ["Everyone to send their figures", C]]


def test_a_draft_is_thrown_away(say):
    reply = say.answered(f"/action add {CLEAR}")
    assert say.says(press(reply, "Throw away")) == "Nothing of it was saved."
    assert say.refused(press(reply, "Save all 3")) == f"You have no draft {number(reply)}. It may be saved already, or thrown away."
    assert say.says("/action draft") == "You have no drafts. Paste a list after /action add, or send me the log as a file."
    assert say.count() == 6


def test_leaving_out_the_last_row_throws_it_away(say):
    draft = number(say.answered(f"/action add {CLEAR}"))
    for row in (1, 2, 3):
        say.answered(f"/action draft {draft} {row} drop")
    say.refused(f"/action draft {draft}")


def test_a_number_of_a_draft_is_never_given_again(say):
    first = say.answered(f"/action add {CLEAR}")
    say.answered(press(first, "Throw away"))
    say.answered(f"/action add {CLEAR}")
    say.refused(press(first, "Save all 3"))
    assert say.count() == 6


@pytest.mark.parametrize("verb", ["draft", "keep", "discard"])
def test_somebody_else_s_draft_does_not_exist(say, verb):
    draft = number(say.answered(f"/action add {CLEAR}"))
    mine, nowhere = (words(say(f"/action {verb} {each}", person=C)) for each in (draft, "123456789"))
    assert mine == nowhere.replace("123456789", draft)
    assert say.answered(f"/action keep {draft}").title == "3 actions added"


@pytest.mark.parametrize("verb", ["draft", "keep", "discard"])
@pytest.mark.parametrize(
    "rest", ["", " x", " 0", " 99999999999999999999", " D 99", " D 0", " D 99999999999999999999", " D 1 bad", " ²", " -1", " ١"]
)
def test_half_a_line_never_breaks_it(say, verb, rest):
    draft = number(say.answered(f"/action add {CLEAR}"))
    assert say(f"/action {verb}{rest.replace('D', draft)}").title != "Something broke"


def test_what_was_saved_of_a_list_is_undone_together_or_one_by_one(say):
    reply = say.answered(press(say.answered(f"/action add {CLEAR}"), "Save all 3"))
    say.answered("/action undo JAG-13-008")
    assert [say.status(f"JAG-13-00{number}").partition(" (")[0] for number in "789"] == ["not reported", "withdrawn", "not reported"]
    say.answered(press(reply, "Undo all"))
    assert [say.status(f"JAG-13-00{number}").partition(" (")[0] for number in "789"] == ["withdrawn"] * 3


def test_a_list_pasted_in_a_private_channel_is_only_counted(say):
    reply = say.answered(f"/action add {CLEAR.replace('@housing-officer', '@college')}", where="#csag")
    assert {row[5] for row in table(reply)} == {"CSAG"}
    saved = say.answered(press(reply, "Save all 3"))
    assert saved.summary == "3 CSAG actions"
    assert {each.summary for each in say.told(saved).values()} <= {"1 CSAG action", "2 CSAG actions"}


def test_words_of_a_cell_are_words(say):
    reply = say.answered('/action add • =HYPERLINK("http://x","y") @college due fri\n• 👨‍👩‍👧‍👦 زيارة &amp; more @college due fri')
    assert [row[1] for row in table(reply)] == ['=HYPERLINK("http://x","y")', "👨‍👩‍👧‍👦 زيارة & more"]


def test_two_lines_without_bullets_are_one_action(say):
    assert facts(say.answered("/action add Fit gates behind\nthe shops @college due fri"))["Action"] == "Fit gates behind\nthe shops"


@pytest.mark.parametrize("text", ["ASB\nBURGLARY\nVEHICLE\n", "• \n• \n• ", "Thanks,\nKaren\nx"])
def test_a_list_of_nothing_but_headings_saves_nothing(desk, text):
    before = desk.count()
    assert desk(f"/action add {text}").title != "Something broke"
    assert desk.count() == before


def test_a_list_too_long_is_refused_before_it_is_read(say):
    assert "I read lists of up to 20,000." in say.refused("/action add " + "• Fit gates @college due fri\n" * 900)


def test_one_row_too_long_is_asked_about_and_no_other_is_lost(say):
    reply = say.answered(f"/action add • {'gates ' * 501}@college due fri\n• Paint gates @college due fri")
    assert table(reply)[0][6] == "That is 3,005 characters, and I keep up to 3,000. Shorten it."
    assert not table(reply)[1][6]


TYPED = """• |- |1) | – |@college|(ALL)|ASAP|1.11.13|Ongoing|Housing / SNT|ASB|“x”|Fit gates|next mtg|#asb|#zzz|John Smith dob 1/2/1990
Action|Owner|Due|JAG-13-001|done|31/2/13|🏴|زيارة|<@U1>"""
LINES = st.lists(
    st.sampled_from([*re.split(r"[|\n]", TYPED), "|", "\t", "\n", "\n• ", "\u2028", "\u0000"]) | st.text(max_size=8),
    min_size=3,
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(LINES.map("".join))
def test_no_list_breaks_it_and_none_saves_anything(desk, text):
    before = desk.count()
    reply = desk(f"/action add • {text}\n• {text}")
    assert reply.title != "Something broke"
    assert desk.count() == before or reply.title.endswith(" is added")
