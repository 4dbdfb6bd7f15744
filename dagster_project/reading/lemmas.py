"""Lemmas that are words: rules for English inflection, checked against a word list.

The component `checked_lemmas` fills lemmas a pipeline left open and replaces those that are no known word ("stok",
"declin"). Vocabularies: `seeds/reference/lemma_exceptions.csv` (irregular forms) and `seeds/reference/lemmas.csv`
(known lemmas with their word classes).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"

# Penn tags whose words are inflected, and the word class their lemma belongs to.
CLASSES = {
    "NNS": "NOUN",
    "NNPS": "NOUN",
    "VBD": "VERB",
    "VBG": "VERB",
    "VBN": "VERB",
    "VBZ": "VERB",
    "JJR": "ADJ",
    "JJS": "ADJ",
    "RBR": "ADV",
    "RBS": "ADV",
}
# Endings by class, with what takes their place; tried in order, the first that gives a known lemma wins.
ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "NNS": (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"), ("s", ""), ("es", ""), ("es", "is")),
    "VBZ": (("ies", "y"), ("s", ""), ("es", ""), ("es", "e")),
    "VBD": (("ied", "y"), ("ed", "e"), ("ed", ""), ("d", "")),
    "VBG": (("ying", "ie"), ("ing", "e"), ("ing", "")),
    "JJR": (("ier", "y"), ("er", "e"), ("er", ""), ("r", "")),
    "JJS": (("iest", "y"), ("est", "e"), ("est", ""), ("st", "")),
}
ENDINGS |= {"VBN": ENDINGS["VBD"], "NNPS": ENDINGS["NNS"], "RBR": ENDINGS["JJR"], "RBS": ENDINGS["JJS"]}
_VOWELS = frozenset("aeiou")


@cache
def exceptions() -> dict[tuple[str, str], str]:
    """(lower-cased form, Penn tag) -> lemma, for forms the endings do not explain."""
    with (REFERENCE / "lemma_exceptions.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["form"], row["tag"]): row["lemma"] for row in csv.DictReader(lines)}


@cache
def known() -> dict[str, frozenset[str]]:
    """Known lemmas -> their word classes (NOUN, VERB, ADJ, ADV, OTHER; OTHER: class unknown or another)."""
    with (REFERENCE / "lemmas.csv").open(encoding="utf-8", newline="") as lines:
        return {row["lemma"]: frozenset(row["classes"].split(";")) for row in csv.DictReader(lines)}


def lemma_of(form: str, tag: str) -> str:
    """The lemma of `form` under a Penn tag; names keep their capitals, everything else is lower-cased."""
    lower = form.lower().replace("’", "'")
    found = exceptions().get((lower, tag))
    if found is not None:
        return found
    if tag == "NNP":
        return form
    if tag not in ENDINGS:
        return lower
    lemma = _strip(lower, tag)
    return form[: len(lemma)] if tag == "NNPS" and form.lower().startswith(lemma) else lemma


def _strip(lower: str, tag: str) -> str:
    wanted = CLASSES[tag]
    options = []
    for ending, instead in ENDINGS[tag]:
        if lower.endswith(ending) and len(lower) - len(ending) >= 2:
            stem = lower[: -len(ending)]
            options.append(stem + instead)
            if not instead and len(stem) > 2 and stem[-1] == stem[-2] and ending in ("ed", "ing", "er", "est"):
                options.append(stem[:-1])
    classes = known()
    if tag == "NNPS":
        return _guess(lower, tag, options)  # names of peoples and groups are no dictionary words
    for option in options:
        if wanted in classes.get(option, ()):
            return option
    for option in options:
        if option in classes:
            return option
    return _guess(lower, tag, options)


def _guess(lower: str, tag: str, options: list[str]) -> str:
    """For unknown stems: spelling decides ("droned" -> "drone", "helicoptered" -> "helicopter")."""
    if not options:
        return lower
    if tag in ("NNS", "NNPS", "VBZ"):
        if lower.endswith("ies") and len(lower) > 4:
            return lower[:-3] + "y"
        if lower.endswith(("ches", "shes", "sses", "xes", "zes")):
            return lower[:-2]
        singular = ("ss", "us") if tag == "NNPS" else ("ss", "us", "is")  # "Houthis", "Iraqis", but "crisis"
        return lower[:-1] if lower.endswith("s") and not lower.endswith(singular) else lower
    if lower.endswith(("ied", "ier", "iest")):
        return options[0]
    ending = next(ending for ending, _ in ENDINGS[tag] if lower.endswith(ending))
    stem = lower[: -len(ending)]
    if ending in ("d", "r", "st", "ying"):
        return options[0]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    short = len(stem) > 2 and stem[-1] not in _VOWELS | set("wxy") and stem[-2] in _VOWELS and stem[-3] not in _VOWELS
    if (short and sum(letter in _VOWELS for letter in stem) == 1) or stem.endswith(("at", "iz", "is", "ur", "v", "c", "g")):
        return stem + "e"
    return stem


def is_known(lemma: str) -> bool:
    """Whether the word list has this lemma."""
    return lemma.lower() in known()


def _doubtful(token: Token) -> bool:
    """No lemma yet, or one that is no word although the form was inflected."""
    if not token.lemma_:
        return True
    return token.tag_ in ENDINGS and token.tag_ != "NNPS" and token.lemma_ != token.text and not is_known(token.lemma_)


@Language.component("checked_lemmas", requires=["token.tag"], assigns=["token.lemma"])
def checked_lemmas(doc: Doc) -> Doc:
    """Fills and corrects lemmas; a statistical lemma that is a known word stays."""
    for token in doc:
        if token.is_space:
            token.lemma_ = token.text
        elif _doubtful(token):
            token.lemma_ = lemma_of(token.text, token.tag_)
    return doc
