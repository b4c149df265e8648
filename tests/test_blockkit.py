"""Drawing replies in Block Kit: whatever a reply holds, Slack takes it, and nothing in it is lost unsaid."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from block_rules import as_read, seen
from hypothesis import HealthCheck, given, settings
from hypothesis import example as example_of
from hypothesis import strategies as st

from bot.asking import Asked, ask
from bot.blockkit import draw
from bot.terminal import shown
from bot.workspace.blockrules import faults
from commands import all_commands
from commands.reply import Button, Buttons, Chart, Choice, Document, Facts, Field, Form, Heading, Note, Part, Reply, Table
from models.people import Person

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
NATIVE = {"table", "data_visualization"}

# Texts as people and papers have them: markup, entities, newlines, nothing at all, and very long ones made by repeating.
short = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="<>&*_`~\n"), max_size=40)
long = st.builds(lambda text, times: text * times, short, st.sampled_from([1, 1, 1, 50, 500]))
stretched = st.builds(lambda text, times: text * times, short, st.sampled_from([1, 1, 8]))
cells = st.one_of(st.none(), st.integers(-10_000, 10_000_000), st.floats(allow_nan=True), stretched)


@st.composite
def tables(draw_: st.DrawFn) -> Table:
    """Tables of up to 250 rows and 30 columns, some ragged. A few rows are repeated, for speed."""
    headings = draw_(st.lists(st.one_of(short, stretched), max_size=draw_(st.sampled_from([3, 20, 30]))))
    width = st.just(len(headings)) if draw_(st.booleans()) else st.integers(0, 30)
    rows = [draw_(st.lists(cells, min_size=n, max_size=n)) for n in draw_(st.lists(width, max_size=4))]
    rows = (rows * 250)[: draw_(st.sampled_from([0, 1, 4, 99, 100, 250]))]
    if rows and rows[0] and draw_(st.integers(0, 9)) == 0:
        rows = [[draw_(long), *rows[0][1:]], *rows[1:]]
    return Table(headings, rows, title=draw_(long))


@st.composite
def charts(draw_: st.DrawFn) -> Chart:
    """Charts of all kinds, and of the ordinary kind: a year of months, each known."""
    odd = draw_(st.booleans())
    labels = draw_(st.lists(short, max_size=40)) if odd else [f"M{n}" for n in range(12)]
    known = st.integers(0, 900)
    months = st.lists(st.one_of(st.none(), known) if odd else known, min_size=len(labels), max_size=len(labels))
    return Chart(draw_(long), labels, draw_(st.lists(st.tuples(short, months), min_size=0 if odd else 1, max_size=8)))


parts = st.one_of(
    long.filter(bool),
    st.builds(Heading, long),
    st.builds(Facts, st.lists(st.tuples(short, long), max_size=30)),
    tables(),
    charts(),
    st.builds(Note, long),
    st.builds(Buttons, st.lists(st.builds(Button, long, long), max_size=60)),
    st.builds(Choice, long, st.lists(st.builds(Button, stretched, stretched), max_size=120), short),
    st.builds(Form, long, long, st.lists(st.builds(Field, short, short, long, optional=st.booleans()), max_size=5)),
    st.builds(Document, stretched, st.just([])),
)
replies = st.builds(
    lambda title, several, notes, summary: Reply(title, *several, *notes, summary=summary),
    long,
    st.lists(parts, max_size=5),
    st.sampled_from([[], [Note(f"Note {n}.") for n in range(60)]]),
    long,
)
slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

BIGGEST = Reply(
    "The biggest of everything",
    Table(["h" * 100] * 20, [["c" * 350] * 20] * 3),
    Table(["h"] * 20, [["word"] * 20] * 250),
    Table(["h" * 101, "h"], [["c" * 351, 1]] * 99),
    Table([], [[]] * 250),
    Chart("title " * 10, [f"M{n}" for n in range(12)], [("name", list(range(12)))] * 6),
    Facts([("label", "<&>" * 5000)] * 3),
    "&" * 20_000,
    "\n" * 20_000,
    Buttons([Button("b" * 75, "/" + "x" * 1999)] * 60),
)
BLANK = Reply("", Buttons([Button("", " ")]), Choice("", [Button("a", " ")]), Form("", " ", []))


@slow
@given(replies, st.booleans())
@example_of(BIGGEST, False)
@example_of(BIGGEST, True)
@example_of(BLANK, False)
def test_slack_takes_whatever_a_reply_holds(reply, plain):
    messages, _ = draw(reply, share="/hotspots asb", plain=plain)
    assert messages
    for message in messages:
        assert not faults(message["blocks"])
        assert message["text"].strip()
        assert len(message["text"]) < 40_000
        assert not plain or not NATIVE & {block["type"] for block in message["blocks"]}


@slow
@given(replies, st.booleans())
@example_of(BIGGEST, False)
@example_of(BIGGEST, True)
def test_nothing_is_lost_but_what_the_losses_name(reply, plain):
    messages, losses = draw(reply, plain=plain)
    drawn = letters("\n".join(seen(message["blocks"]) for message in messages))
    start = 0
    for text in expected(reply):
        found = drawn.find(letters(text), start)
        assert found >= start, f"{text[:80]!r} is missing, or out of order"
        start = found + len(letters(text))
    charts = [part for part in reply.parts if isinstance(part, Chart)]
    assert all(letters(name) in drawn for chart in charts for name, _ in chart.series)
    unpressable = [button for button in reply.asks if not 0 < len(button.asks) <= 2000]
    unopened = [part for part in reply.parts if isinstance(part, Form) and not 0 < len(part.asks) <= 2000]
    clipped = [button for button in reply.asks if button not in unpressable and len(button.label) > 75]
    assert len(losses) == len(unpressable) + len(clipped) + len(unopened)


def expected(reply: Reply) -> Iterator[str]:
    """Every text of a reply that must be read, in order."""
    yield reply.title
    for part in reply.parts:
        yield from _texts(part)


def _texts(part: Part) -> Iterator[str]:
    match part:
        case str():
            yield part
        case Heading() | Note():
            yield part.text
        case Facts():
            yield from (text for fact in part.facts for text in fact)
        case Table():
            yield part.title
            yield from (shown(cell) for row in part.rows for cell in row)
        case Chart():
            yield part.title if len(part.title) > 50 else part.title.strip()
            yield from (name for name, _ in part.series if len(name) <= 20)  # a longer one may stand below
        case Buttons():
            yield from (b.label[:74] for b in part.buttons if 0 < len(b.asks) <= 2000)
        case Choice():
            yield part.label
            yield from (b.label[:74] for b in part.options if 0 < len(b.asks) <= 2000)
        case Form():
            yield part.title
            yield from (text for field in part.fields if field.value for text in (field.label, field.value))
            yield from (field.label for field in part.fields if not field.value and not field.optional)
        case Document():
            yield part.name[:149]


def letters(text: str) -> str:
    """Text without what drawing may add or leave out: white space, stars around a label and the fences of monospaced text."""
    return "".join(text.split()).replace("*", "").replace("```", "")


def test_what_people_typed_neither_formats_nor_mentions_nor_links():
    typed = "*bold* _sly_ `code` <!channel> <@U1> <https://evil.example|click> &lt;!here&gt;"
    messages, _ = draw(Reply("Title " + typed, typed, Facts([(typed, typed)]), Note(typed), Table([typed], [[typed]], title=typed)))
    for message in messages:
        assert "<" not in message["text"]
        for block in message["blocks"]:
            texts = [block["text"]] if "text" in block else block.get("elements", [])
            assert all(text["type"] == "plain_text" or "<" not in text["text"] for text in texts)
    kinds = {block["text"]["type"] for block in messages[0]["blocks"] if block["type"] == "section"}
    assert kinds == {"plain_text", "mrkdwn"}  # words are plain; only our own labels and titles are bold
    assert typed in seen(messages[0]["blocks"])


def test_a_long_table_goes_on_in_further_messages_each_with_its_headings():
    rows = [[f"Ward {n}", n] for n in range(250)]
    messages, losses = draw(Reply("Wards", Table(["Ward", "Reports"], rows)))
    assert [len(table_of(message)["rows"]) for message in messages] == [100, 100, 53]
    assert all(table_of(message)["rows"][0][0]["text"] == "Ward" for message in messages)
    assert not losses


def test_numbers_stand_to_the_right_and_empty_cells_are_a_dash():
    message = draw(Reply("Wards", Table(["Ward", "Reports"], [["Grovehill", 1200], ["Watling", None]])))[0][0]
    assert [setting["align"] for setting in table_of(message)["column_settings"]] == ["left", "right"]
    assert seen([table_of(message)]) == "Ward | Reports\nGrovehill | 1,200\nWatling | –"


def test_a_table_of_more_columns_than_slack_has_is_written_out_row_by_row():
    table = Table([f"c{n}" for n in range(25)], [list(range(25))])
    messages, losses = draw(Reply("Wide", table))
    assert "c0: 0; c1: 1;" in seen(messages[0]["blocks"])
    assert "c24: 24" in seen(messages[0]["blocks"])
    assert not losses


def test_two_tables_of_a_reply_are_two_messages():
    table = Table(["Ward"], [["Grovehill"]])
    assert len(draw(Reply("Two", table, table))[0]) == 2


def test_a_short_series_is_a_native_chart_and_a_long_one_block_characters():
    def drawn(months: int) -> str:
        labels = [f"M{n}" for n in range(months)]
        return seen(draw(Reply("Trend", Chart("ASB", labels, [("Grovehill", list(range(months)))])))[0][0]["blocks"])

    assert "Grovehill: M0 0, M1 1" in drawn(12)
    assert "M0 to M23" in drawn(24)
    assert "Grovehill  ▁▁" in drawn(24)
    assert "lowest 0, highest 23" in drawn(24)


def test_whole_years_that_are_too_long_for_a_chart_are_a_line_each_month_above_month():
    months = [f"{name} {year}" for year in (11, 12) for name in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()]
    [message] = draw(Reply("Trend", Chart("ASB", months, [("Grovehill", list(range(24)))])))[0]
    chart = message["blocks"][1]
    assert chart["title"] == "ASB, Grovehill"
    assert [each["name"] for each in chart["chart"]["series"]] == ["Jan 11 to Dec 11", "Jan 12 to Dec 12"]
    assert chart["chart"]["axis_config"]["categories"][:2] == ["Jan", "Feb"]
    assert [point["value"] for point in chart["chart"]["series"][1]["data"]] == list(range(12, 24))


LONG = "Bovingdon, Flaunden and Chipperfield"


def test_a_name_too_long_for_a_chart_is_cut_short_in_it_and_stands_whole_below():
    months = list(range(12))
    blocks = draw(Reply("Trend", Chart("ASB", [f"M{n}" for n in months], [(LONG, months), ("Watling", months)])))[0][0]["blocks"]
    assert [each["name"] for each in blocks[1]["chart"]["series"]] == ["Bovingdon, Flaunden…", "Watling"]
    assert seen(blocks[2:]) == f"Bovingdon, Flaunden… is {LONG}."


@pytest.mark.parametrize("other", [LONG, f"{LONG} South"])
def test_names_that_a_chart_would_not_tell_apart_are_block_characters(other):
    months = list(range(12))
    blocks = draw(Reply("Trend", Chart("ASB", [f"M{n}" for n in months], [(LONG, months), (other, months)])))[0][0]["blocks"]
    assert not NATIVE & {block["type"] for block in blocks}
    assert f"{LONG}  ▁▁" in seen(blocks)
    assert f"{other}  ▁▁" in seen(blocks)


def test_a_month_that_may_not_be_shown_is_a_dot_and_no_nought():
    said = seen(draw(Reply("Trend", Chart("ASB", ["Jan", "Feb"], [("Grovehill", [None, 7]), ("Watling", [None, None])])))[0][0]["blocks"])
    assert "Grovehill  ·▁  lowest 7, highest 7" in said
    assert "Watling  ··  no month may be shown" in said


def test_a_plain_table_is_monospaced_with_its_numbers_to_the_right():
    blocks = draw(Reply("Wards", Table(["Ward", "Reports"], [["Grovehill", 9], ["Watling", 100]])), plain=True)[0][0]["blocks"]
    assert html.unescape(blocks[1]["text"]["text"]) == "```Ward       Reports\nGrovehill        9\nWatling        100```"


def test_a_list_of_actions_too_wide_for_that_is_a_line_each():
    table = Table(["Ref", "Action", "Settled as", "Latest"], [["JAG-13-015", "Fit alley gates " * 8, "at risk", ""]])
    blocks = draw(Reply("Title", table), plain=True)[0][0]["blocks"]
    assert blocks[-1]["text"]["text"] == f"JAG-13-015: {'Fit alley gates ' * 8}, at risk"


def test_a_title_too_long_for_a_header_goes_on_below_it():
    title = "word " * 100
    blocks = draw(Reply(title))[0][0]["blocks"]
    assert [block["type"] for block in blocks] == ["header", "section"]
    assert " ".join(as_read(block["text"]) for block in blocks).split() == title.split()


def test_a_button_that_asks_too_much_is_named_as_lost_without_its_words():
    assert draw(Reply("Ask", Buttons([Button("Go", "/figures " + "x" * 2000)])))[1] == ["a button that asks 2,009 characters"]


ANSWERS = [Button(label, f"/action {number}: {label}") for number, label in enumerate(("On track", "At risk", "Done"))]


def test_one_of_several_is_a_list_beside_its_words_with_the_one_that_holds_now_chosen():
    messages, losses = draw(Reply("Mine", Choice("JAG-13-004", ANSWERS, "At risk")))
    assert seen(messages[0]["blocks"]).splitlines()[1:] == ["*JAG-13-004*", "( ) On track", "(*) At risk", "( ) Done"]
    assert not losses


@pytest.mark.parametrize(
    "options",
    [
        [*ANSWERS, Button("Long", "/action update " + "x" * 61)],
        [*ANSWERS, Button("l" * 75, "/action 4 " + "x" * 66)],
        [Button(f"Option {number}", f"/action show {number}") for number in range(101)],
        [*ANSWERS, Button("Twice", ANSWERS[0].asks)],
    ],
)
def test_what_a_list_does_not_carry_are_buttons(options):
    messages, losses = draw(Reply("Mine", Choice("JAG-13-004", options, "At risk")))
    said = seen([block for message in messages for block in message["blocks"]])
    assert all(f"[{button.label}]" in said for button in options)
    assert "\nAt risk\n" in said
    assert not losses


def test_of_a_label_of_several_lines_the_first_is_bold():
    messages, _ = draw(Reply("Mine", Choice("JAG-13-004: fit gates\nLast: “at *risk*”", ANSWERS, "At risk")))
    assert messages[0]["blocks"][1]["text"]["text"].startswith("*JAG-13-004: fit gates*\nLast: “at")


def test_a_form_in_a_message_says_what_is_there_and_what_is_missing_and_opens_by_a_button():
    form = Form(
        "Add an action", "/action add", [Field("w", "What", "Fit gates"), Field("o", "Who"), Field("s", "Supporters", optional=True)]
    )
    [message], losses = draw(Reply("Add", form), fill='{"line":"/action add Fit gates"}')
    assert "*What*  Fit gates\nStill needed: Who.\n[Fill in]" in seen(message["blocks"])
    assert message["blocks"][-1]["elements"][0]["action_id"] == "fill-in"
    assert not losses


def test_a_document_is_said_to_follow():
    assert "plan.xlsx: the file follows" in seen(draw(Reply("Export", Document("plan.xlsx", [])))[0][0]["blocks"])


def test_share_here_asks_the_same_line():
    blocks = draw(Reply("Hotspots", "Most in Grovehill."), share="/hotspots asb")[0][0]["blocks"]
    assert blocks[-1]["elements"][0]["value"] == "/hotspots asb"
    assert blocks[-1]["elements"][0]["action_id"] == "share"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("line", [example for command in all_commands().values() for example in command.examples])
def test_an_ordinary_reply_loses_nothing_and_fits(line, example):
    reply = ask(example.store, example.partnership.id, lambda session: Person.named("coordinator", session), Asked(line, NOW))
    messages, losses = draw(reply, share=line)
    assert not losses
    assert not [fault for message in messages for fault in faults(message["blocks"])]


def table_of(message: dict[str, object]) -> dict[str, object]:
    return next(block for block in message["blocks"] if block["type"] == "table")
