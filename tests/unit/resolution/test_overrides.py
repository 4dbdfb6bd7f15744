"""A person's decisions: applied to the reading, shown, and refused with a reason where they cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dagster_project.resolution.corrections import parse_count, parse_date
from dagster_project.resolution.overrides import COLUMNS, OverrideError
from tests.support.reports import Newsroom

SAME = {"on": "2024-03-14", "at": "Kharkiv", "by": "Russia", "killed": 12}


def _write(path: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(COLUMNS), *(",".join(row.get(c, "") for c in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _row(**given: str) -> dict[str, str]:
    return {"author": "J. Doe", "reason": "checked by phone", **given}


def test_cannot_link_keeps_two_reports_apart_and_says_who_decided(tmp_path: Path) -> None:
    news = Newsroom()
    a, b = news.report("a", **SAME), news.report("b", **SAME)
    rows = _row(
        action="cannot_link",
        document="a.txt",
        evidence="as told by a",
        other_document="b.txt",
        other_evidence="as told by b",
    )
    outcome = news.resolve(tmp_path / "out", overrides=_write(tmp_path / "overrides.csv", rows))
    assert not outcome.are_one(a, b)
    link = outcome.link(a, b)
    assert link is not None
    assert link["decision"] == "cannot_link"
    assert "J. Doe: checked by phone" in link["reason"]


def test_cannot_link_holds_through_a_third_report(tmp_path: Path) -> None:
    news = Newsroom()
    a, b = news.report("a", **SAME), news.report("b", **SAME)
    news.report("c", **SAME)
    rows = _row(action="cannot_link", document="a", evidence="told by a", other_document="b", other_evidence="told by b")
    outcome = news.resolve(tmp_path / "out", overrides=_write(tmp_path / "overrides.csv", rows))
    assert not outcome.are_one(a, b)


def test_must_link_joins_what_contradicts(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", on="2024-03-14", at="Kharkiv", by="Russia")
    b = news.report("b", on="2024-03-15", at="Kharkiv", by="Russia")
    rows = _row(action="must_link", document="a", evidence="told by a", other_document="b", char_start="")
    rows |= {"other_char_start": "0", "other_char_end": "5"}
    outcome = news.resolve(tmp_path / "out", overrides=_write(tmp_path / "overrides.csv", rows))
    assert outcome.are_one(a, b)
    link = outcome.link(a, b)
    assert link is not None
    assert link["decision"] == "must_link"


def test_corrections_change_date_place_attacker_toll_and_source(tmp_path: Path) -> None:
    news = Newsroom()
    news.actor("a", "Ukraine's army")
    a = news.report("a", **SAME)
    common = {"action": "correct", "document": "a", "evidence": "told by a"}
    path = _write(
        tmp_path / "overrides.csv",
        _row(**common, field="date", new_value="2024-03-15"),
        _row(**common, field="place", new_value="geonames:710229"),
        _row(**common, field="initiator", new_value="belarus"),
        _row(**common, field="killed", new_value=">=13"),
        _row(**common, field="claimed_by", new_value="Ukraine's army"),
    )
    outcome = news.resolve(tmp_path / "out", overrides=path)
    assert outcome.result.refused_overrides == []
    assert outcome.result.applied_overrides == 5
    row = outcome.incident(a)
    assert (row["date_start"], row["place_id"]) == (date(2024, 3, 15), "geonames:710229")
    assert "Belarus" in row["title"]
    corrected = {name: pl.read_parquet(path).to_dicts() for name, path in outcome.result.corrected.items()}
    assert [r["extractor"] for r in corrected["report"]] == ["override"]
    (claim,) = corrected["claim"]
    assert (claim["count_low"], claim["count_high"], claim["count_qualifier"]) == (13, None, "at_least")
    assert claim["claimed_by_actor_no"] == 0
    assert claim["corrected_by"] == "J. Doe: checked by phone"
    assert pl.read_parquet(outcome.folder / "report.parquet")["extractor"].to_list() == ["test"], "reading's own stays"


def test_a_number_told_twice_is_corrected_in_both_places_and_two_numbers_need_their_words(tmp_path: Path) -> None:
    news = Newsroom()
    key = news.report("a", **SAME)
    (claim,) = [c for c in news.rows["claim"] if c["kind"] == "killed"]
    news.rows["claim"].append({**claim, "claim_no": claim["claim_no"] + 100})
    path = _write(
        tmp_path / "overrides.csv",
        _row(action="correct", document="a", evidence="told by a", field="killed", new_value="5"),
    )
    outcome = news.resolve(tmp_path / "out", overrides=path)
    corrected = pl.read_parquet(outcome.result.corrected["claim"]).filter(pl.col("kind") == "killed")
    assert corrected["count_low"].to_list() == [5, 5]
    news.rows["claim"][-1] |= {"count_low": 3, "count_high": 3}
    (refused,) = news.resolve(tmp_path / "other", overrides=path).result.refused_overrides
    assert "2 claims of killed" in refused["reason"]
    assert key in outcome.of


def test_without_corrections_nothing_of_an_earlier_run_is_left(tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a", **SAME)
    rows = _row(action="correct", document="a", evidence="told by a", field="date", new_value="2024-03-15")
    news.resolve(tmp_path / "out", overrides=_write(tmp_path / "overrides.csv", rows))
    outcome = news.resolve(tmp_path / "out")
    assert outcome.result.corrected == {}
    assert not (outcome.folder / "corrected").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (_row(action="merge", document="a", evidence="told by a"), "none of must_link"),
        ({"action": "correct", "document": "a", "evidence": "told by a", "author": "J. Doe"}, "needs its reason"),
        (_row(action="correct", document="x.txt", evidence="told"), "no report is known of the document"),
        (_row(action="correct", document="a", evidence="nothing like it"), "no report of 'a' has this evidence"),
        (_row(action="correct", document="a", field="date", new_value="2024"), "neither evidence nor char_start"),
        (_row(action="correct", document="a", evidence="told by a", field="mood", new_value="x"), "field 'mood' is none of"),
        (_row(action="correct", document="a", evidence="told by a", field="date", new_value="soon"), "no date"),
        (_row(action="correct", document="a", evidence="told by a", field="place", new_value="Atlantis"), "is no place"),
        (
            _row(action="correct", document="a", evidence="told by a", field="initiator", new_value="Nobody"),
            "neither an actor_id",
        ),
        (_row(action="correct", document="a", evidence="told by a", field="injured", new_value="4"), "no such claim"),
        (
            _row(action="must_link", document="a", evidence="told by a", other_document="a", other_evidence="told by a"),
            "same report",
        ),
        (
            _row(action="must_link", document="a", evidence="told by a", other_document="b", other_evidence="told by b"),
            "aggregate",
        ),
        (_row(action="correct", document="c", evidence="told by c", field="date", new_value="2024"), "2 reports of 'c'"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_and_changes_nothing(row: dict[str, str], why: str, tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a", **SAME)
    news.report("b", "shelling", is_aggregate=True)
    news.report("c", evidence="One strike hit the town, told by c")
    news.report("c", evidence="Another strike hit the port, told by c")
    plain = news.resolve(tmp_path / "plain")
    outcome = news.resolve(tmp_path / "out", overrides=_write(tmp_path / "overrides.csv", row))
    (refused,) = outcome.result.refused_overrides
    assert why in refused["reason"]
    assert refused["object_id"] == "overrides.csv:2"
    assert outcome.table("incident") == plain.table("incident")


def test_a_file_with_another_header_is_refused_as_a_whole(tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a")
    path = tmp_path / "overrides.csv"
    path.write_text("action,document,wish\nmust_link,a,x\n")
    (refused,) = news.resolve(tmp_path / "out", overrides=path).result.refused_overrides
    assert "unknown column wish" in refused["reason"]


def test_dates_and_counts_as_a_person_writes_them() -> None:
    assert parse_date("2021-06") == (date(2021, 6, 1), date(2021, 6, 30), "month")
    assert parse_date("2021-04-01/") == (date(2021, 4, 1), None, "range")
    assert parse_date("2021-06-27/2021-06-28") == (date(2021, 6, 27), date(2021, 6, 28), "days")
    assert parse_date("unknown") == (None, None, "unknown")
    assert parse_count("4-6") == (4, 6, "range")
    assert parse_count("<=4") == (None, 4, "at_most")
    assert parse_count("0") == (0, 0, "none")
    with pytest.raises(OverrideError, match="ends before"):
        parse_date("2021-06-28/2021-06-27")
    with pytest.raises(OverrideError, match="no count"):
        parse_count("many")
