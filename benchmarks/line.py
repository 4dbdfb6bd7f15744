"""Work: the whole line on ARTICLES_DIR, stage by stage, as the Dagster job does it (without Dagster's own event log)."""

from __future__ import annotations

import os
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
    cpu: dict[str, float] = {"imports": _cpu()}

    def timed(name, work):
        at, used = time.monotonic(), _cpu()
        result = work()
        stages[name], cpu[name] = time.monotonic() - at, _cpu() - used
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
    report(
        stages=stages, cpu=cpu, documents=documents.documents, words=read.words, read=read.read, published_mib=round(size, 1)
    )


def _cpu() -> float:
    """CPU seconds of this process and of its workers that have ended; those of reading end while resolution runs."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
