"""The database: opened, brought up to date, and read as one partnership."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from models.base import SAYS_WHOSE, Owned, Refusal

WRITING = "jagbot_writing"
VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest_version() -> str:
    """The revision a database should be at: migrations are files named by number, so the last is the newest."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).split("_")[0]


class Store:
    """An open database. Refuses in plain words when it cannot be reached."""

    def __init__(self, url: str, address: str = "") -> None:
        self.url = url
        self.address = address  # where what is served to others is reached, such as calendars; empty where nothing is
        self.engine = open_engine(url)
        self._sessions = sessionmaker(self.engine, class_=ScopedToOne, expire_on_commit=False)
        self._kept: dict[int, object] = {}  # what sessions read from names and words, while a partnership's revision lasts

    @contextmanager
    def session(self, partnership_id: int | None = None, writing: bool = False) -> Iterator[Session]:
        """One transaction: kept when the block ends, rolled back whole when it raises.

        With a partnership, its own rows are all that can be read or written. Say `writing` where something is read and then
        written: SQLite lets nobody write who began by reading and was overtaken, so the lock is taken at the beginning.
        """
        with self._sessions(info={"partnership": partnership_id, "kept": self._kept, "address": self.address}) as session, session.begin():
            if writing:
                session.connection(execution_options={WRITING: True})
            yield session

    def unbound(self) -> Session:
        """A session without a transaction of its own making, for what must commit in steps."""
        return self._sessions(info={"partnership": None, "kept": self._kept})

    def version(self) -> str | None:
        """The revision the database is at; None when it is new."""
        with self.engine.connect() as connection:
            try:
                return connection.execute(text("select version_num from alembic_version")).scalar()
            except DatabaseError:
                return None

    def bring_up_to_date(self) -> None:
        """Run the migrations that are missing; nothing, and no import of Alembic, when none is."""
        try:
            at = self.version()
        except DatabaseError as error:
            raise unreachable(self.engine, error) from error
        if at == newest_version():
            return
        if at is not None and at > newest_version():
            raise Refusal(f"The database is at revision {at}, newer than this jagbot ({newest_version()}). Update jagbot.")
        from models.migrations import upgrade

        upgrade(self.engine)


class ScopedToOne(Session):
    """A session that sees one partnership's rows, and writes them as that partnership's."""


@event.listens_for(ScopedToOne, "do_orm_execute")
def _only_its_own(state: ORMExecuteState) -> None:
    mine = state.session.info.get("partnership")
    its_own = state.is_column_load or state.is_relationship_load or state.execution_options.get(SAYS_WHOSE)
    if mine is not None and not its_own:
        state.statement = state.statement.options(with_loader_criteria(Owned, lambda cls: cls.partnership_id == mine, include_aliases=True))


@event.listens_for(ScopedToOne, "before_flush")
def _written_as_its_own(session: Session, *_: Any) -> None:
    mine = session.info.get("partnership")
    for record in (*session.new, *session.dirty):
        if mine is not None and isinstance(record, Owned):
            if record.partnership_id not in (None, mine):
                raise AssertionError(f"{record} belongs to another partnership")
            record.partnership_id = mine


def open_engine(url: str) -> Engine:
    """The engine for a database address: SQLite in WAL mode with full synchronisation, or PostgreSQL checked before use."""
    try:
        if url.startswith("sqlite"):
            engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
            event.listen(engine, "connect", _careful_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        plain = url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(plain, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        raise Refusal(
            f"DATABASE_URL {url.split('@')[-1]!r} is no database address I know. "
            "Expected sqlite:///jagbot.db or postgresql://user:password@host/name."
        ) from error


def _careful_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # so that BEGIN is ours to send
    _to_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _to_wal(connection: Any, patience: float = 10.0) -> None:
    """Making a new file a WAL file heeds no time-out: another replica that opens it at the same moment is waited for here."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN")


def overtaken(error: OperationalError) -> bool:
    """Whether SQLite refused a write because somebody else wrote since this transaction began to read."""
    return "database is locked" in str(error.orig)


def unreachable(engine: Engine, error: Exception) -> Refusal:
    """What to say when the database cannot be opened: where it was looked for and why, without its password."""
    reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
    where = engine.url.difference_update_query(["password"]).render_as_string(hide_password=True)
    return Refusal(f"I cannot open the database {where}: {reason}")
