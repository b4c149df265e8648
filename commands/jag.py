"""/jag"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, all_commands, command
from commands.arrived import arrived
from commands.health import health, retry
from commands.held import freshness
from commands.helping import page
from commands.home import my_page
from commands.joining import confirm
from commands.people import add, lead, people, remove
from commands.permissions import may
from commands.reply import Facts, Heading, Note, Reply, Table, press
from commands.seats import seat, unseat
from commands.words import listed, plain
from models.base import Refusal
from models.near import nearest
from models.partnership import Partnership
from models.series import held
from models.vocabulary import Vocabulary

VERBS = {"confirm": confirm, "add": add, "remove": remove, "lead": lead, "seat": seat, "unseat": unseat, "retry": retry, "arrived": arrived}
OWN = {*VERBS, "me", "people", "health"}
FOR_THE_COORDINATOR = (
    ("Add a person", "/jag add sam@example.org as housing-officer, Housing officer, Hightown"),
    ("Seat them on a group", "/jag seat housing-officer on CSAG as chair"),
    ("Take a seat back", "/jag unseat housing-officer from CSAG"),
    ("Give a priority its lead", "/jag lead burglary burglary-lead deputy burglary-deputy"),
    ("Who is who", "/jag people"),
    ("What could not be delivered, and why", "/jag health"),
)


def _writes(words: str) -> bool:
    return words.partition(" ")[0].lower().lstrip("/") in VERBS


@command(
    "/jag",
    "/jag help hotspots",
    "/jag me",
    "/jag people",
    "/jag health",
    usage="[help command | me | people | health | any command | confirm @name as handle | add email as handle, role | lead priority handle"
    " | seat handle on group as chair | unseat handle from group | retry number | arrived number]",
    writes=_writes,
)
def jag(enquiry: Enquiry, session: Session) -> Reply:
    """Help, your own page, how fresh the figures are; and every other command under this one name.

    Any command can be asked here: /jag hotspots asb. Plain words work too, in a direct message or a mention. The coordinator adds
    people, gives priorities a lead, and seats people on groups: /jag seat housing-officer on CSAG as chair. Unseat takes a seat back.
    Where a message could not be delivered, /jag health says why; retry sends it again, and arrived says that it is there after all.
    """
    words = plain(enquiry.words)
    first, _, rest = words.partition(" ")
    match first.lower().lstrip("/"):
        case "" | "help" | "commands" | "?":
            return _help_of(rest) if rest else _help(enquiry, session)
        case "me" | "my" | "mine" | "whoami":
            return my_page(enquiry, session)
        case "health":
            return health(enquiry, session)
        case "fresh" | "freshness" | "how":
            return Reply("How fresh the figures are", _fresh(enquiry, session), press(("All that is held", "/figures")))
        case "people" | "who":
            return people(enquiry, session)
        case "thanks":
            return Reply("Glad to help", "Ask me anything else, or say help to see what I answer.")
        case verb if verb in VERBS:
            return VERBS[verb](replace(enquiry, words=rest), session)
        case other:
            return _help_of(other)


def _fresh(enquiry: Enquiry, session: Session) -> str:
    return freshness(held(list(Vocabulary.of(session).measures.values()), session), enquiry.at)


def _help(enquiry: Enquiry, session: Session) -> Reply:
    name = session.scalar(select(Partnership.name).where(Partnership.id == session.info["partnership"]))
    commands = list(all_commands().values())
    coordinates = may(enquiry.person, "confirm people", session)
    return Reply(
        f"jagbot, for {name}",
        "Ask in your own words, or with a command. Misspellings are read forgivingly; answers go to you alone until you share them.",
        Table(["Command", "What it does", "Example"], [[f"/{c.name}", c.gist, c.examples[0]] for c in commands]),
        Heading("For the coordinator") if coordinates else None,
        Facts(FOR_THE_COORDINATOR) if coordinates else None,
        Note(_fresh(enquiry, session)),
        press(*((c.examples[0], c.examples[0]) for c in commands if c.name != "jag"), ("My page", "/jag me"), ("What is held", "/figures")),
        summary=f"I answer {listed(['/' + c.name for c in commands])}.",
    )


def _help_of(name: str) -> Reply:
    commands = all_commands()
    wanted = name.strip().lower().lstrip("/").rpartition("-")[2]
    wanted = "jag" if wanted in OWN else wanted
    if wanted in commands:
        return page(commands[wanted])
    near = nearest(wanted, commands)
    if near or not wanted:
        raise Refusal(
            f"I have no command {name!r}. Did you mean {listed(['/' + n for n in near], 'or')}?",
            *((f"/{n}", f"/jag help {n}") for n in near),
        )
    raise Refusal(f"I have no command {name!r}. I have {listed(['/' + n for n in commands])}.", ("Help", "/jag"))
