"""Single incidents that fall inside an aggregate: "the attack was the fifth since April".

Where a reader saw it in one document (``part_of_report_no``), that stands. Otherwise an incident belongs to the aggregate
of the same kind and the same attacker, whose places hold its place and whose period holds its date; of several, to the
one with the shortest period.

Belongs here: that link. Does not belong: merging (aggregates and single incidents are never merged).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.incidents import Outline
from dagster_project.resolution.kinds import affinity
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Key

_SAME_SIDE = ("same", "side", "described")
_INSIDE = ("site", "near", "area", "inside", "country", "wide")


def parts(
    rows: Sequence[dict[str, Any]],
    outlines: Sequence[Outline],
    keys: Sequence[list[Key]],
    told: dict[Key, Key],
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> dict[str, str]:
    """incident_id -> incident_id of the aggregate it is part of.

    Args:
        rows: incidents with ``incident_id``; outlines, keys: what they are and their reports, in the same order.
        told: report -> report of the same document that it is part of, as read.
    """
    of_report = {key: row["incident_id"] for row, group in zip(rows, keys, strict=True) for key in group}
    by_id = {row["incident_id"]: row for row in rows}
    found: dict[str, str] = {}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for part, whole in told.items():
        if part in of_report and whole in of_report and of_report[part] != of_report[whole]:
            votes[of_report[part]][of_report[whole]] += 1
    for part_id, counts in votes.items():
        if not by_id[part_id]["is_aggregate"]:
            found[part_id] = min(counts, key=lambda i: (-counts[i], i))
    by_side: dict[str, list[int]] = defaultdict(list)
    sides, places = [o.sides for o in outlines], [o.places for o in outlines]
    for i, row in enumerate(rows):
        if row["is_aggregate"]:
            for side in {hierarchy.side(a) for a in sides[i]} | {_country_key(a, hierarchy) for a in sides[i]}:
                by_side[side].append(i)
    for i, row in enumerate(rows):
        if row["is_aggregate"] or row["incident_id"] in found or row["date_start"] is None:
            continue
        either = {hierarchy.side(a) for a in sides[i]} | {_country_key(a, hierarchy) for a in sides[i]}
        candidates = sorted({j for key in either for j in by_side.get(key, ())})
        holding = [
            j
            for j in candidates
            if affinity(row["event_type"], rows[j]["event_type"]) in ("same", "refines")
            and hierarchy.best(sides[i], sides[j]) in _SAME_SIDE
            and (not places[j] or (bool(places[i]) and atlas.best(places[i], places[j]) in _INSIDE))
            and _holds(outlines[j], row)
        ]
        if holding:
            best = min(holding, key=lambda j: (_length(outlines[j]), rows[j]["incident_id"]))
            found[row["incident_id"]] = rows[best]["incident_id"]
    return {part_id: whole for part_id, whole in found.items() if found.get(whole) != part_id}


def _country_key(actor: str, hierarchy: Hierarchy) -> str:
    """Where descriptions meet names: the country a group acts in."""
    node = hierarchy.nodes[actor]
    return f"in:{node.country}" if node.country else f"actor:{actor}"


def _period(whole: Outline) -> tuple[date | None, date | None]:
    """An aggregate without an end counts up to the last publication that tells it."""
    return whole.row["date_start"], whole.row["date_end"] or whole.last_told


def _holds(whole: Outline, single: dict[str, Any]) -> bool:
    start, end = _period(whole)
    if start is None or end is None:
        return False
    return start <= single["date_start"] and (single["date_end"] or single["date_start"]) <= end


def _length(whole: Outline) -> int:
    start, end = _period(whole)
    return (end - start).days if start and end else 99_999
