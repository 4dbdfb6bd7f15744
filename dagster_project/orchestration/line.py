"""The line as plain functions: each stage from files to files, with what it did as its result.

Belongs here: which stage takes what from where. Does not belong: Dagster (``assets/``), or the work of any stage.

``WAREHOUSE_DIR/work/current/`` holds one Parquet file for each input table of the build (``warehouse/inputs.py``); every
stage writes its own and reads those of the stages before it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from dagster_project.contract import catalog as catalog_of_tables
from dagster_project.execution.apart import apart, is_large
from dagster_project.execution.extract import ExtractResult, extract, pipeline_fingerprint, read_missing
from dagster_project.execution.shards import forget, keep_newest
from dagster_project.files import code_fingerprint, private_folder, recover_folder, remove, remove_asides, written_aside
from dagster_project.ingest.folder import list_articles
from dagster_project.ingest.ingest import IngestResult, ingest, ingest_fingerprint
from dagster_project.ingest.near_duplicates import find_near_duplicates
from dagster_project.reading.model_files import LanguageModelNotFound, model_version
from dagster_project.resolution.resolve import ResolveResult, resolve
from dagster_project.settings import PROJECT_ROOT, Settings
from dagster_project.warehouse import published
from dagster_project.warehouse.catalog import Catalog, compact
from dagster_project.warehouse.inputs import DOCUMENT_STATE, BuildInputs, Exclusion, RunRecord, files_in

if TYPE_CHECKING:
    from dagster_project.audit.results import AuditReport
    from dagster_project.publication.exports import ExportResult
    from dagster_project.publication.publish import PublishResult
    from dagster_project.publication.report.pages import ReportResult

logger = logging.getLogger(__name__)
PACKAGE = PROJECT_ROOT / "dagster_project"
# The schedule is daily: warn when a day was missed, fail when two were.
FRESH_WARN = timedelta(hours=30)
FRESH_FAIL = timedelta(hours=54)
# The state of the articles' folder and of ingest that the tables beside it were made from; pending, in the folder above, until they are.
GIVEN, GIVEN_PENDING = "given.txt", "given.pending"
# The tables, and their columns, that a published version depends on.
INPUTS = (
    ("document", ["document_id", "content_hash", "title", "byline", "url", "published_on_basis"]),
    ("document_state", ["document_id", "duplicate_of", "superseded_by"]),
    ("source", ["source_file", "record_number", "document_id", "external_id", "is_present"]),
    ("rejected", ["stage", "object_id", "reason_code", "reason"]),
)
# Answers of former models and rules kept beside the present ones, for going back a release without reading again.
KEPT_PIPELINES = 1


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


def tidy(run: Run) -> None:
    """Finish what dead runs left half done, and remove what nobody needs any more. The caller holds the run's lock.

    Withdrawals that were recorded but not carried through are carried through here, before anything is read.
    """
    from dagster_project.publication.publish import clean_up

    settings = run.settings
    private_folder(settings.work_dir)
    left = remove_asides(settings.work_dir)
    clean_up(settings.warehouse_dir)
    recover_folder(settings.warehouse_dir / "docs")
    with run.catalog() as catalog:
        withdrawn = catalog.not_erased()
        if withdrawn:
            catalog.erase(withdrawn)
        batches = catalog.remove_unused_batches()
    if withdrawn:
        compact(settings.work_dir)
        forget(settings.work_dir / "reading", withdrawn)
        remove(run.current)
        remove(settings.published_inputs)
    if left or batches:
        _say("start", f"{left} unfinished files and {batches} unused batches of earlier runs were removed")


def retry_refused(run: Run) -> tuple[int, int]:
    """Have everything that was refused read again by this run; (files, documents) that will be.

    What passes now disappears from quarantine, what fails again stays with its new reason.
    """
    with run.catalog() as catalog:
        files = catalog.forget_refused_files()
    reading = run.current / "reading.parquet"
    failed: list[str] = []
    if reading.is_file():
        failed = pl.read_parquet(reading).filter(pl.col("outcome") == "failed")["document_id"].to_list()
        forget(run.settings.work_dir / "reading", failed, is_failed_only=True)
    _say("ingest", f"refused input is read again: {files} files, {len(failed)} documents")
    return files, len(failed)


def finish_withdrawals(run: Run) -> list[str]:
    """After publishing: remove the kept versions that still hold a withdrawn document; the documents that are gone now.

    A document that still stands in the published file (its publication was blocked) is tried again by the next run.
    """
    from dagster_project.publication.publish import holds_any, remove_versions_holding

    with run.catalog() as catalog:
        pending = catalog.not_erased()
        if not pending:
            return []
        versions = remove_versions_holding(run.settings.warehouse_dir, pending)
        if run.settings.published.is_file() and holds_any(run.settings.published, pending) is not False:
            return []
        # Pages and exports are made anew from what is published now.
        for folder in ("report", "exports"):
            remove(run.settings.warehouse_dir / folder)
        catalog.erased(pending)
    for document_id in pending:
        _say("withdraw", f"withdrawn everywhere; {len(versions)} kept versions removed", document_id)
    return pending


def _say(stage: str, message: str, document_id: str | None = None) -> None:
    logger.info(message, extra={"stage": stage, "document_id": document_id})


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
    pending = run.settings.work_dir / GIVEN_PENDING
    for known in (run.current / GIVEN, pending):
        known.unlink(missing_ok=True)
    with run.catalog() as catalog:
        catalog.start_run(run.run_id, run.started_at)
        result = ingest(run.settings, catalog, run.run_id, run.started_at, progress)
        may_change_by_itself = "unreadable_file" in catalog.rejected()["reason_code"]
    if not may_change_by_itself:
        pending.write_text(_given(run.settings, result.state), encoding="utf-8")
    _say("ingest", f"{result.files} files, {result.read} read now, {result.new} new documents, {result.refused} refusals")
    return result


def _given(settings: Settings, folder: str) -> str:
    """What the documents depend on: the state of the articles' folder, the code that takes them in, and settings."""
    return f"{folder} {ingest_fingerprint(settings)} {code_fingerprint([PROJECT_ROOT / 'sql' / 'working'])}"


