"""Ids and partitions: the same in any order, stable as documents arrive, merges and splits written down."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dagster_project.resolution.blocking import MAX_BLOCK
from dagster_project.resolution.registry import RegistryError
from dagster_project.resolution.resolve import REGISTRY_FILE, resolve
from dagster_project.resolution.rows import SCHEMAS
from evaluation.synthetic_reports import joined, make
from tests.support.reports import NOW, Newsroom, Outcome

TABLES = tuple(SCHEMAS)
# Shrinking a newsroom takes minutes and shows little.
_QUIET = settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])


@st.composite
def newsrooms(draw: st.DrawFn) -> Newsroom:
    """A few documents about a few days, towns and sides: full of look-alikes."""
    news = Newsroom()
    for number in range(draw(st.integers(3, 6))):
        document = news.document(f"doc-{number}", published=draw(st.sampled_from(["2024-03-15", "2024-03-16", None])))
        for _ in range(draw(st.integers(1, 3))):
            news.report(
                document,
                draw(st.sampled_from(["missile_attack", "other_attack", "drone_attack"])),
                on=draw(st.sampled_from(["2024-03-14", "2024-03-15", None])),
                at=draw(st.sampled_from(["Kharkiv", "Chuhuiv", "Ukraine", ()])),
                by=draw(st.sampled_from(["Russia", "gunmen", ()])),
                target=draw(st.sampled_from(["a block of flats", "a power station", None])),
                killed=draw(st.sampled_from([None, 12, 13])),
                is_aggregate=draw(st.sampled_from([False, False, False, True])),
            )
    return news


def _follow(outcome: Outcome, incident_id: str) -> set[str]:
    """The living ids that an id stands for, through the history."""
    living = set(outcome.of.values())
    reached, pending = set(), [incident_id]
    while pending:
        at = pending.pop()
        if at in reached:
            continue
        reached.add(at)
        pending += [r["new_incident_id"] for r in outcome.table("incident_id_history") if r["old_incident_id"] == at]
    return reached & living


@_QUIET
@given(news=newsrooms(), seed=st.integers(0, 1000))
def test_shuffled_input_gives_identical_incidents_and_ids(news: Newsroom, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = news.resolve(Path(folder) / "one")
        other = news.resolve(Path(folder) / "other", shuffle=seed)
        for table in TABLES:
            assert one.table(table) == other.table(table), table


@_QUIET
@given(news=newsrooms(), cut=st.integers(1, 5))
def test_splitting_the_input_over_runs_gives_the_same_partition_and_ids_that_map(news: Newsroom, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_once = news.resolve(Path(folder) / "at once")
        first = news.resolve(Path(folder) / "first", only=set(sorted(news.documents)[:cut]))
        second = news.resolve(Path(folder) / "second", registry=first.folder / REGISTRY_FILE, now=NOW + timedelta(days=1))
        assert second.partition() == at_once.partition()
        for report, old in first.of.items():
            assert second.of[report] in _follow(second, old), "the old id leads to where its report is now"


def test_an_id_survives_new_documents(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv", "by": "Russia", "killed": 12}
    b = news.report("b", "missile_attack", **same)
    first = news.resolve(tmp_path / "first")
    a = news.report("a", "missile_attack", **same)
    second = news.resolve(tmp_path / "second", registry=first.folder / REGISTRY_FILE)
    assert second.of[a] == second.of[b] == first.of[b]
    assert second.table("incident_id_history") == []


def test_a_merge_keeps_the_oldest_id_and_records_the_other(tmp_path: Path) -> None:
    """Two vague reports are two incidents until a third document fits both."""
    news = Newsroom()
    a = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv", killed=12)
    first = news.resolve(tmp_path / "first")
    later = NOW + timedelta(days=1)
    b = news.report("b", "shelling", on="2024-03-14", at="Ukraine", by="Russia", target="a block of flats")
    second = news.resolve(tmp_path / "second", registry=first.folder / REGISTRY_FILE, now=later)
    assert not second.are_one(a, b)
    must = tmp_path / "overrides.csv"
    must.write_text(
        "action,document,evidence,other_document,other_evidence,author,reason\n"
        "must_link,a,missile_attack number 0,b,shelling number 0,J. Doe,one event\n"
    )
    latest = NOW + timedelta(days=2)
    third = news.resolve(tmp_path / "third", registry=second.folder / REGISTRY_FILE, overrides=must, now=latest)
    assert third.of[a] == third.of[b] == first.of[a]
    (row,) = third.table("incident_id_history")
    assert (row["old_incident_id"], row["new_incident_id"], row["changed_at"]) == (second.of[b], first.of[a], latest)
    assert row["reason"].startswith("merged")
    fourth = news.resolve(tmp_path / "fourth", registry=third.folder / REGISTRY_FILE)
    split = [r for r in fourth.table("incident_id_history") if r["reason"].startswith("split")]
    assert fourth.of[a] == first.of[a] or fourth.of[b] == first.of[a]
    assert len(split) == 1, "the override is gone, so the incident falls in two again"
    assert split[0]["new_incident_id"] not in {first.of[a], second.of[b]}, "an id is never used again"
    assert len(fourth.table("incident_id_history")) == 2, "what was written down stays"


def test_an_id_that_no_report_tells_any_more_is_retired_and_never_comes_back(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv", killed=12)
    b = news.report("b", "bombing", on="2021-03-14", at="Baghdad", killed=3)
    first = news.resolve(tmp_path / "first")
    later = NOW + timedelta(days=1)
    second = news.resolve(tmp_path / "second", registry=first.folder / REGISTRY_FILE, only={"a"}, now=later)
    (row,) = second.table("incident_id_history")
    assert (row["old_incident_id"], row["new_incident_id"], row["changed_at"]) == (first.of[b], "unknown", later)
    assert second.of[a] == first.of[a]
    third = news.resolve(tmp_path / "third", registry=second.folder / REGISTRY_FILE, only={"a"}, now=NOW + timedelta(days=2))
    assert third.table("incident_id_history") == [row], "retired once"
    fourth = news.resolve(tmp_path / "fourth", registry=third.folder / REGISTRY_FILE)
    assert fourth.of[b] != first.of[b]
    assert _follow(fourth, first.of[b]) == {fourth.of[b]}, "the history leads to the incident that is told again"


def test_the_registry_as_csv_serves_as_well(tmp_path: Path) -> None:
    news = Newsroom()
    a = news.report("a", "missile_attack", on="2024-03-14", at="Kharkiv")
    first = news.resolve(tmp_path / "first")
    exported = pl.read_parquet(first.folder / REGISTRY_FILE)
    renamed = exported.with_columns(incident_id=pl.lit("inc-of-the-registry"))
    renamed.write_csv(tmp_path / "registry.csv", datetime_format="%Y-%m-%dT%H:%M:%S%.6f%z")
    second = news.resolve(tmp_path / "second", registry=tmp_path / "registry.csv")
    assert second.of[a] == "inc-of-the-registry"


def test_a_file_that_is_no_registry_is_refused(tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a")
    (tmp_path / "registry.csv").write_text("id,name\n1,x\n")
    with pytest.raises(RegistryError, match="columns are missing"):
        news.resolve(tmp_path / "out", registry=tmp_path / "registry.csv")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("inc-x,2024-05-01T12:00:00.000000+0000,,,,,,", "says neither"),
        ("inc-x,yesterday,a,0,5,,,", "not what its column holds"),
        (",2024-05-01T12:00:00.000000+0000,a,0,5,,,", "says neither"),
    ],
)
def test_a_registry_with_a_row_that_says_nothing_is_refused(row: str, why: str, tmp_path: Path) -> None:
    news = Newsroom()
    news.report("a")
    (tmp_path / "registry.csv").write_text(
        f"incident_id,minted_at,document_id,char_start,char_end,replaced_by,changed_at,reason\n{row}\n"
    )
    with pytest.raises(RegistryError, match=why):
        news.resolve(tmp_path / "out", registry=tmp_path / "registry.csv")


def test_no_reports_give_empty_tables(tmp_path: Path) -> None:
    news = Newsroom()
    news.document("a")
    outcome = news.resolve(tmp_path)
    assert outcome.of == {}
    assert outcome.table("incident") == []


def test_remembered_scores_change_nothing(tmp_path: Path) -> None:
    news = Newsroom()
    same = {"on": "2024-03-14", "at": "Kharkiv", "by": "Russia", "killed": 12}
    news.report("a", "missile_attack", **same)
    news.report("b", "missile_attack", **same)
    first = news.resolve(tmp_path)
    links = first.table("incident_link")
    second = news.resolve(tmp_path)
    assert (first.result.compared, second.result.compared) == (1, 0)
    assert second.table("incident_link") == links


@_QUIET
@given(news=newsrooms(), cut=st.integers(0, 6))
def test_a_run_that_remembers_another_finds_what_a_run_without_memory_finds(news: Newsroom, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        grown = Path(folder) / "grown"
        news.resolve(grown, only=set(sorted(news.documents)[:cut]))
        remembering = news.resolve(grown)
        fresh = news.resolve(Path(folder) / "fresh")
        assert remembering.of == fresh.of
        for name in TABLES:
            assert remembering.table(name) == fresh.table(name), name


def test_a_hundred_reports_more_give_what_a_run_from_nothing_gives(tmp_path: Path) -> None:
    """With blocks too large to be compared all with all, in which every new report shifts the window."""
    some, more = make(400), make(100, first=10_000_000)
    everything = joined(some, more)
    for folder, sets in (("grown", (some, everything)), ("fresh", (everything,))):
        for gold in sets:
            gold.write(tmp_path / folder)
            result = resolve(tmp_path / folder, None, None, NOW)
        assert result.reports == 500
    for name in TABLES:
        one, other = (pl.read_parquet(tmp_path / folder / f"{name}.parquet") for folder in ("grown", "fresh"))
        assert one.equals(other), name
    blocks = pl.read_parquet(tmp_path / "fresh" / "resolution_reports.parquet")["blocks"].explode()
    assert blocks.value_counts()["count"].max() > MAX_BLOCK
