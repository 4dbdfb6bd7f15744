"""The audit trail of resolution: every pair of reports that was merged, and every one that nearly was, with the reason.

Nearly: the score comes close, or is high enough and something contradicts.

Belongs here: rows of ``incident_link``. Does not belong: the decisions themselves.
"""

from __future__ import annotations

import json
from functools import lru_cache

import polars as pl

from dagster_project.resolution.clustering import Clusters
from dagster_project.resolution.features import Comparer
from dagster_project.resolution.memory import Memory
from dagster_project.resolution.overrides import Overrides
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.rows import SCHEMAS
from dagster_project.resolution.scoring import ACCEPT, NEAR, reason, threshold


def link_frame(
    scored: pl.DataFrame,
    reports: Reports,
    clusters: Clusters,
    comparer: Comparer,
    decisions: Overrides,
    memory: Memory,
) -> pl.DataFrame:
    """Rows of ``incident_link``, sorted by their pair.

    Args:
        scored: a, b, score, contradiction, as ``pairs.score_pairs`` gives them.
        clusters: after its run.
        memory: the words for pairs told by an earlier run.
    """
    of = pl.DataFrame({"i": range(len(clusters.of)), "cluster": clusters.of}, schema={"i": pl.Int64, "cluster": pl.Int64})
    decided = pl.DataFrame(
        sorted(clusters.together | clusters.apart), schema={"a": pl.Int64, "b": pl.Int64}, orient="row"
    ).with_columns(is_decided=True)
    told = (
        scored.join(decided, on=["a", "b"], how="left")
        .join(of.rename({"i": "a", "cluster": "cluster_a"}), on="a")
        .join(of.rename({"i": "b", "cluster": "cluster_b"}), on="b")
        .filter(
            (pl.col("cluster_a") == pl.col("cluster_b"))
            | pl.col("is_decided").fill_null(False)
            | (pl.col("score") >= pl.when(pl.col("contradiction").is_null()).then(NEAR).otherwise(ACCEPT))
        )
        .sort("a", "b")
        .drop("is_decided")
    )
    rows = []
    for a, b, value, contradiction, one, other in told.iter_rows():
        first, second = reports.keys[a], reports.keys[b]
        key = f"{reports.digests[a]}|{reports.digests[b]}"
        told_before = memory.get_text(key)
        if told_before is None:
            words, why = _written(tuple(comparer.features(reports[a], reports[b]).items()))
            memory.put_text(key, f"{words}\t{why}")
        else:
            words, _, why = told_before.partition("\t")
        enough = threshold(first[0] == second[0])
        if (a, b) in clusters.together:
            decision, why = "must_link", f"override by {decisions.together[first, second]}; {why}"
        elif (a, b) in clusters.apart:
            decision, why = "cannot_link", f"override by {decisions.apart[first, second]}; {why}"
        elif one == other:
            decision = "merged"
        elif contradiction is not None:
            decision, why = "forbidden", f"{contradiction}; {why}"
        elif (a, b) in clusters.blocked:
            decision, why = "forbidden", f"{clusters.blocked[a, b]}; {why}"
        else:
            decision, why = "near_miss", f"{value:g} of {enough:g}; {why}"
        rows.append((*first, *second, value, words, decision, why))
    return pl.DataFrame(rows, schema=SCHEMAS["incident_link"], orient="row")


@lru_cache(maxsize=100_000)
def _written(features: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Features as JSON, and the reason they give; many pairs agree in all of them."""
    return json.dumps(dict(features)), reason(dict(features))
