"""A process that has everything imported and runs the whole job in a fork of itself, as often as asked: quick, and killable.

Reads one JSON object a line (:class:`Order`), answers one JSON object a line: how the child ended, and what it said. The
faults live here and in no production code: file system calls, DuckDB statements and Parquet writers are counted by
wrappers, and the wrapper of the chosen call kills its own process before, in the middle of, or after doing its work.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class LineServer:
    """The parent's end; use as a context manager. ``run`` gives the child's answer as a dictionary."""

    def __enter__(self) -> LineServer:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.line_server"],
            cwd=ROOT,
            env={**os.environ, "DAGSTER_HOME": "", "DAGSTER_DISABLE_TELEMETRY": "yes", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def run(self, articles: Path, warehouse: Path, **order: Any) -> dict[str, Any]:
        """Order: env (settings), job (Dagster's; none: the stages alone), kill_at and how (before, torn, after), kill_after
        (seconds), full_at, max_file (bytes), ordinary (no superuser's rights), record (bool)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        environ = {"ARTICLES_DIR": str(articles), "WAREHOUSE_DIR": str(warehouse), **order.pop("env", {})}
        print(json.dumps({"env": environ, **order}), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a run prints is no answer
    _import_everything()
    for line in sys.stdin:
        order = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            answer = _run(order)
            os.write(writer, json.dumps(answer).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as said:
            answer = json.loads(said.read() or "{}")
        _, status = os.waitpid(child, 0)
        answer["signal"] = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        print(json.dumps(answer), file=answers, flush=True)


def _import_everything() -> None:
    import great_expectations  # noqa: F401
    import lxml.html  # noqa: F401
    import trafilatura  # noqa: F401

    from dagster_project.audit import engine
    from dagster_project.execution import extract, worker
    from dagster_project.ingest.metadata import detect_language
    from dagster_project.orchestration import line
    from tests.support import standin

    detect_language(
        "The models of the language identifier are loaded once, here and not in every child of this process.", None
    )
    worker.pipeline = lambda model: None  # type: ignore[assignment]
    worker._read = standin.read  # type: ignore[assignment]
    for module in (extract, line):
        module.pipeline_fingerprint = lambda model: "stand-in"  # type: ignore[assignment]
    engine.validate = _quick(engine.validate)
    # Others may edit code while tests run; what a run does must not depend on that.
    fixed = line.code_fingerprint([line.PACKAGE / "operations"])
    line.code_fingerprint = lambda paths: fixed  # type: ignore[assignment]


# Suites that are evaluated even where the audit is not the point.
ALWAYS = ("conservation", "meta_run", "fact_casualty_claim")


def _quick(validate: Callable) -> Callable:
    """All suites with FULL_AUDIT=yes in the order's env, else ``ALWAYS``; the others count as passed."""

    def quick(path: Path, suites: Any, threads: int | None = None) -> Any:
        from dagster_project.audit.results import ExpectationResult

        if os.environ.get("FULL_AUDIT") == "yes":
            return validate(path, suites, threads)
        passed = tuple(
            ExpectationResult(
                suite=e.suite, name=e.name, table=e.table, severity=e.severity, scope=e.scope, why=e.why, outcome="passed",
                unexpected_count=0, element_count=0, detail=None, row_ids=(),
            )
            for suite in suites
            for e in suite.expectations
            if suite.name not in ALWAYS
        )  # fmt: skip
        found = validate(path, tuple(s for s in suites if s.name in ALWAYS), threads)
        return replace(found, results=found.results + passed)

    return quick


def _run(order: dict[str, Any]) -> dict[str, Any]:
    os.environ.update({"BACKEND": "inline", "MANIFEST": "", "LOCK_WAIT_SECONDS": "60", **order["env"]})
    if order.get("ordinary"):
        _drop_capabilities()
    if order.get("max_file"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["max_file"], order["max_file"]))
    faults = Faults(order.get("kill_at"), order.get("how", "before"), order.get("full_at"))
    if order.get("kill_after"):
        threading.Timer(order["kill_after"], lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    with faults.installed():
        answer = _by_dagster(order) if order.get("job") else _by_stages()
    return {**answer, "calls": faults.calls if order.get("record") else len(faults.calls)}


def _drop_capabilities() -> None:
    """From here on permissions count, even for root (capset(2) with empty sets; nothing to do for others)."""
    import ctypes

    if os.getuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()) != 0:
            raise OSError(ctypes.get_errno(), "capset")


def _by_dagster(order: dict[str, Any]) -> dict[str, Any]:
    """The job itself."""
    import dagster as dg

    from dagster_project.definitions import defs
    from dagster_project.orchestration import failures
    from dagster_project.orchestration.jobs import needed
    from dagster_project.settings import Settings

    assets = needed(Settings.from_environment(), order["job"])
    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def(order["job"]).execute_in_process(
            instance=instance,
            raise_on_error=False,
            asset_selection=assets,
            run_config={"loggers": {"console": {"config": {"level": "CRITICAL"}}}},
        )
    made = sorted(
        {event.asset_key.to_user_string() for event in result.get_asset_materialization_events() if event.asset_key}
    )
    return {"success": result.success, "reasons": [] if result.success else failures.reasons(result), "made": made}


def _by_stages() -> dict[str, Any]:
    """The functions that the assets call, in their order, without the seconds that Dagster takes for its events."""
    import uuid
    from datetime import UTC, datetime

    from dagster_project.audit.run import require_publishable
    from dagster_project.execution.lock import run_lock
    from dagster_project.operations.explain import explain
    from dagster_project.operations.log import run_log
    from dagster_project.orchestration import line
    from dagster_project.settings import Settings

    settings = Settings.from_environment()
    run = line.Run(str(uuid.uuid4()), datetime.now(UTC), settings)
    # All stages run nevertheless: whoever trusts the answer must lose nothing.
    is_nothing_new = line.is_nothing_new(settings)
    try:
        with (
            run_lock(settings.work_dir, run.run_id, settings.lock_wait_seconds),
            run_log(settings.logs_dir, run.run_id, run.started_at, settings.keep_logs),
        ):
            line.tidy(run)
            line.ingest_articles(run)
            line.describe_documents(run)
            line.read_documents(run)
            line.resolve_incidents(run)
            outcome = "unchanged"
            if not line.is_published(run):
                require_publishable(line.build_and_audit(run))
                outcome = "published" if line.publish_version(run).is_changed else "unchanged"
            line.finish(run, outcome)
    except Exception as error:
        return {"success": False, "reasons": [explain(error, "the run", settings.warehouse_dir)]}
    if is_nothing_new and outcome == "published":
        return {"success": False, "reasons": ["a version was published where nothing was said to be new"]}
    return {"success": True, "reasons": [], "outcome": outcome, "is_nothing_new": is_nothing_new}


class Faults:
    """Counts the calls that change something outside the process, and strikes at one of them.

    ``calls``: (stage, operation, file name) in their order.
    """

    def __init__(self, kill_at: int | None, how: str, full_at: int | None) -> None:
        self.kill_at, self.how, self.full_at = kill_at, how, full_at
        self.calls: list[tuple[str, str, str]] = []
        self.stage = "start"
        self._busy = False

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        import duckdb
        import polars as pl

        from dagster_project.orchestration import line

        for name in ("replace", "rename", "unlink", "link", "fsync", "mkdir", "chmod"):
            self._wrap(os, name, f"os.{name}")
        self._wrap(shutil, "rmtree", "rmtree")
        self._wrap(shutil, "copytree", "copytree")
        self._wrap(pl.DataFrame, "write_parquet", "write_parquet", at=1, torn=True)
        self._wrap(pl.LazyFrame, "sink_parquet", "write_parquet", at=1, torn=True)
        self._wrap(duckdb.DuckDBPyConnection, "execute", "duckdb", at=1)
        self._wrap(duckdb.DuckDBPyConnection, "commit", "duckdb.commit", at=None)
        for stage in (
            "tidy", "ingest_articles", "describe_documents", "read_documents", "resolve_incidents", "build_and_audit",
            "publish_version", "finish",
        ):  # fmt: skip
            self._mark(line, stage)
        from dagster_project.orchestration import resources

        resources.tidy = line.tidy
        yield

    def _mark(self, module: Any, name: str) -> None:
        original = getattr(module, name)

        def marked(*given: Any, **named: Any) -> Any:
            self.stage = name
            return original(*given, **named)

        setattr(module, name, marked)

    def _wrap(self, owner: Any, name: str, label: str, at: int | None = 0, torn: bool = False) -> None:
        original = getattr(owner, name)

        def wrapped(*given: Any, **named: Any) -> Any:
            target = given[at] if at is not None and len(given) > at else ""
            if self._busy or not _counts(label, target):
                return original(*given, **named)
            number = len(self.calls)
            self.calls.append((self.stage, label, _short(target)))
            if number == self.full_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
            if number != self.kill_at:
                return original(*given, **named)
            if self.how == "before":
                _die()
            if self.how == "torn" and torn and isinstance(target, str | os.PathLike):
                self._busy = True
                original(*given, **named)
                size = os.path.getsize(target)
                os.truncate(target, size // 2)
                _die()
            original(*given, **named)
            _die()

        setattr(owner, name, wrapped)


def _counts(label: str, target: Any) -> bool:
    if label == "duckdb":  # reading statements change nothing
        first = str(target).lstrip().split(None, 1)[0].lower() if str(target).strip() else ""
        return first in {"insert", "update", "delete", "create", "copy", "commit", "checkpoint", "attach", "detach", "alter"}
    # Dagster and libraries write files of their own.
    return not isinstance(target, str | os.PathLike) or not any(
        part in str(target) for part in ("/dagster", "__pycache__", ".lock")
    )


def _short(target: Any) -> str:
    if isinstance(target, str | os.PathLike):
        text = str(target)
        return Path(text).name if text.startswith("/") else " ".join(text.split())[:60]
    return ""


def _die() -> Callable:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


if __name__ == "__main__":
    serve()
