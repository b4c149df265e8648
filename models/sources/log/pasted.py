"""A list pasted from Word, Outlook, minutes or Excel into chat, as drafted actions."""

from __future__ import annotations

import re
from collections import defaultdict

from models.drafted import Drafted
from models.sources.log.action import action
from models.sources.log.apart import Known, apart, at_front, like_owner
from models.sources.log.columns import Columns
from models.sources.log.layout import cells, dashed, filled_up, heads
from models.sources.log.lines import Item, is_list, sorted_lines
from models.sources.log.spoken import whole
from models.sources.log.statuses import status_of
from models.sources.log.unclear import bare, no_date

__all__ = ["is_list", "others", "pasted"]

_REF = re.compile(r"#?\d{1,4}[.)]?|[A-Z]{2,6}[-/ ]?\d[\d/-]*")
_ITEM = re.compile(r"\d{1,2}\.\d{1,2}")  # of an agenda: "1.10" is hardly 1 October
_TAG = re.compile(r"#([^\W\d_][\w-]*)")
MOST_OWNER = 6  # words


def pasted(text: str, known: Known | None = None) -> list[Drafted]:
    """Each item as an action, with what must be asked of it. Nothing in the text is refused. `known` is who there is, where that is."""
    found: list[Drafted] = []
    headings: Columns | None = None
    lines = sorted_lines(text, known)[0]
    wordiest = longest_columns(lines, known)
    for item in lines:
        if named := None if item.bulleted else heads(item.text):
            headings = named
            continue
        given = (under(headings, item.text) if headings else {}) or unheaded(item.text, wordiest)
        given = {"status": "done"} | given if item.ticked else given
        found.append(drafted(given, item.number, known))
    return [each for each in found if each.wording]


def others(text: str, known: Known | None = None) -> list[str]:
    """The lines of a list that are no action: headings, greetings, notes."""
    return sorted_lines(text, known)[1]


def unheaded(line: str, wordiest: dict[int, int]) -> dict[str, str]:
    """{field: words} of a line whose columns nobody named, if it has any."""
    parts = cells(line)
    return sorted_out(parts, wordiest[len(parts)]) if len(parts) > 1 else {"wording": parts[0]}


def drafted(given: dict[str, str], line: int, known: Known | None) -> Drafted:
    """An action of words by field; what no column says is looked for in the wording."""
    parts = apart(given["wording"], known)
    told = {"owner": parts.owner, "due": parts.due, "priority": parts.priority}
    told = {name: said for name, said in told.items() if said}
    missing = {name: said for name, said in told.items() if not given.get(name)}
    kept = parts.wording if missing == told else given["wording"]
    given = given | missing | {"wording": kept}
    given["owner"] = given.get("owner") or at_front(kept, known)
    return action(given, line, None, own=False, section="", said=[])


def under(headings: Columns, line: str) -> dict[str, str]:
    """{field: words} of a line with as many columns as are headed; {} for any other."""
    for parts in (filled_up(line, len(headings.headings)), dashed(line)):
        if len(parts) == len(headings.headings) and parts[headings.places["wording"]]:
            return {name: parts[column] for name, column in headings.places.items()}
    return {}


def longest_columns(lines: list[Item], known: Known | None) -> dict[int, int]:
    """{number of columns: the one that holds the wording}: the first with the most letters over all lines, but for names."""
    letters: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for item in lines:
        parts = cells(item.text)
        for column, cell in enumerate(parts):
            named = like_owner(cell) or (known is not None and known.names(cell))
            letters[len(parts)][column] += 0 if plainly(cell, column) else 1 if named else len(cell)
    return {count: max(columns, key=lambda column: columns[column]) for count, columns in letters.items()}


def plainly(cell: str, column: int) -> str:
    """The field a cell belongs to by its looks alone, "" for words."""
    if column == 0 and _ITEM.fullmatch(cell):
        return "ref"
    if not cell or whole(cell) or (no_date(cell) and bare(cell)):
        return "due"
    if column == 0 and _REF.fullmatch(cell):
        return "ref"
    if _TAG.fullmatch(cell):
        return "priority"
    return "status" if len(cell) > 2 and status_of(cell) else ""


def sorted_out(parts: list[str], wording: int) -> dict[str, str]:
    """{field: words} of columns, by what each looks like. What fits nowhere is added to the wording."""
    wording = wording if parts[wording] else max(range(len(parts)), key=lambda column: len(parts[column]))
    found: dict[str, str] = {}
    more: list[str] = []
    for column, cell in reversed(list(enumerate(parts))):
        looks = plainly(cell, column)
        if column == wording or not cell:
            continue
        if looks and looks not in found:
            found[looks] = whole(cell) or cell.lstrip("#").rstrip(".)")
        elif looks == "due" and status_of(cell):
            found.setdefault("status", cell)
        elif looks == "due" and column == 0:  # "13/4" before another date is a reference
            found.setdefault("ref", cell)
        else:
            more.append(cell)
    owner = next((cell for cell in reversed(more) if len(cell.split()) <= MOST_OWNER and not plainly(cell, 1)), "")
    rest = [cell for cell in reversed(more) if cell is not owner]
    return found | {"owner": owner, "wording": " – ".join([parts[wording], *rest])}
