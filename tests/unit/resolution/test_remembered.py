"""What a run remembers of the one before changes its cost, never its answer."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dagster_project.resolution import profile_files, reports
from dagster_project.resolution.profiles import Profile
from dagster_project.resolution.resolve import resolve
from dagster_project.resolution.rows import SCHEMAS
from evaluation.gold_reading import GoldSet
from evaluation.synthetic_reports import make

NOW = datetime(2025, 1, 1, tzinfo=UTC)
# A hot season: many reports of few places, so that much is compared and much contradicts.
ALL = make(500, seed=3)
DOCUMENTS = [row["document_id"] for row in ALL.documents]


def write(folder: Path, documents: set[str]) -> None:
    rows = {name: [r for r in rows if r["document_id"] in documents] for name, rows in ALL.rows.items()}
    GoldSet(rows, [d for d in ALL.documents if d["document_id"] in documents]).write(folder)


def resolved(folder: Path, documents: set[str]) -> dict[str, pl.DataFrame]:
    """Everything that resolution says about those documents, in a folder that may remember others."""
    write(folder, documents)
    resolve(folder, None, None, NOW)
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in SCHEMAS}


@pytest.mark.parametrize("seed", range(4))
def test_documents_that_come_and_go_leave_what_the_present_ones_give(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    documents = set(draw.sample(DOCUMENTS, 120))
    resolved(tmp_path / "remembering", documents)
    for step in range(3):
        documents -= set(draw.sample(sorted(documents), draw.choice((0, 3, 20))))
        documents |= set(draw.sample(DOCUMENTS, draw.choice((1, 5, 40))))
        fresh = resolved(tmp_path / f"fresh-{step}", documents)
        again = resolved(tmp_path / "remembering", documents)
        assert all(again[name].equals(frame) for name, frame in fresh.items()), "the same from what is remembered"
        assert len(fresh["incident"]) < len(fresh["incident_map"]), "some reports tell one incident"


def test_one_document_more_compares_only_what_is_new(tmp_path: Path) -> None:
    write(tmp_path, set(DOCUMENTS[1:]))
    first = resolve(tmp_path, None, None, NOW)
    write(tmp_path, set(DOCUMENTS))
    more = resolve(tmp_path, None, None, NOW)
    assert 0 < more.compared < first.compared / 10


def test_profiles_are_held_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = set(DOCUMENTS[:60])
    expected = resolved(tmp_path / "many", documents)
    most = 0
    read = reports.Reports.__getitem__

    def counted(self: reports.Reports, index: int) -> Profile:
        nonlocal most
        found = read(self, index)
        most = max(most, len(self._held))
        return found

    monkeypatch.setattr(reports, "HELD", 5)
    monkeypatch.setattr(reports, "_BATCH", 7)
    monkeypatch.setattr(reports.Reports, "__getitem__", counted)
    few = resolved(tmp_path / "few", documents)
    assert most == 5
    assert all(few[name].equals(frame) for name, frame in expected.items())


def test_many_files_of_profiles_become_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_files, "_MANY", 3)
    counts = []
    for number in range(1, 6):
        resolved(tmp_path / "one", set(DOCUMENTS[:number]))
        counts.append(len(list((tmp_path / "one" / "resolution_reports").iterdir())))
    assert counts == [1, 2, 3, 1, 2]
    expected = resolved(tmp_path / "other", set(DOCUMENTS[:5]))
    assert all(pl.read_parquet(tmp_path / "one" / f"{name}.parquet").equals(frame) for name, frame in expected.items())
