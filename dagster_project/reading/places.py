"""Component ``conflict_places``: the places of a document, each geocoded as far as the text and the gazetteer license.

Assigns ``doc._.places``, ``doc._.place_at`` and the ``place`` of ``doc._.names``; adds names for borders and parts of
countries, which are written with other names inside.

Belongs here: what a place name means in its document. Does not belong: lookups by name alone (``geocode.py``), which
tokens are a name (``names.py``), where an event happened (``roles.py``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import actor_reference as reference
from dagster_project.reading.actors import country_of_name
from dagster_project.reading.attachment import is_of_mission
from dagster_project.reading.extensions import register
from dagster_project.reading.geocode import POWERS, Candidate, candidates, choose, neighbours
from dagster_project.reading.lexicon import word_class
from dagster_project.reading.transliteration import fold_name, plain
from dagster_project.reading.types import Name, Place, PlaceKind
from dagster_project.reading.view import View
from dagster_project.reference import split, table

if TYPE_CHECKING:
    from spacy.tokens import Doc

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NEAR = word_class("near")
_TERMS = word_class("division_term")
_TOWN_TERMS = word_class("settlement_term")
_QUARTERS = word_class("quarter_term")
# A country's name before one of these is what a part of a town is called: "the Costa Rica neighbourhood".
_NAMED_AFTER = _QUARTERS | {"district", "street", "avenue", "square", "plaza"}
_SIDES = word_class("side")
_DIRECTIONS = word_class("direction")
# Degrees from the centre of a country that a direction points to; the precision says how rough that is.
# A namesake as small as this, known by nothing but its name, is less likely than a place that the gazetteer lacks.
_KNOWN_TOWN = 100_000
_HARDLY_ALL = 3  # as many such names of one country are hardly namesakes all
_ONLY_NAMESAKE = 0.7  # what a name that only one country has says for that country
_FIRM = 0.39  # what one force or group of a country says for it
_LOCAL_ACTORS = {"armed_group", "military"}
_CONTAINERS = 3  # names after a place that may say what it lies in: a town, its province, their country
_BESIDE = 0.7  # degrees from a town within which its suburbs lie
_OFFSETS = {"north": (1.5, 0.0), "south": (-1.5, 0.0), "east": (0.0, 1.5), "west": (0.0, -1.5)}


@Language.factory("conflict_places", requires=["doc.ents"])
def make_places(nlp: Language, name: str) -> PlaceReader:
    """The component; it follows ``conflict_names`` and ``conflict_actors``."""
    register()
    return PlaceReader()


class PlaceReader:
    """Reads one document at a time; keeps nothing between documents."""

    def __call__(self, doc: Doc) -> Doc:
        _Reading(doc).run()
        return doc


@dataclass(slots=True)
class _Mention:
    name: Name
    text: str
    iso3: str | None  # where the name is a country
    term: str  # "province", "city" beside the name, '' if none
    place: Place | None = None


@cache
def regions() -> dict[str, dict[str, str]]:
    """Rows of ``regions.csv`` by folded name and alias."""
    return _by_text(table("regions"))


def _by_text(rows: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Rows by the folded name and aliases; names before aliases."""
    listed = list(rows)
    found: dict[str, dict[str, str]] = {}
    for row in listed:
        found.setdefault(fold_name(row["name"].removeprefix("the ")), row)
    for row in listed:
        for text in split(row["aliases"]):
            found.setdefault(fold_name(text.removeprefix("the ")), row)
    return found


@cache
def _borders() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["country_a"], row["country_b"]): row for row in table("borders")}


@cache
def _sites() -> dict[str, dict[str, str]]:
    bases = (row for row in table("vessels_bases") if row["kind"] == "facility")
    return {**_by_text(bases), **_by_text(table("facilities"))}


@cache
def _admin1() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["country_iso3"], row["admin1_code"]): row for row in table("admin1")}


