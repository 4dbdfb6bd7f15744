"""Reads re3d (relationship and entity extraction evaluation data, Dstl): its documents.

Its own mentions are not used: names were annotated anew, for training in `data/re3d_names.csv`, for testing in
`data/re3d_checked/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKED = Path(__file__).parent / "data" / "re3d_checked"


@dataclass(frozen=True)
class Report:
    name: str
    text: str


def read(root: Path) -> Iterator[Report]:
    """All documents below `root` (one folder per source), ordered by source and id."""
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        with (folder / "documents.json").open(encoding="utf-8") as lines:
            rows = sorted((json.loads(line) for line in lines if line.strip()), key=lambda row: row["_id"])
        yield from (Report(row["_id"], row["text"]) for row in rows)


def checked_names() -> frozenset[str]:
    """Ids of the documents that are held out for testing."""
    return frozenset(path.stem for path in CHECKED.glob("*.ann"))
