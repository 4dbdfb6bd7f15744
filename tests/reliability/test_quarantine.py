"""Conservation of what came in, refused input that is mended and retried, documents that are withdrawn."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from dagster_project.operations import withdraw
from dagster_project.settings import Settings
from tests.reliability.conftest import write_corpus
from tests.support.standin import article, sentence


def ask(path: Path, statement: str, *values) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(statement, list(values)).fetchall()


@pytest.fixture
def articles(tmp_path) -> Path:
    write_corpus(tmp_path / "articles")
    return tmp_path / "articles"


def settings(articles: Path, warehouse: Path) -> Settings:
    return Settings.from_environment({"ARTICLES_DIR": str(articles), "WAREHOUSE_DIR": str(warehouse)})


def test_documents_in_are_documents_duplicates_and_quarantined(server, articles, tmp_path):
    data = tmp_path / "data"
    # A claim that contradicts itself, and one whose number is none, are refused alone.
    (articles / "odd.txt").write_text(
        article("Odd", sentence("Erbil", "2024-05-05", 999_999_999_999), sentence("Erbil", "2024-05-06", -3))
    )
    assert server.run(articles, data, env={"FULL_AUDIT": "yes"})["success"]
    (run,) = ask(
        data / "warehouse.duckdb",
        """select documents_in, documents, documents_absent, documents_duplicate, documents_quarantined,
               claims_in, claims, claims_quarantined
           from meta.run""",
    )
    # one, two, same, changing, odd, empty, two rows of a table
    assert run == (8, 5, 0, 1, 2, 6, 4, 2)
    refused = ask(data / "warehouse.duckdb", "select stage, reason_code from quarantine.rejected order by all")
    assert ("reading", "impossible_count") in refused
    assert ("ingest", "empty_file") in refused
    assert ("ingest", "no_text") in refused
    assert ("ingest", "bad_date") in refused
    # A file that goes stays in the warehouse, apart from what came in.
    (articles / "two.txt").unlink()
    assert server.run(articles, data)["success"]
    last = ask(
        data / "warehouse.duckdb",
        "select documents_in, documents, documents_absent from meta.run order by started_at desc limit 1",
    )
    assert last == [(7, 5, 1)]


def test_a_run_that_lost_a_document_is_not_published(server, articles, tmp_path):
    data = tmp_path / "data"
    assert server.run(articles, data)["success"]
    with duckdb.connect(str(data / "work" / "working.duckdb")) as connection:
        connection.execute("delete from staging.source where source_file = 'two.txt'")
        connection.execute("delete from staging.content where document_id not in (select document_id from staging.source)")
    before = (data / "warehouse.duckdb").read_bytes()
    answer = server.run(articles, data)
    assert not answer["success"]
    assert "documents_are_accounted_for" in " ".join(answer["reasons"])
    assert (data / "warehouse.duckdb").read_bytes() == before


def test_refused_input_is_read_again_on_request_and_leaves_quarantine(server, articles, tmp_path):
    data = tmp_path / "data"
    (articles / "poison.txt").write_text(article("POISON DOCUMENT", sentence("Erbil", "2024-06-01", 1)))
    assert server.run(articles, data)["success"]
    listed = "select object_id from quarantine.rejected where stage = 'reading'"
    assert len(ask(data / "warehouse.duckdb", listed)) == 1
    # A plain run does not try again what nothing has changed about; the reader is mended, the table's row filled in.
    (articles / "rows.csv").write_text(
        'text,title,date\n"Gunmen fled the town after the attack, police said.",Flight,2024-05-31\nNow with a text.,No text,\n'
    )
    assert server.run(articles, data, env={"MENDED": "yes"})["success"]
    assert len(ask(data / "warehouse.duckdb", listed)) == 1
    assert server.run(articles, data, job="retry_quarantine", env={"MENDED": "yes"})["success"]
    assert ask(data / "warehouse.duckdb", "select object_id from quarantine.rejected order by all") == [("empty.txt",)]
    assert ask(data / "warehouse.duckdb", "select count(*) from marts.fact_casualty_claim where count_low = 1") == [(1,)]


def find_bytes(root: Path, words: str) -> list[str]:
    """Files below ``root`` that hold the words, uncompressed or in a Parquet column."""
    found = []
    for path in root.rglob("*"):
        if path.is_file() and words.encode() in path.read_bytes():
            found.append(str(path))
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                if words in str(connection.execute("select * from read_parquet($1)", [str(path)]).fetchall()):
                    found.append(str(path))
    return found


def test_a_withdrawn_document_is_gone_everywhere_but_for_its_tombstone(server, articles, tmp_path, tally):
    data = tmp_path / "data"
    secret = "Zarqa Nomikos"
    (articles / "private.txt").write_text(
        article(f"The story of {secret}", sentence("Erbil", "2024-02-03", 9), sentence("Baghdad", "2024-07-07", 12))
        + f"\n{secret} was among the injured, a relative said on Monday in the town.\n"
    )
    assert server.run(articles, data)["success"]
    (articles / "later.txt").write_text(article("Another day", sentence("Kharkiv", "2024-08-08", 1)))
    assert server.run(articles, data)["success"]  # a kept version holds it as well
    published = data / "warehouse.duckdb"
    ((identity,),) = ask(published, "select document_id from raw.document where contains(raw_text, $1)", secret)
    told = ask(published, "select killed_high from marts.fact_incident where date_start = '2024-02-03'")
    assert told == [(9,)]
    assert find_bytes(data, secret)
    assert len(list((data / "versions").iterdir())) == 1

    with pytest.raises(withdraw.UnknownDocument):
        withdraw.record(settings(articles, data), "no-such-id", "why", datetime.now(UTC))
    files = withdraw.record(settings(articles, data), identity, "a relative asked for it", datetime.now(UTC))
    assert files == ["private.txt"]
    assert server.run(articles, data)["success"]

    assert find_bytes(data, secret) == []
    assert withdraw.pending(settings(articles, data)) == []
    assert list((data / "versions").iterdir()) == []
    tombstone = ask(
        published, "select object_id, reason, payload_excerpt from quarantine.rejected where stage = 'withdrawn'"
    )
    assert tombstone == [(identity, "a relative asked for it", "")]
    assert ask(published, "select count(*) from marts.dim_document where document_id = $1", identity) == [(0,)]
    # What only it told is gone, its history too; what others told stays, told by them alone.
    assert ask(published, "select killed_high from marts.fact_incident where date_start = '2024-02-03'") == [(7,)]
    assert ask(published, "select count(*) from marts.fact_incident where date_start = '2024-07-07'") == [(0,)]
    assert ask(
        published, "select count(*) from marts.incident_version where date_start = '2024-07-07' or killed_high = 9"
    ) == [(0,)]
    # It is refused wherever it comes from, and counted.
    (articles / "again.txt").write_text((articles / "private.txt").read_text())
    assert server.run(articles, data)["success"]
    assert ask(
        published,
        "select object_id from quarantine.rejected where reason_code = 'withdrawn' and stage = 'ingest' order by all",
    ) == [
        ("again.txt",),
        ("private.txt",),
    ]
    assert find_bytes(data, secret) == []
    tally("withdrawals", documents=1, traces_left=0)


@pytest.mark.slow
def test_the_last_document_can_be_withdrawn(server, tmp_path):
    articles, data = tmp_path / "articles", tmp_path / "data"
    articles.mkdir()
    (articles / "only.txt").write_text(article("Only", sentence("Erbil", "2024-02-03", 9)))
    assert server.run(articles, data)["success"]
    ((identity,),) = ask(data / "warehouse.duckdb", "select document_id from raw.document")
    withdraw.record(settings(articles, data), identity, "correction", datetime.now(UTC))
    assert server.run(articles, data)["success"]
    assert ask(data / "warehouse.duckdb", "select count(*) from raw.document") == [(0,)]
    assert ask(data / "warehouse.duckdb", "select count(*) from marts.fact_casualty_claim") == [(0,)]


@pytest.mark.slow
def test_a_withdrawal_that_is_killed_is_carried_through_by_the_next_run(server, articles, tmp_path, tally):
    data = tmp_path / "data"
    assert server.run(articles, data)["success"]
    ((identity,),) = ask(
        data / "warehouse.duckdb", "select document_id from marts.dim_document where title like 'Officials%'"
    )
    withdraw.record(settings(articles, data), identity, "correction", datetime.now(UTC))
    for number in (3, 25, 60):
        server.run(articles, data, kill_at=number)
        tally("crashes (SIGKILL)", injected=1, survived=1)
    assert server.run(articles, data)["success"]
    assert withdraw.pending(settings(articles, data)) == []
    assert ask(data / "warehouse.duckdb", "select count(*) from raw.document where document_id = $1", identity) == [(0,)]


def test_every_line_of_the_log_carries_the_run_and_the_document(server, articles, tmp_path):
    data = tmp_path / "data"
    (articles / "poison.txt").write_text(article("POISON DOCUMENT"))
    assert server.run(articles, data)["success"]
    (log,) = (data / "logs").glob("*.jsonl")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"at", "level", "run_id", "stage", "document_id", "message"} <= set.intersection(*(set(line) for line in lines))
    assert len({line["run_id"] for line in lines}) == 1
    ((identity,),) = ask(data / "warehouse.duckdb", "select document_id from marts.dim_document where title like 'POISON%'")
    assert any(line["document_id"] == identity and "poison" in line["message"] for line in lines)
    assert {"ingest", "reading", "resolution", "audit", "publish"} <= {line["stage"] for line in lines}
    assert oct(os.stat(data / "logs").st_mode & 0o777) == "0o700"
    assert oct(os.stat(data / "work").st_mode & 0o777) == "0o700"
    assert oct(os.stat(data / "warehouse.duckdb").st_mode & 0o777) == "0o644"