class _Reading:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.view = View.of(doc)
        self.mentions: list[_Mention] = []
        self.places: list[Place] = []
        self.by_id: dict[str, int] = {}
        self.at: dict[int, int] = {}
        self.weights: dict[str, float] = {}
        self.told: dict[str, float] = {}  # what each country weighs before it is scaled
        self.alone: Counter[tuple[str, str]] = (
            Counter()
        )  # (name, country) -> what a little known town says of its own country
        self.divisions: set[str] = set()
        self.near: Counter[int] = Counter()
        self.home: str | None = None  # the country that most of the towns lie in, once they are read

    def run(self) -> None:
        mentions = self.mentions = self._mentions()
        self._weigh(mentions)
        for mention in mentions:
            if mention.iso3 and self._is_division(mention):
                mention.iso3 = None
            if mention.iso3:
                mention.place = self._country_or_part(mention)
        rest = [m for m in mentions if m.place is None and m.iso3 is None]
        for mention in rest:
            mention.place = self._resolve(mention)
        self._learn(rest)
        for mention in rest:
            if mention.place is not None and mention.place.confidence <= 0.6:
                mention.place = self._resolve(mention)
        for mention in mentions:
            if mention.place is not None:
                self._add(mention)
        self._borders()
        for number, count in self.near.items():
            if count == len(self.places[number].spans) and self.places[number].where_prec == 1:
                self.places[number].where_prec = 2
        self.doc._.places = self.places
        self.doc._.place_at = dict(sorted(self.at.items()))

    def _mentions(self) -> list[_Mention]:
        found = []
        for name in self.doc._.names:
            if name.label not in PLACE_LABELS or self._is_institution(name):
                continue
            text = " ".join(self.doc[name.start : name.end].text.split())
            iso3 = self._country(name) if name.label != "FAC" else None
            found.append(_Mention(name, text, iso3, self._term(name)))
        return found

    def _country(self, name: Name) -> str | None:
        """The country that a name means; none where a part of a town is called after it."""
        end = name.end
        if end < self.view.n and self.view.lowers[end] in _NAMED_AFTER and name.label != "NORP":
            return None
        return country_of_name(self.view, name)

    def _is_institution(self, name: Name) -> bool:
        """ "The White House said": a site by whose name the tables know a government."""
        return name.reference_id in reference.rows() and reference.rows()[name.reference_id]["actor_type"] != "state"

    def _term(self, name: Name) -> str:
        """The kind of place told beside a name: "Herat province", "the village of Ogossagou", "Valle Department"."""
        view = self.view
        if name.end < view.n and view.lowers[name.end] in _TERMS | _TOWN_TERMS:
            return view.lowers[name.end]
        i = name.end
        while i + 1 < min(name.end + 9, view.n) and (view.lowers[i] in {"and", ","} or view.is_proper(i)):
            i += 1  # "in Usulutan and Morazan departments"
        if i > name.end and view.lowers[i] in {
            "provinces",
            "departments",
            "states",
            "regions",
            "districts",
            "governorates",
        }:
            return view.lowers[i]
        last = view.lowers[name.end - 1]
        if name.end - name.start > 1 and last in _TERMS | _TOWN_TERMS:
            return last
        k = name.start - 1
        if k >= 1 and view.lowers[k] == "of" and view.lowers[k - 1] in _TERMS | _TOWN_TERMS:
            return view.lowers[k - 1]
        if k >= 0 and view.lowers[k] in _TERMS | _TOWN_TERMS:
            return view.lowers[k]
        return ""

    # --- context -----------------------------------------------------------------------------------------------------

    def _weigh(self, mentions: list[_Mention]) -> None:
        """Weight 0-1 of each country that the document names, and the divisions it names."""
        counts: dict[str, float] = defaultdict(float)
        for name in self.doc._.names:
            if name.label in {"GPE", "NORP", "LOC"}:
                iso3 = self._country(name)
                if iso3 and not (name.label == "NORP" and is_of_mission(self.doc[name.start : name.end].root)):
                    weight = 1.0 if name.label == "GPE" else 0.7
                    counts[iso3] += weight * (0.5 if iso3 in POWERS else 1.0)
        for mention in mentions:
            if mention.iso3:
                continue
            found = candidates(bare(mention.text))
            # "The province of Soum" is no town of that name.
            meant = [c for c in found if c.kind == "admin"] if mention.term in _TERMS else found
            known = {c.country_iso3 for c in meant if c.rank == 0}
            capital = reference.capitals().get(plain(mention.text))
            if capital and len(known) > 1:
                counts[capital] += _ONLY_NAMESAKE * (0.5 if capital in POWERS else 1.0)
            elif len(known) == 1:
                home = next(iter(known))
                counts[home] += _ONLY_NAMESAKE
                if max(c.population for c in meant) < _KNOWN_TOWN and mention.term not in _TERMS:
                    self.alone[mention.text, home] += 1
            for c in found:
                if c.kind == "admin" and c.rank < 2 and mention.term in _TERMS:
                    self.divisions.add(plain(c.name))
        for actor in self.doc._.actors:
            if actor.actor_type in _LOCAL_ACTORS and actor.country_iso3 and not actor.is_generic:
                counts[actor.country_iso3] += 0.4 * len(actor.spans) * (0.5 if actor.country_iso3 in POWERS else 1.0)
        top = max(counts.values(), default=0.0)
        self.told = dict(counts)
        self.weights = {iso3: count / top for iso3, count in counts.items()}

    def _weights_for(self, mention: _Mention) -> dict[str, float]:
        """Weights without what a little known town says for its own country, where the text speaks of others."""
        for text, iso3 in self.alone:
            # Two villages of one far country may be namesakes both; three are hardly.
            fellows = [key for key in self.alone if key[1] == iso3]
            doubted = fellows if len(fellows) < _HARDLY_ALL else [(text, iso3)]
            left = self.told[iso3] - _ONLY_NAMESAKE * sum(self.alone[key] for key in doubted)
            if text == mention.text and left < _ONLY_NAMESAKE:
                others = any(c != iso3 and c not in POWERS and self._firm(c) for c in self.told)
                return {**self.weights, iso3: 0.0} if others else self.weights
        return self.weights

    def _firm(self, iso3: str) -> bool:
        """Whether more than little known towns speaks for a country."""
        towns = sum(number for (_, home), number in self.alone.items() if home == iso3)
        return self.told[iso3] - _ONLY_NAMESAKE * towns >= _FIRM

    def _learn(self, mentions: list[_Mention]) -> None:
        """Lets surely placed towns speak for their country when the doubtful ones are read again."""
        homes: Counter[str] = Counter()
        for mention in mentions:
            place = mention.place
            if place is not None and place.country_iso3 and place.confidence > 0.6 and place.kind in {"city", "admin"}:
                homes[place.country_iso3] += 1
        for iso3 in homes:
            self.weights[iso3] = max(self.weights.get(iso3, 0.0), 0.4)
        most = max(homes.items(), key=lambda item: (item[1], item[0]), default=None)
        if most is not None and 2 * most[1] > sum(homes.values()) and (most[1] > 1 or self._main_country() is None):
            self.home = most[0]

    def _is_division(self, mention: _Mention) -> bool:
        """Whether a country's name means a division of another country here ("Georgia towns" in a text on America)."""
        iso3 = mention.iso3 or ""
        homes = [c.country_iso3 for c in candidates(mention.text) if c.kind == "admin" and c.rank == 0]
        homes = [home for home in homes if home != iso3 and self.weights.get(home, 0.0) >= 0.2]
        if not homes:
            return False
        spoken = {fold_name(m) for m in self._spoken(iso3)}
        around = any(self.weights.get(other, 0.0) for other in neighbours().get(iso3, ()))
        return not around and spoken == {fold_name(mention.text)}

    def _spoken(self, iso3: str) -> list[str]:
        """All ways in which the document names a country."""
        return [
            self.doc[name.start : name.end].text
            for name in self.doc._.names
            if name.label in {"GPE", "NORP"} and country_of_name(self.view, name) == iso3
        ]

    def _main_country(self) -> str | None:
        """The country that the document is about; powers act everywhere, so being named alone makes them no scene."""
        ranked = sorted(self.weights.items(), key=lambda item: (-item[1], item[0]))
        ranked = [item for item in ranked if item[0] not in POWERS]
        if not ranked or (len(ranked) > 1 and ranked[1][1] > 0.5):
            return None
        return ranked[0][0]

    def _beside(self, mention: _Mention) -> tuple[set[str], set[str]]:
        """(countries, divisions) that the words around a name put it in: "X, Y", "X in Y province", same sentence."""
        countries: set[str] = set()
        divisions: set[str] = set()
        sentence = self.view.sents[mention.name.start]
        for other in self.mentions:
            place = other.place if other is not mention and self.view.sents[other.name.start] == sentence else None
            if place is not None and place.country_iso3 and place.confidence >= 0.6:
                countries.add(place.country_iso3)
        for name in self.doc._.names:
            if name is mention.name or self.view.sents[name.start] != sentence or name.label not in PLACE_LABELS | {"NORP"}:
                continue
            gap = name.start - mention.name.end
            text = self.doc[name.start : name.end].text
            iso3 = country_of_name(self.view, name)
            if iso3:
                if 0 <= gap <= 6 or name.label != "NORP":
                    countries.add(iso3)
            elif 0 <= gap <= 8:
                for c in candidates(bare(text)):
                    if c.kind == "admin" and c.rank < 2:
                        divisions.add(plain(c.name))
        return countries, divisions

    # --- resolution --------------------------------------------------------------------------------------------------

    def _country_or_part(self, mention: _Mention) -> Place:
        iso3 = mention.iso3 or ""
        direction = self._direction(mention.name.start)
        if direction:
            text = f"{direction} {mention.text}"
            known = self._listed(text)
            return known or part_of_country(iso3, direction)
        return country_place(iso3)

    def _direction(self, start: int) -> str:
        """ "northeastern" Jordan, "the north of" Mali, as an adjective; '' if none."""
        view = self.view
        k = start - 1
        if k >= 0 and view.lowers[k] in _DIRECTIONS and view.lowers[k] not in {"north", "south", "east", "west"}:
            return view.lowers[k].replace("-", "")
        if k >= 2 and view.lowers[k] in {"eastern", "western"} and view.lowers[k - 1] == "-":
            return f"{view.lowers[k - 2]}{view.lowers[k]}"
        if k >= 1 and view.lowers[k] == "the":
            k -= 1
        if k >= 2 and view.lowers[k] == "of" and view.lowers[k - 2] == "the":
            return view.lowers[k - 1] + "ern" if view.lowers[k - 1] in _SIDES - {"center", "centre"} else ""
        return ""

    def _listed(self, text: str) -> Place | None:
        """A region, water or site of the tables."""
        key = fold_name(text)
        if key in regions():
            return region_place(regions()[key])
        return site_place(_sites()[key]) if key in _sites() else None

    def _resolve(self, mention: _Mention) -> Place | None:
        text = mention.text
        if mention.term not in _TOWN_TERMS:
            listed = self._listed(text)
            if listed is not None:
                return listed
        if mention.name.label == "FAC" and (len(text.split()) > 1 or not candidates(text)):
            return self._facility(mention)
        town, preposition, _ = text.rpartition(" of ")
        if preposition and town.split()[-1].lower() in _NAMED_AFTER | _TERMS and not candidates(text):
            best, confidence = choose(bare(text[len(town) + len(preposition) :]), self.weights, frozenset(self.divisions))
            if best is not None and confidence >= 0.6:  # "the El Poblado neighbourhood of Medellin"
                return text_place(text, "city", best, None, 2)
        if mention.term in _QUARTERS or self._is_named_after_country(mention):
            part = self._part_of_town(mention)
            if part is not None:
                return part
        countries, divisions = self._beside(mention)
        weights = dict(self._weights_for(mention))
        for iso3 in countries:
            weights[iso3] = max(weights.get(iso3, 0.0), 0.9 if iso3 not in POWERS else 0.6)
        after = self._country_after(mention)
        if after:
            weights = {after: 1.0}
        if not after and mention.term not in _TERMS:
            capital = _capital(text, weights)
            if capital is not None:
                return candidate_place(capital, 0.9)
        best, confidence = self._choose(mention, weights, frozenset(self.divisions | divisions))
        if best is not None and best.kind == "city" and mention.term in _TERMS:
            division = division_of(best)
            if not _is_named_after(division, best):  # a district or municipality around the town
                return text_place(mention.text, "admin", best, None, 3)
            best = division
        if best is not None:
            return candidate_place(best, confidence)
        if mention.name.confidence < 0.6 and not candidates(bare(text)):
            return None
        return self._unknown(mention, weights, after, "region" if mention.name.label == "LOC" else "city")

    def _is_named_after_country(self, mention: _Mention) -> bool:
        return mention.iso3 is None and country_of_name(self.view, mention.name) is not None

    def _part_of_town(self, mention: _Mention) -> Place | None:
        """ "The suburb of X" lies in or by the town named with it, else by the one named last before."""
        town = self._town_around(mention)
        if town is None:
            return None
        best, confidence = choose(bare(mention.text), {town.country_iso3: 1.0})
        if best is not None and best.country_iso3 == town.country_iso3 and best.kind == "city" and _is_beside(best, town):
            return candidate_place(best, confidence)
        return text_place(mention.text, "city", town, None, 2)

    def _town_around(self, mention: _Mention) -> Candidate | None:
        sentence = self.view.sents[mention.name.start]
        near = [m for m in self.mentions if m.iso3 is None and m.text != mention.text and m.term not in _QUARTERS | _TERMS]
        inside = sorted(
            (m for m in near if self.view.sents[m.name.start] == sentence),
            key=lambda m: abs(m.name.start - mention.name.start),
        )
        before = [m for m in reversed(near) if m.name.start < mention.name.start and m not in inside]
        for other in [*inside, *before]:
            best, confidence = choose(bare(other.text), self.weights, frozenset(self.divisions))
            if best is not None and confidence >= 0.6 and best.kind == "city":
                return best
        return None

    def _choose(
        self, mention: _Mention, weights: dict[str, float], divisions: frozenset[str]
    ) -> tuple[Candidate | None, float]:
        text = bare(mention.text)
        best, confidence = choose(text, weights, divisions)
        if best is None:
            return None, 0.0
        found = candidates(text)
        same = [c for c in found if c.country_iso3 == best.country_iso3 and c.rank <= best.rank + 1]
        if mention.term in _TERMS:
            return next((c for c in same if c.kind == "admin"), best), confidence
        if best.feature != "territory":
            best = next((c for c in same if c.kind == "city" and c.population >= best.population * 0.1), best)
        return best, confidence

    def _country_after(self, mention: _Mention) -> str | None:
        """The country in "X, Iraq" and "X in northern Iraq"."""
        view, i = self.view, mention.name.end
        if i < view.n and view.lowers[i] in _TERMS | _TOWN_TERMS:
            i += 1
        if i >= view.n or view.lowers[i] not in {",", "in", "("}:
            return None
        i += 1
        at = {other.start: other for other in self.doc._.names if other.label in PLACE_LABELS}
        for _ in range(_CONTAINERS):
            while i < view.n and (view.lowers[i] in _DIRECTIONS or view.lowers[i] in {"the", "-", "in"}):
                i += 1
            other = at.get(i)
            if other is None:
                return None
            iso3 = self._country(other)
            if iso3 is not None:
                return iso3 if other.label == "GPE" else None
            i = other.end
            if i < view.n and view.lowers[i] in _TERMS | _TOWN_TERMS:
                i += 1
            if i >= view.n or view.lowers[i] not in {",", "in"}:
                return None
            i += 1  # "the hamlet of San Andres, San Miguel Department, in northern El Salvador"
        return None

    def _facility(self, mention: _Mention) -> Place:
        """A site no table lists: it lies in the town in its name, else in the town or country named with it."""
        tokens = mention.text.split()
        for size in range(len(tokens) - 1, 0, -1):
            part = " ".join(tokens[:size])
            if country_of_text(part):
                continue
            best, confidence = choose(part, self.weights, frozenset(self.divisions))
            if best is not None and confidence >= 0.6 and best.rank < 2:
                return text_place(mention.text, "facility", best, None, 1)
        return self._unknown(mention, self.weights, self._country_after(mention), "facility")

    def _unknown(self, mention: _Mention, weights: dict[str, float], after: str | None, kind: PlaceKind) -> Place:
        """A place the gazetteer lacks: with the coordinates of the nearest named container."""
        sentence = self.view.sents[mention.name.start]
        for other in self.doc._.names:
            if other is mention.name or other.label != "GPE" or self.view.sents[other.start] != sentence:
                continue
            gap = other.start - mention.name.end
            owned = other.end == mention.name.start - 1 and self.view.tags[other.end] == "POS"  # "Lima's X Avenue"
            if not (0 <= gap <= 8 or owned) or country_of_name(self.view, other):
                continue
            text = bare(self.doc[other.start : other.end].text)
            best, confidence = choose(text, weights, frozenset(self.divisions))
            if best is not None and confidence >= 0.6:
                if best.kind == "admin" or self._term(other) in _TERMS:
                    division = next((c for c in candidates(text) if c.kind == "admin"), best)
                    return text_place(mention.text, kind, division, None, 4)
                return text_place(mention.text, kind, best, None, 2)
        iso3 = after or self._nearest_country(mention) or self.home or self._main_country()
        namesakes = {c.country_iso3 for c in candidates(bare(mention.text)) if c.rank < 2}
        if namesakes and not after and iso3 not in namesakes:
            iso3 = None  # the gazetteer knows such a place, but not there
        return text_place(mention.text, kind, None, iso3, 6)

    def _nearest_country(self, mention: _Mention) -> str | None:
        """The country of the nearest country or surely placed town in the sentence."""
        sentence = self.view.sents[mention.name.start]
        best: tuple[int, str] | None = None
        for other in self.mentions:
            place = other.place
            if other is mention or place is None or place.country_iso3 is None or place.confidence < 0.6:
                continue
            if self.view.sents[other.name.start] != sentence or place.country_iso3 in POWERS:
                continue
            distance = abs(other.name.start - mention.name.start)
            if best is None or distance < best[0]:
                best = (distance, place.country_iso3)
        return best[1] if best else None

    # --- borders -----------------------------------------------------------------------------------------------------

    def _borders(self) -> None:
        """ "the Syrian-Iraqi border", "the border of Iraq and Syria", "the border between X and Y", "X's border with Y"."""
        view = self.view
        name_at = {
            i: name for name in self.doc._.names for i in range(name.start, name.end) if name.label in {"GPE", "NORP"}
        }
        for i in range(view.n):
            if view.lowers[i] not in {"border", "frontier"} or not view.tags[i].startswith("NN"):
                continue
            if i + 1 < view.n and view.tags[i + 1].startswith("NN"):
                continue  # "border guards"
            before = self._countries_before(i, name_at)
            after, end = self._countries_after(i, name_at)
            pair = list(dict.fromkeys([c for _, c in before] + [c for _, c in after]))
            start = before[0][0] if before else i
            if len(pair) == 1:
                other = self._other_side(pair[0])
                if other is None:
                    continue
                pair.append(other)
            if len(pair) != 2:
                continue
            place = border_place(pair[0], pair[1])
            if place is None:
                continue
            number = self._number(place)
            span = (start, end if after else i + 1)
            place = self.places[number]
            if span not in place.spans:
                place.spans.append(span)
            for k in range(*span):
                self.at.setdefault(k, number)
            self.at[i] = number
            self.doc._.names.append(Name(span[0], span[1], "LOC", 0.85, place=number))
        self.doc._.names.sort(key=lambda name: (name.start, -name.end))

    def _countries_before(self, i: int, name_at: dict[int, Name]) -> list[tuple[int, str]]:
        view, k = self.view, i - 1
        found: list[tuple[int, str]] = []
        while k >= max(0, i - 6):
            name = name_at.get(k)
            if name is not None:
                iso3 = country_of_name(view, name)
                if iso3 is None:
                    break
                found.insert(0, (name.start, iso3))
                k = name.start - 1
                continue
            if view.lowers[k] in {"-", "–", "and", "'s", "’s", "/"} or view.lowers[k] in _DIRECTIONS | {
                "common",
                "shared",
            }:
                k -= 1
                continue
            break
        return found

    def _countries_after(self, i: int, name_at: dict[int, Name]) -> tuple[list[tuple[int, str]], int]:
        view, k, end = self.view, i + 1, i + 1
        found: list[tuple[int, str]] = []
        if k >= view.n or view.lowers[k] not in {"of", "between", "with"}:
            return [], end
        k += 1
        while k < min(view.n, i + 9):
            name = name_at.get(k)
            if name is not None:
                iso3 = country_of_name(view, name)
                if iso3 is None:
                    break
                found.append((name.start, iso3))
                end = k = name.end
                continue
            if view.lowers[k] in {"the", "and", "northern", "southern", "eastern", "western"}:
                k += 1
                continue
            break
        return found, end

    def _other_side(self, iso3: str) -> str | None:
        """ "the Syrian border" in a document about Iraq: the one neighbour that the document is about."""
        others = [(w, c) for c, w in self.weights.items() if c in neighbours().get(iso3, ()) and c != iso3]
        others.sort(key=lambda item: (-item[0], item[1]))
        if not others or others[0][0] < 0.4 or (len(others) > 1 and others[1][0] > 0.6 * others[0][0]):
            return None
        return others[0][1]

    # --- bookkeeping -------------------------------------------------------------------------------------------------

    def _number(self, place: Place) -> int:
        number = self.by_id.get(place.place_id)
        if number is None:
            self.places.append(place)
            number = self.by_id[place.place_id] = len(self.places) - 1
        elif place.confidence > self.places[number].confidence:
            self.places[number].confidence = place.confidence
        return number

    def _add(self, mention: _Mention) -> None:
        if mention.place is None:
            raise ValueError("a mention without a place")
        number = self._number(mention.place)
        name = mention.name
        name.place = number
        start, end = name.start, name.end
        if mention.place.place_id.startswith("part:") and start and self.view.lowers[start - 1] in _DIRECTIONS:
            start -= 1
        if mention.term and end < self.view.n and self.view.lowers[end] == mention.term:
            end += 1
        self.places[number].spans.append((start, end))
        for i in range(start, end):
            self.at[i] = number
        k = name.start - 1
        while k >= 0 and self.view.lowers[k] in {"the", "town", "city", "village", "of"}:
            k -= 1
        if k >= 0 and (
            self.view.lowers[k] in _NEAR
            or (self.view.lowers[k + 1] == "of" and self.view.lowers[k] in _SIDES)
            or (
                self.view.lowers[k] == "from"
                and k
                and self.view.lowers[k - 1] in {"miles", "kilometers", "kilometres", "km"}
            )
        ):
            self.near[number] += 1


