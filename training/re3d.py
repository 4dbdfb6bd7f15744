"""Reads re3d (relationship and entity extraction evaluation data, Dstl): documents and accepted mentions.

Cues that annotators rejected (confidence below 0.5, about a quarter) are dropped here. What its mentions mean in our
labels is decided in `examples`; the hand-checked test documents live in `data/re3d_checked/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKED = Path(__file__).parent / "data" / "re3d_checked"
LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True)
class Mention:
    """Characters `start:end` of the text; `kind` is re3d's type (Person, Organisation, Location, ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Report:
    name: str
    source: str
    title: str
    text: str
    mentions: tuple[Mention, ...]


def read(root: Path) -> Iterator[Report]:
    """All documents below `root` (one folder per source), ordered by source and id."""
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        mentions: dict[str, list[Mention]] = {}
        with (folder / "entities.json").open(encoding="utf-8") as lines:
            for line in lines:
                if not line.strip():
                    continue
                row = json.loads(line)
                if row["confidence"] >= LEAST_CONFIDENCE:
                    mentions.setdefault(row["documentId"], []).append(Mention(row["begin"], row["end"], row["type"]))
        with (folder / "documents.json").open(encoding="utf-8") as lines:
            rows = sorted((json.loads(line) for line in lines if line.strip()), key=lambda row: row["_id"])
        for row in rows:
            found = tuple(sorted(mentions.get(row["_id"], ()), key=lambda m: (m.start, -m.end, m.kind)))
            yield Report(row["_id"], folder.name, row["title"], row["text"], found)


def checked_names() -> frozenset[str]:
    """Ids of the documents that are held out for testing."""
    return frozenset(path.stem for path in CHECKED.glob("*.ann"))
