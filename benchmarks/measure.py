"""Running a piece of work in a process of its own and measuring it: wall clock, CPU, peak memory of it and its children."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# A look takes some 10 ms of processes of this size.
SECONDS_BETWEEN_LOOKS = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall clock and CPU, peak memory in MiB of the largest process and of all together, and what the work printed
    as JSON."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    together_mib: float
    result: dict[str, Any]


def run(module: str, *arguments: str, **environ: str) -> Measured:
    """``python -m benchmarks.<module> arguments``, alone; its last line of output is a JSON object."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        # In a session of its own, so that its workers can be told from other processes.
        work = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.{module}", *arguments],
            cwd=ROOT,
            env={**os.environ, **environ},
            stdout=out,
            stderr=err,
            text=True,
            start_new_session=True,
        )
        memory = _Memory(work.pid)
        while True:
            try:
                work.wait(SECONDS_BETWEEN_LOOKS)
                break
            except subprocess.TimeoutExpired:
                memory.look()
        seconds = time.monotonic() - started
        for file in (out, err):
            file.seek(0)
        printed, complaints = out.read(), err.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if work.returncode:
        sys.exit(f"benchmarks.{module} failed:\n{printed[-2000:]}\n{complaints[-4000:]}")
    result = json.loads(printed.strip().splitlines()[-1])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, cpu, memory.largest_kib / 1024, memory.together_kib / 1024, result)


class _Memory:
    """Peaks of memory of all processes of a session, as Linux counts it in ``/proc``.

    The largest process is told by its own high-water mark, so no peak is missed but that of a process that lives for less than
    a look. Together they are counted by proportional share, a page of several processes once.
    """

    def __init__(self, session: int) -> None:
        self.session = session
        self.largest_kib = self.together_kib = 0

    def look(self) -> None:
        together = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                # After the name, which may hold anything: state, parent, group, session.
                stat = (process / "stat").read_text().rpartition(")")[2].split()
                if int(stat[3]) != self.session:
                    continue
                self.largest_kib = max(self.largest_kib, _kib(process / "status", "VmHWM"))
                together += _kib(process / "smaps_rollup", "Pss")
            except (OSError, StopIteration):
                continue  # it has ended meanwhile
        self.together_kib = max(self.together_kib, together)


def _kib(path: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in path.read_text().splitlines() if line.startswith(f"{name}:"))


def report(**result: Any) -> None:
    """Print the result of a work module."""
    print(json.dumps(result))
