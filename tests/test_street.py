"""police.uk street files, from zips, folders and CSVs, to counts by place."""

import zipfile
from collections import Counter

import pytest
from asking import Asking, table
from conftest import NOW, Held
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import ASB, BURGLARY, LSOAS, NOWHERE, ORDINARY, SPLIT, STATION, STREET_COLUMNS, THEIRS, VEHICLE, VIOLENCE, County, Report
from sqlalchemy import select

from models.areas import Area
from models.base import Refusal
from models.figures.months import iso
from models.held import Batch, Load, MonthCount
from models.measures import Measure
from models.series import held as series_held
from models.sources.counting import slug_of
from models.sources.street import load_street
from models.vocabulary import Vocabulary

PARK = "On or near Park Road"
TWO_MORE = [*ORDINARY, Report("E01900011"), Report("E01900041", VIOLENCE)]


def counts(held: Held, level: str, kind: str = ASB) -> dict[tuple[str, str], int]:
    """What is in use: {(place, "2025-01"): how many} of a type (or of "All crime") at a level."""
    wanted = (
        select(Area.name, MonthCount.month, MonthCount.count)
        .join(Area, Area.id == MonthCount.area_id)
        .join(Batch, Batch.id == MonthCount.batch_id)
        .join(Measure, Measure.id == MonthCount.measure_id)
        .where(Batch.current, MonthCount.level == level)
        .where(Measure.police_uk_type == kind if kind != "All crime" else Measure.key == "police.uk/all-crime")
    )
    found = Counter[tuple[str, str]]()
    with held.session() as session:
        for name, month, count in session.execute(wanted):
            found[name.removeprefix("On or near "), iso(month)] += count
    return dict(found)


def everything(held: Held) -> set[tuple[object, ...]]:
    """Every count in use, in terms that two databases share."""
    c = MonthCount
    wanted = select(Batch.feed, c.month, Measure.key, c.level, Area.code, c.count, c.mark).join_from(c, Batch).join(Measure)
    with held.session() as session:
        return {tuple(row) for row in session.execute(wanted.join(Area, Area.id == c.area_id).where(Batch.current))}


def outcomes(held: Held) -> list[str]:
    with held.session() as session:
        return list(session.scalars(select(Load.outcome).where(Load.kind == "street").order_by(Load.id)))


def refused(held: Held, *paths, at=NOW) -> str:
    """What is said of files that are not taken: nothing of them is kept, and the load is on record as refused."""
    before, revision = everything(held), held.revision
    with pytest.raises(Refusal) as refusal:
        held.street(*paths, at=at)
    assert (everything(held), held.revision) == (before, revision)
    with held.session() as session:
        assert session.scalar(select(Batch).where(~Batch.current)) is None
    assert outcomes(held)[-1] == f"refused: {refusal.value.words}"
    return refusal.value.words


def test_reports_are_placed_by_their_lsoa(placed, made):
    placed.street(made.street("2025-01"))
    assert counts(placed, "district") == {("Dacorum", "2025-01"): 5, ("St Albans", "2025-01"): 1}
    assert counts(placed, "ward") == {("Grovehill", "2025-01"): 4, ("Highfield", "2025-01"): 1}
    assert counts(placed, "lsoa") == {
        ("Area E01900011", "2025-01"): 3,
        ("Area E01900012", "2025-01"): 1,
        ("Area E01900021", "2025-01"): 1,
    }


def test_a_load_says_what_was_taken_what_was_not_and_why(placed, made):
    taken = placed.street(made.street("2025-01", [*ORDINARY, Report("E01900011", "Wizardry")]))
    assert taken.said == [
        "hertfordshire: 2025-01 taken.",
        "10 of 13 reports lie in the county and were placed.",
        "1 have no LSOA (7.7%): counted here, and in no area.",
        "1 lie outside the county or in an LSOA I don't know: left out.",
        "1 are of a type I don't know, 'Wizardry': left out.",
    ]
    assert (taken.taken, taken.skipped, taken.changed) == (10, 3, True)


def test_asb_is_never_deduplicated_and_never_part_of_all_crime(placed, made):
    placed.street(made.street("2025-01"))
    assert counts(placed, "lsoa")["Area E01900011", "2025-01"] == 3  # three rows alike, all without a crime ID
    assert counts(placed, "district", "All crime") == {("Dacorum", "2025-01"): 3, ("Watford", "2025-01"): 1}
    assert counts(placed, "ward", BURGLARY) == {("Grovehill", "2025-01"): 2}


