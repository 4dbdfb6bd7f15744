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
    "pair": pl.UInt64,  # a hash of the two digests
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
    digest = reports.frame["digest"].str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64)
    digests = candidates.select(one=digest.gather(candidates["a"]), other=digest.gather(candidates["b"]))
    smaller, larger = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    keyed = candidates.hstack(digests.select(pair=pl.struct(smaller.alias("one"), larger.alias("other")).hash()))
    known = _recall(memory)
    both = keyed.join(known, on="pair", how="left", maintain_order="left")
    unknown = keyed.filter(both["score"].is_null())
    missing = unknown.unique("pair", maintain_order=True)
    if len(missing):
        fresh = _score(missing, reports, comparer)
        told = unknown.join(fresh, on="pair")
        both = pl.concat([both.filter(pl.col("score").is_not_null()), told]).sort("a", "b")
    if memory is not None:
        used = both.select(list(_REMEMBERED)).unique("pair")
        if len(missing) or len(used) != len(known):
            with written_aside(memory) as aside:
                used.write_parquet(aside, compression="lz4", metadata={"rules": rules_fingerprint()})
    return ScoredPairs(both.select("a", "b", "score", "contradiction"), len(missing))


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
    return pl.DataFrame({"pair": missing["pair"], "score": scores, "contradiction": contradictions}, schema=_REMEMBERED)
