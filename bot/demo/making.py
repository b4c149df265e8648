"""Makes the demo: the example, its figures, the year behind it, and a workspace in which all of that was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.asking import Asked, ask
from bot.blockkit import draw
from bot.demo.behind import Behind
from bot.demo.clock import BEGINS
from bot.demo.later import moved
from bot.demo.people import settle_the_partnership
from bot.demo.year import Said, live, the_year
from bot.workspace.core import BOT, BOT_ID, Workspace
from bot.workspace.settling import channel_id, person_id
from commands.reply import Note
from models.partnership import Partnership
from models.people import Person
from models.sources.founding import make_example
from models.store import Store

if TYPE_CHECKING:
    from bot.demo.given import Given

MADE, SHARE = "made", "share "
SIMULATED = "Published figures are the assessment's own. Figures by month and beat are a simulated spread of published totals."


def make(store: Store, workspace: Workspace, given: Given | None = None, now: datetime = BEGINS) -> Partnership:
    """The demo as it is at its beginning; what is made already is left as it is.

    With files `given` their figures take the place of the simulated spread, and the year is moved up to end by `now`.
    """
    partnership, _ = make_example(store, now)
    if workspace.state.get("kept", MADE):
        return partnership
    _figures(store, partnership, given, now)
    with store.session(partnership.id) as session:
        settle_the_partnership(workspace, session)
        year = moved(the_year(partnership.timezone), now, session)
    if not given:
        year.append(Said(year[-1].at, "coordinator", "general", SIMULATED))
    _live(store, workspace, partnership, year, now)
    workspace.state.put("kept", MADE, {"at": now.isoformat(), "real": given.hash if given else ""})
    return partnership


def _figures(store: Store, partnership: Partnership, given: Given | None, now: datetime) -> None:
    if given is None:
        from models.sources.spread.loading import load_spread

        load_spread(store, partnership, now)
        return
    from models.sources.areas import load_areas
    from models.sources.street import load_street

    load_areas(store, partnership, given.places, now)
    load_street(store, partnership, given.street, now)


def _live(store: Store, workspace: Workspace, partnership: Partnership, year: Sequence[Said], now: datetime) -> None:
    """What was asked, what was said in channels and what the cycle sent, each at its time; read by all."""
    clock, refs = workspace.clock, dict[str, str]()
    behind = Behind(store, partnership.id, workspace, now)
    try:
        with workspace.quietly():
            for said in year:
                behind.until(said.at)
                if said.asks:
                    live(store, partnership.id, said, refs)
                    continue
                workspace.clock = partial(_standing, said.at)
                _say(store, workspace, partnership, said)
            behind.until(now)
    finally:
        workspace.clock = clock
    for person in workspace.state.all("person"):
        for channel in workspace.state.channels_of(person["id"]):
            workspace.state.read(channel, person["id"], workspace.state.last_ts())


def _standing(at: datetime) -> datetime:
    """A clock that stands."""
    return at


def _say(store: Store, workspace: Workspace, partnership: Partnership, said: Said) -> None:
    channel = channel_id(said.where)
    if not said.words.startswith(SHARE):
        workspace.post(channel, {"user": person_id(said.who), "text": said.words})
        return
    asked = Asked(said.words.removeprefix(SHARE), said.at, "here", where=f"#{said.where}")
    reply = ask(store, partnership.id, lambda session: Person.named(said.who, session), asked)
    for message in draw(reply.but(parts=(*reply.parts, Note(f"Shared by {said.who}."))))[0]:
        workspace.post(channel, {"user": BOT, "bot_id": BOT_ID, **message})
