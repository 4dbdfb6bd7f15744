"""From scored pairs to incidents: agglomerative, strongest pair first, never across a contradiction.

Two clusters join when a pair of theirs is accepted, no report of one contradicts a report of the other, and the pairs
between them support it on the average: so a chain of half-likenesses does not tie different incidents together. Two
reports of one document, which its reader told apart, come together through others only if they are alike themselves.
Reports of superseded documents come last and join at most one cluster of others.

What became of each accepted pair is remembered from run to run in a Parquet file, which costs time to delete and never
correctness: as long as neither of two clusters holds anything else than it held at the same pair of the run before, the
same becomes of it.

Belongs here: the partition. Does not belong: scores and features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from dagster_project.resolution.memory import keep, key_of, recall
from dagster_project.resolution.scoring import ACCEPT, BRIDGED_IN_DOCUMENT

# Between two clusters the pairs must reach this on the average. Half the threshold: two short reports of one incident
# often share little but time and place.
_MEAN = ACCEPT / 2
# Above this many pairs between two clusters the average of the compared ones stands for all.
_MANY = 400

Positions = npt.NDArray[np.int64]
JOINED = ""
_REMEMBERED: dict[str, Any] = {
    "edge": pl.UInt64,  # a hash of its two reports and its score, and of all decisions
    "one": pl.UInt64,  # hashes of the reports
    "other": pl.UInt64,
    "outcome": pl.String,  # JOINED, or what kept the clusters apart; null where they were one already
}


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
        reports: document_id, report_no, digest, is_counted by position.
        accepted: a, b, score of the pairs that nothing contradicts, from their threshold on.
        memory: file of the outcomes of an earlier run, read and written.
    """
    identity = reports.select(pl.struct("document_id", "report_no", "digest", "is_counted").hash()).to_series()
    decisions = sorted((a, b, kind) for kind, which in ((1, rules.together), (2, rules.apart)) for a, b in which)
    decided = key_of((*(identity[i] for i in decision[:2]), decision[2]) for decision in decisions)
    counted = reports["is_counted"]
    edges = accepted.select(
        "a",
        "b",
        "score",
        one=identity.gather(accepted["a"]),
        other=identity.gather(accepted["b"]),
        is_last=~(counted.gather(accepted["a"]) & counted.gather(accepted["b"])),
    ).sort("is_last", "score", "a", "b", descending=[False, True, False, False])
    edges = edges.with_columns(edge=pl.struct("one", "other", "score", pl.lit(decided)).hash())
    known = recall(memory, _REMEMBERED)
    # Where two hung together that do so no more, nothing of the earlier run can be relied on.
    gone = known.filter(pl.col("outcome") == JOINED).join(edges, on="edge", how="anti")
    strays = identity.is_in(pl.concat([gone["one"], gone["other"]]).implode()).arg_true()
    clusters = _Clusters(len(reports), rules, {*strays, *(i for decision in decisions for i in decision[:2])})
    before = edges.join(
        known.select("edge", "outcome", is_known=True), on="edge", how="left", maintain_order="left"
    ).with_columns(pl.col("is_known").fill_null(False))
    outcomes = clusters.grow(before.select("a", "b", "outcome", "is_known").iter_rows())
    found = edges.select("a", "b", "edge", "one", "other", outcome=pl.Series(outcomes, dtype=pl.String))
    told = found.select(list(_REMEMBERED))
    if not told.equals(known):
        keep(told, memory)
    blocked = found.filter(pl.col("outcome") != JOINED).select("a", "b", blocked="outcome")
    return Partition(clusters.first(), blocked)


class _Clusters:
    """A partition of the positions, grown by joins."""

    def __init__(self, size: int, rules: Rules, strays: set[int]) -> None:
        self._rules = rules
        self._of = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._barred: dict[int, set[int]] = {}
        for a, b in sorted(rules.apart):
            self._barred.setdefault(a, set()).add(b)
            self._barred.setdefault(b, set()).add(a)
        # Clusters that hold something else than they held in the earlier run.
        self._strays = set(strays)
        self._refused: dict[tuple[int, int, int, int], _Conflict] = {}
        for a, b in sorted(rules.together):
            self._join(a, b)

    def first(self) -> Positions:
        """For each position the first one of its cluster."""
        of = np.asarray(self._of, dtype=np.int64)
        first = np.full(len(of), len(of), dtype=np.int64)
        np.minimum.at(first, of, np.arange(len(of)))
        return first[of]

    def grow(self, edges: Iterable[tuple[int, int, str | None, bool]]) -> list[str | None]:
        """What becomes of each edge, in order: JOINED, why not, or None where both are in one cluster already.

        Args:
            edges: a, b, outcome of an earlier run, whether there was one.
        """
        return [self._met(*edge) for edge in edges]

    def _met(self, a: int, b: int, outcome: str | None, is_known: bool) -> str | None:
        of, strays = self._of, self._strays
        one, other = of[a], of[b]
        if one == other:
            return None
        is_stray = one in strays or other in strays
        if is_stray or not is_known:
            why = self._objection(a, b)
            if why is not None and is_known and outcome == JOINED:
                strays |= {one, other}
            outcome = JOINED if why is None else why
        if outcome == JOINED:
            self._join(a, b)
            if is_stray or not is_known:
                strays.add(of[a])
        return outcome

    def _objection(self, a: int, b: int) -> str | None:
        one, other = self._members[self._of[a]], self._members[self._of[b]]
        counted = self._rules.counted
        if not (counted[a] and counted[b]) and all(any(counted[i] for i in members) for members in (one, other)):
            return "a superseded report ties no incidents together"
        for i in one:
            if barred := self._barred.get(i):
                for j in other:
                    if j in barred:
                        return "kept apart by an override"
        # Clusters only grow: while neither has, the same holds against them as at the edge before.
        state = (self._of[a], self._of[b], len(one), len(other))
        if state not in self._refused:
            self._refused[state] = self._conflict(one, other)
        pair, why = self._refused[state]
        return why if why is None or pair in (None, (a, b), (b, a)) else f"another report of it: {why}"

    def _conflict(self, one: list[int], other: list[int]) -> _Conflict:
        """The pair of reports that keeps two clusters apart, and why; None for both where nothing does."""
        documents = self._rules.documents
        for i in one:
            for j in other:
                why = self._rules.contradicts(i, j)
                if why is None and documents[i] == documents[j] and self._rules.score(i, j) < BRIDGED_IN_DOCUMENT:
                    why = "two reports of one document"
                if why is not None:
                    return (i, j), why
        if len(one) * len(other) <= _MANY:
            scores = [self._rules.score(i, j) for i in one for j in other]
            if sum(scores) < _MEAN * len(scores):
                return None, "the other reports of the two do not support it"
        return None, None

    def _join(self, a: int, b: int) -> None:
        keep_, drop = self._of[a], self._of[b]
        if keep_ == drop:
            return
        if len(self._members[keep_]) < len(self._members[drop]):
            keep_, drop = drop, keep_
        for i in self._members[drop]:
            self._of[i] = keep_
        self._members[keep_].extend(self._members.pop(drop))
        if drop in self._strays:
            self._strays.add(keep_)


# A pair of reports, where one keeps their clusters apart; why they stay apart.
_Conflict = tuple[tuple[int, int] | None, str | None]
