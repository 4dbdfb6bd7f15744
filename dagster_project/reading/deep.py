"""Who does what to whom beneath the surface: subjects and objects through passives, relatives, control and coordination.

Belongs here: grammatical relations that need more than one arc of the tree, and their fallbacks where the tree fails.
Does not belong: anything about conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs whose infinitive or gerund complement is done by their object, not by their subject.
OBJECT_CONTROL = {
    "accused", "accuse", "accuses", "accusing", "ordered", "order", "orders", "ordering", "forced", "forces", "force", "told",
    "asked", "urged", "sent", "sends", "led", "prompted", "allowed", "allows", "helped", "enabled", "directed", "instructed",
    "commanded", "authorized", "authorised", "suspected", "charged", "convicted", "blamed", "prompting", "forcing", "allowing",
    "letting", "leading", "seen", "saw", "showed", "shows", "prevent", "prevented", "stop", "stopped",
}  # fmt: skip
# Pasts of verbs that have no passive: "A bomb exploded" is never a noun with a participle.
_INTRANSITIVE = {
    "exploded",
    "crashed",
    "landed",
    "fell",
    "fallen",
    "died",
    "slammed",
    "erupted",
    "clashed",
    "went",
    "came",
    "rained",
    "perished",
    "detonated",
}
_VERBAL = {"VERB", "AUX"}
_OPENING = {"when", "as", "after", "while"}


def resolve(token: Token) -> Token:
    """A relative pronoun as the noun it stands for, anything else itself."""
    if syntax.is_relative_pronoun(token):
        for ancestor in token.ancestors:
            head = syntax.relative_head(ancestor)
            if head is not None and head.i < token.i:
                return head
    return token


def is_headless_main(verb: Token) -> bool:
    """A past taken for a participle: "The army struck at ..." read as a noun with a reduced relative and no main verb.

    Such a clause is active when it has an object or is aimed at something, passive ("Five soldiers killed in ambush") else.
    """
    head = verb.head
    if (
        verb.dep_ not in syntax.PARTICIPIAL
        or verb.tag_ not in {"VBN", "VBD"}
        or head.dep_.lower() != "root"
        or head.pos_ not in {"NOUN", "PROPN"}
    ):
        return False
    if head.i > verb.i or syntax.auxiliaries(verb) or syntax.agents(verb):
        return False
    return (
        verb.lower_ in _INTRANSITIVE
        or bool(syntax.objects(verb))
        or any(p in {"at", "on", "against"} and t.i - verb.i <= 4 for p, t in syntax.prepositional(verb))
    )


def logical_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the phrases that do what the verb says, relative pronouns resolved."""
    if depth > 4:
        return []
    if is_headless_main(verb):
        return [verb.head, *(t for t in verb.head.conjuncts if t.i < verb.i)]
    if syntax.is_passive(verb):
        return [resolve(t) for t in syntax.agents(verb) or _agents_behind(verb)]
    own = syntax.subjects(verb)
    if own:
        return [_of_predicate(resolve(t)) for t in own]
    if syntax.passive_subjects(verb):
        return []
    opened = _subject_of_opened_clause(verb) or subject_before_aside(verb)
    if opened is not None:
        return [opened]
    modified = syntax.relative_head(verb)
    if modified is not None:
        perfect = syntax.is_perfect_gerund(verb)
        if verb.tag_ == "VBN" and not perfect:
            return [resolve(t) for t in syntax.agents(verb)]
        if any(t.lower_ == "to" for t in syntax.markers(verb)):  # "a plan to attack"
            return syntax.possessors(modified) or syntax.agents(modified)  # "an attempt by X to kidnap Y"
        if (verb.tag_ == "VBG" or perfect) and any(
            t.lower_ in {"of", "in", "for", "to"} for t in verb.lefts
        ):  # "took the step of attacking"
            clause = syntax.clause_root(modified)
            if clause.lower_ in OBJECT_CONTROL and modified in syntax.objects(clause):
                return [modified]  # "accuses the army of perpetrating the attack"
            return syntax.possessors(modified) or (logical_subjects(clause, depth + 1) if clause.pos_ == "VERB" else [])
        return syntax.conjuncts(modified) if verb.i > modified.i else [modified]
    upper = syntax.controller(verb)
    if upper is None or _counted_before(verb) is not None:
        return []
    is_stray = verb.dep_ == "conj" and verb.tag_ in {"VBD", "VBZ", "VBP"} and upper.dep_.lower() == "root"
    if is_stray and upper.pos_ in {"NOUN", "PROPN"} and upper.i < verb.i:
        return [upper]  # "The subversives, members of X, painted slogans and dynamited": a subject read as the root
    if upper.pos_ in _VERBAL or upper.tag_.startswith("VB"):
        if verb.dep_ == "conj" and verb.tag_ == "VBN" and not syntax.auxiliaries(verb) and syntax.is_passive(upper):
            return [resolve(t) for t in syntax.agents(verb)]
        if upper.lower_ in OBJECT_CONTROL and verb.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and verb.tag_ in {"VB", "VBG"}:
            return logical_objects(upper, depth + 1)
        told = next((t for t in upper.children if t.dep_ == "ccomp" and t.i < upper.i < verb.i), None)
        if told is not None and verb.dep_ == "advcl" and verb.tag_ == "VBG":
            return logical_subjects(told, depth + 1)  # "jets bombed the town, witnesses said, hitting a school"
        if syntax.is_passive(upper) and verb.dep_ in {"xcomp", "advcl", "conj"}:
            found = syntax.passive_subjects(upper)
            if verb.dep_ == "advcl" and verb.tag_ == "VBG":
                agents = [resolve(t) for t in syntax.agents(upper)]
                found = agents or found
            return [resolve(t) for t in found]
        if verb.dep_ == "ccomp" and verb.tag_ not in {"VB", "VBG"}:
            return []
        return logical_subjects(upper, depth + 1)
    return []


