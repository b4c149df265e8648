"""/figures: one number with its comparison, trends, comparisons and ranks, what is held, and words for places."""

import pytest
from asking import facts, headings, labels, notes, table
from conftest import _example, _held

from commands.reply import Chart


@pytest.fixture
def writes(asks, opened):
    """Asks a store of its own, that may be written to."""
    return asks(_held(opened("example", _example)))


# -- one number


def test_a_number_has_its_comparison_verdict_rate_source_and_lag(counted):
    reply = counted.answered("/figures asb grovehill")
    assert reply.title == "Anti-social behaviour (police.uk): Grovehill, 2025"
    assert reply.summary == "Anti-social behaviour in Grovehill is up, 240 from 60 (+300.0%), clearly up; 2025 against 2024."
    shown = facts(reply)
    assert shown["Count"] == "240, 2025"
    assert shown["Compared with"] == "60, 2024"
    assert shown["More than chance?"].startswith("clearly up (p < 0.001, dispersion ")
    assert shown["Rate"] == "80.000 per 1,000 residents a year"
    assert "Held to December 2025, 2 months behind today." in notes(reply)
    assert "Not the same as ASB incidents in the assessment" in notes(reply)


def test_small_earlier_counts_have_no_percentage(counted):
    assert counted.says("/figures burglary 2025 in dacorum") == (
        "Burglary in Dacorum is up, 24 from 12 (+12), no clear change; 2025 against 2024."
    )
    assert counted.says("/figures asb watling last month").endswith(
        "is unchanged, 1 and 1, too few to say; December 2025 against December 2024."
    )


def test_places_together_are_named_and_judged_as_one(counted):
    assert counted.says("/figures asb boxmoor watling") == (
        "Anti-social behaviour in Boxmoor and Watling is unchanged, 132 and 132, no clear change; 2025 against 2024."
    )


def test_a_missing_year_is_said_and_not_left_blank(counted):
    reply = counted.answered("/figures asb 2024")
    assert reply.summary == "Anti-social behaviour in Dacorum, 2024: 480; 2023 is not held."
    assert facts(reply) == {"Count": "480, 2024", "Compared with": "2023 is not held", "Rate": facts(reply)["Rate"]}


def test_suppressed_months_are_at_least_and_are_not_compared(counted):
    assert counted.says("/figures burglary dwelling watling 2025") == (
        "Burglary Dwelling in Watling, 2025: at least 99; 1 month is suppressed or not given, so nothing is compared."
    )
    assert "in Watling is unchanged, 27 and 27" in counted.says("/figures burglary dwelling watling last 3 months")


def test_a_place_that_a_workbook_leaves_out_has_no_nought(counted):
    words = counted.refused("/figures burglary dwelling Ashridge 2025")
    assert words == "Burglary Dwelling (workbook) is not held for Ashridge. It is held by beat."


def test_a_workbooks_own_definition_stands_below(counted):
    below = notes(counted("/figures burglary dwelling grovehill"))
    assert "a partner's workbook (dwelling.csv). Held to December 2025, 2 months behind today. Homes, attempts included." in below


def test_a_printed_number_is_said_to_be_printed(printed):
    reply = printed.answered("/figures asb grovehill")
    assert reply.title == "ASB incidents, Grovehill, August 2012 to July 2013, as printed"
    assert reply.summary == (
        "Grovehill: ASB incidents are down, 249 from 359 (−30.6%), clearly down; August 2012 to July 2013 against the year before."
    )
    assert "E-test" in notes(reply)


def test_a_month_that_the_document_names_is_found(printed):
    assert printed.says("/figures asb June 2013") == "ASB incidents: 241 incidents, June 2013, with no earlier count printed."
    assert "407 from 430" in printed.says("/figures burglary Aug 2012 - Jul 2013")
    assert "not by the month (may 2013)" in printed.refused("/figures asb May 2013")


def test_a_place_with_no_printed_figure_is_not_given_one(printed):
    words = printed.refused("/figures drugs in grovehill")
    assert words == "The assessment prints no figure of Drug offences for Grovehill, only for Dacorum."
    assert printed.says("/figures burglary in woodhall") == (
        "Woodhall: Dwelling burglary: the assessment prints no count, and calls it in the top five."
    )


def test_several_places_in_print_stand_side_by_side_and_those_without_a_figure_are_named(printed):
    for line in ("asb in grovehill and highfield", "asb in grovehill vs highfield"):
        assert printed.says(line) == "Grovehill 249 and Highfield and St Pauls 374."
    assert printed.says("burglary in berkhamsted") == (
        "Berkhamsted Castle 33. The assessment prints no figure of Dwelling burglary for Berkhamsted East or Berkhamsted West."
    )


def test_every_line_that_is_shown_is_cited_with_the_whole_of_its_months(printed):
    assert "line 531-533; 538-539, as printed for" in notes(printed("asb in grovehill and highfield"))
    assert "as printed for November 2011 to July 2013; its period ended 12 years and 7 months" in notes(printed("trend burglary"))


