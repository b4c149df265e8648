"""One row of a log as a drafted action."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models.drafted import Drafted
from models.sources.log.cells import dated, past_date, verbatim, words
from models.sources.log.statuses import STATUSES, status_and_rest
from models.sources.log.tables import Value
from models.sources.log.unclear import owned, until

FINISHED = {"done", "closed", "withdrawn"}
NARRATIVE = 4  # words under Status, from which on they are news and no status
SHORT = 3  # letters of news, below which they are hardly a status: "n", "no"
YES_OR_NO = {"yes": True, "y": True, "✓": True, "✔": True, "x": True, "true": True, "no": False, "n": False, "false": False}
Cells = Mapping[str, Value]


def action(cells: Cells, line: int, today: date | None, own: bool, section: str, said: list[str]) -> Drafted:
    """A row as an action: `line` is its row, from 1. Adds a sentence to `said` for a date that is none."""
    return exported(cells, line) if own else found(cells, line, today, section, said)


def exported(cells: Cells, line: int) -> Drafted:
    """A row of our own export: as it stands, so that out and in again loses nothing."""
    plain = {name: verbatim(value) for name, value in cells.items()}
    drafted = Drafted.read(plain | {"line": line, "supporters": filter(None, plain["supporters"].split("; "))})
    drafted = drafted if drafted.owner else owned(drafted, "")
    return drafted if drafted.due or drafted.status in FINISHED else until(drafted, "")


def found(cells: Cells, line: int, today: date | None, section: str, said: list[str]) -> Drafted:
    """A row of anybody's log, cleaned."""
    text = {name: " ".join(words(value).split()) for name, value in cells.items()}
    drafted = Drafted(
        text["wording"],
        line,
        ref=text.get("ref", ""),
        group=text.get("group", ""),
        supporters=supporters(words(cells.get("supporters"))),
        priority=text.get("priority", "") or section,
        latest=words(cells.get("latest")),
        raised_on=day("raised_on", cells, line, today, said),
        raised_by=text.get("raised_by", ""),
        meeting=" ".join(dated(cells.get("meeting")).split()),
        lineage=text.get("lineage", ""),
    )
    drafted = told(refined(reported(drafted, words(cells.get("status"))), words(cells.get("rag"))))
    drafted = closing(drafted, cells, today, said)
    drafted = owned(drafted, words(cells.get("owner")) or words(cells.get("agency")))
    due = " ".join(dated(cells.get("due")).split())
    return replace(drafted, due=due) if drafted.status in FINISHED else until(drafted, due)


def supporters(said: str) -> tuple[str, ...]:
    return tuple(filter(None, (each.strip() for each in re.split(r"[/;,\n]", said))))


def reported(drafted: Drafted, said: str) -> Drafted:
    """With its status. What else stands under Status is news; words that are neither are asked about."""
    status, rest = status_and_rest(said)
    drafted = replace(drafted, status=status or "", latest="\n".join(filter(None, [rest, drafted.latest])))
    if status or not said or len(said.split()) >= NARRATIVE:
        return drafted
    return drafted.asking("status", f"“{said}” is no status I know. Is it {', '.join(STATUSES[:-1])} or {STATUSES[-1]}?")


def refined(drafted: Drafted, colour: str) -> Drafted:
    """With how it stands by its colour, where its status says no more than that it is open. What stands beside the colour is news."""
    status, rest = status_and_rest(colour)
    drafted = replace(drafted, latest="\n".join(filter(None, [drafted.latest, rest])))
    vague = drafted.status in ("not reported", "on track") and status not in FINISHED
    unsaid = not drafted.status and not drafted.unclear
    return replace(drafted, status=status) if status and status != "not reported" and (vague or unsaid) else drafted


def told(drafted: Drafted) -> Drafted:
    """With how it stands by its news, where nothing else says so: "Completed" under Progress, or "Completed - gates fitted"."""
    status, rest = status_and_rest(drafted.latest)
    if drafted.status or drafted.unclear or not status or len(drafted.latest) < SHORT or (rest and status not in FINISHED):
        return drafted
    return replace(drafted, status=status, latest=rest and drafted.latest)


def disagree(status: str, colour: str) -> bool:
    """Whether the colour beside a status says something else: done and red, open and blue, on hold and green."""
    said = status_and_rest(colour)[0]
    if not said or said == "not reported":
        return False
    return said not in {*FINISHED, "on track"} if status in FINISHED else said != status


def closing(drafted: Drafted, cells: Cells, today: date | None, said: list[str]) -> Drafted:
    """With the day it was closed on. A log that says only Yes there has it done."""
    typed = words(cells.get("closed_on")).casefold()
    if typed in YES_OR_NO:
        return replace(drafted, status="done") if YES_OR_NO[typed] and drafted.status not in FINISHED else drafted
    closed_on = day("closed_on", cells, drafted.line, today, said)
    status = "closed" if closed_on and drafted.status != "withdrawn" else drafted.status
    return replace(drafted, closed_on=closed_on, status=status)


def day(name: str, cells: Cells, line: int, today: date | None, said: list[str]) -> str:
    """A day in the past as an ISO date. "" for anything else, with a sentence that it was left out."""
    typed = " ".join(dated(cells.get(name)).split())
    read = past_date(typed, today)
    if typed and not read:
        said.append(f"Row {line}: '{typed[:40]}' is no date I can read, so {name.replace('_', ' ')} was left empty.")
    return read
