"""Stable incident ids: new incidents take the ids of the old ones whose reports they hold.

A new id derives from content: the smallest report key of the incident, so a build from nothing gives the same ids in any
order. An incident known before is recognised by its reports (same document, overlapping characters):

- an old id goes to the incident that holds most of its reports;
- an incident that inherits several keeps the oldest; the others get a row in the history ("merged");
- reports that leave an id which lives on elsewhere make a row in the history ("split"), be it to a new incident, which
  gets a new id, or to another known one;
- an id whose reports are gone (their document is read better, or was withdrawn) makes a row in the history that names no
  other ("retired", new id ``unknown``, the id of the warehouse's row for no incident); told again to the letter, its incident
  gets a new id and the history leads there;
- ids are never used again for something else, and the history only grows. Follow it from row to row: an id replaced today
  may be named in a row of last year.

What was known before comes from the published file, from an exported registry, or both; of a document that the published
file knows, its word counts.

Belongs here: ids and their history. Does not belong: which reports make an incident.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dagster_project.resolution.profiles import Key
from dagster_project.resolution.rows import SCHEMAS
from dagster_project.warehouse import sql

_UTC = pl.Datetime("us", "UTC")
# One row per report of a living incident (replaced_by null), and one per entry of the history (document_id null).
REGISTRY: dict[str, Any] = {
    "incident_id": pl.String,
    "minted_at": _UTC,
    "document_id": pl.String,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
    "replaced_by": pl.String,
    "changed_at": _UTC,
    "reason": pl.String,
}
# What stands for a retired id: the incident_id of fact_incident's row for no incident.
NO_INCIDENT = "unknown"
# Rows taken from a file at a time.
_FETCHED = 50_000
# A span that is told to the letter weighs more than one that merely overlaps.
_EXACT, _OVERLAP = 4, 1


class RegistryError(ValueError):
    """A registry or published file that cannot be used; the message says which and why."""


_SPAN = {"document_id": pl.String, "start": pl.Int64, "end": pl.Int64}


@dataclass(frozen=True)
class Anchors:
    """Where the reports stand: ``spans`` (document_id, report_no, start, end) are characters of a document, those of its
    triggers and evidence; distinct, sorted."""

    spans: pl.DataFrame

    @cached_property
    def of(self) -> dict[Key, tuple[tuple[int, int], ...]]:
        """The spans of each report."""
        found: dict[Key, list[tuple[int, int]]] = {}
        for document, number, start, end in self.spans.iter_rows():
            found.setdefault((document, number), []).append((start, end))
        return {key: tuple(spans) for key, spans in found.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the history."""

    old: str
    new: str
    changed_at: datetime
    reason: str


@dataclass(slots=True)
class Known:
    """What earlier runs called the incidents."""

    minted_at: dict[str, datetime] = field(default_factory=dict)
    spans: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={**_SPAN, "incident_id": pl.String}))
    history: list[Change] = field(default_factory=list)

    def ids(self) -> set[str]:
        """Every id ever used."""
        return {*self.minted_at, *(c.old for c in self.history), *(c.new for c in self.history)} - {NO_INCIDENT}

    def retired(self) -> set[str]:
        """Ids that no report told any more."""
        return {c.old for c in self.history if c.new == NO_INCIDENT}


@dataclass(frozen=True, slots=True)
class Naming:
    """``ids``: of the clusters, in their order; ``history``: old and new rows; ``minted_at``: of each id."""

    ids: list[str]
    history: list[Change]
    minted_at: dict[str, datetime]


def known_before(published: Path | None, registry: Path | None) -> Known:
    """The incidents of the published file and of an exported registry.

    Raises:
        RegistryError: a file is there but is no warehouse, or no registry.
    """
    known = Known()
    if published is not None and published.is_file():
        _from_published(published, known)
    if registry is not None:
        _from_registry(registry, known)
    known.history = _distinct(known.history)
    return known


