"""One pass over the articles' folder: what is new or changed is read, cleaned and written to batch files.

Belongs here: the order of the steps and what is remembered. Does not belong: formats, cleaning, SQL.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl

from dagster_project.budget import OverBudget, time_budget
from dagster_project.files import code_fingerprint, written_aside
from dagster_project.ingest.content import read_content
from dagster_project.ingest.documents import CONTENT, SOURCE
from dagster_project.ingest.folder import Listed, list_articles, read_manifest
from dagster_project.ingest.metadata import forget_languages
from dagster_project.ingest.readers import read_file
from dagster_project.ingest.records import Record, Refusal, excerpt
from dagster_project.reference import REFERENCE_DIR
from dagster_project.settings import Settings
from dagster_project.warehouse.catalog import Catalog

logger = logging.getLogger(__name__)
BATCH_CHARACTERS = 2_000_000
# A page takes milliseconds; one that takes this long is stuck in some quadratic corner of a parser.
SECONDS_PER_RECORD = 30.0


@dataclass(slots=True)
class IngestResult:
    """Counts of one pass: ``files`` listed, ``read`` now, ``new`` contents, ``refused`` in this pass.

    ``state``: the folder as it was listed, before anything was read (see :class:`Listing`).
    """

    state: str = ""
    files: int = 0
    read: int = 0
    new: int = 0
    refused: int = 0


def ingest(
    settings: Settings, catalog: Catalog, run_id: str, now: datetime, progress: Callable[[int, int], None] | None = None
) -> IngestResult:
    """Bring the catalog up to date with the folder; bad input is refused and recorded, never raised.

    Args:
        progress: called with (files done, files in all) now and then.
    """
    fingerprint = ingest_fingerprint(settings)
    # Before the manifest and the articles are read: what changes meanwhile is new to the next pass.
    found = list_articles(settings)
    result = IngestResult(found.state)
    manifest, _, listing_refusals = read_manifest(settings.manifest)
    listing_refusals += found.refusals
    listed = found.files
    catalog.replace_manifest(
        pl.DataFrame(
            [{"source_file": name, **asdict(row)} for name, row in manifest.items()],
            schema={"source_file": pl.String, "url": pl.String, "publisher": pl.String, "published_on": pl.Date},
        )
    )
    unchanged = catalog.unchanged_files(fingerprint)
    withdrawn = catalog.withdrawn()
    batch = _Batch(catalog, settings.work_dir / "documents", run_id, now, catalog.known_contents())
    for number, file in enumerate(listed):
        if progress and number % 50 == 0:
            progress(number, len(listed))
        if unchanged.get(file.source_file) == (file.size, file.mtime_ns):
            continue
        result.read += 1
        records = 0
        refused: list[Refusal] = []
        values: list[Refusal] = []
        for item in _contents(file, settings.max_document_bytes, now.date()):
            if isinstance(item, Refusal):
                refused.append(item)
                continue
            content, source, of_values = item
            if (reason := withdrawn.get(content["document_id"])) is not None:
                refused.append(Refusal(_object_id(source), "withdrawn", f"the document was withdrawn: {reason}"))
                continue
            values += of_values
            records += 1
            result.new += batch.add(content, source)
        batch.finish(
            {
                "source_file": file.source_file,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
                # A file that could not be opened may open next time: it is not remembered as read.
                "fingerprint": "" if any(r.reason_code == "unreadable_file" for r in refused) else fingerprint,
                "record_count": records,
                "refused_count": len({r.object_id for r in refused}),
            },
            _rows([*refused, *values], file.source_file),
        )
        result.refused += len(refused) + len(values)
        for refusal in refused:
            logger.warning("refused: %s", refusal.reason, extra={"stage": "ingest", "object_id": refusal.object_id})
    batch.flush()
    forget_languages()
    catalog.finish_listing([file.source_file for file in listed], _rows(listing_refusals, None), run_id, now)
    result.files = len(listed)
    result.refused += len(listing_refusals)
    if progress:
        progress(len(listed), len(listed))
    return result


def ingest_fingerprint(settings: Settings) -> str:
    """What a content row depends on besides the file: the code that makes it, its patterns, the size limit."""
    code = code_fingerprint([Path(__file__).parent, REFERENCE_DIR / "page_noise.csv"])
    return hashlib.sha256(f"{code} {settings.max_document_bytes}".encode()).hexdigest()[:16]


def _contents(file: Listed, limit: int, today: date) -> Iterator[tuple[dict, dict, list[Refusal]] | Refusal]:
    """(content, source, refused values) or a refusal for each record of a file, each within its budget.

    An error that no reader foresaw costs the record, or the rest of the file, and never the run.
    """
    records = read_file(file.path, file.source_file, limit)
    number = 0
    while True:
        record: Record | Refusal | None = None
        try:
            with time_budget(SECONDS_PER_RECORD):
                record = next(records, None)
                found = read_content(record, today) if isinstance(record, Record) else record
        except (OverBudget, Exception) as error:
            code = "over_budget" if isinstance(error, OverBudget) else "unforeseen_error"
            reason = f"{type(error).__name__}: {excerpt(str(error))}"
            if isinstance(record, Record):
                logger.exception("a record could not be cleaned", extra={"stage": "ingest", "object_id": _record_id(record)})
                yield Refusal(_record_id(record), code, f"the record cannot be cleaned: {reason}", excerpt(record.text))
                continue
            logger.exception("a file could not be read", extra={"stage": "ingest", "object_id": file.source_file})
            yield Refusal(file.source_file, code, f"the file cannot be read after record {number}: {reason}")
            return
        if found is None:
            return
        number += 1
        yield found


def _record_id(record: Record) -> str:
    return _object_id({"source_file": record.source_file, "record_number": record.record_number})


def _object_id(source: dict) -> str:
    return f"{source['source_file']}#{source['record_number']}" if source["record_number"] else source["source_file"]


def _rows(refusals: list[Refusal], source_file: str | None) -> list[dict[str, str | None]]:
    return [{"stage": "ingest", "source_file": source_file, **asdict(refusal)} for refusal in refusals]


FILE = {
    "source_file": pl.String,
    "size": pl.Int64,
    "mtime_ns": pl.Int64,
    "fingerprint": pl.String,
    "record_count": pl.Int64,
    "refused_count": pl.Int64,
}


@dataclass(slots=True)
class _Batch:
    """Contents and sources on their way to one Parquet file, so that memory stays bounded.

    A file counts as read only with the batch that holds its last record, in the same transaction.
    """

    catalog: Catalog
    folder: Path
    run_id: str
    now: datetime
    known: set[str]
    contents: dict[str, dict] = field(default_factory=dict)
    sources: list[dict] = field(default_factory=list)
    files: list[dict] = field(default_factory=list)
    refusals: list[dict[str, str | None]] = field(default_factory=list)
    characters: int = 0

    def add(self, content: dict, source: dict) -> int:
        """Returns 1 for a content never seen before, else 0."""
        identity = content["document_id"]
        is_new = identity not in self.known
        self.known.add(identity)
        if identity not in self.contents:
            self.contents[identity] = content
            self.characters += len(content["raw_text"])
        self.sources.append(source)
        if self.characters >= BATCH_CHARACTERS:
            self.flush()
        return int(is_new)

    def finish(self, file: dict, refusals: list[dict[str, str | None]]) -> None:
        self.files.append(file)
        self.refusals += refusals

    def flush(self) -> None:
        if not self.sources and not self.files:
            return
        contents = pl.DataFrame(list(self.contents.values()), schema=CONTENT).sort("document_id")
        sources = pl.DataFrame(self.sources, schema=SOURCE)
        digest = hashlib.sha256("".join(contents["document_id"]).encode() + self.now.isoformat().encode())
        name = f"{digest.hexdigest()[:20]}.parquet"
        if self.contents:
            with written_aside(self.folder / name) as path:
                contents.write_parquet(path, compression="zstd")
        files = pl.DataFrame(self.files, schema=FILE)
        self.catalog.commit_batch(name, contents, sources, files, self.refusals, self.run_id, self.now)
        self.contents, self.sources, self.files, self.refusals, self.characters = {}, [], [], [], 0
