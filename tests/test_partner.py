"""A partner's workbook taken in: its places found, its measures under definitions of their own, and asked about."""

import pytest
from asking import Asking, headings, northends, notes, table
from made import NOW

from models.base import Refusal
from models.sources.recognised import is_street, load_figures
from models.sources.taking import Taken


@pytest.fixture
def loads(placed, made):
    """Writes a CSV and loads it: loads("Month,Ward,Count\\n…", measure="ASB")."""

    def load(text: str, name: str = "figures.csv", **said: str) -> Taken:
        return load_figures(placed.store, placed.partnership, [made.text(name, text)], NOW, **said)[0]

    return load


@pytest.fixture
def ask(placed) -> Asking:
    return Asking(placed)


def refused(loads, *given: str, **said: str) -> str:
    with pytest.raises(Refusal) as caught:
        loads(*given, **said)
    return caught.value.words


PIVOT = "Burglary Dwelling,Jan-25,Feb-25,Total\nGrovehill,3,4,7\nBoxmoor,2,<5,\nTotal,5,4,\n"


def test_a_long_table_is_kept_and_can_be_asked_about(loads, ask):
    taken = loads("Month,Measure,Ward,Count\n2025-01,Dwelling burglary,Boxmoor,7\n2025-02,Dwelling burglary,Boxmoor,9\n")
    assert taken.said == ["Dwelling burglary (workbook): 2 months by ward, 1 area."]
    assert (taken.taken, taken.skipped) == (2, 0)
    assert ask.says("/figures dwelling burglary boxmoor Jan-Feb 2025") == (
        "Dwelling burglary in Boxmoor, January to February 2025: 16; January to February 2024 is not held."
    )
    assert "the file gives no definition" in notes(ask("/figures dwelling burglary boxmoor"))


def test_a_pivot_keeps_what_is_suppressed_as_such(loads, ask):
    taken = loads(PIVOT)
    assert taken.said[0] == "Burglary Dwelling (workbook): 2 months by ward, 2 areas."
    assert "Burglary Dwelling (workbook): 1 cell is suppressed or blank: kept as such, and never summed." in taken.said
    assert (taken.taken, taken.skipped) == (3, 1)
    assert "January to February 2025: at least 2;" in ask.says("/figures burglary dwelling boxmoor Jan-Feb 2025")
    assert [row[:2] for row in table(ask("/hotspots burglary dwelling"))] == [["Grovehill", 7], ["Boxmoor", "at least 2"]]


def test_loading_twice_changes_nothing(loads, placed):
    loads(PIVOT)
    revision = placed.revision
    again = loads(PIVOT)
    assert not again.changed
    assert "Burglary Dwelling (workbook): 2 months are held already, unchanged." in again.said
    assert placed.revision == revision


def test_a_month_given_again_replaces_that_month_alone(loads, ask):
    loads("Month,Ward,Count\n2025-01,Boxmoor,7\n2025-02,Boxmoor,9\n", measure="Graffiti tags")
    taken = loads("Month,Ward,Count\n2025-02,Boxmoor,4\n2025-03,Boxmoor,1\n", measure="Graffiti tags")
    assert taken.changed
    assert "January to March 2025: 12;" in ask.says("/figures graffiti tags boxmoor")


def test_a_definition_is_kept_shown_and_never_mixed_with_another(loads, ask):
    rows = "Month,Ward,Count\n2025-01,Boxmoor,7\n"
    loads(rows, measure="Dwelling burglary")
    loads(rows.replace("01,", "02,"), measure="Dwelling burglary", definition="Homes only.")  # the first gave none
    assert "Homes only." in notes(ask("/figures dwelling burglary boxmoor"))
    assert refused(loads, rows.replace("7", "8"), measure="Dwelling burglary", definition="Sheds as well.") == (
        "Dwelling burglary is held under the definition “Homes only.”, and two definitions are never joined. "
        "Give this one a name of its own with --measure. Nothing was kept."
    )


def test_the_marking_is_shown_wherever_the_figure_is(loads, ask):
    loads("Month,Ward,Count\n2025-01,Boxmoor,7\n", measure="Dwelling burglary", marking="OFFICIAL-SENSITIVE")
    assert "a partner's workbook (figures.csv, OFFICIAL-SENSITIVE)" in notes(ask("/figures dwelling burglary boxmoor"))


def test_a_workbook_and_police_uk_stand_apart(loads, placed, made, ask):
    placed.street(made.street("2025-01"))
    loads("Month,Ward,Count\n2025-01,Boxmoor,7\n", measure="Dwelling burglary")
    assert ask.says("/figures dwelling burglary boxmoor").startswith("Dwelling burglary in Boxmoor, January 2025: 7;")
    assert ask.says("/figures burglary grovehill").startswith("Burglary in Grovehill, January 2025: 2;")


def test_an_area_nobody_knows_is_named_with_one_like_it(loads):
    assert refused(loads, "Month,Ward,Count\n2025-01,Boxmore,7\n2025-01,Atlantis,1\n", measure="ASB") == (
        "I know no area called “Boxmore” (did you mean Boxmoor?), “Atlantis”. Expected wards, beats, LSOAs or the borough. "
        "Nothing was kept."
    )


def test_areas_of_several_levels_are_refused_with_one_of_each(loads):
    assert refused(loads, "Month,Area,Count\n2025-01,Grovehill,7\n2025-01,Boxmoor,7\n2025-01,Dacorum,9\n", measure="ASB") == (
        "The areas are of several levels: Grovehill (ward/beat), Boxmoor (ward), Dacorum (district). "
        "Expected all wards, all beats, all LSOAs or the borough alone. Nothing was kept."
    )


