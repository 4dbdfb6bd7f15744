"""From kinds of names (person, organisation, place) to the pipeline's entity labels, with the reference tables.

Also marks the weapons, vehicles and armed groups that the tables list: both tasks need no model, only vocabularies.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[1] / "seeds" / "reference"

LABELS = (
    "PERSON NORP ORG GPE LOC FAC EVENT DATE TIME CARDINAL ORDINAL QUANTITY MONEY PERCENT WEAPON VEHICLE ARMED_GROUP"
).split()

FACILITY_WORDS = frozenset(
    """airport airfield airbase airstrip base bridge street road avenue highway boulevard hospital clinic mosque church
    cathedral temple synagogue shrine embassy consulate palace prison jail camp checkpoint barracks stadium arena square
    tower building hall museum library theatre theater hotel restaurant cafe mall market school university plant
    refinery reactor station port harbour harbor terminal crossing dam tunnel castle fort garrison headquarters center
    centre monument memorial park zoo gardens house ave. st. blvd. rd. ave blvd plaza inn bar grill pizza""".split()
)
REGION_WORDS = frozenset(
    """river sea ocean lake gulf bay strait straits mount mountain mountains hills hill valley desert peninsula island
    islands isle isles coast cape canyon forest delta plateau basin falls beach canal channel range ridge plain plains
    volcano creek bank heights oasis jungle steppe reef continent hemisphere front corridor waterway triangle marshes""".split()
)
REGIONS = frozenset(
    """europe asia africa antarctica oceania america|latin africa|north africa|west africa|east east|middle east|near east|far
    asia|central asia|south asia|southeast balkans caucasus sahel sahara levant scandinavia maghreb mediterranean caribbean
    arctic atlantic pacific mesopotamia himalayas alps andes sinai golan crescent|fertile mars earth world midwest""".split()
)
WARS = frozenset(
    "war wars operation battle uprising revolution intifada olympics massacre genocide hurricane holocaust crisis siege".split()
)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _split(cell: str | None) -> list[str]:
    return [form.strip() for form in (cell or "").split(";") if form.strip()]


@cache
def countries() -> frozenset[str]:
    """Names of countries, past and present, with their aliases, lower case."""
    forms: set[str] = set()
    for name in ("countries.csv", "countries_historical.csv"):
        for row in _rows(name):
            forms.update(form.lower() for form in [row["name"], *_split(row["aliases"])])
    return frozenset(forms)


@cache
def armed_groups() -> frozenset[str]:
    """Names of armed groups with their aliases, lower case; aliases that are ordinary words stay case-sensitive."""
    forms: set[str] = set()
    for row in _rows("actors.csv"):
        if row["actor_type"] == "armed_group":
            forms.update(
                form.lower() for form in [row["name"], *_split(row["aliases"]), *_split(row["aliases_case_sensitive"])]
            )
    return frozenset(forms)


@cache
def means() -> dict[tuple[str, ...], str]:
    """Weapons and vehicles as tuples of lower-cased tokens (hyphens apart), singular and plural -> label."""
    table: dict[tuple[str, ...], str] = {}
    for row in _rows("weapons.csv"):
        words = tuple(row["pattern"].lower().replace("-", " - ").split())
        if not words or (len(words) == 1 and words[0] in _AMBIGUOUS):
            continue
        table.setdefault(words, row["label"])
        table.setdefault((*words[:-1], words[-1] + "s"), row["label"])
        if words[-1].endswith("y"):
            table.setdefault((*words[:-1], words[-1][:-1] + "ies"), row["label"])
    return table


# Single words that name a weapon only in some sentences: the annotated corpora decide.
_AMBIGUOUS = frozenset(
    """arm arms fire stone stones knife axe gas shell club bat stick car truck bus vehicle plane train ship boat van taxi
    round iron pellet spike arrow bow hammer sling rock bottle acid virus worm mine charge device weapon jet carrier
    fighter pickup motorcycle bicycle bike tractor ambulance ferry tanker cruiser transport lightning thunder bear hawk eagle""".split()
)


def find_means(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Weapons and vehicles of a tokenized sentence, longest first at each position."""
    lower = [word.lower() for word in words]
    table = means()
    index = 0
    while index < len(lower):
        for length in range(min(7, len(lower) - index), 0, -1):
            label = table.get(tuple(lower[index : index + length]))
            if label:
                yield index, index + length, label
                index += length
                break
        else:
            index += 1


def refine(kind: str, words: Sequence[str]) -> str | None:
    """The entity label of a name of this kind (PER, ORG, LOC, EVENT); None for what we do not label."""
    text = " ".join(words).replace(" - ", "-").replace(" '", "'").lower()
    last = words[-1].lower()
    if kind == "PER":
        return "PERSON"
    if text in armed_groups() and kind == "ORG":
        return "ARMED_GROUP"
    if kind in ("LOC", "ORG") and text in countries():
        return "GPE"
    if kind == "ORG":
        return "ORG"
    if kind == "LOC":
        if len(words) > 1 and (last in FACILITY_WORDS or words[0].lower() in ("camp", "fort", "hotel")):
            return "FAC"
        if (
            last in REGION_WORDS
            or words[0].lower() in ("mount", "lake", "cape", "gulf", "river", "mt.", "strait")
            or last in REGIONS
            or f"{last}|{words[0].lower()}" in REGIONS
        ):
            return "LOC"
        return "GPE"
    if kind == "EVENT" and any(word.lower() in WARS for word in words):
        return "EVENT"
    return None
