"""A list pasted into chat, as drafted actions with what must be asked of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.drafted import Drafted
from models.sources.log.apart import Known
from models.sources.log.pasted import is_list, others, pasted

MINUTES = """Actions from JAG 10 Sept:

ASB
• Fit alley gates behind the shops – Housing / SNT – 1.11.13
• Letter to residents of “High Street” @housing-officer by 12 Dec #asb
• Everyone to send
  their figures (ALL) ASAP
BURGLARY
- Property marking in Grovehill\tSNT\tOngoing
1) Check the cameras. Action: Housing, next mtg

Thanks,
Karen
"""

WHO = frozenset({"fire officer", "housing officer", "youth officer", "college"})
KNOWN = Known(WHO, lambda said: said.casefold() in WHO)


def asked(drafted: Drafted) -> list[str]:
    return [question for _, question in drafted.unclear]


def test_minutes_become_one_draft_for_each_item_without_the_headings():
    assert [(each.wording, each.owner, each.due, each.line) for each in pasted(MINUTES)] == [
        ("Fit alley gates behind the shops", "Housing", "1.11.13", 4),
        ("Letter to residents of “High Street”", "@housing-officer", "12 Dec", 5),
        ("Everyone to send their figures", "ALL", "ASAP", 6),
        ("Property marking in Grovehill", "SNT", "Ongoing", 9),
        ("Check the cameras.", "Housing", "next mtg", 10),
    ]


def test_what_is_unclear_is_asked_for_and_nothing_else():
    gates, letter, figures, marking, cameras = pasted(MINUTES)
    assert gates.supporters == ("SNT",)
    assert asked(gates) == ["Housing / SNT: which of them is accountable?"]
    assert asked(figures) == ["ALL: name one accountable owner", "When is it due? ASAP is no date"]
    assert asked(letter) == asked(marking) == asked(cameras) == []
    assert letter.priority == "asb"


@pytest.mark.parametrize(
    "text",
    [
        "Owner\tAction\tDeadline\nSNT\tPatrol the bus station\t1/11/13\nHousing\tFit gates\tnext mtg",
        "|Action|Owner|Due|\n|---|---|---|\n|Patrol the bus station|SNT|1/11/13|\n|Fit gates|Housing|next mtg|",
        "Owner Action Deadline\nSNT   Patrol the bus station   1/11/13\nHousing   Fit gates   next mtg",
        "1/11/13\tPatrol the bus station\tSNT\nnext mtg\tFit gates\tHousing",
        "SNT – patrol the bus station – 1/11/13\nHousing – fit gates – next mtg",
        "1. Patrol the bus station (SNT, 1/11/13)\n2. Fit gates (Housing - by next mtg)",
        "o\tPatrol the bus station. Owner: SNT. Due: 1/11/13\no\tFit gates. Owner: Housing, due next mtg",
        "▪ Patrol the bus station @SNT 1/11/13\v▪ Fit\vgates @Housing next mtg",
    ],
)
def test_columns_and_lines_of_every_kind_say_the_same(text):
    assert is_list(text)
    found = [(each.wording.capitalize().strip("."), each.owner.strip("@"), each.due, asked(each)) for each in pasted(text)]
    assert found == [("Patrol the bus station", "SNT", "1/11/13", []), ("Fit gates", "Housing", "next mtg", [])]


@pytest.mark.parametrize(
    ("line", "owner", "due"),
    [
        ("Report on hotspots to next JAG", "", "next JAG"),
        ("Compare figures from September to 31.8.13", "", ""),
        ("Compare the figures of 31.8.13", "", ""),
        ("Meet the residents on 12 Dec", "", "12 Dec"),
        ("Ask @karen to look at it", "@karen", ""),
        ("Patrol the car park (see the minutes)", "", ""),
        ("Keep the park open 24/7", "", ""),
        ("Housing to fit gates", "", ""),
    ],
)
def test_a_sentence_keeps_its_words_whatever_is_found_in_it(line, owner, due):
    found = pasted(f"- {line}\n- Fit gates")[0]
    assert (found.wording, found.owner, found.due) == (line, owner, due)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Action\tOwner\tDue\nFit gates\tSNT\t\nPatrol\tFire and Rescue", [("Fit gates", "SNT", ""), ("Patrol", "Fire and Rescue", "")]),
        ("|Action|Owner|Due|\n|Fit gates|SNT||\n|Patrol|SNT|", [("Fit gates", "SNT", ""), ("Patrol", "SNT", "")]),
        ("Owner\tAction\tDue\nHousing\tFit gates at the long wall\t", [("Fit gates at the long wall", "Housing", "")]),
        (
            "Fit gates\tHightown Housing Association\tfri\nPaint it\tfire officer\tfri",
            [("Fit gates", "Hightown Housing Association", "fri"), ("Paint it", "fire officer", "fri")],
        ),
    ],
)
def test_columns_stay_in_their_places_with_empty_ends_and_without_headings(text, found):
    assert [(each.wording, each.owner, each.due) for each in pasted(text, KNOWN)] == found


@pytest.mark.parametrize(
    ("line", "wording", "owner"),
    [
        ("Clear the leaves (Queens Sq)", "Clear the leaves (Queens Sq)", ""),
        ("Clear the leaves (fire officer)", "Clear the leaves", "fire officer"),
        ("Clear the leaves (ALL)", "Clear the leaves", "ALL"),
        ("Clear the leaves (@karen)", "Clear the leaves", "@karen"),
        ("Clear the leaves (SNT, 1.11.13)", "Clear the leaves", "SNT"),
        ("Fire Officer to visit the flats", "Fire Officer to visit the flats", "Fire Officer"),
        ("Fire Officer to visit @karen", "Fire Officer to visit", "@karen"),
        ("Residents to visit the flats", "Residents to visit the flats", ""),
    ],
)
def test_where_it_is_known_who_there_is_a_place_is_nobody_and_a_role_at_the_beginning_is_somebody(line, wording, owner):
    found = pasted(f"- {line}\n- Fit gates", KNOWN)[0]
    assert (found.wording, found.owner) == (wording, owner)


@pytest.mark.parametrize("marks", [("", "", "• "), ("☐ ", "☐", "➢ "), ("[ ] ", "- [ ] ", "→ "), ("1. **", "**", "§ "), ("", "", "- ")])
def test_a_line_with_its_owner_or_date_in_brackets_is_an_action_whatever_stands_before_it(marks):
    gates, flats, school = marks
    bold = "**" if "**" in flats else ""
    lines = f"{gates}Fit gates{bold} (housing officer, 1 Nov)", f"{flats}Visit flats{bold} (fire officer)"
    text = "\n".join([*lines, f"{school}Ring the school (college, 4 Nov)"])
    assert is_list(text)
    assert [(each.wording, each.owner, each.due, each.status) for each in pasted(text, KNOWN)] == [
        ("Fit gates", "housing officer", "1 Nov", ""),
        ("Visit flats", "fire officer", "", ""),
        ("Ring the school", "college", "4 Nov", ""),
    ]
    assert others(text, KNOWN) == []


@pytest.mark.parametrize("box", ["☑ ", "☒", "✅ ", "[x] ", "- [x] ", "• ☑ "])
def test_a_ticked_box_is_an_action_that_is_done(box):
    ticked, other = pasted(f"{box}Visit flats (fire officer, 3 Nov)\n☐ Fit gates (college, 1 Nov)", KNOWN)
    assert (ticked.wording, ticked.owner, ticked.status, other.status) == ("Visit flats", "fire officer", "done", "")


def test_what_brackets_end_is_the_rest_of_a_line_that_says_neither_whose_nor_when():
    found = pasted("• Ring the school and\n  visit flats (fire officer, 3 Nov)\nlight lamps (college, 5 Nov)", KNOWN)
    assert [(each.wording, each.owner) for each in found] == [
        ("Ring the school and visit flats", "fire officer"),
        ("light lamps", "college"),
    ]


def test_what_is_left_out_can_be_named():
    assert others(MINUTES) == ["Actions from JAG 10 Sept:", "ASB", "BURGLARY", "Thanks,", "Karen"]
    assert others("Fit gates at the shops\nVisit flats\n• Ring the school\n• Light the lamp") == ["Fit gates at the shops", "Visit flats"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Youth officer: summer scheme evaluation – 7 Oct", ("summer scheme evaluation", "Youth officer", "7 Oct")),
        ("Fire officer - visit flats - 12 Oct", ("visit flats", "Fire officer", "12 Oct")),
        ("Visit Roman Rd - Dec 12 - fire officer", ("Visit Roman Rd", "fire officer", "Dec 12")),
        ("Visit Roman Rd – fire officer – 12 Oct", ("Visit Roman Rd", "fire officer", "12 Oct")),
        ("Note: the youth club - 7 Oct", ("Note: the youth club", "", "7 Oct")),
        ("Fire officer: visit @karen", ("Fire officer: visit", "@karen", "")),
    ],
)
def test_somebody_at_the_front_or_after_the_last_dash_is_the_owner(line, found):
    each = pasted(f"• {line}\n• Fit gates", KNOWN)[0]
    assert (each.wording, each.owner, each.due) == found


def test_columns_with_a_month_before_its_day_are_told_apart():
    (each,) = pasted("Visit Roman Rd\tDec 12\tfire officer", KNOWN)
    assert (each.wording, each.owner, each.due) == ("Visit Roman Rd", "fire officer", "Dec 12")


def test_numbers_of_an_agenda_are_no_dates():
    found = pasted("1.10\tFit gates\tcollege\tfri\n1.11\tPatrol\tcollege\t12.12", KNOWN)
    assert [(each.ref, each.due) for each in found] == [("1.10", "fri"), ("1.11", "12.12")]


def test_a_person_of_slack_is_an_owner():
    assert [(each.owner, each.wording) for each in pasted("- @U1 @U2\n- @U123 to check the gates")] == [
        ("@U1 @U2", "@U1 @U2"),
        ("@U123", "check the gates"),
    ]


def test_rows_of_a_spreadsheet_bring_reference_and_status():
    found = pasted("13/4\tFit gates at the park\tSNT\tComplete\t1.11.13\n13/5\tVisit\tKaren Smith\tRed\tOngoing")
    assert [(each.ref, each.wording, each.owner, each.status, each.due) for each in found] == [
        ("13/4", "Fit gates at the park", "SNT", "done", "1.11.13"),
        ("13/5", "Visit", "Karen Smith", "blocked", "Ongoing"),
    ]


def test_emoji_and_right_to_left_text_survive():
    assert [each.wording for each in pasted("• إصلاح البوابات – SNT\n• 🚧 Fix the fence 👷🏽‍♀️ – Housing")] == [
        "إصلاح البوابات",
        "🚧 Fix the fence 👷🏽‍♀️",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fit alley gates @karen due 12 Dec",
        "- Fit gates",
        "Gates are up.\nKaren will send a picture.",
        "Actions:\n- Fit gates\n  by Friday",
    ],
)
def test_one_action_or_a_short_message_is_no_list(text):
    assert not is_list(text)


@pytest.mark.parametrize("text", ["- Fit gates\n- Patrol", "Fit gates\tSNT\nPatrol\tSNT", "Fit gates\nPatrol the park\nSend a letter"])
def test_two_bullets_two_rows_or_three_lines_are_a_list(text):
    assert is_list(text)


@given(st.text(st.sampled_from('aB1 \t\n-–•*()|/@#.:,"“\v\u2028\xa0😀م') | st.characters(), max_size=200))
def test_no_text_is_too_strange(text):
    assert isinstance(is_list(text), bool)
    assert all(each.wording for each in pasted(text))


PIECES = [
    "Housing",
    "SNT",
    "ALL",
    "@karen",
    "#asb",
    "next mtg",
    "1.11.13",
    "12 Dec",
    "ASAP",
    "ongoing",
    "(SNT)",
    "(Housing / SNT)",
    "–",
    "-",
    "/",
]
LABELS = {"by", "due", "action", "owner", "lead", "to"}  # said by where their words are put


@given(
    st.lists(
        st.lists(
            st.sampled_from([*PIECES, "fit", "gates", "by", "Action:", "to", "from", "\t"]) | st.from_regex("[a-z]{3,6}x", fullmatch=True),
            min_size=1,
        )
    )
)
def test_no_word_of_an_item_is_lost(lines):
    items = [" ".join(words) for words in lines if any(re.search(r"\w", word) for word in words)]
    found = pasted("\n".join(f"• {item}" for item in items))
    assert len(found) == len(items)
    for item, each in zip(items, found, strict=True):
        kept = " ".join([each.wording, each.owner, *each.supporters, each.due, each.priority])
        assert set(re.findall(r"\w+", item.lower())) - LABELS <= set(re.findall(r"\w+", kept.lower()))
