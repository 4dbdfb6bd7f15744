"""Places across documents: the resolved places, and how two of them can be the place of one incident.

Belongs here: identity, containment and distance of places. Does not belong: geocoding, or what closeness is worth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import polars as pl

from dagster_project.reading.transliteration import fold_name
from dagster_project.reference import split, table
from dagster_project.resolution.nodes import HELD, Nodes
from dagster_project.resolution.rows import SCHEMAS

# From closest to apart. site: one place; near: minutes away; area: one district, border or sea; inside: a site in an area
# that is named; country: one country and no more; wide: a place in a country that is named alone; vague: nothing against
# it; unlike: two names of towns or sites, at least one not on the map; abroad: a country that is named alone, and something outside it (an operation
# may hit two countries, a reader may take a country that is talked about for the scene); far: two places
PlaceRelation = Literal["site", "near", "area", "inside", "country", "wide", "vague", "unlike", "abroad", "far"]
ORDER: tuple[PlaceRelation, ...] = ("site", "near", "area", "inside", "country", "wide", "vague", "unlike", "abroad", "far")

# Suburbs and bases take their town's name within this; beyond the second, two towns are two places even if one was
# geocoded to its district's seat.
NEAR_KM = 12.0
APART_KM = 30.0
# A site "on the border" or at a sea is taken to lie within this of the reference point or in a country that touches it.
_AREA_KM = 400.0


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """What a comparison needs to know of a place."""

    place_id: str
    name: str
    kind: str
    admin1: str | None
    countries: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    where_prec: int

    @property
    def is_site(self) -> bool:
        """A point on the map: a town, a facility, something near one."""
        return self.where_prec <= 2 and self.latitude is not None


@dataclass(frozen=True, slots=True)
class ResolvedPlaces:
    """``resolved``: rows of resolved_place, sorted; ``ids``: rows of place_map, sorted."""

    resolved: pl.DataFrame
    ids: pl.DataFrame

    def frames(self) -> dict[str, pl.DataFrame]:
        return {"resolved_place": self.resolved, "place_map": self.ids}


@cache
def _countries() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in table("countries")}


@cache
def _region_countries() -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(split(row["countries"])) for row in table("regions")}


def country_row(iso3: str) -> dict[str, Any]:
    """The resolved place of a country.

    Raises:
        KeyError: no such country in the reference table.
    """
    row = _countries()[iso3]
    return {
        "place_id": f"country:{iso3}",
        "name": row["name"],
        "kind": "country",
        "admin1": None,
        "country_iso3": iso3,
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "geonames_id": None,
        "where_prec": 6,
    }


COLUMNS = ("document_id", "place_no", *SCHEMAS["resolved_place"], "confidence")


def resolve_places(places: pl.DataFrame) -> ResolvedPlaces:
    """Distinct places of a frame with ``COLUMNS``, and a row for each country used.

    Where documents describe one id differently, the surest description wins, then the more precise one.
    """
    schema = pl.Schema(SCHEMAS["resolved_place"])
    columns = list(schema)
    # A name that was not found on the map may be a town or a district by its text: the first in this order stands.
    ranked = places.sort(
        [
            pl.col("confidence").fill_null(0.0),
            -pl.col("where_prec"),
            *(pl.col(c) for c in (*columns, "document_id", "place_no")),
        ],
        descending=[True, True, *[False] * (len(columns) + 2)],
    )
    country = pl.col("country_iso3")
    is_country = (pl.col("kind") == "country") & country.is_in(list(_countries()))
    ranked = ranked.with_columns(place_id=pl.when(is_country).then(pl.format("country:{}", country)).otherwise("place_id"))
    best = ranked.unique("place_id", keep="first", maintain_order=True).select(columns)
    used = {*places["country_iso3"].unique(), *(c for p in best["place_id"] for c in _border_countries(p))}
    rows = [country_row(iso3) for iso3 in sorted(c for c in used if c in _countries())]
    countries = pl.DataFrame(rows, schema=schema)
    resolved = pl.concat([best.join(countries, on="place_id", how="anti").cast(schema), countries]).sort("place_id")
    ids = ranked.select("document_id", "place_no", "place_id").sort("document_id", "place_no")
    return ResolvedPlaces(resolved, ids)


def _border_countries(place_id: str) -> tuple[str, ...]:
    kind, _, rest = place_id.partition(":")
    return tuple(rest.split("-")) if kind == "border" else ()


_NODE = ("place_id", "name", "kind", "admin1", "country_iso3", "latitude", "longitude", "where_prec")


def _node(row: tuple[Any, ...]) -> PlaceNode:
    place_id, name, kind, admin1, iso3, latitude, longitude, where_prec = row
    own = (iso3,) if iso3 else ()
    countries = _border_countries(place_id) or own or _region_countries().get(name, ())
    return PlaceNode(place_id, name, kind, admin1, countries, latitude, longitude, where_prec or 6)


@dataclass(slots=True)
class Atlas:
    """Resolved places by id, with the relations between them."""

    nodes: Mapping[str, PlaceNode]
    _relations: dict[tuple[str, str], PlaceRelation] = field(default_factory=dict)

    @classmethod
    def of(cls, resolved: pl.DataFrame) -> Atlas:
        """From rows of ``resolved_place``, sorted."""
        return cls(Nodes(resolved.select(_NODE), _node))

    def relation(self, a: str, b: str) -> PlaceRelation:
        """How two places stand to each other; symmetric."""
        key = (a, b) if a < b else (b, a)
        found = self._relations.get(key)
        if found is None:
            if len(self._relations) >= HELD:
                self._relations.clear()
            found = self._relations[key] = self._relate(self.nodes[key[0]], self.nodes[key[1]])
        return found

    def describe(self, place_id: str) -> str:
        """All that relations of the place depend on, as text."""
        return repr(self.nodes[place_id])

    def most_specific(self, places: Iterable[str]) -> tuple[str, ...]:
        """The places without those that merely contain another one of them, sorted."""
        many = sorted(set(places))
        return tuple(
            p
            for p in many
            if not any(
                q != p and self.nodes[q].where_prec < self.nodes[p].where_prec and self.relation(p, q) in ("inside", "wide")
                for q in many
            )
        )

    def best(self, many: tuple[str, ...], others: tuple[str, ...]) -> PlaceRelation | None:
        """The closest relation between two sets; None where one is empty."""
        if len(many) == 1 == len(others):
            return self.relation(many[0], others[0])
        found: PlaceRelation | None = None
        for a in many:
            for b in others:
                relation = self.relation(a, b)
                if found is None or ORDER.index(relation) < ORDER.index(found):
                    found = relation
        return found

    def _relate(self, a: PlaceNode, b: PlaceNode) -> PlaceRelation:
        if a.place_id == b.place_id:
            return _same(a)
        shares_country = bool(set(a.countries) & set(b.countries))
        if a.is_site and b.is_site:
            return _sites(a, b)
        if a.countries and b.countries and not shares_country and not _touch(a, b):
            return "abroad" if "country" in (a.kind, b.kind) else "far"
        if "country" in (a.kind, b.kind):
            return "wide" if shares_country else "vague"
        if (part := _in_part(a, b) or _in_part(b, a)) is not None:
            return part
        if a.kind in ("border", "water", "region") or b.kind in ("border", "water", "region"):
            return _areas(a, b)
        return _districts(a, b)


def _same(place: PlaceNode) -> PlaceRelation:
    if place.kind == "country":
        return "country"
    return "site" if place.is_site else "area"


def _sites(a: PlaceNode, b: PlaceNode) -> PlaceRelation:
    distance = kilometres(a, b)
    if distance <= NEAR_KM:
        return "near"
    if distance <= APART_KM and (a.where_prec == 2 or b.where_prec == 2):
        return "near"
    return "far"


# How far the middle of a country is still part of either side, in degrees.
_MIDDLE_DEGREES = 1.0


def _in_part(part: PlaceNode, other: PlaceNode) -> PlaceRelation | None:
    """Whether a place lies on the side of its country that is named: "north-eastern Nigeria", Borno."""
    if not part.place_id.startswith("part:") or other.place_id.startswith(("part:", "region:", "border:")):
        return None
    _, country, side = part.place_id.split(":")
    centre = _countries().get(country)
    if centre is None or other.latitude is None or other.longitude is None or other.where_prec > 4:
        return None
    north, east = other.latitude - float(centre["latitude"]), other.longitude - float(centre["longitude"])
    signs = {"northern": north, "southern": -north, "eastern": east, "western": -east}
    offset = signs.get(side)
    return None if offset is None else "inside" if offset > -_MIDDLE_DEGREES else "vague"


def _areas(a: PlaceNode, b: PlaceNode) -> PlaceRelation:
    distance = kilometres(a, b)
    if distance > 3 * _AREA_KM:
        return "far"
    if (a.is_site or b.is_site) and distance <= _AREA_KM:
        return "inside"
    return "vague"


def _districts(a: PlaceNode, b: PlaceNode) -> PlaceRelation:
    """Divisions, and places known by their text alone; both in one country."""
    if _share_words(a, b):
        return "area"
    if "admin" not in (a.kind, b.kind):
        return "unlike"
    if a.admin1 and b.admin1:
        if a.admin1 == b.admin1:
            return "inside" if "admin" in (a.kind, b.kind) else "vague"
        # Sites near the edge of a division are told by either.
        return "far" if kilometres(a, b) > APART_KM else "vague"
    return "vague"


def _share_words(a: PlaceNode, b: PlaceNode) -> bool:
    """Whether one name contains the other: "Lac Vert", "Lac Vert camp"."""
    if a.place_id.startswith("text:") or b.place_id.startswith("text:"):
        one, other = set(fold_name(a.name).split()), set(fold_name(b.name).split())
        return bool(one and other) and (one <= other or other <= one)
    return False


def _touch(a: PlaceNode, b: PlaceNode) -> bool:
    """Whether a sea, region or border can reach into the other's country."""
    wide = {"water", "region", "border"}
    return (a.kind in wide or b.kind in wide) and kilometres(a, b) <= _AREA_KM


def kilometres(a: PlaceNode, b: PlaceNode) -> float:
    """Great-circle distance; 0 where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return 0.0
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
