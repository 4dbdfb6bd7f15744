"""Which kinds of event can be one incident told differently, and which of two kinds says more.

The pairs are data: ``seeds/reference/event_type_affinity.csv`` (``refines``: the second is a special case of the first;
``confusable``: reporters or readers take one for the other). Belongs here: reading that table. Nothing else.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from dagster_project.reference import table

Affinity = Literal["same", "refines", "confusable", "unrelated"]


@cache
def _pairs() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in table("event_type_affinity"):
        found[row["event_type"], row["other_event_type"]] = row["relation"]
    return found


@cache
def affinity(a: str, b: str) -> Affinity:
    """How two event types stand to each other; symmetric."""
    if a == b:
        return "same"
    relation = _pairs().get((a, b)) or _pairs().get((b, a))
    if relation == "refines":
        return "refines"
    return "confusable" if relation == "confusable" else "unrelated"


@cache
def is_more_specific(a: str, b: str) -> bool:
    """Whether ``a`` is a special case of ``b``."""
    return _pairs().get((b, a)) == "refines"
