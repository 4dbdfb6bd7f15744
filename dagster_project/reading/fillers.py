"""From the head of a phrase to the Argument it fills: span, kind of filler, actor, place, weapon.

Belongs here: how a filler is cut out and identified. Does not belong: which phrase fills which role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.lexicon import word_class
from dagster_project.reading.types import Argument, Attribution, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COLLECTIVE = {"state", "government", "military", "armed_group", "igo", "other"}
# What a force fights with and from: hitting it is hitting the force.
_KIT = word_class("of_a_force")
KIN = word_class("kin_of_a_group")
_EMPTY = {
    "it",
    "this",
    "that",
    "which",
    "what",
    "there",
    "itself",
    "themselves",
    "himself",
    "each",
    "both",
    "other",
    "others",
}
_LONGEST = 14  # tokens; longer phrases are parse errors more often than not


def argument(role: Role, head: Token, confidence: float = 1.0, attribution: Attribution = "asserted") -> Argument | None:
    """The phrase of a head as a filler, or None where it names nothing (an unresolved pronoun)."""
    doc = head.doc
    head = deep.resolve(head)
    actor = actor_of(head)
    if nouns.is_pronoun(head) or head.lower_ in _EMPTY:
        antecedent = _antecedent(doc, head, actor)
        if antecedent is None:
            return None
        start, end, head = antecedent
    else:
        start, end = syntax.core_phrase(head)
        if end - start > _LONGEST:
            start, end = _compact(doc, head.i)
        for name in doc._.names:  # a name is never cut
            if name.start <= head.i < name.end and name.label == "PERSON":
                start, end = min(start, name.start), max(end, name.end)
        commas = [i for i in range(start, head.i) if doc[i].text in {",", ";", ":", "—", "–"}]
        start, end = _trim(doc, commas[-1] + 1 if commas else start, end, head.i)
    return Argument(
        role=role,
        start=start,
        end=end,
        head=head.i,
        filler_type=nouns.filler_type(head),
        actor=actor,
        place=doc._.place_at.get(head.i),
        weapon=weapon_at(doc, start, end, head.i),
        attribution=attribution,
        confidence=round(confidence, 3),
    )


def actor_of(head: Token) -> int | None:
    """The actor of a phrase: at its head, else of "members of X", else the organisation before "gunmen".

    A description without identity ("men", "an aircraft") gives way to the organisation that it is said to belong to.
    """
    described = head.doc._.actor_at.get(head.i)
    named = _called(head)
    if named is None:
        named = _apposed(head)
    is_role = named is not None and head.lower_ in _ROLES
    if named is not None and (described is None or is_role or head.doc._.actors[described].is_generic):
        return named
    if described is not None and (not _is_anybody(head.doc, described) or nouns.is_pronoun(head)):
        led = _led_by(head) if head.doc._.actors[described].is_generic else None
        return led if led is not None else described
    led = _led_by(head)
    if led is not None:
        return led
    owner = _owner_of(head)
    if owner is None:
        owner = _side_of(head)
    return owner if owner is not None else described


def _apposed(head: Token) -> int | None:
    """ "Its rival, the Bangsamoro Islamic Freedom Fighters, struck": the group whose name a common noun is given."""
    if not head.is_lower or head.tag_ == "NNS" or head.lower_ not in _ROLES:
        return None
    actors = head.doc._.actors
    for other in syntax.appositions(head):
        number = head.doc._.actor_at.get(other.i)
        if number is not None and not actors[number].is_generic and actors[number].actor_type in _COLLECTIVE:
            return number
    return None


# Whom somebody leads: "his men", "its crews", "their gunners".
_LED = {
    "boys", "cadres", "comrades", "crew", "crews", "fighters", "followers", "forces", "gunners", "guerrillas", "henchmen", "men", "militants", "militiamen",
    "pilots", "soldiers", "supporters", "troops", "units", "warplanes", "jets", "aircraft", "helicopters", "gunboats",
}  # fmt: skip


def _led_by(head: Token) -> int | None:
    """The collective that "its crews", "their fighters" are of; of a person's men the side that the document gives him."""
    if head.lower_ not in _LED:
        return None
    actors = head.doc._.actors
    for owner in syntax.possessors(head):
        number = head.doc._.actor_at.get(owner.i)
        if number is not None and actors[number].actor_type == "person":
            number = _side_of_person(head.doc, number)
        if number is not None and actors[number].actor_type in _COLLECTIVE and not actors[number].is_generic:
            return number
    return None


