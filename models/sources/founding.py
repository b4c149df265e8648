"""A partnership made: the example of the papers, or one's own from a few answers."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models.actions import Action
from models.areas import Area, PlaceWord
from models.base import Refusal
from models.figures.chance import e_test
from models.figures.months import month_from
from models.groups import Group, Membership
from models.held import Load, Published
from models.measures import Measure
from models.partnership import Agency, Partnership
from models.people import Person
from models.priorities import Priority
from models.sources.counting import slug_of
from models.store import Store
from models.tables import every_table

PAPERS = files("models.sources").joinpath("example")
BY_MONTH_OR_NOBODY = ("police.uk", "nobody")
DOMAIN = "example.org"
OWN_GROUPS = ("jag", "csag")  # of one's own partnership; they meet when it says when
SAME_EVERYWHERE = ("key", "name", "also", "channel", "private")
# The example's priorities are named after its own measures; one's own are named after what police.uk counts.
PLAIN_NAMES = {
    "asb": "Anti-social behaviour",
    "burglary": "Burglary",
    "vehicle": "Vehicle crime",
    "alcohol": "Alcohol misuse",
    "drugs": "Drug misuse",
    "offenders": "Managing offenders",
}

Plan = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """What `jagbot init` asks of a partnership of one's own."""

    name: str
    district: str
    county: str
    force_name: str
    coordinator_email: str
    priorities: tuple[str, ...] = field(default=("asb", "burglary", "vehicle", "drugs"))


def example_plan() -> Plan:
    """The example partnership as its papers describe it."""
    return tomllib.loads(PAPERS.joinpath("dacorum.toml").read_text(encoding="utf-8"))


def make_example(store: Store, at: datetime) -> tuple[Partnership, bool]:
    """The example with every figure its strategic assessment prints; (it, whether it was made just now)."""
    plan = example_plan()
    with store.session() as session:
        held = session.scalar(select(Partnership).where(Partnership.key == plan["partnership"]["key"]))
    if held:
        return held, False
    partnership = found(store, plan)
    with store.session(partnership.id) as session:
        take_assessment(session, partnership, PAPERS.joinpath("assessment.csv").read_text(encoding="utf-8"), at)
    return partnership, True


def make_own(store: Store, answers: Answers, another: bool = False) -> Partnership:
    """A partnership of one's own: its coordinator, two groups to add actions to, its priorities, and every police.uk measure.

    One that holds nothing but its founding makes way for it, its answers having been mistyped, unless this is to be `another`.
    """
    if not another:
        _unmake_empty(store)
    catalogue = example_plan()
    chosen = [p for p in catalogue["priorities"] if p["key"] in answers.priorities]
    keys = {p["key"] for p in chosen}
    measures = [m for m in catalogue["measures"] if m["source"] in BY_MONTH_OR_NOBODY]
    plan: Plan = {
        "partnership": {
            "key": slug_of(answers.district),
            "name": answers.name,
            "district": answers.district,
            "county": answers.county,
            "force": slug_of(answers.force_name),
            "force_name": answers.force_name,
        },
        "agencies": [{"name": "The council", "kind": "statutory"}, {"name": answers.force_name, "kind": "statutory"}],
        "people": [
            {
                "handle": "coordinator",
                "role": "Coordinator",
                "agency": "The council",
                "email": answers.coordinator_email,
                "administrator": True,
            }
        ],
        "groups": [
            {k: each[k] for k in SAME_EVERYWHERE} | {"coordinator": "coordinator"}
            for each in catalogue["groups"]
            if each["key"] in OWN_GROUPS
        ],
        "priorities": [{k: v for k, v in p.items() if k not in ("lead", "deputy")} | {"name": PLAIN_NAMES[p["key"]]} for p in chosen],
        "measures": [m | {"priority": m["priority"] if m.get("priority") in keys else ""} for m in measures],
    }
    return found(store, plan)


def _unmake_empty(store: Store) -> None:
    """Take away partnerships that hold nothing but their founding: no figures, no actions, and nobody but who made them."""
    loads = exists().where(Load.partnership_id == Partnership.id)
    actions = exists().where(Action.partnership_id == Partnership.id)
    others = exists().where(Person.partnership_id == Partnership.id, ~Person.administrator)
    confirmed = exists().where(Person.partnership_id == Partnership.id, Person.slack_user.is_not(None))
    with store.session() as session:
        for partnership in session.scalars(select(Partnership).where(~loads, ~actions, ~others, ~confirmed)):
            for table in reversed(every_table()):
                if "partnership_id" in table.c:
                    session.execute(delete(table).where(table.c.partnership_id == partnership.id))
            session.delete(partnership)


def found(store: Store, plan: Plan) -> Partnership:
    """Write a plan as a partnership; all of it or none."""
    about = {k: v for k, v in plan["partnership"].items() if k != "document_date"}
    with store.session() as session:
        if session.scalar(select(Partnership.id).where(Partnership.key == about["key"])):
            raise Refusal(f"A partnership called {about['key']!r} is here already.")
        partnership = Partnership(**about)
        session.add(partnership)
        session.flush()
        session.info["partnership"] = partnership.id
        for write in (_agencies, _people, _groups, _priorities, _measures, _places):
            write(session, plan)
            session.flush()
    return partnership


