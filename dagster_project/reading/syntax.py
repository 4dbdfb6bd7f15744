"""One view of dependency trees, whatever the label scheme of the model.

The bundled model speaks Universal Dependencies, the ``en_core_web_*`` models ClearNLP labels, where prepositions head
their objects. The components ask the questions below and never look at ``token.dep_``.

Belongs here: grammatical relations. Does not belong: anything about conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = {"nsubj", "csubj", "nsubj:outer", "csubj:outer"}
PASSIVE_SUBJECTS = {"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"}
OBJECTS = {"obj", "dobj"}
RELATIVE = {"acl:relcl", "relcl"}
PARTICIPIAL = {"acl"}
CONJUNCT = {"conj"}
APPOSITION = {"appos"}
COMPOUND = {"compound", "nmod:desc", "flat", "flat:foreign", "nn"}
POSSESSIVE = {"nmod:poss", "poss"}
AUXILIARY = {"aux", "aux:pass", "auxpass"}
MODIFIERS = {
    "amod",
    "nummod",
    "det",
    "advmod",
    "neg",
    "quantmod",
    "npadvmod",
    "obl:npmod",
    "obl:unmarked",
    "nmod:npmod",
}
FORMS_OF_BE = {"be", "been", "being", "is", "are", "was", "were", "am", "'s", "'re"}
INDIRECT_OBJECTS = {"iobj", "dative"}
NEGATORS = {"not", "n't", "never", "no", "neither", "nor", "nobody", "none", "nothing", "without"}


def subjects(verb: Token) -> list[Token]:
    """Active subjects of a verb, conjuncts included."""
    found = [t for t in verb.children if t.dep_ in SUBJECTS]
    if len(found) > 1:  # "rebels loyal to former president X attacked": X stands behind a preposition
        found = [t for t in found if not _is_governed(t)] or found
    return _agreeing(verb, _with_conjuncts(found))


def _is_governed(noun: Token) -> bool:
    return any(t.dep_ == "case" and t.tag_ != "POS" for left in noun.lefts for t in [left, *left.lefts])


def passive_subjects(verb: Token) -> list[Token]:
    """Subjects of a passive verb, conjuncts included."""
    return _agreeing(verb, _with_conjuncts(t for t in verb.children if t.dep_ in PASSIVE_SUBJECTS))


def _agreeing(verb: Token, found: list[Token]) -> list[Token]:
    """The subject that a singular verb has: "X, party leader and former ambassador to Spain, was shot" tells of one man."""
    if len(found) < 2 or not any(t.lower_ in {"was", "is", "has"} and t.dep_ in AUXILIARY for t in verb.children):
        return found
    first, last = found[0], found[-1]
    described = first.tag_ == "NN" and not any(t.dep_ == "det" or t.tag_ == "PRP$" for noun in found[1:] for t in noun.lefts)
    is_one = (first.tag_ == "NNP" or described) and "," in {t.text for t in first.doc[first.i : found[1].i]}
    return found[:1] if is_one and not any(t.lower_ in {"or", "nor"} for t in first.doc[first.i : last.i]) else found


def objects(verb: Token) -> list[Token]:
    """Direct objects, conjuncts included."""
    return _with_conjuncts(t for t in verb.children if t.dep_ in OBJECTS)


def agents(verb: Token) -> list[Token]:
    """Agents of a passive verb or participle ("by gunmen"), conjuncts included."""
    found = [t for prep, t in prepositional(verb) if prep == "by"]
    for child in verb.children:  # "killed by hired assassins" with the adjective read as a verb
        if child.dep_ == "obl:agent" and child.tag_ in {"VBD", "VBN"} and any(t.lower_ == "by" for t in child.lefts):
            found += objects(child)
    return found


def is_passive(verb: Token) -> bool:
    """Whether a verb is a passive or a past participle modifying a noun ("the men killed in Aleppo")."""
    if any(t.dep_ in PASSIVE_SUBJECTS or t.dep_ in {"aux:pass", "auxpass"} for t in verb.children):
        return True
    if verb.tag_ == "VBN" and any(t.dep_ in AUXILIARY and t.lower_ in FORMS_OF_BE for t in verb.children):
        return True
    if is_perfect_gerund(verb):
        return False
    if verb.dep_ == "xcomp" and verb.tag_ == "VBN" and not auxiliaries(verb):
        return True  # "ten were reported killed", "left two wounded"
    is_adjective = verb.tag_ == "JJ" and verb.lower_.endswith("ed") and verb.dep_ in PARTICIPIAL  # "riddled with bullets"
    return is_adjective or (verb.dep_ in PARTICIPIAL | {"amod"} and verb.tag_ == "VBN")


def is_perfect_gerund(verb: Token) -> bool:
    """ "(accused of) having ordered": a participle that is as active as a gerund."""
    return verb.tag_ == "VBN" and any(t.lower_ == "having" and t.dep_ in AUXILIARY for t in verb.children)


def prepositional(head: Token) -> list[tuple[str, Token]]:
    """(lower-cased preposition, object) pairs that hang on a verb or noun, conjuncts of the object included.

    UD: ``obl``/``nmod`` with a ``case`` child; ClearNLP: ``prep`` (or ``agent``) with a ``pobj`` child. Multi-word
    prepositions come joined ("because of").
    """
    pairs: list[tuple[str, Token]] = []
    for child in head.children:
        if child.dep_.startswith(("obl", "nmod")) and child.dep_ not in POSSESSIVE:
            case = _case(child)
            if case:
                pairs += [(case, t) for t in _with_conjuncts([child])]
        elif child.dep_ in {"prep", "agent"}:
            pairs += [(child.lower_, t) for t in _with_conjuncts(t for t in child.children if t.dep_ == "pobj")]
            for inner in child.children:  # "from under the bridge"
                if inner.dep_ == "prep":
                    pairs += [
                        (f"{child.lower_} {inner.lower_}", t)
                        for t in _with_conjuncts(t for t in inner.children if t.dep_ == "pobj")
                    ]
    return pairs


def _case(noun: Token) -> str:
    words: list[str] = []
    titles = [t for t in noun.lefts if t.dep_ == "nmod:desc"]  # "the murder of presidential candidate Luis Galan"
    for case in (*noun.children, *(t for title in titles for t in title.lefts)):
        if case.dep_ == "case" and case.tag_ != "POS":
            words.append(case.lower_)
            words += [t.lower_ for t in case.children if t.dep_ == "fixed"]
    return " ".join(words)


def preposition_of(noun: Token) -> str:
    """The preposition that governs a noun, or ''."""
    if noun.dep_ == "pobj":
        return noun.head.lower_
    return _case(noun)


def governor(noun: Token) -> Token:
    """The content word a noun hangs on: its head, past a ClearNLP preposition."""
    head = noun.head
    while head.dep_ in {"prep", "agent"} and noun.dep_ in {"pobj", "prep", "pcomp"} and head.head != head:
        noun, head = head, head.head
    return head


def conjuncts(token: Token) -> list[Token]:
    """The coordination a token is in, itself first, in text order."""
    return sorted({token, *token.conjuncts}, key=lambda t: t.i)


def first_conjunct(token: Token) -> Token:
    """The head of a coordination chain."""
    while token.dep_ in CONJUNCT and token.head != token:
        token = token.head
    return token


def appositions(noun: Token) -> list[Token]:
    return [t for t in noun.children if t.dep_ in APPOSITION]


def possessors(noun: Token) -> list[Token]:
    """ "Israel's strikes", "their attack": the possessor tokens."""
    return [t for t in noun.children if t.dep_ in POSSESSIVE]


def premodifiers(noun: Token) -> list[Token]:
    """Compounds and adjectives before a noun, nearest last ("US drone strikes" -> US, drone)."""
    return [t for t in noun.lefts if t.dep_ in COMPOUND or t.dep_ == "amod" or t.dep_ == "nmod"]


def relative_head(verb: Token) -> Token | None:
    """The noun a relative or participial clause's verb modifies."""
    if verb.dep_ in RELATIVE | PARTICIPIAL:
        return verb.head
    return None


