"""Look-ups and boundaries, in the vintages the ONS publishes, from the command line to the places held."""

import json

import pytest
from conftest import Held
from made import DISTRICTS, ELSEWHERE, LSOAS, SPLIT, WARDS
from sqlalchemy import func, select

from models.areas import Area, AreaChange, Boundary
from models.base import Refusal
from models.held import Load
from models.sources.founding import Answers, make_own
from models.sources.lookups import read


def places(held: Held, level: str, *, own: bool | None = None) -> dict[str, Area]:
    """The places of a level by name."""
    with held.session() as session:
        wanted = select(Area).where(Area.level == level).order_by(Area.code)
        return {area.name: area for area in session.scalars(wanted) if own is None or area.own == own}


def kept(held: Held) -> list[object]:
    """Everything held of places, in an order of its own."""
    columns = (Area.level, Area.code, Area.name, Area.residents, Area.households, Area.own)
    with held.session() as session:
        parents = {area.id: area.code for area in session.scalars(select(Area))}
        areas = [(*row, parents.get(parent)) for *row, parent in session.execute(select(*columns, Area.parent_id))]
        changes = session.execute(select(AreaChange.old_code, AreaChange.new_code, AreaChange.change)).all()
        outlines = session.execute(select(Area.code, Boundary.geometry).join(Area, Area.id == Boundary.area_id)).all()
    return [sorted(map(repr, each)) for each in (areas, changes, outlines)]


def refused(held: Held, *paths) -> str:
    """What is said of files that are not taken; and nothing of them is kept."""
    before = kept(held)
    with pytest.raises(Refusal) as refusal:
        held.areas(*paths)
    assert kept(held) == before
    return refusal.value.words


VINTAGES = [
    ("LSOA21CD,LSOA21NM,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId", "wards"),
    ("LSOA21CD,LSOA21NM,WD22CD,WD22NM,LAD22CD,LAD22NM", "wards"),
    ("lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code,total_residents,total_households", "wards"),
    ("LSOA 2021 Code,Ward 2025 Code,Ward 2025 Name,LAD 2025 Code,LAD 2025 Name", "wards"),
    ("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId", "changes"),
    ("lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code,ltla22_name,ltla22_code", "changes"),
    ("LSOA21CD,LSOA21NM,Total_residents", "residents"),
    ("LSOA 2021 Code,LSOA 2021 Name,Total", "residents"),
    ("lsoa21_code,households", "residents"),
    ("LAD24CD,LAD24NM,CSP24CD,CSP24NM,PFA24CD,PFA24NM,ObjectId", "districts"),
    ("ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name", "districts"),
    ("beat,name_in_seed,ward25cd_nearest,ward25nm_nearest,match", "beats"),
    ("Beat,Name", "beats"),
]


@pytest.mark.parametrize(("columns", "kind"), VINTAGES)
def test_a_look_up_is_recognised_by_its_columns(made, columns, kind):
    assert read(made.text("lookup.csv", f"{columns}\n{','.join('x' for _ in columns.split(','))}\n")).kind == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_look_up_is_read_with_the_mark_excel_puts_before_it(made, encoding):
    assert read(made.text("lookup.csv", "LSOA21CD,households\r\nE01000001,5\r\n", encoding)).rows == [
        {"lsoa21_code": "E01000001", "households": "5"}
    ]


@pytest.mark.parametrize(("code", "level"), [("LSOA21CD", "lsoa"), ("WD25CD", "ward"), ("WD24CD", "ward"), ("LAD24CD", "district")])
def test_boundaries_are_recognised_by_their_codes(made, code, level):
    lookup = read(made.boundaries(code=code))
    assert (lookup.kind, lookup.rows[0]["level"], lookup.rows[0]["code"]) == ("boundaries", level, "E05900001")


def test_the_places_of_a_county_are_placed_in_one_another(example, made):
    example.areas(made.districts(), made.wards())
    assert set(places(example, "district")) == set(DISTRICTS)
    assert set(places(example, "district", own=True)) == {"Dacorum"}
    assert set(places(example, "ward", own=True)) == {name for name, (_, district) in WARDS.items() if district == "Dacorum"}
    assert len(places(example, "lsoa", own=True)) == 12
    ward = places(example, "ward")["Grovehill"]
    assert {area.code for area in places(example, "lsoa").values() if area.parent_id == ward.id} == {"E01900011", "E01900012", "E01900013"}
    assert ward.parent_id == places(example, "district")["Dacorum"].id
    assert places(example, "district")["Watford"].parent_id == places(example, "county")["Hertfordshire"].id


