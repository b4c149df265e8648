"""The example partnership: what its papers print, and what the real figures of 2025 say of it."""

import csv
import re

import pytest
from conftest import DATA, NOW
from sqlalchemy import func, select

from models.calendar import Calendar
from models.figures.change import rate
from models.figures.months import Period, iso, month
from models.figures.rank import printed, ranked
from models.series import Series, held
from models.sources.founding import Answers, make_example, make_own
from models.tables import (
    Agency,
    Area,
    Batch,
    Group,
    Load,
    Measure,
    Membership,
    Partnership,
    Person,
    PlaceWord,
    Priority,
    Published,
    Refusal,
)
from models.vocabulary import Place, Vocabulary

IN_2025 = Period(month(2025, 1), month(2025, 12))
TABLES = (Agency, Area, Group, Load, Measure, Membership, Partnership, Person, PlaceWord, Priority, Published)


def published(held_, measure: str, place: str = "Dacorum", last: str = "2013-07") -> Published:
    """What the papers print of a measure in a place, over the twelve months to `last`."""
    with held_.session() as session:
        found = session.scalars(
            select(Published)
            .join(Measure)
            .join(Area, Area.id == Published.area_id)
            .where(Measure.key == measure, Area.name == place, Published.last == month(*map(int, last.split("-"))))
            .order_by(Published.first)
        )
        return next(iter(found))


def sizes(held_) -> list[int | None]:
    with held_.session() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_making_the_example_twice_makes_it_once(example):
    before = sizes(example)
    again, made_now = make_example(example.store, NOW)
    assert (again.id, made_now) == (example.partnership.id, False)
    assert sizes(example) == before


def test_a_partnership_of_a_key_held_already_is_refused(example):
    answers = Answers("Our CSP", "Dacorum", "Hertfordshire", "Hertfordshire Constabulary", "me@example.org")
    with pytest.raises(Refusal, match="A partnership called 'dacorum' is here already"):
        make_own(example.store, answers)


def test_a_partnership_of_one_s_own_has_its_priorities_every_police_uk_measure_and_a_coordinator(store):
    answers = Answers("Watford CSP", "Watford", "Hertfordshire", "Hertfordshire Constabulary", "me@example.org", ("asb", "drugs"))
    own = make_own(store, answers)
    with store.session(own.id) as session:
        assert (own.key, own.force) == ("watford", "hertfordshire")
        assert set(session.scalars(select(Priority.key))) == {"asb", "drugs"}
        assert len(session.scalars(select(Measure).where(Measure.police_uk_type != "")).all()) == 14
        assert [(each.handle, each.email) for each in session.scalars(select(Person))] == [("coordinator", "me@example.org")]
        assert session.scalar(select(func.count()).select_from(Published)) == 0


def test_people_of_the_example_are_roles_that_lead_deputise_and_sit_on_groups(example):
    with example.session() as session:
        for priority in session.scalars(select(Priority)):
            assert priority.lead.handle == f"{priority.key}-lead"
            assert priority.deputy.handle == f"{priority.key}-deputy"
        assert all(person.email.endswith("@example.org") for person in session.scalars(select(Person)))
        jag = session.scalar(select(Group).where(Group.key == "jag"))
        assert Calendar.of(jag, session).last(NOW.replace(day=11)).begins.isoformat() == "2026-02-10T10:00:00+00:00"
        assert {member.person.handle for member in jag.members if member.seat in ("chair", "deputy")} == {"jag-chair", "jag-deputy"}


def test_dwelling_burglary_is_as_the_papers_print_it(example):
    figure = published(example, "burglary-dwelling")
    assert (figure.current, figure.before, figure.printed_change) == (407, 430, "-5.3%")
    assert (figure.rate, figure.msg_rate, figure.rate_per) == (6.7, 6.8, "1,000 households")
    assert (printed(figure.county_rank), printed(figure.msg_rank)) == ("7th of 10", "10th of 15")
    assert (figure.risk, figure.risk_before) == ("low", "medium")
    assert round(figure.chance, 2) == 0.43
    assert figure.recommendation.startswith("That Burglary Dwelling remains a priority for the partnership")


def test_burglary_rose_most_in_berkhamsted_castle(example):
    figure = published(example, "burglary-dwelling", "Berkhamsted Castle")
    assert (figure.current, figure.before, figure.printed_volume, figure.standing) == (33, 7, "+26", "highest; greatest rise")


def test_asb_is_highest_where_the_papers_say(example):
    counts = {
        place: published(example, "asb-incidents", place) for place in ("Hemel Hempstead Central", "Highfield and St Pauls", "Grovehill")
    }
    assert {place: (figure.current, figure.before) for place, figure in counts.items()} == {
        "Hemel Hempstead Central": (570, 912),
        "Highfield and St Pauls": (374, 518),
        "Grovehill": (249, 359),
    }


def test_counts_that_follow_from_what_is_printed_are_named_as_such(example):
    with example.session() as session:
        derived = {
            int(count)
            for figure in session.scalars(select(Published).where(Published.derived != ""))
            for count in (figure.current if "current" in figure.derived else None, figure.before if "before" in figure.derived else None)
            if count is not None
        }
    assert derived >= {803, 630, 113, 129, 64, 57, 359, 142, 14, 9}  # those that FIGURES.md names


# What is printed in words: "no aggravated dwelling burglaries", "up but only by one offence".
IN_WORDS = {("burglary-aggravated", "Dacorum", "0"), ("aggravated-vehicle-taking", "Dacorum", "1")}


