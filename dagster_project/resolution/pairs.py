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
from dagster_project.resolution.profiles import Profile
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


def score_pairs(candidates: pl.DataFrame, profiles: list[Profile], comparer: Comparer, memory: Path | None) -> ScoredPairs:
    """Score candidate pairs (a, b).

    Args:
        memory: file of scores of an earlier run, read and written; None keeps none.
    """
    digests = pl.DataFrame(
        {"i": range(len(profiles)), "digest": [int(p.digest[:16], 16) for p in profiles]},
        schema={"i": pl.Int64, "digest": pl.UInt64},
    )
    keyed = (
        candidates.join(digests.rename({"i": "a", "digest": "digest_a"}), on="a", maintain_order="left")
        .join(digests.rename({"i": "b", "digest": "digest_b"}), on="b", maintain_order="left")
        .select("a", "b", low=pl.min_horizontal("digest_a", "digest_b"), high=pl.max_horizontal("digest_a", "digest_b"))
    )
    known = _recall(memory)
    both = keyed.join(known, on=["low", "high"], how="left")
    unknown = both.filter(pl.col("score").is_null()).select(keyed.columns)
    missing = unknown.unique(["low", "high"], maintain_order=True)
    if len(missing):
        fresh = _score(missing, profiles, comparer)
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


def _score(missing: pl.DataFrame, profiles: list[Profile], comparer: Comparer) -> pl.DataFrame:
    scores, contradictions = [], []
    for a, b in missing.select("a", "b").iter_rows():
        one, other = profiles[a], profiles[b]
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
