"""The place of an act that its sentence tells without naming it: "in the same suburb", "there", "residents of X said".

Belongs here: places that a noun, an adverb or those who tell of the act point to. Does not belong: names that hang on the
act itself (``attachment.py``), places guessed from the whole document (``scenes.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import syntax
from dagster_project.reading.attachment import add_place
from dagster_project.reading.inflection import singular
from dagster_project.reading.surroundings import AIMED, LOCATIVE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dagster_project.reading.types import Event

# Surer than a guess from the whole text, not sure enough to tell incidents of one text apart or make one of a word.
_MEANT = 0.45
# A noun for a place, and what kind of place it can mean.
_SETTLEMENTS = {
    "town", "city", "village", "suburb", "neighbourhood", "neighborhood", "quarter", "settlement", "hamlet", "township",
}  # fmt: skip
_DIVISIONS = {"district", "province", "region", "governorate", "department", "county"}
_KINDS = {word: {"city"} for word in _SETTLEMENTS} | {word: {"admin", "region"} for word in _DIVISIONS}
_BACK = {"the", "this", "that", "same"}
# How many sentences back a place may lie that is meant by a bare noun, by "the same", by "there".
_NEAR, _FAR = 2, 8
_LOCALS = {"resident", "villager", "inhabitant", "local", "townspeople", "townsfolk"}


def add_places_meant(doc: Doc) -> None:
    """Give places to events that have none, in place."""
    if not doc._.places:
        return
    sentence = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    spans = sorted((start, end, number) for number, place in enumerate(doc._.places) for start, end in place.spans)
    placed = {n for n, event in enumerate(doc._.events) if any(a.role == "place" for a in event.arguments)}
    placed |= {event.same_as for n, event in enumerate(doc._.events) if n in placed and event.same_as is not None}
    for order, event in enumerate(doc._.events):
        if order in placed or event.same_as in placed:
            continue
        found = (
            _by_noun(doc, event, spans, sentence)
            or _by_adverb(doc, event, spans, sentence)
            or _by_tellers(doc, event, spans)
        )
        if found is not None:
            start, end, number = found
            add_place(doc, event, number, start, end, doc[start:end].root.i, _MEANT)


_Named = tuple[int, int, int]  # start, end, number of the place


def _by_noun(doc: Doc, event: Event, spans: list[_Named], sentence: dict[int, int]) -> _Named | None:
    """ "Shells hit a match in the same suburb", "raided the village": the last place of that kind named before."""
    head = doc[event.trigger]
    aimed = [doc[a.head] for a in event.arguments if a.role == "target"]
    around = [t for p, t in syntax.prepositional(head) if p in LOCATIVE | AIMED]
    around += [t for thing in aimed for p, t in syntax.prepositional(thing) if p in LOCATIVE]
    for noun in [*around, *aimed]:
        kinds = _KINDS.get(singular(noun.lower_))
        opening = {t.lower_ for t in noun.lefts}
        if kinds is None or noun.tag_ == "NNS" or not opening & _BACK:
            continue
        if any(noun.left_edge.i <= start <= noun.right_edge.i for start, _, _ in spans):
            continue  # "the town of X", "the X suburb"
        reach = _FAR if "same" in opening else _NEAR
        return _last_before(doc, noun, spans, sentence, kinds, reach)
    return None


def _by_adverb(doc: Doc, event: Event, spans: list[_Named], sentence: dict[int, int]) -> _Named | None:
    """ "Their vehicle came under fire there"."""
    there = next((t for t in doc[event.trigger].children if t.lower_ == "there" and t.dep_ == "advmod"), None)
    return None if there is None else _last_before(doc, there, spans, sentence, {"city", "facility", "admin"}, 1)


def _last_before(
    doc: Doc, word: Token, spans: list[_Named], sentence: dict[int, int], kinds: set[str], reach: int
) -> _Named | None:
    """The last place of some kind named before a word and at most so many sentences back."""
    for start, end, number in reversed(spans):
        if end <= word.i and sentence[word.i] - sentence[start] > reach:
            return None
        if end <= word.i and doc._.places[number].kind in kinds:
            return start, end, number
    return None


def _by_tellers(doc: Doc, event: Event, spans: list[_Named]) -> _Named | None:
    """ "Residents of X said an air strike had killed herders": those who live in a place tell of what was done there."""
    above = {t.i for t in doc[event.trigger].ancestors}
    for start, end, number in spans:
        name = doc[start:end].root
        people = syntax.governor(name)
        if name.sent != doc[event.trigger].sent or singular(people.lower_) not in _LOCALS:
            continue
        if syntax.preposition_of(name) in {"of", "in", "from"} and syntax.is_subject(people) and people.head.i in above:
            return start, end, number
    return None
