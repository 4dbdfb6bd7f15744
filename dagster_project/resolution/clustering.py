"""From scored pairs to incidents: agglomerative, strongest pair first, never across a contradiction.

Two clusters join when a pair of theirs is accepted, no report of one contradicts a report of the other, and the pairs
between them support it on the average: so a chain of half-likenesses does not tie different incidents together. Two
reports of one document, which its reader told apart, come together through others only if they are alike themselves.
Reports of superseded documents come last and join at most one cluster of others.

Reports that accepted pairs or a person's decisions tie together are a component. What joins whom in one depends on nothing
outside it: components are partitioned one by one, and remembered from run to run in a Parquet file, which costs time to
delete and never correctness.

Belongs here: the partition. Does not belong: scores and features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.scoring import ACCEPT, BRIDGED_IN_DOCUMENT

# Between two clusters the pairs must reach this on the average. Half the threshold: two short reports of one incident
# often share little but time and place.
_MEAN = ACCEPT / 2
# Above this many pairs between two clusters the average of the compared ones stands for all.
_MANY = 400

Positions = npt.NDArray[np.int64]
_BLOCKED = {"a": pl.UInt32, "b": pl.UInt32, "blocked": pl.String}
_REMEMBERED: dict[str, Any] = {
    "component": pl.UInt64,  # a hash of its reports, edges and decisions
    # Members by their place in the component: for each the smallest one of its cluster, and the pairs that were not joined.
    "cluster": pl.List(pl.UInt32),
    "blocked": pl.List(pl.Struct(_BLOCKED)),
}


class Edge(NamedTuple):
    """A scored pair of positions, a < b."""

    a: int
    b: int
    score: float


@dataclass(frozen=True, slots=True)
class Partition:
    """``of``: for each report the position of the first one of its incident; ``blocked``: accepted pairs that were not joined
    (a, b), and why."""

    of: Positions
    blocked: pl.DataFrame

    def members(self) -> list[list[int]]:
        """The clusters, each sorted, ordered by their first member."""
        order = np.argsort(self.of, kind="stable")
        starts = np.flatnonzero(np.diff(self.of[order])) + 1
        return [part.tolist() for part in np.split(order, starts)] if len(order) else []


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides whether clusters join. Functions and pairs are of positions."""

    counted: list[bool]  # per position: whether its document counts
    documents: list[str]
    contradicts: Callable[[int, int], str | None]
    score: Callable[[int, int], float]
    together: frozenset[tuple[int, int]] = frozenset()  # must-link
    apart: frozenset[tuple[int, int]] = frozenset()  # cannot-link


def partition(reports: pl.DataFrame, accepted: pl.DataFrame, rules: Rules, memory: Path) -> Partition:
    """Cluster all reports.

    Args:
        reports: document_id, digest, is_counted by position.
        accepted: a, b, score of the pairs that nothing contradicts, from their threshold on.
        memory: file of components of an earlier run, read and written.
    """
    of = np.arange(len(reports), dtype=np.int64)
    components = _components(reports, accepted, rules)
    known = recall(memory, _REMEMBERED)
    told = components.join(known, on="component", how="left", maintain_order="left")
    fresh = [
        _partitioned(row["component"], row["positions"], row["edges"] or [], rules)
        for row in told.filter(pl.col("cluster").is_null()).select("component", "positions", "edges").iter_rows(named=True)
    ]
    answers = pl.concat([known, pl.DataFrame(fresh, schema=_REMEMBERED, orient="row")])
    used = answers.join(components, on="component", how="semi")
    if fresh or len(used) != len(known):
        keep(used, memory)
    found = components.select("component", "positions").join(answers, on="component", how="left")
    members = found.select("positions", "cluster").filter(pl.col("positions").is_not_null())
    for positions, cluster in members.iter_rows():
        of[positions] = np.asarray(positions, dtype=np.int64)[cluster]
    blocked = found.select("positions", "blocked").explode("blocked").drop_nulls().unnest("blocked")
    place = [pl.col("positions").list.get(pl.col(side)).cast(pl.UInt32).alias(side) for side in ("a", "b")]
    return Partition(of, blocked.select(*place, "blocked"))


