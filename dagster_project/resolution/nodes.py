"""Resolved actors or places by id, each made when somebody asks for it: a run with a few new documents asks for few.

Belongs here: finding a row by its id. Does not belong: what a node means (``hierarchy.py``, ``places.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import polars as pl

# Relations of two nodes that are held at once: what is asked for once is soon asked for again.
HELD = 100_000
Node = TypeVar("Node")


class Nodes(Mapping[str, Node]):
    """The rows of a frame that is sorted by its first column, an id; ``make`` takes a row."""

    def __init__(self, rows: pl.DataFrame, make: Callable[[tuple[Any, ...]], Node]) -> None:
        self._rows = rows
        self._ids = rows.to_series(0)
        self._make = make
        self._made: dict[str, Node] = {}

    def __getitem__(self, node_id: str) -> Node:
        made = self._made.get(node_id)
        if made is None:
            at = bisect_left(self._ids, node_id)
            if at == len(self._ids) or self._ids[at] != node_id:
                raise KeyError(node_id)
            made = self._made[node_id] = self._make(self._rows.row(at))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
