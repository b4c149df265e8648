"""Somebody at the workspace's page, but for the page: their connection, over which they ask the bot and hear it answer."""

from __future__ import annotations

import json
from typing import Any

from websockets.sync.client import connect

from bench.workspace import PATIENCE

COMMAND, WORDS = "/hotspots", "asb"
WHO, WHERE = "UCOORDINATOR", "CJAG"


class Visitor:
    """The coordinator, on a page's address."""

    def __init__(self, address: str) -> None:
        site = address.rsplit("/", 2)[0]
        self.socket = connect(f"{address.replace('http', 'ws', 1)}live", origin=site, max_size=None)  # type: ignore[arg-type]
        self._say("become", user=WHO)

    def answered(self) -> None:
        """Ask a question, and wait for the answer to it that they alone see."""
        self._say("command", channel=WHERE, command=COMMAND, text=WORDS)
        while not self._hear().get("message", {}).get("ephemeral"):
            pass
        self.socket.close()

    def _say(self, what: str, **more: Any) -> None:
        self.socket.send(json.dumps({"n": what, "do": what, **more}))

    def _hear(self) -> Any:
        said = json.loads(self.socket.recv(PATIENCE))
        assert said.get("ok", True), said["error"]
        return said