def _by(session: Session, kind: type[Any], name: str) -> dict[str, Any]:
    return {getattr(each, name): each for each in session.scalars(select(kind))}


def _agencies(session: Session, plan: Plan) -> None:
    session.add_all(Agency(name=each["name"], kind=each["kind"]) for each in plan["agencies"])


def _people(session: Session, plan: Plan) -> None:
    agencies = _by(session, Agency, "name")
    for each in plan["people"]:
        session.add(
            Person(
                handle=each["handle"],
                role=each["role"],
                email=each.get("email") or f"{each['handle']}@{DOMAIN}",
                reached=each.get("reached", "chat"),
                administrator=each.get("administrator", False),
                agency=agencies[each["agency"]],
            )
        )


def _groups(session: Session, plan: Plan) -> None:
    people = _by(session, Person, "handle")
    for each in plan.get("groups", []):
        starts = each.get("starts")
        group = Group(
            key=each["key"],
            name=each["name"],
            also=each.get("also", []),
            channel=each.get("channel", ""),
            private=each.get("private", False),
            cadence=each.get("cadence", ""),
            starts=datetime.fromisoformat(starts) if isinstance(starts, str) else starts,
            minutes=each.get("minutes", 120),
            place=each.get("place", ""),
            holiday=each.get("holiday", "after"),
            leads=each.get("leads", {}),
            quorum=each.get("quorum", 0),
        )
        session.add(group)
        session.flush()
        seats = [(seat, each[seat]) for seat in ("chair", "deputy", "coordinator") if each.get(seat)]
        seats += [("member", handle) for handle in each.get("members", [])]
        session.add_all(Membership(group_id=group.id, person_id=people[who].id, seat=seat) for seat, who in dict.fromkeys(seats))


def _priorities(session: Session, plan: Plan) -> None:
    people = _by(session, Person, "handle")
    for place, each in enumerate(plan["priorities"], 1):
        lead, deputy = (people.get(each.get(role, "")) for role in ("lead", "deputy"))
        session.add(
            Priority(
                key=each["key"],
                name=each["name"],
                words=each["words"],
                place=place,
                nearest=each.get("nearest", ""),
                lead=lead,
                deputy=deputy,
            )
        )


def _measures(session: Session, plan: Plan) -> None:
    priorities = _by(session, Priority, "key")
    for each in plan["measures"]:
        about = {k: v for k, v in each.items() if k not in ("priority", "place_in_priority")}
        session.add(Measure(**about, priority=priorities.get(each.get("priority", "")), place=each.get("place_in_priority", 0)))


def _places(session: Session, plan: Plan) -> None:
    about = plan["partnership"]
    county = Area(level="county", code=about["county"] or "county", name=about["county"] or "the county")
    session.add(county)
    session.flush()
    code = about.get("district_code") or about["district"]
    session.add(Area(level="district", code=code, name=about["district"], parent_id=county.id))
    session.add_all(Area(level="beat", code=each["code"], name=each["name"]) for each in plan.get("beats", []))
    session.add_all(PlaceWord(word=each["word"].lower(), names=each["places"]) for each in plan.get("nicknames", []))


def take_assessment(session: Session, partnership: Partnership, text: str, at: datetime) -> int:
    """Keep every figure of a strategic assessment as printed; returns how many rows."""
    measures, areas = _by(session, Measure, "key"), _by(session, Area, "name")
    load = Load(
        kind="published",
        file=partnership.document,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        at=at,
        marking="Open Government Licence v3.0",
        outcome="kept",
    )
    session.add(load)
    session.flush()
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        session.add(_published(row, load, partnership.document, measures, areas))
    load.taken = len(rows)
    return len(rows)


def _published(row: Mapping[str, str], load: Load, document: str, measures: Mapping[str, Measure], areas: Mapping[str, Area]) -> Published:
    current, before = _read(float, row["current"]), _read(float, row["before"])
    counts = [value for value in (current, before) if value is not None and value == int(value) and value >= 0]
    plain = {k: row[k] for k in row if k not in ("measure", "place", "beat") and k not in READ}
    return Published(
        load_id=load.id,
        document=document,
        measure=measures[row["measure"]],
        area=areas[row["place"]],
        chance=e_test(int(counts[0]), int(counts[1])) if len(counts) == 2 else None,
        **{column: _read(kind, row[column]) for column, kind in READ.items()},
        **plain,
    )


READ: dict[str, Callable[[str], Any]] = {
    "first": month_from,
    "last": month_from,
    "before_first": month_from,
    "before_last": month_from,
    "current": float,
    "before": float,
    "rate": float,
    "msg_rate": float,
}


def _read(kind: Callable[[str], Any], text: str) -> Any:
    return kind(text.replace(",", "")) if text.strip() else None
