"""The names annotated for training: tables of spans beside texts that lie elsewhere, and articles of our own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from training import corpus, entities, labels, re3d


@pytest.mark.parametrize("table", ["ewt_names.csv", "re3d_names.csv"])
def test_spans_have_our_labels_and_do_not_overlap(table):
    annotated = entities.names_of(table)
    assert sum(map(len, annotated.values())) > 2_000
    for spans in annotated.values():
        assert all(start < end and label in labels.LABELS for start, end, label in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_no_document_kept_for_testing_has_names_to_train_on():
    assert not re3d.checked_names() & set(entities.names_of("re3d_names.csv"))


def test_articles_of_names_alone_have_our_labels_and_are_many():
    articles = list(corpus.articles("names"))
    assert sum(len(article.lines) for article in articles) > 600
    assert {name.label for article in articles for name in article.names} <= set(labels.LABELS)
    for article in articles:
        assert all(article.text[name.start : name.end].strip() for name in article.names)
