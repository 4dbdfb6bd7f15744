"""The Superset dashboard as one file to import: ``python -m tools.superset [WAREHOUSE_FILE TARGET]``.

Without arguments the committed ``bi/superset/conflict_news.zip`` is written anew; with the address of a warehouse, a file
that knows it already.

Belongs here: packing ``bi/superset/conflict_news``. Does not belong: charts (edit them in Superset and export).
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

from dagster_project.files import written_aside
from dagster_project.settings import PROJECT_ROOT

SOURCE = PROJECT_ROOT / "bi" / "superset" / "conflict_news"
FILE = SOURCE.with_suffix(".zip")
PLACEHOLDER = "/path/to/warehouse.duckdb"


def pack(target: Path, warehouse: str = PLACEHOLDER) -> None:
    """Write the file; ``warehouse`` is the absolute path as Superset sees it. The same sources give the same bytes."""
    with written_aside(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(SOURCE.rglob("*.yaml")):
            name = f"{SOURCE.name}/{source.relative_to(SOURCE).as_posix()}"
            text = source.read_text(encoding="utf-8").replace(PLACEHOLDER, warehouse)
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.superset", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("warehouse", nargs="?", type=Path, help="warehouse.duckdb, as Superset's machine sees it")
    parser.add_argument("target", nargs="?", type=Path, default=Path("conflict_news.zip"))
    given = parser.parse_args(arguments)
    if given.warehouse is None:
        pack(FILE)
        print(f"written: {FILE}")
    else:
        pack(given.target, given.warehouse.absolute().as_posix())
        print(f"written: {given.target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
