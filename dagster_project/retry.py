"""Errors that pass by themselves are tried again, later and later; others are not.

Belongs here: telling the two apart, and waiting. Does not belong: what is tried.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")
ATTEMPTS = 3
FIRST_DELAY = 0.5  # seconds; doubled with each attempt

_PASSING = frozenset(
    {
        errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOLCK, errno.EREMOTEIO,
        errno.ECONNABORTED, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN,
        errno.ENETRESET, errno.ENETUNREACH, errno.EPIPE,
    }
)  # fmt: skip
# DuckDB tells these in words only: somebody else has the file open for writing.
_PASSING_WORDS = ("Could not set lock on file", "Conflicting lock is held")


def is_transient(error: BaseException) -> bool:
    """Whether trying again later may help: network and network file system trouble, a file held by another process."""
    for one in chain(error):
        if isinstance(one, OSError) and (one.errno in _PASSING or isinstance(one, TimeoutError | ConnectionError)):
            return True
        if any(words in str(one) for words in _PASSING_WORDS):
            return True
    return False


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, outermost first."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def retried(action: Callable[[], T], sleep: Callable[[float], None] = time.sleep) -> T:
    """The result of ``action``, tried up to three times while its errors are transient; other errors are raised at once."""
    for attempt in range(ATTEMPTS):
        try:
            return action()
        except Exception as error:
            if attempt + 1 == ATTEMPTS or not is_transient(error):
                raise
            sleep(FIRST_DELAY * 2**attempt)
    raise AssertionError("unreachable")
