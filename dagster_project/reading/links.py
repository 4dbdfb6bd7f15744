"""Which triggers of one sentence tell one event by grammar: "the blast killed five", "launched a strike killing X".

Belongs here: ``event.same_as`` from syntax alone. Does not belong: anaphora across clauses and sentences (``incidents.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import deep, nouns, syntax
from dagster_project.reading.types import Event

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WITHIN = {"in", "by", "during", "from", "at", "amid", "with", "after", "following", "as a result of", "because of"}
_AFTERWARDS = {"after", "following"}  # "following the attack at Boma, the air force struck camps": two acts
_WHEN = {"when", "as", "after", "while", "once"}


def link(doc: Doc, triggers: dict[int, int]) -> None:
    """Set ``same_as`` on events that tell the result or the doing of another event of their sentence."""
    for number, event in enumerate(doc._.events):
        if not event.extractor.startswith("verb:"):
            found = _of_noun(doc[event.trigger], event, doc, triggers)
        else:
            found = _of_verb(doc[event.trigger], event, doc, triggers)
        if found is not None and found != number and not _reaches(doc, found, number):
            event.same_as = found


def _reaches(doc: Doc, start: int, goal: int) -> bool:
    seen = set()
    current: int | None = start
    while current is not None and current not in seen:
        if current == goal:
            return True
        seen.add(current)
        current = doc._.events[current].same_as
    return False


def event_at(token: Token, triggers: dict[int, int]) -> int | None:
    """The event a phrase head tells, through "a wave of strikes", relative pronouns and conjuncts."""
    token = deep.resolve(token)
    if token.i in triggers:
        return triggers[token.i]
    if token.lower_ in nouns.TRANSPARENT:
        for preposition, inner in syntax.prepositional(token):
            if preposition == "of" and inner.i in triggers:
                return triggers[inner.i]
    return None


# What attacks do as well as attackers.
_DONE_BY_ACTS = frozenset({"hit", "strike", "target", "kill", "wound", "injure", "destroy", "damage"})
# What is done to aircraft is no part of a raid on the ground.
_DOWNING = frozenset({"verb:shoot down", "verb:bring down", "verb:down"})
# "Rebels overran a camp, sank a gunboat": what is done at sea is no part of a deed on land.
_AT_SEA = {"verb:ram", "verb:sink"}
_PLACING = frozenset({"verb:plant", "verb:place"})


def is_planting(event: Event) -> bool:
    """Whether an event tells how a bomb came to where it was."""
    return event.extractor in _PLACING


def is_told_by_its_deed(event: Event) -> bool:
    """Whether a bomb's planting is linked to what became of the bomb, which then says of what kind the act is."""
    return is_planting(event) and event.same_as is not None


def act_meant(subject: Token, lemma: str, triggers: dict[int, int]) -> int | None:
    """The act that a pronoun means: "he recommended the strikes and was confident they hit the right targets"."""
    if subject.lower_ not in {"they", "it"} or lemma not in _DONE_BY_ACTS:
        return None
    wanted = {"NNS", "NNPS"} if subject.lower_ == "they" else {"NN", "NNP"}
    before = [t.i for t in subject.doc[subject.sent.start : subject.i] if t.i in triggers and t.tag_ in wanted]
    return triggers[before[-1]] if before else None


