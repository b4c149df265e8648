"""Writes what the bot has to a file from the command line: the action plan as a workbook, papers as Word documents or Markdown."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sqlalchemy.orm import Session

from bot.asking import Asked, ask
from bot.running import agreed, clock
from bot.terminal import console, draw
from commands.reply import Document, Paper, Reply
from models.base import Refusal
from models.partnership import Partnership
from models.people import Person
from models.store import Store

WORKBOOK, WORD, MARKDOWN = ".xlsx", ".docx", ".md"
PAPERS = {"agenda": "/agenda export", "minutes": "/meeting minutes file"}  # what each kind of paper is asked for with


def export_actions(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Write the plan, as far as somebody sees it, to a workbook."""
    path = Path(options.path)
    refuse_unwritable(path, options.force, f"I write {WORKBOOK} workbooks", f"plan{WORKBOOK}", WORKBOOK)
    return _export(f"/action export {' '.join(options.words)}".strip(), path, store, partnership, options)


def export_paper(store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    """Write an agenda or minutes to a Word document, or as Markdown. The file comes last: jagbot export agenda jag FILE.docx."""
    *words, file = options.words
    path = Path(file)
    said = f"I write {WORD} and {MARKDOWN} files"
    refuse_unwritable(path, options.force, said, f"jag-{options.kind}{WORD}", WORD, MARKDOWN)
    return _export(f"{PAPERS[options.kind]} {' '.join(words)}".strip(), path, store, partnership, options)


def _export(line: str, path: Path, store: Store, partnership: Partnership, options: argparse.Namespace) -> int:
    def who(session: Session) -> Person:
        return Person.named(options.person, session)

    reply = ask(store, partnership.id, who, Asked(line, clock(options.at, partnership.timezone)()))
    part = next((part for part in reply.parts if isinstance(part, Document | Paper)), None)
    if part is None or reply.refused:
        console(stderr=True).print(draw(reply)[0])
        return 2
    write(path, _bytes(part, path))
    others = [each for each in reply.parts if each is not part]
    console().print(draw(Reply(f"{path} is written", reply.summary, *others))[0])
    return 0


def _bytes(part: Document | Paper, path: Path) -> bytes:
    if isinstance(part, Paper) and path.suffix.lower() == MARKDOWN:
        from bot.markdown import markdown

        return markdown(part).encode()
    from bot.filed import filed

    return filed(part)[1]


def refuse_unwritable(path: Path, force: bool, writes: str, example: str, *endings: str) -> None:
    """Refuse a file that cannot be written, or is there already and is to stay."""
    if path.suffix.lower() not in endings:
        raise Refusal(f"{writes}, and {path.name!r} is none. Name it such as {example}. Nothing was written.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Nothing was written.")
    if path.is_dir():
        raise Refusal(f"{path} is a folder. Name a file such as {example}. Nothing was written.")
    if path.exists() and not force and not agreed(f"{path} is there already. Write over it? [y/N] "):
        raise Refusal(f"{path} is there already. Give another name, or write over it with --force. Nothing was written.")


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside where it goes, and then into its place."""
    beside = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise Refusal(f"I cannot write {path}: {error.strerror}. Nothing was written.") from error
    finally:
        beside.unlink(missing_ok=True)
