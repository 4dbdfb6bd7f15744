"""The vocabularies of violence as the components look things up in them, read once from ``seeds/reference/``.

Belongs here: parsing ``triggers.csv``, ``noun_classes.csv``, ``realis_cues.csv``, ``event_frames.csv`` and
``weapons.csv`` into look-up tables keyed by inflected form. Does not belong: any decision about a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dagster_project.reading.inflection import noun_forms, verb_forms
from dagster_project.reference import split, table

STRENGTHS = {"strong", "weak", "harm", "death", "result", "generic"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """One condition on the surroundings of a trigger: ``slot:value|value``."""

    slot: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of triggers.csv: its words as sets of forms, and the conditions it holds under."""

    lemma: str
    words: tuple[frozenset[str], ...]
    pos: str  # verb | noun | anaphor
    event_type: str
    strength: str
    requires: tuple[tuple[Predicate, ...], ...]  # any of (all of)
    excludes: tuple[Predicate, ...]  # none of


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of event_frames.csv: a word that takes an event in one slot and its participant in another."""

    event_slot: str
    filler_slot: str
    role: str
    attribution: str


def _predicate(text: str) -> Predicate:
    slot, _, values = text.partition(":")
    return Predicate(slot.strip(), frozenset(v.strip() for v in values.split("|") if v.strip()))


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """First word form -> triggers, the longest first.

    Raises:
        ValueError: a row of triggers.csv has an unknown part of speech or strength.
    """
    found: dict[str, list[Trigger]] = {}
    for row in table("triggers"):
        words = row["trigger"].split()
        if row["pos"] not in {"verb", "noun", "anaphor"} or row["strength"] not in STRENGTHS:
            raise ValueError(f"triggers.csv: {row['trigger']}: unknown pos or strength")
        if row["pos"] == "verb":
            forms = (verb_forms(words[0]), *(frozenset({w}) for w in words[1:]))
        else:
            forms = (*(frozenset({w}) for w in words[:-1]), noun_forms(words[-1]))
        trigger = Trigger(
            lemma=row["trigger"],
            words=forms,
            pos=row["pos"],
            event_type=row["event_type"],
            strength=row["strength"],
            requires=tuple(tuple(_predicate(p) for p in group.split("+")) for group in split(row["requires"])),
            excludes=tuple(_predicate(p) for p in split(row["excludes"])),
        )
        for form in sorted(forms[0]):
            found.setdefault(form, []).append(trigger)
    return {form: tuple(sorted(each, key=lambda t: -len(t.words))) for form, each in found.items()}


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Noun form -> its classes."""
    found: dict[str, set[str]] = {}
    for row in table("noun_classes"):
        for form in noun_forms(row["noun"]):
            found.setdefault(form, set()).add(row["noun_class"])
    return {form: frozenset(classes) for form, classes in found.items()}


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for one person, as listed: "farmer", "owner"."""
    return frozenset(row["noun"] for row in table("noun_classes") if row["noun_class"] == "person")


@cache
def realis_cues(pos: str) -> dict[str, str]:
    """Word form -> realis, for the cues of one part of speech."""
    found: dict[str, str] = {}
    for row in table("realis_cues"):
        if row["pos"] == pos:
            inflect = {"verb": verb_forms, "noun": noun_forms}.get(pos)
            for form in inflect(row["cue"]) if inflect else (row["cue"],):
                found[form] = row["realis"]
    return found


@cache
def frames(pos: str) -> dict[str, tuple[Frame, ...]]:
    """Word form -> frames of verbs or adjectives."""
    found: dict[str, list[Frame]] = {}
    for row in table("event_frames"):
        if row["pos"] == pos:
            frame = Frame(row["event_slot"], row["filler_slot"], row["role"], row["attribution"])
            for form in verb_forms(row["word"]) if pos == "verb" else (row["word"],):
                found.setdefault(form, []).append(frame)
    return {form: tuple(each) for form, each in found.items()}


@cache
def weapon_hints() -> dict[str, tuple[str, str]]:
    """Single-word weapon form -> (event type hint, weapon class); the hint may be ''."""
    found: dict[str, tuple[str, str]] = {}
    for row in table("weapons"):
        if " " not in row["pattern"]:
            for form in noun_forms(row["pattern"].lower()):
                found.setdefault(form, (row["event_type_hint"], row["weapon_class"]))
    return found


@cache
def weapon_names() -> dict[str, tuple[str, str]]:
    """Canonical weapon name -> (event type hint, weapon class)."""
    return {row["name"]: (row["event_type_hint"], row["weapon_class"]) for row in table("weapons")}


@cache
def non_war_contexts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(context, phrase as a word tuple): contexts in which words of harm or attack tell no act of violence."""
    return tuple((row["context"], tuple(row["word"].split())) for row in table("non_war_contexts"))