def test_a_report_without_an_lsoa_is_in_no_area(placed, made):
    placed.street(made.street("2025-01", [Report("", ASB), Report("", VIOLENCE), Report("E01900011", VEHICLE)]))
    assert all(counts(placed, level) == {} for level in ("point", "lsoa", "ward", "district"))
    assert counts(placed, "district", "All crime") == {("Dacorum", "2025-01"): 1}


def test_a_street_place_is_a_point_with_its_ward_and_a_police_station_is_flagged(placed, made):
    placed.street(made.street("2025-01", [*[Report("E01900011", where=PARK)] * 3, *[Report("E01900021", where=STATION)] * 2]))
    assert counts(placed, "point") == {("Park Road", "2025-01"): 3, ("Police Station", "2025-01"): 2}
    with placed.session() as session:
        points = {area.name: area for area in session.scalars(select(Area).where(Area.level == "point"))}
        wards = {area.id: area.name for area in session.scalars(select(Area).where(Area.level == "ward"))}
    assert {name: wards[point.parent_id] for name, point in points.items()} == {PARK: "Grovehill", STATION: "Highfield"}
    streets = [row[0] for row in table(Asking(placed)(f"/hotspots {ASB} by street"))]
    assert streets == ["On or near Park Road, Grovehill", "On or near Police Station, Highfield ⚑"]


def test_a_point_is_one_whether_or_not_its_month_has_reports_without_one(placed, made):
    nowhere = Report("", VIOLENCE)
    for month, reports in (("2025-01", [Report("E01900011")]), ("2025-02", [Report("E01900011"), nowhere])):
        placed.street(made.street(month, reports))
    assert counts(placed, "point") == {("High Street", "2025-01"): 1, ("High Street", "2025-02"): 1}
    with placed.session() as session:
        assert list(session.scalars(select(Area.code).where(Area.level == "point"))) == ["-0.411000,51.750000"]


def test_two_places_of_one_name_are_two_points(placed, made):
    parking = [Report("E01900011", where="On or near Parking Area", east=east) for east in ("-0.470000", "-0.470000", "-0.480000")]
    placed.street(made.street("2025-01", parking))
    with placed.session() as session:
        points = select(Area.code, MonthCount.count).join(MonthCount, MonthCount.area_id == Area.id).where(MonthCount.level == "point")
        assert dict(list(session.execute(points))) == {"-0.470000,51.750000": 2, "-0.480000,51.750000": 1}


def test_a_zip_a_folder_and_csvs_give_the_same_counts(another, placed, made):
    months = [made.street("2025-01"), made.street("2025-02", TWO_MORE)]
    placed.street(*months)
    for source in (made.zipped(*months), made.folder / "street"):
        other = another()
        other.street(source)
        assert everything(other) == everything(placed)


def test_loading_twice_changes_nothing_in_whatever_form_it_comes(placed, made):
    months = [made.street("2025-01"), made.street("2025-02", TWO_MORE)]
    placed.street(*months)
    before, revision = everything(placed), placed.revision
    for again in (months, [made.zipped(*months)], [made.folder / "street"]):
        taken = placed.street(*again)
        assert taken.said == ["2 months are held already, unchanged: nothing to do."]
        assert not taken.changed
    assert (everything(placed), placed.revision) == (before, revision)
    assert outcomes(placed) == ["kept", "nothing new", "nothing new", "nothing new"]


def test_a_month_loaded_again_under_another_name_changes_nothing(placed, made):
    placed.street(made.street("2025-01"))
    assert placed.street(made.street("2025-01", name="january as I saved it.csv")).said == [
        "1 month is held already, unchanged: nothing to do."
    ]


def test_a_month_loaded_again_replaces_that_month_of_that_force_alone(placed, made):
    theirs = [Report("E01900013"), Report(NOWHERE)]
    placed.street(made.street("2025-01"), made.street("2025-02"), made.street("2025-01", theirs, THEIRS))
    assert counts(placed, "ward")["Grovehill", "2025-01"] == 5
    taken = placed.street(made.street("2025-01", TWO_MORE))
    assert counts(placed, "ward") == {
        ("Grovehill", "2025-01"): 6,
        ("Highfield", "2025-01"): 1,
        ("Grovehill", "2025-02"): 4,
        ("Highfield", "2025-02"): 1,
    }
    assert "2025-01 was revised: Anti-social behaviour 5 to 6, Violence and sexual offences 0 to 1." in taken.said


