"""The bench counts the memory of every process of a piece of work, also of those that nobody waits for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import _Memory

HOLDS = "import sys; held = b'x' * 60_000_000; print(flush=True); sys.stdin.read()"
STARTS_ONE = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {HOLDS!r}]).wait()"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is counted on Linux alone")
def test_the_memory_of_a_process_within_the_work_is_seen():
    work = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert work.stdout is not None
    work.stdout.readline()
    memory, elsewhere = _Memory(work.pid), _Memory(-1)
    memory.look()
    elsewhere.look()
    work.communicate()
    assert memory.largest_kib > 60_000
    assert memory.together_kib > memory.largest_kib * 0.9
    assert elsewhere.largest_kib == elsewhere.together_kib == 0
