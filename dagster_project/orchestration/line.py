"""The line as plain functions: each stage from files to files, with what it did as its result.

Belongs here: which stage takes what from where. Does not belong: Dagster (``assets/``), or the work of any stage.

``WAREHOUSE_DIR/work/current/`` holds one Parquet file for each input table of the build (``warehouse/inputs.py``); every
stage writes its own and reads those of the stages before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from dagster_project.execution.extract import ExtractResult, extract, pipeline_fingerprint
from dagster_project.files import code_fingerprint
from dagster_project.ingest.ingest import IngestResult, ingest
from dagster_project.ingest.near_duplicates import find_near_duplicates
from dagster_project.settings import PROJECT_ROOT, Settings
from dagster_project.warehouse.catalog import Catalog
from dagster_project.warehouse.inputs import DOCUMENT_STATE

PACKAGE = PROJECT_ROOT / "dagster_project"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the line. ``started_at`` is the only clock reading the stages see."""

    run_id: str
    started_at: datetime
    settings: Settings

    @property
    def current(self) -> Path:
        return self.settings.work_dir / "current"

    def catalog(self):
        return Catalog.open(self.settings.work_dir)


@dataclass(frozen=True, slots=True)
class DocumentsResult:
    """Documents of the warehouse by what is done with them."""

    documents: int
    english: int
    duplicates: int
    superseded: int
    dated: int


def ingest_articles(run: Run, progress: Callable[[int, int], None] | None = None) -> IngestResult:
    """Bring the catalog up to date with the articles' folder."""
    with run.catalog() as catalog:
        catalog.start_run(run.run_id, run.started_at)
        return ingest(run.settings, catalog, run.run_id, run.started_at, progress)


def describe_documents(run: Run) -> DocumentsResult:
    """Documents with the metadata of all their sources, near-duplicates and successors; sources; what was refused.

    Raises:
        NothingIngested: there is no document at all.
    """
    run.current.mkdir(parents=True, exist_ok=True)
    merged = run.current / "document.parquet"
    with run.catalog() as catalog:
        catalog.write_documents(merged)
        catalog.sources().write_parquet(run.current / "source.parquet")
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    documents = pl.read_parquet(merged, columns=["document_id", "published_on", "signature", "first_seen_at", "superseded_by"])
    stands_for = find_near_duplicates(documents)
    state = documents.select(
        "document_id",
        pl.col("first_seen_at").dt.convert_time_zone("UTC"),
        pl.col("document_id").replace_strict(stands_for, default=None, return_dtype=pl.String).alias("duplicate_of"),
        "superseded_by",
    ).cast(dict(DOCUMENT_STATE))
    state.write_parquet(run.current / "document_state.parquet")
    languages = pl.scan_parquet(merged).select("language", "published_on").collect()
    return DocumentsResult(
        documents=len(state),
        english=int((languages["language"] == "en").sum()),
        duplicates=state["duplicate_of"].count(),
        superseded=state["superseded_by"].count(),
        dated=languages["published_on"].count(),
    )


def read_documents(run: Run, progress: Callable[[int, int, float], None] | None = None) -> ExtractResult:
    """Everything the reading pipeline says about each document; documents it cannot read go to quarantine."""
    result = extract(run.settings, run.current / "document.parquet", run.current, progress)
    failed = (
        pl.read_parquet(run.current / "reading.parquet")
        .filter(pl.col("outcome") == "failed")
        .select(
            pl.col("document_id").alias("object_id"),
            pl.lit("unreadable_document").alias("reason_code"),
            "reason",
            pl.lit("").alias("payload_excerpt"),
        )
    )
    with run.catalog() as catalog:
        catalog.replace_stage_refusals("reading", failed.to_dicts(), run.run_id, run.started_at)
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    return result


def inputs_digest(run: Run) -> str:
    """What the published version depends on: documents and their state, refusals, settings, and the code of every stage.

    Two runs of the same digest build the same version, so the second one has nothing to do.
    """
    digest = hashlib.sha256()
    for name, columns in (
        ("document", ["document_id", "content_hash", "title", "byline", "url", "published_on_basis"]),
        ("document_state", ["document_id", "duplicate_of", "superseded_by"]),
        ("source", ["source_file", "record_number", "document_id", "external_id", "is_present"]),
        ("rejected", ["stage", "object_id", "reason_code", "reason"]),
    ):
        frame = pl.read_parquet(run.current / f"{name}.parquet", columns=columns).sort(columns)
        digest.update(frame.write_csv().encode())
    code = [PACKAGE / part for part in ("resolution", "warehouse", "audit", "contract", "publication")]
    digest.update(code_fingerprint([*code, PROJECT_ROOT / "sql", PROJECT_ROOT / "expectations"]).encode())
    digest.update(pipeline_fingerprint(run.settings.spacy_model).encode())
    overrides = run.settings.articles_dir / "overrides.csv"
    digest.update(overrides.read_bytes() if overrides.is_file() else b"")
    digest.update(str(run.settings.publish_text).encode())
    return digest.hexdigest()
