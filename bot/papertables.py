"""A table in a Word document: shaded headings repeated on every page, rows that stay whole, widths that suit the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.cells import numeric, rag, shown
from bot.documents import FILLS
from bot.paperwords import INK, WIDTH, made, shown_text
from commands.reply import Table

if TYPE_CHECKING:
    from docx.document import Document as Word

# Centimetres of letters in a cell, about: of these, of capitals, of digits and of all others.
NARROW, BROAD = dict.fromkeys("fijlrtI .,:;!|'’()[]-/", 0.1), dict.fromkeys("mwMW@%", 0.28)
CAPITAL, DIGIT, LETTER = 0.24, 0.19, 0.18
EDGES = 0.5
WHOLE = 11  # letters that stay on one line: a date, a reference
TOGETHER = 8  # rows of a table that is not parted between pages
HYPHEN, HANDLE = re.compile(r"(?<=-)(?=\w)"), 15  # where a word of more letters is broken
LONGEST = 110  # letters of a cell that count towards a column's share
BIT, TALL = 0.1, 4  # centimetres given at a time; the power that makes one tall row count more than many low ones


def alike(tables: Iterable[Table]) -> Mapping[tuple[str, ...], Table]:
    """All rows under the same headings as one table, by which each of them has its widths: so their columns stand below each other."""
    found: dict[tuple[str, ...], Table] = {}
    for part in tables:
        same = tuple(part.headings)
        found[same] = Table(part.headings, [*(found[same].rows if same in found else ()), *part.rows])
    return found


def write_table(document: Word, part: Table, like: Table | None = None) -> None:
    """Add a table at the end of a document, its columns as those of the one that it is to be like."""
    from docx.shared import Cm

    grid: Any = document.add_table(rows=1 + len(part.rows), cols=len(part.headings), style="Table Grid")
    grid.autofit = False
    _described(grid, part)
    like = like or part
    columns = widths(like)
    for cell, column in zip(grid.columns, columns, strict=True):
        cell.width = Cm(column)
    cells = [list(row.cells) for row in grid.rows]
    for number, row in enumerate([list(part.headings), *[[shown(cell) for cell in row] for row in part.rows]]):
        for column, text in enumerate(row):
            cells[number][column].width = Cm(columns[column])
            _write(cells[number][column], text, heading=number == 0, right=_figures(like, column))
            held = number < len(part.rows) and (number == 0 or len(part.rows) <= TOGETHER)
            cells[number][column].paragraphs[0].paragraph_format.keep_with_next = held
    for number, row in enumerate(grid.rows):
        about = row._tr.get_or_add_trPr()
        about.append(made("w:cantSplit"))
        if number == 0:
            about.append(made("w:tblHeader"))


def _described(grid: Any, part: Table) -> None:
    """What a screen reader says of it, and light lines."""
    about = grid._tbl.tblPr
    borders = made("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(made(f"w:{side}", val="single", sz="4", space="0", color="BFBFBF"))
    look = about.find(made("w:tblLook").tag)
    for each in (made("w:tblInd", w="85", type="dxa"), borders, _margins()):
        look.addprevious(each) if look is not None else about.append(each)
    if look is not None:  # the first row is its headings, and its first column no heading
        look.attrib.clear()
        for name, value in made("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noVBand="1").items():
            look.set(name, value)
    said = part.title or f"Table of {', '.join(heading.lower() for heading in part.headings if heading)}"
    about.append(made("w:tblCaption", val=shown_text(said)))


def _margins() -> Any:
    margins = made("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(made(f"w:{side}", w="85", type="dxa"))
    return margins


def _write(cell: Any, text: str, heading: bool, right: bool) -> None:
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = "Cell", 2 if right else 0
    run = paragraph.add_run(shown_text(text))
    fill, ink = (INK, "FFFFFF") if heading else tuple(each.lstrip("#") for each in FILLS.get(rag(text), ("", "")))
    if heading:
        run.bold = True
    if fill:
        cell._tc.get_or_add_tcPr().append(made("w:shd", val="clear", color="auto", fill=fill))
        run.font.color.rgb = RGBColor.from_string(ink)


def _figures(part: Table, column: int) -> bool:
    return numeric(part, column) and any(row[column] not in ("", None) for row in part.rows)


def widths(part: Table) -> list[float]:
    """Centimetres of each column: nothing short is broken where that can be, and what makes rows tall has most of what is left."""
    columns = [[str(heading), *(shown(row[i]) for row in part.rows)] for i, heading in enumerate(part.headings)]
    least = _least(columns, WHOLE)
    if sum(least) >= WIDTH:
        least = _least(columns, 0)
    if sum(least) >= WIDTH:
        return [each * WIDTH / sum(least) for each in least]
    most = [max(max(_breadth(text[:LONGEST]) for text in texts) + EDGES, low) for texts, low in zip(columns, least, strict=True)]
    if sum(most) <= WIDTH:  # all tables of a paper are as wide as its text
        return [each * WIDTH / sum(most) for each in most]
    return _shared(least, [sum(_breadth(text[:LONGEST]) ** TALL for text in texts) for texts in columns], most)


def _shared(least: Sequence[float], weights: Sequence[float], most: Sequence[float]) -> list[float]:
    """What is left of the page, given bit by bit to the column that makes rows the tallest."""
    found = list(least)
    while (left := WIDTH - sum(found)) > 0:
        bit = min(BIT, left)
        gains = [
            weight * (wide**-TALL - (wide + bit) ** -TALL) if wide < high else 0.0
            for weight, wide, high in zip(weights, found, most, strict=True)
        ]
        tallest = gains.index(max(gains))
        found[tallest] += bit
        if left == bit:
            break
    return found


def _least(columns: Sequence[Sequence[str]], whole: int) -> list[float]:
    """What each column must have: its longest word, or text of at most so many letters."""
    return [max(map(_breadth, _unbroken(texts, whole)), default=LETTER) + EDGES for texts in columns]


def _breadth(text: str) -> float:
    """Centimetres of a text on one line, about."""
    return sum(NARROW.get(each) or BROAD.get(each) or (DIGIT if each.isdigit() else CAPITAL if each.isupper() else LETTER) for each in text)


def _unbroken(texts: Sequence[str], whole: int) -> Iterator[str]:
    for text in texts:
        for word in [text] if len(text) <= whole else text.split():
            yield from [word] if len(word) <= HANDLE else HYPHEN.split(word)
