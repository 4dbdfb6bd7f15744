"""What kind of thing a noun phrase speaks of: people, armed people, a facility, a weapon ...

Belongs here: classes of heads of noun phrases, from vocabulary, names, actors and places. Does not belong: what role
the phrase plays in an event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import syntax
from dagster_project.reading.vocabulary import noun_classes, weapon_hints

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dagster_project.reading.types import FillerType

HUMAN = {"person", "armed", "group"}
THINGS = {"facility", "vehicle", "ship", "aircraft", "place", "object"}
_ACTOR_CLASSES = {
    "state": {"state", "group", "violent"},
    "government": {"group", "violent"},
    "military": {"armed", "group", "violent"},
    "armed_group": {"armed", "group", "violent"},
    "igo": {"group"},
    "media": {"group"},
    "person": {"person", "named_person"},
    "civilians": {"person"},
    "company": {"group", "company"},
    "other": {"group"},
}
_LABEL_CLASSES = {
    "PERSON": {"person", "named_person"},
    "NORP": {"group", "violent"},
    "ORG": {"group"},
    "ARMED_GROUP": {"armed", "group", "violent"},
    "GPE": {"place", "state"},
    "LOC": {"place"},
    "FAC": {"facility"},
    "WEAPON": {"weapon"},
    "VEHICLE": {"vehicle"},
}
# Nouns that stand for what follows "of": the class is that of their complement.
TRANSPARENT = {
    "member", "group", "number", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "score", "scores", "pair",
    "couple", "series", "wave", "waves", "band", "gang", "majority", "rest", "round", "rounds", "string", "spate",
    "members", "groups", "numbers", "handful", "lot", "lots", "slew", "flurry", "campaign", "set", "all", "most", "some",
    "many", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "kilos", "kg", "kilograms",
    "tons", "tonnes", "sticks", "stick", "pounds", "bodies", "body", "deaths", "death", "lives", "life",
    "remnants", "elements", "detachment", "detachments", "unit", "units", "faction", "factions", "contingent", "column", "columns",
}  # fmt: skip


# Endings of unlisted words for people.
_OF_PEOPLE = ("ers", "ors", "ists", "ees", "ians", "men", "women")
_BOMBERS = {"suicide", "female", "woman", "car", "homicide", "lone", "would-be", "teenage"}
_QUANTITIES = {"dozens", "scores", "hundreds", "thousands", "several", "many", "some", "dozen"}


def is_pronoun(token: Token) -> bool:
    return (token.pos_ == "PRON" and token.tag_ not in {"NN", "NNS", "NNP"}) or token.tag_ in {"PRP", "WP", "WDT"}


def label_at(token: Token) -> str:
    """Entity label of the model or gazetteer at a token, or ''."""
    return token.ent_type_


def lexical_classes(token: Token) -> set[str]:
    """Classes of the word as such, whatever actor or name it is part of."""
    found: set[str] = set()
    lower = token.lower_
    listed = noun_classes().get(lower)
    if listed is None and "-" in lower:
        listed = noun_classes().get(lower.rsplit("-", 1)[-1])
    if listed:
        found |= listed
    if lower in {"bomber", "bombers"} and token.i and token.nbor(-1).lower_ in _BOMBERS:
        return {"armed"}  # "a suicide bomber" is a person
    if lower in weapon_hints() and not (listed and "armed" in listed and not _is_jet(token)):
        weapon_class = weapon_hints()[lower][1]
        if weapon_class == "vehicle":
            found.add("vehicle")
        elif weapon_class == "aircraft":
            found |= {"aircraft", "violent"}
        else:
            found.add("weapon")
    return found


def own_classes(token: Token) -> frozenset[str]:
    """Classes of a head by itself: its word, actor, place and entity label."""
    doc = token.doc
    found = lexical_classes(token)
    actor = doc._.actor_at.get(token.i)
    if actor is not None:
        found |= _ACTOR_CLASSES[doc._.actors[actor].actor_type]
    if token.i in doc._.place_at:
        found |= {"place"}
    label = label_at(token)
    if label == "VEHICLE" and "armed" in found and "aircraft" not in found:
        label = ""  # "a suicide bomber"
    if label and not (noun_classes().get(token.lower_) and label in {"ORG", "NORP"}):
        found |= _LABEL_CLASSES.get(label, set())
    if found & {"armed", "weapon"}:
        found.add("violent")
    if found & HUMAN:
        found.add("human")
    if found & (HUMAN | THINGS | {"state"}):
        found.add("physical")
    return frozenset(found)


def _is_jet(token: Token) -> bool:
    """ "fighter jet", "F-16 fighters": the aircraft, not the man."""
    doc = token.doc
    around = {doc[i].lower_ for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)}
    return bool(
        around & {"jet", "jets", "aircraft", "plane", "planes", "stealth", "b-52", "f-16", "f-15", "f-35", "squadron"}
    )


def classes(token: Token, depth: int = 0) -> frozenset[str]:
    """Classes of a noun phrase by its head, through "members of ...", relative pronouns and titles before names."""
    if syntax.is_relative_pronoun(token):
        clause = syntax.clause_root(token)
        head = syntax.relative_head(clause)
        if head is not None and depth < 3:
            return classes(head, depth + 1)
    if token.lower_ in TRANSPARENT and depth < 3:
        for preposition, inner in syntax.prepositional(token):
            if preposition == "of":
                return own_classes(token) | classes(inner, depth + 1)
        if token.lower_ in _QUANTITIES:
            return frozenset({"person", "human", "physical"})  # "scores were hurt"
    if token.pos_ == "NUM" and depth < 3:
        counted = [t for p, t in syntax.prepositional(token) if p == "of" and t.i > token.i and t.pos_ == "NOUN"]
        if counted and (told := classes(counted[0], depth + 1)):
            return told  # "13 of the intruders", "two of the ships"
    found = own_classes(token)
    if token.tag_ == "NN" and any(t.ent_type_ == "PERSON" and t.i > token.i for t in syntax.appositions(token)):
        found |= {"person", "human", "physical"}  # "a senior military figure, Qasem Soleimani"
    if not found and token.tag_ == "NNS" and token.lower_.endswith(_OF_PEOPLE) and any(t.pos_ == "NUM" for t in token.lefts):
        return frozenset({"person", "human", "physical"})  # "seven gold diggers"
    if not found and token.pos_ in {"NUM", "ADJ", "DET", "PRON"} and token.lower_ not in {"it", "this", "that", "which"}:
        return frozenset({"person", "human", "physical"})  # "four were killed", "several others", "the wounded"
    return found


def filler_type(token: Token) -> FillerType:
    """The contract's filler type of a phrase head."""
    found = classes(token)
    label = label_at(token)
    if "named_person" in found or label == "PERSON":
        return "person"
    if "weapon" in found and not found & {"facility", "person"}:
        return "weapon"
    if label == "FAC" or ("facility" in found and not found & {"armed"}):
        return "facility"
    if found & {"vehicle", "ship", "aircraft"}:
        return "vehicle"
    if "person" in found or ("armed" in found and "group" not in found):
        return "person"
    if found & {"group", "armed"} and not ("place" in found and "group" not in noun_classes().get(token.lower_, ())):
        return "group"
    if "place" in found or label in {"GPE", "LOC"}:
        return "place"
    if "object" in found:
        return "object"
    return "other"
