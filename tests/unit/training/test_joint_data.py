"""Runs of sentences that the contextual pipeline learns from."""

import random

import pytest

from dagster_project.reading.language import load_language
from training import corpus, joint_data, tokens
from training.joint_data import ROOT, Taught


@pytest.fixture(scope="module")
def nlp():
    return tokens.untrained()


def sentence(words: str, opens_paragraph: bool = False) -> Taught:
    return Taught(words.split(), opens_paragraph)


def test_runs_hold_every_sentence_in_order():
    document = [sentence(f"Sentence number {number} ends .", number % 3 == 0) for number in range(50)]
    plain = [run for run in joint_data.runs(document, random.Random(1)) if run[0].words[0] == "Sentence"]
    in_order = [s.words[2] for run in plain for s in run]
    assert in_order == [str(number) for number in range(50)]
    assert len({len(run) for run in plain}) > 3


def test_a_run_is_no_longer_than_a_sentence_or_the_limit():
    document = [sentence("word " * length) for length in (100, 60, 60, 20, 150, 300)]
    runs = [[len(s.words) for s in run] for run in joint_data.runs(document, random.Random(2))]
    assert all(len(run) == 1 or sum(run) <= joint_data.MOST_WORDS for run in runs)
    assert [150] in runs
    assert [300] not in runs


def test_lines_without_full_stops_come_again_run_together():
    document = [sentence("Rebels seize town", True), sentence("Gunmen attacked .", True)] * 40
    runs = list(joint_data.runs(document, random.Random(3)))
    assert any(not s.opens_paragraph for run in runs for s in run)
    unknown = [Taught(s.words, s.opens_paragraph, starts_known=False) for s in document]
    assert all(s.opens_paragraph for run in joint_data.runs(unknown, random.Random(3)) for s in run)


def test_the_grammar_teaches_trees_and_names():
    [document] = joint_data.grammar(1, 5)
    for taught in document:
        assert taught.heads is not None
        assert taught.heads.count(ROOT) == 1
        assert all(start < end <= len(taught.words) for start, end, _ in taught.names or [])


def test_classes_of_names_come_in_pairs():
    found = joint_data.classes(joint_data.grammar(3, 5))
    assert found.names[0] == "O"
    assert all(found.names[place][2:] == found.names[place + 1][2:] for place in range(1, len(found.names), 2))
    assert {name[0] for name in found.names[1::2]} == {"B"}
    assert "root" in found.relations


def test_training_reads_the_tokens_of_the_shipped_pipeline(nlp):
    shipped = load_language(None)
    for split in ("open", "names"):
        for article in corpus.articles(split):
            ours, theirs = ([(t.text, t.whitespace_) for t in n.make_doc(article.text)] for n in (nlp, shipped))
            assert ours == theirs, article.name


def test_news_come_with_names_and_the_trees_put_right_by_hand(nlp):
    documents = list(joint_data.news(nlp))
    whole = [taught for document in documents for _, taught in document if taught.relations]
    assert len(whole) > 1500
    assert all(taught.heads.count(ROOT) == 1 for taught in whole)
    for document in documents[:20]:
        assert document[0][0].sentence.opens_paragraph
        for example, taught in document:
            assert taught.words == [word.form for word in example.sentence.words]
            assert taught.names == example.entities


def test_news_without_trees_teach_the_heads_of_annotated_triggers(nlp, monkeypatch):
    monkeypatch.setattr(joint_data.trees, "of_article", lambda name: {})
    found = [taught for document in joint_data.news(nlp) for _, taught in document]
    governed = [taught for taught in found if any(head is not None for head in taught.heads)]
    assert len(governed) > 150
    assert all(head is None or head == ROOT or 0 <= head < len(t.words) for t in governed for head in t.heads)
    assert all(taught.relations is None for taught in found)