def test_our_own_rows_in_another_force_s_file_are_added(placed, made):
    placed.street(made.street("2025-01"))
    taken = placed.street(made.street("2025-01", [Report("E01900013"), *[Report(NOWHERE)] * 50], THEIRS))
    assert counts(placed, "ward")["Grovehill", "2025-01"] == 5
    assert taken.said[0] == "metropolitan: 2025-01 taken."
    assert "1 of 51 reports lie in the county and were placed." in taken.said


def test_another_force_s_month_alone_does_not_make_the_month_held(placed, made):
    placed.street(made.street("2025-02"), made.street("2025-01", [Report("E01900013")], THEIRS))
    with placed.session() as session:
        series = series_held([Vocabulary.of(session).measure("police.uk/anti-social-behaviour")], session)
    assert {each.said for each in series} == {"February 2025"}


def test_another_force_s_file_with_nothing_of_ours_is_read_and_not_kept(placed, made):
    taken = placed.street(made.street("2025-01", [Report(NOWHERE)] * 3, THEIRS))
    assert taken.said == [
        "0 of 3 reports lie in the county and were placed.",
        "3 lie outside the county or in an LSOA I don't know: left out.",
    ]
    assert (taken.changed, outcomes(placed)) == (False, ["nothing new"])


def test_a_month_of_ours_in_which_nothing_happened_is_held_as_none(placed, made):
    placed.street(made.street("2025-01"), made.street("2025-02", [Report(NOWHERE)]))
    with placed.session() as session:
        assert len(session.scalars(select(Batch).where(Batch.current)).all()) == 2
    assert ("Grovehill", "2025-02") not in counts(placed, "ward")


def test_an_lsoa_of_2011_that_was_split_stays_whole_and_counts_in_its_ward(placed, made):
    placed.street(made.street("2022-01", [Report(SPLIT)] * 4 + [Report("E01900013")]))
    assert counts(placed, "ward") == {("Grovehill", "2022-01"): 5}
    assert counts(placed, "lsoa") == {(f"Area {SPLIT} (2011)", "2022-01"): 4, ("Area E01900013", "2022-01"): 1}


def test_an_lsoa_of_2011_that_was_split_between_wards_counts_in_the_district_alone(placed, made):
    placed.areas(made.wards("moved.csv", moved={"E01900012": "Boxmoor"}))
    placed.street(made.street("2022-01", [Report(SPLIT)] * 4))
    assert (counts(placed, "ward"), counts(placed, "district")) == ({}, {("Dacorum", "2022-01"): 4})
    assert counts(placed, "lsoa") == {(f"Area {SPLIT} (2011)", "2022-01"): 4}


def test_a_split_lsoa_goes_with_its_ward_when_a_newer_look_up_moves_it(placed, made):
    placed.street(made.street("2022-01", [Report(SPLIT)]))
    placed.areas(made.wards("moved.csv", moved=dict.fromkeys(("E01900011", "E01900012", "E01900013"), "Boxmoor")))
    placed.street(made.street("2022-01", [Report(SPLIT)]))
    assert counts(placed, "ward") == {("Boxmoor", "2022-01"): 1}


def test_the_same_file_is_taken_again_when_the_wards_have_changed(placed, made):
    january = made.street("2025-01")
    placed.street(january)
    placed.areas(made.wards("moved.csv", moved={"E01900012": "Boxmoor"}))
    assert placed.street(january).changed
    assert counts(placed, "ward") == {("Grovehill", "2025-01"): 3, ("Boxmoor", "2025-01"): 1, ("Highfield", "2025-01"): 1}


def test_columns_may_come_in_any_order_and_with_others(placed, made):
    turned = [*reversed(STREET_COLUMNS)]
    placed.street(made.street("2025-01", columns=turned))
    assert counts(placed, "district")["Dacorum", "2025-01"] == 5