def is_nothing_new(settings: Settings) -> bool:
    """Whether a run started now would leave the published version as it is; cheap, and without the run's lock.

    False is always safe: the stages find out by themselves what there is to do.
    """
    run = Run("none", datetime.now(UTC), settings)
    needed = [run.current / name for name in (GIVEN, "incident.parquet", *(f"{name}.parquet" for name, _ in INPUTS))]
    if not all(path.is_file() for path in needed):
        return False
    given = _given(settings, list_articles(settings).state)
    try:
        return needed[0].read_text(encoding="utf-8") == given and is_published(run)
    except pl.exceptions.ComputeError:
        return False  # a table that a dead run left half written: the stages write it anew
    except LanguageModelNotFound:
        return False  # the run fails on it, in words, and is alerted


def describe_documents(run: Run) -> DocumentsResult:
    """Documents with the metadata of all their sources, near-duplicates and successors; sources; what was refused.

    Raises:
        NothingIngested: there is no document at all.
    """
    result = _described(run)
    pending = run.settings.work_dir / GIVEN_PENDING
    if pending.is_file():
        pending.replace(run.current / GIVEN)
    return result


def _described(run: Run) -> DocumentsResult:
    run.current.mkdir(parents=True, exist_ok=True)
    merged, target = run.current / "content.parquet", run.current / "document.parquet"
    described = run.current / "documents.json"
    with run.catalog() as catalog:
        catalog.sources().write_parquet(run.current / "source.parquet")
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
        digest = f"{catalog.documents_digest()}; {code_fingerprint([PACKAGE / 'ingest', PROJECT_ROOT / 'sql' / 'working'])}"
        if described.is_file() and target.is_file() and (run.current / "document_state.parquet").is_file():
            known = json.loads(described.read_text(encoding="utf-8"))
            if known["digest"] == digest:
                return DocumentsResult(**known["result"])
        described.unlink(missing_ok=True)
        catalog.write_documents(merged)
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
    ).cast(pl.Schema(DOCUMENT_STATE))
    state.write_parquet(run.current / "document_state.parquet")
    (
        pl.scan_parquet(merged)
        .drop("signature", "first_seen_at", "superseded_by")
        # In the order of the ids, as the catalog gave them: a sort would hold every text at once.
        .join(
            state.lazy().select("document_id", "duplicate_of", "superseded_by"),
            on="document_id",
            how="left",
            maintain_order="left",
        )
        .sink_parquet(target, compression="zstd")
    )
    merged.unlink()
    languages = pl.scan_parquet(target).select("language", "published_on").collect()
    result = DocumentsResult(
        documents=len(state),
        english=int((languages["language"] == "en").sum()),
        duplicates=state["duplicate_of"].count(),
        superseded=state["superseded_by"].count(),
        dated=languages["published_on"].count(),
    )
    with written_aside(described) as path:
        path.write_text(json.dumps({"digest": digest, "result": asdict(result)}), encoding="utf-8")
    return result


