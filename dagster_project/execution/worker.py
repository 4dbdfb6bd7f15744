"""What a worker does with one shard: read its documents, one poison document never costing the others.

Belongs here: per-document budgets and failures. Does not belong: how workers are started (``backends.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from typing import Any

import polars as pl

from dagster_project.budget import time_budget
from dagster_project.execution.shards import Shard, write_output
from dagster_project.ingest.documents import CleanDocument
from dagster_project.reading.rows import SCHEMAS, frame

logger = logging.getLogger(__name__)
# Documents are read together up to this many words: large enough for the model's batches, small enough for memory.
BATCH_WORDS = 6_000
# A word takes about 0.2 ms; a document that takes twenty times that is stuck in some quadratic corner.
SECONDS_PER_WORD = 0.004
SECONDS_LEAST = 20.0


@cache
def pipeline(model: str | None):
    """The reading pipeline of this process, loaded once."""
    from dagster_project.reading.pipeline import build_pipeline

    return build_pipeline(model)


def read_shard(shard: Shard, model: str | None) -> dict[str, int]:
    """Read a shard and write its answer. Returns counts of documents by outcome, and ``words``."""
    rows = pl.read_parquet(shard.input)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    outcomes: dict[str, int] = {"read": 0, "failed": 0, "words": int(rows["word_count"].sum())}
    for batch in _batches(rows):
        for outcome, answer in _read_batch(batch, pipeline(model)):
            tables["reading"].append(outcome)
            outcomes[outcome["outcome"]] += 1
            for name, part in answer.items():
                tables[name] += part
    write_output(shard, {name: frame(name, part) for name, part in tables.items()})
    return outcomes


def record_failure(shard: Shard, reason: str) -> dict[str, int]:
    """Answer a shard whose single document kills its worker."""
    rows = pl.read_parquet(shard.input)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    tables["reading"] = [_outcome(row, "failed", reason, 0, 0) for row in rows.iter_rows(named=True)]
    write_output(shard, {name: frame(name, part) for name, part in tables.items()})
    return {"read": 0, "failed": len(rows), "words": int(rows["word_count"].sum())}


def _batches(rows: pl.DataFrame) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    words = 0
    for row in rows.iter_rows(named=True):
        if batch and words + row["word_count"] > BATCH_WORDS:
            yield batch
            batch, words = [], 0
        batch.append(row)
        words += row["word_count"]
    if batch:
        yield batch


def _read_batch(batch: list[dict[str, Any]], nlp) -> Iterator[tuple[dict[str, Any], dict[str, list]]]:
    try:
        with time_budget(max(SECONDS_LEAST, sum(row["word_count"] for row in batch) * SECONDS_PER_WORD)):
            answers = _read(batch, nlp)
    except Exception as error:
        if len(batch) == 1:
            logger.warning("document %s could not be read: %s", batch[0]["document_id"], error)
            yield _outcome(batch[0], "failed", f"{type(error).__name__}: {error}"[:300], 0, 0), {}
            return
        # One of them is poison: each alone, so that only that one is lost.
        for row in batch:
            yield from _read_batch([row], nlp)
        return
    yield from answers


def _read(batch: list[dict[str, Any]], nlp) -> list[tuple[dict[str, Any], dict[str, list]]]:
    from dagster_project.reading.doc import doc_to_rows, make_doc

    answers = []
    with nlp.memory_zone():
        documents = [CleanDocument.from_row(row) for row in batch]
        docs = nlp.pipe((make_doc(nlp, document) for document in documents), batch_size=32)
        for row, document, doc in zip(batch, documents, docs, strict=True):
            sentences = sum(1 for _ in doc.sents)
            answers.append((_outcome(row, "read", None, sentences, len(doc)), doc_to_rows(doc, document)))
    return answers


def _outcome(row: dict[str, Any], outcome: str, reason: str | None, sentences: int, tokens: int) -> dict[str, Any]:
    return {
        "document_id": row["document_id"],
        "content_hash": row["content_hash"],
        "outcome": outcome,
        "reason": reason,
        "sentence_count": sentences,
        "token_count": tokens,
    }
