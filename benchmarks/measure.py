"""Running a piece of work in a process of its own and measuring it: wall clock, CPU, peak memory of it and its children."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall clock and CPU, peak memory in MiB of the largest process, and what the work printed as JSON."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    result: dict[str, Any]


def run(module: str, *arguments: str, **environ: str) -> Measured:
    """``python -m benchmarks.<module> arguments``, alone; its last line of output is a JSON object."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
    )
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"benchmarks.{module} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    result = json.loads(done.stdout.strip().splitlines()[-1])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, cpu, result.pop("peak_mib"), result)


def report(**result: Any) -> None:
    """Print the result of a work module, with the peak memory of this process and its children."""
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({**result, "peak_mib": round(peak, 1)}))
