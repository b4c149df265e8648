"""A small Slack on 127.0.0.1: it answers the Web API as Slack does, refuses what Slack refuses, and remembers all that reached it.

People in it type commands, press buttons and write messages, which go to the bot as signed requests over HTTP, or down a socket.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import itertools
import json
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from block_rules import MESSAGE, faults, seen, view_faults
from slack_views import Screen, Screens, as_sent

Payload = dict[str, Any]
TEAM, BOT, BOT_ID = "T0JAG", "U0BOT", "B0BOT"
TOKEN, APP_TOKEN, SECRET = "xoxb-17-a-bot-token", "xapp-1-an-app-token", "8f742231b10e8888abcd99yyyzzz85a5"
JAG, OPEN, PRIVATE = "C0JAG", "C0OPEN", "C0PRIV"  # the bot is in #jag, could join #open, and is outside #private
USES, MINUTES = 5, 30  # of a response URL
PATIENCE = 10  # seconds before a test gives up waiting


@dataclass
class Arrived:
    """Something that the bot sent: by which method, and with what."""

    method: str
    said: Payload
    ts: str = ""
    url: str = ""
    screen: str = ""  # the id of the modal it is in

    @property
    def blocks(self) -> list[Payload]:
        return self.said.get("blocks") or self.said.get("view", {}).get("blocks") or []

    @property
    def text(self) -> str:
        """What a person reads."""
        return seen(self.blocks) or self.said.get("text", "")

    @property
    def channel(self) -> str:
        return str(self.said.get("channel", ""))

    @property
    def kinds(self) -> list[str]:
        return [block["type"] for block in self.blocks]

    def button(self, label: str) -> Payload:
        """The button of this label."""
        buttons = [e for block in self.blocks if block["type"] == "actions" for e in block["elements"]]
        return next(b for b in buttons if b["text"]["text"] == label)

    def option(self, label: str, of: str = "") -> tuple[Payload, Payload]:
        """(the list, its option of this label): the first such, or that beside the words `of`."""
        lists = [(b["text"]["text"], b["accessory"]) for b in self.blocks if b["type"] == "section" and "accessory" in b]
        found = (each for beside, each in lists if of in beside)
        return next((each, option) for each in found for option in each["options"] if option["text"]["text"] == label)

    def has_button(self, label: str) -> bool:
        return f"[{label}]" in self.text.splitlines()


@dataclass
class Acknowledged:
    """How the bot took a request."""

    status: int
    body: str
    seen_before: int  # how much had arrived when it was acknowledged


@dataclass
class Refusing:
    """What this Slack is told to refuse."""

    kinds: set[str] = field(default_factory=set)  # of block
    methods: dict[str, list[tuple[int, str, dict[str, str]]]] = field(default_factory=dict)  # method -> (status, body, headers), one a call
    token: bool = False


class Workspace:
    """The workspace: its people and channels, what arrived, and the people's doings."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.bot = ""  # where the bot's own server is
        self.people: dict[str, Payload] = {}
        self.inside = {JAG}
        self.enterprise: str | None = None
        self.refusing = Refusing()
        self.calls: list[tuple[str, Payload]] = []  # all that was asked, refused or not
        self.arrived: list[Arrived] = []
        self.given: dict[str, tuple[float, int]] = {}  # response URL -> (minute given, uses left)
        self.minute = 0.0
        self.news = threading.Condition()
        self.numbers = itertools.count(1)
        self.links: list[Link] = []
        self.acknowledged: list[str] = []  # envelopes
        self.screens = Screens()
        self.named = {JAG: "jag", OPEN: "open", PRIVATE: "csag"}
        self.files: dict[str, Payload] = {}  # what Slack knows of each
        self.contents: dict[str, bytes] = {}
        self.uploads: dict[str, bytes | None] = {}  # file id -> what was sent to its address

    # What people do

    def joins(self, user: str, email: str | None, name: str = "", team: str = TEAM, **more: Any) -> str:
        """Somebody is in the workspace; without an e-mail address Slack does not tell it."""
        profile = {"real_name": name or user, **({"email": email} if email else {})}
        self.people[user] = {"id": user, "name": (name or user).lower(), "team_id": team, "deleted": False, "profile": profile, **more}
        return user

    def command(self, command: str, text: str = "", user: str = "U1", channel: str = JAG, trigger: str = "") -> Acknowledged:
        """Somebody types a slash command."""
        return self.send(self.command_form(command, text, user, channel, trigger), "slash_commands")

    def command_form(self, command: str, text: str, user: str = "U1", channel: str = JAG, trigger: str = "") -> Payload:
        return {
            "token": "old", "team_id": TEAM, "team_domain": "dacorum", "channel_id": channel, "channel_name": self.called(channel),
            "user_id": user, "user_name": user.lower(), "command": command, "text": text, "api_app_id": "A1",
            "is_enterprise_install": "false", "response_url": self.response_url(), "trigger_id": self.screens.trigger(trigger),
        }  # fmt: skip

    def called(self, channel: str) -> str:
        """A channel's name as it comes with a payload: Slack does not give those of private channels."""
        return "directmessage" if channel.startswith("D") else "privategroup" if channel == PRIVATE else self.named.get(channel, "")

    def press(self, on: Arrived, label: str, user: str = "U1", channel: str = "") -> Acknowledged:
        """Somebody presses a button on a message, a modal or their Home tab. Slack gives its value back escaped."""
        button = on.button(label)
        action = {"type": "button", "text": button["text"], "value": as_sent(button["value"])}
        return self._act(on, action | {"action_id": button["action_id"]}, user, channel)

    def choose(self, on: Arrived, label: str, of: str = "", user: str = "U1") -> Acknowledged:
        """Somebody picks one of several from a list."""
        element, option = on.option(label, of)
        chosen = {"text": option["text"], "value": as_sent(option["value"])}
        return self._act(on, {"type": "static_select", "action_id": element["action_id"], "selected_option": chosen}, user)

    def _act(self, on: Arrived, action: Payload, user: str, channel: str = "") -> Acknowledged:
        payload = {
            "type": "block_actions", "user": {"id": user, "username": user.lower(), "team_id": TEAM}, "api_app_id": "A1", "token": "old",
            "team": {"id": TEAM, "domain": "dacorum"}, "trigger_id": self.screens.trigger(),
            "actions": [{"block_id": "b", "action_ts": f"{self.tick()}.0001", **action}],
        }  # fmt: skip
        if on.method == "views.publish":
            return self.send({**payload, "container": {"type": "view"}, "view": {"id": "V0", "type": "home"}}, "interactive")
        if on.screen:
            view = self.screens.all[on.screen].payload()
            return self.send({**payload, "container": {"type": "view", "view_id": on.screen}, "view": view}, "interactive")
        where = channel or on.channel or JAG
        message = {"type": "message", "ts": on.ts, "bot_id": BOT_ID, "blocks": on.blocks}
        container = {"type": "message", "message_ts": on.ts or "1.1", "channel_id": where, "is_ephemeral": not on.ts}
        thread = {"thread_ts": on.said["thread_ts"]} if on.said.get("thread_ts") else {}
        here = {"container": container | thread, "channel": {"id": where, "name": self.called(where)}, "response_url": self.response_url()}
        return self.send({**payload, **here, **({"message": message | thread} if on.ts else {})}, "interactive")

    def shortcut(self, text: str, user: str = "U1", channel: str = JAG, name: str = "add_as_action") -> Acknowledged:
        """Somebody chooses a shortcut on a message."""
        message = {"type": "message", "user": "U2", "ts": f"{self.tick()}.000300", "text": text}
        payload = {
            "type": "message_action", "callback_id": name, "trigger_id": self.screens.trigger(), "response_url": self.response_url(),
            "user": {"id": user, "name": user.lower()}, "channel": {"id": channel, "name": self.called(channel)},
            "team": {"id": TEAM}, "message": message, "message_ts": message["ts"], "action_ts": f"{self.tick()}.0002", "token": "old",
        }  # fmt: skip
        return self.send(payload, "interactive")

    def submit(self, screen: Screen, user: str = "U1", **typed: str) -> Acknowledged:
        """Somebody fills in a form and presses its button. Slack does as it is told in answer: closes it, changes it, shows errors."""
        screen.typed |= typed
        assert screen.open, "nobody can submit what is closed"
        assert not screen.incomplete(), f"Slack lets nobody submit without {screen.incomplete()}"
        taken = self.resubmit(screen, user)
        said = json.loads(taken.body or "{}")
        match said.get("response_action"):
            case None:
                screen.open = False
            case "errors":
                assert set(said["errors"]) <= {block["block_id"] for block in screen.inputs}, "errors of no input"
                screen.errors = said["errors"]
            case "update":
                assert not view_faults(said["view"]), view_faults(said["view"])
                self.screens.replace(screen, said["view"])
            case other:
                raise AssertionError(f"no response action: {other}")
        return taken

    def resubmit(self, screen: Screen, user: str = "U1") -> Acknowledged:
        """The payload of a submission alone."""
        payload = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "api_app_id": "A1", "token": "old"}
        return self.send({**payload, "view": screen.payload(), "response_urls": []}, "interactive")

    def drop(self, name: str, data: bytes, user: str = "U1", text: str = "", **more: Any) -> Acknowledged:
        """Somebody drops a file on the bot."""
        file = f"F{self.tick()}"
        self.contents[file] = data
        kept = {"id": file, "name": name, "size": len(data), "user": user, "is_external": False}
        self.files[file] = {**kept, "url_private": f"{self.address}/files/{file}", **more}
        return self.say_in_dm(text, user, subtype="file_share", files=[self.files[file]])

    def say_in_dm(self, text: str, user: str = "U1", **more: Any) -> Acknowledged:
        """Somebody writes to the bot."""
        return self.happens({"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": text, **more})

    def mention(self, channel: str, text: str, user: str = "U1", **more: Any) -> Acknowledged:
        """Somebody mentions the bot in a channel: before their words, or where they say <@me>."""
        words = text.replace("<@me>", f"<@{BOT}>") if "<@me>" in text else f"<@{BOT}> {text}"
        return self.happens({"type": "app_mention", "channel": channel, "user": user, "text": words, **more})

    def open_home(self, user: str = "U1") -> Acknowledged:
        return self.happens({"type": "app_home_opened", "tab": "home", "user": user, "channel": f"D{user}"})

    def happens(self, event: Payload, **more: Any) -> Acknowledged:
        """An event, under an id of its own each time it is sent."""
        event = {"ts": f"{self.tick()}.000200", **event}
        envelope = {
            "token": "old", "team_id": TEAM, "api_app_id": "A1", "type": "event_callback", "event_id": f"Ev{self.tick()}",
            "event_time": 1, "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}], "event": event, **more,
        }  # fmt: skip
        return self.send(envelope, "events_api")

    # How it reaches the bot

    def send(self, payload: Payload, kind: str) -> Acknowledged:
        """By signed request to the bot's server; down a socket where the bot has opened one."""
        if self.links:
            self.links[-1].write(json.dumps({"envelope_id": f"E{self.tick()}", "type": kind, "payload": payload}))
            return Acknowledged(0, "", 0)
        if kind == "events_api":
            return self.request(json.dumps(payload), "application/json")
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return self.request(urlencode(form))

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
        stamp = str(int(time.time() - age))
        signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        to = urlsplit(bot or self.bot)
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=PATIENCE)
        try:
            connection.request(method, path or to.path, body.encode(), headers)
            answer = connection.getresponse()
            return Acknowledged(answer.status, answer.read().decode(), len(self.arrived))
        finally:
            connection.close()

    def response_url(self) -> str:
        url = f"{self.address}/response/{self.tick()}"
        self.given[url] = (self.minute, USES)
        return url

    def tick(self) -> int:
        return 1_700_000_000 + next(self.numbers)

    # What arrived

    def wait(self, until: Callable[[], Any]) -> Any:
        """What `until` gives, once it is something."""
        with self.news:
            if not self.news.wait_for(until, PATIENCE):
                raise AssertionError(f"nothing of the kind within {PATIENCE} s; arrived: {[(a.method, a.text[:80]) for a in self.arrived]}")
            return until()

    def of(self, *methods: str) -> list[Arrived]:
        return [each for each in self.arrived if each.method in methods]

    def asked(self, method: str) -> int:
        """How often a method was called, refused or not."""
        return Counter(called for called, _ in self.calls)[method]

    def take(self, method: str, said: Payload, url: str = "") -> tuple[int, str, dict[str, str]]:
        """Answer a call: (status, body, headers)."""
        with self.news:
            self.calls.append((method, said))
            answer = self._answered(method, said, url)
            self.news.notify_all()
            return answer

    def _answered(self, method: str, said: Payload, url: str) -> tuple[int, str, dict[str, str]]:
        if self.refusing.methods.get(method):
            return self.refusing.methods[method].pop(0)
        blocks = said.get("blocks") or said.get("view", {}).get("blocks") or []
        wrong = view_faults(said["view"]) if "view" in said else faults(blocks, MESSAGE) if "blocks" in said else []
        wrong += [f"a block of type {block['type']}" for block in blocks if block["type"] in self.refusing.kinds]
        if url:
            return self._responded(said, url, wrong)
        error = "invalid_auth" if self.refusing.token else "invalid_blocks" if wrong else self._error(method, said)
        if error:
            more = {"response_metadata": {"messages": wrong}} if wrong else {}
            return 200, json.dumps({"ok": False, "error": error, **more}), {}
        return 200, json.dumps({"ok": True, **self._done(method, said)}), {}

    def _responded(self, said: Payload, url: str, wrong: list[str]) -> tuple[int, str, dict[str, str]]:
        minute, uses = self.given.get(url, (0.0, 0))
        if not uses or self.minute - minute > MINUTES:
            return 404, "used_url", {}
        self.given[url] = (minute, uses - 1)
        if wrong:
            return 400, "invalid_blocks", {}
        self.arrived.append(Arrived("response", said, url=url))
        return 200, "ok", {}

    def _error(self, method: str, said: Payload) -> str:
        channel = str(said.get("channel", ""))
        match method:
            case "users.info":
                return "" if said["user"] in self.people else "user_not_found"
            case "chat.postMessage" | "chat.postEphemeral" if channel[0] == "C" and channel not in self.inside:
                return "not_in_channel" if channel == OPEN else "channel_not_found"
            case "chat.delete":
                posted = [a for a in self.of("chat.postMessage") if (a.channel, a.ts) == (channel, said["ts"])]
                return "" if posted else "message_not_found"
            case "conversations.join":
                return "" if channel == OPEN else "channel_not_found"
            case "conversations.info":
                return "" if channel in self.inside | {OPEN} else "channel_not_found"
            case "views.open" | "views.update":
                return self.screens.refusal(method, said)
            case "files.info":
                return "" if said["file"] in self.files else "file_not_found"
            case "files.completeUploadExternal":
                return self._upload_refusal(said)
        return ""

    def _upload_refusal(self, said: Payload) -> str:
        """Only to a channel by its id, and only what has been sent."""
        if str(said.get("channel_id", ""))[:1] not in ("C", "D", "G"):
            return "invalid_channel"
        return "" if all(self.uploads.get(file["id"]) is not None for file in said["files"]) else "file_not_found"

    def _done(self, method: str, said: Payload) -> Payload:
        match method:
            case "auth.test":
                ours = {"team": "Dacorum", "team_id": TEAM, "enterprise_id": self.enterprise}
                return {"url": self.address, "user": "jagbot", "user_id": BOT, "bot_id": BOT_ID, **ours}
            case "users.info":
                return {"user": self.people[said["user"]]}
            case "apps.connections.open":
                return {"url": f"{self.address.replace('http', 'ws', 1)}/link/?ticket=1"}
            case "chat.postMessage":
                channel = f"D{said['channel']}" if said["channel"].startswith("U") else said["channel"]
                self.arrived.append(Arrived(method, {**said, "channel": channel}, ts=f"{self.tick()}.000100"))
                return {"channel": channel, "ts": self.arrived[-1].ts}
            case "chat.delete":
                self.arrived = [a for a in self.arrived if a.ts != said["ts"]]
            case "conversations.join":
                self.inside.add(said["channel"])
            case "conversations.info":
                return {"channel": {"id": said["channel"], "name": self.named.get(said["channel"], "")}}
            case "conversations.open":
                return {"channel": {"id": f"D{said['users']}"}}
            case "views.open" | "views.update":
                screen = self.screens.shown(method, said)
                self.arrived.append(Arrived(method, said, screen=screen.id))
                return {"view": screen.payload()}
            case "files.info":
                return {"file": self.files[said["file"]]}
            case "files.getUploadURLExternal":
                file = f"F{self.tick()}"
                self.uploads[file] = None
                return {"upload_url": f"{self.address}/upload/{file}/{said['length']}", "file_id": file}
            case "files.completeUploadExternal":
                self.arrived.append(Arrived(method, {**said, "channel": said["channel_id"]}))
                return {"files": said["files"]}
            case "chat.postEphemeral" | "views.publish":
                self.arrived.append(Arrived(method, said))
        return {}


