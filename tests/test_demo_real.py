"""A demo of real files: found in the folders that are named, on today's date, and never at the cost of the demo that was there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made import County
from starting import PATIENCE, says, started

from bot.demo.given import Given
from bot.demo.kept import DATABASE, WORKSPACE
from bot.workspace.state import State
from models.base import Refusal

DEMO = ("demo", "--no-browser", "--port", "0")


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> County:
    """A folder with all that is needed, and much that is not."""
    made = County(tmp_path_factory.mktemp("data"))
    made.areas()
    made.text("2025-01/2025-01-hertfordshire-outcomes.csv", "Crime ID,Month,Reported by,Falls within\n")
    made.text("assessment/figures.csv", "line,figure\n1,2\n")
    made.text("notes.txt", "what we have")
    made.folder.joinpath("police-uk").mkdir()
    street = made.street("2025-01")
    made.zipped(street, name="police-uk/2025.zip")
    street.unlink()
    return made


# What is found


def test_in_a_folder_street_files_and_look_ups_are_found_and_what_is_neither_is_left(county):
    given = Given.at([county.folder])
    assert [path.name for path in given.street] == ["2025.zip"]
    assert sorted(path.name for path in given.places) == ["beats.csv", "changes.csv", "districts.csv", "wards.csv", "wards.geojson"]
    named = Given.at([*county.areas(), county.folder / "police-uk"])
    assert (sorted(named.street), sorted(named.places), named.hash) == (sorted(given.street), sorted(given.places), given.hash)


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("police-uk", "look-up of LSOA 2021 to ward and district"),
        ("wards.csv", "police.uk street file"),
        ("assessment", "police.uk street file"),
    ],
)
def test_a_kind_of_file_that_is_lacking_is_asked_for_in_the_words_of_this_command(county, named, kind):
    with pytest.raises(Refusal) as refused:
        Given.at([county.folder / named])
    assert str(refused.value).startswith(f"There is no {kind} in {county.folder / named}. Add one to this command, after --real. Expected")


def test_a_zip_that_was_cut_short_is_not_passed_over(county, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes((county.folder / "police-uk" / "2025.zip").read_bytes()[:200])
    assert Given.at([tmp_path, county.folder / "wards.csv"]).street == [cut]


# As it is started


@pytest.fixture(scope="module")
def place(county, tmp_path_factory) -> tuple[Path, list[str]]:
    """A folder with a demo of real files in it, and what its start printed."""
    made = tmp_path_factory.mktemp("demo")
    with started(made, *DEMO, "--fresh", "--real", str(county.folder)) as demo:
        assert demo.stdout
        printed = []
        for line in demo.stdout:
            printed.append(line)
            if line.startswith("Ctrl-C"):
                break
    return made, printed


def test_what_to_try_is_what_works_on_todays_date_with_a_reference_that_is_there(place):
    tried = "".join(place[1])
    (line,) = [line.split() for line in place[1] if "gates reordered" in line]
    with closing(sqlite3.connect(place[0] / DATABASE)) as database:
        gates = database.execute("select ref from action where wording like 'Fit alley gates%'").fetchone()
    assert [line[0]] == list(gates)
    assert "To the next event" not in tried


def test_the_same_command_without_fresh_goes_on_and_so_does_none_of_it(place, county):
    before = _kept(place[0])
    for more in (("--real", str(county.folder)), ()):
        with started(place[0], *DEMO, *more) as demo:
            says(demo, r"http://\S+")
        assert demo.returncode == 0
    assert _kept(place[0]) == before


def test_other_files_are_refused_without_fresh(place, county, tmp_path):
    other = County(tmp_path)
    with started(place[0], *DEMO, "--real", str(other.street("2025-02")), str(county.folder)) as demo:
        says(demo, "There is a demo here already, of other files. To make it of these files, start it over")
        demo.wait(PATIENCE)
    assert demo.returncode == 2


def test_a_demo_started_over_of_files_that_are_refused_is_left_as_it_was(place, county, tmp_path):
    before = _kept(place[0])
    bad = tmp_path / "bad.zip"
    bad.write_bytes((county.folder / "police-uk" / "2025.zip").read_bytes()[:200])
    with started(place[0], *DEMO, "--fresh", "--real", str(bad), str(county.folder / "wards.csv")) as demo:
        says(demo, "bad.zip is not a whole zip file")
        demo.wait(PATIENCE)
    assert demo.returncode == 2
    assert _kept(place[0]) == before
    assert sorted(path.name for path in place[0].iterdir()) == sorted([DATABASE, WORKSPACE])


def test_a_demo_started_over_and_killed_while_it_is_made_is_left_as_it_was(place):
    before = _kept(place[0])
    with started(place[0], *DEMO, "--fresh") as demo:
        while not (place[0] / f"{WORKSPACE}.before").exists() or not (place[0] / DATABASE).exists():
            assert demo.poll() is None
        demo.kill()
    with started(place[0], *DEMO) as demo:
        says(demo, r"http://\S+")
    assert _kept(place[0]) == before
    assert sorted(path.name for path in place[0].iterdir()) == sorted([DATABASE, WORKSPACE])


def _kept(folder: Path) -> tuple[object, int]:
    """When and of what the demo there was made, and how much of it there is."""
    with closing(State(str(folder / WORKSPACE))) as state:
        return state.get("kept", "made"), len(state.history("CJAG", "UJAGCHAIR"))