def _components(reports: pl.DataFrame, accepted: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """component, positions (sorted), edges of each group of reports that hang together."""
    pairs = pl.DataFrame(
        sorted((a, b, kind) for kind, which in ((1, rules.together), (2, rules.apart)) for a, b in which),
        schema={"a": pl.UInt32, "b": pl.UInt32, "kind": pl.UInt8},
        orient="row",
    )
    tied = pairs.filter(pl.col("kind") == 1)
    label = _labels(
        len(reports),
        np.concatenate([accepted["a"].to_numpy(), tied["a"].to_numpy()]).astype(np.int64),
        np.concatenate([accepted["b"].to_numpy(), tied["b"].to_numpy()]).astype(np.int64),
    )
    members = (
        reports.select("document_id", "digest", "is_counted")
        .with_columns(label=label, position=pl.int_range(pl.len(), dtype=pl.UInt32))
        .filter(pl.len().over("label") > 1)
        .with_columns(place=pl.int_range(pl.len(), dtype=pl.UInt32).over("label"))
    )
    places = members.select("position", "label", "place")

    def in_component(told: pl.DataFrame) -> pl.DataFrame:
        for side in ("a", "b"):
            named = places.rename({"position": side, "place": f"place_{side}", "label": f"label_{side}"})
            told = told.join(named, on=side, maintain_order="left")
        return told.filter(pl.col("label_a") == pl.col("label_b")).rename({"label_a": "label"})

    edges = in_component(accepted.select("a", "b", "score"))
    decided = in_component(pairs)
    # Sums do not depend on the order of rows.
    of_members = members.group_by("label").agg(
        pl.struct("place", "document_id", "digest", "is_counted").hash().sum().alias("by_members"),
        pl.col("position").sort().alias("positions"),
    )
    of_edges = edges.group_by("label").agg(
        pl.struct("place_a", "place_b", "score").hash().sum().alias("by_edges"), pl.struct("a", "b", "score").alias("edges")
    )
    of_decisions = decided.group_by("label").agg(pl.struct("place_a", "place_b", "kind").hash().sum().alias("by_decisions"))
    return (
        of_members.join(of_edges, on="label", how="left")
        .join(of_decisions, on="label", how="left")
        .sort("label")
        .select(pl.struct("by_members", "by_edges", "by_decisions").hash().alias("component"), "positions", "edges")
    )


def _labels(size: int, a: Positions, b: Positions) -> Positions:
    """For each position the smallest one that pairs tie it to, directly or through others."""
    label = np.arange(size, dtype=np.int64)
    while len(a):
        one, other = label[a], label[b]
        smaller = np.minimum(one, other)
        np.minimum.at(label, one, smaller)
        np.minimum.at(label, other, smaller)
        while not np.array_equal(label, higher := label[label]):
            label = higher
        apart = label[a] != label[b]
        a, b = a[apart], b[apart]
    return label


def _partitioned(component: int, positions: list[int], edges: list[dict[str, Any]], rules: Rules) -> tuple[Any, ...]:
    """A row of ``_REMEMBERED``."""
    place = {position: n for n, position in enumerate(positions)}
    clusters = _Clusters(positions, rules)
    clusters.grow(Edge(**edge) for edge in edges)
    first = {cluster: min(members) for cluster, members in clusters.members.items()}
    blocked = [{"a": place[a], "b": place[b], "blocked": why} for (a, b), why in sorted(clusters.blocked.items())]
    return component, [place[first[clusters.of[position]]] for position in positions], blocked


@dataclass
class _Clusters:
    """A partition of the positions of one component, grown by joins."""

    positions: list[int]
    rules: Rules
    blocked: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of = {i: i for i in self.positions}
        self.members: dict[int, list[int]] = {i: [i] for i in self.positions}
        self.barred: dict[int, set[int]] = {}
        for a, b in sorted(self.rules.apart):
            if a in self.of and b in self.of:
                self.barred.setdefault(a, set()).add(b)
                self.barred.setdefault(b, set()).add(a)

    def grow(self, edges: Iterable[Edge]) -> None:
        counted = self.rules.counted
        for a, b in sorted(self.rules.together):
            if a in self.of:
                self._join(a, b)
        for edge in sorted(edges, key=lambda e: (not (counted[e.a] and counted[e.b]), -e.score, e.a, e.b)):
            if self.of[edge.a] != self.of[edge.b]:
                why = self._objection(edge)
                if why is None:
                    self._join(edge.a, edge.b)
                else:
                    self.blocked[edge.a, edge.b] = why

    def _objection(self, edge: Edge) -> str | None:
        one, other = self.members[self.of[edge.a]], self.members[self.of[edge.b]]
        counted, documents = self.rules.counted, self.rules.documents
        if not (counted[edge.a] and counted[edge.b]) and all(any(counted[i] for i in m) for m in (one, other)):
            return "a superseded report ties no incidents together"
        for i in one:
            if barred := self.barred.get(i):
                for j in other:
                    if j in barred:
                        return "kept apart by an override"
        for i in one:
            for j in other:
                why = self.rules.contradicts(i, j)
                if why is None and documents[i] == documents[j] and self.rules.score(i, j) < BRIDGED_IN_DOCUMENT:
                    why = "two reports of one document"
                if why is not None:
                    return why if (i, j) in ((edge.a, edge.b), (edge.b, edge.a)) else f"another report of it: {why}"
        if len(one) * len(other) <= _MANY:
            scores = [self.rules.score(i, j) for i in one for j in other]
            if sum(scores) < _MEAN * len(scores):
                return "the other reports of the two do not support it"
        return None

    def _join(self, a: int, b: int) -> None:
        keep_, drop = self.of[a], self.of[b]
        if keep_ == drop:
            return
        if len(self.members[keep_]) < len(self.members[drop]):
            keep_, drop = drop, keep_
        for i in self.members[drop]:
            self.of[i] = keep_
        self.members[keep_].extend(self.members.pop(drop))