def test_residents_do_not_change_by_chance(printed):
    assert printed.says("/figures population") == "Resident population is up, 144,800 from 141,600 (+2.3%)."


def test_both_the_printed_and_our_own_change_are_said_where_they_differ(printed):
    assert printed.says("/figures asb").startswith("ASB incidents are down, 3,917 from 5,690 (−31.2%), clearly down;")
    assert printed.says("/figures deliberate fires").startswith(
        "Deliberate fires are down, 125 from 165 (−26% as printed; its counts give −24.2%), clearly down;"
    )


# -- trend


def test_a_trend_says_the_last_the_highest_the_lowest_and_the_unusual(counted):
    reply = counted.answered("/figures trend asb")
    assert reply.summary == (
        "Anti-social behaviour in Dacorum: 43 in December 2025; highest 43 in December 2025, lowest 40 in January 2024. "
        "24 of 24 months are outside the usual range."
    )
    chart = next(part for part in reply.parts if isinstance(part, Chart))
    assert (len(chart.labels), chart.labels[0], chart.labels[-1]) == (24, "Jan 24", "Dec 25")


def test_the_months_of_a_trend_can_be_read_one_by_one(counted):
    reply = counted.answered("/figures trend burglary dwelling watling")
    assert table(reply)[14:16] == [["March 2025", None], ["April 2025", 9]]
    assert len(table(reply)) == 24
    assert labels(reply) == ["The total"]


def test_a_trend_of_few_has_no_usual_range(counted):
    assert "Fewer than 5 a month are too few for a usual range." in notes(counted("/figures trend asb watling"))
    assert "usual range" not in counted.says("/figures trend asb watling")


def test_a_suppressed_month_is_a_gap_in_the_line(counted):
    reply = counted("/figures trend burglary dwelling watling")
    chart = next(part for part in reply.parts if isinstance(part, Chart))
    assert [label for label, count in zip(chart.labels, chart.series[0][1], strict=True) if count is None] == ["Mar 25"]
    assert "A dot is a month that is suppressed, not given or not held." in notes(reply)


def test_months_that_a_document_names_are_joined_by_no_line(printed):
    reply = printed.answered("/figures trend burglary")
    assert reply.summary == "Dwelling burglary: 49 in March 2013, 21 in June 2013 and 17 in July 2013."
    assert not [part for part in reply.parts if isinstance(part, Chart)]
    assert "no line joins them" in notes(reply)


# -- compare


def test_places_are_compared_by_rate_with_their_own_changes(counted):
    reply = counted.answered("/figures compare asb grovehill boxmoor")
    assert reply.summary == "Grovehill 240 and Boxmoor 120, 2025; Grovehill has the higher rate."
    assert headings(reply) == ["Place", "Incidents", "Per 1,000 residents a year", "Before", "Change", "More than chance?"]
    assert table(reply)[1] == ["Boxmoor", 120, "40.00", 120, "0.0%", "no clear change"]


def test_periods_are_compared_as_well(counted):
    asked = ("compare asb 2025 2024", "compare asb 2025 and 2024", "compare asb this year with last year")
    assert {counted.says(f"/figures {line}") for line in asked} == {
        "Anti-social behaviour in Dacorum is up, 516 from 480 (+7.5%), no clear change; 2025 against 2024."
    }


def test_two_definitions_are_never_put_side_by_side(counted):
    words = counted.refused("/figures compare asb burglary")
    assert words == "asb and burglary are counted under different definitions, and are not put side by side. Compare places, or periods."
    assert counted.refused("/figures compare asb grovehill watford") == (
        "Grovehill is a beat/ward and Watford is a district: only places of one kind are put side by side."
    )


def test_two_things_are_offered_apart_as_far_as_they_are_answered(printed, counted):
    assert [button.asks for button in printed("compare asb burglary").asks] == ["/figures asb", "/figures burglary"]
    assert labels(counted("compare asb burglary")) == ["asb: this year against last", "burglary: this year against last"]


def test_a_comparison_of_one_place_asks_for_another(counted):
    reply = counted("/figures compare asb")
    assert reply.summary == "Compare asb in which places? I need two or more."
    assert counted.says(reply.asks[0].asks) == "Grovehill 240 and Highfield 144, 2025; Grovehill has the higher rate."


def test_printed_places_are_compared_as_printed(printed):
    assert printed.says("/figures compare asb grovehill highfield") == "Grovehill 249 and Highfield and St Pauls 374."


# -- rank


def test_districts_are_ranked_lowest_first_and_the_direction_said(counted):
    reply = counted.answered("/figures rank asb")
    assert reply.summary == (
        "Dacorum is 1st of 3 districts for Anti-social behaviour (police.uk), 37.391 per 1,000 residents a year, 2025; 1st = lowest rate."
    )
    assert [row[1] for row in table(reply)] == ["Dacorum", "St Albans", "Watford"]
    assert counted.says("/figures rank asb in watford").startswith("Watford is 3rd of 3 districts")


def test_ties_share_a_place(counted):
    assert [row[0] for row in table(counted("/figures rank burglary"))] == ["1st of 3", "joint 2nd of 3", "joint 2nd of 3"]