def _agents_behind(verb: Token) -> list[Token]:
    """ "were shot and killed by rebels", "one was killed and three wounded by a mortar": the phrase told once, at the end."""
    for other in verb.children:
        if other.dep_ == "conj" and other.tag_ == "VBN" and not syntax.auxiliaries(other):
            return syntax.agents(other)
    return []


def _of_predicate(token: Token) -> Token:
    """ "Mondoro, close to the border, was attacked": an aside taken for the subject gives way to what it is said of."""
    told_of = syntax.subjects(token) if token.pos_ == "ADJ" else []
    return told_of[0] if told_of else token


def _subject_of_opened_clause(verb: Token) -> Token | None:
    """ "Five died when gunmen on motorbikes overran the camp", with the gunmen read as the object of "died"."""
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or verb.head.pos_ not in _VERBAL or verb.head.i > verb.i:
        return None
    doc = verb.doc
    if doc[verb.i - 1].pos_ == "CCONJ":
        return None  # "described it as an insult and urged him to act"
    for i in range(verb.i - 1, verb.head.i, -1):
        if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if doc[i].lower_ in _OPENING:
            return next((t for t in doc[i + 1 : verb.i] if t.pos_ in {"NOUN", "PROPN"} and t.head == verb.head), None)
    return None


def subject_before_aside(verb: Token) -> Token | None:
    """ "The mission, whose troops were not involved, praised it": the verb behind a relative clause, hung on that clause."""
    clause = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ"} or clause.dep_ not in syntax.RELATIVE or clause.i > verb.i:
        return None
    noun = clause.head
    closes = verb.nbor(-1).text == "," and noun.dep_.lower() == "root" and noun.pos_ in {"NOUN", "PROPN"}
    return noun if closes else None


