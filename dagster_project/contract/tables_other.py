"""The tables around the star schema: ``raw``, ``quarantine`` and ``meta``."""

from __future__ import annotations

from dagster_project.contract import vocabulary
from dagster_project.contract.model import Column, Table

RAW = (
    Table(
        "raw",
        "document",
        "one content, whatever number of files hold it",
        (
            Column("document_id", "VARCHAR", "Hash of title and text as read."),
            Column("title", "VARCHAR", "Headline as read.", True),
            Column(
                "raw_text",
                "VARCHAR",
                "The decoded visible text, complete, before any noise removal; all offsets count its code points. "
                "Null where texts are not published (PUBLISH_TEXT=no).",
                True,
            ),
            Column("encoding", "VARCHAR", "Character encoding it was decoded from.", True),
            Column("media_type", "VARCHAR", "What kind of input it came from."),
            Column("first_seen_at", "TIMESTAMP", "When it was first read, UTC."),
        ),
        primary_key=("document_id",),
        lineage=("document", "document_state"),
    ),
    Table(
        "raw",
        "document_source",
        "one input file or record",
        (
            Column("document_id", "VARCHAR", "The content it holds.", references="raw.document"),
            Column("source_file", "VARCHAR", "File, relative to the articles' folder."),
            Column("record_number", "BIGINT", "Record in the file, 0-based; 0 for files of one document.", minimum=0),
            Column("external_id", "VARCHAR", "The id given with the input, if any.", True),
            Column("bytes_hash", "VARCHAR", "Hash of the bytes read."),
            Column("first_seen_at", "TIMESTAMP", "When it was first seen, UTC."),
            Column("last_seen_at", "TIMESTAMP", "When it was last seen, UTC."),
            Column("is_present", "BOOLEAN", "Whether the last run still found it."),
        ),
        primary_key=("source_file", "record_number", "document_id"),
        lineage=("source",),
    ),
)

QUARANTINE = (
    Table(
        "quarantine",
        "rejected",
        "a file, record or row that was refused",
        (
            Column("stage", "VARCHAR", "Where it was refused.", allowed=vocabulary.STAGE),
            Column("object_id", "VARCHAR", "File, record or table and key of the row."),
            Column("reason_code", "VARCHAR", "Short code of the reason; for audited rows the name of the expectation."),
            Column("reason", "VARCHAR", "The reason in words."),
            Column("payload_excerpt", "VARCHAR", "The beginning of what was refused.", True),
            Column("run_id", "VARCHAR", "The run that refused it."),
            Column("rejected_at", "TIMESTAMP", "When, UTC."),
        ),
        lineage=("rejected", "the audit"),
    ),
)

META = (
    Table(
        "meta",
        "run",
        "a run that led to a published version",
        (
            Column("run_id", "VARCHAR", "Id of the run."),
            Column("started_at", "TIMESTAMP", "UTC."),
            Column("finished_at", "TIMESTAMP", "When the build was complete, UTC.", True),
            Column("code_version", "VARCHAR", "Version of the code."),
            Column("model_version", "VARCHAR", "Name and version of the language model."),
            Column(
                "rules_version", "VARCHAR", "Hash of the rules and vocabularies of reading, resolution and loading.", True
            ),
            Column("manifest_version", "VARCHAR", "Hash of the manifest; null: there was none.", True),
            Column("overrides_version", "VARCHAR", "Hash of overrides.csv; null: there was none.", True),
            Column("documents_in", "BIGINT", "Input files and records seen.", minimum=0),
            Column("documents_new", "BIGINT", "Contents not seen by an earlier run.", minimum=0),
            Column("documents_quarantined", "BIGINT", "Input files and records refused.", minimum=0),
            Column("documents", "BIGINT", "Contents in the warehouse after the run.", True, minimum=0),
            Column("documents_absent", "BIGINT", "Of these, contents whose files are gone.", True, minimum=0),
            Column(
                "documents_duplicate", "BIGINT", "Input files and records that hold a content once more.", True, minimum=0
            ),
            Column("incidents", "BIGINT", "Incidents in the warehouse after the run.", minimum=0),
            Column("claims", "BIGINT", "Casualty claims in the warehouse after the run.", minimum=0),
            Column("claims_in", "BIGINT", "Casualty claims that reading gave.", True, minimum=0),
            Column("claims_quarantined", "BIGINT", "Casualty claims refused.", True, minimum=0),
        ),
        primary_key=("run_id",),
    ),
    Table(
        "meta",
        "validation",
        "one expectation's result for this version",
        (
            Column("suite", "VARCHAR", "File in expectations/ without its ending."),
            Column("expectation", "VARCHAR", "Name of the expectation in the suite."),
            Column("table_name", "VARCHAR", "Table it looks at."),
            Column("severity", "VARCHAR", "error blocks publishing, warn reports.", allowed=vocabulary.SEVERITY),
            Column(
                "outcome", "VARCHAR", "Whether it held; not_evaluated = could not be checked.", allowed=vocabulary.OUTCOME
            ),
            Column("unexpected_count", "BIGINT", "Rows that break it, where it looks at rows.", True, minimum=0),
            Column("element_count", "BIGINT", "Rows looked at, where it looks at rows.", True, minimum=0),
            Column(
                "quarantined_count",
                "BIGINT",
                "Rows that broke it and were moved to quarantine before publishing.",
                minimum=0,
            ),
            Column("why", "VARCHAR", "Why it is expected."),
            Column("detail", "VARCHAR", "What was observed.", True),
            Column("run_id", "VARCHAR", "The run that checked."),
            Column("validated_at", "TIMESTAMP", "When, UTC."),
        ),
        primary_key=("suite", "expectation"),
    ),
    Table(
        "meta",
        "build",
        "this version of the warehouse (always one row)",
        (
            Column("schema_version", "VARCHAR", "Version of this contract."),
            Column("git_revision", "VARCHAR", "Revision of the code.", True),
            Column("run_id", "VARCHAR", "The run that built it."),
            Column("built_at", "TIMESTAMP", "When, UTC."),
            Column("toll_rule", "VARCHAR", "Name and version of the rule that derives tolls from claims."),
            Column("is_text_published", "BOOLEAN", "Whether raw.document.raw_text is filled."),
            Column(
                "span_mismatch_count",
                "BIGINT",
                "Rows whose offsets do not slice to their words, counted while loading.",
                minimum=0,
            ),
        ),
    ),
    Table(
        "meta",
        "load",
        "one loaded table and how its rows came out (in = out + quarantined + merged)",
        (
            Column("table_name", "VARCHAR", "The table."),
            Column("rows_in", "BIGINT", "Rows handed over by the earlier stages.", minimum=0),
            Column("rows_out", "BIGINT", "Rows in the table, the unknown member not counted.", minimum=0),
            Column("rows_quarantined", "BIGINT", "Rows refused by the audit, or depending on such a row.", minimum=0),
            Column("rows_merged", "BIGINT", "Rows that say again what another row of the same grain says.", minimum=0),
        ),
        primary_key=("table_name",),
    ),
)

TABLES = (*RAW, *QUARANTINE, *META)
