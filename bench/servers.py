"""Processes to measure: ours as it is run, and the baselines. Each has a port of its own and ends with the block."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bench.databases import Held
from bench.workspace import SECRET, Workspace

HOUSE = Path(__file__).parent.parent
JAGBOT = ["-m", "bot", "run"]
LOG = os.path.join(tempfile.gettempdir(), "jagbot-bench.log")


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="jagbot-bytecode-")


def environment(**more: str) -> dict[str, str]:
    """What processes are started with: bytecode is kept, as it is where the bot is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": _bytecode().name} | more


def started(arguments: Sequence[str], folder: Path = HOUSE, **more: str) -> subprocess.Popen[str]:
    """A Python with these arguments, in a folder; what it says is to be read from it."""
    with open(LOG, "a") as log:
        set_up = environment(PYTHONPATH=str(HOUSE), **more)
        return subprocess.Popen([sys.executable, *arguments], cwd=folder, env=set_up, stdout=subprocess.PIPE, stderr=log, text=True)


def says(process: subprocess.Popen[str], wanted: str) -> re.Match[str]:
    """What a process says, once it says it."""
    assert process.stdout
    found = next((found for line in process.stdout if (found := re.search(wanted, line))), None)
    assert found, f"the process ended before it was ready; see {LOG}"
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Wait until something listens."""
    for _ in range(10_000):
        if process.poll() is not None:
            raise ChildProcessError(f"the process ended before it listened; see {LOG}")
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.002)
    raise TimeoutError(f"nothing listens on {port}; see {LOG}")


@contextmanager
def ours(held: Held, workspace: Workspace, program: Sequence[str] = JAGBOT) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The bot on a store, over HTTP: (process, port)."""
    port = free_port()
    settings = {
        "DATABASE_URL": held.store.url,
        "SLACK_API_URL": workspace.api,
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_APP_TOKEN": "",
    }
    with ending(started([*program, "--http", str(port)], **settings)) as process:
        wait_for(port, process)
        yield process, port


@contextmanager
def echo(kind: str, workspace: Workspace) -> Iterator[int]:
    """A baseline of `bench.echo`: its port."""
    port = free_port()
    with ending(started(["-m", "bench.echo", kind, str(port), workspace.api])) as process:
        wait_for(port, process)
        yield port


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
