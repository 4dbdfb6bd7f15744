"""What ``make evaluate`` says of resolution: the pairs of own making, the named facts of the seeds, the page."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from evaluation import named_facts, record, resolution
from evaluation.named_facts import FEBRUARY_2021, FEBRUARY_2024, JUNE_2021, Told
from training.check_corpus import NEAR_MISS_KINDS


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    return resolution.measure(tmp_path_factory.mktemp("no_seeds"))


def test_own_pairs_are_many_and_hard_and_told_apart(printed):
    scores = printed["own corpus, open half"]
    assert scores["own pairs"] >= 60
    assert scores["own pairs P"] >= 0.95
    assert scores["own pairs R"] >= 0.9
    assert scores["near misses apart"] == scores["of near misses"] >= 50


def test_pairs_of_every_kind_are_among_them():
    with (resolution.CORPUS / "open" / "near_misses.csv").open(encoding="utf-8") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert kinds == set(NEAR_MISS_KINDS)


def test_precision_holds_on_pairs_that_no_weight_was_set_on(printed):
    scores = printed["own corpus, sealed half"]
    assert scores["own pairs P"] >= 0.95
    assert scores["own pairs R"] >= 0.85


def told(kind="airstrike", start=None, is_aggregate=False, files=()):
    return Told(kind, start, is_aggregate, frozenset(files))


AS_ASKED = [
    told(start=date(2021, 6, 27), files=JUNE_2021),
    told(files=[FEBRUARY_2021]),
    told(start=date(2024, 2, 2), files=[FEBRUARY_2024]),
    told("drone_attack", date(2021, 4, 1), True, JUNE_2021),
]


def test_named_facts_hold_where_they_hold():
    assert all(named_facts.check(AS_ASKED).values())


@pytest.mark.parametrize(
    ("at", "instead", "fact"),
    [
        (0, told(start=date(2021, 6, 27), files=sorted(JUNE_2021)[:2]), "June 2021"),
        (1, told(files=[FEBRUARY_2021, FEBRUARY_2024]), "February"),
        (2, told("shooting", date(2024, 2, 2), files=[FEBRUARY_2024]), "February"),
        (3, told("drone_attack", date(2021, 4, 1), True, sorted(JUNE_2021)[1:]), "April 2021"),
    ],
)
def test_a_fact_that_does_not_hold_is_the_one_that_fails(at, instead, fact):
    found = [*AS_ASKED[:at], instead, *AS_ASKED[at + 1 :]]
    assert [fact in name for name, holds in named_facts.check(found).items() if not holds] == [True]


def test_the_page_tells_facts_and_pairs(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "LOG", tmp_path / "log.csv")
    monkeypatch.setattr(record, "PAGE", tmp_path / "page.md")
    record.write({}, {"one incident": True, "apart": False}, {"seeds": {"pair P": 1.0}, "own": {"pair P": 0.5, "pairs": 80}})
    page = record.PAGE.read_text()
    assert "- holds: one incident\n- **fails**: apart" in page
    assert "| pair P | 1.000 | 0.500 |\n| pairs |  | 80 |" in page
    assert ",resolution alone: own,pairs,80" in record.LOG.read_text()