class Answering(BaseHTTPRequestHandler):
    """One request of the bot's."""

    protocol_version = "HTTP/1.1"
    workspace: Workspace

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/upload/"):
            self._take(raw)
            return
        body = raw.decode()
        said = json.loads(body or "{}") if "json" in self.headers.get("Content-Type", "") else dict(parse_qsl(body, keep_blank_values=True))
        self.answer({name: _read(value) for name, value in said.items()})

    def do_GET(self) -> None:
        if self.headers.get("Upgrade") == "websocket":
            Link(self).hold()
        elif self.path.startswith("/files/"):
            self._give()
        else:
            self.answer(dict(parse_qsl(urlsplit(self.path).query)))

    def answer(self, said: Payload) -> None:
        path = urlsplit(self.path).path
        url = f"{self.workspace.address}{path}" if path.startswith("/response/") else ""
        status, body, headers = self.workspace.take(path.rpartition("/")[2] if not url else "response", said, url)
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body.encode())), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def _take(self, data: bytes) -> None:
        """The middle step of an upload: as many bytes as were announced, and no token."""
        _, _, file, length = self.path.split("/")
        right = int(length) == len(data) and "Authorization" not in self.headers
        self.workspace.uploads[file] = data if right else None
        self._whole(200 if right else 400, b"OK", "text/plain")

    def _give(self) -> None:
        """A file's content, to who shows the bot's token; otherwise the page on which people sign in."""
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        data = self.workspace.contents.get(self.path.rpartition("/")[2], b"") if known else b"<html>Sign in</html>"
        self._whole(200, data, "application/octet-stream" if known else "text/html")

    def _whole(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


def _read(value: Any) -> Any:
    """A form carries blocks and views as JSON."""
    return json.loads(value) if isinstance(value, str) and value[:1] in ("[", "{") else value


class Link:
    """One WebSocket connection (RFC 6455) down which envelopes go, and up which they are acknowledged."""

    TEXT, CLOSE, PING, PONG = 1, 8, 9, 10

    def __init__(self, request: Answering) -> None:
        self.request, self.workspace, self.writing = request, request.workspace, threading.Lock()

    def hold(self) -> None:
        """Greet, then read until the other side has gone."""
        key = self.request.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accepted = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        lines = (
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accepted}",
            "",
            "",
        )
        self.request.wfile.write("\r\n".join(lines).encode())
        self.request.close_connection = True
        with self.workspace.news:
            self.workspace.links.append(self)
            self.workspace.news.notify_all()
        self.write(json.dumps({"type": "hello", "num_connections": 1}))
        while frame := self._frame():
            self._take(*frame)
        with self.workspace.news:
            self.workspace.links.remove(self)
            self.workspace.news.notify_all()

    def write(self, text: str, kind: int = TEXT) -> None:
        data = text.encode()
        size = bytes([len(data)]) if len(data) < 126 else struct.pack("!BH", 126, len(data))
        with self.writing:
            self.request.wfile.write(bytes([0x80 | kind]) + size + data)

    def _take(self, kind: int, data: bytes) -> None:
        if kind == self.PING:
            self.write(data.decode(), self.PONG)
        elif kind == self.TEXT:
            with self.workspace.news:
                self.workspace.acknowledged.append(json.loads(data)["envelope_id"])
                self.workspace.news.notify_all()

    def _frame(self) -> tuple[int, bytes] | None:
        """(kind, data) of a frame, unmasked; None when there will be no more."""
        try:
            head = self.request.rfile.read(2)
            if len(head) < 2 or head[0] & 0x0F == self.CLOSE:
                return None
            size = head[1] & 0x7F
            size = struct.unpack("!H", self.request.rfile.read(2))[0] if size == 126 else size
            mask, data = self.request.rfile.read(4), self.request.rfile.read(size)
        except OSError:
            return None
        return head[0] & 0x0F, bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))


class Quiet(ThreadingHTTPServer):
    """A bot that hangs up is no news."""

    daemon_threads = True
    block_on_close = False  # a link ends when the bot's process does

    def handle_error(self, *_: object) -> None: ...


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A running Slack."""
    server = Quiet(("127.0.0.1", 0), Answering)
    made = Workspace(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = type("Answers", (Answering,), {"workspace": made})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
