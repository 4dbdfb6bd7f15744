"""Dagster's SQLite event log with its files kept open; named in ``dagster.yaml``.

Dagster's own opens a file, compiles each statement anew and waits for the disk at every write, three or four times for each
event of a check: with 231 checks that took longer than the audit itself. The files are the same ones in the same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event

# The index of all runs, the run in progress, and a few that somebody looks at.
KEPT_OPEN = 8


class OpenEventLog(SqliteEventLogStorage):
    """The event log below ``home`` (``DAGSTER_HOME``), an open engine for each of the files used last."""

    def __init__(self, home: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(str(Path(home) / "history" / "runs"), inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        return {"home": dg.StringSource}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> OpenEventLog:
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            # The one used last stands last.
            engine = self._engines.pop(shard, None) or self._open(shard)
            self._engines[shard] = engine
            with engine.begin() as connection:
                yield connection
            while len(self._engines) > KEPT_OPEN:
                self._engines.pop(next(iter(self._engines))).dispose()

    def _open(self, shard: str) -> Engine:
        engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})
        event.listen(engine, "connect", _write_without_waiting)
        self._initdb(engine)
        return engine

    @cached_property
    def supports_asset_checks(self) -> bool:  # type: ignore[override]
        return self.has_table("asset_check_executions")

    def upgrade(self) -> None:
        super().upgrade()
        self._close()

    def wipe(self) -> None:
        self._close()
        super().wipe()

    def dispose(self) -> None:
        self._close()
        super().dispose()

    def _close(self) -> None:
        while self._engines:
            self._engines.popitem()[1].dispose()


def _write_without_waiting(connection: Any, _: Any) -> None:
    """In WAL mode, which these files are in, a power cut then costs the last events at most."""
    connection.execute("PRAGMA synchronous = NORMAL")