def is_nominal(token: Token) -> bool:
    """Whether a token stands where nouns stand, whatever its tag says."""
    return token.dep_ in {"nsubj", "nsubj:pass", "nsubjpass", "obj", "dobj", "obl", "nmod", "pobj", "obl:agent"}


def is_subject(token: Token) -> bool:
    """Whether a token is the active or passive subject of a clause, or coordinated with one."""
    return first_conjunct(token).dep_ in SUBJECTS | PASSIVE_SUBJECTS


def is_subject_modifier(token: Token) -> bool:
    """Whether a token is a possessor or premodifier ("Israel's strikes", "US strikes")."""
    return token.dep_ in POSSESSIVE | COMPOUND or token.dep_ in {"amod", "nmod"}


def is_relative_pronoun(token: Token) -> bool:
    return token.lower_ in {"who", "which", "that", "whom", "whose"} and token.tag_ in {"WDT", "WP", "WP$", "IN", "DT"}


def controller(verb: Token) -> Token | None:
    """The verb whose subject an infinitive, participle or conjoined verb shares, if it has none of its own."""
    if verb.dep_ in {"xcomp", "advcl", "conj", "acl", "ccomp"} and verb.head != verb:
        return verb.head
    return None


def auxiliaries(verb: Token) -> list[Token]:
    return [t for t in verb.children if t.dep_ in AUXILIARY]


