"""Scores of candidate pairs, remembered from run to run.

A pair's score depends on its two reports (their digests) and the rules alone, so a run that adds documents scores only
pairs with something new. The memory is a Parquet file in the working folder; deleting it costs time, never correctness.
There are a hundred pairs to a document: each is a few numbers in an array.

Belongs here: scoring many pairs, and the memory. Does not belong: which pairs (``blocking.py``), what follows
(``clustering.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from dagster_project.resolution.features import CONTRADICTIONS, Comparer
from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.scoring import score

_REMEMBERED: dict[str, Any] = {
    "pair": pl.UInt64,  # a hash of the two digests
    "hundredths": pl.Int16,  # the score has two decimals
    "contradiction": pl.UInt8,  # its place in CONTRADICTIONS, counted from 1; 0 for none
}
# Hashed so many at a time.
_BATCH = 500_000


@dataclass(slots=True)
class ScoredPairs:
    """``frame``: a, b (positions), pair (a number for the two digests), hundredths, contradiction; ``compared``: how many
    were scored anew."""

    frame: pl.DataFrame
    compared: int


def in_words(pairs: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``ScoredPairs.frame`` with their score as a number and their contradiction in words, null for none."""
    at = pl.when(pl.col("contradiction") > 0).then(pl.col("contradiction") - 1)
    told = pl.Series(CONTRADICTIONS).gather(pairs.select(at).to_series())
    return pairs.with_columns(told.alias("contradiction"), score=pl.col("hundredths") / 100).drop("hundredths")


def hundredths(threshold: float) -> int:
    return round(threshold * 100)


def score_pairs(candidates: pl.DataFrame, reports: Reports, comparer: Comparer, memory: Path) -> ScoredPairs:
    """Score candidate pairs (a, b).

    Args:
        memory: file of scores of an earlier run, read and written.
    """
    pair = _numbers(candidates, reports)
    known = recall(memory, _REMEMBERED)
    known_pair = known["pair"].to_numpy()
    at = np.searchsorted(known_pair, pair)
    is_known = np.zeros(len(pair), dtype=bool)
    inside = at < len(known_pair)
    is_known[inside] = known_pair[at[inside]] == pair[inside]
    scores, contradictions = np.zeros(len(pair), dtype=np.int16), np.zeros(len(pair), dtype=np.uint8)
    for values, name in ((scores, "hundredths"), (contradictions, "contradiction")):
        values[is_known] = known[name].to_numpy()[at[is_known]]
    missing = np.flatnonzero(~is_known)
    _, first, same = np.unique(pair[missing], return_index=True, return_inverse=True)
    found = _score(candidates[missing[first]], reports, comparer)
    scores[missing], contradictions[missing] = found[0][same], found[1][same]
    if len(missing) or len(known) > len(pair):
        distinct, first = np.unique(pair, return_index=True)
        rows = {"pair": distinct, "hundredths": scores[first], "contradiction": contradictions[first]}
        keep(pl.DataFrame(rows, schema=_REMEMBERED), memory)
    told = {"pair": pair, "hundredths": scores, "contradiction": contradictions}
    return ScoredPairs(candidates.hstack(pl.DataFrame(told, schema=_REMEMBERED)), len(found[0]))


def _numbers(candidates: pl.DataFrame, reports: Reports) -> npt.NDArray[np.uint64]:
    """The number of each pair."""
    digest = reports.frame["digest"].str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64)
    found = [np.empty(0, dtype=np.uint64)]
    smaller, larger = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    for part in candidates.iter_slices(_BATCH):
        digests = part.select(one=digest.gather(part["a"]), other=digest.gather(part["b"]))
        found.append(digests.select(pl.struct(smaller.alias("one"), larger.alias("other")).hash()).to_series().to_numpy())
    return np.concatenate(found)


def _score(
    missing: pl.DataFrame, reports: Reports, comparer: Comparer
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.uint8]]:
    """Hundredths and contradiction of each pair."""
    scores, contradictions = np.zeros(len(missing), dtype=np.int16), np.zeros(len(missing), dtype=np.uint8)
    a, b = missing["a"].to_numpy(), missing["b"].to_numpy()
    for at in reports.in_time_order(missing):
        one, other = reports[int(a[at])], reports[int(b[at])]
        scores[at] = hundredths(score(comparer.features(one, other)))
        contradiction = comparer.contradiction(one, other)
        contradictions[at] = 0 if contradiction is None else CONTRADICTIONS.index(contradiction) + 1
    return scores, contradictions
