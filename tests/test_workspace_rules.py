"""What the workspace refuses of blocks and views, as Slack does: which block, and why; and that it takes all else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.asking import Asked, ask
from bot.blockkit import draw
from bot.forms import form_view, loading, result_view, saving
from bot.home import home_view
from bot.workspace.blockrules import faults, view_faults
from commands import all_commands
from models.people import Person

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


def plain(words: str = "words", **more: Any) -> dict[str, Any]:
    return {"type": "plain_text", "text": words, **more}


def mrkdwn(words: str = "*words*", **more: Any) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words, **more}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", **({"text": mrkdwn()} if not {"text", "fields"} & set(more) else {}), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Press"), "value": "/jag", "action_id": "a", **more}


def actions(*elements: Any, **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def options(count: int = 2, **more: Any) -> list[dict[str, Any]]:
    return [{"text": plain(f"Option {n}"), "value": f"v{n}", **more} for n in range(count)]


def chooser(kind: str = "static_select", count: int = 2, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "c", "options": options(count), **more}


def typed(**element: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": "b", "label": plain("Label"), "element": {"type": "plain_text_input", "action_id": "a", **element}}


def table(*rows: list[str], **more: Any) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows], **more}


def chart(labels: int = 3, named: tuple[str, ...] = ("Grovehill",), title: str = "ASB", kind: str = "line") -> dict[str, Any]:
    categories = [f"M{n}" for n in range(labels)]
    series = [{"name": name, "data": [{"label": label, "value": 4} for label in categories]} for name in named]
    axes = {"categories": categories}
    return {"type": "data_visualization", "title": title, "chart": {"type": kind, "series": series, "axis_config": axes}}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks or [section()]), **more}


RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}]}],
}
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A map"}
PIE = {"type": "data_visualization", "title": "Share", "chart": {"type": "pie", "segments": [{"label": "ASB", "value": 2.5}]}}
DATA = {"type": "data_table", "caption": "Wards", "rows": [[{"type": "raw_text", "text": "Ward"}], [{"type": "raw_number", "value": 3}]]}

TAKEN = {
    "a header": {"type": "header", "text": plain("h" * 150)},
    "a long section": section(text=plain("t" * 3000, emoji=False)),
    "fields": section(fields=[mrkdwn("f" * 2000)] * 3),
    "a list beside words": section(accessory=chooser(initial_option=options()[1])),
    "groups": section(accessory={"type": "static_select", "option_groups": [{"label": plain(), "options": options()}]}),
    "a picture beside words": section(accessory=IMAGE),
    "a context": {"type": "context", "elements": [mrkdwn(verbatim=True), plain(), IMAGE]},
    "25 buttons": actions(*(button(action_id=f"a{n}") for n in range(25))),
    "the same action_id in two blocks": actions(button()),
    "a button that asks first": actions(
        button(style="danger", confirm={"title": plain(), "text": plain(), "confirm": plain("Yes"), "deny": plain("No")})
    ),
    "a link": actions({"type": "button", "text": plain(), "url": "https://example.org"}),
    "lists of people and channels": actions({"type": "users_select"}, {"type": "conversations_select", "filter": {"include": ["im"]}}),
    "dates and times": actions({"type": "datepicker", "initial_date": "2013-09-02"}, {"type": "timepicker", "initial_time": "09:00"}),
    "boxes": section(accessory=chooser("checkboxes", 10, initial_options=options(1))),
    "a menu": section(accessory=chooser("overflow", 5)),
    "a divider": {"type": "divider", "block_id": "d"},
    "a picture": {**IMAGE, "title": plain()},
    "rich text": RICH,
    "markdown": {"type": "markdown", "text": "m" * 12_000},
    "a table": table(["Ward", "Reports"], ["Grovehill", "9"], column_settings=[{"align": "right", "is_wrapped": True}, None]),
    "a table of rich text": {"type": "table", "rows": [[RICH]]},
    "a sortable table": DATA,
    "a chart": chart(20, ("Grovehill", "Watling")),
    "bars": chart(kind="bar"),
    "a pie": PIE,
    "an input": typed(initial_value="x", max_length=3000, multiline=True, placeholder=plain()),
}


@pytest.mark.parametrize("block", TAKEN.values(), ids=TAKEN)
def test_a_message_takes(block):
    assert faults([block]) == []


REFUSED = [
    ({"type": "marquee"}, "/type", "unsupported type: marquee"),
    ({"text": plain()}, "", "missing required field: type"),
    ("words", "", "must provide an object"),
    ({"type": "header", "text": plain("h" * 151)}, "/text/text", "must be less than 151 characters"),
    ({"type": "header", "text": mrkdwn()}, "/text/type", "unsupported type: mrkdwn"),
    ({"type": "header", "text": plain(), "colour": "red"}, "", "invalid additional property: colour"),
    (section(text=mrkdwn("t" * 3001)), "/text/text", "must be less than 3001 characters"),
    (section(text=plain(" \n")), "/text/text", "must be more than 0 characters"),
    (section(text=plain(verbatim=True)), "/text", "invalid additional property: verbatim"),
    (section(text="words"), "/text", "must provide an object"),
    ({"type": "section"}, "", "missing required field: text"),
    (section(fields=[plain()] * 11), "/fields", "no more than 10 items allowed"),
    (section(fields=[plain(), plain("f" * 2001)]), "/fields/1/text", "must be less than 2001 characters"),
    (section(block_id="b" * 256), "/block_id", "must be less than 256 characters"),
    (section(accessory={"type": "plain_text_input"}), "/accessory/type", "unsupported type: plain_text_input"),
    (section(accessory={"type": "image", "alt_text": "A"}), "/accessory", "missing required field: image_url"),
    (section(accessory=chooser(count=101)), "/accessory/options", "no more than 100 items allowed"),
    (section(accessory=chooser(count=0)), "/accessory/options", "no less than 1 items allowed"),
    (section(accessory={"type": "static_select"}), "/accessory", "missing required field: options"),
    (section(accessory=chooser(placeholder=plain("p" * 151))), "/accessory/placeholder/text", "must be less than 151 characters"),
    (section(accessory=chooser(initial_option=options(3)[2])), "/accessory/initial_option", "must be one of the options provided"),
    (section(accessory=chooser("overflow", 6)), "/accessory/options", "no more than 5 items allowed"),
    (section(accessory=chooser("radio_buttons", 11)), "/accessory/options", "no more than 10 items allowed"),
    (section(accessory=chooser("checkboxes", 11)), "/accessory/options", "no more than 10 items allowed"),
    (section(accessory=chooser(options=options(value="v" * 76))), "/accessory/options/0/value", "must be less than 76 characters"),
    (
        section(accessory=chooser(options=options(text=plain("t" * 76)))),
        "/accessory/options/0/text/text",
        "must be less than 76 characters",
    ),
    (
        section(accessory=chooser(options=options(description=plain("d" * 76)))),
        "/accessory/options/1/description/text",
        "must be less than 76 characters",
    ),
    ({"type": "context", "elements": [plain()] * 11}, "/elements", "no more than 10 items allowed"),
    ({"type": "context", "elements": [button()]}, "/elements/0/type", "unsupported type: button"),
    (actions(), "/elements", "no less than 1 items allowed"),
    (actions(*(button(action_id=f"a{n}") for n in range(26))), "/elements", "no more than 25 items allowed"),
    (actions(button(), button()), "/elements/1/action_id", '`action_id` "a" already exists'),
    (actions(button(text=plain("t" * 76))), "/elements/0/text/text", "must be less than 76 characters"),
    (actions(button(value="v" * 2001)), "/elements/0/value", "must be less than 2001 characters"),
    (actions(button(url="u" * 3001)), "/elements/0/url", "must be less than 3001 characters"),
    (actions(button(style="bold")), "/elements/0/style", "must be a valid enum value: primary, danger"),
    (actions(button(block_id="b")), "/elements/0", "invalid additional property: block_id"),
    (actions(button(action_id="a" * 256)), "/elements/0/action_id", "must be less than 256 characters"),
    (typed(max_length=3001), "/element/max_length", "must be between 1 and 3000"),
    (typed(max_length=3, initial_value="long"), "/element/initial_value", "must be less than 4 characters"),
    (typed(initial_value=""), "/element/initial_value", "must be more than 0 characters"),
    ({**typed(), "label": plain("l" * 2001)}, "/label/text", "must be less than 2001 characters"),
    ({"type": "markdown", "text": "m" * 12_001}, "/text", "must be less than 12001 characters"),
    ({**IMAGE, "alt_text": ""}, "/alt_text", "must be more than 0 characters"),
    (table(*[["a"]] * 101), "/rows", "no more than 100 items allowed"),
    (table(["a"] * 21), "/rows/0", "no more than 20 items allowed"),
    (table(["a", "b"], ["c"]), "/rows", "every row must have the same number of cells"),
    (table(["a"], [""]), "/rows/1/0/text", "must be more than 0 characters"),
    (table(["c" * 5000], ["c" * 5001]), "/rows", "must be less than 10001 characters"),
    ({**DATA, "rows": DATA["rows"] * 51}, "/rows", "no more than 101 items allowed"),
    ({**DATA, "rows": DATA["rows"][:1]}, "/rows", "no less than 2 items allowed"),
    (chart(title="t" * 51), "/title", "must be less than 51 characters"),
    (chart(named=tuple("abcdefg")), "/chart/series", "no more than 6 items allowed"),
    (chart(named=("Same", "Same")), "/chart/series/1/name", '`name` "Same" already exists'),
    (chart(named=("n" * 21,)), "/chart/series/0/name", "must be less than 21 characters"),
    (chart(21), "/chart/axis_config/categories", "no more than 20 items allowed"),
    (chart(kind="radar"), "/chart/type", "unsupported type: radar"),
]


@pytest.mark.parametrize(("block", "pointer", "why"), REFUSED)
def test_a_block_is_refused_with_where_and_why(block, pointer, why):
    found = faults([{"type": "divider"}, block])
    assert (f"/blocks/1{pointer}", why) in [(fault.pointer, fault.why) for fault in found]


def test_a_chart_whose_series_lacks_a_month_is_refused():
    drawn = chart()
    drawn["chart"]["series"][0]["data"].pop()
    assert [str(fault) for fault in faults([drawn])] == [
        "must have one value for every category [json-pointer:/blocks/0/chart/series/0/data]"
    ]


WHOLE = [
    ([{"type": "divider"}] * 51, "/blocks", "no more than 50 items allowed"),
    ([section(block_id="b"), section(block_id="b")], "/blocks/1/block_id", '`block_id` "b" already exists'),
    ([table(["a"]), table(["b"])], "/blocks", "no more than 1 table blocks allowed"),
    ([chart()] * 3, "/blocks", "no more than 2 data_visualization blocks allowed"),
    ([{"type": "markdown", "text": "m" * 6_500}] * 2, "/blocks", "must be less than 12001 characters of markdown"),
    ([section(text=plain("t" * 3000))] * 5, "/blocks", "must be less than 13201 characters"),
    ("words", "/blocks", "must provide an array"),
]


@pytest.mark.parametrize(("blocks", "pointer", "why"), WHOLE)
def test_a_message_is_refused_as_a_whole(blocks, pointer, why):
    assert (pointer, why) in [(fault.pointer, fault.why) for fault in faults(blocks)]


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(*[section()] * 100),
        modal(typed(), submit=plain("Save"), close=plain("Close"), private_metadata="m" * 3000, callback_id="", notify_on_close=True),
        {"type": "home", "blocks": [section(), actions(button())], "private_metadata": ""},
    ],
)
def test_a_view_is_taken(view):
    assert view_faults(view) == []


VIEWS = [
    (modal(typed()), "/view", "missing required field: submit"),
    ({"type": "modal", "blocks": [section()]}, "/view", "missing required field: title"),
    ({"type": "modal", "title": plain()}, "/view", "missing required field: blocks"),
    ({"type": "window", "blocks": []}, "/view/type", "unsupported type: window"),
    (modal(title=plain("t" * 25)), "/view/title/text", "must be less than 25 characters"),
    (modal(submit=plain("s" * 25)), "/view/submit/text", "must be less than 25 characters"),
    (modal(close=mrkdwn()), "/view/close/type", "unsupported type: mrkdwn"),
    (modal(private_metadata="m" * 3001), "/view/private_metadata", "must be less than 3001 characters"),
    (modal(callback_id="c" * 256), "/view/callback_id", "must be less than 256 characters"),
    (modal(id="V1"), "/view", "invalid additional property: id"),
    (modal(*[section()] * 101), "/view/blocks", "no more than 100 items allowed"),
    (modal(table(["a"])), "/view/blocks/0/type", "unsupported type: table"),
    (modal(chart()), "/view/blocks/0/type", "unsupported type: data_visualization"),
    (modal(section(text=plain("t" * 3001))), "/view/blocks/0/text/text", "must be less than 3001 characters"),
    (modal(typed(), typed(), submit=plain()), "/view/blocks/1/block_id", '`block_id` "b" already exists'),
    ({"type": "home", "blocks": [section()], "submit": plain()}, "/view", "invalid additional property: submit"),
    (modal(*[section(text=plain("é" * 3000))] * 50), "/view", "must be less than 250001 bytes"),
]


@pytest.mark.parametrize(("view", "pointer", "why"), VIEWS)
def test_a_view_is_refused_with_where_and_why(view, pointer, why):
    assert (pointer, why) in [(fault.pointer, fault.why) for fault in view_faults(view)]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("line", [example for command in all_commands().values() for example in command.examples])
def test_whatever_a_command_answers_is_taken_as_a_message_a_form_and_a_home_tab(line, example):
    reply = ask(example.store, example.partnership.id, lambda session: Person.named("coordinator", session), Asked(line, NOW))
    for plainly in (False, True):
        assert [fault for message in draw(reply, line, plainly)[0] for fault in faults(message["blocks"])] == []
    for view in (form_view(reply, "{}"), result_view(reply)[0], home_view(reply)[0], loading(), saving()):
        assert view_faults(view) == []
