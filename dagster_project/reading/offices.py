"""The office that a comma sets before a name: "the governor of Valle del Cauca, Dilian Francia, said".

Belongs here: where such an office begins and which word names it. Does not belong: titles without a comma (``titles.py``),
whose office it is (``persons.py``, ``speech_cues.py``, ``entity_rules.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dagster_project.reading import titles
from dagster_project.reading.vocabulary import person_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 12  # tokens that an office may take
_OPENING = frozenset({"DT", "PRP$"})
_LINKS = frozenset({"of", "for", "in", "at", "to", "on", "and"})


def is_office_noun(lower: str) -> bool:
    """Whether a lower-case noun says what somebody is: a title, an office, a trade."""
    return titles.is_title_word(lower) or lower in person_nouns()


def office_before(doc: Doc, comma: int) -> tuple[int, int] | None:
    """The office whose phrase ends at a comma: its first token, the determiner aside, and its noun; None if there is none."""
    if comma < 1 or doc[comma].text != ",":
        return None
    left, limit = comma, max(comma - _REACH, 0)
    while left > limit and _goes_on(doc[left - 1]):
        left -= 1
    for start in [left, *(i + 1 for i in range(left, comma) if doc[i].tag_ in _OPENING)]:
        first = start
        while first < comma and (doc[first].tag_ in _OPENING or doc[first].lower_ in _LINKS | {"as"}):
            first += 1
        head = _head(doc, first, comma)
        if head is not None and doc[head].tag_ in {"NN", "NNP"} and is_office_noun(doc[head].lower_):
            return first, head
    return None


def _goes_on(token: Token) -> bool:
    if token.lower_ in _LINKS:
        return token.lower_ != "and" or token.nbor().tag_ not in _OPENING
    return token.tag_ in _OPENING or token.tag_.startswith(("NN", "JJ", "CD", "POS", "HYPH"))


def _head(doc: Doc, start: int, end: int) -> int | None:
    """The last noun before the first preposition of a phrase."""
    head = None
    for i in range(start, end):
        if doc[i].tag_.startswith("NN"):
            head = i
        elif head is not None and (doc[i].tag_ in {"IN", "TO", "CC"} | _OPENING):
            break
    return head
