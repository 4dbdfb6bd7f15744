"""Fitting confidences and measuring them, on made-up rows."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from evaluation import calibration
from evaluation.calibration import KINDS, KNOTS, Sample, auc, bins, brier, calibration_error, fit, reliability, tables_of


def _samples(seed: int = 1) -> list[Sample]:
    """Rows of every kind: four in five of those told twice are right, two in five of the others, all ruled 0.9."""
    draw = random.Random(seed)
    found = []
    for kind in KINDS:
        for n in range(300):
            is_twice = draw.random() < 0.5
            article, is_held_back = f"a{n % 40}", n % 40 < 20
            is_right = draw.random() < (0.8 if is_twice else 0.4)
            shown = frozenset({"told twice"} if is_twice else ())
            incident = f"i{n}" if kind == "report" else None
            found.append(Sample(article, is_held_back, kind, 0.9, shown, is_right, incident))
    return found


def test_a_fit_finds_the_shares_that_made_the_rows():
    found = fit(_samples())
    for kind in KINDS:
        twice = found.calibrated(Sample("new", True, kind, 0.9, frozenset({"told twice"}), True))
        once = found.calibrated(Sample("new", True, kind, 0.9, frozenset(), True))
        assert twice == pytest.approx(0.8, abs=0.12)
        assert once == pytest.approx(0.4, abs=0.12)


def test_the_same_rows_in_any_order_give_the_same_tables():
    samples = _samples()
    shuffled = random.Random(2).sample(samples, len(samples))
    assert tables_of(fit(samples), samples) == tables_of(fit(shuffled), shuffled)


def test_a_map_covers_all_raw_scores_and_rises():
    samples = _samples()
    rows = tables_of(fit(samples), samples)["confidence_calibration"]
    for kind in KINDS:
        own = [row for row in rows if row["kind"] == kind]
        assert [row["raw"] for row in own] == list(KNOTS)
        values = [float(row["calibrated"]) for row in own]
        assert all(a < b for a, b in pairwise(values))
        assert values[0] >= 0
        assert values[-1] <= 1


def test_a_map_rises_even_where_raw_scores_mislead(monkeypatch):
    """Held-back rows that are right the more seldom the surer the rule."""
    draw = random.Random(3)
    samples = []
    for kind in KINDS:
        for n in range(200):
            is_sure = n % 2 == 0
            is_right = draw.random() < (0.2 if is_sure else 0.8)
            samples.append(Sample(f"a{n % 20}", True, kind, 0.9 if is_sure else 0.6, frozenset(), is_right))
    monkeypatch.setattr(calibration, "PENALTY", 1e6)  # weights cannot learn it
    assert all(slope == calibration.LEAST_SLOPE for _, slope in fit(samples).maps.values())


def test_the_open_half_alone_gives_no_map():
    with pytest.raises(ValueError, match="no held-back rows"):
        fit([s for s in _samples() if not s.is_held_back])


def test_measures_of_a_row_by_hand():
    shares, right = [0.9, 0.9, 0.6, 0.2], [True, False, True, False]
    assert auc(shares, right) == pytest.approx((0.5 + 1 + 0 + 1) / 4)
    assert brier(shares, right) == pytest.approx((0.01 + 0.81 + 0.16 + 0.04) / 4)
    assert bins(shares, right) == [(0.0, 0.5, 1, 0.2, 0.0), (0.5, 0.7, 1, 0.6, 1.0), (0.9, 0.95, 2, 0.9, 0.5)]
    assert calibration_error(shares, right) == pytest.approx((0.2 + 0.4 + 2 * 0.4) / 4)


def test_full_confidence_is_in_the_last_bin():
    assert bins([1.0], [True]) == [(0.95, 1.0, 1, 1.0, 1.0)]


def test_reliability_is_of_held_back_rows_alone():
    page = reliability(_samples())
    held_back = sum(s.is_held_back for s in _samples())
    assert f"| all rows | {held_back} |" in page
    counts = [int(line.split("|")[3]) for line in page.splitlines() if line.startswith(("| all but names", "| names"))]
    assert sum(counts) == held_back
