"""Progress of long work: a line now and then in Dagster's log, which the terminal shows as well."""

from __future__ import annotations

import time
from collections.abc import Callable


class Progress:
    """Logs documents done, rate and time left, at most every ``seconds``."""

    def __init__(self, log: Callable[[str], None], what: str, seconds: float = 5.0) -> None:
        self._log = log
        self._what = what
        self._seconds = seconds
        self._started = self._last = time.monotonic()

    def __call__(self, done: int, total: int, elapsed: float | None = None) -> None:
        now = time.monotonic()
        if (now - self._last < self._seconds and done < total) or total == 0:
            return
        self._last = now
        elapsed = now - self._started if elapsed is None else elapsed
        rate = done / elapsed if elapsed > 0 else 0.0
        left = f", about {(total - done) / rate:.0f} s left" if rate and done < total else ""
        self._log(f"{self._what}: {done} of {total}, {rate:.1f} a second{left}")
