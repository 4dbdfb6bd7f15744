"""Opening DuckDB: one place for the settings every connection runs under.

Nothing is ever installed or loaded from a network; files outside the named folders cannot be touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import duckdb

# Readable by DuckDB clients from 1.1 on (storage of 1.0).
STORAGE_VERSION = "v1.0.0"
# What a workbench tries with first; the last try has all there is.
LITTLE_MEMORY_MB = (300, 1000)
_OFFLINE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def quote(identifier: str) -> str:
    """An identifier, quoted for SQL; dotted names are quoted part by part."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in identifier.split("."))


def literal(text: str) -> str:
    """A string literal, for the few statements that take no bound values (ATTACH, COMMENT, COPY, DDL)."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def read_only(path: Path, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection with external access off, closed on leaving.

    The file is attached to a database of our own: opened directly, DuckDB would share the instance (and its settings,
    and its possibly replaced file) of any other connection of this process to the same path.
    """
    import duckdb

    connection = duckdb.connect(":memory:", config={**_OFFLINE, **_threads(threads)})
    try:
        connection.execute(f"attach {literal(str(path))} as warehouse (read_only)")
        connection.execute("use warehouse")
        connection.execute("set enable_external_access = false")
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def read_write(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writing connection to an unpublished file, external access off, checkpointed and closed on leaving."""
    import duckdb

    connection = duckdb.connect(str(path), config={**_OFFLINE, "enable_external_access": "false"})
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
        connection.execute("checkpoint")
    finally:
        connection.close()


def _threads(threads: int | None) -> dict[str, str]:
    return {} if threads is None else {"threads": str(threads)}


Done = TypeVar("Done")


def with_little_memory(work: Callable[[int | None], Done]) -> Done:
    """``work`` with little memory (megabytes), where what does not fit is spilled; where that does not do, with more.

    Whatever it makes must be made anew each time.
    """
    import duckdb

    for megabytes in LITTLE_MEMORY_MB:
        try:
            return work(megabytes)
        except duckdb.OutOfMemoryException:
            continue
    return work(None)


@contextmanager
def workbench(
    folders: Iterable[Path], spill: Path, threads: int | None = None, memory_mb: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory connection that may read and write inside ``folders`` only and spills to ``spill``.

    It spills what is more than ``memory_mb``; DuckDB's own limit is most of the machine's memory.
    """
    import duckdb

    connection = duckdb.connect(":memory:", config={**_OFFLINE, **_threads(threads)})
    try:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = {literal(str(spill))}")
        if memory_mb is not None:
            connection.execute(f"set memory_limit = '{int(memory_mb)}MB'")
        allowed = sorted({str(folder.resolve()) for folder in (*folders, spill)})
        connection.execute(f"set allowed_directories = [{', '.join(literal(path) for path in allowed)}]")
        connection.execute("set enable_external_access = false")
        yield connection
    finally:
        connection.close()
