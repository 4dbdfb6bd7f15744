"""The words that present something as somebody's words: verbs and nouns of saying, by lemma.

Belongs here: looking up ``seeds/reference/speech_verbs.csv`` and whether such a word tells that something was in fact
said. Does not belong: what was said and by whom (``speech.py``, ``speakers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading import syntax
from dagster_project.reading.verb_lemmas import forms_of
from dagster_project.reference import split, table

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "hardly"})
_UNREAL = frozenset({"if", "unless", "whether"})
_MAY = frozenset({"may", "might", "could", "should", "must", "can", "cannot", "shall"})
# Verbs whose infinitive tells that it was done: "telephoned the paper to say", "went on to accuse".
_SHALL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_WOULD_SAY = frozenset({"say", "confirm", "add", "admit", "comment", "tell"})  # "would confirm only 18"
_CARRYING = frozenset(
    [
        "telephone",
        "call",
        "phone",
        "issue",
        "use",
        "go",
        "come",
        "take",
        "appear",
        "emerge",
        "write",
        "continue",
        "repeat",
        "quick",
        "proceed",
        "step",
        "move",
        "rush",
        "join",
        "hasten",
        "interrupt",
        "seem",
        "fail",
        "dare",
        "prompt",
        "lead",
        "cause",
        "force",
        "begin",
        "start",
        "return",
        "gather",
        "meet",
        "radio",
    ]
)
_PREPOSITIONS = frozenset({"for", "on", "to", "against", "with", "upon"})
_WITHHELD = frozenset(
    {"decline", "refuse", "fail", "want", "wish", "plan", "intend", "expect", "need", "ask", "be", "try", "have"}
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One row of speech_verbs.csv."""

    lemma: str
    stance: (
        str  # say confirm claim believe learn quote label accuse deny refuse threaten promise request order support regret
    )
    category: str  # PLOVER category by default, or STATEMENT
    complements: frozenset[str]  # clause quote infinitive gerund object of for as label
    addressees: tuple[str, ...]  # "object" or prepositions


@cache
def sayings(pos: str) -> dict[str, Saying]:
    """Lemma (or phrase) -> Saying of one part of speech: ``verb``, ``noun`` or ``phrase``."""
    return {
        row["lemma"]: Saying(
            row["lemma"],
            row["stance"],
            row["category"],
            frozenset(split(row["complement"])),
            tuple(split(row["addressee"])),
        )
        for row in table("speech_verbs")
        if row["pos"] == pos
    }


@cache
def _forms() -> dict[str, str]:
    return forms_of(sayings("verb")) | forms_of(lemma.split()[0] for lemma in sayings("verb") if " " in lemma)


def saying_of(token: Token, *, after_quote: bool = False) -> Saying | None:
    """The verb of saying a token is, its particle considered ("call on", "rule out"); None if it is none.

    ``after_quote``: the token follows a quotation, so that a plural noun may be a third person ("... thunders the leader").
    """
    lemma = _forms().get(token.lower_)
    if lemma is None or not (token.tag_.startswith("VB") or after_quote or _is_mistagged(token)):
        return None
    verbs = sayings("verb")
    following = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    if lemma == "call":
        if following[:1] == ["for"] or following[:2] in (["again", "for"], ["publicly", "for"], ["repeatedly", "for"]):
            return verbs["call for"]
        if following[:1] in (["on"], ["upon"]) and _has_infinitive(token):
            return verbs["call on"]
        return verbs["call"]
    if following and f"{lemma} {following[0]}" in verbs:
        return verbs[f"{lemma} {following[0]}"]
    parted = next((c.lower_ for c in token.children if c.i > token.i and f"{lemma} {c.lower_}" in verbs), None)
    if parted is not None and parted not in _PREPOSITIONS:
        return verbs[f"{lemma} {parted}"]  # "brushed the report aside"
    return verbs.get(lemma)


def _is_mistagged(token: Token) -> bool:
    """ "The military claims to have caught them", "the Red Cross calls on": a third person taken for a plural."""
    doc = token.doc
    if token.tag_ not in {"NNS", "NN"} or token.i == 0 or token.i + 1 >= len(doc):
        return False
    if doc[token.i - 1].pos_ not in {"NOUN", "PROPN", "ADJ"} or token.lower_[-1] != "s":
        return False
    following = doc[token.i + 1].lower_
    if token.dep_ in syntax.RELATIVE:  # "which the militia contests"
        return True
    return following in {"to", "that", "it", "they", "he", "she"} or (following in {"on", "for"} and token.dep_ == "ROOT")


def _has_infinitive(token: Token) -> bool:
    words = token.doc[token.i + 2 : token.i + 16]
    return any(t.lower_ == "to" and t.nbor().tag_ == "VB" for t in words if t.i + 1 < len(token.doc))


def is_said(verb: Token) -> bool:
    """Whether the verb tells of words that were in fact spoken: not negated, conditional, merely possible or withheld."""
    doc = verb.doc
    negated = any(t.lower_ in _NOT for t in verb.children if t.i < verb.i) or (verb.i and doc[verb.i - 1].lower_ in _NOT)
    if negated and not _is_neither_nor(verb):
        return False
    if any(t.lower_ in _NOT for t in doc[max(verb.i - 2, 0) : verb.i]) and not _is_neither_nor(verb):
        return False
    if any(t.lower_ in _UNREAL for t in syntax.markers(verb)):
        return False
    could = any(t.lower_ in {"can", "could"} for t in syntax.auxiliaries(verb)) and _forms().get(verb.lower_) == "confirm"
    if could:
        return True  # "the hospital could confirm only 18"
    if any(t.lower_ in _MAY for t in syntax.auxiliaries(verb)) or (
        verb.tag_ == "VB" and verb.i and doc[verb.i - 1].lower_ in _MAY
    ):
        return False
    helpers = {t.lower_ for t in syntax.auxiliaries(verb)}
    if helpers & _SHALL or ("would" in helpers and _forms().get(verb.lower_) not in _WOULD_SAY):
        return False
    if verb.tag_ == "VB" and verb.i and doc[verb.i - 1].lower_ == "to" and verb.head is not verb:
        upper = verb.head.lemma_.lower()
        return upper in _CARRYING and upper not in _WITHHELD
    return not (verb.tag_ == "VB" and not syntax.auxiliaries(verb) and not syntax.subjects(verb) and verb.dep_ == "ROOT")


def _is_neither_nor(verb: Token) -> bool:
    """ "neither confirmed nor denied that": on record with it all the same."""
    words = [t.lower_ for t in verb.doc[max(verb.i - 4, 0) : verb.i + 4]]
    return "neither" in words and "nor" in words
