"""All reports in the order of their keys, remembered from run to run.

What a report says (its profile) and the blocks it belongs to follow from its document's rows, from the actors and places
they name, and from the rules. A document of which all that is as it was is not profiled again, and a profile out of the
memory is made when somebody asks for it: a run with a few new documents asks for few. The memory is a Parquet file in the
working folder; deleting it costs time, never correctness.

Belongs here: this sequence and its memory. Does not belong: what a profile holds (``profiles.py``), the blocks
(``blocking.py``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, overload

import polars as pl

from dagster_project.resolution import blocking
from dagster_project.resolution.hierarchy import Hierarchy
from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.places import Atlas
from dagster_project.resolution.profiles import Key, Profile, profiles_of

_PROFILE: dict[str, Any] = {
    "document_key": pl.String,  # of all that the profiles of a document depend on
    "document_id": pl.String,
    "report_no": pl.Int64,
    "digest": pl.String,
    "is_counted": pl.Boolean,
    "profile": pl.String,  # JSON
}
_REMEMBERED = {**_PROFILE, **blocking.SCHEMA}


class Reports(Sequence[Profile]):
    """The profiles by position; ``frame`` has a row for each with what is known of it without its profile."""

    def __init__(self, frame: pl.DataFrame, made: Mapping[Key, Profile]) -> None:
        self.frame = frame
        self.keys: list[Key] = list(frame.select("document_id", "report_no").iter_rows())
        self.digests: list[str] = frame["digest"].to_list()
        self._written = frame["profile"]
        self._made: list[Profile | None] = [made.get(key) for key in self.keys]

    @overload
    def __getitem__(self, index: int) -> Profile: ...

    @overload
    def __getitem__(self, index: slice) -> list[Profile]: ...

    def __getitem__(self, index: int | slice) -> Profile | list[Profile]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        found = self._made[index]
        if found is None:
            found = self._made[index] = _revived(json.loads(self._written[index]))
        return found

    def __len__(self) -> int:
        return len(self.keys)


def build_reports(
    tables: Mapping[str, pl.DataFrame],
    actor_ids: Mapping[Key, str],
    place_ids: Mapping[Key, str],
    hierarchy: Hierarchy,
    atlas: Atlas,
    memory: Path,
) -> Reports:
    """All reports, sorted by key.

    Args:
        tables, actor_ids, place_ids: as ``profiles_of`` takes them.
        memory: reports of an earlier run, read and written.
    """
    keys = _document_keys(tables, actor_ids, place_ids, hierarchy, atlas)
    known = recall(memory, _REMEMBERED)
    kept = known.join(keys, on=["document_id", "document_key"], how="semi")
    fresh = keys.join(kept, on="document_id", how="anti")
    of_fresh = {name: frame.join(fresh, on="document_id", how="semi") for name, frame in tables.items()}
    profiles = profiles_of(of_fresh, actor_ids, place_ids, hierarchy, atlas)
    frame = pl.concat([kept, _rows(profiles, fresh, hierarchy, atlas)]).sort("document_id", "report_no")
    if len(fresh) or len(kept) != len(known) or not memory.is_file():
        keep(frame, memory)
    return Reports(frame, {p.key: p for p in profiles})


def _rows(profiles: list[Profile], keys: pl.DataFrame, hierarchy: Hierarchy, atlas: Atlas) -> pl.DataFrame:
    """Rows of ``_REMEMBERED``."""
    told = [(*p.key, p.digest, p.is_counted, json.dumps(_kept(p), separators=(",", ":"))) for p in profiles]
    columns = {name: dtype for name, dtype in _PROFILE.items() if name != "document_key"}
    frame = pl.DataFrame(told, schema=columns, orient="row").join(keys, on="document_id", maintain_order="left")
    return frame.hstack(blocking.describe(profiles, hierarchy, atlas)).select(list(_REMEMBERED))


def _document_keys(
    tables: Mapping[str, pl.DataFrame],
    actor_ids: Mapping[Key, str],
    place_ids: Mapping[Key, str],
    hierarchy: Hierarchy,
    atlas: Atlas,
) -> pl.DataFrame:
    """document_id, document_key of every document with reports."""
    names = ("report", "argument", "claim", "event_mention", "entity_mention", "document", "document_state")
    frames = [(name, tables[name]) for name in names]
    for name, ids, described in (
        ("actor", actor_ids, {i: hierarchy.describe(i) for i in set(actor_ids.values())}),
        ("place", place_ids, {i: atlas.describe(i) for i in set(place_ids.values())}),
    ):
        rows = [(document, number, i, described[i]) for (document, number), i in ids.items()]
        schema = {"document_id": pl.String, "number": pl.Int64, "id": pl.String, "described": pl.String}
        frames.append((name, pl.DataFrame(rows, schema=schema, orient="row")))
    found = tables["report"].select("document_id").unique()
    for name, frame in frames:
        hashed = frame.select("document_id", pl.Series(name, frame.hash_rows(), dtype=pl.UInt64))
        # A sum does not depend on the order of rows.
        found = found.join(hashed.group_by("document_id").agg(pl.col(name).sum()), on="document_id", how="left")
    columns = [pl.col(name).cast(pl.String).fill_null("-") for name, _ in frames]
    return found.select("document_id", document_key=pl.concat_str(columns, separator="|"))


_FIELDS = tuple(f.name for f in fields(Profile))


def _kept(profile: Profile) -> list[Any]:
    """A profile as JSON can hold it."""
    values: list[Any] = []
    for name in _FIELDS:
        value = getattr(profile, name)
        if isinstance(value, date):
            value = value.toordinal()
        elif isinstance(value, frozenset):
            value = sorted(value)
        values.append(value)
    return values


def _revived(values: list[Any]) -> Profile:
    """A profile out of ``_kept``."""
    given = dict(zip(_FIELDS, values, strict=True))
    for name in _DATES:
        if given[name] is not None:
            given[name] = date.fromordinal(given[name])
    for name in _SETS:
        given[name] = frozenset(given[name])
    for name in _PAIRS:
        given[name] = tuple(map(tuple, given[name]))
    for name in _TUPLES:
        given[name] = tuple(given[name])
    return Profile(**given)


_DATES = ("published", "start", "end")
_SETS = ("target_words", "words")
_PAIRS = ("killed", "injured")
_TUPLES = (
    "key", "places", "initiators", "suspects", "targets", "target_sides", "people", "vessels", "near_places", "near_people",
    "target_texts", "victim_classes", "weapons", "attacks", "target_counts", "sketch",
)  # fmt: skip
