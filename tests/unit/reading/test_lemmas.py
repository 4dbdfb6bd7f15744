"""Lemmas are words."""

import pytest
import spacy
from spacy.tokens import Doc

from dagster_project.reading.lemmas import checked_lemmas, is_known, lemma_of


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("stoked", "VBD", "stoke"),
        ("declined", "VBD", "decline"),
        ("killed", "VBN", "kill"),
        ("killing", "VBG", "kill"),
        ("bombed", "VBD", "bomb"),
        ("shot", "VBD", "shoot"),
        ("struck", "VBN", "strike"),
        ("fled", "VBD", "flee"),
        ("militias", "NNS", "militia"),
        ("gunmen", "NNS", "gunman"),
        ("casualties", "NNS", "casualty"),
        ("wives", "NNS", "wife"),
        ("attacks", "VBZ", "attack"),
        ("stopped", "VBD", "stop"),
        ("deadliest", "JJS", "deadly"),
        ("Houthis", "NNPS", "Houthi"),
        ("Kharkiv", "NNP", "Kharkiv"),
        ("Strikes", "NNS", "strike"),
    ],
)
def test_lemma(form, tag, lemma):
    assert lemma_of(form, tag) == lemma


def tagged(words, tags, lemmas=None):
    return Doc(spacy.blank("en").vocab, words=words, tags=tags, lemmas=lemmas)


def test_a_statistical_lemma_that_is_no_word_is_replaced():
    assert not is_known("declin")
    doc = checked_lemmas(tagged(["declined"], ["VBD"], ["declin"]))
    assert doc[0].lemma_ == "decline"


def test_a_statistical_lemma_that_is_a_word_stays():
    doc = checked_lemmas(tagged(["found"], ["VBD"], ["found"]))
    assert doc[0].lemma_ == "found"


def test_missing_lemmas_are_filled():
    doc = checked_lemmas(tagged(["Rebels", "attacked", "."], ["NNS", "VBD", "."]))
    assert [token.lemma_ for token in doc] == ["rebel", "attack", "."]
