"""Dagster resources: the settings and the lock of a run."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from dagster_project.execution.lock import run_lock
from dagster_project.operations.explain import explain
from dagster_project.operations.log import run_log
from dagster_project.orchestration.line import Run, tidy
from dagster_project.settings import Settings


class WarehouseUnusable(RuntimeError):
    """The output folder cannot be used; the message says why and what to do."""


class WarehouseSettings(dg.ConfigurableResource):
    """Which warehouse, from which articles. Empty fields take the environment variable of the same name."""

    articles_dir: str = ""
    warehouse_dir: str = ""
    manifest: str = ""

    def settings(self) -> Settings:
        """The settings with this resource's fields over the environment.

        Raises:
            ConfigurationError: a setting that cannot be used.
        """
        fields = {"ARTICLES_DIR": self.articles_dir, "WAREHOUSE_DIR": self.warehouse_dir, "MANIFEST": self.manifest}
        return Settings.from_environment({**os.environ, **{name: value for name, value in fields.items() if value}})


class Warehouse(WarehouseSettings):
    """The warehouse a run works on, held for the whole run: two runs never work on one warehouse at once."""

    _run: Run | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Warehouse, None, None]:
        settings = self.settings()
        run_id = context.run.run_id if context.run else "unknown"
        log = context.log
        with ExitStack() as held:
            try:
                held.enter_context(
                    run_lock(settings.work_dir, run_id, settings.lock_wait_seconds, log.info if log else None)
                )
                run = Run(run_id, datetime.now(UTC), settings)
                held.enter_context(run_log(settings.logs_dir, run_id, run.started_at, settings.keep_logs))
                tidy(run)
            except (OSError, duckdb.Error) as error:
                raise WarehouseUnusable(explain(error, "starting the run", settings.warehouse_dir)) from error
            self._run = run
            yield self

    @property
    def run(self) -> Run:
        """The run in progress."""
        if self._run is None:
            raise RuntimeError("there is no run in progress: the resource is used outside of one")
        return self._run
