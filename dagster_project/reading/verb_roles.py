"""Arguments that a verb of violence gives: its subject and object in every voice, its prepositions, and what a tree lost.

Does not belong: nouns of violence (``noun_roles.py``), what a participant may be (``participants.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, surroundings, syntax
from dagster_project.reading.fillers import weapon_word
from dagster_project.reading.links import deed_before
from dagster_project.reading.participants import UNDERGOING, Collector, is_way, whole_of
from dagster_project.reading.vocabulary import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

# A blast does this to the place it goes through.
_PASSING = {"tear through", "rip through", "sweep through"}
# Verbs of harm that never lack an object where they are active.
_UNFINISHED = {
    "gun down", "shoot dead", "shoot to death", "murder", "assassinate", "kidnap", "abduct", "wound", "injure", "behead", "lynch", "martyr", "slay", "arrest", "detain",
    "kill", "massacre", "slaughter", "execute",
}  # fmt: skip
# What their object tells was done to their subject, and fought off: "soldiers beat back an attack".
_DEFENDING = {"repel", "push back", "beat back", "drive back", "throw back", "fight off", "beat off", "fend off"}
# What they reach stands behind a preposition: "gunmen burst into a bar", "a mob set upon the traders".
_ENTERING = {"burst", "barge", "break", "descend", "set upon"}
# Without an object their subject suffers it: "a seaman burned to death".
_BEFALLING = {"burn to death", "burn alive"}
_TAKING = {"take hostage", "take as hostages", "take captive", "take prisoner"}
# Their subject suffered what their object tells.
_LOSING = {"lose"}
EXPLODING = {
    "explode",
    "detonate",
    "go off",
    "blast",
    "explosion",
    "land",
    "fall",
    "crash",
    "slam",
    "smash",
    "plough",
    "rain down",
    "detonation",
    "bomb explosion",
    "bomb blast",
}
_BOMBERS = {"bomber", "bombers", "attacker", "attackers"}
_MEANS = {"weapon", "vehicle", "aircraft", "ship"}
MUTUAL = {
    "clash",
    "skirmish",
    "firefight",
    "gunfight",
    "gun battle",
    "gunbattle",
    "shootout",
    "shoot-out",
    "fighting",
    "battle",
    "exchange fire",
    "trade fire",
    "exchange",
}
_SUFFERING = {"come under fire", "come under attack"}
_OBJECT_IS_WEAPON = {
    "fire", "fire at", "fire on", "fire into", "launch", "lob", "hurl", "throw", "drop", "plant", "place", "set off", "detonate", "explode", "defuse", "use",
}  # fmt: skip
_EXCHANGING = {"exchange"}
# What is fired tells of no weapon by itself.
_SHOTS = {"shot", "shots", "round", "rounds", "volley", "volleys", "burst", "bursts", "salvo", "salvos", "fire"}
AT_SITE = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "in front of",
    "under",
    "beneath",
    "on",
    "against",
    "opposite",
    "next to",
    "beside",
    "into",
    "close to",
    "behind",
}


def from_verb(found: Collector, verb: Token) -> None:
    lemma = found.lemma
    subjects, things = deep.logical_subjects(verb), deep.logical_objects(verb)
    passive = syntax.is_passive(verb) and not deep.is_headless_main(verb)
    accused = _accused(verb)
    if accused:
        subjects = []
        for token in accused:
            found.add("initiator", token, 0.8, "blamed")
    if found.event.is_effect and not accused and verb.tag_ == "VBG" and verb.dep_ in syntax.PARTICIPIAL:
        upper = syntax.clause_root(verb.head)  # "hit a plant, killing one worker": the participle is the clause's
        if upper != verb and upper.pos_ == "VERB" and upper.i < verb.i:
            subjects = deep.logical_subjects(upper)
    deed = deed_before(verb, found.triggers) if found.event.is_effect else None
    if deed is not None:
        told = found.doc[found.doc._.events[deed].trigger]
        if told.dep_ not in syntax.RELATIVE:  # "with rockets that slammed": whoever sent the rockets
            subjects = deep.logical_subjects(told)
    if not passive and not things and lemma in _TAKING:  # "taking as hostages the engineers ..."
        guess = deep.nearest_phrase(found.event.trigger_end, verb.sent.end, found.doc)
        things = [guess] if guess is not None else []
    if passive and not things:
        guess = _guess_patient(verb)
        things = [guess] if guess is not None else []
    if lemma in UNDERGOING or (lemma in _BEFALLING and not passive and not any(t.i > verb.i for t in things)):
        for token in _told_of(verb) or subjects:
            found.patient(token)
    elif lemma in _LOSING:
        for token in things:
            found.patient(token)
    elif lemma in _SUFFERING:
        for token in subjects:
            found.add("target", token)
        act = [
            *syntax.objects(verb),
            *(t for p, t in syntax.prepositional(verb) if p == "under"),
        ]  # "under attack by rebels"
        for preposition, token in [pair for word in [verb, *act] for pair in syntax.prepositional(word)]:
            if preposition in {"from", "by"}:
                found.doer(token)
    elif lemma.endswith("mine") and not passive:  # "the truck ran over a mine", "a patrol stepped on a landmine"
        for token in subjects:
            found.patient(token)
        found.event.arguments.append(weapon_word(found.doc[found.event.trigger_end - 1]))
    else:
        is_headline = lemma in _UNFINISHED and not things and not passive and verb.tag_ in {"VBD", "VBN"}
        if is_headline:
            things, subjects = subjects, []  # "Four rebels gunned down in Tral": a headline's participle taken for a past
        if lemma in _DEFENDING and things and not any("armed" in nouns.classes(t) for t in things):
            for token in [*subjects, *(t for p, t in syntax.prepositional(verb) if p == "by" and passive)]:
                found.add("target", token, 0.8)
            return
        for token in subjects:
            by_itself = lemma in EXPLODING and not (lemma == "detonate" and things)
            if not by_itself or token.lower_ in _BOMBERS or nouns.classes(token) & _MEANS:
                found.doer(token)
        for token in things:
            if lemma in _EXCHANGING:
                continue
            if lemma in _OBJECT_IS_WEAPON:
                if surroundings.is_weapon(token) and token.lower_ not in _SHOTS:
                    found.add("weapon", token)
            else:
                found.patient(token)
        if not subjects and not passive and not is_headline and lemma not in EXPLODING:
            guess = _guess_subject(verb)
            if guess is not None:
                found.doer(guess, 0.5)
        if passive and not subjects:
            guess = deep.by_phrase(verb)
            if guess is not None:
                found.doer(guess, 0.6)
    if lemma in MUTUAL:
        for preposition, token in syntax.prepositional(verb):
            if preposition in {"with", "between"}:
                found.add("initiator", token)
    for preposition, token in syntax.prepositional(verb):
        kinds_of = nouns.classes(token)
        if preposition in {"with", "using", "by", "in"} and kinds_of & {"weapon"} and not kinds_of & {"armed"}:
            found.add("weapon", token, 0.85)
        elif preposition in surroundings.AIMED and preposition not in {"in"} and not is_way(token, preposition):
            if lemma in {
                "fire",
                "fire at",
                "fire on",
                "fire into",
                "open fire",
                "shoot",
                "launch",
                "lob",
                "hurl",
                "throw",
                "drop",
                "strike",
                "rain down",
                "come",
            }:
                if kinds_of & {"physical", "named_person"} and token.ent_type_ not in {"DATE", "TIME"}:
                    found.add("target", token, 0.85)
            elif preposition == "against" and kinds_of & {"physical"}:
                found.add("target", token, 0.8)
        if lemma in _ENTERING and preposition in {"into", "on", "upon"}:
            found.patient(token, 0.85)
        if lemma == "set fire" and preposition == "to":
            found.patient(token, 0.85)
        passes = lemma in _PASSING and preposition == "through"
        at_site = lemma in EXPLODING | {"plant", "place", "set off", "throw", "hurl"} and preposition in AT_SITE
        at_site = at_site and not is_way(token, preposition)
        if passes or at_site:
            site = whole_of(token)
            if nouns.classes(site) & {"facility", "vehicle", "ship", "aircraft"}:
                found.add("target", site, 0.75)
    for child in verb.children:  # "using drones", "armed with rifles"
        if child.lower_ in {"using", "wielding", "firing"}:
            for token in syntax.objects(child):
                if surroundings.is_weapon(token):
                    found.add("weapon", token, 0.85)
    if verb.head.lower_ in {"used", "using", "uses", "use"} and verb.tag_ == "VB":  # "used mortars to attack the embassy"
        for token in syntax.objects(verb.head):
            if surroundings.is_weapon(token):
                found.add("weapon", token, 0.85)
    for doer in subjects:
        _armed_with(found, doer)


def _accused(verb: Token) -> list[Token]:
    """ "Accused the army, the rebels and the police of killing": all who are accused, wherever the tree hangs the gerund."""
    mark = next((t.lower_ for t in verb.children if t.dep_ in {"mark", "case"}), "")
    if verb.tag_ != "VBG" or mark not in {"of", "for"}:
        return []
    charge = verb.head if verb.head.pos_ == "VERB" else syntax.clause_root(verb.head)
    charges = [f for f in frames("verb").get(charge.lower_, ()) if f.event_slot == mark and f.attribution == "blamed"]
    return deep.logical_objects(charge) if charges and charge != verb else []


def _told_of(verb: Token) -> list[Token]:
    """ "The source said that Vargas was shot and died", where the tree lets the source die: whom the clause between is of."""
    upper = verb.head
    if verb.dep_ not in syntax.CONJUNCT or syntax.subjects(verb):
        return []
    clause = next((t for t in upper.children if t.dep_ == "ccomp" and upper.i < t.i < verb.i), None)
    return [] if clause is None else [*syntax.passive_subjects(clause), *syntax.subjects(clause)]


def _armed_with(found: Collector, doer: Token) -> None:
    for child in doer.children:
        if child.lower_ in {"armed", "wielding", "using", "carrying"}:
            for token in [*syntax.objects(child), *(t for p, t in syntax.prepositional(child) if p == "with")]:
                if surroundings.is_weapon(token):
                    found.add("weapon", token, 0.7)


def _guess_patient(verb: Token) -> Token | None:
    """The phrase before a passive verb whose tree has no subject: "Oqueli, 45, and Gilda Flores, ..., were kidnapped"."""
    if verb.dep_ not in {"ROOT", "root", "ccomp", "parataxis", "dep", "conj"}:
        return None
    start = verb.sent.start
    for i in range(verb.i - 1, start - 1, -1):
        if verb.doc[i].pos_ == "VERB" or verb.doc[i].text in {":", ";"}:
            start = i + 1
            break
    for entity in verb.doc.ents:
        if entity.label_ == "PERSON" and start <= entity.start < verb.i:
            return entity.root
    return deep.nearest_phrase(start, verb.i, verb.doc, backwards=True)


def _guess_subject(verb: Token) -> Token | None:
    """The nearest human phrase before a verb that the tree left without subject, in the same clause."""
    if verb.dep_ in {"xcomp", "amod"} or (
        verb.tag_ == "VBG" and verb.dep_ in {"acl", "csubj", "nsubj", "obj", "nmod", "obl"}
    ):
        return None
    if verb.dep_ not in {"ROOT", "root", "ccomp", "parataxis", "dep"}:
        return None
    start = verb.sent.start
    for i in range(verb.i - 1, start - 1, -1):
        if verb.doc[i].pos_ == "VERB" or verb.doc[i].text in {":", ";", "—"}:
            start = i + 1
            break
    token = deep.nearest_phrase(start, verb.i, verb.doc, backwards=True)
    if token is not None and nouns.classes(token) & {"human", "violent", "named_person"}:
        return token
    return None
