"""The annotated news format: text, names, sentences, paragraphs, clauses."""

import pytest

from training import corpus

ANN = """[[NORP|Russian]] missile kills [[CARDINAL|nine]]

[[GPE|Kharkiv]] was hit on [[DATE|Monday]].
"They hit people," said [[PERSON|Oksana Melnyk]].

Nobody was hurt in [[GPE|Kharkiv]].
"""


def surfaces(article):
    return [(article.text[name.start : name.end], name.label) for name in article.names]


def test_plain_text_joins_sentences_by_a_space_and_paragraphs_by_a_blank_line():
    article = corpus.parse(ANN)
    assert article.text == (
        "Russian missile kills nine\n\n"
        'Kharkiv was hit on Monday. "They hit people," said Oksana Melnyk.\n\n'
        "Nobody was hurt in Kharkiv."
    )


def test_offsets_of_names_are_those_of_the_plain_text():
    assert surfaces(corpus.parse(ANN)) == [
        ("Russian", "NORP"),
        ("nine", "CARDINAL"),
        ("Kharkiv", "GPE"),
        ("Monday", "DATE"),
        ("Oksana Melnyk", "PERSON"),
        ("Kharkiv", "GPE"),
    ]


def test_lines_count_sentences_from_the_title_without_blank_lines():
    article = corpus.parse(ANN)
    assert [(line.number, article.text[line.start : line.end][:7]) for line in article.lines] == [
        (1, "Russian"),
        (2, "Kharkiv"),
        (3, '"They h'),
        (4, "Nobody "),
    ]


def test_paragraphs_start_after_blank_lines_and_after_the_title():
    article = corpus.parse("Title\nFirst.\nSecond.\n\nThird.\n")
    assert [article.text[start:][:5] for start in article.paragraphs] == ["Title", "First", "Third"]


def test_open_brackets_are_an_error_that_names_the_line():
    with pytest.raises(corpus.AnnotationError, match="x, line 1"):
        corpus.parse("A [[GPE|Kharkiv strike", "x")


def test_an_empty_file_is_an_error():
    with pytest.raises(corpus.AnnotationError):
        corpus.parse("\n\n")


def test_clause_words_are_found_in_their_line():
    article = corpus.parse(ANN)
    clauses = corpus.read_clauses("- {line: 3, trigger: hit, head: said, agent: They, object: people}", article)
    (clause,) = clauses
    words = [article.text[slice(*span)] for span in (clause.trigger, clause.head, clause.agent, clause.object)]
    assert words == ["hit", "said", "They", "people"]


def test_root_and_null_are_none():
    article = corpus.parse(ANN)
    (clause,) = corpus.read_clauses("- {line: 2, trigger: hit, head: ROOT, agent: null, object: Kharkiv}", article)
    assert clause.head is None
    assert clause.agent is None


def test_a_second_occurrence_is_counted_in_the_line():
    article = corpus.parse("Bombs hit what bombs hit.")
    (clause,) = corpus.read_clauses("- {line: 1, trigger: 'hit#2', head: 'hit', agent: null, object: null}", article)
    assert (clause.trigger, clause.head) == ((21, 24), (6, 9))


def test_a_word_that_is_not_in_the_line_is_an_error():
    article = corpus.parse(ANN)
    with pytest.raises(corpus.AnnotationError, match="line 1"):
        corpus.read_clauses("- {line: 1, trigger: exploded, head: ROOT, agent: null, object: null}", article)


def test_the_open_half_parses_with_all_its_clauses():
    articles = list(corpus.articles("open"))
    assert articles
    assert all(article.names for article in articles)
    assert any(article.clauses for article in articles)
