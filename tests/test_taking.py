"""A load is kept whole or not at all, at one moment, and holds nobody up while it runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from conftest import NOW, Held
from made import ORDINARY, Report
from sqlalchemy import func, select

from models.base import Refusal
from models.figures.months import Period, month
from models.groups import Group
from models.held import Batch, Load, MonthCount
from models.measures import Measure
from models.people import Person
from models.series import held as series_held
from models.sources.taking import Row, Taken, Taking
from models.vocabulary import Vocabulary

JANUARY, MARCH = month(2025, 1), month(2025, 3)
FEED = "police.uk/hertfordshire"


def taking(held: Held, *, at=NOW, file="hand.csv") -> Taking:
    return Taking(held.store, held.partnership.id, "street", file, at, marking="")


def rows(held: Held, count: int) -> list[Row]:
    """One row: so many ASB reports in Dacorum."""
    with held.session() as session:
        words = Vocabulary.of(session)
        return [Row(words.measure("police.uk/anti-social-behaviour").id, "district", words.district.id, count)]


def loaded(held: Held, month: int, count: int, *, at=NOW) -> Taken:
    taken = Taken("hand.csv", count)
    with taking(held, at=at) as load:
        load.stage(FEED, month, rows(held, count), own=True, mark=str(count))
        load.finish(taken)
    return taken


def asb(held: Held) -> list[int | None]:
    """ASB in Dacorum by month, over the months held."""
    with held.session() as session:
        words = Vocabulary.of(session)
        for series in series_held([words.measure("police.uk/anti-social-behaviour")], session):
            if series.level == "district":
                return series.counts(Period(series.first, series.last), session)[words.district.id]
    return []


def outcomes(held: Held) -> list[str]:
    with held.session() as session:
        return list(session.scalars(select(Load.outcome).where(Load.kind == "street").order_by(Load.id)))


def leftovers(held: Held) -> tuple[int, int]:
    """Batches not in use, and counts that belong to them."""
    with held.session() as session:
        batches = session.scalar(select(func.count()).select_from(Batch).where(~Batch.current))
        counts = session.scalar(select(func.count()).select_from(MonthCount).join(Batch).where(~Batch.current))
    return batches, counts


def test_what_is_staged_is_read_by_nobody_until_it_is_finished(placed):
    with taking(placed) as load:
        load.stage(FEED, JANUARY, rows(placed, 5), own=True, mark="a")
        assert asb(placed) == []
        load.finish(Taken("hand.csv", 5))
    assert asb(placed) == [5]
    assert outcomes(placed) == ["kept"]


def test_a_finished_load_raises_the_revision_once_and_an_empty_one_does_not(placed):
    before = placed.revision
    assert loaded(placed, JANUARY, 5).changed
    assert placed.revision == before + 1
    with taking(placed) as load:
        load.finish(empty := Taken("hand.csv"))
    assert not empty.changed
    assert (placed.revision, outcomes(placed)) == (before + 1, ["kept", "nothing new"])


def test_a_month_loaded_again_replaces_that_month_and_nothing_is_left_of_it(placed):
    loaded(placed, JANUARY, 5)
    loaded(placed, MARCH, 7)
    loaded(placed, JANUARY, 6)
    assert asb(placed) == [6, 0, 7]
    assert leftovers(placed) == (0, 0)


def broken_off(held: Held, error: BaseException) -> None:
    with taking(held) as load:
        load.stage(FEED, JANUARY, rows(held, 9), own=True, mark="b")
        raise error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Refusal("No such month."), "refused: No such month."),
        (ValueError("secret words"), "broke off: ValueError"),
        (KeyboardInterrupt(), "broke off: KeyboardInterrupt"),
    ],
)
def test_half_a_load_is_not_kept_whatever_stopped_it(placed, error, outcome):
    loaded(placed, JANUARY, 5)
    revision = placed.revision
    with pytest.raises(type(error)):
        broken_off(placed, error)
    assert asb(placed) == [5]
    assert (leftovers(placed), placed.revision, outcomes(placed)) == ((0, 0), revision, ["kept", outcome])


def killed(held: Held, *, at=NOW) -> None:
    """A load whose process was killed: nothing runs after it has staged a month."""
    load = taking(held, at=at).__enter__()
    load.stage(FEED, JANUARY, rows(held, 9), own=True, mark="c")


def test_a_load_that_was_killed_is_read_by_nobody_and_a_later_one_clears_it_away(placed):
    killed(placed)
    assert asb(placed) == []
    assert leftovers(placed) == (1, 1)
    loaded(placed, MARCH, 7, at=NOW + timedelta(hours=5))  # it might be running still
    assert (leftovers(placed), outcomes(placed)) == ((1, 1), ["running", "kept"])
    loaded(placed, MARCH, 8, at=NOW + timedelta(hours=7))
    assert (leftovers(placed), outcomes(placed)) == ((0, 0), ["broke off: killed", "kept", "kept"])
    assert asb(placed) == [8]


def test_people_write_while_a_load_is_staging(placed):
    with taking(placed) as load:
        for number, month_ in enumerate(range(JANUARY, MARCH + 1)):
            load.stage(FEED, month_, rows(placed, 5), own=True, mark="d")
            with placed.session() as session:
                session.add(Person(handle=f"newcomer-{number}", role="owner", email="new@example.org"))
        load.finish(Taken("hand.csv"))
    with placed.session() as session:
        assert session.scalar(select(func.count()).where(Person.handle.like("newcomer-%"))) == 3
    assert asb(placed) == [5, 5, 5]


def test_people_write_while_another_has_read_what_a_load_is_replacing(placed):
    loaded(placed, JANUARY, 5)
    with placed.session() as reading:
        assert reading.scalar(select(func.count()).select_from(MonthCount)) == 1
        loaded(placed, JANUARY, 6)
        with placed.session() as session:
            session.scalar(select(Group).where(Group.key == "jag")).channel = "#jag-2"
    assert asb(placed) == [6]


def test_two_loads_of_one_month_at_once_leave_one_of_them_in_use(placed):
    loaded(placed, JANUARY, 1)
    ready = Barrier(2)

    def load(count: int) -> None:
        with taking(placed) as under_way:
            under_way.stage(FEED, JANUARY, rows(placed, count), own=True, mark=str(count))
            ready.wait(10)
            under_way.finish(Taken("hand.csv"))

    with ThreadPoolExecutor() as people:
        list(people.map(load, (5, 6)))
    assert asb(placed) in ([5], [6])
    assert (leftovers(placed), outcomes(placed)) == ((0, 0), ["kept"] * 3)


def test_a_suppressed_month_is_held_as_suppressed_and_never_as_nothing(placed):
    with placed.session() as session:
        words = Vocabulary.of(session)
        measure = Measure(key="workbook/fly-tips", name="Fly-tips", source="workbook")
        session.add(measure)
        session.flush()
        district, wards = words.district, [p for p in words.places.values() if p.level == "ward" and p.own]
    with taking(placed) as load:
        found = [Row(measure.id, "ward", wards[0].id, None, "<5"), Row(measure.id, "ward", wards[1].id, 12)]
        load.stage("workbook/x/ward", JANUARY, found, own=True, mark="e", measure_id=measure.id, level="ward")
        load.finish(Taken("hand.xlsx"))
    with placed.session() as session:
        series = series_held([measure], session)
        assert [(each.level, each.said) for each in series] == [("ward", "January 2025")]
        counts = series[0].counts(Period(JANUARY, JANUARY), session)
    assert counts == {wards[0].id: [None], wards[1].id: [12]}
    assert district.id not in counts


def test_months_held_are_said_with_their_gaps(placed):
    for each in (month(2024, 11), month(2024, 12), JANUARY, MARCH):
        loaded(placed, each, 1)
    with placed.session() as session:
        measure = Vocabulary.of(session).measure("police.uk/anti-social-behaviour")
        series = series_held([measure], session)[0]
    assert series.said == "November 2024 to January 2025, and March 2025"
    assert not series.holds(Period(JANUARY, MARCH))
    assert series.lag(NOW) == 11


def test_a_reader_never_sees_half_a_switch(placed, made):
    """Every answer given while loads replace one another is of one load, whole."""
    few, many = made.street("2025-01", name="few.csv"), made.street("2025-01", [*ORDINARY, *[Report("E01900011")] * 10], name="many.csv")
    placed.street(few)
    seen = set()
    with ThreadPoolExecutor() as people:
        loads = people.submit(lambda: [placed.street(each) for each in (many, few, many, few)])
        while not loads.done():
            seen.add(asb(placed)[0])
        loads.result()
    assert seen <= {5, 15}
