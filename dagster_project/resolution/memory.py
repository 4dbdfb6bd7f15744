"""What a run remembers of the one before: answers that follow from their key and the rules alone.

``Memory`` is a text file of one answer a line, ``key<TAB>JSON``, under a first line that names the rules; ``recall`` and
``keep`` do the same for a Parquet file with a row for each answer. Answers that a run does not ask for are forgotten.
Deleting a file costs time, never correctness.

Belongs here: keeping and finding answers. Does not belong: what goes into a key (who asks knows on what an answer depends).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from dagster_project.files import code_fingerprint, written_aside
from dagster_project.reading import transliteration
from dagster_project.reference import REFERENCE_DIR

_TABLES = (
    "link_weights", "event_type_affinity", "weapons", "regions", "countries", "actors", "actor_styles",
)  # fmt: skip


def rules_fingerprint() -> str:
    """Changes with anything that an answer depends on besides the reports."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    tables = [REFERENCE_DIR / f"{name}.csv" for name in _TABLES]
    # Hashes of rows hold within one version of Polars.
    return f"{code_fingerprint([*code, Path(transliteration.__file__), *tables])}-{pl.__version__}"


def key_of(parts: Iterable[object]) -> str:
    """A short key of everything that an answer depends on."""
    return hashlib.blake2b(repr(list(parts)).encode(), digest_size=12).hexdigest()


class Memory:
    """Answers by key; ``path`` None remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._rules = rules_fingerprint()
        self._known: dict[str, str] = {}
        self._used: dict[str, str] = {}
        if path is not None and path.is_file():
            rules, _, rest = path.read_text(encoding="utf-8").partition("\n")
            if rules == self._rules:
                self._known = dict(line.split("\t", 1) for line in rest.split("\n") if "\t" in line)

    def get(self, key: str) -> Any:
        """The answer; None where there is none."""
        found = self._known.get(key)
        if found is None:
            return None
        self._used[key] = found
        return json.loads(found)

    def put(self, key: str, answer: Any) -> None:
        """Remember an answer made of what JSON knows."""
        self._used[key] = json.dumps(answer, separators=(",", ":"))

    def write(self) -> None:
        """Keep what this run used; a file that says so already stays as it is."""
        if self._path is None or (self._used == self._known and self._path.is_file()):
            return
        with written_aside(self._path) as aside:
            lines = (f"{key}\t{text}" for key, text in self._used.items())
            aside.write_text("\n".join((self._rules, *lines, "")), encoding="utf-8")


def recall(path: Path, schema: Mapping[str, Any]) -> pl.DataFrame:
    """The rows that ``keep`` left in ``path`` under the rules that hold; none otherwise."""
    if path.is_file() and pl.read_parquet_metadata(path).get("rules") == rules_fingerprint():
        return pl.read_parquet(path)
    return pl.DataFrame(schema=dict(schema))


def recall_said(path: Path) -> list[Any]:
    """What ``keep`` left as ``said`` with the rows that hold."""
    known = pl.read_parquet_metadata(path) if path.is_file() else {}
    return json.loads(known["said"]) if known.get("rules") == rules_fingerprint() else []


def keep(rows: pl.DataFrame, path: Path, said: Sequence[Any] = ()) -> None:
    """Leave rows for the next run. ``said``: what many rows say alike, which they name by its place; JSON can hold it."""
    with written_aside(path) as aside:
        metadata = {"rules": rules_fingerprint(), "said": json.dumps(said)}
        rows.write_parquet(aside, compression="lz4", metadata=metadata)