def _side_of_person(doc: Doc, person: int) -> int | None:
    actor = doc._.actors[person]
    if actor.parent is not None:
        return actor.parent
    wanted = actor.parent_reference_id
    return next((n for n, a in enumerate(doc._.actors) if wanted is not None and a.reference_id == wanted), None)


def _is_anybody(doc: Doc, number: int) -> bool:
    actor = doc._.actors[number]
    known = actor.reference_id or actor.country_iso3 or actor.backer_iso3 or actor.parent_reference_id
    is_named = any(doc[i].ent_type_ == "PERSON" for start, end in actor.spans for i in range(start, end))
    return actor.is_generic and not known and not is_named and actor.parent is None


# "the groups, organized under the umbrella of X", "fighters calling themselves X".
_ORGANISED = {
    "organized",
    "organised",
    "operating",
    "united",
    "grouped",
    "known",
    "calling",
    "belonging",
    "acting",
    "fighting",
}
_ROLES = {"ally", "affiliate", "arm", "branch", "faction", "group", "gang", "militia", "offshoot", "organisation", "organization", "outfit", "rival", "wing"}  # fmt: skip
_NAME_WORDS = {"umbrella", "banner", "name", "itself", "themselves", "himself", "as", "to"}


def _called(head: Token) -> int | None:
    """The armed group whose name a described one is said to go by."""
    doc = head.doc
    if not nouns.own_classes(head) & {"armed", "group"}:
        return None
    k = head.i + 1
    while k < head.sent.end and (doc[k].text == "," or doc[k].lower_ in {"which", "that", "are", "is", "were", "was"}):
        k += 1
    if k >= head.sent.end or doc[k].lower_ not in _ORGANISED:
        return None
    seen = False
    for token in doc[k + 1 : min(k + 9, head.sent.end)]:
        if token.text == ",":
            return None
        seen |= token.lower_ in _NAME_WORDS
        number = doc._.actor_at.get(token.i)
        if seen and number is not None and doc._.actors[number].actor_type in {"armed_group", "other"}:
            return number if not doc._.actors[number].is_generic else None
    return None


# How things are said to be somebody's: "facilities used by the militia", "targets linked to the rebels".
_HELD = {
    "used", "held", "controlled", "operated", "manned", "occupied", "linked", "belonging", "owned", "run", "affiliated", "tied", "connected",
}  # fmt: skip


def holders(head: Token) -> list[Token]:
    """Armed groups and forces that a thing is said to be used by or to belong to, and those named as among them."""
    doc = head.doc
    if nouns.own_classes(head) & {"armed", "group", "person"}:
        return []
    found: list[Token] = []
    clauses = [
        t for t in head.children if t.lower_ in _HELD and t.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and t.i > head.i
    ]
    for clause in clauses:
        found += [t for p, t in syntax.prepositional(clause) if p in {"by", "to", "with"}]
    if found:
        found += [
            t for word in [head, *clauses, *found] for p, t in syntax.prepositional(word) if p in {"including", "such as"}
        ]
    return [
        t
        for t in found
        if (number := actor_of(t)) is not None and doc._.actors[number].actor_type in {"military", "armed_group"}
    ]


# What a force shoots from: whose it is, is who shoots.
_FIRING = {
    "aircraft", "artillery", "base", "bases", "batteries", "battery", "boats", "bunkers", "drones", "gunboats", "gunships", "helicopter", "helicopters", "jet",
    "jets", "lines", "plane", "planes", "position", "positions", "post", "posts", "ships", "submarine", "tank", "tanks", "trenches", "vessels", "warplane", "warplanes",
    "warship", "warships",
}  # fmt: skip
_HOLDING = {"controlled", "held", "occupied"}


def sides_of_origin(place: Token) -> list[Token]:
    """Whose what is fired comes from: "from army positions", "from a helicopter of the navy", "from Georgian-held villages"."""
    doc = place.doc
    told = [place, *holders(place)]
    told += [t for p, t in syntax.prepositional(place) if p == "of"]
    if place.lower_ in _FIRING:
        told += [*syntax.possessors(place), *syntax.premodifiers(place)]
    for held in doc[max(place.i - 6, place.sent.start) : place.i]:
        if held.lower_ in _HOLDING and held.i > 1 and doc[held.i - 1].text in {"-", "–"}:
            told.append(doc[held.i - 2])
    found = [t for t in told if (n := actor_of(t)) is not None and doc._.actors[n].actor_type in _ARMED_SIDES]
    return [t for t in found if t != place or t.lower_ in _FIRING][:1]


