"""A document as the readers of speech see it: its quotations, paragraphs, and sentences that a stray cut parted.

Belongs here: where quotations and sentences stand to a token. Does not belong: whose words they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading.quotation import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
DASHES = frozenset({"-", "–", "—", "--"})
TERMINALS = frozenset({".", "!", "?", "…", "..."})


class Page:
    """Look-ups over one Doc; numbers of quotations index ``quotes``."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.quotes = quotations(doc)
        self.quote_of: dict[int, int] = {i: n for n, q in enumerate(self.quotes) for i in range(q.start, q.end)}
        self.opening = {q.outer_start: n for n, q in enumerate(self.quotes)}
        self.ending = {q.outer_end: n for n, q in enumerate(self.quotes)}
        self.paragraph: list[int] = []  # number of the paragraph, by token
        number = 0
        for token in doc:
            self.paragraph.append(number)
            if "\n\n" in token.text:
                number += 1
        self._sentence_of = _joined_sentences(doc, self.paragraph)

    def sentence(self, i: int) -> Span:
        """The sentence of a token, joined with its neighbours where it was cut without an end mark: "said Sunday | that"."""
        start, end = self._sentence_of[i]
        return self.doc[start:end]

    def quote_ending_before(self, i: int) -> int | None:
        """The quotation that ends just before token ``i``, a comma between allowed."""
        for place in (i, i - 1):
            if place in self.ending and (place == i or self.doc[place].text in {",", ".", "?", "!"}):
                quote = self.ending[place]
                return (
                    quote if self.paragraph[self.quotes[quote].start] == self.paragraph[min(i, len(self.doc) - 1)] else None
                )
        return None

    def quote_starting_after(self, i: int, limit: int) -> int | None:
        """The quotation that opens after token ``i``, past a comma, a colon and adjuncts without a verb."""
        for place in range(i, min(limit, i + 14, len(self.doc))):
            if place in self.opening:
                return self.opening[place]
            token = self.doc[place]
            if token.is_space and "\n\n" not in token.text:
                continue
            if token.tag_ in FINITE or token.text == ";" or "\n\n" in token.text:
                return None
            if token.text == ":":
                return self.opening.get(place + 1, self.opening.get(place + 2))
            if token.text in TERMINALS:
                return None
        return None

    def is_utterance(self, number: int) -> bool:
        quote = self.quotes[number]
        words = self.doc[quote.start : quote.end]
        return any(t.tag_ in FINITE for t in words) or len(words) > 6 or words[-1].text in {",", ".", "?", "!"}

    def trim_end(self, end: int) -> int:
        while end > 0 and (self.doc[end - 1].is_space or self.doc[end - 1].text in TERMINALS):
            end -= 1
        return end

    def after_dateline(self, start: int) -> int:
        """Past "KHARKIV, Ukraine, March 14 (Meridian) -" and "[Text]" at the head of a sentence."""
        doc, end = self.doc, self.sentence(start).end
        if doc[start].text[:1].isupper() or doc[start].text in {"(", "["}:
            for i in range(start, min(start + 20, end)):
                if (
                    doc[i].text in DASHES
                    and i > start
                    and (doc[i - 1].text == ")" or doc[start].text.isupper())
                    and doc[i].whitespace_
                ):
                    return i + 1
                if doc[i].tag_ in FINITE:
                    break
        return start


def _joined_sentences(doc: Doc, paragraph: list[int]) -> list[tuple[int, int]]:
    bounds: list[list[int]] = []
    for sent in doc.sents:
        start = sent.start
        opener = doc[start].text
        is_number = opener[:1].isdigit() and start > 1 and "no." in doc[start - 2 : start].text.lower()
        is_name = start > 0 and doc[start].pos_ == "PROPN" and doc[start - 1].pos_ == "PROPN"
        goes_on = opener[:1].islower() and not _ends_sentence(doc, start) if start else False
        if bounds and paragraph[start] == paragraph[start - 1] and (is_number or goes_on or is_name):
            bounds[-1][1] = sent.end
        else:
            bounds.append([start, sent.end])
    return [(first, last) for first, last in bounds for _ in range(first, last)]


def _ends_sentence(doc: Doc, start: int) -> bool:
    before = start - 1
    while before > 0 and (doc[before].is_space or doc[before].is_quote):
        before -= 1
    return doc[before].text in TERMINALS | {":", "•"}
