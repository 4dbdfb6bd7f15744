"""Dagster resources: the settings and the lock of a run."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import dagster as dg
from pydantic import PrivateAttr

from dagster_project.execution.lock import run_lock
from dagster_project.orchestration.line import Run
from dagster_project.settings import Settings


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
        with run_lock(settings.work_dir, run_id, settings.lock_wait_seconds, log.info if log else None):
            self._run = Run(run_id, datetime.now(UTC), settings)
            yield self

    @property
    def run(self) -> Run:
        """The run in progress."""
        if self._run is None:
            raise RuntimeError("there is no run in progress: the resource is used outside of one")
        return self._run
