"""Tables as blocks: Slack's own, continued in another when they are long; monospaced text where plain is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.blocks import EMPTY, TEXT, Block, escape, gathered, mrkdwn, section, titles, words
from bot.cells import numeric, shown
from commands.reply import Table

ROWS, COLUMNS, CELLS, HEADING, CELL = 99, 20, 9_000, 100, 350  # rows without the headings, characters in all, of each
BY_REF = "Ref"  # heads a table whose rows say themselves what they are
PLAIN_WIDTH = 120  # characters of a line of monospaced text; what is wider wraps into a muddle

Rows = Sequence[Sequence[str]]


def table_blocks(part: Table, plain: bool) -> list[Block]:
    """A table under its title. What fits neither Slack's own nor monospaced text is written out row by row."""
    blocks, squared = titles(part.title), _squared(part)
    for rows in _tables(squared) if squared.headings else ():
        if not _fits_native(squared):
            blocks += words(_written_out(squared, rows))
        elif plain:
            blocks += _as_text(squared, rows)
        else:
            blocks.append(_native(squared, rows))
    return blocks


def _as_text(part: Table, rows: Rows) -> list[Block]:
    lines = _monospaced(part, rows)
    if any(len(line) > PLAIN_WIDTH for line in lines):
        return words(_written_out(part, rows))
    return [section(mrkdwn(f"```{some}```")) for some in gathered(map(escape, lines), TEXT - 6)]


def _squared(part: Table) -> Table:
    """The table with rows and headings of one width."""
    width = max(len(row) for row in (part.headings, *part.rows))
    rows = [[*row, *[None] * (width - len(row))] for row in part.rows]
    return Table([*part.headings, *[""] * (width - len(part.headings))], rows)


def _tables(part: Table) -> Iterator[Rows]:
    """The rows as text, in as many tables as Slack's limits make of them."""
    heading = sum(map(len, part.headings))
    kept: list[list[str]] = []
    size = heading
    for row in part.rows:
        cells = [_filled(shown(cell)) for cell in row]
        size += sum(map(len, cells))
        if kept and (len(kept) == ROWS or size > CELLS):
            yield kept
            kept, size = [], heading + sum(map(len, cells))
        kept.append(cells)
    yield kept


def _filled(cell: str) -> str:
    return cell if cell.strip() else EMPTY


def _fits_native(part: Table) -> bool:
    cells = all(len(shown(cell)) <= CELL for row in part.rows for cell in row)
    return cells and len(part.headings) <= COLUMNS and all(len(heading) <= HEADING for heading in part.headings)


def _native(part: Table, rows: Rows) -> Block:
    settings = [{"align": "right" if numeric(part, i) else "left", "is_wrapped": True} for i in range(len(part.headings))]
    every = [[_filled(heading) for heading in part.headings], *rows]
    return {"type": "table", "column_settings": settings, "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in every]}


def _monospaced(part: Table, rows: Rows) -> list[str]:
    every = [[" ".join(cell.split()) for cell in row] for row in (part.headings, *rows)]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    right = [numeric(part, i) for i in range(len(widths))]
    return [
        "  ".join(cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in every
    ]


def _written_out(part: Table, rows: Rows) -> str:
    """A line a row: "JAG-13-015: Fit alley gates, at risk, amber" of a list of actions, each value named of any other table."""
    if part.headings[0] == BY_REF:
        return "\n".join(f"{row[0]}: {', '.join(cell for cell in row[1:] if cell != EMPTY)}".removesuffix(": ") for row in rows)
    named = [f"{heading}: " if heading.strip() else "" for heading in part.headings]
    lines = ["; ".join(name + cell for name, cell in zip(named, row, strict=True)) for row in rows]
    return "\n".join(lines) if lines else "; ".join(part.headings)
