"""Who did what to whom, with what: arguments of events from grammar, in every voice and construction.

Belongs here: the component, and what one event's clause gives. Does not belong: what verbs, nouns and the words beside them
give (``verb_roles.py``, ``noun_roles.py``, ``role_frames.py``), places and times (``attachment.py``), how a filler is cut out
(``fillers.py``), the kind of event (``kinds.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import counts, identity, kinds, responsibility, surroundings, syntax
from dagster_project.reading.attachment import attach
from dagster_project.reading.extensions import register
from dagster_project.reading.links import link
from dagster_project.reading.noun_roles import from_noun
from dagster_project.reading.participants import Collector, identified
from dagster_project.reading.places_meant import add_places_meant
from dagster_project.reading.role_frames import clause_on, light_verb, told_responsible
from dagster_project.reading.rolls import name_victims
from dagster_project.reading.types import Event
from dagster_project.reading.verb_roles import MUTUAL, from_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc


@Language.factory("conflict_roles", requires=["doc._.events"], assigns=["doc._.events"])
class Roles:
    """Fills ``event.arguments``, ``event.time``, counts, and decides ``event.event_type``."""

    def __init__(self, nlp: Language, name: str) -> None:
        register()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        triggers = {event.trigger: number for number, event in enumerate(doc._.events)}
        for event in doc._.events:
            collect(event, doc, triggers)
        name_victims(doc, triggers)
        responsibility.attribute(doc, triggers)
        identity.identify(doc)
        link(doc, triggers)
        attach(doc)
        add_places_meant(doc)
        for event in doc._.events:
            event.event_type = kinds.decide(event, doc)
            counts.count(event, doc)
        return doc


def collect(event: Event, doc: Doc, triggers: dict[int, int]) -> None:
    """Fill the arguments of one event from its own clause; "the operation", "the crime" only have an owner."""
    if event.is_generic_noun:
        found = Collector(event, doc, triggers)
        noun = doc[event.trigger]
        for owner in syntax.possessors(noun):
            found.doer(owner)
        for preposition, token in syntax.prepositional(noun):
            if preposition == "by":
                found.doer(token)
        for child in noun.children:  # "the crime perpetrated on Friday by armed men"
            if child.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and child.pos_ in {"VERB", "AUX"}:
                clause_on(found, child)
        verb = surroundings.governing_verb(noun)
        if verb is not None and verb.i not in triggers:
            light_verb(found, noun, verb)
        told_responsible(found, noun)
        return
    head = doc[event.trigger]
    found = Collector(event, doc, triggers)
    if event.extractor.startswith("verb:"):
        from_verb(found, head)
    elif not syntax.is_judgement(head):
        from_noun(found, head)
    if event.is_effect:  # "the injured were A, B and C"
        for name in identified(head):
            found.add("victim", doc[name.start : name.end].root, 0.8)
    if found.lemma in MUTUAL:
        for side in [a for a in event.arguments if a.role == "initiator"]:
            found.add("target", doc[side.head], side.confidence - 0.1)
    told_responsible(found, head)
    _own_claims(event, doc)


def _own_claims(event: Event, doc: Doc) -> None:
    """Who says of himself that he did it claims it; who is quoted blaming another is on record for it."""
    for speech in doc._.speech:
        if not speech.start <= event.trigger < speech.end or speech.speaker is None:
            continue
        for filler in event.arguments:
            if filler.role != "initiator" or filler.actor is None:
                continue
            if filler.actor == speech.speaker and filler.attribution == "asserted":
                filler.attribution = "denied" if speech.denies else "claimed"
                filler.attributed_by = speech.speaker
            elif filler.attribution in {"blamed", "suspected"} and filler.attributed_by is None:
                filler.attributed_by = speech.speaker
