"""Whether the surroundings of a possible trigger meet the conditions of triggers.csv.

Belongs here: one question per slot of a predicate ("object:ship", "modifier:labor"). Does not belong: which words are
triggers, what kind of event they tell.

Slots of verbs: object, subject, agent, particle, adverb, to, in, over, about. Of nouns: modifier, compound, of, between, with, by,
against, initiator, possessor, light, harm, place, definite. Of both: target, instrument, near, before (the word right before). A value is a class of
``nouns.classes`` or a word form; a slot without value asks that anything stands there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.inflection import noun_forms
from dagster_project.reading.vocabulary import Predicate, Trigger, frames, realis_cues, triggers, weapon_hints

if TYPE_CHECKING:
    from spacy.tokens import Token

AIMED = {"on", "against", "at", "upon", "onto", "into", "targeting"}
LOCATIVE = {
    "in", "at", "near", "outside", "inside", "on", "off", "along", "across", "around", "over", "between", "within", "throughout",
    "from", "south of", "north of", "east of", "west of", "outskirts", "toward", "towards", "into", "through", "amid", "close to",
    "next to", "in front of", "opposite", "beside", "behind", "under", "beneath", "above", "about",
}  # fmt: skip
_WORK = {
    "worker",
    "union",
    "teacher",
    "doctor",
    "nurse",
    "employee",
    "pilot",
    "miner",
    "driver",
    "staff",
    "laborer",
    "labourer",
    "student",
}
_NATURE = {
    "storm", "hurricane", "earthquake", "quake", "flood", "tsunami", "cyclone", "typhoon", "wildfire", "drought", "lightning", "tornado",
    "virus", "pandemic", "disease", "epidemic", "recession", "crisis", "heatwave", "landslide", "wave", "avalanche", "tragedy", "disaster",
    "inflation", "price", "sanction", "shortage", "outage", "volcano", "anger", "demand", "scandal", "row", "debate",
}  # fmt: skip
_DRUG = {"drug", "cocaine", "heroin", "marijuana", "kilo", "kilogram", "shipment", "weapon", "arm", "rifle", "ammunition", "asset", "power",
         "control", "opportunity", "initiative", "land", "property", "document", "passport", "cash", "money", "good", "contraband", "arsenal",
         "cache", "laboratory", "magazine", "cartridge", "round", "carbine", "pistol", "launcher", "grenade", "explosive"}  # fmt: skip
_EXPLOSION = {"explosion", "blast", "bombing", "detonation", "bomb"}
_SUSPECT = {
    "suspect",
    "member",
    "leader",
    "commander",
    "militant",
    "fighter",
    "gunman",
    "guerrilla",
    "rebel",
    "terrorist",
    "operative",
    "insurgent",
}
_EXTRA = {
    "work": _WORK,
    "nature": _NATURE,
    "goods": _DRUG,
    "drug": _DRUG,
    "explosion": _EXPLOSION,
    "suspect": _SUSPECT,
    "explosive": {"bomb", "explosive", "device", "charge", "dynamite", "mine", "grenade", "ied", "package", "parcel"},
    "animate": {"dog", "animal", "elephant", "cow", "camel"},
    "market": {"market", "campaign", "ad", "audience", "customer", "growth", "inflation"},
    "company": {"company", "firm", "startup", "maker", "retailer", "brand"},
    "bill": {"bill", "amendment", "deal", "proposal", "time", "mood"},
    "alarm": {"alarm", "siren", "alert"},
    "siren": {"siren"},
    "photo": {"photo", "picture", "image", "balloon"},
    "satellite": {"satellite", "spacecraft", "probe"},
    "order": {"order", "warrant", "plan", "command", "strategy", "search", "maneuver"},
    "warrant": {"warrant"},
    "record": {"record"},
    "drone": {"drone", "uav", "quadcopter"},
    "critics": {
        "critic",
        "reporter",
        "journalist",
        "speculator",
        "fan",
        "investor",
        "lobbyist",
        "commentator",
        "columnist",
        "voter",
        "trader",
        "tabloid",
        "question",
    },
    "threat": {"threat"},
    "civilian": {"men", "bin-men", "bin-man", *_WORK},
    "life": {"life"},
}
_STRUCK = {"physical", "named_person", "state"}


@cache
def _forms_of_class(name: str) -> frozenset[str]:
    return frozenset().union(*(noun_forms(word) for word in sorted(_EXTRA.get(name, ()))))


def is_a(token: Token, value: str) -> bool:
    """Whether a phrase head is of a class or is one of its words ("struck" = anything that can be hit)."""
    lower = token.lower_
    if lower == value or lower in noun_forms(value):
        return True
    if lower in _forms_of_class(value):
        return True
    if value == "event":
        return any(t.pos != "verb" for t in triggers().get(lower, ()))
    found = nouns.classes(token)
    if value == "struck":
        return bool(found & _STRUCK)
    if (
        value == "human"
        and token.pos_ == "PRON"
        and token.lower_ in {"he", "she", "they", "them", "him", "her", "who", "we", "us", "i"}
    ):
        return True
    if (
        value in {"physical", "struck"}
        and token.pos_ == "PRON"
        and token.lower_ in {"him", "her", "them", "they", "he", "she", "who", "it", "us"}
    ):
        return True
    if value == "abstract":
        return "abstract" in found and not found & {"physical", "weapon", "violent"}
    return value in found


def meets(trigger: Trigger, head: Token, particle_span: range) -> bool:
    """Whether the conditions of a trigger hold at its head token."""
    if any(_holds(p, head, trigger, particle_span) for p in trigger.excludes):
        return False
    if trigger.strength in {"strong", "death", "generic"} and not trigger.requires:
        return True
    if not trigger.requires:
        return True
    return any(all(_holds(p, head, trigger, particle_span) for p in group) for group in trigger.requires)


def _holds(predicate: Predicate, head: Token, trigger: Trigger, span: range) -> bool:
    slot, values = predicate.slot, predicate.values
    if slot == "near":
        text = head.sent.text.lower()
        return any(value in text for value in values)
    if slot == "particle":
        following = head.nbor(1).lower_ if head.i + 1 < len(head.doc) else ""
        return following in values and head.i + 1 not in span
    if slot == "adverb":
        return any(t.lower_ in values for t in head.children)
    if slot == "definite":
        return is_definite(head)
    if slot == "dated":  # "Wednesday's blast"
        return any(t.ent_type_ in {"DATE", "TIME"} for t in syntax.possessors(head))
    tokens = fillers(slot, head, trigger)
    if not values:
        return bool(tokens)
    return any(is_a(t, value) for t in tokens for value in sorted(values))


def fillers(slot: str, head: Token, trigger: Trigger) -> list[Token]:
    """Tokens that stand in a slot of a trigger."""
    verbal = trigger.pos == "verb"
    if slot == "object":
        return deep.logical_objects(head)
    if slot == "subject":
        return deep.logical_subjects(head) if verbal else _verb_subjects(head)
    if slot == "agent":
        return [t for p, t in syntax.prepositional(head) if p in {"by", "in", "with"}]
    if slot == "before":
        return [head.nbor(-1)] if head.i > head.sent.start else []
    if slot == "target":
        found = [t for p, t in syntax.prepositional(head) if p in AIMED]
        return [t for t in found if is_a(t, "struck") or is_a(t, "physical")]
    if slot == "instrument":
        found = [t for p, t in syntax.prepositional(head) if p in {"with", "by", "using", "in"}]
        return [t for t in found if is_weapon(t)]
    if slot == "place":
        return [t for p, t in syntax.prepositional(head) if p in LOCATIVE and is_a(t, "physical")]
    if slot in {"modifier", "compound"}:
        found = syntax.premodifiers(head)
        if slot == "compound":
            following = head.nbor(1) if head.i + 1 < len(head.doc) else None
            return (
                [following]
                if following is not None and following.pos_ in {"NOUN", "PROPN"} and following.head != head
                else []
            )
        return found or [
            t for t in head.doc[max(head.i - 2, head.sent.start) : head.i] if t.pos_ in {"ADJ", "NOUN", "PROPN"}
        ]
    if slot == "of":
        return [t for p, t in syntax.prepositional(head) if p == "of"]
    if slot in {"between", "with", "by", "against", "to", "in", "into", "from", "over", "about"}:
        return [t for p, t in syntax.prepositional(head) if p == slot]
    if slot in {"initiator", "possessor"}:
        found = [*syntax.possessors(head), *syntax.premodifiers(head)]
        found += [t for p, t in syntax.prepositional(head) if p == "by"]
        return [t for t in found if nouns.classes(t) & {"violent", "human"} or t.doc._.actor_at.get(t.i) is not None]
    if slot == "light":
        verb = governing_verb(head)
        return [verb] if verb is not None and verb.lower_ in frames("verb") else []
    if slot == "harm":
        return harm_around(head)
    return []


def _verb_subjects(head: Token) -> list[Token]:
    verb = governing_verb(head)
    return deep.logical_subjects(verb) if verb is not None else []


_OUTCOMES = {"result", "consequence"}  # "damaged as a result of the explosion"


def governing_verb(noun: Token) -> Token | None:
    """The verb a nominal is an argument of, past "a wave of", "a series of" and coordination."""
    token = syntax.first_conjunct(noun)
    for _ in range(4):
        upper = syntax.governor(token)
        if upper == token:
            return None
        if upper.pos_ in {"VERB", "AUX"} or upper.tag_.startswith("VB"):
            return upper
        if upper.lower_ not in nouns.TRANSPARENT | _OUTCOMES and upper.pos_ != "NUM":
            return None
        token = syntax.first_conjunct(upper)
    return None


_HARM = {
    "killed", "kill", "kills", "killing", "wounded", "wounding", "wounds", "wound", "injured", "injuring", "injures", "died", "dead", "dies",
    "destroyed", "destroying", "destroys", "damaged", "damaging", "damages", "damage", "hurt", "casualties", "leaving", "left", "maimed", "murdered",
    "hit", "hits", "hitting", "struck", "strikes", "striking", "targeted", "targeting", "targets", "tore", "ripped", "rocked", "shook", "shattered",
}  # fmt: skip


def harm_around(head: Token) -> list[Token]:
    """Words of harm that the trigger's clause holds: its verb, participles on it, relative clauses."""
    verb = governing_verb(head)
    found = [t for t in head.subtree if t.lower_ in _HARM and t != head]
    if verb is not None:
        found += [t for t in [verb, *verb.children] if t.lower_ in _HARM]
    return found


def is_weapon(token: Token) -> bool:
    found = nouns.classes(token)
    return "weapon" in found or "aircraft" in found or token.lower_ in weapon_hints()


def is_definite(noun: Token) -> bool:
    """Whether a nominal presupposes what it names: "the attack", "this attack", "Israel's strikes", "their attacks"."""
    if any(t.ent_type_ not in {"DATE", "TIME"} for t in syntax.possessors(noun)):
        return True
    for child in noun.lefts:
        if child.lower_ in {"the", "this", "that", "these", "those", "latest", "both"}:
            return not any(t.lower_ in realis_cues("adjective") for t in noun.lefts)
    return False
