"""Single arcs that the words around them decide, put right before the repairs of whole clauses.

Belongs here: a word that hangs beside the one right before it, or has the wrong one of two labels. Does not belong:
clauses without their verb or their subject (``repairs.py``); anything about conflict.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Nouns that say of themselves what is meant to be done: "an attempt by the rebels to kidnap him".
_INTENTS = frozenset(
    "attempt attempts bid bids plot plots plan plans effort efforts threat threats conspiracy decision intention "
    "intentions".split()
)
# How one says that a doer is not known for certain: "the murder of X, presumably by hired killers".
_HEDGES = frozenset("presumably allegedly reportedly apparently supposedly possibly probably".split())
_AFTERMATHS = frozenset({"following", "after"})
_NEVER_ADJECTIVES = frozenset({"militia"})
_NOMINAL = frozenset({"appos", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"})
_PASSIVE_ADJECTIVES = frozenset({"involved"})
_DATES = frozenset({"DATE", "TIME"})
_SCENES = frozenset({"in", "at", "near"})


def straighten(doc: Doc) -> None:
    """Rewrites single arcs and labels in place; boundaries of sentences stay."""
    for token in doc:
        _name_kind(token)
        _name_people(token)
        _read_passive(token)
        if token.dep_ == "nmod:desc" and token.tag_ == "NN" and token.is_title and not token.is_sent_start:
            token.tag_, token.pos_ = "NNP", "PROPN"  # "Staff Sgt. William Rivers"
        if token.dep_ == "case":
            _govern_owned(token)
        elif token.dep_ == "cop":
            _equate(token)
        elif token.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS:
            _join_title(token)
            _read_second_subject(token)
        elif token.dep_ == "flat":
            _head_by_noun(token)
        elif token.dep_ == "advmod":
            _hedge_participle(token)
        elif token.dep_ in {"obl", "obl:unmarked"}:
            _lower_phrase(token)
            _lift_from_clause(token)
        elif token.dep_ == "advcl":
            _lower_clause(token)
        elif token.dep_ in syntax.RELATIVE:
            _tell_when(token)
        elif token.dep_ == "iobj":
            _control(token)
        elif token.dep_ == "conj":
            _share_infinitive(token)


def _name_kind(token: Token) -> None:
    """ "Militia positions": a noun read as an adjective."""
    if token.lower_ in _NEVER_ADJECTIVES and token.tag_ == "JJ":
        token.tag_, token.pos_ = "NN", "NOUN"
        if token.dep_ == "amod":
            token.dep_ = "compound"


def _read_passive(token: Token) -> None:
    """ "Were involved in the killing": a passive read as an adjective."""
    if token.lower_ not in _PASSIVE_ADJECTIVES:
        return
    copula = next((t for t in token.children if t.dep_ == "cop"), None)
    if copula is not None:
        token.tag_, token.pos_, copula.dep_ = "VBN", "VERB", "aux:pass"
        for subject in [t for t in token.children if t.dep_ == "nsubj"]:
            subject.dep_ = "nsubj:pass"


def _name_people(token: Token) -> None:
    """ "Five of them Italians": people named by their nation, read as an adjective."""
    if token.ent_type_ == "NORP" and token.tag_ == "JJ" and token.dep_ in _NOMINAL and token.text.endswith("ns"):
        token.tag_, token.pos_ = "NNPS", "PROPN"


def _govern_owned(preposition: Token) -> None:
    """ "Boats of the rebels' naval arm", "by Islamic State": the preposition governs the noun, not what describes it."""
    owner = preposition.head
    describes = owner.dep_ in syntax.POSSESSIVE or owner.dep_ == "compound"
    if preposition.tag_ == "IN" and describes and preposition.i < owner.i < owner.head.i:
        preposition.head = owner.head


def _equate(copula: Token) -> None:
    """ "The injured were 19-year-old Robinson Ramirez": they are the man, not his age."""
    described = copula.head
    if described.dep_ == "amod" and copula.i < described.i < described.head.i:
        copula.head = described.head


def _join_title(title: Token) -> None:
    """ "Prosecutor Luis Vega was killed": a title right before a name is no subject beside it."""
    if title.i + 1 >= len(title.doc) or title.tag_ != "NN" or title.ent_type_:
        return
    name = title.nbor(1)
    if name.ent_type_ == "PERSON" and name.head == title.head and name.dep_ == title.dep_:
        title.head, title.dep_ = name, "nmod:desc"


def _read_second_subject(noun: Token) -> None:
    """What stands as a subject behind a past that has one before it: its object, or who the first one is.

    "The army eliminated, on the night of 12 March, four rebels"; "Three Americans were killed, three soldiers".
    """
    verb = noun.head
    first = next((t for t in verb.lefts if t.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS), None)
    if first is None or noun.i < verb.i or first.dep_ != noun.dep_:
        return
    if noun.dep_ in syntax.PASSIVE_SUBJECTS:
        noun.head, noun.dep_ = first, "appos"
    elif verb.tag_ == "VBD" and not syntax.objects(verb):
        noun.dep_ = "obj"
        for child in [t for t in verb.children if t.i > noun.i and t.left_edge.i == noun.i + 1 and _is_scene(t)]:
            child.head, child.dep_ = noun, "nmod"


def _head_by_noun(noun: Token) -> None:
    """ "Boko Haram logistics": the common noun behind a name has it as its modifier."""
    name = noun.head
    if noun.tag_ not in {"NN", "NNS"} or not noun.is_lower or not name.ent_type_ or noun.ent_type_ or noun.i < name.i:
        return
    others = [t for t in name.children if t != noun and (t.i > noun.i or t.dep_ in {"case", "det", "amod", "nummod"})]
    noun.head, noun.dep_ = (noun, "ROOT") if name.head == name else (name.head, name.dep_)
    name.head, name.dep_ = noun, "compound"
    for child in others:
        child.head = noun


def _hedge_participle(adverb: Token) -> None:
    """ "A mine presumably laid by rebels exploded": the adverb tells of the participle right behind it."""
    if adverb.lower_ not in _HEDGES or adverb.i + 1 >= len(adverb.doc):
        return
    participle = adverb.nbor(1)
    if participle.dep_ in syntax.PARTICIPIAL and participle.tag_ == "VBN" and participle != adverb.head:
        adverb.head = participle


def _lower_phrase(noun: Token) -> None:
    """A phrase on the verb of its clause that tells of what stands right before it."""
    doc, verb, start = noun.doc, noun.head, noun.left_edge.i
    if start <= noun.sent.start or noun.i < verb.i:
        return
    before, case = doc[start - 1], syntax.preposition_of(noun)
    if before.tag_ == "VBN" and before.dep_ in syntax.PARTICIPIAL and before.head.head == verb:
        if case and noun.ent_type_ not in _DATES:  # "defused a bomb planted in front of the embassy"
            noun.head = before
        return
    for other in verb.children:
        if other.i <= verb.i or other.i >= start or other.right_edge.i != start - 1:
            continue
        if syntax.preposition_of(other) in _AFTERMATHS and _is_scene(noun):
            noun.head, noun.dep_ = other, "nmod"  # "suspended following the attack on an office in Lima"
        elif case == "by" and other.dep_ in syntax.OBJECTS and any(t.lower_ in _HEDGES for t in doc[start : noun.i]):
            noun.head, noun.dep_ = other, "nmod"  # "protested the murder of X, presumably by hired killers"
        return


def _is_scene(noun: Token) -> bool:
    return noun.ent_type_ in {"GPE", "LOC", "FAC"} and syntax.preposition_of(noun) in _SCENES


def _lift_from_clause(noun: Token) -> None:
    """ "Told reporters on Friday that rebels had attacked": what stands before "that" is outside its clause."""
    clause = noun.head
    if clause.dep_ != "ccomp" or clause.head.i > noun.i:
        return
    if any(t.lower_ == "that" and noun.i < t.i < clause.i for t in syntax.markers(clause)):
        noun.head = clause.head


def _lower_clause(verb: Token) -> None:
    """An infinitive or a gerund on the verb of its clause that tells of the object before it."""
    things = [t for t in verb.head.children if t.dep_ in syntax.OBJECTS and verb.head.i < t.i < verb.i]
    if not things or syntax.subjects(verb):
        return
    marks = {t.lower_ for t in syntax.markers(verb)}
    plans = verb.tag_ == "VB" and "to" in marks and things[-1].lower_ in _INTENTS
    charged = "of" in marks and syntax.is_perfect_gerund(verb)  # "accused the minister of having ordered it"
    if plans or charged:
        verb.head, verb.dep_ = things[-1], "acl"


def _tell_when(verb: Token) -> None:
    """ "Was killed on 28 January when a drone crashed": what happened then tells of the act, not of the day."""
    day = syntax.first_conjunct(verb.head)
    while day.ent_type_ in _DATES and day.head.ent_type_ in _DATES and day.head != day:
        day = day.head
    opening = next((t for t in verb.lefts if t.lower_ == "when"), None)
    if opening is None or day.ent_type_ not in _DATES or day.head.pos_ != "VERB" or syntax.preposition_of(day) == "since":
        return
    verb.head, verb.dep_ = day.head, "advcl"
    opening.dep_, opening.tag_, opening.pos_ = "mark", "IN", "SCONJ"


def _control(person: Token) -> None:
    """ "Prompting the government to summon him": who does what an infinitive says is the object of the verb."""
    siblings = [t for t in person.head.children if t.i > person.i]
    if any(t.dep_ == "xcomp" for t in siblings) and not any(t.dep_ in syntax.OBJECTS for t in siblings):
        person.dep_ = "obj"


def _share_infinitive(verb: Token) -> None:
    """ "Prompted them to summon him and issue a note": a bare infinitive goes with one, not with a past."""
    if verb.tag_ != "VB" or verb.head.tag_ not in {"VBD", "VBZ"} or verb.head.i > verb.i:
        return
    if syntax.auxiliaries(verb) or syntax.markers(verb) or syntax.subjects(verb):
        return
    for other in reversed(verb.doc[verb.head.i + 1 : verb.i]):
        if other.tag_ == "VB" and any(t.lower_ == "to" for t in syntax.markers(other)):
            verb.head = other
            return
