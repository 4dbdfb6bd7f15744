"""What the pages and exports of a version are made from: the published file, and the code that makes them."""

from __future__ import annotations

from pathlib import Path

from dagster_project.files import code_fingerprint
from dagster_project.settings import PROJECT_ROOT
from dagster_project.warehouse import session


def pages_version(published: Path) -> str:
    """One line that changes when the published version, or the code of pages and exports, does."""
    with session.read_only(published) as connection:
        row = connection.execute("select run_id, built_at from meta.build").fetchone()
    if row is None:
        raise ValueError(f"{published}: meta.build is empty")
    code = [Path(__file__).parent, PROJECT_ROOT / "sql" / "exports", PROJECT_ROOT / "dagster_project" / "contract"]
    return f"{row[0]} {row[1]:%Y%m%dT%H%M%S%f} {code_fingerprint(code)}"
