"""Numbers as news writes them: figures, number words, ranges, bounds ("at least") and words without a number ("dozens").

Works on lower-cased words alone. Belongs here: how many. Does not belong: how many of what (``victims.py`` for people,
``counts.py`` for attacks and things).

Bounds are closed, an unknown side is None: "at least 12" is (12, None), "up to 12" (None, 12), "about 12" (12, 12),
"dozens" what ``quantities.csv`` says. "No", "nobody", "none" are (0, 0).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dagster_project.reading.types import CountQualifier
from dagster_project.reference import table


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words ``start:end`` (end exclusive) that say how many."""

    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: CountQualifier


_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_GROUPS = {"dozen": 12, "score": 20}
_HYPHENS = {"-", "–", "—", "‑"}  # hyphen, en dash, em dash, non-breaking hyphen
_DIGITS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d{1,2}")
_CLOSED = re.compile(r"(\d+)[-–—](\d+)")  # "20-30" as one word

# Words before a number, and what they make of its bounds; the longest match wins.
_BEFORE: dict[tuple[str, ...], str] = {
    tuple(words.split()): kind
    for kind, phrases in {
        "at_least": (
            "at least; more than; well over; over; no fewer than; no less than; not less than; not fewer than; upwards of; "
            "upward of; a minimum of; in excess of; greater than; just over; slightly more than; a little over; well above; "
            "at the very least; exceeding; much more than; far more than; rather more than; at least some; at least about"
        ),
        "at_most": (
            "up to; as many as; at most; at the most; no more than; not more than; fewer than; less than; a maximum of; under; "
            "well under; not exceeding; anything up to"
        ),
        "about": (
            "about; around; some; nearly; almost; approximately; roughly; an estimated; estimated; close to; just under; "
            "in the region of; more or less; circa; perhaps; an approximate; approximate; as much as about; on the order of"
        ),
        "exact": "exactly; only; just; precisely; a total of; a grand total of; all; a reported; fully",
    }.items()
    for words in phrases.split("; ")
}
_AFTER: dict[tuple[str, ...], str] = {
    tuple(words.split()): kind
    for kind, phrases in {
        "at_least": "or more; plus; +; and counting; or even more; if not more",
        "at_most": "or fewer; or less; at most; at the most",
        "about": "or so; - odd; or thereabouts; more or less",
    }.items()
    for words in phrases.split("; ")
}
_LONGEST_BEFORE = max(map(len, _BEFORE))
_LONGEST_AFTER = max(map(len, _AFTER))
_NOBODY = {("no", "one"), ("nobody",), ("none",), ("no", "-", "one"), ("not", "a", "single"), ("not", "one"), ("zero",)}


@cache
def vague_words() -> dict[tuple[str, ...], tuple[int | None, int | None, CountQualifier]]:
    """Words of ``quantities.csv`` -> (low, high, qualifier), without a final "of"; figures in words ("a dozen") are exact."""
    found: dict[tuple[str, ...], tuple[int | None, int | None, CountQualifier]] = {}
    for row in table("quantities"):
        low = int(row["low"]) if row["low"] else None
        high = int(row["high"]) if row["high"] else None
        words = tuple(re.findall(r"\w+|-", row["phrase"]))
        if words[-1] == "of" and len(words) > 1:
            words = words[:-1]
        if words in found:
            continue
        qualifier: CountQualifier = "vague"
        if low is None and high is None:
            qualifier = "unspecified"
        elif low == high and words[-1] in _GROUPS:
            qualifier = "exact"
        found[words] = (low, high, qualifier)
    return found


@cache
def _vague_length() -> int:
    return max(map(len, vague_words()))


def find(words: Sequence[str]) -> list[Quantity]:
    """All quantities in a sequence of lower-cased words, left to right, longest first, not overlapping."""
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        quantity = at(words, i)
        if quantity is None:
            i += 1
        else:
            found.append(quantity)
            i = quantity.end
    return found


