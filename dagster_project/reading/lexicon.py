"""Names and word lists of the reference tables as one prefix tree over folded words, and its matching over a Doc.

Belongs here: what is looked up by its words (actors, countries, demonyms, publishers, weapons, vehicles, ships and
bases, units), and how spelling and case may vary. Does not belong: the places of the gazetteer (``geocode.py``), the
choice between readings in context (``names.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dagster_project.reading.transliteration import APOSTROPHES, HYPHENATED_ARTICLES, fold, plain, words
from dagster_project.reference import split, table

_PREFIXES = frozenset({"anti", "pro", "non", "ex", "post", "pre"})
_END = ""  # key of the entries in a tree node; no folded word is empty


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write one thing of a reference table."""

    kind: str  # actor | country | demonym | publisher | arms | unit | site
    reference_id: str  # actor_id, iso3, publisher_id, canonical weapon name ...
    label: str  # entity label
    text: str  # as the table writes it
    plain: str  # its plain words, to tell an exact match from a variant
    case: str  # "exact": these very characters; "name": capitalised; "word": any case
    form: str = ""  # demonym: adjective | people; actor: actor_type; site and arms: class
    country: str = ""


@dataclass(slots=True)
class Match:
    """Tokens ``start:end`` that read as one of the entries."""

    start: int
    end: int
    entries: list[Entry]


ENTITY_LABELS = {
    "state": "GPE",
    "armed_group": "ARMED_GROUP",
    "civilians": "NORP",
    "person": "PERSON",
}


class Lexicon:
    """A prefix tree over folded words. Build once, match any number of token sequences."""

    def __init__(self) -> None:
        self._root: dict = {}

    def add(self, entry: Entry) -> None:
        """Add an entry under its words.

        Raises:
            ValueError: the text has no word.
        """
        keys = [fold(w) for w in words(entry.text)]
        if not keys:
            raise ValueError(f"no word in {entry.text!r} of {entry.reference_id}")
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
        entries = node.setdefault(_END, [])
        if entry not in entries:
            entries.append(entry)

    def matches(self, texts: list[str], spaces: list[bool]) -> list[Match]:
        """Longest matches from left to right, not overlapping. ``spaces``: whether a blank follows each token."""
        found: list[Match] = []
        root = self._root
        i, n = 0, len(texts)
        while i < n:
            article = i
            if _is_article(texts, i):  # "Al - Qaeda" is looked up as Qaeda
                i += 1 + (texts[i + 1] == "-")
                if i >= n:
                    break
            forms = words(texts[i])
            if len(forms) > 1 and forms[0] in _PREFIXES:
                forms = forms[1:]  # "anti-Islamic State", "Pro-Iranian"
            if not forms or fold(forms[0]) not in root:
                i = article + 1
                continue
            match = self._longest(texts, spaces, i)
            if match is None:
                i = article + 1
                continue
            match.start = article
            found.append(match)
            i = match.end
        return found

    def _longest(self, texts: list[str], spaces: list[bool], start: int) -> Match | None:
        best: Match | None = None
        node = self._root
        seen: list[str] = []
        i, n = start, len(texts)
        while i < n and i - start < 16:
            forms = words(texts[i])
            if i == start and len(forms) > 1 and forms[0] in _PREFIXES:
                forms = forms[1:]
            if not forms:
                # Inside a name only hyphens and the article before one are passed over.
                if i > start and (texts[i] in {"-", "–", "."} or _is_article(texts, i)):
                    i += 1
                    continue
                break
            if i > start and _is_article(texts, i):
                i += 1
                continue
            glued = i + 1 < n and not spaces[i] and texts[i + 1][0] in APOSTROPHES and len(texts[i + 1]) > 1
            if glued:  # People + 's
                whole = (*forms[:-1], forms[-1] + plain(texts[i + 1]))
                deeper = _descend(node, whole)
                if deeper is not None:
                    node, seen, i = deeper, [*seen, *whole], i + 2
                    best = self._accept(node, texts, start, i, seen) or best
                    continue
            deeper = _descend(node, forms)
            if deeper is None:
                break
            node, seen, i = deeper, [*seen, *forms], i + 1
            best = self._accept(node, texts, start, i, seen) or best
            if glued:
                break  # a possessor ends its name
        return best

    def _accept(self, node: dict, texts: list[str], start: int, end: int, seen: list[str]) -> Match | None:
        entries = node.get(_END)
        if not entries:
            return None
        found = " ".join(seen)
        fitting = [e for e in entries if _fits(e, texts, start, end, found)]
        # A spelling variant yields to what is written so: "Iraqi" is no "Al-Iraqiya".
        fitting = [e for e in fitting if e.plain == found or e.case == "exact"] or fitting
        return Match(start, end, fitting) if fitting else None


def _descend(node: dict, forms: tuple[str, ...]) -> dict | None:
    for form in forms:
        deeper = node.get(fold(form))
        if deeper is None:
            return None
        node = deeper
    return node


def _is_article(texts: list[str], i: int) -> bool:
    """Whether token ``i`` is an Arabic article written apart: "al - Shuhada", "Al Shabaab"."""
    lower = texts[i].lower()
    if lower not in HYPHENATED_ARTICLES or i + 1 >= len(texts):
        return False
    return texts[i + 1] == "-" or (lower == "al" and texts[i + 1][:1].isupper())


