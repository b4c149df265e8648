"""Calendars at the terminal: meetings loaded from an iCalendar file, and written to one."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.asking import Asked, ask
from bot.exporting import refuse_unwritable, write
from bot.running import agreed, clock
from bot.terminal import console, draw
from commands import Enquiry
from commands.meetings.loading import preview
from commands.plan.sight import Sight
from commands.reply import Reply, counted
from commands.words import listed
from models.base import Refusal
from models.groups import Group
from models.partnership import Partnership
from models.people import Person
from models.store import Store


def load_meetings(store: Store, partnership: Partnership, options: argparse.Namespace, path: Path) -> int:
    """Read a file, say what would change, and change it where somebody says so; 2 where nothing was kept."""
    now = clock(options.at, partnership.timezone)
    with store.session(partnership.id, writing=True) as session:
        person = Person.named(options.person, session)
        reply, number = preview(path, Enquiry("", person, now(), where="terminal"), session, options.group)
    console().print(draw(reply)[0])
    if not number:
        return 2
    if not (options.yes or agreed("Load them? [y/N] ")):
        said = f'Nothing is kept yet. To keep them: jagbot ask "/meeting yes {number}"; or load the file again with --yes.'
        console(stderr=True).print(said, style="yellow", markup=False)
        return 2
    asked = Asked(f"/meeting yes {number}", now(), typed="")
    kept = ask(store, partnership.id, lambda session: Person.named(options.person, session), asked)
    console().print(draw(kept)[0])
    return 2 if kept.refused else 0


def export_calendar(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Write the meetings of the groups that somebody sees, or of some of them, to a file."""
    from bot.feeds import of_groups

    path = Path(options.path)
    refuse_unwritable(path, options.force, "I write iCalendar files", "meetings.ics", ".ics")
    now = clock(options.at, partnership.timezone)()
    with store.session(partnership.id) as session:
        sight = Sight.of(Enquiry("", Person.named(options.person, session), now), session)
        groups = [_named(word, sight) for word in options.words] or list(sight.groups)
        data = of_groups(groups, now, session)
    write(path, data)
    number = counted(data.count(b"BEGIN:VEVENT"), "meeting")
    console().print(draw(Reply(f"{path} is written", f"{number} of {listed([group.name for group in groups])}."))[0])
    return 0


def _named(word: str, sight: Sight) -> Group:
    found = sight.group_named(word)
    if found is None:
        raise Refusal(
            f"I know no group called {word!r}. I know {listed([each.name for each in sight.groups]) or 'none'}. Nothing was written."
        )
    return found
