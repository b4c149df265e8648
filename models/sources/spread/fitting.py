"""Whole numbers shared out under exact totals: along a row, and over a table. Nothing is drawn by lot: the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

from models.base import Refusal

Table = list[list[int]]


def apportion(total: int, weights: Sequence[int], low: Sequence[int] = (), high: Sequence[int] = ()) -> list[int]:
    """`total` shared out by weight in whole numbers, each between its `low` (0 unless told) and `high`; it adds up exactly.

    Sainte-Laguë's method from the rounded-down shares. Refuses bounds that the total cannot meet.
    """
    low, high = list(low) or [0] * len(weights), list(high) or [max(total, 0)] * len(weights)
    if not sum(low) <= total <= sum(high) or any(a > b for a, b in zip(low, high, strict=True)):
        raise Refusal(f"{total} cannot be shared out: the least that the parts may have is {sum(low)}, and the most {sum(high)}.")
    weights = weights if any(weights) else [1] * len(weights)
    whole = sum(weights)
    parts = [min(max(total * w // whole, a), b) for w, a, b in zip(weights, low, high, strict=True)]
    while (short := total - sum(parts)) != 0:
        open_ = [i for i, part in enumerate(parts) if (part < high[i] if short > 0 else part > low[i])]
        if short > 0:
            parts[max(open_, key=lambda i: (weights[i] / (2 * parts[i] + 1), -i))] += 1
        else:
            parts[min(open_, key=lambda i: (weights[i] / (2 * parts[i] - 1), i))] -= 1
    return parts


def fit(rows: Sequence[int], columns: Sequence[int], weights: Sequence[Sequence[int]]) -> Table:
    """A table of whole numbers, none negative, whose rows and columns add up exactly to the totals given.

    Each row is shared out by its weights; then single units go from columns that have too many to columns that have too
    few, each in the row where it brings the two cells nearest to their ideal. There is a table whenever both sets of totals
    have one sum; otherwise it is refused.
    """
    if min((*rows, *columns), default=0) < 0:
        raise Refusal("A total is negative: nothing can be counted to it.")
    if sum(rows) != sum(columns):
        raise Refusal(f"The rows add up to {sum(rows)} and the columns to {sum(columns)}: no table has both.")
    table = [apportion(total, weight) for total, weight in zip(rows, weights, strict=True)]
    excess = [sum(row[j] for row in table) - total for j, total in enumerate(columns)]
    while any(excess):
        over, under = excess.index(max(excess)), excess.index(min(excess))
        row = max((i for i, cells in enumerate(table) if cells[over]), key=lambda i: (_gain(table[i], weights[i], over, under), -i))
        table[row][over] -= 1
        table[row][under] += 1
        excess[over] -= 1
        excess[under] += 1
    return table


def _gain(cells: Sequence[int], weights: Sequence[int], over: int, under: int) -> float:
    """How much a unit from one cell of a row to another puts right: how far each is from its share, by the size of that share."""
    whole, total = sum(weights) or 1, sum(cells)
    shares = [total * weights[j] / whole for j in (over, under)]
    return (cells[over] - shares[0]) / (shares[0] + 1) - (cells[under] - shares[1]) / (shares[1] + 1)
