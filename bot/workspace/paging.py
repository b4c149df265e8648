"""Long lists, a page at a time: what comes next is said by a cursor, which is nobody's business but ours."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from bot.workspace.errors import SlackError
from bot.workspace.methods import Call

USUAL, MOST = 100, 1000
NEXT = "next:"


def page(call: Call, every: Sequence[Any], most: int = MOST, usual: int = USUAL) -> tuple[list[Any], dict[str, Any]]:
    """(the page that is asked for, {"response_metadata": …} which leads to the one after it)."""
    limit = call.number("limit", usual, most)
    said = read(call.text("cursor"))
    if not (said or "0").isdecimal():
        raise SlackError("invalid_cursor")
    start = int(said or 0)
    following = str(start + limit) if start + limit < len(every) else ""
    return list(every[start : start + limit]), metadata(following)


def metadata(following: str) -> dict[str, Any]:
    """What an answer says of the page after it; nothing follows where that is empty."""
    return {"response_metadata": {"next_cursor": base64.b64encode(f"{NEXT}{following}".encode()).decode() if following else ""}}


def read(cursor: str) -> str:
    """What a cursor says; empty for the first page."""
    try:
        said = base64.b64decode(cursor.encode(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None
    if cursor and not said.startswith(NEXT):
        raise SlackError("invalid_cursor")
    return said.removeprefix(NEXT)
