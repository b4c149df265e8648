"""/hotspots: where a crime type is concentrated, and where it has changed."""

import pytest
from asking import headings, labels, notes, table

WARDS = ["Ward", "Incidents", "Share", "Per 1,000 residents a year"]


def test_the_example_names_the_places_that_its_assessment_names(printed):
    reply = printed.answered("/hotspots asb")
    assert reply.title == "ASB incidents: the places the assessment names, August 2012 to July 2013"
    assert reply.summary == (
        "Hemel Hempstead Central 570 (912), Highfield and St Pauls 374 (518), Grovehill 249 (359) of 3,917 in Dacorum, "
        "as the assessment printed it."
    )
    assert [row[:3] for row in table(reply)] == [
        ["Hemel Hempstead Central", 570, 912],
        ["Highfield and St Pauls", 374, 518],
        ["Grovehill", 249, 359],
        ["Ashridge", 12, None],
        ["Aldbury and Wigginton", 19, None],
    ]


def test_a_place_the_assessment_does_not_mention_is_not_ranked(printed):
    assert "Watling" not in printed.shows("/hotspots asb")
    assert "it ranks no others" in notes(printed("/hotspots asb"))
    words = printed.refused("/hotspots asb in Watling")
    assert words == (
        "The assessment names no place called Watling for ASB incidents. It names Hemel Hempstead Central, Highfield and St Pauls, "
        "Grovehill, Ashridge and Aldbury and Wigginton."
    )


def test_what_is_only_printed_is_refused_by_ward_and_by_month(printed):
    reply = printed("/hotspots asb by ward")
    assert reply.summary == (
        "I hold ASB incidents only as the assessment printed it, and not by ward. It would need the constabulary's incident counts "
        "by month and beat, in a workbook. Hertfordshire Constabulary holds it."
    )
    assert printed.answered(reply.asks[0].asks).title == "ASB incidents, August 2012 to July 2013, as printed"
    assert "not by the month (since march)" in printed.refused("/hotspots asb since March")


def test_by_ward_the_places_that_are_printed_are_offered(printed):
    for line in ("which ward is worst for burglary", "burglary by ward"):
        assert "/hotspots burglary published" in [button.asks for button in printed(line).asks], line


def test_what_nobody_holds_is_refused_with_what_would_be_needed(printed):
    reply = printed("/hotspots knife crime")
    assert reply.summary == (
        "I don't hold knife crime. It would need the constabulary's crimes marked as involving a knife, by month. "
        "Hertfordshire Constabulary holds it. The nearest I hold is something else: Violent crime."
    )
    assert printed.answered(reply.asks[0].asks).title == "Violent crime, August 2012 to July 2013, as printed"


def test_nothing_is_said_to_be_printed_that_is_not(printed):
    assert printed.refused("/hotspots bike theft").startswith(
        "No figures of bicycle theft are held yet. It would need police.uk's street files, which the coordinator loads"
    )


def test_wards_are_ranked_by_count_with_share_rate_year_before_and_verdict(counted):
    reply = counted.answered("/hotspots asb")
    assert reply.title == "Anti-social behaviour (police.uk): hotspots by ward, 2025"
    assert reply.parts[0] == (
        "Most: Grovehill 240 (60), Highfield 144 (288) and Boxmoor 120 (120) (in brackets 2024): 97.7% of the 516 in Dacorum, 2025."
    )
    assert headings(reply) == [*WARDS, "Year before", "Change", "More than chance?"]
    assert table(reply)[:4] == [
        ["Grovehill", 240, "46.5%", 80.0, 60, "+300.0%", "clearly up"],
        ["Highfield", 144, "27.9%", 48.0, 288, "−50.0%", "clearly down"],
        ["Boxmoor", 120, "23.3%", 40.0, 120, "0.0%", "no clear change"],
        ["Watling", 12, "2.3%", 4.0, 12, "0", "no clear change"],  # a small earlier count has no percentage
    ]


def test_two_wards_of_one_name_are_listed_by_their_codes(counted):
    names = [row[0] for row in table(counted.answered("/hotspots asb top 10"))]
    assert names[-2:] == ["Northend (E05900091)", "Northend (E05900092)"]


def test_source_licence_last_month_and_lag_stand_below(counted):
    below = notes(counted("/hotspots asb"))
    assert "Source: police.uk (archive.zip, Open Government Licence v3.0). Held to December 2025, 2 months behind today." in below
    assert "incidents, not crimes" in below
    assert "“More than chance?” allows for clustering (dispersion" in below
    assert "Not the same as ASB incidents in the assessment" in below


def test_rising_and_falling_are_those_beyond_chance(counted):
    assert [row[0] for row in table(counted("/hotspots asb rising"))] == ["Grovehill"]
    assert [row[0] for row in table(counted("/hotspots asb falling"))] == ["Highfield"]
    assert counted.says("/hotspots vehicle rising top 5") == "No place is rising; 72 in Dacorum."


