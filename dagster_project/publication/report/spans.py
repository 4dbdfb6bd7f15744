"""Cutting a text at the borders of what was read from it, so that overlapping stretches can all be shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Sentences lie under words: a claim's evidence is marked by a line, a mention by a box.
SENTENCES = ("claim", "report", "statement")
WORDS = ("mention", "event", "argument")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch in which nothing begins or ends. ``anchors``: offsets of what begins here."""

    text: str
    layers: tuple[str, ...]
    explanation: str
    ending: tuple[tuple[str, str], ...]  # (layer, label) of words that end here
    anchor: int | None


def segments(text: str, found: list[dict[str, Any]]) -> list[Segment]:
    """``text`` in segments; ``found`` has layer, label, detail, char_start, char_end (code points, end-exclusive)."""
    borders = sorted({0, len(text), *(p for row in found for p in (row["char_start"], row["char_end"]))})
    borders = [border for border in borders if 0 <= border <= len(text)]
    opening: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        opening.setdefault(row["char_start"], []).append(row)
    made: list[Segment] = []
    active: list[dict[str, Any]] = []
    for start, end in pairwise(borders):
        active = [row for row in active if row["char_end"] > start] + opening.get(start, [])
        layers = tuple(sorted({row["layer"] for row in active}))
        told = dict.fromkeys(": ".join(filter(None, (f"{r['layer']} {r['label']}", r["detail"]))) for r in active)
        ending = dict.fromkeys((r["layer"], r["label"]) for r in active if r["layer"] in WORDS and r["char_end"] == end)
        made.append(Segment(text[start:end], layers, "\n".join(told), tuple(ending), start if start in opening else None))
    return made
