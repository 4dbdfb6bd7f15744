"""Who attacked whom by the tree alone: the parts of an attack clause, for measuring the parser on what matters.

Given a trigger (verb or noun), reads its governor, agent and object off the dependencies, through passives, relatives,
control and light verbs. The reading components do more (realis, attribution); this measures the tree beneath them.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import deep, syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

# Prepositions after a noun of violence that name its object ("attack on", "killing of").
OBJECT_PREPOSITIONS = ("on", "against", "upon", "into", "targeting", "of", "at")
# Verbs that say only that the noun of violence took place; their subject is its doer.
LIGHT_VERBS = frozenset(
    "carry launch conduct stage mount open commit perpetrate make execute undertake unleash lead wage fire claim order "
    "detonate resume continue plan step intensify begin start join direct lay plot".split()
)
# Nouns whose possessor or modifier is what suffers ("the minister's killing", "embassy bombing").
SUFFERED = frozenset(
    "killing murder assassination abduction kidnapping kidnap bombing shelling massacre shooting death burning storming "
    "bombardment beheading execution slaughter stabbing destruction ambush siege capture seizure hijacking lynching".split()
)
# Verbs whose object flies and whose "at" phrase is what is attacked ("fired rockets at the base").
PROJECTING = frozenset("fire launch lob drop rain throw hurl shoot hurtle pelt".split())
PROJECTILES = frozenset(
    "shot round stone fire petrol bomb rocket missile shell grenade mortar pellet teargas bullet drone".split()
)
# "By" phrases that say how, not who.
MANNERS = frozenset("air sea land road rail night day mistake accident chance force law hand".split())
# "fell into an ambush", "came under attack": the subject suffers.
SUFFERING = {"come": ("under",), "fall": ("in", "into"), "run": ("into",), "walk": ("into",), "drive": ("into",)}
# "attributed to X", "blamed on X".
ASCRIBING = {"attribute": "to", "ascribe": "to", "blame": "on", "pin": "on"}
QUANTITIES = frozenset("hundred dozen score thousand".split())
TIMES = ("DATE", "TIME")
TIME_NOUNS = frozenset(
    "eve dawn dusk night morning evening day week weekend month year anniversary start end height time moment".split()
)


def is_verbal(trigger: Token) -> bool:
    return trigger.pos_ in ("VERB", "AUX") or trigger.tag_.startswith("VB")


def agent(trigger: Token) -> Token | None:
    """The head of the phrase that does it, or None if the sentence does not say."""
    found = _verb_agent(trigger) if is_verbal(trigger) else _noun_agent(trigger)
    if found is not None and found.lemma_.lower() in QUANTITIES:
        for preposition, noun in syntax.prepositional(found):
            if preposition == "of":
                return noun
    return found


def _verb_agent(verb: Token) -> Token | None:
    found = [doer for doer in deep.logical_subjects(verb) if not _is_manner(doer)]
    if not found or any(child.lower_ in ("no", "neither") for child in found[0].children):
        return None
    return found[0]


def _is_manner(noun: Token) -> bool:
    """ "destroyed by air": a bare noun after "by"."""
    return syntax.preposition_of(noun) == "by" and noun.lower_ in MANNERS and not any(t.dep_ == "det" for t in noun.children)


def _noun_agent(noun: Token) -> Token | None:
    pairs = syntax.prepositional(noun)
    for wanted in ("by", "between"):
        for preposition, doer in pairs:
            if preposition == wanted and doer.ent_type_ not in TIMES:
                return doer
    owners = [owner for owner in syntax.possessors(noun) if owner.ent_type_ not in TIMES]
    if owners and noun.lemma_.lower() not in SUFFERED:
        return deep.resolve(owners[0])
    for modifier in syntax.premodifiers(noun):
        if _does(modifier):
            return modifier
    participle = next((t for t in noun.rights if t.dep_ in syntax.PARTICIPIAL and t.tag_ == "VBN"), None)
    if participle is not None:
        doers = syntax.agents(participle)
        if doers:
            return doers[0]
    return (
        _doer_above(noun)
        or _source_above(noun)
        or next((doer for preposition, doer in pairs if preposition == "from"), None)
    )


def _doer_above(noun: Token) -> Token | None:
    """The subject of the light verb whose object the noun is, also through "responsibility for"."""
    above = syntax.governor(noun)
    if above.lemma_.lower() == "responsibility":
        noun, above = above, syntax.governor(above)
    if above == noun or not is_verbal(above) or above.lemma_ not in LIGHT_VERBS:
        return None
    if noun.dep_ in syntax.OBJECTS:
        return _verb_agent(above)
    if noun.dep_ in syntax.PASSIVE_SUBJECTS:
        doers = syntax.agents(above)
        return doers[0] if doers else None
    return None


def _source_above(noun: Token) -> Token | None:
    """ "The shots came from a battery", "the raid was attributed to the group"."""
    above = syntax.governor(noun)
    if noun.dep_ in syntax.SUBJECTS and above.lemma_ == "come":
        wanted = "from"
    elif noun.dep_ in syntax.PASSIVE_SUBJECTS and above.lemma_ in ASCRIBING:
        wanted = ASCRIBING[above.lemma_]
    else:
        return None
    pairs = [(preposition, doer) for preposition, doer in syntax.prepositional(above) if not _is_time(doer)]
    return next((doer for preposition, doer in pairs if preposition == wanted), None)


def _is_time(noun: Token) -> bool:
    return noun.ent_type_ in TIMES or noun.lemma_.lower() in TIME_NOUNS


def _does(modifier: Token) -> bool:
    """Whether a word before a noun of violence says who does it ("US strikes", "jihadist raid", not "Kabul blast")."""
    if modifier.ent_type_ == "GPE":
        return modifier.text.lower() in _countries()
    if modifier.ent_type_:
        return modifier.ent_type_ in ("NORP", "ORG", "ARMED_GROUP", "PERSON")
    return modifier.lemma_.lower() in _fighters()


@cache
def _countries() -> frozenset[str]:
    from training.labels import countries

    return countries()


@cache
def _fighters() -> frozenset[str]:
    """Nouns for people who fight, from the table of words for people."""
    from dagster_project.reference import table

    return frozenset(row["lemma"] for row in table("people_words") if row["victim_class"] in ("militant", "military"))


@cache
def _places_and_people() -> frozenset[str]:
    from dagster_project.reference import table

    people = {row["lemma"] for row in table("people_words") if row["victim_class"] == "civilian"}
    return frozenset(
        people
        | {row["noun"] for row in table("noun_classes") if row["noun_class"] in ("facility", "place", "vehicle", "group")}
    )


def target(trigger: Token) -> Token | None:
    """The head of the phrase it is done to, or None if the sentence does not say."""
    if trigger.pos_ == "ADJ" and trigger.dep_ == "amod":
        return trigger.head  # "the slain soldiers"
    return _verb_target(trigger) if is_verbal(trigger) else _noun_target(trigger)


def _verb_target(verb: Token) -> Token | None:
    pairs = [
        (preposition, noun) for preposition, noun in syntax.prepositional(verb) if noun.i > verb.i and not _is_time(noun)
    ]
    found = deep.logical_objects(verb)
    flies = found and (found[0].ent_type_ == "WEAPON" or found[0].lemma_.lower() in PROJECTILES)
    opens_fire = verb.lemma_ == "open" and any(item.lemma_.lower() == "fire" for item in found)
    if opens_fire or (verb.lemma_ in PROJECTING and (flies or not found)):
        for preposition, noun in [*pairs, *(pair for item in found for pair in syntax.prepositional(item))]:
            if preposition in ("at", "on", "into", "towards", "toward", "against", "upon") and not _is_time(noun):
                return noun
    if found:
        return found[0]
    for preposition, noun in pairs:
        if preposition in ("on", "into", "against", "upon", "through"):
            return noun
        if preposition == "at" and noun.ent_type_ != "GPE":
            return noun
    return None


def _noun_target(noun: Token) -> Token | None:
    pairs = syntax.prepositional(noun)
    above = syntax.governor(noun)
    if noun.dep_ in syntax.OBJECTS and above.lemma_ in LIGHT_VERBS:
        # "opened fire on the crowd": the phrase may hang on the verb.
        pairs = pairs + [pair for pair in syntax.prepositional(above) if pair[0] in ("on", "against", "at")]
    for done in noun.rights:
        if done.dep_ in syntax.PARTICIPIAL and done.lemma_ == "target" and done.tag_ == "VBG" and syntax.objects(done):
            return syntax.objects(done)[0]  # "a strike targeting a commander"
        if done.dep_ in syntax.PARTICIPIAL and done.lemma_ in LIGHT_VERBS:
            # "the attack perpetrated on Monday against the camp"
            pairs = pairs + [
                pair for pair in syntax.prepositional(done) if pair[0] in ("on", "against") and not _is_time(pair[1])
            ]
    for wanted in OBJECT_PREPOSITIONS:
        for preposition, found in pairs:
            if preposition != wanted or found.ent_type_ in (*TIMES, "QUANTITY"):
                continue
            if wanted == "of" and found.ent_type_ == "WEAPON":  # "a barrage of rockets"
                continue
            if wanted == "at" and found.ent_type_ in ("GPE", "FAC", "LOC"):
                continue
            return found
    if above != noun and syntax.preposition_of(noun) in SUFFERING.get(above.lemma_, ()):
        subjects = deep.logical_subjects(above)
        return subjects[0] if subjects else None
    owners = [owner for owner in syntax.possessors(noun) if owner.ent_type_ not in TIMES]
    if owners and noun.lemma_.lower() in SUFFERED:
        return owners[0]
    for modifier in reversed(syntax.premodifiers(noun)):
        if modifier.pos_ == "NOUN" and not modifier.ent_type_ and modifier.lemma_.lower() in _places_and_people():
            return modifier
    return None
