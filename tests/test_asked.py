"""Questions as people type them: every way of asking for the same thing, and what is said when it cannot be told."""

from contextlib import suppress

import pytest
from asking import labels, notes, shown
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made import NOW

from commands.answering import answer
from models.base import Refusal
from models.people import Person

GROVEHILL = "Anti-social behaviour in Grovehill is up, 240 from 60 (+300.0%), clearly up; 2025 against 2024."


@pytest.mark.parametrize(
    "line",
    [
        "/figures asb grovehill",
        "/figures Grovehill ASB",
        "asb grovehill pls",
        "how many asb reports in Grovehill??",
        "“anti social behaviour” in ‘grove hill’",
        "ANTI-SOCIAL BEHAVIOUR, GROVEHILL",
        "any asb in groovehill",
        "anti social behavior in grovehill please",
        "whats the asb like in grovehill this year",
        "is asb rising in grovehill?",
        "is asb up or down in grovehill",
        "asb in grovehill ward",
        "asb in grovehill 2025 vs 2024",
        "asb in grovehill 2025 compared with last year",
        "how does asb in grovehill compare with last year",
        "compare asb in grovehill 2025 and 2024",
        "asb in grovehill year on year",
        "🔥 asb grovehill 🔥",
        "<!channel> asb grovehill",
        "asb <#C1|grovehill>",
        "\u202easb\u202c grovehill",
        "/csp-figures asb grovehill",
        "/jag figures asb grovehill",
        "/jag asb grovehill",
        "/figure asb grovehill",
    ],
)
def test_one_question_is_asked_in_many_ways(counted, line):
    assert counted.says(line) == GROVEHILL


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2025", "2025 against 2024"),
        ("Mar 2025", "March 2025 against March 2024"),
        ("Mar-May 2025", "March to May 2025 against March to May 2024"),
        ("Jan–Apr 2025", "January to April 2025 against January to April 2024"),
        ("Oct 2024 - Feb 2025", "October 2024 to February 2025: 206; October 2023 to February 2024 is not held"),
        ("last month", "December 2025 against December 2024"),
        ("last 3 months", "October to December 2025 against October to December 2024"),
        ("this year", "2025 against 2024"),
        ("since March", "March to December 2025 against March to December 2024"),
        ("financial year 2024/25", "financial year 2024/25: 489; financial year 2023/24 is not held"),
        ("last quarter", "October to December 2025 against October to December 2024"),
        ("2025 vs 2024", "2025 against 2024"),
        ("Jan-Mar 2025 vs the same months of 2024", "January to March 2025 against January to March 2024"),
        ("last 6 months vs the previous 6 months", "July to December 2025 against January to June 2025"),
        ("last month vs the month before", "December 2025 against November 2025"),
        ("2025 vs 2023", "2025: 516; 2023 is not held"),
    ],
)
def test_periods_are_read_and_what_they_are_compared_with_is_said(counted, words, said):
    assert said in counted.says(f"/figures asb {words}")


def test_since_the_last_jag_counts_from_the_month_it_met_in(counted):
    words = counted.refused("/figures asb since last JAG")
    assert words == "No whole month has come in since the last JAG (13 January 2026): the last held is December 2025. Ask for last month."
    assert counted("/figures asb since last JAG").asks[0].asks == "/figures asb last month"


def test_a_period_not_held_says_what_is_and_offers_it(counted):
    reply = counted("/hotspots asb in Grovehill 2019 by street")
    assert reply.summary == "2019 is not held. I hold Anti-social behaviour (police.uk) for January 2024 to December 2025."
    assert [button.asks for button in reply.asks] == ["/hotspots asb in Grovehill by street"]
    assert counted.refused("asb Oct 2018 - Feb 2019").startswith("October 2018 to February 2019 is not held.")


def test_a_day_is_refused_and_its_month_offered(counted):
    reply = counted("asb on 31 October")
    assert reply.summary.startswith("I hold whole months, not days: police.uk gives no day. Ask for October")
    assert "October 2025 against October 2024" in counted.says(reply.asks[0].asks)
    assert counted.refused("asb 31 February").startswith("There is no 31 February.")
    assert counted.refused("asb last week").startswith("I hold whole months, so I cannot answer 'last week'.")


def test_periods_of_unequal_length_are_not_compared(counted):
    assert "October to December 2025 is 3 months and" in counted.refused("asb last 3 months vs last 6 months")


def test_a_half_finished_question_keeps_what_it_has(counted):
    reply = counted("by street since march")
    assert reply.summary == (
        "Hotspots of what? I keep the rest: by street since march. Say one of asb, burglary, vehicle, alcohol, drugs or offenders."
    )
    assert counted("top 5").summary.startswith("Hotspots of what? I keep the rest: top 5.")
    assert counted.says(counted("grovehill").asks[0].asks) == GROVEHILL


