"""Arguments that words beside an act give: light verbs ("carried out"), clauses on a noun, and who is said to have done it.

The slots of each word are in ``seeds/reference/event_frames.csv``. Does not belong: responsibility told in another clause
(``responsibility.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, surroundings, syntax
from dagster_project.reading.participants import Collector
from dagster_project.reading.responsibility import THRESHOLDS
from dagster_project.reading.vocabulary import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

# What is laid on whoever is held to have done it, and how.
LAID = {"responsibility", "blame", "guilt"}
_LAYING = {
    "laid",
    "lay",
    "lays",
    "laying",
    "pin",
    "pinned",
    "place",
    "placed",
    "places",
    "placing",
    "put",
    "puts",
    "putting",
}
# "The residence was the target of an attack."
_AIMS = {"target", "targets", "objective", "objectives"}
_SITES = {"at", "in", "outside"}


def clause_on(found: Collector, verb: Token) -> None:
    """A participle or relative clause on a nominal trigger: "carried out by", "targeting", "that hit"."""
    if _lays_before(verb):
        return  # "an attack that prosecutors lay at the door of the gangs": they did not lay it as one lays an ambush
    if verb.lower_ in frames("verb") or verb.lower_ in {"blamed", "claimed"}:
        passive = syntax.is_passive(verb)
        for frame in frames("verb").get(verb.lower_, ()):
            if frame.event_slot == "object" and passive:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)
            elif frame.event_slot == "object" and not passive and frame.filler_slot in {"on", "to"}:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)  # "an attack that police blamed on X"
            elif frame.event_slot == "object" and not passive and frame.filler_slot == "subject":
                for token in syntax.subjects(verb):
                    if not syntax.is_relative_pronoun(token):
                        _add(found, frame.role, token, frame.attribution, None)
    elif verb.lower_ in {"targeting", "hitting", "striking", "involving", "aimed", "directed"}:
        for token in [*syntax.objects(verb), *(t for p, t in syntax.prepositional(verb) if p in {"at", "against"})]:
            if surroundings.is_weapon(token):
                found.add("weapon", token)
            else:
                found.patient(token)


def light_verb(found: Collector, noun: Token, verb: Token) -> None:
    """The verb a nominal trigger depends on: "launched", "suffered", "blamed on", "claimed"."""
    if _lays_before(verb):
        return  # "laid the crime at the door of the party": whose door it is, responsibility.py tells
    slot = _slot_of(noun, verb)
    charges = (f for f in frames("verb").get(syntax.clause_root(verb.head).lower_, ()) if f.filler_slot == "object")
    charge = next((f for f in charges if f.attribution in {"blamed", "suspected"}), None)
    is_charge = charge is not None and verb.tag_ == "VBG"  # "accused the army of perpetrating the attack"
    for frame in frames("verb").get(verb.lower_, ()):
        if frame.event_slot == slot:
            blamed = is_charge and frame.attribution == "asserted" and charge is not None
            _fill(found, verb, frame.filler_slot, frame.role, charge.attribution if blamed and charge else frame.attribution)
    if slot == "object" and verb.lower_ in frames("verb"):
        blamed_by = {f.filler_slot for f in frames("verb")[verb.lower_] if f.role == "initiator"}
        for preposition, token in syntax.prepositional(verb):
            kinds_of = nouns.classes(token)
            if preposition in blamed_by:
                continue  # "was blamed on the rebels"
            if (
                preposition in {"against", "on", "at"}
                and kinds_of & {"physical", "named_person", "human"}
                and token.ent_type_ not in {"DATE", "TIME"}
            ):
                if preposition == "against" or kinds_of & {"facility", "vehicle", "human", "ship"}:
                    found.patient(token, 0.8)
            elif preposition in {"with", "using"} and kinds_of & {"weapon"}:
                found.add("weapon", token, 0.8)


def _lays_before(verb: Token) -> bool:
    """ "Laid it at the door of X"."""
    return any(p == "at" and t.lower_ in THRESHOLDS for p, t in syntax.prepositional(verb))


def _slot_of(noun: Token, verb: Token) -> str:
    """How a nominal hangs on a verb: "subject", "object", or its preposition."""
    token = syntax.first_conjunct(noun)
    for _ in range(4):
        upper = syntax.governor(token)
        if upper in (verb, token):
            break
        token = syntax.first_conjunct(upper)
    if token.dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS:
        return "object"
    if token.dep_ in syntax.SUBJECTS:
        return "subject"
    return syntax.preposition_of(token)


def _fill(found: Collector, verb: Token, slot: str, role: str, attribution: str) -> None:
    if slot == "subject":
        tokens = deep.logical_subjects(verb)
        if not tokens and syntax.is_passive(verb):
            guess = deep.by_phrase(verb)
            tokens = [guess] if guess is not None else []
        elif not tokens and role == "claimant":  # "In a message, the Front claimed the deed", its name hung on the message
            guess = deep.nearest_phrase(verb.sent.start, verb.i, found.doc, backwards=True)
            tokens = [guess] if guess is not None and "armed" in nouns.classes(guess) else []
    elif slot == "object":
        tokens = deep.logical_objects(verb)
    else:
        tokens = [t for p, t in syntax.prepositional(verb) if p == slot]
        if not tokens and slot in {"to", "on"}:  # "attributed the murder to X": the phrase may hang on the act
            tokens = [t for p, t in syntax.prepositional(found.doc[found.event.trigger]) if p == slot and t.i > verb.i]
        if not tokens and attribution == "blamed":  # "pointed the finger at X for the massacre"
            tokens = [t for thing in syntax.objects(verb) for p, t in syntax.prepositional(thing) if p == slot]
        if not tokens and slot == "to" and attribution in {"blamed", "suspected"}:
            tokens = _blamed_further_on(found, verb)
    blamer = deep.logical_subjects(verb) if attribution in {"blamed", "suspected"} else []
    by = found.doc._.actor_at.get(blamer[0].i) if blamer else None
    if role == "target" and slot in _SITES:  # "the explosion took place at a bank branch": what stood there, not the town
        tokens = [
            t for t in tokens if nouns.classes(t) & {"facility", "vehicle", "ship"} and t.i not in found.doc._.place_at
        ]
    for token in tokens:
        _add(found, role, token, attribution, by)


def _apposed_to(noun: Token) -> Token:
    """ "Benavides, primary person implicated in the murder": the name that a description follows."""
    is_description = noun.dep_ in syntax.APPOSITION and noun.tag_ == "NN" and noun.head.ent_type_ == "PERSON"
    return noun.head if is_description else noun


def _blamed_further_on(found: Collector, verb: Token) -> list[Token]:
    """ "attributed the murder of the leader to the rebels", where the tree hangs "to" on the leader."""
    doc = found.doc
    if found.event.trigger < verb.i:
        return []
    for token in doc[found.event.trigger + 1 : verb.sent.end]:
        if token.pos_ == "VERB" or token.text in {";", ":"}:
            return []
        if token.lower_ == "to":
            blamed = next((t for t in token.children if t.dep_ == "pobj"), token.head)
            is_behind = blamed.i > token.i and blamed.pos_ in {"NOUN", "PROPN"}
            return [blamed] if is_behind and nouns.own_classes(blamed) & {"human", "violent"} else []
    return []


def _add(found: Collector, role: str, token: Token, attribution: str, by: int | None) -> None:
    if role == "target":
        found.patient(token, 0.8)
        return
    if role == "initiator" and (attribution == "asserted" or nouns.own_classes(token) & {"weapon", "aircraft"}):
        found.doer(token, attribution=attribution)  # type: ignore[arg-type]
        return
    filler = found.add("initiator", _apposed_to(token), 0.75, attribution)  # type: ignore[arg-type]
    if filler is not None:
        filler.attributed_by = by if by is not None else filler.attributed_by
    if role == "claimant":
        claimant = found.add("claimant", token, 0.85, "claimed")
        if filler is not None and claimant is not None:
            filler.attributed_by = claimant.actor


def told_responsible(found: Collector, head: Token) -> None:
    """ "claimed responsibility for the attack", "X was responsible for", "accused of attacking"."""
    preposition = syntax.preposition_of(syntax.first_conjunct(head))
    upper = syntax.governor(syntax.first_conjunct(head))
    if upper.lower_ in {"responsibility", "credit", "blame", "involvement", "role", "part", "guilt"} and preposition in {
        "for",
        "in",
    }:
        verb = syntax.clause_root(upper)
        for frame in frames("verb").get(verb.lower_, ()):
            if frame.event_slot == preposition and frame.role in {"claimant", "initiator"}:
                _fill(found, verb, frame.filler_slot, frame.role, frame.attribution)
        if upper.lower_ in LAID and verb.lower_ in _LAYING:
            near = [pair for word in (verb, upper, head) for pair in syntax.prepositional(word)]
            for token in (t for p, t in near if p in {"on", "upon"}):
                _add(found, "initiator", token, "blamed", None)
    elif (
        preposition in {"for", "of", "in"}
        and upper.pos_ in {"NOUN", "PROPN", "PRON"}
        and syntax.first_conjunct(upper).dep_ in syntax.OBJECTS | syntax.PASSIVE_SUBJECTS
    ):  # "blamed the army for the murder": the phrase may hang on the blamed
        for frame in frames("verb").get(syntax.clause_root(upper).lower_, ()):
            if frame.event_slot == preposition and frame.filler_slot == "object" and frame.attribution != "asserted":
                _fill(found, syntax.clause_root(upper), "object", frame.role, frame.attribution)
    elif upper.pos_ == "ADJ" and upper.lower_ in frames("adjective") and not _is_denied(upper):
        for frame in frames("adjective")[upper.lower_]:
            holder = upper.head if upper.dep_ in {"xcomp", "acomp", "amod", "oprd"} else upper
            tokens = syntax.subjects(upper) or syntax.objects(holder) or syntax.subjects(holder)
            if upper.dep_ == "amod":
                tokens = [upper.head]
            for token in tokens:
                held = holder.lower_ in {"hold", "held", "holds", "holding"}
                _add(found, frame.role, token, "blamed" if held else frame.attribution, None)
    elif preposition == "behind" and upper.pos_ in {"AUX", "VERB", "NOUN", "PROPN", "PRON"}:
        is_predicate = any(t.dep_ == "cop" for t in head.children)  # "said that criminals were behind the attack"
        for token in syntax.subjects(head if is_predicate else upper):
            _add(found, "initiator", token, "asserted", None)
    if upper.lower_ in _AIMS and preposition == "of":
        for token in syntax.subjects(upper):
            found.patient(token, 0.8)
    if upper.lower_ in {"involvement", "complicity", "participation", "role"} and preposition == "in":
        for owner in syntax.possessors(upper):  # "arrested because of their suspected involvement in the murder"
            number = found.doc._.actor_at.get(owner.i)
            if number is None or found.doc._.actors[number].actor_type not in {"state", "government"}:
                _add(found, "initiator", owner, "suspected", None)  # a state that is involved may only have backed it
    if found.event.extractor.startswith("verb:") and head.tag_ == "VBG":
        verb = head.head
        if verb.lower_ in frames("verb") and head.dep_ in {"advcl", "ccomp", "xcomp"}:
            for frame in frames("verb")[verb.lower_]:
                if frame.event_slot in {"of", "with"} and frame.attribution in {"blamed", "suspected"}:
                    for filler in found.event.arguments:
                        if filler.role == "initiator":
                            filler.attribution = frame.attribution  # type: ignore[assignment]


def _is_denied(adjective: Token) -> bool:
    """ "He is not responsible for the kidnapping", "they were never involved"."""
    verb = adjective.head if adjective.dep_ in {"acomp", "xcomp", "oprd"} else adjective
    return any(t.dep_ == "neg" or t.lower_ in {"not", "n't", "never"} for w in {adjective, verb} for t in w.children)
