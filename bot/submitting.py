"""A form that was submitted: Slack waits three seconds for what becomes of it, and the form stays on the screen for as long."""

from __future__ import annotations

import threading
import time
from typing import Any

from bot.asking import Outcome
from bot.forms import SHORT_ERROR, View, again, has_notice, result_view, saving, typed
from models.base import Refusal

Response = dict[str, Any]

PATIENCE = 2.0  # seconds that a listener waits for an outcome
AT_ONCE = 4  # listeners that wait; further ones would keep others' payloads from being acknowledged
SETTLING = 0.5  # seconds from our last word to Slack's having shown it
CANNOT_SAVE = "I cannot save just now. Your words are still here: press again in a minute."

_waiting = threading.BoundedSemaphore(AT_ONCE)


class Submission:
    """A form on somebody's screen whose button was pressed: where its outcome goes while it is waited for, and after."""

    def __init__(self, view: View, stays: bool = False) -> None:
        self.view, self.stays = view, stays
        self._lock, self._there = threading.Lock(), threading.Event()
        self._response: Response | None = None
        self._left: float | None = None

    @classmethod
    def left(cls, view: View, stays: bool) -> Submission:
        """One that nobody waits for: a button in the form was pressed. Where it only asked something the form stays."""
        made = cls(view, stays)
        made._left = float("-inf")
        return made

    def response(self, patience: float = PATIENCE) -> Response:
        """What Slack is told: the outcome, or that it takes its time."""
        patiently = _waiting.acquire(blocking=False)
        try:
            self._there.wait(patience if patiently else 0)
        finally:
            if patiently:
                _waiting.release()
        with self._lock:
            if self._response is None:
                self._left = time.monotonic()
            return self._response or {"response_action": "update", "view": saving()}

    def take(self, response: Response) -> bool:
        """Hand over the outcome; False when it comes too late, and goes to the view itself."""
        with self._lock:
            if self._left is None:
                self._response = response
                self._there.set()
                return True
        time.sleep(max(0.0, self._left + SETTLING - time.monotonic()))
        return False

    def outcome(self, outcome: Outcome) -> tuple[Response, View, bool]:
        """(what Slack is told, the view it comes to, whether all of the answer is in it).

        What is refused leaves the form as it was filled in; what is wrong with a field stands under it.
        """
        reply, refusal = outcome.reply, outcome.refusal
        if not self.stays and (not reply.refused or outcome.broke):
            view, whole = result_view(reply)
            return {"response_action": "update", "view": view}, view, whole
        view = again(self.view, reply)
        if refusal and self._stands_under(refusal):
            return {"response_action": "errors", "errors": {refusal.field: refusal.words}}, view, True
        return {"response_action": "update", "view": view}, view, True

    def _stands_under(self, refusal: Refusal) -> bool:
        """Whether it can be said under its field. A notice on top would stay, and be of what was sent before: the form is drawn anew."""
        short = len(refusal.words) <= SHORT_ERROR and not refusal.asks
        return short and refusal.field in typed(self.view) and not has_notice(self.view)