def test_a_misspelling_is_taken_and_said_or_asked_about(counted):
    assert "I read “groovehill” as Grovehill." in counted.shows("asb groovehill")
    reply = counted("bergulary in Grovehill")
    assert reply.summary.startswith("I don't know “bergulary”. Did you mean burglary? I hold asb, burglary, vehicle,")
    assert [(button.label, button.asks) for button in reply.asks] == [("burglary", "/figures burglary in grovehill")]


def test_what_is_offered_for_a_word_takes_the_place_of_the_thing_read_already(printed):
    assert [button.asks for button in printed("bikes stolen").asks] == ["/figures stolen cars", "/figures stolen bikes"]


def test_a_place_nobody_knows_is_named_and_not_guessed(counted):
    reply = counted("how many burglaries in narnia")
    assert reply.summary.startswith("I don't know “narnia”. I hold asb, burglary, vehicle, alcohol, drugs, offenders; and places such as")
    assert reply.asks == []


def test_two_wards_of_one_name_are_told_apart_by_their_codes(counted):
    reply = counted("asb in northend 2025")
    assert reply.summary == "2 wards are called Northend: Northend (E05900091, Dacorum) and Northend (E05900092, Dacorum). Which?"
    assert [button.asks for button in reply.asks] == ["/figures asb 2025 E05900091", "/figures asb 2025 E05900092"]
    assert counted.says("/figures asb 2025 E05900091").startswith("Anti-social behaviour in Northend is unchanged, 0 and 0")


def test_nicknames_lsoas_districts_and_the_county_are_places(counted):
    assert " in Area E01900011 is up, 240 from 60" in counted.says("asb E01900011")
    assert ", Area E01900011 and Area E01900012 is up, 240 from 60" in counted.says("asb in E01900019")  # split in 2021
    assert " in Watford is unchanged, 720 and 720" in counted.says("asb in watford")
    assert " in Hertfordshire " not in counted.says("asb in dacorum 2025")
    assert " in Dacorum, St Albans and Watford is up, 1,596 from 1,560" in counted.says("asb in hertfordshire")


def test_the_county_is_the_sum_of_its_districts_and_refused_where_it_has_no_figures(counted, printed):
    for line in ("burglary in the county", "/figures burglary county", "burglary in hertfordshire county", "burglary in Hertfordshire"):
        assert counted.says(line).startswith("Burglary in Dacorum, St Albans and Watford is up, 144 from 132"), line
    assert printed.refused("burglary in the county").startswith("The assessment prints no figure of Dwelling burglary for the county,")
    assert counted.says("rank asb in the county").startswith("Dacorum is 1st of 3 districts")
    assert counted.refused("/hotspots asb in the county").startswith("The county is outside Dacorum.")
    assert counted.refused("asb in grovehill and the county") == (
        "Grovehill is a beat/ward and the county is a county: only places of one kind are put side by side."
    )


def test_a_word_for_one_place_of_another_name_is_read_aloud(printed, counted):
    assert "I read “hemel” as Hemel Hempstead Central." in notes(printed.answered("ASB in Hemel?"))
    assert "I read" not in counted.shows("asb in grovehill")


def test_a_beat_is_not_the_ward_of_its_name(counted):
    words = counted.refused("vehicle crime in Grovehill beat 2025")
    assert words.startswith("Vehicle crime (police.uk) is not held for Grovehill. police.uk places reports by LSOA, and beats follow")
    assert labels(counted("vehicle crime in Grovehill beat 2025"))[:2] == ["By ward", "By LSOA"]
    assert counted.refused("asb in boxmoor beat") == "I know no beat called Boxmoor: it is the name of a ward."


def test_one_street_is_not_looked_up(counted):
    reply = counted("asb on high street")
    assert reply.summary.startswith("I don't look up one street, such as “high street”: reports are moved to points")
    assert reply.asks[0].asks == "/hotspots asb by street"


def test_plain_words_find_the_command_that_answers_them(counted):
    for line, title in {
        "asb": "Anti-Social Behaviour and Criminal Damage",
        "who leads on burglary?": "Dwelling Burglary",
        "what are our priorities": "The priorities",
        "damage": "Criminal damage and arson (police.uk): Dacorum, 2025",
        "shoplifting": "Shoplifting (police.uk): Dacorum, 2025",
        "how much crime in grovehill": "All crime without ASB (police.uk): Grovehill, 2025",
        "where is asb worst": "Anti-social behaviour (police.uk): hotspots by ward, 2025",
        "top 5 asb streets in boxmoor": "Anti-social behaviour (police.uk): hotspots by street in Boxmoor, 2025",
        "which wards are rising for asb": "Anti-social behaviour (police.uk): hotspots by ward, 2025",
        "asb by month": "Anti-social behaviour (police.uk): Dacorum, month by month",
        "where do we rank for asb": "Anti-social behaviour (police.uk): districts by rate, 2025",
        "what do you hold?": "What is held",
        "figures": "What is held",
        "asb published": "ASB incidents, August 2012 to July 2013, as printed",
    }.items():
        assert counted.answered(line).title == title, line


