"""The place of incidents that name none: inferred from the country their sentences, then their document, speak of.

"The murder of the archbishop" in a text of Salvadoran ministers and Salvadoran courts happened in El Salvador. Such a place
is a guess at low confidence, in the words of a name of the text; where only a demonym or an army names the country, it
is the country itself, precision 6.

Belongs here: inference of a place from the whole document. Does not belong: places that the grammar ties to an event
(``attachment.py``), what a place name means (``places.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import nouns, syntax, titles
from dagster_project.reading.attachment import is_elsewhere, is_of_mission
from dagster_project.reading.geocode import POWERS
from dagster_project.reading.places import country_place, regions
from dagster_project.reading.transliteration import fold_name
from dagster_project.reading.types import Argument
from dagster_project.reference import split, table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dagster_project.reading.types import Place, Report

_GUESSED_PLACE = 0.3
_SURE = 0.5  # confidence of a place from which it speaks for its country
# What a name says of the scene: a country or town where things are, a demonym or an army whose they are.
_OF_PLACE, _OF_PEOPLE = 1.0, 0.7
_OF_PERSONS = 0.3  # where people are from, or go, is told because it is not where they are
_ENOUGH = _OF_PERSONS  # what a document must say of a country to be set there
_OF_POWER = 0.25  # powers are named as actors everywhere
_FEW = 3  # a sentence that lists more countries tells of none of them as the scene
_ACTORS = frozenset({"armed_group", "military", "government"})


def default_places(doc: Doc, reports: list[Report]) -> None:
    """Give a place to each report that has none in a country, in place."""
    named = _named_countries(doc)
    if not named:
        return
    main = _most(said for span, said in named.items() if not _is_of_some(doc, span))
    spans = sorted((start, end, number) for number, place in enumerate(doc._.places) for start, end in place.spans)
    told = sorted(
        (a.start, a.end, a.place) for r in reports for a in r.arguments if a.role == "place" and a.place is not None
    )
    for report in reports:
        places = [doc._.places[a.place] for a in report.arguments if a.role == "place" and a.place is not None]
        if any(place.country_iso3 for place in places):
            continue
        if places and all(place.kind in {"border", "water"} for place in places):
            continue
        country = _country_around(doc, report, named) or main
        wide = [place for place in places if place.kind == "region"]
        if country is None or (wide and not any(country in _countries_of(place) for place in wide)):
            continue
        before = [s for s in told if s[0] < report.end and doc._.places[s[2]].country_iso3 == country]
        inside = [s for s in spans if doc._.places[s[2]].country_iso3 == country and doc._.places[s[2]].confidence >= _SURE]
        if places or not inside:
            report.arguments.append(_country(doc, report, country, named))
            continue
        start, end, number = (before[-1:] or inside[:1])[0]
        report.arguments.append(_argument(doc, start, end, number))


def _named_countries(doc: Doc) -> dict[tuple[int, int], tuple[str, float]]:
    """Span of each name that speaks of a country -> (iso3, what it says of the scene)."""
    named: dict[tuple[int, int], tuple[str, float]] = {}
    for name in doc._.names:
        span = (name.start, name.end)
        place = doc._.places[name.place] if name.place is not None else None
        actor = doc._.actors[name.actor] if name.actor is not None else None
        is_country = place is not None and place.kind == "country"
        if (is_country or name.label == "NORP") and is_of_mission(doc[name.start : name.end].root):
            continue  # "the embassy of China", "the Salvadoran embassy" lie in another country
        if is_country and _is_posting(doc[name.start : name.end].root):
            continue
        if place is not None and place.country_iso3 and place.confidence >= _SURE:
            named[span] = (place.country_iso3, _OF_PERSONS if is_elsewhere(doc, name.start) else _OF_PLACE)
        elif actor is not None and actor.country_iso3 and (name.label == "NORP" or actor.actor_type in _ACTORS):
            told = name.label == "NORP" and _is_of_persons(doc[name.start : name.end].root)
            named[span] = (actor.country_iso3, _OF_PERSONS if told else _OF_PEOPLE)
    return {
        span: (iso3, weight * (_OF_POWER if iso3 in POWERS else 1.0))
        for span, (iso3, weight) in named.items()
        if iso3 in _countries()
    }


def _is_of_persons(demonym: Token) -> bool:
    """ "Spaniards", "five Spanish priests", not "Spanish troops" or "the Spanish government"."""
    noun = demonym.head if syntax.is_subject_modifier(demonym) else demonym
    found = nouns.classes(noun)
    if titles.kind_of(noun.lower_) == "office":
        return False  # "the Ecuadorian minister" speaks for his country
    return noun.tag_ == "NNPS" or ("human" in found and not found & {"armed", "group", "state"})


def _is_of_some(doc: Doc, span: tuple[int, int]) -> bool:
    """ "Six aid workers, five of them Italians", "two Swedish nurses": people told apart by where they are from."""
    demonym = doc[span[0] : span[1]].root
    noun = demonym.head if syntax.is_subject_modifier(demonym) else demonym
    counted = any(t.pos_ == "NUM" for t in noun.lefts) or syntax.preposition_of(noun) == "of"
    return _is_of_persons(demonym) and (counted or noun.tag_ in {"NNS", "NNPS"}) and demonym.ent_type_ == "NORP"


def _countries_of(region: Place) -> list[str]:
    """Countries of a region of ``regions.csv``: "Central America", "the Sahel"."""
    row = regions().get(fold_name(region.name.removeprefix("the ")))
    return split(row["countries"]) if row else []


def _is_posting(country: Token) -> bool:
    """ "The ambassador to Spain"."""
    return syntax.preposition_of(country) == "to" and "human" in nouns.classes(syntax.governor(country))


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["iso3"] for row in table("countries"))


def _most(named: Iterable[tuple[str, float]]) -> str | None:
    weights: dict[str, float] = {}
    for iso3, weight in named:
        weights[iso3] = weights.get(iso3, 0.0) + weight
    best = max(sorted(weights), key=lambda iso3: weights[iso3], default=None)
    return best if best is not None and weights[best] >= _ENOUGH else None


def _country_around(doc: Doc, report: Report, named: dict[tuple[int, int], tuple[str, float]]) -> str | None:
    """The country, powers aside, that is named nearest to a trigger of a report in its sentence.

    Where people come from says nothing of where it was done ("a group of Colombians kidnapped", "the murder of the
    Spanish priests"), rather the reverse; whose army or guerrillas they are does.
    """
    best: tuple[int, int, str] | None = None
    for number in report.events:
        event = doc._.events[number]
        sentence = doc[event.trigger].sent
        people = [
            (a.start, a.end)
            for a in event.arguments
            if a.role == "initiator" or (a.role == "victim" and not nouns.classes(doc[a.head]) & {"armed"})
        ]
        if len({iso3 for (start, _), (iso3, _) in named.items() if sentence.start <= start < sentence.end}) > _FEW:
            continue
        for (start, end), (iso3, weight) in named.items():
            if not sentence.start <= start < sentence.end or iso3 in POWERS or weight <= _OF_PERSONS:
                continue
            if _acts(doc[start:end].root):
                continue
            if any(first <= start < last for first, last in people) and doc[start].ent_type_ == "NORP" and end - start == 1:
                continue
            found = (abs(start - event.trigger), start, iso3)
            best = found if best is None else min(best, found)
    return best[2] if best else None


def _acts(country: Token) -> bool:
    """A state that does something or that something is done to: "he wants Spain to make up the commission"."""
    first = syntax.first_conjunct(country)
    return country.ent_type_ == "GPE" and first.dep_ in syntax.SUBJECTS | syntax.OBJECTS | syntax.PASSIVE_SUBJECTS | {
        "iobj",
        "dative",
    }


def _country(doc: Doc, report: Report, iso3: str, named: dict[tuple[int, int], tuple[str, float]]) -> Argument:
    """The country in the words of its last name before the end of the report, else of its first name."""
    spans = sorted(span for span, (country, _) in named.items() if country == iso3)
    start, end = max((span for span in spans if span[0] < report.end), default=spans[0])
    wanted = country_place(iso3)
    number = next((n for n, p in enumerate(doc._.places) if p.place_id == wanted.place_id), None)
    if number is None:
        wanted.confidence = _GUESSED_PLACE
        doc._.places.append(wanted)
        number = len(doc._.places) - 1
    return _argument(doc, start, end, number)


def _argument(doc: Doc, start: int, end: int, place: int) -> Argument:
    return Argument("place", start, end, doc[start:end].root.i, "place", place=place, confidence=_GUESSED_PLACE)
