"""One run at a time on a warehouse: a lock that its holder's death releases."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class AnotherRunIsWorking(RuntimeError):
    """Somebody else holds the warehouse; the message says who."""


@contextmanager
def run_lock(
    work_dir: Path, run_id: str, wait_seconds: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the warehouse for one run.

    The operating system releases the lock when its process ends, however it ends; nothing has to be cleaned up.

    Raises:
        AnotherRunIsWorking: the lock was not free within ``wait_seconds``.
    """
    work_dir.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    descriptor = os.open(work_dir / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        told = False
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                holder = os.pread(descriptor, 500, 0).decode("utf-8", "replace") or "unknown"
                if time.monotonic() >= deadline:
                    raise AnotherRunIsWorking(
                        f"another run is working on {work_dir.parent} ({holder}): wait for it to end, or stop it"
                    ) from None
                if on_wait and not told:
                    on_wait(f"waiting up to {wait_seconds:.0f} s for another run ({holder}) to end")
                    told = True
                time.sleep(0.2)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"run_id": run_id, "pid": os.getpid()}).encode(), 0)
        yield
    finally:
        os.close(descriptor)