@pytest.mark.parametrize("apart", [False, True])
def test_residents_and_households_are_added_up(example, made, apart):
    """Whether they come with the wards or in a file of their own."""
    files = [made.districts(), made.wards()]
    if apart:
        rows = [(code, code, WARDS[ward][0], ward, DISTRICTS[WARDS[ward][1]], WARDS[ward][1]) for code, ward in LSOAS.items()]
        files[1] = made.table("bare.csv", "LSOA21CD LSOA21NM WD24CD WD24NM LAD24CD LAD24NM", rows)
        files.append(made.table("people.csv", "LSOA21CD residents households", [(code, "1,000", "400.0") for code in LSOAS]))
    example.areas(*files)
    assert (places(example, "lsoa")["Area E01900011" if not apart else "E01900011"].residents) == 1000
    assert people(places(example, "ward")["Grovehill"]) == (3000, 1200)
    assert people(places(example, "district")["Dacorum"]) == (12000, 4800)
    assert people(places(example, "county")["Hertfordshire"]) == (18000, 7200)


def people(area: Area) -> tuple[int | None, int | None]:
    return area.residents, area.households


def test_loading_twice_changes_nothing(example, made):
    first = example.areas(*made.areas())
    assert any(taken.changed for taken in first)
    before, revision = kept(example), example.revision
    assert not any(taken.changed for taken in example.areas(*made.areas()))
    assert kept(example) == before
    assert example.revision == revision
    with example.session() as session:
        assert list(session.scalars(select(Load.outcome).where(Load.kind == "areas").order_by(Load.id))) == ["kept", "nothing new"]


def test_the_order_of_files_on_the_command_line_does_not_matter(example, placed, made):
    example.areas(*reversed(made.areas()))
    assert kept(example) == kept(placed)


def test_each_file_says_what_was_taken_and_what_was_not(example, made):
    said = [" ".join(taken.said) for taken in example.areas(*made.areas())]
    assert said == [
        "3 districts of Hertfordshire taken; 1 of other police areas left out.",
        "18 LSOAs in 6 wards of 3 districts taken.",
        "18 changes from 2011 to 2021 LSOAs taken, 1 of them not one to one; 0 outside the county left out.",
        "2 beats taken.",
        "2 boundaries taken; 0 of areas I don't hold left out.",
    ]


def national(made, name="national.csv"):
    """The county's wards among those of a hundred districts elsewhere."""
    far = [(f"A{n}", f"E0200{n:04}", f"Ward {n}", f"E0580{n:04}", f"District {n}", f"E0600{n:04}", "900.0", "300.0") for n in range(100)]
    return made.wards(name, more=far)


def test_a_national_look_up_needs_the_county_s_districts(example, made):
    said = refused(example, national(made))
    assert said == (
        "national.csv holds 103 districts and I don't know which are Hertfordshire's. "
        "Load the look-up of districts to police force areas as well."
    )
    taken = example.areas(national(made), made.districts())
    assert taken[1].said == ["18 LSOAs in 6 wards of 3 districts taken.", "100 LSOAs outside the county left out."]
    assert set(places(example, "district")) == set(DISTRICTS)


def test_a_partnership_of_one_s_own_finds_its_district_by_name(store, made):
    own = Held(store, make_own(store, Answers("Watford CSP", "Watford", "Hertfordshire", "Hertfordshire Constabulary", "me@example.org")))
    own.areas(made.districts(), made.wards())
    assert set(places(own, "ward", own=True)) == {"Vicarage"}
    assert places(own, "district")["Watford"].code == "E07000103"
    assert len(places(own, "district")) == 3


def test_wards_of_a_newer_look_up_take_the_place_of_the_old(placed, made):
    placed.areas(made.wards("moved.csv", moved=dict.fromkeys(("E01900041", "E01900042", "E01900043"), "Boxmoor")))
    assert set(places(placed, "ward", own=True)) == {"Grovehill", "Highfield", "Boxmoor"}
    assert people(places(placed, "ward")["Boxmoor"]) == (6000, 2400)
    assert people(places(placed, "district")["Dacorum"]) == (12000, 4800)


def test_a_new_look_up_says_that_figures_held_are_placed_by_the_old(placed, made):
    placed.street(made.street("2025-01"))
    taken = placed.areas(made.wards("moved.csv", moved={"E01900013": "Boxmoor"}))
    assert "Figures held were placed by the look-up before: load them again to have them by these wards." in taken[0].said


def test_a_beat_of_the_papers_keeps_the_name_they_give_it(placed):
    assert "Grovehill" in places(placed, "beat")
    assert len(places(placed, "beat")) >= 17


def test_outlines_are_kept_as_published(placed):
    with placed.session() as session:
        outlines = session.execute(select(Area.name, Boundary.geometry).join(Area, Area.id == Boundary.area_id)).all()
    assert {name for name, _ in outlines} == {"Grovehill", "Highfield"}
    assert json.loads(outlines[0][1])["type"] == "Polygon"


