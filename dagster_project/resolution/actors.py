"""Actors across documents: which per-document actors are one person or collective.

- with a ``reference_id``: one actor per id; what the reference table says of it wins, its parents are added as rows even
  where no document mentions them;
- unknown named collectives: same folded name (``transliteration.py``) and type, and countries that do not contradict;
- persons: only with a full name (two words or more), and countries that do not contradict; one-word names stay in their
  document;
- generic actors ("gunmen", "Iran-backed militias"): one per document, unless description, type and country (or sponsor)
  agree.

Where several countries claim a name, each country makes an actor of its own, and those without a country stay in their
documents.

Belongs here: identity of actors and their parents. Does not belong: reading them in a text, or the sides of an incident.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.reading.transliteration import fold_name
from dagster_project.reference import table
from dagster_project.resolution.hierarchy import STATE_BODIES
from dagster_project.resolution.rows import SCHEMAS

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """``resolved``: rows of resolved_actor; ``ids``: (document_id, actor_no) -> actor_id."""

    resolved: list[dict[str, Any]]
    ids: dict[_Key, str]

    def frames(self) -> dict[str, pl.DataFrame]:
        mapped = [{"document_id": d, "actor_no": n, "actor_id": a} for (d, n), a in sorted(self.ids.items())]
        return {
            "resolved_actor": pl.DataFrame(self.resolved, schema=SCHEMAS["resolved_actor"]),
            "actor_map": pl.DataFrame(mapped, schema=SCHEMAS["actor_map"]),
        }


@cache
def reference_actors() -> dict[str, dict[str, str]]:
    """Rows of ``actors.csv`` by actor_id."""
    return {row["actor_id"]: row for row in table("actors")}


@cache
def states() -> dict[str, str]:
    """The actor id of each country's state, by iso3."""
    found: dict[str, str] = {}
    for row in table("actors"):
        if row["actor_type"] == "state" and row["country_iso3"] and not row["valid_to"]:
            found.setdefault(row["country_iso3"], row["actor_id"])
    return found


def resolve_actors(actors: pl.DataFrame) -> ResolvedActors:
    """Identity of all per-document actors of a frame of reading's ``actor`` schema, in any order of rows."""
    rows = actors.sort("document_id", "actor_no").to_dicts()
    ids = _identities(rows)
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        members[ids[row["document_id"], row["actor_no"]]].append(row)
    resolved = {actor_id: _merge(actor_id, group, ids) for actor_id, group in members.items()}
    _add_ancestors(resolved)
    _cut_cycles(resolved)
    return ResolvedActors([resolved[a] for a in sorted(resolved)], ids)


def _identities(rows: list[dict[str, Any]]) -> dict[_Key, str]:
    ids: dict[_Key, str] = {}
    groups: dict[tuple[str, ...], list[tuple[_Key, str | None]]] = defaultdict(list)
    local: Counter[str] = Counter()

    def keep_local(key: _Key, kind: str, folded: str) -> None:
        base = f"{kind}:{folded.replace(' ', '-')}@{key[0]}"
        local[base] += 1
        ids[key] = base if local[base] == 1 else f"{base}#{local[base]}"

    for row in rows:
        key = (row["document_id"], row["actor_no"])
        folded = fold_name(row["name"]) or row["name"].strip().lower()
        kind = row["actor_type"]
        if row["reference_id"]:
            ids[key] = row["reference_id"]
        elif row["is_generic"]:
            if row["country_iso3"] or row["backer_iso3"]:
                described = f"{folded.replace(' ', '-')}:{row['country_iso3'] or ''}:{row['backer_iso3'] or ''}"
                ids[key] = f"generic:{kind}:{described}"
            else:
                keep_local(key, f"generic:{kind}", folded)
        elif kind == "person" and " " not in folded:
            keep_local(key, kind, folded)
        else:
            groups[kind, folded].append((key, row["country_iso3"]))
    for (kind, folded), keys in sorted(groups.items()):
        countries = sorted({country for _, country in keys if country})
        base = f"{kind}:{folded.replace(' ', '-')}"
        for key, country in keys:
            if len(countries) <= 1:
                ids[key] = f"{base}:{countries[0]}" if countries else base
            elif country:
                ids[key] = f"{base}:{country}"
            else:
                keep_local(key, kind, folded)
    return ids


