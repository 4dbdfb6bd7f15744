"""Positions of a cleaned text in the text it was cleaned from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Monotonic map from a cleaned text to its raw text, in code points.

    ``clean_starts[i]``, ``raw_starts[i]`` and ``lengths[i]`` describe the i-th stretch that was kept, character for
    character; clean characters between stretches (inserted blank lines) have no raw position of their own.
    """

    clean_starts: tuple[int, ...]
    raw_starts: tuple[int, ...]
    lengths: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest raw span that holds the clean characters ``start:end``.

        Raises:
            ValueError: the clean span is empty or lies wholly between stretches.
        """
        first, last = self._at_or_after(start), self._at_or_before(end - 1)
        if start >= end or first is None or last is None or first > last:
            raise ValueError(f"clean span {start}:{end} has no raw characters")
        return first, last + 1

    def _at_or_after(self, clean: int) -> int | None:
        i = bisect_right(self.clean_starts, clean) - 1
        if i >= 0 and clean < self.clean_starts[i] + self.lengths[i]:
            return self.raw_starts[i] + clean - self.clean_starts[i]
        return self.raw_starts[i + 1] if i + 1 < len(self.raw_starts) else None

    def _at_or_before(self, clean: int) -> int | None:
        i = bisect_right(self.clean_starts, clean) - 1
        if i < 0:
            return None
        return self.raw_starts[i] + min(clean - self.clean_starts[i], self.lengths[i] - 1)
