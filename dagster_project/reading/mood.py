"""How a clause is said: as done, as coming, as not done, as due, as possible; and who its subject is.

Belongs here: tense, polarity and modality of one verb for readers of speech acts. Does not belong: whether a physical
event happened (``realis.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dagster_project.reading import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_NOT = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither", "nobody", "none", "nothing"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "'d", "’d"})
_DUE = frozenset({"must", "should", "ought"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "cannot", "ca"})
_UNREAL = frozenset({"if", "unless", "whether", "lest"})
# Verbs and adjectives that pass their own mood on to the infinitive or gerund below them.
_PHASES = frozenset(
    {"begin", "start", "continue", "stop", "finish", "resume", "keep", "go", "have", "need", "manage", "proceed", "dare"}
)
_IMPLYING = frozenset(
    {"prompt", "force", "lead", "cause", "compel", "push", "oblige", "move", "use", "help", "rush", "come", "go", "return"}
)


@dataclass(frozen=True, slots=True)
class Mood:
    """``kind``: actual, future, due, possible, conditional, unreal (an infinitive of another verb); ``negated``."""

    kind: str
    negated: bool
    governor: Token  # the verb that carries tense and subject


def clause_verbs(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Verbs, copulas and verbless predicates with a subject in tokens ``start:end``, auxiliaries left out."""
    for token in doc[start:end]:
        if (token.tag_.startswith("VB") and token.dep_ not in syntax.AUXILIARY and token.dep_ != "cop") or (
            not token.tag_.startswith(("VB", "MD")) and any(c.dep_ == "cop" for c in token.children)
        ):
            yield token


def mood_of(verb: Token) -> Mood:
    """The mood of a verb, taken from the verb above where it has none of its own ("begun withdrawing", "going to act")."""
    governor, negated = verb, _is_negated(verb)
    implied = False
    for _ in range(4):
        if _is_finite(governor):
            break
        upper = governor.head
        if governor.dep_ == "conj" and upper is not governor and upper.tag_.startswith(("VB", "NN", "JJ")):
            governor = upper
        elif governor.dep_ in {"xcomp", "ccomp", "advcl"} and upper.lemma_.lower() in _PHASES | _IMPLYING:
            implied = implied or upper.lemma_.lower() in _IMPLYING
            governor = upper
        elif governor.dep_ in {"xcomp", "advcl"} and upper.lemma_.lower() in {"ready", "prepared", "prepare", "determined"}:
            return Mood("future", negated or _is_negated(upper), upper)
        elif governor.tag_ == "VBG" and governor.dep_ in {"advcl", "acl"}:
            return Mood("actual", negated, governor)
        elif governor.tag_ == "VBN" or governor.dep_ in {"acl:relcl", "relcl"}:
            break
        else:
            return Mood("unreal", negated, governor)
        negated = negated or _is_negated(governor)
    words = [t.lower_ for t in governor.children if t.dep_ in syntax.AUXILIARY or t.tag_ == "MD"]
    if verb is not governor and verb.i and verb.nbor(-1).lower_ == "to":
        words.append("to")
    if verb is not governor:
        words += [t.lower_ for t in syntax.auxiliaries(verb)]
    lemma = governor.lemma_.lower()
    if any(w in _DUE for w in words) or (governor is not verb and lemma in {"need", "have"}):
        return Mood("due", negated, governor)
    if any(w in _FUTURE for w in words) or (governor is not verb and lemma == "go" and "to" in words):
        return Mood("future", negated, governor)
    if any(t.lower_ in _UNREAL for t in syntax.markers(governor)):
        return Mood("conditional", negated, governor)
    if any(w in _POSSIBLE for w in words):
        return Mood("possible", negated, governor)
    return Mood("actual", negated, governor)


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.children if t.dep_ in syntax.AUXILIARY | {"cop"})


def _is_negated(verb: Token) -> bool:
    if any(t.lower_ in _NOT for t in verb.children if t.i < verb.i or t.lower_ in {"not", "never"}):
        return True
    return any(s.lower_ in _NOT or any(t.lower_ in {"no", "neither"} for t in s.lefts) for s in subjects(verb))


def subjects(verb: Token) -> list[Token]:
    return [*syntax.subjects(verb), *syntax.passive_subjects(verb)]
