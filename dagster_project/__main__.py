"""The command line: ``python -m dagster_project run | sql | quarantine | retry-quarantine | withdraw | rollback``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dagster_project.settings import ConfigurationError, Settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m dagster_project", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the warehouse job over ARTICLES_DIR")
    run.add_argument("--quiet", action="store_true", help="no progress, only the summary")
    commands.add_parser("sql", help="a prompt on the published warehouse, read-only")
    commands.add_parser("quarantine", help="list what was refused and why")
    retry = commands.add_parser("retry-quarantine", help="run the job, reading again what was refused")
    retry.add_argument("--quiet", action="store_true", help="no progress, only the summary")
    withdraw = commands.add_parser("withdraw", help="remove a document and everything derived from it, for good")
    withdraw.add_argument("document_id", help="see analytics.document or marts.dim_document")
    withdraw.add_argument("--reason", required=True, help="kept and published with the document's id")
    commands.add_parser("rollback", help="publish the previous version again")
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment()
        if arguments.command == "run":
            return run_job(settings, arguments.quiet)
        if arguments.command == "retry-quarantine":
            return run_job(settings, arguments.quiet, job="retry_quarantine")
        if arguments.command == "withdraw":
            return withdraw_document(settings, arguments.document_id, arguments.reason)
        if not settings.published.is_file():
            raise ConfigurationError(f"there is no {settings.published} yet: run `make warehouse` first")
        return {"sql": prompt, "quarantine": list_quarantine, "rollback": roll_back}[arguments.command](settings)
    except ConfigurationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def run_job(settings: Settings, quiet: bool, job: str = "warehouse_job") -> int:
    """Run the Dagster job in this process and print what it did. Returns the exit status."""
    from rich.console import Console

    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    console = Console()
    if not quiet:
        console.print(f"articles: {settings.articles_dir}   warehouse: {settings.warehouse_dir}")
    import dagster as dg

    from dagster_project.definitions import defs
    from dagster_project.operations.alerts import Failure, alert
    from dagster_project.orchestration import failures
    from dagster_project.orchestration.jobs import needed

    assets = needed(settings, job)
    if assets and not quiet:
        console.print("nothing is new: the published version stays as it is")
    # A persistent instance (DAGSTER_HOME) shows the run in `make ui`; without one the run leaves no history.
    with dg.DagsterInstance.get() if os.environ.get("DAGSTER_HOME") else dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def(job).execute_in_process(
            instance=instance,
            raise_on_error=False,
            asset_selection=assets,
            tags={failures.LAUNCHED_BY: failures.COMMAND_LINE},
            run_config={"loggers": {"console": {"config": {"level": "CRITICAL" if quiet else "INFO"}}}},
        )
    if not result.success:
        why = failures.reasons(result)
        for reason in why:
            print(f"error: {reason}", file=sys.stderr)
        alert(Failure(result.run_id, job, str(settings.warehouse_dir), "; ".join(why)), settings)
        kept = "the earlier published version stays as it was" if settings.published.is_file() else "nothing was published"
        print(f"the run failed; {kept}", file=sys.stderr)
        return 1
    _summarise(settings, console)
    return 0


def _summarise(settings: Settings, console) -> None:
    from rich.table import Table

    from dagster_project.warehouse import published

    found = published.summary(settings.published)
    table = Table(title="published warehouse", title_justify="left", show_header=False)
    for name, value in (
        ("documents", found.documents),
        ("incidents", found.incidents),
        ("aggregates (several attacks in one report)", found.aggregates),
        ("casualty claims", found.claims),
        ("statements", found.statements),
        ("rejected files, records or rows", found.rejected),
        ("checks passed", f"{found.checks_passed} of {found.checks}"),
    ):
        table.add_row(name, str(value))
    console.print(table)
    for row in published.rejected(settings.published, 10):
        console.print(f"rejected: {row['object_id']}: {row['reason']}", markup=False)
    if found.rejected > 10:
        console.print(f"... and {found.rejected - 10} more: python -m dagster_project quarantine")
    for what, count, meaning in (
        ("without a publication date", found.undated_documents, "days told as 'on Sunday' stay unknown in them"),
        ("without a publisher", found.unnamed_documents, "together they count as one source"),
        ("not in English", found.unread_documents, "kept and counted, not read"),
    ):
        if count:
            console.print(f"{what}: {count} of {found.documents} documents; {meaning}")
    if found.undated_documents or found.unnamed_documents:
        console.print(
            "what would help: a manifest.csv (source_file,url,publisher,published_on; any cell may be empty) beside the "
            "articles; files that need one: select source_file from analytics.document where published_on is null or "
            "publisher = 'unknown'"
        )
    console.print(f"the report: {settings.warehouse_dir / 'report' / 'index.html'}", markup=False)
    console.print("next: make sql · make ui · select * from analytics.incident · select * from analytics.conflicting_claims")


def prompt(settings: Settings) -> int:
    """A line prompt on the published file; one statement a line, an empty line or Ctrl-D ends it."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dagster_project.warehouse.session import read_only

    console = Console()
    console.print(f"{settings.published} (read-only). One statement a line; `show all tables` lists what there is.")
    with read_only(settings.published) as connection:
        import duckdb

        while True:
            try:
                statement = input("sql> ").strip()
            except EOFError:
                return 0
            if not statement or statement in {"exit", "quit", ".quit", ".exit"}:
                return 0
            try:
                cursor = connection.execute(statement)
                rows = cursor.fetchmany(200)
            except duckdb.Error as error:
                console.print(str(error), markup=False)
                continue
            table = Table(*[escape(column[0]) for column in cursor.description or []])
            for row in rows:
                table.add_row(*["" if value is None else escape(str(value)) for value in row])
            console.print(table)
            if len(rows) == 200:
                console.print("(the first 200 rows)")


