"""Reading look-ups and boundaries of places, as the Office for National Statistics publishes them.

Columns are recognised by name in any vintage: LSOA21CD, lsoa21_code, LSOA 2021 Code, WD24NM, ward24_name, LAD24CD …
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from models.base import Refusal

COLUMN = re.compile(r"^(lsoa|ward|wd|lad|ltla|csp|pfa)_?(?:20)?(\d\d)?_?(cd|nm|code|name)(?:_.*)?$")
SAME = {"wd": "ward", "ltla": "lad", "cd": "code", "nm": "name"}
RESIDENTS = re.compile(r"resident|population|persons|^total$", re.I)
HOUSEHOLDS = re.compile(r"household", re.I)


@dataclass
class Lookup:
    """One file, read: what kind it is and its rows under the names used here (`lsoa21_code`, `ward_name` …)."""

    path: Path
    kind: str
    rows: list[dict[str, str]] = field(default_factory=list)


def read(path: Path) -> Lookup:
    """Read a look-up or a GeoJSON file and tell by its columns what it is."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{path.name} is not text in UTF-8. Expected a CSV look-up or a GeoJSON file; save it as 'CSV UTF-8'.") from None
    except OSError as error:
        raise Refusal(f"I cannot read {path}: {error.strerror}.") from error
    return _geojson(path, text) if text.lstrip().startswith("{") else _csv(path, text)


def _csv(path: Path, text: str) -> Lookup:
    try:
        rows = [row for row in csv.DictReader(io.StringIO(text)) if any(row.values())]
    except csv.Error as error:
        raise Refusal(f"{path.name} is no CSV look-up ({error}). Expected a table with a row of headings.") from None
    headings = list(rows[0]) if rows else []
    renamed = {heading: _column(heading) for heading in headings if heading}
    columns = set(renamed.values())
    plain = [{renamed[key]: (value or "").strip() for key, value in row.items() if key in renamed} for row in rows]
    if {"lsoa11_code", "lsoa21_code"} <= columns:
        return Lookup(path, "changes", plain)
    if {"lsoa21_code", "ward_code", "ward_name", "lad_code", "lad_name"} <= columns:
        return Lookup(path, "wards", plain)
    if "lsoa21_code" in columns and columns & {"residents", "households"} and not columns & {"ward_code", "ward_name"}:
        return Lookup(path, "residents", plain)
    if "lsoa21_code" not in columns and {"lad_code", "pfa_name"} <= columns:
        return Lookup(path, "districts", plain)
    if {"beat", "name"} <= columns:
        return Lookup(path, "beats", plain)
    raise Refusal(
        f"{path.name} is no look-up that I know. Its columns are {', '.join(headings) or 'none'}. Expected LSOA 2021 with ward and "
        "district (names and codes), LSOA 2011 with LSOA 2021, LSOA 2021 with residents or households, districts with police force "
        "areas, beat with name, or a GeoJSON file."
    )


def _column(heading: str) -> str:
    """The name used here for a column of any vintage; the heading itself when it is none of ours."""
    plain = heading.strip().lower()
    if found := COLUMN.match(plain.replace(" ", "_")):
        what, vintage, kind = found[1], found[2] or "", found[3]
        what = SAME.get(what, what)
        return f"{what}{(vintage or '21') if what == 'lsoa' else ''}_{SAME.get(kind, kind)}"
    if HOUSEHOLDS.search(plain):
        return "households"
    if RESIDENTS.search(plain):
        return "residents"
    if plain in ("chgind", "change", "change_code"):
        return "change"
    if plain in ("beat", "beat_code"):
        return "beat"
    return "name" if plain.startswith(("name", "beat_name")) else plain


def _geojson(path: Path, text: str) -> Lookup:
    try:
        features = [(feature["properties"] or {}, feature["geometry"]) for feature in json.loads(text)["features"]]
    except (json.JSONDecodeError, KeyError, TypeError, RecursionError):
        raise Refusal(f"{path.name} looks like JSON but is no GeoJSON: expected a FeatureCollection with 'features'.") from None
    rows = []
    for properties, geometry in features:
        named = {_column(key): str(value) for key, value in properties.items()}
        code = named.get("lsoa21_code") or named.get("ward_code") or named.get("lad_code") or ""
        level = "lsoa" if "lsoa21_code" in named else "ward" if "ward_code" in named else "district"
        rows.append({"code": code, "level": level, "geometry": json.dumps(geometry)})
    if not any(row["code"] for row in rows):
        raise Refusal(f"{path.name} has no area codes. Expected properties such as LSOA21CD, WD24CD or LAD24CD.")
    return Lookup(path, "boundaries", rows)
