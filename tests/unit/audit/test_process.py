"""The process that builds and audits: it ends with the one that started it."""

import os
import signal
import subprocess
import sys
import time

STARTS = """
from dagster_project.audit import process
if __name__ == "__main__":
    print(process._process().submit(__import__("os").getpid).result(), flush=True)
    input()
"""


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended; one that ended waits for its parent as a zombie."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_ends_when_the_run_is_killed(tmp_path):
    script = tmp_path / "starts.py"
    script.write_text(STARTS, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    child = int(run.stdout.readline())
    assert is_running(child)
    run.send_signal(signal.SIGKILL)
    run.wait()
    deadline = time.monotonic() + 20
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)
