"""Whose accounts in chat are deactivated: a message to one of them would be taken, and read by nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from bot.calls import Calls, SaysNo
from scheduler.parcels import Away, Later, Refused

KNOWN_FOR = 1800.0  # seconds
AWAY_FOR = 60.0  # seconds for which nobody asks for everybody again, where Slack did not answer
PAGES, A_PAGE = 10, 1000  # of everybody; where there are more, people are asked after one by one
GONE = "their account in chat is deactivated"
UNKNOWN = ("user_not_found", "user_not_visible", "users_not_found")


class Roster:
    """Everybody of a workspace, asked for as a whole and kept for half an hour; whoever is not among them is asked after by themselves."""

    def __init__(self, calls: Calls, clock: Callable[[], float] = time.monotonic) -> None:
        self.calls, self.clock = calls, clock
        self._gone: dict[str, bool] = {}
        self._since = self._away = float("-inf")
        self._lock = threading.Lock()

    def must_be_there(self, user: str) -> None:
        """Nothing, unless this user's account is deactivated or does not exist; then Refused. Away where Slack does not say."""
        with self._lock:
            if self.clock() - max(self._since + KNOWN_FOR, self._away + AWAY_FOR) > 0:
                self._ask_for_everybody()
            gone = self._gone.get(user)
        if gone in (None, True):  # somebody who was gone may be back
            gone = self._gone[user] = self._asked_after(user)
        if gone:
            raise Refused(GONE, gone=True)

    def _ask_for_everybody(self) -> None:
        """Where Slack does not say, what was known stays, and others are asked after one by one: nobody waits for it twice."""
        try:
            self._gone, self._since = self._everybody(), self.clock()
        except (Away, Later):
            self._away = self.clock()

    def _everybody(self) -> dict[str, bool]:
        found, cursor = dict[str, bool](), ""
        for _ in range(PAGES):
            try:
                page = self.calls.read("users.list", limit=A_PAGE, cursor=cursor)
            except SaysNo:  # it may not know, and sends all the same
                return found
            found |= {each["id"]: bool(each.get("deleted")) for each in page["members"]}
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return found

    def _asked_after(self, user: str) -> bool:
        try:
            return bool(self.calls.read("users.info", user=user)["user"].get("deleted"))
        except SaysNo as no:
            return no.code in UNKNOWN
