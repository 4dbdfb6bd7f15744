"""What a row of reading must be to enter the warehouse, checked row by row before anything is built from it.

A claim that contradicts itself, or a date no article can mean, is refused alone, with its reason; the document and its
other rows go on. The audit checks the same on what was built; this keeps one slip of reading from blocking a version.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
Row = dict[str, Any]

# More people than any single conflict has hurt: a number read wrong ("10^12 killed").
MOST_PEOPLE = 100_000_000
EARLIEST = date(1900, 1, 1)


def _counts(row: Row) -> tuple[int | None, int | None]:
    return row["count_low"], row["count_high"]


def _is_one_number(low: int | None, high: int | None) -> bool:
    return low is not None and low == high


# qualifier -> whether the bounds fit it
FITS: dict[str, Callable[[int | None, int | None], bool]] = {
    "exact": _is_one_number,
    "about": _is_one_number,
    "at_least": lambda low, high: low is not None and high is None,
    "at_most": lambda low, high: low is None and high is not None,
    "none": lambda low, high: low == high == 0,
    "unclear": lambda low, high: low is None and high is None,
    "unspecified": lambda low, high: low is None and high is None,
    "denied": lambda low, high: low is None and high is None,
}


def claim_fault(row: Row) -> tuple[str, str] | None:
    """(reason code, reason) why a claim is refused, None when it may enter."""
    low, high = _counts(row)
    if any(n is not None and not 0 <= n <= MOST_PEOPLE for n in (low, high)):
        return "impossible_count", f"{low} to {high} people"
    if low is not None and high is not None and low > high:
        return "low_above_high", f"low {low} is above high {high}"
    fits = FITS.get(row["count_qualifier"])
    if fits and not fits(low, high):
        return "count_contradicts_qualifier", f"{row['count_qualifier']} does not fit {low} to {high}"
    return None


def refuse_invalid(rows: Rows, document_id: str, latest: date | None) -> list[Row]:
    """Take invalid rows and dates out of ``rows``; returns rows of the table ``refused``.

    Args:
        latest: the last day an article of that publication date can tell of as past; None where it is unknown.
    """
    refused: list[Row] = []

    def refuse(kind: str, number: int, fault: tuple[str, str], excerpt: str) -> None:
        refused.append(
            {
                "document_id": document_id,
                "object": f"{kind}:{number}",
                "reason_code": fault[0],
                "reason": fault[1],
                "payload_excerpt": excerpt[:200],
            }
        )

    kept = []
    gone: set[int] = set()
    for row in rows["claim"]:
        fault = claim_fault(row)
        if fault:
            gone.add(row["claim_no"])
            refuse("claim", row["claim_no"], fault, row["evidence"])
        else:
            kept.append(row)
    kinds = {row["claim_no"]: row["kind"] for row in kept}
    for row in kept:
        for column in ("part_of_claim_no", "revises_claim_no"):
            other = row[column]
            if other is not None and (other == row["claim_no"] or kinds.get(other) != row["kind"]):
                row[column] = None  # a part or revision is of another claim of its kind that entered
    # without one of its addends a sum would be too small
    broken = {row["addend_group_no"] for row in rows["claim"] if row["claim_no"] in gone}
    for row in kept:
        if row["addend_group_no"] in broken:
            row["addend_group_no"] = None
    rows["claim"] = kept
    for row in rows["report"]:
        start, end = row["date_start"], row["date_end"]
        days = [day for day in (start, end) if day is not None]
        fault = None
        if start and end and start > end:
            fault = "start_after_end", f"{start} to {end}"
        elif any(day < EARLIEST for day in days):
            fault = "date_too_early", f"{min(days)} is before {EARLIEST.year}"
        elif latest and start and start > latest:
            fault = "date_after_publication", f"{start} is after the article could tell of it"
        if fault:
            row.update(date_start=None, date_end=None, date_precision="unknown")
            refuse("report_date", row["report_no"], fault, row["evidence"])
    return refused
