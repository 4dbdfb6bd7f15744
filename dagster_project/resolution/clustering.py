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

from dagster_project.resolution.memory import Memory, key_of
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
    digests: list[str] = field(default_factory=list)  # of the reports; needed with a memory
    memory: Memory | None = None  # partitions of components of an earlier run
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
        accepted = [e for e in edges if e.score >= threshold(self.documents[e.a] == self.documents[e.b])]
        for positions, own, must in self._components(accepted):
            # What joins whom in a component depends on nothing outside it.
            if self.memory is None:
                self._cluster(own, must)
            else:
                self._recall_or_cluster(self.memory, positions, own, must)
        return sorted(sorted(m) for m in self.members.values())

    def _components(self, accepted: list[Edge]) -> list[tuple[list[int], list[Edge], list[tuple[int, int]]]]:
        """Reports that accepted edges or a person's decisions tie together: positions, edges, must-links of each group."""
        above: dict[int, int] = {}

        def top(i: int) -> int:
            while (up := above.setdefault(i, i)) != i:
                above[i] = above[up]
                i = up
            return i

        must = sorted(self.together)
        for a, b in (*((e.a, e.b) for e in accepted), *must):
            above[top(a)] = top(b)
        found: dict[int, tuple[list[int], list[Edge], list[tuple[int, int]]]] = {}
        for i in sorted(above):
            found.setdefault(top(i), ([], [], []))[0].append(i)
        for edge in accepted:
            found[top(edge.a)][1].append(edge)
        for a, b in must:
            found[top(a)][2].append((a, b))
        return list(found.values())

    def _recall_or_cluster(
        self, memory: Memory, positions: list[int], edges: list[Edge], must: list[tuple[int, int]]
    ) -> None:
        """As ``_cluster``, or as an earlier run did with the same reports, edges and decisions."""
        local = {position: n for n, position in enumerate(positions)}
        names = [(self.documents[i], self.digests[i], self.counted[i]) for i in positions]
        apart = [(n, sorted(local[j] for j in self.barred[i] if j in local)) for i, n in local.items() if i in self.barred]
        ties = sorted((local[a], local[b], score) for a, b, score in edges)
        key = key_of((names, ties, [(local[a], local[b]) for a, b in must], apart))
        answer = memory.get(key)
        if answer is None:
            self._cluster(edges, must)
            groups: dict[int, list[int]] = {}
            for n, position in enumerate(positions):
                groups.setdefault(self.of[position], []).append(n)
            why = [[local[e.a], local[e.b], w] for e in edges if (w := self.blocked.get((e.a, e.b))) is not None]
            memory.put(key, [list(groups.values()), why])
            return
        for group in answer[0]:
            for n in group[1:]:
                self._join(positions[group[0]], positions[n])
        for a, b, w in answer[1]:
            self.blocked[positions[a], positions[b]] = w

    def _cluster(self, edges: list[Edge], must: list[tuple[int, int]]) -> None:
        for a, b in must:
            self._join(a, b)
        for edge in sorted(edges, key=lambda e: (not (self.counted[e.a] and self.counted[e.b]), -e.score, e.a, e.b)):
            if self.of[edge.a] != self.of[edge.b]:
                why = self._objection(edge)
                if why is None:
                    self._join(edge.a, edge.b)
                else:
                    self.blocked[edge.a, edge.b] = why

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
