"""An error to words: what happened, where, and what to do about it.

Belongs here: the advice for errors an operator can do something about. Does not belong: raising or catching them.
"""

from __future__ import annotations

import errno
from pathlib import Path

from dagster_project.retry import chain

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
# DuckDB and polars pass the system's words on, not its number.
_FULL_WORDS = ("no space left", "disk full", "disk quota", "file too large", "out of disk")
_CLOSED_WORDS = ("permission denied", "read-only file system", "operation not permitted")


def explain(error: BaseException, stage: str, warehouse_dir: Path) -> str:
    """One paragraph for people: the stage, the error, the next step."""
    # What came from another process carries its traceback as a cause: the log has it.
    found = [one for one in chain(error) if type(one).__name__ != "_RemoteTraceback"]
    root = found[-1]
    words = " ".join(str(one) for one in found).lower()
    numbers = {one.errno for one in found if isinstance(one, OSError)}
    told = f"{stage} failed: {_said(error)}"
    if root is not error and str(root) not in told:
        told += f" ({_said(root)})"
    if numbers & _FULL or any(w in words for w in _FULL_WORDS):
        advice = f"the disk of {warehouse_dir} is full or a limit on file sizes was met: make room, then run again"
    elif numbers & _CLOSED or any(w in words for w in _CLOSED_WORDS):
        advice = f"a file or folder cannot be opened: check who owns {warehouse_dir} and may write there, then run again"
    elif isinstance(root, MemoryError) or "out of memory" in words:
        advice = "memory ran out: lower WORKERS or SHARD_WORDS, then run again"
    elif type(error).__name__ == "AuditBlocked":
        advice = f"see {warehouse_dir / 'docs' / 'index.html'} and the blocked build beside the published file"
    elif type(error).__name__ in ("NothingIngested", "ConfigurationError"):
        return told
    else:
        advice = f"see {warehouse_dir / 'logs'}; running again is safe and repeats only what was not finished"
    return f"{told}. {advice[0].upper()}{advice[1:]}. What is published is one whole version still."


def _said(error: BaseException) -> str:
    text = " ".join(str(error).split())[:600]
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return text or type(error).__name__
