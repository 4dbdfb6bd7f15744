"""The vocabulary of harm to people as ``casualties.py`` and its helpers look it up, read from ``casualty_words.csv``.

Belongs here: parsing the table into look-ups by inflected form. Does not belong: any decision about a text.

Slots: ``patient`` (object of the active, subject of the passive), ``undergoer`` (subject), ``losses`` (object that a side
loses), ``bearer`` (noun beside the adjective or participle), ``owner`` (whose body it is), ``unharmed`` (bearer to whom nothing happened), ``counted`` (the noun
itself is counted), ``lives`` (counted, under a verb that takes lives), ``of`` (nominalisation with "of" or a possessor),
``toll`` (a number follows), ``takes_lives``, ``unclear``, ``counts``, ``unreal``, ``animal``, ``people`` and
``no_people`` (no triggers: cues, and corrections to who counts as people).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dagster_project.reading.inflection import noun_forms, verb_forms
from dagster_project.reading.vocabulary import realis_cues
from dagster_project.reference import table

# What is left of the dead.
BODIES = frozenset({"body", "bodies", "corpse", "corpses", "remains"})
KINDS = {"killed", "injured", "missing", "captured", "harmed"}
# Irregular or doubled forms of verbs that only this vocabulary has.
_FORMS = {
    "lose": "lost", "lay": "laid", "pay": "paid", "hang": "hung", "nab": "nabbed nabbing", "cut": "cut cutting", "bleed": "bled",
    "put": "put putting", "give": "gave given", "speak": "spoke spoken",
    "kidnap": "kidnapped kidnapping", "cost": "cost", "shoot": "shoot shot", "stab": "stabbed stabbing",
}  # fmt: skip
_SLOTS = {"patient", "undergoer", "losses", "bearer", "owner", "unharmed", "counted", "lives", "of", "toll"}


_CUES = {"takes_lives", "unclear", "animal", "people", "no_people", "counts", "unreal"}


@dataclass(frozen=True, slots=True)
class HarmWord:
    """One row: its words as sets of forms, and where the people stand."""

    lemma: str
    words: tuple[frozenset[str], ...]
    pos: str  # verb | adjective | noun
    kind: str
    slot: str
    people_only: bool


def _verb_forms(lemma: str) -> frozenset[str]:
    return verb_forms(lemma) | frozenset(_FORMS.get(lemma, "").split())


@cache
def harm_words() -> dict[str, tuple[HarmWord, ...]]:
    """First word form -> harm words, the longest first.

    Raises:
        ValueError: a row has an unknown kind or slot.
    """
    found: dict[str, list[HarmWord]] = {}
    for row in table("casualty_words"):
        if row["slot"] in _CUES:
            continue
        if row["kind"] not in KINDS or row["slot"] not in _SLOTS:
            raise ValueError(f"casualty_words.csv: {row['word']}: unknown kind or slot")
        words = row["word"].split()
        if row["pos"] == "verb":
            forms = (_verb_forms(words[0]), *(frozenset({w}) for w in words[1:]))
        elif row["pos"] == "noun":
            plural_first = words[1:2] == ["of"]
            forms = tuple(
                noun_forms(w) if (n == 0 if plural_first else n == len(words) - 1) else frozenset({w})
                for n, w in enumerate(words)
            )
        else:
            forms = tuple(frozenset({w}) for w in words)
        word = HarmWord(row["word"], forms, row["pos"], row["kind"], row["slot"], row["note"].startswith("people only"))
        for form in sorted(forms[0]):
            found.setdefault(form, []).append(word)
    return {form: tuple(sorted(each, key=lambda w: -len(w.words))) for form, each in found.items()}


@cache
def takes_lives() -> frozenset[str]:
    """Forms of the verbs and nouns whose "lives" are deaths: "claimed four lives", "the loss of four lives"."""
    found: set[str] = set()
    for row in table("casualty_words"):
        if row["slot"] == "takes_lives":
            found |= _verb_forms(row["word"]) if row["pos"] == "verb" else noun_forms(row["word"])
    return frozenset(found)


@cache
def unclear_cues() -> tuple[tuple[str, ...], ...]:
    """Word sequences after which nothing is known: "unclear", "no immediate reports"."""
    return tuple(tuple(row["word"].split()) for row in table("casualty_words") if row["slot"] == "unclear")


@cache
def counted_nouns() -> frozenset[str]:
    """Forms of the nouns that are counted like people: deaths, bodies, lives."""
    rows = [r["word"] for r in table("casualty_words") if r["slot"] in {"counted", "lives"} and " " not in r["word"]]
    return frozenset({"deaths"}).union(*(noun_forms(word) for word in rows))


@cache
def animals() -> frozenset[str]:
    """Forms of the nouns that are killed in numbers and are no people."""
    return frozenset().union(*(noun_forms(row["word"]) for row in table("casualty_words") if row["slot"] == "animal"))


@cache
def counting_verbs() -> frozenset[str]:
    """Forms of the verbs whose subject vouches for a number: "put the toll at", "lists", "confirmed"."""
    return frozenset().union(*(_verb_forms(row["word"]) for row in table("casualty_words") if row["slot"] == "counts"))


@cache
def unreal_nouns() -> frozenset[str]:
    """Forms of the nouns whose harm has not happened: "a warrant for the arrest of", "threats of", "attempt on"."""
    own = [form for row in table("casualty_words") if row["slot"] == "unreal" for form in noun_forms(row["word"])]
    return frozenset(own) | {form for form, realis in realis_cues("noun").items() if realis != "transparent"}


@cache
def accident_phrases() -> tuple[tuple[str, ...], ...]:
    """Phrases, as words, that say a harm was no act of violence: accidents, disasters, diseases, sport."""
    return tuple(tuple(r["word"].split()) for r in table("non_war_contexts") if r["context"] != "labour")
