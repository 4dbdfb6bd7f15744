"""Aggregates: incidents of their own kind, merged with their like, holding single incidents without being one."""

from __future__ import annotations

from pathlib import Path

from tests.support.reports import Newsroom


def test_three_documents_tell_one_habit(tmp_path: Path) -> None:
    """ "Five drone attacks since April", with and without the number and the month."""
    news = Newsroom()
    for name in "abc":
        news.document(name, published="2021-06-28")
    habit = {"is_aggregate": True, "by": "Iran-backed militias", "against": "the US military", "weapon": "drone"}
    a = news.report("a", "drone_attack", on=("2021-04-01", None), at="Iraq", attacks=(5, None), **habit)
    b = news.report("b", "drone_attack", on=("2021-04-01", None), at="Iraq", attacks=(5, None), **habit)
    c = news.report("c", "drone_attack", **habit)
    outcome = news.resolve(tmp_path)
    assert outcome.are_one(a, b, c)
    row = outcome.incident(c)
    assert row["is_aggregate"]
    assert (row["attack_count_low"], row["attack_count_high"]) == (5, None)
    assert (str(row["date_start"]), row["date_end"]) == ("2021-04-01", None)
    assert row["title"].startswith("At least 5 drone attacks by Iran-backed militias")
    assert row["title"].endswith("since 1 April 2021")


def test_an_aggregate_never_merges_with_a_single_incident(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "drone_attack", on="2024-03-14", at="Kharkiv", by="Russia", killed=12)
    b = news.report("b", "drone_attack", on="2024-03-14", at="Kharkiv", by="Russia", killed=12, is_aggregate=True)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_totals_of_two_years_are_two_aggregates(tmp_path: Path) -> None:
    news = Newsroom()
    total = {"is_aggregate": True, "at": "Kharkiv", "by": "Russia"}
    a = news.report("a", "shelling", on=("2022-01-01", "2022-12-31"), precision="year", **total)
    b = news.report("b", "shelling", on=("2023-01-01", "2023-12-31"), precision="year", **total)
    assert not news.resolve(tmp_path).are_one(a, b)


def test_a_single_incident_inside_an_aggregate_is_its_part(tmp_path: Path) -> None:
    news = Newsroom()
    news.document("a", published="2021-06-28")
    whole = news.report(
        "a",
        "drone_attack",
        on=("2021-04-01", None),
        at="Iraq",
        by="Iran-backed militias",
        attacks=(5, None),
        is_aggregate=True,
    )
    inside = news.report("b", "drone_attack", on="2021-05-08", at="Erbil", by="Iran-backed militias")
    before = news.report("c", "drone_attack", on="2021-03-08", at="Erbil", by="Iran-backed militias")
    elsewhere = news.report("d", "drone_attack", on="2021-05-08", at="Kharkiv", by="Iran-backed militias")
    others = news.report("e", "drone_attack", on="2021-05-20", at="Erbil", by="Israel")
    outcome = news.resolve(tmp_path)
    assert outcome.incident(inside)["part_of_incident_id"] == outcome.of[whole]
    assert [outcome.incident(k)["part_of_incident_id"] for k in (before, elsewhere, others)] == [None, None, None]


def test_what_the_reader_saw_as_part_stays_part(tmp_path: Path) -> None:
    news = Newsroom()
    whole = news.report("a", "rocket_attack", attacks=(3, 3), is_aggregate=True)
    part = news.report("a", "rocket_attack", at="Erbil", part_of=0)
    outcome = news.resolve(tmp_path)
    assert outcome.incident(part)["part_of_incident_id"] == outcome.of[whole]
