"""Logs of actions at the terminal: one read, read back and kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.asking import Asked, ask
from bot.running import agreed, clock
from bot.terminal import console, draw
from commands import Enquiry
from commands.reply import counted
from models.drafts import Draft
from models.partnership import Partnership
from models.people import Person
from models.store import Store


def load_actions(store: Store, partnership: Partnership, options: argparse.Namespace, path: Path) -> int:
    """Read a log, say what would be kept, and keep it where somebody says so; 2 where nothing was kept of what there is to keep."""
    from commands.plan.drafting import from_file

    now = clock(options.at, partnership.timezone)
    with store.session(partnership.id, writing=True) as session:
        person = Person.named(options.person, session)
        preview, number = from_file(path, Enquiry("", person, now(), where="terminal"), session, options.group)
        draft = session.get(Draft, number)
        rows = len(draft.rows) if draft else 0
    console().print(draw(preview)[0])
    if draft is None:
        return 0  # all of it is held already
    save = next((button.label for button in preview.asks if button.asks == f"/action keep {number}"), "")
    if not save or not (options.yes or agreed(f"{_asking(save, rows)} [y/N] ")):
        console(stderr=True).print(_not_kept(number, bool(save)), style="yellow", markup=False)
        return 2
    asked = Asked(f"/action keep {number}", now(), typed="")
    kept = ask(store, partnership.id, lambda session: Person.named(options.person, session), asked)
    console().print(draw(kept)[0])
    return 2 if kept.refused or kept.form else 0


def _asking(save: str, rows: int) -> str:
    """ "Load the 3 that are clear?", "Load these 4 actions?": what would be loaded, as the button has it."""
    return f"{save}?" if "clear" in save else f"Load these {counted(rows, 'action')}?"


def _not_kept(number: int, clear: bool) -> str:
    if not clear:
        return f'Nothing is kept: every row has something to be asked. Mend the file, or a row: jagbot ask "/action draft {number}"'
    return f'Nothing is kept yet. To keep them: jagbot ask "/action keep {number}"; or load the file again with --yes.'
