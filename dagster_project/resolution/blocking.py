"""Which reports are compared at all: pairs that share a block, so that the cost stays near-linear in reports.

Keys combine a time with a place or a side; reports without a date meet by their publication date. A few keys need no
time: a named victim, a site with its toll, a sentence. A block that is too large is walked in its order of time with a
sliding window.

Belongs here: candidate pairs. Does not belong: whether they match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Profile

Positions = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

# Blocks above this size are not compared all with all; a report then meets this many followers.
MAX_BLOCK = 40
WINDOW = 20
# How far back an undated report may tell, in days before its publication.
_TOLD_WITHIN = 14
_FEW_MONTHS = 100
# From this number of dead on, a toll is remembered and brings look-backs to what they look back on.
_TELLING_TOLL = 3
# In a whole country only larger ones are telling.
_TELLING_TOLL_IN_COUNTRY = 10
# Day-precise reports further apart than this, and single sites further apart than this (beyond any slip of a geocoder
# within one town), are not worth a look.
_NEIGHBOUR_DAYS = 3
_FAR_DEGREES = 1.0


# What the pairs are found by, one row a report.
SCHEMA: dict[str, Any] = {
    "blocks": pl.List(pl.UInt64),  # hashes of block keys
    "time_blocks": pl.List(pl.UInt64),  # of those that say a time and a country, and no more
    "block_order": pl.String,
    "first_day": pl.Int64,  # of single incidents told with their day, give or take a week
    "last_day": pl.Int64,
    "latitude": pl.Float64,  # of reports that name one site and no area
    "longitude": pl.Float64,
}
_IN_TIME = ("week|", "month|", "told|")


def describe(profiles: Sequence[Profile], hierarchy: Hierarchy, atlas: Atlas) -> pl.DataFrame:
    """Rows of ``SCHEMA``; a row depends on its report alone."""
    rows = []
    for profile in profiles:
        keys = sorted(set(block_keys(profile, hierarchy, atlas)))
        dated = not profile.is_aggregate and profile.has_short_date
        rows.append(
            (
                [k for k in keys if not k.startswith(_IN_TIME)],
                [k for k in keys if k.startswith(_IN_TIME)],
                f"{profile.start or profile.published or ''}|{profile.event_type}|{','.join(profile.places)}|",
                profile.start.toordinal() if dated and profile.start else None,
                profile.end.toordinal() if dated and profile.end else None,
                *_only_point(profile, atlas),
            )
        )
    names = {**SCHEMA, "blocks": pl.List(pl.String), "time_blocks": pl.List(pl.String)}
    hashed = [pl.col(name).list.eval(pl.element().hash()) for name in ("blocks", "time_blocks")]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(hashed).cast(pl.Schema(SCHEMA))


def candidate_pairs(reports: pl.DataFrame) -> pl.DataFrame:
    """Pairs of positions in ``reports`` (rows of ``SCHEMA``): columns a, b (UInt32, a < b), distinct, sorted."""
    ranked = reports.select(list(SCHEMA)).with_row_index("i").sort("block_order", "i").with_row_index("rank")
    keyed = pl.concat(
        ranked.select("rank", pl.col(name).alias("key")).explode("key").drop_nulls().with_columns(in_time=in_time)
        for name, in_time in (("blocks", pl.lit(False)), ("time_blocks", pl.lit(True)))
    ).sort("key", "rank")
    key, rank, in_time = (keyed[name].to_numpy() for name in ("key", "rank", "in_time"))
    is_large = (keyed.select(pl.len().over("key"))["len"] > MAX_BLOCK).to_numpy()
    position = ranked["i"].to_numpy().astype(np.int64)
    plausible = _Plausible(ranked)
    codes = [np.empty(0, dtype=np.int64)]
    at = np.arange(len(key))
    # The members of a block stand beside each other: what is ``step`` further on is in the block if it has the same key.
    for step in range(1, MAX_BLOCK):
        at = at[at < len(key) - step]
        at = at[(key[at] == key[at + step]) & ((step <= WINDOW) | ~is_large[at])]
        one, other = rank[at], rank[at + step]
        kept = plausible(one, other, in_time[at])
        a, b = position[one[kept]], position[other[kept]]
        codes.append(np.minimum(a, b) * len(ranked) + np.maximum(a, b))
    code = np.unique(np.concatenate(codes))
    del codes
    size = max(len(ranked), 1)
    return pl.DataFrame({"a": (code // size).astype(np.uint32), "b": (code % size).astype(np.uint32)})


class _Plausible:
    """Says of many pairs which are not kept apart by days or degrees anyway.

    Neighbours in time stay, and elsewhere what shares more than time and country: an analyst should see why two look-alikes
    were not merged. What is not told (nan) keeps nothing apart.
    """

    def __init__(self, reports: pl.DataFrame) -> None:
        names = ("first_day", "last_day", "latitude", "longitude")
        self._first, self._last, self._latitude, self._longitude = (
            reports[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in names
        )

    def __call__(self, a: Positions, b: Positions, in_time: Flags) -> Flags:
        days = np.maximum(self._first[b] - self._last[a], self._first[a] - self._last[b])
        is_far = (np.abs(self._latitude[a] - self._latitude[b]) > _FAR_DEGREES) | (
            np.abs(self._longitude[a] - self._longitude[b]) > 2 * _FAR_DEGREES
        )
        return ~(days > _NEIGHBOUR_DAYS) & ~(is_far & in_time)


def _only_point(profile: Profile, atlas: Atlas) -> tuple[float | None, float | None]:
    """The coordinates of a report that names one site and no area; None otherwise."""
    sites = [atlas.nodes[p] for p in profile.places if atlas.nodes[p].kind != "country"]
    if len(sites) == 1 and sites[0].is_site:
        return sites[0].latitude, sites[0].longitude
    return None, None


def block_keys(profile: Profile, hierarchy: Hierarchy, atlas: Atlas) -> Iterator[str]:
    """The blocks a report belongs to."""
    countries = sorted({c for p in profile.places for c in atlas.nodes[p].countries})
    sites = [p for p in profile.places if atlas.nodes[p].kind != "country"]
    doers = sorted({hierarchy.side(i) for i in (*profile.initiators, *profile.suspects)})
    aims = sorted({hierarchy.side(t) for t in profile.targets})
    wheres = [f"c:{c}" for c in countries] or [f"s:{p}" for p in sites]
    if not sites:
        # A guess brings reports together only where the day is told.
        guessed = profile.guessed_places if profile.precision == "day" else ()
        told_or_guessed = (*profile.near_places, *guessed)
        wheres += sorted({f"c:{c}" for p in told_or_guessed for c in atlas.nodes[p].countries} - set(wheres))
    whos = [f"i:{d}" for d in doers] + [f"t:{t}" for t in aims]
    if profile.is_aggregate:
        for year in _years(profile):
            for where in (*wheres, *whos):
                yield f"agg|{year}|{where}"
        if profile.published is not None:
            for week in _week_numbers(profile.published - timedelta(days=_TOLD_WITHIN), profile.published):
                yield f"agg-told|{week}|{profile.event_type}"
        return
    dead = sorted({n for low, high in profile.killed if (n := low or high or 0) >= _TELLING_TOLL})
    for week in _weeks(profile):
        for where in (*wheres, *whos):
            yield f"week|{week}|{where}"
        # Without a place or a side in common, the toll or what was hit brings them together.
        for number in dead:
            yield f"told|{week}|{number}"
        for word in profile.target_words:
            yield f"told|{week}|{word}"
    for month in _months(profile):
        for site in sites:
            yield f"month|{month}|{site}"
        for doer in doers:
            for aim in aims:
                yield f"month|{month}|{doer}|{aim}"
    for site in sites:
        for year in _years(profile):
            yield f"year|{year}|{site}"
    for low, high in profile.killed:
        number = low or high or 0
        if number >= _TELLING_TOLL:
            for where in (*sites, *(countries if number >= _TELLING_TOLL_IN_COUNTRY else ())):
                yield f"toll|{where}|{number}"
    for person in profile.people:
        yield f"person|{person}"
    for value in profile.sketch:
        yield f"text|{value}"
    if not profile.is_dated and profile.published is None:
        for doer in doers:
            for aim in aims:
                yield f"undated|{doer}|{aim}"
        for site in sites:
            yield f"undated|{site}"


def _weeks(profile: Profile) -> list[int]:
    if profile.has_short_date and profile.start and profile.end:
        return _week_numbers(profile.start, profile.end)
    if not profile.is_dated and profile.published is not None:
        return _week_numbers(profile.published - timedelta(days=_TOLD_WITHIN), profile.published)
    return []


def _week_numbers(start: date, end: date) -> list[int]:
    return list(range(start.toordinal() // 7, end.toordinal() // 7 + 1))


def _months(profile: Profile) -> list[int]:
    start, end = profile.start or profile.end, profile.end or profile.start
    if start is None or end is None:
        if profile.published is None:
            return []
        start, end = profile.published - timedelta(days=_TOLD_WITHIN), profile.published
    if (end - start).days > _FEW_MONTHS:
        return []
    return list(range(start.year * 12 + start.month, end.year * 12 + end.month + 1))


def _years(profile: Profile) -> list[str]:
    """Aggregates begin in a year or are told in one; single incidents lie in one."""
    if profile.is_aggregate:
        moments = [m for m in (profile.start, profile.published) if m is not None]
        return sorted({str(m.year) for m in moments}) or ["?"]
    moments = [m for m in (profile.start, profile.end) if m is not None]
    if not moments and profile.published is not None:
        moments = [profile.published]
    return [str(y) for y in range(min(m.year for m in moments), min(m.year for m in moments) + 2)] if moments else []
