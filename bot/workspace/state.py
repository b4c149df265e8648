"""What a workspace remembers: people, channels, messages and files, in one SQLite file that a restart finds again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from models.base import Refusal

Body = dict[str, Any]

TABLES = """
create table if not exists person (id text primary key, body text not null) without rowid;
create table if not exists channel (id text primary key, body text not null) without rowid;
create table if not exists member (channel text, person text, seen text not null default '0', primary key (channel, person)) without rowid;
create table if not exists message (
    channel text, ts text, thread text not null default '', alone text not null default '', body text not null, primary key (channel, ts)
) without rowid;
create index if not exists message_thread on message (channel, thread, ts);
create table if not exists file (id text primary key, body text not null, content blob);
create table if not exists home (person text primary key, body text not null) without rowid;
create table if not exists kept (name text primary key, body text not null) without rowid;
"""


class State:
    """Rows of JSON, for one server at a time.

    `alone` of a message is the one person who may see it, where it is ephemeral; `seen` the last ts a member has read.
    """

    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1)
        try:
            for pragma in ("locking_mode=exclusive", "journal_mode=wal", "synchronous=normal"):
                self.db.execute(f"pragma {pragma}")
            self.db.executescript(TABLES)
            self.db.execute("delete from kept where name = ''")  # a write, which takes the lock
        except sqlite3.OperationalError as error:
            raise Refusal(f"{path} is in use: its workspace runs already. Go to its page, or stop it first. ({error})") from None

    def close(self) -> None:
        self.db.close()

    # Things with an id of their own: person, channel, home, kept

    def get(self, kind: str, key: str) -> Body | None:
        """A thing of a kind, or None."""
        found = self.db.execute(f"select body from {kind} where {_KEY[kind]} = ?", (key,)).fetchone()
        return json.loads(found[0]) if found else None

    def put(self, kind: str, key: str, body: Any) -> None:
        """Keep a thing, in the place of what was kept of it."""
        self.db.execute(f"insert or replace into {kind} ({_KEY[kind]}, body) values (?, ?)", (key, json.dumps(body)))

    def all(self, kind: str) -> list[Body]:
        """Every thing of a kind, by key."""
        return [json.loads(body) for (body,) in self.db.execute(f"select body from {kind} order by {_KEY[kind]}")]

    # Members

    def members(self, channel: str) -> list[str]:
        return [person for (person,) in self.db.execute("select person from member where channel = ? order by person", (channel,))]

    def channels_of(self, person: str) -> list[str]:
        return [channel for (channel,) in self.db.execute("select channel from member where person = ? order by channel", (person,))]

    def is_member(self, channel: str, person: str) -> bool:
        return bool(self.db.execute("select 1 from member where channel = ? and person = ?", (channel, person)).fetchone())

    def join(self, channel: str, person: str) -> bool:
        """Make somebody a member; False when they were one."""
        return bool(self.db.execute("insert or ignore into member (channel, person) values (?, ?)", (channel, person)).rowcount)

    def leave(self, channel: str, person: str) -> None:
        self.db.execute("delete from member where channel = ? and person = ?", (channel, person))

    def read(self, channel: str, person: str, ts: str) -> None:
        """Somebody has read up to a message."""
        self.db.execute("update member set seen = ? where channel = ? and person = ? and seen < ?", (ts, channel, person, ts))

    def unread(self, channel: str, person: str) -> int:
        """How many messages of others somebody has not read in a channel; those in threads are left out."""
        counted = """select count(*) from message m join member r on r.channel = m.channel and r.person = ?
            where m.channel = ? and m.ts > r.seen and m.thread in ('', m.ts) and m.alone = '' and json_extract(m.body, '$.user') <> ?"""
        return int(self.db.execute(counted, (person, channel, person)).fetchone()[0])

    # Messages

    def message(self, channel: str, ts: str) -> Body | None:
        found = self.db.execute("select body from message where channel = ? and ts = ?", (channel, ts)).fetchone()
        return json.loads(found[0]) if found else None

    def keep(self, channel: str, body: Body, alone: str = "") -> None:
        """Keep a message, in the place of the one of its ts."""
        row = (channel, body["ts"], body.get("thread_ts", ""), alone, json.dumps(body))
        self.db.execute("insert or replace into message (channel, ts, thread, alone, body) values (?, ?, ?, ?, ?)", row)

    def alone(self, channel: str, ts: str) -> str:
        """Who alone may see a message; empty when everybody in the channel may, or there is none."""
        found = self.db.execute("select alone from message where channel = ? and ts = ?", (channel, ts)).fetchone()
        return str(found[0]) if found else ""

    def forget(self, channel: str, ts: str) -> None:
        self.db.execute("delete from message where channel = ? and ts = ?", (channel, ts))

    def forget_ephemeral(self) -> None:
        """Ephemeral messages do not outlive the server."""
        self.db.execute("delete from message where alone <> ''")

    def history(self, channel: str, reader: str, before: str = "~", after: str = "", most: int = 100) -> list[Body]:
        """The newest messages of a channel in (after, before), newest first: none in threads, of ephemeral ones only the reader's."""
        wanted = """select body from message where channel = ? and ts < ? and ts > ? and thread in ('', ts) and alone in ('', ?)
            order by ts desc limit ?"""
        return list(self._bodies(wanted, (channel, before, after, reader, most)))

    def replies(self, channel: str, thread: str, reader: str) -> list[Body]:
        """A thread, its parent first."""
        wanted = "select body from message where channel = ? and (ts = ? or thread = ?) and alone in ('', ?) order by ts"
        return list(self._bodies(wanted, (channel, thread, thread, reader)))

    def pinned(self, channel: str) -> list[Body]:
        """The messages that are pinned in a channel, newest first."""
        wanted = "select body from message where channel = ? and json_extract(body, '$.pinned_to[0]') is not null order by ts desc"
        return list(self._bodies(wanted, (channel,)))

    def last_ts(self) -> str:
        """The latest ts there is."""
        return str(self.db.execute("select coalesce(max(ts), '0') from message").fetchone()[0])

    # Files

    def file(self, key: str) -> Body | None:
        return self.get("file", key)

    def keep_file(self, body: Body, content: bytes | None = None) -> None:
        """Keep what is known of a file, and its content where it is given."""
        self.db.execute(
            "insert into file (id, body, content) values (?, ?, ?) on conflict (id) do update set body = excluded.body, "
            "content = coalesce(excluded.content, content)",
            (body["id"], json.dumps(body), content),
        )

    def take_in(self, body: Body, content: BinaryIO, size: int) -> None:
        """Keep what is known of a file and its content, which is read and written a piece at a time."""
        with self.db:
            self.db.execute("begin")
            self.keep_file(body)
            self.db.execute("update file set content = zeroblob(?) where id = ?", (size, body["id"]))
            [row] = self.db.execute("select rowid from file where id = ?", (body["id"],)).fetchone()
            with self.db.blobopen("file", "content", row) as blob:
                while piece := content.read(1 << 18):
                    blob.write(piece)

    def content(self, key: str) -> bytes | None:
        found = self.db.execute("select content from file where id = ?", (key,)).fetchone()
        return found[0] if found else None

    def _bodies(self, wanted: str, values: Sequence[Any]) -> Iterator[Body]:
        return (json.loads(body) for (body,) in self.db.execute(wanted, values))


_KEY = {"person": "id", "channel": "id", "file": "id", "home": "person", "kept": "name"}
