"""One contract, every backend: the same rows wherever, in whatever order and in however many shards documents are read."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import polars as pl
import pytest

from dagster_project.execution.backends import DIED, run_shards
from dagster_project.execution.extract import extract
from dagster_project.execution.shards import Shard, collect, plan
from dagster_project.ingest.documents import DOCUMENT
from dagster_project.reading.rows import SCHEMAS
from dagster_project.settings import Settings
from tests.support import shard_reader
from tests.support.standin import TOWNS, article, sentence

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra [ray] is not installed")
OUT_OF_PROCESS = [pytest.param("processes"), pytest.param("ray", marks=needs_ray)]
BACKENDS = [pytest.param("inline"), *OUT_OF_PROCESS]


def settings(folder: Path, backend: str, shard_words: int = 60_000) -> Settings:
    environ = {
        "ARTICLES_DIR": str(folder),
        "WAREHOUSE_DIR": str(folder / "data"),
        "BACKEND": backend,
        "WORKERS": "2",
        "SHARD_WORDS": str(shard_words),
    }
    return Settings.from_environment(environ)


def documents(folder: Path, *extra: str, count: int = 8) -> Path:
    """A DOCUMENT file of ``count`` articles, the ``extra`` texts, and one that is not in English."""
    towns = list(TOWNS)
    texts = [
        article(f"Attack {n}", *(sentence(towns[(n + i) % len(towns)], f"2024-03-{n + 1:02}", i) for i in range(n % 3 + 1)))
        for n in range(count)
    ]
    rows = []
    for number, text in enumerate([*texts, *extra, "Une attaque a fait trois morts."]):
        rows.append(
            dict.fromkeys(DOCUMENT)
            | {
                "document_id": f"doc-{number:02}",
                "title": text.partition("\n")[0],
                "raw_text": text,
                "clean_text": text,
                "title_end": len(text.partition("\n")[0]),
                "clean_starts": [0],
                "clean_lengths": [len(text)],
                "raw_starts": [0],
                "raw_lengths": [len(text)],
                "language": "fr" if text.startswith("Une") else "en",
                "word_count": len(text.split()),
                "published_on_basis": "unknown",
                "content_hash": f"content-{number:02}",
            }
        )
    path = folder / "document.parquet"
    pl.DataFrame(rows, schema=DOCUMENT).write_parquet(path)
    return path


def rows(folder: Path) -> dict[str, list[tuple]]:
    return {name: pl.read_parquet(folder / f"{name}.parquet").rows() for name in SCHEMAS}


def read_all(folder: Path, path: Path, backend: str, shard_words: int = 60_000, *, is_reversed: bool = False) -> dict:
    """Plan, read and collect below ``folder``; the rows of every reading table."""
    folder.mkdir(exist_ok=True)
    shards = plan(path, folder / "root", shard_words)
    list(run_shards(shards[::-1] if is_reversed else shards, settings(folder, backend), shard_reader.read))
    collect(folder / "root", path, folder)
    return rows(folder)


def outcomes(answer: dict) -> dict[str, str]:
    return {row[0]: row[2] for row in answer["reading"]}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_rows_are_the_same_whatever_the_backend_the_order_and_the_number_of_shards(tmp_path, backend):
    path = documents(tmp_path)
    expected = read_all(tmp_path / "expected", path, "inline")
    assert len(expected["report"]) == 15
    assert outcomes(expected)["doc-08"] == "unread"
    for words, is_reversed in ((60_000, False), (100, True), (1, False)):
        assert read_all(tmp_path / f"{words}", path, backend, words, is_reversed=is_reversed) == expected


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_poison_document_is_recorded_and_costs_no_other(tmp_path, backend):
    path = documents(tmp_path, article("POISON DOCUMENT", sentence("Erbil", "2024-03-01", 1)))
    found = outcomes(read_all(tmp_path / "answer", path, backend))
    assert found.pop("doc-08") == "failed"
    assert found.pop("doc-09") == "unread"
    assert set(found.values()) == {"read"}
    assert len(found) == 8


@pytest.mark.parametrize("backend", OUT_OF_PROCESS)
def test_a_document_that_kills_its_worker_is_found_and_recorded(tmp_path, backend):
    path = documents(tmp_path, article(shard_reader.KILLER, sentence("Erbil", "2024-03-01", 1)), count=3)
    answer = read_all(tmp_path / "answer", path, backend)
    assert outcomes(answer) == {"doc-00": "read", "doc-01": "read", "doc-02": "read", "doc-03": "failed", "doc-04": "unread"}
    assert [row[3] for row in answer["reading"] if row[0] == "doc-03"] == [DIED]


@pytest.mark.parametrize("backend", OUT_OF_PROCESS)
def test_a_worker_killed_once_costs_nothing(tmp_path, backend):
    path = documents(tmp_path, article(shard_reader.ONCE, sentence("Erbil", "2024-03-01", 1)), count=3)
    found = outcomes(read_all(tmp_path / "answer", path, backend, 100))
    assert [found[f"doc-{number:02}"] for number in range(4)] == ["read"] * 4


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_interrupted_extraction_goes_on_with_what_is_missing(tmp_path, backend):
    path = documents(tmp_path)
    root = tmp_path / "answer" / "root"
    first = plan(path, root, 1)[:3]
    list(run_shards(first, settings(tmp_path, backend), shard_reader.read))
    left = plan(path, root, 1)
    assert len(left) == 5
    assert not {shard.name for shard in left} & {shard.name for shard in first}
    assert read_all(tmp_path / "answer", path, backend, 1) == read_all(tmp_path / "whole", path, "inline")


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_is_read_twice(tmp_path, backend):
    path = documents(tmp_path)
    before = read_all(tmp_path / "answer", path, backend)
    assert plan(path, tmp_path / "answer" / "root", 60_000) == []
    assert read_all(tmp_path / "answer", path, backend) == before


def test_what_a_killed_worker_left_aside_is_no_answer(tmp_path):
    path = documents(tmp_path)
    root = tmp_path / "answer" / "root"
    (shard,) = plan(path, root, 60_000)
    left = root / "out" / f".{shard.name}.123.tmp"
    shard_reader.read(shard, None)
    shard.output.rename(left)
    (left / "report.parquet").unlink()
    assert len(plan(path, root, 60_000)) == 1
    assert read_all(tmp_path / "answer", path, "inline") == read_all(tmp_path / "whole", path, "inline")


def test_shards_shrink_towards_the_end_so_that_no_worker_waits_long_for_the_last(tmp_path):
    path = documents(tmp_path, *(article(f"Long {n}", "word " * 1_000) for n in range(50)))
    assert len(plan(path, tmp_path / "one", 60_000)) == 1
    sizes = [shard.words for shard in plan(path, tmp_path / "two", 60_000, workers=2)]
    assert sizes[0] > 10_000
    assert sizes[-1] <= 5_000
    assert all(size <= max(sum(sizes[n:]) / 4, 5_000) for n, size in enumerate(sizes))
    assert len(plan(documents(tmp_path), tmp_path / "few", 60_000, workers=2)) == 1


def test_who_waits_is_told_when_there_is_less_to_read_than_workers_could(tmp_path):
    called = []
    path = documents(tmp_path)
    shards = plan(path, tmp_path / "root", 60_000)
    list(run_shards(shards, settings(tmp_path, "processes"), shard_reader.read, lambda: called.append(len(shards))))
    assert 1 in called


def test_a_shard_answered_by_two_workers_has_one_answer(tmp_path):
    path = documents(tmp_path)
    (shard,) = plan(path, tmp_path / "root", 60_000)
    copied = shard.input.read_bytes()
    shard_reader.read(shard, None)
    answer = {file.name: file.read_bytes() for file in shard.output.iterdir()}
    shard.input.write_bytes(copied)
    shard_reader.read(Shard(shard.name, shard.root, shard.documents, shard.words), None)
    assert {file.name: file.read_bytes() for file in shard.output.iterdir()} == answer


@pytest.mark.slow
@pytest.mark.parametrize("backend", OUT_OF_PROCESS)
def test_the_real_pipeline_gives_the_same_rows_on_every_backend(tmp_path, backend):
    path = documents(tmp_path)
    for name, words in (("inline", 60_000), (backend, 100)):
        (tmp_path / name).mkdir()
        extract(settings(tmp_path / name, name, words), path, tmp_path / name / "answer")
    assert rows(tmp_path / backend / "answer") == rows(tmp_path / "inline" / "answer")
    assert set(outcomes(rows(tmp_path / backend / "answer")).values()) == {"read", "unread"}