def test_what_asks_nothing_gets_help(counted):
    for line in ("hello", "help", "show me", "?", "", "   ", "🙂", "who are you", "what can you do", "السلوك"):
        assert counted.answered(line).title == "jagbot, for Dacorum Community Safety Partnership", line


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("overdue", "Overdue actions"),
        ("list overdue", "Overdue actions"),
        ("can you list overdue?", "Overdue actions"),
        ("burglary overdue", "Overdue actions, burglary"),
        ("show me the overdue ones for fire", "Overdue actions, Hertfordshire Fire and Rescue"),
        ("list", "Open actions"),
        ("actions of Hightown", "Open actions, Hightown Housing Association"),
        ("fire-officer's actions", "Open actions, fire-officer"),
        ("what are fire-officer’s actions", "Open actions, fire-officer"),
        ("actions assigned to fire-officer", "Open actions, fire-officer"),
        ("action plan", "Open actions"),
        ("who has not reported", "Actions not reported"),
        ("who hasn't reported yet?", "Actions not reported"),
        ("what is due before the meeting", "Actions due before the meeting"),
        ("actions due before the next JAG", "Actions due before the meeting, JAG"),
        ("find gates", "Nothing found"),
        ("please export", "The action plan"),
        ("add Repair the fence", "Add an action"),
        ("when is the next meeting?", "Next meetings"),
        ("when does JAG meet next", "JAG, Tuesday 10 February 2026 at 10:00"),
        ("move the jag to zebra", "Move JAG"),
        ("show me the agenda", "Agendas"),
        ("what's on the agenda for JAG?", "JAG agenda, Tuesday 10 February 2026, 10:00"),
        ("RAOG agenda", "RAOG agenda, Wednesday 4 March 2026, 09:30"),
        ("thanks", "Glad to help"),
        ("Thank you very much!", "Glad to help"),
        ("ok", "Glad to help"),
        # and what names a measure, a priority or a place is a figure still
        ("show burglary", "Dwelling Burglary"),
        ("list priorities", "The priorities"),
        ("find asb in grovehill", "Anti-social behaviour (police.uk): Grovehill, 2025"),
        ("find asb hotspots", "Anti-social behaviour (police.uk): hotspots by ward, 2025"),
    ],
)
def test_plain_words_about_the_plan_are_not_taken_for_figures_nor_figures_for_the_plan(counted, line, title):
    assert counted.answered(line).title == title


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("who owns action 4?", "There is no action 4."),
        ("delete action 21", "Actions are never deleted. To take one off the plan, withdraw it: /action withdraw 21."),
        ("/action erase 21", "Actions are never deleted. To take one off the plan, withdraw it: /action withdraw 21."),
        ("close the gates one", "Close which action? Such as: /action close 4"),
        ("show burglry drivng zz", "I don't know"),
        ("asb since the last JAG", "No whole month has come in since the last JAG (13 January 2026)"),
        ("asb due friday", "I hold whole months, so I cannot answer 'friday'."),
    ],
)
def test_what_cannot_be_done_is_refused_by_whom_it_was_asked_of(counted, line, said):
    reply = counted(line)
    assert reply.refused
    assert said in " ".join(shown(reply).split())


def test_two_things_at_once_are_asked_one_at_a_time(counted):
    reply = counted("asb and burglary in grovehill")
    assert reply.summary == "One at a time, please: asb or burglary?"
    assert counted.says(reply.asks[0].asks) == GROVEHILL


def test_ten_thousand_characters_are_refused(counted):
    assert counted.refused("asb grove" * 1250 + "hill").startswith("That is 11,254 characters. A question fits in 600")


def test_a_command_that_is_none_is_met_with_those_like_it(counted):
    reply = counted("/hotpots asb")
    assert reply.summary == "There is no /hotpots. Did you mean /hotspots?"
    assert reply.asks[0].asks == "/hotspots asb"
    assert counted.refused("/weather") == "There is no /weather. I know /action, /agenda, /figures, /hotspots, /jag, /meeting, /priority."


def test_top_nothing_is_refused_and_numbers_in_words_are_read(counted):
    assert counted.refused("/hotspots asb top 0") == "Top 0 would be an empty list. Expected a number from 1, such as top 5."
    assert "Grovehill 240 (60), Highfield 144 (288)" in counted.says("two worst wards for asb")


HABITS = (
    "", "pls", "??", "by ward", "by street", "top 5", "rising", "since march", "vs 2024", "last 3 months", "published", "trend", "rank",
)  # fmt: skip
WORDS = (
    "asb", "burglary", "alcohol", "knife crime", "grovehill", "berko", "hertfordshire", "narnia", "crime", "/figures", "/hotspots", "/jag",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(HABITS + WORDS), max_size=6).map(" ".join)))
@example("compare")
@example("/figures call berko")
@example("{0}")
@example("/")
@example("/ ")
@example("top 999 worst 999")
@example("asb 2025-13")
@example("asb 0000-00..9999-99")
def test_whatever_is_typed_is_answered_or_refused_in_words(printed, line):
    with printed.held.session() as session:
        with suppress(Refusal):
            answer(line, Person.named("coordinator", session), NOW, session)
        session.rollback()
