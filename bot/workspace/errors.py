"""What Slack refuses, by Slack's own names."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A call or a doing that is refused: `code` as Slack names it; `more` goes into the answer beside it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more

    def answer(self) -> dict[str, Any]:
        """The answer of the Web API."""
        return {"ok": False, "error": self.code, **self.more}


def invalid_arguments(*why: str) -> SlackError:
    """Arguments that are missing or malformed, and which."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in why]})