def _of_verb(verb: Token, event: Event, doc: Doc, triggers: dict[int, int]) -> int | None:
    bomb = syntax.relative_head(verb) if is_planting(event) else None
    if bomb is not None:  # "defused a bomb that had been planted in front of the embassy"
        done = triggers.get(syntax.clause_root(bomb).i)
        if (
            done is not None
            and "verb:" in doc._.events[done].extractor
            and bomb in deep.logical_objects(doc[doc._.events[done].trigger])
        ):
            return done
    for subject in deep.logical_subjects(verb):  # "the attack killed", "a strike that hit", "the raid targeted"
        found = event_at(subject, triggers)
        if found is None:
            found = act_meant(subject, event.extractor.removeprefix("verb:"), triggers)
        if found is not None:
            return found
    if event.is_effect and any(syntax.is_relative_pronoun(t) for t in syntax.subjects(verb)):
        pronoun = next(t for t in syntax.subjects(verb) if syntax.is_relative_pronoun(t))
        if pronoun.lower_ in {"that", "which"}:  # "in response to a rocket attack in Iraq that killed": the nearest event
            for i in range(pronoun.i - 1, max(pronoun.i - 9, verb.sent.start - 1), -1):
                if i in triggers and not doc._.events[triggers[i]].extractor.startswith("verb:"):
                    return triggers[i]
    if event.is_effect or event.extractor in {"verb:hit", "verb:strike", "verb:shoot", "verb:injure"}:
        for preposition, token in syntax.prepositional(verb):  # "killed in the attack"
            if preposition in _WITHIN and (event.is_effect or preposition not in _AFTERWARDS):
                found = event_at(token, triggers)
                if found is not None and not doc._.events[found].is_effect:
                    return found
        for child in verb.children:  # "killed when a bomb exploded"
            told = triggers.get(child.i) if child.dep_ == "advcl" and any(m.lower_ in _WHEN for m in child.lefts) else None
            if told is not None and _is_answer(verb, child):
                continue
            if told is not None and not doc._.events[told].is_effect:
                return told
    if event.is_effect:
        upper = verb.head  # "attacked the base, killing five"
        if verb.dep_ in syntax.CONJUNCT | {"parataxis"} and _dated_apart(verb, upper):
            return None
        if verb.dep_ in {"advcl", "xcomp", "conj", "acl", "parataxis", "dep"} and upper != verb:
            if upper.i in triggers:
                return triggers[upper.i]
            found = _object_event(upper, triggers)
            if found is not None:
                return found
        deed = deed_before(verb, triggers)
        if deed is not None:
            return deed
        if verb.dep_ in syntax.PARTICIPIAL and verb.tag_ == "VBG":
            clause = syntax.clause_root(verb.head)
            if clause.i in triggers and clause.i < verb.i:
                return triggers[clause.i]
            found = _object_event(clause, triggers)
            if found is not None:
                return found
        if verb.dep_ in {"acl", "acl:relcl", "relcl"}:  # "an attack in which five died"
            found = event_at(verb.head, triggers)
            if found is not None:
                return found
    elif verb.dep_ in {"advcl", "xcomp", "acl"} and verb.tag_ == "VBG":
        above = triggers.get(verb.head.i)
        if above is None:
            above = _object_event(verb.head, triggers)  # "launched strikes, hitting 35 targets"
        apart = any(t.lower_ in {"after", "before", "since", "from"} for t in verb.lefts)
        if above is not None and not apart and not doc._.events[above].is_effect:
            return above  # "raided the village, burning houses"
    if not event.is_effect and verb.dep_ == "conj" and not syntax.subjects(verb) and not syntax.passive_subjects(verb):
        above = triggers.get(verb.head.i)  # "stormed the town, torched houses and took nine hostage": one deed in one breath
        if (
            above is not None
            and not doc._.events[above].is_effect
            and syntax.is_passive(verb) == syntax.is_passive(verb.head)
            and not _dated_apart(verb, verb.head)
            and all((event.extractor in kind) == (doc._.events[above].extractor in kind) for kind in (_DOWNING, _AT_SEA))
        ):
            return above
    begun = _begun(verb)
    if not event.is_effect and begun is not None and begun.i in triggers and not doc._.events[triggers[begun.i]].is_effect:
        return triggers[begun.i]
    deed = _deed_of_same_doer(verb, triggers)
    if deed is not None and not doc._.events[deed].is_effect:
        return deed
    scene = _scene_of(verb)
    if scene is not None:  # "an attack on the offices where bombs were set off"
        if scene.i in triggers:
            return triggers[scene.i]
        for number, other in enumerate(doc._.events):
            if other is not event and any(a.head == scene.i for a in other.arguments if a.role in {"target", "place"}):
                return number
    for thing in deep.logical_objects(verb):  # "repelled an attack", "carried out a bombing"
        found = event_at(thing, triggers)
        if found is not None:
            return found
    return None


_BEGINNING = {"started", "began", "proceeded", "continued", "kept", "went"}


def _begun(verb: Token) -> Token | None:
    """ "Stormed the garrison and started hurling grenades": the deed that people went on from to another, in one breath."""
    upper = verb.head
    if verb.dep_ not in {"xcomp", "ccomp"} or upper.lower_ not in _BEGINNING or upper.dep_ != "conj":
        return None
    return None if syntax.subjects(upper) else upper.head