def list_quarantine(settings: Settings) -> int:
    """Everything refused in the published version, one line each."""
    from dagster_project.warehouse import published

    rows = published.rejected(settings.published, 1_000_000)
    for row in rows:
        print(f"{row['stage']}\t{row['object_id']}\t{row['reason_code']}\t{row['reason']}")
    print(f"{len(rows)} refused")
    return 0


def roll_back(settings: Settings) -> int:
    """Publish the version before the present one again, with its report and exports."""
    from datetime import UTC, datetime

    from dagster_project.execution.lock import AnotherRunIsWorking, run_lock
    from dagster_project.orchestration.line import Run, write_exports, write_report
    from dagster_project.publication.publish import PublishError, rollback

    try:
        with run_lock(settings.work_dir, "rollback", settings.lock_wait_seconds, print):
            print(f"published again: {rollback(settings.warehouse_dir)}")
            run = Run("rollback", datetime.now(UTC), settings)
            write_report(run)
            write_exports(run)
    except (AnotherRunIsWorking, PublishError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def withdraw_document(settings: Settings, document_id: str, reason: str) -> int:
    """Withdraw a document: tombstone, then a run that publishes without it. Returns the exit status."""
    from datetime import UTC, datetime

    import dagster as dg

    from dagster_project.execution.lock import AnotherRunIsWorking, run_lock
    from dagster_project.operations import withdraw
    from dagster_project.orchestration import history

    try:
        with run_lock(settings.work_dir, f"withdraw {document_id}", settings.lock_wait_seconds, print):
            files = withdraw.record(settings, document_id, reason, datetime.now(UTC))
    except (AnotherRunIsWorking, withdraw.UnknownDocument) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    status = run_job(settings, quiet=True)
    if status or withdraw.pending(settings):
        print(
            f"error: the withdrawal of {document_id} is recorded, but not carried through: the published version or a kept "
            "one still holds it. Mend what the run complains of and run again: every run carries it on",
            file=sys.stderr,
        )
        return 1
    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            history.forget(instance)
    print(f"withdrawn: {document_id} ({reason})")
    for name in files:
        print(f"it is still in {settings.articles_dir / Path(name)}: it will be refused there; delete it to be rid of it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
