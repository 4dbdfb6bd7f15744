"""Which reports are compared at all: pairs that share a block, so that the cost stays near-linear in reports.

Keys combine a time with a place or a side; reports without a date meet by their publication date. A few keys need no
time: a named victim, a site with its toll, a sentence. A block that is too large is walked in its order of time with a
sliding window.

Belongs here: candidate pairs. Does not belong: whether they match.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Profile

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


def candidate_pairs(profiles: list[Profile], hierarchy: Hierarchy, atlas: Atlas) -> pl.DataFrame:
    """Pairs of positions in ``profiles``: columns a, b (Int64, a < b), distinct, sorted."""
    rows: dict[str, list] = {"key": [], "i": []}
    about: dict[str, list] = {"i": [], "order": [], "first": [], "last": [], "latitude": [], "longitude": []}
    for i, profile in enumerate(profiles):
        for key in set(block_keys(profile, hierarchy, atlas)):
            rows["key"].append(key)
            rows["i"].append(i)
        about["i"].append(i)
        about["order"].append(
            f"{profile.start or profile.published or ''}|{profile.event_type}|{','.join(profile.places)}|{i:09d}"
        )
        dated = not profile.is_aggregate and profile.has_short_date
        about["first"].append(profile.start.toordinal() if dated and profile.start else None)
        about["last"].append(profile.end.toordinal() if dated and profile.end else None)
        latitude, longitude = _only_point(profile, atlas)
        about["latitude"].append(latitude)
        about["longitude"].append(longitude)
    details = pl.DataFrame(
        about,
        schema={
            "i": pl.Int64,
            "order": pl.String,
            "first": pl.Int64,
            "last": pl.Int64,
            "latitude": pl.Float64,
            "longitude": pl.Float64,
        },
    )
    keyed = pl.DataFrame(rows, schema={"key": pl.String, "i": pl.Int64})
    keyed = keyed.with_columns(size=pl.len().over("key")).filter(pl.col("size") > 1)
    plausible = details.drop("order")
    small = keyed.filter(pl.col("size") <= MAX_BLOCK).select("key", "i")
    met = small.join(small, on="key").filter(pl.col("i") < pl.col("i_right")).select("key", a="i", b="i_right")
    pairs = [_plausible(met, plausible)]
    large = keyed.filter(pl.col("size") > MAX_BLOCK).join(details.select("i", "order"), on="i").sort("key", "order")
    for step in range(1, WINDOW + 1):
        shifted = large.select("key", "i", pl.col("i").shift(-step).over("key").alias("j")).drop_nulls()
        met = shifted.select("key", a=pl.min_horizontal("i", "j"), b=pl.max_horizontal("i", "j"))
        pairs.append(_plausible(met, plausible))
    return pl.concat(pairs).unique().sort("a", "b")


def _plausible(met: pl.DataFrame, details: pl.DataFrame) -> pl.DataFrame:
    """Pairs without those that days or degrees keep apart anyway.

    Neighbours in time stay, and elsewhere what shares more than time and country: an analyst should see why two look-alikes
    were not merged.
    """
    joined = met.join(details, left_on="a", right_on="i").join(details, left_on="b", right_on="i", suffix="_b")
    days = pl.max_horizontal(pl.col("first_b") - pl.col("last"), pl.col("first") - pl.col("last_b"))
    is_far = ((pl.col("latitude") - pl.col("latitude_b")).abs() > _FAR_DEGREES) | (
        (pl.col("longitude") - pl.col("longitude_b")).abs() > 2 * _FAR_DEGREES
    )
    by_time_and_country = pl.any_horizontal(pl.col("key").str.starts_with(k) for k in ("week|", "month|", "told|"))
    kept = joined.filter((days <= _NEIGHBOUR_DAYS).fill_null(True) & ~(is_far.fill_null(False) & by_time_and_country))
    return kept.select("a", "b").unique()


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
        wheres += sorted({f"c:{c}" for p in profile.near_places for c in atlas.nodes[p].countries} - set(wheres))
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
