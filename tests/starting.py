"""Processes of jagbot's own, started as people start them, and what they say."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 180
HOUSE = Path(__file__).parent.parent


@contextmanager
def started(folder: Path, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A jagbot in a folder, until the block ends; nothing of this machine's own settings reaches it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SLACK_")} | more
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], cwd=folder, env=environment | {"PYTHONPATH": str(HOUSE)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def says(process: subprocess.Popen[str], wanted: str) -> re.Match[str]:
    """What it says, once it says it."""
    assert process.stdout
    heard = []
    for line in process.stdout:
        heard.append(line)
        if found := re.search(wanted, line):
            return found
    raise AssertionError("".join(heard))
