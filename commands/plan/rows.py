"""Actions as rows of a table, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from commands.plan.sight import Sight
from commands.plan.told import rag_said
from commands.reply import Cell, Table
from models.actions import Action

ROWS = 20  # on a page
WORDING, LATEST = 120, 80  # characters of a cell: the whole is one press away
PAGE = re.compile(r"\b(?:page|pg)\s*#?(\d{1,4})\b", re.I)


def table_of(actions: Sequence[Action], sight: Sight, grouped: bool = False, supporting: bool = False) -> Table:
    """A row an action; with their groups where several are shown, and what I am to each where I only support some."""
    headings = ["Ref", "Action", "Owner", "Due", "Status", "RAG", "Latest"]
    headings += (["Group"] if grouped else []) + (["You"] if supporting else [])
    rows = []
    for action in actions:
        cells: list[Cell] = [action.ref, short(action.wording, WORDING), action.owner.handle, action.due.said(action.group.name)]
        cells += [action.status, rag_said(action, sight), latest_said(action, sight)]
        cells += [action.group.name] if grouped else []
        cells += ["own" if action.owner_id == sight.person.id else "supporting"] if supporting else []
        rows.append(cells)
    return Table(headings, rows)


def latest_said(action: Action, sight: Sight) -> str:
    """The latest news and its day: "20 Nov: contractor delayed"."""
    if not action.latest:
        return ""
    said = short(action.latest, LATEST)
    return f"{day_said(action.latest_at, sight)}: {said}" if action.latest_at else said


def day_said(at: datetime, sight: Sight) -> str:
    """The local day: "20 Nov", with its year when that is not this one."""
    local = at.astimezone(sight.now.tzinfo)
    return f"{local:%-d %b}" if local.year == sight.today.year else f"{local:%-d %b %Y}"


def short(text: str, most: int) -> str:
    """A text on one line, of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def page_in(words: str) -> tuple[str, int]:
    """(the words without "page 3", 3); the first page where none is named."""
    found = PAGE.search(words)
    return (PAGE.sub(" ", words).strip(), max(1, int(found[1]))) if found else (words.strip(), 1)


def shown_of(page: int, total: int, most: int = ROWS) -> tuple[int, str]:
    """(the page, no further than the last; which of all it shows): (1, "1–20 of 143")."""
    page = min(page, max(1, -(-total // most)))
    first, last = (page - 1) * most + 1, min(page * most, total)
    return page, f"{first:,}–{last:,} of {total:,}"
