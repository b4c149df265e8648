"""An action as somebody wrote it down, before it is one: read from a pasted list or from the log of today, with what is unclear."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from typing import Any, Self


@dataclass(frozen=True)
class Drafted:
    """One row on its way to becoming an action. Every value is words as found, cleaned; dates are ISO, an unknown one empty.

    `owner` and `supporters` are words for people or agencies; `due` is words or an ISO date; `line` is where it stood (1 = first),
    and `row` its number in a draft, which stays its own while others are saved or left out. `filed` are its `marks` as it stood in a file.
    `unclear` names what must be asked, as (field, question).
    """

    wording: str
    line: int = 0
    ref: str = ""
    group: str = ""
    owner: str = ""
    supporters: tuple[str, ...] = ()
    priority: str = ""
    due: str = ""
    status: str = ""
    latest: str = ""
    raised_on: str = ""
    raised_by: str = ""
    meeting: str = ""
    lineage: str = ""
    closed_on: str = ""
    unclear: tuple[tuple[str, str], ...] = field(default=())
    row: int = 0
    sure: bool = False  # its writer insists that it names nobody
    filed: str = ""

    def asking(self, name: str, question: str) -> Self:
        """The same, with one more question."""
        return replace(self, unclear=(*self.unclear, (name, question)))

    @property
    def marks(self) -> str:
        """Two short marks, of what it is about (words, owner, reference) and of all of it: rows are compared by them, not told."""
        said = asdict(self)
        about = [" ".join(said[name].split()).casefold() for name in ("wording", "owner", "ref")]
        whole = {name: value for name, value in said.items() if value and name not in ("line", "row", "filed", "sure")}
        return f"{_mark([about, self.supporters])}-{_mark(whole)}"

    def as_json(self) -> dict[str, Any]:
        """Plain data; empty values are left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Self:
        """From `as_json`, as it comes back out of a JSON column."""
        lists = {"supporters": tuple(plain.get("supporters", ())), "unclear": tuple((n, q) for n, q in plain.get("unclear", ()))}
        return cls(**{**plain, **lists})


def _mark(said: object) -> str:
    return blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest()
