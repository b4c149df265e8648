"""The real files that a demo is to be made of, told apart before anything is touched: street files, and look-ups of places."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.base import Refusal
from models.sources.lookups import read
from models.sources.recognised import has_street_files, is_street
from models.sources.taking import hash_of

EXPECTED = "Expected police.uk street files or zips, and look-ups of places, or folders with them in. Nothing was made."
STREET, PLACES = "police.uk street file", "look-up of LSOA 2021 to ward and district"


@dataclass(frozen=True)
class Given:
    """Files to load. Without a street file there are no figures, and without wards no place to put them."""

    street: list[Path]
    places: list[Path]

    @classmethod
    def at(cls, paths: Sequence[Path]) -> Given:
        """The files that are named, and those found in the folders that are. Refuses where a kind is lacking."""
        files = list(dict.fromkeys(file for path in paths for file in _files(path)))
        street = [file for file in files if is_street(file)]
        places = [file for file in files if file not in street]
        for kind, there in ((STREET, bool(street)), (PLACES, any(read(file).kind == "wards" for file in places))):
            if not there:
                raise Refusal(f"There is no {kind} in {', '.join(map(str, paths))}. Add one to this command, after --real. {EXPECTED}")
        return cls(street, places)

    @property
    def hash(self) -> str:
        """Of what is in the files, in whatever order they were named."""
        return ",".join(sorted(hash_of([file]) for file in [*self.street, *self.places]))


def _files(path: Path) -> Iterator[Path]:
    """A file as it is named; of a folder, what can be loaded."""
    if path.is_dir():
        yield from (found for found in sorted(path.rglob("*")) if found.is_file() and _known(found))
    else:
        yield path


def _known(found: Path) -> bool:
    match found.suffix.lower():
        case ".zip":
            return not zipfile.is_zipfile(found) or has_street_files(found)  # one that is cut short is said to be, when it is loaded
        case ".csv" | ".geojson" | ".json":
            return found.name.lower().endswith("-street.csv") or _is_lookup(found)
    return False


def _is_lookup(path: Path) -> bool:
    try:
        return bool(read(path).kind)
    except Refusal:
        return False
