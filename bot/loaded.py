"""What a load did, as a reply: the same in a terminal and in chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.reply import Reply, Table, counted

if TYPE_CHECKING:
    from models.sources.taking import Taken


def report(loads: Sequence[Taken]) -> Reply:
    """What was taken, skipped and why, a section a file."""
    changed = any(each.changed for each in loads)
    rows = [[each.file, each.taken, each.skipped, "kept" if each.changed else "nothing new"] for each in loads]
    said = [sentence for each in loads for sentence in each.said]
    return Reply(
        "Loaded" if changed else "Nothing new: what is held stays as it is",
        Table(["File", "Taken", "Skipped", "Outcome"], rows),
        *said,
        summary=f"{counted(len(loads), 'file')}: {' '.join(said)}",
    )
