"""What Slack takes of tables and charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.blockchecks import Check, Fault, anything, boolean, both, kinds, listed, number, one_of, string, thing, unique, whole
from bot.workspace.blocktexts import name, rich_text

ROWS, COLUMNS, CELLS, DATA_ROWS = 100, 20, 10_000, 101
TITLE, SERIES, POINTS, LABEL, AXIS = 50, 6, 20, 20, 50

_raw: dict[str, Check] = {"raw_text": thing({"text": string(CELLS)})}
_rich: dict[str, Check] = {"rich_text": rich_text}
_counted: dict[str, Check] = {"raw_number": thing({"value": number}, text=string(CELLS))}


def even(value: Any, at: str) -> Iterator[Fault]:
    """Rows are of one width, and their cells hold no more than so many characters in all."""
    if len({len(row) for row in value["rows"]}) > 1:
        yield Fault(f"{at}/rows", "every row must have the same number of cells")
    if sum(map(written, value["rows"])) > CELLS:
        yield Fault(f"{at}/rows", f"must be less than {CELLS + 1} characters")


def written(cells: Any) -> int:
    """How many characters the cells of a table hold."""
    if isinstance(cells, list):
        return sum(map(written, cells))
    if not isinstance(cells, dict):
        return 0
    return len(str(cells.get("text") or "")) + written(cells.get("elements"))


_column = thing(None, align=one_of("left", "center", "right"), is_wrapped=boolean)


def column(value: Any, at: str) -> Iterator[Fault]:
    """How a column is set; None leaves it as it is."""
    return iter(()) if value is None else _column(value, at)


_rows = listed(listed(kinds({**_raw, **_rich, **_counted}), COLUMNS), ROWS)
table = both(thing({"rows": _rows}, block_id=name, column_settings=listed(column, COLUMNS, 0)), even)

_cells = listed(kinds({**_raw, **_rich, **_counted, "action": anything}), COLUMNS)
data_table = both(
    thing(
        {"caption": string(3000), "rows": listed(_cells, DATA_ROWS, 2)},
        block_id=name,
        page_size=whole(1, 100),
        row_header_column_index=whole(0, COLUMNS - 1),
    ),
    even,
)


def fitting(chart: Any, at: str) -> Iterator[Fault]:
    """Each series has a name of its own and a value for every category, in their order; no category is there twice."""
    categories = chart["axis_config"]["categories"]
    yield from unique([(label, f"{at}/axis_config/categories/{place}") for place, label in enumerate(categories)], "category")
    yield from unique([(each["name"], f"{at}/series/{place}/name") for place, each in enumerate(chart["series"])], "name")
    for place, each in enumerate(chart["series"]):
        if [point["label"] for point in each["data"]] != categories:
            yield Fault(f"{at}/series/{place}/data", "must have one value for every category")


_point = thing({"label": string(LABEL), "value": number})
_axes = thing({"categories": listed(string(LABEL), POINTS)}, x_label=string(AXIS), y_label=string(AXIS))
_series = listed(thing({"name": string(LABEL), "data": listed(_point, POINTS)}), SERIES)
_drawn = both(thing({"series": _series, "axis_config": _axes}), fitting)
_chart = kinds({"line": _drawn, "bar": _drawn, "area": _drawn, "pie": thing({"segments": listed(_point, SERIES)})})
data_visualization = thing({"title": string(TITLE), "chart": _chart}, block_id=name)
