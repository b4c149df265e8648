"""What tests stand on: a store on SQLite and on a real PostgreSQL, the example partnership, hand-made figures, and the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from asking import Asking, two_years
from databases import Databases, Postgres, Sqlite, running_postgres
from made import NOW, County
from sqlalchemy.orm import Session
from tools import missing

from models.partnership import Partnership
from models.sources.areas import load_areas
from models.sources.founding import make_example
from models.sources.street import load_street
from models.sources.taking import Taken
from models.store import Store

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
LOOKUPS = ("ltla24-csp24-pfa24.csv", "hertfordshire-lsoa21-ward24.csv", "hertfordshire-lsoa11-lsoa21.csv", "dacorum-beats.csv")


@dataclass
class Held:
    """A store with one partnership in it, and what is done to them in tests."""

    store: Store
    partnership: Partnership

    def session(self) -> AbstractContextManager[Session]:
        """A session that sees the partnership's rows."""
        return self.store.session(self.partnership.id)

    def areas(self, *paths: Path, at: datetime = NOW) -> list[Taken]:
        return load_areas(self.store, self.partnership, paths, at)

    def street(self, *paths: Path, at: datetime = NOW) -> Taken:
        return load_street(self.store, self.partnership, paths, at)

    @property
    def revision(self) -> int:
        with self.session() as session:
            return session.get_one(Partnership, self.partnership.id).revision


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite files."""
    return Sqlite(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """One PostgreSQL for the session. Skipped, and under CI failed, where there is none."""
    try:
        with running_postgres() as admin:
            databases = Postgres(admin)
            yield databases
            databases.drop_all()
    except LookupError as why:
        missing(f"PostgreSQL: {why}")


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds of database, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """The address of an empty database."""
    address = databases.empty()
    yield address
    databases.drop(address)


@pytest.fixture
def opened(databases: Databases) -> Iterator[Callable[[str, Callable[[Store], object]], Store]]:
    """Open a migrated store like one prepared under a name: opened("example", prepare)."""
    stores: list[Store] = []

    def like(name: str, prepare: Callable[[Store], object]) -> Store:
        stores.append(Store(databases.like(name, prepare)))
        return stores[-1]

    yield like
    for store in stores:
        store.engine.dispose()
        databases.drop(store.url)


@pytest.fixture
def store(opened) -> Store:
    """A migrated store with nothing in it."""
    return opened("migrated", lambda _: None)


@pytest.fixture
def example(opened) -> Held:
    """The example partnership, with what its papers print and no months."""
    return _held(opened("example", _example))


@pytest.fixture
def another(opened, tmp_path_factory) -> Callable[[], Held]:
    """Each call gives one more store: the example partnership with the hand-made county's areas."""

    def prepare(store: Store) -> None:
        Held(store, _example(store)).areas(*County(tmp_path_factory.mktemp("county")).areas())

    return lambda: _held(opened("placed", prepare))


@pytest.fixture
def placed(another) -> Held:
    """The example partnership with the hand-made county's areas."""
    return another()


@pytest.fixture
def real(opened, real_data: Path) -> Held:
    """The example partnership with its real areas and the real figures of 2025."""

    return _held(opened("real", lambda store: _real(store, real_data)))


@pytest.fixture
def made(tmp_path: Path) -> County:
    """Hand-made areas and street files, in the formats of the real ones."""
    return County(tmp_path)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Where the real figures are."""
    if not DATA.is_dir():
        pytest.skip("the real figures in ../shared/data are not here")
    return DATA


def _example(store: Store) -> Partnership:
    return make_example(store, NOW)[0]


def _real(store: Store, data: Path) -> None:
    held = Held(store, _example(store))
    held.areas(*(data / "areas" / name for name in LOOKUPS))
    held.street(data / "police-uk" / "hertfordshire-2025.zip")


def _held(store: Store) -> Held:
    with store.session() as session:
        return Held(store, Partnership.named(session))


# Those who only ask share one store for the session, on SQLite: `example`, `placed` and `real` are asked on both databases.


@pytest.fixture
def asks() -> type[Asking]:
    """Asks a store of any kind: asks(example)("/priority")."""
    return Asking


@pytest.fixture(scope="session")
def askings(sqlite: Databases, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], Asking]:
    """Asks a store of one's own, on SQLite: askings("printed"), askings("counted") or askings("live")."""
    prepared: dict[str, Callable[[Store], object]] = {
        "printed": _example,
        "counted": lambda store: two_years(County(tmp_path_factory.mktemp("county")), Held(store, _example(store))),
        "live": lambda store: _real(store, request.getfixturevalue("real_data")),
    }
    return lambda name: Asking(_held(Store(sqlite.like(name, prepared[name]))))


@pytest.fixture(scope="session")
def printed(askings: Callable[[str], Asking]) -> Asking:
    """Asks the example alone: what its papers print, and no months."""
    return askings("printed")


@pytest.fixture(scope="session")
def counted(askings: Callable[[str], Asking]) -> Asking:
    """Asks the example with two years of months, made by hand."""
    return askings("counted")


@pytest.fixture(scope="session")
def live(askings: Callable[[str], Asking]) -> Asking:
    """Asks the example with the real areas and the real figures of 2025."""
    return askings("live")
