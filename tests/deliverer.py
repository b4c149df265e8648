"""Processes that deliver, made by forking one that has read all the code: so cheap that hundreds of them can be killed.

Run as a program it takes a line of JSON on its input for each that is wanted, stopped, resumed or killed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PR_SET_PDEATHSIG = 1
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "resume": signal.SIGCONT, "end": signal.SIGTERM}


class Deliverers:
    """The test's side: starts processes that deliver, and does to them what happens to processes."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self.program, self.turn = program, threading.Lock()

    def tell(self, **what: Any) -> Any:
        assert self.program.stdin
        assert self.program.stdout
        with self.turn:
            print(json.dumps(what), file=self.program.stdin, flush=True)
            return json.loads(self.program.stdout.readline())

    def start(self, **how: Any) -> int:
        """Start one; see `deliver` for how. Its number."""
        return int(self.tell(start=how))

    def signal(self, number: int, name: str) -> bool:
        """Kill, stop, resume or end one; False where it has ended already."""
        return bool(self.tell(signal=name, pid=number))

    def stopped(self, number: int) -> bool:
        """Whether one has come to where it stops."""
        return bool(self.tell(stopped=number))

    def alive(self, number: int) -> bool:
        return bool(self.tell(signal="", pid=number))


@contextmanager
def deliverers() -> Iterator[Deliverers]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "NO_PROXY": "*"}
    with subprocess.Popen(
        [sys.executable, __file__], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT
    ) as program:
        made = Deliverers(program)
        assert made.tell() == "ready"
        yield made
        assert program.stdin
        program.stdin.close()


# In the program


class Step:
    """Ends or stops the process at the so-manieth time of a step."""

    def __init__(self, name: str, times: int, does: str) -> None:
        self.name, self.left, self.does, self.turn = name, times, SIGNALS[does], threading.Lock()

    def __call__(self, step: str) -> None:
        with self.turn:
            self.left -= step == self.name
            now = step == self.name and self.left == 0
        if now:
            os.kill(os.getpid(), self.does)


def deliver(
    url: str,
    partnership: int,
    api: str,
    token: str,
    lease: tuple[float, float] = (8.0, 7.0),
    patience: float = 1.0,
    at: tuple[str, int, str] = ("", 0, "kill"),
    dies_in: float = 0.0,
    ahead: str = "",
    planted: str = "",
) -> None:
    """Deliver until ended: `at` a step (its name, the so-manieth time, what happens then), or so many seconds from now, it is killed.

    `ahead` is a file that says by how many seconds its clock is ahead; `planted` a way of delivering that is known to be wrong.
    """
    from slack_sdk import WebClient

    from bot.sending import Sending
    from models.store import Store
    from scheduler.delivery import Delivery, Lease

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(Path(ahead).read_text() or 0) if ahead else 0)

    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    if dies_in:
        threading.Timer(dies_in, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    sender: Any = PLANTED.get(planted, Sending)(WebClient(token=token, base_url=api), patience)
    delivery = Delivery(Store(url), partnership, sender, now, Lease(*lease), Step(*at))
    while not ending.is_set():
        delivery.deliver(linger=0.5)
        ending.wait(0.05)
    delivery.stop()


def planted_wrong() -> dict[str, Any]:
    """Senders known to be wrong, to see that the tests see it."""
    from bot.sending import Sending
    from scheduler.parcels import Keep, Parcel, Sent

    class SendThenMark(Sending):
        """No key in the message, and so no way to find it again: whatever was not marked is sent again."""

        def __init__(self, *how: Any) -> None:
            super().__init__(*how)
            self.look = lambda _parcel: None

    class MarkThenSend(Sending):
        """It is marked as sent while it is still to be."""

        def send(self, parcel: Parcel, keep: Keep) -> Sent:
            threading.Timer(0.05, lambda: super(MarkThenSend, self).send(parcel, keep)).start()
            return Sent("D", ("1",))

    class Late(Sending):
        """It never looks at the clock before it sends."""

        def send(self, parcel: Parcel, keep: Keep) -> Sent:
            return super().send(replace(parcel, leave_by=float("inf")), keep)

    return {"send, then mark": SendThenMark, "mark, then send": MarkThenSend, "late": Late}


PLANTED: dict[str, Any] = {}


def _said() -> None:
    """What the tests' notices say: settled when they are claimed, some of it too long for one message, and some overtaken by a meeting."""
    from commands.reply import Reply
    from scheduler.saying import Skip, says

    @says("probe")
    def probe(notice: Any, _session: Any, _now: Any) -> Reply:
        number = int(notice.about.rpartition(" ")[2])
        return Reply(f"Probe {notice.about}", *(["word " * 2_500] * (3 if number % 5 == 0 else 1)))

    @says("change", gives_up=True)
    def change(notice: Any, _session: Any, _now: Any) -> Reply:
        return Reply(notice.about, summary=notice.about).but(over=(notice.over.conversation, *notice.over.stamps[:1]))

    @says("reminder")
    def reminder(notice: Any, _session: Any, now: datetime) -> Reply | Skip:
        return Skip("its meeting had begun") if now > notice.due_at + timedelta(days=2) else Reply(f"Reminder {notice.about}")


def main() -> None:
    """Fork a process for each that is asked for."""
    for module in ("bot.sending", "scheduler.delivery", "models.tables"):
        import_module(module)
    logging.disable(logging.CRITICAL)
    _said()
    PLANTED.update(planted_wrong())
    ended: Counter[int] = Counter()
    for line in sys.stdin:
        wanted = json.loads(line)
        if "start" in wanted:
            answer: Any = os.fork()
            if not answer:
                _child(wanted["start"])
        elif "signal" in wanted:
            answer = _signalled(wanted["pid"], wanted["signal"], ended)
        elif "stopped" in wanted:
            answer = _has_stopped(wanted["stopped"], ended)
        else:
            answer = "ready"
        print(json.dumps(answer), flush=True)


def _child(how: dict[str, Any]) -> None:
    with contextlib.suppress(OSError, AttributeError):  # where there is such a thing: nobody outlives the program
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    try:
        deliver(**how)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _has_stopped(pid: int, ended: Counter[int]) -> bool:
    """Whether a child has been stopped since this was last asked."""
    found, status = (0, 0) if ended[pid] else os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
    ended[pid] += bool(found) and not os.WIFSTOPPED(status)
    return bool(found) and os.WIFSTOPPED(status)


def _signalled(pid: int, name: str, ended: Counter[int]) -> bool:
    """Signal a child that has not ended; until it is waited for here its number is nobody else's."""
    if not ended[pid] and os.waitpid(pid, os.WNOHANG) != (0, 0):
        ended[pid] += 1
    if name and not ended[pid]:
        os.kill(pid, SIGNALS[name])
        if name == "kill":
            os.waitpid(pid, 0)
            ended[pid] += 1
            return True
    return not ended[pid]


if __name__ == "__main__":
    main()
