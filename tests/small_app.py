"""A workspace with somebody of each kind in it, and an app in Socket Mode that does as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bot.manifest import manifest
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.running import Served, serving
from bot.workspace.settling import Channel, Member, settle
from bot.workspace.state import State

PATIENCE = 60.0  # seconds before a test gives up waiting
KINDS = {"chair": "member", "town": "guest", "quiet": "guest without commands", "dens": "partner", "gone": "deactivated"}
CHAIR, OWNER, TOWN, QUIET, DENS, GONE = "UCHAIR", "UOWNER", "UTOWN", "UQUIET", "UDENS", "UGONE"
JAG, CSAG, OPEN = (
    "CJAG",
    "CCSAG",
    "COPEN",
)  # everybody is in #jag, the chair and the app in the private #csag, the chair alone in #open
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "a & b"}
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("red", "green")]
LIST = {"type": "static_select", "action_id": "colour", "options": OPTIONS}
BLOCKS = [{"type": "actions", "block_id": "b", "elements": [BUTTON, LIST]}]


def form(**more: Any) -> dict[str, Any]:
    """A modal with one field that has to be filled in."""
    field = {"type": "plain_text_input", "action_id": "value", "max_length": 10}
    label = {"type": "plain_text", "text": "What"}
    title, submit = {"type": "plain_text", "text": "Add"}, {"type": "plain_text", "text": "Save"}
    blocks = [{"type": "input", "block_id": "what", "label": label, "element": field}, *BLOCKS]
    return {"type": "modal", "title": title, "submit": submit, "blocks": blocks, **more}


def until(found: Callable[[], Any]) -> Any:
    """What is found, once it is something."""
    ends = time.monotonic() + PATIENCE
    while not (something := found()):
        assert time.monotonic() < ends, "nothing of the kind came"
        time.sleep(0.005)
    return something


@dataclass
class App:
    """One connection of an app's. It acknowledges what comes with what `answers` has for its type; None is not at all."""

    link: ClientConnection
    answers: dict[str, Any] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(ConnectionClosed):
            for text in self.link:
                said = json.loads(text)
                self.heard.append(said)
                answer = self.answers.get(said.get("payload", {}).get("type") or said["type"], {})
                if "envelope_id" in said and answer is not None:
                    self.link.send(json.dumps({"envelope_id": said["envelope_id"], **({"payload": answer} if answer else {})}))
        self.ended = True

    def got(self, kind: str) -> list[dict[str, Any]]:
        """The payloads of a kind that came: of an envelope, an interaction or an event."""
        return [each["payload"] for each in self.heard if "payload" in each and kind in kinds(each)]

    def next(self, kind: str) -> dict[str, Any]:
        """The first payload of a kind, once it is there."""
        return until(lambda: self.got(kind))[0]


def kinds(envelope: dict[str, Any]) -> tuple[Any, ...]:
    payload = envelope["payload"]
    return envelope["type"], payload.get("type"), payload.get("event", {}).get("type")


@dataclass
class Place:
    """A workspace that is being served, and what is done in it."""

    workspace: Workspace
    served: Served
    links: ExitStack

    @property
    def client(self) -> WebClient:
        """The app's own."""
        return WebClient(self.workspace.bot_token, base_url=f"{self.served.address}/api/")

    def app(self, **answers: Any) -> App:
        """One more connection of the app's."""
        opened = WebClient(base_url=f"{self.served.address}/api/").apps_connections_open(app_token=self.workspace.app_token)
        made = App(self.link(opened["url"]), answers)
        until(lambda: made.heard)  # the greeting
        return made

    def link(self, address: str, **more: Any) -> ClientConnection:
        """A socket, open until the workspace stops."""
        return self.links.enter_context(connect(address, proxy=None, **more))

    def do(self, does: Any) -> Any:
        return self.served.do(does)

    def refused(self, does: Any) -> str:
        """The name of the refusal."""
        try:
            done = self.served.do(does)
        except SlackError as refused:
            return refused.code
        raise AssertionError(f"it was let through: {done}")

    def post(self, channel: str = JAG, **more: Any) -> str:
        """A message of the app's: its ts."""
        return str(self.client.chat_postMessage(channel=channel, text="Press", blocks=BLOCKS, **more)["ts"])


@contextmanager
def placed(path: str = ":memory:", limited: bool = False, events: tuple[str, ...] = ()) -> Iterator[Place]:
    """The workspace; the app hears of these events besides its own."""
    installed = manifest()
    installed["oauth_config"]["scopes"]["bot"] += ["reactions:write", "pins:write"]
    installed["settings"]["event_subscriptions"]["bot_events"] += events
    installed["features"]["shortcuts"].append({"name": "Anywhere", "type": "global", "callback_id": "anywhere", "description": "x"})
    workspace = Workspace(State(path), installed, limited=limited)
    workspace.patience = PATIENCE
    members = [Member(handle, handle.title(), f"{handle}@example.org", kind=kind) for handle, kind in KINDS.items()]
    settle(workspace, [*members, Member("owner", "Sam Owner")], channels(*KINDS, "owner"))
    with serving(workspace) as served, ExitStack() as links:
        yield Place(workspace, served, links)
    workspace.state.close()


def channels(*everybody: str) -> list[Channel]:
    return [Channel("jag", everybody), Channel("csag", ("chair",), private=True), Channel("open", ("chair",), app=False)]
