"""Rows that contradict themselves are refused alone, with their reason."""

from datetime import date

import pytest

from dagster_project.reading.validity import claim_fault, refuse_invalid


def claim(number=0, low=3, high=3, qualifier="exact", **more):
    return {
        "claim_no": number,
        "kind": "killed",
        "count_low": low,
        "count_high": high,
        "count_qualifier": qualifier,
        "part_of_claim_no": None,
        "revises_claim_no": None,
        "addend_group_no": None,
        "evidence": "Three were killed.",
        **more,
    }


def report(start, end, precision="day"):
    return {"report_no": 0, "date_start": start, "date_end": end, "date_precision": precision, "evidence": "On Sunday."}


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [
        (3, 3, "exact"), (12, 12, "about"), (5, None, "at_least"), (None, 9, "at_most"), (20, 30, "range"), (0, 0, "none"),
        (None, None, "unclear"), (24, 99, "vague"), (None, None, "denied"),
    ],
)  # fmt: skip
def test_claims_that_hold_together_enter(low, high, qualifier):
    assert claim_fault(claim(low=low, high=high, qualifier=qualifier)) is None


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "code"),
    [
        (-1, -1, "exact", "impossible_count"),
        (10**12, 10**12, "exact", "impossible_count"),
        (9, 3, "range", "low_above_high"),
        (3, 4, "exact", "count_contradicts_qualifier"),
        (None, 68, "unclear", "count_contradicts_qualifier"),
        (1, 1, "none", "count_contradicts_qualifier"),
        (5, 7, "at_least", "count_contradicts_qualifier"),
    ],
)
def test_claims_that_contradict_themselves_are_refused(low, high, qualifier, code):
    rows = {"claim": [claim(0), claim(1, low, high, qualifier)], "report": []}
    refused = refuse_invalid(rows, "d", None)
    assert [(r["object"], r["reason_code"]) for r in refused] == [("claim:1", code)]
    assert [r["claim_no"] for r in rows["claim"]] == [0]


def test_addends_of_which_one_was_refused_are_no_sum():
    rows = {"claim": [claim(0, addend_group_no=0), claim(1, 9, 3, "range", addend_group_no=0)], "report": []}
    refuse_invalid(rows, "d", None)
    assert [r["addend_group_no"] for r in rows["claim"]] == [None]


def test_a_part_of_a_refused_total_stands_alone():
    rows = {"claim": [claim(0, 9, 3, "range"), claim(1, part_of_claim_no=0)], "report": []}
    refuse_invalid(rows, "d", None)
    assert rows["claim"][0]["part_of_claim_no"] is None


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2024, 2, 9), date(2024, 2, 3), "start_after_end"),
        (date(1821, 5, 5), date(1821, 5, 5), "date_too_early"),
        (date(2024, 3, 1), None, "date_after_publication"),
    ],
)
def test_an_impossible_date_is_refused_and_the_report_stays_undated(start, end, code):
    rows = {"claim": [], "report": [report(start, end)]}
    refused = refuse_invalid(rows, "d", date(2024, 2, 6))
    assert [r["reason_code"] for r in refused] == [code]
    assert rows["report"][0]["date_start"] is None
    assert rows["report"][0]["date_precision"] == "unknown"
