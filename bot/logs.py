"""Logs of actions at the terminal: one read, read back and kept; and the plan written to a workbook."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sqlalchemy.orm import Session

from bot.asking import Asked, ask
from bot.running import clock, somebody_there
from bot.terminal import console, draw
from commands import Enquiry
from commands.reply import Document, Reply, counted
from models.base import Refusal
from models.drafts import Draft
from models.partnership import Partnership
from models.people import Person
from models.store import Store


def load_actions(store: Store, partnership: Partnership, options: argparse.Namespace, path: Path) -> int:
    """Read a log, say what would be kept, and keep it where somebody says so; 2 where nothing was kept."""
    from commands.plan.drafting import from_file

    now = clock(options.at, partnership.timezone)
    with store.session(partnership.id, writing=True) as session:
        person = Person.named(options.person, session)
        preview, number = from_file(path, Enquiry("", person, now(), where="terminal"), session, options.group)
        draft = session.get(Draft, number)
        rows = len(draft.rows) if draft else 0
    console().print(draw(preview)[0])
    save = next((button.label for button in preview.asks if button.asks == f"/action keep {number}"), "")
    if not save or not (options.yes or _agreed(f"{_asking(save, rows)} [y/N] ")):
        console(stderr=True).print(_not_kept(number, bool(save)), style="yellow", markup=False)
        return 2
    kept = ask(store, partnership.id, lambda session: Person.named(options.person, session), Asked(f"/action keep {number}", now()))
    console().print(draw(kept)[0])
    return 2 if kept.refused or kept.form else 0


def _asking(save: str, rows: int) -> str:
    """ "Save the 3 that are clear?", "Load these 4 actions?": what would be loaded, as the button has it."""
    return f"{save}?" if "clear" in save else f"Load these {counted(rows, 'action')}?"


def _not_kept(number: int, clear: bool) -> str:
    if not clear:
        return f'Nothing is kept: every row has something to be asked. Mend the file, or a row: jagbot ask "/action draft {number}"'
    return f'Nothing is kept yet. To keep them: jagbot ask "/action keep {number}"; or load the file again with --yes.'


def _agreed(question: str) -> bool:
    """Whether somebody is there, and says yes."""
    if not somebody_there():
        return False
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def export_actions(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Write the plan, as far as somebody sees it, to a workbook. A file that is there already is left unless somebody says otherwise."""
    path = Path(options.path)
    _refuse_unwritable(path, options.force)

    def who(session: Session) -> Person:
        return Person.named(options.person, session)

    at = clock(options.at, partnership.timezone)()
    reply = ask(store, partnership.id, who, Asked(" ".join(["/action export", *options.words]), at))
    document = next((part for part in reply.parts if isinstance(part, Document)), None)
    if document is None or reply.refused:
        console(stderr=True).print(draw(reply)[0])
        return 2
    write(document, path)
    others = [part for part in reply.parts if part is not document]
    console().print(draw(Reply(f"{path} is written", reply.summary, *others))[0])
    return 0


def _refuse_unwritable(path: Path, force: bool) -> None:
    if path.suffix.lower() != ".xlsx":
        raise Refusal(f"I write .xlsx workbooks, and {path.name!r} is none. Name it such as plan.xlsx. Nothing was written.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Nothing was written.")
    if path.is_dir():
        raise Refusal(f"{path} is a folder. Name a file such as plan.xlsx. Nothing was written.")
    if path.exists() and not force and not _agreed(f"{path} is there already. Write over it? [y/N] "):
        raise Refusal(f"{path} is there already. Give another name, or write over it with --force. Nothing was written.")


def write(document: Document, path: Path) -> None:
    """Write a document whole or not at all: beside where it goes, and then into its place."""
    from bot.documents import workbook

    beside = path.with_name(f".{path.stem}-{os.getpid()}.xlsx")
    try:
        beside.write_bytes(workbook(document))
        beside.replace(path)
    except OSError as error:
        raise Refusal(f"I cannot write {path}: {error.strerror}. Nothing was written.") from error
    finally:
        beside.unlink(missing_ok=True)
