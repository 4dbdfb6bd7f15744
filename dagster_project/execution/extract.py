"""The extraction stage: every document not read yet by this pipeline is read, in shards, resumably."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dagster_project.execution.backends import run_shards
from dagster_project.execution.shards import collect, plan
from dagster_project.files import code_fingerprint, written_aside
from dagster_project.reading.model_files import model_fingerprint
from dagster_project.reading.rows import SCHEMAS
from dagster_project.reference import REFERENCE_DIR
from dagster_project.settings import Settings


@dataclass(slots=True)
class ExtractResult:
    """``read`` and ``failed`` documents and ``words`` of this run; seconds of wall clock."""

    shards: int = 0
    read: int = 0
    failed: int = 0
    words: int = 0
    seconds: float = 0.0


Progress = Callable[[int, int, float], None]


def extract(
    settings: Settings,
    documents: Path,
    target: Path,
    progress: Progress | None = None,
    when_idle: Callable[[], None] | None = None,
) -> ExtractResult:
    """Read what is not read yet and leave one Parquet file a reading table in ``target``.

    Args:
        documents: Parquet file of DOCUMENT rows.
        progress: called with (documents done, documents in all, seconds so far).
        when_idle: see :func:`run_shards`.
    """
    started = time.monotonic()
    # Taken once: a release put in place while this runs must not part the answers from those who look for them.
    fingerprint = pipeline_fingerprint(settings.spacy_model)
    root = _root(settings, fingerprint)
    stamp, wanted = target / "reading.digest", _wanted(fingerprint, documents)
    result = _read_missing(settings, root, documents, progress, when_idle)
    complete = stamp.is_file() and all((target / f"{name}.parquet").is_file() for name in SCHEMAS)
    if result.shards or not complete or stamp.read_text(encoding="utf-8") != wanted:
        stamp.unlink(missing_ok=True)
        collect(root, documents, target)
        with written_aside(stamp) as path:
            path.write_text(wanted, encoding="utf-8")
    result.seconds = time.monotonic() - started
    return result


def read_missing(settings: Settings, documents: Path, progress: Progress | None = None) -> ExtractResult:
    """Read what is not read yet, and leave the answers in their shards."""
    return _read_missing(settings, _root(settings, pipeline_fingerprint(settings.spacy_model)), documents, progress)


def _read_missing(
    settings: Settings,
    root: Path,
    documents: Path,
    progress: Progress | None,
    when_idle: Callable[[], None] | None = None,
) -> ExtractResult:
    started = time.monotonic()
    shards = plan(documents, root, settings.shard_words, settings.workers)
    total = sum(shard.documents for shard in shards)
    result = ExtractResult(shards=len(shards))
    for outcome in run_shards(shards, settings, when_idle=when_idle):
        result.read += outcome["read"]
        result.failed += outcome["failed"]
        result.words += outcome["words"]
        if progress:
            progress(result.read + result.failed, total, time.monotonic() - started)
    result.seconds = time.monotonic() - started
    return result


def _root(settings: Settings, fingerprint: str) -> Path:
    return settings.work_dir / "reading" / fingerprint


def _wanted(fingerprint: str, documents: Path) -> str:
    """What the reading tables depend on: the pipeline and the documents. Unchanged, with nothing left to read, they stay."""
    columns = ["document_id", "content_hash", "language"]
    rows = pl.read_parquet(documents, columns=columns).sort(columns).write_csv()
    return hashlib.sha256(f"{fingerprint} {rows}".encode()).hexdigest()


def pipeline_fingerprint(model: str | None) -> str:
    """What a reading depends on besides the document: the model, the code of reading, the vocabularies."""
    code = code_fingerprint([Path(__file__).parents[1] / "reading", REFERENCE_DIR])
    return hashlib.sha256(f"{model_fingerprint(model)} {code}".encode()).hexdigest()[:16]