def read_documents(run: Run, progress: Callable[[int, int, float], None] | None = None) -> ExtractResult:
    """Everything the reading pipeline says about each document; what it cannot read, and rows that contradict themselves,
    go to quarantine."""
    result = extract(run.settings, run.current / "document.parquet", run.current, progress, lambda: _expect_audit(run))
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
    contradictory = pl.read_parquet(run.current / "refused.parquet").select(
        pl.format("{}#{}", "document_id", "object").alias("object_id"), "reason_code", "reason", "payload_excerpt"
    )
    for refusal in failed.to_dicts():
        logger.warning(
            "the document could not be read: %s",
            refusal["reason"],
            extra={"stage": "reading", "document_id": refusal["object_id"]},
        )
    _say("reading", f"{result.read} documents read in {result.seconds:.1f} s, {result.failed} could not be read")
    with run.catalog() as catalog:
        refusals = [*failed.to_dicts(), *contradictory.to_dicts()]
        catalog.replace_stage_refusals("reading", refusals, run.run_id, run.started_at)
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    return result


def _expect_audit(run: Run) -> None:
    """A core has nothing to do, and something will be built: it may load what the audit needs."""
    from dagster_project.audit import process

    if run.settings.backend != "inline":
        process.start()


def read_day(run: Run, day: date, progress: Callable[[int, int, float], None] | None = None) -> ExtractResult:
    """Read the documents that came in on one day (UTC), and publish nothing: a part of a backfill, safe to repeat.

    What is read here is there for the next run of the line, which reads the rest. Returns at once where all is read.
    """
    document, state = run.current / "document.parquet", run.current / "document_state.parquet"
    if not (document.is_file() and state.is_file()):
        return ExtractResult()
    came = pl.scan_parquet(state).filter(pl.col("first_seen_at").dt.date() == day).select("document_id")
    with tempfile.TemporaryDirectory(dir=run.settings.work_dir, prefix=".day.") as folder:
        part = Path(folder, "document.parquet")
        pl.scan_parquet(document).join(came, on="document_id", how="semi").sort("document_id").sink_parquet(part)
        return read_missing(run.settings, part, progress)


def inputs_digest(run: Run) -> str:
    """What the published version depends on: documents and their state, refusals, settings, and the code of every stage.

    Two runs of the same digest build the same version, so the second one has nothing to do.
    """
    digest = hashlib.sha256()
    for name, columns in INPUTS:
        frame = pl.read_parquet(run.current / f"{name}.parquet", columns=columns).sort(columns)
        digest.update(frame.write_csv().encode())
    code = [PACKAGE / part for part in ("resolution", "warehouse", "audit", "contract", "publication")]
    digest.update(code_fingerprint([*code, PROJECT_ROOT / "sql", PROJECT_ROOT / "expectations"]).encode())
    digest.update(pipeline_fingerprint(run.settings.spacy_model).encode())
    overrides = _overrides(run)
    digest.update(overrides.read_bytes() if overrides else b"")
    registry = run.settings.incident_registry
    digest.update(registry.read_bytes() if registry else b"")
    digest.update(str(run.settings.publish_text).encode())
    # Written by another version of the contract: rebuilt, even if it would say the same.
    digest.update(catalog_of_tables.SCHEMA_VERSION.encode())
    return digest.hexdigest()


