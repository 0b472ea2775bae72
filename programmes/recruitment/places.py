"""Places in the United Kingdom: the 12 regions, and a town for each postcode area with its rough position.

Positions are those of town centres to about a kilometre: enough to say "20 miles apart", not to find a street.
"""

import csv
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGIONS = {
    "east": "East of England",
    "east-midlands": "East Midlands",
    "london": "London",
    "north-east": "North East",
    "north-west": "North West",
    "northern-ireland": "Northern Ireland",
    "scotland": "Scotland",
    "south-east": "South East",
    "south-west": "South West",
    "wales": "Wales",
    "west-midlands": "West Midlands",
    "yorkshire": "Yorkshire and the Humber",
    "elsewhere": "Outside the United Kingdom",
}
POSTCODE = re.compile(r"([a-z]{1,2})\d[a-z\d]?(\s*\d[a-z]{2})?", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    name: str
    region: str
    latitude: float
    longitude: float


@functools.cache
def towns() -> dict[str, Place]:
    """Known towns by name and by postcode area, both folded."""
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        place = Place(row["name"], row["region"], float(row["latitude"]), float(row["longitude"]))
        found[fold(row["name"])] = place
        if row["area"]:
            found[fold(row["area"])] = place
    return found


def fold(name: str) -> str:
    """Case, dots, hyphens and double blanks make no difference: “st. albans” is St Albans."""
    return " ".join(re.sub(r"[.,'’-]", " ", name.casefold()).split())


def find_place(text: str) -> Place | None:
    """The town of this name, or the town of a postcode or postcode area."""
    postcode = POSTCODE.fullmatch(text.strip())
    return towns().get(fold(postcode[1] if postcode else text))


def find_region(text: str) -> str | None:
    """The key of the region with this name or key."""
    names = {fold(label): key for key, label in REGIONS.items()} | {fold(key): key for key in REGIONS}
    return names.get(fold(text))


def place_value(name: str, region: str = "") -> dict[str, Any] | None:
    """What is kept of a place: its name and region, and its position if the town is known. None when neither helps."""
    town = find_place(name)
    if town and region in ("", town.region):
        shown = name.strip().upper() if POSTCODE.fullmatch(name.strip()) else town.name
        return {"name": shown, "region": town.region, "latitude": town.latitude, "longitude": town.longitude}
    if region := region or find_region(name) or "":
        return {"name": "" if find_region(name) else name.strip(), "region": region}
    return None


def say_place(value: dict[str, Any]) -> str:
    """A kept place in words."""
    return ", ".join(part for part in (value.get("name"), REGIONS.get(value.get("region", ""))) if part)
