"""A pass over the articles' folder: what is taken, refused, remembered, and what a second pass does."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from dagster_project.ingest.ingest import ingest
from dagster_project.settings import ConfigurationError, Settings
from dagster_project.warehouse.catalog import Catalog

TEXT = "Shelling in Anre\n\nRebels shelled the town of Anre on Sunday, killing two people."
NOW = datetime(2024, 2, 6, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


def run(folder: Path, now=NOW, **environ):
    settings = Settings.from_environment(
        {"ARTICLES_DIR": str(folder), "WAREHOUSE_DIR": str(folder.parent / "data"), **environ}
    )
    with Catalog.open(settings.work_dir) as catalog:
        result = ingest(settings, catalog, "run-1", now)
        counts = catalog.ingest_counts()
        target = folder.parent / "document.parquet"
        if counts["documents"]:
            catalog.write_documents(target)
        documents = pl.read_parquet(target) if target.exists() else None
        return result, counts, documents, catalog.sources(), catalog.rejected()


def test_every_kind_of_bad_input_is_refused_and_the_rest_goes_on(folder):
    (folder / "good.txt").write_text(TEXT)
    (folder / "same.txt").write_text(TEXT)
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(os.urandom(4000) + b"\0" * 500)
    (folder / "large.txt").write_text(TEXT * 100)
    (folder / "table.csv").write_text("id,headline\n1,x\n")
    (folder / "lines.jsonl").write_text(json.dumps({"text": "Gunmen killed a mayor in Bela on Friday."}) + "\n{broken\n")
    (folder / "folder.txt").mkdir()
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "outside.txt").symlink_to("/etc/hostname")
    (folder / "manifest.csv").write_text("source_file,url,publisher,published_on\ngood.txt,,The Post,31 May\ngood.txt,,,\n")
    result, counts, documents, sources, rejected = run(folder, MAX_DOCUMENT_BYTES="4000")
    assert dict(rejected.select("object_id", "reason_code").rows()) == {
        "binary.txt": "not_text",
        "dangling.txt": "dangling_link",
        "empty.txt": "empty_file",
        "folder.txt": "directory",
        "large.txt": "too_large",
        "lines.jsonl#2": "bad_json",
        "manifest.csv#1": "bad_date",
        "manifest.csv#2": "bad_manifest_row",
        "outside.txt": "link_outside",
        "table.csv": "no_text_column",
    }
    assert (len(documents), len(sources), result.new) == (2, 3, 2)
    assert counts == {"records": 11, "sources": 3, "documents": 2, "refused": 8}


def test_second_pass_reads_nothing(folder):
    (folder / "a.txt").write_text(TEXT)
    run(folder)
    result, *_ = run(folder, NOW + timedelta(days=1))
    assert (result.read, result.new) == (0, 0)


def test_changed_file_supersedes_and_removed_file_stays(folder):
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("Raid in Bela\n\nSoldiers raided Bela on Monday.")
    run(folder)
    (folder / "a.txt").write_text(TEXT + " A third died later.")
    (folder / "b.txt").unlink()
    _, counts, documents, sources, _ = run(folder, NOW + timedelta(days=1))
    assert len(documents) == 3
    by_title = {row["title"]: row for row in documents.filter(~pl.col("raw_text").str.contains("third")).to_dicts()}
    new = documents.filter(pl.col("raw_text").str.contains("third"))["document_id"].item()
    assert by_title["Shelling in Anre"]["superseded_by"] == new
    assert by_title["Raid in Bela"]["superseded_by"] is None
    assert sources.filter(pl.col("source_file") == "b.txt")["is_present"].to_list() == [False]
    assert counts["documents"] == 1


def test_fixed_file_leaves_quarantine(folder):
    (folder / "a.txt").touch()
    assert len(run(folder)[4]) == 1
    (folder / "a.txt").write_text(TEXT)
    assert len(run(folder)[4]) == 0


def test_publication_date_stated_wins_over_given_over_manifest(folder):
    (folder / "stated.txt").write_text("Raid\n\nPublished: 3 February 2024\n\nSoldiers raided Bela on Monday.")
    (folder / "plain.txt").write_text(TEXT)
    (folder / "given.jsonl").write_text(json.dumps({"text": "A mine killed two in Cora.", "published_on": "2024-02-04"}))
    (folder / "manifest.csv").write_text(
        "source_file,url,publisher,published_on\nstated.txt,,,2024-01-01\nplain.txt,,The Post,2024-02-05\n"
    )
    documents = run(folder)[2]
    found = {(r["published_on_basis"], str(r["published_on"])) for r in documents.to_dicts()}
    assert found == {("stated", "2024-02-03"), ("manifest", "2024-02-05"), ("given", "2024-02-04")}
    assert documents.filter(pl.col("is_date_contradicted")).height == 1


def test_publication_date_in_the_future_is_refused_and_unknown(folder):
    (folder / "a.jsonl").write_text(json.dumps({"text": "A mine killed two in Cora.", "published_on": "2031-02-04"}))
    _, _, documents, _, rejected = run(folder)
    assert documents["published_on"].to_list() == [None]
    assert rejected["reason_code"].to_list() == ["bad_date"]


def test_order_and_splitting_over_runs_give_the_same_documents(folder, tmp_path):
    texts = {f"{n}.txt": f"Title {n}\n\nGunmen killed {n} people in Bela." for n in range(6)}
    for name, text in texts.items():
        (folder / name).write_text(text)
    whole = run(folder)[2]
    other = tmp_path / "other" / "articles"
    other.mkdir(parents=True)
    for name in reversed(texts):
        (other / name).write_text(texts[name])
        split = run(other)[2]
    assert whole.drop("first_seen_at").equals(split.drop("first_seen_at"))


def test_language_is_detected(folder):
    (folder / "fr.txt").write_text(
        "Attaque au Mali\n\nDes hommes armés ont attaqué un village dans le centre du pays dimanche, tuant douze civils."
    )
    assert run(folder)[2]["language"].to_list() == ["fr"]


def test_hidden_folders_and_a_warehouse_among_the_articles_are_no_articles(folder):
    (folder / "good.txt").write_text(TEXT)
    for name in (".git", "data/parquet"):
        (folder / name).mkdir(parents=True)
        (folder / name / "other.txt").write_text(TEXT + " More.")
    _, counts, _, sources, rejected = run(folder, WAREHOUSE_DIR=str(folder / "data"))
    assert counts["documents"] == 1
    assert sources["source_file"].to_list() == ["good.txt"]
    assert rejected.is_empty()


def test_articles_inside_the_warehouse_are_a_configuration_error(folder):
    with pytest.raises(ConfigurationError, match="belongs to the warehouse"):
        run(folder, WAREHOUSE_DIR=str(folder.parent))