def test_a_file_of_several_months_is_taken_as_several(placed, made):
    first, second = made.street("2025-01").read_text(), made.street("2025-02", TWO_MORE).read_text()
    placed.street(made.text("both.csv", first + second.partition("\n")[2]))
    assert counts(placed, "ward")["Grovehill", "2025-01"] == 4
    assert counts(placed, "ward")["Grovehill", "2025-02"] == 5


def test_a_file_with_the_mark_excel_puts_before_it_is_read(placed, made):
    text = made.street("2025-01").read_text()
    placed.street(made.text("marked.csv", text, "utf-8-sig"))
    assert counts(placed, "district")["Dacorum", "2025-01"] == 5


def test_progress_is_told_file_by_file(placed, made):
    told = []
    files = [made.street("2025-01"), made.street("2025-02")]
    load_street(placed.store, placed.partnership, files, NOW, lambda *each: told.append(each))
    assert told == [(0, 2, files[0].name), (1, 2, files[1].name), (2, 2, "switching")]


# What cannot be taken


def test_a_broken_second_file_keeps_nothing_of_the_first(placed, made):
    placed.street(made.street("2024-12"))
    broken = made.text("2025-02-hertfordshire-street.csv", "Crime ID,Month\n,2025-02\n")
    assert refused(placed, made.street("2025-01"), broken).startswith(
        "2025-02-hertfordshire-street.csv is no police.uk street file: it has no column Reported by, Longitude, Latitude"
    )
    assert {month for _, month in counts(placed, "district")} == {"2024-12"}


@pytest.mark.parametrize("column", ["Month", "Reported by", "Longitude", "Location", "LSOA code", "Crime type"])
def test_a_missing_column_is_named(placed, made, column):
    said = refused(placed, made.street("2025-01", columns=[each for each in STREET_COLUMNS if each != column]))
    assert f"is no police.uk street file: it has no column {column}. Expected Month, Reported by, Longitude" in said
    assert "it has Crime ID" in said


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_wrong_encoding_is_refused(placed, made, encoding):
    text = made.street("2025-01", [Report("E01900011", where="On or near Café Row")] * 2000).read_text()
    said = refused(placed, made.text("saved.csv", text, encoding))
    assert said == "saved.csv is not in UTF-8, which police.uk files are. Download it again, and don't save it from Excel."


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "Jan-25", "01/03/2025", "", "2025"])
def test_a_month_that_is_none_is_refused(placed, made, month):
    said = refused(placed, made.text("odd.csv", made.street("2025-01").read_text().replace("2025-01", month)))
    assert said == f"odd.csv has the month {month!r}, which isn't one. Expected a year and month such as 2025-03."


def test_a_row_cut_short_is_of_no_type_and_left_out(placed, made):
    text = made.street("2025-01").read_text().rstrip()
    line = text.splitlines()[1]
    cut = line[: line.index(ASB)]
    taken = placed.street(made.text("cut.csv", f"{text}\n{cut}"))
    assert "1 are of a type I don't know, '': left out." in taken.said
    assert counts(placed, "lsoa")["Area E01900011", "2025-01"] == 3


def test_a_file_cut_within_a_quoted_field_is_refused(placed, made):
    text = made.street("2025-01").read_text()
    assert "is not a whole CSV file" in refused(placed, made.text("cut.csv", text + ',2025-01,"Hertfordshire Constab'))


def test_an_empty_file_is_refused(placed, made):
    assert "empty.csv is no police.uk street file: it has no column Month" in refused(placed, made.text("empty.csv", ""))


def test_headings_alone_are_an_empty_month(placed, made):
    assert placed.street(made.street("2025-01", [])).said == []


