"""The local workspace, served on 127.0.0.1, with people in it whom tests make act; and all that a bot sends there."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from slack_arrived import Acknowledged, Arrived, Payload, arrived, button, changed, option, read
from slack_views import Screen, Screens

from bot.manifest import manifest
from bot.workspace import acting, entering, filling, payloads, pressing
from bot.workspace import core as real
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError
from bot.workspace.faults import Fault
from bot.workspace.running import serving
from bot.workspace.sending import send, signature
from bot.workspace.sockets import Kind, Socket
from bot.workspace.state import State

TEAM, BOT, BOT_ID = real.TEAM, real.BOT, real.BOT_ID
TOKEN, APP_TOKEN, SECRET = "xoxb-17-a-bot-token", "xapp-1-an-app-token", "8f742231b10e8888abcd99yyyzzz85a5"
JAG, OPEN, PRIVATE = "C0JAG", "C0OPEN", "C0PRIV"  # the bot is in #jag, could join #open, and is outside #csag
PATIENCE = 60  # seconds before a test gives up waiting

__all__ = ["Acknowledged", "Arrived", "Screen", "Workspace", "workspace"]


class Refusals(dict[str, Sequence[tuple[int, str, dict[str, str]]]]):
    """method -> (status, body, headers) that its next calls are answered with, one a call."""

    def __init__(self, workspace: real.Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def __setitem__(self, method: str, answers: Sequence[tuple[int, str, dict[str, str]]]) -> None:
        for status, body, headers in answers:
            self.workspace.faults.plan(Fault("answer", status=status, body=body, headers=headers), method)


class Refusing:
    """What this Slack is told to refuse: kinds of block, calls of methods, the token."""

    def __init__(self, workspace: real.Workspace) -> None:
        self.workspace, self.methods = workspace, Refusals(workspace)

    def __setattr__(self, name: str, value: Any) -> None:
        match name:
            case "kinds":
                self.workspace.without = value
            case "token":
                self.workspace.token_revoked = value
            case _:
                super().__setattr__(name, value)


class Workspace:
    """The workspace as tests see it: its people's doings, what was asked of it, and what arrived."""

    def __init__(self) -> None:
        self.later = 0.0  # seconds by which the real time is ahead
        installed = manifest()
        installed["features"]["slash_commands"] += manifest(prefix="csp")["features"]["slash_commands"]
        self.real = real.Workspace(State(), installed, real=lambda: time.time() + self.later, limited=False)
        self.real.patience = PATIENCE
        self.real.bot_token, self.real.app_token, self.real.signing_secret = TOKEN, APP_TOKEN, SECRET
        self.news = threading.Condition()
        self.calls: list[tuple[str, Payload]] = []  # all that was asked, refused or not
        self.arrived: list[Arrived] = []
        self.changed: list[Arrived] = []  # messages that stood there, as they were put in their own place
        self.taken: list[tuple[Payload, str, Acknowledged]] = []  # (what the bot was sent, of what kind, how it took it)
        self.opened: dict[str, str] = {}  # modal -> whose
        self.shown: dict[str, Payload] = {}  # modal -> as it was last
        self.refusing, self.screens = Refusing(self.real), Screens(self)
        self._stood = ("", "")  # (channel, ts) of the latest message
        for key, name, kind in ((JAG, "jag", "channel"), (OPEN, "open", "channel"), (PRIVATE, "csag", "private")):
            self.real.state.put("channel", key, {"id": key, "name": name, "kind": kind})
        self.real.state.join(JAG, BOT)
        self.real.listeners.append(self._hear)

    # How it is driven

    def do(self, does: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the workspace."""
        return self.served.do(does)

    def on_loop(self, does: Callable[[], Any]) -> Any:
        async def doing() -> Any:
            return does()

        return self.do(doing())

    def doing(self, does: Coroutine[Any, Any, Any], event: str = "") -> Acknowledged:
        """Do what the bot is told of, and how it took that: a message's event is known by its ts, one of another kind by its name."""
        before = len(self.taken)
        try:
            done = self.do(does)
        except SlackError as refused:
            if len(self.taken) == before:
                raise AssertionError(f"the workspace does not let them: {refused.code}") from None
            done = {}
        wanted = event or done.get("ts")
        return self.wait(lambda: next((how for sent, _, how in self.taken[before:] if not wanted or _of(sent, wanted)), None))

    def wait(self, until: Callable[[], Any]) -> Any:
        """What `until` gives, once it is something."""
        ends = time.monotonic() + PATIENCE
        with self.news:
            while not (found := until()):
                if time.monotonic() > ends:
                    raise AssertionError(f"nothing of the kind within {PATIENCE} s: {[(a.method, a.text[:80]) for a in self.arrived]}")
                self.news.wait(0.02)
        return found

    def _hear(self, news: real.News) -> None:
        with self.news:
            hears = getattr(self, f"_{news.kind}", None)
            if hears:
                hears(**news.body)
            self.news.notify_all()

    # What people do

    def joins(self, user: str, email: str | None, name: str = "", team: str = TEAM, **more: Any) -> str:
        """Somebody is in the workspace, and in its channels; without an e-mail address Slack does not tell it."""
        body = {"id": user, "name": (name or user).lower(), "real_name": name or user, "email": email, "team_id": team}
        self.real.state.put("person", user, {**body, "kind": "member", "deleted": False, "is_bot": False, **more})
        for channel in (JAG, OPEN, PRIVATE):
            self.real.state.join(channel, user)
        return user

    def has(self, user: str) -> bool:
        return self.real.state.get("person", user) is not None

    def invites_bot(self, channel: str, user: str = "U1") -> None:
        """Somebody brings the bot into a channel."""
        self.do(entering.invite(self.real, user, channel, BOT))

    def command(self, command: str, text: str = "", user: str = "U1", channel: str = JAG) -> Acknowledged:
        """Somebody types a slash command."""
        return self.doing(acting.command(self.real, user, self._into(channel, user), command, text))

    def command_form(self, command: str, text: str, user: str = "U1", channel: str = JAG) -> Payload:
        """The payload of a command that is typed; nothing is sent."""
        person, into = self.real.state.get("person", user) or {}, self.real.state.get("channel", channel) or {}
        return self.on_loop(lambda: payloads.command(self.real, person, into, command, text))

    def _into(self, channel: str, user: str) -> str:
        return self.on_loop(lambda: direct(self.real, user))["id"] if channel.startswith("D") else channel

    def press(self, on: Arrived, label: str, user: str = "U1") -> Acknowledged:
        """Somebody presses a button that they see."""
        where, blocks = self._seen(on, user)
        block, element = button(blocks, label)
        value = element.get("value")
        return self.doing(pressing.act(self.real, user, where, block["block_id"], element["action_id"], value))

    def forge(self, on: Arrived, label: str, user: str) -> Acknowledged:
        """A press by somebody who does not see the button; Slack would let nobody, and the bot does not rely on it."""
        action = {"type": "button", "action_id": on.button(label)["action_id"], "value": payloads.escaped(on.button(label)["value"])}
        person, channel = self.real.state.get("person", user) or {}, self.real.state.get("channel", on.place or JAG) or {}
        message = {"ts": on.ts, "blocks": on.blocks}
        place = self.on_loop(lambda: payloads.in_message(self.real, person, channel, message, True))
        return self.send(self.on_loop(lambda: payloads.pressed(self.real, person, action)) | place, "interactive")

    def choose(self, on: Arrived, label: str, of: str = "", user: str = "U1") -> Acknowledged:
        """Somebody picks one of several from a list."""
        where, blocks = self._seen(on, user)
        block, element, chosen = option(blocks, label, of)
        return self.doing(pressing.act(self.real, user, where, block["block_id"], element["action_id"], chosen["value"]))

    def _seen(self, on: Arrived, user: str) -> tuple[Payload, list[Payload]]:
        """(where something is, its blocks as the workspace keeps them)."""
        if on.method == "views.publish":
            return {"home": True}, (self.real.state.get("home", user) or {})["blocks"]
        if on.screen:
            return {"view": on.screen}, self.shown[on.screen]["blocks"]
        return {"channel": on.place, "ts": on.ts}, (self.real.state.message(on.place, on.ts) or {})["blocks"]

    def shortcut(self, text: str, user: str = "U1", channel: str = JAG, name: str = "add_as_action") -> Acknowledged:
        """Somebody chooses a shortcut on a message, which says `text` as Slack writes it."""
        return self.doing(acting.shortcut(self.real, user, name, channel, self.message(text, "U2", channel)))

    def message(self, text: str, user: str = "U1", channel: str = JAG) -> str:
        """A message that stands in a channel, as Slack writes it: its ts."""
        into = self._into(channel, user)
        return str(self.on_loop(lambda: self.real.post(into, {"user": user, "text": text}))["ts"])

    def submit(self, screen: Screen, user: str = "", **typed: str) -> Acknowledged:
        """Somebody fills in a form and presses its button. Slack does as it is told in answer: closes it, changes it, shows errors."""
        assert screen.open, "nobody can submit what is closed"
        return self.doing(filling.submit(self.real, user or screen.user, screen.id, screen.state_of(typed)))

    def drop(self, name: str, data: bytes, user: str = "U1", text: str = "", **more: Any) -> Acknowledged:
        """Somebody drops a file on the bot."""
        file = self.do(acting.upload(self.real, user, name, BytesIO(data), len(data)))
        self.real.state.keep_file(file | more)
        return self.say_in_dm(text, user, files=[file["id"]])

    def say_in_dm(self, text: str, user: str = "U1", thread_ts: str = "", files: Sequence[str] = ()) -> Acknowledged:
        """Somebody writes to the bot."""
        return self.doing(acting.say(self.real, user, BOT, text, thread_ts, files))

    def say(self, channel: str, text: str, user: str = "U1", thread_ts: str = "") -> Acknowledged:
        """Somebody writes in a channel."""
        return self.doing(acting.say(self.real, user, channel, text, thread_ts))

    def mention(self, channel: str, text: str, user: str = "U1", thread_ts: str = "") -> Acknowledged:
        """Somebody mentions the bot in a channel: before their words, or where they say <@me>."""
        words = text.replace("<@me>", f"<@{BOT}>") if "<@me>" in text else f"<@{BOT}> {text}"
        return self.doing(acting.say(self.real, user, channel, words, thread_ts), "app_mention")

    def open_home(self, user: str = "U1", tab: str = "home") -> Acknowledged:
        return self.doing(acting.home(self.real, user, tab), "app_home_opened")

    # What Slack sends

    def happens(self, event: Payload) -> Acknowledged:
        """An event that nobody here makes happen."""
        stamped = {"ts": self.on_loop(self.real.ts), **event}
        return self.send(payloads.event(self.real, stamped), "events_api")

    def again(self, **changed: Any) -> Acknowledged:
        """Slack sends a copy of the last that somebody did: of an event under another event id, and `changed`."""
        sent, kind = next((sent, kind) for sent, kind, _ in reversed(self.taken) if "bot_id" not in sent.get("event", {}))
        if kind != "events_api":
            return self.send(sent, kind)
        return self.send(payloads.event(self.real, sent["event"] | changed), "events_api")

    def send(self, payload: Payload, kind: Kind) -> Acknowledged:
        self.do(send(self.real, payload, kind))
        return self.taken[-1][2]

    def request(
        self,
        body: str,
        kind: str = "application/x-www-form-urlencoded",
        age: float = 0,
        secret: str = SECRET,
        path: str = "",
        method: str = "POST",
        bot: str = "",
    ) -> Acknowledged:
        """A request signed as Slack signs: `age` seconds ago, with `secret`."""
        headers = {"Content-Type": kind, **signature(secret, int(time.time() - age), body)}
        to = urlsplit(bot or self.bot)
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=PATIENCE)
        try:
            connection.request(method, path or to.path, body.encode(), headers)
            answer = connection.getresponse()
            return Acknowledged(answer.status, answer.read().decode(), len(self.arrived))
        finally:
            connection.close()

    # What arrived

    def of(self, *methods: str) -> list[Arrived]:
        return [each for each in self.arrived if each.method in methods]

    def asked(self, method: str) -> int:
        """How often a method was called, refused or not."""
        return Counter(called for called, _ in self.calls)[method]

    def _asked(self, method: str, said: Payload) -> None:
        self.calls.append((method, read(said)))

    def _called(self, method: str, said: Payload, answer: Payload) -> None:
        if found := arrived(method, said, answer):
            self.arrived.append(found)
        if put := changed(method, said, answer):
            self.changed.append(put)
        if method == "chat.delete" and answer["ok"]:
            self.arrived = [each for each in self.arrived if (each.place, each.ts) != (said["channel"], said["ts"])]

    def _answered(self, key: str, said: Payload) -> None:
        del key
        channel, ts = self._stood
        self.arrived.append(Arrived("response", read(said), ts, channel))

    def _message(self, channel: str, message: Payload) -> None:
        self._stood = (channel, message["ts"])

    def _views(self, views: list[Payload]) -> None:
        for view in views:
            self.shown[view["id"]] = view
            self.opened.setdefault(view["id"], self.real.screens.screen(view["id"]).user)

    def _acknowledged(self, kind: str, payload: Payload, how: Any) -> None:
        body = how.body if isinstance(how.body, str) else json.dumps(how.body, ensure_ascii=False) if how.body else ""
        self.taken.append((payload, kind, Acknowledged(how.status, body, len(self.arrived))))

    # What it is

    @property
    def bot(self) -> str:
        """Where the bot's own server is."""
        return self.real.request_url

    @bot.setter
    def bot(self, address: str) -> None:
        self.real.request_url = address

    @property
    def links(self) -> list[Socket]:
        return self.real.sockets.open

    @property
    def acknowledged(self) -> list[str]:
        """Envelopes."""
        return self.real.sockets.acknowledged

    @property
    def enterprise(self) -> str | None:
        return self.real.team.get("enterprise_id")

    @enterprise.setter
    def enterprise(self, enterprise: str) -> None:
        self.real.team["enterprise_id"] = enterprise

    @property
    def sent_files(self) -> dict[str, bytes]:
        """What the bot has sent, by file."""
        rows = self.real.state.db.execute("select id, body, content from file").fetchall()
        return {key: content for key, body, content in rows if json.loads(body)["user"] == BOT and content is not None}

    @property
    def files(self) -> list[str]:
        """The ids of those that people dropped."""
        return [key for key, body in self.real.state.db.execute("select id, body from file") if json.loads(body)["user"] != BOT]

    def loses_files(self) -> None:
        """Every file is deleted."""
        self.on_loop(lambda: self.real.state.db.execute("delete from file"))


def _of(sent: Payload, wanted: str) -> bool:
    event = sent.get("event", {})
    return wanted in (event.get("ts"), event.get("type"))


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A running Slack."""
    made = Workspace()
    with serving(made.real) as served:
        made.served, made.address = served, served.address
        yield made
    made.real.state.close()
