"""Lemmas of verbs by their form, for vocabularies that must not depend on a tagger's mistakes ("swore" as a noun).

Belongs here: which lemma of a given vocabulary a word form can be. Does not belong: the vocabularies.
"""

from __future__ import annotations

from collections.abc import Iterable

from dagster_project.reading.inflection import verb_forms
from dagster_project.reading.lemmas import exceptions

_VERBAL_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def forms_of(lemmas: Iterable[str]) -> dict[str, str]:
    """Form -> lemma for single-word lemmas, regular forms and the irregular ones of ``lemma_exceptions.csv``."""
    wanted = sorted({lemma for lemma in lemmas if " " not in lemma})
    irregular: dict[str, set[str]] = {}
    for (form, tag), lemma in exceptions().items():
        if tag in _VERBAL_TAGS:
            irregular.setdefault(lemma, set()).add(form)
    found: dict[str, str] = {}
    for lemma in wanted:
        doubled = lemma + lemma[-1]  # "expelled": harmless where the verb does not double
        for form in sorted({*verb_forms(lemma), doubled + "ed", doubled + "ing", *irregular.get(lemma, set())}):
            found.setdefault(form, lemma)
    for lemma in wanted:
        found[lemma] = lemma
    return found
