"""Files inside zips and folders, opened within bounds: the national archive is large and legitimate, a zip bomb is not."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.base import Refusal

MEMBER = 256 << 20  # bytes; the largest force's month is about 30 MB
IN_ALL = 32 << 30  # bytes; the national archive's street files are about 5 GB
RATIO = 100  # street files compress five to ten times
BLOCK = 1 << 20


@dataclass(frozen=True)
class Member:
    """A street file: a path of its own, or a name inside a zip."""

    name: str
    path: Path
    inside: zipfile.ZipInfo | None = None


def street_members(path: Path) -> Iterator[Member]:
    """The street files at a path, oldest first. A CSV named outright is taken at its word."""
    if path.is_dir():
        found = sorted(path.rglob("*-street.csv"), key=lambda each: each.name)
        yield from (Member(each.name, each) for each in found)
    elif not path.exists():
        raise Refusal(f"There is no {path}. Expected a zip, a folder or a CSV file.")
    elif zipfile.is_zipfile(path):
        yield from _of_zip(path)
    elif path.suffix.lower() == ".zip":
        raise Refusal(f"{path.name} is not a whole zip file: it may be cut short. Download it again.")
    else:
        yield Member(path.name, path)


def _of_zip(path: Path) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if info.filename.endswith("-street.csv")]
    except (zipfile.BadZipFile, OSError) as error:
        raise Refusal(f"{path.name} is not a whole zip file ({error}). Download it again.") from None
    infos = [within_bounds(info) for info in infos]
    if sum(info.file_size for info in infos) > IN_ALL:
        raise Refusal(f"{path.name} would unpack to more than {IN_ALL >> 30} GB. Expected at most the national archive.")
    yield from (Member(info.filename, path, info) for info in sorted(infos, key=lambda each: each.filename.split("/")[-1]))


def within_bounds(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The member, refused when it says it is larger, or more tightly packed, than a month of a force can be."""
    if info.file_size > MEMBER or info.file_size > RATIO * max(info.compress_size, 1024):
        raise Refusal(
            f"{info.filename} says it unzips from {info.compress_size:,} to {info.file_size:,} bytes, which no month of a force does. "
            f"I take up to {MEMBER:,} bytes, and {RATIO} times. Nothing was changed."
        )
    return info


@contextmanager
def extract(member: Member, folder: Path) -> Iterator[tuple[Path, int, int]]:
    """The member as a file on disk, with its CRC-32 and size; a copy out of a zip is removed afterwards."""
    if member.inside is None:
        yield member.path, *_checksum(member.path)
        return
    target = folder / "street.csv"
    try:
        with zipfile.ZipFile(member.path) as archive, archive.open(member.inside) as source, target.open("wb") as sink:
            while block := source.read(BLOCK):
                sink.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refusal(f"{member.name} cannot be read out of {member.path.name} ({error}). Download it again.") from None
    try:
        yield target, member.inside.CRC, member.inside.file_size
    finally:
        target.unlink(missing_ok=True)


def _checksum(path: Path) -> tuple[int, int]:
    crc = size = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            crc, size = zlib.crc32(block, crc), size + len(block)
    return crc, size