def test_top_and_place_choose_what_is_listed_and_not_what_is_judged(counted):
    reply = counted("/hotspots asb top 1")
    assert table(reply) == [["Grovehill", 240, "46.5%", 80.0, 60, "+300.0%", "clearly up"]]
    assert "1 of 6 wards are listed; ask for top 6 to see more." in notes(reply)
    assert [row[0] for row in table(counted("/hotspots asb by ward in Boxmoor"))] == ["Boxmoor"]


def test_within_a_ward_streets_are_listed_each_with_its_ward(counted):
    reply = counted.answered("/hotspots asb in Highfield")
    assert reply.title == "Anti-social behaviour (police.uk): hotspots by street in Highfield, 2025"
    assert [row[:3] for row in table(reply)] == [
        ["On or near High Street, Highfield", 96, "18.6%"],
        ["On or near Police Station, Highfield ⚑", 48, "9.3%"],
    ]
    assert "⚑ A place that draws recorded crime to its door." in notes(reply)


def test_within_a_place_its_own_total_is_said_and_the_place_is_kept(counted):
    reply = counted.answered("/hotspots asb in Highfield")
    assert "144 of Highfield's 144, 27.9% of the 516 in Dacorum, 2025." in str(reply.parts[0])
    assert "/figures asb in Highfield 2025" in [button.asks for button in reply.asks]


def test_rates_of_a_part_of_a_year_are_rates_a_year(counted):
    assert table(counted("/hotspots asb last 3 months"))[0][:4] == ["Grovehill", 60, "46.5%", 80.0]


def test_an_earlier_period_that_is_not_held_leaves_no_blank(counted):
    reply = counted("/hotspots asb 2024")
    assert headings(reply) == WARDS
    assert reply.parts[0].endswith("of the 480 in Dacorum, 2024. 2023 is not held, so there is nothing to compare it with.")
    assert reply.summary.endswith("480 in Dacorum; 2023 is not held.")
    assert counted.refused("/hotspots asb 2024 rising") == (
        "2023 is not held, so I cannot say what is rising. I hold Anti-social behaviour (police.uk) for January 2024 to December 2025."
    )


def test_by_district_is_the_ranking(counted):
    assert counted.answered("/hotspots asb by district").title == "Anti-social behaviour (police.uk): districts by rate, 2025"


def test_another_district_is_held_as_a_total_only(counted):
    words = counted.refused("/hotspots asb in Watford")
    assert words == "Watford is outside Dacorum. I hold other districts as totals only: /figures rank shows them."


def test_beats_are_refused_on_police_uk_and_wards_offered(counted):
    reply = counted("/hotspots vehicle by beat")
    assert reply.summary == (
        "Vehicle crime (police.uk) is not held by beat. police.uk places reports by LSOA, and beats follow neither wards nor LSOAs. "
        "It is held by ward, LSOA or street."
    )
    assert labels(reply) == ["By ward", "By LSOA", "By street", "As the assessment printed it"]


def test_a_workbook_shows_only_what_it_gives_and_hides_what_it_hides(counted):
    reply = counted.answered("/hotspots burglary dwelling")
    assert reply.title == "Burglary Dwelling (workbook): hotspots by beat, 2025"
    assert [row[:2] + row[3:] for row in table(reply)] == [
        ["Grovehill", 144, 48, "+200.0%", "clearly up"],
        ["Highfield and St Pauls", 120, 120, "0.0%", "no clear change"],
        ["Watling", "at least 99", 108, "", "1 month not given"],
    ]
    assert reply.summary.endswith("at least 363 in the 3 beats given.")
    assert "“At least”: some months were suppressed or not given, and are neither 0 nor summed." in notes(reply)


def test_real_figures_give_the_wards_that_are_known(live):
    reply = live.answered("/hotspots asb 2025 by ward")
    assert [row[:2] for row in table(reply)[:3]] == [["Hemel Hempstead Town", 334], ["Boxmoor", 262], ["Apsley and Corner Hall", 252]]
    assert reply.summary.endswith("3,167 in Dacorum; 2024 is not held.")
    assert "2024 is not held, so there is nothing to compare it with." in str(reply.parts[0])


def test_hotspots_come_out_alike_on_every_database(example, asks):
    assert table(asks(example)("/hotspots asb"))[0][:3] == ["Hemel Hempstead Central", 570, 912]


@pytest.mark.parametrize("line", ["/hotspots vehicle", "/priority vehicle"])
def test_a_count_that_only_follows_from_the_printed_change_is_said_to(printed, line):
    said = notes(printed.answered(line))
    assert "Worked out from the change that is printed: " in said
    for place in ("Hemel Hempstead Central", "Woodhall", "Grovehill"):
        assert f"{place}'s year before" in said
    assert "Adeyfield East's" not in said
