"""What comes into an agenda that was posted already, by somebody's hand: it is shown in the thread, and the post is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from commands.agendas.composed import compose
from commands.agendas.new_in import new_in
from commands.agendas.posting import DETAIL, WORDS, revise
from commands.agendas.sitting import Sitting
from commands.agendas.which import Wanted, discreetly
from commands.frozen import frozen
from commands.reply import Part, Reply
from models.agendas import Agenda
from models.notices import Notice


@contextmanager
def brought_in(wanted: Wanted, what: str) -> Iterator[None]:
    """Do something to an agenda; where it was posted, its readers see what is new in it: `what` was done by who asks."""
    sitting = wanted.again().sitting()
    if not (sitting.agenda and sitting.is_posted):
        yield
        return
    before, looked_at = compose(sitting).sections, sitting.reviewed_until is not None
    yield
    fresh = wanted.again().sitting()
    after = compose(fresh).sections
    if after != before or not looked_at:
        revise(sitting.agenda, sitting.at, sitting.session)
        _show(sitting.agenda, _said(new_in(after, before), fresh, f"{what} by {fresh.called(wanted.sight.person)}"), sitting)


def _show(agenda: Agenda, said: Reply | None, sitting: Sitting) -> None:
    if said:
        about, thread = f"{WORDS} {agenda.meeting_id} {agenda.revision}", str(agenda.stamps[0])
        Notice.to_channel(agenda.channel, DETAIL, about, sitting.at, sitting.session, thread=thread, body=frozen(said))


def _said(parts: Sequence[Part], sitting: Sitting, title: str) -> Reply | None:
    private = discreetly(sitting.group, "agenda brought up to date")
    return Reply(title, *parts, summary=private or f"{title}.") if parts else None
