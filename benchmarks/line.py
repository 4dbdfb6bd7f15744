"""Work: the whole line on ARTICLES_DIR, stage by stage, as the Dagster job does it (without Dagster's own event log)."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from benchmarks.measure import report


def main() -> None:
    started = time.monotonic()
    from dagster_project.orchestration import line
    from dagster_project.settings import Settings

    settings = Settings.from_environment()
    run = line.Run(f"bench-{time.time_ns()}", datetime.now(UTC), settings)
    stages: dict[str, float] = {"imports": time.monotonic() - started}

    def timed(name, work):
        at = time.monotonic()
        result = work()
        stages[name] = time.monotonic() - at
        return result

    timed("ingest", lambda: line.ingest_articles(run))
    documents = timed("documents", lambda: line.describe_documents(run))
    read = timed("reading", lambda: line.read_documents(run))
    timed("resolution", lambda: line.resolve_incidents(run))
    is_published = timed("compare", lambda: line.is_published(run))
    if not is_published:
        built = timed("build and audit", lambda: line.build_and_audit(run))
        if built.blocked_by:
            raise SystemExit("; ".join(built.blocked_by))
        timed("publish", lambda: line.publish_version(run))
    size = settings.published.stat().st_size / 2**20
    report(stages=stages, documents=documents.documents, words=read.words, read=read.read, published_mib=round(size, 1))


if __name__ == "__main__":
    main()
