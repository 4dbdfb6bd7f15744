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
# A span that is told to the letter weighs more than one that merely overlaps.
_EXACT, _OVERLAP = 4, 1


class RegistryError(ValueError):
    """A registry or published file that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a report stands: characters of its document, and spans of its triggers and evidence."""

    document_id: str
    spans: tuple[tuple[int, int], ...]


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
    spans: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)  # document -> (start, end, incident_id)
    history: list[Change] = field(default_factory=list)

    def add(self, incident_id: str, minted_at: datetime, document_id: str, start: int, end: int) -> None:
        before = self.minted_at.get(incident_id)
        self.minted_at[incident_id] = minted_at if before is None else min(before, minted_at)
        self.spans.setdefault(document_id, []).append((start, end, incident_id))

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
            rows, columns = cursor.fetchall(), [column[0] for column in cursor.description or ()]
        except duckdb.Error as error:
            raise RegistryError(f"{path}: not a warehouse of this contract: {error}") from error
    written = {name: pl.String if dtype == _UTC else dtype for name, dtype in REGISTRY.items()}
    _take(pl.DataFrame(rows, schema={name: written[name] for name in columns}, orient="row"), path, known)


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
    already = set(known.spans)
    times = [
        pl.col(c).str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", time_unit="us")
        for c in ("minted_at", "changed_at")
        if frame.schema[c] == pl.String
    ]
    try:
        told = frame.select(list(REGISTRY)).with_columns(*times).cast(pl.Schema(REGISTRY)).sort(list(REGISTRY))
    except pl.exceptions.PolarsError as error:
        raise RegistryError(f"{path}: no registry of incident ids, a value is not what its column holds: {error}") from error
    says_where = pl.all_horizontal(pl.col("minted_at", "document_id", "char_start", "char_end").is_not_null())
    says_what = pl.all_horizontal(pl.col("replaced_by", "changed_at", "reason").is_not_null())
    if len(told.filter(pl.col("incident_id").is_null() | ~(says_where | says_what))):
        raise RegistryError(
            f"{path}: no registry of incident ids, a row says neither where it is told nor what became of it"
        )
    for row in told.iter_rows(named=True):
        if row["replaced_by"] is not None:
            known.history.append(Change(row["incident_id"], row["replaced_by"], row["changed_at"], row["reason"]))
        elif row["document_id"] not in already:
            known.add(row["incident_id"], row["minted_at"], row["document_id"], row["char_start"], row["char_end"])


def name_incidents(clusters: list[list[Key]], anchors: dict[Key, Anchor], known: Known, now: datetime) -> Naming:
    """Give each cluster of reports its id.

    Args:
        clusters: report keys, each report in one cluster.
        anchors: of every report.
        now: time of this run, aware.
    """
    before = {key: old for key, anchor in anchors.items() if (old := _called(anchor, known)) is not None}
    held: dict[str, Counter[int]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        for key in cluster:
            if key in before:
                held[before[key]][number] += 1
    heirs: dict[int, list[str]] = defaultdict(list)
    for old, counts in held.items():
        # Of clusters that hold as many of its reports, the one with the smallest content keeps the id.
        heir = min(counts, key=lambda n: (-counts[n], _content_id(clusters[n], anchors)))
        heirs[heir].append(old)
    used, retired = known.ids(), known.retired()
    ids: list[str] = []
    history = list(known.history)
    for number, cluster in enumerate(clusters):
        inherited = sorted(heirs.get(number, []), key=lambda i: (known.minted_at[i], i))
        content = _content_id(cluster, anchors)
        own = inherited[0] if inherited else _unused(content, used)
        if content in retired and own != content:
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


def _called(anchor: Anchor, known: Known) -> str | None:
    """The old incident that tells the same characters, None where there is none."""
    votes: Counter[str] = Counter()
    for start, end, incident_id in known.spans.get(anchor.document_id, ()):
        for own_start, own_end in anchor.spans:
            if (start, end) == (own_start, own_end):
                votes[incident_id] += _EXACT
            elif start < own_end and own_start < end:
                votes[incident_id] += _OVERLAP
    if not votes:
        return None
    return min(votes, key=lambda i: (-votes[i], known.minted_at[i], i))


def _content_id(cluster: list[Key], anchors: dict[Key, Anchor]) -> str:
    return min(_report_hash(anchors[key], key) for key in cluster)


def _report_hash(anchor: Anchor, key: Key) -> str:
    content = f"{anchor.document_id}|{anchor.spans}"
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


def registry_frame(naming: Naming, clusters: list[list[Key]], anchors: dict[Key, Anchor]) -> pl.DataFrame:
    """What to keep for a rebuild: where each incident is told, and the history; REGISTRY schema."""
    rows: list[tuple[Any, ...]] = [
        (incident_id, naming.minted_at[incident_id], anchors[key].document_id, start, end, None, None, None)
        for incident_id, cluster in zip(naming.ids, clusters, strict=True)
        for key in cluster
        for start, end in anchors[key].spans
    ]
    rows += [(c.old, None, None, None, None, c.new, c.changed_at, c.reason) for c in naming.history]
    return pl.DataFrame(rows, schema=REGISTRY, orient="row").sort(list(REGISTRY), nulls_last=True)