def test_a_truncated_zip_is_refused(placed, made):
    whole = made.zipped(made.street("2025-01", [Report(lsoa) for lsoa in LSOAS] * 50)).read_bytes()
    short = made.folder / "short.zip"
    for size in (10, len(whole) // 2, len(whole) - 1):
        short.write_bytes(whole[:size])
        assert "short.zip is not a whole zip file" in refused(placed, short)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_damaged_within_is_refused(placed, made, method):
    data = bytearray(made.zipped(made.street("2025-01", [Report(lsoa) for lsoa in LSOAS]), method=method).read_bytes())
    for place in range(200, 260):
        data[place] ^= 0xFF
    (made.folder / "damaged.zip").write_bytes(data)
    assert "2025-01-hertfordshire-street.csv cannot be read out of damaged.zip" in refused(placed, made.folder / "damaged.zip")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(placed, made):
    bomb = made.folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2025-01/2025-01-hertfordshire-street.csv", b"0" * (20 << 20))
    said = refused(placed, bomb)
    assert said.startswith("2025-01/2025-01-hertfordshire-street.csv says it unzips from ")
    assert "to 20,971,520 bytes, which no month of a force does. I take up to 268,435,456 bytes, and 100 times." in said


def test_a_member_that_says_it_is_small_and_is_not_is_refused(placed, made):
    january = made.street("2025-01", [Report(lsoa) for lsoa in LSOAS])
    data = made.zipped(january, method=zipfile.ZIP_DEFLATED).read_bytes()
    size = january.stat().st_size.to_bytes(4, "little")
    assert data.count(size) == 2  # in the member's own header, and in the directory at the end
    (made.folder / "liar.zip").write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    assert "cannot be read out of liar.zip" in refused(placed, made.folder / "liar.zip")


def test_a_zip_with_a_password_is_refused(placed, made):
    data = bytearray(made.zipped(made.street("2025-01")).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (made.folder / "locked.zip").write_bytes(data)
    assert "password required" in refused(placed, made.folder / "locked.zip")


def test_a_folder_or_zip_without_a_street_file_is_refused(placed, made):
    (made.folder / "nothing").mkdir()
    expected = "has no street file in it. Expected names such as 2025-01/2025-01-hertfordshire-street.csv."
    assert refused(placed, made.folder / "nothing") == f"nothing {expected}"
    assert refused(placed, made.zipped(made.districts(), name="areas.zip")) == f"areas.zip {expected}"


def test_a_path_that_is_not_there_is_refused(placed, made):
    assert "Expected a zip, a folder or a CSV file." in refused(placed, made.folder / "nowhere.zip")


def test_a_month_of_a_force_given_twice_in_one_load_is_refused(placed, made):
    said = refused(placed, made.street("2025-01"), made.street("2025-01", TWO_MORE, name="other.csv"))
    assert said == "other.csv gives 2025-01 of hertfordshire a second time in this load. Expected each month of a force once."


def test_without_areas_a_load_says_what_to_load_first(example, made):
    said = refused(example, made.street("2025-01"))
    assert said.startswith("I hold no areas yet, and street figures are placed by LSOA.")
    assert "jagbot load areas FILE" in said


@pytest.mark.parametrize(
    ("force", "slug"),
    [
        ("Hertfordshire Constabulary", "hertfordshire"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Dyfed-Powys Police", "dyfed-powys"),
        ("City of London Police", "city-of-london"),
    ],
)
def test_a_force_is_known_by_the_name_its_files_bear(force, slug):
    assert slug_of(force) == slug


REPORTS = st.lists(
    st.builds(
        Report,
        lsoa=st.sampled_from([*LSOAS, SPLIT, NOWHERE, ""]),
        kind=st.sampled_from([ASB, BURGLARY, VEHICLE]),
        east=st.sampled_from([None, "-0.480000", ""]),
    ),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(january=REPORTS, february=REPORTS, order=st.permutations(range(3)))
def test_a_district_is_the_sum_of_its_wards_and_of_its_lsoas_whatever_the_order_of_files(another, tmp_path, january, february, order):
    made = County(tmp_path)
    files = [made.street("2025-01", january), made.street("2025-02", february), made.street("2025-02", january, THEIRS)]
    together, apart = another(), another()
    together.street(*files)
    for number in order:
        apart.street(files[number])
    assert everything(together) == everything(apart)
    for kind in (ASB, BURGLARY, VEHICLE, "All crime"):
        district, wards, lsoas = (counts(together, level, kind) for level in ("district", "ward", "lsoa"))
        own = {month: count for (name, month), count in district.items() if name == "Dacorum"}
        assert by_month(wards) == by_month(lsoas) == own
        assert all(by_month(counts(together, "point", kind)).get(month, 0) <= count for month, count in own.items())


def by_month(found: dict[tuple[str, str], int]) -> dict[str, int]:
    months = Counter[str]()
    for (_, month), count in found.items():
        months[month] += count
    return dict(months)