def test_the_heading_tells_a_ward_from_the_beat_of_its_name(loads):
    rows = "2025-01,Grovehill,7\n2025-01,Watling,2\n"
    assert loads(f"Month,Beat,Count\n{rows}", measure="Fires").said == ["Fires (workbook): 1 month by beat, 2 areas."]
    assert loads(f"Month,Ward,Count\n{rows}", measure="Floods").said == ["Floods (workbook): 1 month by ward, 2 areas."]
    assert refused(loads, f"Month,Area,Count\n{rows}", measure="Droughts") == (
        "Grovehill, Watling: each is the name of a ward and of a beat. Head the column Ward or Beat. Nothing was kept."
    )


def test_a_beat_is_known_by_its_code(loads):
    assert loads("Month,Area,Count\n2025-01,D1H Grovehill,7\n2025-01,Watling (D1S),2\n", measure="Fires").said == [
        "Fires (workbook): 1 month by beat, 2 areas."
    ]


def test_two_areas_of_one_name_are_refused_and_their_codes_taken(loads, placed, made):
    placed.areas(made.wards(more=northends()))
    assert refused(loads, "Month,Ward,Count\n2025-01,Northend,7\n", measure="ASB") == (
        "“Northend” is several wards: Northend E05900091, Northend E05900092. Give the code instead of the name. Nothing was kept."
    )
    assert loads("Month,Ward,Count\n2025-01,E05900091,7\n", measure="ASB").taken == 1


def test_a_refused_workbook_leaves_nothing_behind(loads, ask):
    refused(loads, "Month,Ward,Count\n2025-01,Boxmoor,7\n2025-02,Atlantis,7\n", measure="Zorbing")
    assert "workbook" not in ask.shows("/figures")
    assert "I don't know" in ask.refused("/figures zorbing")


def test_street_files_and_workbooks_are_told_apart(made, tmp_path):
    assert is_street(made.street("2025-01"))
    assert is_street(made.street("2025-02", name="renamed.csv"))
    assert is_street(made.zipped(made.street("2025-03")))
    assert is_street(tmp_path)
    assert not is_street(made.text("partner.csv", "Month,Ward,Count\n2025-01,Boxmoor,7\n"))
    assert not is_street(made.text("empty.csv", ""))


def test_an_area_without_a_row_in_a_month_that_others_have_is_not_given_and_not_0(loads, ask):
    taken = loads("Month,Ward,Count\n2025-01,Boxmoor,7\n2025-02,Boxmoor,9\n2025-02,Grovehill,3\n", measure="Graffiti tags")
    said = "1 area has no row in a month that others have: kept as not given. If none happened there, write a 0."
    assert f"Graffiti tags (workbook): {said}" in taken.said
    assert "January to February 2025: at least 3;" in ask.says("/figures graffiti tags grovehill")
    assert [row[:2] for row in table(ask("/hotspots graffiti tags"))] == [["Boxmoor", 16], ["Grovehill", "at least 3"]]


FLY_TIPPING = (
    "Month,Measure,Ward,Count\n2025-01,Fly-tipping,Boxmoor,7\n2025-01,Fly-tipping,Grovehill,3\n"
    "2025-02,Fly-tipping,Boxmoor,9\n2025-02,Fly-tipping,Grovehill,<5\n"
)


def test_what_is_held_by_ward_alone_is_summed_and_said_to_be_of_the_wards_given(loads, ask):
    loads(FLY_TIPPING)
    said = "Fly-tipping in the 2 wards given, January to February 2025: at least 19; January to February 2024 is not held."
    assert [ask.says(line) for line in ("fly tipping", "/figures fly-tipping", "/figures Fly-tipping")] == [said] * 3
    assert ask.says("fly tipping January 2025") == "Fly-tipping in the 2 wards given, January 2025: 10; January 2024 is not held."
    assert ask.says("trend fly tipping").startswith("Fly-tipping in the 2 wards given: 10 in January 2025;")
    assert ask.answered(ask("/priority fly-tipping").asks[0].asks).summary == said


def test_what_is_held_by_ward_alone_is_not_ranked_and_what_would_be_needed_is_said(loads, ask):
    loads(FLY_TIPPING)
    assert ask.refused("rank fly tipping") == (
        "I cannot rank Fly-tipping (workbook): counts of the county's other districts are not held. "
        "It would need counts of every district of the county, from the partner who gave the workbook."
    )


def test_what_a_partner_gives_wins_over_what_nobody_holds(loads, ask):
    assert "domestic abuse" in notes(ask("/figures"))
    assert ask.refused("domestic abuse").startswith("I don't hold domestic abuse.")
    loads("Month,Measure,Beat,Count\n2025-01,Domestic abuse,Grovehill,7\n2025-01,Domestic abuse,Watling,4\n")
    assert ask.says("domestic abuse").startswith("Domestic abuse in the 2 beats given, January 2025: 11;")
    assert "domestic abuse" not in notes(ask("/figures"))


def test_a_measure_without_a_rate_has_no_column_for_one(loads, ask):
    loads(FLY_TIPPING)
    assert headings(ask.answered("compare fly tipping boxmoor grovehill")) == ["Place", "Reports"]


def test_the_card_of_a_priority_held_by_ward_alone_says_what_is_held(loads, ask):
    loads("Month,Ward,Count\n2025-01,Boxmoor,7\n", measure="Dwelling burglary")
    reply = ask.answered("/priority burglary")
    assert "By the month, under another definition: Dwelling burglary in the 1 ward given, January 2025: 7;" in reply.summary
    assert [ask(button.asks).refused for button in reply.asks] == [False] * len(reply.asks)
