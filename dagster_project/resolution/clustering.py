"""From scored pairs to incidents: agglomerative, strongest pair first, never across a contradiction.

Two clusters join when a pair of theirs is accepted, no report of one contradicts a report of the other, and the pairs
between them support it on the average: so a chain of half-likenesses does not tie different incidents together. Two
reports of one document, which its reader told apart, come together through others only if they are alike themselves.
Reports of superseded documents come last and join at most one cluster of others.

Belongs here: the partition. Does not belong: scores and features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dagster_project.resolution.scoring import ACCEPT, BRIDGED_IN_DOCUMENT, threshold

# Between two clusters the pairs must reach this on the average. Half the threshold: two short reports of one incident
# often share little but time and place.
_MEAN = ACCEPT / 2
# Above this many pairs between two clusters the average of the compared ones stands for all.
_MANY = 400


class Edge(NamedTuple):
    """A scored pair of positions, a < b."""

    a: int
    b: int
    score: float


@dataclass
class Clusters:
    """A partition of report positions, grown by joins."""

    size: int
    counted: list[bool]  # per position: whether its document counts
    documents: list[str]
    contradicts: Callable[[int, int], str | None]
    score: Callable[[int, int], float]
    together: set[tuple[int, int]] = field(default_factory=set)  # must-link
    apart: set[tuple[int, int]] = field(default_factory=set)  # cannot-link
    blocked: dict[tuple[int, int], str] = field(default_factory=dict)  # accepted pairs that were not joined: why

    def __post_init__(self) -> None:
        self.of = list(range(self.size))
        self.members: dict[int, list[int]] = {i: [i] for i in range(self.size)}
        self.barred: dict[int, set[int]] = {}
        for a, b in sorted(self.apart):
            self.barred.setdefault(a, set()).add(b)
            self.barred.setdefault(b, set()).add(a)

    def run(self, edges: Iterable[Edge]) -> list[list[int]]:
        """The clusters, each sorted, ordered by their first member."""
        for a, b in sorted(self.together):
            self._join(a, b)
        accepted = sorted(
            (e for e in edges if e.score >= threshold(self.documents[e.a] == self.documents[e.b])),
            key=lambda e: (not (self.counted[e.a] and self.counted[e.b]), -e.score, e.a, e.b),
        )
        for edge in accepted:
            if self.of[edge.a] != self.of[edge.b]:
                why = self._objection(edge)
                if why is None:
                    self._join(edge.a, edge.b)
                else:
                    self.blocked[edge.a, edge.b] = why
        return sorted(sorted(m) for m in self.members.values())

    def _objection(self, edge: Edge) -> str | None:
        one, other = self.members[self.of[edge.a]], self.members[self.of[edge.b]]
        if not (self.counted[edge.a] and self.counted[edge.b]) and all(
            any(self.counted[i] for i in members) for members in (one, other)
        ):
            return "a superseded report ties no incidents together"
        for i in one:
            if barred := self.barred.get(i):
                for j in other:
                    if j in barred:
                        return "kept apart by an override"
        for i in one:
            for j in other:
                why = self.contradicts(i, j)
                if why is None and self.documents[i] == self.documents[j] and self.score(i, j) < BRIDGED_IN_DOCUMENT:
                    why = "two reports of one document"
                if why is not None:
                    return why if (i, j) in ((edge.a, edge.b), (edge.b, edge.a)) else f"another report of it: {why}"
        if len(one) * len(other) <= _MANY:
            scores = [self.score(i, j) for i in one for j in other]
            if sum(scores) < _MEAN * len(scores):
                return "the other reports of the two do not support it"
        return None

    def _join(self, a: int, b: int) -> None:
        keep, drop = self.of[a], self.of[b]
        if keep == drop:
            return
        if len(self.members[keep]) < len(self.members[drop]):
            keep, drop = drop, keep
        for i in self.members[drop]:
            self.of[i] = keep
        self.members[keep].extend(self.members.pop(drop))
