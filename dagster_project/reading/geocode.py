"""Where places are: lookups in the offline gazetteer and the tables of countries, first-order divisions and regions.

Belongs here: candidates for a place name and their order of likelihood in a context. Does not belong: which tokens are a
place, and what a document means by it (``places.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dagster_project.reading.transliteration import FOLDING_RULES, fold_name, plain, words
from dagster_project.reference import REFERENCE_DIR, split, table

_COLUMNS = (
    "geonames_id",
    "name",
    "kind",
    "admin1_code",
    "admin1",
    "country_iso3",
    "latitude",
    "longitude",
    "population",
    "feature",
)
# News names these powers as actors everywhere: that says little about where a town is, and nothing about a small one.
POWERS = frozenset({"USA", "GBR", "FRA", "RUS"})
_SMALL = 20_000
# Inhabitants of a town that every reader knows: its bare name means it.
GREAT_CITY = 300_000
# A smaller namesake across a border that the text does not name is less likely than a village that the gazetteer lacks.
_KNOWN = 5_000
_DOUBLE_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the gazetteer that a name can mean."""

    geonames_id: int | None
    name: str
    kind: str  # city | admin
    admin1_code: str | None
    admin1: str | None
    country_iso3: str
    latitude: float
    longitude: float
    population: int
    feature: str
    rank: int  # how the name matched: 0 primary name, 1 alternate, 2 spelling variant


class Gazetteer:
    """The gazetteer file as sorted key columns: little memory, microseconds a lookup."""

    def __init__(self) -> None:
        import polars as pl

        frame = pl.read_parquet(REFERENCE_DIR / "gazetteer.parquet")
        numbered = frame.select(
            pl.col("plain_name"), pl.col("plain_alternates"), pl.int_range(pl.len(), dtype=pl.Int32).alias("row")
        )
        primary = numbered.select(pl.col("plain_name").alias("key"), "row", pl.lit(0, pl.Int8).alias("rank"))
        other = numbered.select(pl.col("plain_alternates").alias("key"), "row", pl.lit(1, pl.Int8).alias("rank")).explode(
            "key"
        )
        exact = pl.concat([primary, other.drop_nulls("key")]).sort("key", "rank", "row")
        folded = (
            exact.with_columns(_folded(pl.col("key")).alias("key"))
            .unique(["key", "row"], keep="first")
            .sort("key", "rank", "row")
        )
        self._exact, self._folded = exact, folded
        self._rows = frame.select(_COLUMNS)

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Candidates by exact name, else by folded spelling; the most populous first within each rank."""
        key = " ".join(words(name))
        found = self._at(self._exact, key, 0)
        if not found and plain(name) != key:
            found = self._at(self._exact, " ".join(plain(name).replace("-", " ").split()), 0)
        if not found and len(key) >= 4:
            found = self._at(self._folded, fold_name(name), 2)
        return tuple(sorted(found, key=lambda c: (c.rank, -c.population, c.country_iso3, c.name)))

    def _at(self, index: Any, key: str, rank: int) -> list[Candidate]:
        if not key:
            return []
        keys = index["key"]
        i = keys.search_sorted(key, side="left")
        found: list[Candidate] = []
        while i < len(keys) and keys[i] == key:
            row = self._rows.row(index["row"][i], named=True)
            found.append(Candidate(**row, rank=max(rank, index["rank"][i])))
            i += 1
        return found


def _folded(column: Any) -> Any:
    """``transliteration.fold_name`` of plain names as a polars expression."""
    for pattern, replacement in FOLDING_RULES:
        column = column.str.replace_all(pattern, replacement.replace("$1", "${1}"))
    doubles = {c * 2: c for c in _DOUBLE_LETTERS}
    return column.str.replace_many(doubles).str.replace_many(doubles)  # twice: three in a row


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    return Gazetteer()


@lru_cache(maxsize=50_000)
def candidates(name: str) -> tuple[Candidate, ...]:
    """Candidates for a place name as written."""
    return gazetteer().find(name)


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """iso3 of the neighbours of each country."""
    return {row["iso3"]: frozenset(split(row["neighbours"])) for row in table("countries")}


def choose(
    name: str, countries: frozenset[str] | dict[str, float], admin1: frozenset[str] = frozenset()
) -> tuple[Candidate | None, float]:
    """(the most likely candidate, confidence 0-1) given the countries (weights 0-1) and divisions a text names."""
    found = candidates(name)
    if not found:
        return None, 0.0
    weights = countries if isinstance(countries, dict) else dict.fromkeys(countries, 1.0)
    scored = []
    for c in found:
        support = weights.get(c.country_iso3, 0.0)
        if not support and any(c.country_iso3 in neighbours().get(iso3, ()) for iso3 in weights):
            support = 0.15
        if c.country_iso3 in POWERS and c.kind == "city" and c.population < _SMALL and support < 1.0:
            support = 0.0
        size = min(len(str(max(c.population, 0))), 8)
        score = 6.0 * support + size - 1.5 * c.rank
        if c.admin1 and plain(c.admin1) in admin1:
            score += 4.0
        if c.feature == "capital":
            score += 2.0
        elif c.feature == "territory":  # Gaza is the strip, not its city
            score += 3.0
        elif c.kind == "admin":
            score -= 0.5
        scored.append((score, support, c))
    scored.sort(key=lambda s: (-s[0], s[2].country_iso3, s[2].name))
    _best_score, support, best = scored[0]
    if support >= 0.3:
        return best, 0.9 if len(found) == 1 else 0.8
    # No support by the text: only a place that everyone knows, the only one around, or by far the largest of its name.
    if best.population >= GREAT_CITY and best.rank < 2:
        return best, 0.6
    local = {iso3: weight for iso3, weight in weights.items() if iso3 not in POWERS}
    main = max(local.items(), key=lambda item: (item[1], item[0]))[0] if local else ""
    around = [c for c in found if c.country_iso3 in neighbours().get(main, ())]
    if around and len({c.country_iso3 for c in around}) == 1 and around[0].rank < 2 and around[0].population >= _KNOWN:
        return around[0], 0.55
    largest = max(found, key=lambda c: (c.population, c.name))
    others = [c.population for c in found if c.country_iso3 != largest.country_iso3]
    if largest.rank < 2 and largest.population >= 150_000 and largest.population > 5 * max(others, default=0):
        return largest, 0.5
    if not weights and not others and largest.rank < 2:
        return largest, 0.5
    return None, 0.0


@lru_cache(maxsize=20_000)
def country_of_place(name: str, countries: frozenset[str]) -> str | None:
    """iso3 of the country of a town or division, if its name leaves little doubt."""
    best, confidence = choose(name, countries)
    return best.country_iso3 if best is not None and confidence >= 0.5 else None