def test_a_printed_rank_gives_no_other_districts(printed):
    reply = printed.answered("/figures rank vehicle")
    assert reply.summary == "Dacorum is 8th of 10 (county) and 10th of 15 (most similar group); 1st = lowest."
    assert "no other district's figures" in notes(reply)


def test_the_ranks_of_2025_come_out(live):
    known = {"crime": ("5th", "71.482"), "burglary": ("8th", "9.559"), "asb": ("7th", "20.421"), "vehicle": ("6th", "5.352"),
             "damage": ("7th", "5.906"), "drugs": ("6th", "2.257")}  # fmt: skip
    for word, (place, rate) in known.items():
        assert f"Dacorum is {place} of 10 districts" in live.says(f"/figures rank {word}"), word
        assert f" {rate} per 1,000 " in live.says(f"/figures rank {word}"), word


# -- what is held


def test_what_is_held_says_months_lag_source_and_places(counted):
    reply = counted.answered("/figures")
    assert reply.summary == "Monthly figures are held to December 2025, 2 months behind today."
    assert [row[:5] for row in table(reply)] == [
        ["police.uk", "15 measures", "January 2024", "December 2025", "2 months"],
        ["workbook", "Burglary Dwelling (workbook), by beat", "January 2024", "December 2025", "2 months"],
        ["published", "118 printed figures", "March 2011", "January 2014", "12 years and 1 month"],
    ]
    assert "Places: 5 street points, 15 LSOAs, 6 wards, 17 beats, 1 district and 1 county." in notes(reply)
    assert "ask, and I say who holds it" in notes(reply)


# -- words for places


def test_a_word_is_taught_tried_and_unlearnt(writes):
    reply = writes.answered("/figures call the moor Berkhamsted Castle, East, West")
    assert reply.summary == "“the moor” now stands for Berkhamsted Castle, Berkhamsted East and Berkhamsted West."
    assert labels(reply) == ["Try it", "Undo"]
    assert "prints no figure of ASB incidents for The Moor" in writes.refused("/figures asb moor")
    assert writes.answered(reply.asks[1].asks).summary.startswith("“the moor” stood for Berkhamsted Castle,")
    assert "I don't know “moor”" in writes.refused("/figures asb moor")


def test_a_word_taught_again_says_what_it_stood_for_and_can_be_put_back(writes):
    reply = writes.answered("/figures call berko Tring Central")
    assert reply.summary == (
        "“berko” now stands for Tring Central. It stood for Berkhamsted Castle, Berkhamsted East and Berkhamsted West before."
    )
    assert "Berkhamsted Castle, Berkhamsted East and Berkhamsted West" in writes.says(reply.asks[-1].asks)


def test_a_word_taught_again_as_it_was_changes_nothing(writes):
    revision = writes.held.revision
    reply = writes.answered("/figures call berko Berkhamsted West, Castle, East")
    assert reply.summary == "“berko” stands for Berkhamsted Castle, Berkhamsted East and Berkhamsted West already: nothing is changed."
    assert labels(reply) == ["Try it"]
    assert writes.held.revision == revision


def test_a_word_is_tried_with_what_is_held_or_not_at_all(writes):
    assert writes.answered(writes("/figures call moor Berkhamsted Castle").asks[0].asks).title.startswith("Dwelling burglary")
    assert labels(writes("/figures call bog Watling")) == ["Undo"]


def test_words_that_mean_something_else_are_not_taught(writes):
    for line, why in {
        "call asb Grovehill": "“asb” is a word for what is counted, and cannot be one for a place. Choose another word.",
        "call grovehill Watling": "“grovehill” is the name of a place already. Choose another word.",
        "call please Grovehill": "“please” is a word people use for other things. Choose another.",
        "call foo Narnia": "I know no place called “Narnia”. Expected such as: /figures call berko Berkhamsted Castle, East, West",
        "call": "Expected a word and the places it stands for, such as: /figures call berko Berkhamsted Castle, East, West",
        "forget narnia": "“narnia” is no word I was taught.",
    }.items():
        assert writes.refused(f"/figures {line}") == why


def test_a_member_may_not_teach_words_and_is_told_who_may(writes):
    for line in ("/figures call berko Tring Central", "/figures forget berko", "/jag figures call berko Tring Central"):
        assert writes.refused(line, person="housing-officer") == (
            "To teach words you would need to be one of: analyst, chair, coordinator, lead. Ask the coordinator."
        )
    for person in ("analyst", "jag-chair", "jag-deputy", "asb-lead", "burglary-deputy"):
        assert writes.says(f"/figures call {person} Tring Central", person=person) == f"“{person}” now stands for Tring Central."


def test_figures_come_out_alike_on_every_database(example, asks):
    ask = asks(example)
    assert "407 from 430 (−5.3%)" in ask.says("/figures burglary")
    assert ask.says("/figures call moor Watling") == "“moor” now stands for Watling."
    assert ask.says("/figures fires in moor").startswith("Watling: Deliberate fires are up, 12 from 9 (+3), no clear change")