def logical_objects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the phrases the verb is done to, relative pronouns resolved."""
    if depth > 4:
        return []
    if is_headless_main(verb):
        return [resolve(t) for t in syntax.objects(verb)]
    if syntax.is_passive(verb):
        found = [_of_predicate(resolve(t)) for t in syntax.passive_subjects(verb) or syntax.subjects(verb)]
        if found:
            return found + [a for t in found for a in listed(t)]
        taken = _subject_taken_before(verb)
        if taken is not None:
            return [taken]
        modified = syntax.relative_head(verb)
        if modified is not None:
            inverted = verb.i < modified.i and any(t.dep_ == "cop" for t in modified.children)
            return syntax.conjuncts(modified) if inverted else [modified]  # "killed were a vendor and a young man"
        if verb.dep_ == "amod":
            return [verb.head]
        if verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head != verb:
            upper = verb.head
            if syntax.is_passive(upper) or (verb.dep_ == "xcomp" and syntax.objects(upper)):
                return logical_objects(upper, depth + 1)
            return logical_subjects(upper, depth + 1)
        return []
    counted = _counted_before(verb)
    if counted is not None:
        return [counted]
    own = [resolve(t) for t in syntax.objects(verb)]
    if own:
        return own + _stray_conjuncts(verb, own)
    passive = syntax.passive_subjects(verb)
    if passive:
        return [resolve(t) for t in passive]
    if (
        verb.dep_ in syntax.RELATIVE
        and syntax.subjects(verb)
        and not any(syntax.is_relative_pronoun(t) for t in syntax.subjects(verb))
    ):
        return [verb.head]  # "the base they attacked"
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and syntax.is_passive(verb.head) and not syntax.auxiliaries(verb):
        return logical_objects(verb.head, depth + 1)
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL:
        # "struck and eliminated the commander": the object of the first verb follows both
        shared = [t for t in syntax.objects(verb.head) if t.i > verb.i]
        if shared:
            return [resolve(t) for t in shared]
    # "attacked and burned the village": the shared object follows the last verb
    later = [t for t in verb.children if t.dep_ == "conj" and t.i > verb.i and t.pos_ == "VERB"]
    for other in later:
        if syntax.objects(other) and other.i - verb.i <= 3 and not syntax.subjects(other):
            return [resolve(t) for t in syntax.objects(other)]
    return []


def _subject_taken_before(verb: Token) -> Token | None:
    """ "Fourteen people, five of them burned in their homes, were killed": the subject that a bare participle took."""
    if not any(t.dep_ in syntax.AUXILIARY for t in verb.lefts) or verb.dep_ not in {
        "ROOT",
        "root",
        "ccomp",
        "parataxis",
        "conj",
    }:
        return None
    siblings = [t for t in [verb.head, *verb.head.children, *verb.children] if t.tag_ in {"VBN", "VBD"} and t.i < verb.i]
    for other in reversed(siblings):
        if other.tag_ == "VBN" and not syntax.auxiliaries(other):
            return next((t for t in syntax.passive_subjects(other) if t.i < other.i), None)
    return None


def _counted_before(verb: Token) -> Token | None:
    """The number of "put the losses at about 15 killed": its participle tells of it alone."""
    if verb.tag_ != "VBN" or verb.dep_ != "advcl" or verb.i <= verb.head.i or syntax.auxiliaries(verb):
        return None
    before = verb.nbor(-1) if verb.i else None
    return before if before is not None and before.pos_ == "NUM" else None


def _stray_conjuncts(verb: Token, own: list[Token]) -> list[Token]:
    """Further members of an object's list that the tree hangs on the verb: "killed the priests, their cook and a maid"."""
    last = max(t.i for t in own)
    found = [a for t in own for a in listed(t)]
    for child in verb.children:
        if child.dep_ == "conj" and child.i > last and child.pos_ in {"NOUN", "PROPN"} and not syntax.subjects(child):
            found += [
                t for t in [child, *child.conjuncts] if t.pos_ in {"NOUN", "PROPN"} and t.i >= child.i and t not in found
            ]
    return [t for t in found if t not in own]


def listed(noun: Token) -> list[Token]:
    """Appositions that are members of a list: "the priests, their cook, and a maid" hangs the cook on the priests.

    Of a named person only somebody of his is another: "Perez, his wife, and a maid".
    """
    named = noun.ent_type_ == "PERSON"
    later = [t.i for t in noun.children if t.dep_ == "conj"]
    found = [
        t for t in syntax.appositions(noun) if later and t.i < later[-1] and t.pos_ == "NOUN" and t.ent_type_ != "PERSON"
    ]
    return [t for t in found if not named or any(c.tag_ == "PRP$" for c in t.lefts)]


def nearest_phrase(start: int, end: int, doc, backwards: bool = False) -> Token | None:
    """The head of the nearest noun phrase in tokens ``start:end`` that no preposition governs; None if there is none."""
    order = range(end - 1, start - 1, -1) if backwards else range(start, end)
    for i in order:
        token = doc[i]
        inside = token.dep_ in syntax.COMPOUND | syntax.POSSESSIVE | {"amod"} and token.head.pos_ not in _VERBAL
        if token.pos_ in {"NOUN", "PROPN"} and not inside and not syntax.preposition_of(token):
            return token
    return None


def by_phrase(verb: Token) -> Token | None:
    """The noun of a "by" phrase within eight tokens after a verb, read off the surface when the tree has no agent."""
    doc, end = verb.doc, verb.sent.end
    for i in range(verb.i + 1, min(verb.i + 9, end - 1)):
        if doc[i].pos_ == "VERB" or doc[i].text in {";", ":"}:
            return None
        if doc[i].lower_ == "by" and doc[i + 1].tag_ != "VBG":
            for j in range(i + 1, min(i + 8, end)):
                if doc[j].pos_ in {"NOUN", "PROPN"} and (j + 1 >= end or doc[j + 1].pos_ not in {"NOUN", "PROPN", "PART"}):
                    return doc[j]
    return None
