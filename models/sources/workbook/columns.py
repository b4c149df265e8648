"""What a heading is about: month, measure, area or count, by the words partners use; and what a title names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.base import Refusal
from models.sources.workbook.sheets import Sheet, Value
from models.sources.workbook.written import month_written, shown, years_written

ROLES = {
    "month": ["month", "year month", "yearmonth", "month ending", "period", "date"],
    "year": ["year"],
    "measure": ["measure", "crime type", "offence", "offence type", "indicator", "category"],
    "area": ["area", "ward", "beat", "lsoa", "place", "location", "neighbourhood", "row labels"],
    "count": ["count", "number", "total", "offences", "incidents", "value", "no", "crimes"],
}
_SHEET = re.compile(r"(?:sheet|table|data|export|pivot|results?|report|monthly|figures|[\d\s_./()–-])*")
_TITLE_LEAD = re.compile(
    r"^(?:(?:measure|offence|crime type|indicator|category)\s*:\s*|(?:number of|monthly|recorded)\s+"
    r"|(?:fy ?)?20\d\d(?: ?[/–-] ?\d\d(?:\d\d)?)?\s*[:–-]?\s+)+",
    re.I,
)
_TITLE_TAIL = re.compile(
    r"\s*(?:,|\(|\||\bby (?:ward|area|beat|lsoa|neighbourhood|place|location|month)|\b(?:per|each) month"
    r"|\bfrom (?=\w+ \d)|(?:-|–|:)?\s*\b(?:fy ?)?(?:19|20)\d\d\b|\bmonthly\b).*$",
    re.I,
)
NOTE = re.compile(r"(?:source|n\.?\s?b\.?|notes?|key|produced|prepared|data|caveat|official|restricted)\b|[*†<]", re.I)


def role(heading: Value) -> str | None:
    """ "month", "measure", "area" or "count" (or "year") by the heading's name, in any case; None for others."""
    text = re.sub(r"[._]", " ", heading.casefold()) if isinstance(heading, str) and len(heading) < 40 else ""
    text = re.sub(r"^(?:number of|no of|no  of|sum of|count of) (?=\w)|^name of |(?<=\w) name$", "", text.strip()).strip()
    return next((name for name, words in ROLES.items() if text in words), None)


def roles(headings: Sequence[Value]) -> dict[str, list[int]]:
    """{role: columns} of a heading row; for the month only the plainest heading, as a file may hold a date beside it."""
    found: dict[str, list[int]] = {}
    for column, heading in enumerate(headings):
        if name := role(heading):
            found.setdefault(name, []).append(column)
    if "month" in found:
        found["month"] = sorted(found["month"], key=lambda column: _plainness(headings[column]))[:1]
    return found


def _plainness(heading: Value) -> int:
    text = str(heading).casefold()
    return ROLES["month"].index(text) if text in ROLES["month"] else len(ROLES["month"])


def only(found: dict[str, list[int]], name: str, words: Sequence[Value]) -> int | None:
    """The one column of that role, None without; a Refusal when two could be it."""
    columns = found.get(name, [])
    if len(columns) > 1:
        headings = " and ".join(shown(words[column]) for column in columns[:2])
        raise Refusal(f"I expected one column of the {name}, and both {headings} could be it. Remove or rename one of them.")
    return columns[0] if columns else None


def title_measure(text: object) -> str | None:
    """What a title names: "Burglary by ward, 2024/25" is "Burglary". None for a title of years or of nothing."""
    if not isinstance(text, str) or years_written(text):
        return None
    return _TITLE_TAIL.sub("", _TITLE_LEAD.sub("", text)).strip(" :-–") or None


def sheet_measure(name: str) -> str | None:
    """What a sheet's own name names, unless it is "Sheet1", "Data", a year or the like."""
    try:
        dated = month_written(name) is not None
    except ValueError:
        dated = True
    return None if dated or _SHEET.fullmatch(name.casefold()) else title_measure(name)


def title_above(sheet: Sheet, head: int, floor: int) -> int | None:
    """The row of the nearest title above a heading row and below `floor`: one or two texts and no number."""
    for row in range(head - 1, floor - 1, -1):
        values = [value for value in sheet.rows[row] if value is not None and not years_written(value)]
        if not values or (role(values[0]) and len(values) < len(sheet.rows[row])):
            continue  # blank, or the row of years over the months
        if NOTE.match(str(values[0])):
            continue
        plain = len(values) <= 2 and all(isinstance(value, str) for value in values)
        return row if plain else None
    return None


def first_text(sheet: Sheet, row: int) -> str:
    return next((value for value in sheet.rows[row] if isinstance(value, str)), "")


def nameless(sheet: Sheet, row: int) -> Refusal:
    """What to say when nothing tells what the figures count."""
    where = f"Sheet '{sheet.name}'" if sheet.name else "The file"
    return Refusal(
        f"{where} does not say what its figures count: I expected a column 'measure', or the measure as a title above "
        f"row {row + 1} or as the sheet's name. Add one, or say which measure it is when you send it."
    )