def resolve_incidents(run: Run) -> ResolveResult | None:
    """Actors, places and incidents across documents; overrides that cannot be applied go to quarantine.

    None where the published version was built from these very inputs: there is nothing to resolve anew.
    """
    if is_published(run) and (run.current / "incident.parquet").is_file():
        _say("resolution", "nothing changed since the published version was built")
        return None
    _expect_audit(run)
    given = (run.current, _previous(run), _overrides(run), run.started_at, run.settings.incident_registry)
    result = apart(resolve, *given) if _is_large(run) else resolve(*given)
    _say(
        "resolution",
        f"{result.reports} reports, {result.incidents} incidents, {len(result.refused_overrides)} overrides refused",
    )
    with run.catalog() as catalog:
        catalog.replace_stage_refusals("resolution", result.refused_overrides, run.run_id, run.started_at)
        catalog.rejected().write_parquet(run.current / "rejected.parquet")
    return result


def _is_large(run: Run) -> bool:
    """Whether a stage is worth a process of its own."""
    return run.settings.backend != "inline" and is_large(run.current / "document.parquet")


def _threads(run: Run) -> int | None:
    """With how many threads DuckDB makes and reads a version; None for one a core.

    A thread takes whole groups of 122,880 rows: where a table is one of them, all others wait for work, and not idly.
    """
    return None if is_large(run.current / "document.parquet") else 1


def is_published(run: Run) -> bool:
    """Whether the published version was built from exactly these inputs."""
    state = run.settings.published_inputs
    if not state.is_file() or not run.settings.published.is_file():
        return False
    known = json.loads(state.read_text(encoding="utf-8"))
    return known == {"inputs": inputs_digest(run), "file": _stamp(run.settings.published)}


def build_and_audit(run: Run) -> AuditReport:
    """Build the star schema beside the published version and audit it; a blocked build stays there to be looked at."""
    from dagster_project.audit import process
    from dagster_project.audit.run import audited_build
    from dagster_project.publication.publish import build_path, clean_up

    build = audited_build if run.settings.backend == "inline" else process.audited_build
    warehouse_dir = run.settings.warehouse_dir
    clean_up(warehouse_dir)
    with run.catalog() as catalog:
        counts = catalog.ingest_counts()
        forgotten = catalog.forgotten_incidents()
    manifest, overrides = run.settings.manifest, _overrides(run)
    record = RunRecord(
        run_id=run.run_id,
        started_at=run.started_at,
        finished_at=datetime.now(UTC),
        code_version=code_fingerprint([PACKAGE, PROJECT_ROOT / "sql", PROJECT_ROOT / "expectations"]),
        model_version=model_version(run.settings.spacy_model),
        documents_in=counts["records"],
        documents_new=_new_documents(run),
        documents_quarantined=counts["refused"],
        git_revision=git_revision(),
        rules_version=_rules_version(),
        manifest_version=code_fingerprint([manifest]) if manifest and manifest.is_file() else None,
        overrides_version=code_fingerprint([overrides]) if overrides else None,
    )
    files = files_in(run.current)
    # A person's corrections stand in for what reading said.
    files |= {path.stem: (path,) for path in sorted((run.current / "corrected").glob("*.parquet"))}
    inputs = BuildInputs(
        files=files,
        run=record,
        previous=_previous(run),
        is_text_published=run.settings.publish_text,
        excluded=tuple(
            Exclusion("marts.incident_version", incident_id, "withdrawn", "a document that told it was withdrawn")
            for incident_id in forgotten
        ),
    )
    report = build(build_path(warehouse_dir, run.run_id), inputs, warehouse_dir / "docs", threads=_threads(run))
    if report.blocked_by:
        process.finish()
    for reason in report.blocked_by:
        logger.error("publishing is blocked: %s", reason, extra={"stage": "audit"})
    _say("audit", f"{sum(r.outcome == 'passed' for r in report.results)} of {len(report.results)} checks passed")
    return report


