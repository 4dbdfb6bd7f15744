"""A Doc's tokens as plain lists: what the name, actor and place rules scan, at a fraction of the price of Token objects.

Belongs here: columns of tokens and questions about capitals and quotes that need nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


_KEY = "reading view"


class View:
    """Columns of a Doc, index = token: ``texts``, ``lowers``, ``tags``, ``spaces``, ``sents`` (number of the sentence)."""

    __slots__ = ("doc", "lowers", "n", "sent_starts", "sents", "shouted", "spaces", "tags", "texts")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.n = len(doc)
        tokens = list(doc)  # making Token objects is what costs: once
        self.texts = [t.text for t in tokens]
        self.lowers = [t.lower() for t in self.texts]
        self.tags = [t.tag_ for t in tokens]
        self.spaces = [bool(t.whitespace_) for t in tokens]
        starts = [i for i, t in enumerate(tokens) if i == 0 or t.is_sent_start]
        self.sents: list[int] = []
        self.sent_starts: list[int] = []
        self.shouted: list[bool] = []  # by sentence: written in capitals, so that capitals say nothing
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], self.n][: len(starts)], strict=True)):
            self.sents += [number] * (end - start)
            self.sent_starts.append(start)
            words = [t for t in self.texts[start:end] if t.isalpha() and len(t) > 1]
            upper = sum(t.isupper() for t in words)
            self.shouted.append(len(words) > 3 and upper > 0.7 * len(words))

    @classmethod
    def of(cls, doc: Doc) -> View:
        """The view of a Doc, made once: names, actors and places run one after another and change no token."""
        view = doc.user_data.get(_KEY)
        if view is None:
            view = doc.user_data[_KEY] = cls(doc)
        return view

    def is_proper(self, i: int) -> bool:
        """Whether token ``i`` looks like part of a name: tagged so, or capitalised inside a sentence of normal case."""
        if self.tags[i].startswith("NNP"):
            return self.texts[i][:1].isupper() or self.texts[i][:1].isdigit()
        if not self.texts[i][:1].isupper() or self.shouted[self.sents[i]]:
            return False
        return i != self.sent_starts[self.sents[i]] and self.texts[i] != "I" and self.tags[i] not in {"PRP", "DT", "IN"}

    def sent_end(self, i: int) -> int:
        """End (exclusive) of the sentence of token ``i``."""
        number = self.sents[i] + 1
        return self.sent_starts[number] if number < len(self.sent_starts) else self.n
