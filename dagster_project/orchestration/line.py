"""The line as plain functions: each stage from files to files, with what it did as its result.

Belongs here: which stage takes what from where. Does not belong: Dagster (``assets/``), or the work of any stage.

``WAREHOUSE_DIR/work/current/`` holds one Parquet file for each input table of the build (``warehouse/inputs.py``); every
stage writes its own and reads those of the stages before it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from dagster_project.execution.extract import ExtractResult, extract, pipeline_fingerprint
from dagster_project.files import code_fingerprint, written_aside
from dagster_project.ingest.ingest import IngestResult, ingest
from dagster_project.ingest.near_duplicates import find_near_duplicates
from dagster_project.reading.model_files import model_version
from dagster_project.resolution.resolve import ResolveResult, resolve
from dagster_project.settings import PROJECT_ROOT, Settings
from dagster_project.warehouse import published
from dagster_project.warehouse.catalog import Catalog
from dagster_project.warehouse.inputs import DOCUMENT_STATE, BuildInputs, RunRecord, files_in

if TYPE_CHECKING:
    from dagster_project.audit.results import AuditReport
    from dagster_project.publication.publish import PublishResult

PACKAGE = PROJECT_ROOT / "dagster_project"
# The schedule is daily: warn when a day was missed, fail when two were.
FRESH_WARN = timedelta(hours=30)
FRESH_FAIL = timedelta(hours=54)


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
    merged, target = run.current / "content.parquet", run.current / "document.parquet"
    with run.catalog() as catalog:
        catalog.write_documents(merged)
        catalog.sources().write_parquet(run.current / "source.parquet")
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    documents = pl.read_parquet(
        merged, columns=["document_id", "published_on", "signature", "first_seen_at", "superseded_by"]
    )
    # A superseded version stands for nobody: its copies would not count either.
    stands_for = find_near_duplicates(documents.filter(pl.col("superseded_by").is_null()))
    state = documents.select(
        "document_id",
        pl.col("first_seen_at").dt.convert_time_zone("UTC"),
        pl.col("document_id").replace_strict(stands_for, default=None, return_dtype=pl.String).alias("duplicate_of"),
        "superseded_by",
    ).cast(dict(DOCUMENT_STATE))
    state.write_parquet(run.current / "document_state.parquet")
    (
        pl.scan_parquet(merged)
        .drop("signature", "first_seen_at", "superseded_by")
        .join(state.lazy().select("document_id", "duplicate_of", "superseded_by"), on="document_id", how="left")
        .sort("document_id")
        .sink_parquet(target, compression="zstd")
    )
    merged.unlink()
    languages = pl.scan_parquet(target).select("language", "published_on").collect()
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


def resolve_incidents(run: Run) -> ResolveResult:
    """Actors, places and incidents across documents; overrides that cannot be applied go to quarantine."""
    overrides = run.settings.articles_dir / "overrides.csv"
    result = resolve(
        run.current,
        run.settings.published if run.settings.published.exists() else None,
        overrides if overrides.is_file() else None,
        run.started_at,
    )
    with run.catalog() as catalog:
        catalog.replace_stage_refusals("resolution", result.refused_overrides, run.run_id, run.started_at)
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    return result


def is_published(run: Run) -> bool:
    """Whether the published version was built from exactly these inputs."""
    state = run.settings.work_dir / "published.json"
    if not state.is_file() or not run.settings.published.is_file():
        return False
    known = json.loads(state.read_text(encoding="utf-8"))
    return known == {"inputs": inputs_digest(run), "file": _stamp(run.settings.published)}


def build_and_audit(run: Run) -> AuditReport:
    """Build the star schema beside the published version and audit it; a blocked build stays there to be looked at."""
    from dagster_project.audit.run import audited_build
    from dagster_project.publication.publish import build_path, clean_up

    warehouse_dir = run.settings.warehouse_dir
    clean_up(warehouse_dir)
    with run.catalog() as catalog:
        counts = catalog.ingest_counts()
    record = RunRecord(
        run_id=run.run_id,
        started_at=run.started_at,
        finished_at=datetime.now(UTC),
        code_version=code_fingerprint([PACKAGE, PROJECT_ROOT / "sql", PROJECT_ROOT / "expectations"]),
        model_version=model_version(run.settings.spacy_model),
        documents_in=counts["sources"] + counts["refused"],
        documents_new=_new_documents(run),
        documents_quarantined=counts["refused"],
        git_revision=git_revision(),
    )
    inputs = BuildInputs(
        files=files_in(run.current),
        run=record,
        previous=run.settings.published if run.settings.published.exists() else None,
        is_text_published=run.settings.publish_text,
    )
    return audited_build(build_path(warehouse_dir, run.run_id), inputs, docs=warehouse_dir / "docs")


def publish_version(run: Run) -> PublishResult:
    """Swap the audited build in, unless the published version says the same already."""
    from dagster_project.publication.publish import build_path, publish

    result = publish(
        build_path(run.settings.warehouse_dir, run.run_id), run.settings.warehouse_dir, run.settings.keep_versions
    )
    state = {"inputs": inputs_digest(run), "file": _stamp(run.settings.published)}
    with written_aside(run.settings.work_dir / "published.json") as path:
        path.write_text(json.dumps(state), encoding="utf-8")
    return result


def finish(run: Run, outcome: str) -> None:
    """Close the run's row in the working database."""
    with run.catalog() as catalog:
        counts = catalog.ingest_counts()
        found = published.summary(run.settings.published) if run.settings.published.is_file() else None
        catalog.finish_run(
            run.run_id,
            datetime.now(UTC),
            outcome,
            {
                "documents_in": counts["sources"] + counts["refused"],
                "documents_new": _new_documents(run),
                "documents_quarantined": counts["refused"],
                "incidents": found.incidents if found else 0,
                "claims": found.claims if found else 0,
            },
        )


def git_revision() -> str | None:
    """The commit of the code, where it runs from a checkout."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None  # no git here: the code fingerprint identifies the code
    return found.stdout.strip() or None


def _new_documents(run: Run) -> int:
    state = pl.scan_parquet(run.current / "document_state.parquet")
    return state.filter(pl.col("first_seen_at") == run.started_at).select(pl.len()).collect().item()


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]