def _fits(entry: Entry, texts: list[str], start: int, end: int, found: str) -> bool:
    tokens = [t.lstrip("-–") or t for t in texts[start:end]]
    if entry.case == "exact":
        return "".join(tokens).replace(".", "") == entry.text.replace(" ", "").replace(".", "")
    exact = entry.plain == found
    if entry.case == "word":
        return exact
    capitals = [t for t in tokens if t[:1].isupper()]
    if not capitals or (end - start == 1 and not tokens[0][:1].isupper() and not any(c.isupper() for c in tokens[0])):
        return False
    if entry.kind == "publisher" and any(len(t) > 3 and t[:1].islower() for t in tokens):
        return False  # "The national fire department"
    if exact:
        # "Union", "Front Line": a name that is an ordinary phrase needs the capitals it is written with, at its head.
        return tokens[0][:1].isupper() or not entry.text[:1].isupper() or len(tokens) > 2
    return len(found) >= 5 and all(t[:1].isupper() for t in tokens if len(t) > 3)


def singular_and_plural(text: str) -> tuple[str, ...]:
    """A noun phrase and its regular plural."""
    if text.endswith(("s", "x", "ch", "sh")):
        return (text,) if text.endswith("s") else (text, text + "es")
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return text, text[:-1] + "ies"
    if text.endswith("man"):
        return text, text[:-3] + "men"
    return text, text + "s"


def _entry(kind: str, reference_id: str, label: str, text: str, case: str, form: str = "", country: str = "") -> Entry:
    rest = text.removeprefix("the ").removeprefix("The ")
    if kind != "publisher" or len(words(rest)) > 1:  # "The National" is no "National"
        text = rest
    return Entry(kind, reference_id, label, text, " ".join(words(text)), case, form, country)


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``context_words.csv``.

    Raises:
        KeyError: no such class.
    """
    found = frozenset(row["word"] for row in table("context_words") if row["class"] == name)
    if not found:
        raise KeyError(name)
    return found


@cache
def names_lexicon() -> Lexicon:
    """The tree of everything that ``names.py`` finds by its words."""
    lexicon = Lexicon()
    for row in table("countries"):
        _add_country(lexicon, row, row["iso3"])
    for row in table("countries_historical"):
        _add_country(lexicon, row, split(row["successor_iso3"])[0])
    for row in table("actors"):
        label = ENTITY_LABELS.get(row["actor_type"], "ORG")
        for text in (row["name"].split(" (")[0], *split(row["aliases"])):
            case = "name" if text != text.lower() else "word"
            lexicon.add(
                _entry("actor", row["actor_id"], label, text.split(" (")[0], case, row["actor_type"], row["country_iso3"])
            )
        for text in split(row["aliases_case_sensitive"]):
            lexicon.add(_entry("actor", row["actor_id"], label, text, "exact", row["actor_type"], row["country_iso3"]))
    for row in table("publishers"):
        for text in (row["name"].split(" (")[0], *split(row["aliases"])):
            lexicon.add(_entry("publisher", row["publisher_id"], "ORG", text, "name", "media", row["country_iso3"]))
        for text in split(row["aliases_case_sensitive"]):
            lexicon.add(_entry("publisher", row["publisher_id"], "ORG", text, "exact", "media", row["country_iso3"]))
    for row in table("weapons"):
        for text in singular_and_plural(row["pattern"]):
            lexicon.add(_entry("arms", row["name"], row["label"], text, "word", row["weapon_class"]))
    for row in table("regions"):
        for text in (row["name"], *split(row["aliases"])):
            if text[:1].isupper():  # "northern Israel" is a country's name with a direction
                lexicon.add(_entry("region", row["name"], "LOC", text, "name", row["kind"]))
    for row in table("facilities"):
        for text in (row["name"], *split(row["aliases"])):
            lexicon.add(_entry("site", row["name"], "FAC", text, "name", row["facility_class"], row["country_iso3"]))
    for row in table("vessels_bases"):
        kind, label = ("site", "FAC") if row["kind"] == "facility" else ("ship", "VEHICLE")
        for text in (row["name"], *split(row["aliases"])):
            if " " in text or kind == "site":  # a ship's bare name is a word or a person's name too often
                lexicon.add(_entry(kind, row["name"], label, text, "name", row["kind"], row["country_iso3"]))
    for row in table("military_units"):
        if row["entry"] == "named":
            for text in (row["word_or_name"], *split(row["aliases"])):
                text = text.split(" (")[0]
                lexicon.add(_entry("unit", row["word_or_name"], "ORG", text, "name", row["kind"], row["country_iso3"]))
    for row in table("admin1"):
        for text in (row["name"], *split(row["aliases"])):
            if len(words(text)) > 1 and text[:1].isupper():  # one word alone ("Central", "Victoria") says too little
                lexicon.add(_entry("division", row["admin1_code"], "GPE", text, "name", row["term"], row["country_iso3"]))
    for row in table("regional_adjectives"):
        lexicon.add(_entry("community", row["adjective"], "NORP", row["adjective"], "name", "adjective"))
        if row["people"]:
            lexicon.add(_entry("community", row["adjective"], "NORP", row["people"], "name", "people"))
    for row in table("people_words"):
        if row["group"] == "communities" and row["lemma"][:1].isupper():
            for text in (row["lemma"], row["plural"] or row["lemma"]):
                form = "people" if text == row["plural"] else "adjective"
                lexicon.add(_entry("community", row["lemma"], "NORP", text, "name", form))
    return lexicon


def _add_country(lexicon: Lexicon, row: dict[str, str], iso3: str) -> None:
    for text in (row["name"], *split(row["aliases"])):
        case = "exact" if text.replace(".", "").isupper() else "name"
        lexicon.add(_entry("country", iso3, "GPE", text, case, "", iso3))
    capital = row.get("capital", "")
    if " " in capital:  # of one word, it may be a person's name
        lexicon.add(_entry("capital", iso3, "GPE", capital, "name", "", iso3))
    for form in ("adjective", "people"):
        for text in split(row[f"demonyms_{form}"]):
            lexicon.add(_entry("demonym", iso3, "NORP", text, "name", form, iso3))
