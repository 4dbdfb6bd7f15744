"""What a process may cost: seconds and memory, and no life after its parent.

Belongs here: the limits of a process and of a block. Does not belong: what happens to the document that breaks them.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Once over time, the alarm rings again and again: a library that swallows the first one meets the next.
AGAIN_SECONDS = 1.0


# A machine that has other work, or a slow disk, may take this many times the seconds of work that a block may cost.
PATIENCE = 15.0


class OverBudget(Exception):
    """A block cost more than its budget."""


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Raise OverBudget inside the block when it takes more than ``seconds`` of this process's CPU time.

    What a block costs does not depend on what else the machine does, and so neither does what is refused. A block that
    waits without working is stopped after ``PATIENCE`` times as long.

    Works in the main thread of a process, where signals arrive; elsewhere there is no budget. Blocks do not nest.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, stack: object) -> None:
        what = f"it took more than {seconds:.0f} s of work" if signum == signal.SIGPROF else "it waited for too long"
        raise OverBudget(what)

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, seconds * PATIENCE),
    }
    before = {number: signal.signal(number, stop) for number in timers}
    for timer, limit in timers.values():
        signal.setitimer(timer, limit, AGAIN_SECONDS)
    try:
        yield
    finally:
        for timer, _ in timers.values():
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def limit_memory(megabytes: int) -> None:
    """Let this process hold no more than ``megabytes`` of data; what asks for more gets a MemoryError.

    For worker processes only: the limit cannot be lifted again by an ordinary user.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def end_with_parent() -> None:
    """End this process when the one that started it is gone: killed, that one could not say so."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()


def start_worker(megabytes: int) -> None:
    """What a process that reads documents begins with."""
    end_with_parent()
    limit_memory(megabytes)
