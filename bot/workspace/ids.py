"""New ids, as Slack's look: a letter that says of what, then capitals and digits."""

from __future__ import annotations

import secrets
import string

CAPITALS, ANY = string.ascii_uppercase + string.digits, string.ascii_letters + string.digits


def new_id(letter: str) -> str:
    """An id of a kind: V of a view, F of a file, D of a direct message, U of a person, C of a channel."""
    return f"{letter}0{drawn(CAPITALS, 9)}"


def new_name() -> str:
    """A block_id or action_id for what came without one."""
    return drawn(ANY, 5)


def drawn(letters: str, length: int) -> str:
    """Letters drawn by lot."""
    return "".join(secrets.choice(letters) for _ in range(length))