def publish_version(run: Run) -> PublishResult:
    """Swap the audited build in, unless the published version says the same already."""
    from dagster_project.audit import process
    from dagster_project.publication.publish import build_path, publish

    settings = run.settings
    given = (build_path(settings.warehouse_dir, run.run_id), settings.warehouse_dir, settings.keep_versions, _threads(run))
    result = apart(publish, *given) if _is_large(run) else publish(*given)
    state = {"inputs": inputs_digest(run), "file": _stamp(run.settings.published)}
    process.finish()
    with written_aside(run.settings.published_inputs) as path:
        path.write_text(json.dumps(state), encoding="utf-8")
    _say("publish", f"published {result.build_id}" if result.is_changed else "the published version says the same already")
    return result


def finish(run: Run, outcome: str) -> None:
    """Close the run's row in the working database, carry withdrawals through, and remove answers of old pipelines."""
    finish_withdrawals(run)
    keep_newest(run.settings.work_dir / "reading", pipeline_fingerprint(run.settings.spacy_model), KEPT_PIPELINES)
    with run.catalog() as catalog:
        counts = catalog.ingest_counts()
        found = published.summary(run.settings.published) if run.settings.published.is_file() else None
        catalog.start_run(run.run_id, run.started_at)  # one that took nothing in has not started yet
        catalog.finish_run(
            run.run_id,
            datetime.now(UTC),
            outcome,
            {
                "documents_in": counts["records"],
                "documents_new": _first_seen(run),
                "documents_quarantined": counts["refused"],
                "incidents": found.incidents if found else 0,
                "claims": found.claims if found else 0,
            },
        )


def write_report(run: Run) -> ReportResult:
    """The pictures and the document pages of the published version, unless they are there already."""
    from dagster_project.publication.report import pages
    from dagster_project.publication.version import pages_version

    settings = run.settings
    version = pages_version(settings.published)
    result = pages.write(settings.published, settings.warehouse_dir, version, settings.work_dir / "vega")
    _say("report", f"{result.documents} document pages" if result.is_changed else "the report is of this version already")
    return result


def write_exports(run: Run) -> ExportResult:
    """The published version in the field's shapes, unless they are there already."""
    from dagster_project.publication import exports
    from dagster_project.publication.version import pages_version

    settings = run.settings
    result = exports.write(settings.published, settings.warehouse_dir, pages_version(settings.published))
    _say("exports", "written" if result.is_changed else "the exports are of this version already")
    return result


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
    """Documents that the published version does not hold yet: a run that died after reading them does not hide them."""
    documents = pl.read_parquet(run.current / "document_state.parquet", columns=["document_id"])["document_id"]
    known = published.document_ids(run.settings.published) if run.settings.published.is_file() else []
    return len(documents) - int(documents.is_in(known).sum())


def _first_seen(run: Run) -> int:
    state = pl.read_parquet(run.current / "document_state.parquet", columns=["first_seen_at"])
    return state.filter(pl.col("first_seen_at") == run.started_at).height


def _previous(run: Run) -> Path | None:
    """The published version, where there is one.

    Raises:
        published.UnreadableVersion: the file is no warehouse; building on it would lose the ids of incidents.
    """
    path = run.settings.published
    if not path.exists():
        return None
    found = published.schema_version(path)
    if found != catalog_of_tables.SCHEMA_VERSION:
        logger.warning(
            "the published version follows schema version %s, this code follows %s: it is rebuilt, ids are kept",
            found,
            catalog_of_tables.SCHEMA_VERSION,
            extra={"stage": "resolution"},
        )
    return path


def _rules_version() -> str:
    """What decides how articles become incidents, the language model apart: rules, vocabularies and the SQL of the star."""
    reading = [path for path in sorted((PACKAGE / "reading").iterdir()) if path.name not in ("model", "__pycache__")]
    return code_fingerprint(
        [
            *reading,
            PACKAGE / "resolution",
            *(PROJECT_ROOT / "sql" / layer for layer in ("staging", "marts")),
            PROJECT_ROOT / "seeds" / "reference",
        ]
    )


def _overrides(run: Run) -> Path | None:
    """The file of a person's decisions beside the articles; a link that leads outside the folder is not followed."""
    path = run.settings.articles_dir / "overrides.csv"
    return path if path.is_file() and path.resolve().is_relative_to(run.settings.articles_dir.resolve()) else None


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]
