"""What is tried again and what is not, how failures are told, and who is told."""

from __future__ import annotations

import errno
import json
import logging
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from dagster_project import retry
from dagster_project.budget import OverBudget, time_budget
from dagster_project.operations import alerts
from dagster_project.operations.explain import explain
from dagster_project.operations.log import run_log
from dagster_project.orchestration import failures
from dagster_project.settings import ConfigurationError, Settings


def settings(tmp_path: Path, **environ: str) -> Settings:
    (tmp_path / "articles").mkdir(exist_ok=True)
    return Settings.from_environment(
        {"ARTICLES_DIR": str(tmp_path / "articles"), "WAREHOUSE_DIR": str(tmp_path / "data"), **environ}
    )


def test_a_passing_error_is_tried_again_later_and_later():
    waited: list[float] = []
    errors = [OSError(errno.ESTALE, "stale"), OSError(errno.EIO, "input/output")]

    def action() -> str:
        if errors:
            raise errors.pop(0)
        return "done"

    assert retry.retried(action, waited.append) == "done"
    assert waited == [0.5, 1.0]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), PermissionError(13, "no"), ValueError("bad"), FileNotFoundError(2, "gone")]
)
def test_a_lasting_error_is_not_tried_again(error):
    tries = []

    def action() -> None:
        tries.append(1)
        raise error

    with pytest.raises(type(error)):
        retry.retried(action, lambda seconds: None)
    assert len(tries) == 1


def test_a_lock_of_another_program_is_passing():
    error = RuntimeError("build failed")
    error.__cause__ = duckdb.IOException('IO Error: Could not set lock on file "x": Conflicting lock is held')
    assert retry.is_transient(error)


def run_asset(tmp_path, errors: list[Exception]) -> tuple[dg.ExecuteInProcessResult, int]:
    tries = []

    @dg.asset
    def stage(context):
        tries.append(1)
        with failures.told(context, "building", settings(tmp_path)):
            if errors:
                raise errors.pop(0)

    return dg.materialize([stage], raise_on_error=False), len(tries)


def test_a_stage_retries_what_passes(tmp_path, monkeypatch):
    monkeypatch.setattr(failures, "FIRST_WAIT_SECONDS", 0)
    result, tries = run_asset(tmp_path, [TimeoutError("slow"), TimeoutError("slow")])
    assert result.success
    assert tries == 3


def test_a_stage_gives_up_at_once_on_what_does_not_and_says_what_to_do(tmp_path):
    result, tries = run_asset(tmp_path, [OSError(errno.ENOSPC, "No space left on device", "/x/y")])
    assert not result.success
    assert tries == 1
    (reason,) = failures.reasons(result)
    assert "building failed: No space left on device: /x/y" in reason
    assert "Make room, then run again" in reason or "make room, then run again" in reason


def test_a_failure_says_what_where_and_what_next(tmp_path):
    told = explain(PermissionError(13, "Permission denied", "/data/x"), "publishing", tmp_path)
    assert told.startswith("publishing failed: Permission denied: /data/x")
    assert "check who owns" in told
    assert "What is published is one whole version still." in told
    assert "lower WORKERS" in explain(MemoryError(), "reading", tmp_path)


@pytest.fixture
def webhook():
    received: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", received
    server.shutdown()


FAILURE = alerts.Failure("run-1", "warehouse_job", "data", "publishing is blocked")


def test_nobody_is_told_by_default(tmp_path):
    assert alerts.alert(FAILURE, settings(tmp_path)) == []


def test_a_webhook_is_told_what_failed_and_why(tmp_path, webhook):
    address, received = webhook
    assert alerts.alert(FAILURE, settings(tmp_path, ALERT_WEBHOOK=address)) == ["webhook"]
    assert received[0]["run_id"] == "run-1"
    assert "publishing is blocked" in received[0]["text"]


def test_a_mail_is_sent_where_one_is_asked_for(tmp_path, monkeypatch):
    sent = []

    class Server:
        def __init__(self, host: str, port: int, timeout: float) -> None:
            sent.append((host, port))

        def __enter__(self) -> Server:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def send_message(self, message) -> None:
            sent.append((message["To"], message.get_content()))

    monkeypatch.setattr(alerts.smtplib, "SMTP", Server)
    chosen = settings(tmp_path, ALERT_EMAIL="ops@example.org", ALERT_SMTP="mail:2525")
    assert alerts.alert(FAILURE, chosen) == ["e-mail"]
    assert sent[0] == ("mail", 2525)
    assert "publishing is blocked" in sent[1][1]


def test_an_alert_that_cannot_be_delivered_fails_nothing(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)
    assert alerts.alert(FAILURE, settings(tmp_path, ALERT_WEBHOOK="http://127.0.0.1:9/none")) == []
    assert "not delivered" in caplog.text


@pytest.mark.parametrize(
    ("name", "value"), [("ALERT_WEBHOOK", "ftp://x"), ("ALERT_EMAIL", "a b@c"), ("ALERT_EMAIL", "x@y\nBcc: z@w")]
)
def test_a_wrong_address_is_a_configuration_error(tmp_path, name, value):
    with pytest.raises(ConfigurationError, match=name):
        settings(tmp_path, **{name: value})


def test_the_failure_sensor_tells_the_webhook(tmp_path, webhook, monkeypatch):
    address, received = webhook
    for name, value in {
        "ARTICLES_DIR": str(tmp_path),
        "WAREHOUSE_DIR": str(tmp_path / "data"),
        "ALERT_WEBHOOK": address,
    }.items():
        monkeypatch.setenv(name, value)
    from dagster_project.orchestration.resources import WarehouseSettings

    @dg.op
    def broken() -> None:
        raise ValueError("the op broke")

    @dg.job
    def doomed() -> None:
        broken()

    with dg.DagsterInstance.ephemeral() as instance:
        result = doomed.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="failure_alert",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=result.get_run_failure_event(),
            resources={"watched": WarehouseSettings()},
        ).for_run_failure()
        failures.failure_alert(context)
    assert received[0]["job"] == "doomed"
    assert received[0]["run_id"] == result.run_id


def test_old_logs_go_and_new_ones_stay(tmp_path):
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for day in range(6):
        with run_log(tmp_path / "logs", f"run-{day}", start + timedelta(days=day), keep=3):
            logging.getLogger("dagster_project.test").info("hello", extra={"stage": "test", "document_id": "d"})
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert [name[:8] for name in names] == ["20240104", "20240105", "20240106"]


def test_a_block_that_takes_too_long_is_stopped_even_if_the_first_alarm_is_swallowed():
    stops = 0
    with pytest.raises(OverBudget), time_budget(0.1):  # noqa: PT012
        while True:
            try:
                while True:
                    pass
            except OverBudget:
                stops += 1
                if stops == 2:
                    raise
