"""Work: a bare ``nlp.pipe`` over the documents of a warehouse: the full reading pipeline, or the language model alone."""

from __future__ import annotations

import sys
import time

import polars as pl

from benchmarks.measure import report


def main() -> None:
    which = sys.argv[1]
    from dagster_project.ingest.documents import CleanDocument
    from dagster_project.reading.doc import make_doc
    from dagster_project.reading.extensions import register
    from dagster_project.reading.language import load_language
    from dagster_project.reading.pipeline import build_pipeline
    from dagster_project.settings import Settings

    rows = pl.read_parquet(Settings.from_environment().work_dir / "current" / "document.parquet")
    started = time.monotonic()
    register()
    nlp = build_pipeline() if which == "pipeline" else load_language()
    documents = [CleanDocument.from_row(row) for row in rows.iter_rows(named=True)]
    list(nlp.pipe([make_doc(nlp, documents[0])]))  # the gazetteer is read with the first document
    load = time.monotonic() - started
    started, cpu = time.monotonic(), time.process_time()
    with nlp.memory_zone():
        tokens = sum(len(doc) for doc in nlp.pipe((make_doc(nlp, d) for d in documents), batch_size=32))
    report(
        load=load,
        seconds=time.monotonic() - started,
        cpu_seconds=time.process_time() - cpu,
        words=int(rows["word_count"].sum()),
        tokens=tokens,
        documents=len(documents),
    )


if __name__ == "__main__":
    main()
