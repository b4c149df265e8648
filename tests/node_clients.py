"""Scripts of tests/node run with Node.js: what they tell, line by line, and the local workspace that they are run against."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools import missing

from bot.manifest import manifest
from bot.workspace.core import BOT, News, Workspace
from bot.workspace.running import serving
from bot.workspace.settling import Channel, Member, settle
from bot.workspace.state import State

FOLDER = Path(__file__).parent / "node"
CHAIR, LEAD, JAG, OPEN, OTHER = "UCHAIR", "ULEAD", "CJAG", "COPEN", "COTHER"
SCOPES = "channels:history groups:history im:read pins:read pins:write reactions:write team:read".split()
PATIENCE = 60  # seconds before a test gives up waiting

Line = dict[str, Any]


def needs_node() -> None:
    """Skip, and under CI fail, where Node.js or the packages are missing."""
    if shutil.which("node") is None:
        missing("Node.js: node is not installed")
    if not (FOLDER / "node_modules").is_dir():
        missing("Node.js: its packages are missing: npm install --prefix tests/node --no-package-lock")


class Script:
    """A script that is running, and the lines it has told."""

    def __init__(self, name: str, given: Mapping[str, str]) -> None:
        command = ["node", str(FOLDER / name)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **given})
        self.lines: list[Line] = []
        self.heard = threading.Condition()
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            with self.heard:
                self.lines.append(json.loads(line))
                self.heard.notify_all()

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def wait(self, **said: Any) -> Line:
        """The first line that says this, once there is one."""
        return self.wait_many(1, **said)[0]

    def wait_many(self, count: int, **said: Any) -> list[Line]:
        """The lines that say this, once there are so many."""

        def found() -> list[Line]:
            return [line for line in self.lines if said.items() <= line.items()]

        with self.heard:
            assert self.heard.wait_for(lambda: len(found()) >= count, PATIENCE), f"it never told {said}, but {self.lines}"
            return found()

    def end(self) -> list[Line]:
        """Let it come to its end: all that it told."""
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait(PATIENCE * 3) == 0
        self.reading.join(PATIENCE)
        return self.lines


@contextmanager
def running(name: str, **given: str) -> Iterator[Script]:
    """A script with these in its environment, which has ended when the block does."""
    script = Script(name, given)
    try:
        yield script
    finally:
        script.process.kill()
        script.process.wait()


class Place:
    """A workspace that is served, with people in it whom tests make act. The app is in #jag and #other, and could join #open."""

    def __init__(self, limited: bool = False) -> None:
        made = manifest()
        made["oauth_config"]["scopes"]["bot"] += SCOPES
        self.workspace = Workspace(State(), made, limited=limited)
        self.workspace.patience = PATIENCE
        people = Member("chair", "Ann Chair", "chair@example.org"), Member("lead", "Bob Lead", "lead@example.org")
        both = ("chair", "lead")
        settle(self.workspace, people, [Channel("jag", both), Channel("open", both, app=False), Channel("other", ("lead",))])
        self.news: list[News] = []
        self.workspace.listeners.append(self.news.append)

    def do(self, does: Coroutine[Any, Any, Any]) -> Any:
        """Somebody does something."""
        return self.served.do(does)

    def on_loop(self, does: Callable[[], Any]) -> Any:
        async def doing() -> Any:
            return does()

        return self.do(doing())

    def wait(self, until: Callable[[], Any]) -> Any:
        """What `until` gives, once it is something."""
        ends = time.monotonic() + PATIENCE
        while not (found := self.on_loop(until)):
            assert time.monotonic() < ends, f"it never came: {self.news[-3:]}"
            time.sleep(0.02)
        return found

    def messages(self, channel: str, reader: str = BOT) -> list[Line]:
        """What stands in a channel, oldest first."""
        return list(reversed(self.on_loop(lambda: self.workspace.state.history(channel, reader))))

    def given(self, **more: str) -> dict[str, str]:
        """What scripts want to know."""
        workspace = self.workspace
        return {"ADDRESS": self.served.address, "BOT_TOKEN": workspace.bot_token, "APP_TOKEN": workspace.app_token, **more}


@contextmanager
def place(limited: bool = False) -> Iterator[Place]:
    """A workspace of the tests' own, served until the block ends."""
    made = Place(limited)
    with serving(made.workspace) as served:
        made.served = served
        yield made
