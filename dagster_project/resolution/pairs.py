"""Scores of candidate pairs, remembered from run to run.

A pair's score depends on its two reports (their digests) and the rules alone, so a run that adds documents scores only
pairs with something new. The memory is a Parquet file in the working folder; deleting it costs time, never correctness.

Belongs here: scoring many pairs, and the memory. Does not belong: which pairs (``blocking.py``), what follows
(``clustering.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.resolution.features import CONTRADICTIONS, Comparer
from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.scoring import score

_REMEMBERED: dict[str, Any] = {
    "pair": pl.UInt64,  # a hash of the two digests
    "score": pl.Float64,
    "contradiction": pl.UInt8,  # its place in CONTRADICTIONS
}


@dataclass(slots=True)
class ScoredPairs:
    """``frame``: a, b (positions), pair (a number for the two digests), score, contradiction; ``compared``: how many were scored anew."""

    frame: pl.DataFrame
    compared: int


def score_pairs(candidates: pl.DataFrame, reports: Reports, comparer: Comparer, memory: Path) -> ScoredPairs:
    """Score candidate pairs (a, b).

    Args:
        memory: file of scores of an earlier run, read and written.
    """
    digest = reports.frame["digest"].str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64)
    digests = candidates.select(one=digest.gather(candidates["a"]), other=digest.gather(candidates["b"]))
    smaller, larger = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    keyed = candidates.hstack(digests.select(pair=pl.struct(smaller.alias("one"), larger.alias("other")).hash()))
    known = recall(memory, _REMEMBERED)
    both = keyed.join(known, on="pair", how="left", maintain_order="left")
    unknown = keyed.with_row_index("at").filter(both["score"].is_null())
    missing = unknown.unique("pair", maintain_order=True)
    if len(missing):
        fresh = unknown.join(_score(missing, reports, comparer), on="pair")
        both = both.with_columns(both[name].scatter(fresh["at"], fresh[name]) for name in ("score", "contradiction"))
    if len(missing) or both["pair"].n_unique() != len(known):
        keep(both.select(list(_REMEMBERED)).unique("pair"), memory)
    told = pl.Series("contradiction", CONTRADICTIONS).gather(both["contradiction"])
    return ScoredPairs(both.with_columns(told), len(missing))


def _score(missing: pl.DataFrame, reports: Reports, comparer: Comparer) -> pl.DataFrame:
    scores: list[float] = []
    contradictions: list[int | None] = []
    for a, b in missing.select("a", "b").iter_rows():
        one, other = reports[a], reports[b]
        scores.append(score(comparer.features(one, other)))
        contradiction = comparer.contradiction(one, other)
        contradictions.append(None if contradiction is None else CONTRADICTIONS.index(contradiction))
    return pl.DataFrame({"pair": missing["pair"], "score": scores, "contradiction": contradictions}, schema=_REMEMBERED)