def _from_published(path: Path, known: Known) -> None:
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise RegistryError(f"{path}: not a warehouse that can be opened: {error}") from error
    with connection:
        try:
            # The export of a file and the file itself say the same.
            cursor = connection.execute(sql.text("exports", "incident_registry"))
            columns = [column[0] for column in cursor.description or ()]
            parts = [_frame(columns, [])]
            while rows := cursor.fetchmany(_FETCHED):
                parts.append(_frame(columns, rows))
        except duckdb.Error as error:
            raise RegistryError(f"{path}: not a warehouse of this contract: {error}") from error
    _take(pl.concat(parts), path, known)


def _frame(columns: list[str], rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows of the export, whose times are text."""
    written = {name: pl.String if dtype == _UTC else dtype for name, dtype in REGISTRY.items()}
    return pl.DataFrame(rows, schema={name: written[name] for name in columns}, orient="row")


def _from_registry(path: Path, known: Known) -> None:
    try:
        frame = pl.read_csv(path, infer_schema=False) if path.suffix == ".csv" else pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise RegistryError(f"{path}: not a registry that can be read: {error}") from error
    if missing := [c for c in REGISTRY if c not in frame.columns]:
        raise RegistryError(f"{path}: no registry of incident ids, columns are missing: {', '.join(missing)}")
    _take(frame, path, known)


def _take(frame: pl.DataFrame, path: Path, known: Known) -> None:
    """Add the rows of a registry, whose times may be text; of documents that are known already nothing but the history."""
    times = [
        pl.col(c).str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", time_unit="us")
        for c in ("minted_at", "changed_at")
        if frame.schema[c] == pl.String
    ]
    try:
        told = frame.select(list(REGISTRY)).with_columns(*times).cast(pl.Schema(REGISTRY))
    except pl.exceptions.PolarsError as error:
        raise RegistryError(f"{path}: no registry of incident ids, a value is not what its column holds: {error}") from error
    says_where = pl.all_horizontal(pl.col("minted_at", "document_id", "char_start", "char_end").is_not_null())
    says_what = pl.all_horizontal(pl.col("replaced_by", "changed_at", "reason").is_not_null())
    if len(told.filter(pl.col("incident_id").is_null() | ~(says_where | says_what))):
        raise RegistryError(
            f"{path}: no registry of incident ids, a row says neither where it is told nor what became of it"
        )
    is_change = pl.col("replaced_by").is_not_null()
    changes = told.filter(is_change).select("incident_id", "replaced_by", "changed_at", "reason")
    known.history += [Change(*row) for row in changes.sort(changes.columns).iter_rows()]
    fresh = told.filter(~is_change).join(known.spans, on="document_id", how="anti")
    for incident_id, minted_at in fresh.group_by("incident_id").agg(pl.col("minted_at").min()).iter_rows():
        known.minted_at[incident_id] = min(minted_at, known.minted_at.get(incident_id, minted_at))
    spans = fresh.select("document_id", pl.col("char_start").alias("start"), pl.col("char_end").alias("end"), "incident_id")
    known.spans = pl.concat([known.spans, spans])


def name_incidents(clusters: list[list[Key]], anchors: Anchors, known: Known, now: datetime) -> Naming:
    """Give each cluster of reports its id.

    Args:
        clusters: report keys, each report in one cluster.
        anchors: of every report.
        now: time of this run, aware.
    """
    before = _called_before(anchors, known)
    held: dict[str, Counter[int]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        for key in cluster:
            if key in before:
                held[before[key]][number] += 1
    heirs: dict[int, list[str]] = defaultdict(list)
    for old, counts in held.items():
        # Of clusters that hold as many of its reports, the one with the smallest content keeps the id.
        most = max(counts.values())
        best = [n for n in counts if counts[n] == most]
        heirs[best[0] if len(best) == 1 else min(best, key=lambda n: _content_id(clusters[n], anchors))].append(old)
    used, retired = known.ids(), known.retired()
    ids: list[str] = []
    history = list(known.history)
    for number, cluster in enumerate(clusters):
        inherited = sorted(heirs.get(number, []), key=lambda i: (known.minted_at[i], i))
        content = _content_id(cluster, anchors) if retired or not inherited else None
        own = inherited[0] if content is None or inherited else _unused(content, used)
        if content in retired and content is not None and own != content:
            history.append(Change(content, own, now, "told again: a report of it is back"))
        used.add(own)
        ids.append(own)
        for old in sorted({before[key] for key in cluster if key in before} - {own}):
            is_whole = old in inherited
            why = (
                "merged: their reports tell one incident" if is_whole else "split: some of its reports tell another incident"
            )
            history.append(Change(old, own, now, why))
    replaced = {c.old for c in history}
    for old in sorted(known.minted_at):
        if old not in held and old not in replaced:
            history.append(Change(old, NO_INCIDENT, now, "retired: no report tells it any more"))
    minted = {i: known.minted_at.get(i, now) for i in ids}
    return Naming(ids, _distinct(history), minted)


def _called_before(anchors: Anchors, known: Known) -> dict[Key, str]:
    """The old incident that tells the same characters, for each report that has one."""
    old = known.spans.rename({"start": "old_start", "end": "old_end"})
    minted = pl.DataFrame(
        {"incident_id": list(known.minted_at), "minted_at": list(known.minted_at.values())},
        schema={"incident_id": pl.String, "minted_at": _UTC},
    )
    is_exact = (pl.col("start") == pl.col("old_start")) & (pl.col("end") == pl.col("old_end"))
    overlaps = (pl.col("old_start") < pl.col("end")) & (pl.col("start") < pl.col("old_end"))
    votes = (
        anchors.spans.lazy()
        .join(old.lazy(), on="document_id")
        .filter(is_exact | overlaps)
        .group_by("document_id", "report_no", "incident_id")
        .agg(votes=pl.when(is_exact).then(_EXACT).otherwise(_OVERLAP).sum())
        .collect(engine="streaming")
    )
    ranked = votes.join(minted, on="incident_id").sort("votes", "minted_at", "incident_id", descending=[True, False, False])
    best = ranked.unique(["document_id", "report_no"], keep="first", maintain_order=True)
    return {(d, n): i for d, n, i in best.select("document_id", "report_no", "incident_id").iter_rows()}


def _content_id(cluster: list[Key], anchors: Anchors) -> str:
    return min(_report_hash(key, anchors) for key in cluster)


def _report_hash(key: Key, anchors: Anchors) -> str:
    content = f"{key[0]}|{anchors.of[key]}"
    return f"inc-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def _unused(wanted: str, used: set[str]) -> str:
    """The wanted id, or with a number where it was used for something else."""
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"


def _distinct(history: Iterable[Change]) -> list[Change]:
    """One row per pair of ids, the earliest; sorted by time."""
    first: dict[tuple[str, str], Change] = {}
    for change in history:
        have = first.get((change.old, change.new))
        if have is None or change.changed_at < have.changed_at:
            first[change.old, change.new] = change
    return sorted(first.values(), key=lambda c: (c.changed_at, c.old, c.new))


def history_frame(history: list[Change]) -> pl.DataFrame:
    """Rows of ``incident_id_history``."""
    rows = [
        {"old_incident_id": c.old, "new_incident_id": c.new, "changed_at": c.changed_at, "reason": c.reason} for c in history
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["incident_id_history"])


def registry_frame(naming: Naming, incident_map: pl.DataFrame, anchors: Anchors) -> pl.DataFrame:
    """What to keep for a rebuild: where each incident is told, and the history; REGISTRY schema.

    Args:
        incident_map: document_id, report_no, incident_id of every report.
    """
    minted = pl.DataFrame(list(naming.minted_at.items()), schema={"incident_id": pl.String, "minted_at": _UTC}, orient="row")
    told = (
        anchors.spans.join(incident_map, on=["document_id", "report_no"])
        .join(minted, on="incident_id")
        .rename({"start": "char_start", "end": "char_end"})
        .drop("report_no")
    )
    changes = [(c.old, c.new, c.changed_at, c.reason) for c in naming.history]
    names = ("incident_id", "replaced_by", "changed_at", "reason")
    history = pl.DataFrame(changes, schema={name: REGISTRY[name] for name in names}, orient="row")
    return pl.concat([told, history], how="diagonal").select(list(REGISTRY)).sort(list(REGISTRY), nulls_last=True)
