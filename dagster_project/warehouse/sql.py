"""Finding the statements in ``sql/`` and running them; values are bound, never pasted into the text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

SQL_DIR = Path(__file__).resolve().parents[2] / "sql"


@cache
def text(kind: str, name: str) -> str:
    """``sql/<kind>/<name>.sql`` without the final semicolon.

    Raises:
        FileNotFoundError: no such file.
    """
    return (SQL_DIR / kind / f"{name}.sql").read_text(encoding="utf-8").strip().rstrip(";")


def names(kind: str) -> tuple[str, ...]:
    """Names of the files in ``sql/<kind>``, sorted."""
    return tuple(sorted(path.stem for path in (SQL_DIR / kind).glob("*.sql")))
