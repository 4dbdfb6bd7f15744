"""Words as a contextual encoder reads them: pieces of its vocabulary, and the spelling that its lower case hides.

Used alike in training and at run time, so that both see the same numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

UNKNOWN, CLASS, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"
MOST_PIECES = 12  # of one word: the rest of an address or a line of dashes tells nothing
SHAPES = 9  # kinds of spelling; twice as many numbers, as a word may open its paragraph
MARK = SHAPES - 2  # what the encoder's own marks count as


def shape(word: str, opens: bool) -> int:
    """The spelling of a word, which the encoder, being uncased, does not see."""
    kinds = (
        word.islower(),
        word.istitle(),
        word.isupper() and len(word) > 1,
        word.isupper(),
        word.isdigit(),
        any(letter.isdigit() for letter in word),
        any(letter.isupper() for letter in word),
        not any(letter.isalnum() for letter in word),
        True,
    )
    return kinds.index(True) + SHAPES * opens


def fold(text: str) -> str:
    """Lower case without diacritics."""
    folded = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


class Layout(NamedTuple):
    """A run as the encoder reads it: of each piece its number, spelling and word (-1: the encoder's own marks); of each word
    its first and last piece. The run's mark comes first in all of them and stands for the root."""

    pieces: list[int]
    shapes: list[int]
    words: list[int]
    firsts: list[int]
    lasts: list[int]


class WordPieces:
    """BERT's division of a word: lower case, marks apart, then the longest known piece from the left, again and again."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest = max(map(len, self._numbers))
        self._unknown = self._numbers[UNKNOWN]
        self.class_mark, self.separator = self._numbers[CLASS], self._numbers[SEPARATOR]

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces, at least one."""
        found: list[int] = []
        for part in _parts(fold(word)):
            found += self._divided(part)
            if len(found) >= MOST_PIECES:
                break
        return found[:MOST_PIECES] or [self._unknown]

    def lay_out(
        self, words: Sequence[str], opens: Sequence[bool], pieces_of: Callable[[str], Sequence[int]] | None = None
    ) -> Layout:
        """A run of words; ``opens``: those that open a paragraph, as the first one does. ``pieces_of``: the same with a memory."""
        pieces_of = pieces_of or self.pieces
        pieces, shapes, owners, firsts, lasts = [self.class_mark], [MARK], [-1], [0], [0]
        for place, (word, is_first) in enumerate(zip(words, opens, strict=True)):
            if is_first and place:
                pieces.append(self.separator)
                shapes.append(MARK)
                owners.append(-1)
            own = pieces_of(word)
            firsts.append(len(pieces))
            pieces += own
            lasts.append(len(pieces) - 1)
            shapes += [shape(word, is_first)] * len(own)
            owners += [place] * len(own)
        return Layout([*pieces, self.separator], [*shapes, MARK], [*owners, -1], firsts, lasts)

    def _divided(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            prefix = "##" if start else ""
            # No piece is longer: a token of 50,000 letters takes no more time a letter than a word.
            for end in range(min(len(part), start + self._longest), start, -1):
                number = self._numbers.get(prefix + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    joins = False
    for letter in text:
        if letter.isspace() or not letter.isprintable():
            joins = False
        elif letter.isalnum():
            if joins:
                parts[-1] += letter
            else:
                parts.append(letter)
            joins = True
        else:
            parts.append(letter)
            joins = False
    return parts
