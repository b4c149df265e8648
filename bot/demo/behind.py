"""What the cycle had sent by the time the demo begins: each message put where it would be, at its time, by what really says it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.blockkit import draw
from bot.enclosing import papers_of
from bot.filed import filed
from bot.workspace.core import BOT, BOT_ID, Workspace
from bot.workspace.direct import direct
from bot.workspace.filing import begun, receive, shared, stands_in, told_file
from bot.workspace.settling import channel_id
from bot.workspace.state import Body
from commands.frozen import frozen, thawed
from commands.reply import Reply
from models.groups import Group
from models.laying import lay_down_all
from models.notices import DUE, WAITING, Notice, Obligation
from models.store import Store
from scheduler.gathering import gather
from scheduler.saying import Skip, follow, said, sayable

FOR = timedelta(days=19)  # the cycle has been on since the day after JAG's last meeting


class Behind:
    """The cycle of every group, on, and brought forward to one time after another."""

    def __init__(self, store: Store, partnership_id: int, workspace: Workspace, now: datetime) -> None:
        self.store, self.partnership_id, self.workspace, self.at = store, partnership_id, workspace, now - FOR
        with self._session() as session:
            for group in session.scalars(select(Group)):
                group.cycle_since = self.at
            session.flush()
            lay_down_all(self.at, session)

    def until(self, time: datetime) -> None:
        """Send all that falls due by a time, in order."""
        while (due := self._next()) is not None and due <= time:
            self.at = max(due, self.at)
            with self._session() as session:
                gather(session, self.at)
            self.workspace.clock = partial(_standing, self.at)
            self._send_all()
        self.at = max(time, self.at)
        self._send_all()  # what was answered since is shown where it was asked

    def _send_all(self) -> None:
        while self._send():
            pass

    def _next(self) -> datetime | None:
        with self._session() as session:
            due = session.scalar(select(func.min(Obligation.due_at)).where(Obligation.state == DUE))
        return due.replace(tzinfo=due.tzinfo or UTC) if due else None

    def _send(self) -> bool:
        """Send what waits; whether anything did."""
        with self._session() as session:
            waiting = select(Notice).where(Notice.state == WAITING, Notice.next_at <= self.at).order_by(Notice.due_at, Notice.id)
            notices = session.scalars(waiting).all()
            for notice in notices:
                words = said(notice, session, self.at) if sayable(notice.kind) else thawed(notice.body or {})
                if isinstance(words, Skip):
                    notice.skip(words.reason)
                else:
                    self._post(notice, words, session)
        return bool(notices)

    def _post(self, notice: Notice, reply: Reply, session: Session) -> None:
        notice.body = frozen(reply)
        notice.has_gone(*self._posted(notice, reply), self.at)
        follow(notice, session, self.at)

    def _posted(self, notice: Notice, reply: Reply) -> tuple[str, list[str]]:
        """(the conversation, the messages there), the files of the reply behind them and its thread pinned where that is wanted."""
        if reply.over:
            return self._changed(reply)
        known = self.workspace.state.get("channel", notice.channel) is not None
        channel = notice.channel if known else channel_id(notice.channel.lstrip("#"))
        channel = direct(self.workspace, notice.to)["id"] if notice.person_id else channel
        stamps = [self._said(channel, message, notice.thread)["ts"] for message in draw(reply)[0]]
        for paper in papers_of(reply):
            self._enclosed(*filed(paper), paper.title, channel, notice.thread)
        if reply.pinned and notice.thread:
            self._pinned(channel, notice.thread)
        return channel, stamps

    def _changed(self, reply: Reply) -> tuple[str, list[str]]:
        """What stands there is changed in its place."""
        channel, *stamps = reply.over
        for ts, message in zip(stamps, draw(reply)[0], strict=False):
            self.workspace.change(channel, (self.workspace.state.message(channel, ts) or {}) | message)
        return channel, stamps

    def _said(self, channel: str, message: Body, thread: str) -> Body:
        return self.workspace.post(channel, {"user": BOT, "bot_id": BOT_ID, **message, **({"thread_ts": thread} if thread else {})})

    def _enclosed(self, name: str, data: bytes, title: str, channel: str, thread: str) -> None:
        came = receive(self.workspace, begun(self.workspace, name, len(data), title=title)["id"], data)
        file = told_file(self.workspace, shared(self.workspace, came, channel))
        stands_in(self.workspace, channel, self._said(channel, {"text": "", "files": [file], "upload": True}, thread))

    def _pinned(self, channel: str, ts: str) -> None:
        message = self.workspace.state.message(channel, ts)
        if message:
            info = {"channel": channel, "pinned_by": BOT, "pinned_ts": int(float(ts))}
            self.workspace.change(channel, message | {"pinned_to": [channel], "pinned_info": info, "pinned": True})

    def _session(self) -> AbstractContextManager[Session]:
        return self.store.session(self.partnership_id, writing=True)


def _standing(at: datetime) -> datetime:
    """A clock that stands."""
    return at