def _deed_of_same_doer(verb: Token, triggers: dict[int, int]) -> int | None:
    """ "They were abducted by militants who invaded a flow station": what the doer of an act is told to have done with it."""
    if verb.dep_ not in syntax.RELATIVE or syntax.is_passive(verb) or _day_words(verb):
        return None
    if any(t.lower_ in {"had", "has", "have"} for t in verb.lefts) or verb.tag_ != "VBD":
        return None
    doer = verb.head
    act = next((t for t in doer.ancestors if t.i in triggers and doer in syntax.agents(t)), None)
    return triggers[act.i] if act is not None else None


def _scene_of(verb: Token) -> Token | None:
    """The thing or place that a clause opened by "where" tells an act of, unless it tells what was before."""
    opened = verb.dep_ in syntax.RELATIVE and any(t.lower_ == "where" for t in verb.lefts)
    return verb.head if opened and not any(t.lower_ in {"had", "has", "have"} for t in verb.lefts) else None


def _is_answer(verb: Token, clause: Token) -> bool:
    """ "Soldiers shot 45 men after rebels attacked their camp": each act has a doer of its own."""
    if not any(m.lower_ == "after" for m in clause.lefts) or syntax.is_passive(verb) or syntax.is_passive(clause):
        return False
    first, second = deep.logical_subjects(verb), deep.logical_subjects(clause)
    people = {"armed", "violent"}
    return any(nouns.classes(t) & people for t in first) and any(nouns.classes(t) & people for t in second)


def _dated_apart(verb: Token, upper: Token) -> bool:
    """ "X was killed on 2 March; Y was killed on 9 April": clauses of one sentence that tell acts of two days."""
    first, second = _day_words(verb), _day_words(upper)
    return bool(first) and bool(second) and first != second


def _day_words(verb: Token) -> list[str]:
    """Words of the dates that hang on a verb itself."""
    hung = [t for t in verb.children if t.ent_type_ == "DATE" and t.dep_ not in syntax.CONJUNCT | syntax.SUBJECTS]
    return [t.lower_ for child in hung for t in child.subtree if t.ent_type_ == "DATE"]


def _is_any_attack(event: Event) -> bool:
    """A word for violence that leaves its kind open: "an attack", "an assault"."""
    return event.extractor.split(":", 1)[1] in {"attack", "assault", "incident", "raid", "ambush", "operation"}


def deed_before(verb: Token, triggers: dict[int, int]) -> int | None:
    """The act told last before ", killing ten", where the tree hangs the participle on a verb further up:
    "answered with rockets that slammed into a market, killing ten".
    """
    upper, doc = verb.head, verb.doc
    if verb.tag_ != "VBG" or upper.i >= verb.i or verb.nbor(-1).text != ",":
        return None
    for i in range(verb.i - 1, upper.i, -1):
        if i in triggers and doc._.events[triggers[i]].extractor.startswith("verb:"):
            return triggers[i]
    return None


def _object_event(verb: Token, triggers: dict[int, int]) -> int | None:
    for thing in [*syntax.objects(verb), *syntax.passive_subjects(verb), *syntax.subjects(verb)]:
        found = event_at(thing, triggers)
        if found is not None:
            return found
    return None


def _of_noun(noun: Token, event: Event, doc: Doc, triggers: dict[int, int]) -> int | None:
    if event.is_effect:  # "the death of three soldiers in the attack"
        for preposition, token in syntax.prepositional(noun):
            if preposition in _WITHIN and (event.is_effect or preposition not in _AFTERWARDS):
                found = event_at(token, triggers)
                if found is not None:
                    return found
    if syntax.preposition_of(noun) == "in" and not event.is_definite:  # "blew herself up, killing ten in an attack that ..."
        effect = syntax.governor(noun)
        if effect.tag_ == "VBG" and effect.dep_ in {"advcl", "xcomp", *syntax.PARTICIPIAL} and effect.i in triggers:
            found = triggers.get(syntax.clause_root(effect.head).i)
            if found is not None and not doc._.events[found].is_effect:
                return found
    within = {"in"} if event.is_definite else {"in", "during"}  # "during the attack" others did what they did
    if syntax.preposition_of(noun) in within and _is_any_attack(event):
        deed = triggers.get(
            syntax.governor(noun).i
        )  # "looted lorries in an attack that ...", "opened fire in the 27 May assault"
        if deed is not None and not doc._.events[deed].is_effect and doc._.events[deed].trigger < noun.i:
            return deed
    if noun.dep_ in syntax.APPOSITION and noun.head.i in triggers:
        return triggers[noun.head.i]
    return None