def _capital(text: str, weights: dict[str, float]) -> Candidate | None:
    """The capital of that name, unless the text supports another town of rank.

    A capital whose name stands for its state yields to towns of 100,000 in the countries that a text names, any other to
    towns of a twentieth of its size; an alternate name makes no town a rival.
    """
    found = candidates(text)
    listed = reference.capitals().get(plain(text))
    best = next((c for c in found if c.country_iso3 == listed and c.kind == "city"), None)
    best = best or next((c for c in found if c.feature == "capital" and c.rank == 0), None)
    if best is None or best.population <= 100_000:
        return None
    rank = 100_000 if best.country_iso3 == listed else best.population / 20
    rivals = any(
        c.rank == 0 and c.population >= rank and c.country_iso3 != best.country_iso3
        for c in found
        if weights.get(c.country_iso3, 0.0) >= 0.3
    )
    return best if weights.get(best.country_iso3, 0.0) >= 0.3 or not rivals else None


def bare(text: str) -> str:
    """A name without the word for its kind: "Herat province" -> "Herat", "Valle del Cauca Department"."""
    if candidates(text):
        return text  # "Northern Ireland"
    words = text.split()
    while len(words) > 1 and words[-1].lower() in _TERMS:
        words.pop()
    while len(words) > 1 and words[0].lower() in {"the"} | (
        _DIRECTIONS - {"north", "south", "east", "west", "upper", "lower"}
    ):
        words.pop(0)
    return " ".join(words)


