"""Noun chunks of hand-built Universal Dependencies trees."""

import pytest
import spacy
from spacy.tokens import Doc

from dagster_project.reading.noun_chunks import noun_chunks


def chunks(words, pos, heads, deps):
    doc = Doc(spacy.blank("en").vocab, words=words.split(), pos=pos.split(), heads=heads, deps=deps.split())
    return [doc[start:end].text for start, end, _ in noun_chunks(doc)]


def test_determiners_and_numbers_belong_to_the_chunk():
    found = chunks(
        "Gunmen killed at least nine young soldiers",
        "NOUN VERB ADP ADJ NUM ADJ NOUN",
        [1, 1, 3, 4, 6, 6, 1],
        "nsubj ROOT case nmod nummod amod obj",
    )
    assert found[0] == "Gunmen"
    assert found[1].endswith("nine young soldiers")


def test_prepositional_phrases_are_chunks_of_their_own():
    found = chunks(
        "the attack on a base in Iraq",
        "DET NOUN ADP DET NOUN ADP PROPN",
        [1, 1, 4, 4, 1, 6, 4],
        "det ROOT case det nmod case nmod",
    )
    assert found == ["the attack", "a base", "Iraq"]


def test_a_possessor_is_part_of_the_chunk_it_opens():
    found = chunks(
        "Israel 's air force struck", "PROPN PART NOUN NOUN VERB", [3, 0, 3, 4, 4], "nmod:poss case compound nsubj ROOT"
    )
    assert found == ["Israel 's air force"]


def test_flat_names_are_whole():
    found = chunks("Boko Haram fled", "PROPN PROPN VERB", [2, 0, 2], "nsubj flat ROOT")
    assert found == ["Boko Haram"]


def test_conjuncts_are_chunks():
    found = chunks("rebels and soldiers fled", "NOUN CCONJ NOUN VERB", [3, 2, 0, 3], "nsubj cc conj ROOT")
    assert found == ["rebels", "soldiers"]


def test_an_unparsed_document_is_an_error():
    with pytest.raises(ValueError, match="parsed"):
        list(noun_chunks(spacy.blank("en")("Rebels fled")))
