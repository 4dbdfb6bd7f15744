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


class OverBudget(Exception):
    """A block took longer than its budget."""


@contextmanager
def time_budget(seconds: float) -> Iterator[None]:
    """Raise OverBudget inside the block when it takes longer than ``seconds``.

    Works in the main thread of a process, where signals arrive; elsewhere there is no budget. Blocks do not nest.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, stack: object) -> None:
        raise OverBudget(f"it took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