def test_a_file_that_is_no_look_up_is_refused_with_what_was_expected(example, made):
    said = refused(example, made.districts(), made.text("gifts.csv", "who,what\nme,socks\n"))
    assert said.startswith("gifts.csv is no look-up that I know. Its columns are who, what. Expected LSOA 2021 with ward and district")


def test_a_missing_column_is_refused(example, made):
    whole = made.wards().read_text()
    said = refused(example, made.districts(), made.text("wards.csv", whole.replace("ward24_code", "colour")))
    assert "wards.csv is no look-up that I know. Its columns are lsoa21_name, lsoa21_code, ward24_name, colour" in said


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_wrong_encoding_is_refused(example, made, encoding):
    said = refused(example, made.districts(), made.text("wards.csv", "lsoa21_code,ward_name\nE01,Café Row\n", encoding))
    assert said == "wards.csv is not text in UTF-8. Expected a CSV look-up or a GeoJSON file; save it as 'CSV UTF-8'."


@pytest.mark.parametrize("text", ["", "\n\n", "lsoa21_code"])
def test_an_empty_file_is_refused(example, made, text):
    assert "empty.csv is no look-up that I know. Its columns are none." in refused(example, made.text("empty.csv", text))


def test_a_file_that_is_not_there_is_refused(example, made):
    assert "No such file or directory" in refused(example, made.folder / "nowhere.csv")
    assert "Is a directory" in refused(example, made.folder)


def test_a_field_without_end_is_refused(example, made):
    assert "long.csv is no CSV look-up" in refused(example, made.text("long.csv", 'lsoa21_code,residents\n"' + "9" * 200_000))


@pytest.mark.parametrize("count", ["many", "-5", "nan", "1e9", "9" * 400])
def test_a_number_of_residents_that_is_none_is_refused_and_nothing_is_kept(placed, made, count):
    said = refused(placed, made.table("people.csv", "lsoa21_code residents", [("E01900011", 5), ("E01900012", count)]))
    assert "is no number of residents or households. Expected a whole number such as 1626." in said


@pytest.mark.parametrize(
    "text", ["{", '{"type": "Feature"}', '{"features": 3}', '{"features": [null]}', '{"features": [{}]}', "{" * 100_000]
)
def test_json_that_is_no_geojson_is_refused(placed, made, text):
    said = refused(placed, made.text("odd.geojson", text))
    assert said == "odd.geojson looks like JSON but is no GeoJSON: expected a FeatureCollection with 'features'."


def test_geojson_without_codes_is_refused(placed, made):
    text = '{"features": [{"properties": null, "geometry": null}, {"properties": {"colour": "red"}, "geometry": null}]}'
    assert "has no area codes. Expected properties such as LSOA21CD, WD24CD or LAD24CD." in refused(placed, made.text("x.geojson", text))


def test_the_look_up_of_another_county_is_refused(example, made):
    rows = [(ELSEWHERE[1], ELSEWHERE[0], "E22", ELSEWHERE[0], "E23000026", ELSEWHERE[2])]
    other = made.table("other.csv", "ltla24_code ltla24_name csp24_code csp24_name pfa24_code pfa24_name", rows)
    assert refused(example, other) == "other.csv does not hold the district Dacorum. Expected the look-up of its county or country."


def test_changes_and_boundaries_need_the_wards_first(example, made):
    needs = "Load LSOA 2021 with ward and district first, or together with it."
    assert refused(example, made.changes()) == f"changes.csv has no LSOA of the county. {needs}"
    assert refused(example, made.boundaries()) == f"wards.geojson has no boundary of an area I know. {needs}"


def test_one_refused_file_keeps_back_all_of_them(example, made):
    refused(example, *made.areas(), made.boundaries("far.geojson", of=["E05999999"]))
    with example.session() as session:
        assert session.scalar(select(func.count()).where(Area.level == "ward")) == 0
        outcome = session.scalars(select(Load.outcome).where(Load.kind == "areas")).one()
    assert outcome.startswith("refused: far.geojson has no boundary of an area I know.")


def test_the_real_look_ups_are_taken(example, real_data):
    example.areas(*sorted((real_data / "areas").iterdir()))
    assert (len(places(example, "district")), len(places(example, "ward", own=True)), len(places(example, "lsoa", own=True))) == (
        10,
        25,
        96,
    )
    assert people(places(example, "district")["Dacorum"]) == (155_087, 63_393)
    with example.session() as session:
        split = session.scalars(select(AreaChange.new_code).where(AreaChange.old_code == "E01023398"))
        assert set(split) == {"E01035562", "E01035563", "E01035564"}
        assert session.scalar(select(func.count()).select_from(Boundary)) == 121


def test_the_split_lsoa_is_one_that_was(placed):
    with placed.session() as session:
        assert {change.change for change in session.scalars(select(AreaChange).where(AreaChange.old_code == SPLIT))} == {"S"}
