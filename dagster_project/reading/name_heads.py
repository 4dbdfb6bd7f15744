"""What the words in and around a name say of its kind: "Orontes Bank", "Zawiya refinery", "the Salween", "Amir Ali, a dentist".

Knows spelling, tables and the words beside a name; statistics belong to the recogniser, and where a name leads to
(actors, places) to `names` and what follows it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dagster_project.reading.geocode import candidates
from dagster_project.reading.lexicon import word_class
from dagster_project.reading.vocabulary import person_nouns
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

DIVISION_TERMS = frozenset({"department", "departments", "province", "region", "district", "state", "division", "county"})
_DIRECTIONS = word_class("direction")
# Sites of which a town has many: a town's name before them does not make a name.
_LOOSE_SITES = word_class("common_site")
_CURRENCIES = word_class("currency")
_SHIPS = word_class("ship_prefix")
_CIVIL_BODIES = word_class("civil_body")  # nouns that no armed group bears
_NAMED = frozenset(("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "ARMED_GROUP"))
_STOPS = frozenset(",.;:()")
_COMPLEMENTS = frozenset({"of", "for", "in", "and", "de", "del"})


@cache
def head_labels() -> tuple[dict[str, str], dict[str, str]]:
    """(label by last word, label by first word) of names that end or begin with a telling common noun."""
    last, first = {}, {}
    for row in table("name_heads"):
        if row["position"] in {"last", "any"}:
            last[row["word"]] = row["label"]
        if row["position"] in {"first", "any"}:
            first[row["word"]] = row["label"]
    return last, first


@cache
def _bodies() -> frozenset[str]:
    """Nouns for companies, media and the like, which are no other kind of name."""
    return frozenset(
        row["word"] for row in table("organisation_words") if row["actor_type"] in ("company", "media", "other")
    )


def head_label(words: list[str]) -> str | None:
    """The label that the common noun at the head of a name of several lower-cased words gives it, if any."""
    if len(words) < 2:
        return None
    last, first = head_labels()
    head = words
    for i, word in enumerate(words[1:], start=1):
        if word in _COMPLEMENTS:  # the noun before the complement is the head
            head = words[:i]
            break
    if len(head) > 1 and head[-1] in DIVISION_TERMS:
        name = [w for w in head[:-1] if w not in _DIRECTIONS]
        if any(c.kind == "admin" for c in candidates(" ".join(name))):
            return "GPE"
    return last.get(head[-1]) or first.get(head[0])


def settled(span: Span, countries: frozenset[str]) -> Span:
    """The name with the bounds and the label that its head, its article or an apposition give it."""
    doc, start, end, label = span.doc, span.start, span.end, span.label_
    if label in ("CARDINAL", "QUANTITY"):
        return _valued(span)
    if label not in _NAMED:
        return span
    if start and doc[start - 1].text in _SHIPS:
        return _span(span, start - 1, end, "VEHICLE")
    if len(span) > 1 and span[0].text in _SHIPS:
        return _span(span, start, end, "VEHICLE")
    if label in ("GPE", "LOC", "FAC", "PERSON") and span.text not in countries:
        end = _with_site(doc, end)
    if label == "GPE":
        end = _with_body(doc, end)
    words = [token.lower_ for token in doc[start:end]]
    decided = head_label(words)
    if label == "ARMED_GROUP" and not set(words) & _CIVIL_BODIES:
        decided = None
    elif label in ("GPE", "LOC") and candidates(doc[start:end].text):
        decided = None  # "Port Sudan", "Mountain View"
    if decided in ("FAC", "LOC") or (decided == "ORG" and label != "FAC"):
        label = decided
    else:
        explained = _explained(doc, start, end, label)
        if explained == "PERSON" or (explained == "ORG" and label != "ARMED_GROUP"):
            label = explained
    if label == "GPE" and span.text not in countries and _is_region(doc, start, end):
        label = "LOC"
    return _span(span, start, end, label)


def _span(span: Span, start: int, end: int, label: str) -> Span:
    from spacy.tokens import Span

    return span if (start, end, label) == (span.start, span.end, span.label_) else Span(span.doc, start, end, label=label)


def _with_site(doc: Doc, end: int) -> int:
    """One past the noun for a site that follows a name: "Zawiya refinery", "Gokteik police station"."""
    for noun in range(end, min(end + 2, len(doc))):
        token = doc[noun]
        if not doc[noun - 1].whitespace_ or not token.text.islower() or not token.tag_.startswith(("NN", "JJ")):
            return end
        if head_labels()[0].get(token.text) == "FAC" and token.text not in _LOOSE_SITES:
            return noun + 1
    return end


def _with_body(doc: Doc, end: int) -> int:
    """One past the noun of a body that a place's name opens: "Sri Lanka Navy", "Sudan Doctors Union"."""
    last = end
    for index in range(end, min(end + 4, len(doc))):
        token = doc[index]
        if not doc[index - 1].whitespace_ or not token.is_title or token.ent_type_:
            break
        if head_labels()[0].get(token.lower_) == "ORG":
            last = index + 1
    return last


