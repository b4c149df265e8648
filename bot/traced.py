"""Where an error came from, for the log: without its words, which may be what somebody typed."""

from __future__ import annotations

import sys
import traceback


def traced() -> str:
    """The error in hand and what caused it, as places and types. A database's message repeats the row, and others repeat their value."""
    lines: list[str] = []
    error = sys.exception()
    while error is not None:
        state = getattr(getattr(error, "orig", error), "sqlstate", None)
        kind = f"{type(error).__module__}.{type(error).__name__}"
        lines += [*traceback.format_tb(error.__traceback__), f"{kind} {state}" if state else kind, "\n"]
        error = error.__cause__ or error.__context__
    return "".join(lines)
