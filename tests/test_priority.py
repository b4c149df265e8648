"""/priority: the whole card of a priority, and all of them on one screen."""

from asking import facts, labels, notes, shown, table

from commands.reply import Chart, Heading, Table


def test_the_card_begins_with_what_can_be_read_aloud(printed):
    assert printed.answered("/priority burglary").parts[0] == (
        "Dwelling burglary is down, 407 from 430 (−5.3%), no clear change; 7th of 10 in the county, 1st = lowest; "
        "August 2012 to July 2013 against the year before."
    )


def test_the_card_has_everything_that_is_printed(printed):
    card = facts(printed("/priority burglary"))
    assert card["Dwelling burglary"] == "407, August 2012 to July 2013"
    assert card["Year before"] == "430, August 2011 to July 2012"
    assert card["Change"] == "−5.3%"
    assert card["More than chance?"] == "no clear change (E-test p = 0.43)"
    assert card["Rate"] == "6.7 per 1,000 households"
    assert card["MSG average"] == "6.8 per 1,000 households"
    assert card["County rank"] == "7th of 10 (was 6th of 10); 1st = lowest"
    assert card["MSG rank"] == "10th of 15 (was 10th of 15); 1st = lowest"
    assert card["Risk level"] == "low (was medium)"
    assert card["Lead"] == "burglary-lead (deputy burglary-deputy)"
    assert card["Hotspots"].startswith("Berkhamsted Castle 33 (up 26 from 7; highest, greatest rise)")
    assert card["Recommendation"].startswith("That Burglary Dwelling remains a priority for the partnership")


def test_a_small_earlier_count_has_no_percentage_but_what_was_printed(printed):
    others = next(part for part in printed("/priority burglary").parts if isinstance(part, Table))
    assert list(others.rows[1][:5]) == ["Distraction burglary", 7, 9, "−2 (printed −22.2%)", "too few to say"]


def test_a_printed_figure_says_its_line_and_how_old_it_is(printed):
    below = notes(printed("/priority burglary"))
    assert "Strategic assessment 2014/15, line 186; 226-239; 258-262; 282-284, as printed for August 2012 to July 2013" in below
    assert "its period ended 12 years and 7 months before today" in below


def test_published_and_monthly_figures_stand_under_their_own_headings(counted):
    reply = counted("/priority burglary")
    assert [part.text for part in reply.parts if isinstance(part, Heading)] == [
        "As printed: Strategic assessment 2014/15",
        "By the month: Burglary Dwelling (workbook)",
        "By the month: Burglary (police.uk)",
    ]
    assert "two definitions are never joined or compared" in notes(reply)
    chart = next(part for part in reply.parts if isinstance(part, Chart))
    assert [len(months) for _, months in chart.series] == [24]  # one definition, one line
    assert reply.summary.endswith(
        "By the month, under another definition: Burglary in Dacorum is up, 24 from 12 (+12), no clear change; 2025 against 2024."
    )


def test_suppressed_months_are_at_least_and_never_summed(counted):
    assert "Grovehill 144, Highfield and St Pauls 120 and Watling at least 99 (2025)" in shown(counted("/priority burglary"))


def test_a_priority_without_a_measure_says_why_and_what_is_nearest(printed):
    reply = printed.answered("/priority alcohol")
    assert reply.summary == (
        "Alcohol Misuse: no measure is held that counts it. The nearest that is held is something else: Night-time violence."
    )
    assert "The nearest held, and something else: Night-time violence" in shown(reply)
    assert labels(reply) == ["All priorities"]


def test_what_stands_in_for_a_priority_has_its_source(printed):
    assert "Strategic assessment 2014/15, line 481-486; 492-494, as printed for" in notes(printed("/priority alcohol"))


def test_every_priority_has_a_card(printed, counted):
    for word in ("asb", "burglary", "vehicle", "alcohol", "drugs", "offenders"):
        assert "lead" in facts(printed.answered(f"/priority {word}"))["Lead"]
        assert counted.answered(f"/priority {word}").asks


def test_drugs_say_that_they_measure_police_activity(printed):
    assert "mostly measure police activity, not drug use" in notes(printed("/priority drugs"))


def test_a_card_has_no_smaller_size(counted):
    reply = counted("/priority asb in grovehill")
    assert reply.summary.startswith("A priority's card is of the whole of Dacorum, over the usual periods. For less, ask for the figure.")
    assert [button.asks for button in reply.asks] == ["/figures asb in grovehill", "/priority asb"]


def test_what_is_no_priority_is_watched_all_the_same(printed):
    reply = printed("/priority robbery")
    assert reply.summary.startswith("Robbery is no priority; it is watched all the same. The priorities are asb, burglary,")
    assert printed.says(reply.asks[0].asks).startswith("Robbery is down, 47 from 77 (−39.0%), clearly down")


def test_all_priorities_stand_on_one_screen(printed):
    reply = printed.answered("/priority")
    assert [row[:6] for row in table(reply)][:4] == [
        ["asb", "ASB incidents", 3917, 5690, "−31.2%", "clearly down"],
        ["burglary", "Dwelling burglary", 407, 430, "−5.3%", "no clear change"],
        ["vehicle", "Vehicle crime", 766, 922, "−16.9%", "clearly down"],
        ["alcohol", "none is held", None, None, "", ""],
    ]
    assert "as printed for August 2012 to July 2013 against the year before, unless a card says otherwise" in notes(reply)
    assert labels(reply) == ["asb", "burglary", "vehicle", "alcohol", "drugs", "offenders"]


def test_what_to_beware_of_in_a_change_stands_below_all_priorities(printed):
    assert "Drug offences mostly measure police activity, not drug use" in notes(printed("/priority"))


def test_all_priorities_by_the_month_stand_in_a_table_of_their_own(counted):
    tables = [part for part in counted("/priority").parts if isinstance(part, Table)]
    assert [each.title for each in tables] == ["As printed: Strategic assessment 2014/15", "By the month"]
    assert list(tables[1].rows[0]) == [
        "asb", "Anti-social behaviour (police.uk)", "2025", 516, 480, "+7.5%", "no clear change", "asb-lead",
    ]  # fmt: skip


def test_cards_come_out_alike_on_every_database(example, asks):
    assert facts(asks(example)("/priority burglary"))["Risk level"] == "low (was medium)"


def test_each_monthly_measure_of_a_card_stands_beside_its_own_namesake_with_its_place_in_the_county(live):
    shown = live.shows("/priority asb")
    damage = shown[shown.index("By the month: Criminal damage and arson") :]
    assert "7th of 10; 1st = lowest" in damage
    assert "Not the same as Criminal damage in the assessment" in damage
    assert "Not the same as ASB incidents" not in damage
