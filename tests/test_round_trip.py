"""The same conversation through Slack's HTTP interface and in a terminal, out to a workbook and in again: it reads the same in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from asking import Asking, table
from conftest import NOW, Held
from slack_server import Arrived, Workspace, workspace
from talking import Host, Talk, hosting, talking

from bot.documents import workbook
from commands import Enquiry
from commands.plan.drafting import from_file
from commands.reply import Document, Facts, Reply, Table
from models.people import Person

PASTED = """add
Actions from JAG, 10 Feb:
• Write to residents of “Queensway” – college – 6.3.26
• Check CCTV at the bus station\thousing-officer\tnext mtg"""
# Who says what. The last reply's button of a label in brackets is pressed.
CONVERSATION = (
    ("coordinator", "add Fit alley gates behind the shops @housing-officer with @fire-officer due 13 Mar #asb"),
    ("coordinator", "add Cut back the hedge @housing-officer by next jag"),
    ("coordinator", "add Paint the railings @college ongoing"),
    ("housing-officer", "update 1 at risk: contractor’s van broke down 🚐"),
    ("housing-officer", "done 2 cut on Friday"),
    ("college", "update 3 blocked: no paint"),
    ("college", "undo"),
    ("coordinator", PASTED),
    ("coordinator", "[Save all 2]"),
    ("housing-officer", "1 waiting on highways wont be til may, 5 on track, rest no change"),
    ("coordinator", "update 4 karen rang: letters are out for @college"),
)
REFS = [f"JAG-26-{number:03d}" for number in range(1, 6)]
Says = Callable[[str, str], Callable[[str], str]]


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        yield made


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


def in_a_terminal(held: Held) -> Says:
    """Typed in a terminal; gives the line that a button asks."""
    ask = Asking(held)

    def say(person: str, words: str) -> Callable[[str], str]:
        reply = ask.answered(f"/action {words}", person=person)
        return lambda label: next(button.asks for button in reply.asks if button.label == label).removeprefix("/action ")

    return say


def in_slack(talk: Talk) -> Says:
    """Typed as slash commands, each a signed request over HTTP, the answer at its response URL."""
    users = {handle: talk.know(f"U{number}", handle) for number, handle in enumerate(("coordinator", "housing-officer", "college"), 1)}

    def say(person: str, words: str) -> Callable[[str], str]:
        arrived = talk.command("/action", words, users[person])
        answer: Arrived = next(each for each in arrived if each.method == "response")
        assert "Nothing was" not in answer.text, answer.text
        return lambda label: answer.button(label)["value"].removeprefix("/action ")

    return say


def conversation(say: Says) -> None:
    pressed: Callable[[str], str] = str
    for person, words in CONVERSATION:
        pressed = say(person, pressed(words[1:-1]) if words.startswith("[") else words)


def reads(held: Held) -> list[object]:
    """Each action as it is shown, with its history but for where that was said; and the list."""
    ask = Asking(held)
    shown = [ask.answered(f"/action show {ref}") for ref in REFS]
    return [*(plain(reply) for reply in shown), table(ask.answered("/action list all"))]


def plain(reply: Reply) -> list[object]:
    facts = [fact for part in reply.parts if isinstance(part, Facts) for fact in part.facts]
    rows = [row for part in reply.parts if isinstance(part, Table) for row in part.rows]
    history = [[cell for column, cell in enumerate(row) if column != 2] for row in rows]
    return [reply.title, facts, history]


def test_what_is_said_reads_the_same_in_slack_in_a_terminal_and_out_of_a_workbook(another, slack, host, tmp_path):
    typed, sent, loaded = another(), another(), another()
    conversation(in_a_terminal(typed))
    with talking(sent, slack, host) as talk:
        conversation(in_slack(talk))
    document = next(part for part in Asking(typed).answered("/action export").parts if isinstance(part, Document))
    file = tmp_path / "plan.xlsx"
    file.write_bytes(workbook(document))
    with loaded.store.session(loaded.partnership.id, writing=True) as session:
        _, number = from_file(file, Enquiry("", Person.named("coordinator", session), NOW, where="terminal"), session)
    Asking(loaded).answered(f"/action keep {number}")
    in_the_terminal = reads(typed)
    assert [title for title, *_ in in_the_terminal[:5]] == [f"{ref}: {wording}" for ref, wording in zip(REFS, WORDINGS, strict=True)]
    assert reads(sent) == in_the_terminal
    assert without_requests(reads(loaded)) == without_requests(in_the_terminal)


WORDINGS = (
    "Fit alley gates behind the shops",
    "Cut back the hedge",
    "Paint the railings",
    "Write to residents of “Queensway”",
    "Check CCTV at the bus station",
)


def without_requests(shown: list[object]) -> list[object]:
    """A request that waits to be settled is not taken out: what was asked stands in the history."""
    return [[each[0], [fact for fact in each[1] if fact[0] != "Asked for"], each[2]] for each in shown[:5]] + shown[5:]