def _explained(doc: Doc, start: int, end: int, label: str) -> str | None:
    """What an apposition makes of a name: "unionist Mahjoub Atbara", "Christian Benghazi, a doctor", "Total, the French company"."""
    before = doc[start - 1] if start else None
    several = end - start > 1 and not candidates(doc[start:end].text)
    if (
        several
        and label != "ORG"
        and before is not None
        and before.is_lower
        and before.tag_ == "NN"
        and before.lower_ in person_nouns()
    ):
        return "PERSON"
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the"):
        return None
    for token in doc[end + 2 : end + 7]:
        following = token.nbor(1) if token.i + 1 < len(doc) else None
        if token.tag_ == "NN" and (following is None or not following.tag_.startswith("NN")):
            if token.lower_ in person_nouns():
                return "PERSON" if several and doc[end + 1].lower_ != "the" else None
            return "ORG" if token.lower_ in _bodies() else None
        if not token.tag_.startswith(("JJ", "NN", "HYPH", "VBN", "CD", "POS")):
            return None
    return None


def _is_region(doc: Doc, start: int, end: int) -> bool:
    """Whether a place bears an article of its own, as rivers and regions do and towns do not: "the Salween", "the Khogyani hills"."""
    if not start or doc[start - 1].lower_ != "the" or end - start > 1:
        return False
    following = doc[end] if end < len(doc) else None
    if following is None or following.is_punct or following.is_space:
        return following is None or following.is_space or following.text in _STOPS
    if following.tag_ == "CC" and end + 1 < len(doc):
        return not doc[end + 1].text[:1].isupper()
    if _continues(following):
        return head_labels()[0].get(following.lower_) == "LOC"
    return True


def _continues(token: Token) -> bool:
    """Whether a word goes on with the phrase that a name before it opened."""
    return token.tag_.startswith(("NN", "JJ", "VBG", "VBN", "POS", "CD", "HYPH")) or token.text[:1].isupper()


def _valued(span: Span) -> Span:
    """Sums of money, and ages of persons: "70,000 kyats", "a woman of 67"."""
    doc, start, end = span.doc, span.start, span.end
    following = doc[end] if end < len(doc) else None
    if following is not None and following.lower_ in _CURRENCIES:
        return _span(span, start, end + 1, "MONEY")
    is_last = following is None or not following.tag_.startswith(("NN", "JJ", "CD"))
    if span.label_ == "CARDINAL" and is_last and start > 1 and doc[start - 1].lower_ == "of":
        person = doc[start - 2].lower_
        if person in person_nouns() and doc[start - 2].tag_ == "NN" and person not in ("mother", "father", "parent"):
            return _span(span, start, end, "DATE")
    return span