_ARMED_SIDES = {"state", "military", "armed_group", "government"}
# By whom a vehicle or a building is worked: "a barge hired by the agency".
_WORKED = {"belonging", "chartered", "contracted", "hired", "leased", "operated", "owned", "rented", "run", "used"}
_LADEN = {"bringing", "carrying", "delivering", "ferrying", "transporting"}
_WITH_THINGS = {"person", "igo", "other", "company", "media", "military", "armed_group"}


def owner_of_thing(head: Token) -> int | None:
    """Whose a building or vehicle is: "the bishop's house", "a lorry of the Red Cross", "the minister, whose house was bombed"."""
    doc = head.doc
    if not nouns.classes(head) & {"facility", "vehicle", "ship", "aircraft"} or head.i in doc._.place_at:
        return None
    told = [deep.resolve(t) for t in syntax.possessors(head)]
    told += [t for p, t in syntax.prepositional(head) if p == "of" and t.i > head.i]
    told += [t for t in syntax.premodifiers(head) if t.ent_type_ in {"ORG", "PERSON"}]
    for child in head.children:
        if child.lower_ in _WORKED and child.dep_ in syntax.PARTICIPIAL:
            told += [*syntax.agents(child), *(t for p, t in syntax.prepositional(child) if p == "to")]
        if child.lower_ in _LADEN and child.dep_ in syntax.PARTICIPIAL:  # "lorries carrying food for the agency"
            told += [t for thing in syntax.objects(child) for p, t in syntax.prepositional(thing) if p in {"for", "of"}]
    numbers = [n for t in told if (n := actor_of(t)) is not None and not doc._.actors[n].is_generic]
    return next((n for n in numbers if doc._.actors[n].actor_type in _WITH_THINGS), None)


# Who wears them may be whose they are.
UNIFORMS = {"fatigues", "uniform", "uniforms"}
# "Men working for X", "gunmen believed to belong to X", "assailants suspected of being members of X".
_SIDING = {"working", "fighting", "belonging", "loyal", "allied", "affiliated", "linked", "answering"}
BELIEVED = {"believed", "suspected", "thought", "presumed", "alleged", "rumoured", "rumored"}


def _side_of(head: Token) -> int | None:
    """The group that men are said to work for or to belong to, by a participle behind them."""
    doc = head.doc
    if not nouns.own_classes(head) & {"armed", "group", "person"}:
        return None
    for preposition, worn in syntax.prepositional(head):
        if preposition == "in" and worn.lower_ in UNIFORMS:  # "men in Tajik uniform", "in uniforms of the army"
            told = [*syntax.premodifiers(worn), *(t for p, t in syntax.prepositional(worn) if p == "of")]
            numbers = [n for t in told if (n := doc._.actor_at.get(t.i)) is not None and not doc._.actors[n].is_generic]
            return next((n for n in numbers if doc._.actors[n].actor_type in {"state", "military", "armed_group"}), None)
    for child in head.children:
        if child.i < head.i or child.lower_ not in _SIDING | BELIEVED | {"said"}:
            continue
        for word in [child, *(t for t in child.children if t.dep_ in {"xcomp", "ccomp"})]:
            if word == child and child.lower_ not in _SIDING:
                continue
            for preposition, token in syntax.prepositional(word):
                number = doc._.actor_at.get(token.i)
                if preposition not in {"to", "with", "for", "of", "from"} or number is None:
                    continue
                if doc._.actors[number].actor_type in _COLLECTIVE - {"state"}:
                    return number
    return None


