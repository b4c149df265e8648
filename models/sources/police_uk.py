"""The force's months out of police.uk's rolling archive: all of them the first time, later what is new or was revised."""

from __future__ import annotations

import hashlib
import re
import tempfile
from datetime import datetime
from pathlib import Path

from models.base import Refusal
from models.figures.months import Period, iso, month_from
from models.partnership import Partnership
from models.sources.archive import Archive, Member, newest_archive
from models.sources.street import Streets
from models.sources.taking import OGL, Progress, Taken, Taking, Then, unseen
from models.store import Store

RANGE = re.compile(r"^(\d{4}-\d{2})(?:\s*(?:\.\.|to)\s*(\d{4}-\d{2}))?$")


def load_from_police_uk(
    store: Store, partnership: Partnership, base: str, asked: str, at: datetime, progress: Progress = unseen, then: Then | None = None
) -> Taken:
    """Fetch and take in one force's street files. `asked` is empty for all that is new, LAST, or months such as 2025-01..2025-12.

    A file that is held just as the archive has it, by its checksum, is not fetched again. `then` is done in the transaction that takes
    what is new into use.
    """
    wanted = months_asked(asked)
    url = newest_archive(base, at)
    file = url.rpartition("/")[2]
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive(url, Path(folder), lambda done, total: progress(done, total, "fetching the whole archive")) as archive,
    ):
        members = chosen(archive.members(partnership.force), asked, wanted)
        about = {"hash": hash_of_members(members), "marking": OGL}
        with Taking(store, partnership.id, "archive", file, at, then, **about) as taking:
            return _take(Streets(store, partnership, taking), archive, members, wanted, file, progress)


def hash_of_members(members: list[Member]) -> str:
    """SHA-256 over the checksums that the archive gives of a force's files: the archive itself is never read whole."""
    return hashlib.sha256("".join(f"{m.name} {m.crc:08x} {m.size}\n" for m in members).encode()).hexdigest()


def _take(streets: Streets, archive: Archive, members: list[Member], wanted: Period | None, file: str, progress: Progress) -> Taken:
    """Fetch and take the members that are not held just so."""
    feed = f"police.uk/{streets.partnership.force}"
    new = [member for member in members if not streets.unchanged(feed, member.month, streets.mark(member.crc, member.size))]
    streets.again += len(members) - len(new)
    for number, member in enumerate(new):
        progress(number, len(new), iso(member.month))
        path = archive.fetch(member)
        streets.take(path, member.name.rpartition("/")[2], member.crc, member.size)
        path.unlink()
    taken = streets.report(f"police.uk {file}")
    if wanted and len(members) < len(wanted):
        taken.said.append(f"The archive has {len(members)} of the {len(wanted)} months asked for.")
    taken.said += [*archive.remarks, f"{archive.received / 1e6:.1f} MB came over the line."]
    streets.taking.finish(taken)
    return taken


def months_asked(asked: str) -> Period | None:
    """The months of "2025-01..2025-12"; None for all of them and for LAST."""
    if asked.upper() in ("", "LAST"):
        return None
    found = RANGE.match(asked.strip())
    try:
        if not found:
            raise ValueError(asked)
        period = Period(month_from(found[1]), month_from(found[2] or found[1]))
    except ValueError:
        raise Refusal(f"{asked!r} is no range of months. Expected LAST, 2025-03 or 2025-01..2025-12.") from None
    if period.first > period.last:
        raise Refusal(f"{asked!r} ends before it begins. Expected the earlier month first.")
    return period


def chosen(members: list[Member], asked: str, wanted: Period | None) -> list[Member]:
    """The months to take, of those the archive has."""
    if asked.upper() == "LAST":
        return members[-1:]
    if wanted is None:
        return members
    kept = [member for member in members if wanted.first <= member.month <= wanted.last]
    if not kept:
        raise Refusal(
            f"The archive has no month of {wanted}. It has {iso(members[0].month)} to {iso(members[-1].month)}: 36 months at a time."
        )
    return kept
