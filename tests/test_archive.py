"""Reading one force's street files out of police.uk's archive, from a real server that has good and bad days."""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
import struct
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_server import Day, served
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base import Refusal
from models.sources.archive import Archive, Member, newest_archive
from models.sources.line import Patience

BRISK = Patience(connect=2, read=2, again=3, pause=0.001, longest=1)
HASTY = Patience(connect=2, read=0.2, again=0, pause=0.001, longest=1)
NOW = datetime(2025, 6, 10, tzinfo=UTC)
PATH = "/data/archive/2025-04.zip"
HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type\n"


def street(month: str, force: str) -> tuple[str, str]:
    row = f",{month},{force},{force},-0.47,51.75,On or near Parking Area,E01023398,Dacorum 001A,Anti-social behaviour\n"
    return f"{month}/{month}-{force}-street.csv", HEADER + row


def zipped(*files: tuple[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return made.getvalue()


def two_forces(filler: int = 0) -> bytes:
    """An archive with two months of Hertfordshire, out of order, and a file of another force that does not compress."""
    return zipped(
        street("2025-02", "hertfordshire"),
        ("2025-02/2025-02-hertfordshire-outcomes.csv", "Crime ID\n"),
        ("2025-02/2025-02-hertfordshire-stop-and-search.csv", "Type\n"),
        ("2025-01/2025-01-metropolitan-street.csv", random.Random(1).randbytes(filler)),
        street("2025-01", "hertfordshire"),
        ("2025-02/2025-01-hertfordshire-street.csv", "a month in another's folder\n"),
        ("../2025-01-hertfordshire-street.csv", "a file outside\n"),
    )


def listing(archive: bytes, name: str = "2025-04.zip") -> bytes:
    md5 = hashlib.md5(archive).hexdigest()
    other = "0" * 32
    return (
        f"<table><tr><td><a href='/data/archive/2025-03.zip'>March</a><td>{other}</tr>"
        f"<tr><td><a href='/data/archive/{name}'>April 2025</a> <td>1.6 GB<td>MD5: {md5}</tr></table>"
    ).encode()


@pytest.fixture
def open_archive(tmp_path):
    """Open the archive of a day; the server and the archive are closed after the test."""
    with contextlib.ExitStack() as stack:

        def opened(day: Day, progress=None, patience=BRISK) -> Archive:
            url = stack.enter_context(served(day)) + PATH
            return stack.enter_context(Archive(url, tmp_path, progress, patience))

        yield opened


def refusal(archive: Archive, force: str = "hertfordshire") -> str:
    with pytest.raises(Refusal) as refused:
        [archive.fetch(member) for member in archive.members(force)]
    return refused.value.words


# Which archive


def test_the_newest_archive_is_the_latest_month_that_is_published():
    day = Day({PATH: b"zip", "/data/archive/2025-03.zip": b"zip"})
    with served(day) as base:
        assert newest_archive(base, NOW, patience=BRISK) == base + PATH
        assert newest_archive(base + "/", NOW, patience=BRISK) == base + PATH
    assert [path for _, path, _ in day.asked[:2]] == ["/data/archive/2025-05.zip", PATH]


def test_a_month_that_is_asked_for_is_the_only_one_looked_for():
    day = Day({PATH: b"zip", "/data/archive/2025-01.zip": b"zip"})
    with served(day) as base:
        assert newest_archive(base, NOW, asked=2025 * 12, patience=BRISK).endswith("/2025-01.zip")
        with pytest.raises(Refusal, match=r"none of the archives I looked for: 2024-12\.zip \(404\)\. It publishes"):
            newest_archive(base, NOW, asked=2024 * 12 + 11, patience=BRISK)


def test_when_six_months_have_no_archive_it_says_which_were_looked_for():
    with served(Day({})) as base, pytest.raises(Refusal) as refused:
        newest_archive(base, datetime(2025, 3, 1, tzinfo=UTC), patience=BRISK)
    assert refused.value.words == (
        "police.uk has none of the archives I looked for: 2025-02.zip (404), 2025-01.zip (404), 2024-12.zip (404), "
        "2024-11.zip (404), 2024-10.zip (404), 2024-09.zip (404). It publishes a month 4 to 8 weeks after its end. "
        "Nothing was changed."
    )


@pytest.mark.parametrize("status", [403, 405, 501])
@pytest.mark.parametrize("ranges", [True, False])
def test_where_head_is_not_allowed_the_first_byte_is_asked_for(status, ranges):
    day = Day({PATH: b"zip"}, ranges, refused_heads=status)
    with served(day) as base:
        assert newest_archive(base, NOW, patience=BRISK) == base + PATH
    assert day.asked[-1] == ("GET", PATH, "bytes=0-0")


def test_an_address_that_is_none_is_refused_in_plain_words():
    with pytest.raises(Refusal, match=r"police\.uk did not answer at nonsense.*\(it is no web address\)"):
        newest_archive("nonsense", NOW, patience=BRISK)


# By parts


def test_only_the_forces_street_files_are_brought(open_archive, tmp_path):
    day = Day({PATH: two_forces(filler=3_000_000)})
    archive = open_archive(day)
    members = archive.members("hertfordshire")
    assert [(member.month, member.name) for member in members] == [
        (2025 * 12, "2025-01/2025-01-hertfordshire-street.csv"),
        (2025 * 12 + 1, "2025-02/2025-02-hertfordshire-street.csv"),
    ]
    fetched = [archive.fetch(member) for member in members]
    assert [path.read_text() for path in fetched] == [
        street("2025-01", "hertfordshire")[1],
        street("2025-02", "hertfordshire")[1],
    ]
    assert [path.stat().st_size for path in fetched] == [member.size for member in members]
    assert archive.received < 70_000
    assert day.sent < 70_000
    assert archive.remarks == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in fetched)


def test_another_forces_big_month_comes_when_it_is_asked_for(open_archive):
    archive = open_archive(Day({PATH: two_forces(filler=300_000)}))
    (member,) = archive.members("metropolitan")
    assert archive.fetch(member).stat().st_size == member.size == 300_000
    assert archive.received > 300_000


def test_a_directory_longer_than_the_first_part_is_read_to_its_start(open_archive):
    others = [street(f"2025-{month:02d}", f"force-{number}") for number in range(150) for month in range(1, 13)]
    day = Day({PATH: zipped(street("2025-01", "hertfordshire"), *others)})
    archive = open_archive(day)
    (member,) = archive.members("hertfordshire")
    assert archive.fetch(member).read_text() == street("2025-01", "hertfordshire")[1]
    assert len(day.asked) == 3


def test_a_redirect_is_followed_for_every_part(open_archive):
    day = Day({"/elsewhere.zip": two_forces(300_000)}, moved={PATH: "/elsewhere.zip"})
    archive = open_archive(day)
    assert len([archive.fetch(member) for member in archive.members("hertfordshire")]) == 2
    assert archive.received < 70_000


def test_a_redirect_in_circles_is_refused(open_archive):
    assert "it redirects in circles" in refusal(open_archive(Day({}, moved={PATH: PATH})))


def test_a_server_that_fails_twice_is_asked_again(open_archive):
    archive = open_archive(Day({PATH: two_forces()}, failing=[503, 503]))
    assert len(archive.members("hertfordshire")) == 2


def test_a_server_that_keeps_failing_is_refused_with_nothing_changed(open_archive):
    day = Day({PATH: two_forces()}, failing=[503] * 9)
    archive = open_archive(day)
    host = archive.url.split("/")[2]
    assert refusal(archive) == (f"police.uk did not answer at {host} (it says 503). Nothing was changed; try again later.")
    assert len(day.asked) == 4


def test_a_server_that_asks_for_a_pause_is_given_it(open_archive):
    archive = open_archive(Day({PATH: two_forces()}, failing=[429], retry_after="1"))
    started = datetime.now(UTC)
    archive.members("hertfordshire")
    assert (datetime.now(UTC) - started).total_seconds() >= 1


def test_a_server_that_goes_on_asking_for_a_pause_is_refused_with_its_words(open_archive):
    archive = open_archive(Day({PATH: two_forces()}, failing=[429] * 9, retry_after="3600"), patience=HASTY)
    assert "it was asked too often and says to wait: 3600" in refusal(archive)


def test_a_file_that_breaks_off_once_is_asked_for_again(open_archive):
    archive = open_archive(Day({PATH: two_forces(300_000)}, cuts=[100_000]))
    (member,) = archive.members("metropolitan")
    assert archive.fetch(member).stat().st_size == 300_000


def test_a_file_that_keeps_breaking_off_is_refused_and_leaves_nothing(open_archive, tmp_path):
    archive = open_archive(Day({PATH: two_forces(300_000)}, cuts=[100_000] * 9))
    assert "cannot be read (it broke off before the end). Nothing was changed" in refusal(archive, "metropolitan")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_refused(tmp_path):
    with served(Day({})) as base:
        pass
    with Archive(base + PATH, tmp_path, patience=BRISK) as archive:
        assert "did not answer at 127.0.0.1" in (words := refusal(archive))
        assert "(no connection). Nothing was changed; try again later." in words


def test_a_silent_server_is_waited_for_only_so_long(open_archive):
    archive = open_archive(Day({PATH: two_forces()}, slow=0.6), patience=HASTY)
    assert "(it was silent for too long). Nothing was changed; try again later." in refusal(archive)


def test_an_archive_that_is_not_there_is_refused(open_archive):
    archive = open_archive(Day({}))
    assert refusal(archive) == f"police.uk does not give {archive.url} (it says 404). Nothing was changed."


@pytest.mark.parametrize("ranges", [True, False])
def test_a_page_in_the_archives_place_is_refused(open_archive, ranges):
    archive = open_archive(Day({PATH: b"<html>Sign in to the network</html>"}, ranges))
    assert refusal(archive) == (f"{archive.url} cannot be read (File is not a zip file). Nothing was changed; try again later.")


def test_an_archive_replaced_while_it_is_read_is_refused(open_archive):
    day = Day({PATH: two_forces(300_000)})
    archive = open_archive(day)
    january, _ = archive.members("hertfordshire")
    with pytest.raises(Refusal, match="was replaced while it was being read"):
        archive.fetch(Member(january.month, january.name, january.crc + 1, january.size))


def test_a_file_whose_checksum_is_wrong_is_refused_and_leaves_nothing(open_archive, tmp_path):
    name, text = street("2025-01", "hertfordshire")
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(name, text)
    spoilt = stored.getvalue().replace(b"Parking Area", b"Parking Aria")
    assert f"(Bad CRC-32 for file '{name}')" in refusal(open_archive(Day({PATH: spoilt})))
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_of_the_environment_is_used(tmp_path, monkeypatch):
    with served(Day({PATH: two_forces()})) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        with Archive("http://police.invalid" + PATH, tmp_path, patience=BRISK) as archive:
            assert len(archive.members("hertfordshire")) == 2


# Whole


def test_where_no_parts_are_sent_the_whole_is_fetched_once_and_its_md5_checked(open_archive, tmp_path):
    whole, told = two_forces(filler=3_000_000), []
    day = Day({PATH: whole, "/data/archive/": listing(whole)}, ranges=False)
    archive = open_archive(day, lambda done, total: told.append((done, total)))
    fetched = [archive.fetch(member) for member in archive.members("hertfordshire")]
    assert fetched[0].read_text() == street("2025-01", "hertfordshire")[1]
    assert [method for method, path, wanted in day.asked if path == PATH and not wanted] == ["GET"]
    assert told[-1] == (len(whole), len(whole))
    assert len(told) > 2
    assert archive.remarks == ["police.uk sent no parts, so the whole archive was fetched, 3.0 MB; its MD5 is the one published."]
    archive.__exit__()
    assert sorted(tmp_path.iterdir()) == sorted(fetched)


def test_a_whole_archive_with_another_md5_than_published_is_refused(open_archive):
    whole = two_forces()
    archive = open_archive(Day({PATH: whole, "/data/archive/": listing(b"another")}, ranges=False))
    assert f"came with the MD5 {hashlib.md5(whole).hexdigest()}, where police.uk publishes" in refusal(archive)


def test_a_page_that_publishes_no_md5_or_is_missing_is_said(open_archive):
    silent = open_archive(Day({PATH: two_forces(), "/data/archive/": listing(b"", "2024-01.zip")}, ranges=False))
    missing = open_archive(Day({PATH: two_forces()}, ranges=False))
    assert silent.members("hertfordshire") == missing.members("hertfordshire")
    assert silent.remarks[0].endswith("; police.uk publishes no MD5 for it.")
    assert missing.remarks[0].endswith("; its MD5 could not be checked, the page that publishes it was not to be had.")


def test_a_whole_archive_that_breaks_off_is_refused_and_not_fetched_twice(open_archive, tmp_path):
    day = Day({PATH: two_forces(300_000)}, ranges=False, cuts=[1000, 200_000])
    archive = open_archive(day)
    assert "cannot be read (it broke off before the end)" in refusal(archive)
    assert len(day.asked) == 2
    archive.__exit__()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("claimed", [200_000, 400_000])
def test_a_whole_archive_of_another_length_than_claimed_is_refused(open_archive, claimed):
    archive = open_archive(Day({PATH: two_forces(300_000)}, ranges=False, claimed=claimed))
    assert "cannot be read" in refusal(archive)


def test_a_whole_archive_that_the_disk_has_no_room_for_is_refused(open_archive):
    archive = open_archive(Day({PATH: b"PK"}, ranges=False, claimed=10**18))
    assert "must be fetched whole, 1000000000.0 GB, and" in refusal(archive)


# Which force, and within what bounds


def test_a_force_that_is_misspelt_is_refused_with_the_near_names(open_archive):
    archive = open_archive(Day({PATH: two_forces()}))
    assert refusal(archive, "Hertfordshir") == (
        f"{archive.url} holds no street files of 'Hertfordshir'. Did you mean hertfordshire? I know hertfordshire, metropolitan."
    )
    assert refusal(archive, "kent").endswith("of 'kent'. I know hertfordshire, metropolitan.")


def test_an_archive_without_street_files_is_refused(open_archive):
    archive = open_archive(Day({PATH: zipped(("readme.txt", "hello"))}))
    assert refusal(archive).endswith("It holds no street files at all.")


def test_a_file_that_swells_too_much_is_refused_before_it_is_unzipped(open_archive, tmp_path):
    bomb = zipped(("2025-01/2025-01-hertfordshire-street.csv", b"0" * 5_000_000))
    words = refusal(open_archive(Day({PATH: bomb})))
    assert "2025-01-hertfordshire-street.csv says it unzips from " in words
    assert " to 5,000,000 bytes, which no month of a force does. I take up to 268,435,456 bytes, and 100 times" in words
    assert list(tmp_path.iterdir()) == []


def test_a_file_larger_than_any_month_is_refused_before_it_is_unzipped(open_archive):
    archive = bytearray(zipped(street("2025-01", "hertfordshire")))
    struct.pack_into("<LL", archive, archive.rfind(b"PK\x01\x02") + 20, 2**27, 2**28 + 1)
    assert "to 268,435,457 bytes, which no month of a force does" in refusal(open_archive(Day({PATH: bytes(archive)})))


def test_more_months_than_ten_years_are_refused(open_archive):
    months = [f"{year}-{month:02d}" for year in range(2010, 2021) for month in range(1, 13)][:121]
    archive = open_archive(Day({PATH: zipped(*(street(month, "hertfordshire") for month in months))}))
    assert refusal(archive).endswith("holds 121 months of hertfordshire: I take at most 120.")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=6), st.booleans())
def test_a_spoilt_archive_is_read_right_or_refused_and_never_breaks_anything(spoilt, ranges):
    archive = bytearray(zipped(street("2025-01", "hertfordshire"), street("2025-02", "hertfordshire")))
    for where, byte in spoilt:
        archive[where % len(archive)] = byte
    once = Patience(connect=2, read=2, again=1, pause=0)
    with served(Day({PATH: bytes(archive)}, ranges)) as base, tempfile.TemporaryDirectory() as folder:
        with Archive(base + PATH, Path(folder), patience=once) as held, contextlib.suppress(Refusal):
            for member in held.members("hertfordshire"):
                assert held.fetch(member).stat().st_size == member.size
        assert not list(Path(folder).glob("*.part"))


def test_the_module_is_light_until_something_is_asked_for():
    code = "import models.sources.archive, sys; print({'requests', 'remotezip', 'rapidfuzz', 'pandas'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
