"""The audit trail of resolution: every pair of reports that was merged, and every one that nearly was, with the reason.

Nearly: the score comes close, or is high enough and something contradicts.

Belongs here: rows of ``incident_link``. Does not belong: the decisions themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dagster_project.resolution.clustering import Partition, Rules
from dagster_project.resolution.features import Comparer
from dagster_project.resolution.memory import keep, recall, recall_said
from dagster_project.resolution.overrides import Overrides
from dagster_project.resolution.pairs import hundredths, in_words
from dagster_project.resolution.reports import Reports
from dagster_project.resolution.rows import SCHEMAS
from dagster_project.resolution.scoring import ACCEPT, NEAR, reason, threshold

_REMEMBERED: dict[str, Any] = {
    "pair": pl.UInt64,  # as in pairs.py
    "said": pl.UInt32,  # which features and reason: half a million pairs say some thousand different things
}
# Rows put into words at a time.
_BATCH = 20_000


def link_frames(
    scored: pl.DataFrame,
    reports: Reports,
    clusters: Partition,
    rules: Rules,
    comparer: Comparer,
    decisions: Overrides,
    memory: Path,
) -> Iterator[pl.DataFrame]:
    """Rows of ``incident_link``, sorted by their pair, in parts.

    Args:
        scored: as ``pairs.score_pairs`` gives them.
        memory: file of the words for pairs told by an earlier run, read and written.
    """
    decided = [(a, b, "must_link", decisions.together[reports.keys[a], reports.keys[b]]) for a, b in rules.together]
    decided += [(a, b, "cannot_link", decisions.apart[reports.keys[a], reports.keys[b]]) for a, b in rules.apart]
    schema = {"a": pl.UInt32, "b": pl.UInt32, "decided": pl.String, "decided_by": pl.String}
    by_person = pl.DataFrame(decided, schema=schema, orient="row")
    of = pl.Series(clusters.of)
    near = pl.when(pl.col("contradiction") == 0).then(hundredths(NEAR)).otherwise(hundredths(ACCEPT))
    is_told = (pl.col("hundredths") >= near) | pl.col("is_one")
    pairs = scored.with_columns(is_one=of.gather(scored["a"]) == of.gather(scored["b"]))
    by_hand = pairs.filter(~is_told).join(by_person, on=["a", "b"], how="semi")
    told = pl.concat([pairs.filter(is_told), by_hand]).sort("a", "b")
    told, said = _said(told, reports, comparer, memory)
    features, why = (pl.Series([words[n] for words in said], dtype=pl.String) for n in (0, 1))
    for part in told.iter_slices(_BATCH):
        decided_and_blocked = part.join(by_person, on=["a", "b"], how="left", maintain_order="left").join(
            clusters.blocked, on=["a", "b"], how="left", maintain_order="left"
        )
        words = {"features": features.gather(part["said"]), "why": why.gather(part["said"])}
        yield _in_words(decided_and_blocked.with_columns(**words), reports)


def _in_words(told: pl.DataFrame, reports: Reports) -> pl.DataFrame:
    """Rows of ``incident_link``."""
    sides = {
        f"{column}_{side}": reports.frame[column].gather(told[side])
        for side in ("a", "b")
        for column in ("document_id", "report_no")
    }
    told = in_words(told).with_columns(**sides)
    in_document = pl.col("document_id_a") == pl.col("document_id_b")
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
    schema = pl.Schema(SCHEMAS["incident_link"])
    return told.with_columns(decision=decision, reason=first + pl.col("why")).select(list(schema)).cast(schema)


def _said(
    told: pl.DataFrame, reports: Reports, comparer: Comparer, memory: Path
) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """``told`` with what each pair says: its place in the list of features and reasons that comes with it."""
    known = recall(memory, _REMEMBERED)
    said: dict[tuple[str, str], int] = {(features, why): n for n, (features, why) in enumerate(recall_said(memory))}
    missing = told.select("a", "b", "pair").join(known, on="pair", how="anti").unique("pair", maintain_order=True)
    which = np.zeros(len(missing), dtype=np.uint32)
    a, b = missing["a"].to_numpy(), missing["b"].to_numpy()
    for at in reports.in_time_order(missing):
        words = _written(tuple(comparer.features(reports[int(a[at])], reports[int(b[at])]).items()))
        which[at] = said.setdefault(words, len(said))
    fresh = pl.DataFrame({"pair": missing["pair"], "said": which}, schema=_REMEMBERED)
    used = pl.concat([known, fresh]).join(told, on="pair", how="semi")
    if len(fresh) or len(used) != len(known):
        keep(used, memory, list(said))
    return told.join(used, on="pair", how="left", maintain_order="left"), list(said)


@lru_cache(maxsize=100_000)
def _written(features: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Features as JSON, and the reason they give; many pairs agree in all of them."""
    return json.dumps(dict(features)), reason(dict(features))
