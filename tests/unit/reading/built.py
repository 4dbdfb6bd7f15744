"""Docs built by hand for the tests of names, actors and places: what a model would have said, fixed."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

from dagster_project.reading.extensions import register

_VOCAB = spacy.blank("en").vocab
_GLUED = {",", ".", "'s", ")", "]", ";", ":", "-", "?"}
_FUNCTION_TAGS = {
    **dict.fromkeys(("the", "a", "an", "this", "that", "these", "those", "some", "any", "no"), "DT"),
    **dict.fromkeys(
        [
            "in",
            "on",
            "at",
            "near",
            "from",
            "of",
            "by",
            "with",
            "to",
            "against",
            "for",
            "along",
            "outside",
            "between",
            "after",
            "into",
            "near",
        ],
        "IN",
    ),
    **dict.fromkeys(("he", "she", "they", "it", "him", "them"), "PRP"),
    **dict.fromkeys(("his", "her", "their", "its"), "PRP$"),
    **dict.fromkeys(("and", "or"), "CC"),
    **dict.fromkeys(("then", "now"), "RB"),
    **dict.fromkeys(("was", "were", "is"), "VBD"),
    "who": "WP",
    "which": "WDT",
    "'s": "POS",
    "-": "HYPH",
}


def build(text: str, ents: dict[str, str] | None = None, tags: dict[str, str] | None = None, subjects: str = "") -> Doc:
    """A Doc of blank-separated tokens ("Iran - backed militias ."), a full stop ending each sentence.

    ``ents``: label by entity text; every occurrence is marked. ``tags``: tag by word where the guess by capitals and
    endings is wrong. ``subjects``: blank-separated words that are subjects of their sentence's verb.
    """
    register()
    words = text.split()
    spaces = [i + 1 < len(words) and words[i + 1] not in _GLUED and w not in {"-", "(", "["} for i, w in enumerate(words)]
    starts = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    tagged = [_tag(w, starts[i], tags or {}) for i, w in enumerate(words)]
    roots: list[int] = []
    for i in range(len(words)):
        end = next((k for k in range(i, len(words)) if words[k] == "."), len(words) - 1)
        begin = max(k for k in range(i + 1) if starts[k])
        verb = next((k for k in range(begin, end + 1) if tagged[k].startswith("VB")), begin)
        roots.append(verb)
    deps = ["ROOT" if roots[i] == i else ("nsubj" if w in subjects.split() else "dep") for i, w in enumerate(words)]
    doc = Doc(_VOCAB, words=words, spaces=spaces, tags=tagged, heads=roots, deps=deps, sent_starts=None)
    taken: set[int] = set()
    spans = []
    for name, label in sorted((ents or {}).items(), key=lambda item: -len(item[0])):
        parts = name.split()
        for i in range(len(words)):
            if words[i : i + len(parts)] == parts and not taken & set(range(i, i + len(parts))):
                taken |= set(range(i, i + len(parts)))
                spans.append(Span(doc, i, i + len(parts), label=label))
    doc.ents = spans
    return doc


def _tag(word: str, first: bool, given: dict[str, str]) -> str:
    if word in given:
        return given[word]
    if word.lower() in _FUNCTION_TAGS:
        return _FUNCTION_TAGS[word.lower()]
    if not any(c.isalnum() for c in word):
        return word if word in {",", ".", ":"} else "-LRB-"
    if word[0].isdigit() or word in {"two", "three", "four", "five"}:
        return "CD"
    if word[0].isupper() and not first:
        return "NNP"
    if word.endswith("ed") or word == "said":
        return "VBD"
    if word.endswith(("men", "s")):
        return "NNS"
    return "NN"


def read(doc: Doc, *components) -> Doc:
    """The Doc after the given components."""
    for component in components:
        doc = component(doc)
    return doc
