"""Somebody at a real terminal: `jagbot` started on one, what it shows, and what is typed."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])|\r")
CTRL_C, CTRL_D = "\x03", "\x04"


class AtTerminal:
    """`jagbot WORDS` on a terminal of 40 lines of 200 columns."""

    def __init__(self, words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, b"\x28\x00\xc8\x00\x00\x00\x00\x00")
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        quiet = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}

        def taking_the_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background pass on that it is ignored

        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=taking_the_terminal, env={**known, **quiet, **environment},
        )  # fmt: skip
        os.close(theirs)
        self._shown = ""

    def until(self, text: str, patience: float = 60) -> str:
        """What is shown up to and with a text that comes. A space at its end may be shown by moving the cursor, and is not waited for."""
        end, text = time.monotonic() + patience, text.rstrip()
        while text not in self._shown:
            more = self._more(end - time.monotonic())
            assert more, f"{text!r} was not shown, but: {self._shown!r}"
            self._shown = ESCAPES.sub("", self._shown + more)
        before, _, self._shown = self._shown.partition(text)
        return before + text

    def types(self, text: str, enter: bool = True) -> None:
        os.write(self._ours, (text + ("\r" if enter else "")).encode())

    def pastes(self, text: str) -> None:
        """As a terminal pastes, and then Enter."""
        self.types(f"\x1b[200~{text}\x1b[201~")

    def gives_up(self, key: str, text: str) -> str:
        """Presses a key until a text is shown, as people do: Python's `input` does not hear what comes just as it begins to listen."""
        for _ in range(12):
            self.types(key, enter=False)
            with suppress(AssertionError):
                return self.until(text, patience=5)
        raise AssertionError(f"{text!r} was not shown, but: {self._shown!r}")

    def ends(self) -> tuple[str, int]:
        """(what else is shown, the exit code)."""
        while more := self._more(60):
            self._shown += more
        return ESCAPES.sub("", self._shown), self._process.wait(60)

    def _more(self, patience: float) -> str:
        """What is shown next; nothing when it has ended, or patience has."""
        ready, _, _ = select.select([self._ours], [], [], max(patience, 0))
        try:
            return os.read(self._ours, 65_536).decode("utf-8", "replace") if ready else ""
        except OSError:  # Linux says so when the other side is closed
            return ""