def division_of(town: Candidate) -> Candidate:
    """The first-order division of a town by whose name it goes ("Kharkivska oblast"), else the town."""
    row = _admin1().get((town.country_iso3, town.admin1_code or ""))
    if row is None:
        return town
    return replace(
        town,
        geonames_id=None,
        name=row["name"],
        kind="admin",
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def _is_named_after(division: Candidate, town: Candidate) -> bool:
    """ "Kharkivska oblast", whose name and that of its town begin alike."""
    return plain(division.name)[:4] == plain(town.name)[:4]


def _is_beside(a: Candidate, b: Candidate) -> bool:
    return abs(a.latitude - b.latitude) < _BESIDE and abs(a.longitude - b.longitude) < _BESIDE


def country_of_text(text: str) -> bool:
    """Whether a text is a country's name or demonym."""
    return reference.split_country(f"{text} x")[0] is not None


def country_place(iso3: str) -> Place:
    """A country, precision 6."""
    row = reference.countries()[iso3]
    return Place(
        f"country:{iso3}",
        row["name"],
        "country",
        None,
        iso3,
        _number_or_none(row["latitude"]),
        _number_or_none(row["longitude"]),
        None,
        6,
        confidence=0.97,
    )


def part_of_country(iso3: str, direction: str) -> Place:
    """ "northeastern Jordan": precision 5, a rough point on that side of the centre."""
    row = reference.countries()[iso3]
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    for side, (north, east) in _OFFSETS.items():
        if side in direction:
            latitude, longitude = latitude + north, longitude + east
    return Place(
        f"part:{iso3}:{direction}", f"{direction} {row['name']}", "region", None, iso3, latitude, longitude, None, 5,
        confidence=0.85,
    )  # fmt: skip


def region_place(row: dict[str, str]) -> Place:
    """A row of ``regions.csv``."""
    countries = split(row["countries"])
    return Place(
        f"region:{plain(row['name']).replace(' ', '-')}",
        row["name"],
        "water" if row["kind"] == "water" else "region",
        None,
        countries[0] if len(countries) == 1 else None,
        _number_or_none(row["latitude"]),
        _number_or_none(row["longitude"]),
        None,
        int(row["where_prec"]),
        confidence=0.9,
    )


def site_place(row: dict[str, str]) -> Place:
    """A row of ``facilities.csv`` or a facility of ``vessels_bases.csv``."""
    return Place(
        f"facility:{plain(row['name']).replace(' ', '-')}",
        row["name"],
        "facility",
        None,
        row["country_iso3"] or None,
        _number_or_none(row["latitude"]),
        _number_or_none(row["longitude"]),
        None,
        int(row.get("where_prec") or 1),
        confidence=0.9,
    )


def border_place(a: str, b: str) -> Place | None:
    """The border of two countries, None where they have none."""
    a, b = sorted((a, b))
    row = _borders().get((a, b))
    if row is not None:
        name, latitude, longitude = row["name"], _number_or_none(row["latitude"]), _number_or_none(row["longitude"])
        precision = int(row["where_prec"])
    elif b in neighbours().get(a, ()):
        first, second = reference.countries()[a], reference.countries()[b]
        name, precision = f"{first['name']}-{second['name']} border", 5
        latitude = (float(first["latitude"]) + float(second["latitude"])) / 2
        longitude = (float(first["longitude"]) + float(second["longitude"])) / 2
    else:
        return None
    return Place(f"border:{a}-{b}", name, "border", None, None, latitude, longitude, None, precision, confidence=0.9)


def candidate_place(c: Candidate, confidence: float) -> Place:
    """A town (precision 1) or first-order division (precision 4) of the gazetteer."""
    if c.kind == "admin":
        return Place(
            f"admin1:{c.country_iso3}.{c.admin1_code}", c.name, "admin", c.name, c.country_iso3, c.latitude, c.longitude,
            c.geonames_id, 4, confidence=confidence,
        )  # fmt: skip
    place_id = f"geonames:{c.geonames_id}" if c.geonames_id else f"place:{fold_name(c.name)}|{c.country_iso3}"
    return Place(
        place_id, c.name, "city", c.admin1, c.country_iso3, c.latitude, c.longitude, c.geonames_id, 1,
        confidence=confidence,
    )  # fmt: skip


def text_place(text: str, kind: PlaceKind, container: Candidate | None, iso3: str | None, precision: int) -> Place:
    """A place known by its text alone, at the coordinates of what it lies in."""
    country = container.country_iso3 if container else iso3
    latitude: float | None = None
    longitude: float | None = None
    admin1: str | None = None
    if container is not None:
        latitude, longitude, admin1 = container.latitude, container.longitude, container.admin1
    elif country in reference.countries():
        row = reference.countries()[country]
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return Place(
        f"text:{fold_name(text)}|{country or ''}", text, kind, admin1, country, latitude, longitude, None, precision,
        confidence=0.6 if container else 0.45,
    )  # fmt: skip


def _number_or_none(cell: str) -> float | None:
    return float(cell) if cell else None
