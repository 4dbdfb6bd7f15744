"""Large work in a process of its own, which takes its memory with it when it ends.

What a process has once held it seldom gives back: one stage after another in one process adds up to more than any of them
needs. A small corpus needs little memory, and starting a process would cost it more than the work.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import polars as pl

from dagster_project.budget import end_with_parent

# From so many documents on.
LARGE = 3_000

Given = ParamSpec("Given")
Done = TypeVar("Done")


class WorkDied(RuntimeError):
    """The process died; nothing is known of its work."""


def is_large(documents: Path) -> bool:
    """Whether the corpus (a Parquet file with a row for each document) is a large one."""
    return pl.scan_parquet(documents).select(pl.len()).collect().item() >= LARGE


def apart(work: Callable[Given, Done], *given: Given.args, **named: Given.kwargs) -> Done:
    """``work(*given)``, a function of a module, there; what it raises is raised here.

    Raises:
        WorkDied: of memory that ran out, or a crash in native code.
    """
    with new_process() as process, death_told(f"of {work.__name__}"):
        return process.submit(work, *given, **named).result()


def new_process() -> ProcessPoolExecutor:
    """A process that starts afresh and ends with this one."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=end_with_parent)


@contextmanager
def death_told(which: str) -> Iterator[None]:
    """Raise ``WorkDied`` where a process that the block waits for has died; ``which``: "of publish"."""
    try:
        yield
    except BrokenProcessPool as error:
        raise WorkDied(f"the process {which} died (out of memory, or a crash in native code)") from error
