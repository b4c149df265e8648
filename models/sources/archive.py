"""One force's street files, read out of police.uk's archive of every force without fetching the rest of it.

`BASE/data/archive/YYYY-MM.zip` is about 1.6 GB: 36 months of every force, each new one free to revise all of them.
A middling force's month is about 0.4 MB of it (2 MB unzipped), so its members are read by HTTP range; from a server
that sends no parts the whole is fetched once. Proxies and private certificate authorities are the environment's
(HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE). `requests` and `remotezip` are imported when something is asked for.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

from models.base import Refusal
from models.figures.months import iso
from models.near import nearest
from models.sources.bounded import within_bounds
from models.sources.line import PATIENT, UNCHANGED, Line, Patience, reason

if TYPE_CHECKING:
    pass

STREET = re.compile(r"(\d{4})-(0[1-9]|1[0-2])/\1-\2-([a-z0-9-]+)-street\.csv")
MOST_MONTHS = 120

Made = TypeVar("Made")


@dataclass(frozen=True)
class Member:
    """One month of a force in an archive: `month` counts months, year * 12 + month - 1; `size` is bytes, unzipped."""

    month: int
    name: str
    crc: int
    size: int


def newest_archive(base: str, now: datetime, asked: int | None = None, patience: Patience = PATIENT) -> str:
    """The address of the newest archive of the six months before `now`, or of the month `asked`; refused if none."""
    this = now.year * 12 + now.month - 1
    looked: list[str] = []
    with Line(patience) as line:
        for month in range(this - 1, this - 7, -1) if asked is None else [asked]:
            url = f"{base.rstrip('/')}/data/archive/{iso(month)}.zip"
            if (status := line.status(url)) < 300:
                return url
            looked.append(f"{iso(month)}.zip ({status})")
    raise Refusal(
        f"police.uk has none of the archives I looked for: {', '.join(looked)}. "
        "It publishes a month 4 to 8 weeks after its end. Nothing was changed."
    )


class Archive:
    """An archive of police.uk, read in parts where its server sends them and fetched whole where not.

    `folder` takes the street files, and the whole archive while one is needed. `progress(done, total)` is told the
    bytes of a whole archive as they come; the total is 0 where the server gives none. `remarks` says, in sentences,
    what was out of the usual.
    """

    def __init__(self, url: str, folder: Path, progress: Callable[[int, int], None] | None = None, patience: Patience = PATIENT) -> None:
        self.url, self.folder, self.remarks = url, folder, list[str]()
        self._progress, self._patience, self._line = progress, patience, Line(patience)
        self._zip: zipfile.ZipFile | None = None
        self._whole: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shut()
        self._line.__exit__()
        if self._whole:
            self._whole.unlink(missing_ok=True)

    @property
    def received(self) -> int:
        """Bytes that came over the line so far."""
        return self._line.received

    def members(self, force: str) -> list[Member]:
        """The force's street files, oldest first. A force that is not there is refused with the names near to it."""
        held = self._patiently(lambda zipped: list(zipped.NameToInfo.values()))
        streets = [(found, info) for info in held if (found := STREET.fullmatch(info.filename))]
        of_force = [(found, within_bounds(info)) for found, info in streets if found[3] == force]
        if not of_force:
            raise _unknown(force, self.url, {found[3] for found, _ in streets})
        if len(of_force) > MOST_MONTHS:
            raise Refusal(f"{self.url} holds {len(of_force)} months of {force}: I take at most {MOST_MONTHS}.")
        return sorted((_member(found, info) for found, info in of_force), key=lambda member: member.month)

    def fetch(self, member: Member) -> Path:
        """The street file in `folder`, its CRC-32 agreeing with the archive's; nothing half-written is left."""
        path = self.folder / Path(member.name).name
        part = path.with_suffix(".part")
        try:
            self._patiently(lambda zipped: self._extract(zipped, member, part))
            return part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _extract(self, zipped: zipfile.ZipFile, member: Member, part: Path) -> None:
        info = zipped.NameToInfo.get(member.name)
        if info is None or (info.CRC, info.file_size) != (member.crc, member.size):
            raise Refusal(f"{self.url} was replaced while it was being read. {UNCHANGED}")
        with zipped.open(within_bounds(info)) as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)  # zipfile checks the CRC, and stops at the size but not short of it
        if part.stat().st_size != member.size:
            raise zipfile.BadZipFile(f"Bad size for file '{member.name}'")

    def _patiently(self, work: Callable[[zipfile.ZipFile], Made], tried: int = 0) -> Made:
        """What `work` makes of the archive, opened anew when it broke off; a whole one is not fetched twice."""
        try:
            self._zip = self._zip or self._opened()
            return work(self._zip)
        except _faults() as fault:
            self._shut()
            if self._whole or tried == self._patience.again:
                why = f"{self.url} cannot be read ({reason(fault)})"
                raise Refusal(f"{why}. {UNCHANGED}") from fault
        time.sleep(self._patience.pause * 2**tried)
        return self._patiently(work, tried + 1)

    def _opened(self) -> zipfile.ZipFile:
        from remotezip import RangeNotSupported, RemoteZip

        try:
            opened: zipfile.ZipFile = RemoteZip(self.url, session=self._line)
        except RangeNotSupported:
            self._whole = self.folder / f"{Path(urlsplit(self.url).path).name}.whole"
            self._fetch_whole(self._whole)
            opened = zipfile.ZipFile(self._whole)
        return opened

    def _shut(self) -> None:
        if self._zip:
            self._zip.close()
        self._zip = None

    def _fetch_whole(self, path: Path) -> None:
        """The whole archive in one file; a body shorter than its Content-Length is a fault (urllib3 sees to it)."""
        answer = self._line.get(self.url)
        total, done, md5 = int(answer.headers.get("Content-Length", 0)), 0, hashlib.md5(usedforsecurity=False)
        if total > (free := shutil.disk_usage(self.folder).free):
            raise Refusal(f"{self.url} must be fetched whole, {_gb(total)}, and {self.folder} has room for {_gb(free)}.")
        with path.open("wb") as target:
            for piece in answer.iter_content(2**20):
                target.write(piece)
                md5.update(piece)
                done += len(piece)
                if self._progress:
                    self._progress(done, total)
        checked = self._agrees(md5.hexdigest())
        self.remarks.append(f"police.uk sent no parts, so the whole archive was fetched, {_gb(done)}; {checked}.")

    def _agrees(self, md5: str) -> str:
        """A word on the MD5 that the page beside the archive publishes; one that differs is refused."""
        folder, _, name = self.url.rpartition("/")
        try:
            page = self._line.get(f"{folder}/").text
        except (Refusal, OSError):
            return "its MD5 could not be checked, the page that publishes it was not to be had"
        rows = [row for row in re.split(r"<(?:tr|li|dt|p)\b", page, flags=re.I) if name in row]
        published = {found.lower() for row in rows for found in re.findall(r"\b[0-9a-fA-F]{32}\b", row)}
        if published and md5 not in published:
            theirs = ", ".join(sorted(published))
            raise Refusal(f"{self.url} came with the MD5 {md5}, where police.uk publishes {theirs}. {UNCHANGED}")
        return "its MD5 is the one published" if published else "police.uk publishes no MD5 for it"


def _member(found: re.Match[str], info: zipfile.ZipInfo) -> Member:
    return Member(int(found[1]) * 12 + int(found[2]) - 1, info.filename, info.CRC, info.file_size)


def _unknown(force: str, url: str, held: Iterable[str]) -> Refusal:
    near = nearest(force.lower(), held)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    listed = f"I know {', '.join(sorted(held))}." if held else "It holds no street files at all."
    return Refusal(f"{url} holds no street files of '{force}'.{meant} {listed}")


def _faults() -> tuple[type[Exception], ...]:
    """What a line that broke off, or bytes that are no zip, raise in zipfile, remotezip, urllib3 and requests."""
    from remotezip import RemoteZipError
    from urllib3.exceptions import HTTPError

    no_zip = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError)
    return (RemoteZipError, HTTPError, OSError, *no_zip)  # what requests raises is an OSError too


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size > 5e7 else f"{size / 1e6:.1f} MB"
