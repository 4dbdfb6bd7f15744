"""Readers: every format of the contract, and what is refused with which reason."""

import gzip
import json

import polars as pl
import pytest

from dagster_project.ingest.readers import read_file
from dagster_project.ingest.records import Record, Refusal

TEXT = "Rebels shelled the town of Anre on Sunday, killing two people."


def read(path, limit=10_000):
    return list(read_file(path, path.name, limit))


def codes(found):
    return [f.reason_code for f in found if isinstance(f, Refusal)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_common_encodings(tmp_path, encoding):
    path = tmp_path / "a.txt"
    text = f"Überfall\n\n{TEXT} “Fürchterlich”, sagte der Bürgermeister von Köln."
    path.write_bytes(text.encode(encoding))
    (record,) = read(path)
    assert record.text == text


def test_html_gives_visible_text_title_and_stated_date(tmp_path):
    path = tmp_path / "a.html"
    paragraphs = "".join(f"<p>{TEXT} Paragraph {n} says a little more about it.</p>" for n in range(5))
    path.write_text(
        "<html><head><title>x</title><meta property='article:published_time' content='2024-02-05T10:00:00Z'>"
        f"<script>evil()</script></head><body><nav>Home</nav><h1>Shelling in Anre</h1><article>{paragraphs}</article></body>"
    )
    (record,) = read(path)
    assert record.title == "Shelling in Anre"
    assert record.stated_on == "2024-02-05T10:00:00Z"
    assert "evil" not in record.text
    assert record.main
    assert all(TEXT in record.text[s:e] for s, e in record.main[:1])


def test_jsonl_refuses_only_the_broken_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": 7, "text": TEXT}), "not json", '{"text": 5}', '{"text": "a b c", "text": "other"}', "[1]"]
    path.write_text("\n".join(lines))
    found = read(path)
    assert [f.external_id for f in found if isinstance(f, Record)] == ["7"]
    assert codes(found) == ["bad_json", "no_text", "bad_json", "bad_json"]


def test_gzip_that_breaks_off_keeps_what_was_read(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    data = gzip.compress((json.dumps({"text": TEXT}) + "\n").encode() * 3000)
    path.write_bytes(data[: len(data) // 2])
    found = read(path, 1_000_000)
    assert codes(found)[-1] == "broken_archive"


def test_gzip_bomb_is_stopped(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"a" * 20_000_000))
    assert codes(read(path, 1000)) == ["too_large"] * len(codes(read(path, 1000)))


def test_csv_without_text_column_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,headline\n1,x\n")
    assert codes(read(path)) == ["no_text_column"]


def test_csv_refuses_ragged_rows_alone(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"{TEXT}"\n2\n3,"{TEXT} Again."\n')
    found = read(path)
    assert [type(f).__name__ for f in found] == ["Record", "Refusal", "Record"]
    assert codes(found) == ["ragged_row"]


def test_parquet_rows(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"Text": [TEXT, None], "published_on": ["2024-02-05", None]}).write_parquet(path)
    found = read(path)
    assert found[0].published_on == "2024-02-05"
    assert codes(found) == ["no_text"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.txt", b"%PDF-1.7 rest", "not_text"),
        ("a.txt", bytes(range(256)) * 20, "not_text"),
        ("a.txt", b"word " * 10_000, "too_large"),
        ("a.txt", b" \n\t ", "no_text"),
        ("a.parquet", b"PAR1 no it is not", "bad_parquet"),
        ("a.docx", b"PK", "unknown_format"),
        ("a.html", b"<html><script>x</script></html>", "unreadable_page"),
    ],
)
def test_bad_files_are_refused_with_a_reason(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    assert codes(read(path)) == [code]


def test_invalid_utf8_in_mostly_valid_text_is_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Überfall in Köln. ".encode() * 20 + b"\xff\xfe broken")
    (record,) = read(path)
    assert record.encoding == "utf-8-damaged"
    assert "Überfall in Köln" in record.text
