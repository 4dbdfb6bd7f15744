"""Reading the reference tables in ``seeds/reference/``.

Belongs here: finding and caching the files. Does not belong: what any of them means.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

REFERENCE_DIR = Path(__file__).resolve().parents[1] / "seeds" / "reference"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``seeds/reference/<name>.csv`` as strings; an empty cell is ''.

    Raises:
        FileNotFoundError: no such table.
        ValueError: a row is shorter or longer than the header.
    """
    path = REFERENCE_DIR / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="\0", strict=True)
        rows = tuple(reader)
    for number, row in enumerate(rows, start=2):
        if "" in row or "\0" in row.values():
            raise ValueError(f"{path.name}, line {number}: not as many cells as the header has")
    return rows


def split(cell: str) -> list[str]:
    """The parts of a ``;``-separated cell, without blanks."""
    return [part for part in (p.strip() for p in cell.split(";")) if part]
