"""How low, best and high follow from claims: every case is an incident of one world, built once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dagster_project.warehouse import session
from dagster_project.warehouse.build import build
from tests.support.rows import World

WORDS = "Officials said the attack left people dead."

# case -> claims, each of one document: (document, overrides). Documents: "own" and "other" are two outlets, "late" a
# later report, "copy" nearly repeats "own", "old" was superseded.
CASES: dict[str, list[tuple[str, dict]]] = {
    "one number": [("own", {"number": 5})],
    "rival tolls": [("own", {"number": 5}), ("other", {"number": 7})],
    "repeated": [("own", {"number": 5}), ("own", {"number": 5}), ("other", {"number": 5})],
    "with a sub-count": [("own", {"number": 10}), ("own", {"number": 3, "part_of": 0})],
    "revised": [("own", {"number": 4}), ("own", {"number": 6, "revises": 0})],
    "none": [("own", {"number": 0, "count_qualifier": "none"})],
    "unclear": [("own", {"count_qualifier": "unclear"})],
    "denied": [("own", {"number": 5}), ("other", {"count_qualifier": "denied"})],
    "no claim": [],
    "vague only": [("own", {"count_low": 24, "count_high": 99, "count_qualifier": "vague"})],
    "vague beside a number": [
        ("own", {"count_low": 24, "count_high": 99, "count_qualifier": "vague"}),
        ("other", {"number": 31}),
    ],
    "at least": [("own", {"count_low": 5, "count_qualifier": "at_least"})],
    "up to": [("own", {"count_high": 10, "count_qualifier": "at_most"})],
    "up to below at least": [
        ("own", {"count_low": 10, "count_qualifier": "at_least"}),
        ("other", {"count_high": 6, "count_qualifier": "at_most", "claimed_by_actor_no": 1}),
    ],
    "exact before at least": [
        ("own", {"count_low": 9, "count_qualifier": "at_least"}),
        ("other", {"number": 8}),
    ],
    "most recent": [("own", {"number": 8}), ("late", {"number": 9})],
    "risen": [("own", {"number": 9}), ("late", {"number": 12})],
    "fallen": [("own", {"number": 12}), ("late", {"number": 9})],
    "risen more than tenfold": [("own", {"number": 9}), ("late", {"number": 4000})],
    "none that became a number": [("own", {"number": 0, "count_qualifier": "none"}), ("late", {"number": 3})],
    "risen by the other side": [
        ("own", {"number": 5}),
        ("late", {"number": 30, "claimed_by_actor_no": 0}),
    ],
    "risen for others": [
        ("own", {"number": 5, "victim_class": "civilian"}),
        ("late", {"number": 7, "victim_class": "military"}),
    ],
    "near-duplicate": [("own", {"number": 5}), ("copy", {"number": 50})],
    "superseded": [("own", {"number": 5}), ("old", {"number": 50})],
    "the attacker's own count": [
        ("own", {"number": 12, "claimed_by_actor_no": 0}),
        ("other", {"number": 2, "claimed_by_actor_no": 1}),
    ],
    "coordinated": [
        ("own", {"number": 1, "victim_class": "military", "sum": 0}),
        ("own", {"number": 4, "victim_class": "military", "sum": 0}),
        ("own", {"number": 3, "victim_class": "civilian", "sum": 0}),
    ],
    "coordinated, one open": [
        ("own", {"number": 5, "sum": 0}),
        ("own", {"count_low": 3, "count_qualifier": "at_least", "sum": 0}),
    ],
    "coordinated, one up to": [
        ("own", {"count_high": 10, "count_qualifier": "at_most", "sum": 0}),
        ("own", {"number": 2, "sum": 0}),
    ],
    "coordinated, one without a number": [
        ("own", {"count_qualifier": "unspecified", "sum": 0}),
        ("own", {"number": 3, "sum": 0}),
        ("other", {"number": 5}),
    ],
    "coordinated, one vague": [
        ("own", {"count_low": 24, "count_high": 99, "count_qualifier": "vague", "sum": 0}),
        ("own", {"number": 5, "sum": 0}),
    ],
    "coordinated, repeated": [
        ("own", {"number": 5, "sum": 0}),
        ("own", {"number": 3, "sum": 0}),
        ("own", {"number": 5, "sum": 2}),
        ("own", {"number": 3, "sum": 2}),
        ("other", {"number": 8}),
    ],
    "coordinated, with a sub-count": [
        ("own", {"number": 12, "sum": 0}),
        ("own", {"number": 3, "part_of": 0}),
        ("own", {"number": 2, "sum": 0}),
    ],
    "coordinated beside its total": [
        ("own", {"number": 5, "victim_class": "military", "sum": 0}),
        ("own", {"number": 3, "victim_class": "civilian", "sum": 0}),
        ("other", {"number": 8}),
        ("late", {"number": 5, "victim_class": "military"}),
    ],
    "coordinated beside another total": [
        ("own", {"number": 5, "victim_class": "military", "sum": 0}),
        ("own", {"number": 3, "victim_class": "civilian", "sum": 0}),
        ("other", {"number": 5}),
    ],
    "coordinated beside more of one class": [
        ("own", {"number": 5, "victim_class": "military", "sum": 0}),
        ("own", {"number": 3, "victim_class": "civilian", "sum": 0}),
        ("other", {"number": 7, "victim_class": "military"}),
    ],
    "denied of others": [
        ("own", {"number": 7}),
        ("other", {"count_qualifier": "denied", "victim_class": "military"}),
    ],
    "denied of the same": [
        ("own", {"number": 5, "victim_class": "military", "sum": 0}),
        ("own", {"number": 7, "victim_class": "civilian", "sum": 0}),
        ("other", {"count_qualifier": "denied", "victim_class": "military"}),
    ],
    "handed on from the agency": [("agency", {"number": 5}), ("own", {"number": 5, "claimed_by_actor_no": 2})],
    "handed on from an agency unread": [("own", {"number": 5, "claimed_by_actor_no": 2}), ("other", {"number": 5})],
    "handed on under a headline": [
        ("agency", {"number": 5}),
        ("other", {"number": 5, "claimed_by_actor_no": 2}),
        ("other", {"number": 5}),
    ],
    "agency and own voice": [
        ("agency", {"number": 5}),
        ("other", {"number": 5, "claimed_by_actor_no": 2}),
        ("other", {"number": 6}),
    ],
    "unreliable outlet": [("own", {"number": 5}), ("graded F", {"number": 1})],
}


@pytest.fixture(scope="module")
def tolls(tmp_path_factory) -> dict[str, dict]:
    """incident case -> row of fact_incident."""
    folder = tmp_path_factory.mktemp("tolls")
    world = World()
    days = {"agency": 1, "own": 1, "other": 1, "late": 3, "copy": 1, "old": 1, "graded F": 1}
    states = {"copy": {"duplicate_of": "own"}, "old": {"superseded_by": "own"}}
    for document_id, day in days.items():
        publisher = {"graded F": "Propaganda Daily", "agency": "Reuters"}.get(document_id, f"Outlet {document_id}")
        world.document(
            document_id,
            f"Title\n\n{WORDS}",
            published_on=date(2024, 3, day),
            publisher=publisher,
            **states.get(document_id, {}),
        )
        world.actor(f"attacker-{document_id}", "Attackers", "armed_group")
        world.actor(f"ministry-{document_id}", "Ministry", "government")
        world.knows_actor(document_id, 2, "reuters")
        world.knows_actor(document_id, 0, f"attacker-{document_id}")
        world.knows_actor(document_id, 1, f"ministry-{document_id}")
    world.actor("reuters", "Reuters", "media")
    numbers: dict[str, int] = dict.fromkeys(days, 0)
    for case_no, (case, claims) in enumerate(CASES.items()):
        world.incident(case)
        for document_id in sorted({d for d, _ in claims} or {"own"}):
            world.report(document_id, case_no, case, WORDS)
            if "agency" not in case:
                world.argument(document_id, case_no, "initiator", "the attack", actor_no=0)
        first: dict[str, int] = {}
        for document_id, claim in claims:
            claim = dict(claim)
            first.setdefault(document_id, numbers[document_id])
            for short, column in (
                ("part_of", "part_of_claim_no"),
                ("revises", "revises_claim_no"),
                ("sum", "addend_group_no"),
            ):
                if short in claim:
                    claim[column] = first[document_id] + claim.pop(short)
            world.claim(document_id, numbers[document_id], case_no, WORDS, **claim)
            numbers[document_id] += 1
    inputs = world.inputs(folder / "in")
    reference = folder / "reference"
    reference.mkdir()
    for name in ("event_types", "weapons", "publishers"):
        text = (inputs.reference_dir / f"{name}.csv").read_text(encoding="utf-8")
        if name == "publishers":
            header = text.splitlines()[0].split(",")
            row = {"publisher_id": "propaganda-daily", "name": "Propaganda Daily", "reliability_grade": "F"}
            text += ",".join(row.get(column, "") for column in header) + "\n"
        (reference / f"{name}.csv").write_text(text, encoding="utf-8")
    build(folder / "warehouse.duckdb", replace(inputs, reference_dir=reference))
    with session.read_only(folder / "warehouse.duckdb") as connection:
        cursor = connection.execute("select * from marts.fact_incident")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["incident_id"]: row for row in rows}


def bounds(row: dict) -> tuple:
    return row["killed_low"], row["killed_best"], row["killed_high"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("one number", (5, 5, 5)),
        ("repeated", (5, 5, 5)),
        ("with a sub-count", (10, 10, 10)),
        ("revised", (6, 6, 6)),
        ("none", (0, 0, 0)),
        ("unclear", (None, None, None)),
        ("no claim", (None, None, None)),
        ("denied", (5, 5, 5)),
        ("vague only", (24, 24, 99)),
        ("vague beside a number", (31, 31, 31)),
        ("at least", (5, 5, 5)),
        ("up to", (None, 10, 10)),
        ("up to below at least", (10, 10, 10)),
        ("exact before at least", (8, 8, 9)),
        ("most recent", (9, 9, 9)),
        ("risen", (12, 12, 12)),
        ("fallen", (9, 9, 12)),
        ("risen more than tenfold", (9, 4000, 4000)),
        ("none that became a number", (0, 3, 3)),
        ("risen by the other side", (5, 5, 30)),
        ("risen for others", (5, 7, 7)),
        ("near-duplicate", (5, 5, 5)),
        ("superseded", (5, 5, 5)),
        ("the attacker's own count", (2, 2, 12)),
        ("unreliable outlet", (5, 5, 5)),
        ("coordinated", (8, 8, 8)),
        ("coordinated, one open", (8, 8, 8)),
        ("coordinated, one up to", (None, 12, 12)),
        ("coordinated, one without a number", (3, 5, 5)),
        ("coordinated, one vague", (29, 29, 104)),
        ("coordinated, repeated", (8, 8, 8)),
        ("coordinated, with a sub-count", (14, 14, 14)),
        ("coordinated beside its total", (5, 5, 8)),
    ],
)
def test_toll_of(tolls, case, expected):
    assert bounds(tolls[case]) == expected


def test_rival_tolls_are_kept_apart_not_added(tolls):
    low, best, high = bounds(tolls["rival tolls"])
    assert (low, high) == (5, 7)
    assert best in (5, 7)
    assert tolls["rival tolls"]["has_conflicting_claims"]


@pytest.mark.parametrize(
    ("case", "is_contested"),
    [
        ("risen", False),
        ("fallen", True),
        ("risen more than tenfold", True),
        ("none that became a number", True),
        ("risen by the other side", True),
        ("risen for others", False),
    ],
)
def test_a_toll_that_a_later_report_brings_up_to_date_is_no_contradiction(tolls, case, is_contested):
    assert tolls[case]["has_conflicting_claims"] is is_contested


def test_a_denial_is_a_contradiction_but_no_number(tolls):
    assert tolls["denied"]["has_conflicting_claims"]
    assert not tolls["repeated"]["has_conflicting_claims"]


@pytest.mark.parametrize(
    ("case", "is_contested"),
    [
        ("coordinated", False),
        ("coordinated, one without a number", False),
        ("coordinated, repeated", False),
        ("coordinated beside another total", True),
        ("coordinated beside more of one class", True),
        ("denied of others", False),
        ("denied of the same", True),
    ],
)
def test_coordinated_people_contradict_as_a_sum_or_as_the_class_that_another_counts(tolls, case, is_contested):
    assert tolls[case]["has_conflicting_claims"] is is_contested


def test_other_kinds_stay_unknown(tolls):
    assert tolls["one number"]["injured_best"] is None


def test_near_duplicates_count_as_documents_not_as_publishers(tolls):
    row = tolls["near-duplicate"]
    assert (row["document_count"], row["publisher_count"]) == (2, 1)


@pytest.mark.parametrize(
    ("case", "publisher_count"),
    [
        ("handed on from the agency", 1),
        ("handed on from an agency unread", 2),
        ("handed on under a headline", 1),
        ("agency and own voice", 2),
    ],
)
def test_a_report_handed_on_from_an_agency_is_the_agencys(tolls, case, publisher_count):
    assert (tolls[case]["document_count"], tolls[case]["publisher_count"]) == (2, publisher_count)


def test_superseded_documents_count_nowhere(tolls):
    row = tolls["superseded"]
    assert (row["document_count"], row["publisher_count"]) == (1, 1)
