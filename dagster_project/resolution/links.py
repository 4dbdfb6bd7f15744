"""The audit trail of resolution: every pair of reports that was merged, and every one that nearly was, with the reason.

Nearly: the score comes close, or is high enough and something contradicts.

Belongs here: rows of ``incident_link``. Does not belong: the decisions themselves.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dagster_project.resolution.clustering import Partition, Rules
from dagster_project.resolution.features import Comparer
from dagster_project.resolution.memory import keep, recall
from dagster_project.resolution.overrides import Overrides
from dagster_project.resolution.pairs import hundredths, in_words
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.rows import SCHEMAS
from dagster_project.resolution.scoring import ACCEPT, NEAR, reason, threshold

_REMEMBERED: dict[str, Any] = {
    "pair": pl.UInt64,  # as in pairs.py
    "features": pl.String,
    "why": pl.String,
}


def link_frame(
    scored: pl.DataFrame,
    reports: Reports,
    clusters: Partition,
    rules: Rules,
    comparer: Comparer,
    decisions: Overrides,
    memory: Path,
) -> pl.DataFrame:
    """Rows of ``incident_link``, sorted by their pair.

    Args:
        scored: as ``pairs.score_pairs`` gives them.
        memory: file of the words for pairs told by an earlier run, read and written.
    """
    decided = [(a, b, "must_link", decisions.together[reports.keys[a], reports.keys[b]]) for a, b in rules.together]
    decided += [(a, b, "cannot_link", decisions.apart[reports.keys[a], reports.keys[b]]) for a, b in rules.apart]
    schema = {"a": pl.UInt32, "b": pl.UInt32, "decided": pl.String, "decided_by": pl.String}
    of = pl.Series(clusters.of)
    near = pl.when(pl.col("contradiction") == 0).then(hundredths(NEAR)).otherwise(hundredths(ACCEPT))
    told = (
        scored.with_columns(is_one=of.gather(scored["a"]) == of.gather(scored["b"]))
        .join(pl.DataFrame(decided, schema=schema, orient="row"), on=["a", "b"], how="left")
        .filter(pl.col("is_one") | pl.col("decided").is_not_null() | (pl.col("hundredths") >= near))
        .join(clusters.blocked, on=["a", "b"], how="left")
        .pipe(in_words)
    )
    told = _in_words(told, reports, comparer, memory).sort("a", "b")
    sides = [
        reports.frame["document_id" if name.startswith("document") else "report_no"].gather(told[name[-1]]).alias(name)
        for name in ("document_id_a", "report_no_a", "document_id_b", "report_no_b")
    ]
    in_document = sides[0] == sides[2]
    enough = pl.when(in_document).then(pl.lit(f"{threshold(True):g}")).otherwise(pl.lit(f"{threshold(False):g}"))
    against = pl.coalesce("contradiction", "blocked")
    is_decided, is_one = pl.col("decided").is_not_null(), pl.col("is_one")
    decision = (
        pl.when(is_decided)
        .then("decided")
        .when(is_one)
        .then(pl.lit("merged"))
        .when(against.is_not_null())
        .then(pl.lit("forbidden"))
        .otherwise(pl.lit("near_miss"))
    )
    first = (
        pl.when(is_decided)
        .then(pl.format("override by {}; ", "decided_by"))
        .when(is_one)
        .then(pl.lit(""))
        .when(against.is_not_null())
        .then(pl.format("{}; ", against))
        .otherwise(pl.format("{} of {}; ", pl.col("score").cast(pl.String).str.strip_suffix(".0"), enough))
    )
    return told.select(*sides, "score", "features", decision=decision, reason=first + pl.col("why")).cast(
        pl.Schema(SCHEMAS["incident_link"])
    )


def _in_words(told: pl.DataFrame, reports: Reports, comparer: Comparer, memory: Path) -> pl.DataFrame:
    """``told`` with the features of each pair and the reason they give."""
    known = recall(memory, _REMEMBERED)
    missing = told.join(known, on="pair", how="anti").unique("pair", maintain_order=True)
    # Most say the same as others: what is said once is held once.
    said: dict[tuple[str, str], int] = {}
    which = np.zeros(len(missing), dtype=np.uint32)
    a, b = missing["a"].to_list(), missing["b"].to_list()
    for at in reports.in_time_order(missing):
        words = _written(tuple(comparer.features(reports[a[at]], reports[b[at]]).items()))
        which[at] = said.setdefault(words, len(said))
    features, why = (pl.Series([words[n] for words in said], dtype=pl.String).gather(which) for n in (0, 1))
    fresh = pl.DataFrame({"pair": missing["pair"], "features": features, "why": why}, schema=_REMEMBERED)
    both = pl.concat([known, fresh], rechunk=False)
    used = both.join(told, on="pair", how="semi")
    if len(fresh) or len(used) != len(known):
        keep(used, memory)
    return told.join(used, on="pair")


@lru_cache(maxsize=100_000)
def _written(features: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Features as JSON, and the reason they give; many pairs agree in all of them."""
    return json.dumps(dict(features)), reason(dict(features))
