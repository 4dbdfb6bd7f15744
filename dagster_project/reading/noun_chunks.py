"""Noun chunks for Universal Dependencies labels; spaCy's own iterator understands only its older English scheme.

A chunk is a noun, name or pronoun with what stands before it in its phrase: determiners, numbers, adjectives, compounds,
possessors. What follows (prepositional phrases, relative clauses, appositions) is outside, as in spaCy's chunks.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# Relations a noun phrase's head can bear; conjuncts take part when their first conjunct does.
HEADS = frozenset(
    "ROOT nsubj nsubj:pass nsubj:outer obj iobj obl obl:agent obl:unmarked obl:npmod obl:tmod nmod nmod:poss nmod:unmarked "
    "nmod:desc appos dislocated vocative list parataxis dep orphan expl advcl ccomp xcomp acl acl:relcl".split()
)
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
# Dependents before the head that belong to its chunk.
BEFORE = frozenset(
    "det det:predet nummod amod compound nmod:poss nmod:desc nmod:unmarked flat fixed case:poss advmod goeswith punct".split()
)
# Dependents after the head that belong to it: the rest of a flat name.
AFTER = frozenset(("flat", "fixed", "goeswith"))


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yields (start, end, label) of the base noun phrases of a parsed Doc or Span, without overlaps, in order.

    Raises:
        ValueError: the document is not parsed.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError("noun_chunks needs a parsed document")
    label = doc.vocab.strings.add("NP")
    last = -1
    for token in doclike:
        if token.pos_ not in NOMINAL or not _heads_phrase(token):
            continue
        start, end = _left_edge(token), _right_end(token)
        if start <= last:
            start = last + 1
        if start > token.i:
            continue
        yield start, end, label
        last = end - 1


def _heads_phrase(token) -> bool:
    seen = token
    while seen.dep_ == "conj" and seen.head != seen:
        seen = seen.head
    if token.dep_ == "nmod:poss":
        # "the army's attack" is one chunk around its head; a possessor is none of its own.
        return False
    return seen.dep_ in HEADS or (token.dep_ == "conj" and seen.pos_ not in NOMINAL)


def _left_edge(token) -> int:
    edge = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ == "case" or child.dep_ not in BEFORE or (child.dep_ == "punct" and child.text not in "-–"):
            break
        if any(grandchild.dep_ == "case" and grandchild.text not in ("'s", "’s", "'", "’") for grandchild in child.lefts):
            break
        edge = child.left_edge.i
    return edge


def _right_end(token) -> int:
    end = token.i + 1
    for child in token.rights:
        if child.dep_ not in AFTER and not (child.dep_ == "punct" and child.text in "-–" and child.i == end):
            break
        end = child.right_edge.i + 1 if child.dep_ in AFTER else child.i + 1
    while end > token.i + 1 and token.doc[end - 1].is_punct:
        end -= 1
    return end
