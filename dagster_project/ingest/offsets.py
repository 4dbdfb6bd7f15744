"""Positions of a cleaned text in the text it was cleaned from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Monotonic map from a cleaned text to its raw text, in code points.

    The i-th stretch of the cleaned text is ``clean_starts[i]``, ``clean_lengths[i]`` long, and stands for the raw
    characters ``raw_starts[i]``, ``raw_lengths[i]`` long. Stretches of equal lengths map character for character; one of
    unequal lengths (a repaired mojibake) only as a whole. Clean characters outside all stretches (inserted blank
    lines) have no raw position of their own.
    """

    clean_starts: tuple[int, ...]
    clean_lengths: tuple[int, ...]
    raw_starts: tuple[int, ...]
    raw_lengths: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw span that holds the clean characters ``start:end``.

        Raises:
            ValueError: the clean span is empty or lies wholly between stretches.
        """
        first, last = self._raw_start(start), self._raw_end(end)
        if start >= end or first is None or last is None or first >= last:
            raise ValueError(f"clean span {start}:{end} has no raw characters")
        return first, last

    def _raw_start(self, clean: int) -> int | None:
        i = bisect_right(self.clean_starts, clean) - 1
        if i < 0 or clean >= self.clean_starts[i] + self.clean_lengths[i]:
            return self.raw_starts[i + 1] if i + 1 < len(self.raw_starts) else None
        if self.clean_lengths[i] != self.raw_lengths[i]:
            return self.raw_starts[i]
        return self.raw_starts[i] + clean - self.clean_starts[i]

    def _raw_end(self, clean_end: int) -> int | None:
        i = bisect_right(self.clean_starts, clean_end - 1) - 1
        if i < 0:
            return None
        within = clean_end - self.clean_starts[i]
        if within >= self.clean_lengths[i] or self.clean_lengths[i] != self.raw_lengths[i]:
            return self.raw_starts[i] + self.raw_lengths[i]
        return self.raw_starts[i] + within
