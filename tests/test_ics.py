"""Calendars in iCalendar: one's own at an address, a file written, and a file read in. Read again by a library that is another's."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from arranging import NOW, Says
from asking import facts, labels, notes, table
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as File
from slack_server import workspace as a_workspace
from sqlalchemy import select
from talking import hosting, talking

from bot.__main__ import main
from bot.clockchanges import zone_of
from bot.feeds import Feed, of_groups
from commands import Enquiry
from commands.meetings.loading import preview
from commands.meetings.taken import Taken
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.people import Person

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    example.store.address = "https://jagbot.example.org"
    return Says(example)


def feed_of(say: Says, person: str = "coordinator") -> bytes | None:
    address = facts(say.answered("/meeting calendar", person=person))["Address"]
    assert address.startswith("https://jagbot.example.org/calendar/")
    return Feed(say.held.store, lambda: NOW).at(address.removeprefix("https://jagbot.example.org"))


def events(data: bytes, name: str = "JAG") -> dict[str, Any]:
    """Events by their day, as icalendar reads them."""
    found = [each for each in File.from_ical(data).walk("VEVENT") if str(each["SUMMARY"]).startswith(name)]
    return {f"{each['DTSTART'].dt:%Y-%m-%d}": each for each in found}


# One's own calendar.


def test_everybody_has_an_address_of_their_own_that_shows_the_groups_they_see(say):
    assert {str(each["SUMMARY"]) for each in File.from_ical(feed_of(say)).walk("VEVENT")} == {"JAG", "CSAG", "RAOG", "Members Forum"}
    assert {str(each["SUMMARY"]) for each in File.from_ical(feed_of(say, "town-centre")).walk("VEVENT")} == {"JAG"}
    reply = say.answered("/meeting calendar")
    assert facts(reply)["Shows"] == "the meetings of JAG, CSAG, RAOG and Members Forum"
    assert facts(reply)["Address"] == facts(say.answered("/meeting calendar"))["Address"] not in reply.summary
    assert len(facts(reply)["Address"].split("/")[-1]) > 40, "it cannot be guessed"


def test_a_new_address_makes_the_old_one_useless_and_it_can_be_stopped(say):
    feed = Feed(say.held.store, lambda: NOW)
    old = facts(say.answered("/meeting calendar"))["Address"].removeprefix("https://jagbot.example.org")
    new = facts(say.answered("/meeting calendar new"))["Address"].removeprefix("https://jagbot.example.org")
    assert feed.at(old) is None
    assert feed.at(new)
    say.answered("/meeting calendar stop")
    assert feed.at(new) is None
    assert say.refused("/meeting calendar stop").startswith("Your calendar has no address.")


@pytest.mark.parametrize("path", ["/calendar/.ics", "/calendar/None.ics", "/calendar/x", "/calendar/'; drop table person.ics", "/"])
def test_what_is_nobody_s_address_is_nothing(say, path):
    say.answered("/meeting calendar")
    assert Feed(say.held.store, lambda: NOW).at(path) is None


def test_the_address_is_given_to_oneself_alone_and_only_where_something_is_served(say, example):
    assert say.refused("/meeting calendar", audience="here") == (
        "The address of your calendar is yours alone: ask me for it in a direct message."
    )
    example.store.address = ""
    assert "PUBLIC_URL" in say.refused("/meeting calendar")


def test_who_is_unseated_no_longer_sees_the_group_s_meetings(say):
    assert events(feed_of(say, "college"), "CSAG")
    say.answered("/jag unseat college from csag")
    assert not events(feed_of(say, "college"), "CSAG")


def test_a_moved_meeting_keeps_its_name_and_raises_its_sequence_and_a_cancelled_one_says_so(say):
    before = events(feed_of(say))["2013-12-10"]
    assert (int(before["SEQUENCE"]), str(before["STATUS"]), str(before["LOCATION"])) == (0, "CONFIRMED", "Civic Centre, Hemel Hempstead")
    say.answered("/meeting move jag 10 Dec to 12 Dec 14:00 because the chair is ill")
    after = events(feed_of(say))
    assert "2013-12-10" not in after
    moved = after["2013-12-12"]
    assert (moved["UID"], int(moved["SEQUENCE"])) == (before["UID"], 1)
    assert str(moved["DESCRIPTION"]) == "Moved from 10 December 2013 at 10:00: the chair is ill"
    say.answered("/meeting cancel jag 12 Dec because of the snow")
    gone = events(feed_of(say))["2013-12-12"]
    assert (gone["UID"], int(gone["SEQUENCE"]), str(gone["STATUS"]), str(gone["SUMMARY"])) == (
        before["UID"],
        2,
        "CANCELLED",
        "JAG (cancelled)",
    )


def test_a_private_group_s_reasons_stay_out_of_calendars_elsewhere(say):
    say.answered("/meeting cancel csag 5 Dec because of the snow in Gadebridge")
    assert b"Gadebridge" not in feed_of(say)
    assert events(feed_of(say), "CSAG")["2013-12-05"]["STATUS"] == "CANCELLED"


def test_every_name_is_of_one_meeting(say):
    data = feed_of(say)
    names = [str(each["UID"]) for each in File.from_ical(data).walk("VEVENT")]
    assert len(names) == len(set(names)) > 80


def test_another_library_reads_the_same_meetings_at_the_same_times(say):
    say.press(say("/meeting move jag 10 Dec to 30 March 2014 01:30"), "Yes, Sunday 30 March 2014 at 02:30")
    for line in (
        "cancel csag 5 Dec",
        "add jag 26 Oct 2014 01:30 for 2 hours at Röom; 2, “north”",
    ):
        say.answered(f"/meeting {line}")
    data = feed_of(say)
    theirs = {
        str(each.uid.value): (
            each.dtstart.value.astimezone(UTC),
            each.dtend.value.astimezone(UTC),
            each.summary.value,
            each.location.value,
            each.status.value,
            int(each.sequence.value),
        )
        for each in vobject.readOne(data.decode()).vevent_list
    }
    with say.held.session() as session:
        ours = {}
        for group in session.scalars(select(Group)):
            for each in Calendar.of(group, session).between(NOW - timedelta(days=366), NOW + timedelta(days=550), cancelled=True):
                said = f"{group.name} (cancelled)" if each.cancelled else group.name
                state = "CANCELLED" if each.cancelled else "CONFIRMED"
                ours[each.uid] = (each.begins.astimezone(UTC), each.ends.astimezone(UTC), said, each.place, state, each.sequence)
    assert theirs == ours
    assert len(ours) > 80


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"])
def test_a_zone_s_clock_changes_are_at_the_wall_times_they_come_at(name):
    zone = ZoneInfo(name)
    first, last = datetime(2012, 5, 1, tzinfo=UTC), datetime(2016, 5, 1, tzinfo=UTC)
    file = File()
    file.add("version", "2.0")
    file.add("prodid", "x")
    file.add_component(zone_of(zone, first, last))
    theirs = tzical(StringIO(file.to_ical().decode())).get()
    at = first + timedelta(hours=30)
    while at < last - timedelta(days=90):
        here = at.astimezone(zone)
        wall = here.replace(tzinfo=theirs, fold=here.fold)
        assert wall.utcoffset() == here.utcoffset(), here
        at += timedelta(minutes=30 if 0 < (at + timedelta(days=1)).day < 3 or here.day > 24 else 300)


def test_london_s_clocks_are_written_as_yearly_rules(say):
    text = feed_of(say).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20120325T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20121028T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in text


# Served.


def fetched(address: str, **headers: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


@pytest.fixture
def bot(say) -> Iterator[str]:
    with a_workspace() as served, hosting() as host, talking(say.held, served, host, lambda: NOW) as talk:
        yield talk.address.rpartition("/slack")[0]


def test_a_calendar_is_served_over_http_beside_slack_s_requests(say, bot):
    address = facts(say.answered("/meeting calendar", person="town-centre"))["Address"].replace("https://jagbot.example.org", bot)
    status, kind, data = fetched(address)
    assert (status, kind) == (200, "text/calendar; charset=utf-8")
    assert list(events(data))[-1] == "2015-05-12"
    assert fetched(address.replace(".ics", "x.ics"))[:1] == (404,)
    assert fetched(f"{bot}/calendar/.ics")[2] == b"There is nothing here."


def test_the_local_workspace_serves_them_as_well():
    with a_workspace() as served:
        assert fetched(f"{served.address}/calendar/x.ics")[0] == 404
        served.real.calendars = {"/calendar/x.ics": b"BEGIN:VCALENDAR"}.get
        assert fetched(f"{served.address}/calendar/x.ics") == (200, "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR")
        assert fetched(f"{served.address}/calendar/y.ics")[0] == 404


# A file read in.


def ics(folder: Path, *events: str, name: str = "meetings.ics") -> Path:
    path = folder / name
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//EN",
        *(f"BEGIN:VEVENT\n{each.strip()}\nEND:VEVENT" for each in events),
        "END:VCALENDAR",
    ]
    path.write_bytes("\n".join(lines).replace("\n", "\r\n").encode() + b"\r\n")
    return path


def event(uid: str, begins: str, summary: str = "JAG", *more: str) -> str:
    return "\n".join([f"UID:{uid}", f"DTSTART{begins}", f"SUMMARY:{summary}", *more])


def looked_at(say: Says, path: Path, group: str = "", person: str = "coordinator") -> Any:
    with say.held.session() as session:
        return preview(path, Enquiry("", Person.named(person, session), NOW, where="terminal"), session, group)[0]


def test_a_file_is_read_back_and_kept_only_when_somebody_says_so(say, tmp_path):
    path = ics(
        tmp_path,
        event(
            "a@x", ";TZID=Europe/London:20131217T100000", "Extra JAG meeting", "DTEND;TZID=Europe/London:20131217T113000", "LOCATION:Room 2"
        ),
        event("b@x", ":20140601T090000Z", "JAG summer", "DURATION:PT45M"),
        event("c@x", ":20131210T100000", "JAG"),
        event("d@x", ":20131210T113000", "JAG again"),
        event("e@x", ":20121210T113000", "JAG last year"),
        event("f@x", ";VALUE=DATE:20131218", "JAG awayday"),
        event("g@x", ":20140107T100000", "Dentist"),
    )
    reply = looked_at(say, path)
    assert reply.title == "meetings.ics: 2 meetings to load"
    assert table(reply) == [
        ["JAG", "Tue 17 Dec 2013, 10:00", "90 minutes", "Room 2", "new"],
        ["JAG", "Sun 1 Jun 2014, 10:00", "45 minutes", "", "new"],
    ]
    assert notes(reply) == (
        "Left out: 1 over already; 1 all-day, so without a time; 1 held already; 1 at once with another of the group; 1 of no group that I "
        "know by their names."
    )
    assert say.says("/meeting list jag until christmas").endswith(": 1.")
    assert labels(reply) == ["Load these 2", "Let it go"]
    done = say.press(reply, "Load these 2")
    assert done.title == "2 meetings loaded: 2 new"
    assert facts(say.answered("/meeting show jag 17 Dec"))["Where"] == "Room 2"
    assert "no longer kept" in say.refused(reply.asks[0].asks)
    assert looked_at(say, path).title == "meetings.ics: nothing to load"


def test_what_moved_or_was_cancelled_there_is_so_here(say, tmp_path):
    say.press(looked_at(say, ics(tmp_path, event("a@x", ":20131217T100000"), event("b@x", ":20131219T100000"))), "Load these 2")
    later = ics(
        tmp_path,
        event("a@x", ":20131218T140000", "JAG", "SEQUENCE:3"),
        event("b@x", ":20131219T100000", "JAG", "STATUS:CANCELLED", "SEQUENCE:1"),
        event("z@x", ":20131220T100000", "JAG", "STATUS:CANCELLED"),
    )
    reply = looked_at(say, later)
    assert [row[-1] for row in table(reply)] == ["moved from 17 December 2013 at 10:00", "cancelled"]
    assert say.press(reply, "Load these 2").title == "2 meetings loaded: 1 moved and 1 cancelled"
    assert [row[0::2] for row in table(say.answered("/meeting list jag dec"))][1:] == [
        ["Wed 18 Dec 2013, 14:00", "added"],
        ["Thu 19 Dec 2013, 10:00", "cancelled"],
    ]
    older = looked_at(say, ics(tmp_path, event("a@x", ":20131217T100000", "JAG", "SEQUENCE:2")))
    assert notes(older) == "Left out: 1 older than what is held."


def test_our_own_file_read_in_again_changes_nothing(say, tmp_path):
    for line in ("move jag 10 Dec to 12 Dec", "cancel csag 5 Dec", "add jag 17 Dec 10:00"):
        say.answered(f"/meeting {line}")
    path = tmp_path / "ours.ics"
    with say.held.session() as session:
        path.write_bytes(of_groups(session.scalars(select(Group)).all(), NOW, session))
    assert looked_at(say, path).title == "ours.ics: nothing to load"


def test_a_recurring_event_is_a_meeting_each_time_but_for_those_that_are_not(say, tmp_path):
    path = ics(
        tmp_path,
        event(
            "r@x", ";TZID=Europe/London:20140303T160000", "JAG planning", "RRULE:FREQ=WEEKLY;COUNT=6", "DURATION:PT1H",
            "EXDATE;TZID=Europe/London:20140310T160000",
        ),
        event("r@x", ";TZID=Europe/London:20140318T120000", "JAG planning", "RECURRENCE-ID;TZID=Europe/London:20140317T160000"),
        event("never@x", ":20140101T100000", "JAG", "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
        event("often@x", ":20140101T100000", "JAG", "RRULE:FREQ=SECONDLY"),
    )  # fmt: skip
    reply = looked_at(say, path)
    assert [row[1] for row in table(reply)] == [
        "Mon 3 Mar 2014, 16:00", "Tue 18 Mar 2014, 12:00", "Mon 24 Mar 2014, 16:00", "Mon 31 Mar 2014, 16:00", "Mon 7 Apr 2014, 16:00",
    ]  # fmt: skip
    assert notes(reply) == (
        "Left out: 1 repeated by a rule that cannot be followed.\n3 events of the file repeat: each time is a meeting of its own."
    )


@pytest.mark.parametrize(
    "broken",
    [
        "DURATION:PT1999", "DTEND:garbage", "EXDATE:garbage\nRRULE:FREQ=WEEKLY;COUNT=1", "SEQUENCE:-", "RDATE:20131217T100000,x",
        "STATUS:\x07", "RRULE:FREQ=WEEKLY;COUNT=1;UNTIL=20200101",
    ],
)  # fmt: skip
def test_what_is_broken_of_an_event_costs_nothing_of_the_rest(say, tmp_path, broken):
    path = ics(tmp_path, event("a@x", ":20131217T100000", "JAG", broken), event("b@x", ":20131218T100000", "JAG"))
    assert "Wed 18 Dec 2013, 10:00" in str(table(looked_at(say, path)))


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "FREQ=DAILY;BYSETPOS=5", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=DAILY;INTERVAL=0"]
)
def test_a_rule_that_would_be_looked_for_until_the_year_9999_is_not(say, tmp_path, rule):
    assert "rule that cannot be followed" in notes(looked_at(say, ics(tmp_path, event("a@x", ":20131217T100000", "JAG", f"RRULE:{rule}"))))
    assert say("/meeting cadence jag " + rule + " 10:00").refused


def test_unknown_time_zones_are_taken_as_local_and_told_and_windows_s_names_are_known(say, tmp_path):
    path = ics(
        tmp_path,
        event("a@x", ";TZID=Mars/Olympus Mons:20140107T100000"),
        event("b@x", ";TZID=GMT Standard Time:20140701T100000"),
        event("c@x", ";TZID=Eastern Standard Time:20140702T100000"),
    )
    reply = looked_at(say, path)
    assert [row[1] for row in table(reply)] == ["Tue 7 Jan 2014, 10:00", "Tue 1 Jul 2014, 10:00", "Wed 2 Jul 2014, 15:00"]
    assert notes(reply) == "I know no time zone “Mars/Olympus Mons”: those times are taken as local ones here."


def test_ten_thousand_events_are_looked_through_and_those_that_are_nobody_s_counted(say, tmp_path):
    day = datetime(2013, 12, 3)
    many = [
        event(f"{n}@x", f":{day + timedelta(days=n % 700):%Y%m%d}T{8 + n % 9:02d}0000", "Dentist" if n else "JAG") for n in range(10_000)
    ]
    path = ics(tmp_path, *many)
    reply = looked_at(say, path)
    assert (reply.title, notes(reply)) == ("meetings.ics: 1 meeting to load", "Left out: 9,999 of no group that I know by their names.")
    with pytest.raises(Refusal, match="would change") as refused:
        looked_at(say, path, group="jag")
    assert "and I load up to 500. Give a file with fewer: one group's, or the next year's." in str(refused.value)


spans = st.tuples(st.integers(0, 300), st.integers(1, 40)).map(lambda span: (NOW + timedelta(hours=span[0]), timedelta(hours=span[1])))


@given(st.lists(spans, max_size=30), spans)
def test_a_meeting_at_once_with_another_is_found_among_many_as_by_looking_at_each(meetings, another):
    taken = Taken([])
    for begins, lasts in meetings:
        taken.take(begins, begins + lasts)
    begins, ends = another[0], another[0] + another[1]
    assert taken.overlaps(begins, ends) == any(each < ends and each + lasts > begins for each, lasts in meetings)


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "PK\x03\x04", "BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_a_file_that_is_no_calendar_is_refused(say, tmp_path, text):
    path = tmp_path / "bad.ics"
    path.write_text(text)
    with pytest.raises(Refusal, match="is no iCalendar file that I can read"):
        looked_at(say, path)


def test_whose_meetings_they_are_may_be_said_and_only_who_arranges_them_loads_them(say, tmp_path):
    path = ics(tmp_path, event("a@x", ":20131217T100000", "Budget"))
    assert table(looked_at(say, path, group="csag"))[0][0] == "CSAG"
    with pytest.raises(Refusal, match="I know no group called 'nosuch'"):
        looked_at(say, path, group="nosuch")
    with pytest.raises(Refusal, match="one of: coordinator"):
        looked_at(say, path, group="jag", person="jag-chair")


def test_at_the_terminal_a_file_is_loaded_and_written(example, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", example.store.engine.url.render_as_string(hide_password=False))
    monkeypatch.chdir(tmp_path)
    path = ics(tmp_path, event("a@x", ":20131217T100000", "JAG"))
    assert main(["load", "meetings", str(path), "--at", "2013-12-02T09:00"]) == 2
    assert "Nothing is kept yet" in capsys.readouterr().err
    assert main(["load", "meetings", str(path), "--at", "2013-12-02T09:00", "--yes"]) == 0
    assert "1 meeting loaded: 1 new" in capsys.readouterr().out
    assert main(["export", "calendar", "out.ics", "jag", "--at", "2013-12-02T09:00"]) == 0
    assert "meetings of JAG." in capsys.readouterr().out
    assert "2013-12-17" in events((tmp_path / "out.ics").read_bytes())
    assert main(["export", "calendar", "out.ics", "--at", "2013-12-02T09:00"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["export", "calendar", "out.txt"]) == 2
