"""Charts as blocks: Slack's own where they fit, and a line of block characters otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import EMPTY, Block, clipped, titles, words
from bot.years import by_year
from commands.reply import Chart
from models.figures.trend import sparkline

CATEGORIES, CATEGORY, SERIES, CHART_TITLE, NAME = 20, 20, 6, 50, 20


def chart_blocks(part: Chart, plain: bool) -> list[Block]:
    """A chart under its title. Names that Slack's own cuts short stand whole below it."""
    if not plain and len(part.labels) > CATEGORIES:
        part = by_year(part) if _fits(by_year(part)) else part
    if not plain and _fits(part):
        cut_short = [f"{clipped(name, NAME)} is {name}." for name, _ in part.series if len(name) > NAME]
        return [*titles(part.title if len(part.title) > CHART_TITLE else ""), _native_chart(part), *words("\n".join(cut_short))]
    months = words(f"{part.labels[0]} to {part.labels[-1]}" if part.labels else "")
    return [*titles(part.title), *months, *words("\n".join(_sparkling(*each) for each in part.series))]


def _sparkling(name: str, months: Sequence[int | None]) -> str:
    known = [count for count in months if count is not None]
    ends = f"lowest {min(known):,}, highest {max(known):,}" if known else "no month may be shown"
    return f"{name}  {sparkline(months)}  {ends}"


def _fits(part: Chart) -> bool:
    whole = all(len(months) == len(part.labels) and None not in months for _, months in part.series)
    labels = 2 <= len(part.labels) <= CATEGORIES and len(set(part.labels)) == len(part.labels)
    short = all(label.strip() and len(label) <= CATEGORY for label in part.labels)
    names = {clipped(name, NAME) for name, _ in part.series if name.strip()}
    return whole and labels and short and 1 <= len(part.series) == len(names) <= SERIES


def _native_chart(part: Chart) -> Block:
    series = [
        {"name": clipped(name, NAME), "data": [{"label": label, "value": value} for label, value in zip(part.labels, months, strict=True)]}
        for name, months in part.series
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": list(part.labels)}}
    return {"type": "data_visualization", "title": clipped(part.title.strip() or EMPTY, CHART_TITLE), "chart": chart}
