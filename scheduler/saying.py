"""What is said in each kind of notice, and what follows once it has been: one file a kind, found by its registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from commands.reply import Reply
from models.notices import Notice
from scheduler import all_jobs


@dataclass(frozen=True)
class Skip:
    """Nothing is to be said any more, and why: "its meeting has begun". The notice is kept as skipped, with the reason."""

    reason: str


Says = Callable[[Notice, Session, datetime], Reply | Skip]
Follows = Callable[[Notice, Session, datetime], None]

_says: dict[str, Says] = {}
_given_up: set[str] = set()
_follows: dict[str, list[Follows]] = {}


def says(*kinds: str, gives_up: bool = False) -> Callable[[Says], Says]:
    """Make a function what says notices of these kinds: `(notice, session, now) -> Reply | Skip`.

    It is asked when a notice is claimed, in that transaction, and what it says is frozen: it is asked once for each, unless it fails.
    One that `gives_up` is skipped where it will not be taken: nothing is lost by it, and nobody need see to it.
    """

    def register(does: Says) -> Says:
        _says.update(dict.fromkeys(kinds, does))
        _given_up.update(kinds if gives_up else ())
        return does

    return register


def afterwards(*kinds: str) -> Callable[[Follows], Follows]:
    """Make a function what follows in the transaction that marks such a notice sent: `conversation` and `stamps` say where it stands."""

    def register(does: Follows) -> Follows:
        for kind in kinds:
            _follows.setdefault(kind, []).append(does)
        return does

    return register


def sayable(kind: str) -> bool:
    """Whether somebody says this kind; what nobody says was settled when its notice was made."""
    all_jobs()  # so that every file here has been read
    return kind in _says


def given_up(kind: str) -> bool:
    """Whether a notice of this kind that will not be taken is skipped."""
    return kind in _given_up


def said(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """What a notice says, from what is true now. A kind that nobody says is a mistake of ours, and raises a KeyError."""
    return _says[notice.kind](notice, session, now)


def followed(kind: str) -> bool:
    """Whether something follows once such a notice has been sent."""
    return kind in _follows


def follow(notice: Notice, session: Session, now: datetime) -> None:
    """Do what follows once a notice has been sent."""
    for does in _follows.get(notice.kind, ()):
        does(notice, session, now)
