"""Generated sentences are whole trees with names inside them."""

import random

from training import constructions, entities
from training.conllu import Sentence, Word


def roots(sentence):
    return [index for index, word in enumerate(sentence.words) if word.head == index]


def reaches_root(sentence, index):
    for _ in sentence.words:
        if sentence.words[index].head == index:
            return True
        index = sentence.words[index].head
    return False


def test_every_sentence_is_one_tree():
    for article in constructions.articles(60, seed=3):
        for sentence, _ in article:
            assert len(roots(sentence)) == 1, sentence.text()
            assert all(reaches_root(sentence, index) for index in range(len(sentence.words))), sentence.text()


def test_names_lie_inside_their_sentence_and_do_not_overlap():
    for article in constructions.articles(60, seed=4):
        for sentence, found in article:
            taken = set()
            for start, end, _ in found:
                assert 0 <= start < end <= len(sentence.words)
                assert taken.isdisjoint(range(start, end)), sentence.text()
                taken.update(range(start, end))


def test_the_same_seed_writes_the_same_articles():
    first, second = (
        [[sentence.text() for sentence, _ in article] for article in constructions.articles(5, seed=9)] for _ in range(2)
    )
    assert first == second


def plain(text):
    return Sentence([Word(form, form, "X", "XX", "", 0, "dep", {}, True) for form in text.split()])


def test_exchanged_names_keep_the_words_around_them():
    example = entities.Example(
        plain("Gunmen killed Bukar Kyari in Maiduguri yesterday"), [(2, 4, "PERSON"), (5, 6, "GPE")], []
    )
    other = entities.exchange(example, random.Random(2), share=1.0)
    words = [word.form for word in other.sentence.words]
    (person, place) = other.entities
    assert words[:2] == ["Gunmen", "killed"]
    assert words[person[1]] == "in"
    assert words[place[1] :] == ["yesterday"]
    assert words[place[0] : place[1]] != ["Maiduguri"]


def test_spans_of_which_nothing_is_known_move_with_the_words():
    example = entities.Example(plain("Kyari met Enron people"), [(0, 1, "PERSON")], [(2, 3)])
    other = entities.exchange(example, random.Random(5), share=1.0)
    ((start, end),) = other.missing
    assert [word.form for word in other.sentence.words[start:end]] == ["Enron"]