def _owner_of(head: Token) -> int | None:
    doc = head.doc
    if head.lower_ in KIN:
        return None  # "an al-Qaeda affiliate"
    for other in syntax.appositions(head):  # 'the organisation "Secret Anticommunist Army"'
        found = doc._.actor_at.get(other.i)
        if found is not None and nouns.own_classes(head) & {"group"} and not doc._.actors[found].is_generic:
            return found
    if head.lower_ in nouns.TRANSPARENT or nouns.own_classes(head) & {"armed", "aircraft", "ship", "person", "group"}:
        for preposition, inner in syntax.prepositional(head):
            if preposition in {"of", "from"} and inner.i > head.i:
                found = doc._.actor_at.get(inner.i)
                if found is None and inner.lower_ in _ROLES:  # "a bomber from al-Qaeda's local branch"
                    found = next((n for t in syntax.possessors(inner) if (n := doc._.actor_at.get(t.i)) is not None), None)
                if found is None or found == doc._.actor_at.get(head.i):
                    continue
                collective = doc._.actors[found].actor_type in _COLLECTIVE
                if collective and (preposition == "of" or doc._.actors[found].actor_type in {"military", "armed_group"}):
                    return found
    own = nouns.own_classes(head)
    is_kit = head.lower_ in _KIT
    is_unlisted = not own and head.tag_ in {"NN", "NNS"}
    if own & {"armed", "group", "facility", "vehicle", "ship"} or is_kit or is_unlisted:
        for modifier in reversed([*syntax.premodifiers(head), *syntax.possessors(head)]):
            following = doc[modifier.i + 1] if modifier.i + 1 < len(doc) else None
            if following is not None and (
                following.text in {"-", "–"} or following.lower_ in {"backed", "aligned", "linked", "led", "allied"}
            ):
                continue
            found = doc._.actor_at.get(modifier.i)
            if found is not None and found == doc._.actor_at.get(head.i):
                continue
            # Of things only those of armed forces stand for their owner: "army positions", "a police post" do not.
            if found is not None and (
                own & {"armed", "group"} or doc._.actors[found].actor_type in {"military", "armed_group"}
            ):
                return found
    return None


_DASHES = {"-", "–", "—", "--"}


def in_dateline(token: Token) -> bool:
    """Whether a token stands before the dash of a sentence that opens with a place: "KUNDUZ, Afghanistan (AP) -"."""
    sentence = token.sent
    if sentence.start not in token.doc._.place_at or not (
        token.ent_type_ in {"GPE", "LOC", "ORG"} or token.i in token.doc._.place_at
    ):
        return False
    return any(t.text in _DASHES and t.whitespace_ and token.i < t.i for t in sentence[: min(22, len(sentence))])


def _antecedent(doc: Doc, pronoun: Token, actor: int | None) -> tuple[int, int, Token] | None:
    """The nearest mention of a pronoun's actor that is not itself a pronoun, the one before it first."""
    if actor is None:
        return None
    spans = [(s, e) for s, e in doc._.actors[actor].spans if any(doc[i].pos_ in {"NOUN", "PROPN"} for i in range(s, e))]
    if not spans:
        return None
    before = [span for span in spans if span[1] <= pronoun.i]
    start, end = before[-1] if before else spans[0]
    return start, end, doc[start:end].root


def _compact(doc: Doc, head: int) -> tuple[int, int]:
    """The head with the adjectives, nouns and numbers right before it: what a phrase too long to be one is cut to."""
    start = head
    while start - 1 >= doc[head].sent.start and doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "DET"}:
        start -= 1
    return start, head + 1


def _trim(doc: Doc, start: int, end: int, head: int) -> tuple[int, int]:
    while start < head and (
        doc[start].lower_ in {"the", "a", "an", "them", "which", "whose", "that", "when", "where"}
        or doc[start].ent_type_ in {"DATE", "TIME"}
        or doc[start].pos_ in {"PUNCT", "SPACE", "ADP", "SCONJ", "CCONJ"}
    ):
        start += 1
    if doc[start].lower_ in {"least", "most"} and start and doc[start - 1].lower_ == "at":
        start -= 1
    while end - 1 > head and (
        doc[end - 1].pos_ in {"PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ"}
        or doc[end - 1].lower_ in {"hostage", "captive", "prisoner"}
    ):
        end -= 1
    opened = [i for i in range(head + 1, end) if doc[i].text in {"(", "["}]
    if opened and not any(doc[i].text in {")", "]"} for i in range(opened[-1], end)):
        end = opened[-1]  # "terrorists of the Front [FMLN" was cut within its bracket
    return start, end


def weapon_at(doc: Doc, start: int, end: int, head: int) -> str | None:
    """Canonical weapon name of a phrase, the one at its head first."""
    found = None
    for name in doc._.names:
        if name.weapon and name.start < end and name.end > start:
            if name.start <= head < name.end:
                return name.weapon
            found = found or name.weapon
    return found


def weapon_word(token: Token) -> Argument:
    """A weapon told by one word, as in "mortar attack"."""
    weapon = weapon_at(token.doc, token.i, token.i + 1, token.i)
    return Argument("weapon", token.i, token.i + 1, token.i, "weapon", weapon=weapon, confidence=0.8)
