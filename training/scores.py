"""Counting agreement: exact spans and CoNLL 2018 attachment scores. Knows numbers, not files or models."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Agreement:
    """Counts of gold items, found items and items that are both."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: Iterable, found: Iterable) -> None:
        gold_items, found_items = set(gold), set(found)
        self.gold += len(gold_items)
        self.found += len(found_items)
        self.right += len(gold_items & found_items)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(frozen=True)
class Arc:
    """A word at non-space characters `span`, its governor's span (None for the root) and its relation."""

    span: tuple[int, int]
    head: tuple[int, int] | None
    relation: str


def universal(relation: str) -> str:
    """The relation without its subtype, as the CoNLL 2018 shared task compares it ("nsubj:pass" -> "nsubj")."""
    return "root" if relation == "ROOT" else relation.split(":")[0]


@dataclass
class Attachment:
    """CoNLL 2018 scores from raw text: words are aligned by their characters, all words count, punctuation too."""

    words: Agreement
    sentences: Agreement
    unlabelled: int = 0
    labelled: int = 0
    fully_labelled: int = 0

    @classmethod
    def empty(cls) -> Attachment:
        return cls(Agreement(), Agreement())

    def add(self, gold: list[Arc], found: list[Arc], gold_sentences: Iterable, found_sentences: Iterable) -> None:
        by_span = {arc.span: arc for arc in found}
        self.words.add((arc.span for arc in gold), by_span)
        self.sentences.add(gold_sentences, found_sentences)
        for arc in gold:
            other = by_span.get(arc.span)
            if other is None or other.head != arc.head:
                continue
            self.unlabelled += 1
            if universal(other.relation) == universal(arc.relation):
                self.labelled += 1
                same = {other.relation, arc.relation}
                self.fully_labelled += len(same) == 1 or same == {"ROOT", "root"}

    def _f(self, right: int) -> float:
        return 2 * right / (self.words.gold + self.words.found)

    @property
    def uas(self) -> float:
        return self._f(self.unlabelled)

    @property
    def las(self) -> float:
        return self._f(self.labelled)

    @property
    def las_with_subtypes(self) -> float:
        return self._f(self.fully_labelled)
