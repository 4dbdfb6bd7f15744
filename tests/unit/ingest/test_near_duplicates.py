"""Near-duplicates: which article stands for which."""

from datetime import date

import polars as pl

from dagster_project.ingest.content import signature
from dagster_project.ingest.near_duplicates import find_near_duplicates

WORDS = [f"word{n % 97}x{n % 31}" for n in range(300)]
TEXT = " ".join(WORDS)
EDITED = " ".join([*WORDS[:150], "corrected", *WORDS[151:]])
OTHER = " ".join(f"other{n}" for n in range(300))


def frame(rows):
    return pl.DataFrame(
        [{"document_id": d, "published_on": p, "signature": signature(t)} for d, p, t in rows],
        schema={"document_id": pl.String, "published_on": pl.Date, "signature": pl.List(pl.UInt64)},
    )


def test_the_earliest_published_stands_for_its_copies_in_any_order():
    rows = [("b", date(2024, 1, 2), EDITED), ("a", None, TEXT), ("c", date(2024, 1, 1), TEXT), ("d", None, OTHER)]
    for order in (rows, rows[::-1]):
        assert find_near_duplicates(frame(order)) == {"a": "c", "b": "c"}


def test_texts_too_short_to_tell_are_nobodys_duplicate():
    assert find_near_duplicates(frame([("a", None, "Two killed."), ("b", None, "Two killed.")])) == {}
