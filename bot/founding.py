"""Makes a partnership at the terminal: the example, or one's own by a few questions."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from bot.terminal import console, draw
from commands.reply import Facts, Reply, press
from models.base import Refusal
from models.partnership import Partnership
from models.sources.founding import Answers, example_plan, make_example, make_own
from models.store import Store

QUESTIONS = (
    ("name", "What is the partnership called?", "Dacorum Community Safety Partnership"),
    ("district", "Which district or borough is it?", "Dacorum"),
    ("county", "Which county is it compared within? (empty if none)", "Hertfordshire"),
    ("force", "Which police force?", "Hertfordshire Constabulary"),
    ("email", "The coordinator's e-mail address?", "coordinator@example.org"),
    ("priorities", "Which priorities? (of {}; empty for the first four)", "asb, burglary, vehicle"),
)


def make_the_example(store: Store) -> Partnership:
    """The example partnership, made unless it is here already."""
    screen = console(stderr=True)
    with screen.status("Making the example partnership: Dacorum, with every figure its strategic assessment prints …"):
        partnership, made = make_example(store, datetime.now(UTC))
    screen.print(f"{partnership.name} is {'made' if made else 'here already; nothing was changed'}.", style="green")
    return partnership


def ask_for_one(store: Store, options: argparse.Namespace) -> None:
    """Ask what is not given as an option, make the partnership, and read back what was made."""
    known = [priority["key"] for priority in example_plan()["priorities"]]
    said = {
        name: getattr(options, name) or _asked(name, question.format(", ".join(known)), example) for name, question, example in QUESTIONS
    }
    chosen = tuple(word.strip().lower() for word in said["priorities"].split(",") if word.strip())
    unknown = [word for word in chosen if word not in known]
    if unknown:
        raise Refusal(f"I know no priority {', '.join(unknown)}. I know {', '.join(known)}. Nothing was made.")
    for name in ("name", "district", "force"):
        if not said[name]:
            raise Refusal(f"A partnership needs its {name}. Nothing was made.")
    if "@" not in said["email"]:
        raise Refusal(f"{said['email']!r} is no e-mail address. Expected such as coordinator@council.gov.uk. Nothing was made.")
    answers = Answers(said["name"], said["district"], said["county"], said["force"], said["email"], chosen or Answers.priorities)
    partnership = make_own(store, answers)
    console().print(draw(_read_back(partnership, answers))[0])


def _asked(name: str, question: str, example: str) -> str:
    if not sys.stdin.isatty() and name in ("county", "priorities"):
        return ""
    try:
        return input(f"{question} [such as {example}] ").strip()
    except EOFError:
        return ""


def _read_back(partnership: Partnership, answers: Answers) -> Reply:
    return Reply(
        f"{partnership.name} is made",
        Facts(
            [
                ("District", partnership.district),
                ("County", partnership.county or "none"),
                ("Police force", f"{partnership.force_name} (police.uk: {partnership.force})"),
                ("Coordinator", answers.coordinator_email),
                ("Priorities", ", ".join(answers.priorities)),
            ]
        ),
        "Next, load the look-up of places, and then figures:",
        press(
            ("Places", "jagbot load areas LSOA21-to-ward.csv districts-to-police.csv"),
            ("Figures", "jagbot load figures --from-police-uk"),
        ),
    )
