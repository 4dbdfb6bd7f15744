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

from dagster_project.files import written_aside
from dagster_project.resolution.features import Comparer
from dagster_project.resolution.memory import rules_fingerprint
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.scoring import score

_REMEMBERED: dict[str, Any] = {
    "low": pl.UInt64,  # the smaller digest of the two
    "high": pl.UInt64,
    "score": pl.Float64,
    "contradiction": pl.String,
}


@dataclass(slots=True)
class ScoredPairs:
    """``frame``: a, b (positions), score, contradiction; ``compared``: how many were scored anew."""

    frame: pl.DataFrame
    compared: int


def score_pairs(candidates: pl.DataFrame, reports: Reports, comparer: Comparer, memory: Path | None) -> ScoredPairs:
    """Score candidate pairs (a, b).

    Args:
        memory: file of scores of an earlier run, read and written; None keeps none.
    """
    number = reports.frame["digest"].str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64)
    of_a, of_b = (number.gather(candidates[side]) for side in ("a", "b"))
    keyed = candidates.with_columns(of_a=of_a, of_b=of_b).select(
        "a", "b", low=pl.min_horizontal("of_a", "of_b"), high=pl.max_horizontal("of_a", "of_b")
    )
    known = _recall(memory)
    both = keyed.join(known, on=["low", "high"], how="left")
    unknown = both.filter(pl.col("score").is_null()).select(keyed.columns)
    missing = unknown.unique(["low", "high"], maintain_order=True)
    if len(missing):
        fresh = _score(missing, reports, comparer)
        told = unknown.join(fresh, on=["low", "high"], how="left")
        both = pl.concat([both.filter(pl.col("score").is_not_null()), told.select(both.columns)])
    frame = both.sort("a", "b")
    if memory is not None:
        used = both.select(list(_REMEMBERED)).unique(["low", "high"])
        if len(missing) or len(used) != len(known):
            with written_aside(memory) as aside:
                used.write_parquet(aside, compression="lz4", metadata={"rules": rules_fingerprint()})
    return ScoredPairs(frame.select("a", "b", "score", "contradiction"), len(missing))


def _recall(memory: Path | None) -> pl.DataFrame:
    if memory is not None and memory.is_file() and pl.read_parquet_metadata(memory).get("rules") == rules_fingerprint():
        return pl.read_parquet(memory)
    return pl.DataFrame(schema=_REMEMBERED)


def _score(missing: pl.DataFrame, reports: Reports, comparer: Comparer) -> pl.DataFrame:
    scores, contradictions = [], []
    for a, b in missing.select("a", "b").iter_rows():
        one, other = reports[a], reports[b]
        scores.append(score(comparer.features(one, other)))
        contradictions.append(comparer.contradiction(one, other))
    return pl.DataFrame(
        {
            "low": missing["low"],
            "high": missing["high"],
            "score": scores,
            "contradiction": contradictions,
        },
        schema=_REMEMBERED,
    )
