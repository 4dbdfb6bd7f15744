"""Titles, ranks and offices before a person's name: "Mr", "Staff Sgt.", "Defense Secretary", "Sheikh".

Belongs here: recognising them. Does not belong: the person (``persons.py``).
"""

from __future__ import annotations

from functools import cache

from dagster_project.reading.view import View
from dagster_project.reference import split, table

MALE = frozenset(
    {"mr", "mr.", "sir", "king", "prince", "sheikh", "shaykh", "imam", "mullah", "lord", "don", "father", "brother"}
)
FEMALE = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "queen", "princess", "lady", "madame", "dona", "sister"})
_LONGEST = 4


@cache
def _kinds() -> dict[str, str]:
    """Kind by lower-case title or abbreviation: office | rank | honorific | spokesperson | other."""
    found: dict[str, str] = {}
    for row in table("titles"):
        for text in (row["title"], *split(row["abbreviations"])):
            found.setdefault(text.lower(), row["kind"])
    return found


@cache
def _last_words() -> frozenset[str]:
    return frozenset(text.split()[-1] for text in _kinds())


@cache
def plurals() -> frozenset[str]:
    """Last words of titles in the plural: "presidents", "generals"."""
    return frozenset(text.lower().split()[-1] for row in table("titles") for text in split(row["plural"]))


def is_title_word(lower: str) -> bool:
    """Whether a lower-case word ends a title."""
    return lower in _last_words()


def kind_of(phrase: str) -> str | None:
    """Kind of a lower-case title, or None."""
    return _kinds().get(phrase)


def title_end(view: View, start: int, end: int) -> int:
    """Index of the first token in ``start:end`` after all leading titles; ``start`` when there are none, never ``end``."""
    i = start
    while i < end - 1:
        if view.lowers[i] not in _last_words() and not any(
            " ".join(view.lowers[i : i + k]) in _kinds() for k in range(2, min(_LONGEST, end - 1 - i) + 1)
        ):
            break
        for k in range(min(_LONGEST, end - 1 - i), 0, -1):
            if " ".join(view.lowers[i : i + k]) in _kinds():
                i += k
                break
        else:
            break
    return i


def title_before(view: View, start: int) -> int | None:
    """Index where the title directly before token ``start`` begins, or None."""
    if not start or view.lowers[start - 1] not in _last_words() or view.sents[start - 1] != view.sents[start]:
        return None
    for k in range(min(_LONGEST, start), 0, -1):
        kind = _kinds().get(" ".join(view.lowers[start - k : start]))
        if kind and (kind != "honorific" or view.texts[start - k][:1].isupper()):  # "Said" is a title, "said" is not
            return start - k
    return None


def is_titled(view: View, start: int) -> bool:
    """Whether a title stands directly before token ``start``."""
    return title_before(view, start) is not None


def gender_of(words: list[str]) -> str | None:
    """ "m" or "f" where lower-case title words tell, else None."""
    if any(w in FEMALE or w.endswith("woman") for w in words):
        return "f"
    if any(w in MALE or w.endswith(("sman", "rman")) for w in words):
        return "m"
    return None