def markers(verb: Token) -> list[Token]:
    """Subordinators and infinitive 'to' of a clause ("if", "unless", "to")."""
    return [t for t in verb.children if t.dep_ == "mark" or (t.dep_ == "aux" and t.lower_ == "to")]


def is_judgement(noun: Token) -> bool:
    """ "This was an act of war", "it is not politics but a murder of the poor": a name given to what was told before."""
    predicate = first_conjunct(noun)
    if not any(t.dep_ == "cop" for t in predicate.children):
        return False
    return any(t.lower_ in {"this", "that", "it"} for t in subjects(predicate))


def clause_root(token: Token) -> Token:
    """The nearest verb (or sentence root) at or above a token."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    """Heads upwards, without the token."""
    yield from token.ancestors


def noun_phrase(head: Token) -> Span:
    """The noun phrase of a head without relative clauses, appositions, coordination and its own preposition.

    Post-modifying "of" phrases stay ("members of the militia"), other prepositional phrases are left out.
    """
    doc = head.doc
    keep = {head.i}
    for child in head.children:
        if child.dep_ in {"case", "prep", "punct", "cc", "mark", "cop", "agent"} | RELATIVE | CONJUNCT | APPOSITION:
            stays = (
                (child.dep_ == "prep" and child.lower_ == "of")
                or (child.dep_ == "case" and child.tag_ == "POS")
                or (child.dep_ == "punct" and child.text == "-")
            )
            if not stays:
                continue
            if child.tag_ == "POS":
                continue
        if (
            child.dep_ in {"acl", "advcl", "parataxis", "ccomp", "xcomp", "nsubj", "aux", "advmod", "amod"}
            and child.i > head.i
        ):
            continue
        if (
            child.dep_.startswith(("nmod", "obl"))
            and child.dep_ not in POSSESSIVE
            and child.i > head.i
            and _case(child) != "of"
        ):
            continue
        keep.update(t.i for t in child.subtree)
    start = end = head.i
    while start - 1 in keep and start - 1 >= head.sent.start:
        start -= 1
    while end + 1 in keep and end + 1 < head.sent.end:
        end += 1
    return doc[start : end + 1]


def core_phrase(head: Token) -> tuple[int, int]:
    """Token bounds of a noun phrase like ``noun_phrase``, also its "of" phrases without clauses and appositions of theirs:
    "a group of armed men" of "a group of armed men, who forced ...".
    """
    whole = noun_phrase(head)
    end = whole.end
    for token in whole:
        if token.i > head.i and token.dep_ in RELATIVE | APPOSITION | PARTICIPIAL and _is_inside(token, head):
            end = min(end, token.left_edge.i)
    while end - 1 > head.i and (head.doc[end - 1].pos_ == "PUNCT" or head.doc[end - 1].dep_ in {"cc", "case"}):
        if head.doc[end - 1].text in {")", "]", '"', "”", "'", "’"}:
            break
        end -= 1
    return whole.start, max(end, head.i + 1)


def _is_inside(token: Token, head: Token) -> bool:
    return any(t == head for t in token.ancestors)


def _with_conjuncts(tokens) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        found += [t for t in token.conjuncts if t.i > token.i and t not in found]
    return found
