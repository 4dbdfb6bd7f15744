"""Trees of our own news, drafted by the pipeline and put right by hand."""

import pytest

from dagster_project.reading.language import load_language
from training import corpus, trees
from training.conllu import Sentence, Word

SOURCE = """Rebels kill two

[[CARDINAL|Two]] soldiers died. [[GPE|Kyiv]]'s forces left.
A third was hurt.
"""


def sentence(*rows: tuple[str, int, str], opens: bool = True) -> Sentence:
    words = [Word(form, "_", "X", "XX", "", head, relation, {}, True) for form, head, relation in rows]
    return Sentence(words, opens, "a:1")


REBELS = sentence(("Rebels", 1, "nsubj"), ("attacked", 1, "root"), ("Goma", 0, "nmod"))


def test_a_correction_changes_head_and_relation():
    found = trees.corrected(REBELS, [(3, 2, "obj")])
    assert [(word.head, word.deprel) for word in found.words] == [(1, "nsubj"), (1, "root"), (1, "obj")]


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 3, "nsubj")],  # a circle
        [(1, 0, "root")],  # two roots
        [(2, 1, "ccomp"), (1, 0, "root"), (3, 0, "root")],
        [(2, 0, "parataxis")],  # the root under another relation
        [(4, 2, "obj")],
    ],
)
def test_what_gives_no_tree_is_refused(rows):
    with pytest.raises(ValueError, match="a:1"):
        trees.corrected(REBELS, rows)


def test_what_is_written_is_read_again(tmp_path):
    trees.write(tmp_path / "a.conllu", [REBELS])
    assert trees.of_article("a", tmp_path) == {1: REBELS}
    assert trees.of_article("b", tmp_path) == {}


def test_a_draft_has_a_tree_for_each_annotated_line():
    article = corpus.parse(SOURCE, "a")
    found = trees.draft(load_language(None), article)
    assert [s.name for s in found] == ["a:1", "a:2", "a:3"]
    assert [trees.fault(s) for s in found] == [None, None, None]
    assert [s.opens_paragraph for s in found] == [True, True, False]
    assert found[1].text() == "Two soldiers died. Kyiv's forces left."
    assert found[2].words[3].head == 3


def test_a_trigger_that_hangs_elsewhere_is_told():
    article = corpus.parse("Rebels attacked Goma\n", "a")
    article.clauses = [corpus.Clause(1, (7, 15), None, (0, 6), (16, 20))]
    assert list(trees.disagreements(article, {1: REBELS})) == []
    other = sentence(("Rebels", 0, "root"), ("attacked", 0, "acl"), ("Goma", 1, "obj"))
    assert list(trees.disagreements(article, {1: other})) == ["a:1: attacked depends on Rebels, annotated the root"]


def test_the_files_are_trees_of_the_articles_and_none_is_sealed():
    articles = {article.name: article for split in ("open", "names") for article in corpus.articles(split)}
    files = {path.stem for path in trees.TREES.glob("*.conllu")}
    assert files
    assert files <= set(articles)
    for name in files:
        lines = {line.number: articles[name].text[line.start : line.end] for line in articles[name].lines}
        found = trees.of_article(name)
        assert {number: tree.text() for number, tree in found.items()} == {number: lines[number] for number in found}
        assert [trees.fault(tree) for tree in found.values()] == [None] * len(found)