def parse(text: str) -> Quantity | None:
    """The quantity that a whole phrase is ("between 20 and 30"); None if it is none or more than that."""
    words = re.findall(r"\d[\d.,]*\d|\d|\w+|[^\w\s]", text.lower())
    if len(words) > 1 and words[-1] == "of":
        words.pop()
    quantity = at(words, 0) if words else None
    return quantity if quantity is not None and quantity.end == len(words) else None


def at(words: Sequence[str], i: int) -> Quantity | None:
    """The quantity that starts at word ``i``, with the words that bound it; None if there is none."""
    for length in (3, 2, 1):
        if i + length <= len(words) and tuple(words[i : i + length]) in _NOBODY:
            return Quantity(i, i + length, 0, 0, "none")
    spread = _between(words, i)
    if spread is not None:
        return spread
    for length in range(min(_LONGEST_BEFORE, len(words) - i - 1), 0, -1):
        kind = _BEFORE.get(tuple(words[i : i + length]))
        if kind is None:
            continue
        inner = _plain(words, i + length)
        if inner is None and kind != "exact":  # "some of the at least"
            nested = at(words, i + length) if tuple(words[i : i + length]) != ("some",) else None
            inner = nested if nested is not None and nested.qualifier in {"about", "at_least", "at_most"} else None
        if inner is not None and inner.qualifier != "unspecified":
            return _bounded(Quantity(i, inner.end, inner.low, inner.high, inner.qualifier), kind)
    plain = _plain(words, i)
    if plain is None:
        return None
    for length in range(min(_LONGEST_AFTER, len(words) - plain.end), 0, -1):
        kind = _AFTER.get(tuple(words[plain.end : plain.end + length]))
        if kind is not None:
            return _bounded(Quantity(i, plain.end + length, plain.low, plain.high, plain.qualifier), kind)
    return plain


def _bounded(inner: Quantity, kind: str) -> Quantity:
    """A quantity under "at least", "up to" or "about"."""
    low, high, qualifier = inner.low, inner.high, inner.qualifier
    if kind == "at_least":
        return Quantity(inner.start, inner.end, low, None, "at_least")
    if kind == "at_most":
        return Quantity(inner.start, inner.end, None, high, "at_most")
    if kind == "about" and qualifier == "exact":
        return Quantity(inner.start, inner.end, low, high, "about")
    return inner


def _between(words: Sequence[str], i: int) -> Quantity | None:
    if words[i] != "between":
        return None
    first = _core(words, i + 1)
    if first is None or first.end >= len(words) or words[first.end] not in {"and", "to"} | _HYPHENS:
        return None
    second = _core(words, first.end + 1)
    return None if second is None else _range(words, i, first, second)


def _range(words: Sequence[str], start: int, first: Quantity, second: Quantity) -> Quantity | None:
    low, high = first.low, second.low
    if low is None or high is None:
        return None
    scale = _SCALES.get(words[second.end - 1], 1)
    if words[first.end - 1] not in _SCALES and low < scale and low * scale < high:
        low *= scale  # "two to three thousand"
    if low >= high:
        return None
    return Quantity(start, second.end, low, high, "range")


def _plain(words: Sequence[str], i: int) -> Quantity | None:
    """A range, a number or a vague word, without words of bounds around it."""
    if i >= len(words):
        return None
    closed = _CLOSED.fullmatch(words[i])
    if closed and int(closed[1]) < int(closed[2]):
        return Quantity(i, i + 1, int(closed[1]), int(closed[2]), "range")
    first = _core(words, i)
    if first is not None:
        after = first.end
        is_from = i > 0 and words[i - 1] == "from"  # "from 29 to 31": a toll that rose
        if after + 1 < len(words) and (words[after] in {"to", "or"} | _HYPHENS) and not is_from:
            second = _core(words, after + 1)
            joined = _range(words, i, first, second) if second is not None else None
            if joined is not None and not _is_years(joined):
                return joined
        return first
    for length in range(min(_vague_length(), len(words) - i), 0, -1):
        bounds = vague_words().get(tuple(words[i : i + length]))
        if bounds is not None:
            return Quantity(i, i + length, *bounds)
    return None


