"""The plan exported: what somebody sees and nothing else, in order, and in again without a loss."""

import json
from datetime import date, datetime, timedelta

import pytest
from asking import Asking, facts, shown
from made import NOW
from openpyxl import load_workbook
from planned import Plan
from sqlalchemy import event, select

from bot.documents import workbook
from commands import Enquiry
from commands.plan.drafting import from_file
from commands.plan.sheets import ACTIONS, HISTORY
from commands.reply import Document, Reply
from models.actions import Action, Supporter
from models.due import Due
from models.partnership import Agency
from models.people import Person

MEETING = Due("meeting", date(2026, 3, 10))
LATE = NOW.date() - timedelta(days=3)


@pytest.fixture
def ask(example) -> Asking:
    """The example with actions of JAG and of CSAG, and news of them."""
    plan = Plan(example)
    plan.add("Fit alley gates", number=2, due=MEETING, priority="burglary", supporters=["fire-officer", "college"])
    plan.add("Visit the = family, \nand say “hello”", group="csag", number=1, owner="csag-chair", due=LATE)
    plan.add("Refer on", number=1, due=Due("ongoing"), parent="CSAG-26-001", lineage="referred from", owner="dens-officer")
    plan.add("Look again", number=3, due=None, parent="JAG-26-001", lineage="escalated from", status="closed", closed_on=LATE)
    plan.said("JAG-26-002", "gates ordered", by="housing-officer", status="on track", where="#jag")
    plan.said("JAG-26-002", "blocked by highways", status="blocked", for_="housing-officer", settled="one", where="#csag")
    plan.said("CSAG-26-001", "blocked by highways, and the family moved", settled="one", where="#csag")
    return Asking(example)


def sheets(reply: Reply) -> dict[str, list[dict[str, object]]]:
    document = next(part for part in reply.parts if isinstance(part, Document))
    return {sheet.title: [dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows] for sheet in document.sheets}


def refs(reply: Reply) -> list[object]:
    return [row["Reference"] for row in sheets(reply)["Actions"]]


def test_the_coordinator_has_every_action_with_its_history(ask):
    reply = ask.answered("/action export")
    actions, history = sheets(reply)["Actions"], sheets(reply)["History"]
    assert tuple(actions[0]) == ACTIONS
    assert tuple(history[0]) == HISTORY
    assert refs(reply) == ["JAG-26-001", "JAG-26-002", "JAG-26-003", "CSAG-26-001"]
    assert [line["Reference"] for line in history] == ["JAG-26-001"] + ["JAG-26-002"] * 3 + ["JAG-26-003"] + ["CSAG-26-001"] * 2
    assert facts(reply)["JAG"] == "3 actions: 1 not reported, 1 blocked, 1 closed"
    assert reply.summary == "4 actions, with 7 lines of history."


def test_an_action_is_told_in_words_that_can_be_read_again(ask):
    referred, gates, again, csag = sheets(ask.answered("/action export"))["Actions"]
    assert (gates["Owner"], gates["Agency"], gates["Supporters"]) == (
        "housing-officer",
        "Hightown Housing Association",
        "fire-officer; college",
    )
    assert (gates["Priority"], gates["Due"], gates["RAG"]) == ("burglary", "next JAG (2026-03-10)", "red: blocked")
    assert (gates["Latest update"], gates["Raised on"], gates["Raised by"]) == ("blocked by highways", "2026-01-11", "coordinator")
    assert (csag["Due"], csag["RAG"], csag["Action"]) == (LATE.isoformat(), "red: overdue", "Visit the = family, \nand say “hello”")
    assert (referred["Due"], referred["Lineage"]) == ("ongoing", "referred from CSAG-26-001")
    assert (again["Lineage"], again["Closed on"]) == ("escalated from JAG-26-001", LATE.isoformat())


def test_history_names_people_and_priorities_and_not_numbers(ask):
    added, news, entered = (line for line in sheets(ask.answered("/action export"))["History"] if line["Reference"] == "JAG-26-002")
    assert json.loads(added["After"]) | {"owner": "housing-officer", "priority": "burglary"} == json.loads(added["After"])
    assert json.loads(added["After"])["supporters"] == ["@fire-officer", "@college"]
    assert (news["By"], news["From where"], news["What"], news["Words"]) == ("housing-officer", "#jag", "update", "gates ordered")
    assert json.loads(news["Before"]) == {"status": "not reported", "latest": "", "latest_at": None}
    assert (entered["By"], entered["For"]) == ("coordinator", "housing-officer")
    assert datetime.fromisoformat(str(entered["When"])) == NOW


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jag", ["JAG-26-001", "JAG-26-002", "JAG-26-003"]),
        ("the CSAG actions", ["CSAG-26-001"]),
        ("open", ["JAG-26-001", "JAG-26-002", "CSAG-26-001"]),
        ("closed JAG", ["JAG-26-003"]),
        ("JAG and CSAG open", ["JAG-26-001", "JAG-26-002", "CSAG-26-001"]),
        ("Members Forum", []),
        ("everything", ["JAG-26-001", "JAG-26-002", "JAG-26-003", "CSAG-26-001"]),
    ],
)
def test_words_narrow_it(ask, words, expected):
    assert refs(ask.answered(f"/action export {words}")) == expected


