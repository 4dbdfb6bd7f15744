"""Work: a Dagster job in this process: ``warehouse``, as the command line runs it, or ``empty``, with the same imports."""

from __future__ import annotations

import sys

from benchmarks.measure import report


def main() -> None:
    if sys.argv[1] == "warehouse":
        from dagster_project.__main__ import run_job
        from dagster_project.settings import Settings

        if run_job(Settings.from_environment(), quiet=True):
            raise SystemExit("the job failed")
    else:
        empty()
    report()


def empty() -> None:
    import dagster as dg
    import pandas  # noqa: F401 - DuckDB imports it with the first value bound to a statement
    import rich.console
    import rich.table  # noqa: F401

    from dagster_project.definitions import defs

    @dg.asset
    def nothing() -> None:
        return None

    loggers = {"console": defs.loggers["console"]} if defs.loggers else {}
    job = dg.Definitions(assets=[nothing], loggers=loggers, executor=dg.in_process_executor)
    with dg.DagsterInstance.get() as instance:
        job.resolve_implicit_global_asset_job_def().execute_in_process(
            instance=instance, run_config={"loggers": {"console": {"config": {"level": "CRITICAL"}}}}
        )


if __name__ == "__main__":
    main()