def _is_years(joined: Quantity) -> bool:
    """ "1989-1990" spans years, no number of people."""
    return joined.low is not None and joined.high is not None and 1800 <= joined.low < joined.high <= 2100


def _core(words: Sequence[str], i: int) -> Quantity | None:
    """A single number in digits or words."""
    if i >= len(words):
        return None
    word = words[i]
    if _DIGITS.fullmatch(word) or _DECIMAL.fullmatch(word):
        return _figure(words, i)
    if word in {"a", "an", "half", "several", "the", "couple"}:
        return _grouped(words, i)
    value, end = _spelled(words, i)
    if value is None:
        return None
    if end < len(words) and words[end] in _GROUPS and word != "one":
        return Quantity(i, end + 1, value * _GROUPS[words[end]], value * _GROUPS[words[end]], "exact")
    return Quantity(i, end, value, value, "exact")


def _figure(words: Sequence[str], i: int) -> Quantity | None:
    word, end = words[i], i + 1
    scale = 1
    if end < len(words) and words[end] in _SCALES:
        scale, end = _SCALES[words[end]], end + 1
    elif end < len(words) and words[end] in {"dozen", "score"}:
        scale, end = _GROUPS[words[end]], end + 1
    if _DIGITS.fullmatch(word):
        value = int(re.sub(r"[.,]", "", word)) * scale
    elif scale > 1:
        value = round(float(word) * scale)
    else:
        return None  # a decimal counts nobody
    return Quantity(i, end, value, value, "exact")


def _grouped(words: Sequence[str], i: int) -> Quantity | None:
    """ "a dozen", "half a dozen", "a hundred"; the vague ones ("a couple of dozen") are in the table."""
    for length in range(min(_vague_length(), len(words) - i), 0, -1):
        bounds = vague_words().get(tuple(words[i : i + length]))
        if bounds is not None:
            return Quantity(i, i + length, *bounds) if bounds[2] == "exact" else None
    if words[i] == "a" and i + 1 < len(words) and words[i + 1] in _SCALES:
        value, end = _spelled(words, i + 1, start=1)
        if value is not None:
            return Quantity(i, end, value, value, "exact")
    return None


def _spelled(words: Sequence[str], i: int, start: int = 0) -> tuple[int | None, int]:
    """(value, end) of a number in words: "two hundred and twenty-five thousand"; (None, i) if there is none.

    ``start``: value already read ("a" before "hundred" is one).
    """
    total, current, j, last = 0, start, i, "unit" if start else ""
    while j < len(words):
        word = words[j]
        if word in _TENS and last in {"", "hundred", "and", "scale"}:
            current, last = current + _TENS[word], "tens"
        elif (word in _UNITS and last in {"", "hundred", "and", "scale"}) or (
            word in _UNITS and last == "tens" and _UNITS[word] < 10
        ):
            current, last = current + _UNITS[word], "unit"
        elif word in _HYPHENS and last == "tens" and j + 1 < len(words) and _UNITS.get(words[j + 1], 99) < 10:
            j += 1
            continue
        elif word == "hundred" and 0 < current < 100 and last in {"unit", "tens"}:
            current, last = current * 100, "hundred"
        elif word in {"thousand", "million", "billion"} and current > 0:
            total, current, last = total + current * _SCALES[word], 0, "scale"
        elif (
            word == "and"
            and last in {"hundred", "scale"}
            and j + 1 < len(words)
            and (words[j + 1] in _UNITS or words[j + 1] in _TENS)
        ):
            # "two hundred and twenty"; but "two hundred and twenty others" may be two groups: figures win
            last = "and"
        else:
            break
        j += 1
    value = total + current
    return (value, j) if j > i and value > 0 and last != "and" else (None, i)
