"""The store: one partnership's rows stay its own, migrations match the tables, and the database is opened with care."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import NOW, Held
from made import ORDINARY, Report
from sqlalchemy import inspect, select, text

from models.base import Owned
from models.figures.months import Period, month
from models.series import held
from models.sources.founding import Answers, make_own
from models.store import Store, newest_version, open_engine
from models.tables import Agency, Area, Base, Batch, Load, Measure, Partnership, Person, PlaceWord, Refusal
from models.vocabulary import Vocabulary

OWNED = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)]
JANUARY = Period(month(2025, 1), month(2025, 1))


@pytest.fixture
def neighbour(placed, made):
    """A second partnership, with the very same county, places and names as the example, and figures of its own."""
    answers = Answers("Our CSP", "Dacorum", "Hertfordshire", "Hertfordshire Constabulary", "me@example.org")
    with placed.store.session() as session:
        session.get_one(Partnership, placed.partnership.id).key = "the-example"
    other = Held(placed.store, make_own(placed.store, answers))
    other.areas(made.districts(), made.wards())
    return other


def test_every_owned_table_shows_a_partnership_its_own_rows_alone(placed, neighbour, made):
    placed.street(made.street("2025-01"))
    neighbour.street(made.street("2025-02"))
    for own in (placed, neighbour):
        with own.session() as session:
            for table in OWNED:
                assert {row.partnership_id for row in session.scalars(select(table))} <= {own.partnership.id}, table.__name__
            for table in (Area, Measure, Load, Batch, Person, Agency):
                assert session.scalars(select(table)).first() is not None, table.__name__


def test_a_row_of_another_partnership_is_not_found_by_its_id(placed, neighbour):
    with neighbour.session() as session:
        theirs = session.scalars(select(Person)).one()
    with placed.session() as session:
        assert session.get(Person, theirs.id) is None
        assert session.execute(select(Person.handle).where(Person.id == theirs.id)).first() is None
        assert session.scalar(select(Agency.id).join(Person).where(Person.id == theirs.id)) is None


def test_a_change_or_deletion_reaches_a_partnership_s_own_rows_alone(placed, neighbour):
    with placed.session() as session:
        session.execute(Area.__table__.update().where(Area.partnership_id == placed.partnership.id).values(residents=1))
        session.query(Area).update({"households": 1})
        session.query(PlaceWord).delete()
    with neighbour.session() as session:
        assert all(area.households != 1 for area in session.scalars(select(Area)))


def test_a_new_row_is_written_as_the_session_s_partnership_s_and_as_no_other_s(placed, neighbour):
    with placed.session() as session:
        agency = Agency(name="Fire service", kind="statutory")
        session.add(agency)
        session.flush()
        assert agency.partnership_id == placed.partnership.id
    with pytest.raises(AssertionError, match="belongs to another partnership"), placed.session() as session:
        session.add(Agency(name="Probation", kind="statutory", partnership_id=neighbour.partnership.id))


def test_a_row_held_cannot_be_given_to_another_partnership(placed, neighbour):
    with pytest.raises(AssertionError, match="belongs to another partnership"), placed.session() as session:
        session.scalars(select(Person)).first().partnership_id = neighbour.partnership.id


def test_two_partnerships_with_places_of_one_name_are_counted_separately(placed, neighbour, made):
    placed.street(made.street("2025-01"))
    neighbour.street(made.street("2025-01", [*ORDINARY, Report("E01900011")], name="theirs.csv"))
    assert grovehill_asb(placed) == 4
    assert grovehill_asb(neighbour) == 5


def grovehill_asb(of: Held) -> int:
    """ASB in Grovehill in January 2025."""
    with of.session() as session:
        vocabulary = Vocabulary.of(session)
        series = next(s for s in held([vocabulary.measure("police.uk/anti-social-behaviour")], session) if s.level == "ward")
        ward = next(p for p in vocabulary.places.values() if p.level == "ward" and p.name == "Grovehill")
        return sum(series.counts(JANUARY, session, [ward.id])[ward.id])


def test_the_words_of_one_partnership_are_not_the_other_s(placed, neighbour):
    with placed.session() as session:
        assert "berko" in Vocabulary.of(session).phrases
    with neighbour.session() as session:
        words = Vocabulary.of(session)
        assert "berko" not in words.phrases
        assert words.district.name == "Dacorum"
        assert not {place.id for place in words.places.values()} & places_of(placed)


def places_of(of: Held) -> set[int]:
    with of.session() as session:
        return set(Vocabulary.of(session).places)


def test_words_are_kept_until_the_partnership_changes(example):
    with example.session() as session:
        first = Vocabulary.of(session)
    with example.session() as session:
        assert Vocabulary.of(session) is first
        session.add(PlaceWord(word="precinct", names=["Hemel Hempstead Central"]))
        Partnership.raise_revision(session)
    with example.session() as session:
        assert "precinct" in Vocabulary.of(session).phrases


def test_a_transaction_that_fails_keeps_nothing(example):
    def half_done():
        with example.session() as session:
            session.add(Agency(name="Half", kind="other"))
            session.flush()
            raise Refusal("No")

    with pytest.raises(Refusal, match="No"):
        half_done()
    with example.session() as session:
        assert session.scalar(select(Agency).where(Agency.name == "Half")) is None


def test_migrations_make_the_very_tables_of_the_models(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_bringing_up_to_date_twice_is_the_same_as_once(url):
    store = Store(url)
    assert store.version() is None
    store.bring_up_to_date()
    store.bring_up_to_date()
    assert store.version() == newest_version()
    assert "month_count" in inspect(store.engine).get_table_names()
    store.engine.dispose()


def test_two_replicas_may_bring_one_database_up_to_date_at_once(url):
    stores = [Store(url) for _ in range(3)]
    with ThreadPoolExecutor() as replicas:
        list(replicas.map(Store.bring_up_to_date, stores))
    assert {store.version() for store in stores} == {newest_version()}
    for store in stores:
        store.engine.dispose()


def test_a_database_newer_than_this_jagbot_is_refused(store):
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(Refusal, match=r"revision 9999, newer than this jagbot \(\d{4}\)\. Update jagbot\."):
        store.bring_up_to_date()


def test_sqlite_writes_ahead_and_in_full(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'jagbot.db'}")
    with engine.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2 is FULL
    engine.dispose()


def opening(url: str) -> str:
    """What is said of a database that cannot be opened."""
    with pytest.raises(Refusal) as refused:
        Store(url).bring_up_to_date()
    return refused.value.words


@pytest.mark.parametrize("url", ["postgresql://jag:s3cret@127.0.0.1:1/jagbot", "postgres://127.0.0.1:1/jagbot?user=jag&password=s3cret"])
def test_a_database_that_does_not_answer_is_refused_without_its_password(url):
    said = opening(url)
    assert said.startswith("I cannot open the database postgresql+psycopg://")
    assert "127.0.0.1:1/jagbot" in said
    assert "refused" in said
    assert "s3cret" not in said


def test_a_wrong_password_is_not_said_back(postgresql):
    said = opening(postgresql.admin.replace("postgres@", "nobody-known:s3cret@"))
    assert "nobody-known" in said
    assert "s3cret" not in said


def test_an_address_that_is_none_is_refused_with_what_one_looks_like():
    for address in ("jagbot.db", "mongodb://jag:s3cret@host/name"):
        said = opening(address)
        assert "is no database address I know. Expected sqlite:///jagbot.db or postgresql://user:password@host/name." in said
        assert "s3cret" not in said


def test_a_file_that_is_no_database_or_has_no_folder_is_refused(tmp_path):
    (tmp_path / "letter.db").write_text("Dear coordinator, " * 100)
    assert "file is not a database" in opening(f"sqlite:///{tmp_path / 'letter.db'}")
    assert "unable to open database file" in opening(f"sqlite:///{tmp_path / 'nowhere' / 'jagbot.db'}")


def test_reading_is_not_held_up_by_somebody_s_writing(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'jagbot.db'}")
    store.bring_up_to_date()
    writing = sqlite3.connect(tmp_path / "jagbot.db")
    writing.execute("BEGIN IMMEDIATE")
    with store.session() as session:
        assert session.scalar(select(Partnership)) is None
    writing.close()
    store.engine.dispose()


@pytest.mark.usefixtures("neighbour")
def test_a_partnership_is_found_alone_or_by_its_key(placed):
    with placed.store.session() as session:
        assert Partnership.named(session, "the-example").id == placed.partnership.id
        with pytest.raises(Refusal, match=r"Several partnerships are held: the-example, dacorum\. Say which with --partnership KEY\."):
            Partnership.named(session)
        with pytest.raises(Refusal, match=r"I hold no partnership called 'luton'\. I hold the-example, dacorum\."):
            Partnership.named(session, "luton")


def test_an_empty_store_says_how_to_make_a_partnership(store):
    with store.session() as session, pytest.raises(Refusal, match="jagbot init --example"):
        Partnership.named(session)


def test_the_time_of_a_load_is_kept(example):
    with example.session() as session:
        assert session.scalars(select(Load)).one().at.replace(tzinfo=None) == NOW.replace(tzinfo=None)