def _merge(actor_id: str, group: list[dict[str, Any]], ids: dict[_Key, str]) -> dict[str, Any]:
    known = reference_actors().get(actor_id)
    aliases = sorted({a for row in group for a in (*(row["aliases"] or ()), row["name"])})
    if known is not None:
        return {**_listed(known), "aliases": aliases}
    actor_type = _commonest([row["actor_type"] for row in group]) or "other"
    country = _commonest([row["country_iso3"] for row in group])
    parents = []
    for row in group:
        parent = row["parent_reference_id"]
        if parent is None and row["parent_actor_no"] is not None:
            parent = ids.get((row["document_id"], row["parent_actor_no"]))
        parents.append(parent)
    parent = _commonest([p for p in parents if p != actor_id])
    if parent is None and actor_type in STATE_BODIES and country:
        parent = states().get(country)
    names = Counter(row["name"] for row in group)
    name = max(names, key=lambda n: (names[n], len(n), n))
    return {
        "actor_id": actor_id,
        "name": name,
        "actor_type": actor_type,
        "country_iso3": country,
        "backer_iso3": _commonest([row["backer_iso3"] for row in group]),
        "parent_actor_id": parent,
        "aliases": aliases,
        "in_reference": any(row["reference_id"] for row in group),
        "is_generic": all(row["is_generic"] for row in group),
    }


def _listed(row: dict[str, str]) -> dict[str, Any]:
    return {
        "actor_id": row["actor_id"],
        "name": row["name"],
        "actor_type": row["actor_type"],
        "country_iso3": row["country_iso3"] or None,
        "backer_iso3": row["backer_iso3"] or None,
        "parent_actor_id": row["parent_id"] or None,
        "aliases": [],
        "in_reference": True,
        "is_generic": False,
    }


def _add_ancestors(resolved: dict[str, dict[str, Any]]) -> None:
    """Parents that no document mentions become rows; a parent that nothing describes is dropped."""
    pending = sorted(resolved)
    while pending:
        row = resolved[pending.pop()]
        parent = row["parent_actor_id"]
        if parent is None or parent in resolved:
            continue
        known = reference_actors().get(parent)
        if known is None:
            row["parent_actor_id"] = states().get(row["country_iso3"] or "")
            if row["parent_actor_id"] in (None, row["actor_id"]):
                row["parent_actor_id"] = None
                continue
            parent = row["parent_actor_id"]
            if parent in resolved:
                continue
            known = reference_actors()[parent]
        resolved[parent] = _listed(known)
        pending.append(parent)


def _cut_cycles(resolved: dict[str, dict[str, Any]]) -> None:
    """A chain of parents that comes back to itself is cut at its smallest id."""
    for start in sorted(resolved):
        seen: list[str] = []
        actor_id: str | None = start
        while actor_id is not None and actor_id not in seen:
            seen.append(actor_id)
            actor_id = resolved[actor_id]["parent_actor_id"]
        if actor_id is not None:
            resolved[min(seen[seen.index(actor_id) :])]["parent_actor_id"] = None


def _commonest(values: list[Any]) -> Any:
    """The commonest value that is not None, ties to the smallest; None without values."""
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def read_actors(current: Path) -> pl.DataFrame:
    """Reading's actors in ``current``."""
    return pl.read_parquet(current / "actor.parquet", columns=list(SCHEMAS_IN))


SCHEMAS_IN = (
    "document_id",
    "actor_no",
    "reference_id",
    "name",
    "actor_type",
    "country_iso3",
    "backer_iso3",
    "parent_reference_id",
    "parent_actor_no",
    "aliases",
    "is_generic",
)
