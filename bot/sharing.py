"""Shares an answer in the channel where it was asked, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select

from bot.blockkit import draw
from bot.speaking import Place, Speaking
from commands.reply import Note, Reply, press
from models.heard import Shared
from models.people import Person
from models.store import Store

NOT_IN_CHANNEL = Reply("Not shared", "I am not in this channel. Invite me with /invite @jagbot, and press Share here again.", refused=True)
TAKEN_BACK = Reply("Taken back", "It is gone from the channel.")
NOT_TAKEN_BACK = Reply("Not taken back", "Only who shared it can, and only once.", refused=True)


class Sharing:
    """What people of a partnership share in channels, and whose it is."""

    def __init__(self, store: Store, partnership_id: int, speaking: Speaking, now: Callable[[], datetime]) -> None:
        self.store, self.partnership_id, self.speaking, self.now = store, partnership_id, speaking, now

    def share(self, person: Person, place: Place, reply: Reply) -> Reply:
        """Post a reply for all, and give who shared it the means to take it back."""
        shared = reply.but(parts=(*reply.parts, Note(f"Shared by {person.handle}.")))
        posted = self.speaking.openly(place, draw(shared)[0], lambda: draw(shared, plain=True)[0])
        if posted is None:
            return NOT_IN_CHANNEL
        with self.store.session(self.partnership_id) as session:
            kept = Shared(person_id=person.id, channel=posted[0], ts=" ".join(posted[1]), at=self.now())
            session.add(kept)
        return Reply("Shared here", "Everybody in this channel can see it.", press(("Take back", f"take-back {kept.id}")))

    def take_back(self, person: Person, number: int) -> Reply:
        """Delete a shared answer; only who shared it may."""
        with self.store.session(self.partnership_id) as session:
            shared = session.scalar(select(Shared).where(Shared.id == number, Shared.person_id == person.id))
        if shared is None:
            return NOT_TAKEN_BACK
        # While the record stands it can be pressed again, so the messages go first.
        self.speaking.delete(shared.channel, shared.ts.split())
        with self.store.session(self.partnership_id) as session:
            session.execute(delete(Shared).where(Shared.id == number))
        return TAKEN_BACK
