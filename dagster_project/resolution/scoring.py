"""What the features of a pair are worth together.

A Fellegi-Sunter score: the weights of the levels (``seeds/reference/link_weights.csv``, in bits as it were) add up.

Why not Splink: measured on the gold readings of the open corpus and the seeds (pairs of reports of different documents, no
clustering), Splink 5.0 on DuckDB with the same fields and blocks, its weights learned by expectation maximisation on these
reports, reached at its best threshold P .842 R .667 (open) and P 1.0 R .50 (seeds); learned on 5,000 made-up reports it
linked nothing real. This scorer alone reached P .815 R .917 and P .833 R .833, with the contradictions of ``features.py``
P .957 R .917 and P 1.0 R .833, and with clustering P = R = 1.0 on both (``python -m evaluation.resolution``; weights were
set by hand on this same data, so that is an upper bound). Splink knows records with one value per field; reports have
sets, hierarchies, intervals and open sides, and too few true pairs to learn from.

Belongs here: weights and thresholds. Does not belong: features, or what becomes of a score.
"""

from __future__ import annotations

from functools import cache

from dagster_project.reference import table
from dagster_project.resolution.features import Features

# From this score on two reports of different documents tell one incident unless something contradicts.
ACCEPT = 7.0
# Two reports of one document were told apart by the reader, who saw the whole text: place, day and kind are not enough.
ACCEPT_IN_DOCUMENT = 12.0
# What two reports of one document need of their own to come together through a third that fits both.
BRIDGED_IN_DOCUMENT = 9.5
# Scores from here on are worth a person's look.
NEAR = 4.5


@cache
def weights() -> dict[str, dict[str, float]]:
    """feature -> level -> weight."""
    found: dict[str, dict[str, float]] = {}
    for row in table("link_weights"):
        found.setdefault(row["feature"], {})[row["level"]] = float(row["weight"])
    return found


def score(features: Features) -> float:
    """The sum of the weights.

    Raises:
        KeyError: a level has no weight.
    """
    table_ = weights()
    return round(sum(table_[name][level] for name, level in features.items()), 2)


def threshold(is_one_document: bool) -> float:
    """The score from which a pair is accepted."""
    return ACCEPT_IN_DOCUMENT if is_one_document else ACCEPT


def reason(features: Features) -> str:
    """The levels that decided, strongest first, in words."""
    table_ = weights()
    told = sorted(((table_[n][level], n, level) for n, level in features.items()), key=lambda x: (-abs(x[0]), x[1]))
    return ", ".join(f"{n}: {level.replace('_', ' ')} ({w:+g})" for w, n, level in told if abs(w) >= 1)
