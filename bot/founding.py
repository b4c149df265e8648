"""Makes a partnership at the terminal: the example, or one's own by a few questions."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from sqlalchemy import exists, or_, select

from bot.terminal import console, draw
from commands.reply import Facts, Reply, press
from models.actions import Action
from models.base import Refusal
from models.held import Load
from models.partnership import Partnership
from models.sources.founding import Answers, example_plan, make_example, make_own
from models.store import Store

QUESTIONS = (
    ("name", "What is the partnership called?", "Dacorum Community Safety Partnership"),
    ("district", "Which district or borough is it, as the ONS spells it?", "Dacorum"),
    ("county", "Which county is it compared within? (empty if none)", "Hertfordshire"),
    ("force", "Which police force?", "Hertfordshire Constabulary"),
    ("email", "The coordinator's e-mail address?", "coordinator@example.org"),
    ("priorities", "Which priorities? (empty for the first four)", "asb, burglary, vehicle"),
)
NEEDED = ("name", "district", "force")


def make_the_example(store: Store) -> Partnership:
    """The example partnership, made unless it is here already."""
    screen = console(stderr=True)
    with screen.status("Making the example partnership: Dacorum, with every figure its strategic assessment prints …"):
        partnership, made = make_example(store, datetime.now(UTC))
    screen.print(f"{partnership.name} is {'made' if made else 'here already; nothing was changed'}.", style="green")
    return partnership


def ask_for_one(store: Store, options: argparse.Namespace) -> None:
    """Ask what is not given as an option, make the partnership, and read back what was made."""
    _refuse_a_second(store, options.another)
    said = {name: _answer(name, question, example, getattr(options, name)) for name, question, example in QUESTIONS}
    chosen = _priorities(said["priorities"])
    answers = Answers(said["name"], said["district"], said["county"], said["force"], said["email"], chosen or Answers.priorities)
    partnership = make_own(store, answers, options.another)
    console().print(draw(_read_back(partnership, answers))[0])


def _refuse_a_second(store: Store, another: bool) -> None:
    has = [exists().where(kind.partnership_id == Partnership.id) for kind in (Load, Action)]
    with store.session() as session:
        held = session.scalar(select(Partnership.name).where(or_(*has)).limit(1))
    if held and not another:
        raise Refusal(
            f"{held} is here already, with figures or actions. To hold another beside it: jagbot init --another. Nothing was made."
        )


def _answer(name: str, question: str, example: str, given: str) -> str:
    """The answer given as an option or typed. At a terminal a wrong one is asked again; from elsewhere it is refused."""
    while True:
        said = given or _asked(question, example)
        try:
            return _checked(name, said)
        except Refusal as refusal:
            if given or not sys.stdin.isatty():
                raise
            console(stderr=True).print(refusal.words, style="red", markup=False)


def _asked(question: str, example: str) -> str:
    try:
        return input(f"{question} [such as {example}] ").strip()
    except EOFError:
        return ""


def _checked(name: str, said: str) -> str:
    if name in NEEDED and not said:
        raise Refusal(f"A partnership needs its {name}. Nothing was made.")
    if name == "email" and "@" not in said:
        raise Refusal(f"{said!r} is no e-mail address. Expected such as coordinator@council.gov.uk. Nothing was made.")
    if name == "priorities":
        _priorities(said)
    return said


def _priorities(said: str) -> tuple[str, ...]:
    known = [priority["key"] for priority in example_plan()["priorities"]]
    chosen = tuple(word.strip().lower() for word in said.split(",") if word.strip())
    unknown = [word for word in chosen if word not in known]
    if unknown:
        raise Refusal(f"I know no priority {', '.join(unknown)}. I know {', '.join(known)}. Nothing was made.")
    return chosen


def _read_back(partnership: Partnership, answers: Answers) -> Reply:
    return Reply(
        f"{partnership.name} is made",
        Facts(
            [
                ("District", partnership.district),
                ("County", partnership.county or "none"),
                ("Police force", f"{partnership.force_name} (police.uk: {partnership.force})"),
                ("Groups", "JAG (#jag) and CSAG (#csag, private); you are coordinator of both"),
                ("Coordinator", answers.coordinator_email),
                ("Priorities", ", ".join(answers.priorities)),
            ]
        ),
        "Next, load the look-up of places, and then figures; and the log of actions you keep today, or add one. "
        "Add your people, and seat them on a group: the owner of an action sits on its group.",
        press(
            ("Places", "jagbot load areas LSOA21-to-ward.csv districts-to-police.csv"),
            ("Figures", "jagbot load figures --from-police-uk"),
            ("Actions", "jagbot load actions FILE.xlsx --group jag"),
            ("A person", 'jagbot ask "/jag add sam@council.gov.uk as housing-officer, Housing officer, The council"'),
        ),
    )
