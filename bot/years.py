"""A long series of months as one line a year: what a screen with few places for months can still draw."""

from __future__ import annotations

from commands.reply import Chart

YEAR = 12


def by_year(chart: Chart) -> Chart:
    """One series of two or more whole years as a series for each, month above month; any other chart as it is."""
    months = chart.labels
    years = range(0, len(months), YEAR)
    alike = all(_month(a) == _month(b) for a, b in zip(months, months[YEAR:], strict=False))
    if len(chart.series) != 1 or len(years) < 2 or len(months) % YEAR or not alike:
        return chart
    name, counts = chart.series[0]
    series = [(f"{months[at]} to {months[at + YEAR - 1]}", counts[at : at + YEAR]) for at in years]
    return Chart(f"{chart.title}, {name}", [_month(each) for each in months[:YEAR]], series)


def _month(label: str) -> str:
    """ "Aug 11" without its year."""
    return label.rpartition(" ")[0]
