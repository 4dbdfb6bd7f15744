"""Arguments that a noun of violence gives: "the US strike on X", "the killing of X by Y", "car bomb attack", and headlines.

Does not belong: verbs (``verb_roles.py``), light verbs and clauses around the noun (``role_frames.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, kinds, nouns, surroundings, syntax
from dagster_project.reading.fillers import sides_of_origin, weapon_word
from dagster_project.reading.participants import BELLIGERENT, HARMING, Collector, words_before
from dagster_project.reading.role_frames import LAID, clause_on, light_verb
from dagster_project.reading.types import Argument, Name
from dagster_project.reading.verb_roles import AT_SITE, EXPLODING, MUTUAL
from dagster_project.reading.vocabulary import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

# Before a trigger these name its kind, not who did it: "terrorist attack", "police operation".
_KIND_WORDS = {"terrorist", "military", "criminal", "extremist", "commando", "guerrilla-style", "terror", "sniper", "armed"}
_MERE_KINDS = {"terrorist", "terror", "criminal", "extremist"}
_FIRE = {"fire", "shelling", "bombardment", "barrage", "shots", "gunfire", "shooting"}
_PRESUMED = {"presumably", "allegedly", "apparently", "supposedly", "purportedly", "possibly", "probably", "reportedly"}


def _is_presumed(doer: Token) -> bool:
    """ "Presumably by guerrillas"."""
    return any(t.lower_ in _PRESUMED for t in doer.doc[max(doer.left_edge.i - 1, doer.sent.start) : doer.i])


def _presumed_doer(noun: Token) -> Token | None:
    """ "The murder of X, presumably by paid assassins": a doer set apart, which the tree may hang anywhere."""
    doc = noun.doc
    for i in range(noun.i + 1, noun.sent.end - 1):
        if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
            return None
        if doc[i].lower_ in _PRESUMED and doc[i + 1].lower_ == "by":
            return deep.nearest_phrase(i + 2, noun.sent.end, doc)
    return None


def from_noun(found: Collector, noun: Token) -> None:
    lemma, doc = found.lemma, found.doc
    shared = syntax.first_conjunct(noun)
    pairs = syntax.prepositional(noun)
    if not pairs and shared != noun:  # "the disappearance and kidnapping of X": the phrase hangs on either conjunct
        pairs = [(p, t) for p, t in syntax.prepositional(shared) if t.i > noun.i]
    if noun.dep_ in syntax.COMPOUND and noun.head.i > noun.i:  # "the murder case of X"
        pairs = [(p, t) for p, t in syntax.prepositional(noun.head) if p in {"of", "against"}]
    blamer = surroundings.governing_verb(noun)
    blamed = {
        f.filler_slot
        for f in (frames("verb").get(blamer.lower_, ()) if blamer is not None else ())
        if f.event_slot == "object" and f.attribution in {"blamed", "suspected"}
    }
    is_laid_on = syntax.governor(shared).lower_ in LAID and syntax.preposition_of(shared) == "for"
    if is_laid_on:  # "placed the responsibility for the murder on the officers"
        pairs = [(p, t) for p, t in pairs if p not in {"on", "upon"}]
    if not syntax.preposition_of(shared):  # "blamed them for the attack on the village"
        pairs = [(p, t) for p, t in pairs if p not in blamed]  # "blamed the attack on the rebels"
    victims_own = lemma in HARMING and lemma not in {"shooting"}
    has_of = any(p == "of" for p, _ in pairs)
    for preposition, token in pairs:
        kinds_of = nouns.classes(token)
        if preposition == "of":
            if victims_own:
                found.patient(token)
            elif kinds_of & {"weapon"} and lemma in {"barrage", "salvo", "volley", "blast", "explosion", "detonation"}:
                found.add("weapon", token)
            elif (
                kinds_of & {"armed"}
                and not kinds_of & {"place", "facility"}
                and lemma in {"attack", "assault", "raid", "offensive", "ambush"}
            ):
                found.doer(token, 0.7)
            elif kinds_of & {"physical", "named_person", "human"}:
                found.patient(token)
        elif preposition == "by" and victims_own and not has_of and kinds_of & {"weapon"}:  # "murder by gunfire of two nuns"
            found.add("weapon", token)
            for inner in (t for p, t in syntax.prepositional(token) if p == "of"):
                found.patient(inner)
        elif preposition == "by":
            found.doer(token, attribution="suspected" if _is_presumed(token) else "asserted")
        elif preposition in surroundings.AIMED or preposition == "against":
            if kinds_of & {"physical", "named_person", "human", "state"} and token.ent_type_ not in {"DATE", "TIME"}:
                if lemma in EXPLODING and preposition in {"on", "at"} and not kinds_of & {"facility", "vehicle", "ship"}:
                    continue
                if (
                    preposition == "at"
                    and lemma not in {"shelling"}
                    and not kinds_of & {"facility", "vehicle", "human", "ship"}
                ):
                    continue
                if preposition == "into":
                    continue
                found.patient(token)
        elif preposition in {"between", "among"} and lemma in MUTUAL:
            found.add("initiator", token)
        elif preposition == "from" and lemma.split()[-1] in _FIRE:
            for owner in sides_of_origin(token):  # "mortar fire from army positions"
                found.add("initiator", owner, 0.7, "blamed")
        elif preposition == "with":
            if lemma in MUTUAL and kinds_of & {"human"}:
                found.add("initiator", token)
            elif kinds_of & {"weapon"}:
                found.add("weapon", token)
        elif (preposition == "using" and kinds_of & {"weapon"}) or (preposition == "involving" and kinds_of & {"weapon"}):
            found.add("weapon", token)
        elif preposition in AT_SITE and lemma in EXPLODING and kinds_of & {"facility", "vehicle"}:
            found.add("target", token, 0.75)
    if not any(p == "by" for p, _ in pairs):
        doer = _presumed_doer(noun)
        if doer is not None:
            found.doer(doer, 0.7, "suspected")
        for doer in (t for p, inner in pairs if p == "of" for q, t in syntax.prepositional(inner) if q == "by"):
            found.doer(doer, 0.8)  # "the abduction of a member of the staff by rebels", hung on the member
    for owner in syntax.possessors(noun):
        if owner.ent_type_ in {"DATE", "TIME"} or owner.lower_ in {
            "today",
            "yesterday",
            "tonight",
            "evening",
            "night",
            "week",
            "month",
            "year",
        }:
            continue
        is_dead = lemma == "death"  # "two marines whose deaths were announced": whoever they are
        if victims_own and not has_of and (is_dead or not nouns.classes(owner) & {"armed"}):
            found.patient(owner)
        else:
            found.doer(owner)
    for modifier in words_before(noun, found.event.trigger_start):
        _modifier(found, modifier)
    for name in doc._.names:  # "car bomb explosion": the weapon's whole name, though the trigger takes a part of it
        if (
            name.weapon
            and found.event.trigger_start - 4 <= name.start
            and found.event.trigger_start <= name.end < found.event.trigger_end
        ):
            _whole_weapon(found, name)
    for token in doc[found.event.trigger_start : found.event.trigger_end - 1]:
        if (
            kinds.hints(token) - {""}
            and surroundings.is_weapon(token)
            and not any(a.role == "weapon" for a in found.event.arguments)
        ):
            found.event.arguments.append(weapon_word(token))
    upper = syntax.governor(noun)
    whole = [upper] if upper.lower_ in nouns.TRANSPARENT and syntax.preposition_of(noun) == "of" else []
    for child in (
        c for t in [noun, *whole] for c in t.children
    ):  # "an attack targeting the base", "a strike carried out by the army"
        if child.dep_ in syntax.PARTICIPIAL | syntax.RELATIVE and child.pos_ in {"VERB", "AUX"}:
            clause_on(found, child)
    for _, thing in pairs:  # "a fire at a depot, which officials blamed on rebels": a depot is blamed on nobody
        for child in thing.children:
            if child.dep_ in syntax.RELATIVE and any(
                f.event_slot == "object" and f.attribution == "blamed" for f in frames("verb").get(child.lower_, ())
            ):
                clause_on(found, child)
    verb = surroundings.governing_verb(noun)
    if verb is not None and verb.i not in found.triggers:
        light_verb(found, noun, verb)
    if not any(a.role == "initiator" for a in found.event.arguments):
        _light_by_surface(found, noun)
    if noun.idx < doc._.source.title_end:
        _headline(found, noun)


def _whole_weapon(found: Collector, name: Name) -> None:
    if not any(a.role == "weapon" for a in found.event.arguments):
        found.event.arguments.append(
            Argument("weapon", name.start, name.end, name.end - 1, "weapon", weapon=name.weapon, confidence=0.85)
        )


def _modifier(found: Collector, modifier: Token) -> None:
    """ "US drone strikes", "rebel attack", "embassy bombing": doer, means or target before the trigger."""
    doc = found.doc
    own = nouns.own_classes(modifier)
    following = doc[modifier.i + 1] if modifier.i + 1 < len(doc) else None
    if following is not None and (
        following.text in {"-", "–"} or following.lower_ in {"backed", "aligned", "linked", "style"}
    ):
        return
    if found.lemma == "ambush" and nouns.lexical_classes(modifier) & {"vehicle", "ship"}:
        found.patient(modifier, 0.7)  # "the convoy ambush": nobody lies in wait in a convoy
        return
    is_whose = modifier.pos_ == "ADJ" and doc._.actor_at.get(modifier.i) is not None  # "Iranian missile and drone strikes"
    if own & {"weapon", "aircraft"} and not own & {"armed"} and not is_whose:
        if not any(a.role == "weapon" for a in found.event.arguments):
            found.event.arguments.append(weapon_word(modifier))
        return
    is_bare = modifier.pos_ == "ADJ" and not nouns.lexical_classes(modifier) and modifier.ent_type_ != "NORP"
    if is_bare and following is not None and following.lower_ in _MERE_KINDS:
        return  # "this new terrorist attack"
    actor = doc._.actor_at.get(modifier.i)
    is_country_name = modifier.ent_type_ == "GPE" and modifier.text.upper() != modifier.text
    if found.lemma in HARMING and found.lemma not in {"shooting", "massacre"} and not own & {"armed"}:
        if own & {"person", "named_person"}:
            found.patient(modifier, 0.7)
        return
    if modifier.lower_ in _MERE_KINDS and all(t.is_punct for t in modifier.lefts):
        return
    if (
        actor is not None
        and not is_country_name
        and (own & {"violent"} or doc._.actors[actor].actor_type in {*BELLIGERENT, "igo"})
    ):
        found.add("initiator", modifier, 0.85)
    elif (own & {"armed"} and modifier.lower_ not in _KIND_WORDS and not is_country_name) or modifier.ent_type_ == "NORP":
        found.add("initiator", modifier, 0.75)
    elif own & {"facility", "vehicle", "ship"}:
        found.patient(modifier, 0.7)


def _light_by_surface(found: Collector, noun: Token) -> None:
    """A light verb shortly before a nominal whose tree lost it: "US carries out air strikes"."""
    doc = noun.doc
    for i in range(noun.i - 1, max(noun.i - 9, noun.sent.start - 1), -1):
        token = doc[i]
        if token.text in {",", ";", ":"} or token.lower_ in {"that", "which", "who"}:
            return
        light = [
            f
            for f in frames("verb").get(token.lower_, ())
            if f.event_slot == "object" and f.role == "initiator" and f.filler_slot == "subject"
        ]
        if light:
            subjects = deep.logical_subjects(token)
            if not subjects and token.tag_ in {"VBD", "VBZ", "VBP", "NNS"}:
                guess = deep.nearest_phrase(token.sent.start, i, doc, backwards=True)
                subjects = [guess] if guess is not None else []
            for subject in subjects:
                if light[0].attribution == "asserted":
                    found.doer(subject, 0.6)
            return
        if token.pos_ == "VERB":
            return


def _headline(found: Collector, noun: Token) -> None:
    """A headline's verb taken for a noun: "US Attacks Iranian Targets In Iraq"."""
    doc = noun.doc
    if noun.i + 1 >= len(doc) or noun.i == noun.sent.start or doc[noun.i + 1].pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"}:
        return
    if doc._.actor_at.get(noun.i - 1) is not None or "human" in nouns.own_classes(doc[noun.i - 1]):
        found.add("initiator", doc[noun.i - 1], 0.6)
    for i in range(noun.i + 1, noun.sent.end):
        if doc[i].pos_ in {"ADP", "PUNCT", "VERB", "CCONJ"}:
            break
        if i + 1 >= noun.sent.end or doc[i + 1].pos_ not in {"ADJ", "NOUN", "PROPN", "NUM"}:
            found.patient(doc[i], 0.6)
            break
