"""Fetching the force's months from police.uk: all of them first, then what is new, and what a new archive revised."""

from pathlib import Path

import pytest
from archive_server import Day, served
from asking import Asking
from conftest import Held
from made import NOW, THEIRS, VEHICLE, Report

from models.base import Refusal
from models.sources.police_uk import load_from_police_uk, months_asked
from models.sources.taking import Taken

GROVEHILL, WATFORD = Report("E01900011"), Report("E01900061")


@pytest.fixture
def archive(made):
    """Makes an archive of months as police.uk lays them out: archive("2025-11", november=[…])."""

    def zipped(**months: list[Report]) -> bytes:
        files = [made.street(month.removeprefix("m").replace("_", "-"), reports) for month, reports in months.items()]
        files.append(made.street("2025-10", [Report("E01900011", VEHICLE)], THEIRS))
        return Path(made.zipped(*files)).read_bytes()

    return zipped


def fetched(held: Held, url: str, asked: str = "") -> Taken:
    return load_from_police_uk(held.store, held.partnership, url, asked, NOW)


def refused(*given: object) -> str:
    with pytest.raises(Refusal) as caught:
        fetched(*given)  # type: ignore[arg-type]
    return caught.value.words


@pytest.mark.parametrize("ranges", [True, False], ids=["in parts", "whole"])
def test_the_first_time_all_is_fetched_and_again_nothing(placed, archive, ranges):
    body = archive(m2025_10=[GROVEHILL], m2025_11=[GROVEHILL] * 3, m2025_12=[GROVEHILL, WATFORD])
    with served(Day({"/data/archive/2025-12.zip": body}, ranges=ranges)) as url:
        first, again = fetched(placed, url), fetched(placed, url)
    assert first.said[:2] == ["hertfordshire: 3 months, 2025-10 to 2025-12, taken.", "6 of 6 reports lie in the county and were placed."]
    assert ("whole archive was fetched" in " ".join(first.said)) is not ranges
    assert first.changed
    assert not again.changed
    assert again.said[0] == "3 months are held already, unchanged: nothing to do."
    assert Asking(placed).says("/figures asb 2025-10..2025-12") == (
        "Anti-social behaviour in Dacorum, October to December 2025: 5; October to December 2024 is not held."
    )


def test_a_revised_month_says_what_changed_and_the_rest_is_not_fetched(placed, archive):
    before = archive(m2025_10=[GROVEHILL], m2025_11=[GROVEHILL] * 3)
    after = archive(m2025_10=[GROVEHILL], m2025_11=[GROVEHILL] * 2, m2025_12=[GROVEHILL] * 4)
    day = Day({"/data/archive/2025-11.zip": before})
    with served(day) as url:
        fetched(placed, url)
        day.files["/data/archive/2025-12.zip"] = after
        taken = fetched(placed, url)
    assert taken.said[0] == "hertfordshire: 2 months, 2025-11 to 2025-12, taken."
    assert "2025-11" in taken.said[1]
    assert "1 month is held already, unchanged: nothing to do." in taken.said
    assert " November 2025: 2; " in Asking(placed).says("/figures asb Nov 2025")


def test_the_last_month_alone_or_a_range_can_be_asked_for(placed, archive):
    body = archive(m2025_10=[GROVEHILL], m2025_11=[GROVEHILL], m2025_12=[GROVEHILL])
    with served(Day({"/data/archive/2025-12.zip": body})) as url:
        assert fetched(placed, url, "LAST").said[0] == "hertfordshire: 2025-12 taken."
        assert fetched(placed, url, "last").changed is False
        assert fetched(placed, url, "2025-09..2025-10").said[0] == "hertfordshire: 2025-10 taken."
        assert "The archive has 1 of the 2 months asked for." in fetched(placed, url, "2025-09..2025-10").said
        assert fetched(placed, url, "2025-11").said[0] == "hertfordshire: 2025-11 taken."


def test_months_that_are_none_are_refused_before_anything_is_asked(placed):
    day = Day({})
    with served(day) as url:
        for asked in ("2025-13", "2025", "yesterday", "2025-01..", "2025-01-01..2025-02-01"):
            assert refused(placed, url, asked) == f"{asked!r} is no range of months. Expected LAST, 2025-03 or 2025-01..2025-12."
        assert refused(placed, url, "2025-03..2025-01") == "'2025-03..2025-01' ends before it begins. Expected the earlier month first."
    assert day.asked == []


def test_months_that_the_archive_lacks_are_refused_with_those_it_has(placed, archive):
    with served(Day({"/data/archive/2025-12.zip": archive(m2025_10=[GROVEHILL], m2025_12=[GROVEHILL])})) as url:
        assert refused(placed, url, "2024-01..2024-03") == (
            "The archive has no month of January to March 2024. It has 2025-10 to 2025-12: 36 months at a time."
        )


def test_a_force_that_is_not_there_is_refused_with_those_that_are(placed, archive):
    placed.partnership.force = "hertford"
    with served(Day({"/data/archive/2025-12.zip": archive(m2025_10=[GROVEHILL])})) as url:
        words = refused(placed, url)
    assert words.endswith("holds no street files of 'hertford'. Did you mean hertfordshire? I know hertfordshire, metropolitan.")


def test_where_no_archive_is_found_nothing_is_changed(placed):
    with served(Day({})) as url:
        assert refused(placed, url).startswith("police.uk has none of the archives I looked for: 2026-01.zip (404), 2025-12.zip (404),")


def test_a_month_fetched_replaces_the_one_loaded_by_hand(placed, made, archive):
    placed.street(made.street("2025-12", [GROVEHILL] * 7))
    with served(Day({"/data/archive/2025-12.zip": archive(m2025_12=[GROVEHILL] * 2)})) as url:
        assert fetched(placed, url).changed
    assert " December 2025: 2; " in Asking(placed).says("/figures asb Dec 2025")


def test_ranges_are_read():
    assert months_asked("") is None
    assert months_asked("LAST") is None
    assert [str(months_asked(text)) for text in ("2025-03", "2025-01..2025-12", "2025-01 to 2025-02")] == [
        "March 2025", "2025", "January to February 2025",
    ]  # fmt: skip
