"""A notice on its way, as values: what is handed to whoever sends, and the ways in which that can come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from commands.reply import Reply


@dataclass(frozen=True)
class Parcel:
    """What is said, to whom, and how far it has come: `stamps` are its messages that are there, in order, in `conversation`.

    `to` is a person's chat user, or a channel by its name or id, and `thread` the head of a thread in it. `plain` says that its tables
    and charts were refused before. It was due at `since`. Where somebody may have sent it, it is only to be looked for, and `insisted`
    says that it is wanted even where that cannot be seen. Nothing may be begun after `leave_by` (seconds of `time.monotonic`).
    """

    number: int
    fence: int
    key: str
    to: str
    person: bool
    thread: str
    reply: Reply
    conversation: str
    stamps: tuple[str, ...]
    plain: bool
    since: datetime
    leave_by: float
    look: bool = False
    insisted: bool = False


@dataclass(frozen=True)
class Sent:
    """Where it stands: the conversation, and its messages in order, "" for one that is not there; `whole` unless one is still missing."""

    conversation: str
    stamps: tuple[str, ...]
    whole: bool = True
    plain: bool = False


class NotSent(Exception):
    """It was not sent, for certain; `words` say why, for who looks after the bot."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Later(NotSent):
    """It can be sent in so many seconds, and nothing else to the same recipient before."""

    def __init__(self, seconds: float, words: str) -> None:
        super().__init__(words)
        self.seconds = seconds


class Away(NotSent):
    """Nobody could be reached just now: it is tried again, after ever longer."""


class Shut(NotSent):
    """The recipient cannot be reached as things are, and somebody can see to that: it stays queued, and is tried again."""


class Refused(NotSent):
    """It will never be taken. `gone` says that the person's account is deactivated."""

    def __init__(self, words: str, gone: bool = False) -> None:
        super().__init__(words)
        self.gone = gone


class Ambiguous(Exception):
    """It may have been sent, or may be about to be: to be looked for once nothing of it can be under way any more."""


class TooLate(Exception):
    """Its time to leave has gone by: somebody else may have taken it up."""


class CannotLook(Exception):
    """What was said there cannot be read, and so nobody knows."""


Keep = Callable[[Parcel, Sent], Parcel]


class Sender(Protocol):
    """Whoever sends."""

    def send(self, parcel: Parcel, keep: Keep) -> Sent:
        """Send what has not been sent of it. After each message but the last, `keep` writes down how far it is, and gives it more time.

        Raises NotSent, Ambiguous or TooLate. What it raises is of the part in hand: those before it have been kept.
        """
        ...

    def look(self, parcel: Parcel) -> Sent | None:
        """How much of it is there; None where nothing is. Raises CannotLook, or Later or Away where that can be seen later."""
        ...