def test_private_rows_are_said_and_marked_and_can_be_left_out(ask):
    reply = ask.answered("/action export")
    assert [row["Group"] for row in sheets(reply)["Actions"]] == ["JAG", "JAG", "JAG", "CSAG (private)"]
    assert "Those of CSAG are private" in str(reply.parts)
    alone = ask.answered(next(button.asks for button in reply.asks if button.label == "Only JAG"))
    assert refs(alone) == ["JAG-26-001", "JAG-26-002", "JAG-26-003"]
    assert "private" not in str(alone.parts[1:])
    assert "jagbot export actions FILE.xlsx jag" in shown(alone)


def test_history_is_in_plain_words_beside_what_only_a_program_reads(ask, tmp_path):
    reply = ask.answered("/action export jag")
    words = [line["In words"] for line in sheets(reply)["History"] if line["Reference"] == "JAG-26-002"]
    assert words[1:] == ["update: status not reported → on track", "update: status on track → blocked"]
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(next(part for part in reply.parts if isinstance(part, Document))))
    columns = load_workbook(file)["History"].column_dimensions
    assert columns["H"].hidden
    assert not columns["J"].hidden


def test_what_may_not_be_seen_is_not_there_in_any_cell(ask):
    reply = ask.answered("/action export", person="burglary-lead")
    assert refs(reply) == ["JAG-26-001", "JAG-26-002", "JAG-26-003"]
    everything = json.dumps([sheets(reply), facts(reply), reply.summary]).lower()
    assert "csag" not in everything
    assert "family" not in everything
    referred, look = (
        json.loads(next(line for line in sheets(reply)["History"] if line["Reference"] == f"JAG-26-00{n}")["After"]) for n in (1, 2)
    )
    assert set(referred) == set(look), "nothing tells that there is something it came from"
    last = [line for line in sheets(reply)["History"] if line["Reference"] == "JAG-26-002"][-1]
    assert last["From where"] == "a private channel"


def test_a_group_that_may_not_be_seen_is_refused_as_one_that_is_not(ask):
    unseen, nothing = (ask.refused(f"/action export {name}", person="burglary-lead") for name in ("csag", "xxxx"))
    assert unseen == nothing.replace("xxxx", "csag")
    assert unseen == ("I cannot export 'csag'. Say a group (JAG or Members Forum), open, done or closed; or nothing, for all that you see.")


def test_somebody_without_a_seat_has_nothing_to_export(ask):
    ask.answered("/jag add sam@example.org as warden, Street warden")
    assert ask.refused("/action export", person="warden").startswith("You sit on no group")


def test_out_and_in_again_loses_nothing(ask, another, tmp_path):
    with ask.held.session() as session:
        action = session.scalars(select(Action).where(Action.ref == "JAG-26-002")).one()
        action.supporters.append(Supporter(agency=session.scalars(select(Agency).where(Agency.name.contains("Housing"))).first()))
    first = ask.answered("/action export")
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(next(part for part in first.parts if isinstance(part, Document))))
    elsewhere = Asking(another())
    with elsewhere.held.store.session(elsewhere.held.partnership.id, writing=True) as session:
        preview, number = from_file(file, Enquiry("", Person.named("coordinator", session), NOW), session)
    assert "4 actions read" in str(preview.parts[0])
    elsewhere.answered(f"/action keep {number}")
    second = elsewhere.answered("/action export")
    assert sheets(second)["Actions"] == sheets(first)["Actions"]
    assert sheets(second)["History"] == sheets(first)["History"]


def test_nothing_yet_is_a_workbook_with_headings(example, asks):
    reply = asks(example).answered("/action export")
    assert sheets(reply) == {"Actions": [], "History": []}
    assert reply.summary == "0 actions, with 0 lines of history."


def test_a_plan_of_many_is_read_in_few_queries(example, asks):
    plan, asked = Plan(example), list[str]()
    for number in range(1, 31):
        plan.add(f"Action {number}", number=number, supporters=["fire-officer"], owner=["college", "fire-officer", "analyst"][number % 3])
    event.listen(example.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert asks(example).says("/action export") == "30 actions, with 30 lines of history."
    assert len(asked) < 25