@pytest.fixture(scope="session")
def document() -> list[str]:
    """The strategic assessment, line by line."""
    folder = DATA.parent / "reference"
    found = sorted(folder.glob("004_*.txt")) if folder.is_dir() else []
    if not found:
        pytest.skip("the strategic assessment in ../shared/reference is not here")
    return found[0].read_text(encoding="utf-8").splitlines()


def cited(document: list[str], lines: str) -> str:
    """The text of "186; 226-239"."""
    spans = [[int(end) for end in re.findall(r"\d+", part)] for part in lines.split(";") if re.search(r"\d", part)]
    return "\n".join("\n".join(document[span[0] - 1 : span[-1]]) for span in spans)


def numbers(figure: Published) -> list[str]:
    """Every number of a figure that is as printed, bare of signs and units."""
    counts = [("current", figure.current), ("before", figure.before), ("", figure.rate), ("", figure.msg_rate)]
    given = [f"{value:g}" for name, value in counts if value is not None and not (name and name in figure.derived)]
    texts = (figure.printed_change, figure.printed_volume, figure.share)
    ranks = (figure.county_rank, figure.county_rank_before, figure.msg_rank, figure.msg_rank_before)
    return given + [number for text in (*texts, *ranks) for number in re.findall(r"[\d.]+", text)[:1]]


def test_every_number_kept_stands_on_the_lines_it_is_kept_from(example, document):
    with example.session() as session:
        figures = session.scalars(select(Published)).all()
        assert len(figures) == 125
        missing = {
            (figure.measure.key, figure.area.name, number)
            for figure in figures
            for number in numbers(figure)
            if not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", cited(document, figure.line).replace(",", ""))
        }
    assert missing == IN_WORDS


def test_the_example_s_figures_are_those_of_the_file_beside_the_papers(example, real_data):
    with (real_data / "assessment" / "strategic-assessment-figures.csv").open(encoding="utf-8-sig") as file:
        theirs = {(row["current"], row["previous"]) for row in csv.DictReader(file) if row["current"] and row["previous"]}
    with example.session() as session:
        ours = {(figure.current, figure.before) for figure in session.scalars(select(Published)) if figure.before is not None}
    missing = {pair for pair in theirs if (float(pair[0]), float(pair[1])) not in ours}
    assert not missing


# The real figures of 2025


def series_of(held_, key: str, level: str) -> tuple[Series, Vocabulary]:
    with held_.session() as session:
        words = Vocabulary.of(session)
        return next(each for each in held([words.measure(key)], session) if each.level == level), words


def totals(held_, key: str, level: str) -> dict[Place, int]:
    """Each place of a level with what it had in 2025."""
    series, words = series_of(held_, key, level)
    with held_.session() as session:
        counts = series.counts(IN_2025, session)
    return {words.places[area]: sum(count or 0 for count in months) for area, months in counts.items()}


def test_asb_in_2025_is_most_in_the_town_boxmoor_and_apsley(real):
    wards = {place.name: count for place, count in totals(real, "police.uk/anti-social-behaviour", "ward").items()}
    assert sorted(wards.items(), key=lambda each: -each[1])[:3] == [
        ("Hemel Hempstead Town", 334),
        ("Boxmoor", 262),
        ("Apsley and Corner Hall", 252),
    ]
    assert sum(wards.values()) == 3167
    assert {place.name: count for place, count in totals(real, "police.uk/anti-social-behaviour", "district").items()}["Dacorum"] == 3167
    assert sum(totals(real, "police.uk/anti-social-behaviour", "lsoa").values()) == 3167


@pytest.mark.parametrize(
    ("key", "per", "shown", "place"),
    [
        ("all-crime", "residents", 71.48, "5th of 10"),
        ("burglary", "households", 9.559, "8th of 10"),
        ("anti-social-behaviour", "residents", 20.421, "7th of 10"),
        ("vehicle-crime", "residents", 5.352, "6th of 10"),
        ("criminal-damage-and-arson", "residents", 5.906, "7th of 10"),
        ("drugs", "residents", 2.257, "6th of 10"),
    ],
)
def test_rates_and_county_ranks_of_2025_come_out(real, key, per, shown, place):
    series, _ = series_of(real, f"police.uk/{key}", "district")
    assert series.measure.per == per
    rates = {district.name: rate(count, getattr(district, per)) for district, count in totals(real, f"police.uk/{key}", "district").items()}
    assert round(rates["Dacorum"], 3 if key != "all-crime" else 2) == shown
    assert str(ranked(rates)["Dacorum"]) == place


def test_the_real_months_are_held_from_january_to_december_2025(real):
    series, _ = series_of(real, "police.uk/burglary", "ward")
    assert series.said == "January 2025 to December 2025"
    assert (iso(series.first), iso(series.last), series.lag(NOW)) == ("2025-01", "2025-12", 2)
    assert not series.holds(IN_2025.back())
    assert series.marking == "Open Government Licence v3.0"
    assert series.files == ("hertfordshire-2025.zip",)


def test_loading_the_real_figures_again_changes_nothing(real, real_data):
    revision, archive = real.revision, real_data / "police-uk" / "hertfordshire-2025.zip"
    taken = real.street(archive)
    assert taken.said == ["12 months are held already, unchanged: nothing to do."]
    assert real.revision == revision
    with real.session() as session:
        assert session.scalar(select(func.count()).where(Batch.current)) == 12


def test_asb_on_or_near_parking_areas_is_at_forty_points_in_eighteen_wards(real):
    series, _ = series_of(real, "police.uk/anti-social-behaviour", "point")
    with real.session() as session:
        at = list(series.counts(IN_2025, session))
        parking = session.scalars(select(Area.parent_id).where(Area.id.in_(at), Area.name == "On or near Parking Area")).all()
    assert (len(parking), len(set(parking))) == (40, 18)
